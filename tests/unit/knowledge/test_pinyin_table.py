"""The syllables shipped as data are those of pypinyin."""

from __future__ import annotations

from pathlib import Path

import pypinyin

import knowledge

TABLE = Path(knowledge.__file__).parent / "pinyin.txt"


def test_every_reading_is_one_that_pypinyin_knows() -> None:
    strange = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        for character in characters:
            known = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)[0]
            if syllable not in {sound.replace("ü", "v") for sound in known}:
                strange.append((character, syllable, known))
    assert strange == []

"""How characters sound: toneless syllables, and Latin letters read as pinyin.

The table ships as data, made with pypinyin: loading that takes 0.3 s.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

_FILE = Path(__file__).parent / "pinyin.txt"
_LONGEST = 6
_MOST_LETTERS = 60


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Readings of each character, and all syllables. A line of the file is a syllable and the characters read so."""
    readings: dict[str, list[str]] = {}
    known = set()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        known.add(syllable)
        for character in characters:
            readings.setdefault(character, []).append(_alike(syllable))
    return {character: tuple(dict.fromkeys(found)) for character, found in readings.items()}, frozenset(known)


def _alike(syllable: str) -> str:
    """Sounds that typists mix up become one: zh/z, ch/c, sh/s, final ng/n."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    return syllable.replace("v", "u") if not syllable.endswith(("ang", "eng", "ing")) else syllable[:-1]


def readings(character: str) -> tuple[str, ...]:
    """Its sounds with like ones made one; empty when it is no common character."""
    return _table()[0].get(character, ())


@lru_cache(maxsize=16384)
def pairs(text: str) -> tuple[str, ...]:
    """The sounds of every two neighbours in a run of Han characters, in all readings."""
    sounds = [readings(character) for character in text]
    return tuple(f"{a}{b}" for left, right in pairwise(sounds) for a in left for b in right)


@lru_cache(maxsize=4096)
def split(letters: str) -> tuple[str, ...]:
    """Latin letters as the fewest pinyin syllables (like ones made one), or nothing when they are no pinyin."""
    if not letters or len(letters) > _MOST_LETTERS:
        return ()
    known = _table()[1]
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for length in range(min(_LONGEST, end), 0, -1):
            before, syllable = best[end - length], letters[end - length : end]
            if before is None or syllable not in known:
                continue
            present = best[end]
            if present is None or len(before) + 1 < len(present):
                best[end] = (*before, syllable)
    return tuple(_alike(syllable) for syllable in best[-1] or ())


def initials(text: str) -> str:
    """First letters of the sounds of a run of Han characters: zldh for 专利导航."""
    return "".join(found[0][0] if (found := readings(character)) else character for character in text)

"""The characters shipped as traditional are those that opencc changes."""

from __future__ import annotations

import opencc

from knowledge.normal import TRADITIONAL

HAN = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]


def test_every_character_that_simplifying_changes_is_in_the_table_and_no_other() -> None:
    simplified = opencc.OpenCC("t2s").convert("".join(HAN))
    changed = [one for one, other in zip(HAN, simplified, strict=True) if one != other]
    assert sorted("".join(TRADITIONAL.read_text(encoding="utf-8").split())) == changed

"""One spelling for what people type and what documents say, so that both can be compared character by character."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HIDDEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
    r"|[\ud800-\udfff\U000e0000-\U000e01ff]"
)
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_QUOTES = '“”„‟"「」『』'
_SPELT = (
    *((quote, "") for quote in _QUOTES),
    *((mark, "[") for mark in "〔【"),
    *((mark, "]") for mark in "〕】"),
    *((mark, "-") for mark in "—–"),
    *((mark, "·") for mark in "•・‧"),
)


@cache
def _simplifier() -> opencc.OpenCC:
    # Imported here: most people write simplified Chinese, and the start needs none of it.
    import opencc

    return opencc.OpenCC("t2s")


def _but_for(*kept: tuple[int, int]) -> str:
    """All characters but these, from one to another, as the inside of a class."""
    ends = [-1, *(end for both in sorted(kept) for end in both), sys.maxunicode + 1]
    between = zip(ends[::2], ends[1::2], strict=True)
    return "".join(f"{re.escape(chr(one + 1))}-{re.escape(chr(other - 1))}" for one, other in between if other - one > 1)


_SETTLED = "abcdefghijklmnopqrstuvwxyz0123456789、。《》%,.?!;:()[]-/+·"
_WIDE = (("，", ","), ("？", "?"), ("！", "!"), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"), ("“", ""), ("”", ""))
TRADITIONAL = Path(__file__).parent / "traditional.txt"
_TRADITIONAL = frozenset(TRADITIONAL.read_text(encoding="utf-8")) - {"\n"}
"""The characters that simplifying changes: converting a text without any is time lost. They ship as data, made with opencc."""
_OTHERS = _but_for((0x3400, 0x4DBF), (0x4E00, 0x9FFF), *((ord(one), ord(one)) for one in _SETTLED))
# An expression, since a set of the 27,000 characters that stand for themselves would take 4 MB, and is slower to look in.
_changed = re.compile(f"[{_OTHERS}{''.join(_TRADITIONAL)}]").search
"""What does not stand for itself: most words have nothing of the kind."""
_unsettled = re.compile(rf"[^{HAN}{re.escape(_SETTLED)}{''.join(wide for wide, _ in _WIDE)}]").search
"""What stands neither for itself nor for one other; or a traditional character."""


def normal(text: str) -> str:
    """NFKC, simplified, lower case, without invisible characters and quotation marks; white space is one space, none between Han."""
    if not _changed(text):
        return text
    if not _unsettled(text) and _TRADITIONAL.isdisjoint(text):
        for wide, other in _WIDE:
            text = text.replace(wide, other)
        return text
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    if not _TRADITIONAL.isdisjoint(text):
        text = _simplifier().convert(text)
    text = text.lower()
    # Replacing one by one is many times faster than translating.
    for mark, other in _SPELT:
        text = text.replace(mark, other)
    text = " ".join(text.split())
    return _BETWEEN_HAN.sub("", text) if " " in text else text


def is_traditional(text: str) -> bool:
    """It has a character that is written otherwise in simplified Chinese."""
    return not _TRADITIONAL.isdisjoint(text)


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


_PIECE = re.compile(rf"[{HAN}]+|[a-z]+|\d+(?:\.\d+)?")


def pieces(text: str) -> list[tuple[int, str]]:
    """Runs of Han, of Latin letters and of digits in a normal text, with where they start. Punctuation separates and is dropped."""
    return [(found.start(), found.group()) for found in _PIECE.finditer(text)]


def runs(text: str) -> list[str]:
    """The same without where they start."""
    return _PIECE.findall(text)


def stem(word: str) -> str:
    """An English word without the ending of its plural; anything else as it is."""
    if not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word

"""One spelling for what people type and what documents say, so that both can be compared character by character."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

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
    return opencc.OpenCC("t2s")


@cache
def _traditional() -> frozenset[str]:
    """The characters that simplifying changes: converting a text without any is time lost."""
    characters = "".join(map(chr, range(0x3400, 0xA000)))
    return frozenset(one for one, other in zip(characters, _simplifier().convert(characters), strict=False) if one != other)


_SETTLED = "abcdefghijklmnopqrstuvwxyz0123456789、。《》%,.?!;:()[]-/+·"
_WIDE = (("，", ","), ("？", "?"), ("！", "!"), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"), ("“", ""), ("”", ""))


@cache
def _settled() -> frozenset[str]:
    """Characters that stand for themselves, or for one other: a text of nothing else is normal but for those."""
    han = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
    return frozenset(map(chr, han)).union(_SETTLED, (wide for wide, _ in _WIDE)) - _traditional()


@cache
def _unchanged() -> frozenset[str]:
    """Characters that stand for themselves: most words have no others."""
    return _settled().difference(wide for wide, _ in _WIDE)


def normal(text: str) -> str:
    """NFKC, simplified, lower case, without invisible characters and quotation marks; white space is one space, none between Han."""
    if _unchanged().issuperset(text):
        return text
    if _settled().issuperset(text):
        for wide, other in _WIDE:
            text = text.replace(wide, other)
        return text
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    if not _traditional().isdisjoint(text):
        text = _simplifier().convert(text)
    text = text.lower()
    # Replacing one by one is many times faster than translating.
    for mark, other in _SPELT:
        text = text.replace(mark, other)
    text = " ".join(text.split())
    return _BETWEEN_HAN.sub("", text) if " " in text else text


def is_traditional(text: str) -> bool:
    """It has a character that is written otherwise in simplified Chinese."""
    return not _traditional().isdisjoint(text)


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

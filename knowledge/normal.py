"""One spelling for what people type and what documents say, so that both can be compared character by character."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HIDDEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
    r"|[\ud800-\udfff\U000e0000-\U000e01ff]"
)
_SPACE = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_TRADITIONAL = re.compile(rf"[{_HAN}]")
_QUOTES = '“”„‟"「」『』'
_MARKS = str.maketrans(
    {**dict.fromkeys("〔【", "["), **dict.fromkeys("〕】", "]"), **dict.fromkeys("—–", "-"), **dict.fromkeys("•・‧", "·")}
)
_DROPPED = str.maketrans(dict.fromkeys(_QUOTES))


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normal(text: str) -> str:
    """NFKC, simplified, lower case, without invisible characters and quotation marks; white space is one space, none between Han."""
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    if _TRADITIONAL.search(text):
        text = _simplifier().convert(text)
    return _BETWEEN_HAN.sub("", _SPACE.sub(" ", text.lower().translate(_MARKS).translate(_DROPPED)).strip())


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


_PIECE = re.compile(rf"[{_HAN}]+|[a-z]+|\d+(?:\.\d+)?")


def pieces(text: str) -> list[tuple[int, str]]:
    """Runs of Han, of Latin letters and of digits in a normal text, with where they start. Punctuation separates and is dropped."""
    return [(found.start(), found.group()) for found in _PIECE.finditer(text)]


def stem(word: str) -> str:
    """An English word without the ending of its plural; anything else as it is."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3 and word.isascii():
        return word[:-1]
    return word

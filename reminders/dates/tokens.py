"""What a person typed as a lattice: at each place every word of time, every number and every harmless word that starts there."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from reminders.dates.numerals import numeral
from reminders.rows import rows

LONGEST = 120
"""Characters of an expression. Nobody says a time with more; a longer text is not looked at."""

CHATTER = "CHATTER"
NUMBER = "NUMBER"
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0000-\u0008\u000b-\u001f\u007f-\u009f]")
_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—―−"} | dict.fromkeys("•・‧", "·") | dict.fromkeys("〜～∼", "~"))
_DIGITS = re.compile(r"[0-9]{1,8}")
_CHINESE = re.compile("[零〇一二三四五六七八九十廿卅百两]{1,6}")
_ANY_NUMBER = re.compile("[0-9]+|[零〇一二三四五六七八九十廿卅百两半]+")
_LATIN = re.compile("[a-z.]+")


@dataclass(frozen=True)
class Number:
    """A number and how it was written: 03 is an hour of the night, 3 may be the afternoon."""

    value: int
    written: str

    @property
    def digits(self) -> bool:
        return self.written.isascii()


@dataclass(frozen=True)
class Token:
    kind: str
    value: Any
    end: int


@dataclass(frozen=True)
class Lattice:
    """`tokens[place][kind]`: the tokens of a kind that start at a place."""

    text: str
    tokens: tuple[Mapping[str, list[Token]], ...]

    def at(self, place: int, kind: str) -> list[Token]:
        return self.tokens[place].get(kind, []) if place < len(self.tokens) else []


def normal(text: str) -> str | None:
    """One spelling: NFKC, simplified, lower case, single spaces. Nothing for a text too long to be a time."""
    if len(text) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).translate(_DASHES).lower()
    if len(text) > LONGEST:
        return None
    return _spelt(" ".join(_simplified(text).split()))


def _spelt(text: str) -> str:
    """今晚 is 今天晚上."""
    told: Mapping[str, str] = _told()["SPELT"]
    return re.sub("|".join(told), lambda found: told[found.group()], text)


@cache
def _told() -> Mapping[str, Any]:
    return rows("dates/words.yaml")  # type: ignore[no-any-return]


def lattice(text: str) -> Lattice:
    places = []
    for place in range(len(text)):
        found: dict[str, list[Token]] = defaultdict(list)
        for token in _starting(text, place):
            found[token.kind].append(token)
        places.append(dict(found))
    return Lattice(text, tuple(places))


def doubts(text: str) -> list[tuple[int, int]]:
    """Where something stands that may mean a time or change one: such words do not count as harmless."""
    found = [(place, place + len(turn)) for turn in vocabulary().turns for place in _places(text, turn)]
    found += [each.span() for each in _ANY_NUMBER.finditer(text) if text[each.end() : each.end() + 1] not in vocabulary().measures]
    return found + [each.span() for each in _LATIN.finditer(text) if each.group().strip(".") in vocabulary().latin]


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


@dataclass(frozen=True)
class Vocabulary:
    """`turns`: what in the words around a time makes them doubtful; `latin`: the same for whole Latin words."""

    words: Mapping[str, tuple[tuple[str, Any], ...]]
    longest: int
    turns: tuple[str, ...]
    latin: frozenset[str]
    measures: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    told = {**_told()}
    del told["SPELT"], told["ALSO_TRADITIONAL"]
    turns, latin, mild, measures = told.pop("TURNS"), told.pop("TURNS_LATIN"), set(told.pop("MILD")), told.pop("MEASURES")
    words: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for kind, listed in told.items():
        for word in listed:
            words[word].append((kind, listed[word] if isinstance(listed, dict) else word))
    timely = {word for word, meanings in words.items() if word not in mild and any(kind != CHATTER for kind, _ in meanings)}
    timely = {word for word in timely if not word.isascii()}
    return Vocabulary(
        {word: tuple(meanings) for word, meanings in words.items()},
        max(map(len, words)),
        (*turns, *sorted(timely)),
        frozenset(latin),
        frozenset(measures),
    )


def _starting(text: str, place: int) -> Iterator[Token]:
    known = vocabulary()
    for length in range(1, min(known.longest, len(text) - place) + 1):
        word = text[place : place + length]
        if word in known.words and not _inside_latin(text, place, place + length):
            yield from (Token(kind, value, place + length) for kind, value in known.words[word])
    yield from _numbers(text, place)


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether the word is only a piece of a longer Latin one."""
    return _joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1])


def _joined(one: str, other: str) -> bool:
    return one.isascii() and other.isascii() and one.isalpha() and other.isalpha()


def _numbers(text: str, place: int) -> Iterator[Token]:
    """A run of digits is one number; a Chinese numeral may end early: 周一三点 is 周一 and 三点."""
    if (found := _DIGITS.match(text, place)) and not text[place - 1 : place].isdecimal() and not text[found.end() :][:1].isdecimal():
        yield Token(NUMBER, Number(int(found.group()), found.group()), found.end())
    if found := _CHINESE.match(text, place):
        for length in range(1, len(found.group()) + 1):
            value = numeral(found.group()[:length])
            if value is not None:
                yield Token(NUMBER, Number(value, found.group()[:length]), place + length)


@cache
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    """Loads the converter only for text that may hold traditional characters."""
    if _in_gb2312(text) and not any(each in text for each in _told()["ALSO_TRADITIONAL"]):
        return text
    return str(_simplifier().convert(text.encode("utf-8", "replace").decode()))


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True

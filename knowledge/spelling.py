"""Slips of the keyboard: what was typed, and the name of ours that was meant.

Only where something looks wrong is anything changed: two neighbours that no text of ours has side by side, at the edge of a character
that belongs to no word. What is changed is told (`Slip`), never hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, product
from math import prod
from pathlib import Path

from knowledge import pinyin
from knowledge.normal import HAN, is_han, pieces

_FILE = Path(__file__).parent / "lookalikes.txt"

_MOST_SLIPS = 3
_MOST_SPOTS = 24
"""A text with more odd places is no slip of the keyboard."""
_RUN = re.compile(f"[{HAN}]+")
_SHORT = 2
_LONGEST = 10
_SHORTEST_WITH_GAP = 4
_BESIDE_GAP = 2
"""Characters on either side of one left out."""
_ASKED_OF = re.compile(r"是(什么|啥|干|做|谁|哪|怎|如何|指|不是|几|多少|何)")
"""专利代理是干什么的 asks what it is, and is no slip for 专利代理师."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几")
"""Never changed: 十五五 is not 十三五."""

# What a change costs beside one more character of the name found.
_SOUND = 0.1
_SWAP = 0.2
_SHAPE = 0.4
_GAP = 0.6
_CLEARLY = 0.15
"""By how much the best name must be better than another."""
_BLANK = "?"
_MOST_READINGS = 16
_CLOSEST = 2
"""At least so many pairs must be ours once two characters changed places."""


@dataclass(frozen=True)
class Slip:
    typed: str
    meant: str


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    meant: str
    worth: float


@cache
def _lookalikes() -> dict[str, str]:
    """Characters by shape: a line of the file is a character and those that look like it, each pair in one line only."""
    return {line[0]: line[1:] for line in _FILE.read_text(encoding="utf-8").splitlines()}


def _look_alike(one: str, other: str) -> bool:
    return other in _lookalikes().get(one, "") or one in _lookalikes().get(other, "")


class Speller:
    """Knows the names that may be meant; `pairs` are the neighbours that stand in our texts, `right` what is never a slip."""

    def __init__(
        self,
        names: Iterable[str],
        places: Iterable[str],
        pairs: Container[str],
        cut: Callable[[str], list[str]],
        right: Set[str] = frozenset(),
        idle: Set[str] = frozenset(),
    ) -> None:
        """`idle` are characters that are words by themselves and go with any other."""
        self._places = frozenset(place for place in places if len(place) > 1)
        self._names = frozenset(name for name in names if 1 < len(name) <= _LONGEST and all(map(is_han, name))) | self._places
        self._longest = max(map(len, self._names), default=0)
        self._letters = {pinyin.initials(place): place for place in sorted(self._places) if len(place) == _SHORT}
        self._pairs, self._cut, self._right = pairs, cut, self._names.union(right)
        self._idle = idle

    # What follows is for texts in which something stands oddly: most have nothing of the kind.

    @cached_property
    def _begun(self) -> frozenset[str]:
        return frozenset(name[:end] for name in self._names for end in range(len(name) + 1))

    @cached_property
    def _ended(self) -> frozenset[str]:
        return frozenset(name[start:] for name in self._names for start in range(len(name) + 1))

    @cached_property
    def _blanked(self) -> dict[str, list[str]]:
        """The names with each of their characters left out."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._names):
            for at in range(len(name)):
                found.setdefault(f"{name[:at]}{_BLANK}{name[at + 1 :]}", []).append(name)
        return found

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], str | None]:
        found: dict[tuple[str, ...], str | None] = {}
        for name in self._names:
            for sounds in _sounds(name):
                # Two names of one sound: neither is clearly meant.
                found[sounds] = None if found.get(sounds, name) != name else name
        return found

    def mended(self, text: str) -> tuple[str, tuple[Slip, ...]]:
        """A normal text with its slips put right, and what they were."""
        slips: list[Slip] = []
        text, initials = self._spelt_out(text)
        text, latin = self._from_pinyin(text)
        for _ in range(_MOST_SLIPS):
            change = next(self._changes(text), None)
            if change is None:
                break
            slips.append(Slip(text[change.start : change.end], change.meant))
            text = text[: change.start] + change.meant + text[change.end :]
        return text, (*initials, *latin, *slips)

    def _spelt_out(self, text: str) -> tuple[str, tuple[Slip, ...]]:
        """A place by its initials, standing alone, where no place is named."""
        if any(place in text for place in self._places):
            return text, ()
        for at, run in pieces(text):
            if run in self._letters:
                return text[:at] + self._letters[run] + text[at + len(run) :], (Slip(run, self._letters[run]),)
        return text, ()

    def _from_pinyin(self, text: str) -> tuple[str, tuple[Slip, ...]]:
        """Names typed in Latin letters, where nothing else of the word is left."""
        slips = []
        for at, run in reversed(pieces(text)):
            if run[0].isalpha() and run.isascii() and (meant := self._named(pinyin.split(run))):
                text = text[:at] + meant + text[at + len(run) :]
                slips.append(Slip(run, meant))
        return text, tuple(reversed(slips))

    def _named(self, syllables: tuple[str, ...]) -> str:
        """The names these syllables are, the longest first; "" unless they all are."""
        named, at = "", 0
        while at < len(syllables):
            longest = min(_LONGEST, len(syllables) - at)
            name = next((found for n in range(longest, 1, -1) if (found := self._sounds.get(syllables[at : at + n]))), None)
            if name is None:
                return ""
            named, at = named + name, at + len(name)
        return named

    def _changes(self, text: str) -> Iterator[_Change]:
        """For each odd spot the one name that is clearly meant."""
        spots = self._odd(text)[:_MOST_SPOTS]
        runs = [found.span() for found in _RUN.finditer(text)] if spots else []
        for at in spots:
            found = sorted(self._around(text, at, *_reach(runs, at)), key=lambda change: -change.worth)
            rivals = [change for change in found if change.meant != found[0].meant]
            if found and not (rivals and rivals[0].worth > found[0].worth - _CLEARLY):
                yield found[0]
            elif not found and (swapped := self._swapped(text, at)):
                yield swapped

    def _odd(self, text: str) -> list[int]:
        """Where two neighbours stand together that never do in our texts, one of them no part of a word."""
        words = self._cut(text)
        ends = list(accumulate(map(len, words)))
        lengths = [len(word) for word in words for _ in word]
        edges = {end - 1 for end in ends}
        return [
            at
            for at in range(len(text) - 1)
            if at in edges and min(lengths[at], lengths[at + 1]) == 1 and is_han(text[at]) and is_han(text[at + 1])
            if text[at : at + 2] not in self._pairs
        ]

    def _around(self, text: str, at: int, first: int, last: int) -> Iterator[_Change]:
        """All names that one slip at this spot, between these two, turns into what stands there."""
        # One slip leaves what lies further off as it is: there a name must begin and end, but for a swap with the next character.
        begun, ended = self._begun, self._ended
        starts = [
            start
            for start in range(max(first, at - self._longest), at + 1)
            if text[start:at] in begun or text[start : at - 1] + text[at] in begun
        ]
        ends = [end for end in range(at + 2, last + 1) if text[at + 2 : end] in ended or text[at + 1] + text[at + 3 : end] in ended]
        for start in starts:
            for end in ends:
                if end > start + self._longest:
                    break
                typed = text[start:end]
                if typed not in self._right and not _ASKED_OF.match(text, end - 1):
                    for name, cost in self._names_for(typed, at - start):
                        yield _Change(start, end, name, len(name) - cost)

    def _names_for(self, typed: str, odd: int) -> Iterator[tuple[str, float]]:
        for left in range(max(0, odd - 1), min(len(typed) - 1, odd + 2)):
            swapped = typed[:left] + typed[left + 1] + typed[left] + typed[left + 2 :]
            if swapped in self._names:
                yield swapped, _SWAP
        for at in (odd, odd + 1):
            if typed[at] in self._idle and at in (0, len(typed) - 1) and (typed[:at] or typed[1:]) in self._right:
                continue  # 知识产权是什么 asks what it is, and is no slip for 知识产权师
            for name in self._blanked.get(f"{typed[:at]}{_BLANK}{typed[at + 1 :]}", ()):
                yield from self._instead(name, typed[at], at)
        if len(typed) + 1 >= _SHORTEST_WITH_GAP and _BESIDE_GAP <= odd + 1 <= len(typed) - _BESIDE_GAP:
            for name in self._blanked.get(f"{typed[: odd + 1]}{_BLANK}{typed[odd + 1 :]}", ()):
                yield name, _GAP

    def _instead(self, name: str, typed: str, at: int) -> Iterator[tuple[str, float]]:
        """Two characters that are no place are changed by sound only: too many of them look alike."""
        meant = name[at]
        if typed in _NUMERALS or meant in _NUMERALS:
            return
        if not set(pinyin.readings(typed)).isdisjoint(pinyin.readings(meant)):
            yield name, _SOUND
        elif _look_alike(typed, meant) and (len(name) > _SHORT or name in self._places):
            yield name, _SHAPE

    def _swapped(self, text: str, at: int) -> _Change | None:
        """Two characters of words we have no name for, in the wrong order: words and pairs of ours once they change places."""
        start, end = max(0, at - 1), min(len(text), at + 3)
        typed = text[start:end]
        turned = text[start:at] + text[at + 1] + text[at] + text[at + 2 : end]
        odd = [pair for pair in _pairs(typed) if pair not in self._pairs]
        after = _pairs(turned)
        ours = len(odd) >= _CLOSEST and len(after) >= _CLOSEST and all(pair in self._pairs for pair in after)
        if ours and all(len(word) > 1 for word in self._cut(turned)):
            return _Change(start, end, turned, 0.0)
        return None


def _reach(runs: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """Where the Han characters around a spot begin and end, as far as a name reaches."""
    first, last = next(run for run in runs if at < run[1])
    return max(first, at - _LONGEST), min(last, at + _LONGEST + 1)


def _sounds(name: str) -> Iterator[tuple[str, ...]]:
    """How a name may sound; one with very many readings only in the first of each character."""
    readings = [pinyin.readings(character) for character in name]
    if prod(map(len, readings)) > _MOST_READINGS:
        readings = [each[:1] for each in readings]
    return product(*readings)


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1) if is_han(text[at]) and is_han(text[at + 1])]

"""Where places are named in a text, and which of them is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.glossary import Glossary, lengths_by_start
from knowledge.normal import is_han, normal
from knowledge.regions import Region, ancestors, by_alias, regions

PAIR = 2
_KINDS_OF_PLACE = "省市区县"
_OF_A_DOCUMENT = re.compile(r"[省市区]?的?[这那]?[份个]?(?:文件|规划|方案|措施|政策|意见)")

Place = tuple[int, int, Region]
"""Where a place is named."""


class Places:
    """The places by every name they have."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self.aliases = {normal(alias): region for alias, region in by_alias().items()}
        self._lengths = lengths_by_start(self.aliases)

    def of(self, text: str) -> list[Place]:
        """Places by name, the longest at each spot."""
        found = []
        end = 0
        for at in [at for at, character in enumerate(text) if character in self._lengths]:
            region, length = self._place_at(text, at) if at >= end else (None, 0)
            if region and (region.held or not self._in_a_name(text, at, length)):
                found.append((at, at + length, region))
            end = max(end, at + length)
        return found

    def _in_a_name(self, text: str, at: int, length: int) -> bool:
        """The spelling of a place begins the name of something: 姑苏知识产权人才计划 is no matter of 姑苏."""
        names = (name for name in self._glossary.names_by_start.get(text[at : at + PAIR], ()) if len(name) > length)
        return any(text.startswith(name, at) for name in names)

    def _place_at(self, text: str, at: int) -> tuple[Region | None, int]:
        for length in self._lengths.get(text[at], ()):
            region = self.aliases.get(text[at : at + length]) if length > 1 else None
            if region and at + length <= len(text) and _whole_word(text, at, at + length):
                return region, length
        return None, 0

    def short_names(self) -> Iterator[str]:
        """What places of ours are called in two characters, without the word for province or city."""
        for alias, region in self.aliases.items():
            if region.held and len(alias) == PAIR and all(map(is_han, alias)) and alias[-1] not in _KINDS_OF_PLACE:
                yield alias


def asked_of(text: str, places: list[Place]) -> list[Region]:
    """The places named; where the documents of some are what is asked about, the others are only spoken of."""
    owners = [region for _, end, region in places if region.held and _OF_A_DOCUMENT.match(text, end)]
    return [region for *_, region in places if region.held or not owners]


def most_specific(named: Iterable[str]) -> tuple[str, ...]:
    """Without what a place named beside it lies in: 苏州昆山 means 昆山. Two places we hold may be compared, so both stay."""
    places = tuple(named)
    above = {region.id for id in places if not regions()[id].held for region in ancestors(id)}
    return tuple(id for id in places if id not in above)


def _whole_word(text: str, start: int, end: int) -> bool:
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())

"""Places: which of them we hold texts for, what they are called, and what lies in what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.lists import word_list
from knowledge.normal import normal

_FILE = Path(__file__).parent / "regions.yaml"


@dataclass(frozen=True)
class Region:
    id: str
    names: Mapping[str, str]
    """By language tag; zh-CN is always there."""
    parent: str | None
    held: bool
    """Whether a document of exactly this place is in the corpus."""
    aliases: tuple[str, ...]
    """All spellings, simplified Chinese and lower-case English, the names included."""
    programmes: tuple[str, ...] = ()
    """Names of what only this place has."""

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["zh-CN"])


@cache
def regions() -> Mapping[str, Region]:
    """All places by id."""
    entries = word_list(_FILE, {"held"})
    found = [*_described(entries["places"]), *_listed(entries["elsewhere"])]
    return MappingProxyType({region.id: region for region in found})


@cache
def by_alias() -> Mapping[str, Region]:
    """The place a spelling means. Where a city bears its province's name, the province is meant."""
    found: dict[str, Region] = {}
    for region in regions().values():
        for alias in region.aliases:
            found.setdefault(alias, region)
    return MappingProxyType(found)


def region_named(text: str) -> Region | None:
    """The place that somebody names: 苏州, 蘇州, Suzhou."""
    return by_alias().get(normal(text).strip())


def with_programme(text: str) -> Region | None:
    """The place of which a normal text names a programme."""
    return next((region for name, region in _by_programme().items() if name in text), None)


@cache
def _by_programme() -> Mapping[str, Region]:
    return MappingProxyType({normal(name): region for region in regions().values() for name in region.programmes})


@cache
def ancestors(id: str) -> tuple[Region, ...]:
    """What the place lies in, nearest first."""
    parent = regions()[id].parent
    return (regions()[parent], *ancestors(parent)) if parent else ()


@cache
def descendants(id: str) -> tuple[Region, ...]:
    """All that lies in the place, nearest first."""
    children = tuple(region for region in regions().values() if region.parent == id)
    return children + tuple(below for child in children for below in descendants(child.id))


def within() -> dict[str, frozenset[str]]:
    """For each place all that lie in it, itself included."""
    return {id: frozenset((id, *(part.id for part in descendants(id)))) for id in regions()}


def wider() -> dict[str, frozenset[str]]:
    """The same, with "" for the whole country."""
    return {"": frozenset(regions())} | within()


def places(language: str) -> dict[str, str]:
    """What every place is called."""
    return {id: place.name(language) for id, place in regions().items()}


@cache
def covering(id: str) -> tuple[Region, ...]:
    """The places whose documents hold there, nearest first: Kunshan has those of Suzhou and of Jiangsu."""
    return tuple(region for region in (regions()[id], *ancestors(id)) if region.held)


def _described(entries: Mapping[str, dict[str, Any]]) -> Iterator[Region]:
    for id, entry in entries.items():
        names: dict[str, str] = entry["names"]
        aliases = (names["zh-CN"], names["en"].lower(), *entry.get("aliases", ()))
        programmes = tuple(entry.get("programmes", ()))
        yield Region(id, MappingProxyType(names), entry.get("parent"), entry.get("held", False), tuple(dict.fromkeys(aliases)), programmes)


def _listed(entries: Mapping[str, list[str]]) -> Iterator[Region]:
    """The compact lists: `浙江 Zhejiang: [杭州 Hangzhou, …]`; a key that is an id adds to a place described above."""
    for key, members in entries.items():
        parent = key
        if " " in key:
            province = _plain(key, None)
            parent = province.id
            yield province
        yield from (_plain(member, parent) for member in members)


def _plain(entry: str, parent: str | None) -> Region:
    chinese, _, english = entry.partition(" ")
    id = f"{parent}/{chinese}" if parent else chinese
    names = MappingProxyType({"zh-CN": chinese, "en": english})
    return Region(id, names, parent, False, (chinese, english.lower()))

"""Reads a lattice by rules such as `day := month NUMBER:day MARK`, in every way there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from reminders.dates.tokens import CHATTER, Lattice
from reminders.dates.values import Scene

Builder = TypeVar("Builder", bound=Callable[..., Any])
Found = tuple[Any, int]
"""What was read and where it ended."""


@dataclass(frozen=True)
class Item:
    """A kind of token (capitals) or the name of rules (small letters); `label` hands its value to the builder."""

    names: tuple[str, ...]
    label: str
    optional: bool


@dataclass(frozen=True)
class Rule:
    items: tuple[Item, ...]
    build: Callable[..., Any]


class Grammar:
    """Rules by name. A pattern lists its items: `A|B` is either, `A:x` hands the value to the builder as `x`, `A?` may be absent."""

    def __init__(self) -> None:
        self.rules: dict[str, list[Rule]] = {}

    def rule(self, name: str, *patterns: str) -> Callable[[Builder], Builder]:
        """The builder gets the scene and the labelled values, and returns what was meant, or None when it is none of its business."""

        def add(build: Builder) -> Builder:
            self.rules.setdefault(name, []).extend(Rule(tuple(map(_item, pattern.split())), build) for pattern in patterns)
            return build

        return add


def _item(told: str) -> Item:
    optional = told.endswith("?")
    names, _, label = told.removesuffix("?").partition(":")
    return Item(tuple(names.split("|")), label, optional)


class Parse:
    """All readings of one lattice, each place and name worked out once."""

    def __init__(self, grammar: Grammar, lattice: Lattice, scene: Scene) -> None:
        self._rules = grammar.rules
        self._lattice = lattice
        self._scene = scene
        self._known: dict[tuple[str, int], list[Found]] = {}
        self._skips: dict[int, list[int]] = {}

    def at(self, name: str, place: int) -> list[Found]:
        """Everything of that name that starts at the place."""
        if name.isupper():
            return [(token.value, token.end) for start in self.skips(place) for token in self._lattice.at(start, name)]
        key = (name, place)
        if key not in self._known:
            self._known[key] = list(self._read(name, place))
        return self._known[key]

    def skips(self, place: int) -> list[int]:
        """Where one may go on after harmless words, the place itself first."""
        if place not in self._skips:
            reached = [place]
            for each in reached:
                reached += [token.end for token in self._lattice.at(each, CHATTER) if token.end not in reached]
            self._skips[place] = reached
        return self._skips[place]

    def _read(self, name: str, place: int) -> Iterator[Found]:
        seen: set[Found] = set()
        for rule in self._rules[name]:
            for values, end in self._match(rule.items, place):
                value = rule.build(self._scene, **values)
                if value is not None and (value, end) not in seen:
                    seen.add((value, end))
                    yield value, end

    def _match(self, items: tuple[Item, ...], place: int) -> Iterator[tuple[Mapping[str, Any], int]]:
        if not items:
            yield {}, place
            return
        item, rest = items[0], items[1:]
        for name in item.names:
            for value, end in self.at(name, place):
                for values, last in self._match(rest, end):
                    yield ({item.label: value, **values} if item.label else values), last
        if item.optional:
            yield from self._match(rest, place)

"""The language of IP policy: which other words a question's words may stand for, and how much such a match counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from knowledge import pinyin
from knowledge.lists import word_list
from knowledge.normal import is_han, normal

_FILE = Path(__file__).parent / "glossary.yaml"

SAME = 0.9
NEAR = 0.7
RING = 0.7
_UNSURE = 0.7
"""What an ambiguous term's expansion keeps of its worth."""


@dataclass(frozen=True)
class Term:
    """An entry for people: what a term means, and with what it may be confused."""

    name: str
    same: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    meaning: str = ""
    note: str = ""
    ambiguous: str = ""


@dataclass(frozen=True)
class Saying:
    """A wording and what clauses may say instead, with the worth of finding it."""

    said: str
    instead: tuple[tuple[str, float], ...]


class Glossary:
    def __init__(self, content: Mapping[str, Any]) -> None:
        self.terms = tuple(_term(entry) for entry in content["terms"])
        self.sayings: dict[str, Saying] = _sayings(self.terms, content["rings"])
        self.english: dict[str, tuple[str, ...]] = dict(_english(self.terms, content["english"]))
        self.names: frozenset[str] = frozenset(normal(name) for term in self.terms for name in (term.name, *term.same) if len(name) > 1)
        self.field = frozenset(normal(name) for term in self.terms for name in (term.name, *term.same, *term.near) if len(name) > 1)
        """Wordings of our field, as against the everyday ones of the rings."""
        self.names_by_start: dict[str, list[str]] = {}
        """The names by their first two characters."""
        for name in self.names:
            self.names_by_start.setdefault(name[:2], []).append(name)
        self._lengths = lengths_by_start(self.sayings)

    @cached_property
    def initials(self) -> dict[str, tuple[str, ...]]:
        """The names by the first letters of their sounds, for who types those."""
        return _initials(self.names)

    @cached_property
    def _same(self) -> dict[str, frozenset[str]]:
        names = [frozenset(map(normal, (term.name, *term.same))) for term in self.terms]
        return {name: same for same in names for name in same}

    def same(self, word: str) -> frozenset[str]:
        """The names of the term that a normal word names, itself among them; none when it names no term."""
        return self._same.get(word, frozenset())

    def said(self, text: str) -> Iterator[tuple[int, Saying]]:
        """The wordings in a normal text, the longest at each place, with where they stand."""
        for start in range(len(text)):
            for length in self._lengths.get(text[start : start + 1], ()):
                saying = self.sayings.get(text[start : start + length])
                if saying and len(saying.said) == length and _stands_alone(text, start, length):
                    yield start, saying
                    break

    def explain(self, word: str) -> Term | None:
        """The entry for a word as people say it."""
        wanted = normal(word)
        return next((term for term in self.terms if wanted in map(normal, (term.name, *term.same))), None)


def lengths_by_start(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the names are that begin with a character, longest first: where to look in a text."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:1], set()).add(len(name))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


@cache
def glossary() -> Glossary:
    return Glossary(word_list(_FILE))


def _stands_alone(text: str, start: int, length: int) -> bool:
    """A Latin wording must not be part of a longer Latin word."""
    end = start + length
    return not (start and _is_latin(text[start - 1 : start + 1])) and not (end < len(text) and _is_latin(text[end - 1 : end + 1]))


def _is_latin(characters: str) -> bool:
    return characters.isascii() and characters.isalnum()


def _term(entry: Mapping[str, Any]) -> Term:
    def listed(key: str) -> tuple[str, ...]:
        return tuple(str(value) for value in entry.get(key, ()))

    texts = (entry.get(key, "") for key in ("meaning", "note", "ambiguous"))
    return Term(entry["term"], listed("same"), listed("near"), listed("en"), *texts)


def _sayings(terms: tuple[Term, ...], rings: list[list[str]]) -> dict[str, Saying]:
    worth: dict[str, dict[str, float]] = {}
    for term in terms:
        names = [normal(name) for name in (term.name, *term.same)]
        near = [normal(name) for name in term.near]
        factor = _UNSURE if term.ambiguous else 1.0
        for said in names:
            _add(worth, said, names, SAME * factor)
            _add(worth, said, near, NEAR * factor)
        for said in near:
            _add(worth, said, names, NEAR * factor)
    for ring in rings:
        said, *instead = (normal(str(word)) for word in ring)
        _add(worth, said, instead, RING)
    return {said: Saying(said, tuple(instead.items())) for said, instead in worth.items() if instead}


def _add(worth: dict[str, dict[str, float]], said: str, instead: list[str], value: float) -> None:
    known = worth.setdefault(said, {})
    for word in instead:
        if word != said and said not in word:
            known[word] = max(value, known.get(word, 0.0))


def _english(terms: tuple[Term, ...], words: Mapping[str, list[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for english, chinese in words.items():
        yield english.lower(), tuple(chinese)
    for term in terms:
        for english in term.english:
            yield english.lower(), (term.name,)


def _initials(names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        if len(name) > 2 and all(map(is_han, name)):
            found.setdefault(pinyin.initials(name), []).append(name)
    return {letters: tuple(words) for letters, words in found.items()}

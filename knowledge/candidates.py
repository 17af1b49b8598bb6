"""Passages worth reading closely: what the index finds, and of that what has most of what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from math import fsum

from knowledge.document import Document
from knowledge.filled import Field
from knowledge.grams import needle
from knowledge.index import Entry, Index
from knowledge.wanted import BY_SOUND, Wanted

_CANDIDATES = 40
_HEADING_BOOST = 0.6
_QUESTION_BOOST = 0.8
_SAYING_BOOST = 0.5
_SOUND_BOOST = 0.6
_NEGLIGIBLE = 0.12
"""Atoms that say so little beside the weightiest are not searched for; they count once a passage is found."""
_MOST_SAYINGS = 20
_MOST_INSTEAD = 8
_CLOSELY = 14
"""How many candidates are read sentence by sentence."""
_FAR_BEHIND = 0.3
"""Candidates with less of what the first one has are not read."""


def candidates(wanted: Wanted, index: Index, limit: int = _CANDIDATES) -> list[Entry]:
    terms = {field: list(weighted) for field, weighted in _terms(wanted, index)}
    return index.search(terms, limit)


def _terms(wanted: Wanted, index: Index) -> Iterator[tuple[Field, Iterable[tuple[str, float]]]]:
    least = _NEGLIGIBLE * max(wanted.weights, default=0.0)
    typed = [(atom.key, atom.worth) for atom, weight in zip(wanted.atoms, wanted.weights, strict=True) if atom.key and weight >= least]
    sounding = [(gram, wanted.atoms[at].worth * _SOUND_BOOST) for at, grams in wanted.by_sound for gram in sorted(grams)]
    others = list(_other_words(wanted))
    # What no passage, or no curated question, has would only be looked for in vain.
    holds, is_asked = index.holds, index.is_asked
    yield Field.TEXT, [one for one in (*typed, *others, *sounding) if holds(one[0])]
    yield Field.HEADING, [(key, worth * _HEADING_BOOST) for key, worth in typed]
    asked = (*typed, *others, *sounding, *((word, 1.0) for word in wanted.english))
    yield Field.QUESTIONS, [(key, worth * _QUESTION_BOOST) for key, worth in asked if is_asked(key)]


def _other_words(wanted: Wanted) -> Iterator[tuple[str, float]]:
    for instead in wanted.instead[:_MOST_SAYINGS]:
        for word, value in instead[:_MOST_INSTEAD]:
            for at in range(max(1, len(word) - 1)):
                yield word[at : at + 2], value * _SAYING_BOOST


def closest(
    wanted: Wanted, index: Index, entries: Iterable[Entry], worth: Callable[[Document], float], limit: int = _CLOSELY
) -> list[Entry]:
    """The passages that have most of what is looked for, wherever in them, by what their document is worth: a cheap first look."""
    weights = wanted.english | wanted.keys
    for at, sounding in wanted.by_sound:
        weights |= {gram: BY_SOUND * wanted.weights[at] for gram in sounding if gram not in weights}
    for instead in wanted.instead:
        for word, value in instead:
            for at in range(max(1, len(word) - 1)):
                weights.setdefault(word[at : at + 2], value)
    asked = frozenset(filter(index.is_asked, weights))
    weight = weights.__getitem__
    # A pair of Han characters stands in a text exactly when it is one of its pieces; a number may be a part of a longer one.
    whole = [(gram, value) for gram, value in weights.items() if needle(gram) == gram and index.holds(gram)]
    parts = [(gram, value) for gram, value in weights.items() if needle(gram) != gram]
    candidates = list(entries)
    worths = {id: worth(document) for id, document in {entry.document.id: entry.document for entry in candidates}.items()}

    def held(pieces: Container[str], text: str) -> float:
        return sum([value for gram, value in whole if gram in pieces]) + sum([value for gram, value in parts if gram in text])

    headed = cache(held)

    def having(entry: Entry) -> float:
        found = held(entry.pieces, entry.normal) + headed(entry.heading, entry.heading) / 2
        return worths[entry.document.id] * max(found, fsum(map(weight, asked & entry.asked_grams)))

    ranked = sorted(((having(entry), -entry.number, entry) for entry in candidates), key=lambda one: one[:2], reverse=True)[:limit]
    return [entry for found, _, entry in ranked if found >= _FAR_BEHIND * ranked[0][0]]

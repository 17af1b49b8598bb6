"""The search index over all passages: characters, headings and curated questions, each a field of one tantivy index.

What one question needs of a passage is prepared when it is first looked at, and only so much is kept: a large corpus costs its index,
not what each of its sentences can be found by. A piece is looked for in the text itself; a set of all its pieces, in which that is four
times as quick, takes as long to make as some hundreds of such looks, and so is made only of passages that are looked at again and again.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache, partial
from itertools import count
from pathlib import Path

import tantivy

from knowledge import pinyin
from knowledge.document import Passage, PassageKind
from knowledge.filled import Field, Place, Plain, filled, schema
from knowledge.grams import asked_grams, grams, haystack, needle
from knowledge.normal import is_han, normal, stem

_PREPARED = 4096
"""Passages whose sentences are kept ready."""
_BEFOREHAND = 1024
"""A corpus of at most so many passages is prepared as a whole before anybody asks."""
_OFTEN = 8
"""After so many looks at a passage its pieces are set apart: what that takes, the looks so far have saved."""
_PAIR = 2
_MARK = re.compile("[“《(（”》)）。!！?？;；\n]")


class Sentence:
    """A verbatim piece of a passage, or a curated question, and what it can be found by."""

    __slots__ = ("_cut", "_found", "_size", "hay", "normal", "number", "text")

    def __init__(self, number: int, text: str, plain: str, hay: str, cut: Callable[[str], list[str]]) -> None:
        """`number` is its place among those of its passage."""
        self.number, self.text, self.normal, self.hay, self._cut = number, text, plain, hay, cut
        self._found: dict[str, bool] | None = None
        self._size = 0

    @property
    def grams(self) -> frozenset[str]:
        return frozenset(self._cut(self.normal))

    @property
    def size(self) -> int:
        """How many different grams it has; 0 only where there are none."""
        self._size = self._size or len(set(self._cut(self.normal)))
        return self._size

    def has(self, id: str, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern, known by its id, is found; remembered, since every question asks for the same few."""
        if self._found is None:
            # Made for those that are looked at: nine sentences in ten are questions of curators, which are not.
            self._found = {}
        found = self._found.get(id)
        if found is None:
            found = self._found[id] = bool(pattern.search(self.normal))
        return found


class Entry:
    """One passage with its place, prepared for matching. What matching needs is computed when first asked for."""

    def __init__(self, number: int, place: Place, plain: Plain) -> None:
        self.number = number
        self.document, self.clause, self.passage = place.document, place.clause, place.passage
        self.normal, self.heading, self.above = plain.text, plain.heading, plain.above
        self._questions, self._plain = place.questions, plain
        self._hay, self._looks = haystack(plain.text), 0
        self._asked: dict[int, Sentence] = {}
        self._asked_by: dict[str, tuple[int, ...]] = {}
        self._asked_with: dict[str, tuple[int, ...]] = {}
        self._said_with: dict[str, tuple[int, ...]] = {}

    @property
    def is_departments(self) -> bool:
        return self.passage.kind is PassageKind.DEPARTMENTS

    def prepare(self) -> None:
        """Everything at once that else the first questions compute."""
        self._looks = _OFTEN
        _ = self._apart, self.heading_hay, self.above_hay, self.asked_grams
        for sentence in (*self.sentences, *map(self.asked, range(self.questions))):
            _ = sentence.size

    @property
    def pieces(self) -> Container[str]:
        """What a needle is looked for in."""
        if self._looks < _OFTEN:
            self._looks += 1
            return self._hay
        return self._apart

    @cached_property
    def _apart(self) -> dict[str, None]:
        # No set: the search for garbage goes through the strings of a set each time, and never through those of a dictionary.
        return dict.fromkeys(map(needle, map(sys.intern, grams(self.normal))))

    @cached_property
    def heading_hay(self) -> str:
        return _framing(self.heading)

    @cached_property
    def above_hay(self) -> str:
        return _framing(self.above)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(map(_sentence, count(), split(self.passage)))

    def said_with(self, word: str) -> tuple[int, ...]:
        """Which of the sentences hold a wording; remembered, since the glossary has only so many."""
        found = self._said_with.get(word)
        if found is None:
            numbers = (number for number, sentence in enumerate(self.sentences) if word in sentence.normal)
            found = self._said_with[word] = tuple(numbers)
        return found

    @property
    def questions(self) -> int:
        """How many questions curators say this passage answers."""
        return len(self._questions)

    def asked(self, number: int) -> Sentence:
        """One of those questions."""
        found = self._asked.get(number)
        if found is None:
            text, plain, hay = self._questions[number], self._plain.asked[number], self._asked_hays[number]
            found = self._asked[number] = Sentence(number, text, plain, hay, asked_grams)
        return found

    @cached_property
    def _asked_hays(self) -> tuple[str, ...]:
        return tuple(haystack(plain, stem) for plain in self._plain.asked)

    @cached_property
    def asked_text(self) -> str:
        """All of those questions."""
        return "\n".join(self._plain.asked)

    @cached_property
    def asked_grams(self) -> frozenset[str]:
        return frozenset(map(sys.intern, self._plain.asked_grams.split()))

    def asked_by(self, gram: str) -> tuple[int, ...]:
        """Which of the questions hold one of their grams; remembered, since they have only so many."""
        found = self._asked_by.get(gram)
        if found is None:
            wanted = needle(gram)
            found = self._asked_by[gram] = tuple(number for number, hay in enumerate(self._asked_hays) if wanted in hay)
        return found

    def asked_with(self, word: str) -> tuple[int, ...]:
        """Which of the questions hold a wording; remembered, too."""
        found = self._asked_with.get(word)
        if found is None:
            numbers = (number for number, plain in enumerate(self._plain.asked) if word in plain)
            found = self._asked_with[word] = tuple(numbers)
        return found


_framing = lru_cache(maxsize=_PREPARED)(haystack)
"""Of headings, which many passages have in common."""


def split(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage, verbatim; a table row is one."""
    if passage.kind is not PassageKind.PARAGRAPH:
        return (passage.text,)
    found: list[str] = []
    start = depth = 0
    for mark in _MARK.finditer(passage.text):
        character = mark.group()
        if character in "“《(（":
            depth += 1
        elif character in "”》)）":
            depth -= 1
        elif depth <= 0 or character == "\n":
            found.append(passage.text[start : mark.end()])
            start, depth = mark.end(), 0
    found.append(passage.text[start:])
    return tuple(piece.strip() for piece in found if len(piece.strip()) > 1) or (passage.text,)


def _sentence(number: int, text: str) -> Sentence:
    plain = normal(text)
    return Sentence(number, text, plain, haystack(plain), grams)


class Index:
    """Built once from the passages; searching is read-only and safe from many threads."""

    def __init__(self, places: Sequence[Place], *, cache: Path | None = None) -> None:
        """`cache` is a folder in which what is dear to make is kept for the next start."""
        self._places = tuple(places)
        self._schema = schema()
        made = filled(self._places, cache)
        self._plain, self._held, self._asked = made.plain, made.held, made.asked
        self._searcher = made.index.searcher()
        self._rarities: dict[str, float] = {}
        """Of the grams asked about so far."""
        self._rarest = self._rarity_of(0)
        self._term = lru_cache(maxsize=8 * _PREPARED)(partial(tantivy.Query.term_query, self._schema))
        self._number = lru_cache(maxsize=8 * _PREPARED)(self._number_of)
        self.sounding = lru_cache(maxsize=8 * _PREPARED)(self._sounding)
        self.entry = lru_cache(maxsize=_PREPARED)(self._entry)
        self.weight_of = lru_cache(maxsize=8 * _PREPARED)(self._weight_of)

    def __len__(self) -> int:
        return len(self._places)

    def prepare(self) -> Iterator[None]:
        """Step by step every passage of a corpus that is small enough, so that the first questions need not wait for it."""
        _ = self._read, self._after
        if len(self) > _BEFOREHAND:
            return
        for entry in map(self.entry, range(len(self))):
            entry.prepare()
            for number in range(entry.questions):
                self.weight_of(entry.asked(number))
            yield

    def _entry(self, number: int) -> Entry:
        return Entry(number, self._places[number], self._plain[number])

    @property
    def vocabulary(self) -> Set[str]:
        return self._held.keys()

    @property
    def asked(self) -> Set[str]:
        """The grams of the curated questions."""
        return self._asked.keys()

    def rarity(self, gram: str) -> float:
        """How much finding it says: about 0 for what stands everywhere, most for what stands nowhere."""
        found = self._rarities.get(gram)
        if found is None:
            held = max(self._held.get(gram, 0), self._asked.get(gram, 0))
            if not held:
                return self._rarest
            found = self._rarities[gram] = self._rarity_of(held)
        return found

    def _weight_of(self, asked: Sentence) -> float:
        """What all pairs of a curated question weigh together."""
        return math.fsum([self.rarity(gram) for gram in asked.grams if len(gram) > 1])

    def _rarity_of(self, frequency: int) -> float:
        held = max(0, len(self._places) - frequency)
        return math.log(1 + (held + 0.5) / (frequency + 0.5))

    def holds(self, gram: str) -> bool:
        return gram in self._held

    def is_asked(self, gram: str) -> bool:
        """Whether a curated question has it."""
        return gram in self._asked

    def _sounding(self, sound: str) -> tuple[str, ...]:
        """The pairs of characters of our passages and questions that sound so, the most frequent first."""
        cuts = [(self._read.get(sound[:at], ""), self._read.get(sound[at:], "")) for at in range(1, len(sound))]
        after = self._after
        held = {a + b for first, second in cuts if second for a in first for b in after.get(a, "") if b in second}
        return tuple(sorted(held, key=lambda gram: (-self._held[gram] - self._asked[gram], gram)))

    @cached_property
    def _after(self) -> dict[str, str]:
        """What stands after each of our characters, in our passages and questions."""
        found: dict[str, str] = {}
        for gram in {*self._held, *self._asked}:
            if len(gram) == _PAIR and is_han(gram[0]):
                found[gram[0]] = found.get(gram[0], "") + gram[1]
        return found

    @cached_property
    def _read(self) -> dict[str, str]:
        """Our characters by how they sound."""
        found: dict[str, str] = {}
        single = {gram for held in (self._held, self._asked) for gram in held if len(gram) == 1}
        for character in sorted(filter(is_han, single)):
            for sound in pinyin.readings(character):
                found[sound] = found.get(sound, "") + character
        return found

    def search(self, terms: Mapping[Field, Iterable[tuple[str, float]]], limit: int) -> list[Entry]:
        """The passages that match best, best first; equal ones in reading order."""
        clauses = list(self._clauses(terms))
        if not clauses:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        ranked = sorted((-score, self._number(address.segment_ord, address.doc)) for score, address in found)
        return [self.entry(number) for _, number in ranked]

    def _number_of(self, segment: int, place: int) -> int:
        number: int = self._searcher.doc(tantivy.DocAddress(segment, place))["number"][0]
        return number

    def _clauses(self, terms: Mapping[Field, Iterable[tuple[str, float]]]) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        for name, weighted in terms.items():
            # A common term that is looked for several times over would cost as many walks through its list.
            once: dict[str, float] = {}
            for term, weight in weighted:
                if weight > 0:
                    once[term] = once.get(term, 0.0) + weight
            for term, weight in once.items():
                yield tantivy.Occur.Should, tantivy.Query.boost_query(self._term(name, term), weight)

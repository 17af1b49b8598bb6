"""The search index over all passages, in memory: characters, headings and curated questions, each a field of one tantivy index.

What one question needs of a passage is prepared when it is first looked at, and only so much is kept: a large corpus costs its index,
not a set of strings for every sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property, lru_cache

import tantivy

from knowledge import pinyin
from knowledge.document import Clause, Document, Passage, PassageKind
from knowledge.normal import is_han, normal, runs, stem


class Field(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    QUESTIONS = "questions"


_HEAP = 50_000_000
_PREPARED = 4096
"""Passages whose sentences are kept ready."""
_LATIN = re.compile("[a-z]")


@dataclass(frozen=True)
class Place:
    """A passage with where it stands, and the questions that curators say it answers."""

    document: Document
    clause: Clause
    passage: Passage
    questions: tuple[str, ...] = ()


def grams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters (and single ones), Latin words and numbers of a normal text, in order."""
    found: list[str] = []
    for run in runs(text):
        if is_han(run[0]):
            found += map(str.__add__, run, run[1:])
            found += run
        else:
            found.append(run)
    return found


@dataclass(frozen=True, eq=False)
class Sentence:
    """A verbatim piece of a passage, or a curated question, and what it can be found by."""

    text: str
    normal: str
    grams: frozenset[str]
    _found: dict[str, bool] = field(default_factory=dict, repr=False)

    def has(self, id: str, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern, known by its id, is found; remembered, since every question asks for the same few."""
        found = self._found.get(id)
        if found is None:
            found = self._found[id] = bool(pattern.search(self.normal))
        return found


class Entry:
    """One passage with its place, prepared for matching. What matching needs is computed when first asked for."""

    def __init__(self, number: int, place: Place, plain: str) -> None:
        self.number, self.normal = number, plain
        self.document, self.clause, self.passage = place.document, place.clause, place.passage
        self._questions = place.questions
        self._asked_with: dict[str, tuple[int, ...]] = {}
        self._said_with: dict[str, tuple[int, ...]] = {}

    @property
    def is_departments(self) -> bool:
        return self.passage.kind is PassageKind.DEPARTMENTS

    @cached_property
    def heading(self) -> str:
        return _heading(self.clause)

    @cached_property
    def above(self) -> str:
        """What frames the passage: the headings above it."""
        return normal(" ".join(self.clause.path))

    @cached_property
    def grams(self) -> frozenset[str]:
        return frozenset(grams(self.normal))

    @cached_property
    def heading_grams(self) -> frozenset[str]:
        return frozenset(grams(self.heading))

    @cached_property
    def above_grams(self) -> frozenset[str]:
        return frozenset(grams(self.above))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(map(_sentence, split(self.passage)))

    @cached_property
    def asked(self) -> tuple[Sentence, ...]:
        """The questions that curators say this passage answers."""
        return tuple(map(_question, self._questions))

    @cached_property
    def asked_text(self) -> str:
        return "\n".join(asked.normal for asked in self.asked)

    @cached_property
    def asked_by(self) -> dict[str, list[int]]:
        """Which of those questions hold a gram."""
        found: dict[str, list[int]] = {}
        for number, asked in enumerate(self.asked):
            for gram in asked.grams:
                found.setdefault(gram, []).append(number)
        return found

    def said_with(self, word: str) -> tuple[int, ...]:
        """Which of the sentences hold a wording; remembered, since the glossary has only so many."""
        found = self._said_with.get(word)
        if found is None:
            numbers = (number for number, sentence in enumerate(self.sentences) if word in sentence.normal)
            found = self._said_with[word] = tuple(numbers) if word in self.normal else ()
        return found

    def asked_with(self, word: str) -> tuple[int, ...]:
        """Which of those questions hold a wording; remembered, too."""
        found = self._asked_with.get(word)
        if found is None:
            numbers = (number for number, asked in enumerate(self.asked) if word in asked.normal)
            found = self._asked_with[word] = tuple(numbers) if word in self.asked_text else ()
        return found

    @cached_property
    def asked_grams(self) -> frozenset[str]:
        return frozenset(self.asked_by) if self._questions else frozenset()


def _heading(clause: Clause) -> str:
    return normal(" ".join((clause.heading, clause.label)))


def split(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage, verbatim; a table row is one."""
    if passage.kind is not PassageKind.PARAGRAPH:
        return (passage.text,)
    found: list[str] = []
    start = depth = 0
    for at, character in enumerate(passage.text):
        depth += character in "“《(（"
        depth -= character in "”》)）"
        if character in "。!！?？;；\n" and (depth <= 0 or character == "\n"):
            found.append(passage.text[start : at + 1])
            start, depth = at + 1, 0
    found.append(passage.text[start:])
    return tuple(piece.strip() for piece in found if len(piece.strip()) > 1) or (passage.text,)


def asked_grams(text: str) -> list[str]:
    """What a curated question is found by: English words without their endings."""
    found = grams(text)
    return list(map(stem, found)) if _LATIN.search(text) else found


def _question(text: str) -> Sentence:
    plain = normal(text)
    return Sentence(text, plain, frozenset(asked_grams(plain)))


def _sentence(text: str) -> Sentence:
    plain = normal(text)
    return Sentence(text, plain, frozenset(grams(plain)))


class Index:
    """Built once from the passages; searching is read-only and safe from many threads."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = tuple(places)
        self._texts = tuple(normal(place.passage.text) for place in self._places)
        """Kept: making them is dearer than a first look at a passage, and they are small."""
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._held: Counter[str] = Counter()
        """How many passages, with their headings, hold each gram."""
        self._asked: Counter[str] = Counter()
        """For how many of them a curated question holds it."""
        self._fill()
        self._searcher = self._index.searcher()
        self._rarity_at = cache(self._rarity_of)
        self._rarest = self._rarity_at(0)
        self._rarities = {gram: self._rarity_at(count) for gram, count in (self._held | self._asked).items()}
        self.sounding = lru_cache(maxsize=8 * _PREPARED)(self._sounding)
        self.entry = lru_cache(maxsize=_PREPARED)(self._entry)
        self.weight_of = lru_cache(maxsize=8 * _PREPARED)(self._weight_of)

    def __len__(self) -> int:
        return len(self._places)

    def _entry(self, number: int) -> Entry:
        return Entry(number, self._places[number], self._texts[number])

    def _fill(self) -> None:
        """One writing thread, so that equal scores keep one order."""
        writer = self._index.writer(_HEAP, 1)
        for number, place in enumerate(self._places):
            text, heading = grams(self._texts[number]), grams(_heading(place.clause))
            above = grams(normal(" ".join(place.clause.path)))
            asked = {gram for question in place.questions for gram in asked_grams(normal(question))}
            self._held.update({*text, *heading})
            self._asked.update(asked)
            fields = {Field.TEXT: text, Field.HEADING: [*heading, *set(above)], Field.QUESTIONS: asked}
            writer.add_document(tantivy.Document(number=number, **{name: " ".join(found) for name, found in fields.items()}))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    @property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self._held)

    @property
    def asked(self) -> frozenset[str]:
        """The grams of the curated questions."""
        return frozenset(self._asked)

    def rarity(self, gram: str) -> float:
        """How much finding it says: about 0 for what stands everywhere, most for what stands nowhere."""
        return self._rarities.get(gram, self._rarest)

    def _weight_of(self, asked: Sentence) -> float:
        """What all pairs of a curated question weigh together."""
        return sum(self.rarity(gram) for gram in asked.grams if len(gram) > 1)

    def _rarity_of(self, frequency: int) -> float:
        held = max(0, len(self._places) - frequency)
        return math.log(1 + (held + 0.5) / (frequency + 0.5))

    def holds(self, gram: str) -> bool:
        return gram in self._held

    def _sounding(self, sound: str) -> tuple[str, ...]:
        """The pairs of characters of our passages and questions that sound so, the most frequent first."""
        cuts = ((self._read.get(sound[:at], ""), self._read.get(sound[at:], "")) for at in range(1, len(sound)))
        pairs = {a + b for first, second in cuts for a in first for b in second}
        held = [gram for gram in pairs if gram in self._held or gram in self._asked]
        return tuple(sorted(held, key=lambda gram: (-self._held[gram] - self._asked[gram], gram)))

    @cached_property
    def _read(self) -> dict[str, str]:
        """Our characters by how they sound."""
        found: dict[str, str] = {}
        for character in sorted(gram for gram in self._held.keys() | self._asked.keys() if len(gram) == 1 and is_han(gram)):
            for sound in pinyin.readings(character):
                found[sound] = found.get(sound, "") + character
        return found

    def search(self, terms: Mapping[Field, Iterable[tuple[str, float]]], limit: int) -> list[Entry]:
        """The passages that match best, best first; equal ones in reading order."""
        clauses = list(self._clauses(terms))
        if not clauses:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        ranked = sorted((-score, self._number(address)) for score, address in found)
        return [self.entry(number) for _, number in ranked]

    def _number(self, address: tantivy.DocAddress) -> int:
        number: int = self._searcher.doc(address)["number"][0]
        return number

    def _clauses(self, terms: Mapping[Field, Iterable[tuple[str, float]]]) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        for name, weighted in terms.items():
            # A common term that is looked for several times over would cost as many walks through its list.
            once: dict[str, float] = {}
            for term, weight in weighted:
                if weight > 0:
                    once[term] = once.get(term, 0.0) + weight
            for term, weight in once.items():
                query = tantivy.Query.term_query(self._schema, name, term)
                yield tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    for name in Field:
        builder.add_text_field(name, stored=False, tokenizer_name="spaced", index_option="freq")
    return builder.build()

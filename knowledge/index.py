"""The search index over all passages, in memory: characters, words, sounds and headings, each a field of one tantivy index."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import tantivy

from knowledge import pinyin
from knowledge.document import Clause, Document, Passage, PassageKind
from knowledge.normal import is_han, normal, pieces
from knowledge.words import Words


class Field(StrEnum):
    GRAMS = "grams"
    WORDS = "words"
    SOUNDS = "sounds"
    HEADING = "heading"
    NAMES = "names"
    QUESTIONS = "questions"


_HEAP = 30_000_000


def grams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters (and single ones), Latin words and numbers of a normal text, in order."""
    found: list[str] = []
    for _, run in pieces(text):
        if is_han(run[0]):
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            found += run
        else:
            found.append(run)
    return found


def sounds(text: str) -> list[str]:
    return [sound for _, run in pieces(text) if is_han(run[0]) for sound in pinyin.pairs(run)]


@dataclass(frozen=True)
class Sentence:
    """A verbatim piece of a passage, and what it can be found by."""

    text: str
    normal: str
    grams: frozenset[str]
    sounds: frozenset[str]
    _found: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def has(self, id: str, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern, known by its id, is found; remembered, since every question asks for the same few."""
        found = self._found.get(id)
        if found is None:
            found = self._found[id] = bool(pattern.search(self.normal))
        return found


@dataclass(frozen=True, eq=False)
class Asked:
    """A curated question that a passage answers, by what it can be matched with."""

    grams: frozenset[str]


@dataclass(eq=False)
class Entry:
    """One passage with its place, prepared for matching. What matching needs is computed when first asked for."""

    number: int
    document: Document
    clause: Clause
    passage: Passage
    questions: tuple[str, ...] = ()
    """Questions that curators say this passage answers."""

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(Asked(frozenset(grams(normal(question)))) for question in self.questions)

    @cached_property
    def asked_grams(self) -> frozenset[str]:
        return frozenset().union(*(asked.grams for asked in self.asked))

    @property
    def is_departments(self) -> bool:
        return self.passage.kind is PassageKind.DEPARTMENTS

    @cached_property
    def normal(self) -> str:
        return normal(self.passage.text)

    @cached_property
    def grams(self) -> frozenset[str]:
        return frozenset(grams(self.normal))

    @cached_property
    def heading(self) -> str:
        return normal(" ".join((self.clause.heading, self.clause.label)))

    @cached_property
    def heading_grams(self) -> frozenset[str]:
        return frozenset(grams(self.heading))

    @cached_property
    def above(self) -> str:
        """What frames the passage: the headings above it."""
        return normal(" ".join(self.clause.path))

    @cached_property
    def above_grams(self) -> frozenset[str]:
        return frozenset(grams(self.above))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(_sentence(piece) for piece in split(self.passage))


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


def _sentence(text: str) -> Sentence:
    plain = normal(text)
    return Sentence(text, plain, frozenset(grams(plain)), frozenset(sounds(plain)))


class Index:
    """Built once from the passages; searching is read-only and safe from many threads."""

    def __init__(self, entries: Sequence[Entry], words: Words) -> None:
        self.entries = tuple(entries)
        self._words = words
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._frequencies = self._filled()
        asked = Counter(gram for entry in self.entries for gram in entry.asked_grams if gram not in self._frequencies)
        self._rarities = {gram: self._rarity_at(min(frequency, len(self.entries))) for gram, frequency in asked.items()}
        self._rarities |= {gram: self._rarity_at(frequency) for gram, frequency in self._frequencies.items()}
        self._rarest = self._rarity_at(0)
        self._asked_weights: dict[Asked, float] = {}
        self._index.reload()
        self._searcher = self._index.searcher()

    def _filled(self) -> dict[str, int]:
        """Fills the index; one writing thread, so that equal scores keep one order. Returns how many passages hold each gram."""
        frequencies: dict[str, int] = {}
        writer = self._index.writer(_HEAP, 1)
        for entry in self.entries:
            for gram in entry.grams | entry.heading_grams:
                frequencies[gram] = frequencies.get(gram, 0) + 1
            writer.add_document(tantivy.Document(number=entry.number, **self._fields(entry)))
        writer.commit()
        writer.wait_merging_threads()
        return frequencies

    def _fields(self, entry: Entry) -> dict[str, str]:
        names = " ".join((entry.document.title, *entry.document.short_names))
        return {
            Field.GRAMS: " ".join(grams(entry.normal)),
            Field.WORDS: " ".join(word for word in self._words.cut(entry.normal) if len(word) > 1),
            Field.SOUNDS: " ".join(sounds(entry.heading + " " + entry.normal)),
            Field.HEADING: " ".join((*grams(entry.heading), *entry.above_grams)),
            Field.NAMES: " ".join(grams(normal(names))),
            Field.QUESTIONS: " ".join(entry.asked_grams),
        }

    @property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self._frequencies)

    def rarity(self, gram: str) -> float:
        """How much finding it says: about 0 for what stands everywhere, most for what stands nowhere."""
        return self._rarities.get(gram, self._rarest)

    def weight_of(self, asked: Asked) -> float:
        """What all pairs of a curated question weigh together."""
        found = self._asked_weights.get(asked)
        if found is None:
            found = self._asked_weights[asked] = sum(self.rarity(gram) for gram in asked.grams if len(gram) > 1)
        return found

    def _rarity_at(self, frequency: int) -> float:
        return math.log(1 + (len(self.entries) - frequency + 0.5) / (frequency + 0.5))

    def sound_rarity(self, sound: str) -> float:
        return self._rarity_at(self._searcher.doc_freq(Field.SOUNDS, sound))

    def holds(self, gram: str) -> bool:
        return gram in self._frequencies

    def words_of(self, text: str) -> list[str]:
        return [word for word in self._words.cut(text) if len(word) > 1]

    def search(self, terms: Mapping[Field, Iterable[tuple[str, float]]], limit: int) -> list[Entry]:
        """The passages that match best, best first; equal ones in reading order."""
        clauses = list(self._clauses(terms))
        if not clauses:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        ranked = sorted((-score, self._number(address)) for score, address in found)
        return [self.entries[number] for _, number in ranked]

    def _number(self, address: tantivy.DocAddress) -> int:
        number: int = self._searcher.doc(address)["number"][0]
        return number

    def _clauses(self, terms: Mapping[Field, Iterable[tuple[str, float]]]) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        for name, weighted in terms.items():
            for term, weight in weighted:
                if weight > 0:
                    query = tantivy.Query.term_query(self._schema, name, term)
                    yield tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    for name in Field:
        builder.add_text_field(name, stored=False, tokenizer_name="spaced", index_option="freq")
    return builder.build()

"""The engines: ours, ours without the curated questions, and six common ways to search the same passages.

Every peer gets the same text of each passage, with its headings and the title of its document, normalised (NFKC, simplified, lower
case). None gets curated questions, synonyms, facets or refusals: those are what ours adds. Earlier messages are put before the question.
"""

from __future__ import annotations

import importlib
import logging
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any, Protocol

import jieba
import opencc
import tantivy
from rapidfuzz import fuzz, process

from benchmarks.questions import Asked, Shown, once_each
from knowledge.document import Clause, Document, Passage
from knowledge.lookup import Knowledge, Status, curated_questions
from knowledge.reading import CORPUS

_DEPTH = 12
"""Passages taken from a peer, before those that one card shows together are counted once."""
_HEAP = 30_000_000
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    return str(_simplifier().convert(folded)).lower()


@cache
def _cutter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer()


def words(text: str) -> list[str]:
    """As jieba cuts the whole text: it cuts each block between marks by itself, and made corpora repeat many."""
    return [word for block in _BLOCK.findall(text) for word in _cut(block)]


@lru_cache(maxsize=200_000)
def _cut(block: str) -> tuple[str, ...]:
    return tuple(word for word in _cutter().cut(block) if _RUN.match(word))


def grams(text: str) -> list[str]:
    found = []
    for run in _RUN.findall(text):
        found += [run] if run.isascii() else [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
    return found


@dataclass(frozen=True)
class Outcome:
    status: str
    found: tuple[Shown, ...]
    score: float


class Engine(Protocol):
    def ask(self, question: str, turns: Sequence[str]) -> Outcome: ...


Build = Callable[[Sequence[Document]], Engine]


def outcome(engine: Engine, asked: Asked, text: str | None = None) -> Outcome:
    return engine.ask(asked.text if text is None else text, asked.turns)


class Ours:
    def __init__(self, documents: Sequence[Document], *, curated: bool = True) -> None:
        questions = curated_questions(documents, CORPUS) if curated else {}
        self._knowledge = Knowledge(documents, questions=questions)
        self._knowledge.prepare()

    def ask(self, question: str, turns: Sequence[str]) -> Outcome:
        result = self._knowledge.lookup(question, turns=turns)
        found = tuple(Shown(hit.document.id, hit.clause, hit.passage) for hit in result.hits)
        score = result.hits[0].score if result.hits else 0.0
        return Outcome(result.status.value, found, score)


def _bare(documents: Sequence[Document]) -> Engine:
    return Ours(documents, curated=False)


class Peer:
    """A search over texts, made to answer: it always does when anything is found."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._places = list(_places(documents))
        self._fill([plain(_full(*place)) for place in self._places])
        _cut.cache_clear()

    def ask(self, question: str, turns: Sequence[str]) -> Outcome:
        ranked = self._search(plain(" ".join((*turns, question))), _DEPTH)
        found = [Shown(self._places[at][0].id, *self._places[at][1:]) for at, _ in ranked]
        status = Status.ANSWER if ranked else Status.NOTHING
        return Outcome(status.value, tuple(once_each(found)[:5]), ranked[0][1] if ranked else 0.0)

    def _fill(self, texts: list[str]) -> None:
        raise NotImplementedError

    def _search(self, text: str, limit: int) -> list[tuple[int, float]]:
        raise NotImplementedError


class Fuzzy(Peer):
    """rapidfuzz over every passage, its words set apart by spaces."""

    scorer: Any = staticmethod(fuzz.WRatio)

    def _fill(self, texts: list[str]) -> None:
        self._texts = [" ".join(words(text)) for text in texts]

    def _search(self, text: str, limit: int) -> list[tuple[int, float]]:
        found = process.extract(" ".join(words(text)), self._texts, scorer=self.scorer, limit=limit)
        return [(at, score) for _, score, at in found if score > 0]


class TokenSet(Fuzzy):
    scorer = staticmethod(fuzz.token_set_ratio)


class Bm25(Peer):
    def _fill(self, texts: list[str]) -> None:
        bm25s = importlib.import_module("bm25s")
        self._index: Any = bm25s.BM25()
        self._count = len(texts)
        self._index.index([words(text) for text in texts], show_progress=False)

    def _search(self, text: str, limit: int) -> list[tuple[int, float]]:
        tokens = words(text)
        if not tokens:
            return []
        places, scores = self._index.retrieve([tokens], k=min(limit, self._count), show_progress=False)
        return [(int(at), float(score)) for at, score in zip(places[0], scores[0], strict=True) if score > 0]


class Tantivy(Peer):
    cut: Any = staticmethod(words)

    def _fill(self, texts: list[str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True)
        builder.add_text_field("text", stored=False, tokenizer_name="spaced", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = self._index.writer(_HEAP, 1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, text=" ".join(self.cut(text))))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _search(self, text: str, limit: int) -> list[tuple[int, float]]:
        terms = dict.fromkeys(self.cut(text))
        if not terms:
            return []
        clauses = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term)) for term in terms]
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        return [(self._searcher.doc(address)["number"][0], score) for score, address in hits]


class Grams(Tantivy):
    cut = staticmethod(grams)


class Trigrams(Peer):
    """SQLite FTS5 with its trigram tokenizer: any three characters of the question in a row."""

    def _fill(self, texts: list[str]) -> None:
        self._rows = sqlite3.connect(":memory:")
        self._rows.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='trigram')")
        self._rows.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", enumerate(texts))

    def _search(self, text: str, limit: int) -> list[tuple[int, float]]:
        runs = [run for run in _RUN.findall(text) if len(run) > 2]
        pieces = dict.fromkeys(run[at : at + 3] for run in runs for at in range(len(run) - 2))
        if not pieces:
            return []
        match = " OR ".join(f'"{piece}"' for piece in list(pieces)[:400])
        rows = self._rows.execute(
            "SELECT rowid, -bm25(passages) FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?", (match, limit)
        )
        return [(int(at), float(score)) for at, score in rows]


OURS = "ours"
BARE = "ours, no curated questions"
ENGINES: Mapping[str, Build] = {
    OURS: Ours,
    BARE: _bare,
    "tantivy, characters": Grams,
    "tantivy, words": Tantivy,
    "BM25, words (bm25s)": Bm25,
    "SQLite FTS5 trigram": Trigrams,
    "rapidfuzz token_set": TokenSet,
    "rapidfuzz WRatio": Fuzzy,
}
SLOWEST = "rapidfuzz WRatio"
SLOW = ("rapidfuzz token_set", SLOWEST)
"""They read every passage for every question."""


def available() -> tuple[dict[str, Build], tuple[str, ...]]:
    """The engines that can run here, and the names of those whose package is missing."""
    missing = () if find_spec("bm25s") else ("BM25, words (bm25s)",)
    return {name: build for name, build in ENGINES.items() if name not in missing}, missing


def _places(documents: Sequence[Document]) -> Iterator[tuple[Document, Clause, Passage]]:
    return ((document, clause, passage) for document in documents for clause in document.walk() for passage in clause.passages)


def _full(document: Document, clause: Clause, passage: Passage) -> str:
    return "\n".join((document.title, *clause.path, clause.heading, clause.label, passage.text))

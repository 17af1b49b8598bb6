"""The curated questions beside a document: each under a place that exists, and under two only when that is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.document import Document
from knowledge.lined import Lined, read, repeated_keys, unreadable
from knowledge.markup import Problem
from knowledge.normal import normal, pieces
from knowledge.reading import CORPUS

QUESTIONS = ".questions.yaml"
SHARED = "~ "
"""How a question begins that two places answer."""


@dataclass(frozen=True)
class Curated:
    place: str
    """Anchor, or anchor.number."""
    asked: Lined

    @property
    def is_shared(self) -> bool:
        return self.asked.text.startswith(SHARED)

    @property
    def question(self) -> str:
        return self.asked.text.removeprefix(SHARED)


def unsound(documents: Iterable[Document], folder: Path = CORPUS) -> list[Problem]:
    """All that is wrong with the curated questions of a folder. The same question about two documents is fine."""
    known = {document.id: document for document in documents}
    return [problem for path in _files(folder) for problem in _of_file(path, known.get(path.name.removesuffix(QUESTIONS)))]


def count(folder: Path = CORPUS) -> int:
    return sum(1 for path in _files(folder) for _ in _questions(read(path)))


def places(document: Document) -> frozenset[str]:
    """What questions can stand under: the anchors of the clauses, and each passage as anchor.number."""
    ids = (id for clause in document.walk() for id in (clause.id, *(passage.id for passage in clause.passages)))
    return frozenset(id.partition("#")[2] for id in ids)


def same(question: str) -> str:
    """What two spellings of one question have in common: neither punctuation nor white space counts."""
    return "".join(piece for _, piece in pieces(normal(question)))


def misasked(key: Lined, asked: Lined) -> Iterator[Problem]:
    """What is wrong with the list of questions under a key."""
    if not asked.items:
        yield key.problem(f"a list of questions is wanted under {key.text}")
    for question in asked.items:
        if not same(question.text):
            yield question.problem("a question is wanted; one with a colon stands in quotes")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{QUESTIONS}"))


def _of_file(path: Path, document: Document | None) -> Iterator[Problem]:
    try:
        content = read(path)
    except yaml.YAMLError as error:
        yield unreadable(path, error)
        return
    if document is None:
        yield Problem(path.name, 1, "no document of this name")
        return
    yield from repeated_keys(content)
    yield from _misplaced(content, places(document))
    yield from _asked_twice(list(_questions(content)))


def _questions(content: Lined) -> Iterator[Curated]:
    for place, asked in content.pairs:
        yield from (Curated(place.text, question) for question in asked.items)


def _misplaced(content: Lined, known: frozenset[str]) -> Iterator[Problem]:
    if not content.pairs:
        yield content.problem("no questions here: places are wanted, each with a list of questions")
    for place, asked in content.pairs:
        if place.text not in known:
            yield place.problem(f"no clause and no passage of the document is {place.text}")
        yield from misasked(place, asked)


def _asked_twice(questions: Iterable[Curated]) -> Iterator[Problem]:
    alike: dict[str, list[Curated]] = {}
    for question in questions:
        alike.setdefault(same(question.question), []).append(question)
    for first, *others in alike.values():
        if first.is_shared and not others:
            yield first.asked.problem(f"“{first.question}” begins with {SHARED}and stands only here: write it under its other place, too")
        for other in others:
            yield from _pair(first, other)


def _pair(first: Curated, other: Curated) -> Iterator[Problem]:
    if first.place == other.place:
        yield other.asked.problem(f"“{other.question}” stands under {other.place} in {first.asked.where} already")
    elif not (first.is_shared and other.is_shared):
        yield other.asked.problem(
            f"“{other.question}” stands under {first.place} in {first.asked.where}, too: leave one, or begin both with {SHARED}"
        )

"""Golden questions: what each document must always answer first, and what it must never be the answer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.curated import misasked, places, same
from knowledge.document import Document
from knowledge.excerpts import around
from knowledge.lined import Lined, read, repeated_keys, unreadable
from knowledge.lookup import SHOWN, Hit, Knowledge, Result, Status
from knowledge.markup import Problem
from knowledge.reading import CORPUS

GOLDEN = ".golden.yaml"
ANSWERED = "answered"
NOT_ANSWERED = "not_answered"
_QUOTED = 30


@dataclass(frozen=True)
class Golden:
    asked: Lined
    document: str
    place: str = ""
    """Where the answer must stand: an anchor, or anchor.number; "" when the document must not answer."""

    @property
    def wanted(self) -> str:
        return f"{self.document}#{self.place}"


def broken(knowledge: Knowledge, folder: Path = CORPUS) -> list[Problem]:
    """All golden questions of a folder that are not answered as they must be, and what is wrong with the files."""
    known = {document.id: document for document in knowledge.documents}
    return [problem for path in _files(folder) for problem in _of_file(knowledge, path, known.get(path.name.removesuffix(GOLDEN)))]


def count(folder: Path = CORPUS) -> int:
    return sum(1 for path in _files(folder) for _ in _questions(read(path), ""))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{GOLDEN}"))


def _of_file(knowledge: Knowledge, path: Path, document: Document | None) -> Iterator[Problem]:
    try:
        content = read(path)
    except yaml.YAMLError as error:
        yield unreadable(path, error)
        return
    if document is None:
        yield Problem(path.name, 1, "no document of this name")
        return
    known = places(document)
    yield from repeated_keys(content)
    yield from _malformed(content, known)
    for golden in _questions(content, document.id):
        if golden.place in (*known, "") and same(golden.asked.text):
            yield from _asked(knowledge, golden)


def _questions(content: Lined, document: str) -> Iterator[Golden]:
    for place, asked in content.get(ANSWERED).pairs:
        yield from (Golden(question, document, place.text) for question in asked.items)
    yield from (Golden(question, document) for question in content.get(NOT_ANSWERED).items)


def _malformed(content: Lined, known: frozenset[str]) -> Iterator[Problem]:
    if not content.pairs:
        yield content.problem(f"{ANSWERED} and {NOT_ANSWERED} are wanted")
    for section, value in content.pairs:
        if section.text == ANSWERED:
            yield from _malformed_places(section, value, known)
        elif section.text == NOT_ANSWERED:
            yield from misasked(section, value)
        else:
            yield section.problem(f"{section.text} is neither {ANSWERED} nor {NOT_ANSWERED}")


def _malformed_places(section: Lined, value: Lined, known: frozenset[str]) -> Iterator[Problem]:
    if not value.pairs:
        yield section.problem(f"under {ANSWERED}, places are wanted, each with a list of questions")
    for place, asked in value.pairs:
        if place.text not in known:
            yield place.problem(f"no clause and no passage of the document is {place.text}")
        yield from misasked(place, asked)


def _asked(knowledge: Knowledge, golden: Golden) -> Iterator[Problem]:
    """The place is named in the question itself, so the chat's own does not matter."""
    result = knowledge.lookup(golden.asked.text)
    hit = _answer(result)
    if golden.place and not (hit and golden.wanted in _shown(hit)):
        yield golden.asked.problem(f"“{golden.asked.text}” wants {golden.wanted} first; came: {_came(result)}")
    if not golden.place and hit and hit.document.id == golden.document:
        yield golden.asked.problem(f"“{golden.asked.text}” must not be answered by {golden.document}; came: {_came(result)}")


def _shown(hit: Hit) -> tuple[str, ...]:
    """The ids of what a person sees of a hit: its clause, and the passages that are shown of it."""
    return (hit.clause.id, *(passage.id for passage in around(hit.clause, hit.passage, SHOWN)))


def _answer(result: Result) -> Hit | None:
    """The first hit; those that come with a refusal or a question back are no answer."""
    return result.hits[0] if result.status is Status.ANSWER and result.hits else None


def _came(result: Result) -> str:
    hit = _answer(result)
    if hit:
        return f"{hit.passage.id} “{_start(hit.marked)}”"
    about = f" ({result.about})" if result.about else ""
    return f"no answer, {result.reason}{about}"


def _start(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"

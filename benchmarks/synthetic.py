"""Corpora of any size that look like ours: its sentences drawn again and recombined, with other numbers and other places, each distinct."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from random import Random

from knowledge.document import Clause, Document, Passage, PassageKind
from knowledge.index import split
from knowledge.regions import regions

_PER_DOCUMENT = 80
_PER_CLAUSE = 3
_NUMBER = re.compile(r"\d+")
_OUR_PLACES = re.compile("苏州|合肥|吴江|江苏|安徽|常熟|昆山|相城|太仓|张家港|南京|无锡")


def corpus(documents: Sequence[Document], size: int, seed: int) -> tuple[Document, ...]:
    """`size` passages in documents of about the size of ours; ours come first, so that questions still have their answers."""
    held = sum(len(clause.passages) for document in documents for clause in document.walk())
    if size <= held:
        return tuple(documents)
    return (*documents, *_made(documents, size - held, Random(seed)))


def _made(documents: Sequence[Document], size: int, random: Random) -> Iterator[Document]:
    sentences = [piece for document in documents for piece in _sentences(document)]
    headings = [clause.heading for document in documents for clause in document.walk() if clause.heading]
    places = sorted(region.id for region in regions().values() if not region.held)
    seen: set[str] = set()
    for number in count():
        room = min(size, _PER_DOCUMENT)
        if not room:
            return
        size -= room
        yield _document(documents[number % len(documents)], number, random.choice(places), room, sentences, headings, random, seen)


def _sentences(document: Document) -> Iterator[str]:
    for clause in document.walk():
        for passage in clause.passages:
            if passage.kind is PassageKind.PARAGRAPH:
                yield from split(passage)


def _document(
    model: Document, number: int, place: str, size: int, sentences: list[str], headings: list[str], random: Random, seen: set[str]
) -> Document:
    id = f"made-{number}"
    name = regions()[place].name("zh-CN")
    title = f"{name}知识产权发展规划第{number}号"
    clauses = []
    for first in range(0, size, _PER_CLAUSE):
        clause = f"{id}#{first}"
        texts = [_text(sentences, name, random, seen) for _ in range(min(_PER_CLAUSE, size - first))]
        passages = tuple(Passage(f"{clause}.{at}", PassageKind.PARAGRAPH, text) for at, text in enumerate(texts, 1))
        heading = _retold(random.choice(headings), name, random)
        clauses.append(Clause(clause, model.clauses[-1].kind, heading, ("governance",), passages, (title,)))
    return replace(model, id=id, title=title, short_names=(), region=place, clauses=tuple(clauses), repairs=(), stripped=(), notices=())


def _text(sentences: list[str], name: str, random: Random, seen: set[str]) -> str:
    while True:
        text = "".join(_retold(piece, name, random) for piece in random.sample(sentences, random.randint(1, 3)))
        if text not in seen:
            seen.add(text)
            return text


def _retold(text: str, name: str, random: Random) -> str:
    retold = _OUR_PLACES.sub(name, text)
    return _NUMBER.sub(lambda found: str(random.randint(1, 10 ** min(6, len(found.group())))), retold)

"""Clauses and boxes asked for by their number: 江苏第十条, 合肥专栏5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.document import Clause, ClauseKind, Document
from knowledge.normal import normal

_MOST = 99
_DIGITS = ("", *"一二三四五六七八九")


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "十" if tens else ""
    return f"{_DIGITS[tens] if tens > 1 else ''}{ten}{_DIGITS[ones]}"


_NUMERALS = {spelt: number for number in range(1, _MOST + 1) for spelt in (_chinese(number), str(number))}
_ARTICLE = re.compile(r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})条(?!件|例|约)|\b(?:article|clause) (?P<figure>\d{1,2})\b")
_BOX = re.compile(r"专栏 ?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?!\d)")
_HEADED = re.compile(r"\(?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})[).、]")


def article(text: str, words: Iterable[tuple[int, str]]) -> int:
    """The number a normal text asks a clause by when none of its words, given with where they start, says anything else; or 0."""
    found = _ARTICLE.search(text)
    return _NUMERALS.get(found["number"] or found["figure"], 0) if found and _alone(found, words) else 0


def box(text: str, words: Iterable[tuple[int, str]]) -> int:
    """The number of the box that a normal text asks for in the same way; or 0."""
    found = _BOX.search(text)
    return _NUMERALS.get(found["number"], 0) if found and _alone(found, words) else 0


def _alone(found: re.Match[str], words: Iterable[tuple[int, str]]) -> bool:
    return not any(at >= found.end() or at + len(word) <= found.start() for at, word in words)


def headed(documents: Iterable[Document], number: int) -> Iterator[tuple[Document, Clause]]:
    """The clauses whose headings bear that number, in reading order."""
    for document in documents:
        for clause in document.walk():
            found = _HEADED.match(normal(clause.heading))
            if found and clause.passages and _NUMERALS.get(found["number"]) == number:
                yield document, clause


def boxed(documents: Iterable[Document], number: int) -> Iterator[tuple[Document, Clause]]:
    """The boxes with that number, in reading order."""
    for document in documents:
        for clause in document.walk():
            found = _BOX.match(normal(clause.heading)) if clause.kind is ClauseKind.BOX else None
            if found and clause.passages and _NUMERALS.get(found["number"]) == number:
                yield document, clause

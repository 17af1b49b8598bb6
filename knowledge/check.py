"""Proof that the curated files are sound: nothing of a source is lost, nothing is added, and every deviation is recorded."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from knowledge.document import Document, Repair
from knowledge.front import LOST
from knowledge.markup import Problem, Sheet
from knowledge.reading import CORPUS, document_of, repeated_ids, sheets, squeezed

__all__ = ["Problem", "problems"]

_SWALLOWED = "?"
"""What the damaged source has where one Chinese and one ASCII character were lost."""
_CONTEXT = 14


def problems(folder: Path = CORPUS) -> list[Problem]:
    """All that is wrong with the curated files of a folder, in the order a reader would meet it."""
    found = sheets(folder)
    if not found:
        return [Problem(str(folder), 1, "no curated files here")]
    for sheet in found:
        document = document_of(sheet)
        if sheet.front and sheet.blocks:
            _prove(sheet, document, folder)
    everything = [problem for sheet in found for problem in sheet.problems] + list(repeated_ids(found))
    return sorted(dict.fromkeys(everything), key=lambda problem: (problem.file, problem.line))


def _prove(sheet: Sheet, document: Document, folder: Path) -> None:
    copy = folder / document.source.file
    if not document.source.file or not copy.is_file():
        sheet.complain(sheet.line_of("source"), f"the copy as obtained is not there: {document.source.file}")
        return
    content = copy.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.source.sha256:
        sheet.complain(sheet.line_of("source"), f"sha256 is not that of {document.source.file}")
    _check_lost_marks(sheet, document)
    _compare(sheet, _expected(sheet, document, content.decode("utf-8").split("\n")))


def _expected(sheet: Sheet, document: Document, lines: list[str]) -> str:
    """The source with recorded furniture taken out and recorded repairs made, without white space."""
    for strip in document.stripped:
        _exchange(sheet, lines, strip.line, strip.text, "", "stripped")
    for repair in document.repairs:
        _exchange(sheet, lines, repair.line, repair.source, repair.reads, "repairs")
    return squeezed("".join(lines))


def _exchange(sheet: Sheet, lines: list[str], line: int, old: str, new: str, key: str) -> None:
    """Replaces what a record names in its line; a record that could mean two spots, or none, is an error."""
    count = lines[line - 1].count(old) if old and 0 < line <= len(lines) else 0
    if count != 1:
        sheet.complain(sheet.line_of(key), f"{key}: stands {count} times in line {line} of the source: {old}")
        return
    lines[line - 1] = lines[line - 1].replace(old, new)


def _check_lost_marks(sheet: Sheet, document: Document) -> None:
    """Every □ stands for one "?" of the source, and no "?" was quietly filled in at a spot shown as lost."""
    for repair in document.repairs:
        if LOST in repair.reads and not _only_shows_loss(repair):
            sheet.complain(sheet.line_of("repairs"), f"repairs: {repair.id} must be its source with one {LOST} for each {_SWALLOWED}")
    recorded = sum(repair.reads.count(LOST) for repair in document.repairs)
    marked = [block for block in sheet.blocks if LOST in block.verbatim]
    if sum(block.verbatim.count(LOST) for block in marked) != recorded:
        sheet.complain(marked[0].line if marked else sheet.line_of("repairs"), f"the text has not the {recorded} {LOST} that are recorded")


def _only_shows_loss(repair: Repair) -> bool:
    # The rest of a swallowed closing tag may go; nothing else may differ.
    return repair.reads.replace(LOST, _SWALLOWED) == repair.source.removesuffix("/p>")


def _compare(sheet: Sheet, expected: str) -> None:
    texts = [squeezed(block.verbatim) for block in sheet.blocks]
    written = "".join(texts)
    if written == expected:
        return
    place = _first_difference(written, expected)
    ends = list(accumulate(len(text) for text in texts))
    # Between two lines, something missing belongs to the line before, something added to the line after.
    side = bisect_left if len(written) < len(expected) else bisect_right
    block = sheet.blocks[min(side(ends, place), len(ends) - 1)]
    sheet.complain(block.line, f"differs from the source: written …{_around(written, place)}… source …{_around(expected, place)}…")


def _first_difference(one: str, other: str) -> int:
    pairs: Iterator[int] = (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(pairs, min(len(one), len(other)))


def _around(text: str, place: int) -> str:
    return f"{text[max(place - _CONTEXT, 0) : place]}▸{text[place : place + _CONTEXT]}"

"""What a curated policy text is: a document with its metadata, a tree of clauses, passages that can be quoted, and notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class NoticeCode(StrEnum):
    """Why a reader must be careful. The words for people live in locales/ (`notice-<code>`)."""

    DAMAGED = "damaged"
    """Figures or dates of this passage are lost in the copy we hold; shown as □, never filled in."""
    REPAIRED = "repaired"
    """Characters were restored mechanically or from another text; `detail` says which."""
    UNOFFICIAL = "unofficial"
    """Not issued by any authority."""
    CONFLICT = "conflict"
    """Another place of the same document gives a different figure under a similar name."""
    PERIOD_OVER = "period-over"
    """The plan's period has ended; targets are not results."""
    EXPIRED = "expired"
    """Its validity has ended."""
    REMARK = "remark"
    """An editor's remark on this spot."""


@dataclass(frozen=True)
class Notice:
    """A notice with what the words need: `detail` is free text of the curator (Chinese), `clause` another place."""

    code: NoticeCode
    detail: str = ""
    clause: str = ""
    year: int | None = None


class DateState(StrEnum):
    KNOWN = "known"
    NOT_STATED = "not-stated"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class StatedDate:
    """A date as the document states it: known, not stated, or damaged (`shown` then holds what is left of it)."""

    state: DateState
    on: date | None = None
    shown: str = ""


class PassageKind(StrEnum):
    PARAGRAPH = "paragraph"
    ROW = "row"
    """One row of an indicator table; `cells` follow the table's header."""
    DEPARTMENTS = "departments"
    """The departments responsible for the passages before it in the same clause."""


@dataclass(frozen=True)
class Passage:
    """The smallest quotable piece: a paragraph, a table row, or a list of responsible departments. Text is verbatim."""

    id: str
    """`<clause id>.<number>`, numbers from 1 in reading order."""
    kind: PassageKind
    text: str
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class ClauseKind(StrEnum):
    SECTION = "section"
    BOX = "box"
    """专栏"""
    TABLE = "table"
    FRONT = "front"
    """What stands before the first heading: the letter of issue, the preamble, the portal's data sheet."""


@dataclass(frozen=True)
class Clause:
    """A node of the document's tree with what stands directly under its heading; children hold the rest."""

    id: str
    """`<document id>#<anchor>`, stable across edits."""
    kind: ClauseKind
    heading: str
    """Verbatim, with its number: 6.推动知识产权与资本融合. Empty for front matter without a heading."""
    themes: tuple[str, ...]
    passages: tuple[Passage, ...]
    path: tuple[str, ...]
    """Headings from the top of the document down to the parent."""
    label: str = ""
    """A short Chinese name for the place when there is no heading (印发通知, 前言, 页面信息)."""
    children: tuple[Clause, ...] = ()
    line: int = 0

    def walk(self) -> Iterator[Clause]:
        """This clause and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    NONE = "none"


@dataclass(frozen=True)
class Source:
    """Where the copy came from. `file` is the copy as obtained, kept beside the document; `sha256` is of its bytes."""

    file: str
    sha256: str
    publisher: str
    grade: str


@dataclass(frozen=True)
class Stripped:
    """Page furniture left out of the text: verbatim, with its line in the source and the reason."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Repair:
    """A spot of the source that the curated text spells differently. `clause` is where it stands now."""

    id: str
    line: int
    source: str
    reads: str
    kind: str
    grade: str
    basis: str
    shown: bool = False
    """Readers are told (a restored figure or name); a closing bracket needs no notice."""
    clause: str = ""
    detail: str = ""
    """What readers are told when `reads` alone does not explain it."""


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    short_names: tuple[str, ...]
    number: str
    """文号; empty when there is none or none is known (`number_state` says which)."""
    number_state: DateState
    issuer: str
    region: str | None
    """Id in regions.yaml; None when the text belongs to no place."""
    level: Level
    kind: str
    """plan, measures, action-plan, sample: `kind-<kind>` in locales/."""
    official: bool
    issued: StatedDate
    effective: StatedDate
    expires: StatedDate
    period: tuple[int, int] | None
    """First and last year of a plan's period; the same year twice when only the year of its targets is stated."""
    source: Source
    clauses: tuple[Clause, ...]
    notices: tuple[Notice, ...] = ()
    """Notices that hold for every answer from this document."""
    stripped: tuple[Stripped, ...] = ()
    repairs: tuple[Repair, ...] = ()
    summary: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[Clause]:
        """All clauses in reading order."""
        for clause in self.clauses:
            yield from clause.walk()


def has_expired(document: Document, today: date) -> bool:
    """Whether validity has surely ended; a damaged date counts only by the year that is left of it."""
    match document.expires.state:
        case DateState.KNOWN:
            return document.expires.on is not None and document.expires.on < today
        case DateState.DAMAGED:
            year = document.expires.shown[:4]
            return year.isdecimal() and int(year) < today.year
        case _:
            return False


def notices_on(document: Document, today: date) -> tuple[Notice, ...]:
    """The notices every answer from this document carries on that day."""
    notices = list(document.notices)
    if document.period and document.period[1] < today.year:
        notices.append(Notice(NoticeCode.PERIOD_OVER, year=document.period[1]))
    if has_expired(document, today):
        notices.append(Notice(NoticeCode.EXPIRED))
    return tuple(notices)


def notices_for(document: Document, passage: Passage, today: date) -> tuple[Notice, ...]:
    """All that must stand beside this passage: its own notices first, then the document's."""
    notices = notices_on(document, today)
    if _aims_beyond(passage, today):
        notices = tuple(notice for notice in notices if notice.code is not NoticeCode.PERIOD_OVER)
    return (*passage.notices, *notices)


_AIM = re.compile(r"到(20\d\d)年")


def _aims_beyond(passage: Passage, today: date) -> bool:
    """A goal for a year still to come stands beside those of the period that is over."""
    years = [int(year) for year in _AIM.findall(passage.text)]
    return bool(years) and min(years) >= today.year

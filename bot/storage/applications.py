"""Forms handed in: one transaction for each step, with its event and its audit entry."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import NotThere, Stale, WrongMove
from bot.core.message import Where
from bot.storage import audit, drafts, subjects, vault
from bot.storage.application_tables import Application, ApplicationEvent, Attachment
from bot.storage.drafts import File, Filling, Owner
from bot.storage.vault import Place

_application = Application.__table__
_event = ApplicationEvent.__table__
_attachment = Attachment.__table__

SUBMITTED = "submitted"
CORRECTION = "correction"
"""Back with the applicant, who is to mend some fields."""
CORRECTED = "corrected"
"""The event, after which it stands where it stood when it was handed in."""
Moves = Mapping[str, Collection[str]]
"""From each status to those that may follow."""


@dataclass(frozen=True)
class Summary:
    """An application without its answers. `version` is what a change must still find."""

    id: str
    receipt: str
    programme: str
    form_version: str
    subject: str
    where: Where
    user: str
    status: str
    reviewer: int | None
    version: int
    submitted_at: datetime
    due_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True)
class Corrections:
    """What the applicant is to mend."""

    fields: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Happened:
    at: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True)
class Case:
    """An application with everything in it."""

    summary: Summary
    answers: Mapping[str, Any]
    corrections: Corrections
    files: tuple[File, ...]


@dataclass(frozen=True)
class Entry:
    """What is to be written beside a submission."""

    receipt: str
    due_at: datetime | None = None


async def submit(connection: AsyncConnection, filling: Filling, now: datetime, entry: Entry) -> Summary:
    """The draft becomes an application under the same id, with its files.

    Raises Stale when the draft is not as it was read, so that a second press does nothing, or when the receipt number is taken.
    """
    await drafts.take(connection, filling)
    id, owner, number = filling.id, filling.owner, entry.receipt
    if (await connection.execute(select(_application.c.id).where(_application.c.receipt == number))).first() is not None:
        raise Stale("receipt")
    answers = await vault.seal_for(connection, owner.subject, _place(id), json.dumps(filling.answers, ensure_ascii=False))
    who = drafts.owned(owner)
    what = {"programme": filling.programme, "form_version": filling.form_version, "notice": filling.notice, "agreed_at": filling.agreed_at}
    times = {"submitted_at": now, "due_at": entry.due_at, "updated_at": now}
    row = {"id": id, "receipt": number, "status": SUBMITTED, "version": 0, "answers": answers, "corrections": ""}
    await connection.execute(insert(_application).values(**row, **who, **what, **times))
    await connection.execute(update(_attachment).where(_attachment.c.draft == filling.id).values(application=id))
    summary = await summary_of(connection, _application.c.id == id)
    await note(connection, summary, subjects.reference(owner.subject), SUBMITTED, "", now)
    return summary


# ---- the applicant ----


async def of_subject(connection: AsyncConnection, subject: str) -> list[Summary]:
    """The newest first."""
    query = select(_application).where(_application.c.subject == subject).order_by(_application.c.submitted_at.desc(), _application.c.id)
    return [summed(row) for row in (await connection.execute(query)).all()]


async def own(connection: AsyncConnection, subject: str, id: str) -> Case:
    """All of one's own application. Raises NotThere, also for somebody else's."""
    return await found(connection, _application.c.id == id, _application.c.subject == subject)


async def correct(
    connection: AsyncConnection, subject: str, known: Summary, answers: Mapping[str, Any], now: datetime, due_at: datetime | None = None
) -> None:
    """The applicant hands in what was to be mended; it goes back to whoever had it. Raises Stale or WrongMove."""
    if known.status != CORRECTION or known.subject != subject:
        raise WrongMove(f"{known.status} to {SUBMITTED}")
    sealed = await vault.seal_for(connection, subject, _place(known.id), json.dumps(answers, ensure_ascii=False))
    await change(connection, known, now, status=SUBMITTED, answers=sealed, corrections="", **new_time(due_at))
    await note(connection, known, subjects.reference(subject), CORRECTED, "", now)


async def withdraw(connection: AsyncConnection, subject: str, known: Summary, to: str, moves: Moves, now: datetime) -> None:
    """The applicant takes it back, where that may follow. Raises Stale or WrongMove."""
    if known.subject != subject:
        raise NotThere("application")
    insist(moves, known.status, to)
    await change(connection, known, now, status=to, **new_time(None))
    await note(connection, known, subjects.reference(subject), to, "", now)


async def history(connection: AsyncConnection, id: str) -> list[Happened]:
    query = select(_event).where(_event.c.application == id).order_by(_event.c.number)
    rows = (await connection.execute(query)).all()
    return [Happened(row.at, row.who, row.what, await vault.unseal(connection, _place_of_note(row.id), row.note)) for row in rows]


# ---- whose time is over ----


def new_time(at: datetime | None) -> dict[str, datetime | None]:
    """With a new status a new time begins."""
    return {"due_at": at, "escalated_at": None}


async def overdue(connection: AsyncConnection, now: datetime, limit: int) -> list[Summary]:
    """Those whose time is over, and nobody was told."""
    query = select(_application).where(_application.c.due_at <= now, _application.c.escalated_at.is_(None))
    return [summed(row) for row in (await connection.execute(query.order_by(_application.c.due_at).limit(limit))).all()]


async def running(connection: AsyncConnection) -> list[tuple[Summary, datetime]]:
    """Those whose time is not known to be over, each with when its status began."""
    named = (_event.c.what == _application.c.status) | ((_application.c.status == SUBMITTED) & (_event.c.what == CORRECTED))
    begun = select(func.max(_event.c.at)).where(_event.c.application == _application.c.id, named).scalar_subquery()
    query = select(_application, begun.label("begun")).where(_application.c.due_at.is_not(None), _application.c.escalated_at.is_(None))
    return [(summed(row), row.begun or row.submitted_at) for row in (await connection.execute(query)).all()]


async def set_due(connection: AsyncConnection, id: str, at: datetime | None) -> None:
    await connection.execute(update(_application).where(_application.c.id == id).values(due_at=at))


async def escalated(connection: AsyncConnection, known: Summary, now: datetime) -> bool:
    """Notes that staff are told. False when another was quicker, or it has moved on."""
    here = (_application.c.id == known.id, _application.c.version == known.version, _application.c.escalated_at.is_(None))
    if not (await connection.execute(update(_application).where(*here).values(escalated_at=now))).rowcount:
        return False
    await audit.append(connection, at=now, actor="service", action="application-escalated", object=known.receipt)
    return True


# ---- changing hands ----


async def whoever_s(connection: AsyncConnection, id: str) -> Summary:
    """For the caller to know that it may be read. Raises NotThere."""
    return await summary_of(connection, _application.c.id == id)


async def rehome(connection: AsyncConnection, known: Summary, to: Owner) -> None:
    """It is theirs from now on, all that is sealed of it locked with their key. Raises Stale."""
    row = (await connection.execute(select(_application).where(_application.c.id == known.id))).one()
    sealed = {
        name: await _locked_anew(connection, to.subject, place(known.id), getattr(row, name))
        for name, place in (("answers", _place), ("corrections", place_of_corrections))
    }
    # As if untouched: for how long it is kept does not begin anew.
    await change(connection, known, known.updated_at, **drafts.owned(to), **sealed)
    events = (await connection.execute(select(_event.c.id, _event.c.note).where(_event.c.application == known.id))).all()
    for event in events:
        note = await _locked_anew(connection, to.subject, _place_of_note(event.id), event.note)
        await connection.execute(update(_event).where(_event.c.id == event.id).values(note=note))


async def handed_on(connection: AsyncConnection, known: Summary, to: Owner, now: datetime) -> None:
    """A colleague of the applicant's has it now."""
    await note(connection, replace(known, subject=to.subject), subjects.reference(known.subject), "handed-on", "", now)


async def _locked_anew(connection: AsyncConnection, subject: str, place: Place, sealed: str) -> str:
    if not sealed:
        return ""
    return await vault.seal_for(connection, subject, place, await vault.unseal(connection, place, sealed))


# ---- rows ----


def insist(moves: Moves, standing: str, to: str) -> None:
    if to not in moves.get(standing, ()):
        raise WrongMove(f"{standing} to {to}")


async def change(connection: AsyncConnection, known: Summary, now: datetime, **values: Any) -> None:
    here = (_application.c.id == known.id, _application.c.version == known.version)
    statement = update(_application).where(*here).values(version=known.version + 1, updated_at=now, **values)
    if not (await connection.execute(statement)).rowcount:
        raise Stale("application")


async def note(connection: AsyncConnection, known: Summary, who: str, what: str, note: str, now: datetime) -> None:
    """The event for the applicant, the entry for the auditor. The entry holds none of the words."""
    id = secrets.token_hex(12)
    sealed = await vault.seal_for(connection, known.subject, _place_of_note(id), note) if note else ""
    last = (await connection.execute(select(func.max(_event.c.number)).where(_event.c.application == known.id))).scalar()
    row = {"id": id, "application": known.id, "number": (last or 0) + 1, "at": now, "who": who, "what": what, "note": sealed}
    await connection.execute(insert(_event).values(**row))
    await audit.append(connection, at=now, actor=who, action=f"application-{what}", object=known.receipt)


async def found(connection: AsyncConnection, *here: ColumnElement[bool]) -> Case:
    return await case_of(connection, await _row(connection, *here))


async def summary_of(connection: AsyncConnection, *here: ColumnElement[bool]) -> Summary:
    return summed(await _row(connection, *here))


async def _row(connection: AsyncConnection, *here: ColumnElement[bool]) -> Any:
    row = (await connection.execute(select(_application).where(*here))).first()
    if row is None:
        raise NotThere("application")
    return row


async def case_of(connection: AsyncConnection, row: Any) -> Case:
    answers = json.loads(await vault.unseal(connection, _place(row.id), row.answers) or "{}")
    told = json.loads(await vault.unseal(connection, place_of_corrections(row.id), row.corrections) or "{}")
    corrections = Corrections(tuple(told.get("fields", ())), told.get("note", ""))
    query = select(_attachment).where(_attachment.c.application == row.id).order_by(_attachment.c.made_at, _attachment.c.id)
    files = [await drafts.read_file(connection, file) for file in (await connection.execute(query)).all()]
    return Case(summed(row), answers, corrections, tuple(files))


def summed(row: Any) -> Summary:
    where = Where(row.platform, row.account, row.chat)
    who = (row.subject, where, row.user, row.status, row.reviewer, row.version)
    return Summary(row.id, row.receipt, row.programme, row.form_version, *who, row.submitted_at, row.due_at, row.updated_at)


def _place(id: str) -> Place:
    return Place("application", "answers", id)


def place_of_corrections(id: str) -> Place:
    return Place("application", "corrections", id)


def _place_of_note(id: str) -> Place:
    return Place("applicationevent", "note", id)

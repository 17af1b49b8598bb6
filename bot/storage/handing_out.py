"""What leaves: files and tables of applications, each with an entry that says who took it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core import receipt
from bot.core.errors import NotThere, WrongMove
from bot.core.permissions import Action, StaffMember, require
from bot.storage import applications, audit, drafts
from bot.storage.application_tables import Application, Attachment
from bot.storage.applications import Case
from bot.storage.drafts import File
from bot.storage.keys import Key

_application = Application.__table__
_attachment = Attachment.__table__

_EXPORTED = "applications-exported"
EXPORTS = 10
"""Of one member of staff in a day."""


async def handed_out(connection: AsyncConnection, typed: str, number: int, reason: str, now: datetime) -> tuple[File, Key]:
    """One file, counted as `Case.files` are, for whoever has the command line; with an audit entry that says why. Raises NotThere."""
    found = await applications.found(connection, _application.c.receipt == receipt.normal(typed))
    file = await _handed_out(connection, found, number, "operator", reason, now)
    return file, await drafts.key_of(connection, file.subject)


async def hand_out(connection: AsyncConnection, by: StaffMember, id: str, number: int, reason: str, now: datetime) -> tuple[Case, File]:
    """The same for a member of staff. Raises NotAllowed, NotThere."""
    require(by, Action.REVEAL)
    found = await applications.found(connection, _application.c.id == id)
    return found, await _handed_out(connection, found, number, by.reference, reason, now)


async def _handed_out(connection: AsyncConnection, found: Case, number: int, actor: str, reason: str, now: datetime) -> File:
    if not 1 <= number <= len(found.files):
        raise NotThere("file")
    detail, named = f"{number}: {reason}", found.summary.receipt
    await audit.append(connection, at=now, actor=actor, action="file-handed-out", object=named, detail=detail)
    return found.files[number - 1]


async def file_of(connection: AsyncConnection, file: str) -> tuple[File, Key]:
    """By its own id, for what was handed out already. Raises NotThere; KeyGone when the applicant was deleted."""
    row = (await connection.execute(select(_attachment).where(_attachment.c.id == file, _attachment.c.application != ""))).first()
    if row is None:
        raise NotThere("file")
    return await drafts.read_file(connection, row), await drafts.key_of(connection, row.subject)


@dataclass(frozen=True)
class Wanted:
    """Which applications are exported; "" and none: all."""

    programme: str = ""
    statuses: tuple[str, ...] = ()
    since: datetime | None = None


async def wanted(connection: AsyncConnection, by: StaffMember, which: Wanted, *, full: bool) -> list[Case]:
    """For a table, the oldest first; the caller masks them unless they are wanted in full. Raises NotAllowed."""
    require(by, Action.EXPORT)
    if full:
        require(by, Action.REVEAL)
    query = select(_application).order_by(_application.c.submitted_at, _application.c.id)
    if which.programme:
        query = query.where(_application.c.programme == which.programme)
    if which.statuses:
        query = query.where(_application.c.status.in_(which.statuses))
    if which.since is not None:
        query = query.where(_application.c.submitted_at >= which.since)
    return [await applications.case_of(connection, row) for row in (await connection.execute(query)).all()]


async def exported(connection: AsyncConnection, by: StaffMember, which: Wanted, reason: str, now: datetime, *, full: bool) -> list[Case]:
    """The same, with an entry in the log. Raises WrongMove, too, beyond the day's limit."""
    cases = await wanted(connection, by, which, full=full)
    if await audit.count(connection, by.reference, _EXPORTED, now - timedelta(days=1)) >= EXPORTS:
        raise WrongMove("exports")
    detail = f"{'full' if full else 'masked'}, {len(cases)}: {reason}"
    await audit.append(connection, at=now, actor=by.reference, action=_EXPORTED, object=which.programme or "all", detail=detail[:200])
    return cases


async def programmes(connection: AsyncConnection, by: StaffMember) -> list[str]:
    """Those there are applications of. Raises NotAllowed."""
    require(by, Action.EXPORT)
    return list((await connection.execute(select(_application.c.programme).distinct().order_by(_application.c.programme))).scalars())

"""What staff do with applications; what each of them may do is checked here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core import receipt
from bot.core.errors import WrongMove
from bot.core.permissions import Action, StaffMember, require
from bot.storage import applications, audit, vault
from bot.storage.application_tables import Application
from bot.storage.applications import CORRECTION, SUBMITTED, Case, Moves, Summary
from bot.storage.types import UtcDateTime

_application = Application.__table__


class View(StrEnum):
    """What of the queue is shown."""

    NEW = "new"
    """Nobody has it yet."""
    MINE = "mine"
    WAITING = "waiting"
    """With the applicant for correction."""


async def queue(
    connection: AsyncConnection, by: StaffMember, view: View, now: datetime, *, limit: int, after: Summary | None = None
) -> list[Summary]:
    """Those whose time is over first, then the oldest, from behind `after`. Raises NotAllowed."""
    require(by, Action.SEE_APPLICATIONS)
    late = case((_application.c.due_at <= now, 0), else_=1)
    order = (late, _application.c.submitted_at, _application.c.id)
    query = select(_application).where(*_in_view(view, by)).order_by(*order).limit(limit)
    if after is not None:
        passed = 0 if after.due_at is not None and after.due_at <= now else 1
        query = query.where(tuple_(*order) > tuple_(literal(passed), literal(after.submitted_at, UtcDateTime()), literal(after.id)))
    return [applications.summed(row) for row in (await connection.execute(query)).all()]


def _in_view(view: View, by: StaffMember) -> Sequence[ColumnElement[bool]]:
    match view:
        case View.NEW:
            return _application.c.reviewer.is_(None), _application.c.status == SUBMITTED
        case View.MINE:
            return _application.c.reviewer == by.id, _application.c.status.not_in((CORRECTION,))
        case View.WAITING:
            return (_application.c.status == CORRECTION,)


async def waiting(connection: AsyncConnection, by: StaffMember) -> dict[View, int]:
    """How many stand in each view. Raises NotAllowed."""
    require(by, Action.SEE_APPLICATIONS)
    return {view: int((await connection.execute(select(func.count()).where(*_in_view(view, by)))).scalar_one()) for view in View}


async def read(connection: AsyncConnection, by: StaffMember, id: str) -> Case:
    """Everything, for masking by the caller; `reveal` shows it in full. Raises NotAllowed, NotThere."""
    require(by, Action.READ_APPLICATION)
    return await applications.found(connection, _application.c.id == id)


async def reveal(connection: AsyncConnection, by: StaffMember, id: str, reason: str, now: datetime) -> Case:
    """Everything unmasked, with an audit entry that says why. Raises NotAllowed, NotThere."""
    require(by, Action.REVEAL)
    found = await applications.found(connection, _application.c.id == id)
    await audit.append(connection, at=now, actor=by.reference, action="application-revealed", object=found.summary.receipt, detail=reason)
    return found


async def by_receipt(connection: AsyncConnection, by: StaffMember, typed: str) -> Summary:
    """Raises NotAllowed, NotThere."""
    require(by, Action.SEE_APPLICATIONS)
    return await applications.summary_of(connection, _application.c.receipt == receipt.normal(typed))


async def claim(connection: AsyncConnection, by: StaffMember, known: Summary, now: datetime) -> Summary:
    """Takes it, from the queue or from a colleague. Raises NotAllowed, Stale."""
    require(by, Action.CLAIM)
    await applications.change(connection, known, now, reviewer=by.id)
    await applications.note(connection, known, by.reference, "claimed", "", now)
    return await applications.summary_of(connection, _application.c.id == known.id)


async def move(
    connection: AsyncConnection,
    by: StaffMember,
    known: Summary,
    to: str,
    moves: Moves,
    now: datetime,
    *,
    note: str = "",
    fields: Sequence[str] = (),
    due_at: datetime | None = None,
) -> Summary:
    """To another status, if it may follow. `fields` are those to be mended, for `CORRECTION`. Raises NotAllowed, Stale, WrongMove."""
    require(by, Action.DECIDE)
    applications.insist(moves, known.status, to)
    if (to == CORRECTION) != bool(fields):
        raise WrongMove("a correction names its fields, and nothing else does")
    corrections = ""
    if fields:
        told = json.dumps({"fields": list(fields), "note": note}, ensure_ascii=False)
        corrections = await vault.seal_for(connection, known.subject, applications.place_of_corrections(known.id), told)
    await applications.change(connection, known, now, status=to, corrections=corrections, **applications.new_time(due_at))
    await applications.note(connection, known, by.reference, to, note, now)
    return await applications.summary_of(connection, _application.c.id == known.id)

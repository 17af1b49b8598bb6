"""After an outage: what would go out late, and what is past its use. Many at once wait until somebody of the staff has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import reminder_tables as tables
from bot.storage.prepared import Prepared
from bot.storage.retention import Passing
from bot.storage.types import UtcDateTime
from reminders.schedule import LATE

_occurrence = tables.Occurrence.__table__
_catchup = tables.CatchUp.__table__

MANY = 200
"""Late reminders that go out without anybody having looked."""
AT_ONCE = 500
"""Held in one transaction."""
KEEP = timedelta(days=30)
"""How long staff are shown what did not go out."""


@dataclass(frozen=True)
class CatchUp:
    id: int
    found_at: datetime
    state: str
    held: int
    dropped: int


@dataclass(frozen=True)
class Heap:
    """Held reminders of one kind, of one window or of none."""

    kind: str
    window: int | None
    count: int
    first: datetime
    """When the earliest of them was due."""


@dataclass(frozen=True)
class Dropped:
    """A reminder that did not go out, and why."""

    reminder: str
    kind: str
    due_at: datetime
    reason: str


def _late(before: Any) -> ColumnElement[bool]:
    # Written out, so that SQLite finds the index of the open rows.
    return and_(_occurrence.c.state == literal_column("'open'"), _occurrence.c.due_at < before, _occurrence.c.held_by.is_(None))


async def are_too_many(connection: AsyncConnection, now: datetime) -> bool:
    """Looks at no more rows than it must."""
    found = await _MANY.first(connection, {"late": now - LATE})
    return bool(found.late > MANY or found.waits)


_some = select(_occurrence.c.id).where(_late(bindparam("late", type_=UtcDateTime()))).limit(literal_column(str(MANY + 1))).subquery()
_MANY = Prepared(
    select(
        select(func.count()).select_from(_some).scalar_subquery().label("late"),
        exists().where(_catchup.c.state == literal_column("'open'")).label("waits"),
    )
)


async def hold(connection: AsyncConnection, now: datetime) -> int:
    """Holds a chunk of the late ones when they are many. Returns how many it held; 0: none is left, or they are few."""
    if not await are_too_many(connection, now):
        return 0
    query = select(_occurrence.c.id).where(_late(now - LATE)).order_by(_occurrence.c.due_at).limit(AT_ONCE)
    ids = list((await connection.execute(query.with_for_update(skip_locked=True))).scalars())
    if not ids:
        return 0
    open_one = await _open(connection)
    if open_one is None:
        made = await connection.execute(insert(_catchup).values(found_at=now, state="open", decided_by=""))
        assert made.inserted_primary_key is not None
        open_one = int(made.inserted_primary_key[0])
    await connection.execute(update(_occurrence).where(_occurrence.c.id.in_(ids)).values(state="held", held_by=open_one))
    return len(ids)


async def _open(connection: AsyncConnection) -> int | None:
    query = select(_catchup.c.id).where(_catchup.c.state == "open").order_by(_catchup.c.id).limit(1)
    found: int | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def release(connection: AsyncConnection, id: int, by: str, now: datetime, *, approve: bool) -> int:
    """Lets the held ones go, or drops them. Returns how many."""
    mine = _catchup.c.id == id, _catchup.c.state == "open"
    values = {"state": "approved" if approve else "refused", "decided_by": by, "decided_at": now}
    if not (await connection.execute(update(_catchup).where(*mine).values(**values))).rowcount:
        return 0
    then: dict[str, Any] = {"state": "open"} if approve else {"state": "dropped", "reason": "refused", "settled_at": now}
    held = _occurrence.c.held_by == id, _occurrence.c.state == "held"
    return int((await connection.execute(update(_occurrence).where(*held).values(**then))).rowcount)


async def plans(connection: AsyncConnection) -> list[CatchUp]:
    """Latest first."""
    found = []
    for row in (await connection.execute(select(_catchup).order_by(_catchup.c.id.desc()).limit(20))).all():
        counts = select(_occurrence.c.state, func.count()).where(_occurrence.c.held_by == row.id).group_by(_occurrence.c.state)
        states = {state: int(count) for state, count in await connection.execute(counts)}
        found.append(CatchUp(row.id, row.found_at, row.state, states.get("held", 0), states.get("dropped", 0)))
    return found


async def waiting(connection: AsyncConnection) -> CatchUp | None:
    """The one that waits for a decision."""
    return next((each for each in await plans(connection) if each.state == "open"), None)


async def heaps(connection: AsyncConnection, id: int) -> list[Heap]:
    """What a plan holds, the largest first."""
    by = _occurrence.c.kind, _occurrence.c.window
    query = select(*by, func.count(), func.min(_occurrence.c.due_at)).where(_occurrence.c.held_by == id, _occurrence.c.state == "held")
    found = [Heap(*row) for row in await connection.execute(query.group_by(*by))]
    return sorted(found, key=lambda each: -each.count)


async def dropped(connection: AsyncConnection, now: datetime, most: int = 1000) -> list[Dropped]:
    """What did not go out lately, latest first."""
    query = select(_occurrence).where(_occurrence.c.state.in_(("dropped", "parked")), _occurrence.c.settled_at > now - KEEP)
    rows = await connection.execute(query.order_by(_occurrence.c.settled_at.desc(), _occurrence.c.id.desc()).limit(most))
    return [Dropped(row.reminder, row.kind, row.due_at, row.reason) for row in rows]


def passing(now: datetime) -> list[Passing]:
    """Settled rows are kept a year: they are what says that a reminder went out."""
    return [Passing(_occurrence, _occurrence.c.settled_at < now - timedelta(days=366))]

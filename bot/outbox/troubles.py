"""What keeps senders and pollers from their work, written down where every process sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import Lease
from bot.storage.tables import Trouble as Row
from bot.storage.upsert import insert_new, upsert

_trouble = Row.__table__
_lease = Lease.__table__


@dataclass(frozen=True)
class Trouble:
    name: str
    """Of the work: `send:telegram:123`, `poll:telegram:123`."""
    state: str
    reason: str
    since: datetime


async def note(connection: AsyncConnection, name: str, state: str, reason: str, now: datetime) -> None:
    """From now on the work is in that state; "" is well. A state that lasts keeps its beginning."""
    if not state:
        await connection.execute(delete(_trouble).where(_trouble.c.name == name))
        return
    row = {"name": name, "state": state, "reason": reason, "since": now}
    known = (await connection.execute(select(_trouble.c.state, _trouble.c.since).where(_trouble.c.name == name))).first()
    if known is None:
        await insert_new(connection, _trouble, [row])
    else:
        await upsert(connection, _trouble, row | {"since": known.since if known.state == state else now})


async def drop_forsaken(connection: AsyncConnection, before: datetime) -> None:
    """Those of accounts nobody works for any more: the bot was replaced, its lease ended long ago."""
    over = select(_lease.c.name).where(_lease.c.until < before)
    await connection.execute(delete(_trouble).where(_trouble.c.name.in_(over)))


async def all_of(connection: AsyncConnection) -> Sequence[Trouble]:
    rows = await connection.execute(select(_trouble).order_by(_trouble.c.name))
    return [Trouble(row.name, row.state, row.reason, row.since) for row in rows]

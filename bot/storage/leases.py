"""Who may do what only one process may do: a poller, a sender, a consumer of the inbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import Lease
from bot.storage.upsert import insert_new

_lease = Lease.__table__

TERM = timedelta(seconds=50)
"""What a dead process did goes on within a minute: the rest of its term, a look, and the first rows."""
RENEW = timedelta(seconds=15)
STALE = timedelta(seconds=30)
"""Not renewed for so long, the holder stops by itself, well before another may begin."""


async def take(connection: AsyncConnection, name: str, holder: str, now: datetime, is_dead: Callable[[str], bool]) -> int | None:
    """Takes or renews the lease. Returns its epoch, which grows with every new holder; None while another holds it.

    `is_dead` tells of a holder that certainly runs no more, so that a restart need not wait for its lease to end.
    """
    await insert_new(connection, _lease, [{"name": name, "holder": "", "epoch": 0, "until": now - TERM}])
    row = (await connection.execute(select(_lease).where(_lease.c.name == name))).one()
    epoch = row.epoch if row.holder == holder else row.epoch + 1
    # Given back it is free, also for a clock that was put back since.
    if row.holder not in ("", holder) and row.until > now and not is_dead(row.holder):
        return None
    statement = update(_lease).where(_lease.c.name == name, _lease.c.epoch == row.epoch, _lease.c.holder == row.holder)
    changed = await connection.execute(statement.values(holder=holder, epoch=epoch, until=now + TERM))
    return int(epoch) if changed.rowcount else None


async def release(connection: AsyncConnection, holder: str, now: datetime) -> None:
    """Gives back all the holder's leases, so that the next process need not wait."""
    await connection.execute(update(_lease).where(_lease.c.holder == holder).values(holder="", until=now))

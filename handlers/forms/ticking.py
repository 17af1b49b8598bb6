"""Words to people unasked: only in the daytime, some of them in one transaction, and no writer held up where there is nothing to say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, tzinfo

from bot.core.clock import Clock
from bot.storage.database import Connection, Database

FROM, UNTIL = time(9), time(20)
"""Wall time in which we write to people unasked."""
AT_ONCE = 50
"""In one transaction: replies wait behind it."""

Look = Callable[[Connection], Awaitable[bool]]


def in_daytime(now: datetime, zone: tzinfo) -> bool:
    return FROM <= now.astimezone(zone).time() < UNTIL


async def tick(database: Database, clock: Clock, zone: tzinfo, waiting: Look, *batches: Look) -> None:
    """Each batch writes some and says whether there may be more; it may run in as many processes as one likes."""
    if not in_daytime(clock.now(), zone):
        return
    async with database.read() as connection:
        if not await waiting(connection):
            return
    for batch in batches:
        while await database.write(batch):
            pass

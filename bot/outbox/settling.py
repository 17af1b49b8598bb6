"""Writes down what became of messages, many in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

import structlog

from bot.core.clock import Clock
from bot.core.platform import Outcome, Sent
from bot.outbox import ledger
from bot.outbox.ledger import Delivery
from bot.storage.database import Database
from bot.storage.prepared import alone

log = structlog.get_logger(__name__)

INSIST = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between tries to write an outcome down; together they end before the row's lease does."""
CROWD = 16
"""Messages under way from which it is worth while to wait for others' outcomes."""
GATHER = 0.02
"""Seconds of that wait."""


class Settling:
    """Outcomes are added as they come in; `done` hears of each message once it is written, or nothing more can be done for it."""

    def __init__(self, database: Database, clock: Clock, done: Callable[[Delivery], None]) -> None:
        self._database = database
        self._clock = clock
        self._done = done
        self._landed: list[tuple[Delivery, Outcome]] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, delivery: Delivery, outcome: Outcome, *, crowd: int) -> None:
        """`crowd`: how many more are under way."""
        self._landed.append((delivery, outcome))
        if self._task is None:
            self._task = asyncio.create_task(self._write_all(GATHER if crowd >= CROWD else 0.0), name="settling")

    async def _write_all(self, gather: float) -> None:
        try:
            while self._landed:
                await asyncio.sleep(gather)
                landed, self._landed = self._landed, []
                await self._write(landed)
        finally:
            self._task = None

    async def _write(self, landed: Sequence[tuple[Delivery, Outcome]]) -> None:
        try:
            await self._settle(landed)
        except Exception:
            # One of them may be what the database will not take: each is tried by itself from here on.
            log.warning("outcomes could not be written, again soon", count=len(landed))
            await asyncio.gather(*(self._insist(delivery, outcome) for delivery, outcome in landed))
        for delivery, _ in landed:
            self._done(delivery)

    async def _insist(self, delivery: Delivery, outcome: Outcome) -> None:
        """A database that does not take it now is asked again: forgotten, the message would go out twice."""
        for pause in INSIST:
            await asyncio.sleep(pause)
            try:
                await self._settle([(delivery, outcome)])
                return
            except Exception:
                log.warning("an outcome could not be written, again soon", id=delivery.id, exc_info=pause == INSIST[-1])
        # The row stays `sending` and is recovered when its lease ends: never silently lost, never sent a third time.
        log.error("an outcome is given up", id=delivery.id)

    async def _settle(self, landed: Sequence[tuple[Delivery, Outcome]]) -> None:
        job = partial(ledger.settle_all, landed=landed, now=self._clock.now())
        # The usual case is one statement, however many they are.
        fenced = await self._database.write(alone(job) if all(isinstance(outcome, Sent) for _, outcome in landed) else job)
        if fenced:
            log.warning("fenced: another sender took messages over", count=fenced, ids=[delivery.id for delivery, _ in landed])

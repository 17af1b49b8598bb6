"""Works off the ledger for one account: looks, claims, sends, settles. No database connection is held while the network is used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import assert_never

import structlog

from bot.core.clock import Clock
from bot.core.platform import Adapter, Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear
from bot.core.waking import woken_by
from bot.outbox import ledger
from bot.outbox.ledger import Delivery
from bot.outbox.pace import Pace
from bot.storage.database import Database

log = structlog.get_logger(__name__)

WIDTH = 32
"""Requests in flight at the most: a crash repeats no more than these."""
INSIST = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between tries to write an outcome down; together they end before the row's lease does."""
LOOK = 0.5
"""Seconds between looks when nobody wakes the sender: another process may have written, a time may have come."""


class Sender:
    """One at a time for each account: the caller holds the lease."""

    def __init__(self, database: Database, adapter: Adapter, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._adapter = adapter
        self._clock = clock
        self._pace = Pace(adapter.limits, monotonic)
        self._wake = asyncio.Event()
        self._flying: dict[str, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Until stopped; then waits for what is in flight."""
        await self._recover(all_rows=True)
        try:
            async with woken_by(stop, self._wake):
                while not stop.is_set():
                    self._wake.clear()
                    pause = await self._round()
                    await self._rest(pause, stop)
        except Exception:
            # The next run takes for left behind whatever is still being sent.
            await self._land()
            raise
        await self._land()

    async def _land(self) -> None:
        if self._flying:
            await asyncio.wait(list(self._flying.values()), timeout=10)

    async def _rest(self, pause: float, stop: asyncio.Event) -> None:
        if pause <= 0 or stop.is_set():
            return
        try:
            async with asyncio.timeout(min(pause, LOOK)):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _recover(self, *, all_rows: bool) -> None:
        platform, account, now = self._adapter.platform, self._adapter.account, self._clock.now()
        left = await self._database.write(lambda connection: ledger.recover(connection, platform, account, now, all_rows=all_rows))
        if left:
            log.warning("messages left in the middle of sending", platform=platform, count=left)

    async def _round(self) -> float:
        """Starts what may go now. Returns the seconds until another look is worth while."""
        room = WIDTH - len(self._flying)
        if room <= 0:
            return LOOK
        now, held = self._clock.now(), self._pace.held()
        async with self._database.read() as connection:
            platform, account, busy = self._adapter.platform, self._adapter.account, (*self._flying, *held)
            found, unreadable = await ledger.due(connection, platform, account, now, room, busy)
        for id in unreadable:
            log.error("a message is given up: its row cannot be read", id=id)
            await self._database.write(lambda connection, id=id: ledger.give_up(connection, id, "unreadable", now))  # type: ignore[misc]
        pause = 0.0 if unreadable else min([LOOK, *held.values()])
        for delivery in found:
            wait = self._pace.wait(delivery.chat, delivery.group)
            if wait > 0:
                pause = min(pause, wait)
                continue
            self._pace.begin(delivery.chat, delivery.group)
            self._launch(delivery)
        return pause

    def _launch(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._deliver(delivery), name=f"send-{delivery.id}")
        self._flying[delivery.chat] = task
        task.add_done_callback(lambda _: self._landed(delivery))

    def _landed(self, delivery: Delivery) -> None:
        self._pace.end(delivery.chat, delivery.group)
        self._flying.pop(delivery.chat, None)
        self._wake.set()

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            now = self._clock.now()
            if not await self._database.write(lambda connection: ledger.claim(connection, delivery, now)):
                return
            outcome = await self._adapter.send(delivery.message)
            self._heed(delivery, outcome)
            await self._settle(delivery, outcome)
        except Exception:
            # The row stays `sending` and is recovered when its lease ends: never silently lost, never sent a third time.
            log.exception("a delivery broke off", id=delivery.id)

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Writes down what became of it. A database that does not take it now is asked again: forgotten, the message would go out twice."""
        for pause in (*INSIST, None):
            now = self._clock.now()
            try:
                if not await self._database.write(lambda connection, now=now: ledger.settle(connection, delivery, outcome, now)):  # type: ignore[misc]
                    log.warning("fenced: another sender took the message over", id=delivery.id)
                return
            except Exception:
                if pause is None:
                    raise
                log.warning("an outcome could not be written, again soon", id=delivery.id)
            await asyncio.sleep(pause)

    def _heed(self, delivery: Delivery, outcome: Outcome) -> None:
        match outcome:
            case Later(reason, after, everybody):
                if after is not None:
                    self._pace.halt(after.total_seconds(), "" if everybody else delivery.chat)
                log.info("not sent, again later", id=delivery.id, reason=reason)
            case Locked(reason):
                self._pace.halt(60)
                log.error("the platform refuses our account", platform=self._adapter.platform, reason=reason)
            case Refused(reason) | Gone(reason) | Unclear(reason):
                log.warning("not delivered", id=delivery.id, outcome=type(outcome).__name__, reason=reason)
            case Sent() | Moved():
                pass
            case _:
                assert_never(outcome)

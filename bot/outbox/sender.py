"""Works off the ledger for one account: looks, claims, sends, settles. No database connection is held while the network is used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import assert_never

import structlog

from bot.core.clock import Clock
from bot.core.platform import Adapter, Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear
from bot.core.waking import woken_by
from bot.outbox import batches, ledger, troubles
from bot.outbox.breaker import Breaker
from bot.outbox.due import Due, Look, due
from bot.outbox.lanes import Lanes
from bot.outbox.ledger import Delivery
from bot.outbox.pace import Pace
from bot.storage.database import Database

log = structlog.get_logger(__name__)

KEPT_FREE = 0.25
"""Share of the width that only answers may use: slow requests to many hold up none."""
LOCKED = 60.0
"""Seconds between tries while our account is refused."""
INSIST = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between tries to write an outcome down; together they end before the row's lease does."""
LOOK = 0.5
"""Seconds between looks when nobody wakes the sender: another process may have written, a time may have come."""


def always() -> bool:
    return True


class Sender:
    """One at a time for each account: the caller holds the lease, and `firm` says whether it surely still does."""

    def __init__(
        self,
        database: Database,
        adapter: Adapter,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
        firm: Callable[[], bool] = always,
    ) -> None:
        self._database = database
        self._adapter = adapter
        self._clock = clock
        self._firm = firm
        self._pace = Pace(adapter.limits, monotonic)
        self._breaker = Breaker(monotonic)
        self._lanes = Lanes()
        self._width = adapter.limits.width
        self._wake = asyncio.Event()
        self._flying: dict[str, tuple[Delivery, asyncio.Task[None]]] = {}
        self._told = ""

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Until stopped; then waits for what is in flight."""
        await self._recover()
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
            await asyncio.wait([task for _, task in self._flying.values()], timeout=10)

    async def _rest(self, pause: float, stop: asyncio.Event) -> None:
        if pause <= 0 or stop.is_set():
            return
        try:
            async with asyncio.timeout(min(pause, LOOK)):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _recover(self) -> None:
        platform, account, now = self._adapter.platform, self._adapter.account, self._clock.now()
        left = await self._database.write(lambda connection: ledger.recover(connection, platform, account, now, all_rows=True))
        if left:
            log.warning("messages left in the middle of sending", platform=platform, count=left)

    # ---- what goes now ----

    async def _round(self) -> float:
        """Starts what may go now. Returns the seconds until another look is worth while."""
        room = self._room()
        if room <= 0 or not self._firm():
            return LOOK
        held = self._pace.held()
        found = await self._look(room, (*self._flying, *held))
        await self._tend(found)
        chosen, pause = self._choose(found, room)
        await self._claim(chosen)
        return 0.0 if found.unreadable or found.ripe else min([LOOK, pause, *held.values()])

    def _room(self) -> int:
        free = self._width - len(self._flying)
        if not self._breaker.is_open:
            return free
        return 1 if not self._flying and not self._breaker.wait() else 0

    async def _look(self, room: int, busy: tuple[str, ...]) -> Due:
        is_doubtful_flying = any(delivery.strikes for delivery, _ in self._flying.values())
        look = Look(self._adapter.platform, self._adapter.account, self._clock.now(), room, busy, doubtful=not is_doubtful_flying)
        async with self._database.read() as connection:
            return await due(connection, look)

    async def _tend(self, found: Due) -> None:
        now, platform, account = self._clock.now(), self._adapter.platform, self._adapter.account
        for id in found.unreadable:
            log.error("a message is given up: its row cannot be read", id=id)
            await self._database.write(partial(ledger.give_up, id=id, reason="unreadable", now=now))
        for batch in found.ripe:
            if reason := await self._database.write(partial(batches.look, id=batch, platform=platform, account=account)):
                log.error("a batch is paused after its first messages", batch=batch, reason=reason)

    def _choose(self, found: Due, room: int) -> tuple[list[Delivery], float]:
        """Takes their places in the windows. Beside them the seconds until the first of the others may go."""
        chosen: dict[str, Delivery] = {}
        pause = LOOK
        for delivery in self._lanes.order(found.replies, found.bulk):
            if len(chosen) >= room:
                break
            if delivery.chat in chosen or (delivery.bulk and self._is_full_of_bulk(chosen)):
                continue
            if wait := self._pace.wait(delivery.chat, delivery.group, bulk=delivery.bulk):
                pause = min(pause, wait)
                continue
            self._pace.begin(delivery.chat, delivery.group, bulk=delivery.bulk)
            self._lanes.went(delivery)
            chosen[delivery.chat] = delivery
        return list(chosen.values()), pause

    def _is_full_of_bulk(self, chosen: dict[str, Delivery]) -> bool:
        flying = sum(delivery.bulk for delivery in (*chosen.values(), *(delivery for delivery, _ in self._flying.values())))
        return flying >= self._width * (1 - KEPT_FREE)

    async def _claim(self, chosen: list[Delivery]) -> None:
        if not chosen:
            return
        now, got = self._clock.now(), set[int]()
        try:
            got = await self._database.write(partial(ledger.claim, found=chosen, now=now))
        finally:
            for delivery in chosen:
                if delivery.id not in got:
                    self._pace.end(delivery.chat, delivery.group)
        for delivery in chosen:
            if delivery.id in got:
                self._launch(delivery)

    def _launch(self, delivery: Delivery) -> None:
        self._breaker.probe()
        task = asyncio.create_task(self._deliver(delivery), name=f"send-{delivery.id}")
        self._flying[delivery.chat] = delivery, task
        task.add_done_callback(lambda _: self._landed(delivery))

    def _landed(self, delivery: Delivery) -> None:
        self._pace.end(delivery.chat, delivery.group)
        self._flying.pop(delivery.chat, None)
        self._wake.set()

    # ---- one message ----

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            if not self._firm():
                # We slept, or the database was away: somebody else may be sending by now.
                await self._database.write(partial(ledger.give_back, claimed=delivery))
                return
            outcome = await self._adapter.send(delivery.message)
            self._heed(delivery, outcome)
            await self._settle(delivery, outcome)
            await self._tell()
        except Exception:
            # The row stays `sending` and is recovered when its lease ends: never silently lost, never sent a third time.
            log.exception("a delivery broke off", id=delivery.id)

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Writes down what became of it. A database that does not take it now is asked again: forgotten, the message would go out twice."""
        for pause in (*INSIST, None):
            now = self._clock.now()
            try:
                if not await self._database.write(partial(ledger.settle, sent=delivery, outcome=outcome, now=now)):
                    log.warning("fenced: another sender took the message over", id=delivery.id)
                return
            except Exception:
                if pause is None:
                    raise
                log.warning("an outcome could not be written, again soon", id=delivery.id)
            await asyncio.sleep(pause)

    def _heed(self, delivery: Delivery, outcome: Outcome) -> None:
        match outcome:
            case Later(reason, None) | Unclear(reason):
                self._breaker.fail(reason)
                log.warning("not delivered", id=delivery.id, outcome=type(outcome).__name__, reason=reason)
            case Later(reason, after, everybody) if after is not None:
                self._breaker.reach()
                self._pace.halt(after.total_seconds(), "" if everybody else delivery.chat)
                log.info("not sent, again later", id=delivery.id, reason=reason)
            case Locked(reason):
                self._breaker.trip(reason, LOCKED)
                log.error("the platform refuses our account", platform=self._adapter.platform, reason=reason)
            case Refused(reason) | Gone(reason):
                self._breaker.reach()
                log.warning("not delivered", id=delivery.id, outcome=type(outcome).__name__, reason=reason)
            case Sent() | Moved():
                self._breaker.reach()
            case Later():
                raise AssertionError("a demand to wait was read above")
            case _:
                assert_never(outcome)

    async def _tell(self) -> None:
        """Writes down that nothing gets through, and that something does again."""
        state = self._breaker.reason if self._breaker.is_open else ""
        if state == self._told:
            return
        self._told, name, now = state, f"send:{self._adapter.platform}:{self._adapter.account}", self._clock.now()
        if state:
            log.error("nothing gets through", sender=name, reason=state)
        await self._database.write(partial(troubles.note, name=name, state="blocked" if state else "", reason=state, now=now))

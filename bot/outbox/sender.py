"""Works off the ledger for one account: looks, claims, sends, settles. No database connection is held while the network is used."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, assert_never

import structlog

from bot.core.clock import Clock
from bot.core.message import Outgoing
from bot.core.platform import Adapter, Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear
from bot.core.waking import woken_by
from bot.outbox import batches, ledger, troubles
from bot.outbox.breaker import Breaker
from bot.outbox.due import Due, Letters, Look, due
from bot.outbox.lanes import Lanes
from bot.outbox.ledger import Delivery
from bot.outbox.many import Ahead, Many
from bot.outbox.pace import Pace
from bot.outbox.settling import Settling
from bot.storage.database import Database
from bot.storage.prepared import alone

log = structlog.get_logger(__name__)

KEPT_FREE = 0.25
"""Share of the width that only answers may use: slow requests to many hold up none."""
LOCKED = 60.0
"""Seconds between tries while our account is refused."""
LOOK = 0.5
"""Seconds between looks when nobody wakes the sender: another process may have written, a time may have come."""
AT_HAND = 1_000
"""Answers kept in memory until their turn comes."""
LANDING = 10.0
"""Seconds for what is in flight when we are to stop."""


def always() -> bool:
    return True


@dataclass(frozen=True)
class _Chosen:
    delivery: Delivery
    at: float
    """When its turn comes, on the clock that never jumps."""


class Sender:
    """One at a time for each account: the caller holds the lease, and `firm` says whether it surely still does.

    Rows are claimed a little ahead of their turn, so that the windows are used to the full however long a commit takes.
    """

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
        self._monotonic = monotonic
        self._firm = firm
        self._pace = Pace(adapter.limits, monotonic)
        self._breaker = Breaker(monotonic)
        self._lanes = Lanes()
        self._settling = Settling(database, clock, self._settled)
        self._width = adapter.limits.width
        self._many, self._ahead = Many(adapter.limits), Ahead()
        self._letters = Letters()
        self._wake = asyncio.Event()
        self._is_on = False
        self._at_hand: dict[str, Outgoing] = {}
        """The rows say what goes; this only spares us to open them again."""
        self._flying: dict[str, Delivery] = {}
        """Claimed and not yet settled, by chat."""
        self._planned: dict[str, asyncio.TimerHandle] = {}
        """Those of them whose turn has not come."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._met: set[str] = set()
        """Chats that had to wait when it would have been their turn: no use in looking at their messages until they may be written to."""
        self._starved = False
        """Nothing more may go before something has been settled."""
        self._told = ""

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    def expect(self, answers: Sequence[Outgoing]) -> None:
        """Answers that this process is about to put: more than we send soon, or while another one sends, they are read from their rows.

        They are told before their commit: a look may find the rows before whoever put them knows. `wake` when they stand.
        """
        if self._is_on and len(self._at_hand) < AT_HAND:
            self._at_hand.update((message.key, message) for message in answers)

    def forget(self) -> None:
        """What was expected may not have come to be, and somebody else's row may bear its key."""
        self._at_hand.clear()

    async def run(self, stop: asyncio.Event) -> None:
        """Until stopped; then waits a while for what is in flight."""
        self._is_on = True
        try:
            await self._run(stop)
        finally:
            self._is_on = False
            self._at_hand.clear()

    async def _run(self, stop: asyncio.Event) -> None:
        await self._recover()
        try:
            async with woken_by(stop, self._wake):
                while not stop.is_set():
                    self._wake.clear()
                    pause = await self._round()
                    await self._rest(pause, stop)
        except Exception:
            log.warning("sending breaks off: what is under way lands first", count=len(self._flying))
            # The next run takes for left behind whatever is still being sent.
            await self._land(None)
            raise
        await self._land(LANDING)

    async def _land(self, patience: float | None) -> None:
        """What was not begun is given back, what is under way is waited for."""
        planned = [self._flying[chat] for chat in self._planned]
        for timer in self._planned.values():
            timer.cancel()
        self._planned.clear()
        if planned:
            self._begin(self._give_back(planned))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self._flying:
                    self._starved = True
                    self._wake.clear()
                    await self._wake.wait()

    async def _rest(self, pause: float, stop: asyncio.Event) -> None:
        if pause <= 0 or stop.is_set():
            return
        try:
            async with asyncio.timeout(min(pause, LOOK)):
                await self._wake.wait()
        except TimeoutError:
            # Whatever is still here when nothing goes soon was withdrawn, or waits for a later try.
            if pause >= LOOK:
                self._at_hand.clear()

    async def _recover(self) -> None:
        platform, account, now = self._adapter.platform, self._adapter.account, self._clock.now()
        left = await self._database.write(lambda connection: ledger.recover(connection, platform, account, now, all_rows=True))
        if left:
            log.warning("messages left in the middle of sending", platform=platform, count=left)
        async with self._database.read() as connection:
            for chat, pause in (await ledger.halts(connection, platform, account, now)).items():
                self._pace.halt(pause.total_seconds(), chat)

    # ---- what goes now ----

    async def _round(self) -> float:
        """Claims what may go now and soon. Returns the seconds until another look is worth while."""
        await self._tell()
        room = self._room()
        self._starved = room <= 0
        if self._starved or not self._firm():
            return LOOK
        begun, held = self._monotonic(), self._pace.held()
        self._met.intersection_update(held.keys() | self._flying.keys())
        met_before = len(self._met)
        found = await self._look(room)
        await self._tend(found)
        chosen, pause = self._choose(found, room, held)
        self._starved |= found.has_more
        self._met.update({each.delivery.chat for each in chosen}.intersection(found.behind))
        await self._claim(chosen)
        if chosen:
            self._ahead.took(self._monotonic() - begun)
        # A page full of chats that must wait, or all that was read is claimed: others stand behind them.
        look_on = found.unreadable or found.ripe or self._many.runs_out or (not chosen and len(self._met) > met_before)
        return 0.0 if look_on else min([LOOK, pause, *(held.get(chat, LOOK) for chat in self._met)])

    def _room(self) -> int:
        free = self._width - len(self._flying)
        if not self._breaker.is_open:
            return free
        return 1 if not self._flying and not self._breaker.wait() else 0

    async def _look(self, room: int) -> Due:
        now = self._monotonic()
        is_whole = self._many.is_low(now)
        is_doubtful_flying = any(delivery.strikes for delivery in self._flying.values())
        platform, account = self._adapter.platform, self._adapter.account
        limit = self._many.page if is_whole else room
        doubtful = not is_doubtful_flying
        look = Look(platform, account, self._clock.now(), limit, tuple(self._met), doubtful=doubtful, answers_only=not is_whole)
        async with self._database.read() as connection:
            found = await due(connection, look, self._letters, self._at_hand)
        if is_whole:
            self._many.found(found.bulk, now)
        return found

    async def _tend(self, found: Due) -> None:
        now, platform, account = self._clock.now(), self._adapter.platform, self._adapter.account
        for id in found.unreadable:
            log.error("a message is given up: its row cannot be read", id=id)
            await self._database.write(partial(ledger.give_up, id=id, reason="unreadable", now=now))
        for batch in found.ripe:
            if reason := await self._database.write(partial(batches.look, id=batch, platform=platform, account=account)):
                log.error("a batch is paused after its first messages", batch=batch, reason=reason)

    def _choose(self, found: Due, room: int, held: Mapping[str, float]) -> tuple[list[_Chosen], float]:
        """Takes their places in the windows. Beside them the seconds until the first of the others may be chosen."""
        chosen: dict[str, _Chosen] = {}
        pause, ahead, room_for_many, is_early = LOOK, self._ahead.seconds, self._room_for_many(), False
        for delivery in self._lanes.order(found.replies, self._many.waiting):
            if len(chosen) >= room:
                self._starved = True
                break
            if delivery.bulk and (is_early or room_for_many <= 0):
                self._starved |= not is_early
                continue
            if delivery.chat in chosen or delivery.chat in self._flying or held.get(delivery.chat, 0.0) > ahead:
                self._met.add(delivery.chat)
                continue
            wait = self._pace.wait(delivery.chat, delivery.group, bulk=delivery.bulk)
            if wait > ahead:
                self._starved |= wait == math.inf
                pause, is_early = min(pause, wait - ahead / 2), True
                continue
            self._pace.begin(delivery.chat, delivery.group, bulk=delivery.bulk, wait=wait)
            self._lanes.went(delivery)
            room_for_many -= delivery.bulk
            chosen[delivery.chat] = _Chosen(delivery, self._monotonic() + wait)
        return list(chosen.values()), pause

    def _room_for_many(self) -> int:
        flying = sum(delivery.bulk for delivery in self._flying.values())
        # One always may: where there is only one place, nothing to many would ever go.
        return max(1, int(self._width * (1 - KEPT_FREE))) - flying

    async def _claim(self, chosen: list[_Chosen]) -> None:
        if not chosen:
            return
        now, got = self._clock.now(), set[int]()
        self._many.took({each.delivery.id for each in chosen})
        try:
            got = await self._database.write(alone(partial(ledger.claim, found=[each.delivery for each in chosen], now=now)))
        finally:
            for each in chosen:
                if each.delivery.id not in got:
                    self._pace.cancel(each.delivery.chat, each.delivery.group)
        if len(got) < len(chosen):
            # Paused meanwhile, or taken by another: the others that were read may be no longer what they were.
            self._many.forget()
        for each in chosen:
            self._at_hand.pop(each.delivery.message.key, None)
            if each.delivery.id in got:
                self._plan(each)

    def _plan(self, chosen: _Chosen) -> None:
        delivery = chosen.delivery
        self._flying[delivery.chat] = delivery
        wait = chosen.at - self._monotonic()
        if wait <= 0:
            self._launch(delivery)
        else:
            self._planned[delivery.chat] = asyncio.get_running_loop().call_later(wait, self._launch, delivery)

    def _launch(self, delivery: Delivery) -> None:
        self._planned.pop(delivery.chat, None)
        if not self._firm() or self._breaker.wait() or self._pace.halted(delivery.chat):
            # We slept, or the database was away: somebody else may be sending by now. Or the platform has asked for a pause since.
            self._begin(self._give_back([delivery]))
            return
        self._breaker.probe()
        self._begin(self._deliver(delivery))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _give_back(self, claimed: Sequence[Delivery]) -> None:
        for delivery in claimed:
            self._pace.cancel(delivery.chat, delivery.group)
        try:
            await self._database.write(partial(ledger.give_back, claimed=claimed))
        except Exception:
            log.exception("messages could not be given back", ids=[delivery.id for delivery in claimed])
        for delivery in claimed:
            self._settled(delivery)

    # ---- one message ----

    async def _deliver(self, delivery: Delivery) -> None:
        begun = self._monotonic()
        try:
            outcome = await self._adapter.send(delivery.message)
            self._heed(delivery, outcome)
        except Exception:
            # The row stays `sending` and is recovered when its lease ends: never silently lost, never sent a third time.
            log.exception("a delivery broke off", id=delivery.id)
            self._settled(delivery)
        else:
            self._settling.add(delivery, outcome, crowd=len(self._flying))
        finally:
            self._pace.end(delivery.chat, delivery.group, self._monotonic() - begun)

    def _settled(self, delivery: Delivery) -> None:
        self._flying.pop(delivery.chat, None)
        if delivery.strikes:
            self._many.forget()
            self._wake.set()
        # Else nothing can have become next by this.
        if self._starved or delivery.chat in self._met:
            self._wake.set()

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
        state = self._breaker.reason
        if state == self._told:
            return
        self._told, name, now = state, f"send:{self._adapter.platform}:{self._adapter.account}", self._clock.now()
        if state:
            log.error("nothing gets through", sender=name, reason=state)
        await self._database.write(partial(troubles.note, name=name, state="blocked" if state else "", reason=state, now=now))

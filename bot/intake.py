"""Takes events in and has them handled: committed before they are acknowledged, once, in order in each chat, chats side by side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Coroutine, Sequence
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import Clock
from bot.core.errors import Fenced, NotAccepted
from bot.core.message import Incoming, Kind, Outgoing
from bot.core.platform import Adapter
from bot.core.waking import woken_by
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import Event
from bot.storage.prepared import alone, last
from handlers.turn import Turns

log = structlog.get_logger(__name__)

WIDTH = 32
"""Chats handled side by side."""
SOME = WIDTH // 4
"""While more wait than we handle it is looked for so many at once: each look passes over those under way."""
LOOK = 0.5
"""Seconds between looks when nobody wakes us: another process may have stored something, a retry may be due."""
PROMPT = 3.0
"""Seconds after which a platform is told that nothing was stored: a locked database must not keep its request waiting."""
AT_HAND = 1_000
"""Events kept in memory until their turn comes."""
MOST = 100_000
"""Open events; with more than these nothing is taken in."""
COUNT = 2.0
"""Seconds between counts of them."""
TYPING = 0.4
"""Seconds after which a person waiting for an answer is shown that we are at work."""


class Listener(Protocol):
    """Who handles what is taken in."""

    def expect(self, events: Collection[Incoming]) -> None:
        """Those of these that are new are about to be committed."""

    def hear(self, events: Collection[Incoming]) -> None:
        """These were committed."""

    def forget(self, events: Collection[Incoming]) -> None:
        """These were not."""


class Answers(Protocol):
    """Who sends what turns put."""

    def expect(self, answers: Sequence[Outgoing]) -> None:
        """A turn is about to commit these."""

    def forget(self) -> None:
        """What a turn said it would commit may not stand."""

    def wake(self) -> None:
        """A turn was committed."""


class Inbox:
    """The `Intake` that adapters hand events to."""

    def __init__(self, database: Database, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._monotonic = monotonic
        self._full = False
        self._count_again = 0.0
        self._listeners: list[Listener] = []
        self._closed = False

    def on_news(self, listener: Listener) -> None:
        """Tells the listener of whatever is new, before its commit and after it."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Takes nothing more: platforms keep what comes now."""
        self._closed = True

    async def accept(self, events: Sequence[Incoming], *, position: str = "", platform: str = "", account: str = "") -> None:
        if self._closed:
            raise NotAccepted("shutting down")
        if await self._is_full():
            raise NotAccepted("too many events wait")
        now, given_up = self._clock.now(), False
        for listener in self._listeners:
            listener.expect(events)

        async def write(connection: AsyncConnection) -> Collection[Incoming]:
            if given_up:
                # The platform was told no and brings it again: storing it now would only make that one wait, too.
                return ()
            stored = (await inbox.store(connection, events, now, ends=not position)).values()
            if position:
                last(connection)
                await inbox.move(connection, platform, account, position, now)
            return stored

        try:
            async with asyncio.timeout(PROMPT):
                new = await self._database.write(write)
        except (SQLAlchemyError, TimeoutError) as error:
            # Begun already, it may still be stored; when the platform brings it again, its key is known.
            given_up = True
            log.error("an event could not be stored", error=type(error).__name__)
            for listener in self._listeners:
                listener.forget(events)
            raise NotAccepted(str(type(error).__name__)) from error
        for listener in self._listeners:
            if new:
                listener.hear(new)
            if len(new) < len(events):
                listener.forget([event for event in events if event not in new])

    async def _is_full(self) -> bool:
        """Counted now and then: an inbox that overflows does so over minutes."""
        now = self._monotonic()
        if now >= self._count_again:
            self._count_again = now + COUNT
            async with self._database.read() as connection:
                self._full = await inbox.count_state(connection, "new") > MOST
            if self._full:
                log.error("too many events wait: the platforms keep what comes now", most=MOST)
        return self._full

    async def position(self, platform: str, account: str) -> str:
        async with self._database.read() as connection:
            return await inbox.position(connection, platform, account, self._clock.now())


class Door:
    """The inbox as one account's adapter sees it."""

    def __init__(self, inbox: Inbox, platform: str, account: str) -> None:
        self._inbox, self._platform, self._account = inbox, platform, account

    async def accept(self, events: Sequence[Incoming], *, position: str = "") -> None:
        await self._inbox.accept(events, position=position, platform=self._platform, account=self._account)

    async def position(self, platform: str, account: str) -> str:
        return await self._inbox.position(platform, account)


class Consumer:
    """Handles the stored events of one account. One at a time for each account: the caller holds the lease."""

    def __init__(self, database: Database, turns: Turns, adapter: Adapter, clock: Clock, answers: Answers) -> None:
        self._database = database
        self._turns = turns
        self._adapter = adapter
        self._clock = clock
        self._answers = answers
        self._wake = asyncio.Event()
        self._at_hand: dict[str, Incoming] = {}
        """What this process stores, by its keys. The rows are the truth and say what is next; this only spares us to open them."""
        self._is_on = False
        self._has_more = False
        """The last look found as many as there was room for."""
        self._busy: dict[str, int] = {}
        """The rows under way, by their chats."""
        self._behind: set[str] = set()
        """Chats in which more waits behind the row under way."""
        self._under_way: set[asyncio.Task[None]] = set()
        self._beside: set[asyncio.Task[None]] = set()

    def expect(self, events: Collection[Incoming]) -> None:
        """What this process is about to store: of another account, or more than we can handle soon, it is read from its rows.

        Told before its commit: a look may find the rows before whoever stored them knows.
        """
        if self._is_on and len(self._at_hand) < AT_HAND:
            for event in filter(self._is_ours, events):
                self._at_hand.setdefault(event.event, event)

    def hear(self, events: Collection[Incoming]) -> None:
        if any(self._is_ours(event) for event in events):
            self._wake.set()

    def forget(self, events: Collection[Incoming]) -> None:
        for event in events:
            self._at_hand.pop(event.event, None)

    def _is_ours(self, event: Incoming) -> bool:
        return (event.where.platform, event.where.account) == (self._adapter.platform, self._adapter.account)

    async def run(self, stop: asyncio.Event) -> None:
        self._is_on = True
        try:
            async with woken_by(stop, self._wake):
                while not stop.is_set():
                    self._wake.clear()
                    if not await self._round() and not stop.is_set():
                        await self._rest()
        finally:
            # While another process handles them, nothing here would be right for long.
            self._is_on = False
            self._at_hand.clear()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5)
        for task in self._beside:
            task.cancel()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(LOOK):
                await self._wake.wait()
        except TimeoutError:
            # Nothing is waiting for us: whatever is still here was handled by somebody else, or waits for a later try.
            self._at_hand.clear()

    async def _round(self) -> bool:
        """Starts a turn in every chat that has something due and is not busy. Returns whether it is worth while to look again at once."""
        room = WIDTH - len(self._busy)
        if room <= 0 or (self._has_more and room < SOME):
            return False
        async with self._database.read() as connection:
            platform, account = self._adapter.platform, self._adapter.account
            found = await inbox.waiting(connection, platform, account, self._clock.now(), room, self._busy, self._at_hand)
        self._has_more, self._behind = len(found.events) == room, found.behind
        for id in found.unreadable:
            log.error("an event is given up: its row cannot be read", id=id)
            await self._database.write(alone(partial(inbox.end, id=id, error="unreadable")))
        for event in found.events:
            self._begin(event)
        # What was under way when we asked may be over by now: nobody else would wake us for what stands behind it.
        return bool(found.unreadable) or not found.behind <= self._busy.keys()

    def _begin(self, event: Event) -> None:
        chat = event.incoming.where.chat
        task = asyncio.create_task(self._handle(event), name=f"turn-{event.id}")
        self._busy[chat] = event.id
        self._under_way.add(task)
        task.add_done_callback(partial(self._finished, chat))

    def _finished(self, chat: str, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        del self._busy[chat]
        # Else nothing can have become next by this.
        if self._has_more or chat in self._behind:
            self._wake.set()

    async def _handle(self, event: Event) -> None:
        incoming = event.incoming
        typing = self._start_typing(incoming)
        try:
            after = await self._turns.take(event, self._adapter.limits, self._answers.expect)
        except Fenced:
            self._answers.forget()
            log.warning("an event was handled elsewhere", id=event.id)
            return
        except Exception as error:
            self._answers.forget()
            await self._put_off(event, error)
            return
        finally:
            if typing:
                typing.cancel()
        self._answers.wake()
        if incoming.files:
            self._run_beside(self._adapter.release(incoming))
        if incoming.kind is Kind.PRESS:
            self._run_beside(self._adapter.acknowledge(incoming, after.note))
        elif incoming.kind is Kind.INLINE:
            self._run_beside(self._adapter.answer_inline(incoming, after.lines))

    async def _put_off(self, event: Event, error: Exception) -> None:
        log.exception("a turn failed", id=event.id)
        now = self._clock.now()
        try:
            dead = await self._database.write(lambda connection: inbox.put_off(connection, event, type(error).__name__, now))
        except Exception:
            # The row is still open as it was; the next round finds it again.
            log.exception("the failure could not be noted", id=event.id)
            await asyncio.sleep(LOOK)
            return
        if dead:
            log.error("an event is given up", id=event.id)

    def _start_typing(self, incoming: Incoming) -> asyncio.TimerHandle | None:
        waits = incoming.kind in (Kind.TEXT, Kind.COMMAND) or incoming.files
        if not waits or not incoming.addressed:
            return None
        # Most answers come sooner: a timer that is cancelled costs them next to nothing.
        return asyncio.get_running_loop().call_later(TYPING, lambda: self._run_beside(self._adapter.typing(incoming.where)))

    def _run_beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

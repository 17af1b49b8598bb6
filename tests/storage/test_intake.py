"""Taking in: no more than can be carried, and no platform kept waiting."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot import intake
from bot.adapters.terminal import Terminal
from bot.core.clock import FixedClock
from bot.core.errors import Fenced, NotAccepted
from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.platform import Limits
from bot.intake import Consumer, Inbox
from bot.storage import inbox, vault
from bot.storage.database import Database
from bot.storage.inbox import Event
from bot.storage.vault import Place
from handlers.turn import After
from tests.patience import PATIENCE, until

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class Seconds:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def event(number: int) -> Incoming:
    return Incoming(str(number), Kind.TEXT, Where("fake", "bot", "7"), ChatKind.PRIVATE, "7", NOW, text="在吗")


async def open_events(database: Database) -> int:
    async with database.read() as connection:
        return await inbox.count_state(connection, "new")


async def test_with_too_many_open_events_nothing_is_taken_until_there_are_fewer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST", 10)
    seconds = Seconds()
    box = Inbox(database, FixedClock(NOW), seconds)
    await box.accept([event(number) for number in range(11)])
    seconds.now += intake.COUNT
    with pytest.raises(NotAccepted, match="too many"):
        await box.accept([event(100)])
    assert await open_events(database) == 11
    await database.write(lambda connection: inbox.end(connection, 1))
    seconds.now += intake.COUNT
    await box.accept([event(100)])
    assert await open_events(database) == 11


async def test_once_it_is_closed_nothing_is_taken(database: Database) -> None:
    """What comes while the service ends stays with the platform: nobody would handle it here."""
    box = Inbox(database, FixedClock(NOW))
    box.close()
    with pytest.raises(NotAccepted, match="shutting down"):
        await box.accept([event(1)])
    assert await open_events(database) == 0


@pytest.mark.sqlite_only
async def test_a_locked_database_keeps_no_platform_waiting_and_nothing_is_stored_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused long before the database itself would give up; what was stored late after all is known when it comes again."""
    monkeypatch.setattr(intake, "PROMPT", 0.2)
    box = Inbox(database, FixedClock(NOW))
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(NotAccepted, match="TimeoutError"):
            await box.accept([event(1)])
        other.execute("rollback")
    await asyncio.gather(*(box.accept([event(1)]) for _ in range(3)), return_exceptions=True)
    monkeypatch.setattr(intake, "PROMPT", 60.0)
    await box.accept([event(1)])
    assert await open_events(database) == 1


@pytest.mark.sqlite_only
async def test_what_was_refused_before_its_turn_is_not_stored_behind_the_platforms_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of those who come again would else bring one more row to write, and none would ever be in time."""
    monkeypatch.setattr(intake, "PROMPT", 0.2)
    box, free = Inbox(database, FixedClock(NOW)), asyncio.Event()

    async def long(_connection: object) -> None:
        await free.wait()

    busy = asyncio.create_task(database.write(long))
    await asyncio.sleep(0)
    with pytest.raises(NotAccepted, match="Timeout"):
        await box.accept([event(1)])
    free.set()
    await busy
    await database.write(lambda connection: inbox.position(connection, "fake", "bot", NOW))
    assert await open_events(database) == 0
    monkeypatch.setattr(intake, "PROMPT", 60.0)
    await box.accept([event(1)])
    assert await open_events(database) == 1


class Nobody:
    """Sends nothing."""

    def __init__(self) -> None:
        self.has_forgotten = False

    def expect(self, answers: object) -> None: ...

    def forget(self) -> None:
        self.has_forgotten = True

    def wake(self) -> None: ...


class Taker:
    """Handles events by ending them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.taken: list[Incoming] = []
        self.some, self.free = asyncio.Event(), asyncio.Event()
        self.free.set()

    async def take(self, event: Event, limits: Limits, expect: object) -> After:
        await self.free.wait()
        await self._database.write(lambda connection: inbox.end(connection, event.id))
        self.taken.append(event.incoming)
        self.some.set()
        return After()


class Failing(Taker):
    """Cannot commit what it announced."""

    def __init__(self, database: Database, error: Exception) -> None:
        super().__init__(database)
        self._error = error

    async def take(self, event: Event, limits: Limits, expect: object) -> After:
        raise self._error


@pytest.mark.parametrize("error", [Fenced("elsewhere"), RuntimeError("no disk")])
async def test_what_a_failing_turn_announced_is_forgotten(database: Database, error: Exception) -> None:
    terminal, nobody = Terminal("bot", lambda _: None, FixedClock(NOW)), Nobody()
    consumer = Consumer(database, Failing(database, error), terminal, FixedClock(NOW), nobody)  # type: ignore[arg-type]
    box, stop = Inbox(database, FixedClock(NOW)), asyncio.Event()
    box.on_news(consumer)
    running = asyncio.create_task(consumer.run(stop))
    await box.accept([replace(event(1), where=Where(terminal.platform, "bot", "7"))])
    await until(lambda: nobody.has_forgotten)
    stop.set()
    await asyncio.wait_for(running, PATIENCE)


async def test_words_stay_in_memory_only_where_they_are_handled_and_no_longer(database: Database) -> None:
    """A process that stands by, or has handled all, holds nothing of what people said; what it did not hold it reads."""
    terminal, taker = Terminal("bot", lambda _: None, FixedClock(NOW)), Taker(database)
    consumer = Consumer(database, taker, terminal, FixedClock(NOW), Nobody())  # type: ignore[arg-type]
    box = Inbox(database, FixedClock(NOW))
    box.on_news(consumer)
    here, elsewhere = replace(event(1), where=Where(terminal.platform, "bot", "7")), event(2)
    await box.accept([here, elsewhere])
    assert consumer._at_hand == {}
    stop = asyncio.Event()
    running = asyncio.create_task(consumer.run(stop))
    async with asyncio.timeout(PATIENCE):
        await taker.some.wait()
        taker.some.clear()
        await box.accept([replace(here, event="3"), replace(elsewhere, event="4")])
        await taker.some.wait()
        stop.set()
        await running
    assert [each.event for each in taker.taken] == ["1", "3"]
    assert consumer._at_hand == {}


@asynccontextmanager
async def consuming(database: Database, taker: Taker, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Inbox, list[int]]]:
    """With an inbox that it hears, and the number of turns begun at each look; never by the clock alone."""
    monkeypatch.setattr(intake, "LOOK", 10 * PATIENCE)
    looks, waiting = list[int](), inbox.waiting

    async def counted(*given: Any) -> inbox.Waiting:
        found = await waiting(*given)
        looks.append(len(found.events))
        return found

    monkeypatch.setattr(inbox, "waiting", counted)
    terminal = Terminal("bot", lambda _: None, FixedClock(NOW))
    consumer = Consumer(database, taker, terminal, FixedClock(NOW), Nobody())  # type: ignore[arg-type]
    box, stop = Inbox(database, FixedClock(NOW)), asyncio.Event()
    box.on_news(consumer)
    running = asyncio.create_task(consumer.run(stop))
    await until(lambda: looks == [0])
    yield box, looks
    stop.set()
    await asyncio.wait_for(running, PATIENCE)


def in_terminal(number: int, chat: str = "7") -> Incoming:
    return replace(event(number), where=Where(Terminal.platform, "bot", chat))


async def test_an_event_alone_costs_one_look_and_other_accounts_none(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = Taker(database)
    async with consuming(database, taker, monkeypatch) as (box, looks):
        await box.accept([event(1)])
        for number in (2, 3):
            await box.accept([in_terminal(number)])
            await until(lambda number=number: len(taker.taken) == number - 1)  # type: ignore[misc]
    assert looks[1:3] == [1, 1]


class Late:
    """A database whose commits are known only once everybody has looked for what is new."""

    def __init__(self, database: Database, looked: Callable[[], Awaitable[None]]) -> None:
        self.read, self._write, self._looked = database.read, database.write, looked

    async def write(self, job: Any) -> Any:
        done = await self._write(job)
        await self._looked()
        return done


async def test_a_look_before_whoever_stored_it_knows_opens_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taker, opened = Taker(database), list[str]()
    async with consuming(database, taker, monkeypatch) as (box, _):

        async def looked() -> None:
            box._listeners[0].hear([in_terminal(1)])
            await until(lambda: bool(taker.taken))

        async def unsealed(connection: Any, place: Place, sealed: str) -> str:
            opened.append(place.row)
            return await unseal(connection, place, sealed)

        unseal = vault.unseal
        monkeypatch.setattr(vault, "unseal", unsealed)
        box._database = Late(database, looked)  # type: ignore[assignment]
        await box.accept([in_terminal(1)])
    assert not opened


async def test_what_was_known_before_or_not_stored_is_not_kept_in_memory(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = Taker(database)
    async with consuming(database, taker, monkeypatch) as (box, _):
        (consumer,) = box._listeners
        assert isinstance(consumer, Consumer)
        for _time in range(2):
            await box.accept([in_terminal(1)])
            await until(lambda: len(taker.taken) == 1)
        assert not consumer._at_hand

        async def refused(*_given: object, **_named: object) -> None:
            raise SQLAlchemyError

        monkeypatch.setattr(inbox, "store", refused)
        with pytest.raises(NotAccepted):
            await box.accept([in_terminal(2)])
        assert not consumer._at_hand


async def test_what_waits_behind_an_event_is_handled_as_soon_as_that_is_over(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = Taker(database)
    async with consuming(database, taker, monkeypatch) as (box, _):
        await box.accept([in_terminal(1), in_terminal(2), in_terminal(3, "8"), in_terminal(4)])
        await until(lambda: len(taker.taken) == 4)
        many = [in_terminal(number, str(number)) for number in range(10, 10 + 3 * intake.WIDTH)]
        await box.accept(many)
        await until(lambda: len(taker.taken) == 4 + len(many))
    assert [each.event for each in taker.taken if each.where.chat == "7"] == ["1", "2", "4"]


async def test_what_waits_behind_an_event_that_is_over_before_the_look_is_not_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = Taker(database)
    taker.free.clear()
    async with consuming(database, taker, monkeypatch) as (box, looks):
        waiting = inbox.waiting

        async def slow(*given: Any) -> inbox.Waiting:
            found = await waiting(*given)
            if found.behind:
                taker.free.set()
                await until(lambda: not any(task.get_name().startswith("turn-") for task in asyncio.all_tasks()))
            return found

        monkeypatch.setattr(inbox, "waiting", slow)
        await box.accept([in_terminal(1)])
        await until(lambda: looks[-1] == 1)
        await box.accept([in_terminal(2)])
        await until(lambda: len(taker.taken) == 2)
    assert [each.event for each in taker.taken] == ["1", "2"]

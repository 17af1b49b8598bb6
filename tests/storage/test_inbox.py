"""What platforms gave us: each event once, in order in a chat, and never in another's way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.storage import inbox, retention
from bot.storage.database import Database
from bot.storage.inbox import Event
from bot.storage.tables import Inbox

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HERE = ("fake", "bot")
table = Inbox.__table__


def said(event: str, chat: str = "1", text: str = "你好") -> Incoming:
    return Incoming(event, Kind.TEXT, Where("fake", "bot", chat), ChatKind.PRIVATE, chat, NOW, text=text)


async def store(database: Database, *events: Incoming, now: datetime = NOW) -> int:
    return len(await stored(database, *events, now=now))


async def stored(database: Database, *events: Incoming, now: datetime = NOW) -> dict[int, Incoming]:
    return await database.write(lambda connection: inbox.store(connection, events, now))


async def waiting(database: Database, now: datetime = NOW, limit: int = 10) -> list[Event]:
    async with database.read() as connection:
        events, unreadable, _ = await inbox.waiting(connection, *HERE, now, limit)
    assert unreadable == []
    return events


async def end(database: Database, event: Event, error: str = "") -> bool:
    return await database.write(lambda connection: inbox.end(connection, event.id, error))


async def put_off(database: Database, event: Event, now: datetime) -> bool:
    return await database.write(lambda connection: inbox.put_off(connection, event, "OperationalError", now))


async def rows(database: Database) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(select(table).order_by(table.c.id))).all())


def names(events: list[Event]) -> list[str]:
    return [event.incoming.event for event in events]


async def test_an_event_comes_out_as_it_came_in(database: Database) -> None:
    whole = Incoming(
        *("9", Kind.PRESS, Where("fake", "bot", "-100", "7"), ChatKind.GROUP, "42", NOW),
        addressed=False,
        text="😀\n",
        press="tok.1",
        message="5",
        query="q",
        language="zh-hans",
        title="群",
    )
    await store(database, whole)
    (event,) = await waiting(database)
    assert event.incoming == whole
    assert event.tries == 0


async def test_a_redelivery_is_known_by_its_key(database: Database) -> None:
    assert await store(database, said("1"), said("2")) == 2
    assert await store(database, said("2"), said("3")) == 1
    assert [row.event for row in await rows(database)] == ["1", "2", "3"]


async def test_a_redelivery_is_known_when_the_event_is_done(database: Database) -> None:
    await store(database, said("1"))
    await end(database, (await waiting(database))[0])
    assert await store(database, said("1")) == 0
    assert await waiting(database) == []


async def test_the_same_number_from_another_account_is_another_event(database: Database) -> None:
    others = [replace(said("1"), where=Where("fake", "second", chat)) for chat in "12"]
    assert await store(database, said("1"), others[0]) == 2
    assert await store(database, replace(others[1], event="2")) == 1
    assert [event.incoming.where.account for event in await waiting(database)] == ["bot"], "it is for who serves that account"


async def test_a_lower_number_than_the_last_is_an_event_like_any(database: Database) -> None:
    """Telegram's numbers start anew at random after a quiet week."""
    await store(database, said("900"))
    assert await store(database, said("3", chat="2")) == 1
    assert names(await waiting(database)) == ["900", "3"]


async def test_a_chat_offers_its_oldest_only_and_other_chats_pass(database: Database) -> None:
    await store(database, said("1", "a"), said("2", "a"), said("3", "b"), said("4", "a"), said("5", "b"))
    order = []
    while found := await waiting(database):
        order.append(names(found))
        for event in found:
            assert await end(database, event)
    assert order == [["1", "3"], ["2", "5"], ["4"]]


async def test_a_chat_waits_for_its_oldest_while_that_one_is_put_off(database: Database) -> None:
    await store(database, said("1", "a"), said("2", "a"), said("3", "b"))
    await put_off(database, (await waiting(database))[0], NOW)
    assert names(await waiting(database)) == ["3"]
    assert names(await waiting(database, NOW + timedelta(seconds=1))) == ["1", "3"]


async def test_an_event_taken_in_by_a_clock_put_back_since_is_handled_at_once(database: Database) -> None:
    await store(database, said("ahead"), now=NOW + timedelta(days=1))
    await store(database, said("now"))
    assert names(await waiting(database)) == ["ahead"]


async def test_what_stands_behind_is_told_where_its_turn_comes_next_and_not_where_it_waits_for_a_later_try(database: Database) -> None:
    await store(database, said("1", "a"), said("2", "a"), said("3", "b"), said("4", "b"), said("5", "c"))
    await put_off(database, (await waiting(database))[0], NOW)
    async with database.read() as connection:
        found = await inbox.waiting(connection, *HERE, NOW, 10, {"c": 5})
    assert (names(found.events), found.behind) == (["3"], {"b"})


async def test_no_more_than_asked_for_are_offered(database: Database) -> None:
    await store(database, *(said(str(number), str(number)) for number in range(8)))
    assert names(await waiting(database, limit=3)) == ["0", "1", "2"]


async def test_however_many_wait_in_one_chat_the_others_have_their_turn(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    await store(database, *(said(str(number), "a") for number in range(5)), said("5", "b"))
    assert names(await waiting(database)) == ["0", "5"]


async def test_five_tries_with_growing_waits_and_then_the_chat_goes_on(database: Database) -> None:
    await store(database, said("1", "a"), said("2", "a"))
    now, waits = NOW, []
    for _ in range(4):
        (event,) = await waiting(database, now)
        assert event.incoming.event == "1"
        assert not await put_off(database, event, now)
        assert await waiting(database, now) == []
        due = (await rows(database))[0].due_at
        waits.append(int((due - now).total_seconds()))
        now = due
    (event,) = await waiting(database, now)
    assert await put_off(database, event, now), "the fifth was the last"
    assert waits == [1, 5, 25, 60]
    first = (await rows(database))[0]
    assert (first.state, first.error, first.body) == ("dead", "OperationalError", "")
    assert names(await waiting(database, now)) == ["2"]


async def test_the_words_of_a_done_event_are_gone(database: Database) -> None:
    await store(database, said("1", text="我的执照号 91320500"))
    assert "91320500" not in (await rows(database))[0].body
    await end(database, (await waiting(database))[0])
    (row,) = await rows(database)
    assert (row.state, row.body) == ("done", "")


async def test_an_event_is_ended_once(database: Database) -> None:
    await store(database, said("1"))
    (event,) = await waiting(database)
    assert await end(database, event)
    assert not await end(database, event, "late")
    assert (await rows(database))[0].state == "done"


async def test_an_event_nobody_can_read_is_given_up_and_stops_no_other(database: Database) -> None:
    await store(database, said("1", "a"), said("2", "a"), said("3", "b"))

    async def spoil(connection: AsyncConnection) -> None:
        await connection.execute(update(table).where(table.c.event == "1").values(body='{"kind":"telepathy"}'))

    await database.write(spoil)
    async with database.read() as connection:
        events, unreadable, _ = await inbox.waiting(connection, *HERE, NOW, 10)
    assert names(events) == ["3"]
    assert unreadable == [(await rows(database))[0].id]
    await database.write(lambda connection: inbox.end(connection, unreadable[0], "unreadable"))
    assert names(await waiting(database)) == ["2", "3"]
    assert (await rows(database))[0].state == "dead"


async def test_open_events_are_counted(database: Database) -> None:
    await store(database, said("1"), said("2"), said("3", "b"))
    await end(database, (await waiting(database))[0])
    async with database.read() as connection:
        assert await inbox.count_open(connection, *HERE) == 2
        assert await inbox.count_open(connection, "fake", "other") == 0


# ---- the poller's position ----


async def position(database: Database, now: datetime, account: str = "bot") -> str:
    async with database.read() as connection:
        return await inbox.position(connection, "fake", account, now)


async def test_the_position_is_the_last_one_stored(database: Database) -> None:
    assert await position(database, NOW) == ""
    for place in ("17", "18"):
        await database.write(lambda connection, place=place: inbox.move(connection, *HERE, place, NOW))  # type: ignore[misc]
    assert await position(database, NOW) == "18"
    assert await position(database, NOW, "other") == ""


async def test_a_position_older_than_a_day_is_forgotten(database: Database) -> None:
    await database.write(lambda connection: inbox.move(connection, *HERE, "17", NOW))
    assert await position(database, NOW + timedelta(hours=24)) == "17"
    assert await position(database, NOW + timedelta(hours=24, seconds=1)) == ""


# ---- retention ----


async def test_keys_are_forgotten_after_a_week_and_not_before(database: Database) -> None:
    await store(database, said("1"))
    await end(database, (await waiting(database))[0])
    assert await retention.let_go(database, inbox.passing(NOW + timedelta(days=7))) == 0
    assert await store(database, said("1")) == 0
    assert await retention.let_go(database, inbox.passing(NOW + timedelta(days=7, seconds=1))) == 1
    assert await rows(database) == []


async def test_what_is_open_or_dead_is_not_forgotten(database: Database) -> None:
    await store(database, said("1", "a"), said("2", "b"))
    await end(database, (await waiting(database))[0], "incident 1")
    assert await retention.let_go(database, inbox.passing(NOW + timedelta(days=365))) == 0
    assert [row.state for row in await rows(database)] == ["dead", "new"]


@pytest.mark.sqlite_only
async def test_what_was_handled_is_not_gone_through_for_what_waits(database: Database) -> None:
    """Whatever the number of done events, SQLite finds the open ones by their own index."""
    async with database.read() as connection:
        compiled = inbox.OPEN_PAGE.compile(dialect=connection.dialect)
        plan = (await connection.exec_driver_sql(f"explain query plan {compiled}", ("0",) * len(compiled.positiontup or ()))).all()
        assert [step.detail for step in plan] == ["SEARCH inbox USING INDEX inbox_open (id>?)"]


# ---- at hand ----


async def at_hand_of(database: Database, *events: Incoming) -> dict[str, Incoming]:
    return {event.event: event for event in (await stored(database, *events)).values()}


async def waiting_with(database: Database, at_hand: dict[str, Incoming]) -> tuple[list[Event], list[int]]:
    async with database.read() as connection:
        events, unreadable, _ = await inbox.waiting(connection, *HERE, NOW, 10, {}, at_hand)
        return events, unreadable


async def test_what_is_at_hand_is_what_the_row_holds(database: Database) -> None:
    at_hand = await at_hand_of(database, said("1"), said("2", "b"))
    assert list(at_hand.values()) == [said("1"), said("2", "b")]
    read = await waiting(database)
    assert await waiting_with(database, at_hand) == (read, [])
    assert at_hand == {}


async def test_an_event_known_before_is_not_at_hand(database: Database) -> None:
    await stored(database, said("1"))
    assert list((await stored(database, said("1"), said("2"))).values()) == [said("2")]


async def test_what_is_at_hand_is_not_opened_again(database: Database) -> None:
    stored_now = await stored(database, said("1"))
    at_hand = {"1": said("1")}
    await database.write(lambda connection: connection.execute(update(table).values(body="s1.x.y")))
    assert names((await waiting_with(database, dict(at_hand)))[0]) == ["1"]
    assert await waiting_with(database, {}) == ([], list(stored_now))


async def test_what_others_ended_or_put_off_is_not_given_for_being_at_hand(database: Database) -> None:
    at_hand = await at_hand_of(database, said("1", "a"), said("2", "b"))
    first, second = await waiting(database)
    await end(database, first)
    await put_off(database, second, NOW)
    assert await waiting_with(database, at_hand) == ([], [])


async def test_being_at_hand_makes_no_try_undone(database: Database) -> None:
    """Brought again by the platform, it would seem never to have been tried."""
    await stored(database, said("1"))
    (first,) = await waiting(database)
    await put_off(database, first, NOW - timedelta(minutes=1))
    events, _ = await waiting_with(database, {"1": said("1")})
    assert [each.tries for each in events] == [1]


async def test_being_at_hand_lets_nobody_pass(database: Database) -> None:
    await stored(database, said("1", "a"))
    at_hand = await at_hand_of(database, said("2", "a"), said("3", "b"))
    events, _ = await waiting_with(database, at_hand)
    assert (names(events), [event.event for event in at_hand.values()]) == (["1", "3"], ["2"])

"""Trouble is told to those whose business it is, once when it begins and once when it is over."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select

from bot import alerting
from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.permissions import Role
from bot.core.platform import Limits
from bot.outbox import batches, instance, troubles
from bot.storage import leases, staff
from bot.storage.database import Database
from bot.storage.tables import Chat, Outbox
from bot.words import Words
from tests.storage.test_report import NOW, put

_chat, _outbox = Chat.__table__, Outbox.__table__
PLATFORMS = {"fake": Limits(text=4000, buttons=8)}


@pytest.fixture
async def desk(database: Database) -> Database:
    for name, role in (("boss", Role.OWNER), ("chen", Role.BROADCASTER), ("wang", Role.REVIEWER)):
        member = await database.write(partial(staff.add, name=name, roles={role}, actor="operator", now=NOW))
        code = await database.write(partial(staff.code, id=member.id, actor="operator", now=NOW))
        said = Incoming(name, Kind.TEXT, Where("fake", "bot", name), ChatKind.PRIVATE, name, NOW)
        await database.write(partial(staff.redeem, incoming=said, text=code, now=NOW))
        row = {"platform": "fake", "account": "bot", "chat": name, "kind": "private", "user": name, "region": "", "active": True}
        await database.write(lambda on, row=row: on.execute(insert(_chat).values(**row, welcomed=True, since=NOW)))  # type: ignore[misc]
    return database


async def tick(database: Database, words: Words, minutes: float) -> None:
    now = NOW + timedelta(minutes=minutes)
    await database.write(lambda on: alerting.tell(on, words, PLATFORMS, now))
    sent = _outbox.update().where(_outbox.c.key.like("alert:%")).values(state="sent", settled_at=now)
    await database.write(lambda on: on.execute(sent))


async def test_what_waits_because_nobody_can_send_is_no_second_trouble(desk: Database, words: Words) -> None:
    await put(desk, "a")
    await desk.write(trouble("blocked"))
    await tick(desk, words, 10)
    assert await told(desk) == [("boss", "trouble:send:telegram:1")]


async def told(database: Database) -> list[tuple[str, str]]:
    """Whom, and what kind of thing, in the order of saying."""
    async with database.read() as connection:
        rows = (await connection.execute(select(_outbox.c.chat, _outbox.c.key).order_by(_outbox.c.id))).all()
    return [(row.chat, row.key.removeprefix("alert:").split(":2026")[0]) for row in rows if row.key.startswith("alert:")]


def trouble(state: str, reason: str = "Unauthorized", minutes: float = 0):
    now: datetime = NOW + timedelta(minutes=minutes)
    return partial(troubles.note, name="send:telegram:1", state=state, reason=reason, now=now)


async def test_a_refused_token_is_told_to_the_owner_once_and_once_more_when_it_is_mended(desk: Database, words: Words) -> None:
    await desk.write(trouble("blocked"))
    for minutes in (0.5, 1, 1.5, 2, 30):
        await tick(desk, words, minutes)
    assert await told(desk) == [("boss", "trouble:send:telegram:1")]
    await desk.write(trouble(""))
    for minutes in (31, 32, 33):
        await tick(desk, words, minutes)
    assert await told(desk) == [("boss", "trouble:send:telegram:1"), ("boss", "trouble:send:telegram:1:over")]


async def test_what_comes_and_goes_is_one_trouble(desk: Database, words: Words) -> None:
    for minutes in range(0, 12, 3):
        await desk.write(trouble("blocked", minutes=minutes))
        await tick(desk, words, minutes + 1)
        await desk.write(trouble("", minutes=minutes + 1))
        await tick(desk, words, minutes + 1.5)
    assert await told(desk) == [("boss", "trouble:send:telegram:1")]


async def test_an_answer_that_waits_is_told_with_its_minutes(desk: Database, words: Words) -> None:
    await put(desk, "a")
    await tick(desk, words, 4)
    assert await told(desk) == []
    await tick(desk, words, 6)
    assert await told(desk) == [("boss", "slow")]


async def test_a_paused_notice_concerns_those_who_may_let_it_go_on_unless_a_person_paused_it(desk: Database, words: Words) -> None:
    for id, reason in (("notice:1", "format: too long"), ("notice:2", "staff"), ("notice:3", "quiet")):
        await desk.write(partial(batches.begin, id=id, letters={}, now=NOW))
        await desk.write(partial(batches.pause, id=id, reason=reason))
    await tick(desk, words, 1)
    assert await told(desk) == [("boss", "batch:notice:1"), ("chen", "batch:notice:1")]


async def unknown(database: Database, count: int, minutes: float) -> None:
    at = NOW + timedelta(minutes=minutes)
    for number in range(count):
        await put(database, f"u{minutes}-{number}", lane="bulk")
    await database.write(lambda on: on.execute(_outbox.update().where(_outbox.c.key.like("u%")).values(state="unknown", settled_at=at)))


async def test_unclear_deliveries_are_told_once_and_again_when_they_are_ten_times_as_many(desk: Database, words: Words) -> None:
    await unknown(desk, 2, 0)
    for minutes in (1, 2):
        await tick(desk, words, minutes)
    await unknown(desk, 5, 3)
    await tick(desk, words, 3)
    assert await told(desk) == [("boss", "unknown")]
    await unknown(desk, 15, 4)
    await tick(desk, words, 4)
    assert await told(desk) == [("boss", "unknown")] * 2


async def test_a_restored_copy_says_that_it_sends_nothing_and_then_that_it_does(desk: Database, words: Words) -> None:
    await desk.write(partial(instance.pause, reason="restored", now=NOW))
    await tick(desk, words, 1)
    await desk.write(partial(instance.resume, now=NOW))
    await tick(desk, words, 5)
    assert await told(desk) == [("boss", "paused"), ("boss", "paused:over")]


async def test_two_processes_tell_it_once(desk: Database, words: Words) -> None:
    await desk.write(trouble("blocked"))
    await asyncio.gather(tick(desk, words, 2), tick(desk, words, 2.1))
    assert await told(desk) == [("boss", "trouble:send:telegram:1")]


async def test_the_trouble_of_a_bot_that_was_replaced_ends_by_itself(desk: Database, words: Words) -> None:
    await desk.write(partial(leases.take, name="send:telegram:1", holder="h", now=NOW, is_dead=lambda _: False))
    await desk.write(trouble("blocked"))
    await tick(desk, words, 2)
    for minutes in (12, 15):
        await tick(desk, words, minutes)
    assert await told(desk) == [("boss", "trouble:send:telegram:1"), ("boss", "trouble:send:telegram:1:over")]

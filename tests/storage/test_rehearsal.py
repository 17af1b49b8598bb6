"""A rehearsal says what will be said, and leaves no trace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commands.rehearsal import Rehearsed, played
from bot.core.message import Where
from bot.storage.database import Database
from bot.words import Words
from reminders import own, places, plan
from reminders.own import Rule
from reminders.places import About
from reminders.schedule import Kind
from tests.storage.test_reminders import SHANGHAI, START, TERMS, occurrence, outbox, publish, sent, service, states, subscriber


async def rehearsed(database: Database, start: str, end: str) -> list[Rehearsed]:
    begin, stop = (datetime.fromisoformat(day).replace(tzinfo=SHANGHAI) for day in (start, end))
    return await played(database, Words.open(), TERMS, begin, stop)


async def test_what_is_rehearsed_is_what_is_sent_later_and_nothing_changes(database: Database) -> None:
    await publish(database)
    for number in range(3):
        await subscriber(database, number, (About.REGION, "suzhou"))
    handover, clock = service(database, START)
    await handover.tick()
    before: dict[str, Any] = await states(database)
    played_now = await rehearsed(database, "2026-03-02", "2026-04-01")
    assert await states(database) == before
    async with database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(outbox))).scalar_one() == 0
        dues = (await connection.execute(select(occurrence.c.due_at).distinct().order_by(occurrence.c.due_at))).scalars().all()
    for due in dues:
        clock.at = due
        await handover.tick()
    really = sorted((chat, text.splitlines()[0]) for chat, key, text in await sent(database) if not key.endswith(":old"))
    assert sorted((each.chat.partition(":")[2], each.text.splitlines()[0]) for each in played_now) == really


async def test_what_recurs_is_rehearsed_however_far_away_without_its_words(database: Database) -> None:
    async def job(connection: AsyncConnection) -> None:
        place = await places.place_at(connection, Where("fake", "bot", "1"), group=False, user="u1", language="")
        rule = Rule(datetime(2026, 3, 2, 8, 30), "Asia/Shanghai", "FREQ=WEEKLY;BYDAY=MO")
        id = await own.add(connection, place.id, "u1", "fake:u1", rule, "秘密", START)
        first = rule.after(START)
        assert first
        await plan.put(connection, [plan.row(f"o{id}", place.id, Kind.OWN, first, own=id)])

    await database.write(job)
    found = await rehearsed(database, "2026-06-01", "2026-06-16")
    assert [f"{each.at:%m-%d %H:%M}" for each in found] == ["06-01 08:30", "06-08 08:30", "06-15 08:30"]
    assert all("秘密" not in each.text for each in found)

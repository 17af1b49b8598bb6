"""A rehearsal says what will be said, and leaves no trace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.rehearsal import Rehearsed, played
from bot.storage.database import Database
from bot.words import Words
from reminders.places import About
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

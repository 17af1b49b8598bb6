"""What is past its time goes in small steps, the file stays level under a steady stream, and what a flood took is given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import conversations, inbox, retention
from bot.storage.database import Database
from bot.storage.tables import Conversation, Inbox

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
_inbox = Inbox.__table__
_conversation = Conversation.__table__


def done(number: int, at: datetime) -> dict[str, Any]:
    key = {"platform": "fake", "account": "bot", "event": str(number), "chat": str(number % 50)}
    return key | {"state": "done", "body": "", "tries": 0, "due_at": at, "received_at": at, "error": ""}


async def put(database: Database, count: int, at: datetime, first: int = 0) -> None:
    rows = [done(first + number, at) for number in range(count)]
    await database.write(lambda connection: connection.execute(insert(_inbox), rows))


async def count(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(_inbox))).scalar_one())


async def pages(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.exec_driver_sql("pragma page_count")).scalar_one())


async def test_many_go_in_steps_and_those_whose_time_is_not_over_stay(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await put(database, 950, NOW - 8 * DAY)
    await put(database, 30, NOW - 6 * DAY, first=950)
    monkeypatch.setattr(retention, "FOUND", 300)
    steps: list[int] = []
    step = retention._step

    async def counted(connection: AsyncConnection, **given: Any) -> int:
        steps.append(len(given["keys"]))
        return await step(connection, **given)

    monkeypatch.setattr(retention, "_step", counted)
    assert await retention.let_go(database, inbox.passing(NOW)) == 950
    assert max(steps) <= retention.STEP
    assert sum(steps) == 950, "each row is deleted once"
    assert await count(database) == 30


async def test_whoever_comes_back_between_the_look_and_the_step_keeps_the_conversation(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key: dict[str, Any] = {"platform": "fake", "account": "bot", "thread": "", "step": "", "state": "", "offer": ""}
    rows = [key | {"chat": chat, "user": chat, "updated_at": NOW - 40 * DAY} for chat in ("gone", "back")]
    await database.write(lambda connection: connection.execute(insert(_conversation), rows))
    found = retention._found

    async def someone_comes(database: Database, passing: retention.Passing) -> Any:
        keys = await found(database, passing)
        back = _conversation.update().where(_conversation.c.chat == "back").values(updated_at=NOW)
        await database.write(lambda connection: connection.execute(back))
        return keys

    monkeypatch.setattr(retention, "_found", someone_comes)
    await retention.let_go(database, conversations.passing(NOW))
    async with database.read() as connection:
        assert (await connection.execute(select(_conversation.c.chat))).scalars().all() == ["back"]


@pytest.mark.sqlite_only
async def test_the_file_stays_level_under_a_steady_stream(database: Database) -> None:
    sizes = []
    for day in range(30):
        await put(database, 300, NOW + day * DAY, first=day * 300)
        await retention.let_go(database, inbox.passing(NOW + day * DAY))
        sizes.append(await pages(database))
    assert await count(database) == 8 * 300
    assert max(sizes[9:]) <= sizes[8] * 1.1, sizes


@pytest.mark.sqlite_only
async def test_what_a_flood_took_is_given_back_to_the_disk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "SPARE", 50)
    before = await pages(database)
    await put(database, 5000, NOW)
    flooded = await pages(database)
    await retention.let_go(database, inbox.passing(NOW + 8 * DAY))
    assert await pages(database) == flooded, "free pages are kept until they are given back"
    assert await retention.give_back(database) > 0
    assert await pages(database) < before + (flooded - before) / 2
    path = Path(str(database.url.database))
    async with database.read() as connection:
        assert (await connection.exec_driver_sql("pragma integrity_check")).scalar_one() == "ok"
    assert path.stat().st_size <= flooded * 4096


async def test_where_nothing_is_free_nothing_is_given_back(database: Database) -> None:
    assert await retention.give_back(database) == 0

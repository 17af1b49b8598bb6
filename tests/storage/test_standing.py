"""What keeps a poller from its work stands in the list of troubles as long as it does, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.adapters.telegram import Telegram
from bot.app import Core
from bot.core.clock import FixedClock
from bot.intake import Inbox
from bot.outbox import troubles
from bot.service import note_standing
from bot.settings import Settings
from bot.storage.database import Database
from bot.words import Words
from tests.adapters.test_telegram import QUICK
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.patience import PATIENCE

POLL = "poll:telegram:123456789"


@asynccontextmanager
async def polling(database: Database, clock: FixedClock, words: Words, fake: FakeTelegram) -> AsyncIterator[None]:
    core = Core(Settings(_env_file=None), clock, database, words, Inbox(database, clock))
    telegram, stop = Telegram(TOKEN, base_url=fake.base_url, timing=QUICK), asyncio.Event()
    await telegram.start()
    tasks = [
        asyncio.create_task(telegram.poll(core.door(telegram), stop)),
        asyncio.create_task(note_standing(core, POLL, telegram, stop)),
    ]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)
        await telegram.close()


async def becomes(database: Database, state: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while await _state(database) != state:
            await asyncio.sleep(0.05)


async def _state(database: Database) -> str:
    async with database.read() as connection:
        return next((each.state for each in await troubles.all_of(connection) if each.name == POLL), "")


@pytest.mark.parametrize(("status", "expected"), [(409, "conflict"), (401, "locked")])
async def test_a_refusal_stands_there_until_it_is_over(
    database: Database, clock: FixedClock, words: Words, status: int, expected: str
) -> None:
    async with FakeTelegram() as fake:
        fake.fault("getUpdates", "error", status=status, description="Conflict" if status == 409 else "Unauthorized", times=10_000)
        async with polling(database, clock, words, fake):
            await becomes(database, expected)
            fake._faults.clear()
            await becomes(database, "")


async def test_what_a_process_before_us_left_is_cleared(database: Database, clock: FixedClock, words: Words) -> None:
    await database.write(lambda on: troubles.note(on, POLL, "conflict", "", clock.now()))
    async with FakeTelegram() as fake, polling(database, clock, words, fake):
        await becomes(database, "")

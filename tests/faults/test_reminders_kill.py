"""Three scheduler processes on one database, killed at random while their clocks jump: no reminder is lost, none goes out twice.

ZHICE_REMINDERS=10000 makes it the large run; its figures stand in docs/performance.md.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from benchmarks.reminders import NOW, fill
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.reminder_tables import Occurrence
from bot.storage.tables import Outbox
from tests.patience import PATIENCE
from tests.secret import master
from tests.storage.conftest import address, engine, pytest_generate_tests, server  # noqa: F401

pytestmark = pytest.mark.xdist_group("processes")
SEED = 20260302
COUNT = int(os.environ.get("ZHICE_REMINDERS", "300"))
KILLS = 6 if COUNT >= 10_000 else 2
ROOT = Path(__file__).resolve().parents[2]
_occurrence = Occurrence.__table__
_outbox = Outbox.__table__

SCHEDULER = """
import asyncio, itertools, sys
from datetime import timedelta
from sqlalchemy.exc import OperationalError
from benchmarks.reminders import LIMITS, NOW, TERMS
from bot.core.clock import FixedClock
from bot.storage.database import Database
from bot.words import Words
from reminders import handover
from tests.secret import master

async def main(at_once):
    handover.AT_ONCE = at_once
    database = Database(sys.argv[1], master())
    await database.open()
    await database.unlock(NOW)
    clock = FixedClock(NOW)
    scheduler = handover.Handover(database, Words.open(), clock, TERMS, LIMITS)
    # Its clock jumps: to before anything is due, and past it.
    for minutes in itertools.cycle((0, -10, 5)):
        clock.at = NOW + timedelta(minutes=minutes)
        try:
            await scheduler.tick()
        except OperationalError:
            pass
        await asyncio.sleep(0.01)

asyncio.run(main(int(sys.argv[2])))
"""


@pytest.fixture
async def database(address: URL) -> AsyncIterator[Database]:  # noqa: F811
    opened = Database(address.render_as_string(hide_password=False), master())
    await opened.open()
    await schema.migrate(opened)
    await opened.unlock(NOW)
    yield opened
    await opened.close()


async def open_rows(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).where(_occurrence.c.state == "open"))).scalar_one())


class Schedulers:
    """Three of them; whoever is killed is followed by another."""

    def __init__(self, database: Database) -> None:
        self._arguments = [database.url.render_as_string(hide_password=False), str(max(5, COUNT // 100))]
        self._running: list[asyncio.subprocess.Process] = []

    async def __aenter__(self) -> Schedulers:
        self._running = [await self._start() for _ in range(3)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in self._running:
            process.kill()
            await process.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(sys.executable, "-c", SCHEDULER, *self._arguments, cwd=ROOT)

    async def kill(self, number: int) -> None:
        self._running[number].send_signal(signal.SIGKILL)
        assert await self._running[number].wait() == -signal.SIGKILL
        self._running[number] = await self._start()


async def test_three_schedulers_killed_at_random_lose_nothing_and_repeat_nothing(database: Database) -> None:
    chance = random.Random(SEED)
    await fill(database, COUNT, COUNT)
    kills = 0
    async with asyncio.timeout(PATIENCE * 3), Schedulers(database) as schedulers:
        while left := await open_rows(database):
            # Each kill after some more of the work: never before it has begun, never after it is done.
            if left < COUNT and kills < KILLS and left <= COUNT * (1 - kills / KILLS) - 1:
                await asyncio.sleep(chance.uniform(0, 0.05))
                await schedulers.kill(chance.randrange(3))
                kills += 1
            await asyncio.sleep(0.005)
    async with database.read() as connection:
        chats = Counter((await connection.execute(select(_outbox.c.chat))).scalars())
        states = {state: count for state, count in await connection.execute(select(_occurrence.c.state, func.count()).group_by("state"))}
    assert kills
    assert Counter(chats.values()) == {1: COUNT}
    assert states == {"done": COUNT}

"""Three scheduler processes on one database, killed at random while 10,000 reminders fall due: none is lost, none goes out twice."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.reminders import NOW, fill
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.reminder_tables import Occurrence
from bot.storage.tables import Outbox
from tests.secret import master

SEED = 20260302
COUNT = 10_000
ROOT = Path(__file__).resolve().parents[2]
_occurrence = Occurrence.__table__
_outbox = Outbox.__table__

SCHEDULER = """
import asyncio, sys
from zoneinfo import ZoneInfo
from sqlalchemy.exc import OperationalError
from benchmarks.reminders import NOW
from bot.app import wider
from bot.core.clock import FixedClock
from bot.storage.database import Database
from bot.words import Words
from datetime import timedelta
from reminders.handover import Handover
from reminders.plan import Terms
from reminders.workdays import published
from tests.secret import master

async def main():
    database = Database(sys.argv[1], master())
    await database.open()
    await database.unlock(NOW)
    # Its clock jumps: forward by minutes, and back again.
    clock = FixedClock(NOW)
    handover = Handover(database, Words.open(), clock, Terms(published(), ZoneInfo("Asia/Shanghai"), wider()), {})
    while True:
        clock.at = NOW + timedelta(minutes=5) if clock.at == NOW else NOW
        try:
            await handover.tick()
        except OperationalError:
            pass
        await asyncio.sleep(0.05)

asyncio.run(main())
"""


async def open_rows(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).where(_occurrence.c.state == "open"))).scalar_one())


async def start(address: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-c", SCHEDULER, address, cwd=ROOT)


async def test_three_schedulers_killed_at_random_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    address = f"sqlite+aiosqlite:///{tmp_path / 'reminders.db'}"
    database = Database(address, master())
    await database.open()
    await schema.migrate(database)
    await database.unlock(NOW)
    await fill(database, COUNT, COUNT)
    running = [await start(address) for _ in range(3)]
    kills = 0
    try:
        async with asyncio.timeout(540):
            while await open_rows(database):
                await asyncio.sleep(chance.uniform(3, 6))
                if kills < 6:
                    victim = chance.randrange(3)
                    running[victim].send_signal(signal.SIGKILL)
                    await running[victim].wait()
                    running[victim] = await start(address)
                    kills += 1
    finally:
        for process in running:
            process.kill()
            await process.wait()
    async with database.read() as connection:
        chats = Counter((await connection.execute(select(_outbox.c.chat))).scalars())
        states = dict((await connection.execute(select(_occurrence.c.state, func.count()).group_by(_occurrence.c.state))).all())
    await database.close()
    assert kills
    assert Counter(chats.values()) == {1: COUNT}
    assert states == {"done": COUNT}

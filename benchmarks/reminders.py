"""Pending reminders as rows beside APScheduler's own jobs: idle scan, a burst that falls due at once, and how long the loop was held.

Run: python -m benchmarks.reminders [--pending 1000000] [--burst 10000] [--jobs 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, insert, select

from bot.app import wider
from bot.core.clock import FixedClock
from bot.core.platform import Limits
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.reminder_tables import Occurrence, ReminderPlace, Subscription
from bot.storage.tables import Outbox
from bot.words import Words
from reminders import shelf
from reminders.handover import Handover
from reminders.plan import Terms
from reminders.window import CutOff, Level, Source, Window
from reminders.workdays import published
from tests.secret import master

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
CHUNK = 20_000
_occurrence: Any = Occurrence.__table__  # type: ignore[attr-defined]
_outbox: Any = Outbox.__table__  # type: ignore[attr-defined]


async def fill(database: Database, pending: int, burst: int) -> None:
    """`burst` places have one reminder due now; the rest lie in the next year."""
    source = Source("office", "notice", date(2026, 3, 1))
    window = Window(0, 1, "Award", source, (CutOff(Level.CITY, date(2027, 12, 31)),))
    added = await database.write(lambda connection: shelf.add(connection, window, "benchmark", NOW))

    def place(n: int) -> dict[str, Any]:
        where = {"platform": "fake", "account": "bot", "chat": str(n), "thread": "", "group": False, "user": f"u{n}"}
        return {"id": n + 1} | where | {"language": "", "at": "09:00", "quiet_from": "", "quiet_until": ""}

    def wanted(n: int) -> dict[str, Any]:
        about = {"kind": "window", "target": str(added.id), "ladder": "[1]", "level": "", "made_by": "", "made_at": NOW}
        return {"place": n + 1} | about

    def due(n: int) -> dict[str, Any]:
        at = NOW if n < burst else NOW + timedelta(minutes=30 + n % 500_000)
        fields = {"reminder": f"p{n}", "place": n % burst + 1, "kind": "deadline", "window": added.id, "step": 1, "state": "open"}
        return fields | {"due_at": at, "reason": "", "message": ""}

    for table, row, count in ((ReminderPlace, place, burst), (Subscription, wanted, burst), (Occurrence, due, pending)):
        for start in range(0, count, CHUNK):
            rows = [row(n) for n in range(start, min(start + CHUNK, count))]
            await database.write(lambda connection, t=table, r=rows: connection.execute(insert(t), r))  # type: ignore[misc]
    await database.write(lambda connection: connection.exec_driver_sql("update window set told = version"))


async def held(stop: asyncio.Event, longest: list[float]) -> None:
    """How late the loop comes back to us."""
    while not stop.is_set():
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        longest.append(time.perf_counter() - begun - 0.001)


async def ours(folder: str, pending: int, burst: int) -> None:
    database = Database(f"sqlite+aiosqlite:///{folder}/bench.db", master())
    await database.open()
    await schema.migrate(database)
    await database.unlock(NOW)
    begun = time.perf_counter()
    await fill(database, pending, burst)
    print(f"filled {pending} reminders in {time.perf_counter() - begun:.0f} s")
    clock = FixedClock(NOW - timedelta(seconds=1))
    begun = time.perf_counter()
    handover = Handover(database, Words.open(), clock, Terms(published(), ZONE, wider()), {"fake": Limits(text=4096, buttons=10)})
    print(f"restart with {pending} pending: {(time.perf_counter() - begun) * 1000:.0f} ms, none of them loaded")
    idle = []
    for _ in range(200):
        begun = time.perf_counter()
        await handover.tick()
        idle.append((time.perf_counter() - begun) * 1000)
    print(f"idle tick: p50 {statistics.median(idle):.1f} ms, p99 {statistics.quantiles(idle, n=100)[98]:.1f} ms")
    clock.at = NOW
    stop, gaps = asyncio.Event(), [0.0]
    watch = asyncio.create_task(held(stop, gaps))
    begun = time.perf_counter()
    await handover.tick()
    took = time.perf_counter() - begun
    stop.set()
    await watch
    async with database.read() as connection:
        out = (await connection.execute(select(func.count()).select_from(_outbox))).scalar_one()
        done = (await connection.execute(select(func.count()).where(_occurrence.c.state == "done"))).scalar_one()
    gaps.sort()
    print(f"burst of {burst}: handed over in {took:.1f} s ({burst / took:.0f}/s), outbox {out}, done {done}")
    print(f"loop held: p99 {gaps[int(len(gaps) * 0.99)] * 1000:.0f} ms, longest {gaps[-1] * 1000:.0f} ms")
    await database.close()


async def theirs(jobs: int, burst: int) -> None:
    """APScheduler with a job for each reminder, in memory: lost at a restart, and loaded whole."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    fired = 0

    async def job() -> None:
        nonlocal fired
        fired += 1

    begun = time.perf_counter()
    when = datetime.now(UTC) + timedelta(days=30)
    for _ in range(jobs):
        scheduler.add_job(job, "date", run_date=when)
    scheduler.start()
    print(f"APScheduler: {jobs} jobs added and loaded in {time.perf_counter() - begun:.1f} s")
    begun, stop, gaps = time.perf_counter(), asyncio.Event(), [0.0]
    watch = asyncio.create_task(held(stop, gaps))
    for _ in range(burst):
        scheduler.add_job(job, "date", run_date=datetime.now(UTC), misfire_grace_time=None)
    while fired < burst and time.perf_counter() - begun < 120:
        await asyncio.sleep(0.01)
    took = time.perf_counter() - begun
    stop.set()
    await watch
    print(f"APScheduler: burst of {burst}: {fired} run in {took:.1f} s, loop held up to {max(gaps) * 1000:.0f} ms (no rows or words)")
    scheduler.shutdown(wait=False)


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pending", type=int, default=1_000_000)
    parser.add_argument("--burst", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        await ours(folder, given.pending, given.burst)
    await theirs(given.jobs, min(given.burst, 2000))


if __name__ == "__main__":
    asyncio.run(main())

"""Pending reminders as rows beside APScheduler's own jobs in the same run: idle look, a burst that falls due within a second, restart.

Run: python -m benchmarks.reminders [--pending 1000000] [--burst 10000] [--jobs 100000] [--database ADDRESS]
Draws docs/pictures/reminders.png and prints the table of docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import bindparam, func, insert, select, update

from benchmarks.picture import curves
from bot.core.clock import Clock, SystemClock
from bot.core.platform import Limits
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.reminder_tables import Occurrence, ReminderPlace, Subscription
from bot.storage.reminder_tables import Window as WindowRow
from bot.storage.tables import Outbox
from bot.upkeep import HAND_OVER, Ticks
from bot.words import Words
from knowledge.regions import wider
from reminders import shelf
from reminders.handover import Handover
from reminders.plan import Terms
from reminders.programmes import programmes
from reminders.window import CutOff, Level, Source, Window
from reminders.workdays import published
from tests.fakes.telegram import loop_factory
from tests.secret import master

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
CHUNK = 20_000
LOOKS = 500
PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "reminders.png"
TERMS = Terms(published(), ZONE, wider())
LIMITS = {"fake": Limits(text=4096, buttons=10)}
_window = WindowRow.__table__
_occurrence = Occurrence.__table__
_outbox = Outbox.__table__


async def fill(database: Database, pending: int, burst: int, now: datetime = NOW, spread: timedelta = timedelta(), start: int = 0) -> None:
    """`burst` places have one reminder due from `now` on, spread over that time; the rest lie in the next year."""
    source = Source("office", "notice", now.date())
    window = Window(0, 1, "Award", source, (CutOff(Level.CITY, date(now.year + 1, 12, 31)),))
    added = await database.write(lambda connection: shelf.add(connection, window, "benchmark", now))

    def place(n: int) -> dict[str, Any]:
        where = {"platform": "fake", "account": "bot", "chat": str(n), "thread": "", "group": False, "user": f"u{n}"}
        return {"id": n + 1} | where | {"language": "", "at": "09:00", "quiet_from": "", "quiet_until": ""}

    def wanted(n: int) -> dict[str, Any]:
        about = {"kind": "window", "target": str(added.id), "ladder": "[1]", "level": "", "made_by": "", "made_at": now}
        return {"place": n + 1} | about

    def due(n: int) -> dict[str, Any]:
        at = now + spread * n / burst if n < burst else now + timedelta(minutes=30 + n % 500_000)
        fields = {"reminder": f"p{n}", "place": n % burst + 1, "kind": "deadline", "window": added.id, "step": 1, "state": "open"}
        return fields | {"due_at": at, "reason": "", "message": ""}

    for table, row, count in ((ReminderPlace, place, burst), (Subscription, wanted, burst), (Occurrence, due, pending)):
        for first in range(0, count, CHUNK):
            rows = [row(n) for n in range(first, min(first + CHUNK, count))]
            await database.write(lambda connection, t=table, r=rows: connection.execute(insert(t), r))  # type: ignore[misc]
    await database.write(lambda connection: connection.execute(update(_window).values(told=_window.c.version)))


@dataclass
class Run:
    """What was seen of one contender."""

    name: str
    pending: int
    restart: float
    """Seconds until it could look again."""
    looks: list[float]
    """Milliseconds."""
    lags: list[float]
    """Seconds from due to handed over, of each."""
    held: list[float]
    """Seconds the loop came back late."""
    curve: list[tuple[float, float]]

    def line(self) -> str:
        look = f"p50 {statistics.median(self.looks):.2f} ms, p99 {percentile(self.looks, 99):.2f} ms"
        lag = f"p50 {statistics.median(self.lags):.2f} s, p99 {percentile(self.lags, 99):.2f} s" if self.lags else "none"
        held = f"p99 {percentile(self.held, 99) * 1000:.0f} ms, longest {max(self.held) * 1000:.0f} ms"
        return f"| {self.name} | {self.pending:,} | {self.restart:.2f} s | {look} | {len(self.lags):,}: {lag} | {held} |"


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


class Watch:
    """How late the loop comes back to us."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._stop = asyncio.Event()

    async def __aenter__(self) -> Watch:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        await self._task

    async def _run(self) -> None:
        while not self._stop.is_set():
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            self.late.append(time.perf_counter() - begun - 0.001)


async def looked(look: Callable[[], Awaitable[None]]) -> tuple[list[float], list[float]]:
    """Milliseconds of each, by the wall and of the processor."""
    wall, processor = [], []
    for _ in range(LOOKS):
        begun, worked = time.perf_counter(), time.process_time()
        await look()
        wall.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return wall, processor


async def opened(address: str, clock: Clock) -> Database:
    database = Database(address, master())
    await database.open()
    await schema.migrate(database)
    await database.unlock(clock.now())
    return database


async def ours(address: str, pending: int, burst: int) -> Run:
    clock = SystemClock()
    database = await opened(address, clock)
    begun = time.perf_counter()
    await fill(database, pending, burst, clock.now() + timedelta(days=1))
    print(f"filled {pending:,} reminders in {time.perf_counter() - begun:.0f} s", flush=True)
    await database.close()
    begun = time.perf_counter()
    database = await opened(address, clock)
    handover = Handover(database, Words.open(), clock, TERMS, LIMITS)
    programmes()
    restart = time.perf_counter() - begun
    wall, processor = await looked(handover.tick)
    print(f"idle look: processor p50 {statistics.median(processor):.2f} ms, p99 {percentile(processor, 99):.2f} ms", flush=True)
    first = await _make_due(database, clock, burst)
    gc.collect()
    gc.freeze()
    worked = time.process_time()
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # As the service does.
    ticks = Ticks()
    ticks.each(HAND_OVER, handover.tick)
    async with Watch() as watch:
        ticks.start()
        curve = await _seen(database, clock, first, burst)
        await asyncio.sleep(1)  # The last tick comes to its end.
        ticks.stop()
    print(f"burst: {(time.process_time() - worked) / burst * 1e6:.0f} µs of processor each, watching included", flush=True)
    await database.close()
    lags = _lags(curve, burst)
    return Run(f"ours ({database.url.get_backend_name()})", pending, restart, wall, lags, watch.late, curve)


async def _make_due(database: Database, clock: Clock, burst: int) -> datetime:
    """Moves the burst to the second after next, each at its own part of it."""
    first = clock.now() + timedelta(seconds=2)
    rows = [{"n": f"p{n}", "at": first + timedelta(seconds=n / burst)} for n in range(burst)]

    moved = update(_occurrence).where(_occurrence.c.reminder == bindparam("n")).values(due_at=bindparam("at"))
    await database.write(lambda connection: connection.execute(moved, rows))
    return first


async def _seen(database: Database, clock: Clock, first: datetime, burst: int) -> list[tuple[float, float]]:
    """How many stand in the outbox, asked again and again: each is counted when it can be read, not when it was begun."""
    curve = [(0.0, 0.0)]
    while curve[-1][1] < burst:
        await asyncio.sleep(0.02)
        async with database.read() as connection:
            there = (await connection.execute(select(func.max(_outbox.c.id)))).scalar_one() or 0
        curve.append(((clock.now() - first).total_seconds(), float(there)))
    return [each for each in curve if each[0] >= 0]


def _lags(curve: list[tuple[float, float]], burst: int) -> list[float]:
    """The n-th was due at n / burst seconds."""
    lags: list[float] = []
    for at, count in curve:
        lags += [max(0.0, at - n / burst) for n in range(len(lags), int(count))]
    return lags


class Fired:
    """What APScheduler's own jobs do: note when they ran. Nothing is worded or written."""

    at: list[float] = []  # noqa: RUF012 - jobs of a store are found by name, so this is one for all


async def fire() -> None:
    Fired.at.append(time.time())


async def theirs(name: str, jobs: int, burst: int, store: str = "") -> Run:
    """APScheduler with a job for each reminder: in memory (lost at a restart, added again) or in its own SQL store."""
    options = {"jobstores": {"default": SQLAlchemyJobStore(url=store)}} if store else {}
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None}, **options)
    scheduler.start(paused=True)
    far = datetime.now(UTC) + timedelta(days=30)
    begun = time.perf_counter()
    for _ in range(jobs):
        scheduler.add_job(fire, "date", run_date=far)
    added = time.perf_counter() - begun
    held = scheduler._lookup_jobstore("default")

    async def look() -> None:
        held.get_due_jobs(datetime.now(UTC))

    wall, _ = await looked(look)
    Fired.at = []
    first = datetime.now(UTC) + timedelta(seconds=2 + burst / 500)
    for n in range(burst):
        scheduler.add_job(fire, "date", run_date=first + timedelta(seconds=n / burst))
    gc.collect()
    async with Watch() as watch:
        scheduler.resume()
        deadline = time.monotonic() + 180
        while len(Fired.at) < burst and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
    scheduler.shutdown(wait=False)
    passed = sorted(at - first.timestamp() for at in Fired.at)
    curve = [(at, float(number + 1)) for number, at in enumerate(passed)]
    return Run(name, jobs, added, wall, [max(0.0, at - n / burst) for n, at in enumerate(passed)], watch.late, curve)


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pending", type=int, default=1_000_000)
    parser.add_argument("--burst", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=100_000, help="APScheduler's, in memory")
    parser.add_argument("--stored", type=int, default=1_000, help="APScheduler's, in its SQL store")
    parser.add_argument("--database", default="", help="An empty one; without it, an SQLite file")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = [await ours(given.database or f"sqlite+aiosqlite:///{folder}/bench.db", given.pending, given.burst)]
        runs.append(await theirs("APScheduler, in memory", given.jobs, given.burst))
        runs.append(await theirs("APScheduler, SQL store", given.stored, min(given.burst, 500), f"sqlite:///{folder}/jobs.db"))
    print("\n| | pending | after a restart | one look, nothing due | due within a second: lag | loop held |\n|---|---|---|---|---|---|")
    print("\n".join(run.line() for run in runs))
    due = {"due": [(0.0, 0.0), (1.0, float(given.burst))]}
    seen = {run.name: run.curve for run in runs[:2]}
    title = f"{given.burst:,} reminders due within a second, {given.pending:,} pending"
    curves(given.picture, title, due | seen, ("seconds since the first was due", "handed over (ours) or run (APScheduler)"))


if __name__ == "__main__":
    # As the service does.
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(main())

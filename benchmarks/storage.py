"""Durable steps on SQLite and PostgreSQL beside a plain SQLModel session per step; what 10^6 messages weigh; and retention under load.

python -m benchmarks.storage [--steps 1000] [--rounds 3] [--rows 100000] [--width 32] [--write]

A step is one message: its event committed, the conversation read, and in a second commit the event ended, the conversation saved and the
answer put into the outbox. Plain does the same rows with an ORM session for each commit, as the documentation shows, and seals nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import itertools
import resource
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event as events
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from benchmarks import picture
from benchmarks.curves import Panel, Series, drawn
from benchmarks.fleet import CHUNK, no_postgres, opened
from bot.core.message import Block, ChatKind, Incoming, Kind, Outgoing, Span, Where
from bot.core.standing import Turn
from bot.outbox import ledger
from bot.storage import conversations, inbox, retention
from bot.storage.all_tables import METADATA
from bot.storage.database import Database
from bot.storage.prepared import last
from bot.storage.tables import Conversation, Inbox, Outbox
from tests.postgres import running

CHATS = 500
DOCS = Path(__file__).parent.parent / "docs"
QUESTION = "苏州专利质押融资的目标是多少"
ANSWER = "到2025年，专利商标质押融资总额力争突破200亿元。" * 4
DAY = timedelta(days=1)
PROBE = 0.02
"""Seconds between two messages that come in while retention is at work."""
_inbox, _outbox = Inbox.__table__, Outbox.__table__


@dataclass
class Run:
    seconds: float
    used: float
    """Processor seconds of this process; the server's own are not in it."""
    waits: list[float] = field(default_factory=list)
    again: int = 0
    """Steps that the database refused and that were tried again."""


# ---- one step ----


async def ours(database: Database, number: int, run: Run) -> None:
    now, here = datetime.now(UTC), Where("fake", "bot", str(number % CHATS))
    incoming = Incoming(str(number), Kind.TEXT, here, ChatKind.PRIVATE, here.chat, now, text=QUESTION)
    [id] = await database.write(partial(inbox.store, events=[incoming], now=now, ends=True))
    async with database.read() as connection:
        before, _ = await conversations.situation(connection, incoming, "")
    after = copy.deepcopy(before)
    after.step, after.turns = "ask", [*before.turns[-2:], Turn(QUESTION, now)]
    answer = Outgoing(f"fake:bot:{number}:0", here, (Block((Span(ANSWER),)),))

    async def write(connection: AsyncConnection) -> None:
        puts = await conversations.changed(connection, incoming, after, before, now)
        puts.append(await ledger.answered(connection, answer, group=False, now=now))
        last(connection)
        await inbox.end_with(connection, id, "", puts)

    await database.write(write)


async def plain(engine: AsyncEngine, number: int, run: Run) -> None:
    """Whatever the database refuses is tried again, as one would soon add."""
    while True:
        try:
            return await _plain(engine, number)
        except OperationalError:
            run.again += 1
            await asyncio.sleep(0.01)


async def _plain(engine: AsyncEngine, number: int) -> None:
    now, chat = datetime.now(UTC), str(number % CHATS)
    here: dict[str, Any] = {"platform": "fake", "account": "bot", "chat": chat}
    async with AsyncSession(engine, expire_on_commit=False) as session:
        known = (await session.execute(select(Inbox).where(_inbox.c.event == str(number)))).scalar_one_or_none()
        event = known or Inbox(**here, event=str(number), body=QUESTION, due_at=now, received_at=now)
        session.add(event)
        await session.commit()
    async with AsyncSession(engine, expire_on_commit=False) as session:
        talk = await session.get(Conversation, ("fake", "bot", chat, "", chat))
        talk = talk or Conversation(**here, thread="", user=chat, updated_at=now)
        talk.step, talk.state, talk.updated_at = "ask", QUESTION, now
        event.state, event.body = "done", ""
        session.add_all([await session.merge(event), talk])
        session.add(Outbox(**here, key=f"fake:bot:{number}:0", body=ANSWER, due_at=now, made_at=now))
        await session.commit()


# ---- many of them ----


async def measured(step: Callable[[int, Run], Awaitable[None]], numbers: range, width: int) -> Run:
    run, waiting = Run(0, 0), iter(numbers)

    async def worker() -> None:
        for number in waiting:
            begun = time.perf_counter()
            await step(number, run)
            run.waits.append(time.perf_counter() - begun)

    begun, used = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(width)))
    run.seconds, run.used = time.perf_counter() - begun, time.process_time() - used
    return run


@asynccontextmanager
async def plainly(url: str, folder: Path) -> AsyncIterator[AsyncEngine]:
    """An engine as it comes; on SQLite with the log and the care that ours has, so that both promise the same."""
    if url.startswith("sqlite"):
        url = f"sqlite+aiosqlite:///{folder / 'plain.db'}"
    engine = create_async_engine(url, connect_args={"options": "-csearch_path=plain"} if url.startswith("postgres") else {})
    if url.startswith("sqlite"):
        events.listen(engine.sync_engine, "connect", _careful)
    async with engine.begin() as connection:
        if url.startswith("postgres"):
            await connection.execute(text("create schema plain"))
        await connection.run_sync(METADATA.create_all)
    yield engine
    await engine.dispose()


def _careful(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


async def race(name: str, url: str, folder: Path, given: argparse.Namespace) -> list[str]:
    found: dict[str, list[Run]] = {"ours": [], "plain": []}
    async with opened(url) as database, plainly(url, folder) as engine:
        for start in itertools.islice(itertools.count(0, given.steps), given.rounds):
            numbers = range(start, start + given.steps)
            found["ours"].append(await measured(partial(ours, database), numbers, given.width))
            found["plain"].append(await measured(partial(plain, engine), numbers, given.width))
    ratio = statistics.median(b.used / a.used for a, b in zip(found["ours"], found["plain"], strict=True))
    lines = [_line(f"{name}, {who}", runs, given.steps) for who, runs in found.items()]
    return [*lines, f"| {name}, plain / ours | | | | {ratio:.1f} × processor time | |"]


def _line(name: str, runs: Sequence[Run], steps: int) -> str:
    rates = sorted(steps / run.seconds for run in runs)
    used = sorted(run.used / steps * 1000 for run in runs)
    waits = sorted(wait * 1000 for run in runs for wait in run.waits)
    spread = f"{statistics.median(rates):.0f} ({rates[0]:.0f}–{rates[-1]:.0f})"
    cells = (name, spread, f"{waits[len(waits) // 2]:.1f} ms", f"{waits[int(len(waits) * 0.99)]:.1f} ms")
    return f"| {' | '.join(cells)} | {statistics.median(used):.2f} ms ({used[0]:.2f}–{used[-1]:.2f}) | {sum(run.again for run in runs)} |"


# ---- growth and retention ----


def _settled(number: int, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """A message and its answer as they stand when both are done."""
    here = {
        "platform": "telegram",
        "account": "123456789",
        "chat": str(number % 100_000),
        "body": "",
        "tries": 0,
        "error": "",
        "due_at": at,
    }
    event = {"event": str(number), "state": "done", "received_at": at}
    kind = {"key": f"telegram:123456789:{number}:0", "thread": "", "group": False, "lane": "reply", "batch": "", "letter": "", "edit": ""}
    standing = {"hold": False, "state": "sent", "epoch": 1, "strikes": 0, "message": str(number), "made_at": at, "settled_at": at}
    return here | event, here | kind | standing | {"expires_at": None, "lease_until": None}


async def fill(database: Database, first: int, count: int, at: datetime) -> None:
    for start in range(first, first + count, CHUNK):
        pairs = [_settled(number, at) for number in range(start, min(start + CHUNK, first + count))]
        for table, rows in zip((_inbox, _outbox), zip(*pairs, strict=True), strict=True):
            await database.write(lambda connection, table=table, rows=list(rows): connection.execute(insert(table), rows))  # type: ignore[misc]


async def weight(database: Database) -> float:
    """Megabytes of the database."""
    async with database.read() as connection:
        if not database.embedded:
            return float((await connection.execute(text("select pg_database_size(current_database())"))).scalar_one()) / 1e6
        return float((await connection.exec_driver_sql("pragma page_count")).scalar_one()) * 4096 / 1e6


async def growth(name: str, url: str, rows: int, drawing: dict[str, Series]) -> list[str]:
    """40 days of as many messages each, with retention after each; what was sent is kept for 30 days, so the last ten must add nothing.

    Days pass in seconds here, too few for PostgreSQL's autovacuum: it is done by hand after each.
    """
    each, begun = rows // 40, datetime.now(UTC) - 40 * DAY
    sizes, memory = [], []
    async with opened(url) as database:
        before = await weight(database)
        for day in range(40):
            await fill(database, day * each, each, begun + day * DAY)
            now = begun + day * DAY
            for passing in (inbox.passing(now), ledger.passing(now)):
                await retention.let_go(database, passing)
            await retention.give_back(database)
            await _vacuumed(database)
            sizes.append(await weight(database) - before)
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        async with database.read() as connection:
            left = [(await connection.execute(select(func.count()).select_from(table))).scalar_one() for table in (_inbox, _outbox)]
    drawing[name] = [(float(day + 1), size) for day, size in enumerate(sizes)]
    return [
        f"{name}: {rows:,} messages and their answers really written, {each:,} a day for 40 days; {left[0]:,} and {left[1]:,} rows stay",
        f"  size after 10, 20, 30, 35, 40 days: {', '.join(f'{sizes[day - 1]:.1f}' for day in (10, 20, 30, 35, 40))} MB",
        f"  memory of this process after 10 and 40 days: {memory[9]:.0f}, {memory[39]:.0f} MB",
    ]


async def _vacuumed(database: Database) -> None:
    if not database.embedded:
        door = create_async_engine(database.url, isolation_level="AUTOCOMMIT")
        async with door.connect() as connection:
            await connection.execute(text("vacuum inbox, outbox"))
        await door.dispose()


async def held(name: str, url: str, rows: int) -> list[str]:
    """Everything is past its time at once: messages go on coming in while retention works it off."""
    now, waits, walls = datetime.now(UTC), list[float](), list[float]()
    step = retention._step

    async def timed(connection: AsyncConnection, **values: Any) -> int:
        begun = time.perf_counter()
        count = await step(connection, **values)
        walls.append((time.perf_counter() - begun) * 1000)
        return count

    async def comes_in(database: Database, stop: asyncio.Event) -> None:
        for number in itertools.count():
            begun = time.perf_counter()
            incoming = Incoming(f"n{number}", Kind.TEXT, Where("fake", "bot", "1"), ChatKind.PRIVATE, "1", now, text=QUESTION)
            await database.write(partial(inbox.store, events=[incoming], now=now))
            waits.append(time.perf_counter() - begun)
            if stop.is_set():
                return
            await asyncio.sleep(PROBE)

    async with opened(url) as database:
        await fill(database, 10**9, rows, now - 60 * DAY)
        stop, quiet = asyncio.Event(), asyncio.create_task(comes_in(database, asyncio.Event()))
        await asyncio.sleep(3)
        quiet.cancel()
        await asyncio.gather(quiet, return_exceptions=True)
        alone, waits = sorted(waits), []
        retention._step = timed  # type: ignore[assignment]  # passes on whatever it is given
        coming, begun = asyncio.create_task(comes_in(database, stop)), time.perf_counter()
        try:
            gone = sum([await retention.let_go(database, passing) for passing in (inbox.passing(now), ledger.passing(now))])
            given = await retention.give_back(database)
        finally:
            retention._step = step
        took = time.perf_counter() - begun
        stop.set()
        await coming
    walls.sort()
    waits.sort()
    return [
        f"{name}: {gone:,} rows gone in {took:.0f} s, {len(walls)} steps; {given} pages given back",
        f"  a step holds the writer {statistics.median(walls):.1f} ms (median), 99 % {walls[int(len(walls) * 0.99)]:.1f}, "
        f"longest {walls[-1]:.1f} ms; over 100 ms: {sum(wall > 100 for wall in walls)}",
        f"  a message is stored in {_waits(waits)} meanwhile, in {_waits(alone)} without",
    ]


def _waits(waits: Sequence[float]) -> str:
    middle, most = waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000
    return f"{middle:.1f} ms (p99 {most:.1f}, longest {waits[-1] * 1000:.1f}, n={len(waits)})"


async def run(given: argparse.Namespace) -> None:
    print("| who | steps a second | p50 | p99 | processor time a step | tried again |\n|---|---|---|---|---|---|")
    drawing: dict[str, Series] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engines = {"SQLite": lambda part: f"sqlite+aiosqlite:///{folder / part}.db"}
        if reason := no_postgres():
            print(f"PostgreSQL is left out: {reason}")
        else:
            server = stack.enter_context(running(durable=True))
            engines["PostgreSQL"] = lambda part: _database(server, part)
            await _make(server, ("race", "growth", "held"))
        parts: tuple[tuple[str, Callable[[str, str], Awaitable[list[str]]], int], ...] = (
            ("race", lambda name, url: race(name, url, folder, given), given.steps),
            ("growth", lambda name, url: growth(name, url, given.rows, drawing), given.rows),
            ("held", lambda name, url: held(name, url, given.rows), given.rows),
        )
        for part, work, wanted in parts:
            for name, url in engines.items():
                if wanted:
                    print("\n".join(await work(name, url(part))), flush=True)
    if given.write and drawing and not picture.missing():
        title = f"{given.rows // 40:,} messages a day, kept for 7 and 30 days"
        drawn(DOCS / "pictures" / "storage.png", title, "days", [Panel("MB", drawing)])


def _database(server: str, part: str) -> str:
    return server.replace("/postgres?", f"/{part}?")


async def _make(server: str, names: Sequence[str]) -> None:
    door = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with door.connect() as connection:
        for name in names:
            await connection.execute(text(f"create database {name}"))
    await door.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help="docs/pictures/storage.png")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()

"""A notice under way while the database is locked, the disk is full, the clock jumps, or an older copy is brought back."""

from __future__ import annotations

import asyncio
import random
import resource
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from bot.commands import backup
from bot.core.clock import SystemClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.outbox import instance, ledger
from bot.settings import Settings
from bot.storage import schema
from bot.storage.database import Database
from tests.fakes.telegram import FakeTelegram, Strict
from tests.faults.kills import FIRST, Process, copies, states
from tests.patience import PATIENCE, until
from tests.secret import MASTER_KEY, master

RATE = 30
LATE = timedelta(hours=2)
"""What waits was put in so long ago: a clock set back by an hour still finds it due."""


@dataclass(frozen=True)
class Result:
    storm: str
    people: int
    lost: int
    """Who got nothing."""
    extras: int
    most: int
    is_sound: bool
    """The file, as SQLite checks it."""
    refused: int
    bearable: int
    """Extra copies the storm explains."""

    @property
    def holds(self) -> bool:
        return not self.lost and self.most <= 2 and self.extras <= self.bearable and self.is_sound and not self.refused


class Scene:
    """An SQLite file, a sender on it, and a platform."""

    def __init__(self, folder: Path, fake: FakeTelegram, people: int, dice: random.Random) -> None:
        self.folder, self.fake, self.dice = folder, fake, dice
        self.people = [FIRST + number for number in range(people)]
        self.file, self.clock = folder / "zhice.db", folder / "clock"
        self.clock.write_text("0")
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.sender = Process(self.url, fake, RATE, str(self.clock))
        self.explained = 0

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        opened = Database(self.url, master())
        await opened.open()
        try:
            yield opened
        finally:
            await opened.close()

    async def begin(self) -> None:
        now = SystemClock().now()
        async with self.database() as database:
            await schema.migrate(database)
            await database.unlock(now)
            messages = [(self._message(person), False) for person in self.people]
            await database.write(partial(ledger.put_many, messages=messages, lane="bulk", now=now - LATE))
        await self.sender.start()
        await self.under_way()

    def _message(self, person: int) -> Outgoing:
        return Outgoing(f"k{person}", Where("telegram", str(self.fake.bot["id"]), str(person)), (Block((Span("通知" * 40),)),))

    async def under_way(self) -> None:
        wanted = copies(self.fake).total() + self.dice.randrange(3, 12)
        await until(lambda: copies(self.fake).total() >= min(wanted, len(self.people)), what="it is under way")

    async def over(self) -> None:
        async with self.database() as database, asyncio.timeout(PATIENCE):
            while not {"pending", "sending"}.isdisjoint(await states(database)):
                await asyncio.sleep(0.1)

    def result(self, storm: str) -> Result:
        got = copies(self.fake)
        with closing(sqlite3.connect(self.file)) as file:
            is_sound = file.execute("pragma integrity_check").fetchall() == [("ok",)]
            doubtful = {int(chat) for (chat,) in file.execute("select chat from outbox where state in ('ambiguous', 'unknown')")}
        lost = sum(not got[person] for person in self.people if person not in doubtful)
        refused = self.fake.strict.refused if self.fake.strict else 0
        return Result(storm, len(self.people), lost, got.total() - len(got), max(got.values()), is_sound, refused, self.explained)


Storm = Callable[[Scene, float], Awaitable[None]]


async def locked(scene: Scene, seconds: float) -> None:
    """Another program holds the file for writing."""
    with closing(sqlite3.connect(scene.file, isolation_level=None)) as file:
        file.execute("pragma busy_timeout = 60000")
        file.execute("begin immediate")
        await asyncio.sleep(seconds)
        file.execute("rollback")


async def full(scene: Scene, seconds: float) -> None:
    """No file may grow."""
    pid = scene.sender.pid
    whole = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, ((scene.folder / "zhice.db-wal").stat().st_size, whole[1]))
    await asyncio.sleep(seconds)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, whole)


async def forward(scene: Scene, _seconds: float) -> None:
    scene.clock.write_text("3600")


async def back(scene: Scene, _seconds: float) -> None:
    scene.clock.write_text("-3600")


async def restored(scene: Scene, _seconds: float) -> None:
    """Saved while it is under way, and brought back when more has gone out: those hear it again, and nobody before somebody says so."""
    settings = Settings(_env_file=None, database_url=scene.url, data_dir=scene.folder / "data", master_key=SecretStr(MASTER_KEY))
    made = await backup.create(settings, folder=None, keys=None, keep=0)
    await scene.under_way()
    await scene.sender.end(signal.SIGKILL)
    before = copies(scene.fake)
    await backup.restore(settings, made.folder, None, replace=True)
    await scene.sender.start()
    asked = len(scene.fake.calls("getMe"))
    await until(lambda: len(scene.fake.calls("getMe")) > asked, what="it is up")
    async with scene.database() as database:
        async with database.read() as connection:
            assert await instance.why_paused(connection)
        assert copies(scene.fake) == before, "a copy sends nothing by itself"
        waiting = await states(database)
        scene.explained = before.total() - waiting["sent"]
        await database.write(partial(instance.resume, now=SystemClock().now()))


STORMS: dict[str, Storm] = {"locked": locked, "disk full": full, "clock + 1 h": forward, "clock - 1 h": back, "restored": restored}


async def run(name: str, folder: Path, *, seconds: float, seed: int, people: int = 60) -> Result:
    async with FakeTelegram() as fake:
        fake.strict = Strict(per_second=RATE)
        scene = Scene(folder, fake, people, random.Random(seed))
        await scene.begin()
        await STORMS[name](scene, seconds)
        await scene.over()
        await scene.sender.end(signal.SIGTERM)
        return scene.result(name)


def counted(results: list[Result]) -> Counter[str]:
    return Counter(result.storm for result in results if result.holds)

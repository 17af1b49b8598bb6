"""The service as an operator starts it: a process of its own, with a platform beside it, both on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from bot.storage import schema
from bot.storage.database import Database
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.patience import PATIENCE, until
from tests.secret import MASTER_KEY, master

SECRET = "a-webhook-secret_of-30-letters"
SAID = 6_000
"""Characters of its log that stand beside a test that failed."""


@asynccontextmanager
async def migrated(address: URL) -> AsyncIterator[Database]:
    """An empty database of the server's that several processes share."""
    database = Database(address.render_as_string(hide_password=False), master())
    await database.open()
    try:
        await schema.migrate(database)
        yield database
    finally:
        await database.close()


def shared(fake: FakeTelegram, database: Database) -> dict[str, str]:
    """What all of them are told alike."""
    url = database.url.render_as_string(hide_password=False)
    return {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": fake.base_url, "MASTER_KEY": MASTER_KEY, "DATABASE_URL": url}


class Service:
    """`zhice serve` (or another command) that is started, killed and started again on the same folder."""

    def __init__(self, folder: Path, command: str = "serve", **environment: str) -> None:
        self.folder, self.command = folder, command
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV")}
        self.environment = kept | {"DATA_DIR": str(folder), "HOST": "127.0.0.1", "PORT": "0", "LOG_FORMAT": "json"} | environment
        self.process: asyncio.subprocess.Process | None = None
        self.address = ""
        self.log = folder.parent / f"{folder.name}-{command}.log"

    async def start(self, *, wait: bool = True) -> None:
        folder = self.folder.parent / "elsewhere"
        folder.mkdir(exist_ok=True)  # No .env is read there.
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            arguments = [sys.executable, "-m", "bot", self.command]
            self.process = await asyncio.create_subprocess_exec(*arguments, env=self.environment, cwd=folder, stdout=log, stderr=log)
        if wait:
            await until(lambda: self._is_up(before), what=f"{self.command} is up: {self.log.read_text()[-2000:]}")

    def _is_up(self, before: int) -> bool:
        assert self.process is not None
        said = self.log.read_bytes()[before:].decode()
        assert self.process.returncode is None, said
        if found := re.search(r"Zhice: (http://\S+:\d+)", said):
            self.address = found[1]
        return '"started"' in said

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        assert await self.process.wait() == -signal.SIGKILL

    async def stop(self) -> int:
        """Asks it to end; gives its exit code."""
        assert self.process is not None
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def end(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    def ask(self, query: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self.folder / 'zhice.db'}?mode=ro", uri=True, timeout=PATIENCE)) as file:
            return file.execute(query, values).fetchall()

    def change(self, statement: str) -> None:
        """While it does not run."""
        with closing(sqlite3.connect(self.folder / "zhice.db", timeout=PATIENCE)) as file, file:
            file.execute(statement)

    def count(self, query: str, *values: Any) -> int:
        return int(self.ask(f"select count(*) from {query}", *values)[0][0])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What the services of a test that failed have said stands beside it: their folder may be gone by the time somebody looks."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        services: Any = item.funcargs.get("services", ())
        for service in services:
            if service.log.exists():
                report.sections.append((f"what {service.command} said", service.log.read_text()[-SAID:]))
    return report


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as platform:
        yield platform


@pytest.fixture
async def services() -> AsyncIterator[list[Service]]:
    """Whatever stands in here is ended with the test."""
    started: list[Service] = []
    yield started
    for service in started:
        await service.end()


@pytest.fixture
def service(tmp_path: Path, fake: FakeTelegram, services: list[Service]) -> Service:
    made = Service(tmp_path / "data", TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=fake.base_url)
    services.append(made)
    return made

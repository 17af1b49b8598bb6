"""Real processes of ours beside the benchmarks: started, looked at from outside, killed and ended."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import insert

from bot.storage import schema
from bot.storage.database import Database
from bot.storage.tables import Chat, Conversation, Inbox, Outbox, Person
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.postgres import programs
from tests.secret import MASTER_KEY, master

ROOT = Path(__file__).parent.parent
SECRET = "a-webhook-secret_of-30-letters"
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")
CHUNK = 5_000


def no_postgres() -> str:
    """Why there is no PostgreSQL here, or nothing."""
    if importlib.util.find_spec("psycopg") is None:
        return "its driver psycopg is not installed"
    if programs() is None:
        return "its programs are not installed (initdb under /usr/lib/postgresql)"
    return ""


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url, master())
    await database.open()
    await schema.migrate(database)
    await database.unlock(datetime.now(UTC))
    yield database
    await database.close()


async def fill(database: Database, account: str, chats: int) -> None:
    """So many people we know already, each with a conversation, a question that was answered, and the proof of the answer."""
    now = datetime.now(UTC)
    for start in range(0, chats, CHUNK):
        rows = [_known(account, str(1 + number), now) for number in range(start, min(start + CHUNK, chats))]
        for at, table in enumerate((Person.__table__, Chat.__table__, Conversation.__table__, Inbox.__table__, Outbox.__table__)):
            statement = insert(table)
            some = [row[at] for row in rows]
            await database.write(lambda connection, statement=statement, some=some: connection.execute(statement, some))  # type: ignore[misc]


def _known(account: str, chat: str, now: datetime) -> tuple[dict[str, Any], ...]:
    here = {"platform": "telegram", "account": account, "chat": chat}
    person = {"platform": "telegram", "user": chat, "language": "", "client_language": "zh-hans", "first_seen": now}
    settings = {"kind": "private", "user": chat, "region": "", "active": True, "welcomed": True, "since": now}
    talk = {"thread": "", "user": chat, "step": "", "state": "", "offer": "", "updated_at": now}
    event = {"event": f"-{chat}", "state": "done", "body": "", "tries": 0, "due_at": now, "received_at": now, "error": ""}
    key = {
        "key": f"old:{account}:{chat}",
        "thread": "",
        "group": False,
        "lane": "reply",
        "batch": "",
        "letter": "",
        "edit": "",
        "hold": False,
    }
    standing = {"body": "", "state": "sent", "epoch": 1, "tries": 1, "strikes": 0, "message": chat, "error": ""}
    times = {"due_at": now, "expires_at": None, "lease_until": None, "made_at": now, "settled_at": now}
    return person, here | settings, here | talk, here | event, here | key | standing | times


@dataclass
class Process:
    """`zhice serve`, `web` or `worker`, as an operator starts it."""

    command: str
    folder: Path
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    figures: int = field(default_factory=free_port)
    running: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.running is not None
        return self.running.pid

    @property
    def log(self) -> Path:
        return self.folder / f"{self.command}-{self.port}.log"

    async def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
        data = self.folder / f"{self.command}-{self.port}"
        data.mkdir(parents=True, exist_ok=True)
        own = {"DATA_DIR": str(data), "PORT": str(self.port), "METRICS_PORT": str(self.figures), "LOG_FORMAT": "json"}
        environment = kept | own | {"PYTHONPATH": str(ROOT)} | self.environment
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            arguments = [sys.executable, "-m", "bot", self.command]
            self.running = await asyncio.create_subprocess_exec(*arguments, env=environment, cwd=self.folder, stdout=log, stderr=log)
        async with asyncio.timeout(PATIENCE):
            while b'"started"' not in self.log.read_bytes()[before:]:
                if self.running.returncode is not None:
                    raise RuntimeError(f"{self.command} did not start: {self.log.read_text()[-2000:]}")
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        if self.running is not None and self.running.returncode is None:
            self.running.kill()
            await self.running.wait()

    async def stop(self) -> int:
        assert self.running is not None
        self.running.terminate()
        return await asyncio.wait_for(self.running.wait(), PATIENCE)

    def memory(self) -> float:
        """Megabytes that lie in memory."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE / 1e6

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def processor(self) -> float:
        """Seconds of processor time until now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    async def tasks(self, session: aiohttp.ClientSession) -> int:
        async with session.get(f"http://127.0.0.1:{self.figures}/metrics") as response:
            found = re.search(r"^zhice_tasks (\S+)$", await response.text(), re.MULTILINE)
        return int(float(found[1])) if found else 0


def environment(base_url: str, token: str, public: str, url: str = "") -> dict[str, str]:
    """What every process of one installation is told."""
    platform = {"TELEGRAM_TOKEN": token, "TELEGRAM_BASE_URL": base_url, "TELEGRAM_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": public}
    return platform | {"HOST": "127.0.0.1", "MASTER_KEY": MASTER_KEY} | ({"DATABASE_URL": url} if url else {})


async def end(processes: Sequence[Process]) -> list[int]:
    """Asks all to stop; gives their exit codes."""
    return list(await asyncio.gather(*(process.stop() for process in processes if process.running and process.running.returncode is None)))

"""Every notices/*.txt is a story of several people that staff can read: `chen> ` says, `chen< ` hears.

`! tick` lets the worker's clock knock, `! +90m` moves it on. Whoever has no line hears nothing. `…` stands for any words, alone on a
line for any lines.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.terminal import Terminal
from bot.app import Core, conversation
from bot.core.clock import FixedClock
from bot.core.message import Outgoing
from bot.core.permissions import Role
from bot.core.platform import Outcome
from bot.intake import Inbox
from bot.settings import Settings
from bot.storage import staff
from bot.storage.database import Database
from bot.words import Words
from knowledge.lookup import Knowledge
from tests.flows.test_transcripts import agrees
from tests.patience import PATIENCE

STORIES = sorted((Path(__file__).parent / "notices").glob("*.txt"))
STAFF = {
    "chen": {Role.EDITOR, Role.BROADCASTER},
    "wang": {Role.REVIEWER},
    "zhao": {Role.EDITOR, Role.BROADCASTER, Role.REVIEWER},
    "boss": {Role.OWNER},
}
CONTACTS = ("acme", "kunshan")


class Screen(Terminal):
    """Shows nothing while the clock knocks: what a tick counts depends on no race with the senders."""

    def __init__(self, account: str, write: Callable[[str], None], clock: FixedClock, quiet: asyncio.Lock) -> None:
        super().__init__(account, write, clock, bold=("**", "**"), language="zh-CN")
        self._quiet = quiet

    async def send(self, message: Outgoing) -> Outcome:
        async with self._quiet:
            return await super().send(message)


class Office:
    """Staff and contacts, each at a terminal of their own, on one database."""

    def __init__(self, core: Core, clock: FixedClock) -> None:
        self.core, self.clock = core, clock
        self.heard: dict[str, list[str]] = {}
        self._terminals: dict[str, Terminal] = {}
        self._quiet = asyncio.Lock()
        self._settled: list[Callable[[], Awaitable[None]]] = []

    @contextlib.asynccontextmanager
    async def open(self, knowledge: Knowledge) -> AsyncIterator[Office]:
        async with contextlib.AsyncExitStack() as stack:
            for name in (*STAFF, *CONTACTS):
                self.heard[name] = []
                terminal = Screen(name, self.heard[name].append, self.clock, self._quiet)
                self._terminals[name] = terminal
                self._settled.append(await stack.enter_async_context(conversation(self.core, terminal, knowledge)))
                await self.core.door(terminal).accept([terminal.joined()])
            for name, roles in STAFF.items():
                await self._employ(name, roles)
            await self._say("kunshan", "/region 昆山")
            await self._take()
            yield self

    async def _employ(self, name: str, roles: set[Role]) -> None:
        now = self.clock.now()
        member = await self.core.database.write(lambda connection: staff.add(connection, name, roles, "operator", now))
        code = await self.core.database.write(lambda connection: staff.code(connection, member.id, "operator", now))
        incoming = self._terminals[name].read(code)
        await self.core.database.write(lambda connection: staff.redeem(connection, incoming, code, now))

    async def do(self, line: str) -> dict[str, list[str]]:
        if line == "! tick":
            async with self._quiet:
                await self.core.notices({Terminal.platform: Terminal.limits}).tick(self.clock.now())
        elif line.startswith("! +"):
            self.clock.at += timedelta(minutes=int(line[3:-1]))
        else:
            who, said = line.split("> ", 1)
            await self._say(who, said.replace(" | ", "\n"))
        return await self._take()

    async def _say(self, who: str, line: str) -> None:
        terminal = self._terminals[who]
        await self.core.door(terminal).accept([terminal.read(line)])

    async def _take(self) -> dict[str, list[str]]:
        async with asyncio.timeout(PATIENCE):
            for settled in self._settled:
                await settled()
        taken = {who: [line for text in texts for line in text.splitlines() if line] for who, texts in self.heard.items()}
        for texts in self.heard.values():
            texts.clear()
        return {who: lines for who, lines in taken.items() if lines}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_the_story_goes_as_written(path: Path, database: Database, words: Words, knowledge: Knowledge, clock: FixedClock) -> None:
    core = Core(Settings(_env_file=None), clock, database, words, Inbox(database, clock))
    async with Office(core, clock).open(knowledge) as office:
        for step, expected in steps(path.read_text(encoding="utf-8")):
            heard = await office.do(step)
            told = "\n".join([step, *(f"{who}< {line}" for who, lines in heard.items() for line in lines)])
            assert set(heard) == set(expected), told
            assert all(agrees(expected[who], heard[who]) for who in expected), told


def steps(text: str) -> list[tuple[str, dict[str, list[str]]]]:
    found: list[tuple[str, dict[str, list[str]]]] = []
    for line in text.splitlines():
        if line.startswith("! ") or re.match(r"\w+> ", line):
            found.append((line, {}))
        elif heard := re.match(r"(\w+)< ?(.*)", line):
            found[-1][1].setdefault(heard[1], []).append(heard[2])
        elif line.strip() and not line.startswith("#"):
            raise AssertionError(f"neither said nor heard: {line}")
    return found

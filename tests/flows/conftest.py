"""A conversation with the whole core through the terminal face, in memory of the test only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.terminal import FILE, Terminal
from bot.app import Core
from bot.core.clock import FixedClock
from bot.core.message import Incoming
from bot.core.permissions import Role
from bot.intake import Inbox
from bot.service import conversation
from bot.settings import Settings
from bot.storage import staff
from bot.storage.database import Database
from bot.storage.tables import Inbox as Arrived
from bot.words import Words
from knowledge.lookup import Knowledge
from tests.flows.hall import Hall
from tests.flows.room import Room
from tests.patience import PATIENCE

FILES = Path(__file__).parent / "files"
_INBOX = Arrived.__table__

Say = Callable[[str], Awaitable[list[str]]]
"""Says a line and gives what was answered, each message as its text."""


def placed(line: str) -> str:
    """`file:x.pdf` sends a file of the folder `files`, or any other by its whole path."""
    return f"{FILE}{FILES / line.removeprefix(FILE)}" if line.startswith(FILE) else line


class Talk:
    """Says lines and hears the answers."""

    def __init__(self, terminal: Terminal, core: Core, settled: Callable[[], Awaitable[None]], heard: list[str]) -> None:
        self.terminal = self._terminal = terminal
        self._core, self._settled, self._heard = core, settled, heard
        self._door = core.door(terminal)

    async def begin(self) -> list[str]:
        await self._door.accept([self._terminal.joined()])
        return await self._answers()

    async def say(self, line: str) -> list[str]:
        await self._door.accept([self._terminal.read(placed(line))])
        return await self._answers()

    async def say_in_group(self, member: str, line: str, *, reply: bool) -> list[str]:
        assert isinstance(self._terminal, Room)
        await self._door.accept([self._terminal.said(member, placed(line), reply=reply)])
        return await self._answers()

    async def receive(self, *events: Incoming) -> list[str]:
        """What happens at once, and what is answered to all of it."""
        await self._door.accept(events)
        return await self._answers()

    async def at(self, wall: str) -> list[str]:
        """It is that time there; what is due goes out."""
        assert isinstance(self._core.clock, FixedClock)
        self._core.clock.at = datetime.fromisoformat(wall).replace(tzinfo=self._core.settings.zone).astimezone(UTC)
        await self._core.handover([self._terminal]).tick()
        return await self._answers()

    async def _answers(self) -> list[str]:
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as waiting:
            watch = waiting.create_task(self._fail_with_a_turn())
            await self._settled()
            watch.cancel()
        answers = [text.rstrip("\n") for text in self._heard]
        self._heard.clear()
        return answers

    async def _fail_with_a_turn(self) -> None:
        """A turn that failed is tried again later, and the clock stands still: waiting would be in vain."""
        failed = select(_INBOX.c.error).where(_INBOX.c.state == "new", _INBOX.c.error != "")
        while True:
            async with self._core.database.read() as connection:
                error = (await connection.execute(failed)).scalar()
            assert not error, f"a turn failed: {error}; its traceback is in the log"
            await asyncio.sleep(0.05)


async def employ(connection: AsyncConnection, now: datetime) -> None:
    """Who sits at the terminal is one of the editors."""
    member = await staff.add(connection, "tester", (Role.EDITOR,), "test", now)
    await staff.redeem(
        connection, Terminal("tester", print, FixedClock(now)).joined(), await staff.code(connection, member.id, "test", now), now
    )


@pytest.fixture
async def talk(
    database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Talk]:
    """In a transcript called `staff-…` one of the staff speaks."""
    heard: list[str] = []

    core = Core(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    if "staff-" in request.node.name:
        await database.write(lambda connection: employ(connection, clock.now()))
    terminal = Terminal("tester", heard.append, clock, bold=("**", "**"), language="zh-CN")
    async with conversation(core, terminal, knowledge) as settled:
        yield Talk(terminal, core, settled, heard)


@pytest.fixture
async def group(database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Talk]:
    heard: list[str] = []
    core = Core(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    room = Room("group", heard.append, clock, bold=("**", "**"), language="zh-CN")
    async with conversation(core, room, knowledge) as settled:
        yield Talk(room, core, settled, heard)


class People:
    """Several people, and staff accounts made at the command line beforehand."""

    def __init__(self, talk: Talk, database: Database, clock: FixedClock) -> None:
        self.talk, self._database, self._clock = talk, database, clock

    async def filled_in(self, line: str) -> str:
        """`CODE:reviewer` becomes a fresh one-time code of a member with that role."""
        _, marked, role = line.partition("CODE:")
        if not marked:
            return line
        now = self._clock.now()

        async def made(connection: AsyncConnection) -> str:
            member = await staff.add(connection, role.title(), {Role(role)}, "operator", now)
            return await staff.code(connection, member.id, "operator", now)

        return line.replace(f"CODE:{role}", await self._database.write(made))


@pytest.fixture
async def people(database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[People]:
    heard: list[str] = []
    core = Core(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    hall = Hall("hall", heard.append, clock, bold=("**", "**"), language="zh-CN")
    async with conversation(core, hall, knowledge) as settled:
        yield People(Talk(hall, core, settled, heard), database, clock)


@pytest.fixture
async def lobby(
    people: People, database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path
) -> AsyncIterator[People]:
    """Another platform of the same office."""
    heard: list[str] = []
    core = Core(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    hall = Hall("lobby", heard.append, clock, bold=("**", "**"), language="zh-CN")
    hall.platform = "lobby"
    async with conversation(core, hall, knowledge) as settled:
        yield People(Talk(hall, core, settled, heard), database, clock)

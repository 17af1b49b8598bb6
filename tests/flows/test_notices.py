"""Every notices/*.txt is a story of several people that staff can read: `chen> ` says, `chen< ` hears.

`! tick` lets the worker's clock knock, `! +90m` moves it on. Whoever has no line hears nothing. `…` stands for any words, alone on a
line for any lines.
A story that says `! crowd 30` has thirty more contacts on a platform of their own; what they get is counted. `! crowd refuses 5` lets five
of them refuse, `! crowd takes 25` lets the others' messages wait from the 26th on, `! crowd takes all` lets them go. `! until 6` waits
until six messages came to the crowd and nothing moves, and knocks; `! until 6 paused` waits until it paused by itself, too.
`wang$ ledger 1 归档` is the command line: `zhice notices ledger 1 --by <wang> --reason 归档`, with the file it writes.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.adapters.terminal import Terminal
from bot.app import Core
from bot.commands import broadcasting
from bot.core.clock import FixedClock
from bot.core.errors import UserError
from bot.core.message import Outgoing
from bot.core.permissions import Role
from bot.core.platform import Fetch, Limits, Outcome, Refused, Sent, nowhere
from bot.intake import Inbox
from bot.notices.desk import Desk
from bot.outbox import ledger
from bot.outbox.report import BY_STAFF, stats
from bot.outbox.sender import Sender
from bot.service import conversation
from bot.settings import Settings
from bot.storage import staff
from bot.storage.database import Database
from bot.storage.tables import Chat
from bot.words import Words
from knowledge.lookup import Knowledge
from tests.flows.conftest import placed
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


class Crowd:
    """Many contacts on a platform that edits messages; how many got what is all it tells."""

    platform, account = "telegram", "crowd"
    limits = Limits(text=4096, buttons=8, edits=True, document=50 << 20, picture=10 << 20, caption=1024, width=1)

    def __init__(self) -> None:
        self.got: list[str] = []
        self.refusing: set[str] = set()
        self.room, self._freed = 10**9, asyncio.Event()
        self.waiting = 0

    def takes(self, count: int) -> None:
        self.room = count
        self._freed.set()

    async def send(self, message: Outgoing) -> Outcome:
        self.waiting += 1
        while len(self.got) >= self.room:
            self._freed.clear()
            await self._freed.wait()
        self.waiting -= 1
        if message.where.chat in self.refusing:
            return Refused("not enough rights to send text messages to the chat")
        enclosed = f" + {message.enclosed.name}" if message.enclosed else ""
        self.got.append(("改成 " if message.edit else "") + message.blocks[0].text + enclosed)
        return Sent(f"m{len(self.got)}")

    async def acknowledge(self, *_: object) -> None: ...
    async def answer_inline(self, *_: object) -> None: ...
    async def typing(self, *_: object) -> None: ...


class Served(Core):
    """Serves the crowd's platform beside the terminals."""

    def notices(self, platforms: Mapping[str, Limits], fetch: Fetch = nowhere) -> Desk:
        return super().notices({**platforms, Crowd.platform: Crowd.limits}, fetch)


class Office:
    """Staff and contacts, each at a terminal of their own, on one database."""

    def __init__(self, core: Core, clock: FixedClock) -> None:
        self.core, self.clock, self.crowd = core, clock, Crowd()
        self._members: dict[str, int] = {}
        self._stack = contextlib.AsyncExitStack()
        self._counted = 0
        self._told: list[str] = []
        self.heard: dict[str, list[str]] = {}
        self._terminals: dict[str, Terminal] = {}
        self._quiet = asyncio.Lock()
        self._settled: list[Callable[[], Awaitable[None]]] = []

    @contextlib.asynccontextmanager
    async def open(self, knowledge: Knowledge) -> AsyncIterator[Office]:
        async with self._stack as stack:
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
        self._members[name] = member.id
        code = await self.core.database.write(lambda connection: staff.code(connection, member.id, "operator", now))
        incoming = self._terminals[name].read(code)
        await self.core.database.write(lambda connection: staff.redeem(connection, incoming, code, now))

    async def do(self, line: str) -> dict[str, list[str]]:
        if line == "! tick":
            await self._knock()
        elif line.startswith("! crowd"):
            await self._tell_crowd(line.removeprefix("! crowd").split())
        elif line.startswith("! until"):
            await self._until(int(line.split()[2]), paused=line.endswith("paused"))
        elif line.startswith("! +"):
            self.clock.at += timedelta(minutes=int(line[3:-1]))
        elif "$ " in line:
            return await self._command(*line.split("$ ", 1))
        else:
            who, said = line.split("> ", 1)
            await self._say(who, placed(said.replace(" | ", "\n")))
        return await self._take()

    async def _knock(self) -> None:
        async with self._quiet:
            await self.core.notices({Terminal.platform: Terminal.limits}).tick(self.clock.now())

    async def _tell_crowd(self, words: list[str]) -> None:
        match words:
            case ["refuses", count]:
                self.crowd.refusing = {f"c{number:02}" for number in range(int(count))}
            case ["takes", count]:
                self.crowd.takes(10**9 if count == "all" else int(count))
            case [count]:
                await self._gather(int(count))

    async def _gather(self, count: int) -> None:
        where = {"platform": Crowd.platform, "account": Crowd.account, "kind": "private", "region": "suzhou", "active": True}
        rows = [where | {"chat": f"c{number:02}", "user": f"c{number:02}", "welcomed": True} for number in range(count)]
        rows = [row | {"since": self.clock.now()} for row in rows]
        await self.core.database.write(lambda connection: connection.execute(insert(Chat.__table__), rows))
        stop = asyncio.Event()
        task = asyncio.create_task(Sender(self.core.database, self.crowd, self.clock).run(stop))  # type: ignore[arg-type]  # what a sender asks of one
        self._stack.push_async_callback(lambda: asyncio.wait_for(asyncio.shield(task), PATIENCE))
        self._stack.callback(stop.set)

    async def _until(self, count: int, *, paused: bool) -> None:
        """Waits until so many messages came to the crowd and nothing moves any more; then the clock knocks, for what is to be counted."""
        async with asyncio.timeout(PATIENCE):
            while not await self._stands_at(count, paused=paused):
                await asyncio.sleep(0.01)
        await self._knock()
        self._counted, self._told = len(self.crowd.got), self.crowd.got[self._counted :]

    async def _stands_at(self, count: int, *, paused: bool) -> bool:
        async with self.core.database.read() as connection:
            sending = (await ledger.counts(connection)).get("sending", 0)
            is_paused = any(each.reason != BY_STAFF for each in (await stats(connection, self.clock.now())).batches)
        at_door = 1 if self.crowd.room == count else 0
        return len(self.crowd.got) == count and self.crowd.waiting == sending == at_door and (is_paused or not paused)

    async def _command(self, who: str, words: str) -> dict[str, list[str]]:
        command, id, reason = words.split()
        assert command == "ledger"
        async with self.core.database.read() as connection:
            member = await staff.member(connection, self._members[who])
        desk = self.core.notices({Terminal.platform: Terminal.limits})
        path = self.core.settings.data_dir / "ledger.csv"
        at = broadcasting.At(self.core, desk, member, self.clock.now(), "zh-CN")
        try:
            said = await broadcasting.ledger(at, int(id), path, reason)
        except UserError as error:
            return {who: [self.core.words.say(error.text, "zh-CN")]}
        table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        path.unlink()
        return {who: [said.replace(str(path), path.name), *(" | ".join(row) for row in table)]}

    async def _say(self, who: str, line: str) -> None:
        terminal = self._terminals[who]
        await self.core.door(terminal).accept([terminal.read(line)])

    async def _take(self) -> dict[str, list[str]]:
        async with asyncio.timeout(PATIENCE):
            for settled in self._settled:
                await settled()
        taken = {who: [line for text in texts for line in text.splitlines() if line] for who, texts in self.heard.items()}
        taken["crowd"] = [f"{count} × {what}" for what, count in Counter(self._told).items()]
        self._told = []
        for texts in self.heard.values():
            texts.clear()
        return {who: lines for who, lines in taken.items() if lines}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_the_story_goes_as_written(
    path: Path, database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path
) -> None:
    story = path.read_text(encoding="utf-8")
    made = Served if "! crowd" in story else Core
    core = made(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    async with Office(core, clock).open(knowledge) as office:
        for step, expected in steps(story):
            heard = await office.do(step)
            told = "\n".join([step, *(f"{who}< {line}" for who, lines in heard.items() for line in lines)])
            assert set(heard) == set(expected), told
            assert all(agrees(expected[who], heard[who]) for who in expected), told


def steps(text: str) -> list[tuple[str, dict[str, list[str]]]]:
    found: list[tuple[str, dict[str, list[str]]]] = []
    for line in text.splitlines():
        if line.startswith("! ") or re.match(r"\w+[>$] ", line):
            found.append((line, {}))
        elif heard := re.match(r"(\w+)< ?(.*)", line):
            found[-1][1].setdefault(heard[1], []).append(heard[2])
        elif line.strip() and not line.startswith("#"):
            raise AssertionError(f"neither said nor heard: {line}")
    return found

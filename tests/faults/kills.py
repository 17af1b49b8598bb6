"""A run of a notice under kills and a platform in a bad mood, and what became of everybody."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select, update

from bot.adapters.telegram import limits_at
from bot.core.clock import SystemClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.outbox import ledger
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.tables import Outbox
from tests.fakes.telegram import Call, FakeTelegram, Strict
from tests.patience import PATIENCE, until
from tests.secret import master

outbox = Outbox.__table__
PEOPLE = 60
"""More of them for each kill."""
FIRST = 20_000
CLAIMS = 7
_ALONE = asyncio.Lock()
"""What migrates keeps its place in a variable of the whole process."""
UNDER_WAY = 0.25
"""Seconds within which a request that was begun before an answer may still arrive."""


@dataclass
class Account:
    """Counted over the rows and the platform's ledger, when everything has its end."""

    seed: int
    people: int
    kills: int
    faults: Counter[str]
    width: int
    in_doubt: int
    """Rows under way or claimed at the kills, together."""
    states: Counter[str]
    lost: list[int]
    """Who got nothing without a row that says so."""
    extras: int
    most: int
    """Copies that one recipient got."""
    unanswered: int
    """Messages that arrived without our hearing of it, other than by a kill."""
    early: int
    """Requests inside a pause the platform had asked for."""
    refused: int
    """429 for our being too fast."""
    problems: list[str] = field(default_factory=list)

    def judged(self) -> Account:
        self.problems = [claim for claim, holds in self.claims().items() if not holds]
        return self

    def claims(self) -> dict[str, bool]:
        return {
            "nobody is silently lost": not self.lost,
            "no third copy": self.most <= 2,
            "no more extras than were under way": self.extras <= self.in_doubt + self.unanswered,
            "no more under way than allowed": self.in_doubt <= self.kills * self.width,
            "every row has an end": set(self.states) <= {"sent", "unreachable", "failed", "unknown"},
            "nothing inside a pause": not self.early,
            "never too fast": not self.refused,
        }


class Process:
    """A sender that can be killed."""

    def __init__(self, url: str, fake: FakeTelegram, per_second: int, *clock: str) -> None:
        self._command = [sys.executable, "-m", "tests.faults.lone_sender", url, fake.base_url, str(per_second), *clock]
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(*self._command, stdout=asyncio.subprocess.DEVNULL)

    async def end(self, number: int) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, number)
        await asyncio.wait_for(self._process.wait(), PATIENCE)


async def run(
    url: str, *, kills: int, seed: int, per_second: int = 30, moody: bool = True, told: Callable[[int], None] = lambda _kill: None
) -> Account:
    """Raises nothing for what it finds: the account says it. `told` hears of each kill."""
    dice = random.Random(seed)
    people = [FIRST + number for number in range(PEOPLE * (kills + 1))]
    database = Database(url, master())
    await database.open()
    try:
        async with FakeTelegram() as fake:
            fake.strict = Strict(per_second=per_second)
            async with _ALONE:
                await schema.migrate(database)
            await database.unlock(SystemClock().now())
            await put(database, str(fake.bot["id"]), people)
            faults = moods(fake, people, dice) if moody else Counter()
            doubt = await _killed(database, Process(url, fake, per_second), fake, kills, dice, told)
            return await _account(
                database, fake, people, Account(seed, len(people), kills, faults, limits_at(per_second).width, doubt, *_NONE)
            )
    finally:
        await database.close()


_NONE = (Counter[str](), list[int](), 0, 0, 0, 0, 0)


async def put(database: Database, account: str, people: Sequence[int]) -> None:
    messages = [(Outgoing(f"k{person}", Where("telegram", account, str(person)), (Block((Span("通知"),)),)), False) for person in people]
    await database.write(partial(ledger.put_many, messages=messages, lane="bulk", now=SystemClock().now()))


def moods(fake: FakeTelegram, people: Sequence[int], dice: random.Random) -> Counter[str]:
    """Of every sixty one blocked us, one is refused, one has moved, and some meet a platform that stumbles."""
    kinds = {
        "403": lambda chat: fake.fault("sendMessage", "error", status=403, description="Forbidden: bot was blocked by the user", chat=chat),
        "400": lambda chat: fake.fault("sendMessage", "error", status=400, description="Bad Request: not enough rights", chat=chat),
        "migrate": lambda chat: fake.fault("sendMessage", "migrate", to=-1_000_000 - chat, chat=chat),
        "5xx": lambda chat: fake.fault("sendMessage", "error", status=500, description="Internal Server Error", chat=chat),
        "gateway": lambda chat: fake.fault("sendMessage", "gateway", status=502, chat=chat),
        "429": lambda chat: fake.fault("sendMessage", "flood", seconds=1, chat=chat),
        "reset after accepting": lambda chat: fake.fault("sendMessage", "vanish", chat=chat),
        "timeout": lambda chat: fake.fault("sendMessage", "hold", chat=chat) if dice.random() < 0.2 else None,
    }
    for start in range(0, len(people), PEOPLE):
        for chat, fault in zip(dice.sample(people[start : start + PEOPLE], len(kinds)), kinds.values(), strict=True):
            fault(chat)
    return Counter(fault.kind for _, fault in fake._faults)


def copies(fake: FakeTelegram) -> Counter[int]:
    """By the chat that was meant first."""
    return Counter(_person(call.result["chat"]["id"]) for call in fake.calls("sendMessage") if call.done)


def _person(chat: int) -> int:
    return chat if chat > 0 else -chat - 1_000_000


async def _killed(
    database: Database, process: Process, fake: FakeTelegram, kills: int, dice: random.Random, told: Callable[[int], None]
) -> int:
    doubt = 0
    for kill in range(kills):
        told(kill)
        await process.start()
        start = copies(fake).total()
        wanted = start + dice.randrange(5, PEOPLE)
        await until(lambda wanted=wanted: copies(fake).total() >= wanted, what="the moment to kill")  # type: ignore[misc]
        await asyncio.sleep(dice.uniform(0, 0.1))
        await process.end(signal.SIGKILL)
        doubt += (await states(database))["sending"]
    await process.start()
    await _until_state(database, {"pending", "sending"})
    # Ten minutes later the doubtful ones go out once more. Nobody waits that long: their time is brought forward.
    while "ambiguous" in await states(database):
        await process.end(signal.SIGTERM)
        await database.write(
            lambda connection: connection.execute(update(outbox).where(outbox.c.state == "ambiguous").values(due_at=outbox.c.made_at))
        )
        await process.start()
        await _until_state(database, {"pending", "sending", "ambiguous"})
    await process.end(signal.SIGTERM)
    return doubt


async def _until_state(database: Database, gone: set[str]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not gone.isdisjoint(await states(database)):
            await asyncio.sleep(0.1)


async def states(database: Database) -> Counter[str]:
    async with database.read() as connection:
        return Counter((await connection.execute(select(outbox.c.state))).scalars().all())


async def _account(database: Database, fake: FakeTelegram, people: Sequence[int], account: Account) -> Account:
    async with database.read() as connection:
        rows = (await connection.execute(select(outbox.c.key, outbox.c.state))).all()
    by_person = {int(row.key[1:]): str(row.state) for row in rows}
    got = copies(fake)
    account.states = Counter(by_person.values())
    account.lost = [person for person in people if not got[person] and by_person.get(person) not in ("unreachable", "failed", "unknown")]
    account.extras = got.total() - len(got)
    account.most = max(got.values())
    account.unanswered = sum(call.done and not call.answered for call in fake.calls("sendMessage"))
    account.early = early(fake.calls("sendMessage"))
    account.refused = fake.strict.refused if fake.strict else 0
    return account.judged()


def early(calls: Sequence[Call]) -> int:
    """A demand made of a private chat is one on the whole account: nothing goes to anybody until it is over."""
    demands = [call.at for call in calls if call.error.startswith("Too Many Requests")]
    return sum(at + UNDER_WAY < call.at < at + 1 for at in demands for call in calls)

"""How fast messages go to many without the platform refusing any, beside python-telegram-bot's own limiter and a plain loop.

python -m benchmarks.outbox [--rates 30 1000] [--rounds 2] [--seconds 16]

Every contender speaks to the same strict platform in a process of its own on loopback: it counts in a window that slides, answers after
50 ms, and refuses with 429 what is too much. Rates are read from the platform's ledger, after the first quarter of each run.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks import picture
from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.outbox import batches, ledger
from bot.outbox.batches import Page, Recipient
from bot.outbox.sender import Sender
from bot.service import YOUNG
from bot.storage import schema
from bot.storage.database import Database
from tests.fakes.telegram import TOKEN, loop_factory
from tests.secret import master

ANSWERS = 20
LATENCY = 0.05
POOL = 256
"""Connections of python-telegram-bot, and messages it is given side by side."""
TEXT = "知识产权申报提醒"
PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "outbox-rate.png"
NAMES = {"ours": "知策 Zhice", "limiter": "PTB AIORateLimiter", "plain": "plain loop"}


@dataclass
class Platform:
    """The strict platform, in a process of its own."""

    base_url: str
    session: aiohttp.ClientSession

    @property
    def _control(self) -> str:
        return self.base_url.removesuffix("/bot") + "/_control"

    async def ledger(self) -> list[dict[str, Any]]:
        async with self.session.get(f"{self._control}/ledger", params={"method": "sendMessage"}) as answer:
            return list((await answer.json())["calls"])

    async def limit(self, per_second: int) -> None:
        async with self.session.post(f"{self._control}/strict", json={"per_second": per_second, "latency": LATENCY}) as answer:
            answer.raise_for_status()


@dataclass
class Turn:
    processor: float
    """Seconds of our processor."""
    put: dict[int, float] = field(default_factory=dict)
    """When answers were put in, by chat."""


@dataclass
class Run:
    rate: float
    early: int
    """Refused in the first quarter of the run."""
    refused: int
    """Refused after it."""
    most: int
    """Taken in any second, at the most."""
    processor: float
    """Our processor time a message, in seconds."""
    answers: Sequence[float] = ()
    """Seconds that answers waited behind the run."""


@asynccontextmanager
async def platform(per_second: int) -> AsyncIterator[Platform]:
    command = [sys.executable, "-m", "tests.fakes.telegram"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        port = int(await process.stdout.readline())
        async with aiohttp.ClientSession() as session:
            there = Platform(f"http://127.0.0.1:{port}/bot", session)
            await there.limit(per_second)
            yield there
    finally:
        process.terminate()
        await process.wait()


async def opened(folder: Path) -> Database:
    database = Database(f"sqlite+aiosqlite:///{folder / 'outbox.db'}", master())
    await database.open()
    await schema.migrate(database)
    await database.unlock(SystemClock().now())
    return database


def outgoing(key: str, account: str, chat: int) -> Outgoing:
    return Outgoing(key, Where("telegram", account, str(chat)), (Block((Span(TEXT),)),))


async def ours(there: Platform, per_second: int, seconds: float) -> Turn:
    """The whole way of a notice: rows, claims, sending, results. Answers are put in while the run is on."""
    with tempfile.TemporaryDirectory() as folder:
        database = await opened(Path(folder))
        telegram = Telegram(TOKEN, base_url=there.base_url, per_second=per_second, paid=per_second > 30)
        await telegram.start()
        await begin_notice(database, telegram.account, int(per_second * seconds))
        sender, stop, before = Sender(database, telegram, SystemClock()), asyncio.Event(), used()
        task = asyncio.create_task(sender.run(stop))
        put: dict[int, float] = {}
        for number in range(ANSWERS):
            await asyncio.sleep(seconds / (ANSWERS + 1))
            answer = outgoing(f"r{number}", telegram.account, 90_000_000 + number)
            put[90_000_000 + number] = time.time()
            await database.write(partial(ledger.put, message=answer, group=False, lane="reply", now=SystemClock().now()))
            sender.wake()
        await asyncio.sleep(seconds / (ANSWERS + 1))
        stop.set()
        await task
        processor = used() - before
        await telegram.close()
        await database.close()
    return Turn(processor, put)


async def begin_notice(database: Database, account: str, people: int) -> None:
    await database.write(partial(batches.begin, id="n", letters={"zh": [outgoing("", account, 0)]}, now=SystemClock().now()))
    await batches.expand(database, "n", audience_of(account, people), SystemClock())


def audience_of(account: str, people: int) -> batches.Audience:
    async def audience(_connection: object, cursor: str, limit: int) -> Page:
        start = int(cursor or 0)
        end = min(people, start + limit)
        some = [Recipient(Where("telegram", account, str(10_000 + number)), "zh") for number in range(start, end)]
        return Page(some, str(end), last=end >= people)

    return audience


async def limiter(there: Platform, per_second: int, seconds: float) -> Turn:
    """python-telegram-bot as its documentation advises it. In memory: a crash loses what was not sent."""
    request = HTTPXRequest(connection_pool_size=POOL, pool_timeout=60)
    rate_limiter = AIORateLimiter(overall_max_rate=per_second, overall_time_period=1, max_retries=10)
    async with ExtBot(TOKEN, there.base_url, request=request, rate_limiter=rate_limiter) as bot:
        chats = iter(range(10_000, 10_000 + int(per_second * seconds)))
        return await for_a_while(seconds, asyncio.gather(*(said(bot, chats) for _ in range(POOL))))


async def said(bot: Bot, chats: Iterator[int]) -> None:
    """As many side by side as there are connections: of all at once the limiter wakes every one each millisecond, and does nothing else."""
    for chat in chats:
        try:
            await bot.send_message(chat, TEXT)
        except TelegramError as error:
            print(f"  lost by the limiter: {type(error).__name__}", file=sys.stderr)


async def plain(there: Platform, per_second: int, seconds: float) -> Turn:
    """One after the other; told to wait, it waits."""

    async def loop(bot: Bot) -> None:
        for number in range(int(per_second * seconds)):
            while True:
                try:
                    await bot.send_message(10_000 + number, TEXT)
                    break
                except RetryAfter as error:
                    await asyncio.sleep(float(error._retry_after.total_seconds()))

    async with Bot(TOKEN, there.base_url) as bot:
        return await for_a_while(seconds, loop(bot))


async def for_a_while(seconds: float, work: Awaitable[object]) -> Turn:
    before = used()
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await work
    return Turn(used() - before)


Contender = Callable[[Platform, int, float], Awaitable[Turn]]
CONTENDERS: dict[str, Contender] = {"ours": ours, "limiter": limiter, "plain": plain}


async def run(contender: Contender, per_second: int, seconds: float) -> Run:
    settle()
    async with platform(per_second) as there:
        turn = await contender(there, per_second, seconds)
        return read(await there.ledger(), turn, seconds)


def settle() -> None:
    """As our service does once it has started, for everybody: what stays is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def used() -> float:
    times = resource.getrusage(resource.RUSAGE_SELF)
    return times.ru_utime + times.ru_stime


def read(calls: Sequence[dict[str, Any]], turn: Turn, seconds: float) -> Run:
    first = calls[0]["at"]
    warm, over = first + seconds / 4, first + seconds * 0.95
    taken = sorted(call["at"] for call in calls if call["done"])
    refused = [call["at"] for call in calls if call["error"].startswith("Too Many")]
    arrived = {call["parameters"]["chat_id"]: call["at"] for call in calls if call["done"]}
    return Run(
        sum(warm <= at < over for at in taken) / (over - warm),
        sum(at < warm for at in refused),
        sum(at >= warm for at in refused),
        most_within_a_second(taken),
        turn.processor / len(taken),
        [arrived[chat] - at for chat, at in turn.put.items() if chat in arrived],
    )


def most_within_a_second(moments: Sequence[float]) -> int:
    most = start = 0
    for end, moment in enumerate(moments):
        while moments[start] <= moment - 1:
            start += 1
        most = max(most, end - start + 1)
    return most


def spread(values: Sequence[float], form: str) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):{form}} ({ordered[0]:{form}}–{ordered[-1]:{form}})"


def told(per_second: int, found: dict[str, list[Run]]) -> None:
    for name, runs in found.items():
        share = statistics.median(run.rate for run in runs) / per_second
        rate, processor = spread([run.rate for run in runs], ".1f"), spread([run.processor * 1000 for run in runs], ".2f")
        refused = f"refused {sum(run.refused for run in runs)} (+ {sum(run.early for run in runs)} before)"
        print(
            f"| {per_second}/s | {NAMES[name]} | {rate} | {share:.1%} | {refused} | most {max(run.most for run in runs)} | {processor} ms |"
        )
    waits = sorted(wait for run in found["ours"] for wait in run.answers)
    print(f"{per_second}/s: answers behind the run: median {statistics.median(waits):.3f} s, longest {waits[-1]:.3f} s of {len(waits)}")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rates", type=int, nargs="+", default=[30, 1000])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=16)
    parser.add_argument("--only", choices=list(CONTENDERS), nargs="+", default=list(CONTENDERS))
    given = parser.parse_args()
    shares: dict[str, dict[str, tuple[float, int]]] = {}
    print("| allowed | sender | a second, median (spread) | of the allowed | refused (429) | in any second | processor time a message |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for per_second in given.rates:
        found: dict[str, list[Run]] = {name: [] for name in given.only}
        for _ in range(given.rounds):
            for name in given.only:
                found[name].append(await run(CONTENDERS[name], per_second, given.seconds))
        told(per_second, found)
        shares[f"{per_second}/s"] = {
            NAMES[name]: (statistics.median(run.rate for run in runs) / per_second, sum(run.refused + run.early for run in runs))
            for name, runs in found.items()
        }
    if set(given.only) == set(CONTENDERS) and not picture.missing():
        picture.shares(PICTURE, "Share of the allowed rate, and refusals · 用足限速的比例与被拒次数", shares)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(main())

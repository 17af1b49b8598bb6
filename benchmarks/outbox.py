"""How fast messages go to many without the platform refusing any, beside python-telegram-bot's own limiter and a plain loop.

python -m benchmarks.outbox [--messages 300] [--rounds 3] [--people 200000] [--limit 30]

All contenders speak to the same strict platform on loopback (429 beyond its limit, counted in a sliding window), in turn, in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Bot
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot

from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.outbox import batches, ledger
from bot.outbox.batches import Page, Recipient
from bot.outbox.sender import Sender
from bot.storage import schema
from bot.storage.database import Database
from tests.fakes.telegram import TOKEN, FakeTelegram, Strict
from tests.secret import master

REPLIES = 20
TEXT = "知识产权申报提醒"


@dataclass
class Run:
    rate: float
    refused: int
    replies: list[float]


async def opened(folder: Path) -> Database:
    database = Database(f"sqlite+aiosqlite:///{folder / 'outbox.db'}", master())
    await database.open()
    await schema.migrate(database)
    await database.unlock(SystemClock().now())
    return database


def outgoing(key: str, account: str, chat: int) -> Outgoing:
    return Outgoing(key, Where("telegram", account, str(chat)), (Block((Span(TEXT),)),))


async def ours(fake: FakeTelegram, messages: int, limit: int) -> Run:
    """The whole way: rows, claims, sending, results. Answers are put in while the run is on."""
    with tempfile.TemporaryDirectory() as folder:
        database = await opened(Path(folder))
        telegram = Telegram(TOKEN, base_url=fake.base_url)
        share = telegram.limits.per_second / 30
        telegram.limits = dataclasses.replace(telegram.limits, per_second=limit * share, width=max(32, limit // 10))
        await telegram.start()
        sender, stop = Sender(database, telegram, SystemClock()), asyncio.Event()
        many = [(outgoing(f"b{number}", telegram.account, 10_000 + number), False) for number in range(messages)]
        await database.write(partial(ledger.put_many, messages=many, lane="bulk", now=SystemClock().now()))
        start = time.monotonic()
        task = asyncio.create_task(sender.run(stop))
        put: dict[int, float] = {}
        for number in range(REPLIES):
            await asyncio.sleep(messages / limit / REPLIES * 0.8)
            answer = outgoing(f"r{number}", telegram.account, 90_000 + number)
            await database.write(partial(ledger.put, message=answer, group=False, lane="reply", now=SystemClock().now()))
            put[90_000 + number] = fake.now()
            sender.wake()
        ended = await finished(fake, messages + REPLIES)
        stop.set()
        await task
        await telegram.close()
        await database.close()
    arrived = {call.parameters["chat_id"]: call.at for call in fake.calls("sendMessage") if call.done}
    return Run(
        (messages + REPLIES) / (ended - start), fake.strict.refused if fake.strict else 0, [arrived[chat] - at for chat, at in put.items()]
    )


def refused(fake: FakeTelegram) -> int:
    return fake.strict.refused if fake.strict else 0


async def finished(fake: FakeTelegram, count: int) -> float:
    while sum(call.done for call in fake.calls("sendMessage")) < count:
        await asyncio.sleep(0.02)
    return time.monotonic()


async def limiter(fake: FakeTelegram, messages: int, limit: int) -> Run:
    """python-telegram-bot as its documentation advises it. In memory: a crash loses what was not sent."""
    bot = ExtBot(TOKEN, fake.base_url, rate_limiter=AIORateLimiter(overall_max_rate=limit, overall_time_period=1, max_retries=10))
    async with bot:
        start = time.monotonic()
        await asyncio.gather(*(bot.send_message(10_000 + number, TEXT) for number in range(messages)))
        ended = time.monotonic()
    return Run(messages / (ended - start), refused(fake), [])


async def plain(fake: FakeTelegram, messages: int, limit: int) -> Run:
    """One after the other; told to wait, it waits."""
    async with Bot(TOKEN, fake.base_url) as bot:
        start = time.monotonic()
        for number in range(messages):
            while True:
                try:
                    await bot.send_message(10_000 + number, TEXT)
                    break
                except RetryAfter as error:
                    await asyncio.sleep(float(error._retry_after.total_seconds()))
        ended = time.monotonic()
    return Run(messages / (ended - start), refused(fake), [])


CONTENDERS: dict[str, Callable[[FakeTelegram, int, int], Awaitable[Run]]] = {"ours": ours, "limiter": limiter, "plain": plain}


async def race(messages: int, rounds: int, limit: int) -> None:
    found: dict[str, list[Run]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, contender in CONTENDERS.items():
            async with FakeTelegram() as fake:
                fake.strict = Strict(per_second=limit)
                found[name].append(await contender(fake, messages, limit))
    base = statistics.median(run.rate for run in found["limiter"])
    for name, runs in found.items():
        rates = sorted(run.rate for run in runs)
        turned_down = [run.refused for run in runs]
        print(
            f"{limit}/s {name:8} {statistics.median(rates):7.1f}/s ({rates[0]:.1f}–{rates[-1]:.1f}), "
            f"{statistics.median(rates) / base:.2f} × limiter, refused {turned_down}"
        )
    waits = sorted(wait for run in found["ours"] for wait in run.replies)
    print(f"{limit}/s answers behind the run: median {statistics.median(waits):.3f} s, longest {waits[-1]:.3f} s of {len(waits)}")


async def expansion(people: int) -> None:
    async def audience(_connection: AsyncConnection, cursor: str, limit: int) -> Page:
        start = int(cursor or 0)
        some = [Recipient(Where("telegram", "1", str(number)), "zh") for number in range(start, min(people, start + limit))]
        return Page(some, str(start + len(some)), last=start + len(some) >= people)

    with tempfile.TemporaryDirectory() as folder:
        database, now, times = await opened(Path(folder)), SystemClock().now(), []
        await database.write(partial(batches.begin, id="n", letters={"zh": [outgoing("", "1", 0)]}, now=now))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        more, used = True, time.process_time()
        while more:
            start = time.monotonic()
            more = await database.write(partial(batches.expand_some, id="n", audience=audience, now=now))
            times.append(time.monotonic() - start)
        used = (time.process_time() - used) / len(times)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        await database.close()
    times.sort()
    spread = f"95 % {times[int(len(times) * 0.95)] * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms"
    print(f"{people} recipients in {len(times)} steps: {sum(times):.1f} s")
    print(f"  a step: median {statistics.median(times) * 1000:.0f} ms, {spread}; processor time {used * 1000:.0f} ms")
    print(f"  memory +{(after - before) / 1024:.1f} MB")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--limit", type=int, default=30)
    given = parser.parse_args()
    if given.messages:
        await race(given.messages, given.rounds, given.limit)
    if given.people:
        await expansion(given.people)


if __name__ == "__main__":
    asyncio.run(main())

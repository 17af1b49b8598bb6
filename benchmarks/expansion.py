"""A notice to a million: how long each step of turning recipients into rows takes, what memory it needs, and what answers wait meanwhile.

python -m benchmarks.expansion [--people 1000000] [--most 200]

One process holds the database, the expansion, the sender (which sends the notice meanwhile, at 30 a second) and answers put in twice a
second; the strict platform is a process of its own. An answer's wait is from before its row is written to its arrival at the platform. With
`--most` it ends after so many seconds, and says how far it came.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from benchmarks import picture
from benchmarks.outbox import Platform, audience_of, opened, outgoing, platform, settle, used
from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.outbox import batches, ledger
from bot.outbox.batches import Step
from bot.outbox.sender import Sender
from bot.storage.database import Database
from tests.fakes.telegram import TOKEN, loop_factory

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "expansion.png"
EVERY = 0.5
"""Seconds between answers."""
FIRST = 90_000_000


class Speaker:
    """Answers put in while something else goes on."""

    def __init__(self, database: Database, sender: Sender, account: str) -> None:
        self._database, self._sender, self._account = database, sender, account
        self.put: dict[int, float] = {}

    async def speak(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            chat = FIRST + len(self.put)
            self.put[chat] = time.time()
            answer = outgoing(f"r{chat}", self._account, chat)
            await self._database.write(partial(ledger.put, message=answer, group=False, lane="reply", now=SystemClock().now()))
            self._sender.wake()


@asynccontextmanager
async def sending(database: Database, telegram: Telegram) -> AsyncIterator[Sender]:
    sender, stop = Sender(database, telegram, SystemClock()), asyncio.Event()
    task = asyncio.create_task(sender.run(stop))
    yield sender
    stop.set()
    await task


async def expand(database: Database, account: str, people: int, most: float) -> tuple[list[float], int]:
    """Seconds of each step, and how many recipients have rows."""
    await database.write(partial(batches.begin, id="n", letters={"zh": [outgoing("", account, 0)]}, now=SystemClock().now()))
    step, times, until = Step(), list[float](), time.monotonic() + most
    audience = audience_of(account, people)
    while time.monotonic() < until:
        start, rows = time.monotonic(), step.rows
        more = await database.write(partial(batches.expand_some, id="n", audience=audience, now=SystemClock().now(), rows=rows))
        times.append(time.monotonic() - start)
        step.took(times[-1])
        if not more:
            break
    progress = await database.write(partial(batches.progress, id="n"))
    return times, sum(progress.counts.values()) if progress else 0


async def measured(there: Platform, people: int, most: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = await opened(Path(folder))
        telegram = Telegram(TOKEN, base_url=there.base_url)
        await telegram.start()
        async with sending(database, telegram) as sender:
            settle()
            speaker = Speaker(database, sender, telegram.account)
            before, processor, start = memory(), used(), time.monotonic()
            speaking = asyncio.create_task(speaker.speak())
            times, rows = await expand(database, telegram.account, people, most)
            took, processor, after = time.monotonic() - start, used() - processor, memory()
            speaking.cancel()
            await asyncio.sleep(2)
        await telegram.close()
        await database.close()
    arrived = {call["parameters"]["chat_id"]: call["at"] for call in await there.ledger() if call["done"]}
    waits = [arrived[chat] - at for chat, at in speaker.put.items() if chat in arrived]
    tell(people, rows, took, processor, times, waits, len(speaker.put), before, after)


def tell(
    people: int,
    rows: int,
    took: float,
    processor: float,
    times: Sequence[float],
    waits: Sequence[float],
    put: int,
    before: float,
    after: float,
) -> None:
    print(f"{rows} of {people} recipients have rows after {took:.0f} s ({processor:.0f} s of processor time, the sender's with it)")
    print(f"a step: {spread(times)}; {sum(each > 0.1 for each in times)} of {len(times)} steps above 100 ms")
    print(f"memory: {before:.0f} MB before, {after:.0f} MB at the most (+{after - before:.0f})")
    print(f"answers meanwhile: {spread(waits)}; {len(waits)} of {put} arrived")
    if not picture.missing():
        drawn = {"a step": shares_of(times), "an answer meanwhile": shares_of(waits)}
        picture.curves(PICTURE, f"A notice to {rows:,} recipients while answers are sent", drawn, ("% of them", "took at most so many ms"))


def shares_of(values: Sequence[float]) -> list[tuple[float, float]]:
    """For each share in percent the milliseconds that it did not exceed."""
    ordered = sorted(values)
    return [(share, ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000) for share in range(100)]


def spread(values: Sequence[float]) -> str:
    ordered = sorted(values)
    parts = (statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1])
    return "median {:.0f} ms, 99 % {:.0f} ms, longest {:.0f} ms".format(*(part * 1000 for part in parts))


def memory() -> float:
    """Megabytes, at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--most", type=float, default=200)
    given = parser.parse_args()
    async with platform(30) as there:
        await measured(there, given.people, given.most)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(main())

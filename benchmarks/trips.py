"""How often a turn asks a PostgreSQL and waits: counted on the wire between our service, which echoes, and the server.

python -m benchmarks.trips [--turns 40] [--crowd 300]

Alone: one message after another, less what the service asks by itself meanwhile. In a crowd: many messages at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.engine import make_url

from benchmarks.fleet import no_postgres
from benchmarks.turns import QUESTIONS, Contender, running
from tests import postgres
from tests.secret import MASTER_KEY
from tests.wire import Wire, wired

WARM = 40
"""Turns after which every connection knows its statements."""
REST = 5.0
"""Seconds in which nobody writes."""


def told(bot: Contender, wire: Wire, given: argparse.Namespace) -> list[str]:
    def turns(count: int, *, at_once: bool) -> None:
        for size in [count] if at_once else [1] * count:
            bot.platform.order(kind="text", group=False, count=size, texts=QUESTIONS, url=bot.url, delay=0.0)

    turns(WARM, at_once=False)
    idle = _trips(wire, lambda: time.sleep(REST))[0] / REST
    alone, seconds = _trips(wire, lambda: turns(given.turns, at_once=False))
    used = bot.cpu()
    crowd, took = _trips(wire, lambda: turns(given.crowd, at_once=True))
    used = 1000 * (bot.cpu() - used) / given.crowd
    return [
        f"alone: {(alone - idle * seconds) / given.turns:.1f} round trips a turn ({idle:.0f} a second while nobody writes)",
        f"{given.crowd} at once: {crowd / given.crowd:.1f} a turn, {used:.2f} ms of our processor, {given.crowd / took:.0f} a second",
    ]


def _trips(wire: Wire, work: Callable[[], None]) -> tuple[int, float]:
    before, begun = wire.trips, time.perf_counter()
    work()
    return wire.trips - before, time.perf_counter() - begun


def _measured(wire: Wire, given: argparse.Namespace) -> list[str]:
    with running("echo", sys.executable) as bot:
        return told(bot, wire, given)


async def main(given: argparse.Namespace) -> None:
    with postgres.running(durable=True) as address, tempfile.TemporaryDirectory() as folder:
        async with wired(make_url(address), Path(folder)) as (far, wire):
            os.environ |= {"DATABASE_URL": far.render_as_string(hide_password=False), "MASTER_KEY": MASTER_KEY}
            # The wire is served meanwhile.
            print(*await asyncio.to_thread(_measured, wire, given), sep="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--crowd", type=int, default=300)
    chosen = parser.parse_args()
    if lacking := no_postgres():
        print(f"left out: PostgreSQL ({lacking})")
    else:
        asyncio.run(main(chosen))

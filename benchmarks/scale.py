"""Throughput against the number of processes on PostgreSQL, and what is lost when they are killed under load.

python -m benchmarks.scale [--most 3] [--events 600] [--seconds 60] [--rate 6] [--kills 4] [--write]

First `web` × n take a flood, then `worker` × n handle it: one bot, and n bots that share the database. Then `web` × n and `worker` × n
carry a steady load while one of them after the other is killed and started again. All runs on this machine, the server and the people, too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks import picture
from benchmarks.crowd import Crowd, Truth, truth
from benchmarks.curves import Panel, drawn
from benchmarks.fleet import Process, environment, no_postgres, opened
from bot.outbox.ledger import in_state
from bot.storage.database import Database
from bot.storage.tables import Inbox, Lease, Outbox
from tests.patience import PATIENCE
from tests.postgres import running

TOKEN = "12345678{}:AAE-test-token_only-for-loopback_00"
PEOPLE = 3000
SEED = 20261122
PUBLIC = "http://127.0.0.1:1"
"""Updates are handed over by hand, to one `web` after the other, as a load balancer would."""
DOCS = Path(__file__).parent.parent / "docs"
_inbox, _outbox, _lease = Inbox.__table__, Outbox.__table__, Lease.__table__


@asynccontextmanager
async def crowds(count: int) -> AsyncIterator[list[Crowd]]:
    """So many bots, each on a platform of its own."""
    made = [Crowd(PEOPLE, random.Random(SEED + number), TOKEN.format(number)) for number in range(count)]
    for crowd in made:
        await crowd.__aenter__()
    try:
        yield made
    finally:
        for crowd in made:
            await crowd.__aexit__(None, None, None)


async def fresh(server: str, name: str) -> str:
    door = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with door.connect() as connection:
        await connection.execute(text(f"create database {name}"))
    await door.dispose()
    url = server.replace("/postgres?", f"/{name}?")
    async with opened(url):
        return url


async def left(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).where(_inbox.c.state == "new"))).scalar_one())


async def throughput(server: str, bots: int, each: int, events: int) -> tuple[float, float]:
    """Events taken a second by `each` web processes of every bot, and turns a second by as many workers."""
    url = await fresh(server, f"n{bots}x{each}")
    with tempfile.TemporaryDirectory() as folder:
        async with crowds(bots) as people, opened(url) as database:
            told = [environment(crowd.base_url, crowd.token, PUBLIC, url) for crowd in people]
            webs = [[Process("web", Path(folder), about) for _ in range(each)] for about in told]
            workers = [Process("worker", Path(folder), about) for about in told for _ in range(each)]
            try:
                return await _taken(people, webs, events), await _handled(database, workers)
            finally:
                for process in [*(process for some in webs for process in some), *workers]:
                    await process.kill()


async def _taken(people: list[Crowd], webs: list[list[Process]], events: int) -> float:
    for crowd, some in zip(people, webs, strict=True):
        crowd.webs = [process.address for process in some]
        await asyncio.gather(*(process.start() for process in some))
    begun = time.monotonic()
    await asyncio.gather(*(crowd.flood(events // len(people)) for crowd in people))
    return sum(len(crowd.taken) for crowd in people) / (time.monotonic() - begun)


async def _handled(database: Database, workers: list[Process]) -> float:
    """Of the second half: by then all have started."""
    whole = await left(database)
    await asyncio.gather(*(process.start() for process in workers))
    looks: list[tuple[float, int]] = []
    async with asyncio.timeout(PATIENCE):
        while not looks or looks[-1][1]:
            looks.append((time.monotonic(), await left(database)))
            await asyncio.sleep(0.1)
    first = next(look for look in looks if look[1] <= whole * 0.75)
    last = next(look for look in looks if look[1] <= whole * 0.02)
    return (first[1] - last[1]) / max(0.1, last[0] - first[0])


# ---- killed under load ----


async def killed(server: str, given: argparse.Namespace) -> tuple[Truth, int, list[str]]:
    """Beside the truth how often something was not taken at once, and who was killed."""
    url, dice = await fresh(server, "killed"), random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        async with crowds(1) as (crowd,), opened(url) as database:
            told = environment(crowd.base_url, crowd.token, PUBLIC, url)
            processes = [Process(name, Path(folder), told) for name in ("web", "worker") for _ in range(given.most)]
            crowd.webs = [process.address for process in processes if process.command == "web"]
            try:
                await asyncio.gather(*(process.start() for process in processes))
                killing = asyncio.create_task(_kill(processes, database, given, dice))
                await crowd.live(given.seconds, given.rate, lambda _share: 1.0, lambda: _settled(crowd, database))
                victims = await killing
                codes = list(await asyncio.gather(*(process.stop() for process in processes)))
                return await truth(crowd, database), crowd.refusals, [*victims, f"exit codes {codes}"]
            finally:
                for process in processes:
                    await process.kill()


async def _kill(processes: list[Process], database: Database, given: argparse.Namespace, dice: random.Random) -> list[str]:
    """A web process and the worker that handles turns, in turn: killing one that stands by would prove little."""
    victims: list[str] = []
    for number in range(given.kills):
        await asyncio.sleep(given.seconds / (given.kills + 1))
        if number % 2:
            victim = await _at_work(processes, database) or processes[-1]
        else:
            victim = dice.choice([process for process in processes if process.command == "web"])
        await victim.kill()
        victims.append(victim.command)
        await victim.start()
    return victims


async def _at_work(processes: list[Process], database: Database) -> Process | None:
    async with database.read() as connection:
        holders = (await connection.execute(select(_lease.c.holder).where(_lease.c.name.like("consume:telegram:%")))).scalars().all()
    pids = {int(holder.split("/")[1]) for holder in holders if holder}
    return next((process for process in processes if process.pid in pids), None)


async def _settled(crowd: Crowd, database: Database) -> None:
    async with asyncio.timeout(PATIENCE):
        while crowd.posting or await left(database) or await _unsent(database):
            await asyncio.sleep(0.2)


async def _unsent(database: Database) -> bool:
    async with database.read() as connection:
        return any(
            [(await connection.execute(select(_outbox.c.id).where(in_state(state)).limit(1))).first() for state in ("pending", "sending")]
        )


# ---- told ----


async def run(given: argparse.Namespace) -> list[str]:
    lines = [f"two cores, load of the machine {os.getloadavg()[0]:.1f}", ""] if os.cpu_count() == 2 else []
    lines += (
        []
        if not given.events
        else ["| n | one bot: taken a second | handled a second | n bots: taken a second | handled a second |", "|---" * 5 + "|"]
    )
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ("taken, web × n", "handled, worker × n", "handled, n bots")}
    with running(durable=True) as server:
        for n in range(1, (given.most if given.events else 0) + 1):
            one = await throughput(server, 1, n, given.events)
            many = await throughput(server, n, 1, given.events) if n > 1 else one
            lines.append(f"| {n} | {one[0]:.0f} | {one[1]:.1f} | {many[0]:.0f} | {many[1]:.1f} |")
            print(lines[-1], flush=True)
            for name, value in zip(found, (one[0], one[1], many[1]), strict=True):
                found[name].append((float(n), value))
        if given.kills:
            lines += ["", *_told(await killed(server, given), given)]
    if given.write and given.events and not picture.missing():
        panels = [Panel("a second", {name: series}) for name, series in found.items()]
        drawn(DOCS / "pictures" / "scale.png", "Processes on PostgreSQL, two cores", "n", panels)
    return lines


def _told(found: tuple[Truth, int, list[str]], given: argparse.Namespace) -> list[str]:
    true, refusals, victims = found
    return [
        f"web × {given.most} and worker × {given.most}, {given.seconds:g} s at {given.rate:g} a second, killed: {', '.join(victims)}",
        f"taken {true.taken}, answers {true.answers}, lost {true.lost}, heard nothing {len(true.unheard)}, "
        f"twice {true.twice}, out of order {true.disorder}, "
        f"in doubt {true.doubtful} (sent once more after ten minutes), not taken at once {refusals}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--most", type=int, default=3)
    parser.add_argument("--events", type=int, default=600, help="0 leaves out the throughput")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=6)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--write", action="store_true", help="docs/pictures/scale.png")
    given = parser.parse_args()
    if reason := no_postgres():
        print(f"PostgreSQL is left out: {reason}")
        return
    print("\n".join(asyncio.run(run(given))))


if __name__ == "__main__":
    main()

"""A day and a day of 宣传周 in a few minutes: how long people wait, and whether anything grows, gets lost or comes twice.

python -m benchmarks.soak [--minutes 10] [--rate 20] [--warm 60] [--chats 100000] [--database sqlite|postgresql] [--write]

`--rate`: messages a second at the highest peak; Telegram lets one bot say 30. All processes are real; the platform is on loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from benchmarks import picture
from benchmarks.crowd import Crowd, Heard, Truth, truth
from benchmarks.curves import Panel, drawn
from benchmarks.fleet import Process, environment, fill, no_postgres, opened
from tests.postgres import running

HOURS = (3, 2, 1, 1, 1, 2, 5, 15, 60, 100, 90, 60, 30, 35, 70, 80, 65, 40, 20, 18, 16, 14, 10, 6)
"""Of a day, by the hour: who works at an enterprise asks in the morning and after lunch."""
USUAL = 0.45
"""A usual day's peak beside that of a day in 宣传周."""
LOOK = 2.0
FIGURES = 15.0
"""Seconds between looks at the metrics address, as Prometheus does: they are counted anew each time, over all rows."""
WARM = 0.2
"""Share of the time after which memory is looked at: caches have filled by then."""
SEED = 20261122
DOCS = Path(__file__).parent.parent / "docs"


@dataclass(frozen=True)
class Look:
    """The processes together, at a moment."""

    at: float
    memory: float
    descriptors: int
    tasks: int
    waiting: int


def shape(share: float) -> float:
    """0 to 1: how much is asked when that share of the two days is over."""
    day, hour = divmod(share * 48, 24)
    first = int(hour)
    now, after = HOURS[first], HOURS[(first + 1) % 24]
    level = (now + (after - now) * (hour - first)) / max(HOURS)
    return level * (USUAL if day < 1 else 1.0)


@contextlib.asynccontextmanager
async def installed(crowd: Crowd, folder: Path, given: argparse.Namespace) -> AsyncIterator[tuple[list[Process], str]]:
    """The service with so many people known, and its database's address."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(running(durable=True)) if given.database == "postgresql" else ""
        if server:
            told = environment(crowd.base_url, crowd.token, "http://127.0.0.1:1", server)
            processes = [Process(name, folder, told) for name in ["web"] * given.web + ["worker"] * given.worker]
            url = server
        else:
            processes = [Process("serve", folder, {})]
            url = f"sqlite+aiosqlite:///{folder / f'serve-{processes[0].port}' / 'zhice.db'}"
            processes[0].environment = environment(crowd.base_url, crowd.token, processes[0].address)
        async with opened(url) as database:
            await fill(database, str(crowd.bot["id"]), given.chats)
        crowd.webs = [process.address for process in processes if process.command != "worker"]
        try:
            for process in processes:
                await process.start()
            yield processes, url
        finally:
            for process in processes:
                await process.kill()


async def watch(processes: Sequence[Process], crowd: Crowd, begun: float, looks: list[Look]) -> None:
    async with aiohttp.ClientSession() as session:
        asked, tasks = 0.0, 0
        while True:
            if time.monotonic() >= asked + FIGURES:
                asked, tasks = time.monotonic(), sum([await process.tasks(session) for process in processes])
            memory, descriptors = sum(process.memory() for process in processes), sum(process.descriptors() for process in processes)
            looks.append(Look(time.monotonic() - begun, memory, descriptors, tasks, crowd.waiting))
            await asyncio.sleep(LOOK)


@dataclass(frozen=True)
class Result:
    heard: list[Heard]
    looks: list[Look]
    truth: Truth
    used: float
    """Processor seconds of all processes."""
    size: float
    """Megabytes by which the database grew; 0 where it is not ours to weigh."""
    codes: list[int]
    refusals: int


async def soak(given: argparse.Namespace) -> Result:
    seconds = given.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        async with Crowd(given.chats, random.Random(SEED)) as crowd, installed(crowd, Path(folder), given) as (processes, url):
            before, file, looks = sum(process.processor() for process in processes), Path(url.partition(":///")[2]), list[Look]()
            weighed = file.stat().st_size if url.startswith("sqlite") else 0
            await crowd.live(given.warm, given.rate, lambda _share: 1.0)
            crowd.heard.clear()
            watching = asyncio.create_task(watch(processes, crowd, time.monotonic(), looks))
            await crowd.live(seconds, given.rate, shape)
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            used = sum(process.processor() for process in processes) - before
            codes = list(await asyncio.gather(*(process.stop() for process in processes)))
            grown = (file.stat().st_size - weighed) / 1e6 if weighed else 0.0
            async with opened(url) as database:
                found = await truth(crowd, database)
            return Result(crowd.heard, looks, found, used, grown, codes, crowd.refusals)


def slope(looks: Sequence[Look], seconds: float) -> float:
    """Megabytes a minute after the warm-up, by least squares; looks after the last question are left out."""
    level = [look for look in looks if seconds * WARM <= look.at <= seconds]
    if len(level) < 3:
        return float("nan")
    return statistics.linear_regression([look.at / 60 for look in level], [look.memory for look in level]).slope


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def table(result: Result, given: argparse.Namespace) -> list[str]:
    """A line for each of ten parts of the time."""
    lines = ["| minute | of the day | heard | p50 | p99 | longest | memory | descriptors | tasks |", "|---" * 9 + "|"]
    part = given.minutes * 6.0
    for number in range(10):
        here = [each.seconds for each in result.heard if number * part <= each.at < (number + 1) * part]
        looks = [look for look in result.looks if number * part <= look.at < (number + 1) * part] or result.looks[-1:]
        hours = [round(share % 1 * 24) % 24 for share in (number / 5, (number + 1) / 5)]
        day = ("usual", "宣传周")[number >= 5]
        waits = [f"{value * 1000:.0f} ms" for value in (quantile(here, 0.5), quantile(here, 0.99), max(here, default=0.0))]
        memory = f"{statistics.fmean(look.memory for look in looks):.1f} MB"
        least, most = min(look.tasks for look in looks), max(look.tasks for look in looks)
        cells = (
            f"{number * part / 60:g}–{(number + 1) * part / 60:g}",
            f"{day} {hours[0]}–{hours[1] or 24} h",
            str(len(here)),
            *waits,
            memory,
        )
        lines.append(f"| {' | '.join(cells)} | {max(look.descriptors for look in looks)} | {least}–{most} |")
    return lines


def summary(result: Result, given: argparse.Namespace) -> list[str]:
    seconds, waits, level = given.minutes * 60, [each.seconds for each in result.heard], result.looks[len(result.looks) // 5 :]
    found = result.truth
    who = "serve on SQLite" if given.database == "sqlite" else f"web × {given.web} and worker × {given.worker} on PostgreSQL"
    who += f", {given.chats:,} chats known, {given.minutes:g} minutes, peak {given.rate:g} a second"
    return [
        f"{who}; load of the machine {os.getloadavg()[0]:.1f}",
        f"taken {found.taken}, answers {found.answers}, lost {found.lost}, heard nothing {found.unheard or 0}, "
        f"twice {found.twice}, out of order {found.disorder}, "
        f"not taken at once {result.refusals}, exit codes {result.codes}",
        f"reply p50 {quantile(waits, 0.5) * 1000:.0f} ms, p99 {quantile(waits, 0.99) * 1000:.0f} ms, longest {max(waits, default=0):.2f} s",
        f"memory {level[0].memory:.1f} → {level[-1].memory:.1f} MB after warm-up, slope {slope(result.looks, seconds):+.2f} MB a minute",
        f"descriptors {min(look.descriptors for look in level)}–{max(look.descriptors for look in level)}, "
        f"tasks {min(look.tasks for look in level)}–{max(look.tasks for look in level)}",
        f"processor time {result.used / max(1, found.taken) * 1000:.1f} ms for each message taken; database file +{result.size:.1f} MB",
    ]


def paint(result: Result, given: argparse.Namespace) -> None:
    """Waits and rates in steps of a sixtieth of the time."""
    step = given.minutes
    slots: list[list[float]] = [[] for _ in range(60)]
    for each in result.heard:
        slots[min(59, int(each.at / step))].append(each.seconds)
    middle = [(number + 0.5) * step / 60 for number in range(60)]

    def of(name: str) -> list[tuple[float, float]]:
        return [(look.at / 60, getattr(look, name)) for look in result.looks]

    panels = [
        Panel("a second", {"messages": [(x, len(slot) / step) for x, slot in zip(middle, slots, strict=True)]}),
        Panel(
            "ms",
            {
                f"p{share * 100:g}": [(x, quantile(slot, share) * 1000) for x, slot in zip(middle, slots, strict=True) if slot]
                for share in (0.5, 0.99)
            },
        ),
        Panel("MB", {"memory": of("memory")}),
        Panel("", {"tasks": of("tasks"), "descriptors": of("descriptors")}),
    ]
    title = f"{given.chats:,} chats, a day and a day of 宣传周 in {given.minutes:g} minutes"
    drawn(DOCS / "pictures" / "soak.png", title, "minutes", panels)


def written(result: Result, given: argparse.Namespace) -> str:
    how = f"--minutes {given.minutes:g} --rate {given.rate:g} --warm {given.warm:g} --chats {given.chats} --database {given.database}"
    lines = ["# The soak's log", "", f"`python -m benchmarks.soak {how} --write` · {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", ""]
    lines += [f"- {line}" for line in summary(result, given)]
    return "\n".join([*lines, "", "![The soak](pictures/soak.png)", "", *table(result, given)]) + "\n"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--warm", type=float, default=60, help="seconds of the full rate before anything is looked at")
    parser.add_argument("--chats", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--web", type=int, default=1)
    parser.add_argument("--worker", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="docs/soak.md and its picture")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    if given.database == "postgresql" and (reason := no_postgres()):
        print(f"PostgreSQL is left out: {reason}")
        return
    result = asyncio.run(soak(given))
    print("\n".join([*table(result, given), "", *summary(result, given)]))
    if not given.write:
        return
    (DOCS / "soak.md").write_text(written(result, given), encoding="utf-8")
    if reason := picture.missing():
        print(f"no picture: {reason}")
    else:
        paint(result, given)


if __name__ == "__main__":
    main()

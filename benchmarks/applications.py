"""How long a step of an application takes: from what somebody wrote, stored, to the draft and the reply, committed.

python -m benchmarks.applications [--people 60] [--write]: whole applications for a prior examination in Suzhou, one person
after another and eight at once, on SQLite and, where its programs are installed, on PostgreSQL. Wall and processor time,
the spread over the steps; `--write` draws the picture.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from benchmarks import curves
from benchmarks.curves import Panel
from benchmarks.fleet import no_postgres
from bot.adapters.terminal import Terminal
from bot.app import Core, core
from bot.core.clock import SystemClock
from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.platform import Limits
from bot.settings import Settings
from bot.storage import inbox
from handlers.turn import Turns
from knowledge.lookup import Knowledge
from tests.postgres import running
from tests.secret import MASTER_KEY

SAID = (
    "/apply 预审备案",
    "专利快速预审备案（苏州）",
    "都符合",
    "同意并开始",
    "苏州知微科技有限公司",
    "91350100M000100Y43",
    "吴江",
    "苏州市吴江区云梨路1号",
    "跳过",
    "张敏",
    "13812345678",
    "没有",
    "zhang@example.com",
    "企业",
    "李大",
    "5 人，负责人张敏",
    "12",
    "跳过",
    "电子信息",
    "12，3，1",
    "交纸质材料",
    "交纸质材料",
    "交纸质材料",
    "提交",
)
LIMITS = Limits(text=4096, buttons=100, label=64, edits=True, notes=True, heard_from_person=0, heard_from_chat=0)
AT_ONCE = 8
TARGET = 50.0
"""Milliseconds, of 99 steps in 100."""
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "applications-steps.png"


@dataclass
class Run:
    name: str
    walls: list[float] = field(default_factory=list)
    processor: float = 0.0

    def row(self) -> str:
        figures = [*(percentile(self.walls, part) for part in (50, 90, 99)), max(self.walls), self.processor / len(self.walls)]
        return f"| {self.name} | {len(self.walls)} | " + " | ".join(f"{figure * 1000:.1f}" for figure in figures) + " |"


def percentile(values: Sequence[float], part: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1] if len(values) > 1 else values[0]


async def application(built: Core, turns: Turns, person: str, run: Run) -> None:
    """One from its first word to its receipt."""
    where = Where("bench", "office", person)
    for number, line in enumerate(SAID):
        text = line.removeprefix("/apply ")
        kind = Kind.COMMAND if line.startswith("/") else Kind.TEXT
        said = Incoming(
            f"{person}-{number}",
            kind,
            where,
            ChatKind.PRIVATE,
            person,
            built.clock.now(),
            text=text,
            command="apply" if kind is Kind.COMMAND else "",
        )
        begun = time.perf_counter()
        await built.inbox.accept([said])
        async with built.database.read() as connection:
            waiting = await inbox.waiting(connection, "bench", "office", built.clock.now(), 100)
        (event,) = [each for each in waiting.events if each.incoming.user == person]
        await turns.take(event, LIMITS)
        run.walls.append(time.perf_counter() - begun)


async def measured(name: str, address: str, people: int) -> list[Run]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder), database_url=address, master_key=SecretStr(MASTER_KEY))
        async with core(settings, migrate=True, clock=SystemClock()) as built:
            turns = built.turns(Knowledge.open(), [Terminal("office", lambda _: None, built.clock)])
            await application(built, turns, "warm", Run(""))
            alone, together = Run(f"{name}, one at a time"), Run(f"{name}, {AT_ONCE} at once")
            begun = time.process_time()
            for number in range(people):
                await application(built, turns, f"a{number}", alone)
            alone.processor, begun = time.process_time() - begun, time.process_time()
            for first in range(0, people, AT_ONCE):
                await asyncio.gather(*(application(built, turns, f"b{number}", together) for number in range(first, first + AT_ONCE)))
            together.processor = time.process_time() - begun
            await proved(built, 2 * people + 1 + -people % AT_ONCE)
    return [alone, together]


async def proved(built: Core, people: int) -> None:
    """They are there: a fast reply that wrote nothing would be no reply."""
    async with built.database.read() as connection:
        handed_in = (await connection.exec_driver_sql("select count(*) from application")).scalar_one()
    assert handed_in == people, f"{handed_in} of {people} were handed in"


async def main(people: int, write: bool) -> None:
    runs = await measured("SQLite", "", people)
    with ExitStack() as stack:
        if reason := no_postgres():
            print(f"PostgreSQL is left out: {reason}")
        else:
            runs += await measured("PostgreSQL", stack.enter_context(running(durable=True)), people)
    print("| | steps | p50 ms | p90 | p99 | longest | processor |\n|---|---|---|---|---|---|---|")
    for run in runs:
        print(run.row())
    late = [run.name for run in runs if percentile(run.walls, 99) * 1000 > TARGET and "at a time" in run.name]
    print(f"target: p99 within {TARGET:.0f} ms, one at a time: " + (f"missed by {', '.join(late)}" if late else "met"))
    if write:
        drawn = {run.name: [(part, percentile(run.walls, part) * 1000) for part in range(1, 100)] for run in runs}
        curves.drawn(
            PICTURE,
            "A step of an application, from the stored message to the committed reply",
            "percent of the steps",
            [Panel("ms", drawn)],
        )
        print(PICTURE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--write", action="store_true", help="draw docs/pictures/applications-steps.png")
    given = parser.parse_args()
    asyncio.run(main(given.people, given.write))

"""What was measured, as the section Turns of docs/performance.md, and as a picture."""

from __future__ import annotations

import argparse
import importlib
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.turns import Figure, Result, Start

NAMES = {
    "echo": "ours, durable echo",
    "lookup": "ours, the real lookup",
    "ptb": "python-telegram-bot, as it comes",
    "ptb-concurrent": "the same, concurrent updates",
    "ptb-sqlmodel": "python-telegram-bot, SQLModel",
    "ptb-durable": "the same, with our steps",
    "aiogram-sqlmodel": "aiogram, SQLModel",
    "aiogram-durable": "the same, with our steps",
    "bare": "a bare aiohttp handler, our steps",
}
_BEGIN, _END = "<!-- turns: written by python -m benchmarks.turns --docs -->", "<!-- turns: end -->"

# What is promised: of which figure, ours over the peer's or the other way round, at least or at most.
AIMS = (
    (
        "echo: processor time, python-telegram-bot with SQLModel over ours, one commit for our three",
        "whole",
        "ptb-sqlmodel",
        "echo",
        ">=",
        15.0,
    ),
    ("the same, both with our steps", "whole", "ptb-durable", "echo", ">=", 15.0),
    ("echo: processor time, aiogram with SQLModel over ours, one commit for our three", "whole", "aiogram-sqlmodel", "echo", ">=", 4.0),
    ("the same, both with our steps", "whole", "aiogram-durable", "echo", ">=", 4.0),
    ("50 ms of network: our messages a second over python-telegram-bot's", "delayed", "echo", "ptb", ">=", 50.0),
    ("echo: our processor time over the bare handler's", "whole", "echo", "bare", "<=", 2.0),
)
START_AIM, REST_AIM, LOOKUP_AIM = 1.5, 150.0, 1.1


def told(results: Mapping[str, Result], starts: Mapping[str, Start], given: argparse.Namespace) -> str:
    parts = [_how(given)]
    if results:
        parts += [_bots(results), _aims(results), _lookup(results)]
    if starts:
        parts.append(_starts(starts))
    return "\n\n".join(part for part in parts if part)


def _how(given: argparse.Namespace) -> str:
    machine = f"Python {platform.python_version()}, {platform.machine()}"
    return (
        f"`python -m benchmarks.turns --rounds {given.rounds} --count {given.count} --delayed {given.delayed} --starts {given.starts}`, "
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}. Median of the rounds, in brackets the smallest and the largest; *noisy* where they are "
        "further apart than 1.3 times. Milliseconds are the bot's own processor time for one update, all threads, user and system. The "
        "platform's limits are lifted for all."
    )


def _bots(results: Mapping[str, Result]) -> str:
    scenes = list(next(iter(results.values())).cost)
    head = ("bot", "ms an update", *scenes, "messages/s", "with 50 ms", "acknowledged, p99 ms", "lost", "MB")
    return _table(head, [_row(name, result, scenes) for name, result in results.items()])


def _row(name: str, result: Result, scenes: Sequence[str]) -> list[str]:
    costs = [f"{result.cost[scene].median:.2f}" for scene in scenes]
    rates = [result.rate.told(".0f"), result.delayed.told(".0f") if result.delayed.values else "–"]
    return [NAMES[name], result.whole.told(), *costs, *rates, result.acknowledged.told(".0f"), str(result.lost), f"{result.memory:.0f}"]


def _aims(results: Mapping[str, Result]) -> str:
    rows = []
    for what, figure, above, below, sign, aim in AIMS:
        if above in results and below in results and (ratio := _ratio(results, figure, above, below)):
            is_met = ratio.median >= aim if sign == ">=" else ratio.median <= aim
            rows.append((what, f"{sign} {aim:g}", ratio.told(".1f"), "met" if is_met else "NOT MET"))
    return _table(("aim", "at", "ratio, round by round", ""), rows) if rows else ""


def _ratio(results: Mapping[str, Result], figure: str, above: str, below: str) -> Figure | None:
    from benchmarks.turns import Figure

    first, second = getattr(results[above], figure).values, getattr(results[below], figure).values
    return Figure([one / other for one, other in zip(first, second, strict=True)]) if first and all(second) else None


def _lookup(results: Mapping[str, Result]) -> str:
    """The lookup's turn is an echo's and the lookup itself; what is above that is ours to explain."""
    if not {"echo", "lookup"} <= results.keys():
        return ""
    from benchmarks.turns import Figure

    whole, echo = (results[name].cost["private text"] for name in ("lookup", "echo"))
    alone = results["lookup"].alone
    share = Figure([one / (two + three) for one, two, three in zip(whole.values, echo.values, alone.values, strict=True)])
    return (
        f"A text that is looked up costs {whole.told()} ms, one that is echoed {echo.told()}, the question by itself {alone.told()}: "
        f"{share.told()} times the sum of both (aim <= {LOOKUP_AIM:g}): {_met(share.median <= LOOKUP_AIM)}."
    )


def _starts(starts: Mapping[str, Start]) -> str:
    named = {"serve": "ours, `zhice serve`", "ptb": NAMES["ptb"]}
    rows = [(named[name], each.seconds.told(), each.cpu.told(), each.memory.told(".0f")) for name, each in starts.items()]
    table = _table(("cold start to the first answered message", "s", "processor s", "MB at rest"), rows)
    if {"serve", "ptb"} <= starts.keys():
        ratio = starts["serve"].seconds.median / starts["ptb"].seconds.median
        rest = starts["serve"].memory.median
        table += f"\n\nStart: {ratio:.1f} times the bare bot's (aim {START_AIM:g}): {_met(ratio <= START_AIM)}. "
        table += f"At rest {rest:.0f} MB (aim {REST_AIM:g}): {_met(rest <= REST_AIM)}."
    return table


def _met(is_met: bool) -> str:
    return "met" if is_met else "NOT MET"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join((*lines, *("| " + " | ".join(row) + " |" for row in rows)))


def written(docs: Path, text: str, results: Mapping[str, Result]) -> None:
    """Puts the text between its marks, and draws the picture."""
    page = docs / "performance.md"
    whole = page.read_text(encoding="utf-8")
    if _BEGIN not in whole:
        raise SystemExit(f"{page} has no place for it: {_BEGIN}")
    between = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    shown = f"{text}\n\n![Processor time of one update](pictures/turns.png)" if results else text
    page.write_text(between.sub(lambda _: f"{_BEGIN}\n{shown}\n{_END}", whole), encoding="utf-8")
    if results:
        drawn(docs / "pictures" / "turns.png", results)


def drawn(file: Path, results: Mapping[str, Result]) -> None:
    """A bar for each bot, as long as its processor time."""
    ordered = sorted(results.items(), key=lambda pair: pair[1].whole.median)
    longest = ordered[-1][1].whole.median
    width, height, left = 1100, 60 + 44 * len(ordered), 330
    image = importlib.import_module("PIL.Image").new("RGB", (width, height), "white")
    draw = importlib.import_module("PIL.ImageDraw").Draw(image)
    font = importlib.import_module("PIL.ImageFont").load_default
    draw.text((16, 14), "Processor time of one update, webhook to message sent (ms)", font=font(18), fill="#1f2933")
    for at, (name, result) in enumerate(ordered):
        y, end = 56 + 44 * at, left + (width - left - 120) * result.whole.median / longest
        draw.text((left - 10, y + 14), NAMES[name], font=font(15), fill="#1f2933", anchor="rm")
        draw.rectangle((left, y, end, y + 28), fill="#0b6e4f" if name in ("echo", "lookup") else "#9aa5b1")
        draw.text((end + 8, y + 14), f"{result.whole.median:.2f}", font=font(15), fill="#1f2933", anchor="lm")
    file.parent.mkdir(parents=True, exist_ok=True)
    image.convert("P", palette=1, colors=32).save(file, optimize=True)

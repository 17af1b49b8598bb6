"""Every *.txt here is a conversation that staff can read: `>` says, `<` hears.

A line `< …` stands for any lines, and `…` inside a line for any words. A `#` begins a remark.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.flows.conftest import Talk

FLOWS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
async def test_the_conversation_goes_as_written(path: Path, talk: Talk) -> None:
    await talk.begin()
    for said, expected in exchanges(path.read_text(encoding="utf-8")):
        heard = [line for answer in await talk.say(said) for line in answer.splitlines() if line]
        assert agrees([line for line in expected if line], heard), "\n".join([f"> {said}", *heard, "", "expected:", *expected])


def exchanges(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("> "):
            found.append((line[2:], []))
        elif line.startswith("<"):
            found[-1][1].append(line[1:].removeprefix(" "))
        elif line.strip() and not line.startswith("#"):
            raise AssertionError(f"neither said nor heard: {line}")
    return found


def agrees(expected: list[str], heard: list[str]) -> bool:
    """Line by line; `…` alone on a line skips any number of them."""
    reached = {0}
    for line in expected:
        if line == "…":
            reached = set(range(min(reached), len(heard) + 1)) if reached else set()
        else:
            reached = {at + 1 for at in reached if at < len(heard) and _same(line, heard[at])}
    return len(heard) in reached


def _same(expected: str, heard: str) -> bool:
    return re.fullmatch(".*?".join(map(re.escape, expected.split("…"))), heard) is not None

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
        heard = "\n".join("\n\n".join(await talk.say(said)).splitlines())
        assert _pattern(expected).fullmatch(heard), f"> {said}\nheard:\n{heard}\n\nexpected:\n" + "\n".join(expected)


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


def _pattern(lines: list[str]) -> re.Pattern[str]:
    """Blank lines are left out on both sides of a comparison's heart: a transcript is for reading."""
    parts = ["(?:.*\n?)*?" if line == "…" else re.escape(line).replace("…", ".*?") + "\n?" for line in lines]
    return re.compile(r"\n*".join(parts) + r"\n*")

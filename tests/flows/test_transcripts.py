"""Every *.txt here is a conversation that staff can read: `>` says, `<` hears.

`@` is a time: what is due by then goes out. A line `< …` stands for any lines, and `…` inside a line for any words.
A `#` begins a remark.

In a file that begins with `# group` members talk: `王工> …` says something in the group, `王工>> …` replies to our last message, and
`[…]` as a whole line presses the button of that name. Where nothing follows, we are silent. In a file that begins with `# people` each
has a private chat; a line `→ 王工` heads what somebody hears who has not just spoken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.flows.conftest import People, Talk

FLOWS = sorted(Path(__file__).parent.glob("*.txt"))
_GROUP, _PEOPLE = "# group", "# people"
_SAID = re.compile(r"(?P<member>[^<>#\s]*)(?P<reply>>?)> (?P<line>.*)")


@dataclass
class Exchange:
    member: str
    reply: bool
    line: str
    expected: list[str] = field(default_factory=list)


def _files(*, head: str = "") -> list[Path]:
    """Those that begin so, or with neither of the heads."""
    found = {path: path.read_text(encoding="utf-8").startswith((head,) if head else (_GROUP, _PEOPLE)) for path in FLOWS}
    return [path for path, begins in found.items() if begins is bool(head)]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
async def test_the_conversation_goes_as_written(path: Path, talk: Talk) -> None:
    await talk.begin()
    for exchange in exchanges(path.read_text(encoding="utf-8")):
        judge(exchange, await heard_by(talk, exchange))


@pytest.mark.parametrize("path", _files(head=_GROUP), ids=lambda path: path.stem)
async def test_the_group_talks_as_written(path: Path, group: Talk) -> None:
    await group.begin()
    for exchange in exchanges(path.read_text(encoding="utf-8")):
        judge(exchange, await heard_by(group, exchange))


async def heard_by(talk: Talk, exchange: Exchange) -> list[str]:
    if exchange.member == "@":
        return await talk.at(exchange.line)
    if exchange.member:
        return await talk.say_in_group(exchange.member, exchange.line, reply=exchange.reply)
    return await talk.say(exchange.line)


@pytest.mark.parametrize("path", _files(head=_PEOPLE), ids=lambda path: path.stem)
async def test_the_people_are_served_as_written(path: Path, people: People) -> None:
    for exchange in exchanges(path.read_text(encoding="utf-8")):
        exchange.line = await people.filled_in(exchange.line)
        judge(exchange, await heard_by(people.talk, exchange))


def judge(exchange: Exchange, answers: list[str]) -> None:
    heard = [line for answer in answers for line in answer.splitlines() if line]
    expected = [line for line in exchange.expected if line]
    assert agrees(expected, heard), "\n".join([f"{exchange.member}> {exchange.line}", *heard, "", "expected:", *expected])


def exchanges(text: str) -> list[Exchange]:
    found: list[Exchange] = []
    for line in text.splitlines():
        if line.startswith("<"):
            found[-1].expected.append(line[1:].removeprefix(" "))
        elif line.startswith("@ "):
            found.append(Exchange("@", False, line[2:]))
        elif said := _SAID.fullmatch(line):
            found.append(Exchange(said["member"], bool(said["reply"]), said["line"]))
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

"""Which command a message in everyday words stands for: 我想申请预审, 明天上午九点提醒我交年费."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.words import SOURCE
from handlers.choosing import bare
from handlers.forms.naming import named
from knowledge.lists import word_list
from knowledge.normal import normal
from reminders.programmes import by_name
from reminders.recurring import week_name

_FILE = Path(__file__).parent / "wanting.yaml"
LONGEST = 120
"""Characters of a message that may be a command in words."""


@dataclass(frozen=True)
class Wanted:
    command: str
    text: str = ""
    """What stands behind the command."""


@dataclass(frozen=True)
class _Ways:
    names: Mapping[str, str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _ways() -> _Ways:
    content = word_list(_FILE)
    return _Ways(
        {bare(name): command for command, names in content["names"].items() for name in names},
        tuple((command, re.compile(each)) for command, patterns in content["patterns"].items() for each in patterns),
    )


def wanted(message: str) -> Wanted | None:
    """None for what is a question, or no more than talk."""
    if not message.strip() or len(message) > LONGEST:
        return None
    if command := _ways().names.get(bare(message)):
        return Wanted(command)
    said = normal(message).strip(" 。.!,")
    for command, pattern in _ways().patterns:
        if found := pattern.match(said):
            meant = Wanted(command, " ".join(part.strip() for part in found.groups() if part))
            if _is_ours(meant):
                return meant
    return None


def _is_ours(wanted: Wanted) -> bool:
    """What is applied for is one of our programmes, and what is subscribed to one of theirs or the week."""
    match wanted.command:
        case "apply":
            return not wanted.text or bool(named(wanted.text))
        case "subscribe":
            return by_name(wanted.text) is not None or wanted.text in normal(week_name(SOURCE))
        case _:
            return True

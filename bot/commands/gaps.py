"""`zhice knowledge gaps`: what people asked in vain, grouped by wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rapidfuzz import fuzz

from bot.app import core
from bot.core.clock import SystemClock
from bot.settings import Settings
from bot.storage import questions
from bot.storage.questions import Unmet

ALIKE = 75
"""Likeness (0 to 100) from which two wordings are one question."""


@dataclass(frozen=True)
class Group:
    """Wordings of one question; the first is the most frequent."""

    members: tuple[Unmet, ...]

    @property
    def count(self) -> int:
        return sum(member.count for member in self.members)

    def plain(self) -> dict[str, Any]:
        first = self.members[0]
        return {
            "count": self.count,
            "fate": first.fate.value,
            "reason": first.reason,
            "questions": [member.question for member in self.members],
            "nearest": list(first.clauses),
            "last": max(member.last_at for member in self.members).isoformat(),
        }


async def gaps(settings: Settings, days: int) -> list[Group]:
    async with core(settings, migrate=False) as built, built.database.read() as connection:
        found = await questions.unmet(connection, SystemClock().now() - timedelta(days=days))
    return grouped(found)


def grouped(found: list[Unmet]) -> list[Group]:
    """`found` comes most frequent first; each joins the first group it resembles."""
    groups: list[list[Unmet]] = []
    for question in found:
        home = next((group for group in groups if _alike(group[0], question)), None)
        if home is None:
            groups.append([question])
        else:
            home.append(question)
    return sorted((Group(tuple(members)) for members in groups), key=lambda group: -group.count)


def _alike(one: Unmet, other: Unmet) -> bool:
    return one.fate is other.fate and fuzz.ratio(one.question, other.question) >= ALIKE


def shown(groups: list[Group]) -> str:
    if not groups:
        return "No question went unanswered."
    return "\n\n".join(_lines(group) for group in groups)


def _lines(group: Group) -> str:
    first = group.members[0]
    others = "".join(f"\n      {member.question}" for member in group.members[1:5])
    nearest = f"\n      nearest: {', '.join(first.clauses)}" if first.clauses else ""
    return f"{group.count:4}  {first.question}  [{first.fate.value}{', ' + first.reason if first.reason else ''}]{others}{nearest}"

"""Official days and weeks that recur by rule; the next time each of them comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from reminders.rows import month_day, rows

WEEK = "publicity-week"


@dataclass(frozen=True)
class Recurring:
    """Opens and closes on the same days of every year; both days belong to it."""

    id: str
    names: Mapping[str, str]
    opens: tuple[int, int]
    closes: tuple[int, int]
    source: str
    grade: str


@dataclass(frozen=True)
class Occurrence:
    event: Recurring
    opens: date
    closes: date

    def days_until(self, today: date) -> int:
        """Calendar days until it opens; 0 or less: it is under way."""
        return (self.opens - today).days


@cache
def recurring() -> tuple[Recurring, ...]:
    return tuple(_event(row) for row in rows("calendar/recurring.yaml"))


def week_name(language: str) -> str:
    return next(each.names[language] for each in recurring() if each.id == WEEK)


def upcoming(today: date) -> list[Occurrence]:
    """The next occurrence of each, soonest first; one under way counts until its last day is over."""
    return sorted((_next(event, today) for event in recurring()), key=lambda each: (each.opens, each.closes))


def _next(event: Recurring, today: date) -> Occurrence:
    year = today.year if date(today.year, *event.closes) >= today else today.year + 1
    return Occurrence(event, date(year, *event.opens), date(year, *event.closes))


def next_week(today: date) -> Occurrence:
    """The publicity week under way or to come."""
    return next(each for each in upcoming(today) if each.event.id == WEEK)


def _event(row: Mapping[str, Any]) -> Recurring:
    return Recurring(row["id"], row["names"], month_day(row["opens"]), month_day(row["closes"]), row["source"], row["grade"])

"""When the days that people name fall: by the sun, by the moon, by the how manieth weekday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from reminders.rows import month_day, on, rows


def festival(id: str, year: int) -> date | None:
    """That year's day of a festival; nothing when it follows the moon and the table does not reach so far."""
    rule = _festivals()[id]
    (kind, told), *_ = rule.items()
    match kind:
        case "date":
            return on(year, *month_day(told))
        case "lunar":
            month, day = month_day(told)
            # The last lunar months fall into the next solar year.
            return next((found for each in (year, year - 1) if (found := lunar(each, month, day)) and found.year == year), None)
        case "term":
            return on(year, *month_day(_moon()[year][told])) if year in _moon() else None
        case "nth":
            return _nth_weekday(year, *told)
        case _:
            followed = festival(told, year)
            return followed - timedelta(days=1) if followed else None


def repeats(id: str) -> tuple[int, int] | None:
    """Month and day of a festival that falls on the same day of every year."""
    told = _festivals()[id].get("date")
    return month_day(told) if told else None


def lunar(year: int, month: int, day: int) -> date | None:
    """The solar date of a lunar one (never in a leap month); nothing when the month has not so many days or the table ends."""
    told = _moon().get(year)
    if told is None or not 1 <= month <= 12:
        return None
    index = month - 1 + (0 < told["leap"] < month)
    lengths = [30 if letter == "L" else 29 for letter in told["months"]]
    if not 1 <= day <= lengths[index]:
        return None
    return date(year, *month_day(told["begins"])) + timedelta(days=sum(lengths[:index]) + day - 1)


def _nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


@cache
def _festivals() -> Mapping[str, Mapping[str, Any]]:
    return rows("calendar/festivals.yaml")  # type: ignore[no-any-return]


@cache
def _moon() -> Mapping[int, Mapping[str, Any]]:
    return rows("calendar/lunar.yaml")  # type: ignore[no-any-return]

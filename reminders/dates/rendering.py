"""One way to write each value in Chinese, such that reading it gives the value again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import cache
from typing import Any, assert_never

from reminders.dates.values import Day, Instant, Offset, Range, Reading, Recurrence, Span
from reminders.rows import rows


def render(value: Reading) -> str:
    """To the minute; whether it was assumed or estimated is not written, nor the limit of a range."""
    match value:
        case Day(on, limit):
            return _day(on) + _limit(limit)
        case Instant(at, _, limit):
            return _day(at.date()) + _time(at.time()) + _limit(limit)
        case Range(start, end):
            return f"{_day(start)}{_forms()['to']}{_day(end)}"
        case Offset(span, at_time):
            return _offset(span) + (_time(at_time) if at_time else "")
        case Recurrence(rule, at_time, workdays):
            return _rule(dict(part.split("=") for part in rule.split(";")), workdays) + (_time(at_time) if at_time else "")
        case _:
            assert_never(value)


@cache
def _forms() -> Mapping[str, Any]:
    return rows("dates/forms.yaml")  # type: ignore[no-any-return]


def _say(form: str, **values: object) -> str:
    return str(_forms()[form]).format(**values)


def _day(on: date) -> str:
    return _say("day", year=on.year, month=on.month, day=on.day)


def _time(at: time) -> str:
    return f"{at:%H:%M}"


def _limit(limit: bool) -> str:
    return str(_forms()["limit"]) if limit else ""


# ---- lengths ----


def _offset(span: Span) -> str:
    if span == Span(workdays=span.workdays):
        return _say("same-day")
    return _say("before") + _length(-span) if span.goes_back else _say("after") + _length(span)


def _length(span: Span) -> str:
    return "".join(_say(form, count=count) for form, count in span.units.items())


# ---- rules ----


def _rule(parts: Mapping[str, str], workdays: bool) -> str:
    if parts["FREQ"] == "WEEKLY":
        return _weekly(parts, workdays)
    if parts.get("BYMONTH") in _forms()["quarters"]:
        return str(_forms()["quarters"][parts["BYMONTH"]]) + _inside(parts)
    month = _say("month", count=parts["BYMONTH"]) if "BYMONTH" in parts else ""
    return _every(parts) + month + _inside(parts)


def _every(parts: Mapping[str, str]) -> str:
    once, several = _forms()["every"][parts["FREQ"]]
    return str(several.format(count=parts["INTERVAL"]) if "INTERVAL" in parts else once)


def _weekly(parts: Mapping[str, str], workdays: bool) -> str:
    if workdays:
        return _say("every-workday")
    if "BYDAY" not in parts:
        return _every(parts)
    days = _say("list").join(_forms()["weekdays"][day] for day in parts["BYDAY"].split(","))
    return (_every(parts) if "INTERVAL" in parts else _say("every-weekday")) + days


def _inside(parts: Mapping[str, str]) -> str:
    """Which day of the month, quarter or year."""
    if "BYSETPOS" in parts:
        return _nth(int(parts["BYSETPOS"]), _say("workday"))
    if "BYDAY" in parts:
        return _nth(int(parts["BYDAY"][:-2]), _forms()["weekdays"][parts["BYDAY"][-2:]])
    if "BYMONTHDAY" not in parts:
        return ""
    return _say("and").join(_month_day(int(day), parts) for day in parts["BYMONTHDAY"].split(","))


def _month_day(number: int, parts: Mapping[str, str]) -> str:
    if "," in parts.get("BYMONTH", ""):
        return _say("first-day" if number == 1 else "last-day")
    if number == -1:
        return _say("last-day")
    return _say("month-day", count=number) if number > 0 else _say("from-end-day", count=-number)


def _nth(number: int, what: str) -> str:
    if number == -1:
        return _say("last", what=what)
    return _say("nth", count=number, what=what) if number > 0 else _say("from-end", count=-number, what=what)

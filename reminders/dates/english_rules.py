"""Again and again in English: every Monday at 9, on the 5th of every month, each weekday at 8:30, as rules of RFC 5545."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reminders.dates.clock import hour
from reminders.dates.meant import Times, wall_time
from reminders.dates.recurrences import WEEKDAYS, WORKING
from reminders.dates.tokens import Number
from reminders.dates.values import Invalid, Recurrence, Result
from reminders.rows import on, rows

_TIME = (
    r"(?:(?:at )?(?:(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.)|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)"
    r"|(?P<noon>noon))|at (?P<bare>\d{1,2})(?: ?o'clock)?)"
)
_TIME_FIRST = _TIME.replace("|at (?P<bare>", "|(?:at )?(?P<bare>").replace("(?: ?o'clock)?", r"(?: ?o'clock)?(?! (?:\w+ )?\w+s\b)")
"""A leading “at” is gone with the politeness before it; elsewhere a bare number is no time, and 2 working days are so many."""


def read_rule(text: str) -> Result | None:
    """None where the whole text is no rule of one of a few shapes."""
    for shape in _shapes():
        if found := shape.fullmatch(text):
            rule = _rule(found)
            return _timed(rule, found) if rule else Invalid()
    return None


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    told = rows("dates/english.yaml")
    weekday, month = rf"(?:{told['weekday']})", rf"(?P<month>{told['month']})\.?"
    date = r"(?P<date>\d{1,2})(?:st|nd|rd|th)?"
    days = rf"{weekday}s?(?: (?:and |& )?{weekday}s?)*"
    of_year = rf"(?:{month} {date}|(?:the )?{date.replace('date', 'date2')}(?: of)? {month.replace('month', 'month2')})"
    every = "(?:every|each)"
    nth = rf"(?P<nth>{'|'.join(told['nth'])}) (?P<kind>{told['weekday']}|{told['workday']}|day)"
    nth2 = nth.replace("<nth", "<nth2").replace("<kind", "<kind2")
    said = (
        rf"(?:{every} (?P<working>{told['workday']})|(?P<workings>{told['workday']})s)",
        rf"(?:{every} (?:single )?day|daily|everyday)",
        rf"(?:(?:{every}|weekly on|weekly|{every} week on) (?P<days>{days})|(?P<plural>{weekday}s(?: (?:and |& )?{weekday}s)*))",
        rf"(?:(?:{every} month|monthly) on (?:the )?{date}|(?:on )?the {date.replace('date', 'date2')} (?:day )?of (?:{every}|the) month)",
        rf"(?:(?:{every}|(?:on )?the) {nth} of (?:{every}|the) month|(?:{every} month|monthly) on the {nth2})",
        rf"(?:(?:{every} year|yearly|annually) (?:on )?|{every} ){of_year}",
    )
    return tuple(re.compile(rf"(?:{each})(?: {_TIME})?") for each in said) + tuple(
        re.compile(rf"{_TIME_FIRST} (?:on )?(?:{each})") for each in said
    )


def _rule(found: re.Match[str]) -> str:
    """Empty where there is no such day."""
    said = found.groupdict()
    day = said.get("date") or said.get("date2")
    if said.get("working") or said.get("workings"):
        return f"FREQ=WEEKLY;{WORKING}"
    if nth := said.get("nth") or said.get("nth2"):
        return _of_month(rows("dates/english.yaml")["nth"][nth], said.get("kind") or said["kind2"])
    if days := said.get("days") or said.get("plural"):
        return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[number] for number in sorted(set(_numbers(days))))}"
    if month := said.get("month") or said.get("month2"):
        number = 1 + _MONTHS.index(month[:3])
        return f"FREQ=YEARLY;BYMONTH={number};BYMONTHDAY={int(day or 0)}" if on(2000, number, int(day or 0)) else ""
    if day:
        return f"FREQ=MONTHLY;BYMONTHDAY={int(day)}" if 1 <= int(day) <= 31 else ""
    return "FREQ=DAILY"


def _of_month(nth: int, kind: str) -> str:
    if kind == "day":
        return f"FREQ=MONTHLY;BYMONTHDAY={nth}"
    named = [f"BYDAY={nth}{WEEKDAYS[number]}" for number in _numbers(kind)]
    return f"FREQ=MONTHLY;{named[0] if named else f'{WORKING};BYSETPOS={nth}'}"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _numbers(days: str) -> Iterator[int]:
    return (_DAYS.index(word[:3]) for word in days.split() if word[:3] in _DAYS)


def _timed(rule: str, found: re.Match[str]) -> Result:
    workdays = WORKING in rule
    if (times := _times(found)) is None:
        return Recurrence(rule, None, workdays)
    return wall_time(times, lambda at: Recurrence(rule, at, workdays))


def _times(found: re.Match[str]) -> Times | None:
    if found["noon"]:
        return Times((720,))
    said = found["hour"] or found["hour24"] or found["bare"]
    if not said:
        return None
    half = found["half"] and ("morning-half" if found["half"].startswith("a") else "afternoon-half")
    return hour(half, Number(int(said), said), int(found["minute"] or found["minute24"] or 0))

"""Times of day: 下午三点一刻, 差五分九点, 24:00, 9:30pm, or only a part of the day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from reminders.dates.grammar import Grammar
from reminders.dates.meant import Times
from reminders.dates.tokens import Number
from reminders.dates.values import Scene
from reminders.rows import rows

RULES = Grammar()
rule = RULES.rule
NO_TIME = Times(())
OFFICE = range(7, 12)
"""Hours without a part of the day that mean the morning; 1 to 6 are asked for, and 12 is noon."""


@cache
def _parts() -> Mapping[str, Mapping[str, Any]]:
    return rows("dates/parts.yaml")  # type: ignore[no-any-return]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


# ---- what an hour means ----


def hour(part: str | None, number: Number, minute: int) -> Times:
    """The times of day that an hour and a minute may mean, beside a part of the day or without."""
    if not 0 <= minute <= 59 or number.value > 24 or (number.value == 24 and minute):
        return NO_TIME
    return _in_part(part, number.value, minute) if part else _alone(number, minute)


def _alone(number: Number, minute: int) -> Times:
    first = number.value * 60 + minute
    if number.value > 12 or number.value == 0 or (number.digits and number.written.startswith("0")):
        return Times((first,))
    return Times((first, first + 720), usual=number.value in OFFICE or number.value == 12)


def _in_part(part: str, value: int, minute: int) -> Times:
    """The hour of twelve or twenty-four that the part allows. 上午十五点 is no time; 晚上一点 is asked for."""
    first, last = _parts()[part]["hours"]
    hours = {value} if value > 12 else {value % 12, value % 12 + 12, value % 12 + 24}
    found = tuple(sorted(each * 60 + minute for each in hours if first * 60 <= each * 60 + minute < last * 60))
    if not found:
        return NO_TIME if value > 12 else Times((value % 12 * 60 + minute, (value % 12 + 12) * 60 + minute), usual=False)
    return _night(found[0]) if part == "night" or value == 0 else Times(found, usual=len(found) == 1)


def _night(minutes: int) -> Times:
    """明天半夜十二点 is the night before that day or the one after."""
    return Times((minutes,)) if minutes < 1440 else Times((minutes - 1440, minutes), usual=False)


# ---- how it is said ----


@rule("minute", "SHARP")
def _sharp(scene: Scene) -> int:
    return 0


@rule("minute", "HALF")
def _half(scene: Scene) -> int:
    return 30


@rule("minute", "NUMBER:number QUARTERS")
def _quarters(scene: Scene, number: Number) -> int:
    return number.value * 15


@rule("minute", "NUMBER:number MINUTE")
def _minute(scene: Scene, number: Number) -> int:
    return number.value


@rule("minute", "NUMBER:number")
def _bare_minute(scene: Scene, number: Number) -> int | None:
    """九点四十, 九点零五. 九点五 may be five past or half past."""
    return number.value if number.value >= 10 or len(number.written) == 2 else None


@rule("minute", "ZERO NUMBER:number MINUTE?")
def _after_zero(scene: Scene, number: Number) -> int | None:
    """九点零5分."""
    return number.value if len(number.written) == 1 else None


@rule("lacking", "LACKING NUMBER:number MINUTE")
def _lacking(scene: Scene, number: Number) -> int:
    return number.value


@rule("lacking", "LACKING NUMBER:number QUARTERS")
def _lacking_quarter(scene: Scene, number: Number) -> int:
    return number.value * 15


@rule("part", "PART:part")
def _part(scene: Scene, part: str) -> str:
    return part


@rule("time_said", "part:part? NUMBER:number POINT minute:minute?")
def _spoken(scene: Scene, number: Number, part: str | None = None, minute: int = 0) -> Times:
    return hour(part, number, minute)


@rule("time_said", "part:part? NUMBER:number COLON NUMBER:minute")
@rule("time_said", "part:part? NUMBER:number COLON NUMBER:minute COLON NUMBER:second")
def _digital(scene: Scene, number: Number, minute: Number, part: str | None = None, second: Number | None = None) -> Times | None:
    """Seconds are only read when they are none."""
    if len(minute.written) != 2 or not number.digits or (second and second.value):
        return None
    return hour(part, number, minute.value)


@rule("time_said", "NUMBER:number COLON NUMBER:minute HALF_DAY:part", "NUMBER:number HALF_DAY:part", "HALF_DAY:part NUMBER:number POINT?")
@rule("time_said", "HALF_DAY:part NUMBER:number COLON NUMBER:minute")
def _latin(scene: Scene, number: Number, part: str, minute: Number | None = None) -> Times:
    return hour(part, number, minute.value if minute else 0)


@rule("time_said", "part:part? lacking:lacking NUMBER:number POINT", "part:part? NUMBER:number POINT lacking:lacking")
def _before_the_hour(scene: Scene, lacking: int, number: Number, part: str | None = None) -> Times:
    """差五分九点 and 九点差五分 are both 8:55; the hour is read first, then the minutes are taken off."""
    whole = hour(part, number, 0)
    return Times(tuple(minutes - lacking for minutes in whole.minutes), whole.usual) if 0 < lacking < 60 else NO_TIME


@rule("time_said", "MIDNIGHT")
def _midnight(scene: Scene) -> Times:
    return Times((0, 1440), usual=False)


@rule("time_said", "part:part")
def _part_alone(scene: Scene, part: str) -> Times:
    return part_alone(part)


def part_alone(part: str) -> Times:
    """A part of the day: its usual time stands for it."""
    told = _parts()[part]
    return Times((_minutes(told["usual"]),), until=round(told["day"][1] * 60))


@rule("time", "time_said:time")
@rule("time", "HEDGE time_said:time HEDGE?", "time_said:time HEDGE")
def _nearly(scene: Scene, time: Times) -> Times:
    """Or exactly: 下午三点左右 is taken as three."""
    return time

"""Lengths of time, what they lead to from now, and how they stand to a deadline."""

from __future__ import annotations

from datetime import UTC, timedelta

from reminders.dates.days import MOST_DAYS, shifted
from reminders.dates.grammar import Grammar
from reminders.dates.meant import DAY_MINUTES, Dates, Times, day_meant, wall_time
from reminders.dates.tokens import Number
from reminders.dates.values import Instant, Invalid, Offset, Past, Purpose, Range, Result, Scene, Span, Unclear

RULES = Grammar()
rule = RULES.rule
MOST = 100_000
"""Of any unit; more is a typing error."""

# ---- lengths ----


def _of(amount: float, unit: str) -> Span | None:
    whole = int(amount)
    if whole != amount or not 0 < whole <= MOST * 3600:
        return None
    match unit:
        case "months":
            return Span(months=whole)
        case "days":
            return Span(days=whole)
        case _:
            return Span(seconds=whole)


@rule("part_length", "NUMBER:number LENGTH:told")
def _length(scene: Scene, number: Number, told: tuple[int, str]) -> Span | None:
    return _of(number.value * told[0], told[1]) if number.value <= MOST else None


@rule("part_length", "NUMBER:number DOT NUMBER:tenths LENGTH:told")
def _decimal(scene: Scene, number: Number, tenths: Number, told: tuple[int, str]) -> Span | None:
    """1.5小时. Half a month has no length."""
    if not (number.digits and tenths.digits) or number.value > MOST:
        return None
    return _of((number.value + tenths.value / 10 ** len(tenths.written)) * told[0], told[1])


@rule("part_length", "HALF_LENGTH:told")
def _half(scene: Scene, told: tuple[int, str]) -> Span | None:
    return _of(*told)


@rule("part_length", "NUMBER:number ONE_AND_HALF:told")
def _and_a_half(scene: Scene, number: Number, told: tuple[int, str, int, str]) -> Span | None:
    """两个半小时, 一个半月: so many of a unit and half of one."""
    whole, half = _of(number.value * told[0], told[1]), _of(told[2], told[3])
    return whole + half if whole and half else None


@rule("part_length", "NUMBER:number WORKDAY")
def _workdays(scene: Scene, number: Number) -> Span | None:
    return Span(days=number.value, workdays=True) if 0 < number.value <= MOST_DAYS else None


@rule("length", "part_length:first")
def _single(scene: Scene, first: Span) -> Span:
    return first


@rule("length", "part_length:first length:rest")
def _joined(scene: Scene, first: Span, rest: Span) -> Span | None:
    """1天2小时30分钟: from the longer unit to the shorter, working days not among them."""
    if first.workdays or rest.workdays or _size(first) <= _size(rest):
        return None
    return first + rest


def _size(span: Span) -> int:
    return (span.months * 31 + span.days) * 86_400 + span.seconds


# ---- from now ----


@rule("day", "length:span AFTER", "PASSING length:span AFTER?")
def _days_from_now(scene: Scene, span: Span) -> Dates | None:
    return shifted(scene, Dates((scene.today,)), span)


@rule("day", "length:span BEFORE")
def _days_ago(scene: Scene, span: Span) -> Dates | None:
    return shifted(scene, Dates((scene.today,)), -span)


@rule("reading", "length:span AFTER", "PASSING length:span AFTER?")
def _from_now(scene: Scene, span: Span) -> Result | None:
    return moved(scene, span) if span.seconds else None


@rule("reading", "length:span BEFORE")
def _ago(scene: Scene, span: Span) -> Result | None:
    return moved(scene, -span) if span.seconds else None


def moved(scene: Scene, span: Span) -> Result:
    """So long from now: days and months lead to a day; hours and minutes to an instant, counted as they pass."""
    dates = shifted(scene, Dates((scene.today,)), Span(span.months, span.days))
    if not dates or not dates.options or abs(span.seconds) > MOST_DAYS * DAY_MINUTES * 60:
        return Invalid()
    if not span.seconds:
        return day_meant(scene, dates)
    day = dates.options[0]
    wall = scene.now.replace(microsecond=0, year=day.year, month=day.month, day=day.day)
    instant = Instant((wall.astimezone(UTC) + timedelta(seconds=span.seconds)).astimezone(scene.now.tzinfo))
    return Past(instant) if instant.at <= scene.now and scene.purpose is Purpose.REMINDER else instant


@rule("reading", "length:span WITHIN")
def _within(scene: Scene, span: Span) -> Result | None:
    """三天内: from today to the third day from now."""
    if span.seconds:
        return Unclear((found,)) if isinstance(found := moved(scene, span), Instant) else found
    last = shifted(scene, Dates((scene.today,)), span)
    if last is None:
        return None
    return Range(scene.today, last.options[0], True, last.estimated) if last.options else Invalid()


# ---- before and after the deadline ----


@rule(
    "before_deadline", "DEADLINE BEFORE length:span", "AHEAD length:span", "DEADLINE AHEAD length:span", "DEADLINE BEFORE AHEAD length:span"
)
@rule("before_deadline", "DISTANCE DEADLINE REMAINING? length:span", "DEADLINE REMAINING length:span")
def _before(scene: Scene, span: Span) -> Span:
    return -span


@rule("before_deadline", "DEADLINE BEFORE nth:number WORKDAY")
def _nth_workday_before(scene: Scene, number: int) -> Span | None:
    """截止前最后一个工作日 is the last one before it; 截止前第三个 is counted back from it."""
    return Span(days=-abs(number), workdays=True)


@rule("before_deadline", "DEADLINE AFTER length:span")
def _after(scene: Scene, span: Span) -> Span:
    return span


@rule("before_deadline", "DEADLINE SAME_DAY", "DEADLINE_DAY")
def _same_day(scene: Scene) -> Span:
    return Span()


@rule("reading", "before_deadline:span")
def _offset(scene: Scene, span: Span) -> Result | None:
    return offset(span, None)


@rule("reading", "before_deadline:span time:time")
def _offset_at(scene: Scene, span: Span, time: Times) -> Result | None:
    return offset(span, time)


def offset(span: Span, time: Times | None) -> Result | None:
    """So long before or after the deadline, at a time of that day; which makes no sense beside a length in hours."""
    if time is None:
        return Offset(span)
    return None if span.seconds else wall_time(time, lambda at: Offset(span, at))


@rule("reading", "BEFORE length:span")
def _before_what(scene: Scene, span: Span) -> Result:
    """前三天: before the deadline?"""
    return Unclear((Offset(-span),))

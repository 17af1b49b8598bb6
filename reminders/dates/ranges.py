"""From one day to another, where the end may leave out what the beginning said: 4月20日至26日, 下周一到周三."""

from __future__ import annotations

from datetime import date, timedelta

from reminders.dates.days import Point, of_week
from reminders.dates.grammar import Grammar
from reminders.dates.meant import Dates, Spans, range_meant
from reminders.dates.periods import Month, month_of, months_on, week_of
from reminders.dates.tokens import Number
from reminders.dates.values import Range, Result, Scene, Unclear
from reminders.rows import on

RULES = Grammar()
rule = RULES.rule
NONE = Spans(())


@rule("reading", "FROM? range:spans UP_TO?")
def _range(scene: Scene, spans: Spans) -> Result:
    """Without a year and begun already, it is asked: this one or the next?"""
    future = [span for span in spans.options if span[1] >= scene.today]
    if len(future) > 1 and future[0][0] < scene.today:
        return Unclear(tuple(Range(*span) for span in future[:2]))
    return range_meant(scene, spans)


def _between(scene: Scene, start: Point, end: Point) -> Spans:
    """Without a year: the one under way or the next. An end before its beginning is the next year's."""
    years = (start.month.year,) if start.month.year else (scene.today.year - 1, scene.today.year, scene.today.year + 1)
    return Spans(tuple(span for year in years if (span := _in_year(year, start, end))))


def _in_year(year: int, start: Point, end: Point) -> tuple[date, date] | None:
    first, last = start.of(year), end.of(year)
    if first and last and last < first and not end.month.year and end.month.number < start.month.number:
        last = end.of(year + 1)
    return (first, last) if first and last and first <= last else None


@rule("range", "point|short_point:start TO point|short_point:end")
def _points(scene: Scene, start: Point, end: Point) -> Spans | None:
    return None if end.month.year and not start.month.year else _between(scene, start, end)


@rule("range", "point:start TO dom:day")
def _point_to_day(scene: Scene, start: Point, day: int) -> Spans:
    return _between(scene, start, Point(start.month, day))


@rule("range", "point:start TO NUMBER:number", "short_point:start TO NUMBER:number")
def _point_to_number(scene: Scene, start: Point, number: Number) -> Spans | None:
    return _between(scene, start, Point(start.month, number.value)) if number.digits and len(number.written) <= 2 else None


@rule("range", "month:month NUMBER:number TO dom:day")
def _days_of_month(scene: Scene, month: Month, number: Number, day: int) -> Spans:
    return _between(scene, Point(month, number.value), Point(month, day))


@rule("range", "dom:first TO dom:last")
def _days(scene: Scene, first: int, last: int) -> Spans:
    """20号到26号: of this month unless it is over, else of the next; 26号到5号 ends in the month after."""
    spans = []
    for each in (0, 1):
        start = on(*months_on(scene.today, each), first)
        end = on(*months_on(scene.today, each + (last < first)), last)
        spans += [(start, end)] if start and end and first != last else []
    return Spans(tuple(spans))


@rule("range", "NUMBER:number TO dom:last")
def _numbers(scene: Scene, number: Number, last: int) -> Spans | None:
    return _days(scene, number.value, last) if number.value < last else None


@rule("range", "month:start TO month:end")
def _months(scene: Scene, start: Month, end: Month) -> Spans | None:
    if (end.year and not start.year) or not (start.exists and end.exists):
        return NONE if not (start.exists and end.exists) else None
    years = (start.year,) if start.year else (scene.today.year - 1, scene.today.year, scene.today.year + 1)
    return Spans(tuple(span for year in years if (span := _whole_months(year, start, end))))


def _whole_months(year: int, start: Month, end: Month) -> tuple[date, date] | None:
    last = end.year or year + (end.number < start.number)
    span = month_of(year, start.number)[0], month_of(last, end.number)[1]
    return span if span[0] < span[1] else None


@rule("range", "NUMBER:number TO month:end")
def _months_shortly(scene: Scene, number: Number, end: Month) -> Spans | None:
    return _months(scene, Month(number.value), end) if len(number.written) <= 2 and not end.year else None


@rule("range", "year:year NUMBER:number TO month:end")
def _months_of_year(scene: Scene, year: int, number: Number, end: Month) -> Spans | None:
    return _months(scene, Month(number.value, year), end) if not end.year else None


@rule("range", "whole_year:start TO whole_year:end")
def _years(scene: Scene, start: Spans, end: Spans) -> Spans:
    return Spans(((start.options[0][0], end.options[0][1]),))


@rule("range", "full_year:start TO year:end")
def _years_shortly(scene: Scene, start: int, end: int) -> Spans:
    return Spans(((date(start, 1, 1), date(end, 12, 31)),))


@rule("range", "REL:told weekday:first TO weekday_name:last", "week:week weekday:first TO weekday_name:last")
def _in_week(scene: Scene, first: int, last: int, told: int = 0, week: Spans | None = None) -> Spans | None:
    days = week.options[0] if week else week_of(scene.today + timedelta(weeks=told))
    return _of_week(days, first, last)


def _of_week(days: tuple[date, date], first: int, last: int) -> Spans | None:
    """Nothing when it ends before it begins, as 周三到周一 in one week; no days at all when one is no weekday."""
    ends = of_week(days, first).options + of_week(days, last).options
    if len(ends) < 2:
        return NONE
    return Spans(((ends[0], ends[1]),)) if ends[0] < ends[1] else None


@rule("reading", "FROM? weekday:first TO weekday_name:last")
def _coming_week(scene: Scene, first: int, last: int) -> Result | None:
    """Begun already, it is asked: this week or the next?"""
    if first > last >= 0:
        return None
    both = [_of_week(week_of(scene.today + timedelta(weeks=each)), first, last) for each in (0, 1)]
    options = tuple(span for spans in both if spans for span in spans.options if span[1] >= scene.today)
    if not options or options[0][0] >= scene.today:
        return range_meant(scene, Spans(options))
    return Unclear(tuple(Range(*span) for span in options))


@rule("range", "other_day:start TO day:end", "point|short_point:point TO other_day:end")
def _any_days(scene: Scene, end: Dates, start: Dates | None = None, point: Point | None = None) -> Spans | None:
    begun = start or (point.dates(scene) if point else None)
    if not begun or begun.ask or end.ask:
        return None
    pairs = [(one, other) for one in begun.options for other in end.options]
    return Spans(tuple(pair for pair in pairs if pair[0] <= pair[1])) if any(one <= other for one, other in pairs) else None

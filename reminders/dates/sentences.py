"""What a whole expression may be: a day, a time, both, a period, or something that must be asked back."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import Any

from reminders.dates import clock, days, lengths, periods, ranges, recurrences
from reminders.dates.days import shift, shifted
from reminders.dates.grammar import Grammar
from reminders.dates.meant import Dates, Spans, Times, at, day_meant, earlier, instant_meant, range_meant, time_meant
from reminders.dates.periods import Month, month_of
from reminders.dates.values import Day, Instant, Past, Range, Reading, Result, Scene, Span, Unclear

RULES = Grammar()
rule = RULES.rule


@rule("dated", "day:day")
def _day(scene: Scene, day: Dates) -> Dates:
    return day


@rule("dated", "point_day:day weekday:weekday")
def _day_with_weekday(scene: Scene, day: Dates, weekday: int) -> Dates:
    """4月20日(周二): when the two do not agree it is asked."""
    return Dates(day.options, day.ask or any(each.weekday() != weekday for each in day.options), day.estimated)


@rule("point_day", "point|short_point:point")
def _point_day(scene: Scene, point: days.Point) -> Dates:
    return point.dates(scene)


@rule("point_day", "DAY:told")
def _told_day(scene: Scene, told: int) -> Dates:
    return Dates((scene.today + timedelta(days=told),))


@rule("dated", "point_day:day festival|official_day:same")
def _day_with_name(scene: Scene, day: Dates, same: Dates) -> Dates:
    """9月10日教师节: when the two do not agree it is asked."""
    return Dates(day.options, day.ask or not set(day.options) & set(same.options), day.estimated)


@rule("limit", "LIMIT")
def _limit(scene: Scene) -> bool:
    return True


@rule("reading", "dated:day limit:limit?", "UNTIL:limit COLON? dated:day limit?")
def _only_day(scene: Scene, day: Dates, limit: object = False) -> Result:
    return day_meant(scene, day, limit=bool(limit))


@rule("reading", "dated:day T? time:time limit:limit?", "UNTIL:limit COLON? dated:day time:time limit?")
def _day_and_time(scene: Scene, day: Dates, time: Times, limit: object = False) -> Result:
    return instant_meant(scene, day, time, limit=bool(limit))


@rule("reading", "dated:day T? time:time BEFORE|AHEAD length:span", "dated:day T? time:time BEFORE AHEAD length:span")
def _before_instant(scene: Scene, day: Dates, time: Times, span: Span) -> Result | None:
    """明天下午3点提前半小时; months and working days are counted from a day alone."""
    if span.months or span.workdays:
        return None
    return earlier(scene, instant_meant(scene, day, time), timedelta(days=span.days, seconds=span.seconds))


@rule("reading", "time:time limit:limit?", "UNTIL:limit COLON? time:time limit?")
def _only_time(scene: Scene, time: Times, limit: object = False) -> Result:
    return time_meant(scene, time, limit=bool(limit))


@rule("reading", "period|holiday:spans", "period|holiday:spans WITHIN:limit")
def _period(scene: Scene, spans: Spans, limit: object = False) -> Result:
    return range_meant(scene, spans, limit=bool(limit))


@rule("reading", "YEAR WITHIN", "MONTH WITHIN:month")
def _within(scene: Scene, month: object = None) -> Result:
    """年内, 月内: what is left of it."""
    _, end = month_of(scene.today.year, scene.today.month if month else 12)
    return Range(scene.today, end, limit=True)


# ---- what is asked back ----


@rule("reading", "HEDGE dated:day HEDGE?", "dated:day HEDGE")
def _nearly_day(scene: Scene, day: Dates) -> Result:
    found = day_meant(scene, day)
    return Unclear((found,)) if isinstance(found, Day) else found


@rule("reading", "festival:day LIMIT")
def _before_festival(scene: Scene, day: Dates) -> Result:
    """国庆前: the last working day before it, or the day before?"""
    eve = (shifted(scene, day, Span(days=-1, workdays=workdays)) for workdays in (True, False))
    found = [day_meant(scene, each, limit=True) for each in eve if each]
    return Unclear(tuple({each.on: each for each in found if isinstance(each, Day)}.values()))


@rule("reading", "week|weekend:spans time:time")
def _week_and_time(scene: Scene, spans: Spans, time: Times) -> Result:
    """下周上午九点: on which day?"""
    first, last = spans.options[0]
    week = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    found = [instant_meant(scene, Dates((day,)), time) for day in week if day.weekday() < 5 or first.weekday() == 5]
    possible = tuple(each for each in found if isinstance(each, Instant))
    return Unclear(possible) if possible else found[-1]


@rule("reading", "month:month MIDDLE", "month:month MONTH MIDDLE", "MONTH MIDDLE")
def _middle(scene: Scene, month: Month | None = None) -> Result:
    """月中 is the fifteenth, or the days around it."""
    spans = (month or Month(scene.today.month)).spans(scene)
    span = next((each for each in spans.options if each[0].replace(day=20) >= scene.today), None)
    if span is None:
        return Past()
    first = span[0]
    return Unclear((Day(first.replace(day=15)), Range(first.replace(day=11), first.replace(day=20))))


@rule("reading", "VAGUE:lengths")
def _vague(scene: Scene, lengths: list[dict[str, Any]]) -> Result:
    """过几天, 尽快: something to choose from."""
    return Unclear(tuple(_suggested(scene, Span(**each)) for each in lengths))


def _suggested(scene: Scene, span: Span) -> Reading:
    if span.seconds:
        minutes = scene.now.hour * 60 + scene.now.minute + span.seconds // 60
        return Instant(at(scene, scene.today, minutes))
    return Day(shift(scene, scene.today, span) or scene.today)


def grammar() -> Grammar:
    """All rules together."""
    whole = Grammar()
    for part in (periods, days, clock, lengths, recurrences, ranges):
        for name, found in part.RULES.rules.items():
            whole.rules.setdefault(name, []).extend(found)
    for name, found in RULES.rules.items():
        whole.rules.setdefault(name, []).extend(found)
    return whole


def names() -> set[str]:
    """Every name and kind that a pattern uses."""
    rules = chain.from_iterable(grammar().rules.values())
    return {name for each in rules for item in each.items for name in item.names}

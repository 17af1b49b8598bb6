"""Days: by name, by number, by weekday, by festival, and counted from another day or inside a period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from reminders.dates.grammar import Grammar
from reminders.dates.meant import LAST_YEAR, Dates, Spans, only
from reminders.dates.periods import Month, month_of, months_on, week_of
from reminders.dates.tokens import Number
from reminders.dates.values import Scene, Span
from reminders.festivals import festival, lunar
from reminders.rows import on

RULES = Grammar()
rule = RULES.rule
LEAP_YEARS = 8
"""Years in which a 29 February comes again."""


def coming(scene: Scene, make: Callable[[int], date | None]) -> Dates:
    """The day of a year that was not said: the next one not yet past. When that year lacks it, a later one is only asked for."""
    year = scene.today.year
    for each in range(year, year + LEAP_YEARS + 1):
        day = make(each)
        if day and day >= scene.today:
            return Dates((day,), ask=each > year and any(make(before) is None for before in range(year, each)))
    return Dates(())


@dataclass(frozen=True)
class Point:
    """Month and day, of a year when one was said."""

    month: Month
    day: int

    def of(self, year: int) -> date | None:
        return on(self.month.year or year, self.month.number, self.day)

    def dates(self, scene: Scene) -> Dates:
        return only(self.of(0)) if self.month.year else coming(scene, self.of)


# ---- by name and by number ----


@rule("other_day", "DAY:told")
def _told(scene: Scene, told: int) -> Dates:
    return only(scene.today + timedelta(days=told))


@rule("dom", "NUMBER:number MARK")
def _day_of_month(scene: Scene, number: Number) -> int:
    return number.value


@rule("numbered_day", "dom:day")
def _day_of_some_month(scene: Scene, day: int) -> Dates:
    """20号: of this month, or the next; a month that lacks it is not passed over without asking."""
    months = [months_on(scene.today, each) for each in range(12)]
    found = [on(*month, day) for month in months]
    future = [each for each in found if each is None or each >= scene.today]
    existing = next((each for each in future if each), None)
    return Dates((existing,) if existing else (), ask=bool(future) and future[0] is None)


@rule("point", "month:month dom:day")
def _month_and_day(scene: Scene, month: Month, day: int) -> Point:
    return Point(month, day)


@rule("point", "month:month NUMBER:number")
def _month_and_number(scene: Scene, month: Month, number: Number) -> Point | None:
    """4月20 without 日: in digits, so that the number does not swallow an hour that follows."""
    return Point(month, number.value) if number.digits and len(number.written) <= 2 else None


@rule("point", "full_year:year DASH NUMBER:month DASH NUMBER:number MARK?")
@rule("point", "full_year:year SLASH NUMBER:month SLASH NUMBER:number MARK?")
@rule("point", "full_year:year DOT NUMBER:month DOT NUMBER:number MARK?")
def _digits(scene: Scene, year: int, month: Number, number: Number) -> Point | None:
    return Point(Month(month.value, year), number.value) if month.digits and number.digits else None


@rule("point", "NUMBER:number")
def _eight_digits(scene: Scene, number: Number) -> Point | None:
    text = number.written
    return Point(Month(int(text[4:6]), int(text[:4])), int(text[6:])) if number.digits and len(text) == 8 else None


@rule("short_point", "NUMBER:month DASH|SLASH|DOT NUMBER:number")
def _short_digits(scene: Scene, month: Number, number: Number) -> Point | None:
    short = month.digits and number.digits and len(month.written) <= 2 and len(number.written) <= 2
    return Point(Month(month.value), number.value) if short else None


@rule("numbered_day", "point:point")
def _point(scene: Scene, point: Point) -> Dates:
    return point.dates(scene)


@rule("numbered_day", "short_point:point")
def _short_point(scene: Scene, point: Point) -> Dates:
    """12-8, 4/20, 4·26. 3-4 may as well be "three or four"."""
    found = point.dates(scene)
    return Dates(found.options, ask=found.ask or point.day == point.month.number + 1)


# ---- by weekday ----


@rule("weekday", "WEEK NUMBER:number")
def _weekday(scene: Scene, number: Number) -> int:
    """Monday is 0; -1 is no weekday: 周八."""
    return number.value - 1 if 1 <= number.value <= 6 else -1


@rule("weekday", "WEEK SUNDAY")
def _sunday(scene: Scene) -> int:
    return 6


@rule("other_day", "weekday:weekday")
def _next_weekday(scene: Scene, weekday: int) -> Dates:
    """The next one to come. Said on that very weekday it is asked: today, or in a week?"""
    if weekday < 0:
        return Dates(())
    day = scene.today + timedelta(days=(weekday - scene.today.weekday()) % 7)
    return Dates((day, day + timedelta(days=7)), ask=True) if day == scene.today else Dates((day,))


@rule("other_day", "REL:told weekday:weekday")
def _weekday_of_week(scene: Scene, told: int, weekday: int) -> Dates:
    return of_week(week_of(scene.today + timedelta(weeks=told)), weekday)


@rule("other_day", "week:week weekday:weekday")
def _week_and_weekday(scene: Scene, week: Spans, weekday: int) -> Dates:
    return of_week(week.options[0], weekday)


def of_week(week: tuple[date, date], weekday: int) -> Dates:
    return only(week[0] + timedelta(days=weekday)) if weekday >= 0 else Dates(())


@rule("other_day", "NEXT_ONE weekday:weekday")
def _next_one(scene: Scene, weekday: int) -> Dates:
    """下一个周五 said on a Monday: this week's or next week's?"""
    if weekday < 0:
        return Dates(())
    day = scene.today + timedelta(days=(weekday - scene.today.weekday() - 1) % 7 + 1)
    later = of_week(week_of(scene.today + timedelta(weeks=1)), weekday).options[0]
    return Dates(tuple(dict.fromkeys((day, later))), ask=day != later)


# ---- festivals and official days ----


@rule("festival", "FESTIVAL:id")
def _festival(scene: Scene, id: str) -> Dates:
    return coming(scene, lambda year: festival(id, year))


@rule("festival", "year:year FESTIVAL:id")
def _festival_of_year(scene: Scene, year: int, id: str) -> Dates | None:
    return only(found) if (found := festival(id, year)) else None


@rule("festival", "NEW_YEAR_FIRST NUMBER:number")
def _new_year_day(scene: Scene, number: Number) -> Dates | None:
    """大年初三."""
    return _lunar_day(scene, 1, number) if number.value <= 10 else None


@rule("other_day", "festival:day")
def _festive(scene: Scene, day: Dates) -> Dates:
    return day


@rule("other_day", "official_day:day")
def _official_festive(scene: Scene, day: Dates) -> Dates:
    return day


@rule("official_day", "event:spans")
def _official_day(scene: Scene, spans: Spans) -> Dates | None:
    day = next((span for span in spans.options if span[1] >= scene.today), spans.options[0])
    return only(day[0]) if day[0] == day[1] else None


@rule("lunar_month", "LUNAR_MONTH:number")
def _lunar_month(scene: Scene, number: int) -> int:
    return number


@rule("lunar_month", "LUNAR NUMBER:number MONTH")
def _lunar_month_number(scene: Scene, number: Number) -> int:
    return number.value


@rule("other_day", "LUNAR? lunar_month:month LUNAR_FIRST? NUMBER:number MARK?")
def _lunar_day(scene: Scene, month: int, number: Number) -> Dates:
    """A lunar year begins in January or February, so its days of last year may be still to come."""
    days = [lunar(scene.today.year + each, month, number.value) for each in (-1, 0, 1)]
    return only(next((day for day in days if day and day >= scene.today), None))


@rule("holiday", "FESTIVAL:id HOLIDAY", "FESTIVAL:id HOLIDAY HOLIDAY")
def _holiday(scene: Scene, id: str) -> Spans | None:
    """The days off around a festival, where they are published."""
    years = (scene.today.year, scene.today.year + 1)
    found = [scene.calendar.break_of(id, year) for year in years]
    spans = tuple((each.first, each.last) for each in found if each)
    return Spans(spans) if spans and spans[-1][1] >= scene.today else None


@rule("holiday", "year:year FESTIVAL:id HOLIDAY")
def _holiday_of_year(scene: Scene, year: int, id: str) -> Spans | None:
    found = scene.calendar.break_of(id, year)
    return Spans(((found.first, found.last),)) if found else None


# ---- ends ----


@rule("edge", "whole_month:spans END", "whole_month:spans MONTH END")
@rule("edge", "quarter:spans END", "quarter:spans QUARTER END", "half:spans END")
@rule("edge", "whole_year:spans END", "whole_year:spans YEAR END")
def _last_day(scene: Scene, spans: Spans) -> Spans:
    return Spans(tuple((last, last) for _, last in spans.options))


@rule("edge", "whole_month:spans BEGIN", "whole_month:spans MONTH BEGIN")
@rule("edge", "quarter:spans BEGIN", "quarter:spans QUARTER BEGIN", "half:spans BEGIN")
@rule("edge", "whole_year:spans BEGIN", "whole_year:spans YEAR BEGIN")
def _first_day(scene: Scene, spans: Spans) -> Spans:
    return Spans(tuple((first, first) for first, _ in spans.options))


@rule("edge", "MONTH END")
def _month_end(scene: Scene) -> Spans:
    return _ends(month_of(scene.today.year, scene.today.month))


@rule("edge", "QUARTER END")
def _quarter_end(scene: Scene) -> Spans:
    month = (scene.today.month + 2) // 3 * 3
    return _ends(month_of(scene.today.year, month))


@rule("edge", "YEAR END")
def _year_end(scene: Scene) -> Spans:
    return _ends(month_of(scene.today.year, 12))


def _ends(span: tuple[date, date]) -> Spans:
    return Spans(((span[1], span[1]),))


@rule("edge", "MONTH BEGIN")
def _month_start(scene: Scene) -> Spans:
    return _starts(scene, *(month_of(*months_on(scene.today, each))[0] for each in (0, 1)))


@rule("edge", "YEAR BEGIN")
def _year_start(scene: Scene) -> Spans:
    return _starts(scene, date(scene.today.year, 1, 1), date(scene.today.year + 1, 1, 1))


def _starts(scene: Scene, *days: date) -> Spans:
    return Spans(tuple((day, day) for day in days if day >= scene.today)[:1])


@rule("named_day", "edge:spans")
def _edge(scene: Scene, spans: Spans) -> Dates:
    return _first_to_come(scene, [day for day, _ in spans.options])


# ---- counted inside a period ----


@rule("nth", "ORDER NUMBER:number PIECE?")
def _nth(scene: Scene, number: Number) -> int | None:
    return number.value or None


@rule("nth", "FIRST")
def _first(scene: Scene) -> int:
    return 1


@rule("nth", "LAST")
def _last(scene: Scene) -> int:
    return -1


@rule("nth", "FROM_END NUMBER:number PIECE?")
def _from_end(scene: Scene, number: Number) -> int | None:
    return -number.value or None


@rule("other_day", "period|holiday|edge_month:spans nth:number DAYS")
def _nth_day(scene: Scene, spans: Spans, number: int) -> Dates:
    days = [first + timedelta(days=number - 1) if number > 0 else last + timedelta(days=number + 1) for first, last in spans.options]
    inside = [day for day, (first, last) in zip(days, spans.options, strict=True) if first <= day <= last]
    return _first_to_come(scene, inside)


@rule("other_day", "period:spans nth:number weekday:weekday")
def _nth_weekday(scene: Scene, spans: Spans, number: int, weekday: int) -> Dates:
    found = [nth_weekday(*span, weekday, number) for span in spans.options] if weekday >= 0 else []
    return _first_to_come(scene, [day for day in found if day])


def nth_weekday(first: date, last: date, weekday: int, number: int) -> date | None:
    if number > 0:
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    else:
        day = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-number - 1))
    return day if first <= day <= last else None


@rule("other_day", "period|edge_month:spans nth:number WORKDAY", "period|edge_month:spans WITHIN nth:number WORKDAY")
def _nth_workday(scene: Scene, spans: Spans, number: int) -> Dates:
    days = [scene.calendar.nth_workday(*span, number) for span in spans.options]
    return _estimated(scene, _first_to_come(scene, [day for day in days if day]))


@rule("edge_month", "MONTH END BEFORE?")
def _month_before_its_end(scene: Scene) -> Spans:
    """月底最后一个工作日: the last one of the month, not one before its last day."""
    return Spans((month_of(scene.today.year, scene.today.month),))


@rule("edge_month", "YEAR END BEFORE?", "YEAR WITHIN")
def _year_before_its_end(scene: Scene) -> Spans:
    return Spans(((date(scene.today.year, 1, 1), date(scene.today.year, 12, 31)),))


@rule("edge_month", "whole_month|quarter|whole_year:spans END BEFORE?", "whole_month:spans MONTH END BEFORE?")
@rule("edge_month", "whole_year:spans YEAR END BEFORE?")
def _period_before_its_end(scene: Scene, spans: Spans) -> Spans:
    return spans


def _first_to_come(scene: Scene, days: list[date]) -> Dates:
    """The first that is not past; when all are, the last, which then is past."""
    return only(next((day for day in days if day >= scene.today), days[-1] if days else None))


def _estimated(scene: Scene, dates: Dates) -> Dates:
    guessed = any(scene.calendar.estimated(min(day, scene.today), day) for day in dates.options)
    return Dates(dates.options, dates.ask, guessed)


@rule("other_day", "NEXT_ONE|REL:told WORKDAY")
def _next_workday(scene: Scene, told: int) -> Dates | None:
    """下一个工作日, counted from today; today itself is none."""
    return shifted(scene, Dates((scene.today,)), Span(days=1, workdays=True)) if told == 1 else None


# ---- counted from another day ----


@rule("named_day", "other_day|numbered_day:day")
@rule("day", "named_day:day")
def _named(scene: Scene, day: Dates) -> Dates:
    return day


@rule("day", "named_day:base BEFORE|AHEAD length:span", "named_day:base BEFORE AHEAD length:span")
def _before(scene: Scene, base: Dates, span: Span) -> Dates | None:
    return shifted(scene, base, -span)


@rule("day", "named_day:base AFTER length:span")
def _after(scene: Scene, base: Dates, span: Span) -> Dates | None:
    return shifted(scene, base, span)


@rule("day", "named_day:base AFTER nth:number DAYS")
def _nth_after(scene: Scene, base: Dates, number: int) -> Dates | None:
    return shifted(scene, base, Span(days=number)) if number > 0 else None


@rule("day", "named_day:base AFTER nth:number WORKDAY")
def _nth_workday_after(scene: Scene, base: Dates, number: int) -> Dates | None:
    return shifted(scene, base, Span(days=number, workdays=True)) if number > 0 else None


@rule("day", "other_day|numbered_day:base BEFORE nth:number WORKDAY")
def _nth_workday_before(scene: Scene, base: Dates, number: int) -> Dates | None:
    """国庆前最后一个工作日 and 国庆前第一个 are the same day; 倒数第二个 is the one before it."""
    return shifted(scene, base, Span(days=-abs(number), workdays=True))


def shifted(scene: Scene, base: Dates, span: Span) -> Dates | None:
    """Each day so much earlier or later; a length in hours does not lead to a day."""
    if span.seconds:
        return None
    days = tuple(shift(scene, day, span) for day in base.options)
    if any(day is None for day in days):
        return Dates(())
    moved = Dates(tuple(day for day in days if day), base.ask, base.estimated)
    return _counted(scene, base, moved) if span.workdays else moved


def _counted(scene: Scene, base: Dates, moved: Dates) -> Dates:
    guessed = any(scene.calendar.estimated(one, other) for one, other in zip(base.options, moved.options, strict=True))
    return Dates(moved.options, moved.ask, moved.estimated or guessed)


def shift(scene: Scene, day: date, span: Span) -> date | None:
    """A month later is the same day of that month, or its last."""
    year, month = months_on(day, span.months)
    if not 1900 <= year <= LAST_YEAR or abs(span.days) > MOST_DAYS:
        return None
    day = on(year, month, day.day) or month_of(year, month)[1]
    return scene.calendar.add_workdays(day, span.days) if span.workdays else day + timedelta(days=span.days)


MOST_DAYS = 4000
"""A longer count is a typing error; counting it would only take time."""

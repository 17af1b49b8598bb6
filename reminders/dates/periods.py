"""Weeks, months, quarters, halves and years, the days between two ends, and the official weeks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reminders.dates.grammar import Grammar
from reminders.dates.meant import LAST_YEAR, Spans
from reminders.dates.tokens import Number
from reminders.dates.values import Scene
from reminders.recurring import recurring

RULES = Grammar()
rule = RULES.rule


@dataclass(frozen=True)
class Month:
    """A month, of a year when one was said. Number 13 and the like are no month."""

    number: int
    year: int | None = None

    @property
    def exists(self) -> bool:
        return 1 <= self.number <= 12

    def spans(self, scene: Scene) -> Spans:
        years = (self.year,) if self.year else (scene.today.year, scene.today.year + 1)
        return Spans(tuple(month_of(year, self.number) for year in years) if self.exists else ())


def month_of(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_on(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months from that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def quarter_of(year: int, number: int) -> tuple[date, date]:
    return month_of(year, number * 3 - 2)[0], month_of(year, number * 3)[1]


def week_of(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def one(*spans: tuple[date, date]) -> Spans:
    return Spans(spans)


# ---- years ----


@rule("year", "YEAR_REL:told")
def _year_told(scene: Scene, told: int) -> int:
    return scene.today.year + told


@rule("year", "NUMBER:number YEAR")
def _year_number(scene: Scene, number: Number) -> int | None:
    """2027年, 27年. A hundred years ago or from now is a typing error."""
    if number.digits and len(number.written) == 2 and 10 <= number.value <= 60:
        return 2000 + number.value
    return number.value if 1900 <= number.value <= LAST_YEAR else None


@rule("full_year", "NUMBER:number")
def _full_year(scene: Scene, number: Number) -> int | None:
    return number.value if len(number.written) == 4 and 1900 <= number.value <= LAST_YEAR else None


@rule("whole_year", "year:year", "full_year:year YEAR")
def _whole_year(scene: Scene, year: int) -> Spans:
    return one((date(year, 1, 1), date(year, 12, 31)))


# ---- months ----


@rule("month", "NUMBER:number MONTH")
def _month_number(scene: Scene, number: Number) -> Month:
    return Month(number.value)


@rule("month", "year:year NUMBER:number MONTH")
def _month_of_year(scene: Scene, year: int, number: Number) -> Month:
    return Month(number.value, year)


@rule("month", "full_year:year DASH|SLASH|DOT NUMBER:number MONTH?")
def _month_in_digits(scene: Scene, year: int, number: Number) -> Month | None:
    return Month(number.value, year) if number.digits else None


@rule("month", "REL|NEXT_ONE:told MONTH")
def _month_told(scene: Scene, told: int) -> Month:
    year, number = months_on(scene.today, told)
    return Month(number, year)


@rule("whole_month", "month:month")
def _whole_month(scene: Scene, month: Month) -> Spans:
    return month.spans(scene)


@rule("third", "month:month THIRD:number")
def _third(scene: Scene, month: Month, number: int) -> Spans:
    return Spans(tuple(_third_of(*span, number) for span in month.spans(scene).options))


@rule("third", "THIRD:number")
def _third_alone(scene: Scene, number: int) -> Spans:
    months = (months_on(scene.today, each) for each in (0, 1))
    return Spans(tuple(_third_of(*month_of(*each), number) for each in months))


def _third_of(first: date, last: date, number: int) -> tuple[date, date]:
    return first + timedelta(days=10 * number), last if number == 2 else first + timedelta(days=10 * number + 9)


# ---- quarters and halves ----


def _quarters(years: Iterable[int], number: int) -> Spans:
    return Spans(tuple(quarter_of(year, number) for year in years) if 1 <= number <= 4 else ())


@rule("quarter", "ORDER? NUMBER:number QUARTER", "Q NUMBER:number")
def _quarter(scene: Scene, number: Number) -> Spans:
    return _quarters((scene.today.year, scene.today.year + 1), number.value)


@rule("quarter", "year:year ORDER? NUMBER:number QUARTER", "year|full_year:year Q NUMBER:number")
def _quarter_of_year(scene: Scene, year: int, number: Number) -> Spans:
    return _quarters((year,), number.value)


@rule("quarter", "REL|NEXT_ONE:told QUARTER")
def _quarter_told(scene: Scene, told: int) -> Spans:
    year, month = months_on(scene.today, 3 * told)
    return _quarters((year,), (month + 2) // 3)


def _half_of(year: int, number: int) -> tuple[date, date]:
    return date(year, 1 + 6 * number, 1), month_of(year, 6 + 6 * number)[1]


@rule("half", "HALF_YEAR:number")
def _half(scene: Scene, number: int) -> Spans:
    return one(_half_of(scene.today.year, number), _half_of(scene.today.year + 1, number))


@rule("half", "year:year HALF_YEAR:number")
def _half_of_year(scene: Scene, year: int, number: int) -> Spans:
    return one(_half_of(year, number))


# ---- weeks ----


@rule("week", "REL|NEXT_ONE:told WEEK")
def _week(scene: Scene, told: int) -> Spans:
    return one(week_of(scene.today + timedelta(weeks=told)))


@rule("weekend", "WEEKEND")
def _weekend(scene: Scene) -> Spans:
    return _weekend_told(scene, 0)


@rule("weekend", "REL|NEXT_ONE:told WEEKEND")
def _weekend_told(scene: Scene, told: int) -> Spans:
    _, sunday = week_of(scene.today + timedelta(weeks=told))
    return one((sunday - timedelta(days=1), sunday))


# ---- official weeks ----


@rule("event", "EVENT:id")
def _event(scene: Scene, id: str) -> Spans:
    """A day counts as a week of one day here."""
    return _occurrences(id, (scene.today.year, scene.today.year + 1))


@rule("event", "year:year EVENT:id")
def _event_of_year(scene: Scene, year: int, id: str) -> Spans:
    return _occurrences(id, (year,))


def _occurrences(id: str, years: Iterable[int]) -> Spans:
    event = next(each for each in recurring() if each.id == id)
    return Spans(tuple((date(year, *event.opens), date(year, *event.closes)) for year in years))


@rule("period", "whole_year|whole_month|third|quarter|half|week|weekend|event:spans")
def _period(scene: Scene, spans: Spans) -> Spans | None:
    return None if spans.options and spans.options[0][0] == spans.options[0][1] else spans

"""Which days are worked in mainland China: the published tables, staff's rows over them, weekends where nothing is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from reminders.rows import month_day, rows

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Break:
    """The days off around a festival, both ends and the weekends within included."""

    festival: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """A table of days off and shifted working days. In a year outside `years` only weekends are free, and `estimated` says so."""

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]
    breaks: tuple[Break, ...] = ()

    def is_workday(self, day: date) -> bool:
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)

    def estimated(self, first: date, last: date | None = None) -> bool:
        """Whether a year from the first day to the last has no published table."""
        years = sorted((first.year, (last or first).year))
        return any(year not in self.years for year in range(years[0], years[1] + 1))

    def add_workdays(self, day: date, count: int) -> date:
        """The working day `count` working days after the day (before it, when negative); the day itself does not count. 0: the day."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`: what remains on the day `first` until a deadline on `last`."""
        return sum(self.is_workday(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))

    def nth_workday(self, first: date, last: date, number: int) -> date | None:
        """The how manieth working day of a period, counted from its end when negative; nothing when it has not so many."""
        days = [day for day in Break("", first, last).days() if self.is_workday(day)]
        index = number - 1 if number > 0 else number
        return days[index] if -len(days) <= index < len(days) else None

    def break_of(self, festival: str, year: int) -> Break | None:
        return next((each for each in self.breaks if each.festival == festival and each.last.year == year), None)

    def with_year(self, year: int, breaks: Iterable[Break], work: Iterable[date]) -> WorkCalendar:
        """With that year's table put in place of what was known of it."""
        breaks = (*(each for each in self.breaks if each.last.year != year), *breaks)
        return _calendar(self.years | {year}, breaks, {*(day for day in self.work if day.year != year), *work})


def _calendar(years: Iterable[int], breaks: tuple[Break, ...], work: Iterable[date]) -> WorkCalendar:
    work = frozenset(work)
    return WorkCalendar(frozenset(years), frozenset(day for each in breaks for day in each.days()) - work, work, breaks)


@cache
def published() -> WorkCalendar:
    """The tables that come with the program."""
    table: Mapping[int, Any] = rows("calendar/workdays.yaml")
    breaks = tuple(_break(year, row) for year, told in table.items() for row in told["free"])
    return _calendar(table, breaks, (date(year, *month_day(text)) for year, told in table.items() for text in told["work"]))


def _break(year: int, row: Mapping[str, str]) -> Break:
    return Break(row["festival"], date(year, *month_day(row["from"])), date(year, *month_day(row["to"])))

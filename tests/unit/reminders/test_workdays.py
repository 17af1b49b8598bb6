"""Working days are those of the State Council's notices; where none is published, that is said."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from reminders.festivals import festival, lunar, repeats
from reminders.workdays import Break, WorkCalendar, published

FIRST, LAST = 2004, 2026


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", range(FIRST, LAST + 1))
def test_every_day_of_a_published_year_is_what_the_official_table_says(year: int) -> None:
    calendar = published()
    assert [day for day in days_of(year) if calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []
    assert not calendar.estimated(date(year, 1, 1), date(year, 12, 31))


def test_a_year_without_a_table_counts_weekends_and_says_so() -> None:
    calendar = published()
    assert calendar.estimated(date(2027, 5, 1))
    assert calendar.estimated(date(2026, 12, 30), date(2027, 1, 5))
    assert [day for day in days_of(2027) if calendar.is_workday(day) != (day.weekday() < 5)] == []


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), 2, date(2026, 10, 10)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),
    ],
)
def test_working_days_are_counted_over_breaks_and_shifted_weekends(start: date, count: int, end: date) -> None:
    assert published().add_workdays(start, count) == end


def test_what_remains_until_a_deadline_counts_the_deadline_and_not_today() -> None:
    assert published().workdays_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert published().workdays_between(date(2026, 9, 30), date(2026, 9, 30)) == 0


@pytest.mark.parametrize(("number", "day"), [(1, 8), (3, 10), (-1, 30), (40, None)])
def test_the_how_manieth_working_day_of_a_month(number: int, day: int | None) -> None:
    found = published().nth_workday(date(2026, 10, 1), date(2026, 10, 31), number)
    assert (found and found.day) == day


def test_counting_there_and_back_comes_to_the_same_day() -> None:
    calendar, start = published(), date(2025, 12, 31)
    assert all(calendar.add_workdays(calendar.add_workdays(start, count), -count) == start for count in range(1, 250))


def test_staff_s_table_of_a_year_takes_the_place_of_the_published_one() -> None:
    calendar = published().with_year(2026, [Break("national", date(2026, 10, 1), date(2026, 10, 6))], [date(2026, 9, 27)])
    assert calendar.is_workday(date(2026, 10, 7))
    assert calendar.is_workday(date(2026, 9, 27))
    assert not calendar.is_workday(date(2026, 9, 20))
    assert calendar.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 7)
    assert calendar.break_of("spring", 2026) is None
    assert calendar.break_of("spring", 2025) == published().break_of("spring", 2025)


def test_a_year_that_staff_have_entered_is_no_longer_estimated() -> None:
    calendar = published().with_year(2027, [Break("national", date(2027, 10, 1), date(2027, 10, 1))], [date(2027, 10, 9)])
    assert not calendar.estimated(date(2027, 10, 1))
    assert (calendar.is_workday(date(2027, 10, 1)), calendar.is_workday(date(2027, 10, 9))) == (False, True)


def test_an_empty_calendar_knows_weekends_only() -> None:
    empty = WorkCalendar(frozenset(), frozenset(), frozenset())
    assert empty.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 1)
    assert empty.estimated(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("id", "days"),
    [
        ("spring", ["2025-01-29", "2026-02-17", "2027-02-06"]),
        ("spring-eve", ["2025-01-28", "2026-02-16", "2027-02-05"]),
        ("dragon-boat", ["2025-05-31", "2026-06-19", "2027-06-09"]),
        ("mid-autumn", ["2025-10-06", "2026-09-25", "2027-09-15"]),
        ("qingming", ["2025-04-04", "2026-04-05", "2027-04-05"]),
        ("national", ["2025-10-01", "2026-10-01", "2027-10-01"]),
        ("laba", ["2025-01-07", "2026-01-26", "2027-01-15"]),
        ("mother", ["2025-05-11", "2026-05-10", "2027-05-09"]),
    ],
)
def test_festivals_fall_on_their_days(id: str, days: list[str]) -> None:
    assert [str(festival(id, year)) for year in (2025, 2026, 2027)] == days


NAMED = {
    "Spring Festival": "spring",
    "Tomb-sweeping Day": "qingming",
    "Dragon Boat Festival": "dragon-boat",
    "Mid-autumn Festival": "mid-autumn",
    "National Day": "national",
    "Labour Day": "labour",
    "New Year's Day": "new-year",
}


def test_the_moon_agrees_with_the_published_breaks() -> None:
    """Since 2008 every one of these festivals has been a day off; where two meet the notice names only one of them."""
    named = {(festival(id, year), id) for year in range(2008, LAST + 1) for id in NAMED.values()}
    missing = [(day, id) for day, id in named if day not in chinese_calendar.holidays and day and day.weekday() < 5]
    assert missing == []


def test_a_leap_month_stands_after_the_month_it_repeats() -> None:
    assert [lunar(2025, month, 1) for month in (6, 7)] == [date(2025, 6, 25), date(2025, 8, 23)]


def test_no_lunar_day_is_made_up() -> None:
    assert lunar(2026, 2, 30) is None
    assert lunar(2026, 13, 1) is None
    assert lunar(2057, 1, 1) is None


def test_only_what_falls_on_the_same_day_each_year_repeats() -> None:
    assert (repeats("national"), repeats("spring"), repeats("mother")) == ((10, 1), None, None)

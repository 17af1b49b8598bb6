"""Windows, wishes and working days in; what is due when out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders.schedule import Kind, Quiet, Snooze, Verdict, Wish, instant, of_window, snoozed, verdict
from reminders.window import CutOff, Level, Source, Status, Window, changes, longer, problems
from reminders.workdays import published

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)
SOURCE = Source("国家知识产权局", "通知", date(2026, 1, 4))
WINDOW = Window(
    1, 1, "专利奖", SOURCE, (CutOff(Level.COUNTY, date(2026, 3, 2), time(17)), CutOff(Level.CITY, date(2026, 3, 9))), date(2026, 1, 12)
)


AS_USUAL = Wish()


def days(window: Window, wish: Wish = AS_USUAL, after: datetime = NOW) -> list[tuple[Kind, int, str]]:
    due = of_window(window, wish, published(), SHANGHAI, after)
    return [(each.kind, each.step, f"{each.at.astimezone(SHANGHAI):%m-%d %H:%M}") for each in due]


def test_the_ladder_counts_working_days_over_the_spring_festival() -> None:
    """15–23 February 2026 are free, 14 and 28 February are worked."""
    assert days(WINDOW) == [
        (Kind.OPENING, 0, "01-12 09:00"),
        (Kind.DEADLINE, 30, "01-13 09:00"),
        (Kind.DEADLINE, 7, "02-13 09:00"),
        (Kind.DEADLINE, 3, "02-26 09:00"),
        (Kind.DEADLINE, 1, "02-28 09:00"),
    ]


def test_steps_before_the_opening_day_are_left_out_and_what_is_past_is_not_due() -> None:
    late_opening = replace(WINDOW, opens=date(2026, 2, 25))
    assert [step for _, step, _ in days(late_opening)] == [0, 3, 1]
    assert [step for _, step, _ in days(WINDOW, after=datetime(2026, 2, 26, 1, tzinfo=UTC))] == [1]


def test_a_step_on_the_opening_day_tells_the_deadline_and_the_opening_is_not_told_beside_it() -> None:
    opens_late = replace(WINDOW, opens=date(2026, 2, 26))
    assert days(opens_late) == [(Kind.DEADLINE, 3, "02-26 09:00"), (Kind.DEADLINE, 1, "02-28 09:00")]


def test_another_level_counts_to_its_own_end() -> None:
    assert days(WINDOW, Wish(ladder=(1,), level="city"))[-1] == (Kind.DEADLINE, 1, "03-06 09:00")


def test_a_deadline_of_ones_own_takes_the_ladder_and_the_official_end_keeps_one_step() -> None:
    found = days(WINDOW, Wish(ladder=(7, 3, 1), internal=date(2026, 2, 27)))
    assert found == [
        (Kind.OPENING, 0, "01-12 09:00"),
        (Kind.INTERNAL, 7, "02-11 09:00"),
        (Kind.INTERNAL, 3, "02-24 09:00"),
        (Kind.INTERNAL, 1, "02-26 09:00"),
        (Kind.DEADLINE, 1, "02-28 09:00"),
    ]


def test_who_wants_no_steps_but_has_a_deadline_of_their_own_still_hears_of_the_official_end() -> None:
    assert days(WINDOW, Wish(ladder=(), internal=date(2026, 2, 27)))[1:] == [(Kind.DEADLINE, 1, "02-28 09:00")]


@pytest.mark.parametrize("own", [date(2026, 3, 2), date(2026, 3, 6)])
def test_a_deadline_of_ones_own_that_the_official_end_has_overtaken_is_none(own: date) -> None:
    assert days(WINDOW, Wish(internal=own)) == days(WINDOW)


@pytest.mark.parametrize("status", [Status.EXPECTED, Status.CANCELLED, Status.CLOSED])
def test_nothing_is_due_for_what_is_not_running(status: Status) -> None:
    assert days(replace(WINDOW, status=status)) == []


def test_a_reminder_in_quiet_hours_waits_for_their_end_and_never_outlives_the_deadline() -> None:
    night = Quiet(time(22), time(8))
    assert instant(date(2026, 3, 2), time(23), SHANGHAI, night) == datetime(2026, 3, 3, 0, tzinfo=UTC)
    assert instant(date(2026, 3, 2), time(7), SHANGHAI, night) == datetime(2026, 3, 2, 0, tzinfo=UTC)
    assert instant(date(2026, 3, 2), time(22), SHANGHAI, night) == datetime(2026, 3, 3, 0, tzinfo=UTC)
    assert instant(date(2026, 3, 2), time(8), SHANGHAI, night) == datetime(2026, 3, 2, 0, tzinfo=UTC), "the end is quiet no more"
    noon = Quiet(time(12), time(14))
    assert [instant(date(2026, 3, 2), time(hour), SHANGHAI, noon).hour for hour in (11, 12, 13, 14)] == [3, 6, 6, 6]
    assert instant(date(2026, 3, 2), time(14), SHANGHAI, noon).day == 2
    at_night = days(WINDOW, Wish(ladder=(0,), at=time(23), quiet=night))
    assert at_night == [(Kind.OPENING, 0, "01-13 08:00")]


def test_a_time_the_clock_skips_is_the_next_one_and_one_that_comes_twice_comes_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert instant(date(2026, 3, 29), time(2, 30), berlin) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert instant(date(2026, 10, 25), time(2, 30), berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    opens=st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    length=st.integers(0, 200),
    ladder=st.lists(st.integers(0, 60), max_size=8),
    hour=st.integers(0, 23),
    quiet=st.none() | st.tuples(st.times(), st.times()),
)
def test_whatever_is_wished_nothing_is_due_twice_or_after_the_end(
    opens: date, length: int, ladder: list[int], hour: int, quiet: tuple[time, time] | None
) -> None:
    cutoff = CutOff(Level.CITY, opens + timedelta(days=length))
    window = Window(1, 1, "x", SOURCE, (cutoff,), opens)
    wish = Wish(tuple(ladder), time(hour), Quiet(*(each.replace(second=0, microsecond=0) for each in quiet)) if quiet else None)
    due = of_window(window, wish, published(), SHANGHAI, datetime(2024, 1, 1, tzinfo=UTC))
    assert len({each.at for each in due}) == len(due)
    assert list(due) == sorted(due, key=lambda each: each.at)
    assert all(each.at < cutoff.instant(SHANGHAI) for each in due)


END = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "late", "end", "expected"),
    [
        (Kind.DEADLINE, timedelta(minutes=15), END, Verdict.SEND),
        (Kind.DEADLINE, timedelta(minutes=16), END, Verdict.LATE),
        (Kind.DEADLINE, timedelta(hours=24), END, Verdict.CLOSED),
        (Kind.DEADLINE, timedelta(hours=30), END, Verdict.CLOSED),
        (Kind.DIGEST, timedelta(hours=12), None, Verdict.LATE),
        (Kind.DIGEST, timedelta(hours=13), None, Verdict.STALE),
        (Kind.OWN, timedelta(days=3), None, Verdict.LATE),
    ],
)
def test_what_is_late_is_told_so_or_dropped_by_its_kind(kind: Kind, late: timedelta, end: datetime | None, expected: Verdict) -> None:
    due = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert verdict(kind, due, due + late, end) is expected


def test_later_is_a_morning_a_working_day_or_three_days() -> None:
    friday = datetime(2026, 2, 13, 6, tzinfo=UTC)
    found = {choice: snoozed(choice, friday, Wish(), published(), SHANGHAI).date() for choice in Snooze}
    # Saturday the 14th is worked in 2026.
    assert found == {Snooze.TOMORROW: date(2026, 2, 14), Snooze.WORKDAY: date(2026, 2, 14), Snooze.THREE_DAYS: date(2026, 2, 16)}


# ---- windows ----


def ids(window: Window) -> list[str]:
    return [problem.id for problem in problems(window)]


def test_what_speaks_against_a_window_is_said_by_name() -> None:
    assert ids(WINDOW) == []
    assert ids(replace(WINDOW, source=Source("", "", date(2026, 1, 1)))) == ["window-source-missing"]
    assert ids(replace(WINDOW, opens=date(2026, 3, 5))) == ["window-closes-before"]
    crossed = (CutOff(Level.COUNTY, date(2026, 3, 9)), CutOff(Level.CITY, date(2026, 3, 2)))
    assert ids(replace(WINDOW, cutoffs=crossed)) == ["window-levels-crossed"]
    assert ids(replace(WINDOW, grade="D", cutoffs=())) == ["window-end-missing", "window-grade-unknown"]


def extension(on: date) -> list[str]:
    after = replace(
        WINDOW, cutoffs=(CutOff(Level.COUNTY, on, time(17)), WINDOW.cutoffs[1]), source=replace(SOURCE, document="延期"), version=2
    )
    return [problem.id for problem in longer(WINDOW, after, date(2026, 3, 4))[1]]


def test_an_extension_is_later_than_before_and_not_past() -> None:
    assert extension(date(2026, 3, 6)) == []
    assert extension(date(2026, 3, 3)) == ["extend-past"]
    assert extension(date(2026, 2, 20)) == ["extend-not-later", "extend-past"]
    assert [problem.id for problem in longer(WINDOW, replace(WINDOW, version=2), date(2026, 1, 1))[1]] == [
        "extend-source-missing",
        "extend-nothing",
    ]


def test_changes_tell_old_and_new() -> None:
    after = replace(WINDOW, opens=None, cutoffs=(WINDOW.cutoffs[0],), who="企业")
    assert [(each.what, each.level) for each in changes(WINDOW, after)] == [("opens", ""), ("closes", "city"), ("who", "")]
    assert changes(WINDOW, replace(WINDOW, version=2, clause="x")) == []


def test_a_window_is_open_until_its_last_level_closes() -> None:
    last = datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert WINDOW.is_open(last - timedelta(seconds=1), SHANGHAI)
    assert not WINDOW.is_open(last, SHANGHAI)

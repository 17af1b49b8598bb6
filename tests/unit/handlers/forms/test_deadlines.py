"""Times that a programme's source sets are counted in working days, and say so where the year's table is not out yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.message import Text, Where
from bot.core.permissions import Role, StaffMember
from bot.storage.applications import Summary
from handlers.forms.deadlines import Due, due, due_at, told
from handlers.forms.form import Deadline, Source, forms
from handlers.forms.overdue import concerned
from reminders.plan import Terms
from reminders.workdays import published

ZONE = ZoneInfo("Asia/Shanghai")
TERMS = Terms(published(), ZONE, {})
AWARD = forms()["china-patent-award"]
PUBLICITY = "publicity-before"
SOURCE = Source("notice", "某局", "2026-01-01", official=True)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 4, tzinfo=UTC)


def standing(status: str, due_at: datetime | None) -> Summary:
    where = Where("telegram", "1", "7")
    return Summary("a", "ZC-1", AWARD.id, "1", "s", where, "7", status, None, 0, noon(2026, 9, 1), due_at, noon(2026, 9, 1))


@pytest.mark.parametrize(
    ("begins", "last"),
    [
        (noon(2026, 9, 14), date(2026, 9, 20)),  # a Sunday that is worked, before the National Day
        (noon(2026, 11, 23), date(2026, 11, 30)),
        (datetime(2026, 11, 23, 17, tzinfo=UTC), date(2026, 12, 1)),  # the 24th already, here
    ],
)
def test_five_working_days_of_publicity_end_where_the_calendar_says(begins: datetime, last: date) -> None:
    over_at = due_at(AWARD, PUBLICITY, begins, TERMS)
    found = due(standing(PUBLICITY, over_at), begins, TERMS)
    assert found is not None
    assert (found.on, found.estimated, found.over) == (last, False, False)
    assert over_at is not None
    assert over_at.astimezone(ZONE).time().hour == 0


def test_in_a_year_without_a_table_weekends_count_and_it_is_said() -> None:
    over_at = due_at(AWARD, PUBLICITY, noon(2027, 9, 29), TERMS)
    found = due(standing(PUBLICITY, over_at), noon(2027, 9, 29), TERMS)
    assert found is not None
    assert (found.on, found.estimated) == (date(2027, 10, 6), True)
    assert "deadline-estimated" in [text.id for text in told(found)]


def test_where_the_source_sets_no_time_none_is_told() -> None:
    assert due_at(AWARD, "accepted", noon(2026, 9, 14), TERMS) is None
    assert due(standing("accepted", None), noon(2026, 9, 14), TERMS) is None
    assert due(replace(standing(PUBLICITY, noon(2026, 9, 20)), programme="gone"), noon(2026, 9, 14), TERMS) is None
    with_times = {(form.id, each.status) for form in forms().values() for each in form.deadlines}
    assert with_times == {("china-patent-award", PUBLICITY)}


def test_a_time_to_act_in_is_late_when_over_and_a_time_to_wait_is_not() -> None:
    rules = [Deadline(PUBLICITY, "working-days", least, most, SOURCE) for least, most in ((None, 5), (5, None))]
    act, wait = (Due(rule, date(2026, 9, 20), False, True) for rule in rules)
    assert (act.is_late, wait.is_late) == (True, False)
    assert [text.id for text in told(act)] == ["deadline-most", "deadline-most-over"]
    assert [text.id for text in told(wait)] == ["deadline-least", "deadline-least-over"]
    assert told(act)[0].values["span"] == Text("deadline-working-days", {"count": 5})


def test_whoever_has_it_is_told_and_those_who_answer_for_it_when_it_is_late() -> None:
    staff = [StaffMember(id, role, frozenset({role})) for id, role in enumerate((Role.OWNER, Role.REVIEWER, Role.REVIEWER, Role.EDITOR))]
    rules = [Deadline(PUBLICITY, "working-days", least, most, SOURCE) for least, most in ((None, 5), (5, None))]
    late, over = (Due(rule, date(2026, 9, 20), False, True) for rule in rules)
    unclaimed = standing(PUBLICITY, noon(2026, 9, 20))
    claimed = replace(unclaimed, reviewer=2)
    assert [member.id for member in concerned(unclaimed, late, staff)] == [1, 2, 0]
    assert [member.id for member in concerned(claimed, late, staff)] == [2, 0]
    assert [member.id for member in concerned(claimed, over, staff)] == [2]
    assert [member.id for member in concerned(replace(unclaimed, reviewer=9), over, staff)] == [1, 2], "who had it has left"

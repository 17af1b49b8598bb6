"""What the doctor says without asking anybody."""

from __future__ import annotations

from datetime import date

from bot.doctor import working_days


def test_a_year_without_working_days_is_told_of_from_december() -> None:
    assert working_days(date(2026, 11, 30)).well
    told = working_days(date(2026, 12, 1))
    assert (told.well, "2027 has no table" in told.says) == (False, True)

"""A date in an application is a whole day whose year was said; nothing else is taken for one."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from handlers.forms.dates import said_date
from reminders.workdays import published

READ, TODAY = said_date(ZoneInfo("Asia/Shanghai"), published()), date(2026, 11, 22)


@pytest.mark.parametrize("text", ["2024-05-06", "2024年5月6日", "2024.5.6", "20240506", "２０２４／５／６"])
def test_a_day_with_its_year_is_read(text: str) -> None:
    assert READ(text, TODAY) == date(2024, 5, 6)


@pytest.mark.parametrize("text", ["5月6日", "2024年5月", "2024-02-30", "下周五上午9点", "2024年5月6日前", "三年", "", "abc"])
def test_anything_else_is_asked_back(text: str) -> None:
    assert READ(text, TODAY) is None

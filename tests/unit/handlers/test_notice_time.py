"""When a notice goes out: many are told, so only what means one moment is taken."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import UserError
from handlers.staff.notice_time import LONGEST, moment
from reminders.dates import Scene

ZONE = ZoneInfo("Asia/Shanghai")
SCENE = Scene(datetime(2026, 11, 23, 14, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-12-01 09:30", "2026-12-01 09:30"),
        ("12月1日9:30", "2026-12-01 09:30"),
        ("明天上午9点", "2026-11-24 09:00"),
        ("下周一下午两点发", "2026-11-30 14:00"),
        ("tomorrow 9am", "2026-11-24 09:00"),
        ("Dec 1 9:30", "2026-12-01 09:30"),
        (" in two hours\n", "2026-11-23 16:00"),
    ],
)
def test_a_time_is_taken_as_people_write_it(said: str, at: str) -> None:
    assert moment(said, SCENE) == datetime.fromisoformat(at).replace(tzinfo=ZONE)


@pytest.mark.parametrize("said", ["尽快", "盡快", "Now", "as soon as possible"])
def test_soon_is_as_soon_as_it_is_approved(said: str) -> None:
    assert moment(said, SCENE) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("今天上午9点", "notice-time-over"),
        ("2026-11-01 09:00", "notice-time-over"),
        ("明天", "notice-time-hour"),
        ("明天上午", "notice-time-hour"),
        ("明天9点前", "notice-time-hour"),
        ("昨天", "notice-time-over"),
        ("tomorrow at 3", "notice-time-which"),
        ("2月30日9点", "notice-time-none"),
        ("每周一9点", "notice-time-wrong"),
        ("截止前3天9点", "notice-time-wrong"),
        ("等通知", "notice-time-wrong"),
        ("明天上午9点" + " " * LONGEST, "notice-time-wrong"),
    ],
)
def test_what_is_no_single_moment_to_come_is_refused_with_what_is_missing(said: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        moment(said, SCENE)
    assert refused.value.text.id == told

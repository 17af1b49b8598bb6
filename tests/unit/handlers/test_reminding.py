"""Where the time ends and what is to be done begins, however the two are run together."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.remind import parted
from reminders.dates import Scene, Unclear

SUNDAY = Scene(datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.mark.parametrize(
    ("text", "spelled", "words"),
    [
        ("明天上午九点 交年费", "明天上午九点", "交年费"),
        ("下周三上午九点开会", "下周三上午九点", "开会"),
        ("下个月5号交年费", "下个月5号", "交年费"),
        ("明早八点整交材料", "明早八点整", "交材料"),
        ("三点开会", "三点", "开会"),
        ("每周一早上8点半例会", "每周一早上8点半", "例会"),
        ("宣传周前三天准备展板", "宣传周前三天", "准备展板"),
        ("每年4月26号之前三天交材料", "每年4月26号之前三天", "交材料"),
        ("2月29日交材料", "2月29日", "交材料"),
        ("tomorrow at 9am pay the fee", "tomorrow at 9am", "pay the fee"),
        ("3 days before December 15 pay the fee", "3 days before December 15", "pay the fee"),
        ("in half an hour call them", "in half an hour", "call them"),
    ],
)
def test_the_time_ends_where_no_word_changes_it(text: str, spelled: str, words: str) -> None:
    asked = parted(text, SUNDAY)
    assert (asked.spelled, asked.words) == (spelled, words)


@pytest.mark.parametrize(
    "text", ["周五", "2026年12月2日", "2月29日", "明天上午九点钟", "三天以后", "月底之前", "每周一早上8点半", "后天下午"]
)
def test_a_time_alone_leaves_nothing_to_do(text: str) -> None:
    assert parted(text, SUNDAY).words == ""


def test_a_time_does_not_end_within_an_english_word() -> None:
    assert parted("monitor the filing", SUNDAY).result == Unclear()

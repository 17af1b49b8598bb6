"""What is told of a time, in each language, with the weekday, what remains and what to mind."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.words import LANGUAGES, Words
from handlers.times import described
from reminders.dates import Scene, read

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def told(text: str, words: Words, language: str = "zh-CN") -> list[str]:
    scene = Scene(NOW)
    return [words.say(line, language) for line in described(read(text, scene), scene)]


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("截止前3个工作日上午10点", "截止前 3 个工作日 10:00", "3 working days before the deadline, 10:00"),
        ("提前一个半小时", "截止前 1 小时 30 分钟", "1 hour 30 minutes before the deadline"),
        ("截止当天", "截止当天", "on the day of the deadline"),
        ("每周一、周三早上8点半", "每周 星期一、星期三 08:30", "every week, on Monday and Wednesday, 08:30"),
        ("每两周周五", "每 2 周 星期五", "every 2 weeks, on Friday"),
        ("每个工作日9点", "每个工作日 09:00", "every working day, 09:00"),
        ("每月最后一个工作日", "每月 最后一个工作日", "every month, the last working day"),
        ("每月第二个周二", "每月 第 2 个星期二", "every month, the second Tuesday"),
        ("每月倒数第二个工作日", "每月 倒数第 2 个工作日", "every month, working day no. 2 from the end"),
        ("每月1号和15号", "每月 1 日、15 日", "every month, day 1 and day 15"),
        ("每月倒数第3天", "每月 倒数第 3 天", "every month, day 3 from the end"),
        ("每季度末", "每季度 最后一天", "every quarter, the last day"),
        ("每季度初", "每季度 1 日", "every quarter, day 1"),
        ("每周一三五", "每周 星期一、星期三、星期五", "every week, on Monday, Wednesday and Friday"),
        ("每年4月26日", "每年 4 月 26 日", "every year, April, day 26"),
    ],
)
def test_offsets_and_rules_are_said_in_words(words: Words, text: str, chinese: str, english: str) -> None:
    assert (told(text, words), told(text, words, "en")) == ([chinese], [english])


def test_a_day_is_said_with_its_weekday_and_what_remains(words: Words) -> None:
    assert told("下周五之前", words) == ["2026年12月4日 星期五之前（含当天）", "还有 9 天，其中 7 个工作日"]
    assert told("今天", words, "zh-TW") == ["2026年11月25日 星期三", "就是今天"]


def test_an_assumed_time_and_estimated_working_days_are_told_once(words: Words) -> None:
    assert "只说了时段，按 20:00 算。" in told("明天晚上", words)
    assert [line for line in told("明年3月第一个工作日", words) if "推算" in line] == ["其中有的年份放假安排还没公布，工作日按周末推算。"]
    assert not [line for line in told("下个月第一个工作日", words) if "推算" in line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubt_is_asked_with_choices_and_a_way_out(words: Words, language: str) -> None:
    question, *choices, way_out = told("下周上午9点", words, language)
    assert len(choices) == 5
    assert all("09:00" in choice for choice in choices)
    assert question != way_out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["随便", "2月30日", "昨天", "去年", "尽快", "4月20日至26日", "截止后1个月3天", "每小时", "每3天"])
def test_everything_is_said_in_every_language(words: Words, text: str, language: str) -> None:
    assert all(line and "{" not in line for line in told(text, words, language))

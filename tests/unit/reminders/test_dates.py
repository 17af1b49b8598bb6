"""Expressions of time are read right or asked back; never silently wrong, whatever people type."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.dates import (
    Day,
    Instant,
    Invalid,
    Offset,
    Past,
    Purpose,
    Range,
    Reading,
    Recurrence,
    Result,
    Scene,
    Span,
    Unclear,
    is_beside_a_time,
    read,
    render,
)
from reminders.dates.grammar import Parse
from reminders.dates.lines import plain, read_lines
from reminders.dates.numerals import numeral
from reminders.dates.sentences import grammar, names
from reminders.dates.tokens import vocabulary
from reminders.workdays import Break, published

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)
SET = Path(__file__).parent / "dates.jsonl"


def meant(text: str, now: datetime = WEDNESDAY, purpose: Purpose = Purpose.REMINDER) -> Result:
    return read(text, Scene(now, purpose))


def choices(text: str, now: datetime = WEDNESDAY) -> list[dict[str, Any]]:
    found = meant(text, now)
    assert isinstance(found, Unclear), f"{text} is not asked back but {found}"
    return [plain(choice) for choice in found.choices]


# ---- the set ----


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]


def agrees(expected: dict[str, Any], got: dict[str, Any]) -> bool:
    if any(agrees(other, got) for other in expected.get("accept", [])):
        return True
    if expected["kind"] != got["kind"]:
        return False
    if "between" in expected:
        first, last = map(datetime.fromisoformat, expected["between"])
        return first <= datetime.fromisoformat(got["at"]) <= last
    ignored = {"accept", "kind", "reason"}
    return all(got.get(name) == value for name, value in expected.items() if name not in ignored)


def test_the_set_is_read_right_and_nothing_in_it_silently_wrong() -> None:
    told = lines()
    results = [json.loads(line)["result"] for line in read_lines((json.dumps(line) for line in told), published())]
    missed = [(line, result) for line, result in zip(told, results, strict=True) if not agrees(line["expect"], result)]
    silent = [(line["text"], line["expect"], result) for line, result in missed if result["kind"] != "error"]
    assert silent == []
    assert len(missed) <= 0.02 * len(told), [(line["text"], result) for line, result in missed]


def test_the_set_is_large_and_holds_every_kind() -> None:
    told = lines()
    assert len(told) >= 300
    assert {line["expect"]["kind"] for line in told} == {"instant", "date", "range", "offset", "recurrence", "error"}
    assert {line["expect"].get("reason") for line in told} >= {"invalid", "past", "unclear"}


# ---- the grammar itself ----


def test_every_name_in_a_pattern_is_a_rule_or_a_kind_of_word() -> None:
    kinds = {kind for meanings in vocabulary().words.values() for kind, _ in meanings} | {"NUMBER"}
    assert sorted(name for name in names() if name not in kinds and name not in grammar().rules) == []


def test_every_kind_of_word_and_every_rule_is_used() -> None:
    kinds = {kind for meanings in vocabulary().words.values() for kind, _ in meanings}
    assert kinds - names() == {"CHATTER"}
    assert grammar().rules.keys() - names() == {"reading"}


def test_no_rule_begins_with_itself() -> None:
    """Such a grammar would never end."""
    rules = grammar().rules
    first = {
        name: {start for rule in found for item in rule.items[: 1 + sum(1 for each in rule.items if each.optional)] for start in item.names}
        for name, found in rules.items()
    }

    def reached(name: str, seen: frozenset[str]) -> bool:
        return name in seen or any(reached(each, seen | {name}) for each in first.get(name, ()) if each in rules)

    recursive = {"dom_list", "more_weekdays"}  # Both take a day before they come to themselves.
    assert [name for name in rules if name not in recursive and reached(name, frozenset(recursive - {name}) & {name})] == []
    assert Parse is not None


# ---- numerals ----


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("廿六", 26), ("卅一", 31), ("二〇二七", 2027), ("零五", 5), ("两", 2), ("一百零五", 105), ("二百", 200)],
)
def test_numerals_are_read(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize("text", ["两三", "三五", "十百", "二十两", "一百二", "零", "三十零", "十十"])
def test_guesses_and_nonsense_are_no_numbers(text: str) -> None:
    assert numeral(text) == (0 if text == "零" else None)


# ---- asking back ----


def test_an_hour_without_a_part_of_the_day_is_asked_with_both() -> None:
    assert [choice["at"][11:16] for choice in choices("明天3点")] == ["03:00", "15:00"]


def test_a_week_with_a_time_is_asked_with_its_days() -> None:
    assert [choice["at"][:16] for choice in choices("下周上午9点")] == [
        f"2026-{day}T09:00" for day in ("11-30", "12-01", "12-02", "12-03", "12-04")
    ]


def test_today_s_weekday_is_asked_with_today_and_in_a_week() -> None:
    assert [choice["date"] for choice in choices("周三")] == ["2026-11-25", "2026-12-02"]


def test_a_time_that_is_over_today_may_be_this_evening_or_tomorrow() -> None:
    assert [choice["at"][:16] for choice in choices("8点半")] == ["2026-11-25T20:30", "2026-11-26T08:30"]


def test_what_was_not_understood_is_asked_with_what_was() -> None:
    assert choices("明天或者后天")[0] == {"kind": "date", "date": "2026-11-26"}
    assert choices("从明天起每天9点") == [{"kind": "recurrence", "rrule": "FREQ=DAILY", "time": "09:00"}]


def test_a_weekday_that_does_not_fit_its_date_is_asked() -> None:
    assert choices("12月3日（周五）") == [{"kind": "date", "date": "2026-12-03"}]
    assert plain(meant("12月3日（周四）")) == {"kind": "date", "date": "2026-12-03"}


def test_vague_words_come_with_something_to_choose_from() -> None:
    assert [choice["date"] for choice in choices("过几天")] == ["2026-11-27", "2026-11-28", "2026-12-02"]
    assert [choice["at"][11:16] for choice in choices("尽快")] == ["10:10", "10:30", "11:00"]


@pytest.mark.parametrize(
    "text", ["不要明天", "别在周五", "除了周五", "明天不行", "三五天后", "后天下", "双周五", "每周五天", "周一、周三", "每月中"]
)
def test_words_that_change_a_time_are_never_passed_over(text: str) -> None:
    assert isinstance(meant(text), Unclear)


@pytest.mark.parametrize(
    "text", ["记得明天交年报", "请于明天提交3份材料", "发明专利明天答复", "明天和张总开会", "麻烦您明天叫我一下，谢谢"]
)
def test_words_that_change_nothing_are(text: str) -> None:
    assert meant(text) == Day(date(2026, 11, 26))


# ---- what comes with a value ----


def test_a_part_of_the_day_gives_a_time_that_says_it_was_assumed() -> None:
    assert meant("明天晚上") == Instant(datetime(2026, 11, 26, 20, 0, tzinfo=SHANGHAI), assumed=True)
    late = meant("今天晚上", datetime(2026, 11, 25, 22, 30, tzinfo=SHANGHAI))
    assert late == Instant(datetime(2026, 11, 25, 22, 45, tzinfo=SHANGHAI), assumed=True)


def test_before_a_day_is_a_limit() -> None:
    assert meant("下周五之前") == Day(date(2026, 12, 4), limit=True)
    assert meant("截止时间：12月10日") == Day(date(2026, 12, 10), limit=True)


def test_working_days_of_an_unpublished_year_are_estimated() -> None:
    assert meant("明年3月第一个工作日") == Day(date(2027, 3, 1), estimated=True)
    assert meant("下个月第一个工作日") == Day(date(2026, 12, 1))


def test_working_days_follow_the_calendar_that_is_given() -> None:
    calendar = published().with_year(2026, [Break("national", date(2026, 12, 1), date(2026, 12, 1))], [])
    assert read("下个月第一个工作日", Scene(WEDNESDAY, calendar=calendar)) == Day(date(2026, 12, 2))


def test_what_is_past_says_what_was_understood() -> None:
    assert meant("昨天") == Past(Day(date(2026, 11, 24)))
    assert meant("昨天", purpose=Purpose.FIELD) == Day(date(2026, 11, 24))


def test_hours_are_counted_as_they_pass_and_skipped_times_become_valid() -> None:
    """In Berlin clocks went from 2:00 to 3:00 on 29 March 2026."""
    berlin = datetime(2026, 3, 28, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert plain(meant("24小时后", berlin))["at"] == "2026-03-29T13:00:00+02:00"
    assert plain(meant("明天02:30", berlin))["at"] == "2026-03-29T03:30:00+02:00"


# ---- English ----


@pytest.mark.parametrize(
    "text", ["next friday", "04/05/2027", "not tomorrow", "friday or saturday", "meeting tomorrow", "tomorrow 9", "in a while"]
)
def test_english_that_cannot_be_trusted_is_asked_back(text: str) -> None:
    assert isinstance(meant(text), Unclear)


@pytest.mark.parametrize(
    ("text", "rule", "at"),
    [
        ("every Monday at 9", "FREQ=WEEKLY;BYDAY=MO", time(9)),
        ("please remind me every day at 8:30", "FREQ=DAILY", time(8, 30)),
        ("each weekday at 5 pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(17)),
        ("9am every Tuesday and Thursday", "FREQ=WEEKLY;BYDAY=TU,TH", time(9)),
        ("Fridays at 14:00", "FREQ=WEEKLY;BYDAY=FR", time(14)),
        ("9am Mondays", "FREQ=WEEKLY;BYDAY=MO", time(9)),
        ("at 9 on every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(9)),
        ("on the 5th of every month at 9 am", "FREQ=MONTHLY;BYMONTHDAY=5", time(9)),
        ("every April 26", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=26", None),
        ("every last Monday of the month at 5pm", "FREQ=MONTHLY;BYDAY=-1MO", time(17)),
        ("the first Friday of every month", "FREQ=MONTHLY;BYDAY=1FR", None),
        ("monthly on the last day at 9am", "FREQ=MONTHLY;BYMONTHDAY=-1", time(9)),
        ("the last working day of each month at 10:30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", time(10, 30)),
    ],
)
def test_english_rules_are_read_when_the_whole_text_is_one(text: str, rule: str, at: time | None) -> None:
    assert meant(text) == Recurrence(rule, at, workdays="MO,TU,WE,TH,FR" in rule)


@pytest.mark.parametrize("text", ["every other Monday", "every Monday 9", "monday and thursday", "every Monday or so"])
def test_an_english_rule_that_cannot_be_trusted_is_asked_back(text: str) -> None:
    assert isinstance(meant(text), Unclear)


@pytest.mark.parametrize("text", ["2 working days", "3 Mondays"])
def test_so_many_days_are_no_hour_of_each(text: str) -> None:
    assert meant(text) == Unclear()


@pytest.mark.parametrize("text", ["every February 30", "on the 45th of every month"])
def test_an_english_rule_for_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert isinstance(meant(text), Invalid)


def test_an_english_date_that_does_not_exist_is_refused() -> None:
    assert isinstance(meant("feb 29 2027"), Invalid)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 days before Dec 15", Day(date(2026, 12, 12))),
        ("three days before the 15th of December", Day(date(2026, 12, 12))),
        ("a week ahead of December 15, 2027", Day(date(2027, 12, 8))),
        ("2 working days before Dec 15 at 10am", Instant(datetime(2026, 12, 11, 10, tzinfo=SHANGHAI))),
        ("three days after Dec 15", Day(date(2026, 12, 18))),
        ("in two working days", Day(date(2026, 11, 27))),
        ("an hour before tomorrow at 3pm", Instant(datetime(2026, 11, 26, 14, tzinfo=SHANGHAI))),
        ("3 days before the deadline", Offset(Span(days=-3))),
        ("five working days before the closing date at 9am", Offset(Span(days=-5, workdays=True), time(9))),
        ("in half an hour", Instant(datetime(2026, 11, 25, 10, 30, tzinfo=SHANGHAI))),
        ("tomorrow morning", Instant(datetime(2026, 11, 26, 9, tzinfo=SHANGHAI), assumed=True)),
        ("tonight", Instant(datetime(2026, 11, 25, 20, tzinfo=SHANGHAI), assumed=True)),
        ("this Friday", Day(date(2026, 11, 27))),
        ("next Wednesday", Day(date(2026, 12, 2))),
    ],
)
def test_a_distance_and_a_part_of_the_day_are_read_in_english(text: str, expected: Result) -> None:
    assert meant(text) == expected


def test_next_friday_is_asked_back_with_both_that_people_mean() -> None:
    assert meant("next friday") == Unclear((Day(date(2026, 11, 27)), Day(date(2026, 12, 4))))


@pytest.mark.parametrize("text", ["3 days before Feb 30", "tomorrow afternoon at 3am", "3 days before 45 December"])
def test_english_that_contradicts_the_calendar_or_itself_is_refused(text: str) -> None:
    assert isinstance(meant(text), Invalid)


def test_a_day_that_long_before_another_may_be_over() -> None:
    assert isinstance(meant("30 days before Dec 1"), Past)


# ---- whatever is typed ----

WORDS = sorted(vocabulary().words) + list("0123456789一二三十廿半:-./~ 年月日号点")


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map("".join)), st.sampled_from(Purpose))
def test_no_text_makes_it_raise(text: str, purpose: Purpose) -> None:
    found = meant(text, purpose=purpose)
    json.dumps(plain(found))
    if isinstance(found, Instant) and purpose is Purpose.REMINDER:
        assert found.at > WEDNESDAY
    if isinstance(found, Range):
        assert found.start <= found.end


@pytest.mark.parametrize(
    "text", ["", " ", "明" * 100_000, "一" * 120, "1-" * 60, "每" * 120, "周一到" * 40, "!" * 120, "\ud800", "\x00明天", "²⁰²⁷"]
)
def test_hostile_texts_are_only_unclear(text: str) -> None:
    assert isinstance(meant(text), (Unclear, Day))


# ---- written and read again ----

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
counts = st.integers(1, 999)
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def instants() -> st.SearchStrategy[Reading]:
    return st.builds(lambda on, at, limit: Instant(datetime.combine(on, at, SHANGHAI), limit=limit), days, times, st.booleans())


def ranges() -> st.SearchStrategy[Reading]:
    return st.builds(lambda start, length: Range(start, start + timedelta(days=length)), days, st.integers(0, 800))


def offsets() -> st.SearchStrategy[Reading]:
    dated = st.one_of(
        st.builds(Span, months=counts), st.builds(Span, days=counts), st.builds(Span, days=counts, workdays=st.just(True)), st.just(Span())
    )
    lengths = st.builds(lambda days, seconds: Span(days=days, seconds=seconds), st.integers(0, 99), st.integers(1, 86_399))
    return st.one_of(
        st.builds(lambda span, at: Offset(-span, at), dated, st.none() | times), st.builds(lambda span: Offset(-span), lengths)
    )


def rules() -> st.SearchStrategy[Reading]:
    def rule(frequency: str, interval: int, *more: str) -> str:
        return ";".join((f"FREQ={frequency}", *((f"INTERVAL={interval}",) if interval > 1 else ()), *more))

    often = st.integers(1, 20)
    ordinal = st.integers(-5, 5).filter(bool)
    weekdays = st.sets(st.sampled_from(range(7)), min_size=1).map(lambda found: ",".join(WEEK[day] for day in sorted(found)))
    of_month = st.one_of(
        st.sets(st.integers(1, 31), min_size=1, max_size=3).map(lambda found: "BYMONTHDAY=" + ",".join(map(str, sorted(found)))),
        st.builds(lambda number, day: f"BYDAY={number}{day}", ordinal, st.sampled_from(WEEK)),
        st.integers(-9, -1).map(lambda number: f"BYMONTHDAY={number}"),
    )
    unflagged = st.one_of(
        st.builds(rule, st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"]), often),
        st.builds(lambda interval, listed: rule("WEEKLY", interval, f"BYDAY={listed}"), often, weekdays),
        st.builds(lambda interval, day: rule("MONTHLY", interval, day), often, of_month),
        st.builds(lambda month, day: rule("YEARLY", 1, f"BYMONTH={month}", f"BYMONTHDAY={day}"), st.integers(1, 12), st.integers(1, 28)),
    )
    working = "BYDAY=MO,TU,WE,TH,FR"
    flagged = st.one_of(st.just(f"FREQ=WEEKLY;{working}"), ordinal.map(lambda number: f"FREQ=MONTHLY;{working};BYSETPOS={number}"))
    return st.one_of(st.builds(Recurrence, unflagged, st.none() | times), st.builds(Recurrence, flagged, st.none() | times, st.just(True)))


@settings(deadline=None, max_examples=150)
@given(st.one_of(days.map(Day), days.map(lambda on: Day(on, limit=True)), instants(), ranges(), offsets(), rules()))
def test_what_is_written_is_read_as_what_it_was(value: Reading) -> None:
    assert read(render(value), Scene(WEDNESDAY, Purpose.FIELD)) == value


# ---- lines ----


def test_a_bad_line_is_answered_by_what_is_wrong_with_it() -> None:
    bad = ["not json", "[]", '{"id": 1}', '{"id": 2, "text": "明天"}', '{"id": 3, "text": "明天", "now": "2026-11-25T10:00:00"}']
    answers = [json.loads(line) for line in read_lines(bad, published())]
    assert [answer["id"] for answer in answers] == [None, None, 1, 2, 3]
    assert all(answer["error"] for answer in answers)


def test_a_zone_changes_what_today_is() -> None:
    line = {"id": 1, "now": "2026-11-25T20:00:00+00:00", "tz": "Asia/Shanghai", "context": "reminder", "text": "今天"}
    assert [json.loads(answer)["result"] for answer in read_lines([json.dumps(line)], published())] == [
        {"kind": "date", "date": "2026-11-26"}
    ]


def test_a_time_of_the_deadline_is_written_with_its_minutes() -> None:
    assert plain(Offset(Span(days=-3), time(9, 5))) == {"kind": "offset", "anchor": "deadline", "duration": "-P3D", "time": "09:05"}


def test_an_english_hour_without_its_half_of_the_day_is_asked_for_like_a_chinese_one() -> None:
    assert meant("tomorrow at 3") == meant("明天3点")
    assert isinstance(meant("tomorrow at 3"), Unclear)
    assert meant("Dec 15 at 9 o'clock") == meant("12月15日9点")
    assert meant("tomorrow morning at 9") == meant("明天上午9点")
    assert isinstance(meant("tomorrow at 25"), Unclear | Invalid)


@pytest.mark.parametrize(
    ("words", "belongs"),
    [
        ("at a quarter past three to call", True),
        ("by noon", True),
        ("file it by 5", True),
        ("call at half past 3", True),
        ("be there before eleven o'clock", True),
        ("to sign at the office", False),
        ("call room 305", False),
        ("look at the 3 patents", False),
        ("file from home", False),
        ("交年费", False),
        ("", False),
    ],
)
def test_what_is_left_over_of_an_english_time_is_known(words: str, belongs: bool) -> None:
    assert is_beside_a_time(words) is belongs

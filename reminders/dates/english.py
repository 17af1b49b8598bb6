"""English phrases: only whole texts of a few shapes are given to dateparser, and its answer is compared with what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from reminders.dates.clock import hour, part_alone
from reminders.dates.days import coming, shifted
from reminders.dates.english_rules import read_rule
from reminders.dates.lengths import moved, offset
from reminders.dates.meant import Dates, Times, day_meant, earlier, instant_meant, only, time_meant
from reminders.dates.tokens import Number
from reminders.dates.values import Result, Scene, Span, Unclear
from reminders.rows import on, rows

_CLOCK = r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.)|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)|(?P<noon>noon)"


def read_english(text: str, scene: Scene) -> Result:
    """Never what dateparser makes of a text it was not made for: search in free text, bare numbers, D/M/Y."""
    text = _plain(text)
    if length := _shape("length").fullmatch(text):
        return _length(length, text, scene)
    if distance := _shape("distance").fullmatch(text):
        return _distance(distance, scene)
    for shape in (_shape("day_time"), _shape("time_day")):
        if found := shape.fullmatch(text):
            return _day_and_time(found, scene)
    return read_rule(text) or Unclear()


def is_beside_a_time(words: str) -> bool:
    """Whether what was left over of a time belongs to it: at a quarter past three, by noon. A time read without it would be a wrong one."""
    return bool(_beside().search(words.lower()))


@cache
def _beside() -> re.Pattern[str]:
    told = _told()
    number = "|".join(told["counts"].keys() - {"a", "an"})
    time = rf"(?:{told['towards']}) (?:\d|(?:{number}|{told['hours']})\b)"
    return re.compile(rf"^{time}|\b{time}\S*(?: (?:to|past|o'clock|{number}|{told['hours']}|\d+))*$")


def _plain(text: str) -> str:
    """Without politeness, commas and full stops at the end; half an hour and two days in figures."""
    text = " ".join(re.sub(r"[,;!?]|\.$", " ", text).split())
    text = re.sub(rf"^(?:(?:{_told()['polite']}) )+", "", text)
    text = re.sub(rf"\b(?:{'|'.join(_told()['spelt'])})\b", lambda found: _told()["spelt"][found[0]], text)
    return re.sub(_counted(), lambda found: str(_told()["counts"][found[0]]), text)


@cache
def _counted() -> re.Pattern[str]:
    told = _told()
    return re.compile(rf"\b(?:{'|'.join(told['counts'])})\b(?= (?:{told['unit']})s?\b)")


@cache
def _told() -> Mapping[str, Any]:
    return rows("dates/english.yaml")  # type: ignore[no-any-return]


@cache
def _shape(name: str) -> re.Pattern[str]:
    told = _told()
    relative = "|".join(sorted(told["relative"], key=len, reverse=True))
    dated = rf"(?P<month>{told['month']})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: (?P<year>\d{{4}}))?"
    turned = rf"(?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{told['month']})\.?(?: (?P<year2>\d{{4}}))?"
    day = rf"(?:(?P<relative>{relative})|(?:(?P<which>this|next) )?(?P<weekday>{told['weekday']})|{dated}|{turned})"
    count = rf"(?P<count>\d{{1,4}}) (?P<unit>{told['unit']})s?"
    time = rf"(?: (?P<part>{told['part']}))?(?: (?:at )?(?:{_CLOCK})| at (?P<bare>\d{{1,2}})(?: o'clock)?)?"
    shapes = {
        "length": rf"in {count}|{count.replace('count', 'count2').replace('<unit', '<unit2')} (?P<way>from now|later|ago)",
        "distance": rf"{count} (?P<way>before|ahead of|after) (?:(?P<deadline>(?:the )?(?:{told['deadline']}))|{day}){time}",
        "day_time": rf"{day}{time}",
        "time_day": rf"(?:{_CLOCK})(?: (?:on )?{day})?",
    }
    return re.compile(shapes[name])


# ---- lengths ----


def _length(found: re.Match[str], text: str, scene: Scene) -> Result:
    span = _span(found["count"] or found["count2"], found["unit"] or found["unit2"], back=found["way"] == "ago")
    if span.workdays:
        dates = shifted(scene, Dates((scene.today,)), span)
        return day_meant(scene, dates) if dates else Unclear()
    return moved(scene, span) if _agrees(text, span, scene) else Unclear()


def _span(count: str, unit: str, *, back: bool) -> Span:
    told = _told()
    months, days, seconds = (int(count) * each for each in told["units"].get(unit, (0, 1, 0)))
    span = Span(months, days, seconds, workdays=unit not in told["units"])
    return -span if back else span


def _distance(found: re.Match[str], scene: Scene) -> Result:
    """3 days before December 15; 2 hours before tomorrow at 3 pm; so long before the deadline."""
    span, times = _span(found["count"], found["unit"], back=found["way"] != "after"), _times(found)
    if found["deadline"]:
        return offset(span, times) or Unclear()
    if (dates := _dates(found, scene)) is None:
        return Unclear()
    if span.seconds:
        return earlier(scene, instant_meant(scene, dates, times), -timedelta(seconds=span.seconds)) if times else Unclear()
    there = shifted(scene, dates, span) or Dates(())
    return instant_meant(scene, there, times) if times else day_meant(scene, there)


def _agrees(text: str, span: Span, scene: Scene) -> bool:
    """Whether dateparser counts as we do."""
    theirs = _parsed(text, scene)
    if theirs is None or span.months:
        return theirs is not None
    return abs(theirs - scene.now.replace(tzinfo=None) - timedelta(days=span.days, seconds=span.seconds)) < timedelta(seconds=1)


def _parsed(text: str, scene: Scene) -> datetime | None:
    import dateparser

    now = scene.now.replace(tzinfo=None)
    return dateparser.parse(text, languages=["en"], settings={"PREFER_DATES_FROM": "future", "RELATIVE_BASE": now})  # type: ignore[no-any-return]


# ---- days and times ----


def _day_and_time(found: re.Match[str], scene: Scene) -> Result:
    dates, times = _dates(found, scene), _times(found)
    if dates is None:
        return time_meant(scene, times) if times and not _names_day(found) else Unclear()
    return instant_meant(scene, dates, times) if times else day_meant(scene, dates)


def _names_day(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("relative", "weekday", "day", "day2"))


def _times(found: re.Match[str]) -> Times | None:
    part = _told()["parts"].get(found.groupdict().get("part"))
    if found["noon"]:
        return Times((720,))
    if found["half"]:
        number, minute = Number(int(found["hour"]), found["hour"]), int(found["minute"] or 0)
        exact = hour("morning-half" if found["half"].startswith("a") else "afternoon-half", number, minute)
        return exact if not part or exact.minutes == hour(part, number, minute).minutes else Times(())
    if found["hour24"]:
        return hour(part, Number(int(found["hour24"]), found["hour24"]), int(found["minute24"]))
    if bare := found.groupdict().get("bare"):
        return hour(part, Number(int(bare), bare), 0)
    return part_alone(part) if part else None


def _dates(found: re.Match[str], scene: Scene) -> Dates | None:
    if found["relative"]:
        return _relative(found["relative"], scene)
    if found["weekday"]:
        return _weekday(found["weekday"], scene, next_=found["which"] == "next")
    if found["day"] or found["day2"]:
        return _month_and_day(found, scene)
    return None


def _relative(text: str, scene: Scene) -> Dates | None:
    day = scene.today + timedelta(days=_told()["relative"][text])
    theirs = _parsed(text.removeprefix("the "), scene)
    return only(day) if theirs and theirs.date() == day else None


def _weekday(text: str, scene: Scene, *, next_: bool) -> Dates | None:
    """The one to come; said on that very day it is asked, as in Chinese. `next` is the one to come to some, and the one after to others."""
    theirs = _parsed(text, scene)
    if theirs is None or f"{theirs:%a}".lower() != text[:3]:
        return None
    day = scene.today + timedelta(days=(theirs.weekday() - scene.today.weekday()) % 7)
    after = day + timedelta(days=7)
    if day == scene.today:
        return Dates((after,)) if next_ else Dates((day, after), ask=True)
    return Dates((day, after), ask=True) if next_ else Dates((day,))


def _month_and_day(found: re.Match[str], scene: Scene) -> Dates | None:
    """The month's name is read by dateparser; the day and year must come back as they were said."""
    name, day, year = found["month"] or found["month2"], int(found["day"] or found["day2"]), found["year"] or found["year2"]
    theirs = _parsed(f"{name} 1 2001", scene)
    if theirs is None or (theirs.day, theirs.year) != (1, 2001) or f"{theirs:%b}".lower() != name[:3]:
        return None
    return only(_existing(int(year), theirs.month, day)) if year else coming(scene, lambda each: on(each, theirs.month, day))


def _existing(year: int, month: int, day: int) -> date | None:
    return on(year, month, day) if year >= 1900 else None

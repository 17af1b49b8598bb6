"""Calendar files, read back by two programs that know nothing of us."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import vobject
from icalendar import Calendar

from bot.words import Words
from reminders import ics
from reminders.schedule import Wish
from reminders.week import Event
from reminders.window import CutOff, Level, Source, Status, Window
from reminders.workdays import published

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)
SOURCE = Source("国家知识产权局", "通知", date(2026, 1, 4))
WINDOW = Window(
    7, 1, "专利奖", SOURCE, (CutOff(Level.COUNTY, date(2026, 3, 2), time(17)), CutOff(Level.CITY, date(2026, 3, 9))), date(2026, 1, 12)
)


def made(window: Window) -> bytes:
    return ics.file([(window, Wish())], Words.open(), "zh-CN", published(), SHANGHAI, NOW)


def test_two_programs_read_the_same_entries() -> None:
    body = made(WINDOW)
    ours = {str(entry["uid"]): entry for entry in Calendar.from_ical(body).walk("VEVENT")}
    theirs = {entry.uid.value: entry for entry in vobject.readOne(body.decode()).vevent_list}
    assert ours.keys() == theirs.keys() == {f"window-7-{what}@zhice" for what in ("opens", "closes-county", "closes-city")}
    assert theirs["window-7-closes-city@zhice"].dtstart.value == date(2026, 3, 9)
    assert theirs["window-7-closes-county@zhice"].dtend.value == datetime(2026, 3, 2, 17, tzinfo=SHANGHAI)
    assert ours["window-7-closes-county@zhice"]["summary"] == "截止：专利奖（区县）"


def test_the_first_end_rings_as_the_reminders_do() -> None:
    (entry,) = [each for each in Calendar.from_ical(made(WINDOW)).walk("VEVENT") if "county" in str(each["uid"])]
    alarms = [alarm["trigger"].dt.astimezone(SHANGHAI).date() for alarm in entry.walk("VALARM")]
    assert alarms == [date(2026, 1, 12), date(2026, 1, 13), date(2026, 2, 13), date(2026, 2, 26), date(2026, 2, 28)]


def test_a_later_version_moves_the_same_entry_and_a_cancelled_one_is_taken_away() -> None:
    later = replace(WINDOW, version=3, status=Status.CANCELLED, cutoffs=(CutOff(Level.CITY, date(2026, 3, 20)),))
    before, after = (
        next(each for each in Calendar.from_ical(made(window)).walk("VEVENT") if "city" in str(each["uid"])) for window in (WINDOW, later)
    )
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 2)
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert after["dtstart"].dt == date(2026, 3, 20)


def test_an_item_of_the_publicity_week_has_its_hour_and_place() -> None:
    item = Event(3, date(2026, 4, 20), "开幕式", "市局", "安排", at="09:30", until="11:00", venue="图书馆")
    entry = vobject.readOne(ics.of_items([item], SHANGHAI, NOW).decode()).vevent
    assert entry.dtstart.value == datetime(2026, 4, 20, 9, 30, tzinfo=SHANGHAI)
    assert (entry.location.value, entry.summary.value) == ("图书馆", "开幕式")

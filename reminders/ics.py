"""Calendar files: a window as entries that later versions move, with alarms; made to be read by any calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from icalendar import Alarm, Calendar, Event

from bot.core.message import Text
from bot.words import Words
from reminders.schedule import Wish, of_window
from reminders.week import Event as Item
from reminders.window import CutOff, Status, Window
from reminders.workdays import WorkCalendar

HOST = "zhice"


def file(windows: Sequence[tuple[Window, Wish]], words: Words, language: str, calendar: WorkCalendar, zone: tzinfo, now: datetime) -> bytes:
    """An entry for each end, and one for each opening day. The same UID with a higher SEQUENCE moves an entry that is there."""
    made = _empty()
    for window, wish in windows:
        if window.opens:
            made.add_component(_day(window, "opens", window.opens, Text("ics-opens", {"title": window.title}), words, language, now))
        for cutoff in window.cutoffs:
            made.add_component(_end(window, cutoff, wish, words, language, calendar, zone, now))
    return bytes(made.to_ical())


def of_items(items: Sequence[Item], zone: tzinfo, now: datetime) -> bytes:
    """The publicity week's programme."""
    made = _empty()
    for item in items:
        entry = _entry(f"week-{item.id}", item.version - 1, item.title, now)
        entry.add("location", item.venue)
        entry.add("dtstart", datetime.fromisoformat(f"{item.on}T{item.at}").replace(tzinfo=zone) if item.at else item.on)
        if item.at and item.until:
            entry.add("dtend", datetime.fromisoformat(f"{item.on}T{item.until}").replace(tzinfo=zone))
        made.add_component(entry)
    return bytes(made.to_ical())


def _empty() -> Calendar:
    made = Calendar()
    made.add("prodid", "-//zhice//windows//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    return made


def _entry(uid: str, sequence: int, summary: str, now: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{uid}@{HOST}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", now)
    entry.add("summary", summary)
    return entry


def _day(window: Window, what: str, on: date, summary: Text, words: Words, language: str, now: datetime) -> Event:
    entry = _entry(f"window-{window.id}-{what}", window.version - 1, words.say(summary, language), now)
    entry.add("dtstart", on)
    entry.add("dtend", on + timedelta(days=1))
    entry.add("status", "CANCELLED" if window.status is Status.CANCELLED else "CONFIRMED")
    entry.add("description", words.say(Text("window-source", _source(window)), language))
    return entry


def _end(
    window: Window, cutoff: CutOff, wish: Wish, words: Words, language: str, calendar: WorkCalendar, zone: tzinfo, now: datetime
) -> Event:
    """On the day itself, at its time where one is given; the alarms are the reminders of that wish."""
    summary = Text("ics-closes", {"title": window.title, "level": Text(f"level-{cutoff.level}")})
    entry = _day(window, f"closes-{cutoff.level}", cutoff.on, summary, words, language, now)
    if cutoff.at is not None:
        del entry["dtstart"], entry["dtend"]
        entry.add("dtstart", datetime.combine(cutoff.on, cutoff.at, zone) - timedelta(minutes=30))
        entry.add("dtend", datetime.combine(cutoff.on, cutoff.at, zone))
    if cutoff == window.cutoff(wish.level):
        for due in of_window(window, wish, calendar, zone, now):
            entry.add_component(_alarm(due.at, str(entry["summary"])))
    return entry


def _alarm(at: datetime, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", at)
    return alarm


def _source(window: Window) -> dict[str, str | date]:
    return {"publisher": window.source.publisher, "document": window.source.document, "on": window.source.on}

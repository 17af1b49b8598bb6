"""What a reminder says: of what, until when, how many working days are left, what to prepare, on what ground, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache

from bot.core.message import Choice, Text
from reminders.own import Own
from reminders.programmes import form_of
from reminders.schedule import Kind
from reminders.week import Event
from reminders.window import CutOff, Source, Status, Window, changes, moment, shown
from reminders.workdays import WorkCalendar

Said = tuple[tuple[Text, ...], tuple[Choice, ...]]
APPLY = "apply-begin"
"""The choice that opens a dialog; in a group it leads to the private chat."""
LINK = "a_"
BUTTONS = 6
"""Windows that get a button of their own in one message."""


@dataclass(frozen=True)
class Item:
    """One reminder of a window that goes out now. It names nobody: thousands hear the same, and it is worded once."""

    kind: Kind
    window: Window
    late: datetime | None = None
    """When it was due, if that is so long ago that it has to be said."""
    subscribed: bool = True
    """False for the word of a change to somebody who has left meanwhile."""
    level: str = ""
    internal: date | None = None
    before: Window | None = None
    """For a change: what the place last heard. None: it has heard nothing of this window."""


@dataclass(frozen=True)
class Day:
    """The day it is said on."""

    today: date
    calendar: WorkCalendar
    zone: tzinfo


@dataclass(frozen=True)
class Digest:
    """One day of the publicity week, for a digest."""

    events: tuple[Event, ...]
    on: date
    late: datetime | None = None


def of_office(items: Sequence[Item], digest: Digest | None, day: Day) -> Said:
    """One message, however much there is on a morning: the day of the publicity week first, then the windows."""
    if digest is None:
        return of_windows(items, day)
    blocks, choices = of_day(digest, day.zone)
    if not items:
        return blocks, choices
    more, ways = of_windows(items, day)
    return (*blocks, *more), (*choices[:-1], *(way for way in ways if way != _MINE), _MINE)


def of_windows(items: Sequence[Item], day: Day) -> Said:
    if len(items) == 1:
        return _one(items[0], day)
    cards = tuple(Choice("window", id, title) for id, title in {str(item.window.id): item.window.title for item in items[:BUTTONS]}.items())
    return _several(tuple(items), day), (*cards, _MINE)


@lru_cache(maxsize=512)
def _several(items: tuple[Item, ...], day: Day) -> tuple[Text, ...]:
    lines = tuple(line for item in items for line in _lines(item, day))
    late = next((item.late for item in items if item.late), None)
    return (Text("reminder-several", {"count": len(items)}, bold=True), *lines, *_told_late(late, day.zone))


_MINE = Choice("subscriptions", label=Text("choice-subscriptions"))


@lru_cache(maxsize=1024)
def _one(item: Item, day: Day) -> Said:
    window = item.window
    look = Choice("window", str(window.id), Text("choice-window"))
    if item.kind is Kind.CHANGE:
        return _blocks(item, day), (look, *_stop(item))
    keep = (
        Choice("reminder-done", str(window.id), Text("choice-reminder-done")),
        Choice("reminder-later", str(window.id), Text("choice-reminder-later")),
    )
    clause = (Choice("clause", window.clause, Text("choice-clause")),) if window.clause else ()
    return _blocks(item, day), (*keep, *_stop(item), *applying(window), *clause, look)


def payload(form: str) -> str:
    """What a link into the private chat carries to begin that dialog."""
    return LINK + form


def applying(window: Window) -> tuple[Choice, ...]:
    """Opens the dialog of the window's programme, where it has one."""
    form = form_of(window.programme)
    return (Choice(APPLY, form, Text("choice-apply-now")),) if form else ()


def _blocks(item: Item, day: Day) -> tuple[Text, ...]:
    if item.kind is Kind.CHANGE:
        return (*_changed(item), source(item.window.source), *_told_late(item.late, day.zone))
    told = item.window.cutoff(item.level) if item.kind is not Kind.INTERNAL else None
    return (_headline(item, day, bold=True), *details(item.window, day, told=told), *_told_late(item.late, day.zone))


def _lines(item: Item, day: Day) -> tuple[Text, ...]:
    return (_headline(item, day), *(difference(item.before, item.window) if item.kind is Kind.CHANGE and item.before else ()))


def _stop(item: Item) -> tuple[Choice, ...]:
    """Of which subscription is found when it is pressed: so the words are the same for everybody."""
    return (Choice("reminder-stop", str(item.window.id), Text("choice-stop")),) if item.subscribed else ()


def _headline(item: Item, day: Day, *, bold: bool = False) -> Text:
    window, cutoff = item.window, item.window.cutoff(item.level)
    if item.kind is Kind.CHANGE:
        return Text("reminder-changed" if item.before else "reminder-news", {"title": window.title}, bold)
    assert cutoff is not None
    if item.kind is Kind.INTERNAL and item.internal:
        return _countdown("internal", window, CutOff(cutoff.level, item.internal), day, bold)
    if item.kind is Kind.OPENING and not item.late:
        return Text("reminder-opens", {"title": window.title, "closes": shown(cutoff)}, bold)
    return _countdown("deadline", window, cutoff, day, bold)


def _countdown(what: str, window: Window, cutoff: CutOff, day: Day, bold: bool) -> Text:
    values = {"title": window.title, "closes": shown(cutoff), "level": Text(f"level-{cutoff.level}"), "left": left(cutoff, day)}
    return Text(f"reminder-{what}", values, bold)


def left(cutoff: CutOff, day: Day) -> Text:
    """How long one has, in working days; by weekends alone, and said so, where a year's table is not published."""
    if cutoff.on <= day.today:
        return Text("left-today" if cutoff.on == day.today else "left-over")
    count = day.calendar.workdays_between(day.today, cutoff.on)
    guess = "-estimated" if day.calendar.estimated(day.today, cutoff.on) else ""
    return Text(f"left-days{guess}", {"count": count}) if count else Text("left-no-workday")


def details(window: Window, day: Day, *, told: CutOff | None = None) -> Iterator[Text]:
    """What the card and the reminder share. `told`: the end that the headline has named; the other levels' remain to be told."""
    if listed := tuple(dates(window, day, told)):
        yield Text("window-dates", {"lines": listed})
    if window.who:
        yield Text("window-who", {"who": window.who})
    if window.prepare:
        yield Text("window-prepare", {"list": "\n".join(f"· {each}" for each in window.prepare)})
    if window.note:
        yield Text("window-note", {"note": window.note})
    yield source(window.source)


def dates(window: Window, day: Day, told: CutOff | None = None) -> Iterator[Text]:
    if window.opens and told is None:
        yield Text("window-opens", {"on": window.opens})
    for cutoff in (each for each in window.cutoffs if each != told):
        values = {"level": Text(f"level-{cutoff.level}"), "closes": shown(cutoff), "left": left(cutoff, day)}
        yield Text("window-closes" if window.status is not Status.CANCELLED else "window-closed", values)


def source(source: Source) -> Text:
    """By publisher, document and date; the address where there is one to show."""
    values: dict[str, str | date] = {"publisher": source.publisher, "document": source.document, "on": source.on}
    return Text("window-source-link", {**values, "link": source.link}) if source.link else Text("window-source", dict(values))


def _told_late(due: datetime | None, zone: tzinfo) -> tuple[Text, ...]:
    return (Text("reminder-late", {"due": moment(due, zone)}),) if due else ()


def _changed(item: Item) -> Iterator[Text]:
    yield Text("reminder-changed" if item.before else "reminder-news", {"title": item.window.title}, bold=True)
    if item.before is not None:
        yield from difference(item.before, item.window)
    elif cutoff := item.window.cutoff():
        yield Text("change-closes-new", {"level": Text(f"level-{cutoff.level}"), "new": shown(cutoff)})
    if item.window.note:
        yield Text("window-note", {"note": item.window.note})


def difference(before: Window, after: Window) -> Iterator[Text]:
    """Old → new, a line each."""
    for change in changes(before, after):
        nothing = Text("change-nothing")
        level = {"level": Text(f"level-{change.level}")} if change.level else {}
        yield Text(f"change-{change.what}", {"old": change.old or nothing, "new": change.new or nothing, **level})


def of_day(digest: Digest, zone: tzinfo) -> Said:
    """The publicity week's day."""
    links = tuple(
        Choice("register", url=event.link, label=Text("choice-register", {"title": event.title})) for event in digest.events if event.link
    )
    return _day_blocks(digest, zone), (*links[:BUTTONS], Choice("week", digest.on.isoformat(), Text("choice-week")), _MINE)


@lru_cache(maxsize=64)
def _day_blocks(digest: Digest, zone: tzinfo) -> tuple[Text, ...]:
    lines = Text("week-lines", {"lines": tuple(event.line() for event in digest.events)})
    return (Text("week-title", {"on": digest.on}, bold=True), lines, *_told_late(digest.late, zone))


def of_own(own: Own, late: datetime | None, zone: tzinfo) -> Said:
    snooze = Choice("own-later", str(own.id), Text("choice-reminder-later"))
    stop = (Choice("own-stop", str(own.id), Text("choice-own-stop")),) if own.rule.repeat else ()
    return (Text("own-due", {"words": own.words}, bold=True), *_told_late(late, zone)), (snooze, *stop)

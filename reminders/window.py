"""A period in which one may apply, as one object: its levels, its source, how it stands, and how it differs from what was said before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from bot.core.message import Text


class Level(StrEnum):
    """Who takes the application, on its way up."""

    COMPANY = "company"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


class Status(StrEnum):
    EXPECTED = "expected"
    """Came in earlier years; nothing is announced, so nothing is due."""
    ANNOUNCED = "announced"
    EXTENDED = "extended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


RUNNING = frozenset({Status.ANNOUNCED, Status.EXTENDED})
GRADES = "ABC"
LONGEST = 2000
"""Characters of a text staff enter."""


@dataclass(frozen=True)
class CutOff:
    """Until when one level takes applications; without a time until the end of the day."""

    level: Level
    on: date
    at: time | None = None

    def instant(self, zone: tzinfo) -> datetime:
        """The first instant that is too late."""
        if self.at is not None:
            return datetime.combine(self.on, self.at, zone).astimezone(UTC)
        return datetime.combine(self.on + timedelta(days=1), time(), zone).astimezone(UTC)


@dataclass(frozen=True)
class Source:
    publisher: str
    document: str
    """Title or number of the notice."""
    on: date
    link: str = ""


@dataclass(frozen=True)
class Window:
    id: int
    version: int
    title: str
    source: Source
    cutoffs: tuple[CutOff, ...] = ()
    opens: date | None = None
    programme: str = ""
    region: str = ""
    """Id of a place; "" is the whole country."""
    themes: tuple[str, ...] = ()
    who: str = ""
    prepare: tuple[str, ...] = ()
    clause: str = ""
    grade: str = "B"
    status: Status = Status.ANNOUNCED
    note: str = ""

    def __hash__(self) -> int:
        """By what never stays the same when anything else changes: thousands of messages a second look up their words by it."""
        return hash((self.id, self.version))

    def cutoff(self, level: str = "") -> CutOff | None:
        """The one of that level, or else the earliest: an applicant's first hurdle."""
        ordered = sorted(self.cutoffs, key=lambda each: (each.on, each.at or time.max))
        return next((each for each in ordered if each.level == level), ordered[0] if ordered else None)

    def last(self) -> CutOff | None:
        return max(self.cutoffs, key=lambda each: (each.on, each.at or time.max), default=None)

    def is_open(self, now: datetime, zone: tzinfo) -> bool:
        """Whether it still is worth while: some level has not closed yet. One that opens later counts, too."""
        last = self.last()
        return self.status in RUNNING and last is not None and now < last.instant(zone)


def problems(window: Window) -> list[Text]:
    """Everything that keeps it from being published, a sentence each."""
    return [
        *_missing(window),
        *_dates(window),
        *((Text("window-grade-unknown", {"grade": window.grade}),) if window.grade not in GRADES else ()),
        *((Text("window-link-plain"),) if window.source.link and not window.source.link.startswith("https://") else ()),
        *((Text("window-too-long", {"most": LONGEST}),) if len(window.who) > LONGEST or len(window.note) > LONGEST else ()),
    ]


def _missing(window: Window) -> Iterator[Text]:
    if not window.title:
        yield Text("window-title-missing")
    if not (window.source.publisher and window.source.document):
        yield Text("window-source-missing")
    if window.status in RUNNING and not window.cutoffs:
        yield Text("window-end-missing")


def _dates(window: Window) -> Iterator[Text]:
    for each in window.cutoffs:
        if window.opens and each.on < window.opens:
            yield Text("window-closes-before", {"level": Text(f"level-{each.level}"), "opens": window.opens, "closes": each.on})
    ordered = sorted(window.cutoffs, key=lambda each: list(Level).index(each.level))
    for lower, upper in pairwise(ordered):
        if lower.on > upper.on:
            values = {"lower": Text(f"level-{lower.level}"), "upper": Text(f"level-{upper.level}")}
            yield Text("window-levels-crossed", {**values, "first": lower.on, "second": upper.on})


def longer(before: Window, after: Window, today: date) -> tuple[Window, list[Text]]:
    """The extended window, and what speaks against it: only ends may change, only to later days, and a notice must say so."""
    against: list[Text] = []
    if before.status is Status.CANCELLED:
        against.append(Text("extend-cancelled"))
    if after.source == before.source:
        against.append(Text("extend-source-missing"))
    moved = [each for each in after.cutoffs if each not in before.cutoffs]
    if not moved:
        against.append(Text("extend-nothing"))
    for cutoff in moved:
        against += _not_longer(before, cutoff, today)
    found = replace(after, status=Status.EXTENDED)
    return found, against or problems(found)


def _not_longer(before: Window, cutoff: CutOff, today: date) -> Iterator[Text]:
    level = Text(f"level-{cutoff.level}")
    was = next((each for each in before.cutoffs if each.level == cutoff.level), None)
    if was is None:
        yield Text("extend-no-level", {"level": level})
    elif (cutoff.on, cutoff.at or time.max) <= (was.on, was.at or time.max):
        yield Text("extend-not-later", {"closes": shown(was), "wanted": shown(cutoff)})
    if cutoff.on < today:
        yield Text("extend-past", {"wanted": cutoff.on})


def cancelled(window: Window, note: str) -> Window:
    return replace(window, status=Status.CANCELLED, note=note, version=window.version + 1)


@dataclass(frozen=True)
class Change:
    """What people are told has become different; "" and None stand for nothing stated."""

    what: str
    """opens, closes, who, title, prepare, status"""
    old: date | str | Text
    new: date | str | Text
    level: str = ""


def changes(old: Window, new: Window) -> list[Change]:
    """Old → new, what matters most first."""
    found: list[Change] = []
    if old.status is not new.status:
        found.append(Change("status", Text(f"status-{old.status}"), Text(f"status-{new.status}")))
    if old.opens != new.opens:
        found.append(Change("opens", old.opens or "", new.opens or ""))
    found += _cutoff_changes(old, new)
    if old.who != new.who:
        found.append(Change("who", old.who, new.who))
    if old.prepare != new.prepare:
        found.append(Change("prepare", ", ".join(old.prepare), ", ".join(new.prepare)))
    if old.title != new.title:
        found.append(Change("title", old.title, new.title))
    return found


def _cutoff_changes(old: Window, new: Window) -> Iterator[Change]:
    before, after = ({each.level: each for each in window.cutoffs} for window in (old, new))
    for level in Level:
        was, now = before.get(level), after.get(level)
        if was != now:
            yield Change("closes", shown(was), shown(now), level)


def shown(cutoff: CutOff | None) -> Text | str:
    if cutoff is None:
        return ""
    weekday = Text(f"weekday-short-{cutoff.on.isoweekday()}")
    if cutoff.at is None:
        return Text("moment-day", {"on": cutoff.on, "weekday": weekday})
    return Text("moment", {"on": cutoff.on, "weekday": weekday, "at": f"{cutoff.at:%H:%M}"})


def moment(at: datetime, zone: tzinfo) -> Text:
    """An instant as people say it there."""
    wall = at.astimezone(zone)
    return Text("moment", {"on": wall.date(), "weekday": Text(f"weekday-short-{wall.isoweekday()}"), "at": f"{wall:%H:%M}"})

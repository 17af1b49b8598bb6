"""Arithmetic: a window, somebody's rules and the working days in; what is due when out. No rows, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from reminders.window import RUNNING, Window
from reminders.workdays import WorkCalendar


class Kind(StrEnum):
    OPENING = "opening"
    DEADLINE = "deadline"
    INTERNAL = "internal"
    """The place's own earlier deadline."""
    SNOOZE = "snooze"
    CHANGE = "change"
    DIGEST = "digest"
    OWN = "own"


LADDER = (30, 7, 3, 1)
MORNING = time(9)
LATE = timedelta(minutes=15)
"""From here on a message says that it is late."""
DIGEST_WITHIN = timedelta(hours=12)
STEPS = 8
FURTHEST = 120
"""At most so many steps, so many working days ahead."""


@dataclass(frozen=True)
class Quiet:
    """No message from one wall time to the other; it may run over midnight."""

    start: time
    until: time

    def holds(self, at: time) -> bool:
        if self.start <= self.until:
            return self.start <= at < self.until
        return at >= self.start or at < self.until


@dataclass(frozen=True)
class Wish:
    """How one place wants to be reminded of one window."""

    ladder: tuple[int, ...] = LADDER
    at: time = MORNING
    quiet: Quiet | None = None
    internal: date | None = None
    level: str = ""


@dataclass(frozen=True)
class Due:
    kind: Kind
    step: int
    at: datetime
    """UTC."""


def instant(day: date, at: time, zone: tzinfo, quiet: Quiet | None = None) -> datetime:
    """That wall time in UTC. A time the clock skips is the next one there is; one that comes twice is meant the first time."""
    if quiet and quiet.holds(at):
        day, at = (day + timedelta(days=1) if at >= quiet.until else day), quiet.until
    wall = datetime.combine(day, at)
    while _skipped(wall, zone):
        wall += timedelta(minutes=1)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _skipped(wall: datetime, zone: tzinfo) -> bool:
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def of_window(window: Window, wish: Wish, calendar: WorkCalendar, zone: tzinfo, after: datetime) -> tuple[Due, ...]:
    """All that is due to one place for one window from then on, soonest first. Two for the same instant are one, the nearer deadline."""
    if window.status not in RUNNING:
        return ()
    found = {due.at: due for due in _all(window, wish, calendar, zone) if due.at > after}
    return tuple(found[at] for at in sorted(found))


def _all(window: Window, wish: Wish, calendar: WorkCalendar, zone: tzinfo) -> Iterator[Due]:
    """What counts less comes first."""
    official = window.cutoff(wish.level)
    if official is None:
        return
    end = official.instant(zone)
    if window.opens and (opening := instant(window.opens, wish.at, zone, wish.quiet)) < end:
        yield Due(Kind.OPENING, 0, opening)
    # An official end moved before somebody's own deadline makes that one idle: they hear of the official end as everybody does.
    own = wish.internal if wish.internal and wish.internal < official.on else None
    # Somebody with a deadline of their own gets the ladder for that one, and only the last step for the official one.
    ladder = (min(wish.ladder, default=1),) if own else wish.ladder
    yield from _ladder(Kind.DEADLINE, official.on, end, ladder, window.opens, wish, calendar, zone)
    if own:
        end = instant(own + timedelta(days=1), time(), zone)
        yield from _ladder(Kind.INTERNAL, own, end, wish.ladder, window.opens, wish, calendar, zone)


def _ladder(
    kind: Kind,
    last: date,
    end: datetime,
    ladder: tuple[int, ...],
    opens: date | None,
    wish: Wish,
    calendar: WorkCalendar,
    zone: tzinfo,
) -> Iterator[Due]:
    for step in ladder:
        day = calendar.add_workdays(last, -step)
        at = instant(day, wish.at, zone, wish.quiet)
        if (opens is None or day >= opens) and at < end:
            yield Due(kind, step, at)


class Verdict(StrEnum):
    SEND = "send"
    LATE = "late"
    """Send it and say that it is late."""
    CLOSED = "closed"
    """Dropped: the deadline is over."""
    STALE = "stale"
    """Dropped: nobody needs it any more."""


def verdict(kind: Kind, due: datetime, now: datetime, end: datetime | None) -> Verdict:
    """Whether a reminder still goes out. `end`: the first instant at which its subject is over."""
    if end is not None and now >= end:
        return Verdict.CLOSED
    if kind is Kind.DIGEST and now - due > DIGEST_WITHIN:
        return Verdict.STALE
    return Verdict.LATE if now - due > LATE else Verdict.SEND


class Snooze(StrEnum):
    TOMORROW = "tomorrow"
    WORKDAY = "workday"
    THREE_DAYS = "three-days"


def snoozed(choice: Snooze, now: datetime, wish: Wish, calendar: WorkCalendar, zone: tzinfo) -> datetime:
    today = now.astimezone(zone).date()
    match choice:
        case Snooze.TOMORROW:
            day = today + timedelta(days=1)
        case Snooze.WORKDAY:
            day = calendar.add_workdays(today, 1)
        case Snooze.THREE_DAYS:
            day = today + timedelta(days=3)
    return instant(day, wish.at, zone, wish.quiet)

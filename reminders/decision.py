"""What becomes of reminders that are due: for each place one message, and of which rows nothing is said any more. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from reminders import notice, plan
from reminders.notice import Day, Digest, Item, Said
from reminders.own import Own
from reminders.places import Place, Subscription
from reminders.plan import Terms
from reminders.schedule import Kind, Verdict, instant, verdict
from reminders.week import Event
from reminders.window import Status, Window

KINDS = frozenset(kind.value for kind in Kind)
OF_WINDOWS = frozenset({Kind.OPENING, Kind.DEADLINE, Kind.INTERNAL, Kind.SNOOZE, Kind.CHANGE})


class Message(NamedTuple):
    """What one place is sent, and the rows it speaks for."""

    place: Place
    said: Said
    rows: tuple[Any, ...]
    until: datetime
    """From then on it is not true any more: what has not been sent by then is worded anew."""
    personal: bool = False
    """In somebody's own words."""
    replaces: str = ""
    """The platform's id of an earlier step's message, out of date now."""


@dataclass
class Settled:
    """What becomes of the claimed rows."""

    messages: list[Message] = field(default_factory=list)
    ends: list[tuple[Any, str, str]] = field(default_factory=list)
    """Row, state, reason."""
    following: list[dict[str, Any]] = field(default_factory=list)
    """What recurring ones leave for the next time."""

    def drop(self, row: Any, reason: str, state: str = "dropped") -> None:
        self.ends.append((row, state, reason))


@dataclass(frozen=True)
class Known:
    """All that the claimed rows speak of, fetched for the whole batch."""

    places: Mapping[int, Place]
    windows: Mapping[int, Window]
    before: Mapping[tuple[int, int], Window | None]
    meant: Mapping[tuple[int, int], Subscription]
    owns: Mapping[int, Own]
    events: Mapping[date, Sequence[Event]]
    earlier: Mapping[str, str]
    """By reminder: the platform's id of its last message."""


def decide(rows: Sequence[Any], known: Known, terms: Terms, now: datetime) -> Settled:
    """For each place one message of all that is the office's, and one for each wish of its own; the rest is dropped, with the reason."""
    settled = Settled()
    today = now.astimezone(terms.zone).date()
    moment = _Moment(known, terms, now, Day(today, terms.calendar, terms.zone), instant(today + timedelta(days=1), time(), terms.zone))
    by_place: dict[int, list[Any]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row)
    for id, mine in by_place.items():
        place = known.places[id]
        _follow(mine, place, moment, settled)
        if place.active:
            _of_place(place, list(_latest(mine, settled)), moment, settled)
            continue
        for row in mine:
            settled.drop(row, "unreachable")
    return settled


@dataclass(frozen=True)
class _Moment:
    """What is the same for everybody."""

    known: Known
    terms: Terms
    now: datetime
    day: Day
    midnight: datetime


def _latest(rows: Sequence[Any], settled: Settled) -> Iterator[Any]:
    """Of several missed of one reminder the latest; kinds we do not know are parked, never deleted."""
    last = {str(row.reminder): row for row in rows}
    for row in rows:
        if row.kind not in KINDS:
            settled.drop(row, "unknown-kind", "parked")
        elif last[str(row.reminder)] is not row:
            settled.drop(row, "superseded")
        else:
            yield row


def _of_place(place: Place, rows: Sequence[Any], moment: _Moment, settled: Settled) -> None:
    office = _Office(moment.midnight)
    for row in rows:
        _judge(row, place, office, moment, settled)
    if office.items or office.digest:
        settled.messages.append(office.message(place, moment))


@dataclass
class _Office:
    """What the office has to say to one place, all in one message."""

    until: datetime
    items: list[tuple[Any, Item]] = field(default_factory=list)
    digest: tuple[Any, Digest] | None = None

    def message(self, place: Place, moment: _Moment) -> Message:
        items, digest = self.items, self.digest
        said = notice.of_office([item for _, item in items], digest[1] if digest else None, moment.day)
        replaces = moment.known.earlier.get(items[0][0].reminder, "") if len(items) == 1 and not digest else ""
        spoken_for = tuple(row for row, _ in (*items, *([digest] if digest else ())))
        return Message(place, said, spoken_for, self.until, replaces=replaces)


def _judge(row: Any, place: Place, office: _Office, moment: _Moment, settled: Settled) -> None:
    kind, end = Kind(row.kind), _end(row, moment)
    judged = verdict(kind, row.due_at, moment.now, end)
    late = row.due_at if judged is Verdict.LATE else None
    if judged in (Verdict.CLOSED, Verdict.STALE):
        settled.drop(row, judged.value)
    elif kind is Kind.OWN:
        _tell_own(row, place, late, moment, settled)
    elif kind is Kind.DIGEST:
        office.digest = _programme(row, late, moment, settled)
    elif item := _item(row, kind, late, moment, settled):
        office.items.append((row, item))
        office.until = min(office.until, end or office.until)


def _tell_own(row: Any, place: Place, late: datetime | None, moment: _Moment, settled: Settled) -> None:
    mine = moment.known.owns.get(row.own)
    if mine is None:
        settled.drop(row, "withdrawn")
        return
    said = notice.of_own(mine, late, moment.terms.zone)
    settled.messages.append(Message(place, said, (row,), moment.midnight, personal=True))


def _programme(row: Any, late: datetime | None, moment: _Moment, settled: Settled) -> tuple[Any, Digest] | None:
    on = row.due_at.astimezone(moment.terms.zone).date()
    if not (events := moment.known.events.get(on, ())):
        settled.drop(row, "nothing-on")
        return None
    return row, Digest(tuple(events), on, late)


def _item(row: Any, kind: Kind, late: datetime | None, moment: _Moment, settled: Settled) -> Item | None:
    known = moment.known
    window, meant = known.windows.get(row.window), known.meant.get((row.place, row.window))
    if window is None or (meant is None and kind is not Kind.CHANGE):
        settled.drop(row, "unsubscribed")
        return None
    before = known.before.get((window.id, row.step)) if kind is Kind.CHANGE else None
    if meant is None:
        return Item(kind, window, late, subscribed=False, before=before)
    return Item(kind, window, late, True, meant.level, meant.internal, before)


def _end(row: Any, moment: _Moment) -> datetime | None:
    """The first instant at which a reminder is of no use."""
    zone = moment.terms.zone
    if row.kind == Kind.DIGEST:
        return instant(row.due_at.astimezone(zone).date() + timedelta(days=1), time(), zone)
    window = moment.known.windows.get(row.window)
    if window is None or window.status is Status.CANCELLED:
        return None
    meant = moment.known.meant.get((row.place, row.window))
    if row.kind == Kind.INTERNAL and meant and meant.internal:
        return instant(meant.internal + timedelta(days=1), time(), zone)
    return _closing(window, row.kind == Kind.CHANGE, meant.level if meant else "", zone)


@lru_cache(maxsize=1024)
def _closing(window: Window, last: bool, level: str, zone: tzinfo) -> datetime | None:
    cutoff = window.last() if last else window.cutoff(level)
    return cutoff.instant(zone) if cutoff else None


def _follow(rows: Sequence[Any], place: Place, moment: _Moment, settled: Settled) -> None:
    """The next time of what recurs."""
    owns, zone = moment.known.owns, moment.terms.zone
    for id in {row.own for row in rows if row.kind == Kind.OWN and row.own in owns}:
        if owns[id].rule.repeat and (at := owns[id].rule.after(moment.now)) is not None:
            settled.following.append(plan.row(f"o{id}", place.id, Kind.OWN, at, own=id))
    if any(row.kind == Kind.DIGEST for row in rows):
        settled.following += [plan.row(f"p{place.id}.week", place.id, Kind.DIGEST, at) for at in plan.digests(place, zone, moment.now)]

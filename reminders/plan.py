"""Plans: what is due to a place is fetched, computed and stored; a window that changes has everybody's plan made anew, in chunks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Select, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import reminder_tables as tables
from bot.storage.upsert import insert_of
from reminders import places, shelf
from reminders.places import Place, Subscription
from reminders.recurring import Occurrence as Recurrence
from reminders.recurring import next_week
from reminders.schedule import Due, Kind, instant, of_window
from reminders.window import RUNNING, Window, changes
from reminders.workdays import WorkCalendar

_window = tables.Window.__table__
_occurrence = tables.Occurrence.__table__
_subscription = tables.Subscription.__table__

EVER = datetime(1, 1, 2, tzinfo=UTC)
"""Before all that can be due, in any zone."""
CHUNK = 200
"""Places whose plans are made anew in one transaction."""
PLANNED = (Kind.OPENING.value, Kind.DEADLINE.value, Kind.INTERNAL.value)


@dataclass
class Terms:
    """What every plan depends on beside its rows. One for the whole process: `daybook.refresh` replaces its calendar."""

    calendar: WorkCalendar
    zone: tzinfo
    wider: Mapping[str, Collection[str]]
    """For a region all that lie in it; "" is the country."""
    days: int = 0
    """The table of working days (its row's number) that the calendar goes up to."""


def name(place: int, window: int) -> str:
    """The reminder that a place has for a window."""
    return f"p{place}.w{window}"


async def make(
    connection: AsyncConnection, place: Place, window: Window, subscription: Subscription | None, terms: Terms, now: datetime
) -> None:
    """The plan of one place for one window, as it is now; None ends it. Doing it twice changes nothing."""
    is_done = bool(await places.done_with(connection, window.id, [place.id]))
    wish = subscription.wish(place) if subscription and not is_done else None
    due = of_window(window, wish, terms.calendar, terms.zone, EVER) if wish else ()
    await _store(connection, place.id, window.id, due, now, keep_snoozed=wish is not None and window.status in RUNNING)


async def _store(connection: AsyncConnection, place: int, window: int, due: Sequence[Due], now: datetime, *, keep_snoozed: bool) -> None:
    """What is to come is written. What was due before and has not gone out yet stays while the plan has it: it goes out late."""
    ours = _occurrence.c.window == window, _occurrence.c.place == place, _occurrence.c.state == "open"
    kinds = PLANNED if keep_snoozed else (*PLANNED, Kind.SNOOZE.value)
    other = _occurrence.c.due_at.not_in([each.at for each in due])
    await connection.execute(update(_occurrence).where(*ours, _occurrence.c.kind.in_(kinds), other).values(state="gone"))
    reminder = name(place, window)
    coming = [row(reminder, place, each.kind, each.at, step=each.step, window=window) for each in due if each.at > now]
    await put(connection, coming)


def row(
    reminder: str, place: int, kind: Kind, at: datetime, *, step: int = 0, window: int | None = None, own: int | None = None
) -> dict[str, Any]:
    return {
        "reminder": reminder,
        "place": place,
        "kind": kind.value,
        "window": window,
        "own": own,
        "step": step,
        "due_at": at,
        "state": "open",
    }


async def put(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds occurrences. One that was planned away comes back; one that went out never does."""
    if not rows:
        return
    new = insert_of(connection.dialect.name, _occurrence)
    statement = new.on_conflict_do_update(
        index_elements=["reminder", "due_at"],
        set_={"state": "open", "kind": new.excluded.kind, "step": new.excluded.step},
        where=or_(_occurrence.c.state == "gone", _occurrence.c.state == "open"),
    )
    defaults = {"reason": "", "message": "", "held_by": None, "settled_at": None}
    await connection.execute(statement, [defaults | dict(each) for each in rows])


async def make_all(connection: AsyncConnection, place: Place, terms: Terms, now: datetime) -> None:
    """Every plan of one place: after it has subscribed, changed its mind, or left something."""
    windows = await shelf.not_over(connection, now.astimezone(terms.zone).date())
    for window in windows:
        meant = await places.meaning(connection, window, terms.wider, [place.id])
        await make(connection, place, window, meant.get(place.id), terms, now)


async def plan_week(connection: AsyncConnection, place: Place, terms: Terms, now: datetime) -> None:
    """A digest for each day of the next publicity week."""
    reminder = f"p{place.id}.week"
    rows = [row(reminder, place.id, Kind.DIGEST, at) for at in digests(place, terms.zone, now)]
    await connection.execute(
        update(_occurrence)
        .where(_occurrence.c.reminder == reminder, _occurrence.c.state == "open", _occurrence.c.due_at > now)
        .values(state="gone")
    )
    await put(connection, rows)


def digests(place: Place, zone: tzinfo, now: datetime) -> list[datetime]:
    """One for each day of the week that is still to come; when the last one is over, of the next year's."""
    today = now.astimezone(zone).date()
    this = next_week(today)
    after = next_week(this.closes + timedelta(days=1))
    return _digests(this, place, zone, now) or _digests(after, place, zone, now)


def _digests(week: Recurrence, place: Place, zone: tzinfo, now: datetime) -> list[datetime]:
    days = [week.opens + timedelta(days=number) for number in range((week.closes - week.opens).days + 1)]
    return [at for day in days if (at := instant(day, place.at, zone, place.quiet)) > now]


async def drop_week(connection: AsyncConnection, place: int) -> None:
    ours = _occurrence.c.reminder == f"p{place}.week", _occurrence.c.state == "open"
    await connection.execute(update(_occurrence).where(*ours).values(state="gone"))


async def make_anew(connection: AsyncConnection, terms: Terms, now: datetime) -> bool:
    """One chunk of the plans that a changed window or table of working days calls for, and the word to each. False: none is left."""
    query = (
        select(_window.c.id, _window.c.cursor, _window.c.told, _window.c.updated_at)
        .where(or_(_window.c.told < _window.c.version, _window.c.days < terms.days))
        .order_by(_window.c.id)
        .limit(1)
    )
    if (found := (await connection.execute(query.with_for_update(skip_locked=True))).first()) is None:
        return False
    window = await shelf.window(connection, found.id)
    ids = list((await connection.execute(_concerned(window, terms, found.cursor))).scalars())
    before = await shelf.wording(connection, window.id, found.told) if found.told else None
    await _plan(connection, window, before, found.updated_at, ids, terms, now)
    finished = len(ids) < CHUNK
    values = {"told": window.version, "days": terms.days, "cursor": 0} if finished else {"cursor": ids[-1]}
    await connection.execute(update(_window).where(_window.c.id == window.id, _window.c.version == window.version).values(**values))
    return True


def _concerned(window: Window, terms: Terms, cursor: int) -> Select[Any]:
    """Places that mean it, and those that have a plan for it; a chunk of them."""
    mean = select(_subscription.c.place).where(places.concerns(window, terms.wider), _subscription.c.place > cursor)
    planned = select(_occurrence.c.place).where(
        _occurrence.c.window == window.id, _occurrence.c.place > cursor, _occurrence.c.state == "open"
    )
    either = union(mean, planned).subquery()
    return select(either.c.place).order_by(either.c.place).limit(CHUNK)


async def _plan(
    connection: AsyncConnection, window: Window, before: Window | None, changed: datetime, ids: Sequence[int], terms: Terms, now: datetime
) -> None:
    meant = await places.meaning(connection, window, terms.wider, ids)
    found = await places.places(connection, ids)
    done = await places.done_with(connection, window.id, ids)
    say = before is None or bool(changes(before, window))
    for place in found.values():
        mine = meant.get(place.id)
        await make(connection, place, window, mine, terms, now)
        # Who subscribed after the change has seen it already.
        if say and place.id not in done and not (mine and mine.made_at and mine.made_at >= changed):
            await _tell(connection, place, window, before.version if before else 0, terms, now)


async def _tell(connection: AsyncConnection, place: Place, window: Window, since: int, terms: Terms, now: datetime) -> None:
    """Old → new, once: a change not yet told of is told together with this one."""
    waiting = (
        _occurrence.c.window == window.id,
        _occurrence.c.place == place.id,
        _occurrence.c.kind == Kind.CHANGE.value,
        _occurrence.c.state == "open",
    )
    earlier = list((await connection.execute(select(_occurrence.c.step).where(*waiting))).scalars())
    await connection.execute(update(_occurrence).where(*waiting).values(state="gone"))
    wall = now.astimezone(terms.zone)
    at = now
    if place.quiet and place.quiet.holds(wall.time()):
        at = instant(wall.date(), wall.time().replace(tzinfo=None), terms.zone, place.quiet)
    reminder = f"{name(place.id, window.id)}.v{window.version}"
    await put(connection, [row(reminder, place.id, Kind.CHANGE, at, step=min([since, *earlier]), window=window.id)])


async def next_three(connection: AsyncConnection, place: int) -> list[Any]:
    """What comes next to a place: real rows, as they will go out."""
    query = select(_occurrence).where(_occurrence.c.place == place, _occurrence.c.state == "open").order_by(_occurrence.c.due_at)
    return list((await connection.execute(query.limit(3))).all())

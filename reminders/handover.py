"""From due to on its way: rows are claimed, worded and put into the outbox in one transaction, by any number of processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, bindparam, literal_column, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import Clock
from bot.core.fit import fit
from bot.core.message import Choice, Outgoing, Text
from bot.core.platform import Limits, WayIn, no_way_in
from bot.core.standing import OnOffer
from bot.outbox import ledger
from bot.outbox.drawing import ANYBODY, KEEP, Worded, assemble, worded
from bot.storage import conversations
from bot.storage import reminder_tables as tables
from bot.storage.database import Database
from bot.storage.tables import Outbox
from bot.words import Words
from reminders import catchup, notice, own, places, plan, shelf, week
from reminders.notice import Day, Item, Said
from reminders.own import Own
from reminders.places import Place, Subscription
from reminders.plan import Terms
from reminders.schedule import LATE, Kind, Verdict, instant, verdict
from reminders.week import Event
from reminders.window import Status, Window

log = structlog.get_logger(__name__)

_occurrence = tables.Occurrence.__table__  # type: ignore[attr-defined]
_window = tables.Window.__table__  # type: ignore[attr-defined]
_place = tables.ReminderPlace.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]

AT_ONCE = 50
"""Places claimed in one transaction. Replies wait behind it, so it is short."""
BREATH = 10
"""Messages worded before others may run."""
KINDS = frozenset(kind.value for kind in Kind)
OF_WINDOWS = frozenset({Kind.OPENING, Kind.DEADLINE, Kind.INTERNAL, Kind.SNOOZE, Kind.CHANGE})
REMEMBERED = 256
"""Worded messages kept for the next who hears the same."""
NO_LIMITS = Limits(text=4096, buttons=10)


@dataclass(frozen=True)
class Message:
    """What one place is sent, and the rows it speaks for."""

    place: Place
    said: Said
    rows: tuple[Any, ...]
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


class Handover:
    """Ticks as often as one likes, in as many processes as one likes."""

    def __init__(
        self, database: Database, words: Words, clock: Clock, terms: Terms, limits: Mapping[str, Limits], way_in: WayIn = no_way_in
    ) -> None:
        self._database, self._words, self._clock, self._terms, self._limits, self._way_in = database, words, clock, terms, limits, way_in
        self._worded: dict[tuple[int, str, int], tuple[tuple[Text, ...], Worded]] = {}

    @property
    def zone(self) -> tzinfo:
        return self._terms.zone

    async def tick(self) -> None:
        """Plans what has changed, hands over what is due. Where there is nothing to do it only looks, and holds up no writer."""
        async with self._database.read() as connection:
            if not await is_anything_waiting(connection, self._clock.now()):
                return
        while await self._database.write(lambda connection: plan.make_anew(connection, self._terms, self._clock.now())):
            pass
        await self._hold()
        while await self._database.write(self._batch):
            pass

    async def _hold(self) -> None:
        while (held := await self._database.write(lambda connection: catchup.hold(connection, self._clock.now()))) > 0:
            log.warning("late reminders are held until staff approve: zhice windows catchup", count=held)

    async def _batch(self, connection: AsyncConnection) -> bool:
        """Some places' worth. False: nothing is due."""
        now = self._clock.now()
        rows = await claim(connection, now)
        if not rows:
            return False
        settled = decide(rows, await self._fetch(connection, rows, now), self._terms, now)
        await self._write(connection, settled, now)
        return True

    async def _fetch(self, connection: AsyncConnection, rows: Sequence[Any], now: datetime) -> Known:
        return await fetch(connection, rows, self._terms, now)

    async def _write(self, connection: AsyncConnection, settled: Settled, now: datetime) -> None:
        messages: list[tuple[Outgoing, bool]] = []
        offers: list[OnOffer] = []
        ends = [(row.id, state, reason, "") for row, state, reason in settled.ends]
        for number, message in enumerate(settled.messages):
            drawn, offer = self.draw(message, now)
            messages += [(part, message.place.group) for part in drawn]
            offers += [offer] if offer else []
            ends += [(row.id, "done", "", drawn[0].key) for row in message.rows]
            if number % BREATH == BREATH - 1:
                await asyncio.sleep(0)
        await ledger.put_many(connection, messages, lane="bulk", now=now)
        await conversations.put_offers(connection, offers, now)
        for offer in offers:
            if not self._limits.get(offer.where.platform, NO_LIMITS).buttons:
                await conversations.take_numbers(connection, offer, now)
        await end(connection, ends, now)
        await plan.put(connection, settled.following)

    def draw(self, message: Message, now: datetime) -> tuple[list[Outgoing], OnOffer | None]:
        place, limits = message.place, self._limits.get(message.place.where.platform, NO_LIMITS)
        language = place.language or self._words.nearest(place.client_language)
        blocks, choices = message.said
        choices = tuple(self._led_in(each, place) for each in choices) if place.group else choices
        first = message.rows[0]
        key = f"rem:{first.reminder}:{first.due_at.astimezone(UTC):%Y%m%dT%H%M%S}"
        user = ANYBODY if place.group else place.user
        said = self._said(blocks, choices, language)
        drawn, offer = assemble(said, choices, key=key, where=place.where, language=language, user=user, until=now + KEEP)
        parts = list(fit(drawn, limits))
        if message.replaces and limits.edits:
            parts.append(self._outdated(message, key, language))
        return parts, offer

    def _led_in(self, choice: Choice, place: Place) -> Choice:
        """Nobody fills in a form in a group: there the button leads to the private chat."""
        url = self._way_in(place.where, notice.payload(choice.data)) if choice.action == notice.APPLY else ""
        return replace(choice, url=url) if url else choice

    def _said(self, blocks: tuple[Text, ...], choices: tuple[Choice, ...], language: str) -> Worded:
        """Thousands hear the same at the same time: it is worded once. The key holds the blocks, so their identity stays theirs."""
        key = (id(blocks), language, len(choices))
        if key not in self._worded:
            if len(self._worded) > REMEMBERED:
                self._worded.clear()
            self._worded[key] = blocks, worded(self._words, blocks, choices, language)
        return self._worded[key][1]

    def _outdated(self, message: Message, key: str, language: str) -> Outgoing:
        """The earlier step's message loses its buttons and says that there is a newer one below."""
        block = self._words.block(Text("reminder-outdated"), language)
        return Outgoing(f"{key}:old", message.place.where, (block,), edit=message.replaces, edit_only=True, language=language)


async def claim(connection: AsyncConnection, now: datetime) -> list[Any]:
    """Due rows of some places, all that each has due. On PostgreSQL the places are locked, and those that others hold passed over."""
    due = await _may_go(connection, now)
    query = (
        select(_place.c.id)
        .join(_occurrence, _occurrence.c.place == _place.c.id)
        .where(due)
        .order_by(_occurrence.c.due_at, _occurrence.c.id)
    )
    ids = set((await connection.execute(query.limit(AT_ONCE).with_for_update(of=_place, skip_locked=True))).scalars())
    if not ids:
        return []
    rows = select(_occurrence).where(due, _occurrence.c.place.in_(ids)).order_by(_occurrence.c.due_at, _occurrence.c.id)
    return list((await connection.execute(rows)).all())


async def _may_go(connection: AsyncConnection, now: datetime) -> ColumnElement[bool]:
    """What is due; without the late ones when they are too many for nobody to have looked at them."""
    due = and_(_occurrence.c.state == literal_column("'open'"), _occurrence.c.due_at <= now)
    many = await catchup.are_too_many(connection, now)
    return and_(due, or_(_occurrence.c.due_at >= now - LATE, _occurrence.c.held_by.is_not(None)) if many else true())


async def end(connection: AsyncConnection, ends: Sequence[tuple[int, str, str, str]], now: datetime) -> None:
    """Writes what became of the claimed rows."""
    if not ends:
        return
    values = {"state": bindparam("s"), "reason": bindparam("r"), "message": bindparam("m"), "settled_at": now}
    statement = update(_occurrence).where(_occurrence.c.id == bindparam("i"), _occurrence.c.state == "open").values(**values)
    await connection.execute(statement, [{"i": id, "s": state, "r": reason, "m": message} for id, state, reason, message in ends])


async def fetch(connection: AsyncConnection, rows: Sequence[Any], terms: Terms, now: datetime) -> Known:
    ids = {row.place for row in rows}
    windows = await shelf.windows(connection, list({row.window for row in rows if row.window}))
    changed = {(row.window, row.step) for row in rows if row.kind == Kind.CHANGE and row.step}
    days = {row.due_at.astimezone(terms.zone).date() for row in rows if row.kind == Kind.DIGEST}
    return Known(
        places=await places.places(connection, ids),
        windows=windows,
        before={(id, version): await shelf.wording(connection, id, version) for id, version in changed},
        meant={
            (place, window.id): meant
            for window in windows.values()
            for place, meant in (await places.meaning(connection, window, terms.wider, ids)).items()
        },
        owns=await own.read(connection, {row.own for row in rows if row.own}),
        events=await week.on_days(connection, days),
        earlier=await _earlier(connection, {row.reminder for row in rows if row.kind in OF_WINDOWS and row.kind != Kind.CHANGE}),
    )


async def _earlier(connection: AsyncConnection, reminders: Iterable[str]) -> dict[str, str]:
    query = (
        select(_occurrence.c.reminder, _outbox.c.message)
        .join(_outbox, _outbox.c.key == _occurrence.c.message)
        .where(_occurrence.c.reminder.in_(tuple(reminders)), _occurrence.c.state == "done", _outbox.c.state == "sent")
        .order_by(_occurrence.c.due_at)
    )
    return {row.reminder: row.message for row in await connection.execute(query)}


# ---- what is said of them, without rows ----


def decide(rows: Sequence[Any], known: Known, terms: Terms, now: datetime) -> Settled:
    """For each place one message of its windows, and one for everything else; what is of no use any more is dropped, with the reason."""
    settled = Settled()
    by_place: dict[int, list[Any]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row)
    for id, mine in by_place.items():
        place = known.places[id]
        _follow(mine, place, known, terms, now, settled)
        if not place.active:
            for row in mine:
                settled.drop(row, "unreachable")
            continue
        _of_place(place, list(_latest(mine, settled)), known, terms, now, settled)
    return settled


def _latest(rows: Sequence[Any], settled: Settled) -> Iterator[Any]:
    """Of several missed of one reminder the latest; kinds we do not know are parked, never deleted."""
    last = {_series(row): row for row in rows}
    for row in rows:
        if row.kind not in KINDS:
            settled.drop(row, "unknown-kind", "parked")
        elif last[_series(row)] is not row:
            settled.drop(row, "superseded")
        else:
            yield row


def _series(row: Any) -> str:
    return str(row.reminder)


def _of_place(place: Place, rows: Sequence[Any], known: Known, terms: Terms, now: datetime, settled: Settled) -> None:
    day = Day(now.astimezone(terms.zone).date(), terms.calendar, terms.zone)
    items: list[tuple[Any, Item]] = []
    for row in rows:
        kind = Kind(row.kind)
        judged = verdict(kind, row.due_at, now, _end(row, known, terms))
        if judged in (Verdict.CLOSED, Verdict.STALE):
            settled.drop(row, judged.value)
        elif kind in OF_WINDOWS:
            _collect(row, kind, judged is Verdict.LATE, known, items, settled)
        elif said := _other(row, kind, judged is Verdict.LATE, known, terms):
            settled.messages.append(Message(place, said, (row,)))
        else:
            settled.drop(row, "nothing-on")
    if items:
        said = notice.of_windows([item for _, item in items], day)
        replaces = known.earlier.get(items[0][0].reminder, "") if len(items) == 1 else ""
        settled.messages.append(Message(place, said, tuple(row for row, _ in items), replaces))


def _collect(row: Any, kind: Kind, late: bool, known: Known, items: list[tuple[Any, Item]], settled: Settled) -> None:
    window, meant = known.windows.get(row.window), known.meant.get((row.place, row.window))
    if window is None or (meant is None and kind is not Kind.CHANGE):
        settled.drop(row, "unsubscribed")
        return
    items.append((row, Item(kind, window, row.due_at, late, meant, known.before.get((window.id, row.step)))))


def _end(row: Any, known: Known, terms: Terms) -> datetime | None:
    """The first instant at which a reminder is of no use."""
    if row.kind == Kind.DIGEST:
        return instant(row.due_at.astimezone(terms.zone).date() + timedelta(days=1), time(), terms.zone)
    window = known.windows.get(row.window)
    if window is None or window.status is Status.CANCELLED:
        return None
    meant = known.meant.get((row.place, row.window))
    if row.kind == Kind.INTERNAL and meant and meant.internal:
        return instant(meant.internal + timedelta(days=1), time(), terms.zone)
    cutoff = window.last() if row.kind == Kind.CHANGE else window.cutoff(meant.level if meant else "")
    return cutoff.instant(terms.zone) if cutoff else None


def _other(row: Any, kind: Kind, late: bool, known: Known, terms: Terms) -> Said | None:
    if kind is Kind.DIGEST:
        on = row.due_at.astimezone(terms.zone).date()
        events = known.events.get(on, ())
        return notice.of_day(events, on, late, row.due_at, terms.zone) if events else None
    mine = known.owns.get(row.own)
    return notice.of_own(mine, row.due_at, late, terms.zone) if mine else None


def _follow(rows: Sequence[Any], place: Place, known: Known, terms: Terms, now: datetime, settled: Settled) -> None:
    """The next time of what recurs."""
    for id in {row.own for row in rows if row.kind == Kind.OWN and row.own in known.owns}:
        if (at := known.owns[id].rule.after(now)) is not None and known.owns[id].rule.repeat:
            settled.following.append(plan.row(f"o{id}", place.id, Kind.OWN, at, own=id))
    if any(row.kind == Kind.DIGEST for row in rows):
        settled.following += [plan.row(f"p{place.id}.week", place.id, Kind.DIGEST, at) for at in plan.digests(place, terms.zone, now)]


async def is_anything_waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Two looks into indexes."""
    due = select(_occurrence.c.id).where(_occurrence.c.state == literal_column("'open'"), _occurrence.c.due_at <= now).limit(1)
    changed = select(_window.c.id).where(_window.c.told < _window.c.version).limit(1)
    return (await connection.execute(due)).first() is not None or (await connection.execute(changed)).first() is not None

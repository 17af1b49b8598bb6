"""From due to on its way: rows are claimed, worded and put into the outbox in one transaction, by any number of processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any

import structlog
from sqlalchemy import Boolean, Select, String, Update, and_, bindparam, delete, exists, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import Clock
from bot.core.message import Outgoing
from bot.core.platform import Limits, WayIn, no_way_in
from bot.core.standing import OnOffer
from bot.outbox import batches, ledger
from bot.outbox.ledger import Pointer
from bot.storage import conversations
from bot.storage import reminder_tables as tables
from bot.storage.database import Database
from bot.storage.given import as_rows, given, given_texts
from bot.storage.prepared import Prepared
from bot.storage.tables import Outbox
from bot.storage.types import Serial, UtcDateTime
from bot.words import Words
from reminders import catchup, daybook, drawing, own, places, plan, shelf, week
from reminders.decision import OF_WINDOWS, Known, Message, Settled, decide
from reminders.drawing import Drawer, Sheet
from reminders.plan import Terms
from reminders.schedule import LATE, Kind

log = structlog.get_logger(__name__)

_occurrence = tables.Occurrence.__table__
_window = tables.Window.__table__
_days = tables.WorkdayTable.__table__
_place = tables.ReminderPlace.__table__
_outbox = Outbox.__table__

AT_ONCE = 250
"""Places claimed in one transaction. Replies wait behind it, so it is short."""
BREATH = 100
"""Messages put down before others may run."""
LOOK_BACK = timedelta(days=2)
"""How long after its handing over a reminder that could not be sent is worded anew."""


@dataclass
class Post:
    """What a batch puts into the outbox."""

    pointers: list[Pointer] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    alone: dict[datetime, list[tuple[Outgoing, bool]]] = field(default_factory=dict)
    """By when they are of no use any more."""
    offers: list[OnOffer] = field(default_factory=list)
    ends: list[tuple[int, str, str, str]] = field(default_factory=list)
    """Occurrence, state, reason, message."""


class Handover:
    """Ticks as often as one likes, in as many processes as one likes."""

    def __init__(
        self, database: Database, words: Words, clock: Clock, terms: Terms, limits: Mapping[str, Limits], way_in: WayIn = no_way_in
    ) -> None:
        self._database, self._clock, self._terms = database, clock, terms
        self.drawer = Drawer(words, limits, way_in)

    @property
    def zone(self) -> tzinfo:
        return self._terms.zone

    async def tick(self) -> None:
        """Plans what has changed, hands over what is due. Where there is nothing to do it only looks, and holds up no writer."""
        async with self._database.read() as connection:
            if not await is_anything_waiting(connection, self._clock.now()):
                return
            await daybook.refresh(connection, self._terms)
        while await self._database.write(lambda connection: plan.make_anew(connection, self._terms, self._clock.now())):
            pass
        await self._hold()
        while await self._database.write(self._batch):
            pass

    async def tend(self) -> None:
        """Words that were not sent while they were true: their reminders are due again, and told as late or dropped."""
        while await self._database.write(lambda connection: revive(connection, self._clock.now())):
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
        await asyncio.sleep(0)
        known = await fetch(connection, rows, self._terms, now)
        await asyncio.sleep(0)
        settled = decide(rows, known, self._terms, now)
        await asyncio.sleep(0)
        await self._write(connection, settled, now)
        return True

    async def _write(self, connection: AsyncConnection, settled: Settled, now: datetime) -> None:
        post = Post(ends=[(row.id, state, reason, "") for row, state, reason in settled.ends])
        for number, message in enumerate(settled.messages):
            self._post(message, post, now)
            if number % BREATH == BREATH - 1:
                await asyncio.sleep(0)
        await batches.share(connection, {name: sheet.parts for name, sheet in post.sheets.items()}, now)
        await asyncio.sleep(0)
        await ledger.point(connection, post.pointers, now)
        await asyncio.sleep(0)
        for until, messages in post.alone.items():
            await ledger.put_many(connection, messages, lane="bulk", now=now, expires_at=until)
        await conversations.put_offers(connection, post.offers, now)
        for offer in post.offers:
            if not self.drawer.limits(offer.where.platform).buttons:
                await conversations.take_numbers(connection, offer, now)
        await end(connection, post.ends, now)
        await plan.put(connection, settled.following)

    def _post(self, message: Message, post: Post, now: datetime) -> None:
        key, place = drawing.key(message), message.place
        post.ends += [(row.id, "done", "", key) for row in message.rows]
        if sheet := self.drawer.sheet(message):
            _point(sheet, key, message, post, now)
        else:
            parts, offer = self.drawer.alone(message, now)
            post.alone.setdefault(message.until, []).extend((part, place.group) for part in parts)
            post.offers += [offer] if offer else []
        if message.replaces and self.drawer.limits(place.where.platform).edits:
            _point(self.drawer.outdated(place), f"{key}:old", message, post, now, edit=message.replaces)


def _point(sheet: Sheet, key: str, message: Message, post: Post, now: datetime, edit: str = "") -> None:
    post.sheets[sheet.name] = sheet
    for number in range(len(sheet.parts)):
        label = batches.shared_label(sheet.name, number, now)
        part = f"{key}+{number}" if number else key
        post.pointers.append(Pointer(part, message.place.where, label, message.place.group, message.until, edit))


async def claim(connection: AsyncConnection, now: datetime) -> list[Any]:
    """Due rows of some places, all that each has due. On PostgreSQL the places are locked, and those that others hold passed over."""
    terms = {"now": now, "late": now - LATE, "all": not await catchup.are_too_many(connection, now)}
    ids = [row.id for row in await _PLACES.rows(connection, terms | {"most": AT_ONCE})]
    return await _ROWS.rows(connection, terms | {"places": as_rows((id,) for id in dict.fromkeys(ids))}) if ids else []


# What is due; without the late ones when they are too many for nobody to have looked at them.
_DUE = and_(
    _occurrence.c.state == literal_column("'open'"),
    _occurrence.c.due_at <= bindparam("now"),
    or_(bindparam("all", type_=Boolean()), _occurrence.c.due_at >= bindparam("late"), _occurrence.c.held_by.is_not(None)),
)
_SOONEST = (_occurrence.c.due_at, _occurrence.c.id)
_READ = [_occurrence.c[name] for name in ("id", "reminder", "place", "kind", "window", "own", "step", "due_at")]
_PLACES = Prepared(
    select(_place.c.id)
    .join(_occurrence, _occurrence.c.place == _place.c.id)
    .where(_DUE)
    .order_by(*_SOONEST)
    .limit(bindparam("most"))
    .with_for_update(of=_place, skip_locked=True)
)


def rows_of(engine: str) -> Select[Any]:
    wanted = given(engine, "places", {"id": Serial})
    return select(*_READ).join(wanted, _occurrence.c.place == wanted.c.id).where(_DUE).order_by(*_SOONEST)


_ROWS = Prepared(rows_of)


async def end(connection: AsyncConnection, ends: Sequence[tuple[int, str, str, str]], now: datetime) -> None:
    """Writes what became of the claimed rows."""
    if not ends:
        return
    await _END.run(connection, {"ends": as_rows(ends), "at": now})


def _ending(engine: str) -> Update:
    ends = given(engine, "ends", {"id": Serial, "state": String(), "reason": String(), "message": String()})
    values = {"state": ends.c.state, "reason": ends.c.reason, "message": ends.c.message}
    mine = _occurrence.c.id == ends.c.id, _occurrence.c.state == literal_column("'open'")
    return update(_occurrence).where(*mine).values(settled_at=bindparam("at", type_=UtcDateTime()), **values)


_END = Prepared(_ending)


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
    rows = await _EARLIER.rows(connection, {"reminders": as_rows(reminders)})
    return {row.reminder: row.message for row in rows}


def _said_before(engine: str) -> Select[Any]:
    return (
        select(_occurrence.c.reminder, _outbox.c.message)
        .join(_outbox, _outbox.c.key == _occurrence.c.message)
        .where(_occurrence.c.reminder.in_(given_texts(engine, "reminders")))
        .where(_occurrence.c.state == literal_column("'done'"), _outbox.c.state == literal_column("'sent'"))
        .order_by(_occurrence.c.due_at)
    )


_EARLIER = Prepared(_said_before)
_latest = func.coalesce(func.max(_days.c.id), 0)
# Written once: it is asked five times a second, mostly for nothing.
_WAITING = Prepared(
    select(
        exists()
        .where(_occurrence.c.state == literal_column("'open'"), _occurrence.c.due_at <= bindparam("now", type_=UtcDateTime()))
        .label("due"),
        exists().where(or_(_window.c.told < _window.c.version, _window.c.days < select(_latest).scalar_subquery())).label("changed"),
    )
)


async def is_anything_waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Two looks into indexes, in one statement."""
    return any(await _WAITING.first(connection, {"now": now}))


async def revive(connection: AsyncConnection, now: datetime) -> int:
    """A chunk of the reminders whose message was past its use before its turn came: it was never sent, so the row may go."""
    query = (
        select(_occurrence.c.id, _outbox.c.key)
        .join(_outbox, _outbox.c.key == _occurrence.c.message)
        .where(_occurrence.c.state == "done", _occurrence.c.settled_at > now - LOOK_BACK, _outbox.c.state == "expired")
        .limit(AT_ONCE)
        .with_for_update(of=_occurrence, skip_locked=True)
    )
    found = (await connection.execute(query)).all()
    if found:
        again = {"state": "open", "message": "", "settled_at": None}
        rows = [key for row in found for key in (row.key, f"{row.key}:old", *(f"{row.key}+{part}" for part in range(1, 4)))]
        await connection.execute(delete(_outbox).where(_outbox.c.key.in_(rows)))
        await connection.execute(update(_occurrence).where(_occurrence.c.id.in_([row.id for row in found])).values(**again))
    return len(found)

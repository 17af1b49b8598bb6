"""Rows of those who want to be reminded: the chat, and what it subscribed to."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.storage import reminder_tables as tables
from bot.storage.tables import Chat, Person
from bot.storage.types import among
from bot.storage.upsert import insert_new
from reminders.schedule import LADDER, MORNING, Quiet, Wish
from reminders.window import Window

_place = tables.ReminderPlace.__table__  # type: ignore[attr-defined]
_subscription = tables.Subscription.__table__  # type: ignore[attr-defined]
_feed = tables.Feed.__table__  # type: ignore[attr-defined]
_done = tables.DoneMark.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]
_chat = Chat.__table__  # type: ignore[attr-defined]


class About(StrEnum):
    """What one may subscribe to, the closest first: it decides how the place is reminded."""

    WINDOW = "window"
    PROGRAMME = "programme"
    THEME = "theme"
    REGION = "region"
    WEEK = "week"


@dataclass(frozen=True)
class Place:
    """A chat that wants to be reminded."""

    id: int
    where: Where
    group: bool
    user: str
    language: str = ""
    """"" when nobody has chosen one."""
    client_language: str = ""
    active: bool = True
    at: time = MORNING
    quiet: Quiet | None = None


@dataclass(frozen=True)
class Subscription:
    id: int
    place: int
    about: About
    target: str
    ladder: tuple[int, ...] = LADDER
    internal: date | None = None
    level: str = ""
    made_by: str = ""
    made_at: datetime | None = None

    def wish(self, place: Place) -> Wish:
        return Wish(self.ladder, place.at, place.quiet, self.internal, self.level)


async def place_at(connection: AsyncConnection, where: Where, *, group: bool, user: str, language: str) -> Place:
    """The place's row, made when it is not there yet."""
    here = {"platform": where.platform, "account": where.account, "chat": where.chat, "thread": where.thread}
    row = {"group": group, "user": "" if group else user, "language": language if group else "", "at": "09:00"}
    await insert_new(connection, _place, [here | row | {"quiet_from": "", "quiet_until": ""}])
    found = await find(connection, where)
    assert found is not None
    return found


async def find(connection: AsyncConnection, where: Where) -> Place | None:
    here = (_place.c.platform == where.platform, _place.c.account == where.account, _place.c.chat == where.chat)
    found = await _read(connection, and_(*here, _place.c.thread == where.thread))
    return next(iter(found.values()), None)


async def places(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Place]:
    return await _read(connection, among(_place.c.id, ids))


async def _read(connection: AsyncConnection, which: ColumnElement[bool]) -> dict[int, Place]:
    of_person = and_(_person.c.platform == _place.c.platform, _person.c.user == _place.c.user)
    of_chat = and_(_chat.c.platform == _place.c.platform, _chat.c.account == _place.c.account, _chat.c.chat == _place.c.chat)
    query = (
        select(_place, _person.c.language.label("chosen"), _person.c.client_language, _chat.c.active)
        .select_from(_place.outerjoin(_person, of_person).outerjoin(_chat, of_chat))
        .where(which)
    )
    return {row.id: _place_of(row) for row in await connection.execute(query)}


def _place_of(row: Any) -> Place:
    return Place(
        id=row.id,
        where=Where(row.platform, row.account, row.chat, row.thread),
        group=row.group,
        user=row.user,
        language=row.chosen or row.language,
        client_language=row.client_language or "",
        active=row.active is not False,
        at=time.fromisoformat(row.at),
        quiet=Quiet(time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until)) if row.quiet_from else None,
    )


async def set_times(connection: AsyncConnection, place: int, at: time, quiet: Quiet | None) -> None:
    values = {
        "at": f"{at:%H:%M}",
        "quiet_from": f"{quiet.start:%H:%M}" if quiet else "",
        "quiet_until": f"{quiet.until:%H:%M}" if quiet else "",
    }
    await connection.execute(update(_place).where(_place.c.id == place).values(**values))


async def subscribe(connection: AsyncConnection, wanted: Subscription, now: datetime) -> Subscription:
    """Adds it, or finds the one there is already."""
    row = {
        "place": wanted.place,
        "kind": wanted.about.value,
        "target": wanted.target,
        "ladder": json.dumps(wanted.ladder),
        "internal": wanted.internal,
        "level": wanted.level,
        "made_by": wanted.made_by,
        "made_at": now,
    }
    await insert_new(connection, _subscription, [row])
    same = _subscription.c.place == wanted.place, _subscription.c.kind == wanted.about.value, _subscription.c.target == wanted.target
    return _subscription_of((await connection.execute(select(_subscription).where(*same))).one())


async def unsubscribe(connection: AsyncConnection, id: int, place: int) -> Subscription | None:
    """Ends it, with its calendar address. None when it is not the place's, or ended already."""
    mine = _subscription.c.id == id, _subscription.c.place == place
    row = (await connection.execute(select(_subscription).where(*mine))).first()
    if row is None:
        return None
    await connection.execute(delete(_feed).where(_feed.c.subscription == id))
    await connection.execute(delete(_subscription).where(*mine))
    return _subscription_of(row)


async def of_place(connection: AsyncConnection, place: int) -> list[Subscription]:
    query = select(_subscription).where(_subscription.c.place == place).order_by(_subscription.c.id)
    return [_subscription_of(row) for row in await connection.execute(query)]


async def subscription(connection: AsyncConnection, id: int) -> Subscription | None:
    row = (await connection.execute(select(_subscription).where(_subscription.c.id == id))).first()
    return None if row is None else _subscription_of(row)


async def change(connection: AsyncConnection, id: int, *, ladder: tuple[int, ...], internal: date | None, level: str) -> None:
    values = {"ladder": json.dumps(ladder), "internal": internal, "level": level}
    await connection.execute(update(_subscription).where(_subscription.c.id == id).values(**values))


async def invite(connection: AsyncConnection, id: int, code: str, until: datetime) -> None:
    await connection.execute(update(_subscription).where(_subscription.c.id == id).values(invite=code, invite_until=until))


async def invited(connection: AsyncConnection, code: str, now: datetime) -> Subscription | None:
    """The subscription a code invites to, as long as it holds."""
    mine = _subscription.c.invite == code, _subscription.c.invite_until > now
    row = (await connection.execute(select(_subscription).where(*mine))).first() if code else None
    return None if row is None else _subscription_of(row)


def concerns(window: Window, wider: Mapping[str, Collection[str]]) -> ColumnElement[bool]:
    """Subscriptions that mean this window. `wider`: for a region all that lie in it, itself included; "" is the country."""
    inside = tuple(wider[window.region])
    return or_(
        and_(_subscription.c.kind == About.WINDOW.value, _subscription.c.target == str(window.id)),
        and_(_subscription.c.kind == About.PROGRAMME.value, _subscription.c.target == window.programme),
        and_(_subscription.c.kind == About.THEME.value, _subscription.c.target.in_(window.themes)),
        and_(_subscription.c.kind == About.REGION.value, _subscription.c.target.in_(inside)),
    )


def means(subscription: Subscription, window: Window, wider: Mapping[str, Collection[str]]) -> bool:
    """The same question about one subscription."""
    match subscription.about:
        case About.WINDOW:
            return subscription.target == str(window.id)
        case About.PROGRAMME:
            return bool(window.programme) and subscription.target == window.programme
        case About.THEME:
            return subscription.target in window.themes
        case About.REGION:
            return subscription.target in wider[window.region]
        case About.WEEK:
            return False


async def meaning(
    connection: AsyncConnection, window: Window, wider: Mapping[str, Collection[str]], of: Collection[int]
) -> dict[int, Subscription]:
    """For each of the places the subscription that decides: the closest, then the oldest."""
    query = select(_subscription).where(concerns(window, wider), among(_subscription.c.place, of))
    order = list(About)
    found: dict[int, Subscription] = {}
    for each in map(_subscription_of, await connection.execute(query)):
        best = found.get(each.place)
        if best is None or (order.index(each.about), each.id) < (order.index(best.about), best.id):
            found[each.place] = each
    return found


async def meaning_of(connection: AsyncConnection, window: Window, wider: Mapping[str, Collection[str]], place: int) -> list[Subscription]:
    """All of one place, the one that decides first."""
    query = select(_subscription).where(concerns(window, wider), _subscription.c.place == place)
    order = list(About)
    found = map(_subscription_of, await connection.execute(query))
    return sorted(found, key=lambda each: (order.index(each.about), each.id))


async def count_meant(connection: AsyncConnection, window: Window, wider: Mapping[str, Collection[str]]) -> int:
    query = select(func.count(func.distinct(_subscription.c.place))).where(concerns(window, wider))
    return int((await connection.execute(query)).scalar_one())


async def mark_done(connection: AsyncConnection, place: int, window: int, now: datetime) -> None:
    await insert_new(connection, _done, [{"place": place, "window": window, "at": now}])


async def unmark(connection: AsyncConnection, place: int, window: int) -> None:
    await connection.execute(delete(_done).where(_done.c.place == place, _done.c.window == window))


async def done_with(connection: AsyncConnection, window: int, of: Collection[int]) -> set[int]:
    """Those of the places that have dealt with the window."""
    query = select(_done.c.place).where(_done.c.window == window, _done.c.place.in_(tuple(of)))
    return set((await connection.execute(query)).scalars())


def _subscription_of(row: Any) -> Subscription:
    ladder = tuple(json.loads(row.ladder))
    return Subscription(row.id, row.place, About(row.kind), row.target, ladder, row.internal, row.level, row.made_by, row.made_at)

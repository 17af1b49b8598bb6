"""Rows of those who want to be reminded: the chat, and what it subscribed to."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.storage import reminder_tables as tables
from bot.storage.given import as_rows, given, given_texts
from bot.storage.prepared import Prepared
from bot.storage.tables import Chat, Person
from bot.storage.types import Serial
from bot.storage.upsert import insert_new
from reminders.schedule import LADDER, MORNING, Quiet, Wish
from reminders.window import Window

_place = tables.ReminderPlace.__table__
_subscription = tables.Subscription.__table__
_feed = tables.Feed.__table__
_done = tables.DoneMark.__table__
_person = Person.__table__
_chat = Chat.__table__


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


_of_person = and_(_person.c.platform == _place.c.platform, _person.c.user == _place.c.user)
_of_chat = and_(_chat.c.platform == _place.c.platform, _chat.c.account == _place.c.account, _chat.c.chat == _place.c.chat)
_ALL = select(_place, _person.c.language.label("chosen"), _person.c.client_language, _chat.c.active).select_from(
    _place.outerjoin(_person, _of_person).outerjoin(_chat, _of_chat)
)


async def places(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Place]:
    rows = await _BY_ID.rows(connection, {"ids": as_rows((id,) for id in ids)})
    return {row.id: _place_of(row) for row in rows}


_BY_ID = Prepared(lambda engine: _ALL.where(_place.c.id.in_(select(given(engine, "ids", {"id": Serial}).c.id))))


async def _read(connection: AsyncConnection, which: ColumnElement[bool]) -> dict[int, Place]:
    return {row.id: _place_of(row) for row in await connection.execute(_ALL.where(which))}


def _place_of(row: Any) -> Place:
    return Place(
        id=row.id,
        where=Where(row.platform, row.account, row.chat, row.thread),
        group=row.group,
        user=row.user,
        language=row.chosen or row.language,
        client_language=row.client_language or "",
        active=row.active is not False,
        at=_time(row.at),
        quiet=Quiet(_time(row.quiet_from), _time(row.quiet_until)) if row.quiet_from else None,
    )


# Thousands want the same.
_time = lru_cache(maxsize=256)(time.fromisoformat)


@lru_cache(maxsize=256)
def _ladder(written: str) -> tuple[int, ...]:
    return tuple(json.loads(written))


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
    asked = {"window": str(window.id), "programme": window.programme, "themes": as_rows(window.themes)}
    asked |= {"regions": as_rows(wider[window.region]), "places": as_rows((id,) for id in of)}
    found: dict[int, Subscription] = {}
    for each in map(_subscription_of, await _MEANING.rows(connection, asked)):
        best = found.get(each.place)
        if best is None or (CLOSENESS[each.about], each.id) < (CLOSENESS[best.about], best.id):
            found[each.place] = each
    return found


CLOSENESS = {about: number for number, about in enumerate(About)}


def meaning_of_some(engine: str) -> Select[Any]:
    """As `concerns`, of some places."""

    def column(name: str) -> ColumnElement[str]:
        # Found by their places: by what they are about, SQLite would go through all who subscribed to it for each few of them.
        return literal_column(f"+subscription.{name}", String()) if engine == "sqlite" else _subscription.c[name]

    def about(kind: About, which: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(column("kind") == literal_column(f"'{kind.value}'"), which)

    target = column("target")
    meant = or_(
        about(About.WINDOW, target == bindparam("window")),
        about(About.PROGRAMME, target == bindparam("programme")),
        about(About.THEME, target.in_(given_texts(engine, "themes"))),
        about(About.REGION, target.in_(given_texts(engine, "regions"))),
    )
    return select(_subscription).where(meant, _subscription.c.place.in_(select(given(engine, "places", {"id": Serial}).c.id)))


_MEANING = Prepared(meaning_of_some)


async def meaning_of(connection: AsyncConnection, window: Window, wider: Mapping[str, Collection[str]], place: int) -> list[Subscription]:
    """All of one place, the one that decides first."""
    query = select(_subscription).where(concerns(window, wider), _subscription.c.place == place)
    found = map(_subscription_of, await connection.execute(query))
    return sorted(found, key=lambda each: (CLOSENESS[each.about], each.id))


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
    return Subscription(
        row.id, row.place, About(row.kind), row.target, _ladder(row.ladder), row.internal, row.level, row.made_by, row.made_at
    )

"""What reminders know of a person: to be told to them, and to go when they go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import reminder_tables as tables
from reminders import own

_place = tables.ReminderPlace.__table__
_subscription = tables.Subscription.__table__
_feed = tables.Feed.__table__
_done = tables.DoneMark.__table__
_own = tables.OwnReminder.__table__
_text = tables.OwnText.__table__
_occurrence = tables.Occurrence.__table__


async def told(connection: AsyncConnection, platform: str, user: str) -> dict[str, Any]:
    """Their subscriptions, and their own reminders with the words."""
    made = or_(_subscription.c.place.in_(_private(platform, user)), _made_by(platform, user))
    rows = (await connection.execute(select(_subscription).where(made).order_by(_subscription.c.id))).all()
    subscriptions = [{"kind": row.kind, "target": row.target, "made_at": row.made_at.isoformat()} for row in rows]
    ids = (await connection.execute(_own_of(platform, user))).scalars().all()
    owns = (await own.read(connection, ids)).values()
    return {"subscriptions": subscriptions, "own_reminders": [_said(each) for each in owns]}


def _said(mine: own.Own) -> dict[str, Any]:
    return {"starts": mine.rule.starts.isoformat(), "zone": mine.rule.zone, "rule": mine.rule.repeat, "words": mine.words}


async def forget(connection: AsyncConnection, platform: str, user: str) -> None:
    """What groups subscribed to stays with them; that the person did it is forgotten."""
    places = (await connection.execute(_private(platform, user))).scalars().all()
    owns = (await connection.execute(_own_of(platform, user))).scalars().all()
    subscriptions = select(_subscription.c.id).where(_subscription.c.place.in_(places))
    await connection.execute(delete(_text).where(_text.c.own.in_(owns)))
    await connection.execute(delete(_occurrence).where(or_(_occurrence.c.place.in_(places), _occurrence.c.own.in_(owns))))
    await connection.execute(delete(_own).where(_own.c.id.in_(owns)))
    await connection.execute(delete(_feed).where(_feed.c.subscription.in_(subscriptions)))
    await connection.execute(delete(_done).where(_done.c.place.in_(places)))
    await connection.execute(delete(_subscription).where(_subscription.c.place.in_(places)))
    await connection.execute(delete(_place).where(_place.c.id.in_(places)))
    await connection.execute(update(_subscription).where(_made_by(platform, user)).values(made_by=""))


def _private(platform: str, user: str) -> Select[Any]:
    return select(_place.c.id).where(_place.c.platform == platform, _place.c.user == user, _place.c.group.is_(False))


def _own_of(platform: str, user: str) -> Select[Any]:
    """Also those they made in groups: the words are theirs."""
    here = select(_place.c.id).where(_place.c.platform == platform)
    mine = _own.c.place.in_(here) & (_own.c.user == user)
    return select(_own.c.id).where(or_(_own.c.place.in_(_private(platform, user)), mine))


def _made_by(platform: str, user: str) -> Any:
    here = select(_place.c.id).where(_place.c.platform == platform)
    return _subscription.c.place.in_(here) & (_subscription.c.made_by == user)

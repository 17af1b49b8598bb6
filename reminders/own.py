"""What people want to be reminded of in their own words: a wall time, perhaps a rule, and the words, kept apart."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import reminder_tables as tables
from bot.storage.keys import KeyGone, keys_of, of_subject
from bot.storage.vault import Place, Unreadable, closed, unseal
from reminders.schedule import instant

_own = tables.OwnReminder.__table__
_text = tables.OwnText.__table__
_occurrence = tables.Occurrence.__table__

MOST = 100
"""Own reminders of one place. Nobody reads more; a programme that adds them without end is stopped kindly."""
LONGEST = 500
"""Characters of one."""
KEEP = timedelta(days=30)
"""How long one that is over may still be put off."""
AHEAD = timedelta(days=5 * 366)
"""A rule that comes no sooner comes no more."""


@dataclass(frozen=True)
class Rule:
    """When, in wall time: `repeat` is an RRULE, "" is once."""

    starts: datetime
    """Without a zone."""
    zone: str
    repeat: str = ""

    def after(self, now: datetime) -> datetime | None:
        """The next instant, UTC. None: there is none any more."""
        zone = ZoneInfo(self.zone)
        wall = now.astimezone(zone).replace(tzinfo=None)
        if not self.repeat:
            at = instant(self.starts.date(), self.starts.time(), zone)
            return at if at > now else None
        following = rrulestr(monthly(self.repeat), dtstart=self.starts).after(wall - timedelta(hours=3))
        while following is not None and following - wall < AHEAD:
            at = instant(following.date(), following.time(), zone)
            if at > now:
                return at
            following = rrulestr(monthly(self.repeat), dtstart=self.starts).after(following)
        return None


def monthly(repeat: str) -> str:
    """A day that a month has not is its last: RRULE alone would pass the month over."""
    for day in (29, 30, 31):
        if repeat.startswith("FREQ=MONTHLY") and f"BYMONTHDAY={day}" in repeat.split(";"):
            days = ",".join(str(each) for each in range(28, day + 1))
            return repeat.replace(f"BYMONTHDAY={day}", f"BYMONTHDAY={days};BYSETPOS=-1")
    return repeat


@dataclass(frozen=True)
class Own:
    id: int
    place: int
    user: str
    rule: Rule
    words: str
    due: datetime | None = None
    """When it goes out next, also put off or behind its time."""


async def add(connection: AsyncConnection, place: int, user: str, subject: str, rule: Rule, words: str, now: datetime) -> int:
    """`subject`: whose words they are, in the vault's terms."""
    row = {"place": place, "user": user, "starts": rule.starts.isoformat(timespec="minutes"), "zone": rule.zone, "rule": rule.repeat}
    result = await connection.execute(insert(_own).values(**row, made_at=now))
    assert result.inserted_primary_key is not None
    id = int(result.inserted_primary_key[0])
    await keep_words(connection, id, subject, words, now)
    return id


async def keep_words(connection: AsyncConnection, id: int, subject: str, words: str, now: datetime) -> None:
    """The one way a person's words get into a row: sealed with the key of whose they are."""
    key = await keys_of(connection).named(connection, of_subject(subject), now)
    await connection.execute(insert(_text).values(own=id, words=closed(key, _words(id), words)))


async def words_of(connection: AsyncConnection, ids: Collection[int]) -> dict[int, str]:
    """And the one way out. Those whose key was destroyed are not there any more."""
    found: dict[int, str] = {}
    for row in (await connection.execute(select(_text).where(_text.c.own.in_(tuple(ids))))).all():
        with contextlib.suppress(KeyGone, Unreadable):
            found[row.own] = await unseal(connection, _words(row.own), row.words)
    return found


def _words(id: int) -> Place:
    return Place("owntext", "words", str(id))


async def read(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Own]:
    """Those whose words can be read."""
    if not ids:
        return {}
    words = await words_of(connection, ids)
    query = select(_own).where(_own.c.id.in_(tuple(ids)), _own.c.ended_at.is_(None))
    return {row.id: _own_of(row, words[row.id]) for row in await connection.execute(query) if row.id in words}


async def of_place(connection: AsyncConnection, place: int) -> list[Own]:
    """Those still to come, by number."""
    due = {row.own: row.due_at for row in await connection.execute(_coming(place))}
    found = await read(connection, due)
    return [replace(found[id], due=due[id]) for id in sorted(found)]


async def count(connection: AsyncConnection, place: int) -> int:
    return int((await connection.execute(select(func.count()).select_from(_coming(place).subquery()))).scalar_one())


def _coming(place: int) -> Select[Any]:
    of_own = select(_occurrence.c.own, func.min(_occurrence.c.due_at).label("due_at")).join(_own, _own.c.id == _occurrence.c.own)
    coming = of_own.where(_occurrence.c.place == place, _occurrence.c.state == "open", _own.c.place == place, _own.c.ended_at.is_(None))
    return coming.group_by(_occurrence.c.own)


async def forget(connection: AsyncConnection, now: datetime) -> int:
    """Words of reminders that are over: kept as long as one may still put them off."""
    coming = select(_occurrence.c.own).where(_occurrence.c.own.is_not(None), _occurrence.c.state.in_(("open", "held")))
    lately = select(_occurrence.c.own).where(_occurrence.c.own.is_not(None), _occurrence.c.settled_at > now - KEEP)
    over = select(_own.c.id).where(_own.c.id.not_in(coming), _own.c.id.not_in(lately), _own.c.made_at < now - KEEP)
    return int((await connection.execute(_text.delete().where(_text.c.own.in_(over)))).rowcount)


async def end(connection: AsyncConnection, id: int, place: int, now: datetime) -> bool:
    """Cancels it. Its words go. False when it is not the place's, or over."""
    mine = _own.c.id == id, _own.c.place == place, _own.c.ended_at.is_(None)
    if not (await connection.execute(update(_own).where(*mine).values(ended_at=now))).rowcount:
        return False
    await connection.execute(_text.delete().where(_text.c.own == id))
    open_rows = _occurrence.c.own == id, _occurrence.c.state == "open"
    await connection.execute(update(_occurrence).where(*open_rows).values(state="gone"))
    return True


def _own_of(row: Any, words: str) -> Own:
    return Own(row.id, row.place, row.user, Rule(datetime.fromisoformat(row.starts), row.zone, row.rule), words)

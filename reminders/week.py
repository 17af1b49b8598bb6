"""The publicity week's programme, as staff enter it, and what of it a digest says on one day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Text
from bot.storage import reminder_tables as tables

_event = tables.WeekEvent.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Event:
    id: int
    on: date
    title: str
    organiser: str
    source: str
    at: str = ""
    until: str = ""
    venue: str = ""
    link: str = ""
    version: int = 1
    cancelled: bool = False

    def line(self) -> Text:
        parts = {"title": self.title, "at": self.at, "venue": self.venue, "organiser": self.organiser}
        return Text("week-line" if self.at else "week-line-day", parts)


def problems(event: Event) -> list[Text]:
    found = [
        Text("week-field-missing", {"field": Text(f"field-{name}")})
        for name in ("title", "organiser", "source")
        if not getattr(event, name)
    ]
    if event.at and event.until and event.until <= event.at:
        found.append(Text("week-ends-before", {"at": event.at, "until": event.until}))
    if event.link and not event.link.startswith("https://"):
        found.append(Text("window-link-plain"))
    return found


async def add(connection: AsyncConnection, event: Event) -> Event:
    row = {name: getattr(event, name) for name in ("on", "at", "until", "title", "venue", "organiser", "source", "link")}
    result = await connection.execute(insert(_event).values(**row, version=1, cancelled=False))
    assert result.inserted_primary_key is not None
    return Event(int(result.inserted_primary_key[0]), **row)


async def cancel(connection: AsyncConnection, id: int) -> bool:
    mine = _event.c.id == id, _event.c.cancelled.is_(False)
    return bool((await connection.execute(update(_event).where(*mine).values(cancelled=True, version=_event.c.version + 1))).rowcount)


async def on_days(connection: AsyncConnection, days: Collection[date]) -> dict[date, list[Event]]:
    """What is on, in the order of the day."""
    query = (
        select(_event).where(_event.c.on.in_(tuple(days)), _event.c.cancelled.is_(False)).order_by(_event.c.on, _event.c.at, _event.c.id)
    )
    found: dict[date, list[Event]] = {day: [] for day in days}
    for row in await connection.execute(query):
        found[row.on].append(_event_of(row))
    return found


async def events(connection: AsyncConnection, year: int) -> list[Event]:
    between = _event.c.on >= date(year, 1, 1), _event.c.on <= date(year, 12, 31)
    return [
        _event_of(row) for row in await connection.execute(select(_event).where(*between).order_by(_event.c.on, _event.c.at, _event.c.id))
    ]


async def event(connection: AsyncConnection, id: int) -> Event | None:
    row = (await connection.execute(select(_event).where(_event.c.id == id))).first()
    return None if row is None else _event_of(row)


def _event_of(row: Any) -> Event:
    return Event(**dict(row._mapping))

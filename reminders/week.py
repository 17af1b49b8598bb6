"""The publicity week's programme, as staff enter it, and what of it a digest says on one day."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Text
from bot.storage import reminder_tables as tables
from reminders import draft

_UNTIL = re.compile(r"\s*[-–—~～至到]\s*")
_event = tables.WeekEvent.__table__


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
        where = Text("week-where", {"venue": self.venue}) if self.venue else ""
        parts = {"title": self.title, "at": self.at, "where": where, "organiser": self.organiser}
        return Text("week-line" if self.at else "week-line-day", parts)


BODY = TypeAdapter(Event)


def read(line: str) -> tuple[Event | None, list[Text]]:
    """`2027-04-20 | 09:30-11:00 | 名称 | 地点 | 主办 | 来源 | 网址`, and what is wrong with it; "" for what is not known."""
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    on, hours, title, venue, organiser, source, link, *_ = (*parts, *[""] * 7)
    try:
        at, until = _hours(hours)
        event = Event(0, draft.day(on), title, organiser, source, at=at, until=until, venue=venue, link=link)
    except draft.Wrong as wrong:
        return None, [wrong.text]
    return event, problems(event)


def _hours(text: str) -> tuple[str, str]:
    """Wall times; without them it lasts the day."""
    if not text:
        return "", ""
    first, *last = _UNTIL.split(text, maxsplit=1)
    return f"{draft.time_of(first):%H:%M}", f"{draft.time_of(last[0]):%H:%M}" if last else ""


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


def _told(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ("on", "at", "until", "title", "venue", "organiser", "source", "link")}


async def add(connection: AsyncConnection, event: Event) -> Event:
    row = _told(event)
    result = await connection.execute(insert(_event).values(**row, version=1, cancelled=False))
    assert result.inserted_primary_key is not None
    return Event(int(result.inserted_primary_key[0]), **row)


async def change(connection: AsyncConnection, event: Event) -> bool:
    """In place of what the item said: calendars move their entry. False when it is not there any more."""
    row = _told(event)
    mine = _event.c.id == event.id, _event.c.cancelled.is_(False)
    return bool((await connection.execute(update(_event).where(*mine).values(**row, version=_event.c.version + 1))).rowcount)


async def cancel(connection: AsyncConnection, id: int) -> bool:
    mine = _event.c.id == id, _event.c.cancelled.is_(False)
    return bool((await connection.execute(update(_event).where(*mine).values(cancelled=True, version=_event.c.version + 1))).rowcount)


async def on_days(connection: AsyncConnection, days: Collection[date]) -> dict[date, list[Event]]:
    """What is on, in the order of the day."""
    if not days:
        return {}
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

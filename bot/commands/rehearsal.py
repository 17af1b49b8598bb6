"""`zhice windows rehearse`: the coming reminders, worded as they will be. The same decisions and words; only read, never written."""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from itertools import count
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import core
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.reminder_tables import Occurrence
from bot.words import Words
from reminders.decision import Message, decide
from reminders.drawing import Drawer
from reminders.handover import fetch
from reminders.plan import Terms

_occurrence = Occurrence.__table__

HIDDEN = "…"
"""Stands for a person's own words: a rehearsal is no way to read them."""


@dataclass(frozen=True)
class Rehearsed:
    at: datetime
    chat: str
    text: str

    def plain(self) -> dict[str, str]:
        return {"at": self.at.isoformat(), "chat": self.chat, "text": self.text}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}  {self.chat}\n{self.text}\n"


async def rehearsed(settings: Settings, start: date, end: date) -> list[Rehearsed]:
    """Every message of these days, in order."""
    begin, stop = (datetime.combine(day, time(), settings.zone) for day in (start, end))
    async with core(settings, migrate=False) as built:
        return await played(built.database, built.words, built.terms, begin, stop)


async def played(database: Database, words: Words, terms: Terms, begin: datetime, stop: datetime) -> list[Rehearsed]:
    drawer = Drawer(words, {})
    async with database.read() as connection:
        return [_drawn(drawer, at, message, terms.zone) async for at, message in _played(connection, terms, begin, stop)]


async def _played(connection: AsyncConnection, terms: Terms, begin: datetime, stop: datetime) -> AsyncIterator[tuple[datetime, Message]]:
    """Time goes from one due instant to the next, from what is due first: what recurs is due again when its turn comes."""
    order = count()
    query = select(_occurrence).where(_occurrence.c.state == "open", _occurrence.c.due_at < stop)
    waiting = [(row.due_at, next(order), row) for row in (await connection.execute(query)).all()]
    heapq.heapify(waiting)
    while waiting:
        now = waiting[0][0]
        rows = list(_due(waiting, now))
        known = await fetch(connection, rows, terms, now)
        known = replace(known, owns={id: replace(each, words=HIDDEN) for id, each in known.owns.items()}, earlier={})
        settled = decide(rows, known, terms, now)
        for message in settled.messages if now >= begin else ():
            yield now, message
        for following in settled.following:
            if now < following["due_at"] < stop and not any(_same(row, following) for _, _, row in waiting):
                heapq.heappush(waiting, (following["due_at"], next(order), _row(following)))


def _due(waiting: list[tuple[datetime, int, Any]], now: datetime) -> Iterator[Any]:
    while waiting and waiting[0][0] <= now:
        yield heapq.heappop(waiting)[2]


def _same(row: Any, following: Mapping[str, Any]) -> bool:
    return bool(row.reminder == following["reminder"] and row.due_at == following["due_at"])


def _row(values: Mapping[str, Any]) -> Any:
    return SimpleNamespace(id=0, held_by=None, **values)


def _drawn(drawer: Drawer, at: datetime, message: Message, zone: tzinfo) -> Rehearsed:
    drawn, _offer = drawer.alone(message, at)
    where = message.place.where
    text = "\n".join(block.text for part in drawn for block in part.blocks)
    labels = " ".join(f"[{button.label}]" for part in drawn for button in part.buttons)
    return Rehearsed(at.astimezone(zone), f"{where.platform}:{where.chat}", f"{text}\n{labels}".rstrip())

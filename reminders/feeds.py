"""Private calendar addresses: a secret for each subscription, kept as its hash; a new one ends the one before."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import reminder_tables as tables
from bot.storage.database import Database
from bot.words import Words
from reminders import daybook, places, shelf, week
from reminders.places import About
from reminders.plan import Terms
from reminders.recurring import next_week
from reminders.schedule import Wish

_feed = tables.Feed.__table__


def new_secret() -> str:
    """192 bits: nobody guesses it."""
    return secrets.token_urlsafe(24)


async def replace(connection: AsyncConnection, subscription: int, secret: str, now: datetime) -> None:
    await connection.execute(delete(_feed).where(_feed.c.subscription == subscription))
    await connection.execute(insert(_feed).values(secret=_hash(secret), subscription=subscription, made_at=now))


async def of_window(database: Database, words: Words, terms: Terms, id: int, now: datetime) -> bytes:
    """Raises UserError when there is no such window."""
    # What writes calendar files is loaded when one is asked for: a start need not wait for it.
    from reminders import ics

    async with database.read() as connection:
        await daybook.refresh(connection, terms)
        window = await shelf.window(connection, id)
    return ics.file([(window, Wish())], words, words.languages[0], terms.calendar, terms.zone, now)


async def of_secret(database: Database, words: Words, terms: Terms, secret: str, now: datetime) -> bytes | None:
    """The calendar behind an address; None when the address is not, or no more, one of ours."""
    from reminders import ics

    async with database.read() as connection:
        id = (await connection.execute(select(_feed.c.subscription).where(_feed.c.secret == _hash(secret)))).scalar_one_or_none()
        mine = await places.subscription(connection, id) if id is not None else None
        if mine is None:
            return None
        await daybook.refresh(connection, terms)
        place = (await places.places(connection, [mine.place]))[mine.place]
        if mine.about is About.WEEK:
            year = next_week(now.astimezone(terms.zone).date()).opens.year
            return ics.of_items(await week.events(connection, year), terms.zone, now)
        # Cancelled ones stay in: only so does a calendar take its entry away.
        windows = [each for each in await shelf.everything(connection) if places.means(mine, each, terms.wider)]
    language = place.language or words.nearest(place.client_language)
    return ics.file([(window, mine.wish(place)) for window in windows], words, language, terms.calendar, terms.zone, now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

"""The rows of who was due to get a notice, and what became of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.notices.notice import Fate
from bot.notices.wishes import here
from bot.storage.notice_tables import NoticeRecipient

_recipient = NoticeRecipient.__table__  # type: ignore[attr-defined]

ASKED = (Fate.QUEUED.value, Fate.SENT.value, Fate.UNKNOWN.value)
"""Who may have it before them."""


async def known_at(connection: AsyncConnection, notice: int, where: Where) -> datetime | bool | None:
    """When 已知悉 was pressed there; False when it was not yet, None when nobody there got it."""
    query = select(_recipient.c.known_at).where(_recipient.c.notice == notice, *here(_recipient, where), _recipient.c.state.in_(ASKED))
    row = (await connection.execute(query)).first()
    return None if row is None else row.known_at or False


async def knows(connection: AsyncConnection, notice: int, where: Where, now: datetime) -> None:
    """Counted once, however often it is pressed."""
    mine = (_recipient.c.notice == notice, *here(_recipient, where), _recipient.c.known_at.is_(None))
    await connection.execute(update(_recipient).where(*mine).values(known_at=now))

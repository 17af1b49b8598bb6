"""Where people stand and what they are offered, written and read as turns do it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.standing import OnOffer, Standing
from bot.storage import conversations
from bot.storage.upsert import put

SOMEBODY = Incoming("1", Kind.TEXT, Where("fake", "bot", "1"), ChatKind.PRIVATE, "1", datetime(2026, 11, 22, tzinfo=UTC))


async def save(connection: AsyncConnection, incoming: Incoming, new: Standing, old: Standing, now: datetime) -> None:
    await put(connection, await conversations.changed(connection, incoming, new, old, now))


async def standing(connection: AsyncConnection, incoming: Incoming) -> Standing:
    return (await conversations.situation(connection, incoming, ""))[0]


async def on_offer(connection: AsyncConnection, token: str) -> OnOffer | None:
    """Whoever presses: what is offered is found by its token alone."""
    return (await conversations.situation(connection, SOMEBODY, token))[1]

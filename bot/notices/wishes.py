"""How chats want notices: each by itself, once a week, or none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.notices.audience import EACH
from bot.storage.notice_tables import NoticeWish
from bot.storage.tables import Chat
from bot.storage.upsert import upsert

_wish = NoticeWish.__table__
_chat = Chat.__table__


async def of(connection: AsyncConnection, where: Where) -> str:
    return str((await connection.execute(select(_wish.c.wish).where(*here(_wish, where)))).scalar() or EACH)


async def put(connection: AsyncConnection, where: Where, wish: str, now: datetime) -> None:
    row = {"platform": where.platform, "account": where.account, "chat": where.chat, "wish": wish, "at": now}
    await upsert(connection, _wish, row)


def here(table: Any, where: Where) -> tuple[ColumnElement[bool], ...]:
    return table.c.platform == where.platform, table.c.account == where.account, table.c.chat == where.chat


async def told(connection: AsyncConnection, platform: str, user: str) -> list[dict[str, str]]:
    """How a person wants notices in their private chats."""
    rows = await connection.execute(select(_wish).where(*_private(platform, user)))
    return [{"wish": row.wish, "since": row.at.isoformat()} for row in rows]


def _private(platform: str, user: str) -> tuple[ColumnElement[bool], ...]:
    chats = select(_chat.c.chat).where(_chat.c.platform == platform, _chat.c.user == user, _chat.c.kind == "private")
    return _wish.c.platform == platform, _wish.c.chat.in_(chats)

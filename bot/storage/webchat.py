"""What stands in a web chat, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import WebMessage, WebSession

_session = WebSession.__table__  # type: ignore[attr-defined]
_message = WebMessage.__table__  # type: ignore[attr-defined]

KEEP = timedelta(days=90)
"""A browser not seen for so long does not come back: its conversation goes."""
PERSON = "person"
OFFICE = "office"
_AT_ONCE = 500
"""Values in one statement: databases limit them."""


@dataclass(frozen=True)
class Line:
    """One row of a conversation. `body` is what the page draws."""

    number: int
    key: str
    author: str
    body: Mapping[str, Any]
    replaces: int
    at: datetime

    @property
    def root(self) -> int:
        """The number under which the page and the core know this message, however often it was edited."""
        return self.replaces or self.number


async def begin(connection: AsyncConnection, chat: str, secret: str, now: datetime) -> None:
    await connection.execute(insert(_session).values(chat=chat, secret=secret, made_at=now, seen_at=now))


async def secret_of(connection: AsyncConnection, chat: str) -> str:
    """The hash of the session's secret; "" when there is no such session."""
    return str((await connection.execute(select(_session.c.secret).where(_session.c.chat == chat))).scalar() or "")


async def seen(connection: AsyncConnection, chat: str, now: datetime) -> None:
    """Notes that the browser is still in use; to the hour, for that is all `forget` needs."""
    hour = timedelta(hours=1)
    await connection.execute(update(_session).where(_session.c.chat == chat, _session.c.seen_at < now - hour).values(seen_at=now))


async def end(connection: AsyncConnection, chat: str) -> None:
    """Deletes the conversation and its session. Whoever still holds the cookie starts anew."""
    await connection.execute(delete(_message).where(_message.c.chat == chat))
    await connection.execute(delete(_session).where(_session.c.chat == chat))


async def forget(connection: AsyncConnection, now: datetime) -> int:
    """Ends the sessions not seen for `KEEP`. Returns how many."""
    chats = (await connection.execute(select(_session.c.chat).where(_session.c.seen_at < now - KEEP).limit(_AT_ONCE))).scalars().all()
    for chat in chats:
        await end(connection, chat)
    return len(chats)


async def write(
    connection: AsyncConnection, chat: str, key: str, author: str, body: Mapping[str, Any], now: datetime, edits: int = 0
) -> Line | None:
    """Adds a line under the next number, in place of `edits` where that is a line of the office; a known key changes nothing.

    None when the session has ended.
    """
    # Locked (SQLite's only writer is the lock): numbers have no gaps and appear in order, so nobody reads past an uncommitted one.
    owner = await connection.execute(select(_session.c.chat).where(_session.c.chat == chat).with_for_update())
    if owner.first() is None:
        return None
    known = await _one(connection, chat, _message.c.key == key)
    if known is not None:
        return known
    edited = await line(connection, chat, edits) if edits else None
    replaces = edited.root if edited is not None and edited.author == OFFICE else 0
    number = 1 + ((await connection.execute(select(func.max(_message.c.number)).where(_message.c.chat == chat))).scalar() or 0)
    values = {"chat": chat, "number": number, "key": key, "author": author, "replaces": replaces, "at": now}
    await connection.execute(insert(_message).values(**values, body=json.dumps(body, ensure_ascii=False)))
    return Line(number, key, author, body, replaces, now)


async def line(connection: AsyncConnection, chat: str, number: int) -> Line | None:
    return await _one(connection, chat, _message.c.number == number)


async def latest(connection: AsyncConnection, chat: str, number: int) -> Line | None:
    """The line as it reads now: its last edit, or itself."""
    query = select(_message).where(_message.c.chat == chat, (_message.c.number == number) | (_message.c.replaces == number))
    row = (await connection.execute(query.order_by(_message.c.number.desc()).limit(1))).first()
    return None if row is None else _line(row)


async def since(connection: AsyncConnection, chat: str, number: int, limit: int) -> list[Line]:
    """The lines after a number, in order."""
    query = select(_message).where(_message.c.chat == chat, _message.c.number > number).order_by(_message.c.number).limit(limit)
    return [_line(row) for row in await connection.execute(query)]


async def newest(connection: AsyncConnection, chats: Iterable[str]) -> dict[str, int]:
    """The last number of each of these chats that has any line."""
    found: dict[str, int] = {}
    names = list(chats)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        query = select(_message.c.chat, func.max(_message.c.number)).where(_message.c.chat.in_(some)).group_by(_message.c.chat)
        found.update((str(chat), int(number)) for chat, number in await connection.execute(query))
    return found


async def _one(connection: AsyncConnection, chat: str, condition: Any) -> Line | None:
    row = (await connection.execute(select(_message).where(_message.c.chat == chat, condition))).first()
    return None if row is None else _line(row)


def _line(row: Any) -> Line:
    return Line(row.number, row.key, row.author, json.loads(row.body), row.replaces, row.at)

"""What stands in a web chat, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import vault
from bot.storage.keys import KeyGone
from bot.storage.retention import Passing
from bot.storage.tables import WebMessage, WebSession
from bot.storage.vault import Place, Unreadable

_session = WebSession.__table__
_message = WebMessage.__table__

KEEP = timedelta(days=30)
"""As long as the choices in it can be pressed: older lines go, and the session of a browser not seen for so long."""
FADED: Mapping[str, Any] = {"text": "…", "blocks": [{"quote": False, "spans": [{"text": "…", "bold": False, "link": ""}]}]}
"""What the page draws for a line whose words are gone."""
PERSON = "person"
OFFICE = "office"
_AT_ONCE = 500
"""Values in one statement: databases limit them."""


# Built once: every message passes here.
_STANDING = select(
    select(_session.c.chat).where(_session.c.chat == bindparam("chat")).scalar_subquery(),
    select(func.max(_message.c.number)).where(_message.c.chat == bindparam("chat")).scalar_subquery(),
    select(_message.c.number).where(_message.c.chat == bindparam("chat"), _message.c.key == bindparam("key")).scalar_subquery(),
)
_ADD = insert(_message)


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
    """Notes that the browser is still in use; to the hour, for that is all `passing` needs."""
    hour = timedelta(hours=1)
    await connection.execute(update(_session).where(_session.c.chat == chat, _session.c.seen_at < now - hour).values(seen_at=now))


async def end(connection: AsyncConnection, chat: str) -> None:
    """Deletes the conversation and its session. Whoever still holds the cookie starts anew."""
    await connection.execute(delete(_message).where(_message.c.chat == chat))
    await connection.execute(delete(_session).where(_session.c.chat == chat))


def passing(now: datetime) -> list[Passing]:
    """The sessions not seen for `KEEP`, after all their lines; older lines of the others."""
    # The last line of a conversation stays, without its words: the next number is counted from it, and a number must never mean
    # two messages.
    other = _message.alias()
    last = select(func.max(other.c.number)).where(other.c.chat == _message.c.chat).scalar_subquery()
    old = _message.c.at < now - KEEP
    unseen = _session.c.seen_at < now - KEEP
    spoken = exists().where(_message.c.chat == _session.c.chat)
    return [
        Passing(_message, _message.c.chat.in_(select(_session.c.chat).where(unseen))),
        Passing(_session, and_(unseen, ~spoken)),
        Passing(_message, and_(old, _message.c.number < last)),
        Passing(_message, and_(old, _message.c.body != ""), left={"body": ""}),
    ]


async def write(
    connection: AsyncConnection, chat: str, key: str, author: str, body: Mapping[str, Any], now: datetime, edits: int = 0
) -> Line | None:
    """Adds a line under the next number, in place of `edits` where that is a line of the office; a known key changes nothing.

    None when the session has ended.
    """
    if connection.dialect.name != "sqlite":
        # SQLite has one writer at a time. Elsewhere: numbers have no gaps and appear in order, so nobody reads past an uncommitted one.
        await connection.execute(select(_session.c.chat).where(_session.c.chat == chat).with_for_update())
    owner, last, known = (await connection.execute(_STANDING, {"chat": chat, "key": key})).one()
    if owner is None:
        return None
    if known is not None:
        return await line(connection, chat, known)
    edited = await line(connection, chat, edits) if edits else None
    replaces = edited.root if edited is not None and edited.author == OFFICE else 0
    number = 1 + (last or 0)
    words = await vault.seal(connection, place(chat, number), json.dumps(body, ensure_ascii=False), now)
    values = {"chat": chat, "number": number, "key": key, "author": author, "body": words, "replaces": replaces, "at": now}
    await connection.execute(_ADD, values)
    return Line(number, key, author, body, replaces, now)


async def line(connection: AsyncConnection, chat: str, number: int) -> Line | None:
    row = (await connection.execute(select(_message).where(_message.c.chat == chat, _message.c.number == number))).first()
    return None if row is None else await _line(connection, row)


async def latest(connection: AsyncConnection, chat: str, number: int) -> Line | None:
    """The line as it reads now: its last edit, or itself."""
    query = select(_message).where(_message.c.chat == chat, (_message.c.number == number) | (_message.c.replaces == number))
    row = (await connection.execute(query.order_by(_message.c.number.desc()).limit(1))).first()
    return None if row is None else await _line(connection, row)


async def since(connection: AsyncConnection, chat: str, number: int, limit: int) -> list[Line]:
    """The lines after a number, in order."""
    query = select(_message).where(_message.c.chat == chat, _message.c.number > number).order_by(_message.c.number).limit(limit)
    return [await _line(connection, row) for row in (await connection.execute(query)).all()]


async def newest(connection: AsyncConnection, chats: Iterable[str]) -> dict[str, int]:
    """The last number of each of these chats that has any line."""
    found: dict[str, int] = {}
    names = list(chats)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        query = select(_message.c.chat, func.max(_message.c.number)).where(_message.c.chat.in_(some)).group_by(_message.c.chat)
        found.update((str(chat), int(number)) for chat, number in await connection.execute(query))
    return found


def place(chat: str, number: int) -> Place:
    return Place("webmessage", "body", f"{chat}:{number}")


async def _line(connection: AsyncConnection, row: Any) -> Line:
    try:
        body = await vault.unseal(connection, place(row.chat, row.number), row.body)
    except (KeyGone, Unreadable):
        body = ""
    return Line(row.number, row.key, row.author, json.loads(body) if body else FADED, row.replaces, row.at)

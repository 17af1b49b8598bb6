"""What platforms gave us and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Integer, and_, bindparam, func, literal_column, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Incoming
from bot.storage import vault
from bot.storage.keys import KeyGone
from bot.storage.prepared import Prepared, last
from bot.storage.retention import Passing
from bot.storage.tables import Cursor, Inbox
from bot.storage.upsert import Put, insert_numbered, put_after, upsert
from bot.storage.values import INCOMING, from_json, to_json
from bot.storage.vault import Place, Unreadable

_inbox = Inbox.__table__
_cursor = Cursor.__table__

_OPEN = _inbox.c.state == literal_column("'new'")
"""Written out, so that SQLite finds the index of open rows."""
TRUST = timedelta(hours=24)
"""A poller's position older than this is forgotten: Telegram's ids restart at random after a quiet week."""
KEEP = timedelta(days=7)
"""Keys of done events are kept this long, so that a late redelivery is still known."""
PAGE = 128
"""Rows looked at in one go when the next ones are chosen."""
WAITS = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=25), timedelta(seconds=60))

# Of all accounts: asked for one, SQLite would go through all that this one ever got, by the index of the keys.
OPEN_PAGE = (
    select(
        *(_inbox.c[name] for name in ("id", "platform", "account", "event", "chat", "tries")),
        # What came later than now was taken in by a clock that was put back since: until then it would hold up its chat.
        type_coerce(or_(_inbox.c.due_at <= bindparam("now"), _inbox.c.received_at > bindparam("now")), Integer).label("is_due"),
    )
    .where(_OPEN, _inbox.c.id > bindparam("after"))
    .order_by(_inbox.c.id)
    .limit(bindparam("most"))
)
_PAGE = Prepared(OPEN_PAGE)
_BODY = Prepared(select(_inbox.c.body).where(_inbox.c.id == bindparam("row")))
_END = Prepared(
    update(_inbox).where(_inbox.c.id == bindparam("row"), _OPEN).values(state=bindparam("became"), body="", error=bindparam("because"))
)


@dataclass(frozen=True)
class Event:
    """An open row of the inbox."""

    id: int
    incoming: Incoming
    tries: int


class Waiting(NamedTuple):
    """What may be handled next."""

    events: list[Event]
    unreadable: list[int]
    """Rows written in a shape nobody can read: end them, for their chats wait."""
    behind: set[str]
    """Chats in which more waits behind these, or behind what is under way there."""


_NOBODY: Mapping[str, int] = MappingProxyType({})


async def store(connection: AsyncConnection, events: Sequence[Incoming], now: datetime, *, ends: bool = False) -> dict[int, Incoming]:
    """Adds the events not known yet, in order. Returns the new ones by the ids of their rows. `ends`: that is all of the job."""
    rows = [await _row(connection, event, now) for event in events]
    if ends:
        # Not before they are sealed: a key may have to be made for it.
        last(connection)
    ids = await insert_numbered(connection, _inbox, rows)
    return {id: event for id, event in zip(ids, events, strict=True) if id is not None}


async def _row(connection: AsyncConnection, event: Incoming, now: datetime) -> dict[str, Any]:
    return {
        "platform": event.where.platform,
        "account": event.where.account,
        "event": event.event,
        "chat": event.where.chat,
        "state": "new",
        "body": await vault.seal(connection, _place(event), to_json(INCOMING, event), now),
        "tries": 0,
        "due_at": now,
        "received_at": now,
        "error": "",
    }


async def move(connection: AsyncConnection, platform: str, account: str, position: str, now: datetime) -> None:
    await upsert(connection, _cursor, {"platform": platform, "account": account, "position": position, "at": now})


async def position(connection: AsyncConnection, platform: str, account: str, now: datetime) -> str:
    """How far the poller has read; "" when that is unknown or too old to trust."""
    query = select(_cursor.c.position, _cursor.c.at).where(_cursor.c.platform == platform, _cursor.c.account == account)
    row = (await connection.execute(query)).first()
    return "" if row is None or row.at < now - TRUST else str(row.position)


async def waiting(
    connection: AsyncConnection,
    platform: str,
    account: str,
    now: datetime,
    limit: int,
    busy: Mapping[str, int] = _NOBODY,
    at_hand: MutableMapping[str, Incoming] | None = None,
) -> Waiting:
    """Open events, oldest first: at most one a chat, its oldest, and only when that one is due. Order in a chat is kept this way.

    None of the chats that are `busy`, each with the row under way there.
    What is `at_hand` by its key was stored by us a moment ago: it is taken from there instead of being read and opened.
    """
    events: list[Event] = []
    unreadable: list[int] = []
    found, behind = await _next(connection, platform, account, now, limit, busy)
    for row in found:
        incoming = at_hand.pop(row.event, None) if at_hand else None
        try:
            if incoming is None:
                incoming = await _read(connection, row)
            events.append(Event(row.id, incoming, row.tries))
        except (ValidationError, KeyGone, Unreadable):
            unreadable.append(row.id)
    return Waiting(events, unreadable, behind)


async def _read(connection: AsyncConnection, row: Any) -> Incoming:
    sealed = (await _BODY.first(connection, {"row": row.id})).body
    return from_json(INCOMING, await vault.unseal(connection, place(row.platform, row.account, row.event), sealed))


async def _next(
    connection: AsyncConnection, platform: str, account: str, now: datetime, limit: int, busy: Mapping[str, int]
) -> tuple[list[Any], set[str]]:
    """Reads on from the oldest until there are enough: however many wait, the first of them are at hand."""
    found: list[Any] = []
    behind, blocked = set[str](), set[str]()
    # As it is now: some of them may be over by the time the answer is there.
    under_way = dict(busy)
    passed, last = set(under_way), 0
    # Mostly the first of them are those under way and the ones wanted.
    most = min(PAGE, len(under_way) + limit)
    while len(found) < limit:
        page = await _PAGE.rows(connection, {"now": now, "after": last, "most": most})
        for row in page:
            if (row.platform, row.account) != (platform, account) or row.id == under_way.get(row.chat):
                continue
            if row.chat in passed:
                behind.add(row.chat)
                continue
            passed.add(row.chat)
            if row.is_due:
                found.append(row)
            else:
                blocked.add(row.chat)
        if len(page) < most:
            break
        last, most = page[-1].id, PAGE
    return found[:limit], behind - blocked


def place(platform: str, account: str, event: str) -> Place:
    return Place("inbox", "body", f"{platform}:{account}:{event}")


def _place(event: Incoming) -> Place:
    return place(event.where.platform, event.where.account, event.event)


async def end(connection: AsyncConnection, id: int, error: str = "") -> bool:
    """Ends an event and lets its words go; with an error it is dead, for the operator to see.

    False when it was ended already: the caller's work must then be undone.
    """
    return await end_with(connection, id, error, ())


async def end_with(connection: AsyncConnection, id: int, error: str, puts: Sequence[Put]) -> bool:
    """The same together with what the event brought about; when it was ended already, nothing of that is written."""
    return await put_after(connection, _END, {"row": id, "became": "dead" if error else "done", "because": error[:500]}, puts)


async def put_off(connection: AsyncConnection, event: Event, error: str, now: datetime) -> bool:
    """Another try later, as `WAITS` says; after the last one the event is dead, and the chat goes on. Returns whether it is dead."""
    if event.tries >= len(WAITS):
        return await end(connection, event.id, error)
    values = {"due_at": now + WAITS[event.tries], "tries": event.tries + 1, "error": error[:500]}
    await connection.execute(update(_inbox).where(_inbox.c.id == event.id).values(**values))
    return False


async def count_open(connection: AsyncConnection, platform: str, account: str) -> int:
    query = select(func.count()).where(_OPEN, _inbox.c.platform == platform, _inbox.c.account == account)
    return int((await connection.execute(query)).scalar_one())


async def count_state(connection: AsyncConnection, state: str) -> int:
    """Events of all accounts in that state."""
    condition = _OPEN if state == "new" else _inbox.c.state == state
    return int((await connection.execute(select(func.count()).select_from(_inbox).where(condition))).scalar_one())


def passing(now: datetime) -> list[Passing]:
    """The keys of done events past their time."""
    return [Passing(_inbox, and_(_inbox.c.received_at < now - KEEP, _inbox.c.state == "done"))]

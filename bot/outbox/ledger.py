"""One row for each message to one recipient.

pending    due at its time
sending    the request is being written; left like this by a crash, it may or may not have arrived
ambiguous  it may have arrived: sent once more after a while
sent, unreachable (nobody there), failed (the platform will not take it), unknown (twice ambiguous: for staff to see),
cancelled (the conversation was cleared)
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from pydantic import ValidationError
from sqlalchemy import and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Outgoing, Where
from bot.core.platform import Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear
from bot.storage import conversations, vault
from bot.storage.keys import KeyGone
from bot.storage.tables import Outbox
from bot.storage.upsert import insert_new
from bot.storage.values import OUTGOING, from_json, to_json
from bot.storage.vault import Place, Unreadable

_outbox = Outbox.__table__  # type: ignore[attr-defined]

LEASE = timedelta(seconds=60)
RESEND = timedelta(minutes=10)
TRIES = 8
KEEP = timedelta(days=30)
"""Settled rows are kept this long as proof."""


@dataclass(frozen=True)
class Delivery:
    """A row on its way. `epoch` fences: only the claim that still holds the row may settle it."""

    id: int
    epoch: int
    chat: str
    group: bool
    tries: int
    strikes: int
    message: Outgoing


async def put(connection: AsyncConnection, message: Outgoing, *, group: bool, lane: str, now: datetime) -> None:
    """Adds a message; one with the same key is there already and stays as it is."""
    row = {
        "key": message.key,
        "platform": message.where.platform,
        "account": message.where.account,
        "chat": message.where.chat,
        "group": group,
        "lane": lane,
        "body": await vault.seal(connection, place(message.key), to_json(OUTGOING, message), now),
        "state": "pending",
        "epoch": 0,
        "tries": 0,
        "strikes": 0,
        "due_at": now,
        "made_at": now,
        "message": "",
        "error": "",
    }
    await insert_new(connection, _outbox, [row])


async def due(
    connection: AsyncConnection, platform: str, account: str, now: datetime, limit: int, busy: Collection[str]
) -> tuple[list[Delivery], list[int]]:
    """What may be sent now: replies before bulk, oldest first, none for a busy chat.

    A chat's pending messages keep their order: only the oldest is offered. An ambiguous one waits long and lets the others pass.
    Beside them the ids of rows written in a shape nobody can read: `give_up` on them, for their chats wait.
    """
    here = (_outbox.c.platform == platform, _outbox.c.account == account)
    oldest = select(func.min(_outbox.c.id)).where(*here, _outbox.c.state == "pending").group_by(_outbox.c.chat)
    turn = or_(_outbox.c.id.in_(oldest), _outbox.c.state == "ambiguous")
    order = (case((_outbox.c.lane == "reply", 0), else_=1), _outbox.c.id)
    query = select(_outbox).where(*here, _outbox.c.state.in_(("pending", "ambiguous")), _outbox.c.due_at <= now, turn)
    rows = (await connection.execute(query.where(_outbox.c.chat.not_in(tuple(busy))).order_by(*order).limit(limit))).all()
    found: dict[str, Delivery] = {}
    unreadable: list[int] = []
    for row in rows:
        try:
            body = await vault.unseal(connection, place(row.key), row.body)
            found.setdefault(row.chat, _delivery(row, body))
        except (ValidationError, KeyGone, Unreadable):
            unreadable.append(row.id)
    return list(found.values()), unreadable


async def give_up(connection: AsyncConnection, id: int, reason: str, now: datetime) -> None:
    """A row that cannot be sent fails before any try."""
    open_row = (_outbox.c.id == id, _outbox.c.state.in_(("pending", "ambiguous")))
    await connection.execute(update(_outbox).where(*open_row).values(state="failed", error=reason, settled_at=now))


async def claim(connection: AsyncConnection, found: Delivery, now: datetime) -> bool:
    """Marks the row `sending`, to be committed before the request is written. False when another was quicker."""
    statement = (
        update(_outbox)
        .where(_outbox.c.id == found.id, _outbox.c.epoch == found.epoch, _outbox.c.state.in_(("pending", "ambiguous")))
        .values(state="sending", epoch=found.epoch + 1, tries=found.tries + 1, lease_until=now + LEASE)
    )
    return bool((await connection.execute(statement)).rowcount)


async def settle(connection: AsyncConnection, sent: Delivery, outcome: Outcome, now: datetime) -> bool:
    """Writes what became of a claimed row. False when the row was taken over meanwhile: then nothing is written."""
    statement = update(_outbox).where(_outbox.c.id == sent.id, _outbox.c.epoch == sent.epoch + 1, _outbox.c.state == "sending")
    values = _values(sent, outcome, now)
    if not (await connection.execute(statement.values(lease_until=None, **values))).rowcount:
        return False
    match outcome:
        case Gone():
            await conversations.deactivate(connection, sent.message.where)
        case Moved(chat):
            await conversations.move_chat(connection, sent.message.where, chat, now)
        case _:
            pass
    return True


def _values(sent: Delivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Sent(message):
            # The platform has the words now, or the web chat's own table: the proof needs none of them.
            return {"state": "sent", "message": message, "body": "", "settled_at": now, "error": ""}
        case Gone(reason):
            return {"state": "unreachable", "body": "", "settled_at": now, "error": reason}
        case Refused(reason):
            return {"state": "failed", "settled_at": now, "error": reason}
        case Unclear(reason):
            return _struck(sent.strikes, now) | {"error": reason}
        case Moved(chat):
            return {"state": "pending", "chat": chat, "due_at": now}
        case Locked(reason):
            return {"state": "pending", "tries": sent.tries, "due_at": now + timedelta(seconds=60), "error": reason}
        case Later(reason, after):
            if after is not None:
                # Asked to wait, and we do: that is no failure of the message.
                return {"state": "pending", "tries": sent.tries, "due_at": now + after, "error": reason}
            if sent.tries + 1 >= TRIES:
                return {"state": "failed", "settled_at": now, "error": reason}
            return {"state": "pending", "due_at": now + _backoff(sent.tries), "error": reason}
        case _:
            assert_never(outcome)


def _struck(strikes: int, now: datetime) -> dict[str, Any]:
    if strikes:
        return {"state": "unknown", "strikes": strikes + 1, "settled_at": now}
    return {"state": "ambiguous", "strikes": 1, "due_at": now + RESEND}


def _backoff(tries: int) -> timedelta:
    """1, 5, 25, 125 seconds, then 10 minutes: an outage of half an hour loses no answer."""
    return timedelta(seconds=min(600.0, 5.0**tries) * random.uniform(0.7, 1.3))


async def recover(connection: AsyncConnection, platform: str, account: str, now: datetime, *, all_rows: bool) -> int:
    """Rows left in the middle of sending become ambiguous, or unknown the second time.

    `all_rows`: a new sender has begun, whatever is `sending` is nobody's; else only rows whose lease has ended.
    """
    left = and_(_outbox.c.platform == platform, _outbox.c.account == account, _outbox.c.state == "sending")
    if not all_rows:
        left = and_(left, or_(_outbox.c.lease_until.is_(None), _outbox.c.lease_until <= now))
    rows = (await connection.execute(select(_outbox.c.id, _outbox.c.strikes, _outbox.c.epoch).where(left))).all()
    for row in rows:
        values = _struck(row.strikes, now) | {"epoch": row.epoch + 1, "lease_until": None, "error": "left in the middle of sending"}
        await connection.execute(update(_outbox).where(_outbox.c.id == row.id, _outbox.c.epoch == row.epoch).values(**values))
    return len(rows)


async def counts(connection: AsyncConnection) -> dict[str, int]:
    """Rows by state."""
    query = select(_outbox.c.state, func.count()).group_by(_outbox.c.state)
    return {str(state): int(number) for state, number in await connection.execute(query)}


async def is_open(connection: AsyncConnection, platform: str, account: str) -> bool:
    """Whether anything is on its way there."""
    here = (_outbox.c.platform == platform, _outbox.c.account == account, _outbox.c.state.in_(("pending", "sending")))
    return (await connection.execute(select(_outbox.c.id).where(*here).limit(1))).first() is not None


async def withdraw(connection: AsyncConnection, where: Where, now: datetime) -> None:
    """Nothing more goes to that chat, and what waited is let go."""
    here = (_outbox.c.platform == where.platform, _outbox.c.account == where.account, _outbox.c.chat == where.chat)
    waiting = _outbox.c.state.in_(("pending", "ambiguous"))
    await connection.execute(update(_outbox).where(*here, waiting).values(state="cancelled", body="", settled_at=now))


async def forget(connection: AsyncConnection, now: datetime) -> int:
    return int((await connection.execute(delete(_outbox).where(_outbox.c.settled_at < now - KEEP))).rowcount)


def place(key: str) -> Place:
    return Place("outbox", "body", key)


def _delivery(row: Any, body: str) -> Delivery:
    message = from_json(OUTGOING, body)
    if row.chat != message.where.chat:
        # The group moved while the message waited.
        moved = Where(row.platform, row.account, row.chat, message.where.thread)
        message = Outgoing(message.key, moved, message.blocks, message.buttons, language=message.language)
    return Delivery(row.id, row.epoch, row.chat, row.group, row.tries, row.strikes, message)

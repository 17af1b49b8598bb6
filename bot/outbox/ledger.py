"""One row for each message to one recipient.

pending    due at its time
sending    the request is being written; left like this by a crash, it may or may not have arrived
ambiguous  it may have arrived: sent once more after a while
sent, unreachable (nobody there), failed (the platform will not take it), unknown (it may have arrived and is not sent again: for staff
to see), cancelled (the conversation was cleared, the batch withdrawn), expired (past its use before its turn came)
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, assert_never

from sqlalchemy import ColumnElement, Integer, String, Update, bindparam, exists, func, literal_column, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Outgoing, Where
from bot.core.platform import Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear
from bot.storage import conversations, vault
from bot.storage.given import as_rows, given
from bot.storage.prepared import Prepared
from bot.storage.retention import Passing
from bot.storage.tables import Batch, Outbox
from bot.storage.types import Serial
from bot.storage.upsert import Put, insert_all, insert_new, insert_plain
from bot.storage.values import OUTGOING, to_json
from bot.storage.vault import Place

_outbox = Outbox.__table__
_batch = Batch.__table__

LEASE = timedelta(seconds=60)
RESEND = timedelta(minutes=10)
TRIES = 8
KEEP = timedelta(days=30)
"""Settled rows are kept this long as proof."""
FORMAT = "format: "
"""How the error begins of what no recipient could be sent: the message itself is at fault."""
WAITING = "wait: "
EVERYBODY = "wait, everybody: "
"""How the error begins of what the platform asked to wait with: with all to that chat, or with all there is."""
OPEN = ("pending", "sending", "ambiguous")
STATES = (*OPEN, "sent", "unreachable", "failed", "unknown", "cancelled", "expired")


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
    bulk: bool = False
    batch: str = ""
    hold: bool = False
    """When it may have arrived, it is not sent again."""


def in_state(state: str) -> ColumnElement[bool]:
    """Written out, so that SQLite finds the index of the rows in that state."""
    condition: ColumnElement[bool] = _outbox.c.state == literal_column(f"'{state}'")
    return condition


async def put(
    connection: AsyncConnection,
    message: Outgoing,
    *,
    group: bool,
    lane: str,
    now: datetime,
    hold: bool = False,
    expires_at: datetime | None = None,
) -> None:
    """Adds a message; one with the same key is there already and stays as it is."""
    row = await _row(connection, message, group=group, lane=lane, now=now)
    await insert_new(connection, _outbox, [row | {"hold": hold, "expires_at": expires_at}])


async def answered(connection: AsyncConnection, message: Outgoing, *, group: bool, now: datetime) -> Put:
    """An answer to be added like that."""
    return Put(_outbox, await _row(connection, message, group=group, lane="reply", now=now))


async def put_many(
    connection: AsyncConnection,
    messages: Sequence[tuple[Outgoing, bool]],
    *,
    lane: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """The same for many at once, each with whether it goes to a group."""
    rows = [await _row(connection, message, group=group, lane=lane, now=now) for message, group in messages]
    await insert_all(connection, _outbox, [row | {"expires_at": expires_at} for row in rows])


class Pointer(NamedTuple):
    """A message whose words many share: `letter` says where they stand."""

    key: str
    where: Where
    letter: str
    group: bool
    expires_at: datetime | None
    edit: str = ""


async def point(connection: AsyncConnection, pointers: Sequence[Pointer], now: datetime) -> None:
    """Rows of no batch whose words stand in `batches.share`."""
    shared = blank("", _NOWHERE, now)
    await insert_plain(connection, _outbox, [shared | _pointing(each) for each in pointers])


_NOWHERE = Where("", "", "")


def _pointing(to: Pointer) -> dict[str, Any]:
    return to.where.__dict__ | {
        "key": to.key,
        "group": to.group,
        "letter": to.letter,
        "edit": to.edit,
        "expires_at": to.expires_at,
    }


async def _row(connection: AsyncConnection, message: Outgoing, *, group: bool, lane: str, now: datetime) -> dict[str, Any]:
    body = await vault.seal(connection, place(message.key), to_json(OUTGOING, message), now)
    return blank(message.key, message.where, now) | {"group": group, "lane": lane, "body": body}


def blank(key: str, where: Where, now: datetime) -> dict[str, Any]:
    """A row of which nothing is said yet but where it goes."""
    place_of = {"platform": where.platform, "account": where.account, "chat": where.chat, "thread": where.thread}
    kind = {"group": False, "lane": "bulk", "batch": "", "letter": "", "edit": "", "hold": False, "body": ""}
    standing = {"state": "pending", "epoch": 0, "tries": 0, "strikes": 0, "message": "", "error": ""}
    return {"key": key} | place_of | kind | standing | {"due_at": now, "made_at": now, "expires_at": None}


async def give_up(connection: AsyncConnection, id: int, reason: str, now: datetime) -> None:
    """A row that cannot be sent fails before any try."""
    open_row = (_outbox.c.id == id, _outbox.c.state.in_(("pending", "ambiguous")))
    await connection.execute(update(_outbox).where(*open_row).values(state="failed", error=reason, settled_at=now))


async def claim(connection: AsyncConnection, found: Collection[Delivery], now: datetime) -> set[int]:
    """Marks the rows `sending`, to be committed before their requests are written. Returns those we got: others may have been quicker."""
    values = {"found": as_rows((each.id, each.epoch) for each in found), "until": now + LEASE}
    return {row.id for row in await _CLAIM.rows(connection, values)}


def claiming(engine: str) -> Update:
    found = given(engine, "found", {"id": Serial, "epoch": Integer()})
    running = exists().where(_batch.c.id == _outbox.c.batch, _batch.c.state == literal_column("'running'"))
    return (
        update(_outbox)
        .where(_outbox.c.id == found.c.id, _outbox.c.epoch == found.c.epoch, or_(in_state("pending"), in_state("ambiguous")))
        # They may have been read a while before: once a pause is written, nothing more is begun.
        .where(or_(_outbox.c.batch == literal_column("''"), running))
        .values(state=literal_column("'sending'"), epoch=_outbox.c.epoch + _ONE, tries=_outbox.c.tries + _ONE, lease_until=_UNTIL)
        .returning(_outbox.c.id)
    )


_ONE: ColumnElement[int] = literal_column("1", Integer())
_UNTIL = bindparam("until", type_=_outbox.c.lease_until.type)
_CLAIM = Prepared(claiming)


async def give_back(connection: AsyncConnection, claimed: Collection[Delivery]) -> None:
    """Claimed rows whose requests were not written are as they were; but not those that were taken over meanwhile."""
    states = {each.id: "ambiguous" if each.strikes else "pending" for each in claimed}
    values = [_held(each) | {"was": states[each.id], "tried": each.tries, "next": each.epoch + 2} for each in claimed]
    await connection.execute(_BACK, values)


_HELD = (_outbox.c.id == bindparam("row"), _outbox.c.epoch == bindparam("claim"), _outbox.c.state == "sending")
_BACK = update(_outbox).where(*_HELD).values(state=bindparam("was"), tries=bindparam("tried"), epoch=bindparam("next"), lease_until=None)


def sent_ones(engine: str) -> Update:
    sent = given(engine, "sent", {"id": Serial, "epoch": Integer(), "message": String()})
    at = bindparam("at", type_=_outbox.c.settled_at.type)
    return (
        update(_outbox)
        .where(_outbox.c.id == sent.c.id, _outbox.c.epoch == sent.c.epoch, in_state("sending"))
        .values(state=literal_column("'sent'"), message=sent.c.message, settled_at=at, body=_NOTHING, error=_NOTHING, lease_until=null())
    )


_NOTHING: ColumnElement[str] = literal_column("''", String())
_SENT = Prepared(sent_ones)


def _held(claimed: Delivery) -> dict[str, Any]:
    return {"row": claimed.id, "claim": claimed.epoch + 1}


async def settle_all(connection: AsyncConnection, landed: Sequence[tuple[Delivery, Outcome]], now: datetime) -> int:
    """Writes what became of claimed rows. Counts those that were taken over meanwhile: of them nothing is written."""
    sent = [(each, outcome.message) for each, outcome in landed if isinstance(outcome, Sent)]
    fenced = len(sent) - await _all_sent(connection, sent, now)
    for each, outcome in landed:
        if not isinstance(outcome, Sent) and not await settle(connection, each, outcome, now):
            fenced += 1
    return fenced


async def _all_sent(connection: AsyncConnection, sent: Sequence[tuple[Delivery, str]], now: datetime) -> int:
    """The usual case, many in one statement. The platform has the words now: the proof needs none of them."""
    if not sent:
        return 0
    rows = as_rows((each.id, each.epoch + 1, message) for each, message in sent)
    return await _SENT.run(connection, {"sent": rows, "at": now})


async def settle(connection: AsyncConnection, sent: Delivery, outcome: Outcome, now: datetime) -> bool:
    """Writes what became of a claimed row. False when the row was taken over meanwhile: then nothing is written."""
    values = _values(sent, outcome, now)
    if not (await connection.execute(update(_outbox).where(*_ours(sent)).values(lease_until=None, **values))).rowcount:
        return False
    match outcome:
        case Gone(reason):
            await conversations.deactivate(connection, sent.message.where)
            await _let_go(connection, sent.message.where, "unreachable", now, reason)
        case Moved(chat):
            await conversations.move_chat(connection, sent.message.where, chat, now)
        case Refused(reason, format=True) if sent.batch:
            await _stop_batch(connection, sent.batch, FORMAT + reason)
        case _:
            pass
    return True


def _ours(claimed: Delivery) -> tuple[ColumnElement[bool], ...]:
    return _outbox.c.id == claimed.id, _outbox.c.epoch == claimed.epoch + 1, _outbox.c.state == "sending"


async def _stop_batch(connection: AsyncConnection, id: str, reason: str) -> None:
    """What is wrong with the message itself would be wrong for everybody."""
    await connection.execute(update(_batch).where(_batch.c.id == id, _batch.c.state == "running").values(state="paused", reason=reason))


def _values(sent: Delivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Sent(message):
            # The platform has the words now, or the web chat's own table: the proof needs none of them.
            return {"state": "sent", "message": message, "body": "", "settled_at": now, "error": ""}
        case Gone(reason):
            return {"state": "unreachable", "body": "", "settled_at": now, "error": reason}
        case Refused(reason, format):
            return {"state": "failed", "settled_at": now, "error": (FORMAT if format else "") + reason}
        case Unclear(reason):
            return _struck(sent.strikes, sent.hold, now) | {"error": reason}
        case Moved(chat):
            return {"state": "pending", "chat": chat, "due_at": now}
        case Locked(reason):
            return {"state": "pending", "tries": sent.tries, "due_at": now, "error": reason}
        case Later(reason, after, everybody):
            if after is not None:
                # Asked to wait, and we do: that is no failure of the message.
                asked = (EVERYBODY if everybody else WAITING) + reason
                return {"state": "pending", "tries": sent.tries, "due_at": now + after, "error": asked}
            if sent.tries + 1 >= TRIES:
                return {"state": "failed", "settled_at": now, "error": reason}
            return {"state": "pending", "due_at": now + _backoff(sent.tries), "error": reason}
        case _:
            assert_never(outcome)


def _struck(strikes: int, hold: bool, now: datetime) -> dict[str, Any]:
    if strikes or hold:
        return {"state": "unknown", "strikes": strikes + 1, "settled_at": now}
    return {"state": "ambiguous", "strikes": 1, "due_at": now + RESEND}


def _backoff(tries: int) -> timedelta:
    """1, 5, 25, 125 seconds, then 10 minutes: an outage of half an hour loses no answer."""
    return timedelta(seconds=min(600.0, 5.0**tries) * random.uniform(0.7, 1.3))


async def recover(connection: AsyncConnection, platform: str, account: str, now: datetime, *, all_rows: bool) -> int:
    """Rows left in the middle of sending become ambiguous, or unknown the second time.

    `all_rows`: a new sender has begun, whatever is `sending` is nobody's; else only rows whose lease has ended.
    """
    query = select(_outbox.c.id, _outbox.c.strikes, _outbox.c.epoch, _outbox.c.hold)
    query = query.where(_outbox.c.platform == platform, _outbox.c.account == account, in_state("sending"))
    if not all_rows:
        query = query.where(or_(_outbox.c.lease_until.is_(None), _outbox.c.lease_until <= now))
    rows = (await connection.execute(query)).all()
    left = {"lease_until": None, "error": "left in the middle of sending"}
    for row in rows:
        values = _struck(row.strikes, row.hold, now) | left | {"epoch": row.epoch + 1}
        await connection.execute(update(_outbox).where(_outbox.c.id == row.id, _outbox.c.epoch == row.epoch).values(**values))
    return len(rows)


async def halts(connection: AsyncConnection, platform: str, account: str, now: datetime) -> dict[str, timedelta]:
    """What the platform has asked a sender before us to wait with, and how long that lasts: chats, and "" for all there is."""
    here = (_outbox.c.platform == platform, _outbox.c.account == account, in_state("pending"), _outbox.c.due_at > now)
    query = select(_outbox.c.chat, _outbox.c.due_at, _outbox.c.error).where(*here, _outbox.c.error.like("wait%")).order_by(_outbox.c.due_at)
    rows = (await connection.execute(query)).all()
    return {"" if row.error.startswith(EVERYBODY) else row.chat: row.due_at - now for row in rows}


async def counts(connection: AsyncConnection) -> dict[str, int]:
    """Rows by state."""
    # No GROUP BY: SQLite would sort a million rows in memory for it, 46 MB.
    each = (func.count().filter(_outbox.c.state == state) for state in STATES)
    numbers = (await connection.execute(select(*each))).one()
    return {state: int(number) for state, number in zip(STATES, numbers, strict=True) if number}


async def is_open(connection: AsyncConnection, platform: str, account: str) -> bool:
    """Whether anything is on its way there."""
    here = (_outbox.c.platform == platform, _outbox.c.account == account)
    for state in ("pending", "sending"):
        if (await connection.execute(select(_outbox.c.id).where(*here, in_state(state)).limit(1))).first() is not None:
            return True
    return False


async def withdraw(connection: AsyncConnection, where: Where, now: datetime) -> None:
    """Nothing more goes to that chat, and what waited is let go."""
    await _let_go(connection, where, "cancelled", now)


async def withdraw_batch(connection: AsyncConnection, id: str, where: Where, now: datetime) -> None:
    """Nothing more of that batch goes to that chat: somebody unsubscribed before it was their turn."""
    await _let_go(connection, where, "cancelled", now, batch=id)


async def _let_go(connection: AsyncConnection, where: Where, state: str, now: datetime, error: str = "", batch: str | None = None) -> None:
    here = [_outbox.c.platform == where.platform, _outbox.c.account == where.account, _outbox.c.chat == where.chat]
    if batch is not None:
        here.append(_outbox.c.batch == batch)
    values = {"state": state, "body": "", "settled_at": now, "error": error}
    for lane in ("reply", "bulk"):
        await connection.execute(update(_outbox).where(*here, _outbox.c.lane == lane, in_state("pending")).values(**values))
    await connection.execute(update(_outbox).where(*here, in_state("ambiguous")).values(**values))


def passing(now: datetime) -> list[Passing]:
    return [Passing(_outbox, _outbox.c.settled_at < now - KEEP)]


def place(key: str) -> Place:
    return Place("outbox", "body", key)

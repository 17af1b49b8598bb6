"""How the outbox stands: figures for operators, and what staff should be told without asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Text
from bot.outbox import instance, ledger, troubles
from bot.outbox.ledger import in_state
from bot.outbox.troubles import Trouble
from bot.storage import inbox
from bot.storage.tables import Batch, Outbox

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_batch = Batch.__table__  # type: ignore[attr-defined]

SLOW = timedelta(minutes=5)
"""An answer that waits so long is told to staff."""
LAST = timedelta(hours=24)
"""Messages whose fate nobody knows are told for so long; the list keeps them."""


@dataclass(frozen=True)
class Paused:
    batch: str
    reason: str


@dataclass(frozen=True)
class Stats:
    counts: dict[str, int]
    """Messages by state."""
    oldest_reply: timedelta | None
    """How long the oldest answer has been due; None: none is."""
    oldest_bulk: timedelta | None
    """The same of what goes to many, without what is paused."""
    paused: str
    """Why nothing at all is sent; "" when all is."""
    batches: tuple[Paused, ...]
    troubles: tuple[Trouble, ...]
    events_open: int
    events_dead: int
    unknown_lately: int

    def plain(self) -> dict[str, Any]:
        """For a program to read."""
        return {
            "messages": self.counts,
            "oldest_reply_seconds": _seconds(self.oldest_reply),
            "oldest_bulk_seconds": _seconds(self.oldest_bulk),
            "paused": self.paused,
            "paused_batches": {each.batch: each.reason for each in self.batches},
            "troubles": {each.name: f"{each.state}: {each.reason}" for each in self.troubles},
            "events_open": self.events_open,
            "events_dead": self.events_dead,
            "unknown_lately": self.unknown_lately,
        }


@dataclass(frozen=True)
class Unknown:
    """A message of which nobody can say whether it arrived, or which failed."""

    id: int
    state: str
    key: str
    platform: str
    chat: str
    batch: str
    at: datetime
    error: str


async def stats(connection: AsyncConnection, now: datetime) -> Stats:
    paused = (await connection.execute(select(_batch.c.id, _batch.c.reason).where(_batch.c.state == "paused"))).all()
    return Stats(
        counts=await ledger.counts(connection),
        oldest_reply=await _oldest(connection, "reply", now),
        oldest_bulk=await _oldest(connection, "bulk", now),
        paused=await instance.why_paused(connection),
        batches=tuple(Paused(row.id, row.reason) for row in paused),
        troubles=tuple(await troubles.all_of(connection)),
        events_open=await inbox.count_state(connection, "new"),
        events_dead=await inbox.count_state(connection, "dead"),
        unknown_lately=await _count_unknown(connection, now - LAST),
    )


async def _oldest(connection: AsyncConnection, lane: str, now: datetime) -> timedelta | None:
    running = or_(_outbox.c.batch == "", _outbox.c.batch.in_(select(_batch.c.id).where(_batch.c.state == "running")))
    query = select(func.min(_outbox.c.due_at)).where(in_state("pending"), _outbox.c.lane == lane, running)
    since = (await connection.execute(query)).scalar()
    return None if since is None or since > now else now - since


async def _count_unknown(connection: AsyncConnection, since: datetime) -> int:
    query = select(func.count()).where(_outbox.c.state == "unknown", _outbox.c.settled_at >= since)
    return int((await connection.execute(query)).scalar_one())


async def alerts(connection: AsyncConnection, now: datetime) -> list[Text]:
    """What staff should hear of, in words; nothing when all is well."""
    found = await stats(connection, now)
    told = [Text("alert-outbox-paused", {"reason": found.paused})] if found.paused else []
    if found.oldest_reply is not None and found.oldest_reply > SLOW and not found.paused:
        told.append(Text("alert-outbox-slow", {"minutes": int(found.oldest_reply / timedelta(minutes=1))}))
    told += [Text("alert-batch-paused", {"batch": each.batch, "reason": each.reason}) for each in found.batches]
    told += [
        Text("alert-trouble", {"name": each.name, "reason": each.reason or each.state, "since": each.since}) for each in found.troubles
    ]
    if found.unknown_lately:
        told.append(Text("alert-unknown", {"count": found.unknown_lately}))
    return told


async def unknown(connection: AsyncConnection, limit: int = 100, states: Sequence[str] = ("unknown",)) -> list[Unknown]:
    """The latest first."""
    query = select(_outbox).where(_outbox.c.state.in_(tuple(states))).order_by(_outbox.c.settled_at.desc(), _outbox.c.id).limit(limit)
    return [
        Unknown(row.id, row.state, row.key, row.platform, row.chat, row.batch, row.settled_at, row.error)
        for row in await connection.execute(query)
    ]


async def resend(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> int:
    """Sends messages once more whose fate is unknown, or that failed. Returns how many.

    Somebody decided it, knowing that they may arrive twice."""
    values = {"state": "pending", "tries": 0, "strikes": 0, "due_at": now, "settled_at": None, "expires_at": None, "error": ""}
    whole = or_(_outbox.c.body != "", _outbox.c.letter != "")
    mine = (_outbox.c.id.in_(tuple(ids)), _outbox.c.state.in_(("unknown", "failed")), whole)
    result = await connection.execute(update(_outbox).where(*mine).values(epoch=_outbox.c.epoch + 1, **values))
    await _reopen(connection, ids)
    return int(result.rowcount)


async def _reopen(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """A finished batch with an open row is not finished."""
    mine = select(_outbox.c.batch).where(_outbox.c.id.in_(tuple(ids)), _outbox.c.batch != "")
    over = (_batch.c.id.in_(mine), _batch.c.state == "finished")
    await connection.execute(update(_batch).where(*over).values(state="running", ended_at=None))


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds(), 1)

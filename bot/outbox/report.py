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

_outbox = Outbox.__table__
_batch = Batch.__table__

SLOW = timedelta(minutes=5)
"""An answer that waits so long is told to staff."""
LASTS = timedelta(minutes=1)
"""A trouble over by then was none: a restart overlaps, a network blinks."""
LAST = timedelta(hours=24)
"""Messages whose fate nobody knows are told for so long; the list keeps them."""

QUIET, BY_STAFF = "quiet", "staff"
"""Why a batch may be paused without any trouble: its hours, or a person."""
KINDS = ("paused", "slow", "batch", "trouble", "unknown")
POLL = ("conflict", "locked", "offline", "stalled")
"""What may keep us from hearing a platform."""


@dataclass(frozen=True)
class Paused:
    batch: str
    reason: str


@dataclass(frozen=True)
class Alert:
    """Something staff are told of once, and once more when it is over. Ours are of the kinds `KINDS`; packages above have their own."""

    name: str
    """The same as long as it is the same trouble."""
    text: Text
    count: int = 1
    """How many it is about: ten times as many are told anew."""
    look: tuple[str, Text] | None = None
    """A button that leads to it: the action, and its label."""

    @property
    def kind(self) -> str:
        return self.name.partition(":")[0]


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
    query = select(func.count()).where(in_state("unknown"), _outbox.c.settled_at >= since)
    return int((await connection.execute(query)).scalar_one())


async def alerts(connection: AsyncConnection, now: datetime) -> list[Alert]:
    """What staff should hear of; nothing when all is well. Counts no messages that are no trouble: they may be many."""
    paused = (await connection.execute(select(_batch.c.id, _batch.c.reason).where(_batch.c.state == "paused"))).all()
    return _alerts(
        await instance.why_paused(connection),
        await _oldest(connection, "reply", now),
        [Paused(row.id, row.reason) for row in paused],
        _lasting(await troubles.all_of(connection), now),
        await _count_unknown(connection, now - LAST),
    )


def alerts_of(found: Stats, now: datetime) -> list[Alert]:
    """The same, where the figures are there already."""
    return _alerts(found.paused, found.oldest_reply, found.batches, _lasting(found.troubles, now), found.unknown_lately)


def _lasting(found: Sequence[Trouble], now: datetime) -> list[Trouble]:
    return [trouble for trouble in found if now - trouble.since >= LASTS]


def _alerts(paused: str, oldest: timedelta | None, batches: Sequence[Paused], troubles: Sequence[Trouble], unknown: int) -> list[Alert]:
    told = [Alert("paused", Text("alert-outbox-paused", {"reason": paused}))] if paused else []
    # What nobody can send waits: that much is said by the trouble itself.
    blocked = paused or any(trouble.name.startswith("send:") for trouble in troubles)
    if oldest is not None and oldest > SLOW and not blocked:
        told.append(Alert("slow", Text("alert-outbox-slow", {"minutes": int(oldest / timedelta(minutes=1))})))
    told += [_of_batch(each) for each in batches if each.reason not in (QUIET, BY_STAFF)]
    told += [_of_trouble(each) for each in troubles]
    if unknown:
        told.append(Alert("unknown", Text("alert-unknown", {"count": unknown}), unknown))
    return told


def _of_batch(paused: Paused) -> Alert:
    number = paused.batch.removeprefix("notice:")
    return Alert(f"batch:{paused.batch}", Text("alert-batch-paused", {"batch": number, "reason": paused.reason}))


def _of_trouble(trouble: Trouble) -> Alert:
    work, _, account = trouble.name.partition(":")
    values: dict[str, str | datetime] = {"account": account, "reason": trouble.reason or trouble.state, "since": trouble.since}
    if work == "poll":
        state = trouble.state if trouble.state in POLL else "offline"
        return Alert(f"trouble:{trouble.name}", Text(f"alert-poll-{state}", values))
    return Alert(f"trouble:{trouble.name}", Text("alert-send-blocked", values))


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

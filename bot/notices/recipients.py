"""The rows of who was due to get a notice, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.notices.notice import Fate
from bot.notices.wishes import here
from bot.outbox import batches, ledger
from bot.storage.notice_tables import NoticeRecipient
from bot.storage.tables import Outbox

_recipient = NoticeRecipient.__table__

_outbox = Outbox.__table__

AT_ONCE = 1000
SETTLED = ("sent", "unreachable", "failed", "unknown", "cancelled", "expired")
_FATES = {"expired": Fate.FAILED.value}
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


async def next_due(connection: AsyncConnection, notice: int, after: int, limit: int) -> list[Any]:
    query = select(_recipient).where(_recipient.c.notice == notice, _recipient.c.number > after, _recipient.c.state == Fate.DUE.value)
    return list((await connection.execute(query.order_by(_recipient.c.number).limit(limit))).all())


async def put(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """What has been decided about many: each row names `id_` and what it is now."""
    if rows:
        names = ("state", "reason", "key", "language", "settled_at")
        statement = update(_recipient).where(_recipient.c.id == bindparam("id_")).values({name: bindparam(f"{name}_") for name in names})
        await connection.execute(statement, [{f"{name}_": row[name] for name in names} | {"id_": row["id"]} for row in rows])


async def mirror(connection: AsyncConnection) -> int:
    """Writes down what the outbox knows of some of those on their way: it forgets, and the ledger must not."""
    columns = (_recipient.c.id, _outbox.c.state, _outbox.c.error, _outbox.c.message, _outbox.c.settled_at)
    joined = _recipient.join(_outbox, _outbox.c.key == _recipient.c.key)
    # The states are written out: only so SQLite sees that the partial index fits.
    query = (
        select(*columns).select_from(joined).where(text("noticerecipient.state = 'queued'"), _outbox.c.state.in_(SETTLED)).limit(AT_ONCE)
    )
    rows = (await connection.execute(query)).all()
    if rows:
        names = ("state", "reason", "message", "settled_at")
        statement = update(_recipient).where(_recipient.c.id == bindparam("id_")).values({name: bindparam(f"{name}_") for name in names})
        fates = [(row.id, _FATES.get(row.state, row.state), row.error, row.message, row.settled_at) for row in rows]
        await connection.execute(statement, [dict(zip(("id_", *(f"{name}_" for name in names)), fate, strict=True)) for fate in fates])
    return len(rows)


async def figures(connection: AsyncConnection, notice: int) -> dict[Fate, int]:
    query = select(_recipient.c.state, func.count()).where(_recipient.c.notice == notice).group_by(_recipient.c.state)
    return {Fate(state): int(count) for state, count in await connection.execute(query)}


async def live(connection: AsyncConnection, notice: int) -> dict[Fate, int]:
    """The same at this instant: with what the outbox knows already, and the next tick will write down."""
    found = await figures(connection, notice)
    progress = await batches.progress(connection, batch_of(notice))
    settled: dict[Fate, int] = {}
    for state, count in (progress.counts if progress else {}).items():
        if state in SETTLED:
            fate = Fate(_FATES.get(state, state))
            settled[fate] = settled.get(fate, 0) + count
    for fate, count in settled.items():
        news = min(max(0, count - found.get(fate, 0)), found.get(Fate.QUEUED, 0))
        found[fate] = found.get(fate, 0) + news
        found[Fate.QUEUED] = found.get(Fate.QUEUED, 0) - news
    return found


async def end(connection: AsyncConnection, notice: int, states: Collection[Fate], reason: str, now: datetime) -> None:
    """Those of a cancelled notice that had no message yet."""
    mine = (_recipient.c.notice == notice, _recipient.c.state.in_([state.value for state in states]))
    await connection.execute(update(_recipient).where(*mine).values(state=Fate.CANCELLED.value, reason=reason, settled_at=now))


async def is_open(connection: AsyncConnection, notice: int, batch: str) -> bool:
    """Whether anybody of the batch itself is still due or on the way; those of the weekly digest have their own time."""
    mine = or_(_recipient.c.state == Fate.DUE.value, (_recipient.c.state == Fate.QUEUED.value) & _recipient.c.key.like(f"{batch}:%"))
    return (await connection.execute(select(_recipient.c.id).where(_recipient.c.notice == notice, mine).limit(1))).first() is not None


async def withdraw(connection: AsyncConnection, where: Where, now: datetime) -> None:
    """Somebody wants no more notices: what waits for them is let go."""
    rows = (
        await connection.execute(select(_recipient).where(*here(_recipient, where), _recipient.c.state.in_(("queued", "weekly"))))
    ).all()
    for row in rows:
        if row.state == Fate.QUEUED.value:
            await ledger.withdraw_batch(connection, batch_of(row.notice), where, now)
        else:
            values = {"state": Fate.SKIPPED.value, "reason": "unsubscribed", "settled_at": now}
            await connection.execute(update(_recipient).where(_recipient.c.id == row.id).values(**values))


def batch_of(notice: int) -> str:
    return f"notice:{notice}"

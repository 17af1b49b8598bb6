"""Who did what, written once and never changed: each entry holds the hash of the one before. People stand in it by pseudonym only."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.storage.types import Row, Serial, instant


class AuditEntry(Row, table=True):
    """Triggers refuse to change or delete a row. Nothing of a person's own words belongs here: it could never be deleted."""

    number: int = Field(sa_column=Column(Serial, primary_key=True, autoincrement=False))
    at: datetime = instant()
    actor: str
    """`staff:3`, `person:<subject>`, `operator`, `service`"""
    action: str
    object: str = ""
    detail: str = ""
    """A reason or a count; no personal data."""
    previous: str
    hash: str


_audit = AuditEntry.__table__

BEGINNING = "0" * 64
_AT_ONCE = 1000


@dataclass(frozen=True)
class Verdict:
    """The chain as far as it holds. `broken` is the number of the first entry that does not fit; 0: all do."""

    entries: int
    head: str
    broken: int = 0


async def append(connection: AsyncConnection, *, at: datetime, actor: str, action: str, object: str = "", detail: str = "") -> None:
    """In the transaction of the act itself: there is no act without its entry, and no entry without its act."""
    if connection.dialect.name != "sqlite":
        # SQLite has one writer at a time. Elsewhere two would follow the same entry.
        await connection.execute(text("lock table auditentry in exclusive mode"))
    last = (await connection.execute(select(_audit.c.number, _audit.c.hash).order_by(_audit.c.number.desc()).limit(1))).first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    entry = {"number": number, "at": at, "actor": actor, "action": action, "object": object, "detail": detail, "previous": previous}
    await connection.execute(_audit.insert().values(**entry, hash=_hash(entry)))


async def verify(connection: AsyncConnection) -> Verdict:
    """Walks the whole chain. A cut-off end shows only against a head written down elsewhere."""
    number, head = 0, BEGINNING
    while rows := (await connection.execute(_after(number))).all():
        for row in rows:
            entry = dict(row._mapping)
            if row.number != number + 1 or row.previous != head or _hash(entry) != row.hash:
                return Verdict(number, head, broken=number + 1)
            number, head = row.number, row.hash
    return Verdict(number, head)


async def head(connection: AsyncConnection, before: datetime) -> Verdict:
    """The last entry made before that instant: to be written down where the database's keeper cannot change it."""
    query = select(_audit.c.number, _audit.c.hash).where(_audit.c.at < before).order_by(_audit.c.number.desc()).limit(1)
    row = (await connection.execute(query)).first()
    return Verdict(row.number, row.hash) if row else Verdict(0, BEGINNING)


async def about(connection: AsyncConnection, actor: str) -> list[dict[str, Any]]:
    """What one actor did, for the person to see."""
    query = select(_audit.c.at, _audit.c.action, _audit.c.object).where(_audit.c.actor == actor).order_by(_audit.c.number)
    return [{"at": row.at.isoformat(), "action": row.action, "object": row.object} for row in await connection.execute(query)]


async def count(connection: AsyncConnection, actor: str, action: str, since: datetime) -> int:
    """How often one actor did that since then."""
    here = (_audit.c.actor == actor, _audit.c.action == action, _audit.c.at > since)
    return int((await connection.execute(select(func.count()).where(*here))).scalar_one())


def _after(number: int) -> Any:
    return select(_audit).where(_audit.c.number > number).order_by(_audit.c.number).limit(_AT_ONCE)


def _hash(entry: dict[str, Any]) -> str:
    told = [entry[name] for name in ("number", "actor", "action", "object", "detail", "previous")]
    whole = json.dumps([*told, entry["at"].astimezone(UTC).isoformat()], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()

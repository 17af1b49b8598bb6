"""One-time codes that hand something over: a staff account, an application, a second platform, a form on the web."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.storage.types import Row, instant
from bot.storage.upsert import insert_new


class TransferCode(Row, table=True):
    """Only the hash of the code: whoever reads the table cannot use it."""

    digest: str = Field(primary_key=True)
    purpose: str
    data: str
    """On what: the id of a staff account, an application, a subject."""
    made_at: datetime = instant()
    expires_at: datetime = instant(index=True)
    used_at: datetime | None = instant(default=None, nullable=True)


class TransferAttempt(Row, table=True):
    """How often somebody gave a wrong code lately."""

    who: str = Field(primary_key=True)
    wrong: int
    since: datetime = instant()


_code = TransferCode.__table__
_attempt = TransferAttempt.__table__

BYTES = 18
TERM = timedelta(minutes=10)
WRONG = 5
PAUSE = timedelta(hours=1)
"""So many wrong codes in so long, and no code of theirs counts until it is over."""


class Purpose(StrEnum):
    STAFF = "staff"
    COLLEAGUE = "colleague"
    PLATFORM = "platform"
    WEB_FORM = "web-form"
    SHEET = "sheet"
    """An application to print."""
    FILE = "file"
    """A file of an application, for who reviews it."""
    EXPORT = "export"
    """A table of applications, for who exports it."""
    NOTICE = "notice"
    """A reviewer's approval, to be given at the command line."""


@dataclass(frozen=True)
class Redeemed:
    """The code was good; `data` is on what. It is used up now."""

    data: str


class Refusal(StrEnum):
    UNKNOWN = "unknown"
    """Never made, meant for something else, or gone."""
    EXPIRED = "expired"
    USED = "used"
    TOO_MANY = "too-many"
    """Wrong codes; theirs is not even looked at."""


async def make(connection: AsyncConnection, purpose: Purpose, data: str, now: datetime, term: timedelta = TERM) -> str:
    """A new code. Earlier ones for the same are void."""
    here = (_code.c.purpose == purpose.value, _code.c.data == data, _code.c.used_at.is_(None))
    await connection.execute(delete(_code).where(*here))
    code = secrets.token_urlsafe(BYTES)
    row = {"digest": _digest(code), "purpose": purpose.value, "data": data, "made_at": now, "expires_at": now + term}
    await connection.execute(_code.insert().values(**row))
    return code


async def look(
    connection: AsyncConnection, purposes: Collection[Purpose], code: str, who: str, now: datetime
) -> tuple[Purpose, str] | Refusal:
    """What a code is for and on what, without using it up. A refusal is counted as `redeem` counts it."""
    if await _wrong(connection, who, now) >= WRONG:
        return Refusal.TOO_MANY
    wanted = [purpose.value for purpose in purposes]
    found = (await connection.execute(select(_code).where(_code.c.digest == _digest(code), _code.c.purpose.in_(wanted)))).first()
    refusal = _refusal(found, now)
    if refusal is None and found is not None:
        return Purpose(found.purpose), str(found.data)
    await _count(connection, who, now)
    return refusal or Refusal.UNKNOWN


async def redeem(connection: AsyncConnection, purpose: Purpose, code: str, who: str, now: datetime) -> Redeemed | Refusal:
    """Uses the code up. A refusal is a result and no exception: the attempt must be committed and counted."""
    if await _wrong(connection, who, now) >= WRONG:
        return Refusal.TOO_MANY
    found = await follow(connection, purpose, code, now)
    if isinstance(found, Refusal):
        await _count(connection, who, now)
    return found


async def follow(connection: AsyncConnection, purpose: Purpose, code: str, now: datetime) -> Redeemed | Refusal:
    """The same for a code that a link carries: nobody is known who could be counted, and it is too long to be guessed."""
    found = (await connection.execute(select(_code).where(_code.c.digest == _digest(code), _code.c.purpose == purpose.value))).first()
    refusal = _refusal(found, now)
    if refusal is None and found is not None:
        mine = update(_code).where(_code.c.digest == found.digest, _code.c.used_at.is_(None)).values(used_at=now)
        return Redeemed(found.data) if (await connection.execute(mine)).rowcount else Refusal.USED
    return refusal or Refusal.UNKNOWN


def _refusal(found: Any, now: datetime) -> Refusal | None:
    if found is None:
        return Refusal.UNKNOWN
    if found.used_at is not None:
        return Refusal.USED
    return Refusal.EXPIRED if found.expires_at <= now else None


async def _wrong(connection: AsyncConnection, who: str, now: datetime) -> int:
    query = select(_attempt.c.wrong).where(_attempt.c.who == who, _attempt.c.since > now - PAUSE)
    return int((await connection.execute(query)).scalar() or 0)


async def _count(connection: AsyncConnection, who: str, now: datetime) -> None:
    await connection.execute(delete(_attempt).where(_attempt.c.who == who, _attempt.c.since <= now - PAUSE))
    await insert_new(connection, _attempt, [{"who": who, "wrong": 0, "since": now}])
    await connection.execute(update(_attempt).where(_attempt.c.who == who).values(wrong=_attempt.c.wrong + 1))


async def withdraw(connection: AsyncConnection, data: str) -> None:
    """Every open code for that is void."""
    await connection.execute(delete(_code).where(_code.c.data == data, _code.c.used_at.is_(None)))


async def forget(connection: AsyncConnection, now: datetime) -> int:
    codes = await connection.execute(delete(_code).where(_code.c.expires_at < now - timedelta(days=1)))
    await connection.execute(delete(_attempt).where(_attempt.c.since <= now - PAUSE))
    return int(codes.rowcount)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()

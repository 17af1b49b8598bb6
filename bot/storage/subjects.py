"""Whose data it is: a person, on every platform they linked. Each subject has a key of its own."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
import secrets
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.storage import keys
from bot.storage.keys import SealingKey, keys_of
from bot.storage.types import Row, instant
from bot.storage.upsert import insert_new


class SubjectLink(Row, table=True):
    """Somebody on a platform is that subject. The subject's id is random: without this row it is a pseudonym."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    subject: str = Field(index=True)
    at: datetime = instant()


_link = SubjectLink.__table__
_key = SealingKey.__table__


async def of(connection: AsyncConnection, platform: str, user: str) -> str:
    """The subject somebody acts for; "" when there is none."""
    query = select(_link.c.subject).where(_link.c.platform == platform, _link.c.user == user)
    return str((await connection.execute(query)).scalar() or "")


def acted_for(platform: str, user: str) -> Select[tuple[str]]:
    """The same within another query."""
    return select(_link.c.subject).where(_link.c.platform == platform, _link.c.user == user)


async def begun(connection: AsyncConnection, platform: str, user: str, now: datetime) -> str:
    """The subject somebody acts for; a new one, with its key, when there is none."""
    subject = secrets.token_hex(12)
    row = {"platform": platform, "user": user, "subject": subject, "at": now}
    if not await insert_new(connection, _link, [row]):
        return await of(connection, platform, user)
    await connection.execute(_key.insert().values(keys_of(connection).new(keys.of_subject(subject), now)))
    return subject


async def link(connection: AsyncConnection, subject: str, platform: str, user: str, now: datetime) -> bool:
    """The same person on another platform. False when they are known there as somebody else already."""
    await insert_new(connection, _link, [{"platform": platform, "user": user, "subject": subject, "at": now}])
    return await of(connection, platform, user) == subject


async def join(connection: AsyncConnection, gone: str, subject: str) -> None:
    """Whoever acted for the one acts for the other. The first one's key goes: all it locked must have been locked anew."""
    await connection.execute(update(_link).where(_link.c.subject == gone).values(subject=subject))
    await keys.destroy(connection, gone)


async def unlink(connection: AsyncConnection, platform: str, user: str) -> None:
    await connection.execute(delete(_link).where(_link.c.platform == platform, _link.c.user == user))


async def people(connection: AsyncConnection, subject: str) -> list[tuple[str, str]]:
    """Every platform and user under which the person is known, the oldest first."""
    query = select(_link.c.platform, _link.c.user).where(_link.c.subject == subject).order_by(_link.c.at)
    return [(row.platform, row.user) for row in await connection.execute(query)]


def reference(subject: str) -> str:
    """How the audit log names a subject: what remains of it when the person is deleted."""
    return f"person:{subject}"

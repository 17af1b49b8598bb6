"""The keys that lock values: one for each subject, and some for each month of what passes. A key destroyed takes its values along."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.core.errors import ConfigurationError, ZhiceError
from bot.storage.master import Master, lost
from bot.storage.types import Row, instant
from bot.storage.upsert import insert_new


class SealingKey(Row, table=True):
    """A key, locked by the master key. The row is all there is of it: deleted, its values can never be read again."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    """`subject:<id>`, or a service's own: `words:2026-11`, `offers:2026-11`, `questions:2026-11`, `index`."""
    master: str
    """Name of the master key that locks it."""
    locked: str
    made_at: datetime = instant()


_keys = SealingKey.__table__

WORDS = "words"
"""What passes through: messages and earlier questions."""
OFFERS = "offers"
"""What buttons stand for: somebody may find a reminder again long after its words are gone here."""
QUESTIONS = "questions"
"""Questions kept for staff."""
INDEX = "index"
"""For blind indexes; stays."""
KEEP = {WORDS: timedelta(days=40), OFFERS: timedelta(days=100), QUESTIONS: timedelta(days=370)}
"""After the month is over. Longer than anything the key locked is kept."""
AHEAD = timedelta(days=7)
"""The next month's key is made so early, so that no message waits for it."""


class KeyGone(ZhiceError):
    """The key was destroyed: so was the value."""


@dataclass(frozen=True)
class Key:
    id: str
    raw: bytes = field(repr=False)
    cipher: AESGCM = field(repr=False, compare=False)

    @classmethod
    def of(cls, id: str, raw: bytes) -> "Key":
        return cls(id, raw, AESGCM(raw))


class Keys:
    """Unlocked keys of the service, by name and id. Holds only committed ones: a key whose row was taken back must lock nothing."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self._by_name: dict[str, Key] = {}
        self._by_id: dict[str, Key] = {}

    async def load(self, connection: AsyncConnection) -> None:
        """Reads the service's keys anew, on a connection that sees committed rows only. Refuses another master key."""
        rows = (await connection.execute(select(_keys).where(_keys.c.name.not_like("subject:%")))).all()
        masters = (await connection.execute(select(_keys.c.master).distinct())).scalars().all()
        if unknown := sorted(name for name in masters if not self.master.knows(name)):
            raise ConfigurationError([lost(unknown)])
        found = {row.name: self._unlocked(row) for row in rows}
        self._by_name, self._by_id = found, {key.id: key for key in found.values()}

    def held(self, name: str) -> Key | None:
        return self._by_name.get(name)

    async def named(self, connection: AsyncConnection, name: str, now: datetime) -> Key:
        """The key of that name; made when there is none."""
        if key := self._by_name.get(name):
            return key
        await insert_new(connection, _keys, [self.new(name, now)])
        return self._unlocked((await connection.execute(select(_keys).where(_keys.c.name == name))).one())

    async def subject(self, connection: AsyncConnection, subject: str) -> Key:
        """Raises KeyGone when the subject was deleted: nothing may be sealed for it any more."""
        row = (await connection.execute(select(_keys).where(_keys.c.name == of_subject(subject)))).first()
        if row is None:
            raise KeyGone(subject)
        return self._unlocked(row)

    async def by_id(self, connection: AsyncConnection, id: str) -> Key:
        if key := self._by_id.get(id):
            return key
        row = (await connection.execute(select(_keys).where(_keys.c.id == id))).first()
        if row is None:
            raise KeyGone(id)
        return self._unlocked(row)

    def new(self, name: str, now: datetime) -> dict[str, Any]:
        """The row of a new key."""
        id = secrets.token_hex(8)
        master, locked = self.master.lock(secrets.token_bytes(32), f"{name}/{id}")
        return {"id": id, "name": name, "master": master, "locked": locked, "made_at": now}

    def unlocked(self, row: Mapping[str, Any]) -> Key:
        raw = self.master.unlock(row["master"], row["locked"], f"{row['name']}/{row['id']}")
        return Key.of(row["id"], raw)

    def _unlocked(self, row: Any) -> Key:
        return self.unlocked(dict(row._mapping))


def keys_of(connection: AsyncConnection | Connection) -> Keys:
    """The keys of the database this connection belongs to."""
    sync = connection.sync_connection if isinstance(connection, AsyncConnection) else connection
    keys: Keys = sync.get_execution_options()["keys"]  # type: ignore[union-attr]
    return keys


def of_subject(subject: str) -> str:
    return f"subject:{subject}"


def of_month(purpose: str, at: datetime) -> str:
    # Asked for every value that is sealed: the general way to write a date takes four times as long.
    return f"{purpose}:{at.year:04}-{at.month:02}"


async def prepare(connection: AsyncConnection, now: datetime) -> None:
    """Makes what this month and the beginning of the next one need."""
    keys = keys_of(connection)
    for name in (INDEX, *(of_month(purpose, at) for purpose in KEEP for at in (now, now + AHEAD))):
        await keys.named(connection, name, now)


async def forget(connection: AsyncConnection, now: datetime) -> int:
    """Destroys the keys of months whose words are past their time: what old pages and copies still hold stays unreadable."""
    names = (await connection.execute(select(_keys.c.name).where(_keys.c.name.not_like("subject:%")))).scalars().all()
    over = [name for name in names if _is_over(name, now)]
    await connection.execute(delete(_keys).where(_keys.c.name.in_(over)))
    return len(over)


def _is_over(name: str, now: datetime) -> bool:
    purpose, _, month = name.partition(":")
    if purpose not in KEEP:
        return False
    begun = datetime.strptime(f"{month}-01 +0000", "%Y-%m-%d %z")
    return (begun + timedelta(days=31)).replace(day=1) + KEEP[purpose] < now


async def destroy(connection: AsyncConnection, subject: str) -> None:
    """Nothing that was sealed for the subject can be read again, wherever copies of it lie."""
    await connection.execute(delete(_keys).where(_keys.c.name == of_subject(subject)))


async def relock(connection: AsyncConnection) -> int:
    """Locks every key with the first master key; values stay as they are. Returns how many were locked with another."""
    keys = keys_of(connection)
    rows = (await connection.execute(select(_keys).where(_keys.c.master != keys.master.current).with_for_update())).all()
    for row in rows:
        master, locked = keys.master.lock(keys.unlocked(dict(row._mapping)).raw, f"{row.name}/{row.id}")
        await connection.execute(update(_keys).where(_keys.c.id == row.id).values(master=master, locked=locked))
    return len(rows)

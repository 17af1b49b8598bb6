"""Pictures and files that go along with notices: a row names each, its bytes lie sealed in the folder of files."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.core.message import Enclosed
from bot.storage.files import Stored
from bot.storage.keys import Key, keys_of
from bot.storage.types import Row, instant
from bot.storage.vault import Place

KEY = "notices"
"""The service's own key that seals them; it stays."""


class Enclosure(Row, table=True):
    """What a notice encloses. The same bytes go to everybody, so they are kept once."""

    id: str = Field(primary_key=True)
    name: str
    kind: str
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    path: str
    """The file's name in the folder of files."""
    key: str
    """Id of the key that seals it."""
    made_at: datetime = instant()


_enclosure = Enclosure.__table__


async def key(connection: AsyncConnection, now: datetime) -> Key:
    """To be committed before anything is sealed with it."""
    return await keys_of(connection).named(connection, KEY, now)


async def put(connection: AsyncConnection, enclosed: Enclosed, stored: Stored, key: Key, now: datetime) -> None:
    said = {"id": enclosed.id, "name": enclosed.name, "kind": enclosed.kind, "size": stored.size, "sha256": stored.sha256}
    sides = {"width": enclosed.width, "height": enclosed.height}
    await connection.execute(insert(_enclosure).values(**said, **sides, path=stored.path, key=key.id, made_at=now))


async def find(connection: AsyncConnection, id: str) -> tuple[Enclosed, str, Key] | None:
    """Beside it, where its bytes lie and what opens them."""
    row = (await connection.execute(select(_enclosure).where(_enclosure.c.id == id))).first()
    return None if row is None else (_told(row), row.path, await keys_of(connection).by_id(connection, row.key))


async def forget(connection: AsyncConnection, used: Collection[str], before: datetime) -> int:
    """Those of drafts that went another way; their bytes go with the next sweep of the folder."""
    old = (await connection.execute(select(_enclosure.c.id).where(_enclosure.c.made_at < before))).scalars().all()
    unused = [id for id in old if id not in used]
    if unused:
        await connection.execute(delete(_enclosure).where(_enclosure.c.id.in_(unused)))
    return len(unused)


async def paths(connection: AsyncConnection) -> set[str]:
    return {str(path) for path in (await connection.execute(select(_enclosure.c.path))).scalars()}


def place(id: str) -> Place:
    """What the bytes are bound to."""
    return Place("enclosure", "bytes", id)


def _told(row: Any) -> Enclosed:
    return Enclosed(row.id, row.name, row.kind, row.size, row.sha256, row.width, row.height)

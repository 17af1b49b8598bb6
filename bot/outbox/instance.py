"""Whether this database may speak at all: a restored copy may not until somebody says that it is the one."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, exists, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.prepared import Prepared
from bot.storage.tables import Instance
from bot.storage.upsert import insert_new

_instance = Instance.__table__
_PAUSED = Prepared(select(_instance.c.paused))
SPEAKS: ColumnElement[bool] = ~exists().where(_instance.c.paused != literal_column("''"))
"""For those who ask for something else as well."""


async def why_paused(connection: AsyncConnection) -> str:
    """Why nothing is sent; "" when all is."""
    return str(row.paused) if (row := await _PAUSED.first(connection, {})) else ""


async def pause(connection: AsyncConnection, reason: str, now: datetime, *, copy: bool = False) -> None:
    """Nothing more is sent. `copy`: it is another instance from now on."""
    await insert_new(connection, _instance, [{"id": 1, "epoch": secrets.token_hex(8), "paused": "", "since": now}])
    values = {"paused": reason, "since": now} | ({"epoch": secrets.token_hex(8)} if copy else {})
    await connection.execute(update(_instance).values(**values))


async def resume(connection: AsyncConnection, now: datetime) -> str:
    """Sends again. Returns why it was paused, "" when it was not."""
    reason = await why_paused(connection)
    await connection.execute(update(_instance).values(paused="", since=now))
    return reason

"""Which programmes take no applications now, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import audit
from bot.storage.application_tables import ProgrammeSwitch
from bot.storage.upsert import insert_new

_switch = ProgrammeSwitch.__table__


async def off(connection: AsyncConnection) -> dict[str, str]:
    """Those switched off, each with the reason staff gave."""
    return {row.programme: row.reason for row in await connection.execute(select(_switch.c.programme, _switch.c.reason))}


async def switch_off(connection: AsyncConnection, programme: str, reason: str, actor: str, now: datetime) -> bool:
    """False when it is off already; then the earlier reason stays."""
    row = {"programme": programme, "reason": reason, "actor": actor, "off_at": now}
    if not await insert_new(connection, _switch, [row]):
        return False
    await audit.append(connection, at=now, actor=actor, action="programme-off", object=programme)
    return True


async def switch_on(connection: AsyncConnection, programme: str, actor: str, now: datetime) -> bool:
    """False when it is on already."""
    if not (await connection.execute(delete(_switch).where(_switch.c.programme == programme))).rowcount:
        return False
    await audit.append(connection, at=now, actor=actor, action="programme-on", object=programme)
    return True

"""What is past its time goes, a little at a time: looked for on a reading connection, deleted in steps too short to hold anybody up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Delete, Table, Update, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database

FOUND = 5_000
"""Keys looked for at a time."""
STEP = 100
"""Rows of one commit: a few milliseconds, in which nobody else writes to an SQLite file."""
PAUSE = 0.01
"""Seconds between two steps: answers come first."""
SPARE = 1_000
"""Free pages an SQLite file keeps for what comes next; beyond them and a quarter of the file they go back to the disk."""
PAGES = 200
"""Pages given back in one step."""


@dataclass(frozen=True)
class Passing:
    """Rows whose time is over. They are deleted; with `left`, they stay with these values."""

    table: Table
    over: ColumnElement[bool]
    left: Mapping[str, Any] | None = None


async def let_go(database: Database, passing: Iterable[Passing]) -> int:
    """All of them, in this order and in small steps. Returns how many rows."""
    return sum([await _let_go(database, each) for each in passing])


async def _let_go(database: Database, passing: Passing) -> int:
    count = 0
    while found := await _found(database, passing):
        for start in range(0, len(found), STEP):
            count += await database.write(partial(_step, passing=passing, keys=found[start : start + STEP]))
            await asyncio.sleep(PAUSE)
        if len(found) < FOUND:
            break
    return count


async def _found(database: Database, passing: Passing) -> list[tuple[Any, ...]]:
    query = select(*passing.table.primary_key).where(passing.over).limit(FOUND)
    async with database.read() as connection:
        return sorted(tuple(row) for row in await connection.execute(query))


async def _step(connection: AsyncConnection, passing: Passing, keys: Sequence[tuple[Any, ...]]) -> int:
    """Asks again whether their time is over: somebody may have come back meanwhile."""
    statement: Delete | Update = delete(passing.table)
    if passing.left is not None:
        statement = update(passing.table).values(**passing.left)
    return int((await connection.execute(statement.where(tuple_(*passing.table.primary_key).in_(keys), passing.over))).rowcount)


async def give_back(database: Database) -> int:
    """Free pages of an SQLite file that it will not need soon, back to the disk. Returns how many; PostgreSQL sees to its own."""
    count = 0
    while database.embedded and (given := await database.write(_give_back_some)):
        count += given
        await asyncio.sleep(PAUSE)
    return count


async def _give_back_some(connection: AsyncConnection) -> int:
    free = await _pragma(connection, "freelist_count")
    if free <= max(SPARE, await _pragma(connection, "page_count") // 4):
        return 0
    # By the driver's own hand: this statement works as far as its rows are fetched, and has no columns to fetch them by.
    driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.execute_fetchall(f"pragma incremental_vacuum({PAGES})")
    return free - await _pragma(connection, "freelist_count")


async def _pragma(connection: AsyncConnection, name: str) -> int:
    return int((await connection.exec_driver_sql(f"pragma {name}")).scalar_one())

"""Insert-or-change, as SQLite and PostgreSQL both spell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def _insert(connection: AsyncConnection, table: Table) -> Any:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts the rows whose keys are not there yet and counts them."""
    if not rows:
        return 0
    count = 0
    for row in rows:
        statement = _insert(connection, table).values(**row).on_conflict_do_nothing()
        # Without the option PostgreSQL's driver forgets the count once the new row's number has been fetched.
        result = await connection.execute(statement.execution_options(preserve_rowcount=True))
        count += max(result.rowcount, 0)
    return count


async def insert_all(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows whose keys are not there yet, many in one go, without counting them."""
    if rows:
        await connection.execute(_insert(connection, table).on_conflict_do_nothing(), list(rows))


async def upsert(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> None:
    """Writes the row whether or not its primary key is there."""
    keys = [column.name for column in table.primary_key]
    changes = {name: value for name, value in row.items() if name not in keys}
    statement = _insert(connection, table).values(**row)
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))

"""Insert-or-change, as SQLite and PostgreSQL both spell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.prepared import Prepared


def _insert(engine: str, table: Table) -> Any:
    # Nobody asks for the new row's number.
    return (sqlite.insert(table) if engine == "sqlite" else postgresql.insert(table)).inline()


async def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts the rows whose keys are not there yet and counts them."""
    return sum([await _unless_there(table, tuple(row)).run(connection, row) for row in rows])


async def insert_all(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows whose keys are not there yet, many in one go, without counting them."""
    if rows:
        await connection.execute(_insert(connection.dialect.name, table).on_conflict_do_nothing(), list(rows))


async def upsert(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> None:
    """Writes the row whether or not its primary key is there."""
    await _or_changed(table, tuple(row)).run(connection, row)


@cache
def _unless_there(table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda engine: _insert(engine, table).on_conflict_do_nothing(), _complete(table, columns))


@cache
def _or_changed(table: Table, columns: tuple[str, ...]) -> Prepared:
    keys = [column.name for column in table.primary_key]

    def written(engine: str) -> Insert:
        insert = _insert(engine, table)
        changes = {name: insert.excluded[name] for name in columns if name not in keys}
        changed: Insert = insert.on_conflict_do_update(index_elements=keys, set_=changes)
        return changed

    return Prepared(written, _complete(table, columns))


def _complete(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    """What only the toolkit would fill in must be given: here nobody does."""
    left = [column.name for column in table.columns if column.name not in columns and column.default is not None]
    assert not left, f"{table.name}: values needed for {left}"
    return columns

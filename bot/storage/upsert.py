"""Insert-or-change, as SQLite and PostgreSQL both spell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Dialect, Insert, Table, bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.prepared import Prepared, run_many


def insert_of(engine: str, table: Table) -> Any:
    """The engine's own insert, with what it says of conflicts. By name: the toolkit's other dialects need not be loaded."""
    return import_module(f"sqlalchemy.dialects.{engine}").insert(table)


def _insert(engine: str, table: Table) -> Any:
    # Nobody asks for the new row's number.
    return insert_of(engine, table).inline()


async def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts the rows whose keys are not there yet and counts them."""
    return sum([await _unless_there(table, tuple(row)).run(connection, row) for row in rows])


async def insert_numbered(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> int | None:
    """Inserts the row and gives its number; None when its key is there already."""
    found = await _numbered(table, tuple(row)).first(connection, row)
    return found.id if found else None


async def insert_all(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows whose keys are not there yet, many in one go, without counting them."""
    if rows:
        await connection.execute(_insert(connection.dialect.name, table).on_conflict_do_nothing(), list(rows))


async def insert_plain(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for thousands: the statement is put together once, and a value that stands in every row is turned into the driver's once."""
    if not rows:
        return
    statement, columns = _plain(connection.dialect, table, tuple(rows[0]))
    ready = zip(*(_turned(turn, [row[name] for row in rows]) for name, turn in columns.items()), strict=True)
    positional = connection.dialect.positional
    await run_many(connection, statement, list(ready) if positional else [dict(zip(columns, row, strict=True)) for row in ready])


_Turn = Callable[[Any], Any] | None


@cache
def _plain(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[str, dict[str, _Turn]]:
    """The statement, and its columns in the order of their places in it, each with what turns a value into the driver's."""
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    compiled = _insert(dialect.name, table).values(values).on_conflict_do_nothing().compile(dialect=dialect)
    order = getattr(compiled, "positiontup", None) or names
    return str(compiled), {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order}


def _turned(turn: _Turn, values: list[Any]) -> list[Any]:
    if turn is None:
        return values
    known = {value: turn(value) for value in set(values)}
    return [known[value] for value in values]


async def upsert(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> None:
    """Writes the row whether or not its primary key is there."""
    await _or_changed(table, tuple(row)).run(connection, row)


async def count(connection: AsyncConnection, table: Table, row: Mapping[str, Any], column: str) -> None:
    """Writes the row, or where its primary key is there already adds one to that column."""
    await _or_counted(table, tuple(row), column).run(connection, row)


@cache
def _unless_there(table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda engine: _insert(engine, table).on_conflict_do_nothing(), _complete(table, columns))


@cache
def _numbered(table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda engine: _insert(engine, table).on_conflict_do_nothing().returning(table.c.id), _complete(table, columns))


@cache
def _or_changed(table: Table, columns: tuple[str, ...]) -> Prepared:
    keys = [column.name for column in table.primary_key]

    def written(engine: str) -> Insert:
        insert = _insert(engine, table)
        changes = {name: insert.excluded[name] for name in columns if name not in keys}
        changed: Insert = insert.on_conflict_do_update(index_elements=keys, set_=changes)
        return changed

    return Prepared(written, _complete(table, columns))


@cache
def _or_counted(table: Table, columns: tuple[str, ...], counted: str) -> Prepared:
    keys, more = [column.name for column in table.primary_key], {counted: table.c[counted] + 1}
    return Prepared(lambda engine: _insert(engine, table).on_conflict_do_update(index_elements=keys, set_=more), _complete(table, columns))


def _complete(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    """What only the toolkit would fill in must be given: here nobody does."""
    left = [column.name for column in table.columns if column.name not in columns and column.default is not None]
    assert not left, f"{table.name}: values needed for {left}"
    return columns

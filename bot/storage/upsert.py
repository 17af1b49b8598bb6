"""Insert-or-change, as SQLite and PostgreSQL both spell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import CTE, ClauseElement, Dialect, Insert, Integer, Select, Table, bindparam, exists, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.prepared import Prepared, run_each, run_many


def insert_of(engine: str, table: Table) -> Any:
    """The engine's own insert, with what it says of conflicts. By name: the toolkit's other dialects need not be loaded."""
    return import_module(f"sqlalchemy.dialects.{engine}").insert(table)


def _insert(engine: str, table: Table) -> Any:
    # Nobody asks for the new row's number.
    return insert_of(engine, table).inline()


async def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts the rows whose keys are not there yet and counts them."""
    return sum(await run_each(connection, [(_put(Put(table, row).shape), row) for row in rows]))


async def insert_numbered(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int | None]:
    """Inserts the rows, all of the same columns, and gives their numbers; None for one whose key is there already."""
    found = await _numbered(table, tuple(rows[0])).first_of_each(connection, rows) if rows else []
    return [row.id if row else None for row in found]


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
    await put(connection, [written(table, row)])


@dataclass(frozen=True)
class Put:
    """A row to be written, and what happens where its key is there already: these columns change, that one counts on, or nothing does."""

    table: Table
    row: Mapping[str, Any]
    changes: tuple[str, ...] = ()
    counts: str = ""

    @property
    def shape(self) -> _Shape:
        return self.table, tuple(self.row), self.changes, self.counts


_Shape = tuple[Table, tuple[str, ...], tuple[str, ...], str]


def written(table: Table, row: Mapping[str, Any]) -> Put:
    """It stands there afterwards as it is given."""
    keys = table.primary_key.columns
    return Put(table, row, tuple(name for name in row if name not in keys))


async def put(connection: AsyncConnection, puts: Sequence[Put]) -> None:
    await run_each(connection, [(_put(each.shape), each.row) for each in puts])


async def put_after(connection: AsyncConnection, first: Prepared, values: Mapping[str, Any], puts: Sequence[Put]) -> bool:
    """Where the first statement touches a row, and only there, the others are written, in order. On a server all of it is one statement.

    None of them sees what the others do: no two may change the same row.
    """
    if connection.dialect.name == "sqlite":
        # Here a statement costs some microseconds, and there is no wire.
        if not await first.run(connection, values):
            return False
        await put(connection, puts)
        return True
    alike: dict[_Shape, list[Mapping[str, Any]]] = {}
    for each in puts:
        alike.setdefault(each.shape, []).append(each.row)
    given = {_name(at, number, name): value for at, number, row in _numbered_rows(alike) for name, value in row.items()}
    together = _together(first, tuple((shape, len(rows)) for shape, rows in alike.items()))
    return await together.first(connection, {**values, **given}) is not None


def _numbered_rows(alike: Mapping[_Shape, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    for at, rows in enumerate(alike.values()):
        for number, row in enumerate(rows):
            yield at, number, row


def _name(at: int, number: int, name: str) -> str:
    return f"{name}_{at}_{number}"


@cache
def _together(first: Prepared, shapes: tuple[tuple[_Shape, int], ...]) -> Prepared:
    def statement(engine: str) -> ClauseElement:
        beginning = first.written(engine)
        touched = beginning.returning(*beginning.table.primary_key).cte("touched")
        puts = [_put_where(engine, shape, at, count, touched).cte(f"put_{at}") for at, (shape, count) in enumerate(shapes)]
        return select(touched).add_cte(*puts)

    return Prepared(statement)


def _put_where(engine: str, shape: _Shape, at: int, count: int, touched: CTE) -> Insert:
    """Rows of one kind in one insert, in order: which of several inserts a server does first is not said."""
    table, columns, changes, counts = shape
    rows = union_all(*(_given_row(table, _complete(table, columns), at, number) for number in range(count))).subquery(f"rows_{at}")
    ordered = select(*(rows.c[name] for name in columns)).where(exists().select_from(touched)).order_by(rows.c.number)
    return _resolved(_insert(engine, table).from_select(columns, ordered, include_defaults=False), table, changes, counts)


def _given_row(table: Table, columns: tuple[str, ...], at: int, number: int) -> Select[Any]:
    values = (bindparam(_name(at, number, name), type_=table.c[name].type).label(name) for name in columns)
    return select(literal_column(str(number), Integer()).label("number"), *values)


@cache
def _put(shape: _Shape) -> Prepared:
    table, columns, changes, counts = shape
    return Prepared(lambda engine: _resolved(_insert(engine, table), table, changes, counts), _complete(table, columns))


def _resolved(insert: Any, table: Table, changes: tuple[str, ...], counts: str) -> Insert:
    sets = {name: insert.excluded[name] for name in changes} | ({counts: table.c[counts] + 1} if counts else {})
    keys = [column.name for column in table.primary_key]
    resolved: Insert = insert.on_conflict_do_update(index_elements=keys, set_=sets) if sets else insert.on_conflict_do_nothing()
    return resolved


@cache
def _numbered(table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda engine: _insert(engine, table).on_conflict_do_nothing().returning(table.c.id), _complete(table, columns))


def _complete(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    """What only the toolkit would fill in must be given: here nobody does."""
    left = [column.name for column in table.columns if column.name not in columns and column.default is not None]
    assert not left, f"{table.name}: values needed for {left}"
    return columns

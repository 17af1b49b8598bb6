"""Statements of every turn: written like all others, compiled once for each engine, and run without asking how each time.

On SQLite they run where they are called: a look by key is over sooner than another thread could be asked. Nothing that scans belongs here.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import namedtuple
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import ClauseElement, Dialect, Select, UpdateBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")
FILE = "file"
"""The option by which a connection to the embedded database carries its file: asking the toolkit for it takes five calls each time."""
LINE = "line"
"""The option by which a connection to a server carries what is below the toolkit (`bot.storage.remote.Line`)."""
BREATH = 200
"""Rows written before others may run."""
Processor = Callable[[Any], Any]
Written = ClauseElement | Callable[[str], ClauseElement]
"""A statement, or what gives one for an engine's name."""


@dataclass(frozen=True)
class _Compiled:
    text: str
    ordered: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    """The values as they stand in the text."""
    turned: tuple[tuple[int, Processor], ...]
    """Those of them that the driver gets in another form, by their places."""
    fixed: Mapping[str, Any]
    """Values the statement brings itself."""
    outward: tuple[tuple[int, Processor], ...]
    row: Callable[[Sequence[Any]], Any]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        values = list(self.ordered({**self.fixed, **given} if self.fixed else given))
        for at, process in self.turned:
            values[at] = process(values[at])
        return values

    def read(self, found: Sequence[Any]) -> Any:
        if not self.outward:
            return self.row(found)
        values = list(found)
        for at, process in self.outward:
            values[at] = process(values[at])
        return self.row(values)


class Prepared:
    """One statement, given its values by the names of its parameters."""

    def __init__(self, written: Written, columns: Sequence[str] = ()) -> None:
        self._written, self._columns = written, list(columns) or None
        self._compiled: dict[str, _Compiled] = {}

    async def run(self, connection: AsyncConnection, values: Mapping[str, Any]) -> int:
        """How many rows it touched."""
        _, cursor = await self._asked(connection, values)
        count: int = cursor.rowcount
        return max(count, 0)

    async def first(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Any:
        """The first row by its columns' names, or None."""
        compiled, cursor = await self._asked(connection, values)
        found = await _fetched(cursor)
        return compiled.read(found[0]) if found else None

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> list[Any]:
        compiled, cursor = await self._asked(connection, values)
        return [compiled.read(found) for found in await _fetched(cursor)]

    async def first_of_each(self, connection: AsyncConnection, many: Sequence[Mapping[str, Any]]) -> list[Any]:
        """For each of the values the first row; a server gets all of them at once."""
        if connection.dialect.name == "sqlite":
            # One after another: a statement that is still to be read from would be compiled once more.
            return [await self.first(connection, values) for values in many]
        cursors, compiled = await _sent(connection, [(self, values) for values in many]), self.compiled(connection.dialect)
        return [compiled.read(found[0]) if (found := await _fetched(cursor)) else None for cursor in cursors]

    async def _asked(self, connection: AsyncConnection, values: Mapping[str, Any]) -> tuple[_Compiled, Any]:
        [cursor] = await _sent(connection, [(self, values)])
        return self.compiled(connection.dialect), cursor

    def ready(self, dialect: Dialect, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """As the driver takes it."""
        compiled = self.compiled(dialect)
        return compiled.text, compiled.values(values)

    def compiled(self, dialect: Dialect) -> _Compiled:
        return self._compiled.get(dialect.name) or self._compiled.setdefault(
            dialect.name, _compile(self.written(dialect.name), dialect, self._columns)
        )

    def written(self, engine: str) -> Any:
        """As the toolkit knows it."""
        return self._written(engine) if callable(self._written) else self._written


async def run_each(connection: AsyncConnection, asked: Sequence[tuple[Prepared, Mapping[str, Any]]]) -> list[int]:
    """How many rows each touched. None waits for the answer to another: a server gets all of them at once."""
    return [max(cursor.rowcount, 0) for cursor in await _sent(connection, asked)]


async def _sent(connection: AsyncConnection, asked: Sequence[tuple[Prepared, Mapping[str, Any]]]) -> list[Any]:
    """The drivers' cursors."""
    sync = connection.sync_connection
    assert sync is not None
    ready = [each.ready(sync.dialect, values) for each, values in asked]
    options = sync.get_execution_options()
    try:
        if (file := options.get(FILE)) is not None:
            return [file.execute(text, values) for text, values in ready]
        return await options[LINE].execute(ready) if ready else []
    except _errors(sync.dialect) as error:
        raise in_our_words(error, sync.dialect) from error


async def run_many(connection: AsyncConnection, text: str, rows: list[Any]) -> None:
    """One statement for each of the rows, of values as the driver takes them."""
    if connection.dialect.name != "sqlite":
        await connection.exec_driver_sql(text, rows)
        return
    file = file_of(connection)
    try:
        for first in range(0, len(rows), BREATH):
            file.executemany(text, rows[first : first + BREATH])
            await asyncio.sleep(0)
    except _errors(connection.dialect) as error:
        raise in_our_words(error, connection.dialect) from error


def last(connection: AsyncConnection) -> None:
    """What is asked next ends the job: a server gets the end of the transaction along with it, and does not wait for us in between."""
    assert connection.sync_connection is not None
    if (line := connection.sync_connection.get_execution_options().get(LINE)) is not None:
        line.last()


def alone(job: Callable[[AsyncConnection], Awaitable[T]]) -> Callable[[AsyncConnection], Awaitable[T]]:
    """For a job of one prepared statement."""

    async def asked(connection: AsyncConnection) -> T:
        last(connection)
        return await job(connection)

    return asked


def file_of(connection: AsyncConnection) -> sqlite3.Connection:
    """The embedded database's own connection below the driver's."""
    assert connection.sync_connection is not None
    file: sqlite3.Connection = connection.sync_connection.get_execution_options()[FILE]
    return file


async def _fetched(cursor: Any) -> Sequence[Any]:
    found: Sequence[Any] = cursor.fetchall() if isinstance(cursor, sqlite3.Cursor) else await cursor.fetchall()
    return found


def _errors(dialect: Dialect) -> Any:
    return dialect.loaded_dbapi.Error


def in_our_words(error: Exception, dialect: Dialect) -> Exception:
    """As the toolkit would raise it, without the values: they are people's words."""
    told = DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect)
    return told if isinstance(told, Exception) else error


def _compile(written: ClauseElement, dialect: Dialect, columns: list[str] | None) -> _Compiled:
    compiled = written.compile(dialect=_in_places(dialect), column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    inward = {name: process for name, kind in types.items() if (process := kind.bind_processor(dialect))}
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required and bind.value is not None}
    order = compiled.positiontup or ()
    turned = tuple((at, inward[name]) for at, name in enumerate(order) if name in inward)
    names, outward = _columns(written, dialect)
    row: Any = namedtuple("Row", names)  # type: ignore[misc]  # The names are the statement's own.
    # As `_make` would, without the interpreter: pages of a hundred rows are read at every turn.
    return _Compiled(compiled.string, _in_order(order), turned, fixed, outward, partial(tuple.__new__, row))


@cache
def _in_places(dialect: Dialect) -> Dialect:
    """Values by their places, also where the driver takes them by name: it reads a statement of more than 4,000 letters anew each time."""
    return dialect if dialect.positional else type(dialect)(paramstyle="numeric_dollar")  # type: ignore[call-arg]


def _in_order(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) < 2:
        return lambda whole: tuple(whole[name] for name in names)
    return itemgetter(*names)


def _columns(written: ClauseElement, dialect: Dialect) -> tuple[list[str], tuple[tuple[int, Processor], ...]]:
    columns = list(written.exported_columns) if isinstance(written, Select | UpdateBase) else []
    read = {str(column.key): column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns}
    return list(read), tuple((at, process) for at, process in enumerate(read.values()) if process)

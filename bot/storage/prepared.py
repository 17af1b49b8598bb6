"""Statements of every turn: written like all others, compiled once for each engine, and run without asking how each time.

On SQLite they run where they are called: a look by key is over sooner than another thread could be asked. Nothing that scans belongs here.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ClauseElement, Dialect, Select, UpdateBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from bot.storage.types import UtcDateTime

Processor = Callable[[Any], Any]
Written = ClauseElement | Callable[[str], ClauseElement]
"""A statement, or what gives one for an engine's name."""


@dataclass(frozen=True)
class _Compiled:
    text: str
    order: tuple[tuple[str, Processor | None], ...]
    """Names of the values as they stand in the text; none where the engine takes them by name."""
    fixed: Mapping[str, Any]
    """Values the statement brings itself."""
    inward: Mapping[str, Processor]
    outward: tuple[tuple[int, Processor], ...]
    row: Callable[[Sequence[Any]], Any]

    def values(self, given: Mapping[str, Any]) -> Any:
        if self.order:
            whole = {**self.fixed, **given} if self.fixed else given
            return [whole[name] if process is None else process(whole[name]) for name, process in self.order]
        return {**self.fixed, **given, **{name: process(given[name]) for name, process in self.inward.items() if name in given}}

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
        count: int = (await self._cursor(connection, values)).rowcount
        return max(count, 0)

    async def first(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Any:
        """The first row by its columns' names, or None."""
        found = await _fetched(await self._cursor(connection, values))
        return self._for(connection.dialect).read(found[0]) if found else None

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> list[Any]:
        read = self._for(connection.dialect).read
        return [read(found) for found in await _fetched(await self._cursor(connection, values))]

    async def _cursor(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Any:
        dialect = connection.dialect
        compiled = self._for(dialect)
        driver: Any = driver_of(connection)
        try:
            if dialect.name == "sqlite":
                return driver.sqlite.execute(compiled.text, compiled.values(values))
            return await driver.execute(compiled.text, compiled.values(values))
        except _errors(dialect) as error:
            raise in_our_words(error, dialect) from error

    def _for(self, dialect: Dialect) -> _Compiled:
        if (found := self._compiled.get(dialect.name)) is None:
            written = self._written(dialect.name) if callable(self._written) else self._written
            found = self._compiled[dialect.name] = _compile(written, dialect, self._columns)
        return found


async def _fetched(cursor: Any) -> Sequence[Any]:
    found: Sequence[Any] = cursor.fetchall() if isinstance(cursor, sqlite3.Cursor) else await cursor.fetchall()
    return found


def driver_of(connection: AsyncConnection) -> Any:
    """The driver's own connection."""
    sync = connection.sync_connection
    return sync.connection.driver_connection if sync is not None else None


def _errors(dialect: Dialect) -> Any:
    return dialect.loaded_dbapi.Error


def in_our_words(error: Exception, dialect: Dialect) -> Exception:
    """As the toolkit would raise it, without the values: they are people's words."""
    told = DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect)
    return told if isinstance(told, Exception) else error


def _compile(written: ClauseElement, dialect: Dialect, columns: list[str] | None) -> _Compiled:
    compiled = written.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    inward = {name: _remembering(kind, process) for name, kind in types.items() if (process := kind.bind_processor(dialect))}
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required and bind.value is not None}
    order = tuple((name, inward.get(name)) for name in compiled.positiontup or ())
    if not order:
        fixed = {name: inward[name](value) if name in inward else value for name, value in fixed.items()}
    names, outward = _columns(written, dialect)
    row: Any = namedtuple("Row", names)  # type: ignore[misc]  # The names are the statement's own.
    return _Compiled(compiled.string, order, fixed, inward, outward, row._make)


def _remembering(kind: TypeEngine[Any], process: Processor) -> Processor:
    """The same moment is written many times over: in several columns of a row, in all rows of a turn."""
    return lru_cache(64)(process) if isinstance(kind, UtcDateTime) else process


def _columns(written: ClauseElement, dialect: Dialect) -> tuple[list[str], tuple[tuple[int, Processor], ...]]:
    columns = list(written.exported_columns) if isinstance(written, Select | UpdateBase) else []
    read = {str(column.key): column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns}
    return list(read), tuple((at, process) for at, process in enumerate(read.values()) if process)

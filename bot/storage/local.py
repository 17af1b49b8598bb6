"""The embedded database's connections: kept open, and asked on the spot where the answer is at hand."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Awaitable

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.lending import Lender
from bot.storage.prepared import FILE, file_of, in_our_words

READERS = 16
BEFOREHAND = 6
"""Readers opened once all runs: more are hardly ever busy at once, and each is two descriptors and .2 MB."""
BUSY = 10_000
"""Milliseconds in which another process's write should be over."""
DEFERRED = "BEGIN"
IMMEDIATE = "BEGIN IMMEDIATE"
"""The driver's own begin is deferred: two writers that both read first would lose an update silently."""


async def opened(engine: AsyncEngine) -> AsyncConnection:
    """A connection of the engine that carries its file."""
    connection = await engine.connect()
    return await connection.execution_options(**{FILE: _driver(connection)._conn})


def _driver(connection: AsyncConnection | Connection) -> aiosqlite.Connection:
    sync = connection.sync_connection if isinstance(connection, AsyncConnection) else connection
    assert sync is not None
    driver = sync.connection.driver_connection
    assert isinstance(driver, aiosqlite.Connection)
    return driver


async def begin(connection: AsyncConnection) -> None:
    """The writer's lock: taken on the spot where it is free, else waited for in the driver's thread."""
    if not _begun_at_once(file_of(connection)):
        await _in_thread(connection, _driver(connection).execute(IMMEDIATE))


def _begun_at_once(file: sqlite3.Connection) -> bool:
    file.execute("PRAGMA busy_timeout=0")
    try:
        file.execute(IMMEDIATE)
    except sqlite3.OperationalError:
        return False
    finally:
        file.execute(f"PRAGMA busy_timeout={BUSY}")
    return True


async def commit(connection: AsyncConnection) -> None:
    """In the driver's thread: it waits for the disk. The toolkit is told when anything was asked through it."""
    if connection.in_transaction():
        await connection.commit()
    else:
        await _in_thread(connection, _driver(connection).commit())


async def _in_thread(connection: AsyncConnection, work: Awaitable[object]) -> None:
    try:
        await work
    except sqlite3.Error as error:
        raise in_our_words(error, connection.dialect) from error


async def rollback(connection: AsyncConnection) -> None:
    if connection.in_transaction():
        await connection.rollback()
    elif (file := file_of(connection)).in_transaction:
        file.rollback()


async def discard(connection: AsyncConnection) -> None:
    """With whatever is open on it: after a commit that failed, the toolkit believes that nothing is."""
    with contextlib.suppress(sqlite3.Error):
        await _driver(connection).rollback()
    await connection.close()


def begin_unless_begun(connection: Connection, how: str) -> None:
    if not _driver(connection).in_transaction:
        connection.exec_driver_sql(how)


class Readers(Lender):
    """Connections for questions: what is asked on one while it is lent is answered as of one moment, as a single question is by itself."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(most=READERS, kept=READERS)
        self._engine = engine

    async def close(self) -> None:
        await super().close()
        await self._engine.dispose()

    async def opened(self) -> AsyncConnection:
        return await opened(self._engine)

    async def ready(self, connection: AsyncConnection, *, for_one: bool) -> bool:
        if not for_one:
            file_of(connection).execute(DEFERRED)
        return True

    async def clean(self, connection: AsyncConnection) -> bool:
        with contextlib.suppress(SQLAlchemyError, sqlite3.Error):
            await rollback(connection)
            return True
        return False

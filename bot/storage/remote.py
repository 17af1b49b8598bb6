"""A server's connections: asked without the toolkit where a statement is prepared, so that a step costs one round trip.

The driver commits each statement by itself unless a transaction was begun: a question needs no more than itself. What a job writes is begun
together with its first statement, and ended together with its last where that is told (`last`); where it is both, it goes alone.
"""

from __future__ import annotations

import contextlib
import math
import select
import time
from collections.abc import AsyncIterator, Callable, Sequence
from enum import Enum, auto
from typing import Any, cast

from psycopg import AsyncConnection as Driver
from psycopg import AsyncRawCursor, Error
from psycopg.errors import InFailedSqlTransaction
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, NullPool, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.storage.lending import Lender
from bot.storage.prepared import LINE, in_our_words

MOST, KEPT = 20, 10
"""Connections of one process at once, and those of them that stay when nobody needs them."""
TRUST = 1.0
"""Seconds of rest after which a connection is asked whether it still is one. One that the server has ended shows it at once."""
BEGIN, COMMIT = "BEGIN", "COMMIT"
LONGEST, IDLE = 10_000, 15_000
"""Milliseconds after which the server ends a statement, and a transaction in which nothing is asked: others wait for what they lock."""


class _Stage(Enum):
    QUESTIONS = auto()
    """Nothing is written: no transaction."""
    AHEAD = auto()
    """A job that writes, and has asked nothing yet."""
    BEGUN = auto()
    OVER = auto()
    """Its last statement has been sent, and with it the end of the transaction."""


class Line:
    """A server's connection below the toolkit."""

    def __init__(self, driver: Driver[Any], rested_since: float) -> None:
        self.rested_since = rested_since
        self._driver = driver
        self._stage = _Stage.QUESTIONS
        self._is_last = False

    def start(self, *, writes: bool) -> None:
        self._stage, self._is_last = (_Stage.AHEAD if writes else _Stage.QUESTIONS), False

    def last(self) -> None:
        self._is_last = True

    def must_begin(self) -> bool:
        """Whether whoever asks next has to begin; it is taken for done."""
        if self._stage is _Stage.OVER:
            raise RuntimeError("a job went on after its last statement")
        is_ahead = self._stage is _Stage.AHEAD
        self._stage = _Stage.BEGUN if is_ahead else self._stage
        return is_ahead

    async def execute(self, asked: Sequence[tuple[str, Sequence[Any]]]) -> list[AsyncRawCursor[Any]]:
        """Statements with their values, all sent before the first answer is waited for."""
        first = self.must_begin()
        last = self._is_last and self._stage is _Stage.BEGUN
        self._stage = _Stage.OVER if last else self._stage
        cursors = [AsyncRawCursor(self._driver) for _ in asked]
        if len(asked) == 1 and first == last:
            await cursors[0].execute(*asked[0])
            return cursors
        async with self._driver.pipeline():
            if first:
                await self._driver.execute(BEGIN)
            for cursor, (text, values) in zip(cursors, asked, strict=True):
                await cursor.execute(text, values)
            if last:
                await self._driver.execute(COMMIT)
        return cursors

    async def commit(self) -> None:
        """What is still open. A server that refused something keeps nothing, and would say so of its own accord only to who looks."""
        if self._driver.pgconn.transaction_status == TransactionStatus.INERROR:
            raise InFailedSqlTransaction("a statement was refused before, and the job went on")
        if self._stage is _Stage.BEGUN:
            await self._driver.execute(COMMIT)

    async def rollback(self) -> bool:
        """False when the connection is gone, or still at work for somebody who did not wait."""
        if (status := self._driver.pgconn.transaction_status) in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            await self._driver.rollback()
            return True
        return status == TransactionStatus.IDLE

    def has_news(self) -> bool:
        """Nobody has asked anything: a server that speaks now says that it ends."""
        poll = select.poll()
        poll.register(self._driver.pgconn.socket, select.POLLIN)
        return bool(poll.poll(0))

    async def is_there(self) -> bool:
        try:
            await self._driver.execute("")
        except Error:
            return False
        return True


class Lines(Lender):
    """This process's connections."""

    def __init__(self, url: URL, options: dict[str, Any], monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(MOST, KEPT)
        self._monotonic = monotonic
        # They are kept here: the toolkit only opens and closes them.
        self._engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", **options)
        event.listen(self._engine.sync_engine, "begin", _begin_unless_begun)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        async with self.one() as connection:
            _line(connection).start(writes=True)
            yield connection
            try:
                await _line(connection).commit()
            except Error as error:
                raise in_our_words(error, connection.dialect) from error
            if connection.in_transaction():
                # Something was asked through the toolkit, which has to be told.
                await connection.commit()

    async def close(self) -> None:
        await super().close()
        await self._engine.dispose()

    async def opened(self) -> AsyncConnection:
        connection = await self._engine.connect()
        raw = await connection.get_raw_connection()
        driver = cast("Driver[Any]", raw.driver_connection)
        # Not as options of the connection: a pooler between us and the server may refuse those.
        await driver.execute(f"SET statement_timeout = {LONGEST}; SET idle_in_transaction_session_timeout = {IDLE}")
        line = Line(driver, rested_since=self._monotonic())
        return await connection.execution_options(**{LINE: line})

    async def ready(self, connection: AsyncConnection, *, for_one: bool) -> bool:
        line = _line(connection)
        line.start(writes=False)
        if self._monotonic() - line.rested_since < TRUST and not line.has_news():
            return True
        if await line.is_there():
            return True
        self._suspect_all()
        return False

    async def clean(self, connection: AsyncConnection) -> bool:
        line, is_sound = _line(connection), False
        with contextlib.suppress(SQLAlchemyError, Error):
            if connection.in_transaction():
                await connection.rollback()
            is_sound = not connection.invalidated and await line.rollback()
        line.rested_since = self._monotonic()
        if not is_sound:
            self._suspect_all()
        return is_sound

    def _suspect_all(self) -> None:
        """What ended one of them has probably ended the others: they are asked before they are lent again."""
        for connection in self._idle:
            _line(connection).rested_since = -math.inf

    async def discard(self, connection: AsyncConnection) -> None:
        """Without a last word: there may be nobody to hear it."""
        await connection.invalidate()
        await connection.close()


def _line(connection: AsyncConnection | Connection) -> Line:
    sync = connection.sync_connection if isinstance(connection, AsyncConnection) else connection
    assert sync is not None
    line: Line = sync.get_execution_options()[LINE]
    return line


def _begin_unless_begun(connection: Connection) -> None:
    """The toolkit asks something by itself."""
    if LINE in connection.get_execution_options() and _line(connection).must_begin():
        connection.exec_driver_sql(BEGIN)

"""The engine: reads side by side, writes in order, small writes committed together."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.core.errors import ConfigurationError
from bot.storage import keys, local
from bot.storage.keys import Keys
from bot.storage.lending import Lender
from bot.storage.local import Readers
from bot.storage.master import Master
from bot.storage.prepared import file_of

if TYPE_CHECKING:
    from bot.storage.remote import Lines

T = TypeVar("T")
Connection = AsyncConnection
"""For those who hand one on and write no SQL."""
Job = Callable[[AsyncConnection], Awaitable[T]]


def job_of(work: Callable[..., Awaitable[T]], *values: Any, **named: Any) -> Job[T]:
    """With all it needs beside the connection."""
    return lambda connection: work(connection, *values, **named)


LOG = 64 << 20
"""Bytes to which an SQLite log that grew larger is cut back."""
SWITCH = 30.0
"""Seconds in which another one that opens the same new file should be through."""
TOGETHER = 200
"""Jobs in one commit at the most: a commit is one fsync, whatever it holds."""
HOLD = 0.05
"""Seconds after which a group is committed as it is. Waiting for a long one, callers would give up and come again, and it would grow."""


@dataclass
class _Waiting:
    job: Job[Any]
    done: asyncio.Future[Any]


_Result = tuple[_Waiting, Any, BaseException | None]
"""A job, its value, and why it failed."""


class _UndoneError(Exception):
    """What the jobs before had written is taken back, too: they must run again."""


class _FailedError(_UndoneError):
    """One of the jobs failed, and nothing protected the others from it."""


class Database:
    """Owns the connections. `read` for questions, `write` for jobs that change rows; a job does nothing but SQL."""

    def __init__(self, url: str, master: Master) -> None:
        self.url = _readable(url)
        self.keys = Keys(master)
        self._embedded = self.url.get_backend_name() == "sqlite"
        # Every connection carries the keys: whoever may ask the database may seal and open what stands in it.
        # Parameters are people's words: no error may quote them.
        options: dict[str, Any] = {"execution_options": {"keys": self.keys}, "hide_parameters": True}
        self._lines = None if self._embedded else _lines(self.url, options)
        self._writer = _writer(self.url, options) if self._embedded else None
        self._lender: Lender = self._lines or Readers(_reader(self.url, options))
        self._writing: AsyncConnection | None = None
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    @property
    def embedded(self) -> bool:
        """One SQLite file of this machine, rather than a server."""
        return self._embedded

    async def open(self) -> None:
        if self._embedded:
            self._task = asyncio.create_task(self._write_in_groups(), name="database-writer")

    async def close(self) -> None:
        if self._task is not None:
            await self._queue.join()
            task, self._task = self._task, None
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._writing is not None:
            await self._writing.close()
            self._writing = None
        if self._writer is not None:
            await self._writer.dispose()
        await self._lender.close()

    async def open_beforehand(self) -> None:
        """What a busy moment would open, and keep. A server is asked for as many connections as are needed."""
        if self._embedded:
            await self._lender.open_beforehand(local.BEFOREHAND)

    async def unlock(self, now: datetime) -> None:
        """Makes the keys of these days where they are missing and holds them ready. Raises ConfigurationError for another master key."""
        await self._load_keys()
        await self.write(lambda connection: keys.prepare(connection, now))
        await self._load_keys()

    async def _load_keys(self) -> None:
        async with self.read() as connection:
            await self.keys.load(connection)

    def read(self) -> contextlib.AbstractAsyncContextManager[AsyncConnection]:
        return self._lender.one()

    def ask(self) -> contextlib.AbstractAsyncContextManager[AsyncConnection]:
        """For a single question: beginning and ending a transaction around it would cost as much again."""
        return self._lender.one(for_one=True)

    async def write(self, job: Job[T]) -> T:
        """Runs the job and returns after its commit; an exception undoes this job alone. The job may be run again when it was undone."""
        if self._lines:
            async with self._lines.transaction() as connection:
                return await job(connection)
        if self._task is None:
            raise RuntimeError("the database is not open")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Waiting(job, done))
        # A caller that stops waiting tears no commit that others share: only the future is his.
        return await done

    async def _write_in_groups(self) -> None:
        batch: list[_Waiting] = []
        while True:
            batch += [] if batch else [await self._queue.get()]
            while len(batch) < TOGETHER and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            count = await self._commit(batch)
            del batch[:count]
            for _ in range(count):
                self._queue.task_done()

    async def _commit(self, batch: list[_Waiting]) -> int:
        """Returns how many of them are through; the others come first in the next group."""
        results = await self._results(batch)
        for waiting, value, failure in results:
            if waiting.done.done():
                continue
            if failure is not None:
                waiting.done.set_exception(failure)
            else:
                waiting.done.set_result(value)
        return len(results)

    async def _results(self, batch: list[_Waiting]) -> list[_Result]:
        """Few jobs fail, and a savepoint for each costs as much as a statement of it. When one does, all run anew behind savepoints."""
        for attempt in (_at_once, _behind_savepoint):
            with contextlib.suppress(_UndoneError):
                return await self._together(batch, attempt)
        return [await self._alone(waiting) for waiting in batch]

    async def _together(self, batch: list[_Waiting], attempt: _Attempt) -> list[_Result]:
        try:
            async with self._transaction() as connection:
                begun, results = time.monotonic(), list[_Result]()
                while len(results) < len(batch) and (not results or time.monotonic() - begun < HOLD):
                    results.append(await attempt(connection, batch[len(results)]))
                return results
        except _UndoneError:
            raise
        except Exception as error:
            return [(waiting, None, error) for waiting in batch]

    async def _alone(self, waiting: _Waiting) -> _Result:
        try:
            async with self._transaction() as connection:
                value = await waiting.job(connection)
                _insist_on_transaction(connection)
        except Exception as error:
            return waiting, None, error
        return waiting, value, None

    @contextlib.asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        """On the one connection that writes; it is kept, and opened anew after whatever went wrong."""
        if self._writing is None:
            assert self._writer is not None
            self._writing = await local.opened(self._writer)
        connection = self._writing
        try:
            await local.begin(connection)
            yield connection
            await local.commit(connection)
        except _FailedError:
            await local.rollback(connection)
            raise
        except BaseException:
            self._writing = None
            await asyncio.shield(local.discard(connection))
            raise


_Attempt = Callable[[AsyncConnection, _Waiting], Awaitable[_Result]]


async def _at_once(connection: AsyncConnection, waiting: _Waiting) -> _Result:
    try:
        result = waiting, await waiting.job(connection), None
    except Exception as error:
        raise _FailedError from error
    _insist_on_transaction(connection)
    return result


async def _behind_savepoint(connection: AsyncConnection, waiting: _Waiting) -> _Result:
    """Its failure leaves the others of the batch alone."""
    result: _Result
    file = file_of(connection)
    file.execute("SAVEPOINT job")
    try:
        result = waiting, await waiting.job(connection), None
    except Exception as error:
        result = waiting, None, error
        _insist_on_transaction(connection)
        file.execute("ROLLBACK TO job")
    _insist_on_transaction(connection)
    file.execute("RELEASE job")
    return result


def _insist_on_transaction(connection: AsyncConnection) -> None:
    """On a full disk, among others, SQLite takes back the whole transaction, and the driver's commit then does nothing, silently."""
    if not file_of(connection).in_transaction:
        raise _UndoneError("the database took the transaction back")


_UNREADABLE = (
    "DATABASE_URL: the address cannot be read; it looks like postgresql://user:password@host:5432/name, with signs such as @ : / in the"
    " password written %40 %3A %2F"
)


def _readable(address: str) -> URL:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        # It may hold a password: nothing of it is repeated, and not what the library says of it either.
        raise ConfigurationError([_UNREADABLE]) from None


def _reader(url: URL, options: dict[str, Any]) -> AsyncEngine:
    engine = _engine(url, options, local.READERS)
    event.listen(engine.sync_engine, "connect", _prepare_reader)
    # Whoever asks for a connection by itself, a migration for example, begins as everybody does.
    event.listen(engine.sync_engine, "begin", lambda connection: local.begin_unless_begun(connection, local.DEFERRED))
    return engine


def _writer(url: URL, options: dict[str, Any]) -> AsyncEngine:
    _folder(url)
    engine = _engine(url, options, 1)
    event.listen(engine.sync_engine, "connect", _prepare_writer)
    event.listen(engine.sync_engine, "begin", lambda connection: local.begin_unless_begun(connection, local.IMMEDIATE))
    return engine


def _engine(url: URL, options: dict[str, Any], size: int) -> AsyncEngine:
    arguments = {"isolation_level": None, "check_same_thread": False}
    return create_async_engine(url, pool_size=size, max_overflow=0, connect_args=arguments, **options)


def _lines(url: URL, options: dict[str, Any]) -> Lines:
    try:
        # Imported here: on SQLite nobody waits for what speaks PostgreSQL, and it need not be installed.
        from bot.storage.remote import Lines
    except ImportError as error:
        raise ConfigurationError(
            [f"DATABASE_URL: the driver is missing ({error.name}); install it with: pip install 'zhice[postgres]'"]
        ) from error
    return Lines(url, options)


def _folder(url: URL) -> None:
    """The database's folder, and its file readable by us alone."""
    # In memory: both engines open it, and so does each process. A host: the first folder, with a stroke too few before it.
    if url.host or url.database in (None, "", ":memory:"):
        raise ConfigurationError(["DATABASE_URL: an SQLite address needs a file behind three strokes, for example sqlite:///data/zhice.db"])
    folder = Path(url.database).resolve().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        Path(url.database).touch(mode=0o600)
    except OSError as error:
        raise ConfigurationError([f"DATA_DIR: the folder {folder} cannot be made ({error.strerror}); name one you may write to"]) from error


# What is deleted is overwritten, and sorting spills nothing into files of its own.
_TIDY = ("secure_delete=ON", "temp_store=MEMORY")


def _prepare_writer(connection: Any, _record: Any) -> None:
    # Free pages can be given back to the disk: said before the first page is written, or never. After a flood the log shrinks, too.
    _pragmas(connection, "busy_timeout=10000", "auto_vacuum=INCREMENTAL", f"journal_size_limit={LOG}")
    _write_ahead(connection)
    _pragmas(connection, "synchronous=FULL", "foreign_keys=ON", *_TIDY)


def _write_ahead(connection: Any) -> None:
    """Of two that open a new file at once, SQLite refuses one without waiting: a moment later it finds the log there."""
    until = time.monotonic() + SWITCH
    while True:
        try:
            _pragmas(connection, "journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
        time.sleep(0.02)


def _prepare_reader(connection: Any, _record: Any) -> None:
    # The system keeps the file's pages anyway; many connections with 2 MB of their own would be half of our memory.
    _pragmas(connection, "busy_timeout=10000", "query_only=ON", "temp_store=MEMORY", "cache_size=-512")


def _pragmas(connection: Any, *pragmas: str) -> None:
    cursor = connection.cursor()
    try:
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        # One that was refused holds its lock until it is let go.
        cursor.close()

"""Small writes are committed together, and each of them is safe on its own."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import ConfigurationError
from bot.storage import database as storage
from bot.storage.database import Database
from bot.storage.tables import Lease
from tests.patience import PATIENCE
from tests.secret import master

lease = Lease.__table__
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def row(name: str, **values: object) -> dict[str, object]:
    return {"name": name, "holder": "", "epoch": 0, "until": NOW} | values


def adds(name: str) -> Callable[[AsyncConnection], Awaitable[str]]:
    async def job(connection: AsyncConnection) -> str:
        await connection.execute(insert(lease).values(**row(name)))
        return name

    return job


async def names(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.execute(select(lease.c.name).order_by(lease.c.name))).scalars())


async def test_a_job_gives_its_value_after_its_commit(database: Database) -> None:
    assert await database.write(adds("a")) == "a"
    assert await names(database) == ["a"]


async def test_a_failing_job_undoes_itself_alone(database: Database) -> None:
    async def fails(connection: AsyncConnection) -> None:
        await connection.execute(insert(lease).values(**row("half done")))
        raise KeyError("mine")

    results = await asyncio.gather(database.write(adds("a")), database.write(fails), database.write(adds("b")), return_exceptions=True)
    assert [results[0], results[2]] == ["a", "b"]
    assert isinstance(results[1], KeyError)
    assert await names(database) == ["a", "b"]


async def test_a_job_refused_by_the_database_undoes_itself_alone(database: Database) -> None:
    await database.write(adds("a"))
    results = await asyncio.gather(database.write(adds("b")), database.write(adds("a")), database.write(adds("c")), return_exceptions=True)
    assert isinstance(results[1], IntegrityError)
    assert await names(database) == ["a", "b", "c"]


@pytest.mark.sqlite_only
async def test_who_shares_a_commit_with_a_failing_job_is_written_once(database: Database) -> None:
    """All begin anew then: what the first time brought is gone, and everybody hears of the second time."""
    runs: list[str] = []

    async def counted(connection: AsyncConnection) -> int:
        runs.append("counted")
        await adds(f"a {len(runs)}")(connection)
        return len(runs)

    async def fails(connection: AsyncConnection) -> None:
        raise KeyError("mine")

    value, failure = await asyncio.gather(database.write(counted), database.write(fails), return_exceptions=True)
    assert isinstance(failure, KeyError)
    assert await names(database) == [f"a {value}"]


@pytest.mark.sqlite_only
async def test_a_failing_job_costs_no_connection(database: Database) -> None:
    async def fails(connection: AsyncConnection) -> None:
        raise KeyError("mine")

    await database.write(adds("a"))
    before = database._writing
    for _ in range(3):
        with pytest.raises(KeyError):
            await database.write(fails)
    assert await database.write(adds("b")) == "b"
    assert database._writing is before is not None


@pytest.mark.sqlite_only
async def test_a_long_group_is_committed_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else those at its front would wait for all of it, give up and come again."""
    monkeypatch.setattr(storage, "HOLD", 0.0)
    returned = asyncio.Event()

    async def waits(connection: AsyncConnection) -> str:
        async with asyncio.timeout(PATIENCE):
            await returned.wait()
        return await adds("b")(connection)

    first = asyncio.create_task(database.write(adds("a")))
    second = asyncio.create_task(database.write(waits))
    third = asyncio.create_task(database.write(adds("c")))
    assert await first == "a"
    returned.set()
    assert [await second, await third] == ["b", "c"]
    assert await names(database) == ["a", "b", "c"]


async def test_of_two_hundred_increments_at_once_none_is_lost(database: Database) -> None:
    await database.write(adds("counter"))

    async def increment(connection: AsyncConnection) -> None:
        query = select(lease.c.epoch).where(lease.c.name == "counter").with_for_update()
        found = (await connection.execute(query)).scalar_one()
        await asyncio.sleep(0)
        await connection.execute(update(lease).values(epoch=found + 1))

    await asyncio.gather(*(database.write(increment) for _ in range(200)))
    async with database.read() as connection:
        assert (await connection.execute(select(lease.c.epoch))).scalar_one() == 200


@pytest.mark.sqlite_only
async def test_of_increments_by_two_processes_none_is_lost(database: Database) -> None:
    """Two engines on one file stand for two processes: the file's lock is all they share."""
    other = Database(str(database.url), master())
    await other.open()
    await database.write(adds("counter"))

    async def increment(connection: AsyncConnection) -> None:
        found = (await connection.execute(select(lease.c.epoch))).scalar_one()
        await asyncio.sleep(0)
        await connection.execute(update(lease).values(epoch=found + 1))

    try:
        for _ in range(20):  # Many short commits: one that holds a hundred may outlast the other's patience on a slow machine.
            await asyncio.gather(*(each.write(increment) for _ in range(5) for each in (database, other)))
        async with other.read() as connection:
            assert (await connection.execute(select(lease.c.epoch))).scalar_one() == 200
    finally:
        await other.close()


@pytest.mark.sqlite_only
async def test_when_the_database_takes_the_whole_transaction_back_nobody_is_told_of_success_wrongly(database: Database) -> None:
    await database.write(adds("known"))

    async def rolls_back(connection: AsyncConnection) -> None:
        await connection.execute(text("insert or rollback into lease select * from lease"))

    results = await asyncio.gather(database.write(adds("a")), database.write(rolls_back), database.write(adds("b")), return_exceptions=True)
    assert isinstance(results[1], IntegrityError)
    assert [results[0], results[2]] == ["a", "b"], "the others are not to blame"
    assert await names(database) == ["a", "b", "known"]


@pytest.mark.sqlite_only
async def test_on_a_full_disk_what_was_told_written_is_written(database: Database) -> None:
    async def limit(connection: AsyncConnection) -> None:
        pages = (await connection.execute(text("pragma page_count"))).scalar_one()
        await connection.execute(text(f"pragma max_page_count={pages}"))

    async def too_much(connection: AsyncConnection) -> None:
        await connection.execute(insert(lease), [row(f"big {number}", holder="x" * 500) for number in range(100)])

    await database.write(limit)
    results = await asyncio.gather(database.write(adds("a")), database.write(too_much), database.write(adds("b")), return_exceptions=True)
    assert isinstance(results[1], OperationalError)
    assert "full" in str(results[1])
    assert await names(database) == [result for result in results if isinstance(result, str)] == ["a", "b"]


@pytest.mark.sqlite_only
async def test_a_commit_that_fails_fails_all_that_waited_for_it(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "HOLD", PATIENCE)

    async def prepare(connection: AsyncConnection) -> None:
        await connection.execute(text("create table parent (id integer primary key)"))
        await connection.execute(text("create table child (parent integer references parent deferrable initially deferred)"))

    async def orphan(connection: AsyncConnection) -> None:
        await connection.execute(text("insert into child values (1)"))

    await database.write(prepare)
    results = await asyncio.gather(database.write(adds("a")), database.write(orphan), database.write(adds("b")), return_exceptions=True)
    assert [type(result) for result in results] == [IntegrityError] * 3
    assert await names(database) == []
    assert await database.write(adds("c")) == "c", "the next commit is another matter"


async def test_a_caller_who_stops_waiting_tears_no_commit(database: Database) -> None:
    begun = asyncio.Event()

    async def slow(connection: AsyncConnection) -> None:
        begun.set()
        await connection.execute(insert(lease).values(**row("slow")))

    impatient = asyncio.create_task(database.write(slow))
    patient = asyncio.create_task(database.write(adds("a")))
    await begun.wait()
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    assert await patient == "a"
    assert "a" in await names(database)


@pytest.mark.sqlite_only
async def test_what_was_asked_before_closing_is_written(tmp_path: Path, database: Database) -> None:
    last = [asyncio.create_task(database.write(adds(f"{number:03}"))) for number in range(300)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*last) == [f"{number:03}" for number in range(300)]
    with contextlib.closing(sqlite3.connect(tmp_path / "test.db")) as file:
        assert file.execute("select count(*) from lease").fetchone() == (300,)


@pytest.mark.sqlite_only
async def test_a_write_to_a_closed_database_fails_instead_of_waiting_for_ever(database: Database) -> None:
    await database.close()
    with pytest.raises(RuntimeError, match="not open"):
        await asyncio.wait_for(database.write(adds("late")), PATIENCE)


@pytest.mark.sqlite_only
async def test_readers_cannot_write(database: Database) -> None:
    async with database.read() as connection:
        with pytest.raises(OperationalError, match="readonly"):
            await connection.execute(insert(lease).values(**row("a")))


@pytest.mark.sqlite_only
async def test_the_file_is_kept_as_promised(database: Database) -> None:
    async def pragmas(connection: AsyncConnection) -> list[object]:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [(await connection.execute(text(f"pragma {name}"))).scalar_one() for name in asked]

    assert await database.write(pragmas) == ["wal", 2, 1, 10_000]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("written", ["sqlite+aiosqlite://", "sqlite+aiosqlite://data/zhice.db"])
async def test_an_address_without_a_file_is_refused(database: Database, written: str) -> None:
    with pytest.raises(ConfigurationError, match="needs a file"):
        Database(written, master())


@pytest.mark.sqlite_only
async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, database: Database) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be made"):
        Database(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'zhice.db'}", master())


# ---- instants ----


async def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    async def naive(connection: AsyncConnection) -> None:
        await connection.execute(insert(lease).values(**row("a", until=datetime(2026, 11, 22, 12, 0))))

    with pytest.raises(StatementError, match="an instant needs a time zone"):
        await database.write(naive)


async def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    shanghai = datetime(2026, 11, 22, 12, 0, 30, 123456, tzinfo=timezone(timedelta(hours=8)))

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(insert(lease).values(**row("a", until=shanghai)))

    await database.write(write)
    async with database.read() as connection:
        found = (await connection.execute(select(lease.c.until))).scalar_one()
        before = (await connection.execute(select(lease.c.name).where(lease.c.until < shanghai))).all()
        until = (await connection.execute(select(lease.c.name).where(lease.c.until <= shanghai))).all()
    assert (found, found.tzinfo) == (shanghai, UTC)
    assert (len(before), len(until)) == (0, 1), "compared as instants, too"

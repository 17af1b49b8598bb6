"""What every turn asks is compiled once and answers like any other statement; on SQLite it is asked on the spot."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, DateTime, Integer, MetaData, Table, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import local
from bot.storage.database import Database
from bot.storage.prepared import Prepared
from bot.storage.tables import Chat, Lease
from bot.storage.upsert import insert_new, upsert
from tests.patience import PATIENCE

lease, chat = Lease.__table__, Chat.__table__
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
BY_NAME = Prepared(select(lease.c.name, lease.c.epoch, lease.c.until).where(lease.c.name == bindparam("wanted")))
RAISE = Prepared(update(lease).where(lease.c.until <= bindparam("now")).values(epoch=lease.c.epoch + 1, holder=bindparam("who")))
FIRST = Prepared(select(lease.c.name).order_by(lease.c.name).limit(bindparam("most")))
ADD = Prepared(insert(lease).inline(), ("name", "holder", "epoch", "until"))


def row(name: str, **values: Any) -> dict[str, Any]:
    return {"name": name, "holder": "", "epoch": 0, "until": NOW} | values


async def put(database: Database, *names: str) -> None:
    await database.write(lambda connection: insert_new(connection, lease, [row(name) for name in names]))


async def test_a_row_comes_back_by_its_columns_names_with_its_instant(database: Database) -> None:
    in_china = NOW.astimezone(timezone(timedelta(hours=8)))
    await database.write(lambda connection: insert_new(connection, lease, [row("a", until=in_china, epoch=7)]))
    async with database.read() as connection:
        found = await BY_NAME.first(connection, {"wanted": "a"})
        assert (found.name, found.epoch, found.until, found.until.tzinfo) == ("a", 7, NOW, UTC)
        assert await BY_NAME.first(connection, {"wanted": "b"}) is None


async def test_truth_comes_back_as_truth(database: Database) -> None:
    here = {"platform": "fake", "account": "bot", "chat": "1", "kind": "group", "user": "", "region": "", "welcomed": False, "since": NOW}
    await database.write(lambda connection: upsert(connection, chat, here | {"active": True}))
    async with database.read() as connection:
        found = await Prepared(select(chat.c.active, chat.c.welcomed)).first(connection, {})
        assert found.active is True
        assert found.welcomed is False


async def test_it_says_how_many_rows_it_touched(database: Database) -> None:
    await put(database, "a", "b")
    assert await database.write(lambda connection: RAISE.run(connection, {"now": NOW, "who": "me"})) == 2
    assert await database.write(lambda connection: RAISE.run(connection, {"now": NOW - timedelta(days=1), "who": "me"})) == 0
    async with database.read() as connection:
        assert [each.name for each in await FIRST.rows(connection, {"most": 1})] == ["a"]


async def test_what_is_there_already_is_not_counted_and_not_changed(database: Database) -> None:
    await put(database, "a")
    assert await database.write(lambda connection: insert_new(connection, lease, [row("a", epoch=9), row("b")])) == 1
    async with database.read() as connection:
        assert (await BY_NAME.first(connection, {"wanted": "a"})).epoch == 0


async def test_what_the_database_refuses_is_told_without_the_values(database: Database) -> None:
    await put(database, "somebody's words")
    with pytest.raises(IntegrityError) as refused:
        await database.write(lambda connection: ADD.run(connection, row("somebody's words")))
    assert "somebody's words" not in str(refused.value).partition("DETAIL")[0]
    await put(database, "others go on")


async def test_a_statement_that_cannot_be_run_raises_as_all_do(database: Database) -> None:
    nowhere = Table("nowhere", MetaData(), Column("id", Integer))
    async with database.read() as connection:
        with pytest.raises((OperationalError, ProgrammingError)):
            await Prepared(select(nowhere)).rows(connection, {})


async def test_a_value_that_only_the_toolkit_fills_in_must_be_given(database: Database) -> None:
    filled = Table("filled", MetaData(), Column("id", Integer, primary_key=True), Column("at", DateTime, default=NOW))
    with pytest.raises(AssertionError, match="at"):
        await database.write(lambda connection: insert_new(connection, filled, [{"id": 1}]))


@pytest.mark.sqlite_only
async def test_what_is_read_together_is_of_one_moment(database: Database) -> None:
    await put(database, "a")
    async with database.read() as connection:
        before = await FIRST.rows(connection, {"most": 9})
        await put(database, "b")
        assert await FIRST.rows(connection, {"most": 9}) == before
    async with database.read() as connection:
        assert len(await FIRST.rows(connection, {"most": 9})) == 2


async def test_more_readers_than_connections_all_get_their_answer(database: Database) -> None:
    await put(database, "a")

    async def ask() -> int:
        async with database.read() as connection:
            await asyncio.sleep(0)
            return len((await connection.execute(select(lease.c.name))).all()) + len(await FIRST.rows(connection, {"most": 9}))

    assert await asyncio.gather(*(ask() for _ in range(3 * local.READERS))) == [2] * 3 * local.READERS


async def test_readers_opened_beforehand_are_enough_for_a_busy_moment(database: Database) -> None:
    await database.open_beforehand()
    before = threads()
    async with AsyncExitStack() as stack:
        for _ in range(local.BEFOREHAND):
            await stack.enter_async_context(database.read())
        # The driver has a thread for each connection of a file.
        assert threads() == before
    assert not database.embedded or before >= local.BEFOREHAND


def threads() -> int:
    return sum(thread.daemon for thread in threading.enumerate())


async def test_a_reader_that_broke_off_spoils_nothing_for_the_next(database: Database) -> None:
    await put(database, "a")
    for _ in range(2 * local.READERS):
        with suppress(KeyError):
            async with database.read() as connection:
                await connection.execute(select(lease.c.name))
                raise KeyError("mine")
    await put(database, "b")
    async with database.read() as connection:
        assert len(await FIRST.rows(connection, {"most": 9})) == 2


@pytest.mark.sqlite_only
async def test_while_another_process_writes_we_wait_and_the_loop_goes_on(database: Database) -> None:
    """Another connection stands for the other process: the file's lock is all they share."""
    await put(database, "a")
    other = sqlite3.connect(str(database.url.database), isolation_level=None)
    other.execute("begin immediate")
    waiting = asyncio.ensure_future(put(database, "b"))
    for _ in range(50):
        await asyncio.sleep(0.001)
    assert not waiting.done()
    other.execute("commit")
    other.close()
    await asyncio.wait_for(waiting, PATIENCE)


@pytest.mark.sqlite_only
async def test_jobs_of_both_kinds_share_a_commit_and_fail_alone(database: Database) -> None:
    async def slow(connection: AsyncConnection) -> None:
        await connection.execute(text("insert into lease values ('slow', '', 0, '2026-11-22 04:00:00.000000')"))

    async def fails(connection: AsyncConnection) -> None:
        await insert_new(connection, lease, [row("half done")])
        raise KeyError("mine")

    jobs = (lambda connection: insert_new(connection, lease, [row("quick")]), slow, fails)
    results = await asyncio.gather(*map(database.write, jobs), return_exceptions=True)
    assert isinstance(results[2], KeyError)
    async with database.read() as connection:
        assert [each.name for each in await FIRST.rows(connection, {"most": 9})] == ["quick", "slow"]

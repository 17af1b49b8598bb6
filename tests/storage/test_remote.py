"""A server's connections are kept, noticed when they die, and asked as seldom as may be."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.storage import remote, schema
from bot.storage.database import Database
from bot.storage.prepared import Prepared, alone, last
from bot.storage.tables import Lease
from bot.storage.upsert import insert_new
from tests.secret import master
from tests.wire import Wire, wired

pytestmark = pytest.mark.postgres_only

lease = Lease.__table__
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
NAMES = Prepared(select(lease.c.name).order_by(lease.c.name))
ADD = Prepared(insert(lease).inline(), ("name", "holder", "epoch", "until"))
RAISE = Prepared(update(lease).where(lease.c.name == bindparam("wanted")).values(epoch=lease.c.epoch + 1))

NAME = f"test of connections {secrets.token_hex(4)}"


def row(name: str) -> dict[str, Any]:
    return {"name": name, "holder": "", "epoch": 0, "until": NOW}


async def names(database: Database) -> list[str]:
    async with database.read() as connection:
        return [found.name for found in await NAMES.rows(connection, {})]


async def add(connection: AsyncConnection, *added: str) -> None:
    for name in added:
        await ADD.run(connection, row(name))


async def end_all(address: URL) -> None:
    """As a server does that is started anew."""
    door = create_async_engine(address, isolation_level="AUTOCOMMIT")
    async with door.connect() as connection:
        ours = text("select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = :name")
        await connection.execute(ours, {"name": NAME})
    await door.dispose()


@pytest.fixture
async def named(database: Database, address: URL) -> AsyncIterator[Database]:
    """Its connections can be told from others'."""
    url = address.update_query_dict({"application_name": NAME})
    opened = Database(url.render_as_string(hide_password=False), master())
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def far(database: Database, address: URL) -> AsyncIterator[tuple[Database, Wire]]:
    """The database behind a wire, with one connection that knows the statements of this page."""
    with tempfile.TemporaryDirectory() as folder:
        async with wired(address, Path(folder)) as (url, wire):
            opened = Database(url.render_as_string(hide_password=False), master())
            await opened.open()
            await opened.write(lambda connection: add(connection, "first"))
            await names(opened)
            wire.trips = 0
            yield opened, wire
            await opened.close()


async def test_connections_that_the_server_ended_are_replaced_and_nobody_hears_of_it(named: Database, address: URL) -> None:
    await asyncio.gather(*(names(named) for _ in range(5)))
    await end_all(address)
    assert await asyncio.gather(*(names(named) for _ in range(5))) == [[]] * 5
    await end_all(address)
    await named.write(lambda connection: insert_new(connection, lease, [row("a")]))
    assert await names(named) == ["a"]


async def test_one_that_ends_under_a_job_costs_that_job_alone(named: Database, address: URL) -> None:
    async def broken(connection: AsyncConnection) -> None:
        await add(connection, "half done")
        await end_all(address)
        await add(connection, "never")

    with pytest.raises(DBAPIError):
        await named.write(broken)
    assert await names(named) == []


async def test_a_job_that_was_left_leaves_its_connection_to_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def sleeps(connection: AsyncConnection) -> None:
        await add(connection, "half done")
        begun.set()
        await connection.execute(text("select pg_sleep(60)"))

    left = asyncio.create_task(database.write(sleeps))
    await begun.wait()
    left.cancel()
    await asyncio.gather(left, return_exceptions=True)
    assert await names(database) == []


async def test_a_question_takes_one_trip(far: tuple[Database, Wire]) -> None:
    database, wire = far
    assert await names(database) == ["first"]
    assert wire.trips == 1


async def test_one_that_has_rested_is_asked_whether_it_is_there(far: tuple[Database, Wire], monkeypatch: pytest.MonkeyPatch) -> None:
    database, wire = far
    monkeypatch.setattr(remote, "TRUST", -1.0)
    await names(database)
    assert wire.trips == 2


async def test_a_job_of_one_statement_takes_one_trip_and_is_committed(far: tuple[Database, Wire]) -> None:
    database, wire = far
    await database.write(alone(lambda connection: add(connection, "a")))
    assert wire.trips == 1
    assert await names(database) == ["a", "first"]


async def test_a_job_begins_with_its_first_statement_and_ends_with_its_last(far: tuple[Database, Wire]) -> None:
    database, wire = far

    async def three(connection: AsyncConnection) -> None:
        await add(connection, "a", "b")
        last(connection)
        await add(connection, "c")

    await database.write(three)
    assert wire.trips == 3, "each of them by itself"
    assert await names(database) == ["a", "b", "c", "first"]


async def test_what_does_not_wait_for_one_another_is_sent_together(far: tuple[Database, Wire]) -> None:
    database, wire = far
    added = await database.write(alone(lambda connection: insert_new(connection, lease, [row(name) for name in ("a", "first", "b")])))
    assert (added, wire.trips) == (2, 1)
    assert await names(database) == ["a", "b", "first"]


async def test_nobody_is_told_of_success_when_the_server_keeps_nothing(database: Database) -> None:
    async def goes_on(connection: AsyncConnection, core: bool) -> None:
        await add(connection, "a")
        with suppress(IntegrityError):
            await (connection.execute(insert(lease).values(row("a"))) if core else add(connection, "a"))

    for core in (False, True):
        with pytest.raises(DBAPIError, match="refused before"):
            await database.write(lambda connection, core=core: goes_on(connection, core))  # type: ignore[misc]
    assert await names(database) == []


async def test_a_job_whose_last_statement_is_refused_leaves_nothing(database: Database) -> None:
    async def twice(connection: AsyncConnection) -> None:
        await add(connection, "a")
        last(connection)
        await add(connection, "a")

    with pytest.raises(IntegrityError):
        await database.write(twice)
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: add(connection, "b", "b"))
    assert await names(database) == []


async def test_a_job_that_says_more_than_its_last_is_told_so(database: Database) -> None:
    with pytest.raises(RuntimeError, match="after its last"):
        await database.write(alone(lambda connection: add(connection, "a", "b")))
    await database.write(lambda connection: add(connection, "c"))


async def test_what_goes_through_the_toolkit_is_in_the_same_transaction(database: Database) -> None:
    async def both(connection: AsyncConnection, end: bool) -> None:
        await add(connection, "a")
        await connection.execute(insert(lease).values(row("b")))
        await add(connection, "c")
        if not end:
            raise KeyError("mine")

    with pytest.raises(KeyError):
        await database.write(lambda connection: both(connection, end=False))
    assert await names(database) == []
    await database.write(lambda connection: both(connection, end=True))
    assert await names(database) == ["a", "b", "c"]


async def test_more_jobs_than_connections_are_all_done(named: Database) -> None:
    await named.write(lambda connection: add(connection, "a"))
    jobs = (named.write(lambda connection: RAISE.run(connection, {"wanted": "a"})) for _ in range(5 * remote.MOST))
    assert await asyncio.gather(*jobs) == [1] * 5 * remote.MOST
    async with named.read() as connection:
        assert (await connection.execute(select(lease.c.epoch))).scalar_one() == 5 * remote.MOST
        backends = text("select count(*) from pg_stat_activity where application_name = :name")
        assert (await connection.execute(backends, {"name": NAME})).scalar_one() <= remote.KEPT


async def test_a_statement_that_takes_too_long_is_broken_off_and_the_connection_stays_of_use(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "LONGEST", 50)
    other = Database(database.url.render_as_string(hide_password=False), master())
    try:
        async with other.read() as connection:
            with pytest.raises(DBAPIError, match="statement timeout"):
                await connection.execute(text("select pg_sleep(60)"))
        async with other.read() as connection:
            assert (await connection.execute(text("show statement_timeout"))).scalar_one() == "50ms"
            assert (await connection.execute(text("show idle_in_transaction_session_timeout"))).scalar_one() == "15s"
    finally:
        await other.close()


async def test_changes_of_the_tables_take_as_long_as_they_take(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = list[str]()

    def upgrade(config: Config, revision: str) -> None:
        allowed.append(config.attributes["connection"].execute(text("show statement_timeout")).scalar_one())

    async def behind(_database: Database) -> schema.State:
        return schema.State.BEHIND

    monkeypatch.setattr(command, "upgrade", upgrade)
    monkeypatch.setattr(schema, "state", behind)
    await schema.migrate(database)
    assert allowed == ["0"]
    async with database.read() as connection:
        assert (await connection.execute(text("show statement_timeout"))).scalar_one() == "10s"

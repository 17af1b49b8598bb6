"""A database of its own for each test: an SQLite file, and PostgreSQL too where one can be had.

PostgreSQL is the one named by TEST_DATABASE_URL (a schema of its own is made in it, and dropped), or one started from the programs of this
machine in a temporary folder. Without its driver (psycopg) there is only SQLite.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import secrets
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import schema
from bot.storage.database import Database
from tests import postgres
from tests.secret import master

DRIVER = importlib.util.find_spec("psycopg") is not None


ENGINES = [
    "sqlite",
    *(["postgresql"] if DRIVER and (os.environ.get("TEST_DATABASE_URL") or (postgres.programs() and shutil.which("setpriv"))) else []),
]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with postgres.running() as address:
        yield address


@pytest.fixture
async def address(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[URL]:
    """An empty database."""
    if engine == "sqlite":
        yield make_url(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
        return
    url = make_url(request.getfixturevalue("server"))
    name = f"test_{secrets.token_hex(6)}"
    door = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with door.connect() as connection:
        await connection.execute(text(f"create schema {name}"))
    yield url.update_query_dict({"options": f"-csearch_path={name}"})
    async with door.connect() as connection:
        await connection.execute(text(f"drop schema {name} cascade"))
    await door.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file of the current shape, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "test.db"

    async def make() -> None:
        made = Database(f"sqlite+aiosqlite:///{path}", master())
        await made.open()
        await schema.migrate(made)
        await made.close()

    # In a loop of its own, beside the one of the test that asks first.
    thread = threading.Thread(target=lambda: asyncio.run(make()))
    thread.start()
    thread.join()
    return path


@pytest.fixture
async def empty(address: URL) -> AsyncIterator[Database]:
    """Nothing in it, not even our tables."""
    opened = Database(address.render_as_string(hide_password=False), master())
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def database(engine: str, address: URL, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), str(address.database))
    opened = Database(address.render_as_string(hide_password=False), master())
    await opened.open()
    if engine != "sqlite":
        await schema.migrate(opened)
    yield opened
    await opened.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that uses a database runs on each engine; one marked `sqlite_only` on that alone."""
    if "engine" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker
        engines = [name for name in ENGINES if not only("postgres_only") or name == "postgresql"]
        metafunc.parametrize("engine", ["sqlite"] if only("sqlite_only") else engines)


@pytest.fixture
def engine() -> str:
    raise AssertionError("given by pytest_generate_tests")

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
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import schema
from bot.storage.database import Database
from tests.patience import PATIENCE
from tests.secret import master

DRIVER = importlib.util.find_spec("psycopg") is not None


def programs() -> Path | None:
    """The newest PostgreSQL of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def as_nobody_special() -> list[str]:
    """PostgreSQL does not run as root."""
    return ["setpriv", *(["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else [])]


ENGINES = [
    "sqlite",
    *(["postgresql"] if DRIVER and (os.environ.get("TEST_DATABASE_URL") or (programs() and shutil.which("setpriv"))) else []),
]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=PATIENCE)


def _wait_for(found: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while subprocess.run([str(found / "pg_isready"), "-q", "-h", str(folder)], check=False).returncode:
        assert process.poll() is None, "PostgreSQL does not start"
        assert time.monotonic() < deadline, "PostgreSQL does not answer"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="zhice-postgres-"))
    found = programs()
    assert found is not None
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        initdb = [str(found / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "zhice", "-N", "-E", "UTF8", "--locale=C"]
        _run([*as_nobody_special(), *initdb])
        options = ["-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        # It ends with us, also when we are killed.
        command = [*as_nobody_special(), "--pdeathsig=INT", str(found / "postgres"), *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/") as process:
            try:
                _wait_for(found, folder, process)
                yield f"postgresql+psycopg://zhice@/postgres?host={folder}"
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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

"""What most tests start from: a database of its own in a temporary folder, and the knowledge, opened once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.core.clock import FixedClock
from bot.storage import schema
from bot.storage.database import Database
from bot.words import Words
from knowledge.lookup import Knowledge
from tests.secret import master

# A slow machine is not a wrong program. A change is judged by the same examples everywhere; `--hypothesis-profile=explore` tries new ones.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("patient", PATIENT, derandomize=True)
settings.register_profile("explore", PATIENT, derandomize=False)
settings.load_profile("patient")

TIMED = ("adapters", "browser", "cli", "faults", "flows", "storage")
"""Folders whose tests wait for processes, browsers, servers and senders, all beside each other on the same few cores."""

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""
Do = Callable[..., Awaitable[Any]]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, empty database of the current shape, to start from without migrating each time."""
    path = tmp_path_factory.mktemp("database") / "empty.db"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}", master())
        await database.open()
        await schema.migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def database(tmp_path: Path, migrated: Path) -> AsyncIterator[Database]:
    path = shutil.copy(migrated, tmp_path / "test.db")
    opened = Database(f"sqlite+aiosqlite:///{path}", master())
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def do(database: Database) -> Do:
    """Runs a named function in a transaction of its own."""

    async def do(function: Callable[..., Awaitable[Any]], *values: Any, **named: Any) -> Any:
        return await database.write(lambda connection: function(connection, *values, **named))

    return do


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return Knowledge.open(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.open()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only: says something about SQLite files; not run on PostgreSQL")
    config.addinivalue_line("markers", "postgres_only: says something about several machines; not run on SQLite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that waits for other processes gets a second try, and the summary names it; the others must pass at once."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in TIMED:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tried_again = terminalreporter.stats.get("rerun", [])
    if tried_again:
        terminalreporter.section("tried a second time")
    for report in tried_again:
        terminalreporter.write_sep("_", report.nodeid)
        terminalreporter.line(report.longreprtext)
        for title, content in report.sections:
            terminalreporter.write_sep("-", title)
            terminalreporter.line(content)

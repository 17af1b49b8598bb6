"""What most tests start from: a database of its own in a temporary folder, and the knowledge, opened once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.clock import FixedClock
from bot.storage import schema
from bot.storage.database import Database
from bot.words import Words
from knowledge.lookup import Knowledge

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    await opened.open()
    await schema.migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return Knowledge.open(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.open()

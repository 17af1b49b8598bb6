"""The database's shape: which one it has, and how it gets the one this program needs."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import ConfigurationError
from bot.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


class State(StrEnum):
    EMPTY = "empty"
    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    BROKEN = "broken"
    """Tables of ours without a version: a migration broke off, or the file belongs to something else."""


ADVICE = {
    State.EMPTY: "the database is empty; run: zhice migrate",
    State.BEHIND: "the database is older than this program; run: zhice migrate",
    State.AHEAD: "the database is newer than this program; install the newer program, or restore the backup made before the update",
    State.BROKEN: "the database is half migrated or not ours; restore the last backup, or name another with DATABASE_URL or DATA_DIR",
}


def newest() -> str:
    """The last revision, by the names of the files: the library that reads them takes longer to load than a start may take."""
    return max(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def state(database: Database) -> State:
    async with database.read() as connection:
        return await connection.run_sync(_state)


def _state(connection: Connection) -> State:
    names = set(inspect(connection).get_table_names())
    version = connection.execute(text("select version_num from alembic_version")).scalar() if "alembic_version" in names else None
    if version is None:
        return State.BROKEN if _has_ours(names) else State.EMPTY
    return State.CURRENT if version == newest() else _elsewhere(str(version))


def _has_ours(names: Set[str]) -> bool:
    # Imported here: a database with a version is started on without knowing every table.
    from bot.storage.all_tables import METADATA

    return not names.isdisjoint(METADATA.tables)


def _elsewhere(version: str) -> State:
    from alembic.script import ScriptDirectory

    known = {revision.revision for revision in ScriptDirectory.from_config(_config()).walk_revisions()}
    return State.BEHIND if version in known else State.AHEAD


async def migrate(database: Database, revision: str = "head") -> None:
    """Brings the database to the revision, in one transaction: broken off, it is as it was."""
    found = await state(database)
    if found in (State.AHEAD, State.BROKEN):
        raise ConfigurationError([ADVICE[found]])
    if found is State.CURRENT and revision == "head":
        return

    def run(connection: Connection) -> None:
        from alembic import command

        config = _config()
        config.attributes["connection"] = connection
        # From the newest shape, any other is a step back.
        if revision == "base" or (found is State.CURRENT and revision != "head"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)

    async def job(connection: AsyncConnection) -> None:
        if not database.embedded:
            # A table of millions takes its time, and so does waiting for another one that migrates.
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
        await connection.run_sync(run)

    await database.write(job)


async def require_current(database: Database) -> None:
    """Refuses to start on any other shape."""
    found = await state(database)
    if found is not State.CURRENT:
        raise ConfigurationError([ADVICE[found]])

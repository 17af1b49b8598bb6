"""The database's shape: which one it has, and how it gets the one this program needs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.core.errors import ConfigurationError
from bot.storage import (  # noqa: F401  (they fill the metadata)
    application_tables,
    audit,
    enclosures,
    keys,
    notice_tables,
    reminder_tables,
    staff,
    subjects,
    tables,
    transfers,
)
from bot.storage.database import Database

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


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def state(database: Database) -> State:
    async with database.read() as connection:
        return await connection.run_sync(_state)


def _state(connection: Connection) -> State:
    script = ScriptDirectory.from_config(_config())
    version = MigrationContext.configure(connection).get_current_revision()
    if version is None:
        return State.BROKEN if set(inspect(connection).get_table_names()) & set(SQLModel.metadata.tables) else State.EMPTY
    if version == script.get_current_head():
        return State.CURRENT
    return State.BEHIND if version in {revision.revision for revision in script.walk_revisions()} else State.AHEAD


async def migrate(database: Database, revision: str = "head") -> None:
    """Brings the database to the revision, in one transaction: broken off, it is as it was."""
    found = await state(database)
    if found in (State.AHEAD, State.BROKEN):
        raise ConfigurationError([ADVICE[found]])

    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        # From the newest shape, any other is a step back.
        if revision == "base" or (found is State.CURRENT and revision != "head"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)

    async def job(connection: AsyncConnection) -> None:
        await connection.run_sync(run)

    await database.write(job)


async def require_current(database: Database) -> None:
    """Refuses to start on any other shape."""
    found = await state(database)
    if found is not State.CURRENT:
        raise ConfigurationError([ADVICE[found]])

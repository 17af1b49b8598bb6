"""The schema's history goes up, down and up again, whole or not at all; any other shape is recognised and refused."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.core.errors import ConfigurationError
from bot.storage import schema
from bot.storage.all_tables import METADATA
from bot.storage.database import Database
from bot.storage.schema import State
from tests.secret import master

OURS = set(METADATA.tables)

BREAKS_OFF = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "8888", "NEWEST"

def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("delete from lease")
    op.execute("select * from a_table_that_is_not_there")
"""


async def tables(database: Database) -> set[str]:
    async with database.read() as connection:
        return set(await connection.run_sync(lambda on: inspect(on).get_table_names())) - {"alembic_version"}


async def execute(database: Database, *statements: str) -> None:
    for statement in statements:
        await database.write(lambda connection, statement=statement: connection.execute(text(statement)))  # type: ignore[misc]


def test_the_newest_revision_is_the_one_the_files_names_say() -> None:
    assert ScriptDirectory.from_config(schema._config()).get_current_head() == schema.newest()


async def test_an_empty_database_is_known_as_such_and_refused(empty: Database) -> None:
    assert await schema.state(empty) is State.EMPTY
    with pytest.raises(ConfigurationError, match="the database is empty; run: zhice migrate"):
        await schema.require_current(empty)


async def test_it_goes_up_and_down_and_up_again(empty: Database) -> None:
    await schema.migrate(empty)
    assert await schema.state(empty) is State.CURRENT
    assert await tables(empty) == OURS
    await schema.migrate(empty, "base")
    assert await tables(empty) == set()
    await schema.migrate(empty)
    assert await schema.state(empty) is State.CURRENT
    assert await tables(empty) == OURS
    await schema.require_current(empty)


async def test_the_history_makes_exactly_the_tables_the_program_means(empty: Database) -> None:
    await schema.migrate(empty)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))

    async with empty.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_what_is_current_changes_nothing(empty: Database) -> None:
    await schema.migrate(empty)
    await execute(empty, "insert into lease values ('a', 'one', 1, '2026-01-01')")
    await schema.migrate(empty)
    async with empty.read() as connection:
        assert (await connection.execute(text("select name from lease"))).scalar_one() == "a"


@pytest.mark.sqlite_only
async def test_two_that_migrate_at_once_do_not_hinder_each_other(empty: Database) -> None:
    other = Database(empty.url.render_as_string(hide_password=False), master())
    await other.open()
    results = await asyncio.gather(schema.migrate(empty), schema.migrate(other), return_exceptions=True)
    await other.close()
    assert await schema.state(empty) is State.CURRENT
    assert results == [None, None]


async def test_an_older_database_is_recognised(empty: Database) -> None:
    """One step below the newest; with a history of one step there is none but the empty one."""
    await schema.migrate(empty)
    await execute(empty, "update alembic_version set version_num = '0001'")
    state = await schema.state(empty)
    assert state is (State.CURRENT if schema.newest() == "0001" else State.BEHIND)


async def test_a_newer_database_is_neither_used_nor_migrated(empty: Database) -> None:
    await schema.migrate(empty)
    await execute(empty, "update alembic_version set version_num = '9999'")
    assert await schema.state(empty) is State.AHEAD
    for step in (schema.require_current, schema.migrate):
        with pytest.raises(ConfigurationError, match="newer than this program"):
            await step(empty)


async def test_a_half_migrated_database_is_neither_used_nor_migrated(empty: Database) -> None:
    await execute(empty, "create table inbox (id integer)")
    assert await schema.state(empty) is State.BROKEN
    for step in (schema.require_current, schema.migrate):
        with pytest.raises(ConfigurationError, match="half migrated or not ours"):
            await step(empty)
    assert await tables(empty) == {"inbox"}


async def test_tables_of_others_beside_ours_are_let_be(empty: Database) -> None:
    await execute(empty, "create table theirs (id integer)")
    await schema.migrate(empty)
    assert await schema.state(empty) is State.CURRENT
    assert "theirs" in await tables(empty)


async def test_a_migration_broken_off_leaves_the_database_as_it_was(
    empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await schema.migrate(empty)
    await execute(empty, "insert into lease values ('a', 'one', 1, '2026-01-01')")
    history = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, history, ignore=shutil.ignore_patterns("__pycache__"))
    step = BREAKS_OFF.replace("NEWEST", schema.newest())
    (history / "versions" / "8888_breaks_off.py").write_text(step)
    monkeypatch.setattr(schema, "MIGRATIONS", history)
    assert await schema.state(empty) is State.BEHIND
    with pytest.raises(Exception, match="a_table_that_is_not_there"):
        await schema.migrate(empty)
    assert await schema.state(empty) is State.BEHIND
    assert "half" not in await tables(empty)
    async with empty.read() as connection:
        assert (await connection.execute(text("select name from lease"))).scalar_one() == "a"
    (history / "versions" / "8888_breaks_off.py").write_text(step.replace("a_table_that_is_not_there", "lease"))
    shutil.rmtree(history / "versions" / "__pycache__", ignore_errors=True)
    await schema.migrate(empty)
    assert await schema.state(empty) is State.CURRENT
    assert "half" in await tables(empty)

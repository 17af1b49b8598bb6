"""A backup is sound or it is none; it holds no keys; what is brought back sends nothing until somebody says so."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commands import backup
from bot.commands.backup import KEYS, MANIFEST, RESTORED
from bot.core.clock import SystemClock
from bot.core.errors import ConfigurationError
from bot.core.message import Block, Outgoing, Span, Where
from bot.notices.enclosing import Enclosures
from bot.outbox import instance, ledger
from bot.outbox.due import Due, Look, due
from bot.outbox.ledger import Delivery
from bot.settings import Settings
from bot.storage import audit, copies, leases
from bot.storage.database import Database
from bot.storage.files import Files
from bot.storage.tables import Instance
from tests.secret import MASTER_KEY, master

OTHER_MASTER = "YW5vdGhlciBtYXN0ZXIga2V5IG9mIHRlc3RzLCAzMi4="


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    return Settings(_env_file=None, database_url=url, data_dir=tmp_path / "data", master_key=SecretStr(MASTER_KEY))


async def put(database: Database, *keys: str) -> None:
    async def job(connection: AsyncConnection) -> None:
        for key in keys:
            message = Outgoing(key, Where("fake", "bot", key), (Block((Span(f"words of {key}"),)),))
            await ledger.put(connection, message, group=False, lane="reply", now=SystemClock().now())

    await database.unlock(SystemClock().now())
    await database.write(job)


async def waiting(settings: Settings, *, resumed: bool) -> tuple[Delivery, ...]:
    """What the restored database would send."""
    opened = Database(settings.database, master())
    await opened.open()
    try:
        now = SystemClock().now() + timedelta(seconds=1)
        if resumed:
            assert await opened.write(partial(instance.resume, now=now)) == RESTORED
        async with opened.read() as connection:
            found: Due = await due(connection, Look("fake", "bot", now, 10))
        return found.replies
    finally:
        await opened.close()


async def create(settings: Settings, **options: object) -> backup.Made:
    return await backup.create(settings, **({"folder": None, "keys": None, "keep": 0} | options))  # type: ignore[arg-type]


async def test_what_was_there_is_there_again_and_nothing_is_sent_until_somebody_says_so(database: Database, settings: Settings) -> None:
    await put(database, "a", "b")
    files = settings.data_dir / "files"
    files.mkdir(parents=True)
    (files / "sealed").write_bytes(b"sealed bytes")
    made = await create(settings)
    assert made.rows == {"pending": 2}
    await put(database, "written later")
    shutil.rmtree(files)
    await database.close()
    await backup.restore(settings, made.folder, None, replace=True)
    assert await waiting(settings, resumed=False) == ()
    assert [each.message.blocks[0].text for each in await waiting(settings, resumed=True)] == ["words of a", "words of b"]
    assert (files / "sealed").read_bytes() == b"sealed bytes"


async def test_what_notices_enclose_can_be_read_from_a_restored_copy(database: Database, settings: Settings) -> None:
    poster = (Path(__file__).parents[1] / "flows" / "files" / "poster.png").read_bytes()
    await database.unlock(SystemClock().now())
    folder = Files(settings.data_dir / "files")
    enclosed = await Enclosures(database, folder).keep("poster.png", poster, SystemClock().now())
    made = await create(settings)
    shutil.rmtree(folder.folder)
    await database.close()
    await backup.restore(settings, made.folder, None, replace=True)
    opened = Database(settings.database, master())
    await opened.open()
    try:
        assert await Enclosures(opened, folder).contents(enclosed)
    finally:
        await opened.close()


async def test_a_restored_copy_is_another_instance(database: Database, settings: Settings) -> None:
    now = SystemClock().now()
    await database.write(lambda connection: instance.pause(connection, "a pause", now))
    await database.write(lambda connection: instance.resume(connection, now))
    epochs = []
    made = await create(settings)
    for _ in range(2):
        opened = Database(settings.database, master())
        await opened.open()
        async with opened.read() as connection:
            epochs.append((await connection.execute(select(Instance.__table__.c.epoch))).scalar_one())
        await opened.close()
        await database.close()
        await backup.restore(settings, made.folder, None, replace=True)
    assert len(set(epochs)) == 2


async def test_the_log_tells_of_both_and_holds(database: Database, settings: Settings) -> None:
    made = await create(settings)
    await database.close()
    await backup.restore(settings, made.folder, None, replace=True)
    opened = Database(settings.database, master())
    await opened.open()
    async with opened.read() as connection:
        actions = [row.action for row in await connection.execute(text("select action from auditentry order by number"))]
        verdict = await audit.verify(connection)
    await opened.close()
    assert (actions, verdict.broken) == (["backup-restored"], 0)


async def test_a_copy_is_for_its_maker_alone_wherever_it_is_carried(database: Database, settings: Settings) -> None:
    made = await create(settings)
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in made.folder.iterdir()} == dict.fromkeys(
        (path.name for path in made.folder.iterdir()), 0o600
    )


async def test_a_copy_holds_no_key_and_no_word(database: Database, settings: Settings) -> None:
    await put(database, "marker-of-a-key")
    made = await create(settings)
    rows = json.loads(made.keys.read_text())
    assert rows, "they stand in the file of keys"
    everything = b"".join(path.read_bytes() for path in made.folder.iterdir())
    assert not [row["id"] for row in rows if row["locked"].encode() in everything]
    assert b"words of marker" not in everything


async def test_a_key_destroyed_later_is_gone_from_older_copies_too(database: Database, settings: Settings) -> None:
    await put(database, "a")
    older = await create(settings)
    await database.write(lambda connection: connection.execute(text("delete from sealingkey")))
    await create(settings)
    await database.close()
    await backup.restore(settings, older.folder, None, replace=True)
    assert await waiting(settings, resumed=True) == (), "its words cannot be read any more"


async def test_what_was_altered_is_found(database: Database, settings: Settings) -> None:
    made = await create(settings)
    assert await backup.verify(settings, made.folder, None) == []
    (part,) = made.folder.glob("database.*")
    whole = bytearray(part.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    part.write_bytes(whole)
    assert f"{part.name} is not there, or not as it was written" in await backup.verify(settings, made.folder, None)
    with pytest.raises(ConfigurationError, match="not as it was written"):
        await backup.restore(settings, made.folder, None, replace=True)
    part.unlink()
    assert f"{part.name} is not there, or not as it was written" in await backup.verify(settings, made.folder, None)


async def test_a_broken_copy_with_the_right_sum_is_found_too(database: Database, settings: Settings) -> None:
    made = await create(settings)
    (part,) = made.folder.glob("database.*")
    part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])
    manifest = json.loads((made.folder / MANIFEST).read_text())
    manifest["sha256"] = backup._sums(made.folder)
    (made.folder / MANIFEST).write_text(json.dumps(manifest))
    assert await backup.verify(settings, made.folder, None) != []


async def test_a_backup_whose_keys_another_master_locked_is_not_sound(database: Database, settings: Settings) -> None:
    await put(database, "a")
    made = await create(settings)
    elsewhere = settings.model_copy(update={"master_key": SecretStr(OTHER_MASTER)})
    (problem,) = await backup.verify(elsewhere, made.folder, None)
    assert "another master key" in problem
    assert "keys/master.key" in problem, "what to do"
    (made.folder.parent / KEYS).unlink()
    assert "name their file with --keys" in "".join(await backup.verify(settings, made.folder, None))


async def test_it_is_not_brought_back_over_data_unless_told_to_nor_under_a_running_service(database: Database, settings: Settings) -> None:
    made = await create(settings)
    with pytest.raises(ConfigurationError, match="there is data already"):
        await backup.restore(settings, made.folder, None, replace=False)
    now = datetime.now(UTC)
    await database.write(lambda connection: leases.take(connection, "send:x", "machine/1/x", now, lambda holder: False))
    with pytest.raises(ConfigurationError, match="the service runs"):
        await backup.restore(settings, made.folder, None, replace=True)
    await database.write(lambda connection: leases.release(connection, "machine/1/x", now))
    await database.close()
    await backup.restore(settings, made.folder, None, replace=True)


async def test_a_folder_that_is_none_is_told(database: Database, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no backup"):
        await backup.verify(settings, tmp_path, None)


async def test_only_the_newest_are_kept_when_told_to(database: Database, settings: Settings, tmp_path: Path) -> None:
    home = tmp_path / "backups"
    for day in (1, 2, 3):
        old = home / f"{backup.PREFIX}2026010{day}T000000Z"
        old.mkdir(parents=True)
        (old / MANIFEST).write_text("{}")
    made = await create(settings, folder=home, keep=2)
    assert sorted(path.name for path in home.iterdir() if path.is_dir()) == [f"{backup.PREFIX}20260103T000000Z", made.folder.name]


@pytest.mark.sqlite_only
async def test_a_copy_made_while_others_write_is_whole(database: Database, settings: Settings, tmp_path: Path) -> None:
    await put(database, *(f"before {number}" for number in range(200)))

    async def write() -> None:
        for number in range(100):
            await put(database, f"during {number}")

    writing = asyncio.create_task(write())
    copied = [await copies.copy(database, _made(tmp_path / str(number))) for number in range(3)]
    await writing
    for path in copied:
        assert await copies.problems(path) == []
        with closing(sqlite3.connect(path)) as opened:
            assert opened.execute("select count(*) from outbox where key like 'before%'").fetchone() == (200,)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder

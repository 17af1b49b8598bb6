"""`zhice backup`: a copy that was looked through, and its way back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import core, files_of, master_of
from bot.core.clock import SystemClock
from bot.core.errors import ConfigurationError
from bot.outbox import instance, ledger
from bot.settings import Settings
from bot.storage import audit, copies, schema
from bot.storage.database import Database
from bot.storage.schema import State

MANIFEST = "manifest.json"
KEYS = "sealing-keys.json"
PARTIAL = ".partial"
PREFIX = "zhice-"
RESTORED = "restored from a backup"


@dataclass(frozen=True)
class Made:
    folder: Path
    keys: Path
    rows: dict[str, int]
    """Messages by state, as copied."""


async def create(settings: Settings, folder: Path | None, keys: Path | None, keep: int) -> Made:
    """Makes a copy and counts it only when it is found sound. Older ones beyond `keep` go."""
    home = folder or settings.data_dir.resolve() / "backups"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = keys or home / KEYS
    now = SystemClock().now()
    final = _free(home / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}")
    draft = final.with_name(final.name + PARTIAL)
    draft.mkdir(mode=0o700)
    try:
        rows = await _fill(settings, draft, keys, now)
        if found := await verify(settings, draft, keys):
            raise ConfigurationError([f"the copy is not sound and was thrown away: {line}" for line in found])
        draft.rename(final)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _thin_out(home, keep)
    return Made(final, keys, rows)


def _free(wanted: Path) -> Path:
    """Two copies may be made within one second."""
    number = 1
    found = wanted
    while found.exists():
        number += 1
        found = wanted.with_name(f"{wanted.name}-{number}")
    return found


async def _fill(settings: Settings, draft: Path, keys: Path, now: datetime) -> dict[str, int]:
    async with core(settings, migrate=False) as built:
        copied = await copies.copy(built.database, draft)
        # Keys after values: what was sealed meanwhile with a new key must open, too.
        async with built.database.read() as connection:
            count = await copies.write_keys(connection, keys)
            rows = await ledger.counts(connection)
        await asyncio.to_thread(copies.pack, files_of(settings).folder, draft / copies.FILES)
        entry = partial(audit.append, at=now, actor="operator", action="backup-made", object=draft.name.removesuffix(PARTIAL))
        await built.database.write(entry)
    manifest = {"made_at": now.isoformat(), "database": copied.name, "keys": count, "messages": rows, "sha256": _sums(draft)}
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    _close(draft)
    return rows


def _close(folder: Path) -> None:
    """The folder is closed to others already, but what lies in it is carried elsewhere."""
    for path in folder.iterdir():
        path.chmod(0o600)


def _sums(folder: Path) -> dict[str, str]:
    return {path.name: _sum(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _thin_out(home: Path, keep: int) -> None:
    made = sorted(path for path in home.glob(f"{PREFIX}*") if path.suffix != PARTIAL and (path / MANIFEST).is_file())
    for path in made[:-keep] if keep else ():
        shutil.rmtree(path)


async def verify(settings: Settings, folder: Path, keys: Path | None) -> list[str]:
    """What is wrong with a backup, its keys, or the master key for them; nothing when it can be restored."""
    manifest = _manifest(folder)
    found = [f"{name} is not there, or not as it was written" for name, sum in manifest["sha256"].items() if not _is_as(folder / name, sum)]
    found += [f"{manifest['database']}: {line}" for line in await copies.problems(folder / manifest["database"])]
    try:
        rows = copies.read_keys(keys or folder.parent / KEYS)
        master = master_of(settings)
        if unknown := {row["master"] for row in rows if not master.knows(row["master"])}:
            names = ", ".join(sorted(unknown))
            way = "put the copy of that one into DATA_DIR as keys/master.key, or give it as MASTER_KEY"
            found.append(f"its keys are locked with another master key ({names}): {way}")
    except ConfigurationError as error:
        found += error.problems
    return found


def _is_as(path: Path, sum: str) -> bool:
    return path.is_file() and _sum(path) == sum


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        raise ConfigurationError([f"{folder} is no backup: it has no readable {MANIFEST}"]) from None


async def restore(settings: Settings, folder: Path, keys: Path | None, *, replace: bool) -> None:
    """Brings a backup back. It sends nothing until `zhice outbox resume`. A ConfigurationError comes before anything is changed."""
    if found := await verify(settings, folder, keys):
        raise ConfigurationError(found)
    manifest = _manifest(folder)
    await _make_room(settings, replace=replace)
    database = Database(settings.database, master_of(settings))
    if (manifest["database"] == copies.SQLITE) is not database.embedded:
        raise ConfigurationError([f"DATABASE_URL: the backup is a {manifest['database']}, for the other kind of database"])
    await copies.bring_back(database, folder / manifest["database"])
    await database.open()
    try:
        await database.write(partial(copies.put_keys, rows=copies.read_keys(keys or folder.parent / KEYS)))
        await schema.migrate(database)
        await database.write(partial(_end, name=folder.name, now=SystemClock().now()))
    finally:
        await database.close()
    await asyncio.to_thread(copies.unpack, folder / copies.FILES, files_of(settings).folder)


async def _end(connection: AsyncConnection, name: str, now: datetime) -> None:
    await instance.pause(connection, RESTORED, now, copy=True)
    await audit.append(connection, at=now, actor="operator", action="backup-restored", object=name)


async def _make_room(settings: Settings, *, replace: bool) -> None:
    """Only an empty place, or one whose service rests and whose data may go."""
    database = Database(settings.database, master_of(settings))
    await database.open()
    try:
        if await schema.state(database) is State.EMPTY:
            return
        if not replace:
            raise ConfigurationError(["there is data already; with --replace it is put aside (SQLite) or overwritten (PostgreSQL)"])
        async with database.read() as connection:
            if held := await copies.holders(connection, datetime.now(UTC)):
                raise ConfigurationError([f"the service runs ({', '.join(held)}); stop it, and wait a minute if it was killed"])
    finally:
        await database.close()
    if database.embedded:
        _put_aside(Path(str(database.url.database)))


def _put_aside(path: Path) -> None:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(f"{path.name}.{stamp}{suffix}"))

"""Copies of the database: made while it is in use, looked through before they count, brought back into an empty place.

A copy holds no keys. They go into a file of their own, written over each time: a key destroyed later is then gone from everywhere, and
with it what older copies hold of that person.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import ConfigurationError
from bot.storage.database import Database
from bot.storage.keys import SealingKey
from bot.storage.tables import Lease
from bot.storage.upsert import insert_new

_keys = SealingKey.__table__
_lease = Lease.__table__

SQLITE = "database.db"
DUMP = "database.dump"
FILES = "files.tar"
_KEYS = "sealingkey"
_PATIENCE = 3600


async def copy(database: Database, folder: Path) -> Path:
    """A copy of this moment in that folder, without keys. Others may go on writing."""
    if database.embedded:
        return await asyncio.to_thread(_copy_sqlite, Path(str(database.url.database)), folder / SQLITE)
    return await _dump(database.url, folder / DUMP)


def _copy_sqlite(source: Path, target: Path) -> Path:
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)) as opened:
        opened.execute("vacuum into ?", (str(target),))
    with closing(sqlite3.connect(target, isolation_level=None)) as copied:
        # Rewritten as a whole: nothing of the keys stays in a page nobody uses.
        copied.execute(f"delete from {_KEYS}")
        copied.execute("vacuum")
    return target


async def _dump(url: URL, target: Path) -> Path:
    options = ["--format=custom", f"--exclude-table-data=*.{_KEYS}", "--no-owner", "--no-privileges", f"--file={target}"]
    schemas = [f"--schema={name}" for name in _search_path(url)]
    await _run("pg_dump", [*options, *schemas, f"--dbname={_plain(url)}"], url)
    return target


def _search_path(url: URL) -> list[str]:
    """The schema named in the address; without one, pg_dump takes them all."""
    options = url.query.get("options", "")
    _, found, path = str(options).partition("search_path=")
    return path.split(",") if found else []


async def bring_back(database: Database, copied: Path) -> None:
    """Into an empty place. Afterwards the keys and the pause are still missing."""
    if database.embedded:
        shutil.copyfile(copied, str(database.url.database))
        os.chmod(str(database.url.database), 0o600)
    else:
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--clean", "--if-exists"]
        await _run("pg_restore", [*options, f"--dbname={_plain(database.url)}", str(copied)], database.url)


async def problems(copied: Path) -> list[str]:
    """What is wrong with a copy; nothing when it can be brought back."""
    if copied.name == SQLITE:
        return await asyncio.to_thread(_problems_of_sqlite, copied)
    try:
        # Reads and unpacks every row, and writes none.
        await _run("pg_restore", ["--file=/dev/null", str(copied)])
    except ConfigurationError as error:
        return list(error.problems)
    return []


def _problems_of_sqlite(copied: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(f"file:{copied}?mode=ro&immutable=1", uri=True)) as opened:
            found = [str(line) for (line,) in opened.execute("pragma integrity_check") if line != "ok"]
            found += [f"a row of {row[0]} points nowhere" for row in opened.execute("pragma foreign_key_check")]
            if opened.execute(f"select count(*) from {_KEYS}").fetchone()[0]:
                found.append("it holds keys, which belong elsewhere")
            return found
    except sqlite3.DatabaseError as error:
        return [str(error)]


async def _run(program: str, arguments: Sequence[str], url: URL | None = None) -> None:
    """The password goes through the environment: arguments can be seen by everybody on the machine."""
    secret = {"PGPASSWORD": url.password} if url is not None and url.password else {}
    try:
        process = await asyncio.create_subprocess_exec(
            program, *arguments, env={**os.environ, **secret}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
    except FileNotFoundError:
        raise ConfigurationError([f"{program} is not there: install PostgreSQL's client programs"]) from None
    _, said = await asyncio.wait_for(process.communicate(), _PATIENCE)
    if process.returncode:
        raise ConfigurationError([f"{program} failed: {(said.decode(errors='replace').strip().splitlines() or ['no reason given'])[-1]}"])


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


# ---- keys ----


async def write_keys(connection: AsyncConnection, path: Path) -> int:
    """All keys, still locked by the master key, over what stood in the file. Returns how many."""
    rows = [dict(row._mapping) | {"made_at": row.made_at.isoformat()} for row in await connection.execute(select(_keys))]
    draft = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return len(rows)


def read_keys(path: Path) -> list[dict[str, Any]]:
    """Raises ConfigurationError when they cannot be read."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [row | {"made_at": datetime.fromisoformat(row["made_at"])} for row in rows]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ConfigurationError([f"the keys in {path} cannot be read ({type(error).__name__}); name their file with --keys"]) from None


async def put_keys(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    await insert_new(connection, _keys, rows)


# ---- files of applications ----


def pack(folder: Path, target: Path) -> None:
    """They are sealed as they lie there."""
    with tarfile.open(target, "w") as archive:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file():
                try:
                    archive.add(path, arcname=path.name)
                except FileNotFoundError:
                    continue  # Deleted meanwhile, on purpose.


def unpack(source: Path, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")


# ---- who is at work ----


async def holders(connection: AsyncConnection, now: datetime) -> list[str]:
    """Processes that hold a lease just now."""
    query = select(_lease.c.holder).where(_lease.c.until > now, _lease.c.holder != "").distinct()
    return [str(holder) for holder in (await connection.execute(query)).scalars()]

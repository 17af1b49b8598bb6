"""Rows of windows: every wording a window ever had, the present one in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import UserError
from bot.core.message import Text
from bot.storage import reminder_tables as tables
from bot.storage.given import as_rows, given
from bot.storage.prepared import Prepared
from bot.storage.types import Serial
from bot.storage.values import from_json, to_json
from reminders.window import CutOff, Level, Source, Status, Window

_window = tables.Window.__table__
_level = tables.WindowLevel.__table__
_version = tables.WindowVersion.__table__

BODY = TypeAdapter(Window)


async def add(connection: AsyncConnection, window: Window, by: str, now: datetime) -> Window:
    """Publishes it; gives it its number."""
    result = await connection.execute(insert(_window).values(**_row(window, now) | {"version": 1, "told": 0, "cursor": 0}))
    assert result.inserted_primary_key is not None
    added = replace(window, id=int(result.inserted_primary_key[0]), version=1)
    await _write_parts(connection, added, "publish", by, now)
    return added


async def change(connection: AsyncConnection, window: Window, what: str, by: str, now: datetime) -> None:
    """Puts the next wording in place. Raises UserError when somebody else was quicker."""
    was = _window.c.id == window.id, _window.c.version == window.version - 1
    result = await connection.execute(update(_window).where(*was).values(**_row(window, now) | {"version": window.version, "cursor": 0}))
    if not result.rowcount:
        raise UserError(Text("window-changed-meanwhile"))
    await connection.execute(delete(_level).where(_level.c.window == window.id))
    await _write_parts(connection, window, what, by, now)


async def _write_parts(connection: AsyncConnection, window: Window, what: str, by: str, now: datetime) -> None:
    for each in window.cutoffs:
        at = each.at.strftime("%H:%M") if each.at else ""
        await connection.execute(insert(_level).values(window=window.id, level=each.level.value, closes=each.on, at=at))
    body = to_json(BODY, window)
    await connection.execute(insert(_version).values(window=window.id, version=window.version, body=body, what=what, by=by, at=now))


def _row(window: Window, now: datetime) -> dict[str, Any]:
    return {
        "programme": window.programme,
        "title": window.title,
        "region": window.region,
        "themes": json.dumps(window.themes),
        "opens": window.opens,
        "who": window.who,
        "prepare": json.dumps(window.prepare, ensure_ascii=False),
        "clause": window.clause,
        "publisher": window.source.publisher,
        "document": window.source.document,
        "dated": window.source.on,
        "link": window.source.link,
        "grade": window.grade,
        "status": window.status.value,
        "note": window.note,
        "updated_at": now,
    }


async def window(connection: AsyncConnection, id: int) -> Window:
    """Raises UserError when there is no such window."""
    found = await windows(connection, [id])
    if not found:
        raise UserError(Text("window-unknown", {"id": id}))
    return found[id]


async def windows(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Window]:
    """Asked for each batch of reminders: prepared."""
    asked = {"ids": as_rows((id,) for id in ids)}
    rows = await _BY_ID.rows(connection, asked)
    return _put_together(rows, await _LEVELS.rows(connection, asked) if rows else ())


def _by_id(engine: str) -> Select[Any]:
    return select(_window).where(_window.c.id.in_(select(given(engine, "ids", {"id": Serial}).c.id))).order_by(_window.c.id)


def _levels_of(engine: str) -> Select[Any]:
    return select(_level).where(_level.c.window.in_(select(given(engine, "ids", {"id": Serial}).c.id)))


_BY_ID, _LEVELS = Prepared(_by_id), Prepared(_levels_of)


async def not_over(connection: AsyncConnection, today: date) -> list[Window]:
    """Those with a level that closes on that day or later, and the expected ones; soonest end first."""
    closing = select(_level.c.window).where(_level.c.closes >= today)
    found = await _read(connection, _window.c.id.in_(closing) | (_window.c.status == Status.EXPECTED.value))
    return sorted(found.values(), key=lambda each: (cut.on if (cut := each.cutoff()) else date.max, each.id))


async def everything(connection: AsyncConnection) -> list[Window]:
    return list((await _read(connection, _window.c.id > 0)).values())


async def _read(connection: AsyncConnection, which: Any) -> dict[int, Window]:
    rows = (await connection.execute(select(_window).where(which).order_by(_window.c.id))).all()
    return _put_together(rows, await connection.execute(select(_level).where(_level.c.window.in_([row.id for row in rows]))))


def _put_together(rows: Sequence[Any], ends: Iterable[Any]) -> dict[int, Window]:
    levels: dict[int, list[CutOff]] = {row.id: [] for row in rows}
    for level in ends:
        levels[level.window].append(CutOff(Level(level.level), level.closes, time.fromisoformat(level.at) if level.at else None))
    return {row.id: _window_of(row, levels[row.id]) for row in rows}


def _window_of(row: Any, levels: list[CutOff]) -> Window:
    order = list(Level)
    return Window(
        id=row.id,
        version=row.version,
        title=row.title,
        source=Source(row.publisher, row.document, row.dated, row.link),
        cutoffs=tuple(sorted(levels, key=lambda each: order.index(each.level))),
        opens=row.opens,
        programme=row.programme,
        region=row.region,
        themes=tuple(json.loads(row.themes)),
        who=row.who,
        prepare=tuple(json.loads(row.prepare)),
        clause=row.clause,
        grade=row.grade,
        status=Status(row.status),
        note=row.note,
    )


async def wording(connection: AsyncConnection, id: int, version: int) -> Window | None:
    """As it was in that version."""
    query = select(_version.c.body).where(_version.c.window == id, _version.c.version == version)
    body = (await connection.execute(query)).scalar_one_or_none()
    return None if body is None else from_json(BODY, body)

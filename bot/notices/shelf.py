"""Rows of notices: written, changed and read. A change names the version it has seen; an older one is refused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import NotThere, Stale, WrongMove
from bot.core.permissions import Action, StaffMember, require
from bot.notices.notice import Content, Fate, Notice, State, read, written
from bot.storage import audit
from bot.storage.notice_tables import Notice as Row
from bot.storage.notice_tables import NoticeApproval, NoticeRecipient
from bot.storage.upsert import insert_new

_notice = Row.__table__
_approval = NoticeApproval.__table__
_recipient = NoticeRecipient.__table__


async def next_number(connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.max(_notice.c.id)))).scalar() or 0) + 1


async def begin(
    connection: AsyncConnection, by: StaffMember, id: int, content: Content, now: datetime, corrects: int | None = None
) -> Notice:
    """A new draft under a number that was free when it was asked for. Raises NotAllowed, Stale when it is not any more; for a
    correction WrongMove while the notice that it corrects is on its way."""
    require(by, Action.DRAFT_NOTICE)
    if corrects is not None:
        wrong = await notice(connection, corrects)
        if wrong.state not in (State.DONE, State.CANCELLED) or wrong.started_at is None:
            raise WrongMove("only what has gone out can be corrected")
    row = {
        "id": id,
        "version": 0,
        "round": 0,
        "state": State.DRAFT.value,
        "author": by.id,
        "editor": by.id,
        "content": written(content),
        "corrects": corrects,
        "reason": "",
        "remark": "",
        "listed": 0,
        "cursor": "",
        "snapshot": "",
        "digest": "",
        "desk": "",
        "progress": 0,
        "shown": "",
        "made_at": now,
        "changed_at": now,
    }
    if not await insert_new(connection, _notice, [row]):
        raise Stale(f"notice:{id}")
    await audit.append(connection, at=now, actor=by.reference, action="notice-drafted", object=f"notice:{id}")
    return await notice(connection, id)


async def change(connection: AsyncConnection, by: StaffMember, known: Notice, content: Content, now: datetime) -> Notice:
    """Another wording, audience or time: what was approved before counts no more. Raises NotAllowed, WrongMove, Stale."""
    require(by, Action.DRAFT_NOTICE)
    if known.state not in (State.DRAFT, State.WAITING, State.APPROVED):
        raise WrongMove(f"{known.state} is not changed any more")
    await forget_recipients(connection, known.id)
    values = {"state": State.DRAFT.value, "editor": by.id, "content": written(content), "digest": "", "submit_key": None, "changed_at": now}
    await move(connection, known, **values)
    if known.state is not State.DRAFT:
        await audit.append(connection, at=now, actor=by.reference, action="notice-changed", object=f"notice:{known.id}")
    return await notice(connection, known.id)


async def discard(connection: AsyncConnection, by: StaffMember, known: Notice, now: datetime) -> None:
    """A draft that nobody wants any more. Raises NotAllowed, WrongMove, Stale."""
    require(by, Action.DRAFT_NOTICE)
    if known.state not in (State.DRAFT, State.WAITING):
        raise WrongMove(f"{known.state} is not thrown away")
    await forget_recipients(connection, known.id)
    await move(connection, known, state=State.CANCELLED.value, finished_at=now, changed_at=now)
    await audit.append(connection, at=now, actor=by.reference, action="notice-discarded", object=f"notice:{known.id}")


async def forget_recipients(connection: AsyncConnection, id: int) -> None:
    """Of a notice that has not begun: the list, and what was approved on its ground."""
    await connection.execute(delete(_recipient).where(_recipient.c.notice == id, _recipient.c.state == Fate.DUE.value))
    await connection.execute(delete(_approval).where(_approval.c.notice == id))


async def move(connection: AsyncConnection, known: Notice, **values: Any) -> None:
    """Raises Stale when somebody was quicker."""
    here = (_notice.c.id == known.id, _notice.c.version == known.version)
    if not (await connection.execute(update(_notice).where(*here).values(version=known.version + 1, **values))).rowcount:
        raise Stale(f"notice:{known.id}")


async def note(connection: AsyncConnection, id: int, **values: Any) -> None:
    """What is no decision of anybody: how far it has come, what was shown."""
    await connection.execute(update(_notice).where(_notice.c.id == id).values(**values))


async def notice(connection: AsyncConnection, id: int) -> Notice:
    """Raises NotThere."""
    row = (await connection.execute(select(_notice).where(_notice.c.id == id))).first()
    if row is None:
        raise NotThere(f"notice:{id}")
    return told(row)


async def enclosed(connection: AsyncConnection) -> set[str]:
    """Ids of all that notices enclose."""
    contents = (await connection.execute(select(_notice.c.content))).scalars()
    return {found.enclosed.id for found in map(read, contents) if found.enclosed}


async def in_states(connection: AsyncConnection, states: Collection[State], limit: int = 20) -> list[Notice]:
    """The latest first."""
    query = select(_notice).where(_notice.c.state.in_([state.value for state in states])).order_by(_notice.c.id.desc()).limit(limit)
    return [told(row) for row in (await connection.execute(query)).all()]


def told(row: Any) -> Notice:
    return Notice(
        row.id,
        row.version,
        row.round,
        State(row.state),
        row.author,
        row.editor,
        read(row.content),
        row.corrects,
        row.reason,
        row.remark,
        row.submitted_by,
        row.submitted_at,
        row.listed,
        row.snapshot,
        row.digest,
        row.desk,
        row.started_at,
        row.finished_at,
        row.changed_at,
    )

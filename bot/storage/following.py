"""What follows a group to its new id beside what was said there: how it wants notices, which were due to it, and its reminders."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.storage.notice_tables import NoticeRecipient, NoticeWish
from bot.storage.reminder_tables import ReminderPlace
from bot.storage.upsert import insert_new

_reminded = ReminderPlace.__table__
_recipient = NoticeRecipient.__table__
_wish = NoticeWish.__table__


async def reminders(connection: AsyncConnection, old: Where, new: Where) -> None:
    """Topic by topic; where the new group has some of its own they stay, and the old ones end."""
    there = set((await connection.execute(select(_reminded.c.thread).where(*_here(_reminded, new)))).scalars())
    statement = update(_reminded).where(*_here(_reminded, old), _reminded.c.thread.not_in(there))
    await connection.execute(statement.values(chat=new.chat))


async def notices(connection: AsyncConnection, old: Where, new: Where) -> None:
    if (wish := (await connection.execute(select(_wish).where(*_here(_wish, old)))).first()) is not None:
        await insert_new(connection, _wish, [dict(wish._mapping) | {"chat": new.chat}])
        await connection.execute(delete(_wish).where(*_here(_wish, old)))
    there = select(_recipient.c.notice).where(*_here(_recipient, new))
    await connection.execute(update(_recipient).where(*_here(_recipient, old), _recipient.c.notice.not_in(there)).values(chat=new.chat))


def _here(table: Table, where: Where) -> tuple[ColumnElement[bool], ...]:
    columns = table.c
    return columns.platform == where.platform, columns.account == where.account, columns.chat == where.chat

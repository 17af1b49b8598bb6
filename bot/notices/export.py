"""The ledger 通知到达台账 as CSV and XLSX: who was due, what became of each, and who has seen it. No cell is ever a formula."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Text
from bot.core.permissions import Action, StaffMember, require
from bot.notices.notice import Notice
from bot.notices.report import Reader
from bot.spreadsheet import neutral
from bot.storage import audit
from bot.storage.notice_tables import NoticeRecipient

_recipient = NoticeRecipient.__table__

COLUMNS = ("number", "platform", "chat", "kind", "region", "fate", "reason", "at", "seen", "language")
AT_ONCE = 5000


async def rows(connection: AsyncConnection, by: StaffMember, known: Notice, reason: str, now: datetime) -> AsyncIterator[Any]:
    """Everybody it was due to, in the order of sending. Who asked, and why, is written into the audit log first. Raises NotAllowed."""
    require(by, Action.EXPORT)
    await audit.append(connection, at=now, actor=by.reference, action="notice-exported", object=f"notice:{known.id}", detail=reason[:200])
    last = 0
    while found := (await connection.execute(_after(known.id, last))).all():
        for row in found:
            yield row
        last = found[-1].number


def _after(notice: int, number: int) -> Any:
    here = (_recipient.c.notice == notice, _recipient.c.number > number)
    return select(_recipient).where(*here).order_by(_recipient.c.number).limit(AT_ONCE)


def head(reader: Reader) -> list[str]:
    return [reader.say(Text(f"ledger-{column}")) for column in COLUMNS]


def cells(row: Any, reader: Reader) -> list[str]:
    """A row as text; every cell is neutral."""
    kind = reader.say(Text("ledger-group" if row.group else "ledger-private"))
    fate = reader.say(Text(f"fate-{row.state}"))
    times = (_instant(row.settled_at, reader.zone), _instant(row.known_at, reader.zone))
    region = reader.place(row.region) if row.region else ""
    told = (str(row.number), reader.platform(row.platform), row.chat, kind, region, fate, row.reason, *times, row.language)
    return [neutral(cell) for cell in told]


def _instant(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""

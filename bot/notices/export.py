"""The ledger 通知到达台账 as CSV and XLSX: who was due, what became of each, and who has seen it. No cell is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Text
from bot.core.permissions import Action, StaffMember, require
from bot.notices.notice import Notice
from bot.storage import audit
from bot.storage.notice_tables import NoticeRecipient
from bot.words import Words

_recipient = NoticeRecipient.__table__  # type: ignore[attr-defined]

COLUMNS = ("number", "platform", "chat", "kind", "region", "fate", "reason", "at", "seen", "language")
AT_ONCE = 5000
# Control characters raise in XLSX; those that turn the direction of writing hide what stands there.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA = re.compile("^[\\s\u3000]*[=+\\-@＝＋－＠﹦﹢﹣﹫]|^[\t\r\n]")


def neutral(text: str) -> str:
    """A cell that no program takes for a formula."""
    clean = _UNSEEN.sub("", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean


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


def head(words: Words, language: str) -> list[str]:
    return [words.say(Text(f"ledger-{column}"), language) for column in COLUMNS]


def cells(row: Any, words: Words, language: str, zone: tzinfo) -> list[str]:
    """A row as text; every cell is neutral."""
    kind = words.say(Text("ledger-group" if row.group else "ledger-private"), language)
    fate = words.say(Text(f"fate-{row.state}"), language)
    times = (_instant(row.settled_at, zone), _instant(row.known_at, zone))
    told = (str(row.number), row.platform, row.chat, kind, row.region, fate, row.reason, *times, row.language)
    return [neutral(cell) for cell in told]


def _instant(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(table)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(table: Sequence[Sequence[str]]) -> bytes:
    from xlsxwriter import Workbook

    written = io.BytesIO()
    with Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return written.getvalue()


FORMS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}

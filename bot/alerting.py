"""Staff hear of trouble without asking: once when it begins, once more when it is over, each in their own private chat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import LASTING, Button, Outgoing, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.notices.letter import Platforms
from bot.notices.telling import chats_of
from bot.outbox import ledger, report, troubles
from bot.outbox.report import Alert
from bot.storage import audit, staff
from bot.storage.tables import Alert as Row
from bot.storage.upsert import insert_new
from bot.words import Words

_alert = Row.__table__

CALM = timedelta(minutes=2)
"""Over is what was not seen for so long: a trouble that comes and goes is one."""
FORSAKEN = timedelta(minutes=10)
"""An account for which nobody has worked so long has no troubles: it is not ours any more."""
USE = timedelta(hours=6)
"""What could not be told by then is no news."""
MUCH_MORE = 10
"""Times as many as were told of are told again."""


_CONCERNS = {"batch": Action.PAUSE_NOTICE, "catchup": Action.EDIT_CONTENT, "workdays": Action.EDIT_CONTENT}


async def tell(connection: AsyncConnection, words: Words, platforms: Platforms, now: datetime, others: Collection[Alert] = ()) -> None:
    """Compares what is wrong with what was told. Two processes at once tell it once. `others`: beside the outbox's own."""
    await troubles.drop_forsaken(connection, now - FORSAKEN)
    known = {row.name: row for row in (await connection.execute(select(_alert))).all()}
    found = [*await report.alerts(connection, now), *others]
    for alert in found:
        if await _is_news(connection, alert, known.get(alert.name), now):
            await _say(connection, alert.name, alert.text, words, platforms, now, alert.look)
    names = {alert.name for alert in found}
    for row in (row for name, row in known.items() if name not in names and row.seen_at <= now - CALM):
        await _end(connection, row, words, platforms, now)


async def _is_news(connection: AsyncConnection, alert: Alert, known: Any, now: datetime) -> bool:
    if known is None:
        row = {"name": alert.name, "count": alert.count, "told_at": now, "seen_at": now}
        return bool(await insert_new(connection, _alert, [row]))
    grown = alert.count >= MUCH_MORE * known.count
    values = {"count": alert.count, "told_at": now, "seen_at": now} if grown else {"seen_at": now}
    same = (_alert.c.name == alert.name, _alert.c.count == known.count)
    return bool((await connection.execute(update(_alert).where(*same).values(**values))).rowcount) and grown


async def _end(connection: AsyncConnection, row: Any, words: Words, platforms: Platforms, now: datetime) -> None:
    same = (_alert.c.name == row.name, _alert.c.seen_at == row.seen_at)
    is_ours = (await connection.execute(delete(_alert).where(*same))).rowcount
    if is_ours and (text := _over(row.name, row.told_at)) is not None:
        await _say(connection, f"{row.name}:over", text, words, platforms, now)


def _over(name: str, since: datetime) -> Text | None:
    """None for what does not end but only grows old."""
    kind, _, what = name.partition(":")
    values: dict[str, str | datetime] = {"name": what.partition(":")[2], "since": since}
    match kind:
        case "paused" | "slow" | "batch":
            return Text(f"alert-over-{kind}", values)
        case "trouble":
            return Text("alert-over-poll" if what.startswith("poll:") else "alert-over-send", values)
    return None


async def _say(
    connection: AsyncConnection,
    name: str,
    text: Text,
    words: Words,
    platforms: Platforms,
    now: datetime,
    look: tuple[str, Text] | None = None,
) -> None:
    """To everybody whose business it is. The log keeps that it was said, whether or not anybody could be reached."""
    await audit.append(connection, at=now, actor="service", action="alert", object=name)
    for member in _whose_business(name, await staff.everybody(connection)):
        for place in await chats_of(connection, member.id):
            where = place.where
            if where.platform not in platforms:
                continue
            key = f"alert:{name}:{now:%Y%m%dT%H%M%S}:{where.platform}:{where.account}:{where.chat}"
            # Where choices are typed as numbers, nothing is on offer that a row knows of: the words name the command.
            shows = look if platforms[where.platform].buttons else None
            buttons = (Button(words.say(shows[1], place.language), f"{LASTING}{shows[0]}:"),) if shows else ()
            message = Outgoing(key, where, (words.block(text, place.language),), buttons, language=place.language)
            await ledger.put(connection, message, group=False, lane="reply", now=now, expires_at=now + USE)


def _whose_business(name: str, members: Collection[StaffMember]) -> list[StaffMember]:
    """A paused notice concerns those who may let it go on, reminders those who enter windows; everything else the owners."""
    action = _CONCERNS.get(name.partition(":")[0], Action.MANAGE_CHANNELS)
    return [member for member in members if member.active and allowed(member.roles, action)]

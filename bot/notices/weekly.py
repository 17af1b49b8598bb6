"""The weekly digest: on Monday morning one message with everything that waited for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.fit import fit
from bot.core.message import Block, Outgoing, Span, Text
from bot.notices import audience, shelf
from bot.notices.letter import Platforms
from bot.notices.notice import Fate, Notice
from bot.outbox import ledger
from bot.storage.notice_tables import NoticeRecipient
from bot.words import Words

_recipient = NoticeRecipient.__table__

HOUR = 9
LATE = timedelta(hours=12)
"""A digest later than that waits for the next week."""
AT_ONCE = 200
"""Recipients' rows looked at in one transaction."""


def monday(now: datetime, zone: tzinfo) -> datetime:
    """The last Monday morning."""
    here = now.astimezone(zone)
    found = here.replace(hour=HOUR, minute=0, second=0, microsecond=0) - timedelta(days=here.weekday())
    return found if found <= here else found - timedelta(days=7)


async def send_some(connection: AsyncConnection, words: Words, platforms: Platforms, now: datetime, zone: tzinfo) -> int:
    """Puts the next chats' digests into the outbox. Returns how many rows it dealt with; call it until 0."""
    due = monday(now, zone)
    if now - due > LATE:
        return 0
    waiting = (text("noticerecipient.state = 'weekly'"), _recipient.c.settled_at <= due)
    query = select(_recipient.c.platform, _recipient.c.account, _recipient.c.chat).where(*waiting).limit(AT_ONCE)
    first = (await connection.execute(query)).all()
    chats = list(dict.fromkeys((row.platform, row.account, row.chat) for row in first))
    there = await audience.still_reachable(connection, chats) if chats else {}
    for chat in chats:
        here = (_recipient.c.platform == chat[0], _recipient.c.account == chat[1], _recipient.c.chat == chat[2])
        rows = (await connection.execute(select(_recipient).where(*waiting, *here).order_by(_recipient.c.notice))).all()
        key = f"notice-week:{due:%G-%V}:{':'.join(chat)}"
        fate = {"state": Fate.SKIPPED.value, "reason": "gone-or-unsubscribed"}
        if place := there.get(chat):
            await _put(connection, await _messages(connection, rows, key, place, words), place, platforms, now)
            fate = {"state": Fate.QUEUED.value, "key": key}
        await connection.execute(update(_recipient).where(_recipient.c.id.in_([row.id for row in rows])).values(**fate))
    return len(first)


async def _put(
    connection: AsyncConnection, messages: Sequence[Outgoing], place: audience.Place, platforms: Platforms, now: datetime
) -> None:
    limits = platforms.get(place.where.platform)
    for message in messages:
        for part in fit(message, limits) if limits else (message,):
            await ledger.put(connection, part, group=place.group, lane="bulk", now=now)


async def _messages(connection: AsyncConnection, rows: Sequence[Any], key: str, place: audience.Place, words: Words) -> list[Outgoing]:
    """The digest, and behind it what its notices enclose, each under its title."""
    told = [await shelf.notice(connection, row.notice) for row in rows]
    blocks: list[Block] = [words.block(Text("notices-week-title", {"count": len(rows)}, bold=True), place.language)]
    for known in told:
        blocks += [_title(known), Block(known.content.text(place.language)[1])]
    blocks.append(words.block(Text("notices-week-stop"), place.language))
    enclosing = [known for known in told if known.content.enclosed]
    return [
        Outgoing(key, place.where, tuple(blocks), language=place.language),
        *(
            Outgoing(f"{key}:{known.id}", place.where, (_title(known),), language=place.language, enclosed=known.content.enclosed)
            for known in enclosing
        ),
    ]


def _title(known: Notice) -> Block:
    return Block((Span(known.content.title, bold=True),))

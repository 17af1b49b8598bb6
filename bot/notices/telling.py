"""What staff are told about notices in their own private chats."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.fit import fit
from bot.core.message import LASTING, Button, ChatKind, Outgoing, Text, Where
from bot.core.permissions import Action, allowed
from bot.notices.audience import Place, still_reachable
from bot.notices.letter import Platforms
from bot.notices.notice import Notice
from bot.outbox import ledger
from bot.storage import staff
from bot.storage.tables import Chat
from bot.words import Words

_chat = Chat.__table__


def written(where: Where) -> str:
    """A chat as a row keeps it."""
    return json.dumps([where.platform, where.account, where.chat])


def read(desk: str) -> Where | None:
    return Where(*json.loads(desk)) if desk else None


async def reviewers(connection: AsyncConnection, notice: Notice, words: Words, platforms: Platforms, now: datetime) -> None:
    """Everybody who may approve it hears that it waits."""
    involved = (notice.author, notice.editor, notice.submitted_by)
    members = [each for each in await staff.everybody(connection) if each.active and allowed(each.roles, Action.APPROVE_NOTICE)]
    for member in (each for each in members if each.id not in involved):
        for place in await chats_of(connection, member.id):
            said = Text("notice-waits", {"number": notice.id, "title": notice.content.title, "count": notice.listed})
            key = f"notice:{notice.id}:{notice.round}:waits:{member.id}:{place.where.platform}"
            drawn = message(key, place.where, place.language, said, [("notice", Text("choice-notice-look"))], notice, words)
            await put(connection, drawn, platforms, now)


async def chats_of(connection: AsyncConnection, member: int) -> list[Place]:
    """The private chats in which somebody of the staff is reached."""
    found: list[Place] = []
    for platform, user in await staff.identities(connection, member):
        here = (_chat.c.platform == platform, _chat.c.user == user, _chat.c.kind == ChatKind.PRIVATE.value, _chat.c.active)
        rows = (await connection.execute(select(_chat.c.platform, _chat.c.account, _chat.c.chat).where(*here))).all()
        # Also those who want no notices: this is their work.
        found += (await still_reachable(connection, [tuple(row) for row in rows], wishes=False)).values()
    return found


async def author(
    connection: AsyncConnection,
    notice: Notice,
    key: str,
    said: Sequence[Text],
    actions: Collection[str],
    words: Words,
    platforms: Platforms,
    now: datetime,
    edit: str = "",
) -> None:
    """The chat in which it was handed in."""
    if (where := read(notice.desk)) is None:
        return
    places = await still_reachable(connection, [(where.platform, where.account, where.chat)], wishes=False)
    for place in places.values():
        choices = [(action, Text(f"choice-{action}")) for action in actions]
        drawn = message(key, place.where, place.language, said, choices, notice, words)
        await put(connection, replace(drawn, edit=edit), platforms, now)


def message(
    key: str, where: Where, language: str, said: Text | Sequence[Text], choices: Sequence[tuple[str, Text]], notice: Notice, words: Words
) -> Outgoing:
    """With buttons that need no row of their own: who presses is looked up, and the notice's number is in them."""
    texts = (said,) if isinstance(said, Text) else tuple(said)
    buttons = tuple(Button(words.say(label, language), f"{LASTING}{action}:{notice.id}") for action, label in choices)
    return Outgoing(key, where, tuple(words.block(text, language) for text in texts), buttons, language=language)


async def put(connection: AsyncConnection, drawn: Outgoing, platforms: Platforms, now: datetime) -> None:
    limits = platforms.get(drawn.where.platform)
    if limits is None or not limits.buttons:
        # Their numbers could not be typed: nothing is on offer that a row knows of. The words name the command.
        drawn = replace(drawn, buttons=())
    for part in fit(drawn, limits) if limits else (drawn,):
        await ledger.put(connection, part, group=False, lane="reply", now=now)

"""A word to somebody who has not just spoken: in their language, with buttons, or with numbers where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.fit import fit
from bot.core.message import Reply, Where
from bot.core.platform import Limits
from bot.outbox import ledger
from bot.outbox.drawing import KEEP, draw
from bot.storage import conversations, privacy, staff
from bot.storage.database import Connection
from bot.words import Words

NO_LIMITS = Limits(text=4096, buttons=10)


class Teller:
    def __init__(self, words: Words, limits: Mapping[str, Limits]) -> None:
        self._words, self._limits = words, limits

    async def tell(
        self,
        connection: Connection,
        where: Where,
        user: str,
        reply: Reply,
        *,
        key: str,
        now: datetime,
        lane: str = "reply",
        expires_at: datetime | None = None,
    ) -> None:
        """Put into the outbox with the caller's other rows; what has the same key is there already."""
        limits = self._limits.get(where.platform, NO_LIMITS)
        language = self._words.nearest(await conversations.language_of(connection, where.platform, user))
        message, offer = draw(
            self._words, reply.blocks, reply.choices, key=key, where=where, language=language, user=user, until=now + KEEP
        )
        await ledger.put_many(connection, [(part, False) for part in fit(message, limits)], lane=lane, now=now, expires_at=expires_at)
        if offer:
            await conversations.put_offer(connection, offer, now)
            if not limits.buttons:
                await conversations.take_numbers(connection, offer, now)

    async def tell_member(self, connection: Connection, member: int, reply: Reply, *, key: str, now: datetime) -> None:
        """Somebody of the staff, in every private chat they have with us."""
        for platform, user in await staff.identities(connection, member):
            for where in await privacy.private_chats(connection, platform, user):
                await self.tell(connection, where, user, reply, key=f"{key}:{member}:{platform}:{where.chat}", now=now)

"""A word to those who are filling in an application of a programme that is switched off, and again when it goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import tzinfo

from bot.core.clock import Clock
from bot.core.message import Choice, Reply, Text
from bot.storage import drafts, programmes
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling
from handlers.forms.form import forms
from handlers.forms.quiet import in_daytime
from handlers.telling import Teller

AT_ONCE = 50
"""In one transaction: replies wait behind it."""


class Pauses:
    """Ticks as often as one likes: the draft's row says what its owner has heard."""

    def __init__(self, database: Database, teller: Teller, clock: Clock, zone: tzinfo) -> None:
        self._database, self._teller, self._clock, self._zone = database, teller, clock, zone

    async def tick(self) -> None:
        """Where there is nothing to do it only looks, and holds up no writer."""
        if not in_daytime(self._clock.now(), self._zone):
            return
        async with self._database.read() as connection:
            off = await programmes.off(connection)
            waiting = await drafts.to_be_paused(connection, off, 1) + await drafts.to_be_resumed(connection, off, 1)
        if waiting:
            await self._all(self._pause)
            await self._all(self._resume)

    async def _all(self, batch: Callable[[Connection], Awaitable[bool]]) -> None:
        while await self._database.write(batch):
            pass

    async def _pause(self, connection: Connection) -> bool:
        """Some of them. False: those were all."""
        now, off = self._clock.now(), await programmes.off(connection)
        found = await drafts.to_be_paused(connection, off, AT_ONCE)
        for filling in found:
            if await drafts.pause(connection, filling.id, now) and filling.programme in forms():
                said = Text("programme-off", {"name": Text(f"{filling.programme}-name"), "reason": off[filling.programme]})
                choices = (Choice("apply-discard", filling.id, Text("choice-discard")),)
                await self._tell(connection, filling, Reply((said, Text("programme-off-kept")), choices))
        return len(found) == AT_ONCE

    async def _resume(self, connection: Connection) -> bool:
        now = self._clock.now()
        found = await drafts.to_be_resumed(connection, await programmes.off(connection), AT_ONCE)
        for filling in found:
            if await drafts.resume(connection, filling.id, now) and filling.programme in forms():
                said = Text("programme-on-again", {"name": Text(f"{filling.programme}-name")})
                choices = (Choice("apply-continue", filling.id, Text("choice-resume")),)
                await self._tell(connection, filling, Reply((said,), choices))
        return len(found) == AT_ONCE

    async def _tell(self, connection: Connection, filling: Filling, reply: Reply) -> None:
        now, owner = self._clock.now(), filling.owner
        await self._teller.tell(
            connection, owner.where, owner.user, reply, key=f"pause:{filling.id}:{now.isoformat()}", now=now, lane="bulk"
        )

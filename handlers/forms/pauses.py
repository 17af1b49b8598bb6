"""A word to those who are filling in an application of a programme that is switched off, and again when it goes on."""

from __future__ import annotations

from datetime import tzinfo

from bot.core.clock import Clock
from bot.core.message import Choice, Reply, Text
from bot.storage import drafts, programmes
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling
from handlers.forms import ticking
from handlers.forms.form import forms
from handlers.forms.ticking import AT_ONCE
from handlers.telling import Teller


class Pauses:
    """Ticks as often as one likes: the draft's row says what its owner has heard."""

    def __init__(self, database: Database, teller: Teller, clock: Clock, zone: tzinfo) -> None:
        self._database, self._teller, self._clock, self._zone = database, teller, clock, zone

    async def tick(self) -> None:
        await ticking.tick(self._database, self._clock, self._zone, self._waiting, self._pause, self._resume)

    async def _waiting(self, connection: Connection) -> bool:
        off = await programmes.off(connection)
        return bool(await drafts.to_be_paused(connection, off, 1) or await drafts.to_be_resumed(connection, off, 1))

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

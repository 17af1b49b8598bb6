"""A word to those who left an application unfinished: once for each silence, in the daytime, and nothing personal in it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from bot.core.clock import Clock
from bot.core.message import Choice, Reply, Text
from bot.storage import drafts
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling
from bot.storage.privacy import Retention
from handlers.forms import ticking
from handlers.forms.form import forms
from handlers.forms.ticking import AT_ONCE
from handlers.telling import Teller

SILENCE = timedelta(days=2)
USEFUL = timedelta(days=1)
"""A reminder that could not be sent for so long is let go."""


class Quiet:
    """Ticks as often as one likes, in as many processes as one likes: the draft's row says who was reminded."""

    def __init__(self, database: Database, teller: Teller, clock: Clock, zone: tzinfo) -> None:
        self._database, self._teller, self._clock, self._zone = database, teller, clock, zone

    async def tick(self) -> None:
        await ticking.tick(self._database, self._clock, self._zone, self._waiting, self._batch)

    async def _waiting(self, connection: Connection) -> bool:
        return bool(await drafts.quiet_since(connection, self._clock.now() - SILENCE, 1))

    async def _batch(self, connection: Connection) -> bool:
        """Some of them. False: those were all."""
        now = self._clock.now()
        found = await drafts.quiet_since(connection, now - SILENCE, AT_ONCE)
        for filling in found:
            # Noted also for a programme that is gone, of which nothing is said: else it would be found again each time.
            if await drafts.reminded(connection, filling, now) and filling.programme in forms():
                await self._remind(connection, filling, now)
        return len(found) == AT_ONCE

    async def _remind(self, connection: Connection, filling: Filling, now: datetime) -> None:
        await self._teller.tell(
            connection,
            filling.owner.where,
            filling.owner.user,
            Reply((_said(filling, self._zone),), _choices(filling)),
            key=f"quiet:{filling.id}:{filling.version}",
            now=now,
            lane="bulk",
            expires_at=now + USEFUL,
        )


def _is_correction(filling: Filling) -> bool:
    return bool(filling.answers.get("submitted"))


def _said(filling: Filling, zone: tzinfo) -> Text:
    name = Text(f"{filling.programme}-name")
    if _is_correction(filling):
        return Text("quiet-correction", {"name": name})
    until = (filling.updated_at + Retention().drafts).astimezone(zone).date()
    return Text("quiet-draft", {"name": name, "until": until})


def _choices(filling: Filling) -> tuple[Choice, ...]:
    """What staff sent back for correction is not thrown away: it may be taken back at /applications."""
    go_on = Choice("apply-continue", filling.id, Text("choice-resume"))
    return (go_on,) if _is_correction(filling) else (go_on, Choice("apply-discard", filling.id, Text("choice-discard")))

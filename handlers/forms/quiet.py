"""A word to those who left an application unfinished: once for each silence, in the daytime, and nothing personal in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo

from bot.core.clock import Clock
from bot.core.fit import fit
from bot.core.message import Choice, Text
from bot.core.platform import Limits
from bot.outbox import ledger
from bot.outbox.drawing import KEEP, draw
from bot.storage import conversations, drafts
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling
from bot.storage.privacy import Retention
from bot.words import Words
from handlers.forms.form import forms

SILENCE = timedelta(days=2)
FROM, UNTIL = time(9), time(20)
"""Wall time in which we write to people unasked."""
AT_ONCE = 50
"""In one transaction: replies wait behind it."""
USEFUL = timedelta(days=1)
"""A reminder that could not be sent for so long is let go."""
NO_LIMITS = Limits(text=4096, buttons=10)


class Quiet:
    """Ticks as often as one likes, in as many processes as one likes: the draft's row says who was reminded."""

    def __init__(self, database: Database, words: Words, clock: Clock, zone: tzinfo, limits: Mapping[str, Limits]) -> None:
        self._database, self._words, self._clock, self._zone, self._limits = database, words, clock, zone, limits

    async def tick(self) -> None:
        """Where there is nothing to do it only looks, and holds up no writer."""
        now = self._clock.now()
        if not FROM <= now.astimezone(self._zone).time() < UNTIL:
            return
        async with self._database.read() as connection:
            if not await drafts.quiet_since(connection, now - SILENCE, 1):
                return
        while await self._database.write(self._batch):
            pass

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
        where, user = filling.owner.where, filling.owner.user
        language = await conversations.language_of(connection, where.platform, user)
        limits = self._limits.get(where.platform, NO_LIMITS)
        message, offer = draw(
            self._words,
            (_said(filling, self._zone),),
            _choices(filling),
            key=f"quiet:{filling.id}:{filling.version}",
            where=where,
            language=self._words.nearest(language),
            user=user,
            until=now + KEEP,
        )
        assert offer is not None, "there are choices"
        await ledger.put_many(connection, [(part, False) for part in fit(message, limits)], lane="bulk", now=now, expires_at=now + USEFUL)
        await conversations.put_offer(connection, offer, now)
        if not limits.buttons:
            await conversations.take_numbers(connection, offer, now)


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

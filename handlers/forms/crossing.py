"""Moving a form from a platform to the office's own web chat: a link that works once takes the person to the same question there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.errors import NotThere, UserError
from bot.core.message import Effect, Incoming, Text, Where
from bot.storage import audit, drafts, subjects, transfers
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling
from bot.storage.transfers import Purpose, Redeemed, Refusal

TERM = timedelta(minutes=10)
"""How long a link works."""


class Crossing:
    """`moved` are the platforms where no form is filled in; `address` is our web chat."""

    def __init__(self, database: Database, moved: Collection[str], address: str) -> None:
        self._database, self._moved, self._address = database, frozenset(moved), address

    def leads_away(self, where: Where) -> bool:
        return where.platform in self._moved

    async def link(self, incoming: Incoming, draft: str, now: datetime) -> str:
        """To that draft; an earlier link is void. The code stands behind the `#`: no server on the way is told of it."""

        async def job(connection: Connection) -> str:
            subject = await subjects.begun(connection, incoming.where.platform, incoming.user, now)
            return await transfers.make(connection, Purpose.WEB_FORM, f"{subject} {draft}", now, TERM)

        return f"{self._address}/#form={await self._database.write(job)}"

    async def look(self, incoming: Incoming, code: str, now: datetime) -> Filling:
        """What a link leads to; nothing is used up. Raises UserError."""
        found = await self._database.write(lambda on: transfers.look(on, (Purpose.WEB_FORM,), code, _name(incoming), now))
        if isinstance(found, Refusal):
            raise UserError(_refused(found))
        async with self._database.read() as connection:
            return await _meant(connection, found[1])

    def take(self, incoming: Incoming, code: str, now: datetime) -> Effect:
        """Whoever speaks here is the person who asked for the link. Raises UserError, and then the link still works."""

        async def job(connection: Connection) -> None:
            found = await transfers.redeem(connection, Purpose.WEB_FORM, code, _name(incoming), now)
            if not isinstance(found, Redeemed):
                raise UserError(_refused(found))
            subject = (await _meant(connection, found.data)).owner.subject
            mine = await subjects.of(connection, incoming.where.platform, incoming.user)
            if not await subjects.link(connection, subject, incoming.where.platform, incoming.user, now):
                raise UserError(Text("web-form-another"))
            if not mine:
                actor = subjects.reference(subject)
                await audit.append(connection, at=now, actor=actor, action="person-linked", detail=incoming.where.platform)

        return Effect(job)


async def _meant(connection: Connection, data: str) -> Filling:
    """The draft, if it still is that person's."""
    subject, _, id = data.partition(" ")
    try:
        found = await drafts.whoever_s(connection, id)
    except NotThere as error:
        raise UserError(Text("apply-done-with")) from error
    if found.owner.subject != subject:
        raise UserError(Text("apply-done-with"))
    return found


def _refused(why: Refusal) -> Text:
    return Text("code-too-many" if why is Refusal.TOO_MANY else "web-form-over")


def _name(incoming: Incoming) -> str:
    return f"{incoming.where.platform}:{incoming.user}"

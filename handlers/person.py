"""All that any part keeps about a person: handed out, and deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.core.message import Erasure, Incoming
from bot.notices import wishes
from bot.storage import applications, drafts, privacy, subjects
from bot.storage.applications import Case, Summary
from bot.storage.database import Connection, Database
from bot.storage.files import Files
from bot.storage.privacy import Erased
from handlers.forms.desk import Open
from handlers.forms.draft import Draft
from handlers.forms.form import endings, forms
from handlers.forms.statuses import WITHDRAWN
from reminders import leaving


async def export(connection: Connection, platform: str, user: str) -> dict[str, Any]:
    """In words they may read and a program may, too."""
    found = await privacy.export(connection, platform, user)
    places = await privacy.places_of(connection, platform, user)
    told = [await leaving.told(connection, *place) for place in places]
    reminders = {name: [each for one in told for each in one[name]] for name in ("subscriptions", "own_reminders")}
    return found | reminders | {"notices": [each for place in places for each in await wishes.told(connection, *place)]}


async def erase(connection: Connection, platform: str, user: str, now: datetime, *, actor: str = "", handling: int = 0) -> Erased:
    """Open applications are taken back first: nobody is to decide about what has no content."""
    for each in await open_ones(connection, platform, user):
        await applications.withdraw(connection, each.subject, each, WITHDRAWN, {each.status: (WITHDRAWN,)}, now)
    return await privacy.erase(connection, platform, user, now, actor=actor, also=(leaving.forget,), handling=handling)


async def open_ones(connection: Connection, platform: str, user: str) -> list[Summary]:
    """Applications that end when the person goes."""
    subject = await subjects.of(connection, platform, user)
    if not subject:
        return []
    return [each for each in await applications.of_subject(connection, subject) if each.status not in endings()]


@dataclass(frozen=True)
class Told:
    """What somebody is shown of it. `found` is everything, plain."""

    found: Mapping[str, Any]
    drafts: Sequence[Open]
    cases: Sequence[Case]


class Records:
    """`ours` are the platforms where what we show passes through no other company."""

    def __init__(self, database: Database, files: Files, ours: Collection[str]) -> None:
        self._database, self._files, self._ours = database, files, ours

    def may_show_all(self, incoming: Incoming) -> bool:
        return incoming.where.platform in self._ours

    async def told(self, incoming: Incoming) -> Told:
        platform, user = incoming.where.platform, incoming.user
        async with self._database.read() as connection:
            found = await export(connection, platform, user)
            subject = await subjects.of(connection, platform, user)
            begun = [each for each in await drafts.of_person(connection, platform, user) if each.programme in forms()]
            mine = await applications.of_subject(connection, subject) if subject else []
            cases = [await applications.own(connection, subject, each.id) for each in mine]
        return Told(found, [Open(row, Draft.of(row.answers)) for row in begun], cases)

    async def still_open(self, incoming: Incoming) -> int:
        async with self._database.read() as connection:
            return len(await open_ones(connection, incoming.where.platform, incoming.user))

    def erasure(self, incoming: Incoming, now: datetime) -> Erasure:
        async def job(connection: Connection, event: int) -> partial[None]:
            erased = await erase(connection, incoming.where.platform, incoming.user, now, handling=event)
            return partial(self._files.delete, erased.paths)

        return Erasure(job)

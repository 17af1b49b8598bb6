"""A word to staff, once, when the time set for an application is over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.clock import Clock
from bot.core.message import Choice, Reply, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.storage import applications, staff
from bot.storage.applications import Summary
from bot.storage.database import Connection, Database
from handlers.forms import ticking
from handlers.forms.deadlines import Due, due
from handlers.forms.ticking import AT_ONCE
from handlers.telling import Teller
from reminders.plan import Terms


class Overdue:
    """Ticks as often as one likes: the application's row says that staff were told."""

    def __init__(self, database: Database, teller: Teller, clock: Clock, terms: Terms) -> None:
        self._database, self._teller, self._clock, self._terms = database, teller, clock, terms

    async def tick(self) -> None:
        await ticking.tick(self._database, self._clock, self._terms.zone, self._waiting, self._batch)

    async def _waiting(self, connection: Connection) -> bool:
        return bool(await applications.overdue(connection, self._clock.now(), 1))

    async def _batch(self, connection: Connection) -> bool:
        """Some of them. False: those were all."""
        now = self._clock.now()
        found = await applications.overdue(connection, now, AT_ONCE)
        everybody = [member for member in await staff.everybody(connection) if member.active]
        for known in found:
            if await applications.escalated(connection, known, now) and (over := due(known, now, self._terms)) is not None:
                for member in concerned(known, over, everybody):
                    await self._tell(connection, member, known, over)
        return len(found) == AT_ONCE

    async def _tell(self, connection: Connection, member: StaffMember, known: Summary, over: Due) -> None:
        now = self._clock.now()
        name, status = Text(f"{known.programme}-name"), Text(f"status-{known.status}")
        said = Text(
            "escalated-late" if over.is_late else "escalated-over", {"number": known.receipt, "name": name, "status": status, "on": over.on}
        )
        reads = allowed(member.roles, Action.READ_APPLICATION)
        choices = (Choice("review-open", known.id, Text("applications-open", {"number": known.receipt})),) if reads else ()
        key = f"overdue:{known.id}:{known.version}"
        await self._teller.tell_member(connection, member.id, Reply((said,), choices), key=key, now=now)


def concerned(known: Summary, over: Due, everybody: list[StaffMember]) -> list[StaffMember]:
    """Whoever has it, or all who may take it; and those who answer for the office when it is late."""
    owners = [member for member in everybody if allowed(member.roles, Action.MANAGE_STAFF)] if over.is_late else []
    return list({member.id: member for member in (*who_has(known, everybody), *owners)}.values())


def who_has(known: Summary, everybody: Sequence[StaffMember]) -> list[StaffMember]:
    """Whoever has it, or all who may take it."""
    may = [member for member in everybody if member.active and allowed(member.roles, Action.CLAIM)]
    return [member for member in may if member.id == known.reviewer] or may

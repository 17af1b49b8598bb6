"""What staff read and change of programmes; who may do it is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import NotAllowed, UserError
from bot.core.message import Effect, Text
from bot.core.permissions import Action, StaffMember, require
from bot.storage import drafts, programmes
from bot.storage.database import Connection, Database


@dataclass(frozen=True)
class Standing:
    """A programme as staff see it. `off`: the reason; None where it takes applications."""

    off: str | None
    drafts: int


class Switches:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def off(self, by: StaffMember) -> Mapping[str, str]:
        _insist(by)
        async with self._database.read() as connection:
            return await programmes.off(connection)

    async def standing(self, by: StaffMember, programme: str) -> Standing:
        _insist(by)
        async with self._database.read() as connection:
            return Standing((await programmes.off(connection)).get(programme), await drafts.count_of(connection, programme))

    def switch_off(self, by: StaffMember, programme: str, reason: str, now: datetime) -> Effect:
        _insist(by)

        async def job(connection: Connection) -> None:
            if not await programmes.switch_off(connection, programme, reason, by.reference, now):
                raise UserError(Text("programmes-already"))

        return Effect(job)

    def switch_on(self, by: StaffMember, programme: str, now: datetime) -> Effect:
        _insist(by)

        async def job(connection: Connection) -> None:
            if not await programmes.switch_on(connection, programme, by.reference, now):
                raise UserError(Text("programmes-already"))

        return Effect(job)


def _insist(by: StaffMember) -> None:
    try:
        require(by, Action.SWITCH_PROGRAMME)
    except NotAllowed as error:
        raise UserError(Text("staff-not-allowed")) from error

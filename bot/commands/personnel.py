"""What operators do with staff accounts and the audit log: `zhice staff`, `zhice audit`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import Core, core
from bot.core.errors import ConfigurationError, NotThere, WrongMove
from bot.core.permissions import Role, StaffMember
from bot.settings import Settings
from bot.storage import audit, staff
from bot.storage.audit import Verdict
from handlers.forms.vocabulary import line

T = TypeVar("T")

LONGEST = 50
"""Characters of a name."""
OPERATOR = "operator"
"""In the log: whoever has the command line."""


@dataclass(frozen=True)
class Account:
    """A member of staff as the operator sees them."""

    member: StaffMember
    linked: int
    code: str = ""

    def plain(self) -> dict[str, Any]:
        member = self.member
        found = {"id": member.id, "name": member.name, "roles": self._roles(), "active": member.active, "linked": self.linked}
        return found | ({"code": self.code} if self.code else {})

    def said(self) -> str:
        state = f"{self.linked} linked" if self.member.active else "removed"
        account = f"{self.member.id}  {self.member.name}  {', '.join(self._roles()) or 'no roles'}  {state}"
        return (
            f"{account}\nOne-time code, for 10 minutes, to be sent to us in a private chat as: /staff {self.code}" if self.code else account
        )

    def _roles(self) -> list[str]:
        return [role.value for role in Role if role in self.member.roles]


async def add(settings: Settings, name: str, roles: Sequence[Role]) -> Account:
    """The name stands in lists and messages to others: one line of it, with nothing invisible."""
    name = line(name)
    if not 0 < len(name) <= LONGEST:
        raise ConfigurationError([f"a name takes 1 to {LONGEST} characters"])

    async with _opened(settings) as (built, now):

        async def job(connection: AsyncConnection) -> Account:
            member = await staff.add(connection, name, roles, OPERATOR, now)
            return Account(member, 0, await staff.code(connection, member.id, OPERATOR, now))

        return await built.database.write(job)


async def accounts(settings: Settings) -> list[Account]:
    async with _opened(settings) as (built, _now), built.database.read() as connection:
        return [await _account(connection, member.id) for member in await staff.everybody(connection)]


async def code(settings: Settings, id: int) -> Account:
    async def job(connection: AsyncConnection, now: datetime) -> str:
        return await staff.code(connection, id, OPERATOR, now)

    return await _changed(settings, id, job)


async def give_roles(settings: Settings, id: int, roles: Sequence[Role]) -> Account:
    return await _changed(settings, id, lambda connection, now: staff.give_roles(connection, id, roles, OPERATOR, now))


async def remove(settings: Settings, id: int) -> Account:
    return await _changed(settings, id, lambda connection, now: staff.remove(connection, id, OPERATOR, now))


async def verdict(settings: Settings) -> Verdict:
    async with _opened(settings) as (built, _now), built.database.read() as connection:
        return await audit.verify(connection)


async def head(settings: Settings, day: str) -> Verdict:
    async with _opened(settings) as (built, now), built.database.read() as connection:
        return await audit.head(connection, _end_of(day, settings) if day else now)


def _end_of(day: str, settings: Settings) -> datetime:
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise ConfigurationError(["--day takes a date such as 2026-03-01"]) from error
    return datetime.combine(asked + timedelta(days=1), time(), settings.zone)


async def _changed(settings: Settings, id: int, change: Callable[[AsyncConnection, datetime], Awaitable[str | None]]) -> Account:
    async with _opened(settings) as (built, now):

        async def job(connection: AsyncConnection) -> Account:
            made = await change(connection, now)
            return await _account(connection, id, made or "")

        return await built.database.write(job)


async def _account(connection: AsyncConnection, id: int, made: str = "") -> Account:
    return Account(await staff.member(connection, id), len(await staff.identities(connection, id)), made)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Core, datetime]]:
    async with core(settings, migrate=False) as built:
        try:
            yield built, built.clock.now()
        except NotThere:
            raise ConfigurationError(["there is no such account, or it was removed; look with: zhice staff list"]) from None
        except WrongMove:
            raise ConfigurationError(["the last owner stays: make another owner first"]) from None

"""The office's own people: their roles, and the platform identities they proved with a one-time code."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.core.errors import NotThere, Stale, WrongMove
from bot.core.message import Incoming
from bot.core.permissions import NOBODY, Role, StaffMember, may_carry_rights
from bot.storage import audit, transfers
from bot.storage.transfers import Purpose, Redeemed, Refusal
from bot.storage.types import Row, instant
from bot.storage.upsert import upsert


class Staff(Row, table=True):
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    name: str
    roles: str
    """Separated by commas."""
    active: bool = True
    version: int = 0
    made_at: datetime = instant()


class StaffLink(Row, table=True):
    """That somebody on a platform is this member of staff."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    staff: int = Field(index=True)
    at: datetime = instant()


_staff = Staff.__table__
_link = StaffLink.__table__


async def add(connection: AsyncConnection, name: str, roles: Collection[Role], actor: str, now: datetime) -> StaffMember:
    row = {"name": name, "roles": _written(roles), "active": True, "version": 0, "made_at": now}
    id = int((await connection.execute(insert(_staff).values(**row).returning(_staff.c.id))).scalar_one())
    await audit.append(connection, at=now, actor=actor, action="staff-added", object=f"staff:{id}", detail=_written(roles))
    return StaffMember(id, name, frozenset(roles))


async def everybody(connection: AsyncConnection) -> list[StaffMember]:
    return [_member(row) for row in (await connection.execute(select(_staff).order_by(_staff.c.id))).all()]


async def member(connection: AsyncConnection, id: int) -> StaffMember:
    """Raises NotThere."""
    row = (await connection.execute(select(_staff).where(_staff.c.id == id))).first()
    if row is None:
        raise NotThere(f"staff:{id}")
    return _member(row)


async def speaking(connection: AsyncConnection, incoming: Incoming) -> StaffMember | None:
    """The member of staff who says this. None in groups, for anonymous senders, and for everybody else."""
    if not may_carry_rights(incoming):
        return None
    query = select(_staff).join(_link, _link.c.staff == _staff.c.id)
    query = query.where(_link.c.platform == incoming.where.platform, _link.c.user == incoming.user, _staff.c.active)
    row = (await connection.execute(query)).first()
    return None if row is None else _member(row)


async def give_roles(connection: AsyncConnection, id: int, roles: Collection[Role], actor: str, now: datetime) -> None:
    """Raises WrongMove when nobody would be left to give roles."""
    found = await member(connection, id)
    await _keep_an_owner(connection, found, roles)
    await _change(connection, id, roles=_written(roles))
    await audit.append(connection, at=now, actor=actor, action="staff-roles", object=found.reference, detail=_written(roles))


async def remove(connection: AsyncConnection, id: int, actor: str, now: datetime) -> None:
    """The account stays for the log, without rights, identities and open codes. Raises WrongMove for the last owner."""
    found = await member(connection, id)
    await _keep_an_owner(connection, found, ())
    await _change(connection, id, active=False)
    await connection.execute(delete(_link).where(_link.c.staff == id))
    await transfers.withdraw(connection, found.reference)
    await audit.append(connection, at=now, actor=actor, action="staff-removed", object=found.reference)


async def code(connection: AsyncConnection, id: int, actor: str, now: datetime) -> str:
    """A one-time code that links whoever redeems it in a private chat."""
    found = await member(connection, id)
    if not found.active:
        raise NotThere(found.reference)
    await audit.append(connection, at=now, actor=actor, action="staff-code", object=found.reference)
    return await transfers.make(connection, Purpose.STAFF, found.reference, now)


async def redeem(connection: AsyncConnection, incoming: Incoming, text: str, now: datetime) -> StaffMember | Refusal:
    """Links the sender to the account the code was made for."""
    if not may_carry_rights(incoming):
        return Refusal.UNKNOWN
    where = incoming.where
    outcome = await transfers.redeem(connection, Purpose.STAFF, text, f"{where.platform}:{incoming.user}", now)
    if not isinstance(outcome, Redeemed):
        return outcome
    found = await member(connection, int(outcome.data.removeprefix("staff:")))
    await upsert(connection, _link, {"platform": where.platform, "user": incoming.user, "staff": found.id, "at": now})
    await audit.append(connection, at=now, actor=found.reference, action="staff-linked", object=found.reference, detail=where.platform)
    return found


async def unlink(connection: AsyncConnection, platform: str, user: str, now: datetime) -> bool:
    """Whoever speaks there is none of the staff any more; the account stays. False when they were none."""
    here = (_link.c.platform == platform, _link.c.user == user)
    id = (await connection.execute(select(_link.c.staff).where(*here))).scalar()
    if id is None:
        return False
    await connection.execute(delete(_link).where(*here))
    await audit.append(connection, at=now, actor=f"staff:{id}", action="staff-unlinked", object=f"staff:{id}", detail=platform)
    return True


async def identities(connection: AsyncConnection, id: int) -> list[tuple[str, str]]:
    query = select(_link.c.platform, _link.c.user).where(_link.c.staff == id, _link.c.user.not_in(NOBODY)).order_by(_link.c.at)
    return [(row.platform, row.user) for row in await connection.execute(query)]


async def _keep_an_owner(connection: AsyncConnection, changed: StaffMember, roles: Collection[Role]) -> None:
    if Role.OWNER not in changed.roles or Role.OWNER in roles or not changed.active:
        return
    others = [each for each in await everybody(connection) if each.id != changed.id and each.active and Role.OWNER in each.roles]
    if not others:
        raise WrongMove("the last owner stays")


async def _change(connection: AsyncConnection, id: int, **values: Any) -> None:
    version = (await connection.execute(select(_staff.c.version).where(_staff.c.id == id))).scalar_one()
    statement = update(_staff).where(_staff.c.id == id, _staff.c.version == version)
    if not (await connection.execute(statement.values(version=version + 1, **values))).rowcount:
        raise Stale(f"staff:{id}")


def _written(roles: Collection[Role]) -> str:
    return ",".join(role.value for role in Role if role in roles)


def _member(row: Any) -> StaffMember:
    return StaffMember(row.id, row.name, frozenset(Role(role) for role in row.roles.split(",") if role), row.active)

"""Applications that change hands: to a colleague, or with all that a person has when two places turn out to be one person's.

What is sealed is locked anew with the other one's key, so that nobody's deletion takes along what was given away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import NotThere, Stale
from bot.storage import applications, audit, drafts, subjects
from bot.storage.application_tables import Application, Draft
from bot.storage.applications import Summary
from bot.storage.drafts import File, Filling, Owner

_draft = Draft.__table__
_application = Application.__table__

T = TypeVar("T")
Paths = Mapping[str, str]
"""Where the bytes of each file lie, sealed with the new one's key."""


@dataclass(frozen=True)
class Holding:
    """A draft, an application, or an application with the draft that mends it: all that goes by one id."""

    id: str
    draft: Filling | None
    application: Summary | None
    files: tuple[File, ...]

    @property
    def programme(self) -> str:
        found = self.draft or self.application
        assert found is not None
        return found.programme

    @property
    def owner(self) -> Owner:
        """Who has it now."""
        if self.draft is not None:
            return self.draft.owner
        assert self.application is not None
        return Owner(self.application.subject, self.application.where, self.application.user)


async def holding(connection: AsyncConnection, id: str) -> Holding:
    """Whoever's it is: for the caller to know that it may be read. Raises NotThere."""
    draft = await _unless_gone(drafts.whoever_s, connection, id)
    application = await _unless_gone(applications.whoever_s, connection, id)
    if draft is None and application is None:
        raise NotThere("holding")
    return Holding(id, draft, application, tuple(await drafts.all_files(connection, id)))


async def holdings(connection: AsyncConnection, subject: str) -> list[Holding]:
    """All that somebody has."""
    begun = (await connection.execute(select(_draft.c.id).where(_draft.c.subject == subject))).scalars().all()
    handed_in = (await connection.execute(select(_application.c.id).where(_application.c.subject == subject))).scalars().all()
    return [await holding(connection, id) for id in sorted({*begun, *handed_in})]


async def hand_on(connection: AsyncConnection, held: Holding, to: Owner, paths: Paths, now: datetime) -> list[str]:
    """It is a colleague's from now on, as `held.draft` has it; gives the paths of the earlier bytes. Raises Stale."""
    if held.draft is not None:
        await drafts.save(connection, replace(held.draft, owner=to), now)
    if held.application is not None:
        await applications.rehome(connection, held.application, to)
        await applications.handed_on(connection, held.application, to, now)
    who = {"actor": subjects.reference(held.owner.subject), "object": subjects.reference(to.subject)}
    await audit.append(connection, at=now, action="application-given", **who, detail=held.programme)
    return await drafts.rehome_files(connection, held.id, to.subject, paths)


async def join(connection: AsyncConnection, gone: str, subject: str, held: list[Holding], paths: Paths, now: datetime) -> list[str]:
    """All that the one has is the other's; gives the paths of the earlier bytes. Raises Stale when something came or went meanwhile."""
    if [each.id for each in held] != [each.id for each in await holdings(connection, gone)]:
        raise Stale("holdings")
    earlier: list[str] = []
    for each in held:
        if each.draft is not None:
            await drafts.save(connection, replace(each.draft, owner=replace(each.draft.owner, subject=subject)), each.draft.updated_at)
        if each.application is not None:
            await applications.rehome(connection, each.application, replace(each.owner, subject=subject))
        earlier += await drafts.rehome_files(connection, each.id, subject, {file.id: paths[file.id] for file in each.files})
    await _join_profiles(connection, gone, subject, now)
    await subjects.join(connection, gone, subject)
    who = {"actor": subjects.reference(subject), "object": subjects.reference(gone)}
    await audit.append(connection, at=now, action="person-linked", **who)
    return earlier


async def part(connection: AsyncConnection, subject: str, platform: str, user: str, here: Owner, now: datetime) -> None:
    """Somebody on a platform is this person no more; what was answered there is answered here."""
    await subjects.unlink(connection, platform, user)
    for table in (_draft, _application):
        there = (table.c.subject == subject, table.c.platform == platform, table.c.user == user)
        await connection.execute(update(table).where(*there).values(**drafts.owned(here)))
    await audit.append(connection, at=now, actor=subjects.reference(subject), action="person-unlinked", detail=platform)


async def _join_profiles(connection: AsyncConnection, gone: str, subject: str, now: datetime) -> None:
    """What was answered for the person who stays counts first."""
    joined = {**await drafts.prefill(connection, gone), **await drafts.prefill(connection, subject)}
    await drafts.drop_profile(connection, gone)
    if joined:
        await drafts.remember(connection, subject, joined, now)


async def _unless_gone(read: Callable[[AsyncConnection, str], Awaitable[T]], connection: AsyncConnection, id: str) -> T | None:
    try:
        return await read(connection, id)
    except NotThere:
        return None

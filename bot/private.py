"""What operators do with keys and with people's data: `zhice privacy`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import core, files_of
from bot.core.errors import ConfigurationError
from bot.settings import Settings
from bot.storage import audit, keys, privacy, subjects
from bot.storage.privacy import Erased, Retention
from handlers import person as whole


async def rotate(settings: Settings) -> str:
    """Locks every key with a new master key, or with the one given first. Values stay as they are, and the service may run meanwhile."""
    async with core(settings, migrate=False) as built:
        master = built.database.keys.master
        if master.ours:
            master.turn()
        changed = await built.database.write(keys.relock)
        if master.ours:
            master.forget_earlier()
            return f"{changed} keys are locked with a new master key in {master.file}: copy it. Backups made before need the earlier one."
    return f"{changed} keys were locked anew with the first key given. The others are not needed any more, except for backups made before."


@dataclass(frozen=True)
class Person:
    platform: str
    user: str


def person(text: str) -> Person:
    """Raises ConfigurationError."""
    platform, _, user = text.partition(":")
    if not platform or not user:
        raise ConfigurationError(["--person takes platform:id, for example telegram:123456"])
    return Person(platform, user)


async def export(settings: Settings, who: Person) -> str:
    """The log knows that it was handed out, not to whom."""
    async with core(settings, migrate=False) as built:

        async def job(connection: AsyncConnection) -> str:
            subject = await subjects.of(connection, who.platform, who.user)
            found = privacy.as_json(await whole.export(connection, who.platform, who.user))
            named = subjects.reference(subject) if subject else who.platform
            await audit.append(connection, at=built.clock.now(), actor="operator", action="person-exported", object=named)
            return found

        return await built.database.write(job)


async def erase(settings: Settings, who: Person) -> Erased:
    async with core(settings, migrate=False) as built:
        now = built.clock.now()
        erased = await built.database.write(lambda on: whole.erase(on, who.platform, who.user, now, actor="operator"))
        files_of(settings).delete(erased.paths)
        return erased


async def expire(settings: Settings, keep: Retention, *, dry_run: bool) -> Erased:
    async with core(settings, migrate=False) as built:
        now = built.clock.now()
        erased = await built.database.write(lambda on: privacy.expire(on, now, keep, dry_run=dry_run))
        if not dry_run:
            files_of(settings).delete(erased.paths)
            async with built.database.read() as connection:
                files_of(settings).sweep(await privacy.files_known(connection))
        return erased

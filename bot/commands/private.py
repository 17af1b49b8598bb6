"""What operators do with keys and with people's data: `zhice privacy`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import core, files_of
from bot.commands import handed_out
from bot.core.errors import ConfigurationError, NotAllowed, NotThere, WrongMove
from bot.settings import Settings
from bot.spreadsheet import as_workbook
from bot.storage import audit, drafts, handing_out, keys, privacy, staff, subjects
from bot.storage.applications import Case
from bot.storage.handing_out import Wanted
from bot.storage.privacy import Erased, Retention
from bot.storage.vault import Unreadable
from handlers import person as whole
from handlers.staff.export import Hand, tables


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


async def hand_out(settings: Settings, number: str, which: int, reason: str, out: Path) -> Path:
    """One file of an application in plain, for staff who may read it. The log says so before a byte is written."""
    handed_out.require_free(out)
    async with core(settings, migrate=False) as built:
        now = built.clock.now()
        try:
            file, key = await built.database.write(lambda on: handing_out.handed_out(on, number, which, reason, now))
        except NotThere:
            raise ConfigurationError(["there is no such application, or no such file in it; /review shows both"]) from None
        try:
            handed_out.write(out, files_of(settings).read(file.path, key, drafts.place_of_bytes(file.id)))
        except (Unreadable, FileNotFoundError):
            raise ConfigurationError(["the file is missing in DATA_DIR/files or was altered: restore it from a backup"]) from None
    return out


@dataclass(frozen=True)
class Order:
    """An export: who acts, which applications, why, and whether in full."""

    by: int
    wanted: Wanted
    reason: str
    full: bool
    language: str


async def export_applications(settings: Settings, order: Order, out: Path) -> str:
    """Writes a workbook that we alone may read. The log says so before a byte is written."""
    if out.suffix.lower() != ".xlsx":
        raise ConfigurationError(["--into takes a file that ends in .xlsx"])
    handed_out.require_free(out)
    async with core(settings, migrate=False) as built:
        now = built.clock.now()

        async def job(connection: AsyncConnection) -> list[Case]:
            member = await staff.member(connection, order.by)
            return await handing_out.exported(connection, member, order.wanted, order.reason, now, full=order.full)

        try:
            cases = await built.database.write(job)
        except NotThere:
            raise ConfigurationError(["--by: there is no such account; look with: zhice staff list"]) from None
        except NotAllowed:
            raise ConfigurationError(["this account may not export applications: it needs the role reviewer"]) from None
        except WrongMove:
            raise ConfigurationError([f"{handing_out.EXPORTS} exports a day and account: try again tomorrow"]) from None
        hand = Hand(built.words, order.language, built.settings.zone, order.full)
        handed_out.write(out, [as_workbook(tables(cases, hand) or {"": []})])
    return f"{len(cases)} → {out}"


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

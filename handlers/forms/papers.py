"""What somebody may open outside the chat, once and for a short time: an application to print, a file of one to read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from bot.core.errors import NotAllowed, NotThere
from bot.core.message import ATTACHMENT, Enclosed, Incoming, Where
from bot.core.permissions import Action, StaffMember, allowed
from bot.core.platform import Limits
from bot.spreadsheet import as_workbook
from bot.storage import applications, drafts, handing_out, staff, subjects, transfers
from bot.storage.applications import Case
from bot.storage.database import Connection, Database
from bot.storage.drafts import File
from bot.storage.files import Files
from bot.storage.handing_out import Wanted
from bot.storage.keys import KeyGone
from bot.storage.transfers import Purpose, Redeemed
from bot.storage.vault import Unreadable
from bot.words import Words
from handlers.forms.sheet import Sheet, sheet
from handlers.staff.export import Hand, tables

TERM = timedelta(minutes=10)
"""How long a link works."""


@dataclass(frozen=True)
class Place:
    """Where it can be opened: exactly one of the three."""

    url: str = ""
    path: Path | None = None
    enclosed: Enclosed | None = None
    """Right there, in the message."""


@dataclass(frozen=True)
class Opened:
    """A file of an application, in plain."""

    file: File
    body: bytes


@dataclass(frozen=True)
class Order:
    """A table of applications: for whom, which ones, and whether in full."""

    by: StaffMember
    wanted: Wanted
    full: bool
    language: str


class Papers:
    """`address` is where our web server is found; without one only those who sit at it, or talk to it, can open anything."""

    def __init__(
        self,
        database: Database,
        words: Words,
        zone: tzinfo,
        platforms: Mapping[str, Limits],
        *,
        address: str,
        folder: Path,
        draw: Callable[[Sheet], str],
        files: Files,
        moved: Collection[str] = (),
    ) -> None:
        """`moved` are the platforms that no file is to pass through."""
        self._database, self._words, self._zone, self._platforms = database, words, zone, platforms
        self._address, self._folder, self._draw = address, folder, draw
        self._files, self._moved = files, moved

    def may_open(self, where: Where) -> bool:
        """Whether there is a way from this platform to what we show."""
        limits = self._platforms.get(where.platform)
        return limits is not None and (limits.local or limits.ours or bool(self._address))

    async def place(self, incoming: Incoming, case: Case, now: datetime) -> Place | None:
        """The application to print. None where there is no way to it, or nothing is left of it."""
        shown = sheet(case, self._words, self._zone)
        if shown is None or not self.may_open(incoming.where):
            return None
        if self._platforms[incoming.where.platform].local:
            return Place(path=await asyncio.to_thread(self._written, f"{shown.receipt}.html", self._draw(shown).encode()))
        code = await self._code(Purpose.SHEET, f"{case.summary.subject} {case.summary.id}", now)
        return Place(url=f"{self._address}/private/sheet/{code}")

    async def _code(self, purpose: Purpose, data: str, now: datetime) -> str:
        """Written at once: the link is worth nothing unless its code is known."""
        return await self._database.write(lambda connection: transfers.make(connection, purpose, data, now, TERM))

    async def opened(self, code: str, now: datetime) -> Sheet | None:
        """Uses the link up. None when it is over, or when the person does not act for that subject any more."""

        async def job(connection: Connection) -> Case | None:
            found = await transfers.follow(connection, Purpose.SHEET, code, now)
            if not isinstance(found, Redeemed):
                return None
            subject, _, id = found.data.partition(" ")
            try:
                return await applications.own(connection, subject, id) if await subjects.people(connection, subject) else None
            except NotThere:
                return None

        case = await self._database.write(job)
        return sheet(case, self._words, self._zone) if case else None

    # ---- files, for who reviews ----

    async def file(
        self, incoming: Incoming, by: StaffMember, id: str, number: int, reason: str, now: datetime
    ) -> tuple[File, Place | None]:
        """Noted in the log before anything is shown. Raises NotAllowed, NotThere; None where there is no way to it."""
        where = incoming.where
        case, file = await self._database.write(lambda connection: handing_out.hand_out(connection, by, id, number, reason, now))
        limits = self._platforms.get(where.platform)
        if limits is None:
            return file, None
        if limits.local:
            name = f"{case.summary.receipt}-{number}.{file.kind}"
            return file, Place(path=await asyncio.to_thread(self._written, name, await self._plain(file.id)))
        if limits.document >= file.size and not limits.ours and where.platform not in self._moved:
            return file, Place(enclosed=Enclosed(f"{ATTACHMENT}{file.id}", file.name, file.kind, file.size, file.sha256))
        if not self.may_open(where):
            return file, None
        code = await self._code(Purpose.FILE, f"{by.id} {file.id}", now)
        return file, Place(url=f"{self._address}/private/file/{code}")

    async def handed_over(self, code: str, now: datetime) -> Opened | None:
        """Uses the link up. None when it is over, or the member of staff may not read it any more."""

        async def job(connection: Connection) -> str:
            found = await transfers.follow(connection, Purpose.FILE, code, now)
            if not isinstance(found, Redeemed):
                return ""
            id, _, file = found.data.partition(" ")
            member = await staff.member(connection, int(id))
            return file if member.active and allowed(member.roles, Action.REVEAL) else ""

        file = await self._database.write(job)
        try:
            return await self._opened(file) if file else None
        except (NotThere, KeyGone, Unreadable, FileNotFoundError):
            return None

    # ---- tables, for who exports ----

    async def workbook(self, incoming: Incoming, order: Order, reason: str, now: datetime) -> tuple[int, Place | None]:
        """How many it holds, and where; in the log before anything is shown. Raises NotAllowed, and WrongMove beyond the limit."""
        limits = self._platforms.get(incoming.where.platform)
        if limits is None or not self.may_open(incoming.where):
            return 0, None
        cases = await self._database.write(lambda on: handing_out.exported(on, order.by, order.wanted, reason, now, full=order.full))
        if limits.local:
            body = await asyncio.to_thread(self._table, cases, order)
            return len(cases), Place(path=await asyncio.to_thread(self._written, f"{now:%Y%m%d-%H%M%S}.xlsx", body))
        data = f"{order.by.id} {order.wanted.programme or '-'} {int(order.full)} {order.language}"
        code = await self._code(Purpose.EXPORT, data, now)
        return len(cases), Place(url=f"{self._address}/private/export/{code}")

    async def tabled(self, code: str, now: datetime) -> bytes | None:
        """Uses the link up; the table is as it is now. None when it is over, or the member of staff may not have it any more."""

        async def job(connection: Connection) -> tuple[list[Case], Order] | None:
            found = await transfers.follow(connection, Purpose.EXPORT, code, now)
            if not isinstance(found, Redeemed):
                return None
            id, programme, full, language = found.data.split(" ")
            order = Order(await staff.member(connection, int(id)), Wanted(programme.strip("-")), full == "1", language)
            return await handing_out.wanted(connection, order.by, order.wanted, full=order.full), order

        try:
            made = await self._database.write(job)
        except NotAllowed:
            return None
        return await asyncio.to_thread(self._table, *made) if made else None

    def _table(self, cases: list[Case], order: Order) -> bytes:
        return as_workbook(tables(cases, Hand(self._words, order.language, self._zone, order.full)) or {"": []})

    async def contents(self, enclosed: Enclosed) -> bytes | None:
        """Of a file that goes along with a message."""
        try:
            return await self._plain(enclosed.id.removeprefix(ATTACHMENT))
        except (NotThere, KeyGone, Unreadable, FileNotFoundError):
            return None

    async def _plain(self, file: str) -> bytes:
        return (await self._opened(file)).body

    async def _opened(self, file: str) -> Opened:
        async with self._database.read() as connection:
            found, key = await handing_out.file_of(connection, file)
        place = drafts.place_of_bytes(found.id)
        return Opened(found, await asyncio.to_thread(lambda: b"".join(self._files.read(found.path, key, place))))

    def sweep(self) -> None:
        """What was written for somebody at this machine, who was asked to delete it and did not."""
        Files(self._folder).sweep(())

    def _written(self, name: str, body: bytes) -> Path:
        """For whoever sits at this machine, and nobody else on it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
        return path

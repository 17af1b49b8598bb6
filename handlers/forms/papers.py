"""What somebody may open outside the chat, once and for a short time: an application to print, a file of one to read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from bot.core.errors import NotThere
from bot.core.message import Incoming, Where
from bot.core.platform import Limits
from bot.storage import applications, subjects, transfers
from bot.storage.applications import Case
from bot.storage.database import Connection, Database
from bot.storage.transfers import Purpose, Redeemed
from bot.words import Words
from handlers.forms.sheet import Sheet, sheet

TERM = timedelta(minutes=10)
"""How long a link works."""


@dataclass(frozen=True)
class Place:
    """Where it can be opened: exactly one of the two."""

    url: str = ""
    path: Path | None = None


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
    ) -> None:
        self._database, self._words, self._zone, self._platforms = database, words, zone, platforms
        self._address, self._folder, self._draw = address, folder, draw

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

    def _written(self, name: str, body: bytes) -> Path:
        """For whoever sits at this machine, and nobody else on it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
        return path

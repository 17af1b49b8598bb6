"""Files sent in answer to a question: fetched, looked into, and sealed away before any row speaks of them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from bot.core.errors import UserError
from bot.core.message import Attached, Text, Where
from bot.core.platform import Fetch, Unfetched
from bot.storage.drafts import File, place_of_bytes
from bot.storage.files import Files
from bot.storage.keys import Key
from bot.storage.uploads import Upload, Uploads

MEGABYTE = 1024 * 1024
LARGEST = 20
"""Megabytes of one file; what Telegram hands to a bot."""
MOST = 10
"""Files of one application."""
MOST_A_DAY = 100
"""Megabytes a day and subject."""


@dataclass(frozen=True)
class Cabinet:
    """`fetch` asks the platform the file was sent on; `platforms` are those where people can send any."""

    files: Files
    uploads: Uploads
    fetch: Fetch
    platforms: frozenset[str]

    async def open(self, where: Where, attached: Attached) -> Upload:
        """The file as it may be kept. Raises UserError; no session of the database is to be held meanwhile."""
        if attached.size > LARGEST * MEGABYTE:
            raise _refused(Unfetched.TOO_LARGE)
        data = await self.fetch(where, attached.id, LARGEST * MEGABYTE)
        if isinstance(data, Unfetched):
            raise _refused(data)
        return await self.uploads.check(attached.name, data)

    async def store(self, key: Key, subject: str, slot: str, upload: Upload) -> File:
        id = secrets.token_hex(12)
        stored = await asyncio.to_thread(self.files.store, key, place_of_bytes(id), upload.data)
        return File(id, subject, slot, upload.kind, stored.size, stored.sha256, upload.name, stored.path)

    async def copy(self, file: File, key: Key, new: Key) -> str:
        """The same bytes sealed with another key; gives their path."""
        return await asyncio.to_thread(self._copied, file, key, new)

    def _copied(self, file: File, key: Key, new: Key) -> str:
        place = place_of_bytes(file.id)
        with self.files.write(new, place) as writing:
            for piece in self.files.read(file.path, key, place):
                writing.add(piece)
            return writing.end().path

    async def clear(self, paths: Collection[str]) -> None:
        await asyncio.to_thread(self.files.delete, paths)


def _refused(why: Unfetched) -> UserError:
    return UserError(Text(why.value, {"megabytes": LARGEST}))

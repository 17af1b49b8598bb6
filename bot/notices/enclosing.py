"""The picture or file of a notice: looked into, sealed away, and read again when it is sent."""

from __future__ import annotations

import asyncio
import hashlib
import io
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.errors import UserError
from bot.core.message import Attached, Enclosed, Incoming, Text, Where
from bot.core.platform import Fetch, Unfetched, nowhere
from bot.notices import shelf
from bot.storage import enclosures
from bot.storage.database import Connection, Database
from bot.storage.files import Files
from bot.storage.uploads import Upload, Uploads
from bot.storage.vault import Unreadable

MEGABYTES = 20
"""The largest that is taken: what Telegram hands to a bot."""
LIST = 1 << 20
"""Bytes of an uploaded list of recipients."""
UNUSED = timedelta(days=1)
"""What no notice encloses goes after so long."""


class Enclosures:
    """`fetch` asks the platform on which a file was sent."""

    def __init__(self, database: Database, files: Files, fetch: Fetch = nowhere, uploads: Uploads | None = None) -> None:
        self._database, self._files, self._fetch, self._uploads = database, files, fetch, uploads or Uploads()
        self._reading = asyncio.Lock()
        self._last: tuple[str, bytes] = ("", b"")

    async def take(self, incoming: Incoming, now: datetime) -> Enclosed:
        """The first file of a message. Raises UserError with the reason, worded for the person."""
        attached = incoming.files[0]
        return await self.keep(attached.name, await self._bytes(incoming.where, attached, MEGABYTES << 20), now)

    async def keep(self, name: str, data: bytes, now: datetime) -> Enclosed:
        """Written at once: it counts when a notice speaks of it, and goes by itself when none does."""
        upload = await self._uploads.check(name, data)
        made = Enclosed(secrets.token_hex(12), upload.name, upload.kind, len(upload.data), "", *_sides(upload))
        key = await self._database.write(lambda connection: enclosures.key(connection, now))
        stored = await asyncio.to_thread(self._files.store, key, enclosures.place(made.id), upload.data)
        await self._database.write(lambda connection: enclosures.put(connection, made, stored, key, now))
        return replace(made, sha256=stored.sha256)

    async def list_of(self, incoming: Incoming) -> str:
        """The rows of an uploaded list, as text or CSV. Raises UserError."""
        data = await self._bytes(incoming.where, incoming.files[0], LIST)
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.isprintable() or not any(ord(sign) < 32 and sign not in "\r\n\t" for sign in text):
                return "\n".join(line.partition(",")[0].strip(' "') for line in text.splitlines())
        raise UserError(Text("notice-list-wrong"))

    async def _bytes(self, where: Where, attached: Attached, most: int) -> bytes:
        data = Unfetched.TOO_LARGE if attached.size > most else await self._fetch(where, attached.id, most)
        if isinstance(data, Unfetched):
            raise UserError(Text(data.value, {"megabytes": most >> 20}))
        return data

    async def contents(self, enclosed: Enclosed) -> bytes | None:
        """Exactly what was approved; None when it is gone or was altered. The last one is at hand: it goes to many."""
        async with self._reading:
            if self._last[0] != enclosed.id:
                data = await self._read(enclosed)
                if data is None:
                    return None
                self._last = enclosed.id, data
            return self._last[1]

    async def open(self, id: str) -> tuple[Enclosed, bytes] | None:
        """What goes along, for whoever comes to fetch it."""
        async with self._database.read() as connection:
            found = await enclosures.find(connection, id)
        data = await self.contents(found[0]) if found else None
        return (found[0], data) if found and data is not None else None

    async def _read(self, enclosed: Enclosed) -> bytes | None:
        async with self._database.read() as connection:
            found = await enclosures.find(connection, enclosed.id)
        if found is None:
            return None
        _, path, key = found
        try:
            data = await asyncio.to_thread(lambda: b"".join(self._files.read(path, key, enclosures.place(enclosed.id))))
        except (OSError, Unreadable):
            return None
        return data if hashlib.sha256(data).hexdigest() == enclosed.sha256 else None


def _sides(upload: Upload) -> tuple[int, int]:
    """Of a picture that we have drawn ourselves."""
    if upload.kind not in ("jpg", "png"):
        return 0, 0
    from PIL import Image

    with Image.open(io.BytesIO(upload.data)) as picture:
        return picture.size


async def forget(connection: Connection, now: datetime) -> int:
    """What no notice encloses (any more)."""
    return await enclosures.forget(connection, await shelf.enclosed(connection), now - UNUSED)

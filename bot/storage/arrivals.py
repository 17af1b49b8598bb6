"""Files a browser has just brought: sealed with a key that stands on their ticket alone, until the message that names them is handled."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from bot.storage.files import Files, Writing
from bot.storage.keys import Key
from bot.storage.vault import Place, Unreadable

TICKET = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{64}")
"""Name of the file and its key. The ticket stands in the sealed message only: with that gone, the file says nothing."""
KEEP = timedelta(hours=2)
"""What nobody asked for by then goes."""
ROOM = 2 * 1024**3
"""Bytes that may wait at once."""


class Arrivals:
    """The folder. Where web and worker run apart, both must see it, as they see `DATA_DIR/files`."""

    def __init__(self, folder: Path) -> None:
        self._files = Files(folder)

    @property
    def is_full(self) -> bool:
        folder = self._files.folder
        return folder.is_dir() and sum(path.stat().st_size for path in list(folder.iterdir()) if path.is_file()) >= ROOM

    def receive(self, owner: str) -> Arriving:
        """`owner` is the conversation it was brought in: in another one the ticket opens nothing."""
        key = Key.of("arrival", secrets.token_bytes(32))
        return Arriving(self._files.write(key, _place(owner)), key)

    def read(self, ticket: str, owner: str) -> bytes | None:
        """None when it is gone, or was never brought there."""
        name, _, key = ticket.partition(".")
        if not TICKET.fullmatch(ticket):
            return None
        try:
            return b"".join(self._files.read(name, Key.of("arrival", bytes.fromhex(key)), _place(owner)))
        except (FileNotFoundError, Unreadable):
            return None

    def let_go(self, tickets: Collection[str]) -> None:
        self._files.delete([ticket.partition(".")[0] for ticket in tickets if TICKET.fullmatch(ticket)])

    def sweep(self) -> None:
        self._files.sweep((), older=KEEP)


class Arriving:
    """A file on its way in. Left without `end`, nothing of it stays."""

    def __init__(self, writing: Writing, key: Key) -> None:
        self._writing, self._key = writing, key

    def __enter__(self) -> Arriving:
        return self

    def __exit__(self, *reason: object) -> None:
        self._writing.__exit__(*reason)

    def add(self, data: bytes) -> None:
        self._writing.add(data)

    def end(self) -> str:
        """The ticket."""
        return f"{self._writing.end().path}.{self._key.raw.hex()}"


def _place(owner: str) -> Place:
    return Place("arrival", "bytes", owner)

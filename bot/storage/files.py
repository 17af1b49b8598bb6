"""Files that are handed in, sealed on the disk under random names: written and read piece by piece, never lying there in plain."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from bot.storage.keys import Key
from bot.storage.vault import Place, Unreadable, bound

PIECE = 64 * 1024
_MARK = b"ZCF1"
_SALT = 7
_TAG = 16
_UNFINISHED = ".part"


@dataclass(frozen=True)
class Stored:
    """What the row of the file says of it."""

    path: str
    size: int
    sha256: str


class Files:
    """The folder. With PostgreSQL and several machines it must be shared between them, as `DATA_DIR` is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        return self._folder

    def write(self, key: Key, place: Place) -> Writing:
        """Pieces are given to what this returns, as they come."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Writing(self._folder, key, place)

    def store(self, key: Key, place: Place, data: bytes) -> Stored:
        with self.write(key, place) as writing:
            writing.add(data)
            return writing.end()

    def read(self, path: str, key: Key, place: Place) -> Iterator[bytes]:
        """Piece by piece. Raises Unreadable when a piece was altered, moved, or is missing at the end."""
        with self._at(path).open("rb") as file:
            head = file.read(len(_MARK) + _SALT)
            if head[: len(_MARK)] != _MARK:
                raise Unreadable("file")
            yield from _opened(file, key, head[len(_MARK) :], bound(place, key.id))

    def delete(self, paths: Collection[str]) -> None:
        """After the commit that let go of them. One that is gone already is well."""
        for path in paths:
            self._at(path).unlink(missing_ok=True)

    def sweep(self, known: Collection[str], older: timedelta = timedelta(days=1)) -> list[str]:
        """Deletes what no row speaks of: left by a crash between file and row, or between row and file."""
        if not self._folder.is_dir():
            return []
        limit = time.time() - older.total_seconds()
        kept = set(known)
        lost = [path for path in self._folder.iterdir() if path.is_file() and path.name not in kept and path.stat().st_mtime < limit]
        for path in lost:
            path.unlink(missing_ok=True)
        return sorted(path.name for path in lost)

    def _at(self, path: str) -> Path:
        if not path or Path(path).name != path:
            raise Unreadable("file")
        return self._folder / path


class Writing:
    """A file being written. Left without `end`, nothing of it stays."""

    def __init__(self, folder: Path, key: Key, place: Place) -> None:
        self._name = secrets.token_hex(16)
        self._draft, self._final = folder / (self._name + _UNFINISHED), folder / self._name
        self._key, self._bound, self._salt = key, bound(place, key.id), secrets.token_bytes(_SALT)
        self._file = os.fdopen(os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(_MARK + self._salt)
        self._waiting = bytearray()
        self._count = self._size = 0
        self._digest = hashlib.sha256()

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._file.closed:
            self._file.close()
            self._draft.unlink(missing_ok=True)

    def add(self, data: bytes) -> None:
        self._digest.update(data)
        self._size += len(data)
        self._waiting += data
        # The last piece is marked as such, so one full piece always waits for what follows.
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def end(self) -> Stored:
        """The file is whole and on the disk."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.rename(self._final)
        return Stored(self._name, self._size, self._digest.hexdigest())

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._key.cipher.encrypt(_nonce(self._salt, self._count, last), piece, self._bound))
        self._count += 1


def _opened(file: BinaryIO, key: Key, salt: bytes, place: bytes) -> Iterator[bytes]:
    count, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        try:
            yield key.cipher.decrypt(_nonce(salt, count, not following), piece, place)
        except InvalidTag:
            raise Unreadable("file") from None
        if not following:
            return
        count, piece = count + 1, following


def _nonce(salt: bytes, count: int, last: bool) -> bytes:
    """Its own for each piece of each file; it says where the piece stands and whether it is the last."""
    return salt + count.to_bytes(4, "big") + bytes([last])

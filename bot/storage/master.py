"""The master key: it locks the keys that lock people's words, and never a word itself."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.errors import ConfigurationError
from bot.core.masterkey import BYTES, parse, written

_NONCE = 12


class Master:
    """Given by the operator, or in a file of our own that is made when the first key is to be locked."""

    def __init__(self, keys: tuple[bytes, ...] = (), file: Path | None = None, *, ours: bool = False) -> None:
        self._keys = keys
        self._file = file
        self.ours = ours
        """In a file that we made and may change."""
        self._read: tuple[int, int] = (0, 0)

    @classmethod
    def given(cls, text: str) -> Master:
        return cls(_parsed(text, "MASTER_KEY"))

    @classmethod
    def in_file(cls, path: Path) -> Master:
        """Raises ConfigurationError when the file cannot be read."""
        master = cls(file=path)
        master._look()
        return master

    @classmethod
    def own(cls, path: Path) -> Master:
        master = cls(file=path, ours=True)
        if path.exists():
            master._look()
        return master

    def __repr__(self) -> str:
        return f"Master({len(self._keys)} keys)"

    @property
    def file(self) -> Path | None:
        return self._file

    @property
    def is_there(self) -> bool:
        return bool(self._keys)

    @property
    def current(self) -> str:
        """The name of the key that locks."""
        self._look()
        if not self._keys:
            self._make()
        return _name(self._keys[0])

    def knows(self, name: str) -> bool:
        if name not in map(_name, self._keys):
            self._look()
        return name in map(_name, self._keys)

    def lock(self, key: bytes, about: str) -> tuple[str, str]:
        """Locks a key under the first master key; gives the master key's name and the locked key."""
        name = self.current
        nonce = secrets.token_bytes(_NONCE)
        locked = nonce + AESGCM(self._keys[0]).encrypt(nonce, key, about.encode())
        return name, base64.b64encode(locked).decode()

    def unlock(self, name: str, locked: str, about: str) -> bytes:
        """Raises ConfigurationError when the master key is not the one it was locked with."""
        if not self.knows(name):
            raise ConfigurationError([lost([name])])
        master = next(key for key in self._keys if _name(key) == name)
        whole = base64.b64decode(locked)
        try:
            return AESGCM(master).decrypt(whole[:_NONCE], whole[_NONCE:], about.encode())
        except InvalidTag:
            raise ConfigurationError([f"the locked key {about} was altered; restore the database from a backup"]) from None

    def turn(self) -> None:
        """A new key comes first; the earlier ones still unlock. Only for a file of our own."""
        self._write((secrets.token_bytes(BYTES), *(self._keys or ())))

    def forget_earlier(self) -> None:
        """Only the first key stays: whatever an earlier one locked must have been locked anew before."""
        self._write(self._keys[:1])

    def loose(self) -> bool:
        """Whether others on this machine may read our file."""
        return bool(self.ours and self._file and self._file.exists() and stat.S_IMODE(self._file.stat().st_mode) & 0o077)

    def _look(self) -> None:
        """Reads the file again when it has changed: another process may have turned the key."""
        if self._file is None:
            return
        try:
            state = self._file.stat()
            if (state.st_mtime_ns, state.st_ino) == self._read:
                return
            self._keys = _parsed(self._file.read_text(encoding="ascii", errors="replace"), f"MASTER_KEY_FILE: {self._file}")
            self._read = (state.st_mtime_ns, state.st_ino)
        except FileNotFoundError:
            if not self.ours:
                raise ConfigurationError([f"MASTER_KEY_FILE: {self._file} is not there"]) from None
        except OSError as error:
            raise ConfigurationError([f"MASTER_KEY_FILE: {self._file} cannot be read ({error.strerror})"]) from error

    def _make(self) -> None:
        """The first key. Two processes may come here at once: the first file stays."""
        assert self._file is not None
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = _draft(self._file, (secrets.token_bytes(BYTES),))
        try:
            os.link(draft, self._file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        _settle(self._file.parent)
        self._look()

    def _write(self, keys: tuple[bytes, ...]) -> None:
        if not self.ours or self._file is None:
            raise ConfigurationError(["the master key is given in the settings: change it there, the new one first"])
        _draft(self._file, keys).replace(self._file)
        _settle(self._file.parent)
        self._look()


def lost(names: list[str]) -> str:
    return (
        f"MASTER_KEY: this database is locked with another master key ({', '.join(names)}); give that one, "
        "or put keys/master.key of DATA_DIR back from the backup"
    )


def _name(key: bytes) -> str:
    """Tells keys apart and says nothing about them."""
    return hashlib.sha256(b"zhice master key" + key).hexdigest()[:16]


def _parsed(text: str, where: str) -> tuple[bytes, ...]:
    try:
        return parse(text)
    except ValueError as error:
        raise ConfigurationError([f"{where} {error}"]) from None


def _draft(path: Path, keys: tuple[bytes, ...]) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("".join(f"{written(key)}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return draft


def _settle(folder: Path) -> None:
    """The folder's entry must outlive a power cut, or what the key locks is lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

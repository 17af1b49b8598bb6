"""Files for the operator's own eyes: they name people, so nobody else may read them, and none is written over another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from bot.core.errors import ConfigurationError


def require_free(path: Path) -> None:
    """Before anything is read out for it, and noted in the log."""
    if path.exists():
        raise ConfigurationError([f"{path} is there already: name another file"])
    if not path.absolute().parent.is_dir():
        raise ConfigurationError([f"{path} cannot be written: there is no such folder"])


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """What goes wrong with the pieces themselves is for who gives them; the file is gone then."""
    with _opened(path) as file:
        try:
            for piece in pieces:
                _add(file, piece, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _opened(path: Path) -> BinaryIO:
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as error:
        raise _unwritable(path, error) from None


def _add(file: BinaryIO, piece: bytes, path: Path) -> None:
    try:
        file.write(piece)
        file.flush()
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError([f"{path} cannot be written ({error.strerror}): name another place"])

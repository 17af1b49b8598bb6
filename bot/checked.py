"""Checks of files that come with the program: made again only when the files, or what checks them, have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path


def unless_known(mark: Path, files: Iterable[Path], check: Callable[[], None]) -> None:
    """Runs the check, which raises for what it finds. `mark` remembers which files passed it last, by all of their bytes."""
    seen = _digest(files)
    if mark.is_file() and mark.read_text(encoding="ascii", errors="replace") == seen:
        return
    check()
    # A disk that is full or read-only costs the next start a check, and this one nothing.
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(seen, encoding="ascii")


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        # With its length: else a byte could wander from one file to the next unseen.
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()

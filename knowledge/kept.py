"""What is dear to make and the same at each start: kept in a folder of ours, and made anew when it is not there as it was left.

Only data is kept, never code; only where nobody else may write; and with the sum of each file, so that a damaged one is never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

T = TypeVar("T")

_SUMS = "sums.json"
_MOST = 3
"""As many of a kind are kept, the last used ones."""
_OTHERS_MAY_WRITE = 0o022


def kept(folder: Path, name: str, keep: Callable[[Path], None], read: Callable[[Path], T]) -> T | None:
    """What `read` makes of the folder that `keep` fills, now or at an earlier start; None where nothing can be kept safely.

    `name` is of the kind `index-digest`, with the digest of all that it is made from.
    """
    home = folder / name
    try:
        if not _is_ours(folder):
            return None
        if not _is_whole(home):
            _make(home, keep)
        os.utime(home)
        return read(home)
    except (OSError, ValueError):
        return None


def _is_ours(folder: Path) -> bool:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not hasattr(os, "geteuid"):
        return True
    state = folder.stat()
    return state.st_uid == os.geteuid() and not state.st_mode & _OTHERS_MAY_WRITE


def _is_whole(home: Path) -> bool:
    try:
        sums: dict[str, str] = json.loads((home / _SUMS).read_bytes())
        return sums == {file: _sum(home / file) for file in sums}
    except (OSError, ValueError):
        return False


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _make(home: Path, keep: Callable[[Path], None]) -> None:
    """Beside its place, and then put there as a whole: nobody ever sees half of it."""
    with TemporaryDirectory(dir=home.parent, prefix=".new-") as draft:
        made = Path(draft) / home.name
        made.mkdir()
        keep(made)
        files = [file.relative_to(made) for file in made.rglob("*") if file.is_file() and not file.name.startswith(".")]
        (made / _SUMS).write_text(json.dumps({file.as_posix(): _sum(made / file) for file in files}), encoding="utf-8")
        shutil.rmtree(home, ignore_errors=True)
        made.rename(home)
    _clear(home)


def _clear(home: Path) -> None:
    kind, _, _ = home.name.partition("-")
    found = sorted(home.parent.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in found[_MOST:]:
        shutil.rmtree(old, ignore_errors=True)

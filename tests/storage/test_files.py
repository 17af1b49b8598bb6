"""Files lie sealed, open whole or not at all, and leave nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.storage.files import PIECE, Files
from bot.storage.keys import Key
from bot.storage.vault import Place, Unreadable

KEY = Key.of("a", b"k" * 32)
HERE = Place("attachment", "bytes", "f1")
MARK = "营业执照标记".encode()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def folder(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "files").iterdir())


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_what_was_stored_is_read_again(files: Files, size: int) -> None:
    data = os.urandom(size)
    stored = files.store(KEY, HERE, data)
    assert stored.size == size
    assert b"".join(files.read(stored.path, KEY, HERE)) == data


def test_on_the_disk_it_is_not_to_be_read_at_any_moment(files: Files, tmp_path: Path) -> None:
    with files.write(KEY, HERE) as writing:
        for _ in range(4 * PIECE // len(MARK)):
            writing.add(MARK)
        assert not any(MARK in path.read_bytes() for path in folder(tmp_path))
        stored = writing.end()
    (path,) = folder(tmp_path)
    assert MARK not in path.read_bytes()
    assert (path.name, path.stat().st_mode & 0o777) == (stored.path, 0o600)


def test_left_unfinished_nothing_stays(files: Files, tmp_path: Path) -> None:
    def breaks_off() -> None:
        with files.write(KEY, HERE) as writing:
            writing.add(MARK)
            raise OSError("the sender is gone")

    with pytest.raises(OSError, match="gone"):
        breaks_off()
    assert folder(tmp_path) == []


def test_altered_cut_swapped_or_moved_it_does_not_open(files: Files, tmp_path: Path) -> None:
    stored = files.store(KEY, HERE, os.urandom(3 * PIECE))
    path = tmp_path / "files" / stored.path
    whole, head, piece = path.read_bytes(), 11, PIECE + 16
    altered = whole[:-1] + bytes([whole[-1] ^ 1])
    cut = whole[: head + 2 * piece]
    swapped = whole[:head] + whole[head + piece : head + 2 * piece] + whole[head : head + piece] + whole[head + 2 * piece :]
    for wrong in (altered, cut, swapped, whole + whole[-piece:], b"", b"plain text"):
        path.write_bytes(wrong)
        with pytest.raises(Unreadable):
            list(files.read(stored.path, KEY, HERE))
    path.write_bytes(whole)
    for key, place in ((KEY, HERE._replace(row="f2")), (Key.of("a", b"x" * 32), HERE)):
        with pytest.raises(Unreadable):
            list(files.read(stored.path, key, place))


@pytest.mark.parametrize("path", ["../zhice.db", "/etc/passwd", "", "a/b"])
def test_no_path_leads_out_of_the_folder(files: Files, path: str) -> None:
    with pytest.raises(Unreadable):
        list(files.read(path, KEY, HERE))


def test_what_no_row_speaks_of_is_swept_once_it_is_old(files: Files, tmp_path: Path) -> None:
    kept, lost, fresh = (files.store(KEY, HERE, b"x").path for _ in range(3))
    for name in (kept, lost):
        os.utime(tmp_path / "files" / name, (0, 0))
    assert files.sweep([kept]) == [lost]
    assert [path.name for path in folder(tmp_path)] == sorted([kept, fresh])
    files.delete([kept, kept])
    assert [path.name for path in folder(tmp_path)] == [fresh]

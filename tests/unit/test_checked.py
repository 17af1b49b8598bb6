"""A check that was passed is not made again, until something it looked at is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checked import unless_known


class Check:
    def __init__(self) -> None:
        self.runs = 0
        self.problem = ""

    def __call__(self) -> None:
        self.runs += 1
        if self.problem:
            raise ValueError(self.problem)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text("one\n", encoding="utf-8")
    return paths


def test_files_that_passed_are_not_looked_at_again(tmp_path: Path, files: list[Path]) -> None:
    check, mark = Check(), tmp_path / "cache" / "mark"
    for _ in range(3):
        unless_known(mark, files, check)
    assert check.runs == 1


def test_a_changed_file_is_looked_at_again(tmp_path: Path, files: list[Path]) -> None:
    check, mark = Check(), tmp_path / "mark"
    unless_known(mark, files, check)
    files[1].write_text("two\n", encoding="utf-8")
    unless_known(mark, files, check)
    unless_known(mark, files[:1], check)
    assert check.runs == 3


def test_what_wanders_from_one_file_to_the_next_is_a_change(tmp_path: Path, files: list[Path]) -> None:
    check, mark = Check(), tmp_path / "mark"
    unless_known(mark, files, check)
    files[0].write_text("one\no", encoding="utf-8")
    files[1].write_text("ne\n", encoding="utf-8")
    unless_known(mark, files, check)
    assert check.runs == 2


def test_files_that_failed_fail_again(tmp_path: Path, files: list[Path]) -> None:
    check, mark = Check(), tmp_path / "mark"
    check.problem = "two meanings"
    for _ in range(2):
        with pytest.raises(ValueError, match="two meanings"):
            unless_known(mark, files, check)


def test_what_cannot_be_remembered_is_looked_at_again(tmp_path: Path, files: list[Path]) -> None:
    check, folder = Check(), tmp_path / "a file where the folder should be"
    folder.touch()
    for _ in range(2):
        unless_known(folder / "mark", files, check)
    assert check.runs == 2


def test_a_torn_mark_is_no_mark(tmp_path: Path, files: list[Path]) -> None:
    check, mark = Check(), tmp_path / "mark"
    unless_known(mark, files, check)
    mark.write_bytes(mark.read_bytes()[:10] + b"\xff")
    unless_known(mark, files, check)
    assert check.runs == 2

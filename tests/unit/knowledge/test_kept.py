"""What is kept for the next start: opened again as it was made, and made anew wherever that is not sure."""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path

import pytest

from knowledge.filled import Place, filled
from knowledge.kept import kept
from knowledge.lookup import Knowledge
from knowledge.reading import load_corpus

NAME = "things-1"


class Maker:
    """Writes a file, and counts how often it had to."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, folder: Path) -> None:
        self.runs += 1
        (folder / "inner").mkdir()
        (folder / "inner" / "content").write_text("made", encoding="utf-8")


def read(folder: Path) -> str:
    return (folder / "inner" / "content").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_is_kept_is_made_once(folder: Path) -> None:
    make = Maker()
    assert [kept(folder, NAME, make, read) for _ in range(3)] == ["made"] * 3
    assert make.runs == 1


@pytest.mark.parametrize("damage", ["changed", ""])
def test_a_damaged_file_is_made_anew(folder: Path, damage: str) -> None:
    make = Maker()
    kept(folder, NAME, make, read)
    (folder / NAME / "inner" / "content").write_text(damage, encoding="utf-8")
    assert kept(folder, NAME, make, read) == "made"
    assert make.runs == 2


def test_a_missing_file_is_made_anew(folder: Path) -> None:
    make = Maker()
    kept(folder, NAME, make, read)
    (folder / NAME / "inner" / "content").unlink()
    assert kept(folder, NAME, make, read) == "made"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="tells who may write")
def test_nothing_is_read_where_others_may_write(folder: Path) -> None:
    make = Maker()
    kept(folder, NAME, make, read)
    folder.chmod(0o777)
    assert kept(folder, NAME, make, read) is None


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert kept(file, NAME, Maker(), read) is None


def test_what_fails_to_be_made_is_not_kept(folder: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("", encoding="utf-8")
        raise OSError

    assert kept(folder, NAME, fail, read) is None
    assert not list(folder.iterdir())


def test_the_last_three_are_kept(folder: Path) -> None:
    for number in range(5):
        kept(folder, f"things-{number}", Maker(), read)
        os.utime(folder / f"things-{number}", (number, number))
    kept(folder, "others-1", Maker(), read)
    assert {path.name for path in folder.iterdir()} == {"things-2", "things-3", "things-4", "others-1"}


def places(question: str = "企业怎么贯标") -> list[Place]:
    document = load_corpus()[0]
    return [Place(document, clause, passage, (question,)) for clause in document.walk() for passage in clause.passages]


def test_an_index_that_was_kept_is_the_one_that_was_made(folder: Path) -> None:
    made, first, again = filled(places(), None), filled(places(), folder), filled(places(), folder)
    for one in (first, again):
        assert [(*astuple(plain)[:4], set(plain.asked_grams.split())) for plain in one.plain] == [
            (*astuple(plain)[:4], set(plain.asked_grams.split())) for plain in made.plain
        ]
        assert (one.held, one.asked) == (made.held, made.asked)
    assert len(list(folder.iterdir())) == 1


def test_other_questions_make_another_index(folder: Path) -> None:
    filled(places(), folder)
    assert filled(places("专利怎么导航"), folder).asked["导航"]
    assert len(list(folder.iterdir())) == 2


def test_knowledge_answers_alike_from_memory_and_from_what_was_kept(folder: Path) -> None:
    questions = (
        "苏州专利导航",
        "合肥预审周期几天",
        "吴江专利保险补贴",
        "州苏 专利质押 十四五目标",
        "how do firms in Wujiang insure patents",
    )
    made, first, again = Knowledge.open(), Knowledge.open(cache=folder), Knowledge.open(cache=folder)
    for question in questions:
        assert first.lookup(question) == again.lookup(question) == made.lookup(question)

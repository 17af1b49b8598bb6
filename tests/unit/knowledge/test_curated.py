"""A curated question stands under a place that exists, and under two only when both say so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.curated import count, unsound
from knowledge.document import Document
from knowledge.reading import CORPUS, load_corpus

FILE = "wujiang-ip-longterm.questions.yaml"


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    return load_corpus()


def found(documents: tuple[Document, ...], folder: Path, content: str) -> list[str]:
    (folder / FILE).write_text(content, encoding="utf-8")
    return [str(problem) for problem in unsound(documents, folder)]


def test_ours_are_sound(documents: tuple[Document, ...]) -> None:
    assert unsound(documents) == []
    assert count() > 1000


def test_one_question_under_two_places_is_found_with_both(documents: tuple[Document, ...], tmp_path: Path) -> None:
    lines = found(documents, tmp_path, "4-3:\n  - 光电缆行业有专利导航吗\n4-4:\n  - 专利保险\n  - 光电缆行业有专利导航吗\n")
    assert lines == [f"{FILE}:5: “光电缆行业有专利导航吗” stands under 4-3 in {FILE}:2, too: leave one, or begin both with ~ "]


@pytest.mark.parametrize("spelling", ["光电缆行业,有专利导航吗?", " 光电缆 行业有专利导航吗", "光電纜行業有專利導航嗎"])
def test_punctuation_white_space_and_script_make_no_other_question(documents: tuple[Document, ...], tmp_path: Path, spelling: str) -> None:
    lines = found(documents, tmp_path, f"4-3:\n  - 光电缆行业有专利导航吗\n4-4:\n  - '{spelling}'\n")
    assert [line.startswith(f"{FILE}:4: ") and f"{FILE}:2, too" in line for line in lines] == [True]


def test_a_question_that_both_places_share_is_sound(documents: tuple[Document, ...], tmp_path: Path) -> None:
    assert found(documents, tmp_path, "4-3:\n  - ~ 光电缆的专利\n4-4.1:\n  - ~ 光电缆的专利\n") == []


def test_both_must_say_that_they_share(documents: tuple[Document, ...], tmp_path: Path) -> None:
    (line,) = found(documents, tmp_path, "4-3:\n  - ~ 光电缆的专利\n4-4:\n  - 光电缆的专利\n")
    assert line.startswith(f"{FILE}:4: ") and f"{FILE}:2, too" in line


def test_a_shared_question_that_stands_alone_is_found(documents: tuple[Document, ...], tmp_path: Path) -> None:
    (line,) = found(documents, tmp_path, "4-3:\n  - 光电缆\n  - ~ 丝绸的专利\n")
    assert line.startswith(f"{FILE}:3: ") and "stands only here" in line


@pytest.mark.parametrize("mark", ["", "~ "])
def test_one_question_twice_under_one_place_is_found(documents: tuple[Document, ...], tmp_path: Path, mark: str) -> None:
    lines = found(documents, tmp_path, f"4-3:\n  - {mark}丝绸的专利\n  - {mark}丝绸的专利!\n")
    assert [line.startswith(f"{FILE}:3: ") and f"stands under 4-3 in {FILE}:2 already" in line for line in lines] == [True]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("4-33:\n  - 光电缆\n", 1, "no clause and no passage of the document is 4-33"),
        ("4-3:\n  - 光电缆\n4-3.7:\n  - 丝绸\n", 3, "no clause and no passage of the document is 4-3.7"),
        ("4-3: 光电缆\n", 1, "a list of questions is wanted under 4-3"),
        ("4-3:\n  - 光电缆\n  - ?!\n", 3, "a question is wanted"),
        ("4-3:\n  - patent centre: who can join\n", 2, "one with a colon stands in quotes"),
        ("4-3:\n  - 光电缆\n4-3:\n  - 丝绸\n", 3, f"4-3 stands in {FILE}:1 already"),
        ("4-3: [光电缆\n", 2, "not YAML"),
        ("- 光电缆\n", 1, "no questions here"),
    ],
)
def test_a_slip_in_the_file_is_found(documents: tuple[Document, ...], tmp_path: Path, content: str, line: int, words: str) -> None:
    (problem,) = found(documents, tmp_path, content)
    assert problem.startswith(f"{FILE}:{line}: ")
    assert words in problem


def test_the_same_question_about_two_documents_is_fine(documents: tuple[Document, ...], tmp_path: Path) -> None:
    for file in (FILE, "jiangsu-ip-measures.questions.yaml"):
        (tmp_path / file).write_text("preamble:\n  - 轻资产公司拿专利能贷款吗\n", encoding="utf-8")
    assert unsound(documents, tmp_path) == []


def test_a_file_without_its_document_is_found(documents: tuple[Document, ...], tmp_path: Path) -> None:
    shutil.copy(CORPUS / FILE, tmp_path / "atlantis-plan.questions.yaml")
    assert [str(problem) for problem in unsound(documents, tmp_path)] == ["atlantis-plan.questions.yaml:1: no document of this name"]

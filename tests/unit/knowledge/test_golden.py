"""Golden questions hold while the clause they are about does, and a broken one is named with what came instead."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.audit import audit
from knowledge.golden import broken, count
from knowledge.lookup import Knowledge
from knowledge.markup import Problem
from knowledge.reading import CORPUS

Broken = Callable[[], list[Problem]]

DOCUMENT = "wujiang-ip-longterm.md"
FILE = "wujiang-ip-longterm.golden.yaml"
HOLDING = """\
answered:
  4-3:
    - 吴江的产业专利导航重点围绕哪些产业
  4-4.1:
    - 吴江投保的专利,保费由财政补贴吗
not_answered:
  - 杭州的企业贯标有没有奖励
"""
BY_LINE = {number: line.strip(" -") for number, line in enumerate(HOLDING.split("\n"), start=1)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One document with its source and three golden questions."""
    (tmp_path / "sources").mkdir()
    for file in (DOCUMENT, "sources/wujiang-ip-longterm.txt"):
        shutil.copy(CORPUS / file, tmp_path / file)
    (tmp_path / FILE).write_text(HOLDING, encoding="utf-8")
    return tmp_path


@pytest.fixture
def asked(folder: Path) -> Broken:
    """Opens the folder as it is now and asks all golden questions in it."""
    return lambda: broken(Knowledge.open(folder, cache=folder), folder)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("opened")
    shutil.copy(CORPUS / DOCUMENT, folder)
    return Knowledge.open(folder, cache=folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(words: str) -> int:
    return next(number for number, line in BY_LINE.items() if words in line)


def test_questions_that_are_answered_as_they_must_be_are_no_problem(asked: Broken, folder: Path) -> None:
    assert asked() == []
    assert count(folder) == 3


def test_an_edited_clause_breaks_its_question_and_is_named(asked: Broken, folder: Path) -> None:
    edit(folder / DOCUMENT, "对企业进入转化和产业化实施的投保专利，按实际支出的保费给予一定比例财政补贴。", "")
    edit(folder / DOCUMENT, "探索开展专利保险工作，", "")
    edit(folder / DOCUMENT, "优化险种运营模式，支持保险机构深入开展专利保险业务，完善专利保险服务体系。", "")
    (problem,) = asked()
    assert (problem.file, problem.line) == (FILE, line_of("保费"))
    assert "“吴江投保的专利,保费由财政补贴吗” wants wujiang-ip-longterm#4-4.1 first; came: " in problem.text


def test_a_clause_that_moves_away_breaks_its_question(asked: Broken, folder: Path) -> None:
    edit(folder / DOCUMENT, "{#4-3 label", "{#4-9 label")
    assert [(problem.line, problem.text) for problem in asked()] == [(2, "no clause and no passage of the document is 4-3")]


def test_what_came_instead_is_quoted(asked: Broken, folder: Path) -> None:
    edit(folder / FILE, "  4-3:\n", "  6-2:\n")
    (problem,) = asked()
    assert problem.line == line_of("导航")
    assert "wants wujiang-ip-longterm#6-2 first; came: wujiang-ip-longterm#4-3.1 “" in problem.text


def test_a_refusal_is_named_by_its_reason(asked: Broken, folder: Path) -> None:
    edit(folder / FILE, "吴江的产业专利导航重点围绕哪些产业", "杭州的产业专利导航重点围绕哪些产业")
    (problem,) = asked()
    assert "came: no answer, region-not-held" in problem.text
    assert "杭州" in problem.text.rpartition("came")[2]


def test_an_answer_that_must_not_be_given_is_named(asked: Broken, folder: Path) -> None:
    edit(folder / FILE, "杭州的企业贯标有没有奖励", "吴江企业通过贯标认证给不给奖励")
    (problem,) = asked()
    assert problem.line == line_of("杭州")
    assert "must not be answered by wujiang-ip-longterm; came: wujiang-ip-longterm#4-1.1" in problem.text


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("answered:\n  4-3.2:\n    - 吴江规划\n", 2, "no clause and no passage of the document is 4-3.2"),
        ("answered:\n  4-3: 吴江的产业专利导航\n", 2, "a list of questions is wanted under 4-3"),
        ("answered:\n  - 吴江的产业专利导航\n", 1, "places are wanted"),
        ("not_answered:\n  - 杭州贯标奖励\n  -\n", 3, "a question is wanted"),
        ("not_answered: []\n", 1, "a list of questions is wanted under not_answered"),
        ("not_answered:\n  - 杭州贯标奖励\nanswers:\n  - 吴江规划\n", 3, "answers is neither answered nor not_answered"),
        ("not_answered: [杭州贯标奖励]\nnot_answered: [昆山贯标奖励]\n", 2, f"stands in {FILE}:1 already"),
        ("answered: {4-3: [吴江\n", 2, "not YAML"),
        ("", 1, "answered and not_answered are wanted"),
    ],
)
def test_a_slip_in_the_file_is_found(opened: Knowledge, tmp_path: Path, content: str, line: int, words: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    (problem,) = broken(opened, tmp_path)
    assert (problem.file, problem.line) == (FILE, line)
    assert words in problem.text


def test_a_file_without_its_document_is_found(opened: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "atlantis-plan.golden.yaml").write_text(HOLDING, encoding="utf-8")
    assert [str(problem) for problem in broken(opened, tmp_path)] == ["atlantis-plan.golden.yaml:1: no document of this name"]


def test_the_audit_asks_although_the_proof_fails(folder: Path) -> None:
    edit(folder / DOCUMENT, "光电缆产业、", "")
    edit(folder / FILE, "  4-3:\n", "  6-2:\n")
    done = audit(folder)
    assert [problem.file for problem in done.problems] == [DOCUMENT, FILE]
    assert done.asked


def test_the_audit_asks_nothing_of_what_cannot_be_read(folder: Path) -> None:
    edit(folder / DOCUMENT, "official: true", "official: perhaps")
    done = audit(folder)
    assert {problem.file for problem in done.problems} == {DOCUMENT}
    assert not done.asked


def test_the_audit_asks_nothing_of_an_empty_folder(tmp_path: Path) -> None:
    done = audit(tmp_path)
    assert ([problem.text for problem in done.problems], done.asked) == (["no curated files here"], False)

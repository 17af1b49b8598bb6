"""The proof holds for what is curated, and finds with file and line what a slip of the hand would change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.check import Problem, problems
from knowledge.reading import CORPUS, CorpusError, load_corpus

Edit = Callable[[str, str, str], Problem]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CORPUS, tmp_path / "corpus"))


@pytest.fixture
def found(folder: Path) -> Edit:
    """Changes one file and gives the only problem that is then found, after checking that it names the file."""

    def change(file: str, old: str, new: str) -> Problem:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        (problem,) = problems(folder)
        assert problem.file == file
        return problem

    return change


def line_of(file: str, words: str) -> int:
    lines = (CORPUS / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_the_proof_holds_for_all_five() -> None:
    assert problems() == []


def test_a_dropped_sentence_is_found(found: Edit) -> None:
    file, sentence = "suzhou-145-plan.md", "探索知识产权在产业强链补链、安全发展等领域工作新举措。"
    problem = found(file, sentence, "")
    assert problem.line == line_of(file, sentence)
    assert "▸探索知识产权在产业强链补链" in problem.text


def test_an_added_paragraph_is_found(found: Edit) -> None:
    file, last = "wujiang-ip-longterm.md", "对企业进入转化和产业化实施的投保专利,".replace(",", "，")
    problem = found(file, "\n## 五、构建", "\n最高奖励一百万元。\n\n## 五、构建")
    assert problem.line == line_of(file, last) + 2
    assert "▸最高奖励一百万元" in problem.text


def test_an_altered_digit_is_found(found: Edit) -> None:
    file, goal = "suzhou-145-plan.md", "知识产权质押融资登记金额超200亿元"
    problem = found(file, goal, goal.replace("200", "300"))
    assert problem.line == line_of(file, goal)
    assert "▸300亿元" in problem.text and "▸200亿元" in problem.text


def test_an_altered_cell_is_found(found: Edit) -> None:
    file, row = "hefei-ip-strong-city.md", "| 365 | 880 |"
    assert found(file, row, "| 365 | 890 |").line == line_of(file, row)


def test_paragraphs_in_another_order_are_found(folder: Path) -> None:
    path = folder / "suzhou-145-plan.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    first, second = (number for number, line in enumerate(lines) if line.startswith(("——坚持标杆引领", "——坚持开放融合")))
    lines[first], lines[second] = lines[second], lines[first]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [problem.line for problem in problems(folder)] == [first + 1]


def test_another_copy_under_the_same_name_is_found(folder: Path) -> None:
    copy = folder / "sources" / "wujiang-ip-longterm.txt"
    copy.write_bytes(copy.read_bytes() + b"\n")
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("wujiang-ip-longterm.md", line_of("wujiang-ip-longterm.md", "source:"))
    assert "sha256" in problem.text


def test_a_missing_copy_is_found(folder: Path) -> None:
    (folder / "sources" / "wujiang-ip-longterm.txt").unlink()
    assert ["not there" in problem.text for problem in problems(folder)] == [True]


def test_a_lost_figure_cannot_be_filled_in_by_its_own_record(folder: Path) -> None:
    path = folder / "jiangsu-ip-measures.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("分别给□00万元", "分别给900万元"), encoding="utf-8")
    assert any("must be its source with one □" in problem.text for problem in problems(folder))


def test_a_lost_figure_cannot_be_filled_in_in_the_text_alone(folder: Path) -> None:
    path = folder / "jiangsu-ip-measures.md"
    front, text = path.read_text(encoding="utf-8").split("\n---\n", 1)
    path.write_text(front + "\n---\n" + text.replace("有效期至2028□□8日", "有效期至2028年9月8日"), encoding="utf-8")
    found = [problem.text for problem in problems(folder)]
    assert any("repairs: not in #closing: d031" in text for text in found)
    assert any("differs from the source" in text for text in found)


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("region: suzhou", "region: atlantis", "region:", "not in regions.yaml: atlantis"),
        ("level: city", "level: city\ncolour: red", "kind:", "key is not known: colour"),
        ("kind: plan\n", "", "---", "front matter lacks kind"),
        ("official: true", "official: perhaps", "official:", "true or false is wanted"),
        ("period: [2021, 2025]", "period: [2025, 2021]", "period:", "[first year, last year]"),
        ("issued: not stated", "issued: soon", "issued:", "a date, 'not stated'"),
        ("{#3-2-6 themes=finance}", "{#3-2-6 themes=money}", "{#3-2-6 ", "theme is not in themes.yaml: money"),
        ("{#3-2-6 themes=finance}", "{#3-2-5 themes=finance}", "{#3-2-5 ", "anchor #3-2-5 stands more than once"),
        ("{#3-2-6 themes=finance}", "", "{#3-2-6 ", "heading without {#anchor}"),
        ("{#3-2-6 themes=finance}", "{#3-2-6 colour=red}", "{#3-2-6 ", "attribute that is not known"),
        ('text: "延伸阅读"', 'text: "延伸"', "## {#page-info", ""),
        ('reads: "前言"', 'reads: "序言"', "repairs:", "repairs: not in #preamble: d046 序言"),
        ("kind: plan", "kind: plan: long", "kind:", "front matter is not YAML"),
    ],
)
def test_a_slip_in_the_markup_is_found(folder: Path, old: str, new: str, at: str, words: str) -> None:
    path = folder / "suzhou-145-plan.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [problem for problem in problems(folder) if words in problem.text]
    assert found
    assert {problem.file for problem in found} == {"suzhou-145-plan.md"}
    if words:
        assert abs(found[0].line - line_of("suzhou-145-plan.md", at)) <= 1


def test_a_broken_row_is_found(folder: Path) -> None:
    path = folder / "hefei-ip-strong-city.md"
    path.write_text(path.read_text(encoding="utf-8").replace("| 75 | 150 |", "| 75150 |"), encoding="utf-8")
    assert "row has 4 cells, its header 5" in [problem.text for problem in problems(folder)]


def test_loading_tells_everything_at_once(folder: Path) -> None:
    for file in ("suzhou-145-plan.md", "hefei-ip-strong-city.md"):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace("official: true", "official: yes indeed"), encoding="utf-8")
    with pytest.raises(CorpusError) as failure:
        load_corpus(folder)
    assert [problem.partition(":")[0] for problem in failure.value.problems] == ["hefei-ip-strong-city.md", "suzhou-145-plan.md"]
    assert "suzhou-145-plan.md:10: front matter official" in str(failure.value)


def test_a_second_document_of_the_same_id_is_found(folder: Path) -> None:
    shutil.copy(folder / "wujiang-ip-longterm.md", folder / "wujiang-again.md")
    assert any("is already that of" in problem.text for problem in problems(folder))


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert [problem.text for problem in problems(tmp_path)] == ["no curated files here"]

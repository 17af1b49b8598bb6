"""Word lists: a text wherever one should be, and the same however they were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import lists
from knowledge.lists import remember, remembered, word_list
from knowledge.markup import CorpusError


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("yes-words:\n  - good\n  - no\n", 3, "no"),
        ("words: [one, 8760]\n", 1, "8760"),
        ("words:\n  on: [one]\n", 2, "on"),
        ("words: [one]\nothers: [2026-01-01]\n", 2, "2026-01-01"),
        ("words:\n  - one\n  -\n", 3, "nothing"),
        ("words: {one: 1}\n", 1, "1"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(content: str, line: int, told: str, tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        word_list(tmp_path / "words.yaml")
    (problem,) = refused.value.problems
    assert problem.startswith(f"words.yaml:{line}: {told} ")


def test_a_list_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("words:\n  - [one\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"words\.yaml:3: not YAML"):
        word_list(tmp_path / "words.yaml")


def test_figures_are_taken_where_they_are_meant(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("shares: {one: 0.5}\nwords: [one]\nplaces: {here: {held: true}}\n", encoding="utf-8")
    assert word_list(file, {"shares", "held"})["shares"] == {"one": 0.5}


@pytest.mark.parametrize("content", ["words: [one, 'no', 二]\nshares: {one: 1}\n", "words: [no]\n", "no: [one]\n", "words: [2026-01-01]\n"])
def test_a_list_that_an_earlier_start_parsed_is_read_and_refused_like_a_fresh_one(content: str, tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(content, encoding="utf-8")
    cache = tmp_path / "cache"
    told = []
    for _ in range(2):
        with remembered(cache, [file]):
            told.append(outcome(file))
    assert told == [outcome(file)] * 2


@pytest.fixture
def nothing_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened the knowledge before may have left lists that nobody asked for yet."""
    monkeypatch.setattr(lists, "_parsed", {})


@pytest.mark.usefixtures("nothing_parsed")
def test_a_list_is_remembered_as_it_stands_now(tmp_path: Path) -> None:
    file, cache = tmp_path / "words.yaml", tmp_path / "cache"
    for word in ("one", "two"):
        file.write_text(f"words: [{word}]\n", encoding="utf-8")
        with remembered(cache, [file]):
            assert word_list(file) == {"words": [word]}
    assert not lists._parsed


@pytest.mark.usefixtures("nothing_parsed")
def test_a_list_that_waits_until_it_is_asked_for_outlasts_those_remembered_for_a_while(tmp_path: Path) -> None:
    file, cache = tmp_path / "words.yaml", tmp_path / "cache"
    file.write_text("words: [one]\n", encoding="utf-8")
    remember(cache, "spoken", [file])
    with remembered(cache, [file]):
        pass
    assert len(lists._parsed) == 1
    assert word_list(file) == {"words": ["one"]}
    assert not lists._parsed


def outcome(file: Path) -> object:
    try:
        return word_list(file, {"shares"})
    except CorpusError as refused:
        return refused.problems

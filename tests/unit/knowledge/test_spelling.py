"""Slips of the keyboard: what is put right, what is told, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.lookup import Knowledge
from knowledge.normal import normal
from knowledge.spelling import Slip, Speller, _look_alike

NAMES = ("专利导航", "质押融资", "正版正货", "预审", "高价值专利培育中心", "技术经纪人", "十三五")
PAIRS = frozenset({"专利", "利导", "导航", "公益", "益诉", "诉讼", "苏州", "在苏", "州的", "企业"})


def cut(text: str) -> list[str]:
    """The names and a few everyday words, else single characters: what a dictionary would find."""
    words = sorted((*NAMES, "苏州", "合肥", "公益", "诉讼", "企业", "怎么"), key=len, reverse=True)
    found: list[str] = []
    while text:
        word = next((word for word in words if text.startswith(word)), text[0])
        found.append(word)
        text = text[len(word) :]
    return found


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(NAMES, ("苏州", "合肥"), PAIRS, cut)


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("苏州砖利导航", "苏州专利导航", Slip("砖利导航", "专利导航")),
        ("州苏怎么", "苏州怎么", Slip("州苏", "苏州")),
        ("台肥怎么", "合肥怎么", Slip("台肥", "合肥")),
        ("苏洲怎么", "苏州怎么", Slip("苏洲", "苏州")),
        ("专利航导", "专利导航", Slip("专利航导", "专利导航")),
        ("技术纪人", "技术经纪人", Slip("技术纪人", "技术经纪人")),
        ("正版正贷", "正版正货", Slip("正版正贷", "正版正货")),
        ("公诉益讼", "公益诉讼", Slip("公诉益讼", "公益诉讼")),
        ("hf专利导航", "合肥专利导航", Slip("hf", "合肥")),
        ("zhuanlidaohang", "专利导航", Slip("zhuanlidaohang", "专利导航")),
    ],
    ids=[
        "sound",
        "place swapped",
        "place by shape",
        "place by sound",
        "swapped",
        "left out",
        "shape",
        "words of no name",
        "initials",
        "pinyin",
    ],
)
def test_a_slip_is_put_right_and_told(speller: Speller, typed: str, meant: str, slip: Slip) -> None:
    assert speller.mended(typed) == (meant, (slip,))


@pytest.mark.parametrize(
    "text",
    ["苏州专利导航怎么", "十五五", "企业的专利", "上海怎么", "hf", "苏", "", "12345", "what is pct", "苏州hf"],
    ids=[
        "right",
        "another numeral",
        "a particle",
        "another place",
        "initials alone are a place",
        "one character",
        "nothing",
        "digits",
        "English",
        "named",
    ],
)
def test_what_may_be_meant_is_left_alone(speller: Speller, text: str) -> None:
    expected = "合肥" if text == "hf" else text
    assert speller.mended(text)[0] == expected


def test_two_names_equally_near_change_nothing() -> None:
    speller = Speller(("专利奖金", "专利奖励"), (), frozenset({"专利", "利奖"}), list)
    assert speller.mended("专利奖斤")[0] in ("专利奖金", "专利奖斤")
    assert Speller(("转让费", "转让废"), (), frozenset({"转让"}), list).mended("转让肺") == ("转让肺", ())


def test_real_questions_without_a_slip_stay_as_they_are(knowledge: Knowledge) -> None:
    lines = (Path(__file__).parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [row for row in map(json.loads, lines) if row.get("kind") not in ("typo", "pinyin") and row.get("lang", "zh") != "en"]
    changed = [row["q"] for row in questions if knowledge.lookup(row["q"]).slips]
    assert len(questions) > 100
    assert not changed


@pytest.mark.parametrize("text", ["知识产权是什么", "知识产权是怎么回事"])
def test_a_word_by_itself_is_no_slip_for_the_end_of_a_longer_name(knowledge: Knowledge, text: str) -> None:
    assert not knowledge.lookup(text).slips


def test_a_misspelt_place_is_that_place(knowledge: Knowledge) -> None:
    found = knowledge.lookup("州苏专利质押融资目标")
    assert found.slips == (Slip("州苏", "苏州"),)
    assert found.hits[0].document.region == "suzhou"


@pytest.mark.parametrize("text", ["苏在州" * 200, "知产的识" * 200, "x" * 2000, "zhuanli" * 300, "？" * 900])
def test_odd_text_of_any_length_is_read(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(normal(text)).question is not None


@pytest.mark.parametrize(("one", "other", "alike"), [("台", "合", True), ("合", "台", True), ("台", "专", False)])
def test_looking_alike_goes_both_ways(one: str, other: str, alike: bool) -> None:
    assert _look_alike(one, other) is alike

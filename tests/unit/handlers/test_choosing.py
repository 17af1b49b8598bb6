"""Typing a choice instead of pressing it."""

import pytest

from bot.core.message import Choice, Text
from bot.words import Words
from handlers.choosing import bare_number, chosen

CARD = tuple(Choice(id, label=Text(f"choice-{id}")) for id in ("context", "related", "elsewhere", "others", "liked"))
CLAUSES = (
    Choice("clause", "a", "苏州市 · 9.发展知识产权密集型产业"),
    Choice("clause", "b", "江苏省 · (二)实施产业专利导航工程"),
    Choice("help", label=Text("choice-help")),
)
PLACES = (Choice("region", "hefei\n专利导航", "合肥市"), Choice("region", "suzhou\n专利导航", "苏州市"))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.open()


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("1", "context"),
        ("2.", "related"),
        ("①", "context"),
        ("第一个", "context"),
        ("选第二个", "related"),
        ("最后一个", "liked"),
        ("the first one", "context"),
        ("原文", "context"),
        ("原文上下文", "context"),
        ("看看原文", "context"),
        ("相关条款", "related"),
        ("相關條款", "related"),
        ("Related clauses", "related"),
        ("换个地区吧", "elsewhere"),
        ("有用", "liked"),
    ],
)
def test_a_choice_is_named_by_its_number_or_label(text: str, action: str, words: Words) -> None:
    meant = chosen(text, CARD, words)
    assert meant is not None
    assert meant.action == action


@pytest.mark.parametrize("text", ["", "9", "0", "123", "相关条款有哪些部门负责", "原文在哪年发布", "苏州", "相关条例", "1家公司", "2025"])
def test_nothing_else_is_taken_for_a_choice(text: str, words: Words) -> None:
    assert chosen(text, CARD, words) is None


@pytest.mark.parametrize(("text", "number"), [("9", 9), ("0", 0), (" ４2. ", 42), ("7、", 7)])
def test_a_number_alone_asks_nothing(text: str, number: int) -> None:
    assert bare_number(text) == number


@pytest.mark.parametrize("text", ["", "2025", "第5条", "5件", "123", "苏州", "1家公司"])
def test_a_number_that_says_something_is_none(text: str) -> None:
    assert bare_number(text) is None


@pytest.mark.parametrize(("text", "data"), [("实施产业专利导航工程", "b"), ("江苏省 · (二)实施产业专利导航工程", "b"), ("第二条", "b")])
def test_a_clause_is_named_by_its_heading(text: str, data: str, words: Words) -> None:
    meant = chosen(text, CLAUSES, words)
    assert meant is not None
    assert meant.data == data


def test_a_place_on_offer_is_named_by_any_of_its_names(words: Words) -> None:
    meant = chosen("合肥", PLACES, words)
    assert meant is not None
    assert meant.data.startswith("hefei")


def test_what_stands_in_brackets_behind_a_label_names_it(words: Words) -> None:
    choices = tuple(Choice("apply-begin", each, Text(f"{each}-name")) for each in ("preexam-suzhou", "preexam-hefei"))
    assert chosen("合肥", choices, words) == choices[1]
    assert chosen("Suzhou", choices, words) == choices[0]


def test_the_first_of_several_to_cancel_is_named_by_its_number(words: Words) -> None:
    choices = (Choice("form", "", "都符合"), Choice("own-stop", "1", "取消：交材料"), Choice("own-stop", "2", "取消：看邮箱"))
    assert chosen("取消第一个", choices, words) == choices[1]
    assert chosen("取消2", choices, words) == choices[2]
    assert chosen("取消第三个", choices, words) is None

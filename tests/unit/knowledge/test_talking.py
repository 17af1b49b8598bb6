"""What people write between their questions, and in which of their languages."""

from __future__ import annotations

import pytest

from knowledge.lookup import Knowledge, Status

BEFORE = ["苏州质押融资目标是多少"]


@pytest.mark.parametrize("text", ["哈哈", "haha", "。。。", "👍", "ZL201910123456.7", "asdfgh", "算了不办了", "最近有哪些政策"])
def test_what_says_nothing_of_the_question_before_is_not_answered_with_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text, turns=BEFORE).status is not Status.ANSWER


@pytest.mark.parametrize("between", ["哈哈", "👍", "ZL201910123456.7", "你们到底管不管事", "。。。"])
def test_a_question_is_followed_up_across_it(knowledge: Knowledge, between: str) -> None:
    result = knowledge.lookup("那合肥呢", turns=[*BEFORE, between])
    assert (result.status, result.hits[0].document.region) == (Status.ANSWER, "hefei")


@pytest.mark.parametrize("text", ["2030年呢", "具体怎么规定的", "那个部门负责", "保险"])
def test_what_leans_on_it_or_is_of_our_field_goes_on(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text, turns=BEFORE).places == ("suzhou",)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("蘇州有冇知識產權質押貸款補貼呀", "苏州有没有知识产权质押贷款补贴呀"),
        ("合肥保護中心有咩服務", "合肥保护中心有什么服务"),
        ("呢件事邊個部門負責", "呢件事哪个部门负责"),
        ("幾時截止", "什么时候截止"),
    ],
)
def test_cantonese_asks_the_same(knowledge: Knowledge, typed: str, said: str) -> None:
    of_it, plain = knowledge.lookup(typed), knowledge.lookup(said)
    assert (of_it.status, of_it.reason, of_it.about) == (plain.status, plain.reason, plain.about)
    assert [hit.passage.id for hit in of_it.hits] == [hit.passage.id for hit in plain.hits]


@pytest.mark.parametrize("text", ["试点样板有哪些", "专利纠纷点解决机制", "那边个体户怎么办", "而家庭农场呢"])
def test_words_that_only_look_cantonese_are_left(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).question == text


@pytest.mark.parametrize("text", ["什么破机器人", "我要投诉", "你们到底管不管事？问了三遍了都没人回", "this is useless"])
def test_anger_is_no_question(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.reason, result.about) == ("smalltalk", "annoyed")


@pytest.mark.parametrize("text", ["商标被抢注了没人管怎么办", "举报专利侵权没人理,苏州找谁", "专利侵权投诉"])
def test_anger_about_something_of_our_field_is(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason != "smalltalk"

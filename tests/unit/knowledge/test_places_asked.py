"""Whose text answers: the province's for a city without its own, and the home of a programme whatever was spoken of before."""

from __future__ import annotations

import pytest

from knowledge.lookup import Knowledge, Status
from knowledge.regions import regions


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("常州这边数据知识产权能登记吗", "4-13"),
        ("徐州对非正常专利申请怎么处理", "5-18"),
        ("南京企业拿专利贷款省里有什么政策", "2-6"),
        ("盐城的产业知识产权联盟省里给钱吗", "2-8"),
        ("宿迁企业专利入股", "2-7"),  # who asks is no part of what is asked
        ("淮安的中小企业专利质押", "2-6"),
    ],
)
def test_what_a_province_lays_down_answers_for_its_cities(knowledge: Knowledge, text: str, clause: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, f"jiangsu-ip-measures#{clause}")


@pytest.mark.parametrize(
    "text",
    [
        "南京市专利资助标准",
        "无锡有没有专利补贴",
        "徐州保护中心电话",
        "南通知识产权质押贴息多少",
        "淮安哪个部门管商标质押",
        "泰州有知识产权保护中心吗",
        "常州商标补贴政策",
        "宿迁企业商标补贴",
        "芜湖企业拿专利贷款省里有什么政策",  # nothing of its province is held
    ],
)
def test_what_a_city_sets_itself_is_not_told_by_its_province(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason == "region-not-held"


@pytest.mark.parametrize(
    ("turns", "text", "place"),
    [
        (["合肥专利质押有什么支持"], "那苏知贷呢", "jiangsu"),
        (["合肥专利质押有什么支持", "那苏知贷呢"], "谁负责", "jiangsu"),
        (["苏州高价值专利怎么培育"], "2833工程呢", "hefei"),
        (["苏州质押融资目标", "苏知贷呢"], "合肥呢", "hefei"),
    ],
)
def test_a_programme_is_asked_about_where_it_is_at_home(knowledge: Knowledge, turns: list[str], text: str, place: str) -> None:
    result = knowledge.lookup(text, turns=turns)
    assert (result.status, result.places, result.hits[0].document.region) == (Status.ANSWER, (place,), place)


def test_a_place_named_beside_a_programme_stays(knowledge: Knowledge) -> None:
    assert knowledge.lookup("合肥有苏知贷吗", turns=["苏州质押融资目标"]).places == ("hefei",)


def test_programmes_are_those_of_their_places_alone(knowledge: Knowledge) -> None:
    texts = [
        (document.region, passage.text) for document in knowledge.documents for clause in document.walk() for passage in clause.passages
    ]
    for region in regions().values():
        for programme in region.programmes:
            assert {place for place, text in texts if programme in text} <= {region.id}, programme
            assert programme.isascii() or any(programme[:2] in text for place, text in texts if place == region.id), programme


def test_a_level_of_government_is_no_part_of_the_word_before_it(knowledge: Knowledge) -> None:
    assert [word.text for word in knowledge.explain("产业知识产权联盟省里给钱吗")[0].words] == ["产业知识产权联盟"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("苏州那个运营基金打算做到多大", "扩大基金规模至5亿元")],
)
def test_a_figure_of_the_place_counts_though_another_place_says_more_of_the_words(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


@pytest.mark.parametrize("region", ["suzhou", "hefei"])
def test_a_question_without_a_place_is_answered_from_the_usual_one(knowledge: Knowledge, region: str) -> None:
    result = knowledge.lookup("质押融资目标", region=region)
    assert (result.status, result.hits[0].document.region) == (Status.ANSWER, region)


def test_what_the_usual_place_says_nothing_on_is_answered_from_elsewhere(knowledge: Knowledge) -> None:
    assert knowledge.lookup("专利清零行动是什么", region="hefei").hits[0].document.region == "wujiang"


def test_the_usual_place_makes_no_answer_of_a_question_that_says_too_little(knowledge: Knowledge) -> None:
    assert knowledge.lookup("目标是多少", region="suzhou").status is Status.ASK_BACK

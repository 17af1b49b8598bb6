"""What people write between their questions, and in which of their languages."""

from __future__ import annotations

import pytest

from knowledge.document import ClauseKind
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
        ("驚俾人抄，商標畀人搶注咗點算", "怕被人抄,商标被人抢注了怎么办"),
        ("试点算不算示范", "试点算不算示范"),
        ("合肥保護中心有咩服務", "合肥保护中心有什么服务"),
        ("呢件事邊個部門負責", "呢件事哪个部门负责"),
        ("幾時截止", "什么时候截止"),
        ("商标注册要点搞", "商标注册要怎么办"),
        ("江苏专利质押边个管", "江苏专利质押谁管"),
        ("我哋嘅商標俾人搶注,睇下點樣搵人", "我们的商标被人抢注,看下怎样找人"),
        ("苏州商业秘密示范点要建好多个嘛", "苏州商业秘密示范点要建多少个嘛"),
        ("合肥有没得专利保险", "合肥有没有专利保险"),
        ("合肥可有专利保险", "合肥有没有专利保险"),
        ("吴江阿有马德里商标奖励伐", "吴江有没有马德里商标奖励吗"),
        ("江苏专利导航是啥子", "江苏专利导航是什么"),
    ],
)
def test_dialects_ask_the_same(knowledge: Knowledge, typed: str, said: str) -> None:
    of_it, plain = knowledge.lookup(typed), knowledge.lookup(said)
    assert (of_it.status, of_it.reason, of_it.about) == (plain.status, plain.reason, plain.about)
    assert [hit.passage.id for hit in of_it.hits] == [hit.passage.id for hit in plain.hits]


@pytest.mark.parametrize(
    "text",
    [
        "试点样板有哪些",
        "专利纠纷点解决机制",
        "那边个体户怎么办",
        "而家庭农场呢",
        "专利许可有哪些支持",
        "可有效保护商标吗",
        "知识产权是什么事",
        "好多专利没人用",
        "加快保护步伐",
        "阿拉伯国家的商标",
    ],
)
def test_words_that_only_look_like_dialect_are_left(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).question == text


@pytest.mark.parametrize("text", ["什么破机器人", "我要投诉", "你们到底管不管事？问了三遍了都没人回", "this is useless"])
def test_anger_is_no_question(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.reason, result.about) == ("smalltalk", "annoyed")


@pytest.mark.parametrize("text", ["商标被抢注了没人管怎么办", "举报专利侵权没人理,苏州找谁", "专利侵权投诉"])
def test_anger_about_something_of_our_field_is(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason != "smalltalk"


@pytest.mark.parametrize(
    "text", ["江苏第十条", "江苏若干政策措施第10条原文", "看下第十条", "What does article 10 of the Jiangsu measures say?"]
)
def test_a_clause_is_found_by_its_number(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text, turns=["江苏质押融资有哪些支持"])
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "jiangsu-ip-measures#3-10")


def test_who_is_responsible_is_told_of_a_clause_by_its_number(knowledge: Knowledge) -> None:
    assert "省财政厅" in knowledge.lookup("江苏第6条谁负责").hits[0].marked


def test_a_number_that_several_documents_have_is_asked_back(knowledge: Knowledge) -> None:
    result = knowledge.lookup("第十条是什么")
    assert (result.status, len(result.options)) == (Status.ASK_BACK, 2)


@pytest.mark.parametrize("text", ["苏州第三条", "吴江第九条", "第五十条"])
def test_a_number_that_tells_no_clause_is_no_answer(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason == "by-number"


@pytest.mark.parametrize("text", ["专利法第二十二条", "第三方服务", "江苏第十条对质押怎么规定"])
def test_only_a_bare_number_is_one(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason != "by-number"


@pytest.mark.parametrize(
    ("text", "turns", "box"),
    [
        ("合肥专栏5", [], "hefei-ip-strong-city#box-5"),
        ("苏州专栏二讲什么", [], "suzhou-145-plan#box-2"),
        ("专栏2", ["苏州质押融资目标"], "suzhou-145-plan#box-2"),
    ],
)
def test_a_box_is_found_by_its_number(knowledge: Knowledge, text: str, turns: list[str], box: str) -> None:
    result = knowledge.lookup(text, turns=turns)
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, box)


def test_a_box_that_several_documents_have_is_asked_back_and_one_that_none_has_is_missing(knowledge: Knowledge) -> None:
    assert [option.id for option in knowledge.lookup("专栏3").options] == ["hefei-ip-strong-city#box-3", "suzhou-145-plan#box-3"]
    assert knowledge.lookup("苏州专栏99").reason == "subject-unknown"


def test_a_data_sheet_answers_nothing_about_a_whole_field(knowledge: Knowledge) -> None:
    assert all(hit.clause.kind is not ClauseKind.FRONT for hit in knowledge.lookup("苏州补贴").hits)


def test_what_another_province_gives_is_no_answer_however_little_is_said(knowledge: Knowledge) -> None:
    assert knowledge.lookup("合肥资助").status is Status.NOTHING


def test_where_a_place_says_nothing_on_a_field_those_above_it_are_offered(knowledge: Knowledge) -> None:
    result = knowledge.lookup("苏州补贴")
    assert result.status is Status.ASK_BACK
    assert all(option.id.startswith("jiangsu") for option in result.options)


def test_what_is_asked_of_a_numbered_clause_must_stand_in_it(knowledge: Knowledge) -> None:
    result = knowledge.lookup("电话多少", turns=["江苏第十条呢"])
    assert (result.reason, result.about) == ("attribute-missing", "phone")


@pytest.mark.parametrize(
    ("text", "about"), [("国家层面的政策有吗", "国家层面的政策"), ("知识产权强国建设纲要的内容", "知识产权强国建设纲要")]
)
def test_what_the_country_decides_is_said_to_be_missing(knowledge: Knowledge, text: str, about: str) -> None:
    result = knowledge.lookup(text)
    assert (result.reason, result.about) == ("document-not-held", about)


@pytest.mark.parametrize("text", ["苏州市高价值专利培育中心要什么条件", "优势企业有什么条件"])
def test_conditions_are_told_where_they_stand_only(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.reason, result.about) == ("attribute-missing", "condition")


def test_where_a_company_lies_is_no_question_for_an_address(knowledge: Knowledge) -> None:
    assert knowledge.lookup("公司地址在吴江，能不能按苏州的政策享受").status is Status.ASK_BACK
    assert knowledge.lookup("合肥知识产权保护中心地址").about == "address"


@pytest.mark.parametrize(
    ("before", "text", "said"),
    [
        ("合肥知识产权金融归谁管", "那司法保护谁负责", "市中院"),
        ("合肥质押融资谁负责", "那人才培养谁负责", "市人社局"),
        ("吴江贯标有奖励吗", "那保险有补贴吗", "财政补贴"),
    ],
)
def test_who_says_again_what_is_asked_asks_of_something_else(knowledge: Knowledge, before: str, text: str, said: str) -> None:
    result = knowledge.lookup(text, turns=[before])
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


def test_anger_that_asks_nothing_of_its_own_leaves_the_subject_to_the_rest(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("你们合肥到底管不管！投诉电商平台卖侵权货半天没人理").hits[0]
    assert "电商平台快速处置专利侵权投诉" in hit.passage.text


def test_whether_it_suffices_is_no_subject(knowledge: Knowledge) -> None:
    words = [word.text for word in knowledge.explain("苏州专利审查员够不够用")[0].words]
    assert words == ["专利", "审查员"]


@pytest.mark.parametrize("text", ["合肥专利预审要几个工作日", "合肥专利预审要多少天", "合肥专利玉审要几个工作日"])
def test_how_many_days_asks_for_no_number_of_things(knowledge: Knowledge, text: str) -> None:
    assert [ask.id for ask in knowledge.explain(text)[0].asks] == ["duration"]
    assert "七个工作日" in knowledge.lookup(text).hits[0].marked


@pytest.mark.parametrize(
    "asked", ["合肥到2025年要达到什么目标", "合肥2025年的目标是什么", "what are the goals of Hefei by 2025", "what are Hefei's targets"]
)
def test_all_targets_of_a_place_are_told_where_it_sets_them(knowledge: Knowledge, asked: str) -> None:
    """A row of the table says one of them."""
    result = knowledge.lookup(asked)
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "hefei-ip-strong-city#1")


def test_one_target_is_still_told_by_its_row(knowledge: Knowledge) -> None:
    assert knowledge.lookup("合肥2025年PCT申请目标").hits[0].clause.id == "hefei-ip-strong-city#1-table"


@pytest.mark.parametrize("asked", ["is the sample official", "is the template an official document"])
def test_whether_the_sample_is_official_is_told_in_english_too(knowledge: Knowledge, asked: str) -> None:
    result = knowledge.lookup(asked)
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "template-city-145-plan#notice")

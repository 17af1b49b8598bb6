"""The knowledge as the rest of the program sees it: answers, questions asked back, refusals, cards and lines of JSON."""

import json
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from knowledge.card import card
from knowledge.document import NoticeCode, PassageKind
from knowledge.excerpts import visible
from knowledge.jsonl import answer_lines
from knowledge.lookup import Knowledge, Status

TODAY = date(2026, 11, 22)
QUESTIONS = Path(__file__).parent / "questions.jsonl"


@cache
def opened() -> Knowledge:
    return Knowledge.open()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return opened()


# Answers


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("吴江专利保险补贴", "wujiang-ip-longterm#4-4"),
        ("盛泽的企业专利保险补贴", "wujiang-ip-longterm#4-4"),
        ("江苏产业专利导航", "jiangsu-ip-measures#1-2"),
        ("常熟快维中心", "suzhou-145-plan#3-4-10"),
        ("苏州知识产权运营引导基金规模", "suzhou-145-plan#3-2-6"),
        ("Wujiang patent insurance premium subsidy", "wujiang-ip-longterm#4-4"),
        ("wujiang zhuanli baoxian", "wujiang-ip-longterm#4-4"),
        ("qing wen yi xia jiangsu chanye zhuanli daohang", "jiangsu-ip-measures#1-2"),
    ],
)
def test_the_clause_that_answers_comes_first(knowledge: Knowledge, text: str, clause: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert result.hits[0].clause.id == clause


def test_the_marked_sentence_is_verbatim(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("合肥预审周期几天").hits[0]
    assert "七个工作日" in hit.marked
    assert hit.marked in hit.passage.text


def test_a_comparison_brings_each_place_named_in_turn(knowledge: Knowledge) -> None:
    hits = knowledge.lookup("苏州、合肥、江苏的专利池怎么提").hits
    assert [hit.document.region for hit in hits[:3]] == ["suzhou", "hefei", "jiangsu"]


def test_departments_are_answered_with_what_they_are_responsible_for(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("江苏的专利导航工程由哪些部门负责").hits[0]
    shown = card(hit, TODAY)
    assert hit.passage.kind is PassageKind.DEPARTMENTS
    assert "省科技厅" in shown.marked
    assert "专利导航" in shown.before


def test_a_table_row_is_an_answer_of_its_own(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("合肥2025年PCT申请目标多少件").hits[0]
    assert hit.passage.kind is PassageKind.ROW
    assert "880" in hit.marked


def test_an_unofficial_text_does_not_come_first_for_a_place(knowledge: Knowledge) -> None:
    assert knowledge.lookup("苏州知识产权证券化").hits[0].document.official


def test_the_same_question_has_the_same_answer(knowledge: Knowledge) -> None:
    ids = [[hit.passage.id for hit in knowledge.lookup("知识产权质押融资").hits] for _ in range(3)]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0]


# Follow-ups


def test_a_follow_up_is_answered_for_the_new_place(knowledge: Knowledge) -> None:
    result = knowledge.lookup("那苏州呢?", turns=["合肥2025年每万人高价值发明专利目标是多少"])
    assert result.hits[0].document.region == "suzhou"
    assert "32件" in result.hits[0].marked


def test_the_chats_region_comes_first(knowledge: Knowledge) -> None:
    assert knowledge.lookup("专利导航", region="wujiang").hits[0].document.region == "wujiang"
    assert knowledge.lookup("专利导航", region="jiangsu").hits[0].document.region == "jiangsu"


# Refusals


@pytest.mark.parametrize(
    ("text", "reason", "about"),
    [
        ("杭州的专利质押贴息", "region-not-held", "浙江/杭州"),
        ("江苏专利奖申报截止日期", "attribute-missing", "deadline"),
        ("苏州保护中心的联系电话", "attribute-missing", "phone"),
        ("合肥知识产权局局长是谁", "attribute-missing", "person"),
        ("ni chi fan le ma", "subject-unknown", ""),
        ("苏州2035年万人高价值发明专利要达到多少件", "attribute-missing", "2035"),
        ("商业秘密侵权赔偿上限是多少", "attribute-missing", "damages"),
        ("苏州公积金怎么提取", "subject-unknown", "公积金"),
        ("《广东省知识产权保护条例》怎么规定专利导航", "document-not-held", "广东省知识产权保护条例"),
        ("谢谢", "smalltalk", "thanks"),
        ("hello", "smalltalk", "greeting"),
        ("Hi there!", "smalltalk", "greeting"),
    ],
)
def test_what_is_not_held_is_said(knowledge: Knowledge, text: str, reason: str, about: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, reason, about)


def test_a_place_not_held_is_answered_by_a_clause_that_names_it(knowledge: Knowledge) -> None:
    result = knowledge.lookup("南京自贸片区知识产权金融创新中心")
    assert result.status is Status.ANSWER
    assert "南京自贸片区" in result.hits[0].marked


def test_a_place_not_held_is_answered_where_half_of_both_evidences_is_found(knowledge: Knowledge) -> None:
    result = knowledge.lookup("南京是不是要搞个专门打知产官司的法院")
    assert result.status is Status.ANSWER
    assert "南京知识产权法院" in result.hits[0].marked


@pytest.mark.parametrize("text", ["南京知识产权保护中心", "南京知识产权金融补贴", "南京知识产权局做什么"])
def test_what_only_a_citys_own_text_could_tell_is_not_told_by_one_that_names_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason == "region-not-held"


@pytest.mark.parametrize(
    ("text", "named"), [("合肥和上海张江", "两心同创"), ("包河区管什么", "包河区政府"), ("包河区哪些事归他们管", "包河区政府")]
)
def test_the_one_clause_that_names_a_place_answers_what_it_is_with_us(knowledge: Knowledge, text: str, named: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert named in result.hits[0].marked


@pytest.mark.parametrize("text", ["合肥和南京", "苏州和上海", "瑶海区管什么", "包河区"])
def test_places_that_no_clause_or_several_name_are_asked_back(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) == (Status.ASK_BACK, "only-region")


def test_an_asking_word_that_sounds_like_one_of_ours_is_no_slip(knowledge: Knowledge) -> None:
    result = knowledge.lookup("江苏哪个单位管质押")
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "jiangsu-ip-measures#2-6")


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("does wujiang refund part of the patent insurance premium", "wujiang-ip-longterm#4-4"),
        ("Is there an IP arbitration option planned in Suzhou?", "suzhou-145-plan#3-1-3"),
    ],
)
def test_idle_english_words_are_no_subject(knowledge: Knowledge, text: str, clause: str) -> None:
    assert knowledge.lookup(text).hits[0].clause.id == clause


def test_english_words_of_another_subject_are(knowledge: Knowledge) -> None:
    assert knowledge.lookup("best noodles near the ip protection center in hefei").reason == "subject-unknown"


# What an answering sentence must hold


@pytest.mark.parametrize("text", ["合肥商标奖励多少钱", "苏州版权资助标准是多少", "合肥PCT申请补助多少万元"])
def test_an_indicator_is_no_subsidy(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "money")


def test_an_award_is_answered_by_the_sentence_that_gives_it(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("江苏给中国外观设计金奖多少奖金").hits[0]
    assert "外观设计金奖" in hit.marked
    assert "奖励" in hit.marked
    assert NoticeCode.DAMAGED in {notice.code for notice in card(hit, TODAY).notices}


@pytest.mark.parametrize(
    ("text", "figure"),
    [("外观设计拿国家奖江苏奖多少钱", "□0万元"), ("范文城市快播罚了多少钱", "2.6"), ("苏州姑苏人才计划要整多少人", "200名")],
)
def test_a_figure_is_told_by_the_sentence_that_holds_the_subject_in_other_words(knowledge: Knowledge, text: str, figure: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert figure in result.hits[0].marked


@pytest.mark.parametrize("text", ["中国品牌日是什么时候", "知识产权进校园是哪一天"])
def test_a_date_is_answered_by_a_sentence_with_one(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "date")


def test_a_rate_is_answered_by_a_percentage(knowledge: Knowledge) -> None:
    assert knowledge.lookup("吴江专利保险给补百分之几").about == "rate"
    assert "30%" in knowledge.lookup("合肥质押融资笔数年均增百分之几").hits[0].marked


@pytest.mark.parametrize("text", ["苏州生物医药落户", "光伏汽车", "合肥科技创新券", "苏州人才引进住房"])
def test_what_any_office_could_be_asked_is_not_answered_by_scattered_words(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) in ((Status.NOTHING, "subject-unknown"), (Status.ASK_BACK, "unsure"))


@pytest.mark.parametrize("text", ["苏州质押融资 2025 年的目标是多少", "专利侵权怎么办", "上海专利资助多少钱", "how to file a patent"])
def test_what_asks_of_our_field_or_a_place_is_a_question_of_policy(knowledge: Knowledge, text: str) -> None:
    assert knowledge.is_asking(text)


@pytest.mark.parametrize("text", ["都符合", "这个什么意思", "张三", "苏州某某科技有限公司", "1", "谢谢", ""])
def test_an_answer_to_a_form_is_no_question_of_policy(knowledge: Knowledge, text: str) -> None:
    assert not knowledge.is_asking(text)


@pytest.mark.parametrize("text", ["江苏贯标奖励", "苏州贯标补贴", "合肥集成电路补贴"])
def test_aid_named_in_a_word_must_be_given_for_just_that(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "aid")


@pytest.mark.parametrize(
    ("text", "about"),
    [("版权登记在合肥免费吗", "fee"), ("合肥维权援助要钱吗", "fee"), ("苏州质押融资归谁", "department")],
)
def test_what_it_costs_and_who_sees_to_it_are_not_answered_by_what_is_done(knowledge: Knowledge, text: str, about: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", about)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("知识产权保险苏州有支持吗", "海外知识产权保险"),
        ("合肥海外维权有没有支持", "海外"),
        ("苏州建专利池有支持吗", "专利池"),
        ("我想用专利贷款，苏州有什么政策支持", "金融服务机构"),
        ("江苏省对地理标志有什么支持", "给予资金和政策支持"),
        ("苏州数据知识产权有什么支持", "数据知识产权"),
    ],
)
def test_aid_asked_for_is_found_by_its_subject_and_not_by_its_word(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("公司名字被别人注册成商标了", "恶意商标注册"),
        ("合肥芯片企业想快点拿到专利", "快速审查"),
        ("专利申请能不能加快审查", "优先审查"),
        ("苏州专利加急", "快速审查"),
    ],
)
def test_what_happened_or_is_wished_is_found_by_the_words_of_clauses(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


def test_an_abbreviation_tells_what_is_meant(knowledge: Knowledge) -> None:
    assert knowledge.lookup("合肥支持PCT吗").status is Status.ANSWER


def test_what_is_new_or_most_weighty_of_all_there_is_is_told_by_no_single_clause(knowledge: Knowledge) -> None:
    assert knowledge.lookup("最新的政策").status is Status.NOTHING
    assert knowledge.lookup("合肥规划重点是什么").status is Status.ASK_BACK


@pytest.mark.parametrize("text", ["合肥有没有支持", "苏州企业有什么政策支持", "有什么支持政策"])
def test_aid_for_anything_at_all_is_asked_back(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ASK_BACK
    assert len(result.options) == 3


def test_whose_an_invention_is_is_no_question_for_a_department(knowledge: Knowledge) -> None:
    result = knowledge.lookup("学校老师的发明归谁")
    assert result.status is Status.ANSWER
    assert all("负责" not in hit.marked for hit in result.hits[:2])


def test_a_text_that_nobody_issued_stands_behind_one_that_is_about_as_good(knowledge: Knowledge) -> None:
    assert knowledge.lookup("标准必要专利有支持吗").hits[0].document.official


@pytest.mark.parametrize(
    "text",
    [
        "怎么查商标有没有被注册",
        "合肥驰名商标认定奖励",
        "地理标志申请条件",
        "知识产权师职称考试时间",
        "高企认定需要几个专利",
        "专利侵权赔多少钱",
        "苏州2024年专利授权量",
    ],
)
def test_what_is_only_named_is_not_told(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is not Status.ANSWER


def test_what_curators_say_a_clause_answers_is_answered_whatever_its_words_ask_for(knowledge: Knowledge) -> None:
    assert knowledge.lookup("范文 前海有商标受理窗口吗").status is Status.ANSWER


def test_who_introduces_himself_before_he_asks_is_answered_what_he_asks(knowledge: Knowledge) -> None:
    asked = "我们厂在吴江做家纺出口多年，注册了好几个商标，也拿过质量奖，想问专利保险有没有试点"
    result = knowledge.lookup(asked)
    assert (result.status, "专利保险" in result.hits[0].marked) == (Status.ANSWER, True)


@pytest.mark.parametrize(("text", "said"), [("怎么注册美国商标", "马德里"), ("商标怎么注册", "注册"), ("怎么申报地理标志", "一网通办")])
def test_how_to_register_is_answered_by_a_way_to_do_it(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


def test_a_copied_product_is_found_in_other_tongues(knowledge: Knowledge) -> None:
    english = knowledge.lookup("Someone copied my product in Suzhou, what can I do?")
    cantonese = knowledge.lookup("商標俾人搶註點算")
    assert (english.status, english.hits[0].document.id) == (Status.ANSWER, "suzhou-145-plan")
    assert (cantonese.status, "抢注" in cantonese.hits[0].marked) == (Status.ANSWER, True)


@pytest.mark.parametrize("text", ["专利被侵权了怎么办", "展会上被人仿冒怎么办呢", "商标被抢注怎么办？急"])
def test_what_to_do_is_no_question_for_a_procedure(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.ANSWER


@pytest.mark.parametrize("text", ["苏州商业秘密示范基地怎么申报", "江苏专利代理援助怎么申请", "合肥预审怎么备案"])
def test_how_to_apply_is_told_by_no_clause_that_only_names_the_thing(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "procedure")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("苏州规划政策页上写支持什么产业", "所有产业"),
        ("苏州那份规划哪些行业能用", "所有产业"),
        ("苏州规划现在还管用吗", "状态: 有效"),
        ("苏州的规划过期了没有", "状态: 有效"),
        ("江苏以前那份老政策还算数吗", "废止"),
        ("吴江那个规划啥时候印的", "2021年5月20日"),
    ],
)
def test_what_a_document_says_of_itself_is_asked_in_everyday_words(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


@pytest.mark.parametrize(
    "text", ["专利转让收入免税吗", "研发费用加计扣除多少", "苏州十五五知识产权规划出来没", "怎么撤销别人三年不用的商标"]
)
def test_what_other_offices_or_other_years_rule_is_answered_by_no_neighbour(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.NOTHING


@pytest.mark.parametrize("text", ["合肥可控核聚变", "江苏真抓实干激励", "警务联络室"])
def test_what_a_sentence_says_together_is_answered_without_a_word_of_the_field(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.ANSWER


def test_a_number_of_one_thing_is_no_number_of_another(knowledge: Knowledge) -> None:
    result = knowledge.lookup("苏州登峰企业要有多少件商标")
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "count")
    assert "80家" in knowledge.lookup("苏州登峰行动培育多少家强企").hits[0].marked


def test_what_another_place_does_is_no_answer_for_the_one_named(knowledge: Knowledge) -> None:
    assert knowledge.lookup("合肥专利资助政策").status is not Status.ANSWER
    assert knowledge.lookup("吴江专利资助政策").hits[0].clause.id == "wujiang-ip-longterm#3-2"


def test_how_something_is_done_is_not_learnt_from_a_text_that_nobody_issued(knowledge: Knowledge) -> None:
    result = knowledge.lookup("专利优先审查推荐怎么申请")
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "procedure")
    assert knowledge.lookup("范文里专利优先审查推荐怎么申请").hits[0].document.id == "template-city-145-plan"


# What was reached, what is to be reached, what is done


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("苏州作品登记的目标是多少", "suzhou-145-plan#2-3"),
        ("苏州作品登记现有多少", "suzhou-145-plan#1-1-2"),
        ("苏州万人发明专利拥有量有多少", "suzhou-145-plan#1-1-2"),
        ("合肥质押融资有什么政策", "hefei-ip-strong-city#5-2"),
        ("苏州专利转化有哪些举措", "suzhou-145-plan#3-2-5"),
    ],
)
def test_targets_are_told_from_what_was_reached_and_both_from_what_is_done(knowledge: Knowledge, text: str, clause: str) -> None:
    assert knowledge.lookup(text).hits[0].clause.id == clause


def test_each_place_of_a_comparison_is_answered_with_its_target(knowledge: Knowledge) -> None:
    hits = knowledge.lookup("苏州和合肥高价值发明专利拥有量的目标分别是多少").hits
    assert [hit.document.region for hit in hits[:2]] == ["suzhou", "hefei"]
    assert all("targets" in hit.clause.themes for hit in hits[:2])


# Asking back


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "?!。。。", "\u200b\u202e"])
def test_nothing_said_is_asked_back(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) == (Status.ASK_BACK, "empty")


def test_only_a_place_is_asked_back_with_its_documents(knowledge: Knowledge) -> None:
    result = knowledge.lookup("合肥")
    assert (result.status, result.reason, result.about) == (Status.ASK_BACK, "only-region", "hefei")
    assert [option.id for option in result.options] == ["hefei-ip-strong-city"]


def test_only_an_asking_word_is_asked_back_with_places(knowledge: Knowledge) -> None:
    result = knowledge.lookup("目标是多少?")
    assert (result.status, result.reason) == (Status.ASK_BACK, "too-open")
    assert 1 < len(result.options) <= 3


# Any text


@pytest.mark.parametrize(
    "text",
    [
        "专" * 100_000,
        "a" * 100_000,
        "(" * 50_000,
        "《" * 3000,
        "@" * 20_000,
        "\ud800",
        "1" * 9000,
        "到2025" * 9000,
        "苏州、" * 9000,
        "\x00",
        "wo " * 9000,
        "suzhou pct de 量 ma",
        "'\"\\*?:+-(){}[]^~",
    ],
)
def test_no_text_breaks_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text, turns=[text, "苏州专利导航"], region="suzhou").status in Status


# Around a clause


def test_an_unknown_clause_is_a_key_error(knowledge: Knowledge) -> None:
    document, clause = knowledge.clause("suzhou-145-plan#3-2-6")
    assert (document.id, clause.heading) == ("suzhou-145-plan", "6.推动知识产权与资本融合")
    with pytest.raises(KeyError):
        knowledge.clause("suzhou-145-plan#none")


def test_the_context_is_in_reading_order(knowledge: Knowledge) -> None:
    assert [clause.id for clause in knowledge.context("suzhou-145-plan#3-2-6")] == [
        "suzhou-145-plan#3-2-5",
        "suzhou-145-plan#3-2-6",
        "suzhou-145-plan#box-3",
    ]


def test_related_clauses_of_other_documents_come_first(knowledge: Knowledge) -> None:
    hits = knowledge.related("wujiang-ip-longterm#4-3")
    assert hits[0].document.id != "wujiang-ip-longterm"
    assert any("专利导航" in hit.passage.text for hit in hits)


def test_the_same_subject_is_found_elsewhere(knowledge: Knowledge) -> None:
    options = knowledge.elsewhere("hefei-ip-strong-city#5-2")
    assert {"suzhou-145-plan#3-2-6", "jiangsu-ip-measures#2-6"} <= {option.id for option in options}
    assert all(not option.id.startswith("hefei") for option in options)


# Cards


def test_a_card_shows_one_clause_verbatim_within_the_limit(knowledge: Knowledge) -> None:
    for text in ("苏州专利导航", "合肥质押融资", "范文里的证券化", "吴江商标", "合肥司法保护责任单位"):
        for hit in knowledge.lookup(text).hits:
            for limit in (120, 600):
                shown = card(hit, TODAY, limit)
                whole = "\n".join(passage.text for passage in hit.clause.passages)
                assert visible(shown.before + shown.marked + shown.after) <= limit
                assert all(line.strip() in whole for line in (shown.before + shown.marked + shown.after).split("\n"))


def test_a_card_says_when_there_is_more(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("合肥量子通信专利").hits[0]
    assert card(hit, TODAY, 120).cut
    assert not card(knowledge.lookup("江苏产业专利导航").hits[0], TODAY).cut


def test_damage_is_told_where_it_is_and_nowhere_else(knowledge: Knowledge) -> None:
    damaged = card(knowledge.lookup("江苏专利奖金奖奖多少钱").hits[0], TODAY)
    assert NoticeCode.DAMAGED in {notice.code for notice in damaged.notices}
    assert "□" in damaged.marked
    intact = card(knowledge.lookup("江苏产业专利导航").hits[0], TODAY)
    assert NoticeCode.DAMAGED not in {notice.code for notice in intact.notices}


def test_an_unofficial_text_always_says_so(knowledge: Knowledge) -> None:
    shown = card(knowledge.lookup("范文里的云上稽查").hits[0], TODAY)
    assert NoticeCode.UNOFFICIAL in {notice.code for notice in shown.notices}


def test_a_plan_says_when_its_period_is_over(knowledge: Knowledge) -> None:
    hit = knowledge.lookup("苏州专利导航").hits[0]
    assert NoticeCode.PERIOD_OVER in {notice.code for notice in card(hit, TODAY).notices}
    assert NoticeCode.PERIOD_OVER not in {notice.code for notice in card(hit, date(2024, 1, 1)).notices}


# Lines


def test_lines_are_answered_one_for_one(knowledge: Knowledge) -> None:
    lines = ['{"id": "a", "q": "那苏州呢", "turns": ["合肥专利导航"]}', "no json", '{"q": "x"}', '{"id": 1, "q": 2}', "", "[]"]
    answers = [json.loads(line) for line in answer_lines(knowledge, lines, TODAY)]
    assert [answer["id"] for answer in answers] == ["a", None, None, 1, None]
    assert answers[0]["status"] == "answer"
    assert answers[0]["answers"][0]["doc"] == "suzhou-145-plan"
    assert all("error" in answer for answer in answers[1:])


# How well


def folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("“", '"').replace("”", '"').lower()


def meets(answer: dict[str, Any], gold: dict[str, Any]) -> bool:
    text = folded(answer["title"] + answer["text"])
    return answer["doc"] == gold["doc"] and all(folded(piece) in text for piece in (gold["quote"], *gold.get("also", [])))


@pytest.fixture(scope="module")
def answered(knowledge: Knowledge) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    items = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps({"id": item["id"], "q": item["q"], "turns": item.get("turns", [])}) for item in items]
    return [(item, json.loads(line)) for item, line in zip(items, answer_lines(knowledge, lines, TODAY), strict=True)]


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_the_right_clause_is_nearly_always_among_the_first_three(answered: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    asked = [(item, out["answers"]) for item, out in answered if item["expect"] == "answer" and item["any_of"]]
    assert share([any(meets(answer, gold) for answer in answers[:1] for gold in item["gold"]) for item, answers in asked]) >= 0.90
    assert share([any(meets(answer, gold) for answer in answers[:3] for gold in item["gold"]) for item, answers in asked]) >= 0.94


def test_questions_for_other_offices_are_not_answered(answered: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    foreign = [(item, out["status"]) for item, out in answered if item["expect"] == "dont_know"]
    assert share([status == "answer" for item, status in foreign if not item.get("near_miss")]) <= 0.10
    assert share([status == "answer" for item, status in foreign if item.get("near_miss")]) <= 0.10


# Messages that ask several things, or nothing in particular


def test_each_question_of_a_message_stands_alone_or_the_message_is_one(knowledge: Knowledge) -> None:
    assert knowledge.questions_in("苏州质押融资目标多少?合肥保护中心有什么服务?") == ("苏州质押融资目标多少?", "合肥保护中心有什么服务?")
    assert len(knowledge.questions_in("想问两件事:1.苏州专利导航怎么做 2.商业秘密保护基地建几个?")) == 2
    for one in ("我们做芯片的,专利被抄了怎么办?有没有人管?", "苏州和合肥的质押融资目标分别是多少?", "苏州有专利导航吗?谁负责?", "", "???"):
        assert knowledge.questions_in(one) == (one,)


@pytest.mark.parametrize("text", ["补贴", "有奖励吗", "企业可以享受吗"])
def test_what_nearly_every_clause_speaks_of_is_asked_back(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) == (Status.ASK_BACK, "too-open")
    assert knowledge.lookup(text, region="suzhou").reason != "too-open"


# English


def test_an_english_question_is_found_by_a_curated_one(knowledge: Knowledge) -> None:
    _, matches = knowledge.explain("What regulation on IP promotion and protection is Suzhou drafting?")
    assert any("questions" in match.channels and match.asked and match.asked.text.isascii() for match in matches)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("how many copyright registrations does Suzhou plan", "suzhou-145-plan#2-3"),
        ("how many patent agents does Suzhou plan", "suzhou-145-plan#2-3"),
        ("how many new patent attorneys does Suzhou want", "suzhou-145-plan#2-3"),
        ("how many copyright works has Suzhou registered", "suzhou-145-plan#1-1-2"),
        ("how many patents were granted in Suzhou in the last five years", "suzhou-145-plan#1-1-2"),
        ("how many companies has Suzhou helped with pledge loans", "suzhou-145-plan#1-1-3"),
        ("Did Suzhou meet its last IP plan's targets?", "suzhou-145-plan#1-1"),
    ],
)
def test_an_english_question_looks_ahead_or_back(knowledge: Knowledge, text: str, clause: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, clause)


def test_a_count_named_in_english_without_asking_finds_the_table(knowledge: Knowledge) -> None:
    result = knowledge.lookup("PCT applications in Hefei")
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "hefei-ip-strong-city#1-table")
    assert knowledge.lookup("how many PCT applications did Suzhou file").status is Status.ANSWER


def test_joining_an_event_is_told_from_supporting_something_abroad(knowledge: Knowledge) -> None:
    result = knowledge.lookup("Does Jiangsu support joining exhibitions abroad")
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "jiangsu-ip-measures#6-21")


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("Who handles copyright in Hefei", "hefei-ip-strong-city#5-4-after-box-7.2"),
        ("which office oversees copyright in Hefei", "hefei-ip-strong-city#5-4-after-box-7.2"),
        ("who deals with geographical indications in Hefei", "hefei-ip-strong-city#5-4.4"),
        ("who manages patent navigation in Jiangsu", "jiangsu-ip-measures#1-2.2"),
        ("合肥版权归谁管", "hefei-ip-strong-city#5-4-after-box-7.2"),  # boxes on copyright name nobody
        ("合肥商标归谁管", "hefei-ip-strong-city#5-4.2"),  # and 合肥代理机构谁管 is alike in how it asks
    ],
)
def test_who_sees_to_something_is_told_by_a_clause_that_names_somebody_for_it(knowledge: Knowledge, text: str, departments: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.hits[0].passage.id) == (Status.ANSWER, departments)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("江苏省对中小企业的专利保险有什么支持", "保险"),
        ("江苏对小微企业的专利代理援助", "代理援助"),
        ("苏州针对出口企业的海外预警", "预警"),
    ],
)
def test_whom_something_is_for_weighs_less_than_what_it_is(knowledge: Knowledge, text: str, said: str) -> None:
    """Patent navigation, made for small firms, answered what insurance there is for them."""
    result = knowledge.lookup(text)
    assert (result.status, said in result.hits[0].marked) == (Status.ANSWER, True)


def test_a_follow_up_that_names_a_place_leaves_the_document_before(knowledge: Knowledge) -> None:
    result = knowledge.lookup("苏州自己的质押融资目标呢", turns=["范文里的质押融资目标是多少"])
    assert result.hits[0].document.id == "suzhou-145-plan"


def test_a_document_named_is_asked_about_and_other_places_are_spoken_of(knowledge: Knowledge) -> None:
    question, _ = knowledge.explain("我们在南通,江苏的文件怎么说学校设知识产权学院")
    assert question.regions == ("jiangsu",)


@pytest.mark.parametrize("text", ["大家早上好~", "谢谢啦[抱拳]", "收到,感谢", "好的谢谢", "机器人你好", "哈哈哈哈", "Thank you!"])
def test_greetings_and_thanks_are_no_questions(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text, turns=["苏州质押融资目标是多少"]).reason == "smalltalk"


@pytest.mark.parametrize("text", ["好的,苏州专利导航怎么做", "老师好,商标抢注怎么办", "测试平台有哪些"])
def test_a_greeting_before_a_question_leaves_it_one(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason != "smalltalk"


def test_a_sure_reason_comes_before_a_doubt(knowledge: Knowledge) -> None:
    result = knowledge.lookup("请问合肥市知识产权局联系电话")
    assert (result.status, result.about) == (Status.NOTHING, "phone")
    assert knowledge.lookup("What is the fee for a Chinese patent application?").about == "fee"


def test_a_place_that_begins_a_name_is_not_asked_about(knowledge: Knowledge) -> None:
    question, _ = knowledge.explain("苏州姑苏知识产权人才计划是什么")
    assert question.regions == ("suzhou",)


def test_a_card_does_not_begin_with_the_departments_of_what_is_not_shown(knowledge: Knowledge) -> None:
    for text in ("产品被人抄了,合肥这边怎么维权", "合肥保护中心有什么服务", "合肥海关保护"):
        for hit in knowledge.lookup(text).hits:
            shown = card(hit, TODAY)
            assert not (shown.before or shown.marked).startswith("(") or hit.passage.kind is PassageKind.DEPARTMENTS


# Conversations


def test_a_department_that_the_text_does_not_name_is_said_to_be_missing(knowledge: Knowledge) -> None:
    for text in ("哪个部门负责?", "Which department is in charge?"):
        result = knowledge.lookup(text, turns=["苏州专利导航怎么做"])
        assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "department")
        assert result.hits[0].clause.id == "suzhou-145-plan#3-3-9"


def test_a_figure_that_only_other_places_set_is_said_to_be_missing(knowledge: Knowledge) -> None:
    result = knowledge.lookup("江苏质押融资目标")
    assert (result.reason, result.about, result.places) == ("attribute-missing", "target", ("jiangsu",))


def test_an_amount_for_something_else_is_no_answer(knowledge: Knowledge) -> None:
    assert knowledge.lookup("江苏省高价值专利培育中心每家资助多少万元").reason == "attribute-missing"


@pytest.mark.parametrize(
    "text",
    [
        "我们公司在苏州园区，发明专利有补贴吗",
        "合肥商标注册有没有补贴",
        "江苏商标品牌指导站有奖励吗",
        "在苏州做马德里商标注册能拿到补贴吗",
        "Is there a subsidy for invention patents in Suzhou?",
    ],
)
def test_whether_there_is_aid_is_answered_by_no_clause_that_gives_none(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "aid")


def test_a_figure_of_the_year_asked_for_is_found_beside_clauses_with_more_of_the_words(knowledge: Knowledge) -> None:
    result = knowledge.lookup("合肥的质押融资2020年完成多少")
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "hefei-ip-strong-city#1-table")


@pytest.mark.parametrize(
    ("text", "about"), [("人工智能生成内容版权归谁", "owner"), ("苏州知识产权保护中心在哪里", "address"), ("江苏商标品牌归谁管", "")]
)
def test_who_owns_a_right_and_where_an_office_is_are_asked_by_words_of_their_own(knowledge: Knowledge, text: str, about: str) -> None:
    assert knowledge.lookup(text).about == about


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("吴江企业贯标有奖励吗", "wujiang-ip-longterm#4-1"),
        ("江苏对服务业集聚区有没有补助", "jiangsu-ip-measures#4-14"),
        ("江苏国家示范园区有奖励吗", "jiangsu-ip-measures#5-15"),
        ("拿了中国专利奖江苏有奖励吗", "jiangsu-ip-measures#1-1"),
    ],
)
def test_whether_there_is_aid_is_answered_by_the_clause_that_gives_it(knowledge: Knowledge, text: str, clause: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, clause)


@pytest.mark.parametrize(
    ("text", "regions"),
    [("合肥有什么补贴政策", {"hefei"}), ("知识产权保护有什么措施", {"suzhou", "wujiang", "hefei"}), ("吴江 有什么奖励", {"wujiang"})],
)
def test_a_whole_field_is_asked_back_with_clauses_of_the_place_or_of_each(knowledge: Knowledge, text: str, regions: set[str]) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) == (Status.ASK_BACK, "whole-field")
    assert 1 < len(result.options) <= 3
    assert {knowledge.clause(option.id)[0].region for option in result.options} == regions


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("江苏省知识产权促进和保护条例怎么规定侵权赔偿", "江苏省知识产权促进和保护条例"),
        ("专利法实施细则对职务发明怎么规定", "专利法实施细则"),
        ("反不正当竞争法怎么规定商业秘密", "反不正当竞争法"),
    ],
)
def test_law_named_without_marks_is_not_answered_from_another_text(knowledge: Knowledge, text: str, title: str) -> None:
    result = knowledge.lookup(text)
    assert (result.reason, result.about) == ("document-not-held", title)


@pytest.mark.parametrize("text", ["苏州知识产权促进与保护条例什么时候出台", "苏州有知识产权条例吗"])
def test_law_that_a_clause_speaks_of_is_answered_by_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).hits[0].clause.id == "suzhou-145-plan#3-1-1"


@pytest.mark.parametrize(
    ("turns", "text", "passage"),
    [
        (["合肥质押融资目标", "那吴江呢", "上海呢"], "那合肥呢", "hefei-ip-strong-city#1-table.3"),
        (["合肥PCT申请目标"], "2020年是多少", "hefei-ip-strong-city#1-table.2"),
        (["苏州质押融资目标是多少"], "And Hefei?", "hefei-ip-strong-city#1-table.3"),
        (["What is Suzhou's 2025 target for patent pledge financing?"], "那合肥呢", "hefei-ip-strong-city#1-table.3"),
        (["苏州质押融资目标是多少"], "是哪个部门发布的?", "suzhou-145-plan#page-info.7"),
        (["合肥每万人高价值发明专利拥有量"], "商标呢", "hefei-ip-strong-city#box-7.1"),
        (["合肥2025年高价值专利目标"], "PCT呢", "hefei-ip-strong-city#1-table.2"),
        (["合肥2025年高价值专利目标"], "PCT", "hefei-ip-strong-city#1-table.2"),
        (["江苏的政策措施还有效吗"], "苏州2025年质押融资目标", "suzhou-145-plan#2-3.4"),
    ],
)
def test_a_follow_up_inherits_what_it_leaves_out(knowledge: Knowledge, turns: list[str], text: str, passage: str) -> None:
    assert knowledge.lookup(text, turns=turns).hits[0].passage.id == passage


def test_where_it_is_is_no_question_of_how_long_it_takes(knowledge: Knowledge) -> None:
    assert knowledge.lookup("在哪里", turns=["苏州知识产权保护中心做什么", "预审要多久"]).about == "address"


@pytest.mark.parametrize("text", ["苏州2035年目标", "江苏2035年目标", "吴江到2035年目标"])
def test_a_year_in_another_text_s_title_or_another_place_s_clause_tells_nothing(knowledge: Knowledge, text: str) -> None:
    """《知识产权强国建设纲要(2021-2035年)》 is named in nearly every text, and only Hefei's says what is to be in 2035."""
    assert knowledge.lookup(text).status is Status.NOTHING


def test_a_year_that_the_place_itself_speaks_of_is_told(knowledge: Knowledge) -> None:
    assert "到2035年" in knowledge.lookup("合肥2035年目标").hits[0].marked


def test_when_a_text_was_issued_is_told_though_its_date_is_damaged(knowledge: Knowledge) -> None:
    assert knowledge.lookup("江苏办法什么时候印发").hits[0].marked.startswith("2023□")


def test_another_year_is_not_answered_by_the_target_spoken_of_before(knowledge: Knowledge) -> None:
    result = knowledge.lookup("2020年呢", turns=["苏州高价值发明专利拥有量要达到多少"])
    assert (result.reason, result.about) == ("attribute-missing", "2020")


def test_each_side_of_a_comparison_has_the_figure_asked_for(knowledge: Knowledge) -> None:
    result = knowledge.lookup("合肥跟苏州的质押融资目标对比")
    assert [hit.passage.id for hit in result.hits[: result.sides]] == ["hefei-ip-strong-city#1-table.3", "suzhou-145-plan#2-3.4"]


def test_a_comparison_shows_what_is_done_rather_than_an_overview(knowledge: Knowledge) -> None:
    result = knowledge.lookup("苏州和江苏都怎么搞知识产权联盟")
    assert "overview" not in result.hits[0].clause.themes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好", "greeting"),
        ("好的收到", "noted"),
        ("辛苦了，再见", "bye"),
        ("唔該晒", "thanks"),
        ("got it, thanks!", "thanks"),
        ("你是真人吗", "who"),
        ("你能做什么", "able"),
        ("转人工", "human"),
        ("我要找人工客服", "human"),
        ("帮我", "begun"),
    ],
)
def test_talk_is_known_by_its_kind(knowledge: Knowledge, text: str, kind: str) -> None:
    result = knowledge.lookup(text)
    assert (result.reason, result.about) == ("smalltalk", kind)


@pytest.mark.parametrize("text", ["When do Jiangsu's measures expire?", "Are the Jiangsu measures still valid?"])
def test_how_long_a_document_is_valid_is_answered_in_english_too(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).hits[0].clause.id == "jiangsu-ip-measures#closing"


def test_pinyin_is_not_taken_for_english(knowledge: Knowledge) -> None:
    assert knowledge.is_english("Wujiang patent insurance premium subsidy")
    assert not knowledge.is_english("hefei zhuanli daohang")


def test_the_deed_is_answered_rather_than_a_list_of_rules_to_be_made(knowledge: Knowledge) -> None:
    assert knowledge.lookup("合肥专利导航怎么做").hits[0].clause.id == "hefei-ip-strong-city#3-3"


def test_a_follow_up_with_a_word_of_its_own_asks_for_no_department_any_more(knowledge: Knowledge) -> None:
    question = knowledge.lookup("有没有贴息", turns=["苏州专利质押融资怎么做", "哪个部门负责"])
    assert question.about != "department"


def test_related_clauses_are_of_the_same_theme_and_official(knowledge: Knowledge) -> None:
    id = "hefei-ip-strong-city#4-3"
    _, clause = knowledge.clause(id)
    related = knowledge.related(id)
    assert 0 < len(related) <= 3
    assert related[0].document.region != "hefei"
    assert all(hit.document.official and set(hit.clause.themes) & set(clause.themes) for hit in related)


def test_a_fact_that_a_document_does_not_state_is_not_taken_from_another(knowledge: Knowledge) -> None:
    result = knowledge.lookup("什么时候发布的", turns=["苏州2025年质押融资目标是多少"])
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "fact-not-stated", "suzhou")


@pytest.mark.parametrize(
    ("text", "reason", "about"),
    [
        ("吴江规划有效期", "fact-not-stated", "wujiang-ip-longterm"),
        ("吴江规划什么时候施行", "fact-not-stated", "wujiang-ip-longterm"),
        ("合肥文号", "fact-not-stated", "hefei"),
        ("江苏文号", "fact-not-stated", "jiangsu"),
        ("合肥方案还有效吗", "fact-not-stated", "hefei"),
        ("合肥方案废止了吗", "fact-not-stated", "hefei"),  # Jiangsu's says what it repeals
        ("吴江规划作废了吗", "fact-not-stated", "wujiang-ip-longterm"),
        ("范文有效期", "fact-not-stated", "template-city-145-plan"),
        ("document number of the Wujiang plan", "fact-not-stated", "wujiang"),
        ("is the Hefei plan still valid", "fact-not-stated", "hefei"),
        ("苏州规划期是哪几年", "fact-not-stated", "suzhou-145-plan"),
        ("吴江区规划到哪一年", "fact-not-stated", "wujiang"),
        ("昆山的规划有效期", "region-not-held", "kunshan"),
    ],
)
def test_what_a_document_says_of_itself_is_told_by_no_other(knowledge: Knowledge, text: str, reason: str, about: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, reason, about)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("苏州文号", "苏府办〔2022〕10号"),
        ("苏州规划还有效吗", "状态: 有效"),
        ("江苏的措施有效期", "有效期至"),
        ("江苏21条失效了吗", "有效期至"),  # of which no character stands there
        ("江苏21条到什么时候为止", "有效期至"),
        ("江苏2017年那份强省政策的文号是什么", "同时废止"),
        ("When did the Jiangsu measures take effect", "日施行"),
    ],
)
def test_what_a_document_does_say_of_itself_is_quoted(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked

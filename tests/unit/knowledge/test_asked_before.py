"""What a curator says a clause answers is answered by it, whatever single words of the question look like."""

from __future__ import annotations

import pytest

from knowledge.lookup import Knowledge, Status


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("合肥查专利资料的服务点要从6家加到多少", "1-table"),
        ("合肥延链补链强链,知产能帮上什么", "box-5"),
        ("苏州龙头牵头 联盟", "3-3-9"),
        ("江苏专利转化做得好省里给钱吗", "2-4"),
        ("商标要卖到东南亚去,吴江给报销注册费吗", "4-2"),
        ("苏州开放许可 声明", "3-2-5"),
    ],
)
def test_a_place_before_a_curated_question_does_not_refuse_it(knowledge: Knowledge, text: str, clause: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.hits[0].clause.id.partition("#")[2]) == (Status.ANSWER, clause)


@pytest.mark.parametrize(
    "text",
    [
        "苏州2035年万人高价值发明专利要达到多少件",  # curated for 2025
        "开放许可声明怎么撤回",  # curated without how to take it back
        "合肥查专利资料的服务点电话是多少",  # curated for their number
        "苏州龙头牵头 联盟 补贴多少钱",
    ],
)
def test_what_it_asks_beyond_the_curated_question_must_still_be_told(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is not Status.ANSWER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("江苏产业知识产权联盟要什么条件", "已备案且运营情况较好"),
        ("江苏首台套产品有什么条件", "拥有自主知识产权并入选"),
        ("吴江保费能补一部分吗", "按实际支出的保费给予一定比例财政补贴"),
        ("吴江给报销注册费吗", "马德里国际注册商标的企业奖励"),
    ],
)
def test_what_is_asked_for_is_known_by_what_a_clause_says_for_it(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


@pytest.mark.parametrize("text", ["商标续展怎么办", "吴江给报销代理费吗", "合肥PCT申请费给报吗", "苏州年费能补吗"])
def test_a_clause_that_only_names_it_is_no_answer(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is not Status.ANSWER


def test_anger_with_a_place_in_it_is_a_question(knowledge: Knowledge) -> None:
    result = knowledge.lookup("吴江无良代理、骗钱的中介怎么处理")
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "wujiang-ip-longterm#6-1")


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("苏州微信聊天记录能不能做存证", "phone"),
        ("合肥商标受理窗口会不会加快建", "deadline"),
        ("苏州国家安全、样板、先行这几块牌子", "money"),
        ("吴江这规划是二几年出的", "duration"),
        ("吴江给报销注册费吗", "fee"),
    ],
)
def test_a_word_that_looks_like_an_asking_one_asks_for_nothing(knowledge: Knowledge, text: str, ask: str) -> None:
    assert not knowledge.explain(text)[0].asks_for(ask)


@pytest.mark.parametrize(
    ("text", "years"), [("苏州25年质押融资目标", (2025,)), ("16年的文件", (2016,)), ("保护期20年", ()), ("25年来的成绩", ())]
)
def test_a_year_of_two_digits_is_one_of_this_century(knowledge: Knowledge, text: str, years: tuple[int, ...]) -> None:
    assert knowledge.explain(text)[0].years == years


def test_what_the_glossary_knows_as_a_whole_is_no_subject_of_another_office(knowledge: Knowledge) -> None:
    result = knowledge.lookup("苏州有没有给研发团队的专利体检")
    assert (result.status, result.hits[0].clause.id) == (Status.ANSWER, "suzhou-145-plan#3-2-5")
    assert knowledge.lookup("苏州哪里体检便宜").status is not Status.ANSWER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合肥 黑名单怎么摘掉", "信用修复"),
        ("合肥的地标产品怎么防伪", "防伪追溯"),
        ("苏州企业是怎么一级一级往上升的", "逐级培育"),
        ("合肥打官司拖得时间太长怎么解决", "大力缩短知识产权案件办理周期"),
    ],
)
def test_an_outcome_is_found_by_the_measure_for_it(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert any(said in passage.text for passage in result.hits[0].clause.passages)

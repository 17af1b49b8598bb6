"""What people ask beside our subject: what a term means, whose aid is higher, what other offices see to. No clause tells it."""

from __future__ import annotations

import pytest

from knowledge.document import ClauseKind
from knowledge.lookup import Knowledge, Status

# What a term means


@pytest.mark.parametrize(
    "text",
    [
        "什么是专利",
        "专利池是啥",
        "专利代理是干什么的",
        "PCT是什么意思",
        "发明专利和外观设计有什么区别",
        "贯标是什么",
        "what is a patent pool",
        "what does open licensing mean",
    ],
)
@pytest.mark.parametrize("region", [None, "suzhou"])
def test_a_clause_that_uses_a_term_does_not_say_what_it_means(knowledge: Knowledge, text: str, region: str | None) -> None:
    result = knowledge.lookup(text, region=region)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "meaning")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("七高一最是什么意思", "七高一最"),  # a curated question on its meaning
        ("吴江说的一企一标是什么意思", "一企一标"),  # of a place
        ("登峰行动计划是什么", "登峰行动计划"),  # set up by the clause
        ("知识产权保护中心是干什么的", "保护中心"),
        ("苏知贷是啥", "苏知贷"),
    ],
)
def test_what_a_text_sets_up_or_explains_is_shown(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


def test_what_something_is_is_no_slip_for_a_profession(knowledge: Knowledge) -> None:
    assert not knowledge.lookup("专利代理是干什么的").slips
    assert not knowledge.lookup("产业联盟是做什么的").slips
    assert [slip.meant for slip in knowledge.lookup("苏州有多少专利代理湿").slips] == ["专利代理师"]


# More than a clause tells: which is higher, how much at most, which one to take


@pytest.mark.parametrize(
    "text",
    [
        "苏州和合肥哪个补贴高",
        "吴江跟苏州谁家奖励多",
        "合肥跟苏州比奖金哪个高",
        "江苏和安徽比谁补得多",
        "which city pays more, Suzhou or Hefei",
    ],
)
def test_which_of_two_places_gives_more_is_told_by_neither(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "award")


def test_targets_of_two_places_are_still_compared(knowledge: Knowledge) -> None:
    assert knowledge.lookup("苏州和合肥的质押融资目标哪个高").sides == 2
    assert knowledge.lookup("江苏专利奖和中国专利奖哪个奖得多").status is Status.ANSWER


@pytest.mark.parametrize("text", ["吴江专利保险补贴最多能拿几万", "苏州质押融资最高能贷多少", "合肥质押贷款额度上限"])
def test_a_share_or_a_total_is_no_upper_limit(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "money")


@pytest.mark.parametrize("text", ["吴江专利保险补贴多少", "江苏专利奖最多奖多少", "合肥 最多跑一地"])
def test_what_is_given_is_still_told(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "合肥哪家专利代理机构好",
        "苏州推荐个商标代理",
        "实用新型和发明哪个好",
        "专利申请找代理好还是自己申请好",
        "best patent attorney in Suzhou",
    ],
)
def test_nothing_is_recommended(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "advice")


def test_what_a_place_says_it_did_badly_is_no_advice(knowledge: Knowledge) -> None:
    assert knowledge.lookup("苏州承认自己哪些地方做得不好").status is Status.ANSWER


@pytest.mark.parametrize("text", ["交通罚单去哪交", "ni chi fan le ma", "苏州补贴够不够"])
def test_the_lines_of_a_page_are_offered_to_nobody_who_asks_about_a_subject(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is not Status.ANSWER
    assert all(hit.clause.kind is not ClauseKind.FRONT for hit in result.hits)


# What other offices see to


@pytest.mark.parametrize(
    "text",
    [
        "stock market in hefei",
        "corporate income tax in Suzhou",
        "how do I get a business license in Suzhou",
        "Hefei minimum wage",
        "labor contract termination compensation Suzhou",
        "苏州公司注销流程",
        "苏州印花税怎么交",
        "合肥瞪羚企业认定",
        "苏州人才公寓申请",
        "专利代理师工资多少",
        "合肥知识产权学院招生分数线",
        "专利被驳回了怎么办",
    ],
)
def test_a_subject_of_another_office_is_said_to_be_none_of_ours(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) == (Status.NOTHING, "subject-unknown")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("STAR market accelerator in Hefei", "科创板"),
        ("使用权出资 公司注册", "作价出资登记注册公司"),
        ("境外应诉 援助 保险", "海外知识产权保险"),
        ("苏州对老手艺传承人有什么保护", "非物质文化遗产"),
    ],
)
def test_a_word_of_theirs_within_ours_is_ours(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, said in result.hits[0].passage.text) == (Status.ANSWER, True)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("合肥企业贷款利率多少", "rate"),
        ("苏州员工离职竞业限制补偿怎么算", "money"),
        ("侵犯商业秘密判几年", "damages"),
        ("penalty for patent infringement in Suzhou", "damages"),
        ("苏州哪家银行做专利贷款", "which"),
        ("苏州展会侵权投诉流程", "procedure"),
        ("copyright registration procedure Suzhou", "procedure"),
        ("专利权质押登记需要哪些文件", "form"),
        ("patent application fee in China", "fee"),
        ("吴江知识产权科在几楼", "address"),
        ("世界知识产权组织总部在哪", "address"),
        ("合肥知识产权法庭在哪", "address"),
        ("国家级知识产权示范企业怎么评", "procedure"),
        ("知识产权优势企业怎么认定", "procedure"),
        ("怎样成为知识产权优势企业", "procedure"),
        ("合肥市知识产权局在哪上班", "address"),
        ("全国发明专利拥有量", "count"),
        ("how many patents are there in China", "count"),
    ],
)
def test_a_fact_that_policy_leaves_open_is_said_to_be_missing(knowledge: Knowledge, text: str, about: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", about)


@pytest.mark.parametrize("text", ["公务员可以申请专利吗", "外国人能申请专利吗", "人工智能生成的图片有版权吗", "个人可以注册商标吗"])
def test_who_may_have_a_right_is_not_told_by_what_is_done_for_it(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason) == (Status.NOTHING, "subject-unknown")


@pytest.mark.parametrize("text", ["合肥对知识产权犯罪有没有刑事打击", "苏州综合实力在全国排什么位置", "范文里在全国排第几"])
def test_what_a_place_is_in_the_country_is_its_own_matter(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "苏州噪音规定啥时候生效",
        "合肥烟花爆竹禁放什么时候开始执行",
        "苏州垃圾分类什么时候开始实施",
        "苏州餐饮许可证谁发的",
        "valid driving licence in Hefei",
        "official Suzhou silk museum tickets",
    ],
)
def test_the_date_of_one_thing_is_not_that_of_the_places_plan(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is not Status.ANSWER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合肥这个方案什么时候印发的", "2022年5月10日"),
        ("江苏这二十条谁印发的", "江苏省人民政府"),
        ("江苏新规有效期", "有效期至"),
        ("苏州的文件还管用吗", "有效"),
    ],
)
def test_the_date_of_a_places_plan_is_found_whatever_it_is_called(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, said in result.hits[0].passage.text) == (Status.ANSWER, True)


@pytest.mark.parametrize(
    "text", ["苏州垃圾怎么分", "合肥水费怎么交", "合肥到南京多远", "合肥有多少人口", "population of Suzhou", "苏州医院排名"]
)
def test_the_life_of_a_place_is_no_policy_of_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is not Status.ANSWER


def test_what_is_asked_as_a_curated_question_asks_is_no_answer_by_itself(knowledge: Knowledge) -> None:
    """Without a word of other offices' subjects: some likeness, and next to nothing of the subject."""
    result = knowledge.lookup("合肥到南京多远")
    assert result.reason in {"unsure", "subject-unknown"}


# A number of other things


@pytest.mark.parametrize(
    "text",
    [
        "合肥有多少件驰名商标",  # 至少打造1个区域商标品牌,加强驰名商标…
        "苏州驰名商标有多少",
        "how many well-known trademarks does Hefei have",
        "江苏有多少专利代理师",
        "江苏有多少家保护中心",
        "合肥有几家专利代理机构",
        "合肥有多少件地理标志",  # 一批
        "苏州专利池有几个",
        "苏州知识产权专员要多少",  # 工程师、总监 are near, and counted
        "合肥计划建几个知识产权人民调解委员会",  # words together, of which none is a term
        "合肥要建几个知识产权保护工作站",  # 聚焦合肥16条重点产业链,建立…
        "江苏要建几个知识产权学院",
        "合肥设几个海外分支机构",
        "苏州要建多少个版权示范园区",  # 20 of another kind, further up
    ],
)
def test_a_number_beside_what_is_counted_is_none_of_it(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "count")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("苏州有几个专代", "执业专利代理师达591人"),
        ("合肥有多少专利代理师", "700"),  # a row of a table
        ("苏州审协中心多少人", "1700"),  # the next item goes on about it
        ("苏州有多少专利代理机构", "1200"),  # curators say it is told there
        ("苏州姑苏人才计划要引进多少人", "200名"),  # the whole box is about it
        ("合肥高价值专利有多少", "10.66"),  # further down than clauses that only speak of it
        ("苏州国家级知识产权示范企业多少家", "147家"),  # not 示范区2-3家, though more of the words stand there
        ("苏州品牌服务机构几家", "4家"),  # not 20家 of others
        ("苏州引进了多少领军人才", "32人"),  # its own name, further down
        ("合肥以后要有多少商标", "商标拥有量增长30%"),  # not 1个区域商标品牌
        ("苏州多少家企业贯标了", "1500余家企业"),  # any number stands beside 企业
        ("苏州要新设几个维权机构", "(维权)机构2个"),  # not the 12 there are
        ("苏州登峰计划要培养几家", "80家"),  # 培养 is not counted
        ("合肥小巨人企业扶持多少户", "300户"),  # no money
        ("范文里商标有效注册多少件", "6000"),  # another document counts them, too
    ],
)
def test_a_number_of_what_is_counted_answers(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, said in result.hits[0].marked) == (Status.ANSWER, True)


@pytest.mark.parametrize("asked", ["苏州到2025年PCT申请多少件", "苏州十四五期间PCT专利申请要达到多少", "苏州计划拿多少个中国专利奖"])
def test_what_was_reached_is_no_target(knowledge: Knowledge, asked: str) -> None:
    result = knowledge.lookup(asked)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "target")
    assert "suzhou-145-plan#1-1-2" in [hit.clause.id for hit in result.hits[:2]], "it is near, and offered as no more than that"


@pytest.mark.parametrize(
    ("asked", "told"), [("苏州PCT申请有多少件", "10932"), ("苏州质押融资要做到多少", "200亿元"), ("合肥到2025年PCT申请多少件", "880")]
)
def test_what_was_reached_and_what_is_to_be_are_told_where_they_are_asked_for(knowledge: Knowledge, asked: str, told: str) -> None:
    result = knowledge.lookup(asked)
    assert result.status is Status.ANSWER
    assert told in result.hits[0].marked


# What another place has, other offices count, or is done somewhere


@pytest.mark.parametrize("text", ["上海有没有知识产权金融政策", "上海有哪些知识产权平台", "上海技术交易所在哪里"])
def test_an_institution_with_a_places_name_tells_nothing_of_the_place(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason == "region-not-held"


@pytest.mark.parametrize("text", ["合肥和上海张江有什么合作", "长三角科技要素交易中心和上海什么关系", "南京自贸片区金融创新中心"])
def test_what_a_clause_says_of_a_place_is_told(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.ANSWER


@pytest.mark.parametrize(
    "text", ["苏州GDP多少", "what is the GDP of Suzhou", "苏州财政收入多少", "苏州有多少家上市公司", "字体侵权怎么办", "日本有专利补贴吗"]
)
def test_what_other_offices_count_is_not_told_by_a_share_of_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).reason == "subject-unknown"


@pytest.mark.parametrize("text", ["苏州版权产业占gdp比重", "专利密集型产业增加值占苏州GDP多少", "苏州和新加坡有什么合作政策"])
def test_a_share_of_it_is(knowledge: Knowledge, text: str) -> None:
    assert knowledge.lookup(text).status is Status.ANSWER


@pytest.mark.parametrize("text", ["苏州版权登记去哪办", "软著登记去哪里办", "吴江专利保险去哪里办", "合肥数据知识产权登记在哪办"])
def test_where_something_is_done_is_not_told_by_what_is_done_for_it(knowledge: Knowledge, text: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "address")


@pytest.mark.parametrize(
    ("text", "said"), [("苏州专利商标去哪里办", "专利代办处"), ("江苏数据知识产权登记去哪办", "登记平台"), ("合肥专利预审在哪办", "一站式")]
)
def test_where_something_is_done_is_told_by_a_window_or_a_platform(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert (result.status, said in result.hits[0].marked) == (Status.ANSWER, True)

"""The five curated texts as readers meet them: clauses, passages, and what must stand beside them."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from knowledge.document import (
    Clause,
    ClauseKind,
    DateState,
    Document,
    Level,
    NoticeCode,
    Passage,
    PassageKind,
    notices_for,
    notices_on,
)
from knowledge.reading import load_corpus
from knowledge.regions import ancestors, by_alias, covering, descendants, regions
from knowledge.themes import themes

IDS = ("hefei-ip-strong-city", "jiangsu-ip-measures", "suzhou-145-plan", "template-city-145-plan", "wujiang-ip-longterm")
IN_THE_PERIOD = date(2024, 6, 1)
AFTER_IT = date(2026, 11, 22)


@cache
def corpus() -> dict[str, Document]:
    return {document.id: document for document in load_corpus()}


def clause(id: str) -> Clause:
    return next(clause for clause in corpus()[id.partition("#")[0]].walk() if clause.id == id)


def passages(document: str) -> list[Passage]:
    return [passage for clause in corpus()[document].walk() for passage in clause.passages]


def passage_with(document: str, words: str) -> Passage:
    return next(passage for passage in passages(document) if words in passage.text)


def codes(passage: Passage) -> list[NoticeCode]:
    return [notice.code for notice in passage.notices]


def test_all_five_texts_are_there() -> None:
    assert tuple(corpus()) == IDS


def test_ids_are_unique() -> None:
    clauses = [clause.id for document in corpus().values() for clause in document.walk()]
    quotable = [passage.id for document in IDS for passage in passages(document)]
    assert len(clauses) == len(set(clauses)) > 180
    assert len(quotable) == len(set(quotable)) > 300


def test_every_clause_has_a_known_theme() -> None:
    found = {theme for document in corpus().values() for clause in document.walk() for theme in clause.themes or ("none",)}
    assert found == themes().keys()


def test_metadata_say_only_what_the_texts_say() -> None:
    suzhou, wujiang, hefei = (corpus()[id] for id in ("suzhou-145-plan", "wujiang-ip-longterm", "hefei-ip-strong-city"))
    assert (suzhou.number, suzhou.region, suzhou.level) == ("苏府办〔2022〕10号", "suzhou", Level.CITY)
    assert suzhou.issued.state is DateState.NOT_STATED
    assert wujiang.issued.on == date(2021, 5, 20)
    assert wujiang.period is None
    assert (hefei.issuer, hefei.number_state, hefei.fields["adopted"]) == ("", DateState.NOT_STATED, "2022-05-10")


def test_a_clause_knows_its_place_in_the_tree() -> None:
    found = clause("suzhou-145-plan#box-3")
    assert found.kind is ClauseKind.BOX
    assert found.heading == "专栏3 “互联网+知识产权交易+金融创新”服务平台"
    assert found.path == ("三、重点发展任务", "(二)深化高价值知识产权要素配置体系", "6.推动知识产权与资本融合")
    assert found in clause("suzhou-145-plan#3-2-6").children
    assert found.themes == ("finance",)


def test_a_theme_is_inherited_from_the_heading_above() -> None:
    assert clause("suzhou-145-plan#3-6-16").themes == clause("suzhou-145-plan#3-6").themes == ("talent",)


def test_front_matter_has_a_label_where_it_has_no_heading() -> None:
    found = clause("suzhou-145-plan#page-info")
    assert (found.kind, found.heading, found.label) == (ClauseKind.FRONT, "", "页面信息")
    assert "支持产业:所有产业" in [passage.text for passage in found.passages]
    assert clause("template-city-145-plan#notice").passages[0].text.startswith("申明敬告")


def test_each_goal_of_the_plan_is_its_own_passage() -> None:
    goals = clause("suzhou-145-plan#2-3").passages
    assert [passage.text[:2] for passage in goals] == ["到2", "——", "——", "——", "——", "——"]


def test_departments_stand_apart_from_what_they_are_responsible_for() -> None:
    first, departments = clause("jiangsu-ip-measures#1-2").passages
    assert (first.kind, departments.kind) == (PassageKind.PARAGRAPH, PassageKind.DEPARTMENTS)
    assert departments.text == "(省知识产权局、省科技厅、省工业和信息化厅等按职责分工负责)"


def test_text_after_a_box_belongs_to_the_section_again() -> None:
    found = clause("hefei-ip-strong-city#5-4-after-box-7")
    assert found.kind is ClauseKind.SECTION
    assert found.passages[0].text.startswith("推动版权作品创作和高质量供给。")
    assert all(passage.kind is not PassageKind.DEPARTMENTS for passage in clause("hefei-ip-strong-city#box-7").passages)


@pytest.mark.parametrize(
    ("name", "then", "target"),
    [
        ("每万人口高价值发明专利拥有量(件)", "10.66", "20"),
        ("国家知识产权优势示范企业数量(家)", "75", "150"),
        ("省级知识产权信息公共服务网点(家)", "6", "20"),
        ("专利代理师数量(人)", "350", "700"),
        ("知识产权质押融资登记金额(亿元)", "22.08", "30"),
    ],
)
def test_cells_that_ran_together_are_apart(name: str, then: str, target: str) -> None:
    row = passage_with("hefei-ip-strong-city", f"主要指标:{name};")
    assert row.kind is PassageKind.ROW
    assert row.cells[1:4] == (name, then, target)
    assert f";2020年实现值:{then};2025年目标值:{target};" in row.text


def test_a_merged_cell_holds_for_the_rows_below_it() -> None:
    assert passage_with("hefei-ip-strong-city", "专利合作条约(PCT)专利申请量(件)").cells[0] == "知识产权创造"
    assert passage_with("template-city-145-plan", "序号:6").cells[1] == "运用效益"


def test_an_indicator_without_its_own_value_column_stays_verbatim() -> None:
    row = passage_with("template-city-145-plan", "序号:1;")
    assert row.text == "序号:1;创造质量;核心指标:每万人发明专利拥有量 112 件;数据来源:市知识产权局"


def test_only_the_split_nobody_could_verify_is_shown_as_restored() -> None:
    restored = [passage for passage in passages("hefei-ip-strong-city") if NoticeCode.REPAIRED in codes(passage)]
    assert [passage.cells[1] for passage in restored] == ["省级知识产权信息公共服务网点(家)"]
    assert "620" in restored[0].notices[0].detail


def test_lost_figures_are_shown_as_lost() -> None:
    text = clause("jiangsu-ip-measures#1-1").passages[0].text
    assert "分别给□0万元□0万元□0万元□万元奖励" in text
    assert "分别给□00万元□0万元□0万元奖励" in text
    assert "分别给□0万元□5万元□0万元奖励" in text


def test_every_passage_with_a_lost_figure_says_so_and_no_other() -> None:
    for document in IDS:
        for passage in passages(document):
            assert (NoticeCode.DAMAGED in codes(passage)) == ("□" in passage.text), passage.id


def test_lost_dates_are_not_filled_in() -> None:
    document = corpus()["jiangsu-ip-measures"]
    assert (document.number, document.number_state) == ("", DateState.DAMAGED)
    assert [(stated.state, stated.on) for stated in (document.issued, document.effective, document.expires)] == [
        (DateState.DAMAGED, None)
    ] * 3
    assert document.expires.shown == "2028年□月□8日"
    assert "本通知□023□□9日施行,有效期至2028□□8日" in clause("jiangsu-ip-measures#closing").passages[0].text
    assert "(苏政发□017□2号)" in clause("jiangsu-ip-measures#closing").passages[0].text


def test_readers_are_told_of_a_restored_name_and_not_of_a_closing_bracket() -> None:
    text, departments = clause("jiangsu-ip-measures#2-6").passages
    assert [notice.detail for notice in text.notices] == ["下设立“苏知贷”政银合作子产品", "探索“贷款+外部直投”等业务新模式"]
    assert departments.notices == ()


def test_two_similar_figures_point_at_each_other() -> None:
    total = passage_with("hefei-ip-strong-city", "知识产权质押融资总额达到150亿元")
    registered = passage_with("hefei-ip-strong-city", "知识产权质押融资登记金额(亿元)")
    assert codes(total) == codes(registered) == [NoticeCode.CONFLICT]
    assert total.notices[0].clause == "hefei-ip-strong-city#1-table"
    assert registered.notices[0].clause == "hefei-ip-strong-city#1"
    assert "150亿元" in total.notices[0].detail and "30亿元" in total.notices[0].detail


def test_no_passage_of_the_sample_goes_without_its_origin() -> None:
    document = corpus()["template-city-145-plan"]
    assert (document.official, document.region, document.level) == (False, None, Level.NONE)
    for passage in passages(document.id):
        assert NoticeCode.UNOFFICIAL in [notice.code for notice in notices_for(document, passage, IN_THE_PERIOD)]


@pytest.mark.parametrize("id", [id for id in IDS if id != "template-city-145-plan"])
def test_official_texts_are_not_called_unofficial(id: str) -> None:
    assert corpus()[id].official
    assert notices_on(corpus()[id], IN_THE_PERIOD) == ()


@pytest.mark.parametrize("id", ["suzhou-145-plan", "hefei-ip-strong-city", "template-city-145-plan"])
def test_a_plan_says_when_its_period_is_over(id: str) -> None:
    over = [notice for notice in notices_on(corpus()[id], AFTER_IT) if notice.code is NoticeCode.PERIOD_OVER]
    assert [notice.year for notice in over] == [2025]
    assert NoticeCode.PERIOD_OVER not in [notice.code for notice in notices_on(corpus()[id], IN_THE_PERIOD)]


def test_a_damaged_expiry_counts_by_the_year_that_is_left() -> None:
    document = corpus()["jiangsu-ip-measures"]
    assert notices_on(document, date(2028, 12, 31)) == ()
    assert [notice.code for notice in notices_on(document, date(2029, 1, 1))] == [NoticeCode.EXPIRED]


def test_the_agencys_hotline_is_nowhere_in_the_text() -> None:
    assert not any("65300258" in passage.text for passage in passages("hefei-ip-strong-city"))
    assert "65300258" in corpus()["hefei-ip-strong-city"].stripped[2].text


def test_documents_hold_for_what_lies_in_their_place() -> None:
    assert [region.id for region in covering("wujiang")] == ["wujiang", "suzhou", "jiangsu"]
    assert [region.id for region in covering(by_alias()["昆山"].id)] == ["suzhou", "jiangsu"]
    assert [region.id for region in covering(by_alias()["南京"].id)] == ["jiangsu"]
    assert covering(by_alias()["芜湖"].id) == ()
    assert [region.id for region in ancestors("fenhu")] == ["wujiang", "suzhou", "jiangsu"]
    assert regions()["fenhu"] in descendants("jiangsu")


def test_places_we_hold_nothing_for_are_known_as_such() -> None:
    for name in ("杭州", "上海", "深圳", "前海", "香港", "hangzhou", "鄂尔多斯", "雄安"):
        assert not by_alias()[name].held
    assert {id for id, region in regions().items() if region.held} == {"jiangsu", "suzhou", "wujiang", "hefei"}


def test_a_name_without_translation_is_given_in_simplified_chinese() -> None:
    assert by_alias()["杭州"].name("zh-TW") == "杭州"
    assert regions()["suzhou"].name("zh-TW") == "蘇州市"


def test_a_goal_for_a_year_to_come_is_not_called_over() -> None:
    document = corpus()["hefei-ip-strong-city"]
    (goals,) = [clause for clause in document.walk() if clause.id.endswith("#1")]
    near, far = (passage for passage in goals.passages if passage.text.startswith(("力争到2025年", "到2035年")))
    over = [NoticeCode.PERIOD_OVER in {notice.code for notice in notices_for(document, passage, AFTER_IT)} for passage in (near, far)]
    assert over == [True, False]

"""Exported applications hold what people wrote as text, never as a formula, and masked unless they are wanted in full."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.message import Where
from bot.spreadsheet import as_workbook
from bot.storage.applications import Case, Corrections, Summary
from bot.words import Words
from handlers.forms.draft import Draft, Stage
from handlers.forms.form import Step, Value, forms
from handlers.forms.masks import masked
from handlers.staff.export import Hand, tables

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
HAND = Hand(Words.open(), "zh-CN", ZoneInfo("Asia/Shanghai"), full=False)
HOSTILE: dict[str, Value] = {
    "org-name": '=HYPERLINK("http://x","<b>公司</b>")',
    "uscc": "91350100M000100Y43",
    "contact-name": "＝cmd|' /C calc'!A0",
    "contact-mobile": "13812345678",
    "ip-team": "@SUM(1+1)\x07\u202e*bold* [link](x)",
    "researchers": 12,
}


def handed_in(number: int, held: dict[str, Value], programme: str = "preexam-suzhou") -> Case:
    summary = Summary(
        f"a{number}",
        f"ZC-2026-{number}",
        programme,
        "1",
        "s",
        Where("t", "1", "7"),
        "7",
        "submitted",
        None,
        0,
        AT,
        datetime(2026, 11, 30, 16, tzinfo=UTC),
        AT,
    )
    draft = Draft(f"a{number}", programme, 1, AT, AT, stage=Stage.SUBMITTED, held=held, submitted=AT)
    return Case(summary, draft.plain(), Corrections(), ())


def rows(full: bool, *cases: Case) -> list[dict[str, str]]:
    (table,) = tables(cases, replace(HAND, full=full)).values()
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_no_cell_begins_like_a_formula_and_nothing_hides_in_one() -> None:
    (row,) = rows(True, handed_in(1, HOSTILE))
    assert row["申报单位名称"] == '\'=HYPERLINK("http://x","<b>公司</b>")'
    assert row["知识产权管理团队（人数、负责人）"] == "'@SUM(1+1)*bold* [link](x)"
    assert not any(re.match("[=+@＝\\-\\t\\r]", cell) for cell in row.values())


def test_it_is_masked_unless_wanted_in_full() -> None:
    (hidden,), (shown,) = rows(False, handed_in(1, HOSTILE)), rows(True, handed_in(1, HOSTILE))
    assert (hidden["手机"], shown["手机"]) == ("138****5678", "13812345678")
    assert "91350100M000100Y43" not in hidden.values()
    assert (hidden["受理编号"], hidden["状态"], hidden["期限"], hidden["研发人员数"]) == ("ZC-2026-1", "已提交，待受理", "2026-11-30", "12")


def test_each_programme_has_its_sheet_and_each_application_its_row() -> None:
    empty = replace(handed_in(3, {}), answers={})
    gone = handed_in(4, {}, "no-longer-there")
    made = tables([handed_in(1, HOSTILE), handed_in(2, {}, "fee-reduction"), empty, gone], HAND)
    assert [len(table) for table in made.values()] == [3, 2, 2]
    with zipfile.ZipFile(io.BytesIO(as_workbook(made))) as file:
        book = file.read("xl/workbook.xml").decode()
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
    assert re.findall('<sheet name="([^"]+)"', book) == ["1 专利快速预审备案（苏州）", "2 专利费用减缴备案", "3 no-longer-there"]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_every_programme_can_be_written() -> None:
    assert len(tables([handed_in(number, {}, id) for number, id in enumerate(forms())], HAND)) == len(forms())


def test_names_in_the_rows_of_a_table_are_masked_too() -> None:
    step = Step("people", "rows", "words", columns=(Step("name", "name", "w"), Step("mobile", "mobile", "w"), Step("share", "number", "w")))
    assert masked([{"name": "张敏", "mobile": "13812345678", "share": 3}], step) == [{"name": "张*", "mobile": "138****5678", "share": 3}]

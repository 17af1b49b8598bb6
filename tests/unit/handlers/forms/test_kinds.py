"""Each kind takes what people write, keeps it in one spelling, and says why it does not take the rest."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.message import Text
from bot.words import LANGUAGES, Words
from handlers.forms import amounts
from handlers.forms.answers import Accepted, Aids, File, Given, More, Outcome, Refused
from handlers.forms.codes import check_digit
from handlers.forms.form import Step, forms
from handlers.forms.kinds import KINDS, fits, read
from handlers.forms.places import offered_regions

WORDS = Words.open()


@cache
def spoken(id: str) -> tuple[str, ...]:
    return tuple(WORDS.say(Text(id), language) for language in LANGUAGES)


AIDS = Aids(date(2026, 11, 22), spoken)


def step(kind: str, **settings: Any) -> Step:
    return Step(key="asked", kind=kind, words="preexam-suzhou-industry", **settings)


def asked(kind: str, text: str = "", **settings: Any) -> Outcome:
    return read(Given(text), step(kind, **settings), AIDS)


GOOD = [
    ("text", " 电子\u200b 控制 ", "电子 控制"),
    ("text", "（括号）留着", "（括号）留着"),
    ("long-text", "第一段\r\n\r\n\r\n\r\n第二段  ", "第一段\n\n第二段"),
    ("name", "张敏", "张敏"),
    ("name", "阿依古丽·买买提", "阿依古丽·买买提"),
    ("name", "Mary-Jane O'Neil", "Mary-Jane O'Neil"),
    ("company", "苏州某某科技有限公司", "苏州某某科技有限公司"),
    ("company", "甲公司", "甲公司"),
    ("company", "教育部", "教育部"),
    ("company", "苏州大学", "苏州大学"),
    ("company", "3M中国有限公司", "3M中国有限公司"),
    ("company", "Acme", "Acme"),
    ("address", "苏州市吴江区某某路 1 号", "苏州市吴江区某某路 1 号"),
    ("email", "Name＠Example.com", "name@example.com"),
    ("number", "１２人", 12),
    ("number", "十二", 12),
    ("number", "二零二六年", 2026),
    ("number", "二〇二六", 2026),
    ("number", "1,234", 1234),
    ("number", "三千零五十件", 3050),
    ("percent", "60％", "60"),
    ("percent", "4.35%", "4.35"),
    ("money", "500万", "5000000"),
    ("money", "3,000元", "3000"),
    ("money", "五百万元", "5000000"),
    ("money", "500 萬元", "5000000"),
    ("money", "500", "5000000"),
    ("money", "1.5亿", "150000000"),
    ("money", "3千万", "30000000"),
    ("money", "¥12.50", "12.5"),
    ("money", "两万五千元整", "25000"),
    ("money", "零", "0"),
    ("date", "2026-03-01", "2026-03-01"),
    ("nice", "第9类、35 类", [9, 35]),
    ("uscc", "９１３５０１００ Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
    ("uscc", "统一社会信用代码：91350100-m000100y43", "91350100M000100Y43"),
    ("identity", "11010519491231002x", "11010519491231002X"),
    ("patent", "ZL201710601862.3", "ZL201710601862.3"),
    ("patent", "2017106018623", "ZL201710601862.3"),
    ("patent", "zl 2017 1 0601862.3", "ZL201710601862.3"),
    ("patent", "专利号：ＺＬ９５１１５６０８．ｘ", "ZL95115608.X"),
    ("application", "201710601862.3", "201710601862.3"),
    ("pct", "pct/cn 2024 123456", "PCT/CN2024/123456"),
    ("trademark", "第 12345678 号", "12345678"),
    ("madrid", "g1234567a", "G1234567A"),
    ("ipc", "h04l 9/32", "H04L9/32"),
    ("software", "2024sr0123456", "2024SR0123456"),
    ("right", "2017106018623", "ZL201710601862.3"),
    ("right", "12345678", "12345678"),
    ("mobile", "+86 138-0013-8000", "13800138000"),
    ("mobile", "008613800138000", "13800138000"),
    ("phone", "（0512）6522 1234", "0512-65221234"),
    ("phone", "010-65221234-801", "010-65221234-801"),
    ("phone", "0512－65221234－8", "0512-65221234-8"),
    ("postcode", "２１５０００", "215000"),
    ("yes-no", "是的", True),
    ("yes-no", "沒有", False),
    ("confirm", "同意", True),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_what_people_write_is_kept_in_one_spelling(kind: str, text: str, value: Any) -> None:
    assert asked(kind, text) == Accepted(value)


BAD = [
    ("text", "", "refused-empty"),
    ("text", "\u202e\u200b\u0000", "refused-empty"),
    ("text", "字" * 201, "refused-too-long"),
    ("long-text", "字" * 2001, "refused-too-long"),
    ("name", "张", "refused-name"),
    ("name", "张敏<script>", "refused-name"),
    ("name", "a" * 51, "refused-too-long"),
    ("company", "12345", "refused-company"),
    ("company", "AB", "refused-company-short"),
    ("company", "知微", "refused-company-short"),
    ("company", "3M", "refused-company"),
    ("company", "I B M", "refused-company-short"),
    ("email", "name@", "refused-email"),
    ("email", "name@example", "refused-email"),
    ("number", "大约十几个", "refused-number"),
    ("number", "1.5", "refused-number"),
    ("number", "-3", "refused-number"),
    ("number", "1e5", "refused-number"),
    ("number", "2,34", "refused-number"),
    ("percent", "101%", "refused-percent"),
    ("money", "一万五", "refused-money"),
    ("money", "五百三", "refused-money"),
    ("money", "约500万", "refused-money"),
    ("money", "500万到600万", "refused-money"),
    ("money", "5万万", "refused-money"),
    ("money", "-5", "refused-money"),
    ("money", "3000000", "refused-money-unit"),
    ("money", "200亿元", "refused-money-large"),
    ("money", "0.001元", "refused-money-cents"),
    ("date", "2026-02-30", "refused-date"),
    ("nice", "46", "refused-nice"),
    ("nice", "0", "refused-nice"),
    ("uscc", "91350100M000100Y4Z", "refused-uscc-letter"),
    ("uscc", "91350100M000100Y4", "refused-uscc-length"),
    ("uscc", "贯标奖励", "refused-uscc-none"),
    ("uscc", "91350100S000100Y43", "refused-uscc-letter"),
    ("uscc", "91350100M000100Y44", "refused-uscc-check"),
    ("uscc", "9135A100M000100Y43", "refused-uscc-shape"),
    ("identity", "110105194912310021", "refused-identity"),
    ("patent", "ZL201710601862.4", "refused-patent-check"),
    ("patent", "ZL2017", "refused-patent-shape"),
    ("patent", "ZL201770601862.3", "refused-patent-shape"),
    ("pct", "PCT/CN2024/12345", "refused-pct"),
    ("trademark", "123456789", "refused-trademark"),
    ("trademark", "500万元", "refused-trademark"),
    ("right", "12000元", "refused-right"),
    ("madrid", "12345", "refused-madrid"),
    ("ipc", "Z04L9/32", "refused-ipc"),
    ("software", "2024SR12345", "refused-software"),
    ("right", "ZL201710601862.4", "refused-patent-check"),
    ("right", "无", "refused-right"),
    ("mobile", "12800138000", "refused-mobile"),
    ("mobile", "1380013800", "refused-mobile"),
    ("phone", "65221234", "refused-phone"),
    ("postcode", "21500", "refused-postcode"),
    ("yes-no", "也许", "refused-yes-no"),
    ("confirm", "不同意", "refused-confirm"),
]


@pytest.mark.parametrize(("kind", "text", "reason"), BAD)
def test_what_cannot_be_is_refused_with_its_reason(kind: str, text: str, reason: str) -> None:
    outcome = asked(kind, text)
    assert isinstance(outcome, Refused)
    assert outcome.reason.id == reason


TYPED = sorted(set(KINDS) - {"choice", "choices", "files", "rows"})
HOSTILE = [
    "",
    " ",
    "\x00",
    "a" * 100_000,
    "(" * 5000,
    "9" * 5000,
    "0," * 4000,
    "-" * 60,
    "百" * 40,
    "亿万" * 20,
    "￼\u202e",
    "=1+1",
    "🙂" * 40,
    "\ud800",
]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_hostile_text_is_an_answer_or_a_reason_never_an_error(kind: str) -> None:
    for text in HOSTILE:
        outcome = asked(kind, text, options=("materials",), columns=(step("number"),))
        assert isinstance(outcome, Accepted | Refused | More)
        if isinstance(outcome, Accepted):
            assert len(str(outcome.value)) <= 4000


@given(kind=st.sampled_from(TYPED), text=st.text(max_size=60) | st.text("0123456789.,-万亿元年月日ZLXGCNPT/ ", max_size=24))
@settings(max_examples=1500, deadline=None)
def test_what_was_accepted_is_accepted_again_as_it_stands_and_is_json(kind: str, text: str) -> None:
    outcome = asked(kind, text)
    if isinstance(outcome, Accepted):
        value = json.loads(json.dumps(outcome.value))
        assert value == outcome.value
        assert fits(value, step(kind), AIDS)


@given(st.integers(1, 9), st.integers(0, 10**7 - 1), st.sampled_from("12389"), st.integers(1985, 2099))
def test_a_patent_number_is_known_by_its_check_digit(change: int, serial: int, kind: str, year: int) -> None:
    digits = f"{year}{kind}{serial:07}"
    right = check_digit(digits)
    assert asked("patent", digits + right) == Accepted(f"ZL{digits}.{right}")
    wrong = "0123456789X"[("0123456789X".index(right) + change) % 11]
    assert asked("patent", f"ZL{digits}.{wrong}") == Refused(Text("refused-patent-check"))


UNITS = ("", "十", "百", "千")


def chinese(number: int) -> str:
    """A number below 10,000 as it is written."""
    if number == 0:
        return "零"
    digits = str(number)
    text = "".join(
        ("零一二三四五六七八九"[int(digit)] + UNITS[len(digits) - place - 1]) if digit != "0" else "零"
        for place, digit in enumerate(digits)
    )
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零")


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_numbers_written_in_chinese_are_read(high: int, low: int) -> None:
    assert amounts.chinese(chinese(low)) == low
    if high:
        middle = "零" if 0 < low < 1000 else ""
        tail = middle + chinese(low) if low else ""
        assert amounts.chinese(f"{chinese(high)}万{tail}") == high * 10_000 + low


@given(st.decimals(0, 1_000_000, places=2))
def test_an_amount_means_the_same_in_yuan_and_in_wan(wan: Decimal) -> None:
    assert asked("money", f"{wan}万元") == asked("money", f"{wan * 10_000:f}元") == asked("money", f"{wan}")


# ---- choosing ----

INDUSTRY = step("choice", options=("materials", "biologics", "electronics", "digital"))
SEVERAL = step("choices", options=INDUSTRY.options)


@pytest.mark.parametrize(
    ("given_", "value"),
    [
        (Given(picks=("digital",)), "digital"),
        (Given("2"), "biologics"),
        (Given("电子信息"), "electronics"),
        (Given("電子資訊"), "electronics"),
        (Given("new materials"), "materials"),
        (Given("电子"), "electronics"),
    ],
)
def test_an_option_is_tapped_numbered_or_named_as_any_reader_sees_it(given_: Given, value: str) -> None:
    assert read(given_, INDUSTRY, AIDS) == Accepted(value)


@pytest.mark.parametrize("given_", [Given("材"), Given("5"), Given("制造"), Given(picks=("gone",)), Given("一个都不是")])
def test_an_option_that_is_not_clear_is_asked_back(given_: Given) -> None:
    assert read(given_, INDUSTRY, AIDS) == Refused(Text("refused-choice"))


def test_several_options_are_switched_by_taps_until_done() -> None:
    first = read(Given(picks=("digital",)), SEVERAL, AIDS)
    assert first == More(["digital"])
    both = read(Given(picks=("materials",), so_far=["digital"]), SEVERAL, AIDS)
    assert both == More(["materials", "digital"])
    assert read(Given(picks=("digital",), so_far=["materials", "digital"]), SEVERAL, AIDS) == More(["materials"])
    assert read(Given(done=True, so_far=["materials"]), SEVERAL, AIDS) == Accepted(["materials"])
    assert read(Given(done=True, so_far=[]), SEVERAL, AIDS) == Refused(Text("refused-choice"))


def test_several_options_typed_are_the_whole_answer() -> None:
    assert read(Given("1、数字智能制造"), SEVERAL, AIDS) == Accepted(["materials", "digital"])
    assert read(Given("1、别的"), SEVERAL, AIDS) == Refused(Text("refused-choice"))


# ---- places ----


@pytest.mark.parametrize(
    ("text", "within", "region"),
    [
        ("吴江", ("suzhou",), "wujiang"),
        ("園區", ("suzhou",), "suzhou-park"),
        ("苏州市昆山市", ("suzhou",), "kunshan"),
        ("盛泽镇", ("suzhou",), "shengze"),
        ("蜀山", ("hefei",), "shushan"),
        ("Hefei High-tech Zone", ("hefei",), "hefei-high-tech"),
        ("南京", (), "jiangsu/南京"),
    ],
)
def test_a_place_is_found_inside_the_programme_s_area(text: str, within: tuple[str, ...], region: str) -> None:
    assert asked("region", text, within=within) == Accepted(region)


@pytest.mark.parametrize(
    ("text", "within", "reason"),
    [("高新区", ("hefei",), "refused-region"), ("南京", ("suzhou",), "refused-region-outside"), ("月球", (), "refused-region")],
)
def test_a_place_that_is_not_clear_or_outside_is_refused(text: str, within: tuple[str, ...], reason: str) -> None:
    assert asked("region", text, within=within) == Refused(Text(reason))


def test_the_districts_of_the_programme_s_city_are_offered() -> None:
    assert {"wujiang", "kunshan", "suzhou-park"} <= set(offered_regions(step("region", within=("suzhou",))))
    assert offered_regions(step("region")) == ()


# ---- files and tables ----

PDF = File("f1", "执照.PDF", 1000)
LICENCE = step("files", accept=("pdf", "jpg"), most=2)


def test_files_come_one_after_another_or_together() -> None:
    assert read(Given(files=(PDF,)), LICENCE, AIDS) == More([PDF.plain()])
    other = File("f2", "2.jpeg", 5)
    whole = Accepted([PDF.plain(), other.plain()])
    assert read(Given(files=(other,), so_far=[PDF.plain()]), LICENCE, AIDS) == whole
    assert read(Given(files=(PDF, other)), LICENCE, AIDS) == whole
    assert read(Given(done=True, so_far=[PDF.plain()]), LICENCE, AIDS) == Accepted([PDF.plain()])


def test_the_same_file_sent_twice_counts_once() -> None:
    assert read(Given(files=(PDF,), so_far=[PDF.plain()]), LICENCE, AIDS) == More([PDF.plain()])


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        (Given("这是执照"), "refused-file-wanted"),
        (Given(done=True), "refused-file-wanted"),
        (Given(files=(File("f", "a.exe", 1),)), "refused-file-type"),
        (Given(files=(File("f", "pdf", 1),)), None),
        (Given(files=(File("f", "a.pdf", 21 * 1024 * 1024),)), "refused-file-large"),
        (Given(files=(File("f", "a.pdf", 0),)), "refused-file-empty"),
        (Given(files=tuple(File(str(n), "a.pdf", 1) for n in range(3))), "refused-files-most"),
    ],
)
def test_a_file_that_will_not_do_is_refused(given_: Given, reason: str | None) -> None:
    outcome = read(given_, LICENCE, AIDS)
    assert isinstance(outcome, Refused) is (reason is not None)
    assert reason is None or (isinstance(outcome, Refused) and outcome.reason.id == reason)


PATENTS = step("rows", columns=(Step("n", "right", "n"),), most=3)


def test_where_a_person_may_stand_a_persons_name_is_taken() -> None:
    assert asked("company", "王芳", least=2) == Accepted("王芳")


def test_a_part_of_a_province_is_no_district() -> None:
    assert asked("region", "苏南", within=("jiangsu",)) == Refused(Text("refused-region"))
    offered = offered_regions(step("region", within=("jiangsu",)))
    assert "suzhou" in offered
    assert {"jiangsu/苏北", "jiangsu/苏中", "jiangsu/苏南"}.isdisjoint(offered)


LICENSED = step("rows", columns=(Step("unit", "company", "u"), Step("fee", "money", "f")), most=5)


def test_rows_are_pasted_together_or_sent_one_by_one() -> None:
    one: dict[str, Any] = {"n": "ZL201710601862.3"}
    assert read(Given("2017106018623"), PATENTS, AIDS) == More([one])
    assert read(Given("12345678\n\n87654321", so_far=[one]), PATENTS, AIDS) == Accepted([one, {"n": "12345678"}, {"n": "87654321"}])
    assert read(Given(done=True, so_far=[one]), PATENTS, AIDS) == Accepted([one])


@pytest.mark.parametrize("text", ["苏州甲公司, 3万元", "苏州甲公司，30000元", "苏州甲公司\t3", "苏州甲公司|3万", "苏州甲公司 3万"])
def test_cells_are_parted_by_what_people_use(text: str) -> None:
    assert read(Given(text, done=True), LICENSED, AIDS) == Accepted([{"unit": "苏州甲公司", "fee": "30000"}])


def test_one_bad_line_leaves_its_whole_message_untaken_and_is_named() -> None:
    outcome = read(Given("苏州甲公司,3万\n苏州乙公司,很多"), LICENSED, AIDS)
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.reason.values["row"]) == ("refused-row", 2)
    assert read(Given("只有一项"), LICENSED, AIDS) == Refused(Text("refused-row-cells", {"row": 1, "columns": 2}))


def test_tables_and_files_read_again_are_the_same() -> None:
    rows: list[Any] = [{"unit": "苏州甲公司", "fee": "12.5"}]
    assert fits(rows, LICENSED, AIDS)
    assert fits([PDF.plain()], LICENCE, AIDS)
    assert fits(["materials", "digital"], SEVERAL, AIDS)


@pytest.mark.parametrize("value", ["text", 3, True, [3], [{"a": 1}], {"n": 1}, []])
def test_a_value_of_another_kind_fits_no_table_and_no_list(value: Any) -> None:
    assert not any(fits(value, one, AIDS) for one in (PATENTS, LICENCE, SEVERAL))


def test_every_kind_has_an_example_that_it_takes_itself() -> None:
    for kind in (name for name, kind in KINDS.items() if kind.example):
        for example in spoken(f"example-{kind}"):
            first = example.split("，或")[0].split(", or")[0]
            assert isinstance(asked(kind, first), Accepted), (kind, first)


def test_every_step_of_every_programme_can_be_read() -> None:
    for form in forms().values():
        for each in form.steps:
            assert isinstance(read(Given("某某"), each, AIDS), Accepted | More | Refused)

"""Conditions decide by what was said and nothing else: each no names its condition, its source and the gap."""

from __future__ import annotations

import pytest

from handlers.forms import drawn, screens
from handlers.forms.answers import Accepted, Given, Refused
from handlers.forms.dialog import Move, advance, begin
from handlers.forms.draft import Stage
from handlers.forms.eligibility import FAILS, FITS, UNSURE, Finding, Verdict, answer, judge, live, open_, sentences, verdict
from handlers.forms.form import Form, Value, forms
from tests.unit.handlers.forms.people import AIDS, NOW, WORDS

GROWTH, FEES, AWARD = forms()["growth-enterprise"], forms()["fee-reduction"], forms()["china-patent-award"]


def fitting(form: Form, **otherwise: Value) -> dict[str, Value]:
    return {**{condition.key: FITS for condition in sentences(form)}, **otherwise}


def found(form: Form, **otherwise: Value) -> tuple[dict[str, Finding], Verdict]:
    judged = judge(form, fitting(form, **otherwise))
    return {each.condition.key: each.finding for each in judged}, verdict(judged)


def test_who_meets_everything_may_apply() -> None:
    findings, may = found(GROWTH, inventions=10, certified=True)
    assert (set(findings.values()), may) == ({Finding.MET}, Verdict.MAY)


def test_a_figure_below_the_limit_is_short() -> None:
    findings, may = found(GROWTH, inventions=9, certified=True)
    assert (findings["inventions"], may) == (Finding.SHORT, Verdict.MAY_NOT)


def test_none_at_all_is_a_figure_and_no_is_a_no() -> None:
    assert found(GROWTH, inventions=0, certified=True)[0]["inventions"] is Finding.SHORT
    assert found(GROWTH, inventions=10, certified=False)[0]["certified"] is Finding.SHORT


@pytest.mark.parametrize(("projects", "finding"), [(2, Finding.MET), (3, Finding.SHORT)])
def test_a_figure_above_the_limit_is_short(projects: int, finding: Finding) -> None:
    assert found(AWARD, projects=projects)[0]["projects"] is finding


@pytest.mark.parametrize(("income", "finding"), [("4999.99", Finding.MET), ("5000", Finding.SHORT)])
def test_below_means_below(income: str, finding: Finding) -> None:
    assert found(FEES, **{"filer-type": "person", "monthly-income": income})[0]["monthly-income"] is finding


def test_only_the_conditions_of_the_person_s_kind_are_asked() -> None:
    assert [condition.key for condition in open_(FEES, {"filer-type": "enterprise"})] == ["taxable-income"]
    assert [condition.key for condition in live(FEES, {"filer-type": "society"})] == ["filer-type"]


@pytest.mark.parametrize("said", [FITS, FAILS, UNSURE])
def test_what_no_public_source_settles_decides_nothing(said: str) -> None:
    answers: dict[str, Value] = {"granted-by": said, "projects": 1}
    findings, may = found(AWARD, **answers)
    assert (findings["granted-by"], may) == (Finding.UNVERIFIED, Verdict.OPEN)


def test_who_is_not_sure_is_told_so_and_not_turned_away() -> None:
    findings, may = found(GROWTH, inventions=UNSURE, certified=True)
    assert (findings["inventions"], may) == (Finding.UNSURE, Verdict.OPEN)


def test_a_condition_is_answered_by_tap_or_word_and_asked_back_when_unclear() -> None:
    condition = sentences(GROWTH)[0]
    assert answer(condition, Given(picks=(FITS,)), AIDS) == Accepted(FITS)
    assert answer(condition, Given("不符合"), AIDS) == Accepted(FAILS)
    assert isinstance(answer(condition, Given("大概吧"), AIDS), Refused)


def said(move: Move, form: Form, language: str = "zh-CN") -> str:
    return "\n".join(WORDS.block(block, language).text for block in drawn.draw(form, move.draft, move.show, language).blocks)


def through(form: Form, *events: screens.Event) -> Move:
    move = begin(form, "d1", {}, AIDS, NOW)
    for event in events:
        move = advance(form, move.draft, event, AIDS, NOW)
    return move


def test_a_no_names_condition_gap_and_source_and_lets_the_person_decide() -> None:
    move = through(GROWTH, screens.AllFit(), screens.Answer(Given("1")), screens.Answer(Given("是")))
    text = said(move, GROWTH)
    assert "要求不少于 10件，您填的是 1件" in text
    assert "出处：每创科服(转苏州市市场监管局通知)，2022-03-01" in text
    assert move.draft.stage is Stage.VERDICT
    assert advance(GROWTH, move.draft, screens.Continue(), AIDS, NOW).draft.stage is Stage.CONSENT


def test_an_amount_short_is_told_in_its_unit() -> None:
    move = through(FEES, screens.Answer(Given(picks=("enterprise",))), screens.Answer(Given("120万")))
    assert "要求低于 100 万元，您填的是 120 万元" in said(move, FEES)
    assert "below 100 × 10,000 yuan; you gave 120 × 10,000 yuan" in said(move, FEES, "en")


def test_what_was_answered_as_a_condition_is_not_asked_again() -> None:
    move = through(GROWTH, screens.AllFit(), screens.Answer(Given("12")), screens.Answer(Given("是")), screens.Agree())
    assert (move.draft.held["inventions"], move.draft.held["certified"]) == (12, True)


def test_what_cannot_be_verified_is_said_before_the_form_begins() -> None:
    move = through(forms()["preexam-hefei"], screens.AllFit())
    assert said(move, forms()["preexam-hefei"]).count("公开渠道无法核实") == 2
    assert move.draft.stage is Stage.CONSENT

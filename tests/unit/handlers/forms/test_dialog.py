"""The dialog by its promises: one at a time, each with the smallest story that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.message import Reply, Text
from bot.words import LANGUAGES
from handlers.forms import drawn, screens
from handlers.forms.answers import File, Given
from handlers.forms.asking import current, listens, offered, summary
from handlers.forms.dialog import Move, advance, begin, between, correct
from handlers.forms.draft import Stage
from handlers.forms.form import Form, Step, Value, forms
from handlers.forms.path import set_aside
from handlers.forms.screens import Event
from tests.unit.handlers.forms.people import AIDS, FACTS, KNOWN, NOW, WORDS, good

PREEXAM, PLEDGE, AWARD, AID = (forms()[id] for id in ("preexam-suzhou", "pledge-subsidy", "china-patent-award", "rights-aid"))


class Person:
    """Somebody who applies; counts what they have to do."""

    def __init__(self, form: Form, known: Mapping[str, Value] | None = None) -> None:
        self.form, self.did = form, 0
        self.move: Move = begin(form, "d1", known or {}, AIDS, NOW)

    def do(self, *events: Event) -> Person:
        for event in events:
            self.did += 1
            self.move = advance(self.form, self.move.draft, event, AIDS, NOW)
        return self

    def say(self, *texts: str) -> Person:
        return self.do(*(screens.Answer(Given(text)) for text in texts))

    def begin(self) -> Person:
        """Through conditions, consent and the offer."""
        while self.stage is Stage.ELIGIBILITY:
            self.do(screens.AllFit(), screens.Answer(Given(picks=("unsure",))))
        return self.do(screens.Agree())

    def answer(self, choice: int = 0) -> Person:
        slot = current(self.form, self.move.draft)
        assert slot
        return self.do(*(screens.Answer(given) for given in good(slot.step, choice)))

    def until(self, key: str) -> Person:
        while self.asked != key:
            self.answer()
        return self

    def finish(self, choice: int = 0) -> Person:
        while self.stage is Stage.STEPS:
            self.answer(choice)
        return self

    @property
    def stage(self) -> Stage:
        return self.move.draft.stage

    @property
    def asked(self) -> str:
        slot = current(self.form, self.move.draft)
        return slot.id if slot and self.stage is Stage.STEPS else ""

    @property
    def held(self) -> Mapping[str, Value | None]:
        return self.move.draft.held

    def text(self, language: str = "zh-CN") -> str:
        return "\n".join(WORDS.block(block, language).text for block in self.reply(language).blocks)

    def reply(self, language: str = "zh-CN") -> Reply:
        return drawn.draw(self.form, self.move.draft, self.move.show, language)


def test_a_returning_company_finishes_the_filing_in_twelve_interactions() -> None:
    person = Person(PREEXAM, KNOWN).do(screens.AllFit(), screens.Agree(), screens.TakeAll()).finish().do(screens.Submit())
    assert person.stage is Stage.SUBMITTED
    assert person.did <= 12
    before = Person(PREEXAM, FACTS).do(screens.AllFit(), screens.Agree(), screens.TakeAll()).finish().do(screens.Submit())
    assert before.stage is Stage.SUBMITTED
    assert before.did + len(("/apply", "the programme")) <= 12


@pytest.mark.parametrize("id", sorted(forms()))
@pytest.mark.parametrize("choice", [0, 1, 2])
def test_every_programme_can_be_filled_in_and_handed_in(id: str, choice: int) -> None:
    person = Person(forms()[id]).begin().finish(choice).do(screens.Submit())
    assert isinstance(person.move.show[-1], screens.Submitted)


@pytest.mark.parametrize("id", sorted(forms()))
def test_every_screen_can_be_worded_in_every_language(id: str) -> None:
    person = Person(forms()[id], FACTS)
    for _ in range(80):
        for language in LANGUAGES:
            reply = person.reply(language)
            said = [WORDS.block(block, language).text for block in reply.blocks]
            labels = [choice.label if isinstance(choice.label, str) else WORDS.say(choice.label, language) for choice in reply.choices]
            assert all(text and "{" not in text and "???" not in text for text in (*said, *labels))
        if person.stage is Stage.SUBMITTED:
            return
        person.do(screens.Submit(), screens.AllFit(), screens.TakeAll(), screens.Agree(), screens.Continue())
        if person.stage is Stage.ELIGIBILITY:
            person.do(screens.Answer(Given(picks=("unsure",))))
        elif person.stage is Stage.STEPS:
            person.do(screens.Why()).answer(1)
    raise AssertionError("never handed in")


@pytest.mark.parametrize(("id", "offered"), [("anhui-patent-award", False), ("suzhou-patent-award", True)])
def test_paper_is_offered_where_the_programme_takes_paper(id: str, offered: bool) -> None:
    person = Person(forms()[id]).begin().until("application-form")
    assert (Text("choice-paper") in [choice.label for choice in person.reply().choices]) is offered


def test_whether_there_is_a_first_round_is_asked_before_any() -> None:
    person = Person(AWARD).begin().until("contacts.1.more")
    assert "轮" not in person.text()
    assert "第 1 轮：联系人" in person.say("是").text()


def test_lines_of_several_cells_are_shown_how_they_are_written() -> None:
    person = Person(AWARD).begin().until("overseas")
    assert "例如：日本，2024-05-06，已授权" in person.text()
    person.say("日本，2024-05-06，已授权", "完成")
    assert person.held["overseas"] == [{"country": "日本", "filed": "2024-05-06", "status": "已授权"}]


def test_nothing_is_handed_in_without_a_summary_and_consent_to_the_notice_that_holds() -> None:
    person = Person(PREEXAM, FACTS).do(screens.Submit(), screens.AllFit(), screens.Submit())
    assert person.stage is Stage.CONSENT
    person.do(screens.Agree(), screens.Submit(), screens.TakeAll(), screens.Submit())
    assert person.stage is Stage.STEPS
    person.finish()
    person.form = replace(PREEXAM, notice="v2")
    assert person.do(screens.Submit()).stage is Stage.CONSENT
    person.do(screens.Agree(), screens.Submit())
    assert person.move.draft.consent
    assert (person.stage, person.move.draft.consent.notice) == (Stage.SUBMITTED, "v2")


def test_what_is_known_is_offered_and_counts_only_when_taken() -> None:
    person = Person(PREEXAM, KNOWN).begin()
    assert "苏州某某科技有限公司" in person.text()
    assert not person.held
    person.do(screens.Decline())
    assert not person.held
    assert "以前填的是：苏州某某科技有限公司" in person.text()
    assert person.do(screens.Take()).held == {"org-name": "苏州某某科技有限公司"}


def test_what_is_known_but_no_longer_fits_is_not_offered() -> None:
    wrong: dict[str, Value] = {**KNOWN, "uscc": "91350100M000100Y44", "district": "shushan", "licence": [File("f", "a.pdf", 1).plain()]}
    entries = offered(PREEXAM, Person(PREEXAM, wrong).begin().move.draft, AIDS)
    assert {"uscc", "district", "licence"}.isdisjoint(entry.slot.id for entry in entries)


def test_what_is_sensitive_is_never_offered_again_and_shown_by_its_end_only() -> None:
    assert not Person(AID, {"id-no": "11010519491231002X", "sensitive-consent": True}).move.draft.known
    person = Person(AID).begin().do(screens.Answer(Given(picks=("person",)))).say("李娜", "是", "11010519491231002X")
    assert person.held["id-no"] == "11010519491231002X"
    person.do(screens.Back())
    assert "尾号 002X" in person.text()
    assert "11010519" not in person.text()


def test_who_does_not_consent_to_sensitive_data_goes_on_without_it() -> None:
    person = Person(AID).begin().do(screens.Answer(Given(picks=("person",)))).say("李娜", "否")
    assert person.asked == "contact-mobile"
    assert person.finish().do(screens.Submit()).stage is Stage.SUBMITTED


def test_an_answer_made_irrelevant_is_set_aside_told_and_comes_back() -> None:
    person = Person(PLEDGE).begin().until("claims-fees").say("是", "3万").finish(1)
    person.do(screens.Edit("claims-fees")).say("否")
    assert screens.Moved(("fees", "fee-proof"), ()) in person.move.show
    assert person.stage is Stage.SUMMARY
    assert "fees" not in {entry.slot.id for entry in summary(PLEDGE, person.move.draft)}
    assert set_aside(PLEDGE, person.held)["fees"] == "30000"
    person.do(screens.Edit("claims-fees")).say("是")
    assert person.stage is Stage.SUMMARY
    assert "已恢复：评估、担保等费用" in person.text()
    assert {entry.slot.id: entry.value for entry in summary(PLEDGE, person.move.draft)}["fees"] == "30000"


def test_any_answer_is_edited_from_the_summary_by_its_number_and_leads_back_there() -> None:
    person = Person(PREEXAM, FACTS).begin().do(screens.TakeAll()).finish().say("6")
    assert (person.asked, listens(PREEXAM, person.move.draft)) == ("contact-name", True)
    assert person.say("李娜").stage is Stage.SUMMARY
    assert person.held["contact-name"] == "李娜"
    assert person.say("6").do(screens.Keep()).stage is Stage.SUMMARY


def test_back_asks_the_question_before_and_keeps_its_answer_until_another_comes() -> None:
    person = Person(PREEXAM).begin().say("甲公司", "91350100M000100Y43").do(screens.Back())
    assert (person.asked, person.held["uscc"]) == ("uscc", "91350100M000100Y43")
    person.do(screens.Back())
    assert person.asked == "org-name"
    assert person.do(screens.Back()).move.show[0] == screens.NothingBefore()
    assert person.say("乙公司").asked == "district"


def test_rounds_go_on_as_long_as_the_person_wants_and_shrink_without_loss() -> None:
    form = forms()["high-value-patents"]
    person = Person(form).begin().until("partners.1.partner").say("某大学", "高校", "是", "某研究院", "科研院所", "否")
    assert person.asked == "patents"
    assert [id for id in person.held if id.startswith("partners.2")] == ["partners.2.more", "partners.2.partner", "partners.2.partner-type"]
    person.do(screens.Edit("partners.2.more")).say("否")
    assert set(set_aside(form, person.held)) >= {"partners.2.partner", "partners.2.partner-type"}
    person.do(screens.Edit("partners.2.more")).say("是")
    assert person.held["partners.2.partner"] == "某研究院"


def test_pieces_given_so_far_survive_leaving_the_question() -> None:
    person = Person(PLEDGE).begin().until("rights").say("12345678").do(screens.Back()).do(screens.Keep())
    assert "已收到：12345678" in person.text()
    person.say("87654321", "完成")
    assert person.held["rights"] == [{"number": "12345678"}, {"number": "87654321"}]


def test_a_button_of_an_earlier_question_changes_nothing_and_shows_the_current_one() -> None:
    person = Person(PREEXAM).begin()
    old = person.reply().choices[0]
    person.say("甲公司")
    before = person.move.draft
    found = drawn.pressed(old.data)
    assert found
    move = advance(PREEXAM, before, found[2], AIDS, NOW, found[1])
    assert move.draft == before
    assert [type(show) for show in move.show] == [screens.Stale, screens.Ask]


def test_leaving_keeps_everything_and_only_deleting_deletes() -> None:
    person = Person(PREEXAM).begin().say("甲公司", "取消")
    assert isinstance(person.move.show[-1], screens.Away)
    assert person.say("乙公司").held == {"org-name": "甲公司"}
    assert person.say("继续").asked == "uscc"
    assert person.do(screens.Discard()).held == {"org-name": "甲公司"}
    assert not person.do(screens.Cancel(), screens.Discard()).held
    assert person.stage is Stage.DISCARDED


def test_whoever_leaves_before_any_answer_is_not_told_that_something_is_kept() -> None:
    person = Person(PREEXAM).do(screens.Later())
    assert person.move.show[-1] == screens.Away(cancelled=False, blank=True)
    assert drawn.draw(PREEXAM, person.move.draft, person.move.show, "zh-CN").blocks == (Text("form-saved-blank"),)
    after = Person(PREEXAM).begin().say("甲公司", "取消")
    assert after.move.show[-1] == screens.Away(cancelled=True)


def test_words_that_are_no_answer_leave_room_for_something_else_and_the_same_screen() -> None:
    person = Person(PREEXAM)
    refused = advance(PREEXAM, person.move.draft, screens.Answer(Given("苏州质押融资目标是多少")), AIDS, NOW)
    move = between(refused, PREEXAM, AIDS)
    assert move is not None
    assert [type(show) for show in move.show] == [screens.Between, screens.Overview]
    assert move.draft == person.move.draft
    taken = advance(PREEXAM, person.move.draft, screens.Answer(Given("是")), AIDS, NOW)
    assert between(taken, PREEXAM, AIDS) is None


def test_starting_anew_offers_what_was_filled_in() -> None:
    person = Person(PREEXAM).begin().say("甲公司").do(screens.Restart())
    assert (person.stage, person.move.draft.consent, dict(person.held)) == (Stage.ELIGIBILITY, None, {})
    assert person.begin().do(screens.TakeAll()).held["org-name"] == "甲公司"


def test_an_optional_question_is_left_out_by_a_tap_or_by_saying_none() -> None:
    person = Person(PREEXAM).begin().until("postcode").say("无")
    assert (person.asked, person.held["postcode"]) == ("contact-name", None)


def test_who_passes_over_what_is_needed_hears_that_it_is() -> None:
    person = Person(PREEXAM).begin().until("contact-name").do(screens.Skip())
    assert (person.asked, person.move.show[0]) == ("contact-name", screens.Problem(Text("refused-required")))


def test_staff_have_only_what_they_named_asked_again() -> None:
    person = Person(PREEXAM, FACTS).begin().do(screens.TakeAll()).finish().do(screens.Submit())
    draft = correct(person.move.draft, {"licence": "看不清", "uscc": "与执照不符"}, NOW)
    person.move = Move(draft, ())
    assert person.do(screens.Why()).asked == "uscc"
    assert "需要补正：与执照不符" in person.text()
    assert person.do(screens.Keep()).asked == "uscc"
    assert person.say("91350100M000100Y43").asked == "licence"
    assert person.answer(2).stage is Stage.SUMMARY
    assert person.do(screens.Submit()).stage is Stage.SUBMITTED


def changed(form: Form, **changes: Any) -> Form:
    return replace(form, version=form.version + 1, **changes)


def test_answers_survive_a_change_of_the_programme() -> None:
    person = Person(PREEXAM, FACTS).begin().do(screens.TakeAll()).finish()
    new = Step("shareholders", "number", words="field-researchers", why="eligible", grade="B")
    person.form = changed(PREEXAM, parts=(*(part for part in PREEXAM.parts if isinstance(part, Step) and part.key != "ip-team"), new))
    person.do(screens.Resume())
    assert isinstance(person.move.show[0], screens.Changed)
    assert (person.move.show[0].aside, [slot.id for slot in person.move.show[0].added]) == (("ip-team",), ["shareholders"])
    assert (person.asked, person.held["ip-team"]) == ("shareholders", FACTS["ip-team"])


def test_an_answer_that_no_longer_fits_its_question_is_asked_anew_and_kept_aside() -> None:
    person = Person(PREEXAM, FACTS).begin().do(screens.TakeAll()).finish()
    parts = tuple(
        replace(part, options=("university", "institute")) if isinstance(part, Step) and part.key == "org-type" else part
        for part in PREEXAM.parts
    )
    person.form = changed(PREEXAM, parts=parts)
    assert person.do(screens.Submit()).asked == "org-type"
    assert set_aside(person.form, person.held) == {"org-type@1": "enterprise"}


def test_a_summary_shown_before_a_change_is_shown_again_before_it_is_handed_in() -> None:
    person = Person(PREEXAM, FACTS).begin().do(screens.TakeAll()).finish()
    person.form = changed(PREEXAM, parts=tuple(part for part in PREEXAM.parts if isinstance(part, Step) and part.key != "ip-team"))
    assert person.do(screens.Submit()).stage is Stage.SUMMARY
    assert person.do(screens.Submit()).stage is Stage.SUBMITTED


def test_leaving_works_at_once_though_the_programme_changed() -> None:
    person = Person(PREEXAM).begin().say("甲公司")
    person.form = changed(PREEXAM, parts=PREEXAM.parts[1:])
    assert person.do(screens.Cancel()).move.draft.away
    assert person.held["org-name"] == "甲公司"


@pytest.mark.parametrize(("key", "typed"), [("ip-team", True), ("researchers", True), ("org-type", False), ("fee-reduced", False)])
def test_a_bare_number_is_an_answer_where_words_are_taken(key: str, typed: bool) -> None:
    assert listens(PREEXAM, Person(PREEXAM).begin().until(key).move.draft) is typed


@pytest.mark.parametrize("data", ["", "d1", "d1 x back", "d1 1 fly", "d1 1 change x", "d1 ١ back", "a b c d e f"])
def test_data_of_no_choice_of_ours_is_none(data: str) -> None:
    assert drawn.pressed(data) is None


def test_an_end_before_its_beginning_is_asked_for_again() -> None:
    person = Person(PLEDGE).begin().until("loan-start").say("2026-03-01")
    person.say("2026-02-28")
    assert (person.asked, person.move.show[0]) == (
        "loan-end",
        screens.Problem(Text("refused-date-early", {"begun": date(2026, 3, 1), "given": date(2026, 2, 28)})),
    )
    assert person.say("2026-03-01").asked == "rate"


def test_a_beginning_moved_behind_its_end_asks_for_the_end_again() -> None:
    person = Person(PLEDGE).begin().until("loan-start").say("2026-03-01", "2027-02-28", "3.5%")
    person.do(screens.Edit("loan-start")).say("2027-03-01")
    assert person.asked == "loan-end"
    person.do(screens.Answer(Given("2028-02-28")))
    assert (person.held["loan-end"], person.held["rate"]) == ("2028-02-28", "3.5")


def test_a_beginning_moved_before_its_end_leaves_it_alone() -> None:
    person = Person(PLEDGE).begin().until("loan-start").say("2026-03-01", "2027-02-28")
    assert person.do(screens.Edit("loan-start")).say("2026-04-01").asked == "rate"

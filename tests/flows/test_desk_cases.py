"""What staff may do with an application, and when there is nothing left to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.clock import FixedClock
from tests.flows.applicants import FEE, Somebody
from tests.flows.conftest import People


@pytest.fixture
def applicant(people: People) -> Somebody:
    return Somebody(people, "张敏")


@pytest.fixture
async def reviewer(people: People) -> Somebody:
    found = Somebody(people, "李审核")
    await found.say("/staff CODE:reviewer")
    return found


async def test_an_application_taken_back_is_not_to_be_claimed(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    assert "下一页" not in await reviewer.say("/review", "[新件（1）]"), "there is one page"
    assert "[接手]" in await reviewer.say("[查看…]")
    await applicant.say("/applications", "[查看…]", "[撤回申报]", "[确定撤回]")
    assert "这次操作没有生效" in await reviewer.say("[接手]")
    said = await reviewer.say("[查看…]")
    assert "已撤回" in said
    assert "[接手]" not in said


async def test_an_application_under_review_is_not_taken_back_with_a_button_from_before(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    assert "确定吗" in await applicant.say("/applications", "[查看…]", "[撤回申报]")
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[形式审查]", "[确定]")
    for button in ("[确定撤回]", "[撤回申报]"):
        assert "现在是“形式审查”，不能再撤回" in await applicant.say(button)
    assert "形式审查" in await applicant.say("[查看…]")


async def test_a_decision_offered_before_the_end_asks_nothing_after_it(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[不予受理]", "[确定]")
    assert "这次操作没有生效" in await reviewer.say("[备案通过]")


async def test_a_correction_that_staff_end_leaves_nothing_to_mend(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[待补正]", "[手机]", "选好了", "停机")
    assert "手机" in await applicant.say("[现在补正]")
    assert "已改为" in await reviewer.say("[查看…]", "[已终止]", "[确定]")
    assert "已经提交" in await applicant.say("13900001111")
    assert "继续填" not in await applicant.say("/applications")


async def test_a_correction_handed_in_stands_in_the_applicants_own_history(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[待补正]", "[手机]", "选好了", "停机")
    assert "补正已提交" in await applicant.say("[现在补正]", "13900001111", "[提交]")
    events = (await applicant.say("/applications", "[查看…]")).split("\n")
    assert [line.rpartition("　")[2] for line in events if "　" in line] == ["已提交，待受理", "待补正", "已补正"]


async def choosing(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[待补正]")


async def test_a_reason_written_before_choosing_is_done_is_held_until_it_is_confirmed(applicant: Somebody, reviewer: Somebody) -> None:
    await choosing(applicant, reviewer)
    await reviewer.say("[手机]")
    said = await reviewer.say("苏州这个号码停机了")
    assert "这句就是补正原因吗" in said
    assert "手机" in said
    assert "苏州这个号码停机了" in said
    assert "待补正" not in await applicant.say("/applications")
    assert "已改为“待补正”" in await reviewer.say("[发出补正通知]")
    assert "苏州这个号码停机了" in await applicant.say("/applications", "[查看…]")


async def test_more_may_be_chosen_after_the_reason_was_written_too_early(applicant: Somebody, reviewer: Somebody) -> None:
    await choosing(applicant, reviewer)
    await reviewer.say("[手机]", "停机了", "[接着选]", "[备案年度]", "选好了")
    assert "已改为“待补正”" in await reviewer.say("号码停机，年度不对")


async def test_words_before_anything_is_chosen_are_not_looked_up(applicant: Somebody, reviewer: Somebody) -> None:
    await choosing(applicant, reviewer)
    said = await reviewer.say("苏州质押融资的目标是多少")
    assert "先选要补正的内容" in said
    assert "[手机]" in said
    assert await undecided(applicant)


async def test_whoever_has_an_application_hears_that_its_correction_came_in(
    applicant: Somebody, reviewer: Somebody, people: People
) -> None:
    colleague = Somebody(people, "王审核")
    await colleague.say("/staff CODE:reviewer")
    await choosing(applicant, reviewer)
    await reviewer.say("[手机]", "选好了", "停机")
    heard = await applicant.say("[现在补正]", "13900001111", "[提交]")
    assert heard.count("补正已提交，请接着审核") == 1, "and not each colleague"
    assert "已补正" in await reviewer.say("[查看…]")


async def asked_for_a_note(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]")
    assert "需要附言就直接写" in await reviewer.say("[已受理]")


async def undecided(applicant: Somebody) -> bool:
    return "已受理" not in await applicant.say("/applications")


@pytest.mark.parametrize("elsewhere", ["/windows", "[浏览文件]"])
async def test_what_is_typed_after_turning_to_something_else_is_no_note(applicant: Somebody, reviewer: Somebody, elsewhere: str) -> None:
    await reviewer.say("/help")
    await asked_for_a_note(applicant, reviewer)
    await reviewer.say(elsewhere)
    assert "已改为" not in await reviewer.say("苏州质押融资的目标是多少")
    assert await undecided(applicant)


async def test_what_is_typed_much_later_is_no_note(applicant: Somebody, reviewer: Somebody, clock: FixedClock) -> None:
    await asked_for_a_note(applicant, reviewer)
    clock.at += timedelta(minutes=31)
    assert "什么都没有改" in await reviewer.say("苏州质押融资的目标是多少")
    assert await undecided(applicant)
    assert "已改为" not in await reviewer.say("苏州质押融资的目标是多少"), "nor the next time"


@pytest.mark.parametrize("said", ["取消。", "取消吧", "算了", "/stop", "/quit", "不要了"])
async def test_who_thinks_better_of_it_decides_nothing(applicant: Somebody, reviewer: Somebody, said: str) -> None:
    await asked_for_a_note(applicant, reviewer)
    assert "已取消" in await reviewer.say(said)
    assert await undecided(applicant)


async def test_a_note_to_what_changed_meanwhile_is_not_sent(applicant: Somebody, reviewer: Somebody, people: People) -> None:
    await asked_for_a_note(applicant, reviewer)
    colleague = Somebody(people, "王审核")
    receipt = re.search(r"ZC-[\w-]+", await applicant.say("/applications"))
    assert receipt
    await colleague.say("/staff CODE:reviewer", f"/review {receipt[0]}", "[接手]")
    assert "刚有变动" in await reviewer.say("材料齐全")
    assert await undecided(applicant)


async def test_a_quick_applicant_s_answers_are_all_taken(applicant: Somebody, people: People) -> None:
    people.talk.terminal.limits = replace(people.talk.terminal.limits, heard_from_person=20, heard_from_chat=60)
    await applicant.say(*FEE)
    for number in range(10):
        await applicant.say("上一步", f"139000011{number:02}")
    assert "1109" in await applicant.say("[交纸质材料]"), "the answer to the twenty-seventh message"


async def test_a_question_too_many_says_that_it_was_not_taken(applicant: Somebody, people: People) -> None:
    people.talk.terminal.limits = replace(people.talk.terminal.limits, heard_from_person=20, heard_from_chat=60)
    heard = [await applicant.say("苏州质押融资的目标是多少") for _ in range(22)]
    assert "刚才这条没有收下。请过 60 秒" in heard[20]
    assert heard[21] == ""


async def asked_for_a_reason(applicant: Somebody, reviewer: Somebody, ask: str) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", *ask.split())


@pytest.mark.parametrize("said", ["file:licence.pdf", "长" * 501])
async def test_a_correction_goes_with_words_of_bearable_length(applicant: Somebody, reviewer: Somebody, said: str) -> None:
    """A picture without words would reach the applicant as a correction without a reason."""
    await asked_for_a_reason(applicant, reviewer, "[待补正] [手机] 选好了")
    assert "500" in await reviewer.say(said)
    assert "待补正" not in await applicant.say("/applications")
    assert "已改为" in await reviewer.say("停机"), "it is still asked for"


async def test_words_after_a_decision_are_a_question_again(applicant: Somebody, reviewer: Somebody) -> None:
    await asked_for_a_note(applicant, reviewer)
    assert "已改为" in await reviewer.say("材料齐全")
    assert "质押融资" in await reviewer.say("苏州质押融资的目标是多少")


async def test_a_reason_reveals_once_and_the_next_words_are_a_question_again(applicant: Somebody, reviewer: Somebody) -> None:
    await asked_for_a_reason(applicant, reviewer, "[查看完整信息]")
    assert "13812345678" in await reviewer.say("电话核实")
    said = await reviewer.say("苏州质押融资的目标是多少")
    assert "质押融资" in said
    assert "13812345678" not in said

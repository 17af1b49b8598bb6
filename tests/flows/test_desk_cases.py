"""What staff may do with an application, and when there is nothing left to do."""

from __future__ import annotations

import pytest

from tests.flows.applicants import Somebody
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
    assert "[接手]" in await reviewer.say("/review", "[新件（1）]", "[查看…]")
    await applicant.say("/applications", "[查看…]", "[撤回申报]", "[确定撤回]")
    assert "这次操作没有生效" in await reviewer.say("[接手]")
    said = await reviewer.say("[查看…]")
    assert "已撤回" in said
    assert "[接手]" not in said


async def test_a_correction_that_staff_end_leaves_nothing_to_mend(applicant: Somebody, reviewer: Somebody) -> None:
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[待补正]", "[手机]", "选好了", "停机")
    assert "手机" in await applicant.say("[现在补正]")
    assert "已改为" in await reviewer.say("[查看…]", "[已终止]", "[确定]")
    assert "已经提交" in await applicant.say("13900001111")
    assert "继续填" not in await applicant.say("/applications")

"""A programme is switched off in the middle of a dialog: nothing is lost, nobody is left without a word, and it goes on where it was."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.clock import FixedClock
from bot.core.platform import Limits
from bot.storage import drafts, privacy, programmes
from bot.storage.database import Database
from bot.storage.privacy import Retention
from bot.words import Words
from handlers.forms.pauses import Pauses
from handlers.telling import Teller
from tests.flows.applicants import FEE, Somebody
from tests.flows.conftest import People

OFF = ("/programmes", "[专利费用减缴备案]", "[暂停申报]", "当年名额已满", "[确定暂停]")
ON = ("/programmes", "[已暂停：专利费用减缴备案]", "[恢复申报]")


@pytest.fixture
def applicant(people: People) -> Somebody:
    return Somebody(people, "张敏")


@pytest.fixture
async def editor(people: People) -> Somebody:
    found = Somebody(people, "陈编辑")
    await found.say("/staff CODE:editor")
    return found


@pytest.fixture
def pauses(database: Database, words: Words, clock: FixedClock) -> Pauses:
    return Pauses(database, Teller(words, {"hall": Limits(text=4096, buttons=20)}), clock, ZoneInfo("Asia/Shanghai"))


async def test_an_answer_on_its_way_is_kept_and_the_dialog_goes_on_later(applicant: Somebody, editor: Somebody) -> None:
    await applicant.say(*FEE[:-1])
    assert "已暂停申报" in await editor.say(*OFF)
    said = await applicant.say(FEE[-1])
    assert all(word in said for word in ("暂停申报", "当年名额已满", "刚才的回答已经记下", "不会到期"))
    assert "刚才" not in await applicant.say("继续")
    assert "没有找到" not in (again := await applicant.say("/apply 费用减缴"))
    assert "当年名额已满" in again
    assert "已恢复" in await editor.say(*ON)
    assert "法人证书" in await applicant.say("继续"), "the phone number was taken"


async def test_nothing_is_handed_in_while_it_is_off(applicant: Somebody, editor: Somebody, database: Database) -> None:
    await applicant.say(*FEE, "[交纸质材料]")
    await editor.say(*OFF)
    assert "暂停申报" in await applicant.say("[提交]")
    async with database.read() as connection:
        assert len(await drafts.of_person(connection, "hall", "张敏")) == 1
    await editor.say(*ON)
    assert "都填好了" in await applicant.say("继续")
    assert "受理编号" in await applicant.say("[提交]")


async def test_a_file_sent_meanwhile_is_kept_and_leaving_and_deleting_work(
    applicant: Somebody, editor: Somebody, database: Database
) -> None:
    await applicant.say(*FEE)
    await editor.say(*OFF)
    assert "刚才的回答已经记下" in await applicant.say("file:licence.pdf")
    async with database.read() as connection:
        (draft,) = await drafts.of_person(connection, "hall", "张敏")
        assert [file.name for file in await drafts.files(connection, draft)] == ["licence.pdf"]
    assert "删除后不能恢复" in await applicant.say("[删除草稿]")
    assert "已删除" in await applicant.say("[删除草稿]")


async def test_people_with_drafts_hear_of_both_and_their_time_stands_still(
    applicant: Somebody, editor: Somebody, pauses: Pauses, database: Database, clock: FixedClock
) -> None:
    await applicant.say(*FEE[:-1], "稍后")
    await editor.say(*OFF)
    for _ in range(2):
        await pauses.tick()
    clock.at += timedelta(days=200)
    assert not (await database.write(lambda on: privacy.expire(on, clock.at, Retention(), dry_run=False))).counts["drafts"]
    assert (await editor.say("/review")).count("当年名额已满") == 1, "told once"
    await editor.say(*ON)
    await pauses.tick()
    await pauses.tick()
    heard = await editor.say("/programmes")
    assert heard.count("恢复申报了") == 1
    assert "手机" in await applicant.say("[继续填写]")


async def test_corrections_go_on_while_it_is_off(applicant: Somebody, editor: Somebody, people: People, pauses: Pauses) -> None:
    reviewer = Somebody(people, "李审核")
    await reviewer.say("/staff CODE:reviewer")
    await applicant.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[待补正]", "[手机]", "选好了", "停机")
    await editor.say(*OFF)
    await pauses.tick()
    await applicant.say("[现在补正]", "13900001111")
    assert "补正已提交" in await applicant.say("[提交]")


async def test_whoever_may_not_switch_changes_nothing(applicant: Somebody, people: People, database: Database) -> None:
    assert "没有这个命令" in await applicant.say("/programmes")
    reviewer = Somebody(people, "李审核")
    await reviewer.say("/staff CODE:reviewer")
    assert "不能做这一步" in await reviewer.say("/programmes")
    async with database.read() as connection:
        assert await programmes.off(connection) == {}


async def test_of_two_who_switch_at_once_one_does(editor: Somebody, people: People, database: Database) -> None:
    other = Somebody(people, "赵负责")
    await other.say("/staff CODE:owner")
    for who in (editor, other):
        await who.say(*OFF[:-1])
    assert "已暂停申报" in await editor.say("[确定暂停]")
    assert "刚刚有人已经改过了" in await other.say("[确定暂停]")
    async with database.read() as connection:
        assert await programmes.off(connection) == {"fee-reduction": "当年名额已满"}

"""A colleague takes over with a one-time code, and one person on two platforms has one set of everything."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import files_of
from bot.core.clock import FixedClock
from bot.settings import Settings
from bot.storage import applications, audit, drafts, subjects
from bot.storage.database import Database
from handlers import person
from tests.conftest import Do
from tests.flows.applicants import FEE, Somebody
from tests.flows.conftest import FILES, People

OFFER_ALL = ("/applications", "[交给同事]")


@pytest.fixture
def giver(people: People) -> Somebody:
    return Somebody(people, "张敏")


@pytest.fixture
def taker(people: People) -> Somebody:
    return Somebody(people, "王工")


@pytest.fixture
async def reviewer(people: People) -> Somebody:
    found = Somebody(people, "李审核")
    await found.say("/staff CODE:reviewer")
    return found


def code_in(said: str) -> str:
    found = re.search(r"(?:一次性码|连接码)：([\w-]{20,})", said)
    assert found, said
    return found[1]


async def given(giver: Somebody, which: str = "[专利费用减缴备案]") -> str:
    return code_in(await giver.say(*OFFER_ALL, which))


async def actions(database: Database) -> list[str]:
    async with database.read() as connection:
        assert not (await audit.verify(connection)).broken
        return list((await connection.execute(text("select action from auditentry order by number"))).scalars())


# ---- a colleague ----


async def test_a_colleague_goes_on_with_the_same_draft_and_the_first_person_is_told(
    giver: Somebody, taker: Somebody, database: Database, tmp_path: Path, do: Do
) -> None:
    await giver.say(*FEE, "file:licence.pdf", "稍后")
    code = await given(giver)
    asked = await taker.say(f"/code {code}")
    assert "接手这份申报：专利费用减缴备案" in asked
    done = await taker.say("[接着办]")
    assert "→ 张敏" in done
    assert "已由同事用您给的码接手" in done
    assert "同意后开始填写" in await taker.say("[继续填写]"), "they agree for themselves"
    assert "已收到：licence.pdf" in await taker.say("[同意并开始]"), "the very question it was left at"
    assert "您还没有申报" in await giver.say("/applications")
    assert "交给同事" in await giver.say("[继续填写]")
    summary = await taker.say("[完成]")
    assert "13812345678" in summary
    assert "受理编号" in await taker.say("[提交]")
    assert "application-given" in await actions(database)

    # Whoever gave it away may leave: nothing of it goes along.
    await giver.say("/delete_me", "[确定删除]")
    subject = await do(subjects.of, "hall", "王工")
    (known,) = await do(applications.of_subject, subject)
    (file,) = (await do(applications.own, subject, known.id)).files
    key = await do(drafts.key_of, file.subject)
    folder = files_of(Settings(_env_file=None, data_dir=tmp_path))
    assert b"".join(folder.read(file.path, key, drafts.place_of_bytes(file.id))) == (FILES / "licence.pdf").read_bytes()
    assert len(list((tmp_path / "files").iterdir())) == 1


async def test_an_application_under_review_changes_hands_with_its_correction(giver: Somebody, taker: Somebody, reviewer: Somebody) -> None:
    await giver.hand_in()
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[待补正]", "[手机]", "选好了", "停机")
    code = code_in(await giver.say("/applications", "[查看…]", "[交给同事]"))
    await taker.say(f"/code {code}", "[接着办]")
    assert "停机" in await taker.say("[继续填写]", "[同意并开始]")
    await taker.say("13900001111")
    assert "补正已提交" in await taker.say("[提交]")
    history = await reviewer.say("[查看…]")
    assert "换了经办人（申报人）" in history
    assert "139****1111" in history
    assert "→ 王工" in await reviewer.say("[已受理]", "[确定]")
    assert "不在这里了" in await giver.say("[撤回申报]")


async def test_nothing_that_is_over_is_given_away(giver: Somebody, taker: Somebody, reviewer: Somebody) -> None:
    await giver.hand_in()
    code = code_in(await giver.say("/applications", "[查看…]", "[交给同事]"))
    await giver.say("[撤回申报]") if "[撤回申报]" in (shown := await giver.say("/applications", "[查看…]")) else None
    assert "[交给同事]" in shown
    await giver.say("[确定撤回]")
    assert "不能再接手" in await taker.say(f"/code {code}")
    assert "[交给同事]" not in await giver.say("/applications")
    assert "[交给同事]" not in await giver.say("[查看…]")


async def test_a_code_works_once_for_a_day_and_for_nobody_twice(
    giver: Somebody, taker: Somebody, people: People, clock: FixedClock
) -> None:
    await giver.say(*FEE, "稍后")
    first, second = await given(giver), await given(giver)
    assert "码不对" in await taker.say(f"/code {first}"), "a new one makes the earlier one void"
    assert "本来就在您这里" in await giver.say(f"/code {second}")
    clock.at += timedelta(hours=24)
    assert "已过期" in await taker.say(f"/code {second}")
    third = await given(giver)
    other = Somebody(people, "赵六")
    assert "接手这份" in await other.say(f"/code {third}")
    await taker.say(f"/code {third}", "[接着办]")
    assert "已经用过" in await other.say("[接着办]")
    voided = await given(taker)
    assert "已作废" in await taker.say("[作废这个码]")
    assert "码不对" in await other.say(f"/code {voided}")


async def test_whoever_guesses_is_not_heard_for_an_hour(giver: Somebody, taker: Somebody) -> None:
    await giver.say(*FEE, "稍后")
    code = await given(giver)
    for _ in range(5):
        assert "码不对" in await taker.say("/code guessed-guessed-guessed")
    assert "输错太多次" in await taker.say(f"/code {code}")


async def test_a_draft_that_moved_on_meanwhile_is_not_taken_over_by_its_half(giver: Somebody, taker: Somebody, database: Database) -> None:
    await giver.say(*FEE)
    code = await given(giver)
    await taker.say(f"/code {code}")
    await giver.say("[继续填：专利费用减缴备案]", "file:licence.pdf")
    await taker.say("[接着办]")
    assert "已收到：licence.pdf" in await taker.say("[继续填写]", "[同意并开始]")
    async with database.read() as connection:
        assert await drafts.of_person(connection, "hall", "张敏") == []


async def test_whoever_has_three_drafts_finishes_one_first(giver: Somebody, taker: Somebody) -> None:
    for words in ("质押", "高价值", "马德里"):
        said = await taker.say(f"/apply {words}")
        name = next(label for label in re.findall(r"\[([^\]]+)\]", said) if not label.startswith("继续填"))
        await taker.say(f"[{name}]")
    await giver.say(*FEE, "稍后")
    code = await given(giver)
    assert "同时最多填 3 份" in await taker.say(f"/code {code}")


# ---- one person, two platforms ----


@pytest.fixture
def here(people: People) -> Somebody:
    return Somebody(people, "张敏")


@pytest.fixture
def there(lobby: People) -> Somebody:
    return Somebody(lobby, "zhang")


async def linked(here: Somebody, there: Somebody) -> str:
    code = code_in(await here.say("/link", "[取连接码]"))
    await there.say(f"/code {code}")
    return await there.say("[是我，合并]")


async def test_after_linking_drafts_files_and_applications_are_the_same_on_both(
    here: Somebody, there: Somebody, database: Database, tmp_path: Path, do: Do
) -> None:
    await there.hand_in()
    await there.say(*FEE[:4], "[重新填]", *FEE[4:], "file:licence.pdf", "稍后")
    await here.say("/apply 质押", "[知识产权质押融资贴息或奖励]", "稍后")
    code = code_in(await here.say("/link", "[取连接码]"))
    asked = await there.say(f"/code {code}")
    assert "1 份草稿、1 份申报" in asked
    assert "已连接" in await there.say("[是我，合并]")
    assert "连到了这里" in (heard := await here.say("/applications"))
    assert all(name in heard for name in ("[继续填：专利费用减缴备案]", "[继续填：知识产权质押融资贴息或奖励]", "已提交"))
    assert "已收到：licence.pdf" in await here.say("[继续填：专利费用减缴备案]")
    assert len(list((tmp_path / "files").iterdir())) == 1
    assert "受理编号" in await here.say("[完成]", "[提交]")
    assert (await there.say("/applications")).count("已提交") == 2
    assert "person-linked" in await actions(database)
    told = await do(person.export, "lobby", "zhang")
    assert (len(told["applications"]), len(told["drafts"]), told["linked"]) == (2, 1, [{"platform": "hall", "user": "张敏"}])
    async with database.read() as connection:
        keys = (await connection.execute(text("select count(*) from sealingkey where name like 'subject:%'"))).scalar_one()
    assert keys == 1, "the other one's key is gone, and nothing needs it"


async def test_the_same_draft_answered_on_both_at_once_is_answered_once(here: Somebody, there: Somebody) -> None:
    await here.say(*FEE[:-1])
    assert "已连接" in await linked(here, there)
    assert "手机" in await there.say("[继续填：专利费用减缴备案]") if "继续填" in await there.say("/applications") else False
    assert "法人证书" in await there.say(FEE[-1])
    assert "这是前面的选项" in await here.say("[跳过]")
    assert "都填好了" in await here.say("[交纸质材料]")


async def test_deleting_oneself_on_one_platform_deletes_on_the_other(here: Somebody, there: Somebody, database: Database, do: Do) -> None:
    await there.hand_in()
    await linked(here, there)
    asked = await here.say("/delete_me")
    assert "连接的平台上的也一起删除" in asked
    assert "1 份申报会撤回" in asked
    await here.say("[确定删除]")
    assert "您还没有申报" in await there.say("/applications")
    assert await do(subjects.of, "lobby", "zhang") == ""
    async with database.read() as connection:
        assert (await connection.execute(text("select count(*) from sealingkey where name like 'subject:%'"))).scalar_one() == 0


async def test_unlinked_again_everything_stays_where_it_was_unlinked(here: Somebody, there: Somebody, reviewer: Somebody) -> None:
    await there.hand_in()
    await linked(here, there)
    assert "已断开" in await here.say("/link", "[断开：lobby]")
    assert "您还没有申报" in await there.say("/applications")
    assert "已提交" in await here.say("/applications")
    await reviewer.say("/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[已受理]")
    assert "→ 张敏" in await reviewer.say("[确定]"), "whatever is decided is told where the application is"


async def test_a_link_code_is_for_another_platform_and_tells_what_it_means(here: Somebody, there: Somebody) -> None:
    code = code_in(await here.say("/link", "[取连接码]"))
    assert "已经是同一个人" in await here.say(f"/code {code}")
    assert "只有码是您自己取的才继续" in await there.say(f"/code {code}")
    assert "什么都没有改" in await there.say("[先不]")
    assert "只在这里" in await there.say("/link")

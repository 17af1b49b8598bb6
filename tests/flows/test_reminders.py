"""What staff and colleagues do with reminders, where a transcript cannot hold what is random or many."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import alerting
from bot.core.clock import FixedClock
from bot.storage.database import Database
from bot.storage.reminder_tables import ReminderPlace
from bot.words import Words
from reminders import catchup, own, plan
from reminders.alerts import alerts
from reminders.schedule import Kind
from reminders.window import CutOff, Level
from tests.flows.conftest import People
from tests.flows.hall import Hall
from tests.storage.test_reminders import TERMS, WINDOW, at, bulk, publish, sent, states


async def said(people: People, member: str, line: str) -> str:
    return "\n".join(await people.talk.say_in_group(member, await people.filled_in(line), reply=False))


async def missed(database: Database, clock: FixedClock) -> None:
    """More reminders than go out unseen when they are late, for nine o'clock of the 30th."""
    window = replace(WINDOW, opens=None, cutoffs=(CutOff(Level.CITY, date(2026, 12, 1)),))
    await bulk(database, await publish(database, window, now=clock.at), catchup.MANY + 1, at("2026-11-30 09:00"))


async def alert(database: Database, clock: FixedClock) -> None:
    """As the service does every quarter of a minute."""

    async def job(connection: AsyncConnection) -> None:
        found = await alerts(connection, TERMS, clock.at)
        await alerting.tell(connection, Words.open(), {"hall": Hall.limits}, clock.at, found)

    await database.write(job)


async def test_staff_hear_of_what_an_outage_left_and_decide_in_the_chat(people: People, database: Database, clock: FixedClock) -> None:
    await said(people, "编辑", "/staff CODE:editor")
    await said(people, "王工", "/help")
    await missed(database, clock)
    assert await people.talk.at("2026-11-30 12:00") == []
    await alert(database, clock)
    told = "\n".join(await people.talk.at("2026-11-30 12:01"))
    assert told.startswith("→ 编辑\n服务中断过，有 201 条提醒晚了，已先留住，没有发。")
    assert "[看一看]" in told and "王工" not in told
    shown = await said(people, "编辑", "[看一看]")
    assert "· 专利奖：201 条，最早的原定 2026年11月30日（周一）09:00" in shown
    assert "录入和修改窗口要有“编辑”角色" in await said(people, "王工", "/catchup")
    assert await said(people, "编辑", "[发出]") == "好，201 条正在发出；过了用处的不发。"
    assert "已经有人处理过了" in await said(people, "编辑", "[都不发]")
    await people.talk.at("2026-11-30 12:02")
    assert await states(database) == {"done": 201}
    late = [each for each in await sent(database) if "这条提醒晚到了，原定 2026年11月30日（周一）09:00" in each[2]]
    assert len(late) == 201


async def test_a_button_of_one_outage_decides_nothing_of_the_next(people: People, database: Database, clock: FixedClock) -> None:
    await said(people, "编辑", "/staff CODE:editor")
    await missed(database, clock)
    await people.talk.at("2026-11-30 12:00")
    await said(people, "编辑", "/catchup")
    async with database.read() as connection:
        (first,) = await catchup.plans(connection)
    await database.write(partial(catchup.release, id=first.id, by="staff:2", now=clock.at, approve=False))
    async with database.read() as connection:
        ids = list((await connection.execute(select(ReminderPlace.__table__.c.id))).scalars())
    due = at("2026-11-30 10:00")
    await database.write(partial(plan.put, rows=[plan.row(f"p{id}.again", id, Kind.SNOOZE, due) for id in ids]))
    await people.talk.at("2026-11-30 12:01")
    assert "已经有人处理过了" in await said(people, "编辑", "[发出]")
    async with database.read() as connection:
        waiting = await catchup.waiting(connection)
    assert waiting and waiting.held == len(ids)


async def test_what_staff_refuse_is_dropped(people: People, database: Database, clock: FixedClock) -> None:
    await said(people, "编辑", "/staff CODE:editor")
    await missed(database, clock)
    await people.talk.at("2026-11-30 12:00")
    await said(people, "编辑", "/catchup")
    assert await said(people, "编辑", "[都不发]") == "好，201 条都不发了。"
    assert "没有留住的提醒" in await said(people, "编辑", "/catchup")
    async with database.read() as connection:
        assert {each.reason for each in await catchup.dropped(connection, clock.at)} == {"refused"}


async def test_staff_are_told_once_from_december_on_that_a_year_has_no_working_days(
    people: People, database: Database, clock: FixedClock
) -> None:
    await said(people, "编辑", "/staff CODE:editor")
    told = []
    for wall in ("2026-11-30 23:59", "2026-12-01 00:00", "2026-12-02 09:00"):
        await people.talk.at(wall)
        await alert(database, clock)
        told.append("\n".join(await people.talk.at(wall)))
    assert told[0] == told[2] == ""
    assert "2027 年的工作日表还没有录入" in told[1] and "[录入工作日]" in told[1]
    assert "/workdays 2027" in await said(people, "编辑", "[录入工作日]")


async def joining_suzhou(people: People) -> str:
    """What a colleague says to hear the same."""
    await said(people, "王工", "/subscribe 苏州")
    await said(people, "王工", "/subscriptions")
    await said(people, "王工", "[地区：苏州市]")
    found = re.search(r"/subscriptions join \S+", await said(people, "王工", "[加一位同事]"))
    assert found is not None
    return found[0]


async def test_a_colleague_joins_with_a_code_by_their_own_word(people: People) -> None:
    joining = await joining_suzhou(people)
    asked = await said(people, "李工", joining)
    assert "同事邀请您订阅 地区：苏州市" in asked
    assert "还没有订阅" in await said(people, "李工", "/subscriptions")
    assert "已订阅 地区：苏州市" in await said(people, "李工", "[同意，订阅]")
    assert "1. 地区：苏州市" in await said(people, "李工", "/subscriptions")


async def test_a_code_ends_after_a_week(people: People, clock: FixedClock) -> None:
    joining = await joining_suzhou(people)
    await people.talk.at("2026-11-30 12:00")
    assert "这个邀请已失效" in await said(people, "李工", joining)


async def test_one_tap_stops_a_reminder_and_says_what_else_leads_to_it(people: People, database: Database, clock: FixedClock) -> None:
    publication = partial(said, people, "编辑")
    await publication("/staff CODE:editor")
    await publication(
        "/publish 名称：优秀专利奖 | 项目：苏州市优秀专利奖 | 开始：2026-11-20 | 截止 市：2026-12-31"
        " | 发布机关：市局 | 文件：通知 | 发布日期：2026-11-18"
    )
    await publication("[发布]")
    await people.talk.at("2026-11-22 13:00")
    for about in ("苏州", "苏州市优秀专利奖"):
        await said(people, "王工", f"/subscribe {about}")
    assert "优秀专利奖" in "\n".join(await people.talk.at("2026-12-22 09:00"))
    first = await said(people, "王工", "[退订]")
    assert "已退订 项目：苏州市优秀专利奖" in first
    assert "“优秀专利奖”还会因为“地区：苏州市”提醒您" in first
    assert "已退订 地区：苏州市" in await said(people, "王工", "[那个也退订]")
    assert await people.talk.at("2026-12-28 09:00") == []


async def test_whoever_adds_reminders_without_end_is_stopped_kindly(people: People) -> None:
    for number in range(own.MOST):
        assert "提醒您" in await said(people, "王工", f"/remind 明天上午九点 第{number}件事")
    refused = await said(people, "王工", "/remind 明天上午九点 再来一件")
    assert refused == "已经有 100 条提醒了，再多就看不过来了。请先取消几条：/reminders"
    assert "提醒您" in await said(people, "李工", "/remind 明天上午九点 交年费")


async def test_a_reminder_behind_its_time_is_about_to_go_out(people: People, clock: FixedClock) -> None:
    await said(people, "王芳", "/remind 10分钟后 交年费")
    clock.at += timedelta(minutes=11)
    assert "· 2026年11月22日（周日）12:10（会尽快发） 交年费" in await said(people, "王芳", "/reminders")

"""From a window to the outbox: everybody once, in time, with old and new; whatever number of processes ticks."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import FixedClock
from bot.core.message import ChatKind, Incoming, Outgoing, Where
from bot.core.message import Kind as What
from bot.core.platform import Limits
from bot.outbox import batches, ledger
from bot.outbox.due import Due, Look, due
from bot.storage.database import Database
from bot.storage.keys import destroy as destroy_key
from bot.storage.keys import keys_of, of_subject
from bot.storage.reminder_tables import Occurrence, OwnText
from bot.storage.tables import Outbox
from bot.storage.values import OUTGOING, from_json
from bot.storage.vault import unseal
from bot.words import Words
from knowledge.regions import wider
from reminders import catchup, own, places, plan, shelf, week
from reminders.desk import Desk
from reminders.handover import Handover, rows_of
from reminders.own import Rule
from reminders.places import About, Place, Subscription
from reminders.plan import Terms
from reminders.schedule import Kind, Quiet
from reminders.window import CutOff, Level, Source, Status, Window
from reminders.workdays import published
from tests.conftest import Do

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = Terms(published(), SHANGHAI, wider())
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""Nine in the morning of a Monday."""
SOURCE = Source("国家知识产权局", "通知", date(2026, 3, 1))
WINDOW = Window(0, 1, "专利奖", SOURCE, (CutOff(Level.CITY, date(2026, 3, 31), time(17)),), date(2026, 3, 9), region="suzhou")
LIMITS = {"fake": Limits(text=4096, buttons=10, edits=True)}
occurrence = Occurrence.__table__
outbox = Outbox.__table__


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=SHANGHAI).astimezone(UTC)


def service(database: Database, now: datetime) -> tuple[Handover, FixedClock]:
    clock = FixedClock(now)
    return Handover(database, Words.open(), clock, TERMS, LIMITS), clock


async def publish(database: Database, window: Window = WINDOW, now: datetime = START) -> Window:
    return await database.write(lambda connection: shelf.add(connection, window, "test", now))


async def change(database: Database, window: Window, now: datetime) -> None:
    await database.write(lambda connection: shelf.change(connection, window, "extend", "test", now))


async def subscriber(database: Database, number: int, *about: tuple[About, str], now: datetime = START) -> Place:
    async def job(connection: AsyncConnection) -> Place:
        where = Where("fake", "bot", str(number))
        place = await places.place_at(connection, where, group=False, user=f"u{number}", language="")
        for kind, target in about:
            await places.subscribe(connection, Subscription(0, place.id, kind, target), now)
        await plan.make_all(connection, place, TERMS, now)
        if About.WEEK in dict(about):
            await plan.plan_week(connection, place, TERMS, now)
        return place

    return await database.write(job)


async def messages(database: Database) -> list[Outgoing]:
    """Everything in the outbox."""
    async with database.read() as connection:
        rows = (await connection.execute(select(outbox).where(outbox.c.platform == "fake").order_by(outbox.c.id))).all()
        return [await message(connection, row) for row in rows]


async def message(connection: AsyncConnection, row: Any) -> Outgoing:
    if row.letter:
        shared = await batches.letter(connection, row.batch, row.letter)
        return replace(shared, key=row.key, where=Where(row.platform, row.account, row.chat), edit=row.edit)
    return from_json(OUTGOING, await unseal(connection, ledger.place(row.key), row.body))


async def sent(database: Database) -> list[tuple[str, str, str]]:
    """The same: chat, key and text."""
    found = await messages(database)
    return [(each.where.chat, each.key, "\n".join(block.text for block in each.blocks)) for each in found]


async def states(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        rows = await connection.execute(select(occurrence.c.state, func.count()).group_by(occurrence.c.state))
        return {state: count for state, count in rows}


async def test_each_step_of_the_ladder_goes_out_once_with_what_matters(database: Database) -> None:
    window = await publish(database)
    await subscriber(database, 1, (About.REGION, "suzhou"))
    handover, clock = service(database, START)
    for day in range(31):
        clock.at = START + timedelta(days=day)
        await handover.tick()
        await handover.tick()
    texts = [text.splitlines()[0] for _, key, text in await sent(database) if not key.endswith(":old")]
    assert texts == [
        "专利奖：今天开始，2026年3月31日（周二）17:00截止",
        "专利奖：2026年3月31日（周二）17:00截止（市），还有 7 个工作日",
        "专利奖：2026年3月31日（周二）17:00截止（市），还有 3 个工作日",
        "专利奖：2026年3月31日（周二）17:00截止（市），还有 1 个工作日",
    ]
    assert {key for _, key, _ in await sent(database)} >= {f"rem:p1.w{window.id}:20260330T010000"}


async def test_a_later_step_takes_the_buttons_off_the_earlier_one_where_the_platform_can_edit(database: Database) -> None:
    await publish(database, replace(WINDOW, opens=None))
    await subscriber(database, 1, (About.REGION, "suzhou"))
    handover, clock = service(database, at("2026-03-20 09:00"))
    await handover.tick()
    await database.write(lambda connection: connection.execute(update(outbox).values(state="sent", message="77")))
    clock.at = at("2026-03-26 09:00")
    await handover.tick()
    *_, old = await messages(database)
    assert (old.edit, old.edit_only, old.buttons, old.blocks[0].text) == ("77", True, (), "这条提醒已更新，见下面最新的一条。")


async def test_in_a_group_the_way_to_apply_leads_to_the_private_chat(database: Database) -> None:
    window = await publish(database, replace(WINDOW, programme="suzhou-patent-award"))

    async def job(connection: AsyncConnection) -> None:
        for chat, group in (("1", False), ("-1", True)):
            place = await places.place_at(connection, Where("fake", "bot", chat), group=group, user="u", language="")
            await places.subscribe(connection, Subscription(0, place.id, About.WINDOW, str(window.id)), START)
            await plan.make_all(connection, place, TERMS, START)

    await database.write(job)
    clock = FixedClock(at("2026-03-30 09:00"))
    handover = Handover(
        database, Words.open(), clock, TERMS, LIMITS, lambda where, payload: f"https://fake.example/{where.account}?{payload}"
    )
    await handover.tick()
    ways = {
        each.where.chat: next(button for button in each.buttons if button.label == "开始申报")
        for each in await messages(database)
        if each.buttons
    }
    assert ways["-1"].url == "https://fake.example/bot?a_suzhou-patent-award"
    assert ways["1"].token and not ways["1"].url


async def test_one_place_hears_once_however_many_of_its_subscriptions_mean_the_window(database: Database) -> None:
    await subscriber(database, 1, (About.REGION, "suzhou"), (About.REGION, "jiangsu"), now=START - timedelta(days=1))
    window = await publish(database, replace(WINDOW, region="jiangsu"))
    handover, _ = service(database, START)
    await handover.tick()
    assert [(chat, key) for chat, key, _ in await sent(database)] == [("1", f"rem:p1.w{window.id}.v1:20260302T010000")]


async def test_a_place_hears_of_what_lies_above_it_and_not_of_its_neighbours(database: Database) -> None:
    early = START - timedelta(days=1)
    await subscriber(database, 1, (About.REGION, "suzhou"), now=early)
    await subscriber(database, 2, (About.REGION, "hefei"), now=early)
    for region in ("", "jiangsu", "suzhou", "wujiang"):
        await publish(database, replace(WINDOW, title=f"窗口{region}", region=region))
    handover, _ = service(database, START)
    await handover.tick()
    heard = {chat: text for chat, _, text in await sent(database)}
    assert "今天有 3 件事" in heard["1"]
    assert "新通知：窗口" in heard["2"]
    assert "jiangsu" not in heard["2"]


async def test_a_change_is_told_old_and_new_once_and_moves_the_plan(database: Database) -> None:
    await subscriber(database, 1, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    window = await publish(database)
    handover, clock = service(database, START)
    await handover.tick()
    later = replace(window, version=2, cutoffs=(CutOff(Level.CITY, date(2026, 4, 10)),), status=Status.EXTENDED)
    await change(database, later, START + timedelta(hours=1))
    again = replace(later, version=3, who="企业")
    await change(database, again, START + timedelta(hours=1))
    clock.at = START + timedelta(hours=2)
    await handover.tick()
    await handover.tick()
    texts = [text for _, _, text in await sent(database)]
    assert len(texts) == 2
    assert "截止（市）：2026年3月31日（周二）17:00 → 2026年4月10日（周五）" in texts[1]
    assert "对象：未定 → 企业" in texts[1]
    async with database.read() as connection:
        rows = await connection.execute(
            select(occurrence.c.due_at)
            .where(occurrence.c.state == "open", occurrence.c.kind == Kind.DEADLINE.value)
            .order_by(occurrence.c.due_at)
        )
        assert [due.astimezone(SHANGHAI).date() for (due,) in rows][-1] == date(2026, 4, 9)


async def test_a_cancelled_window_is_told_and_never_reminded_of(database: Database) -> None:
    await subscriber(database, 1, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    window = await publish(database)
    handover, clock = service(database, START)
    await handover.tick()
    await change(database, replace(window, version=2, status=Status.CANCELLED, note="通知撤回"), START)
    for day in range(1, 31):
        clock.at = START + timedelta(days=day)
        await handover.tick()
    texts = [text for _, _, text in await sent(database)]
    assert len(texts) == 2
    assert "状态：已公布 → 已取消" in texts[1]


async def test_after_thirty_hours_down_late_ones_say_so_and_what_is_over_is_dropped_and_listed(database: Database) -> None:
    await publish(database)
    await publish(database, replace(WINDOW, title="另一个", cutoffs=(CutOff(Level.CITY, date(2026, 4, 1)),)))
    await subscriber(database, 1, (About.REGION, "suzhou"))
    handover, clock = service(database, at("2026-03-29 12:00"))
    await handover.tick()
    before = len(await sent(database))
    # Down from Sunday noon over the reminder of Monday and Tuesday and the end on Tuesday at 17:00.
    clock.at = at("2026-03-31 18:00")
    await handover.tick()
    texts = [text for _, key, text in (await sent(database))[before:] if not key.endswith(":old")]
    assert len(texts) == 1
    assert texts[0].startswith("另一个：2026年4月1日（周三）截止（市），还有 1 个工作日")
    assert "这条提醒晚到了，原定 2026年3月31日（周二）09:00" in texts[0]
    async with database.read() as connection:
        dropped = await catchup.dropped(connection, clock.at)
    assert Counter(each.reason for each in dropped)["closed"] == 1


async def test_whoever_subscribes_late_gets_none_of_the_steps_before(database: Database) -> None:
    await publish(database)
    late = START + timedelta(days=22)
    await subscriber(database, 1, (About.REGION, "suzhou"), now=late)
    handover, _ = service(database, late)
    await handover.tick()
    assert await sent(database) == []
    assert set(await states(database)) == {"open"}


async def test_what_went_out_does_not_come_back_when_it_is_planned_again(database: Database) -> None:
    await publish(database)
    await subscriber(database, 1, (About.REGION, "suzhou"))
    handover, clock = service(database, START)
    clock.at = START + timedelta(days=22)
    await handover.tick()
    before, told = await states(database), await sent(database)
    assert before["done"]
    async with database.read() as connection:
        all_of_them = (await connection.execute(select(occurrence))).all()
    rows = [plan.row(row.reminder, row.place, Kind(row.kind), row.due_at, step=row.step, window=row.window) for row in all_of_them]
    await database.write(lambda connection: plan.put(connection, rows))
    assert await states(database) == before
    await handover.tick()
    assert (await states(database), await sent(database)) == (before, told)


async def test_a_change_is_told_to_all_however_many_chunks_they_are(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "CHUNK", 2)
    for number in range(5):
        await subscriber(database, number, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    window = await publish(database)
    handover, _ = service(database, START)
    await handover.tick()
    await change(database, replace(window, version=2, who="企业"), START)
    await handover.tick()
    told = [chat for chat, _, text in await sent(database) if "企业" in text]
    assert sorted(told) == [str(number) for number in range(5)]


async def test_whoever_has_dealt_with_a_window_is_not_told_that_it_changed(database: Database) -> None:
    before = START - timedelta(days=1)
    busy, through = [await subscriber(database, number, (About.REGION, "suzhou"), now=before) for number in (1, 2)]
    window = await publish(database)
    handover, _ = service(database, START)
    await handover.tick()
    first = len(await sent(database))
    await database.write(lambda connection: places.mark_done(connection, through.id, window.id, START))
    await change(database, replace(window, version=2, who="企业"), START)
    await handover.tick()
    assert [chat for chat, _, _ in (await sent(database))[first:]] == [busy.where.chat]


async def test_changes_of_a_night_are_told_in_the_morning_and_together(database: Database) -> None:
    place = await subscriber(database, 1, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    await database.write(lambda connection: places.set_times(connection, place.id, time(9), Quiet(time(22), time(8))))
    window = await publish(database)
    handover, clock = service(database, START)
    await handover.tick()
    first = len(await sent(database))
    later = replace(window, version=2, cutoffs=(CutOff(Level.CITY, date(2026, 4, 10)),), status=Status.EXTENDED)
    for hour, change_ in ((23, later), (30, replace(later, version=3, who="企业"))):
        clock.at = at("2026-03-02 00:00") + timedelta(hours=hour)
        await change(database, change_, clock.at)
        await handover.tick()
        assert len(await sent(database)) == first
    clock.at = at("2026-03-03 08:00")
    await handover.tick()
    ((_, _, text),) = (await sent(database))[first:]
    assert "→ 2026年4月10日（周五）" in text and "企业" in text


async def test_who_has_left_before_a_change_does_not_hear_of_it(database: Database) -> None:
    place = await subscriber(database, 1, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    window = await publish(database)
    handover, _ = service(database, START)
    await handover.tick()
    first = len(await sent(database))

    async def leave(connection: AsyncConnection) -> None:
        (mine,) = await places.of_place(connection, place.id)
        await places.unsubscribe(connection, mine.id, place.id)
        await plan.make_all(connection, place, TERMS, START)

    await database.write(leave)
    await change(database, replace(window, version=2, who="企业"), START)
    await handover.tick()
    assert len(await sent(database)) == first


async def test_a_plan_counted_by_new_working_days_is_no_change_of_the_window(database: Database) -> None:
    await subscriber(database, 1, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    await publish(database)
    handover, clock = service(database, START)
    await handover.tick()
    first = len(await sent(database))
    clock.at = START + timedelta(hours=1)
    assert await database.write(lambda connection: plan.make_anew(connection, replace(TERMS, days=1), clock.at))
    await handover.tick()
    assert len(await sent(database)) == first


async def test_a_place_is_shown_what_comes_to_itself(database: Database) -> None:
    window = await publish(database)
    other, mine = [await subscriber(database, number, (About.REGION, "suzhou")) for number in (1, 2)]
    soon = plan.row(plan.name(mine.id, window.id), mine.id, Kind.SNOOZE, START + timedelta(hours=1), window=window.id)
    await database.write(lambda connection: plan.put(connection, [soon]))
    async with database.read() as connection:
        rows = await plan.next_three(connection, mine.id)
    assert [row.place for row in rows] == [mine.id] * 3 != [other.id] * 3
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)


async def test_a_place_changes_and_ends_only_what_is_its_own(database: Database, do: Do) -> None:
    window = await publish(database)
    mine, other = [await subscriber(database, number, (About.REGION, "suzhou")) for number in (1, 2)]
    (theirs,) = await do(places.of_place, other.id)
    assert await do(places.unsubscribe, theirs.id, mine.id) is None
    assert [each.id for each in await do(places.of_place, other.id)] == [theirs.id]
    await do(places.set_times, mine.id, time(7), None)
    assert {id: each.at for id, each in (await do(places.places, [mine.id, other.id])).items()} == {mine.id: time(7), other.id: time(9)}
    second = await publish(database, replace(WINDOW, title="另一个"))
    for place, which in ((mine, window), (mine, second), (other, window)):
        await do(places.mark_done, place.id, which.id, START)
    await do(places.unmark, mine.id, window.id)
    done = [await do(places.done_with, which.id, [mine.id, other.id]) for which in (window, second)]
    assert done == [{other.id}, {mine.id}]


async def test_an_own_reminder_is_its_place_s_alone_and_its_words_go_when_it_is_cancelled(database: Database, do: Do) -> None:
    mine, other = [await subscriber(database, number) for number in (1, 2)]
    rule = Rule(datetime(2026, 3, 5, 9), "Asia/Shanghai", "")
    id = await do(own.add, mine.id, "u1", "fake:u1", rule, "交年费", START)
    desk, asks = Desk(database, TERMS), partial(Incoming, "1", What.TEXT, chat_kind=ChatKind.PRIVATE, at=START)
    assert await desk.own(id, asks(where=other.where, user="u2")) is None
    found = await desk.own(id, asks(where=mine.where, user="u1"))
    assert found and found.words == "交年费"
    assert not await do(own.end, id, other.id, START)
    assert await do(own.end, id, mine.id, START)
    async with database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(OwnText.__table__))).scalar_one() == 0


async def test_what_fell_due_while_nobody_ticked_survives_a_plan_made_anew(database: Database) -> None:
    place = await subscriber(database, 1, (About.REGION, "suzhou"))
    await publish(database)
    await database.write(lambda connection: plan.make_all(connection, place, TERMS, START))
    # The window's first plan for everybody, and one of the person's own doing, come after its reminder fell due.
    handover, clock = service(database, at("2026-03-20 12:00"))
    await database.write(lambda connection: plan.make_all(connection, place, TERMS, clock.at))
    await handover.tick()
    texts = [text for _, _, text in await sent(database)]
    assert len(texts) == 1
    assert "还有 7 个工作日" in texts[0]
    assert "这条提醒晚到了，原定 2026年3月20日（周五）09:00" in texts[0]


async def test_words_that_could_not_be_sent_while_they_were_true_are_never_sent_and_told_anew(database: Database) -> None:
    """Handed over, and then nothing gets out for thirty hours, over the end of one window: no stale word, nothing lost."""
    await publish(database)
    await publish(database, replace(WINDOW, title="另一个", cutoffs=(CutOff(Level.CITY, date(2026, 4, 2)),)))
    await subscriber(database, 1, (About.REGION, "suzhou"))
    handover, clock = service(database, at("2026-03-30 09:00"))
    await handover.tick()
    (first,) = [each for each in await sent(database) if "还有 1 个工作日" in each[2]]
    assert "另一个" in first[2]
    clock.at = at("2026-03-31 18:00")
    look = Look("fake", "bot", clock.at, 10)
    async with database.read() as connection:
        assert await due(connection, look) == Due()
    while await database.write(lambda connection: batches.sweep(connection, clock.at)):
        pass
    await handover.tend()
    await handover.tick()
    ((_, key, text),) = [each for each in await sent(database)]
    assert key == first[1].replace("p1.w1", "p1.w2")
    assert text.startswith("另一个：2026年4月2日（周四）截止（市），还有 2 个工作日")
    assert "这条提醒晚到了，原定 2026年3月30日（周一）09:00" in text
    async with database.read() as connection:
        dropped = await catchup.dropped(connection, clock.at)
    assert [each.reason for each in dropped if each.kind == Kind.DEADLINE].count("closed") == 1


async def test_many_late_ones_wait_until_somebody_has_looked(database: Database) -> None:
    await publish(database)
    for number in range(catchup.MANY + 1):
        await subscriber(database, number, (About.REGION, "suzhou"))
    handover, clock = service(database, START)
    await handover.tick()
    clock.at = at("2026-03-09 12:00")
    await handover.tick()
    assert await sent(database) == []
    async with database.read() as connection:
        (held,) = await catchup.plans(connection)
    assert (held.state, held.held) == ("open", catchup.MANY + 1)
    await database.write(lambda connection: catchup.release(connection, held.id, "test", clock.at, approve=True))
    await handover.tick()
    assert len(await sent(database)) == catchup.MANY + 1


async def test_what_is_on_time_goes_out_beside_what_waits_and_later_late_ones_wait_with_the_others(database: Database) -> None:
    window = await publish(database, replace(WINDOW, opens=None))
    await bulk(database, window, catchup.MANY + 1, at("2026-03-30 09:00"))
    place = await subscriber(database, 10_000, (About.WINDOW, str(window.id)), now=at("2026-03-30 11:00"))
    handover, clock = service(database, at("2026-03-30 12:00"))

    async def wait(reminder: str, due: datetime) -> None:
        row = plan.row(reminder, place.id, Kind.SNOOZE, due, window=window.id)
        await database.write(lambda connection: plan.put(connection, [row]))

    await wait("on time", clock.at - timedelta(minutes=5))
    await handover.tick()
    assert [chat for chat, _, _ in await sent(database)] == ["10000"]
    await wait("late", at("2026-03-30 10:00"))
    await handover.tick()
    async with database.read() as connection:
        (held,) = await catchup.plans(connection)
    assert (held.state, held.held) == ("open", catchup.MANY + 2)
    assert len(await sent(database)) == 1


async def test_so_many_late_ones_as_nobody_need_look_at_go_out(database: Database) -> None:
    window = await publish(database, replace(WINDOW, opens=None))
    await bulk(database, window, catchup.MANY, at("2026-03-30 09:00"))
    handover, _ = service(database, at("2026-03-30 12:00"))
    await handover.tick()
    assert len(await sent(database)) == catchup.MANY


async def test_a_plan_is_decided_by_its_own_number(database: Database) -> None:
    window = await publish(database, replace(WINDOW, opens=None))
    await bulk(database, window, catchup.MANY + 1, at("2026-03-30 09:00"))
    handover, clock = service(database, at("2026-03-30 12:00"))
    await handover.tick()
    assert await database.write(lambda connection: catchup.release(connection, 99, "test", clock.at, approve=True)) == 0
    async with database.read() as connection:
        waiting = await catchup.waiting(connection)
    assert waiting and waiting.held == catchup.MANY + 1


async def test_someone_who_left_hears_nothing_and_what_was_put_off_comes_again(database: Database) -> None:
    window = await publish(database)
    place = await subscriber(database, 1, (About.REGION, "suzhou"))
    await database.write(
        lambda connection: plan.put(connection, [plan.row(plan.name(place.id, window.id), place.id, Kind.SNOOZE, START, window=window.id)])
    )
    handover, _ = service(database, START)
    await handover.tick()
    assert len(await sent(database)) == 1
    await database.write(lambda connection: places.mark_done(connection, place.id, window.id, START))
    await database.write(lambda connection: plan.make_all(connection, place, TERMS, START))
    assert (await states(database)).get("open", 0) == 0


async def put_off(database: Database, place: Place, window: Window, until: datetime) -> None:
    row = plan.row(plan.name(place.id, window.id), place.id, Kind.SNOOZE, until, window=window.id)
    await database.write(lambda connection: plan.put(connection, [row]))


async def test_what_was_put_off_falls_away_when_the_window_is_withdrawn(database: Database) -> None:
    place = await subscriber(database, 1, (About.REGION, "suzhou"), now=START - timedelta(days=1))
    window = await publish(database)
    handover, clock = service(database, START)
    await handover.tick()
    await put_off(database, place, window, START + timedelta(days=3))
    await change(database, replace(window, version=2, status=Status.CANCELLED, note="通知撤回"), START)
    await handover.tick()
    told = len(await sent(database))
    clock.at = START + timedelta(days=3)
    await handover.tick()
    assert len(await sent(database)) == told


async def test_what_was_put_off_falls_away_when_somebody_unsubscribes(database: Database) -> None:
    place = await subscriber(database, 1, (About.REGION, "suzhou"))
    window = await publish(database)
    await put_off(database, place, window, START + timedelta(days=3))
    await database.write(lambda connection: places.unsubscribe(connection, 1, place.id))
    await database.write(lambda connection: plan.make_all(connection, place, TERMS, START))
    assert (await states(database)).get("open", 0) == 0


async def test_own_reminders_recur_and_their_words_go_with_their_key(database: Database) -> None:
    async def job(connection: AsyncConnection) -> None:
        place = await places.place_at(connection, Where("fake", "bot", "1"), group=False, user="u1", language="")
        rule = Rule(datetime(2026, 3, 2, 8, 30), "Asia/Shanghai", "FREQ=WEEKLY")
        id = await own.add(connection, place.id, "u1", "fake:u1", rule, "交年费", START)
        first = rule.after(START - timedelta(days=1))
        assert first
        await plan.put(connection, [plan.row(f"o{id}", place.id, Kind.OWN, first, own=id)])

    await database.write(job)
    handover, clock = service(database, START)
    for days in (0, 3, 7, 14):
        clock.at = START + timedelta(days=days)
        await handover.tick()
    assert [text.splitlines()[0] for _, _, text in await sent(database)] == ["提醒您：交年费"] * 3
    async with database.read() as connection:
        assert "交年费" not in (await connection.execute(select(OwnText.__table__.c.words))).scalar_one()
        assert of_subject("fake:u1") and keys_of(connection)
    await database.write(lambda connection: destroy_key(connection, "fake:u1"))
    clock.at = START + timedelta(days=21)
    await handover.tick()
    assert len(await sent(database)) == 3


async def test_the_publicity_week_brings_one_message_a_day_and_none_without_a_programme(database: Database) -> None:
    await subscriber(database, 1, (About.WEEK, ""))
    for on, title in ((date(2026, 4, 20), "开幕式"), (date(2026, 4, 20), "讲座"), (date(2026, 4, 22), "咨询日")):
        event = week.Event(0, on, title, "市知识产权局", "活动安排", at="09:30", venue="苏州图书馆")
        await database.write(lambda connection, event=event: week.add(connection, event))  # type: ignore[misc]
    handover, clock = service(database, at("2026-04-19 09:00"))
    for day in range(12):
        clock.at = at("2026-04-19 09:00") + timedelta(days=day)
        await handover.tick()
    texts = [text for _, _, text in await sent(database)]
    assert [text.splitlines()[0] for text in texts] == ["宣传周今日活动，2026年4月20日", "宣传周今日活动，2026年4月22日"]
    assert "开幕式" in texts[0] and "讲座" in texts[0]
    async with database.read() as connection:
        upcoming = await connection.execute(select(func.min(occurrence.c.due_at)).where(occurrence.c.state == "open"))
        assert upcoming.scalar_one().astimezone(SHANGHAI).date() == date(2027, 4, 20)


async def mornings(database: Database, place: Place) -> list[str]:
    """When its digests are to go out."""
    mine = (occurrence.c.place == place.id, occurrence.c.kind == Kind.DIGEST.value, occurrence.c.state == "open")
    async with database.read() as connection:
        rows = await connection.execute(select(occurrence.c.due_at).where(*mine).order_by(occurrence.c.due_at))
        return [f"{due.astimezone(SHANGHAI):%m-%d %H:%M}" for (due,) in rows]


async def test_who_changes_the_hour_hears_of_each_day_of_the_week_at_the_new_one_only(database: Database) -> None:
    early, other = [await subscriber(database, number, (About.WEEK, "")) for number in (1, 2)]
    late = replace(early, at=time(18))
    await database.write(lambda connection: plan.plan_week(connection, late, TERMS, START))
    assert await mornings(database, early) == [f"04-{day} 18:00" for day in range(20, 27)]
    assert await mornings(database, other) == [f"04-{day} 09:00" for day in range(20, 27)]


async def test_an_hour_changed_within_the_week_leaves_what_is_due_already(database: Database) -> None:
    """Its turn has come, and nobody has ticked yet."""
    early = await subscriber(database, 1, (About.WEEK, ""))
    late = replace(early, at=time(18))
    await database.write(lambda connection: plan.plan_week(connection, late, TERMS, at("2026-04-25 09:10")))
    assert (await mornings(database, early))[:6] == [f"04-{day} 09:00" for day in range(20, 26)]


async def test_who_leaves_the_week_hears_nothing_of_it_and_others_do(database: Database) -> None:
    leaving, staying = [await subscriber(database, number, (About.WEEK, "")) for number in (1, 2)]
    await database.write(lambda connection: plan.drop_week(connection, leaving.id))
    assert await mornings(database, leaving) == []
    assert len(await mornings(database, staying)) == 7


async def test_an_unknown_kind_is_parked(database: Database) -> None:
    place = await subscriber(database, 1)
    await database.write(lambda connection: plan.put(connection, [plan.row("x", place.id, Kind.OWN, START)]))
    await database.write(lambda connection: connection.execute(update(occurrence).values(kind="from-the-future")))
    handover, _ = service(database, START)
    await handover.tick()
    assert await states(database) == {"parked": 1}


async def bulk(database: Database, window: Window, count: int, due: datetime) -> None:
    """That many places with a reminder for the same instant, written directly."""

    async def job(connection: AsyncConnection) -> None:
        from bot.storage.reminder_tables import ReminderPlace
        from bot.storage.reminder_tables import Subscription as Row

        table = ReminderPlace.__table__
        fields = {"platform": "fake", "account": "bot", "thread": "", "group": False, "language": "", "at": "09:00"}
        rows = [fields | {"chat": str(n), "user": f"u{n}", "quiet_from": "", "quiet_until": ""} for n in range(count)]
        await connection.execute(table.insert(), rows)
        ids: Sequence[int] = list((await connection.execute(select(table.c.id))).scalars())
        wanted = Row.__table__
        about = {"kind": "window", "target": str(window.id), "ladder": "[1]", "level": "", "made_by": "", "made_at": due}
        await connection.execute(wanted.insert(), [about | {"place": id} for id in ids])
        await plan.put(connection, [plan.row(plan.name(id, window.id), id, Kind.DEADLINE, due, step=1, window=window.id) for id in ids])

    await database.write(job)


async def until_nothing_is_left(tick: Callable[[], Awaitable[None]], database: Database) -> None:
    """As the clock would: a tick that found the database busy is followed by another."""
    while (await states(database)).get("open"):
        with contextlib.suppress(OperationalError):
            await tick()


async def test_three_schedulers_hand_over_everything_once(database: Database) -> None:
    window = await publish(database)
    await database.write(lambda connection: plan.make_anew(connection, TERMS, START))
    await bulk(database, window, 1000, START)
    others = [Database(database.url.render_as_string(hide_password=False), database.keys.master) for _ in range(2)]
    for other in others:
        await other.open()
    ticks: list[Callable[[], Awaitable[None]]] = [service(each, START)[0].tick for each in (database, *others)]
    await asyncio.gather(*(until_nothing_is_left(tick, database) for tick in ticks))
    for other in others:
        await other.close()
    assert Counter(Counter(chat for chat, _, _ in await sent(database)).values()) == {1: 1000}
    assert await states(database) == {"done": 1000}


@pytest.mark.sqlite_only
async def test_what_a_batch_of_places_means_is_not_looked_for_among_all_who_mean_it(database: Database) -> None:
    """Ten thousand of one window are handed over in batches: each is found by its places."""
    async with database.read() as connection:
        for written, table in ((places.meaning_of_some("sqlite"), "subscription"), (rows_of("sqlite"), "occurrence")):
            text = str(written.compile(dialect=connection.dialect))
            plan = (await connection.exec_driver_sql(f"explain query plan {text}", ("[]",) * text.count("?"))).all()
            (step,) = [row.detail for row in plan if f"SEARCH {table}" in row.detail]
            assert "place=?" in step

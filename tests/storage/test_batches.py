"""Many messages that are one thing: every recipient once, a look after the first ones, and an end to it whenever staff say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import FixedClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.core.platform import Gone, Later, Outcome, Refused, Sent, Unclear
from bot.outbox import batches, ledger
from bot.outbox.batches import FIRST, Page, Progress, Recipient
from bot.outbox.due import Due, Look, due
from bot.outbox.ledger import Delivery
from bot.storage.database import Database
from bot.storage.tables import Batch, Letter

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
GONE_WELL = Sent("1")
BLOCKED = Gone("Forbidden: bot was blocked by the user")


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def words(text: str) -> Outgoing:
    return Outgoing("", Where("", "", ""), (Block((Span(text),)),), language="zh-CN")


LETTERS = {"one": [words("一")], "two": [words("上"), words("下")]}


class Audience:
    """So many people, from a list; may break off."""

    def __init__(self, count: int, letter: str = "one", platform: str = "fake") -> None:
        self.people = [Recipient(Where(platform, "bot", str(number)), letter) for number in range(count)]
        self.sizes: list[int] = []
        self.breaks_off_at = -1

    async def __call__(self, connection: AsyncConnection, cursor: str, limit: int) -> Page:
        start = int(cursor or 0)
        if 0 <= self.breaks_off_at <= start:
            raise ConnectionError
        self.sizes.append(limit)
        some = self.people[start : start + limit]
        return Page(some, str(start + len(some)), last=start + len(some) >= len(self.people))


async def begin(database: Database, audience: Audience, id: str = "n1", **options: Any) -> None:
    assert await database.write(lambda connection: batches.begin(connection, id, LETTERS, NOW, **options))
    await batches.expand(database, id, audience, FixedClock(NOW))


async def look(database: Database, now: datetime = NOW, limit: int = 500) -> Due:
    async with database.read() as connection:
        return await due(connection, Look("fake", "bot", now, limit))


async def claim(database: Database, found: tuple[Delivery, ...], now: datetime = NOW) -> None:
    await database.write(lambda connection: ledger.claim(connection, found, now))


async def settle(database: Database, found: tuple[Delivery, ...], outcome: Outcome, now: datetime = NOW) -> None:
    for delivery in found:
        await database.write(lambda connection, delivery=delivery: ledger.settle(connection, delivery, outcome, now))  # type: ignore[misc]


async def send(database: Database, outcome: Outcome = GONE_WELL, limit: int = 500) -> int:
    found = (await look(database, limit=limit)).bulk
    await claim(database, found)
    await settle(database, found, outcome)
    return len(found)


async def judge(database: Database, id: str = "n1") -> str:
    return await database.write(lambda connection: batches.look(connection, id, "fake", "bot"))


async def progress(database: Database, id: str = "n1") -> Progress:
    async with database.read() as connection:
        found = await batches.progress(connection, id)
    assert found is not None
    return found


async def sweep(database: Database, now: datetime = NOW) -> int:
    total = 0
    while some := await database.write(lambda connection: batches.sweep(connection, now)):
        total += some
    return total


# ---- rows ----


async def test_each_recipient_gets_a_row_for_each_part_with_the_shared_words(database: Database) -> None:
    await begin(database, Audience(3, "two"))
    found = (await look(database)).bulk
    assert [(each.chat, each.message.key, each.message.blocks[0].text) for each in found] == [
        (str(number), f"n1:fake:bot:{number}::0", "上") for number in range(3)
    ]
    await claim(database, found)
    await settle(database, found, Sent("1"))
    assert [each.message.blocks[0].text for each in (await look(database)).bulk] == ["下"] * 3
    assert (await progress(database)).counts == {"sent": 3, "pending": 3}


async def test_an_audience_is_taken_in_steps_of_a_bounded_size(database: Database) -> None:
    audience = Audience(2500, "one")
    await begin(database, audience)
    assert sum(audience.sizes) >= 2500
    assert max(audience.sizes) <= batches.Step.MOST // 2, "a letter may have two parts"
    assert (await progress(database)).counts == {"pending": 2500}


def test_a_step_takes_as_many_as_keep_it_brief() -> None:
    step = batches.Step()
    for _ in range(20):
        step.took(batches.BRIEF / 10)
    assert step.rows == step.MOST
    step.took(10 * batches.BRIEF)
    assert step.rows == step.MOST // 10
    for _ in range(20):
        step.took(10.0)
    assert step.rows == step.LEAST


async def test_broken_off_it_goes_on_where_it_was_and_nobody_is_written_twice(database: Database) -> None:
    audience = Audience(2400)
    audience.breaks_off_at = 1000
    with pytest.raises(ConnectionError):
        await begin(database, audience)
    broken = await progress(database)
    assert not broken.expanded and 1000 <= broken.open < 2400
    audience.breaks_off_at = -1
    for _ in range(2):
        await batches.expand(database, "n1", audience, FixedClock(NOW))
    assert ((await progress(database)).expanded, (await progress(database)).open) == (True, 2400)


async def test_two_batches_under_way_keep_their_own_words_though_their_letters_are_called_alike(database: Database) -> None:
    other = {"one": [words("别的")]}
    await begin(database, Audience(1))
    assert await database.write(lambda connection: batches.begin(connection, "n2", other, NOW))
    second = Audience(2)
    second.people = second.people[1:]
    await batches.expand(database, "n2", second, FixedClock(NOW))
    found = await look(database)
    assert {each.chat: each.message.blocks[0].text for each in found.bulk} == {"0": "一", "1": "别的"}


async def test_words_shared_by_rows_of_no_batch_go_when_the_rows_have_gone(database: Database) -> None:
    pointer = ledger.Pointer("k", Where("fake", "bot", "7"), batches.shared_label("hash", 0, NOW), False, None)
    for _ in range(2):
        await database.write(lambda connection: batches.share(connection, {"hash": [words("同样的话")]}, NOW))
        await database.write(lambda connection: ledger.point(connection, [pointer], NOW))
    (delivery,) = (await look(database)).bulk
    assert (delivery.message.key, delivery.message.where.chat, delivery.message.blocks[0].text) == ("k", "7", "同样的话")
    for days, left in ((ledger.KEEP.days, 1), (ledger.KEEP.days + batches.SPARE.days + 1, 0)):
        await database.write(lambda connection, days=days: batches.forget(connection, NOW + timedelta(days=days)))  # type: ignore[misc]
        async with database.read() as connection:
            assert (await connection.execute(select(func.count()).select_from(Letter.__table__))).scalar_one() == left


async def test_whoever_is_named_twice_gets_it_once(database: Database) -> None:
    audience = Audience(3)
    audience.people += audience.people
    await begin(database, audience)
    assert (await progress(database)).counts == {"pending": 3}


async def test_a_batch_is_begun_once(database: Database) -> None:
    await begin(database, Audience(3))
    assert not await database.write(lambda connection: batches.begin(connection, "n1", LETTERS, NOW))


async def test_nobody_is_in_an_empty_audience(database: Database) -> None:
    await begin(database, Audience(0))
    await sweep(database)
    assert (await progress(database)) == Progress("finished", "", True, {})


# ---- the first messages ----


async def test_only_the_first_ones_go_until_they_are_through(database: Database) -> None:
    await begin(database, Audience(100))
    found = await look(database)
    assert (len(found.bulk), found.ripe) == (FIRST, ())
    await claim(database, found.bulk)
    assert await look(database) == Due(), "they are under way"
    await settle(database, found.bulk, Sent("1"))
    assert (await look(database)).ripe == ("n1",)
    assert await judge(database) == ""
    assert len((await look(database)).bulk) == 80


async def test_up_to_a_fifth_of_one_kind_may_fail(database: Database) -> None:
    await begin(database, Audience(100))
    assert await send(database, BLOCKED, limit=4) == 4
    assert await send(database, Sent("1")) == 16
    assert await judge(database) == ""
    assert (await progress(database)).state == "running"


async def test_more_than_a_fifth_of_one_kind_pauses_it_with_the_reason(database: Database) -> None:
    await begin(database, Audience(100))
    assert await send(database, BLOCKED, limit=5) == 5
    assert await send(database, Sent("1")) == 15
    assert await judge(database) == "5 of the first 20 failed: Forbidden: bot was blocked by the user"
    assert await look(database) == Due()
    assert (await progress(database)).reason.startswith("5 of the first 20 failed")


async def test_a_fifth_of_each_of_two_kinds_is_borne(database: Database) -> None:
    await begin(database, Audience(100))
    await send(database, BLOCKED, limit=4)
    await send(database, Gone("Forbidden: user is deactivated"), limit=4)
    await send(database, Sent("1"))
    assert await judge(database) == ""


async def test_one_message_in_a_wrong_form_pauses_it_at_once(database: Database) -> None:
    await begin(database, Audience(100))
    await send(database, Refused("can't parse entities", format=True), limit=1)
    assert await look(database) == Due()
    assert (await progress(database)).reason == "format: can't parse entities"


async def test_a_wrong_form_after_the_first_ones_pauses_it_too(database: Database) -> None:
    await begin(database, Audience(100))
    await send(database)
    await judge(database)
    await send(database, Refused("can't parse entities", format=True), limit=1)
    assert await look(database) == Due()


async def test_what_is_cancelled_is_not_paused_by_a_wrong_form(database: Database) -> None:
    await begin(database, Audience(100))
    sending = (await look(database, limit=1)).bulk
    await claim(database, sending)
    await database.write(lambda connection: batches.cancel(connection, "n1", "wrong people", NOW))
    await settle(database, sending, Refused("can't parse entities", format=True))
    assert ((await progress(database)).state, (await progress(database)).reason) == ("cancelled", "wrong people")


async def test_each_account_has_first_ones_of_its_own(database: Database) -> None:
    both = Audience(100)
    both.people += Audience(100, platform="other").people
    await begin(database, both)
    await send(database)
    await judge(database)
    async with database.read() as connection:
        there = await due(connection, Look("other", "bot", NOW, 500))
    assert len(there.bulk) == FIRST
    assert len((await look(database)).bulk) == 80


@pytest.mark.parametrize(("platform", "account"), [("other", "bot"), ("fake", "second")])
async def test_what_fails_at_another_account_holds_up_nobody_here(database: Database, platform: str, account: str) -> None:
    both = Audience(100)
    both.people += [Recipient(Where(platform, account, str(number)), "one") for number in range(100)]
    await begin(database, both)
    async with database.read() as connection:
        there = (await due(connection, Look(platform, account, NOW, 500))).bulk
    assert len(there) == FIRST
    await claim(database, there)
    await settle(database, there, BLOCKED)
    assert await send(database) == FIRST
    assert await judge(database) == ""


async def test_one_whom_the_platform_refuses_stops_nobody_else(database: Database) -> None:
    await begin(database, Audience(3))
    found = (await look(database)).bulk
    await claim(database, found)
    await settle(database, found[:1], Refused("not enough rights to write there"))
    assert (await progress(database)).state == "running"


async def test_a_second_part_waits_for_a_first_one_that_is_put_off(database: Database) -> None:
    await begin(database, Audience(1, "two"))
    await send(database, Later("429", timedelta(seconds=30)))
    assert (await look(database, at(10))).bulk == ()
    assert [each.message.blocks[0].text for each in (await look(database, at(30))).bulk] == ["上"]


async def test_whoever_resumes_it_has_looked(database: Database) -> None:
    await begin(database, Audience(100))
    await send(database, BLOCKED)
    assert await judge(database) != ""
    assert await database.write(lambda connection: batches.resume(connection, "n1"))
    assert len((await look(database)).bulk) == 80


async def test_a_small_batch_needs_no_look(database: Database) -> None:
    await begin(database, Audience(FIRST - 1))
    assert await send(database, BLOCKED) == FIRST - 1
    assert (await look(database)).ripe == ()
    await sweep(database)
    assert (await progress(database)).state == "finished"


# ---- pause, resume, cancel, end ----


async def test_a_paused_batch_waits_and_lets_others_pass(database: Database) -> None:
    await begin(database, Audience(3), "n1")
    await begin(database, Audience(3), "n2")
    await database.write(lambda connection: batches.pause(connection, "n1", "typo"))
    assert {each.batch for each in (await look(database)).bulk} == {"n2"}
    assert not await database.write(lambda connection: batches.pause(connection, "n1", "again"))
    assert await database.write(lambda connection: batches.resume(connection, "n1"))
    assert {each.batch for each in (await look(database)).bulk} == {"n1"}, "the older one is offered to a chat first"


async def test_what_was_read_before_a_pause_is_not_begun_after_it(database: Database) -> None:
    await begin(database, Audience(3))
    found = (await look(database)).bulk
    await begin(database, Audience(1), "n2")
    await database.write(lambda connection: batches.pause(connection, "n1", "staff"))
    assert not await database.write(lambda connection: ledger.claim(connection, found, NOW)), "though another one is running"
    await database.write(lambda connection: batches.resume(connection, "n1"))
    assert len(await database.write(lambda connection: ledger.claim(connection, found, NOW))) == 3


async def test_a_paused_batch_may_be_cancelled_and_stays_it(database: Database) -> None:
    await begin(database, Audience(3))
    await database.write(lambda connection: batches.pause(connection, "n1", "typo"))
    assert await database.write(lambda connection: batches.cancel(connection, "n1", "typo", NOW))
    await sweep(database)
    assert ((await progress(database)).state, (await progress(database)).counts) == ("cancelled", {"cancelled": 3})


async def test_a_batch_without_rows_yet_is_not_finished(database: Database) -> None:
    assert await database.write(lambda connection: batches.begin(connection, "n1", LETTERS, NOW))
    await sweep(database)
    assert (await progress(database)).state == "running"


async def test_a_batch_that_the_clock_resumes_still_waits_for_a_look(database: Database) -> None:
    await begin(database, Audience(100))
    await database.write(lambda connection: batches.pause(connection, "n1", "quiet"))
    assert await database.write(lambda connection: batches.resume(connection, "n1", seen=False))
    assert len((await look(database)).bulk) == FIRST


async def test_a_chat_that_must_wait_gets_nothing_of_a_batch_either(database: Database) -> None:
    await begin(database, Audience(3))
    async with database.read() as connection:
        found = await due(connection, Look("fake", "bot", NOW, 500, busy=("1",)))
    assert [each.chat for each in found.bulk] == ["0", "2"]


async def test_what_may_have_arrived_of_a_paused_batch_waits_too(database: Database) -> None:
    await begin(database, Audience(1))
    await send(database, Unclear("reset"))
    await database.write(lambda connection: batches.pause(connection, "n1", "typo"))
    assert (await look(database, at(600))).bulk == ()
    await database.write(lambda connection: batches.resume(connection, "n1"))
    assert len((await look(database, at(600))).bulk) == 1


async def test_a_cancelled_batch_ends_what_has_not_been_begun(database: Database) -> None:
    await begin(database, Audience(2300))
    await send(database, Unclear("reset"), limit=1)
    sending = (await look(database, limit=1)).bulk
    await claim(database, sending)
    assert await database.write(lambda connection: batches.cancel(connection, "n1", "wrong people", NOW))
    assert await look(database, at(600)) == Due()
    assert await sweep(database) == 2299
    await settle(database, sending, Sent("1"))
    found = await progress(database)
    assert (found.state, found.reason, found.counts) == ("cancelled", "wrong people", {"cancelled": 2298, "sent": 1, "unknown": 1})
    assert not await database.write(lambda connection: batches.resume(connection, "n1"))
    assert not await database.write(lambda connection: batches.cancel(connection, "n1", "again", NOW))


async def test_a_cancelled_audience_grows_no_more(database: Database) -> None:
    audience = Audience(2400)
    audience.breaks_off_at = 500
    with pytest.raises(ConnectionError):
        await begin(database, audience)
    rows = (await progress(database)).open
    audience.breaks_off_at = -1
    await database.write(lambda connection: batches.cancel(connection, "n1", "", NOW))
    await batches.expand(database, "n1", audience, FixedClock(NOW))
    await sweep(database)
    assert (await progress(database)).counts == {"cancelled": rows}


async def test_it_is_finished_when_every_row_has_an_end(database: Database) -> None:
    await begin(database, Audience(3))
    await send(database, Sent("1"), limit=1)
    await send(database, Later("503"), limit=1)
    await sweep(database)
    assert (await progress(database)).state == "running"
    await send(database, BLOCKED)
    found = (await look(database, at(60))).bulk
    await claim(database, found)
    await settle(database, found, Sent("1"))
    await sweep(database)
    assert (await progress(database)).state == "finished"


async def test_what_was_not_sent_in_time_is_not_sent_at_all(database: Database) -> None:
    await begin(database, Audience(3), expires_at=at(60))
    await send(database, Sent("1"), limit=1)
    assert (await look(database, at(60))).bulk == ()
    assert await sweep(database, at(60)) == 2
    assert ((await progress(database)).state, (await progress(database)).counts) == ("finished", {"sent": 1, "expired": 2})


async def test_whoever_unsubscribes_before_their_turn_hears_nothing(database: Database) -> None:
    await begin(database, Audience(3))
    await database.write(lambda connection: batches_out(connection, "1"))
    assert [each.chat for each in (await look(database)).bulk] == ["0", "2"]


async def batches_out(connection: AsyncConnection, chat: str) -> None:
    await ledger.withdraw_batch(connection, "n1", Where("fake", "bot", chat), NOW)


async def test_whoever_blocks_us_is_tried_once_whatever_else_waits_for_them(database: Database) -> None:
    await begin(database, Audience(1, "two"))
    await send(database, BLOCKED)
    assert (await progress(database)).counts == {"unreachable": 2}


async def test_old_batches_go_with_their_letters(database: Database) -> None:
    await begin(database, Audience(1))
    await send(database)
    await sweep(database)
    late = NOW + ledger.KEEP + timedelta(seconds=1)
    assert await database.write(lambda connection: batches.forget(connection, NOW + ledger.KEEP)) == 0
    assert await database.write(lambda connection: batches.forget(connection, late)) == 1
    async with database.read() as connection:
        for each in (Batch, Letter):
            assert (await connection.execute(select(func.count()).select_from(each.__table__))).scalar_one() == 0


async def test_a_letter_nobody_can_read_fails_its_rows(database: Database) -> None:
    await begin(database, Audience(2))
    await database.write(lambda connection: connection.execute(update(Letter.__table__).values(body="{}")))
    assert len((await look(database)).unreadable) == 2

"""The ledger: one row for each message to one recipient, claimed by one, settled once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Block, Button, ChatKind, Incoming, Kind, Outgoing, Span, Where
from bot.core.platform import Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear
from bot.core.standing import Standing
from bot.outbox import batches, instance, ledger
from bot.outbox.due import ANSWERS, Due, Look, doubtful, of_batch
from bot.outbox.due import due as due_now
from bot.outbox.ledger import Delivery
from bot.storage import retention
from bot.storage.database import Database
from bot.storage.tables import Outbox
from tests import standing as stands

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
table = Outbox.__table__


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def message(key: str, chat: str = "1", text: str = "答") -> Outgoing:
    return Outgoing(key, Where("fake", "bot", chat), (Block((Span(text),)),))


async def put(database: Database, *keys: str, chat: str = "1", lane: str = "reply", now: datetime = NOW) -> None:
    async def job(connection: AsyncConnection) -> None:
        for key in keys:
            await ledger.put(connection, message(key, chat), group=False, lane=lane, now=now)

    await database.write(job)


async def due(database: Database, now: datetime = NOW, limit: int = 10, busy: tuple[str, ...] = ()) -> list[Delivery]:
    found = await look(database, now, limit, busy)
    assert found.unreadable == ()
    return [*found.replies, *found.bulk]


async def look(database: Database, now: datetime = NOW, limit: int = 10, busy: tuple[str, ...] = (), *, doubtful: bool = True) -> Due:
    async with database.read() as connection:
        return await due_now(connection, Look("fake", "bot", now, limit, busy, doubtful))


async def claim(database: Database, delivery: Delivery, now: datetime = NOW) -> bool:
    return delivery.id in await database.write(lambda connection: ledger.claim(connection, [delivery], now))


async def settle(database: Database, delivery: Delivery, outcome: Outcome, now: datetime = NOW) -> bool:
    return not await database.write(lambda connection: ledger.settle_all(connection, [(delivery, outcome)], now))


async def recover(database: Database, now: datetime = NOW, *, all_rows: bool = True) -> int:
    return await database.write(lambda connection: ledger.recover(connection, "fake", "bot", now, all_rows=all_rows))


async def taken(database: Database, now: datetime = NOW) -> Delivery:
    """The first one due, claimed."""
    delivery = (await due(database, now))[0]
    assert await claim(database, delivery, now)
    return delivery


async def rows(database: Database) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(select(table).order_by(table.c.id))).all())


async def row(database: Database) -> Any:
    return (await rows(database))[0]


def keys(found: Sequence[Delivery]) -> list[str]:
    return [delivery.message.key for delivery in found]


async def test_a_message_comes_out_as_it_was_put(database: Database) -> None:
    blocks = (Block((Span("粗", bold=True), Span("😀", link="https://example.org")), quote=True),)
    whole = Outgoing("k", Where("fake", "bot", "-1", "7"), blocks, (Button("一", "t.0"), Button("二", url="https://x")), "5", "6", "zh-CN")
    await database.write(lambda connection: ledger.put(connection, whole, group=True, lane="bulk", now=NOW))
    (delivery,) = await due(database)
    assert (delivery.message, delivery.group, delivery.tries, delivery.strikes) == (whole, True, 0, 0)


async def at_hand(database: Database, *messages: Outgoing) -> list[tuple[str, str]]:
    """Chats and words of what is due when these were put a moment ago."""
    async with database.read() as connection:
        found = await due_now(connection, Look("fake", "bot", at(10_000), 10), at_hand={each.key: each for each in messages})
    return [(each.message.where.chat, each.message.blocks[0].text) for each in found.replies]


async def test_what_was_put_a_moment_ago_is_not_opened_again(database: Database) -> None:
    await put(database, "k")
    await database.write(lambda connection: _spoil(connection, "k"))
    assert await at_hand(database, message("k")) == [("1", "答")]
    assert (await look(database)).unreadable, "without it the row is read"


async def test_a_message_at_hand_follows_its_group_as_its_row_says(database: Database) -> None:
    await put(database, "k")
    await settle(database, await taken(database), Moved("-1001"))
    assert await at_hand(database, message("k")) == [("-1001", "答")]


async def test_once_it_was_tried_the_row_counts_and_not_what_is_at_hand(database: Database) -> None:
    await put(database, "k")
    await settle(database, await taken(database), Later("busy"))
    assert await at_hand(database, message("k", text="from memory")) == [("1", "答")]


async def test_a_key_is_put_once(database: Database) -> None:
    await put(database, "k")
    await settle(database, await taken(database), Sent("9"))
    await put(database, "k", "k")
    assert [(row.key, row.state) for row in await rows(database)] == [("k", "sent")]


async def test_a_chat_gets_its_messages_in_order_one_at_a_time(database: Database) -> None:
    await put(database, "a1", "a2", chat="a")
    await put(database, "b1", chat="b")
    await put(database, "a3", chat="a")
    order = []
    while found := await due(database):
        order.append(keys(found))
        for delivery in found:
            assert await claim(database, delivery)
            assert await settle(database, delivery, Sent("1"))
    assert order == [["a1", "b1"], ["a2"], ["a3"]]


async def test_what_the_platform_asked_to_wait_with_is_known_to_the_next_sender(database: Database) -> None:
    for chat, outcome in (
        ("a", Later("429", timedelta(seconds=30))),
        ("b", Later("429", timedelta(seconds=20), everybody=True)),
        ("d", Later("429", timedelta(seconds=10), everybody=True)),
        ("c", Later("down")),
    ):
        await put(database, chat, chat=chat)
        await settle(database, await taken(database), outcome)
    async with database.read() as connection:
        assert await ledger.halts(connection, "fake", "bot", at(5)) == {"": timedelta(seconds=15), "a": timedelta(seconds=25)}
        assert await ledger.halts(connection, "fake", "bot", at(30)) == {}


async def test_a_chat_waits_for_its_oldest_while_that_one_is_put_off(database: Database) -> None:
    await put(database, "a1", "a2", chat="a")
    await put(database, "b1", chat="b")
    await settle(database, await taken(database), Later("slow down", timedelta(seconds=30)))
    assert keys(await due(database)) == ["b1"]
    assert keys(await due(database, at(30))) == ["a1", "b1"]


async def test_an_answer_made_by_a_clock_put_back_since_goes_at_once_and_holds_up_nobody(database: Database) -> None:
    await put(database, "ahead", now=NOW + timedelta(days=1))
    await put(database, "now")
    assert keys(await due(database, NOW)) == ["ahead"]
    await settle(database, await taken(database, NOW), Sent("9"))
    assert keys(await due(database, NOW)) == ["now"]


async def test_a_busy_chat_is_passed_over(database: Database) -> None:
    await put(database, "a1", chat="a")
    await put(database, "b1", chat="b")
    assert keys(await due(database, busy=("a",))) == ["b1"]


async def test_answers_and_what_goes_to_many_are_offered_apart_the_oldest_first(database: Database) -> None:
    for number in range(3):
        await put(database, f"bulk {number}", chat=f"b{number}", lane="bulk")
    for number in range(3):
        await put(database, f"reply {number}", chat=f"r{number}")
    found = await look(database, limit=2)
    assert (keys(found.replies), keys(found.bulk)) == (["reply 0", "reply 1"], ["bulk 0", "bulk 1"])


async def test_an_answer_does_not_wait_for_what_goes_to_many_in_the_same_chat(database: Database) -> None:
    await put(database, "bulk", lane="bulk")
    await settle(database, await taken(database), Later("slow down", timedelta(seconds=30)))
    await put(database, "reply")
    assert keys(await due(database)) == ["reply"]


async def test_what_may_have_arrived_goes_again_one_at_a_time(database: Database) -> None:
    for chat in "abc":
        await put(database, chat, chat=chat)
    for _ in range(3):
        await settle(database, await taken(database), Unclear("reset"))
    assert keys(await due(database, at(600))) == ["a"]
    assert (await look(database, at(600), doubtful=False)) == Due()


async def test_what_is_past_its_use_is_not_sent(database: Database) -> None:
    async def job(connection: AsyncConnection) -> None:
        await ledger.put(connection, message("k"), group=False, lane="bulk", now=NOW, expires_at=at(10))

    await database.write(job)
    assert keys(await due(database, at(9))) == ["k"]
    assert await due(database, at(10)) == []
    assert await database.write(lambda connection: batches.sweep(connection, at(9))) == 0
    assert await database.write(lambda connection: batches.sweep(connection, at(10))) == 1
    assert ((await row(database)).state, (await row(database)).body) == ("expired", "")


async def test_what_may_have_arrived_and_must_not_come_twice_is_unknown_at_once(database: Database) -> None:
    async def job(connection: AsyncConnection) -> None:
        for chat in "ab":
            await ledger.put(connection, message(chat, chat), group=False, lane="bulk", now=NOW, hold=True)

    await database.write(job)
    await settle(database, await taken(database), Unclear("reset"))
    await taken(database)
    await recover(database)
    assert [row.state for row in await rows(database)] == ["unknown", "unknown"]


async def test_a_claimed_row_whose_request_was_not_written_is_as_it_was(database: Database) -> None:
    await put(database, "k")
    delivery = await taken(database)
    await database.write(lambda connection: ledger.give_back(connection, [delivery]))
    found = await row(database)
    assert (found.state, found.tries, found.strikes, found.lease_until) == ("pending", 0, 0, None)
    assert not await claim(database, delivery), "it was read before"
    assert not await settle(database, delivery, Sent("1")), "who gave it back has no say any more"
    again = await taken(database)
    assert not await settle(database, delivery, Sent("1")), "also when another has it by now"
    assert await settle(database, again, Sent("2"))


async def test_a_claimed_row_that_may_have_arrived_before_still_may_when_it_is_given_back(database: Database) -> None:
    await put(database, "k")
    await settle(database, await taken(database), Unclear("reset"))
    delivery = await taken(database, at(600))
    await database.write(lambda connection: ledger.give_back(connection, [delivery]))
    assert ((await row(database)).state, (await row(database)).strikes) == ("ambiguous", 1)


async def test_a_row_taken_over_or_settled_cannot_be_given_back(database: Database) -> None:
    await put(database, "k")
    delivery = await taken(database)
    await recover(database)
    await database.write(lambda connection: ledger.give_back(connection, [delivery]))
    assert (await row(database)).state == "ambiguous"
    again = await taken(database, at(600))
    await database.write(lambda connection: ledger.give_back(connection, [delivery]))
    assert (await row(database)).state == "sending"
    await settle(database, again, Sent("1"))
    await database.write(lambda connection: ledger.give_back(connection, [again]))
    assert (await row(database)).state == "sent"


@pytest.mark.parametrize("second", [Sent("2"), Refused("no")], ids=["sent", "refused"])
async def test_what_became_of_a_row_is_written_once(database: Database, second: Outcome) -> None:
    await put(database, "k")
    delivery = await taken(database)
    assert await settle(database, delivery, Sent("1"))
    assert not await settle(database, delivery, second)
    assert ((await row(database)).state, (await row(database)).message) == ("sent", "1")


async def test_what_waits_for_a_chat_that_ended_is_let_go_and_what_is_under_way_is_not(database: Database) -> None:
    await put(database, "doubtful")
    await settle(database, await taken(database), Unclear("reset"))
    await put(database, "under way")
    await taken(database)
    await put(database, "answer")
    await put(database, "to many", lane="bulk")
    await put(database, "elsewhere", chat="2")
    await database.write(lambda connection: ledger.withdraw(connection, Where("fake", "bot", "1"), at(1)))
    assert [(row.state, bool(row.body)) for row in await rows(database)] == [
        ("cancelled", False),
        ("sending", True),
        ("cancelled", False),
        ("cancelled", False),
        ("pending", True),
    ]


async def test_many_are_put_at_once_and_each_once(database: Database) -> None:
    many = [(message(f"k{number}", str(number)), number % 2 == 1) for number in range(5)]
    for _ in range(2):
        await database.write(lambda connection: ledger.put_many(connection, many, lane="bulk", now=NOW))
    assert [(row.key, row.group, row.lane) for row in await rows(database)] == [(f"k{n}", n % 2 == 1, "bulk") for n in range(5)]


async def test_a_database_that_is_paused_offers_nothing(database: Database) -> None:
    await put(database, "k")
    await database.write(lambda connection: instance.pause(connection, "restored", NOW))
    assert await due(database) == []
    assert await database.write(lambda connection: instance.resume(connection, NOW)) == "restored"
    assert keys(await due(database)) == ["k"]


@pytest.mark.sqlite_only
async def test_a_look_does_not_go_through_what_waits(database: Database) -> None:
    """Whatever the number of rows, SQLite finds those it needs by an index."""
    written = (of_batch, doubtful, ledger.claiming, ledger.sent_ones)
    async with database.read() as connection:
        for query in (ANSWERS, *(each("sqlite") for each in written)):
            compiled = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
            plan = (await connection.exec_driver_sql(f"explain query plan {compiled}", tuple(_bound(compiled)))).all()
            steps = [step.detail for step in plan if "outbox" in step.detail or "earlier" in step.detail]
            assert steps
            assert all("USING" in step and step.startswith("SEARCH") for step in steps), steps
            assert not any("rowid<?" in step and "chat=?" not in step for step in steps), f"all rows before each: {steps}"
            assert not any("outbox_turn" in step and "lane=?" not in step for step in steps), f"all that goes to many: {steps}"


def _bound(compiled: Any) -> list[Any]:
    return [str(compiled.params[name]) for name in compiled.positiontup]


async def test_many_outcomes_are_written_at_once_and_those_taken_over_are_counted(database: Database) -> None:
    for chat in "abcde":
        await put(database, chat, chat=chat)
    found = await due(database)
    assert len(await database.write(lambda connection: ledger.claim(connection, found, NOW))) == 5
    await database.write(lambda connection: connection.execute(update(table).where(table.c.chat.in_(tuple("be"))).values(epoch=7)))
    outcomes: list[Outcome] = [Sent("1"), Sent("2"), Refused("no"), Sent("4"), Gone("blocked")]
    landed = list(zip(found, outcomes, strict=True))
    assert await database.write(lambda connection: ledger.settle_all(connection, landed, NOW)) == 2
    assert [(row.state, row.message) for row in await rows(database)] == [
        ("sent", "1"),
        ("sending", ""),
        ("failed", ""),
        ("sent", "4"),
        ("sending", ""),
    ]


async def test_of_many_who_claim_a_row_one_gets_it(database: Database) -> None:
    await put(database, "k")
    (delivery,) = await due(database)
    got = await asyncio.gather(*(claim(database, delivery) for _ in range(20)))
    assert got.count(True) == 1
    found = await row(database)
    assert (found.state, found.epoch, found.tries, found.lease_until) == ("sending", 1, 1, NOW + ledger.LEASE)
    assert await due(database, at(3600)) == []


OUTCOMES = [
    (Sent("77"), {"state": "sent", "message": "77", "body": "", "error": "", "settled_at": at(1)}),
    (Gone("blocked"), {"state": "unreachable", "body": "", "error": "blocked", "settled_at": at(1)}),
    (Refused("too long"), {"state": "failed", "error": "too long", "settled_at": at(1)}),
    (Unclear("reset"), {"state": "ambiguous", "error": "reset", "strikes": 1, "due_at": at(601), "settled_at": None}),
    (Later("429", timedelta(seconds=7)), {"state": "pending", "error": "wait: 429", "due_at": at(8), "tries": 0, "settled_at": None}),
    (Later("refused"), {"state": "pending", "error": "refused", "tries": 1, "settled_at": None}),
    (Locked("401"), {"state": "pending", "error": "401", "tries": 0, "due_at": at(1), "settled_at": None}),
    (Refused("too long", format=True), {"state": "failed", "error": "format: too long", "settled_at": at(1)}),
    (Moved("-1001"), {"state": "pending", "chat": "-1001", "due_at": at(1), "settled_at": None}),
]


@pytest.mark.parametrize(("outcome", "expected"), OUTCOMES, ids=lambda value: type(value).__name__ if not isinstance(value, dict) else "")
async def test_each_outcome_has_its_state(database: Database, outcome: Outcome, expected: dict[str, Any]) -> None:
    await put(database, "k")
    assert await settle(database, await taken(database), outcome, at(1))
    found = await row(database)
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.lease_until is None


async def test_what_certainly_was_not_sent_is_tried_eight_times_with_growing_waits(database: Database) -> None:
    await put(database, "k")
    now, waits = NOW, []
    while (await row(database)).state == "pending":
        await settle(database, await taken(database, now), Later("refused"), now)
        found = await row(database)
        waits.append((found.due_at - now).total_seconds())
        now = max(found.due_at, now)
    assert (found.state, found.tries) == ("failed", 8)
    expected = [1, 5, 25, 125, 600, 600, 600]
    assert all(0.7 * seconds <= wait <= 1.3 * seconds for seconds, wait in zip(expected, waits, strict=False))


async def test_the_platform_s_own_demand_to_wait_uses_up_no_tries(database: Database) -> None:
    await put(database, "k")
    for number in range(20):
        await settle(database, await taken(database, at(number)), Later("429", timedelta(seconds=1)), at(number))
    await settle(database, await taken(database, at(20)), Later("refused"), at(20))
    assert (await row(database)).state == "pending"


async def test_a_late_settlement_writes_nothing(database: Database) -> None:
    await put(database, "k")
    first = await taken(database)
    await recover(database, at(70))
    second = await taken(database, at(70 + 600))
    assert not await settle(database, first, Refused("late"), at(671))
    assert (await row(database)).state == "sending"
    assert await settle(database, second, Sent("2"), at(672))
    assert not await settle(database, first, Gone("later still"), at(673))
    assert ((await row(database)).state, (await row(database)).message) == ("sent", "2")


async def test_what_may_have_arrived_is_sent_once_more_after_ten_minutes_and_then_unknown(database: Database) -> None:
    await put(database, "k")
    await settle(database, await taken(database), Unclear("reset"))
    assert await due(database, at(599)) == []
    await settle(database, await taken(database, at(600)), Unclear("reset"), at(600))
    assert (await row(database)).state == "unknown"
    assert await due(database, at(10_000)) == []


async def test_what_may_have_arrived_lets_the_next_pass(database: Database) -> None:
    await put(database, "a1", "a2", chat="a")
    await settle(database, await taken(database), Unclear("reset"))
    assert keys(await due(database)) == ["a2"]


async def test_the_second_try_of_what_may_have_arrived_settles_like_any(database: Database) -> None:
    await put(database, "k")
    await settle(database, await taken(database), Unclear("reset"))
    await settle(database, await taken(database, at(600)), Sent("5"), at(601))
    found = await row(database)
    assert (found.state, found.message, found.strikes) == ("sent", "5", 1)


async def test_after_a_crash_what_was_being_sent_may_have_arrived(database: Database) -> None:
    await put(database, "a", chat="a")
    await put(database, "b", chat="b")
    await taken(database)
    assert await recover(database) == 1
    assert [(row.state, row.strikes) for row in await rows(database)] == [("ambiguous", 1), ("pending", 0)]
    await taken(database, at(600))
    await taken(database, at(600))
    assert await recover(database, at(601)) == 2
    assert [(row.state, row.strikes) for row in await rows(database)] == [("unknown", 2), ("ambiguous", 1)]


async def test_while_a_sender_runs_only_rows_past_their_lease_are_recovered(database: Database) -> None:
    await put(database, "k")
    await taken(database)
    assert await recover(database, at(59), all_rows=False) == 0
    assert await recover(database, at(60), all_rows=False) == 1


async def test_another_account_s_rows_are_not_recovered(database: Database) -> None:
    await put(database, "k")
    await taken(database)
    assert await database.write(lambda connection: ledger.recover(connection, "fake", "other", NOW, all_rows=True)) == 0


async def test_a_message_nobody_can_read_fails_and_stops_no_other(database: Database) -> None:
    await put(database, "a1", "a2", chat="a")
    await put(database, "b1", chat="b")
    await database.write(lambda connection: _spoil(connection, "a1"))
    found = await look(database)
    assert keys(found.replies) == ["b1"]
    await database.write(lambda connection: ledger.give_up(connection, found.unreadable[0], "unreadable", NOW))
    assert keys(await due(database)) == ["a2", "b1"]
    assert ((await row(database)).state, (await row(database)).error) == ("failed", "unreadable")


async def _spoil(connection: AsyncConnection, key: str) -> None:
    await connection.execute(update(table).where(table.c.key == key).values(body="{}"))


async def test_whoever_is_gone_is_marked_and_a_moved_group_takes_its_waiting_messages_along(database: Database) -> None:
    incoming = Incoming("1", Kind.TEXT, Where("fake", "bot", "1"), ChatKind.GROUP, "7", NOW)
    standing = Standing(region="suzhou")
    await database.write(lambda connection: stands.save(connection, incoming, standing, Standing(), NOW))
    await put(database, "k1", "k2")
    await settle(database, await taken(database), Moved("-1001"))
    found = await due(database)
    assert [(delivery.chat, delivery.message.where.chat) for delivery in found] == [("-1001", "-1001")]
    assert {row.chat for row in await rows(database)} == {"-1001"}
    await settle(database, await taken(database), Gone("kicked"))
    moved = Incoming("1", Kind.TEXT, Where("fake", "bot", "-1001"), ChatKind.GROUP, "7", NOW)
    async with database.read() as connection:
        found_there = await stands.standing(connection, moved)
    assert (found_there.region, found_there.active) == ("suzhou", False)


async def test_in_the_group_it_moved_to_a_message_threads_to_nothing_and_replaces_nothing(database: Database) -> None:
    """Numbers of messages are those of the chat before: the platform would refuse the answer."""
    answer = replace(message("k1"), reply_to="7", edit="8")
    await database.write(lambda connection: ledger.put(connection, answer, group=True, lane="reply", now=NOW))
    await settle(database, await taken(database), Moved("-1001"))
    (found,) = await due(database)
    assert (found.message.where.chat, found.message.reply_to, found.message.edit) == ("-1001", "", "")


async def test_rows_are_counted_by_state_and_known_to_be_open(database: Database) -> None:
    async def open_here() -> bool:
        async with database.read() as connection:
            return await ledger.is_open(connection, "fake", "bot")

    assert not await open_here()
    await put(database, "a", chat="a")
    await put(database, "b", chat="b")
    await settle(database, await taken(database), Sent("1"))
    async with database.read() as connection:
        assert await ledger.counts(connection) == {"sent": 1, "pending": 1}
    assert await open_here()
    await settle(database, await taken(database), Unclear("reset"))
    assert not await open_here(), "what waits ten minutes keeps nobody waiting"


async def test_proof_is_kept_a_month_and_what_is_open_for_ever(database: Database) -> None:
    await put(database, "a", chat="a")
    await put(database, "b", chat="b")
    await settle(database, await taken(database), Sent("1"))
    late = NOW + ledger.KEEP
    assert await retention.let_go(database, ledger.passing(late)) == 0
    assert await retention.let_go(database, ledger.passing(late + timedelta(seconds=1))) == 1
    assert [row.key for row in await rows(database)] == ["b"]

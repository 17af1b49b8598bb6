"""The sender over a platform in memory that is slow, strict or gone when told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.core.clock import SystemClock
from bot.core.message import Block, Incoming, Outgoing, Span, Where
from bot.core.platform import Later, Limits, Locked, Outcome, Sent
from bot.outbox import ledger, troubles
from bot.outbox import sender as sender_of_many
from bot.outbox.breaker import ENOUGH, PROBE
from bot.outbox.due import Due, due
from bot.outbox.many import STALE
from bot.outbox.sender import Sender
from bot.storage.database import Database
from bot.storage.tables import Outbox
from tests.patience import PATIENCE, until

table = Outbox.__table__
pytestmark = pytest.mark.sqlite_only


class Platform:
    """Keeps what it was given; `answers` says what it thinks of it."""

    platform = "fake"
    account = "bot"

    def __init__(self, limits: Limits, answers: Callable[[Outgoing], Outcome] = lambda message: Sent("1")) -> None:
        self.limits = limits
        self.answers = answers
        self.got: list[str] = []
        self.flying = self.widest = 0
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, message: Outgoing) -> Outcome:
        self.flying += 1
        self.widest = max(self.widest, self.flying)
        await self.open.wait()
        await asyncio.sleep(0)
        self.flying -= 1
        self.got.append(message.key)
        return self.answers(message)

    async def acknowledge(self, incoming: Incoming, note: str) -> None: ...
    async def answer_inline(self, incoming: Incoming, results: Any) -> None: ...
    async def typing(self, where: Where) -> None: ...


FREE = Limits(text=1000, buttons=0)
WIDTH = FREE.width


async def put(database: Database, chats: list[str], *, group: bool = False, prefix: str = "", lane: str = "reply") -> None:
    async def job(connection: AsyncConnection) -> None:
        for number, chat in enumerate(chats):
            message = Outgoing(f"{prefix}{chat}/{number}", Where("fake", "bot", chat), (Block((Span("x"),)),))
            await ledger.put(connection, message, group=group, lane=lane, now=SystemClock().now())

    await database.write(job)


async def states(database: Database) -> dict[str, str]:
    async with database.read() as connection:
        return {row.key: row.state for row in await connection.execute(select(table.c.key, table.c.state))}


@asynccontextmanager
async def sending(database: Database, platform: Platform, *, fails: bool = False) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    sender = Sender(database, platform, SystemClock())  # type: ignore[arg-type]  # what a sender asks of one
    task = asyncio.create_task(sender.run(stop))
    try:
        yield task
    finally:
        stop.set()
        sender.wake()
        await asyncio.wait([task], timeout=PATIENCE)
        assert task.done()
        assert fails or task.exception() is None


class Seconds:
    """A clock that is put forward by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def sending_by(database: Database, platform: Platform, monotonic: Callable[[], float]) -> AsyncIterator[Sender]:
    sender, stop = Sender(database, platform, SystemClock(), monotonic), asyncio.Event()  # type: ignore[arg-type]  # what a sender asks of one
    running = asyncio.create_task(sender.run(stop))
    yield sender
    stop.set()
    await asyncio.wait_for(running, PATIENCE)


async def rounds(sender: Sender) -> None:
    """It has looked again several times."""
    for _ in range(5):
        sender.wake()
        await until(lambda: not sender._wake.is_set())


async def test_everything_is_sent_once_and_in_order_in_each_chat(database: Database) -> None:
    platform = Platform(FREE)
    await put(database, [str(number % 20) for number in range(100)])
    async with sending(database, platform):
        await until(lambda: len(platform.got) == 100)
    assert set((await states(database)).values()) == {"sent"}
    for chat in range(20):
        numbers = [int(key.partition("/")[2]) for key in platform.got if key.startswith(f"{chat}/")]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize("chats", [["a", "a", "a"], [f"b{number}" for number in range(3 * WIDTH)]], ids=["one chat", "many"])
async def test_answers_behind_others_follow_at_once_without_waiting_for_the_clock(
    database: Database, monkeypatch: pytest.MonkeyPatch, chats: list[str]
) -> None:
    platform = Platform(FREE)
    await put(database, chats)
    monkeypatch.setattr(sender_of_many, "LOOK", 10 * PATIENCE)
    async with sending(database, platform):
        await until(lambda: len(platform.got) == len(chats))
    assert set(platform.got) == {f"{chat}/{number}" for number, chat in enumerate(chats)}
    assert chats[0] != chats[1] or platform.got == sorted(platform.got)


async def test_whoever_may_have_lost_the_lease_sends_nothing_and_gives_back_what_was_claimed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was sure when it claimed, and no more when the message's turn came: another may be sending by then."""
    monkeypatch.setattr(sender_of_many, "LOOK", 0.01)
    platform, asked = Platform(FREE), list[bool]()

    def firm() -> bool:
        asked.append(not asked)
        return asked[-1]

    sender, stop = Sender(database, platform, SystemClock(), firm=firm), asyncio.Event()  # type: ignore[arg-type]  # what a sender asks of one
    await put(database, ["1"])
    running = asyncio.create_task(sender.run(stop))
    await until(lambda: len(asked) >= 5 or platform.got)
    stop.set()
    await asyncio.wait_for(running, PATIENCE)
    assert platform.got == []
    async with database.read() as connection:
        (row,) = (await connection.execute(select(table.c.state, table.c.tries, table.c.epoch))).all()
    assert tuple(row) == ("pending", 0, 2), "claimed once and given back"


async def test_an_answer_alone_costs_one_look(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, look = list[int](), due

    async def counted(*given: Any) -> Due:
        found = await look(*given)
        looks.append(len(found.replies))
        return found

    monkeypatch.setattr(sender_of_many, "due", counted)
    monkeypatch.setattr(sender_of_many, "LOOK", 10 * PATIENCE)
    sender, stop = Sender(database, Platform(FREE), SystemClock()), asyncio.Event()  # type: ignore[arg-type]  # what a sender asks of one
    running = asyncio.create_task(sender.run(stop))
    await until(lambda: looks == [0])
    for chat in ("1", "2"):
        await put(database, [chat])
        sender.wake()
        await until_async(database, {f"{each}/0": "sent" for each in "12" if each <= chat})
    stop.set()
    await asyncio.wait_for(running, PATIENCE)
    assert looks == [0, 1, 1]


async def test_words_of_answers_stay_in_memory_only_where_they_are_sent_and_no_longer(database: Database) -> None:
    sender, stop = Sender(database, Platform(FREE), SystemClock()), asyncio.Event()  # type: ignore[arg-type]  # what a sender asks of one
    answer = Outgoing("1/0", Where("fake", "bot", "1"), (Block((Span("x"),)),))
    sender.expect([answer])
    assert not sender._at_hand, "another process sends"
    running = asyncio.create_task(sender.run(stop))
    await put(database, ["1"])
    await until(lambda: sender._is_on)
    sender.expect([answer, replace(answer, key="withdrawn")])
    await until(lambda: not sender._at_hand)
    await until_async(database, {"1/0": "sent"})
    sender.expect([answer])
    stop.set()
    await asyncio.wait_for(running, PATIENCE)
    assert not sender._at_hand


async def test_after_a_turn_that_failed_the_rows_say_what_goes(database: Database) -> None:
    """Somebody else's row may bear the key of an answer that was expected."""
    said: list[str] = []

    def keep(message: Outgoing) -> Outcome:
        said.append("".join(span.text for block in message.blocks for span in block.spans))
        return Sent("1")

    sender, stop = Sender(database, Platform(FREE, keep), SystemClock()), asyncio.Event()  # type: ignore[arg-type]  # what a sender asks of one
    running = asyncio.create_task(sender.run(stop))
    await until(lambda: sender._is_on)
    sender.expect([Outgoing("1/0", Where("fake", "bot", "1"), (Block((Span("never committed"),)),))])
    sender.forget()
    await put(database, ["1"])
    sender.wake()
    await until_async(database, {"1/0": "sent"})
    stop.set()
    await asyncio.wait_for(running, PATIENCE)
    assert said
    assert "never committed" not in said


async def test_no_more_requests_fly_than_a_crash_may_repeat(database: Database) -> None:
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, [str(number) for number in range(80)])
    async with sending(database, platform):
        await until(lambda: platform.flying == WIDTH)
        platform.open.set()
        await until(lambda: len(platform.got) == 80)
    assert platform.widest == WIDTH


async def test_slow_requests_to_many_leave_a_quarter_of_the_places_to_answers(database: Database) -> None:
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, [str(number) for number in range(2 * WIDTH)], lane="bulk")
    async with sending_by(database, platform, time.monotonic) as sender:
        await until(lambda: platform.flying >= WIDTH * 3 // 4)
        await rounds(sender)
        assert platform.flying == WIDTH * 3 // 4
        await put(database, ["person"], prefix="reply ")
        sender.wake()
        await until(lambda: platform.flying == WIDTH * 3 // 4 + 1)
        platform.open.set()
        await until(lambda: len(platform.got) == 2 * WIDTH + 1)


async def test_where_there_is_one_place_four_answers_go_for_one_of_the_others(database: Database) -> None:
    platform = Platform(replace(FREE, width=1))
    await put(database, [str(number) for number in range(9)], prefix="reply ")
    await put(database, [str(number) for number in range(9, 12)], lane="bulk")
    async with sending(database, platform):
        await until(lambda: len(platform.got) == 12)
    assert [key.startswith("reply") for key in platform.got] == [*[True] * 4, False, *[True] * 4, False, True, False]


async def test_a_chat_hears_one_after_the_other_also_what_goes_to_many(database: Database) -> None:
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, ["1"], prefix="reply ")
    await put(database, ["1"], lane="bulk")
    async with sending_by(database, platform, time.monotonic) as sender:
        await until(lambda: platform.flying)
        await rounds(sender)
        assert platform.flying == 1
        platform.open.set()
        await until_async(database, {"reply 1/0": "sent", "1/0": "sent"})
    assert platform.got == ["reply 1/0", "1/0"]


async def test_of_those_that_may_have_arrived_one_at_a_time_goes_again(database: Database) -> None:
    """They may be the reason why nothing was heard of them."""
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, ["1", "2", "3"])
    await database.write(
        lambda connection: connection.execute(text("update outbox set state = 'ambiguous', strikes = 1 where chat != '3'"))
    )
    seconds = Seconds()
    async with sending_by(database, platform, seconds) as sender:
        await until(lambda: platform.flying == 2)
        for _ in range(3):
            seconds.now += STALE
            await rounds(sender)
        assert platform.flying == 2, "one of them, and what has nothing to do with them"
        platform.open.set()
        await until_async(database, {"1/0": "sent", "2/1": "sent", "3/2": "sent"})


async def test_chats_that_must_wait_do_not_hold_up_the_others(database: Database) -> None:
    """More of them than fit in one look."""

    def answers(message: Outgoing) -> Outcome:
        return Later("429", timedelta(seconds=60)) if message.where.chat.startswith("-") else Sent("1")

    platform = Platform(FREE, answers)
    groups = [f"-{number}" for number in range(1, 2 * WIDTH)]
    await put(database, groups, group=True)
    async with sending(database, platform):
        await until(lambda: len(platform.got) == len(groups))
        # What is due again at once, but not allowed yet: their next messages.
        await database.write(_due_now)
        await put(database, ["person"], prefix="reply ")
        await until(lambda: platform.got[-1] == "reply person/0")
    assert len(platform.got) == len(groups) + 1, "nothing was sent inside a pause"


async def _due_now(connection: AsyncConnection) -> None:
    await connection.execute(text("update outbox set due_at = made_at"))


async def test_a_private_chat_s_interval_does_not_hold_up_the_others(database: Database) -> None:
    platform = Platform(Limits(text=1000, buttons=0, chat_interval=timedelta(seconds=30)))
    talkers = [str(number) for number in range(2 * WIDTH)]
    await put(database, talkers + talkers)
    async with sending(database, platform):
        await until(lambda: len(platform.got) == len(talkers))
        await put(database, ["late"])
        await until(lambda: "late/0" in platform.got)
    assert len(platform.got) == len(talkers) + 1


async def test_when_a_look_fails_what_is_being_sent_still_lands(database: Database) -> None:
    """Otherwise the next run takes it for left behind, and it goes out twice."""
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, ["1"])
    with capture_logs() as told:
        await _fail_a_look(database, platform, told)
    assert await states(database) == {"1/0": "sent"}


async def _fail_a_look(database: Database, platform: Platform, told: Sequence[Mapping[str, Any]]) -> None:
    async with sending(database, platform, fails=True) as task:
        await until(lambda: platform.flying == 1)
        await database.write(lambda connection: connection.execute(text("alter table batch rename to away")))
        await until(lambda: any("sending breaks off" in each["event"] for each in told))
        assert not task.done()
        await database.write(lambda connection: connection.execute(text("alter table away rename to batch")))
        platform.open.set()
        await asyncio.wait([task], timeout=PATIENCE)
        assert task.exception() is not None, "the look did fail"


async def test_an_unreadable_row_stops_nothing(database: Database) -> None:
    platform = Platform(FREE)
    await put(database, ["1", "1", "2"])
    await database.write(lambda connection: connection.execute(text("update outbox set body = '{}' where id = 1")))
    async with sending(database, platform):
        await until(lambda: sorted(platform.got) == ["1/1", "2/2"])
    assert await states(database) == {"1/0": "failed", "1/1": "sent", "2/2": "sent"}


async def test_stopping_waits_for_what_is_being_sent(database: Database) -> None:
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, ["1"])
    async with sending(database, platform) as task:
        await until(lambda: platform.flying == 1)
        asyncio.get_running_loop().call_later(0.1, platform.open.set)
    assert task.done()
    assert await states(database) == {"1/0": "sent"}


async def test_stopping_gives_back_what_was_claimed_ahead_of_its_turn_and_nobody_hears_it_twice(database: Database) -> None:
    """What had a time to go is forgotten with it: whoever sends next says it."""
    platform = Platform(Limits(text=1000, buttons=0, per_second=20))
    await put(database, [str(number) for number in range(30)], lane="bulk")
    async with sending(database, platform):
        await until(lambda: len(platform.got) == 5)
    found = list((await states(database)).values())
    assert found.count("sent") == len(platform.got) < 30
    assert found.count("pending") == 30 - len(platform.got), "none is in doubt"
    async with sending(database, platform):
        await until(lambda: len(platform.got) >= 30)
    assert len(set(platform.got)) == len(platform.got) == 30


async def test_what_a_sender_before_left_in_the_middle_may_have_arrived(database: Database) -> None:
    platform = Platform(FREE)
    await put(database, ["1", "2"])
    await database.write(lambda connection: connection.execute(text("update outbox set state = 'sending' where chat = '1'")))
    with capture_logs() as told:
        async with sending(database, platform):
            await until_async(database, {"1/0": "ambiguous", "2/1": "sent"})
    assert [each["count"] for each in told if "left in the middle" in each["event"]] == [1]


async def test_whoever_sends_next_keeps_the_pause_that_the_platform_asked_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = Platform(FREE, lambda message: Later("429", timedelta(seconds=60), everybody=True))
    await put(database, ["1"])
    async with sending(database, platform):
        await until(lambda: platform.got)
    await put(database, ["2"])
    monkeypatch.setattr(sender_of_many, "LOOK", 0.01)
    rounds = list[bool]()
    sender, stop = Sender(database, platform, SystemClock(), firm=lambda: not rounds.append(True)), asyncio.Event()  # type: ignore[arg-type, func-returns-value]  # what a sender asks of one
    running = asyncio.create_task(sender.run(stop))
    await until(lambda: len(rounds) >= 5)
    stop.set()
    await asyncio.wait_for(running, PATIENCE)
    assert platform.got == ["1/0"]


async def test_outcomes_the_database_does_not_take_at_once_are_written_later(database: Database) -> None:
    platform = Platform(FREE)
    platform.open.clear()
    await put(database, ["1", "2"])
    with capture_logs() as told:
        await _refuse_outcomes_for_a_while(database, platform, told)
    assert len(platform.got) == 2, "and nobody hears it again for that"


async def _refuse_outcomes_for_a_while(database: Database, platform: Platform, told: Sequence[Mapping[str, Any]]) -> None:
    async with sending(database, platform):
        await until(lambda: platform.flying == 2)
        await database.write(
            lambda connection: connection.execute(text("create trigger no before update on outbox begin select raise(abort, 'no'); end"))
        )
        platform.open.set()
        await until(lambda: any("could not be written" in each["event"] for each in told))
        await database.write(lambda connection: connection.execute(text("drop trigger no")))
        await until_async(database, {"1/0": "sent", "2/1": "sent"})


async def until_async(database: Database, expected: dict[str, str]) -> None:
    async with asyncio.timeout(PATIENCE):
        while await states(database) != expected:
            await asyncio.sleep(0.02)


async def test_after_a_demand_to_wait_nothing_that_was_claimed_ahead_goes_out(database: Database) -> None:
    def answers(message: Outgoing) -> Outcome:
        return Later("429", timedelta(seconds=60), everybody=True)

    platform = Platform(Limits(text=1000, buttons=0, per_second=20), answers)
    await put(database, [str(number) for number in range(20)], lane="bulk")
    async with sending(database, platform):
        await until(lambda: platform.got)
    assert len(platform.got) == 1
    assert set((await states(database)).values()) == {"pending"}


# ---- when nothing gets through ----


async def until_told(database: Database, expected: list[str]) -> None:
    """That and no more stands in the list of troubles."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.read() as connection:
                if [f"{each.name} {each.state}: {each.reason}" for each in await troubles.all_of(connection)] == expected:
                    return
            await asyncio.sleep(0.02)


async def test_while_nothing_gets_through_staff_see_it_and_one_message_asks_each_ten_seconds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_of_many, "LOOK", 0.01)
    outcome: list[Outcome] = [Later("503", None)]
    platform, seconds = Platform(FREE, lambda message: outcome[0]), Seconds()
    await put(database, [str(number) for number in range(ENOUGH)])
    async with sending_by(database, platform, seconds) as sender:
        await until_told(database, ["send:fake:bot blocked: 503"])
        await database.write(_due_now)
        seconds.now += PROBE - 1
        await rounds(sender)
        assert len(platform.got) == ENOUGH
        platform.open.clear()
        seconds.now += 1
        await until(lambda: platform.flying)
        seconds.now += PROBE
        await rounds(sender)
        assert platform.flying == 1, "the first one has not been answered"
        platform.open.set()
        await until(lambda: len(platform.got) == ENOUGH + 2)
        await rounds(sender)
        assert len(platform.got) == ENOUGH + 2
        outcome[0] = Sent("1")
        await database.write(_due_now)
        seconds.now += PROBE
        await until_async(database, {f"{number}/{number}": "sent" for number in range(ENOUGH)})
        await until_told(database, [])


async def test_an_account_that_is_refused_is_not_asked_again_for_a_minute(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_of_many, "LOOK", 0.01)
    outcome: list[Outcome] = [Locked("401")]
    platform, seconds = Platform(FREE, lambda message: outcome[0]), Seconds()
    await put(database, ["1"])
    async with sending_by(database, platform, seconds) as sender:
        await until_told(database, ["send:fake:bot blocked: 401"])
        outcome[0] = Sent("1")
        seconds.now += 59
        await rounds(sender)
        assert platform.got == ["1/0"]
        seconds.now += 1
        await until_async(database, {"1/0": "sent"})
        await until_told(database, [])

"""A notice on its way: one message each, whatever breaks off; paused, cancelled and followed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import FixedClock
from bot.core.errors import NotAllowed
from bot.core.message import Outgoing, Where
from bot.core.permissions import Role
from bot.core.platform import Gone, Limits, Outcome, Refused, Sent
from bot.notices import approval, recipients, sending, shelf
from bot.notices.desk import Desk
from bot.notices.enclosing import Enclosures
from bot.notices.notice import Content, Fate, Notice, Quiet, State
from bot.outbox import batches
from bot.outbox.sender import Sender
from bot.storage import staff
from bot.storage.database import Database
from bot.storage.files import Files
from bot.words import Words
from tests.patience import PATIENCE, until
from tests.storage.test_notices import EVERYBODY, RULES, Office

FREE = Limits(text=4096, buttons=8, edits=True)


class Platform:
    """Keeps what it was given; `answers` says what it thinks of it."""

    platform = "telegram"
    account = "bot"
    limits = FREE

    def __init__(self, answers: Callable[[Outgoing], Outcome] = lambda message: Sent(f"m{message.where.chat}")) -> None:
        self.answers = answers
        self.got: list[Outgoing] = []

    async def send(self, message: Outgoing) -> Outcome:
        self.got.append(message)
        return self.answers(message)

    @property
    def copies(self) -> Counter[str]:
        return Counter(message.where.chat for message in self.got if message.key.startswith("notice:") and ":progress:" not in message.key)

    async def acknowledge(self, *_: Any) -> None: ...
    async def answer_inline(self, *_: Any) -> None: ...
    async def typing(self, *_: Any) -> None: ...


class Room(Office):
    """The office with its desk and its outbox."""

    def __init__(self, database: Database, clock: FixedClock, words: Words, folder: Path = Path("/nonexistent")) -> None:
        super().__init__(database, clock)
        self.enclosures = Enclosures(database, Files(folder))
        self.desk = Desk(database, replace(RULES, served=("telegram",)), words, {"telegram": FREE}, self.enclosures)

    async def ready(self, content: Content = EVERYBODY) -> Notice:
        """Approved."""
        draft = await self.draft(content)
        where = Where("telegram", "bot", "desk")
        known = await self.database.write(lambda on: self.desk.submitted(on, self.staff["chen"], draft, f"k{draft.id}", where, self.now))
        while known.state is State.LISTING:
            known = await self.database.write(lambda on, known=known: approval.listed(on, known, self.desk.rules, self.now))  # type: ignore[misc]
        return await self.approve(known)

    async def tick(self) -> None:
        await self.desk.tick(self.now)

    @asynccontextmanager
    async def sending(self, platform: Platform) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(Sender(self.database, platform, self.clock).run(stop))  # type: ignore[arg-type]  # what a sender asks of one
        try:
            yield
        finally:
            stop.set()
            await task

    async def run(self, known: Notice, platform: Platform, until: State = State.DONE) -> Notice:
        async with self.sending(platform), asyncio.timeout(PATIENCE):
            while (found := await self.again(known)).state is not until or (until is State.DONE and found.finished_at is None):
                await self.tick()
                await self.database.write(lambda on: batches.sweep(on, self.now))
                await asyncio.sleep(0.01)
        return found

    async def fates(self, known: Notice) -> Counter[str]:
        return Counter(row["state"] for row in await self.listed(known))

    async def now_(self, job: Callable[[AsyncConnection], Any]) -> Any:
        return await self.database.write(job)


@pytest.fixture
async def room(database: Database, clock: FixedClock, words: Words) -> Room:
    made = Room(database, clock, words)
    await made.employ(chen={Role.EDITOR, Role.BROADCASTER}, wang={Role.REVIEWER}, boss={Role.OWNER})
    await made.meet([("telegram", str(number)) for number in range(1, 31)])
    return made


async def test_everybody_gets_it_once_and_the_ledger_says_so(room: Room) -> None:
    known = await room.ready()
    platform = Platform()
    await room.run(known, platform)
    assert platform.copies == Counter({str(number): 1 for number in range(1, 31)})
    assert await room.fates(known) == {"sent": 30}
    assert {row["message"] for row in await room.listed(known)} == {f"m{number}" for number in range(1, 31)}


async def test_broken_off_while_recipients_become_rows_it_goes_on_without_gap_or_double(room: Room) -> None:
    known = await room.ready()
    await room.tick()
    begun = await room.again(known)
    pages = sending._page_of(begun)
    for _ in range(3):
        assert await room.now_(lambda on: batches.expand_some(on, recipients.batch_of(known.id), pages, room.now, rows=4))

    async def breaks_off(on: AsyncConnection) -> None:
        await batches.expand_some(on, recipients.batch_of(known.id), pages, room.now, rows=4)
        raise ConnectionError("the process died before the commit")

    with pytest.raises(ConnectionError):
        await room.now_(breaks_off)
    assert await room.fates(known) == {"queued": 12, "due": 18}
    platform = Platform()
    await room.run(known, platform)
    assert platform.copies == Counter({str(number): 1 for number in range(1, 31)})


async def test_two_processes_that_tick_at_once_send_it_once(room: Room, words: Words) -> None:
    known = await room.ready()
    other = Desk(room.database, room.desk.rules, words, room.desk.platforms, room.enclosures)
    platform = Platform()
    async with room.sending(platform), asyncio.timeout(PATIENCE):
        while (await room.again(known)).finished_at is None:
            await asyncio.gather(room.desk.tick(room.now), other.tick(room.now), return_exceptions=True)
    assert platform.copies == Counter({str(number): 1 for number in range(1, 31)})


async def test_who_unsubscribed_or_left_since_gets_nothing(room: Room) -> None:
    known = await room.ready()
    await room.now_(room.desk.wants(Where("telegram", "bot", "7"), "none", room.now).job)
    await room.now_(lambda on: on.execute(text("update chat set active = false where chat = '8'")))
    platform = Platform()
    await room.run(known, platform)
    assert platform.copies["7"] == platform.copies["8"] == 0
    assert await room.fates(known) == {"sent": 28, "skipped": 2}


async def test_who_unsubscribes_while_it_waits_gets_nothing(room: Room) -> None:
    known = await room.ready()
    await room.tick()
    await room.tick()
    assert await room.fates(known) == {"queued": 30}
    await room.now_(room.desk.wants(Where("telegram", "bot", "7"), "none", room.now).job)
    platform = Platform()
    await room.run(known, platform)
    assert platform.copies["7"] == 0
    assert await room.fates(known) == {"sent": 29, "cancelled": 1}


async def test_it_pauses_by_itself_when_the_first_ones_fail(room: Room) -> None:
    known = await room.ready()
    platform = Platform(lambda message: Refused("no rights"))
    found = await room.run(known, platform, until=State.PAUSED)
    assert "no rights" in found.reason
    assert platform.copies.total() <= batches.FIRST
    assert (await room.fates(known))["queued"] >= 10


async def test_paused_it_sends_nothing_and_resumed_it_goes_on(room: Room) -> None:
    known = await room.ready()
    await room.tick()
    await room.tick()
    await room.now_(lambda on: _with(on, sending.pause, room, known))
    platform = Platform()
    async with room.sending(platform):
        await room.tick()
        await asyncio.sleep(0.2)
    assert platform.copies.total() == 0
    await room.now_(lambda on: _with(on, sending.resume, room, known))
    await room.run(known, platform)
    assert platform.copies == Counter({str(number): 1 for number in range(1, 31)})


async def _with(on: AsyncConnection, step: Callable[..., Any], room: Room, known: Notice) -> None:
    await step(on, room.staff["boss"], await shelf.notice(on, known.id), room.now)


async def test_cancelled_the_rest_is_never_sent(room: Room) -> None:
    known = await room.ready()
    await room.tick()
    await room.tick()
    await room.now_(lambda on: _with(on, sending.cancel, room, known))
    platform = Platform()
    async with room.sending(platform), asyncio.timeout(PATIENCE):
        while (await room.again(known)).finished_at is None:
            await room.now_(lambda on: batches.sweep(on, room.now))
            await room.tick()
    assert platform.copies.total() == 0
    assert await room.fates(known) == {"cancelled": 30}


async def test_nobody_pauses_without_the_right(room: Room) -> None:
    known = await room.ready()
    await room.tick()
    with pytest.raises(NotAllowed):
        await room.now_(lambda on: _pause_by(on, room, known, "wang"))


async def _pause_by(on: AsyncConnection, room: Room, known: Notice, by: str) -> None:
    await sending.pause(on, room.staff[by], await shelf.notice(on, known.id), room.now)


async def test_in_quiet_hours_nothing_goes_out_and_afterwards_it_goes_on(room: Room) -> None:
    noon = Quiet((room.now + timedelta(hours=8)).time(), (room.now + timedelta(hours=9)).time())
    known = await room.ready(replace(EVERYBODY, quiet=noon))
    await room.tick()
    assert (await room.again(known)).state is State.APPROVED, "it does not even begin"
    room.clock.at += timedelta(hours=1)
    platform = Platform()
    await room.tick()
    room.clock.at -= timedelta(minutes=1)
    await room.tick()
    async with room.sending(platform):
        await asyncio.sleep(0.2)
    assert platform.copies.total() == 0
    room.clock.at += timedelta(minutes=1)
    await room.run(known, platform)
    assert platform.copies.total() == 30


@pytest.mark.parametrize(("late", "reason"), [(timedelta(minutes=59), ""), (timedelta(minutes=61), "late")])
async def test_a_time_missed_by_more_than_an_hour_goes_back_to_staff(room: Room, late: timedelta, reason: str) -> None:
    known = await room.ready(replace(EVERYBODY, at=room.now + timedelta(hours=1)))
    room.clock.at += timedelta(hours=1) + late
    await room.tick()
    found = await room.again(known)
    assert (found.state, found.reason) == ((State.DRAFT, reason) if reason else (State.SENDING, ""))


async def test_an_approval_lost_before_its_time_sends_nothing(room: Room) -> None:
    known = await room.ready(replace(EVERYBODY, at=room.now + timedelta(hours=1)))
    await room.now_(lambda on: staff.remove(on, room.staff["wang"].id, "operator", room.now))
    room.clock.at += timedelta(hours=1)
    await room.tick()
    found = await room.again(known)
    assert (found.state, found.reason) == (State.DRAFT, "approval-void")
    async with room.database.read() as on:
        assert await batches.progress(on, recipients.batch_of(known.id)) is None


async def test_a_deleted_group_and_a_blocked_bot_are_told_apart_from_what_failed(room: Room) -> None:
    answers: dict[str, Outcome] = {"5": Gone("the group was deleted"), "6": Gone("blocked"), "7": Refused("not enough rights")}
    known = await room.ready()
    await room.run(known, Platform(lambda message: answers.get(message.where.chat, Sent("m"))))
    assert await room.fates(known) == {"sent": 27, "unreachable": 2, "failed": 1}
    reasons = {row["chat"]: row["reason"] for row in await room.listed(known) if row["reason"]}
    assert reasons == {"5": "the group was deleted", "6": "blocked", "7": "not enough rights"}


async def test_the_author_sees_one_message_that_changes(room: Room) -> None:
    await room.meet([("telegram", "desk")])
    known = await room.ready()
    platform = Platform()
    await room.run(known, platform)

    def told() -> list[Outgoing]:
        return [message for message in platform.got if ":progress:" in message.key]

    async with room.sending(platform):
        await until(lambda: told() and not told()[-1].buttons, what="the last change says that it is done")
    first, *later = told()
    assert first.edit == ""
    assert {message.edit for message in later} == {"mdesk"}
    assert [button.token for button in first.buttons] == [f"@notice-pause:{known.id}", f"@notice-cancel:{known.id}"]


class Slow(Platform):
    """Holds what it tells the author until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    async def send(self, message: Outgoing) -> Outcome:
        outcome = await super().send(message)
        if ":progress:" in message.key:
            await self.let_go.wait()
        return outcome


async def test_the_author_hears_the_end_though_the_change_before_was_still_on_its_way(room: Room) -> None:
    known, platform = await room.ready(), Slow()
    await room.meet([("telegram", "desk")])
    async with room.sending(platform), asyncio.timeout(PATIENCE):
        while set(await room.fates(known)) != {"sent"}:
            await room.tick()
            await room.database.write(lambda on: batches.sweep(on, room.now))
            await asyncio.sleep(0.01)
        for _ in range(3):
            await room.tick()
        platform.let_go.set()
    await room.run(known, platform)
    async with room.sending(platform):
        await until(lambda: not [message for message in platform.got if ":progress:" in message.key][-1].buttons, what="the end is told")


async def test_seen_counts_once_and_only_for_those_who_got_it(room: Room) -> None:
    known = await room.ready(replace(EVERYBODY, asks=True))
    await room.run(known, Platform())
    where = Where("telegram", "bot", "7")
    assert await room.desk.known_at(known.id, where) is False
    first = room.now
    await room.now_(room.desk.knows(known.id, where, first).job)
    room.clock.at += timedelta(hours=1)
    await room.now_(room.desk.knows(known.id, where, room.now).job)
    assert await room.desk.known_at(known.id, where) == first
    assert await room.desk.known_at(known.id, Where("telegram", "bot", "stranger")) is None


async def test_names_with_marks_of_html_and_markdown_arrive_as_they_are(room: Room) -> None:
    known = await room.ready(replace(EVERYBODY, title="<b>A&B</b> *c* _d_ [e](f)"))
    platform = Platform()
    await room.run(known, platform)
    assert platform.got[0].blocks[0].text == "<b>A&B</b> *c* _d_ [e](f)"


def test_fates_are_the_outbox_s_own_words() -> None:
    assert {state for state in recipients.SETTLED if state != "expired"} <= {fate.value for fate in Fate}


async def test_what_staff_see_is_what_the_outbox_knows_at_that_instant(room: Room) -> None:
    known = await room.ready()
    await room.tick()
    await room.tick()
    platform = Platform(lambda message: Gone("blocked") if message.where.chat == "7" else Sent("m"))
    async with room.sending(platform):
        await until(lambda: sum(platform.copies.values()) == 30, what="all of them")
    standing = await room.desk.standing(await room.again(known), room.now)
    assert {fate: count for fate, count in standing.figures.items() if count} == {Fate.SENT: 29, Fate.UNREACHABLE: 1}
    assert await room.fates(known) == {"queued": 30}, "written down at the next tick"

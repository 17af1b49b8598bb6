"""What is over its time stands first in the queue, and staff are told of it once."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.core import receipt
from bot.core.clock import FixedClock
from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.permissions import Role, StaffMember
from bot.core.platform import Limits
from bot.core.standing import Standing
from bot.outbox import ledger
from bot.storage import applications, audit, drafts, reviewing, staff, subjects, vault
from bot.storage.applications import SUBMITTED, Case, Corrections, Entry, Summary
from bot.storage.database import Database
from bot.storage.drafts import Filling, Owner
from bot.storage.reviewing import View
from bot.words import Words
from handlers.forms.deadlines import due_at
from handlers.forms.form import forms
from handlers.forms.overdue import Overdue
from handlers.forms.statuses import moves
from handlers.staff.desk import Decision, Review
from handlers.telling import Teller
from reminders import daybook
from reminders.daybook import Table
from reminders.plan import Terms
from reminders.window import Source
from reminders.workdays import Break
from reminders.workdays import published as published_days
from tests import standing as stands
from tests.conftest import Do

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
TERMS = Terms(published_days(), ZONE, {})
AWARD, PUBLICITY = "china-patent-award", "publicity-before"


async def employed(do: Do, name: str, role: Role, user: str) -> StaffMember:
    """With a private chat of their own."""
    member: StaffMember = await do(staff.add, name, [role], "operator", NOW)
    said = Incoming(f"e{user}", Kind.TEXT, Where("telegram", "1", user), ChatKind.PRIVATE, user, NOW)
    await do(staff.redeem, said, await do(staff.code, member.id, "operator", NOW), NOW)
    await do(stands.save, said, Standing(active=True), Standing(), NOW)
    return member


async def hand_in(do: Do, user: str, at: datetime) -> Summary:
    owner = Owner(await do(subjects.begun, "telegram", user, at), Where("telegram", "1", user), user)
    filling = Filling(secrets.token_hex(12), AWARD, "1", owner, "summary", {}, 0, "v1", at, at)
    await do(drafts.begin, filling, at)
    return await do(applications.submit, filling, at, Entry(receipt.new(2026)))


async def published(do: Do, by: StaffMember, known: Summary, now: datetime) -> Summary:
    over = due_at(forms()[AWARD], PUBLICITY, now, TERMS)
    return await do(reviewing.move, by, known, PUBLICITY, moves(AWARD), now, due_at=over)


async def test_what_is_over_its_time_is_first_and_pages_go_on_behind_it(do: Do) -> None:
    reviewer = await employed(do, "李", Role.REVIEWER, "900")
    handed = [await hand_in(do, str(number), NOW + timedelta(minutes=number)) for number in range(5)]
    mine = [await do(reviewing.claim, reviewer, known, NOW) for known in handed]
    late = await published(do, reviewer, mine[3], NOW)
    for when, order in ((NOW, [0, 1, 2, 3, 4]), (NOW + timedelta(days=30), [3, 0, 1, 2, 4])):
        first = await do(reviewing.queue, reviewer, View.MINE, when, limit=2)
        rest = await do(reviewing.queue, reviewer, View.MINE, when, limit=9, after=first[-1])
        assert [each.id for each in first + rest] == [handed[number].id for number in order]
    assert late.due_at is not None


async def test_staff_are_told_once_and_a_new_status_begins_anew(do: Do, database: Database) -> None:
    reviewer = await employed(do, "李", Role.REVIEWER, "900")
    await employed(do, "沈", Role.OWNER, "901")
    known = await published(do, reviewer, await do(reviewing.claim, reviewer, await hand_in(do, "7", NOW), NOW), NOW)
    clock = FixedClock(NOW)
    overdue = Overdue(database, Teller(Words.open(), {"telegram": Limits(text=4096, buttons=10)}), clock, TERMS)

    async def told() -> list[str]:
        async with database.read() as connection:
            return list((await connection.execute(text("select chat from outbox where key like 'overdue:%'"))).scalars())

    await overdue.tick()
    assert await told() == []
    clock.at = NOW + timedelta(days=8, hours=12)
    await overdue.tick()
    assert await told() == [], "not in the night"
    clock.at = NOW + timedelta(days=9)
    for _ in range(2):
        await overdue.tick()
    assert await told() == ["900"], "whoever has it; the time to wait is over, nothing is late"
    on = await do(applications.whoever_s, known.id)
    moved = await do(reviewing.move, reviewer, on, "reported", moves(AWARD), clock.at)
    assert moved.due_at is None
    await overdue.tick()
    assert await told() == ["900"]
    async with database.read() as connection:
        actions = (await connection.execute(text("select action from auditentry order by number"))).scalars().all()
        assert not (await audit.verify(connection)).broken
    assert actions.count("application-escalated") == 1


async def test_nobody_is_told_of_what_moved_on_in_between(do: Do) -> None:
    reviewer = await employed(do, "李", Role.REVIEWER, "900")
    known = await published(do, reviewer, await hand_in(do, "7", NOW), NOW)
    assert known.status != SUBMITTED
    assert not await do(applications.escalated, replace(known, version=known.version - 1), NOW)
    assert [await do(applications.escalated, known, NOW) for _ in range(2)] == [True, False]


async def test_the_applicant_hears_how_long_the_step_lasts(do: Do, database: Database) -> None:
    reviewer = await employed(do, "李", Role.REVIEWER, "900")
    known = await do(reviewing.claim, reviewer, await hand_in(do, "7", NOW), NOW)
    review = Review(database, Teller(Words.open(), {"telegram": Limits(text=4096, buttons=10)}), TERMS)
    await do(review.decide(reviewer, Case(known, {}, Corrections(), ()), Decision(PUBLICITY), NOW).job)
    async with database.read() as connection:
        row = (await connection.execute(text("select key, body from outbox where chat = '7'"))).one()
        said = await vault.unseal(connection, ledger.place(row.key), row.body)
    assert "至少到 2026年11月30日（不少于 5 个工作日" in said


async def test_times_still_running_are_counted_anew_when_staff_enter_the_working_days(do: Do, database: Database) -> None:
    reviewer = await employed(do, "李", Role.REVIEWER, "900")
    begins = datetime(2027, 9, 29, 4, tzinfo=UTC)
    known = await published(do, reviewer, await do(reviewing.claim, reviewer, await hand_in(do, "7", NOW), NOW), begins)
    review = Review(database, Teller(Words.open(), {}), TERMS)
    source = Source("国务院办公厅", "关于2027年部分节假日安排的通知", date(2026, 11, 21))
    table = Table(2027, (Break("national-day", date(2027, 10, 1), date(2027, 10, 7)),), (), source)
    await do(daybook.put, table, "operator", begins.date(), begins)
    await do(review.recount().job)
    now = (await do(reviewing.read, reviewer, known.id)).summary
    assert known.due_at is not None
    assert now.due_at is not None
    assert [each.astimezone(ZONE).date() for each in (known.due_at, now.due_at)] == [
        date(2027, 10, 7),
        date(2027, 10, 14),
    ]  # midnight after the last day
    assert now.version == known.version

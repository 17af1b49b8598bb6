"""A person gets everything that is kept about them, and after their deletion nothing of it is anywhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.core import receipt
from bot.core.message import Block, ChatKind, Choice, Incoming, Kind, Outgoing, Span, Where
from bot.core.permissions import Role, StaffMember
from bot.core.standing import OnOffer, Standing, Turn
from bot.outbox import ledger
from bot.storage import applications, audit, conversations, drafts, inbox, privacy, reviewing, staff, subjects, webchat
from bot.storage.applications import CORRECTION, SUBMITTED, Entry
from bot.storage.database import Database
from bot.storage.drafts import File, Filling, Owner
from bot.storage.files import Files
from bot.storage.keys import KeyGone
from bot.storage.privacy import Retention
from tests import standing as stands
from tests.conftest import Do

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
MARKS = ("王小明标记", "13812345678", "苏州标记科技有限公司", "执照标记.pdf", "说明标记")
NAME, PHONE, COMPANY, FILE, NOTE = MARKS
WEB = Where("web", "office", "w1")
SAID = Incoming("e1", Kind.TEXT, WEB, ChatKind.PRIVATE, "w1", NOW, text=f"我是{NAME}")
REVIEWER = StaffMember(1, "李", frozenset({Role.REVIEWER}))
MOVES = {SUBMITTED: (CORRECTION, "accepted")}


async def begun(do: Do, owner: Owner, programme: str, step: str) -> Filling:
    filling = Filling(secrets.token_hex(12), programme, "1", owner, step, {}, 0, "notice-1", NOW, NOW)
    await do(drafts.begin, filling, NOW)
    return filling


@dataclass
class Life:
    subject: str
    application: applications.Summary
    path: str


async def live(do: Do, files: Files, database: Database, user: str = "w1", company: str = COMPANY) -> Life:
    """All a person can leave behind."""
    where = replace(WEB, chat=user)
    said = replace(SAID, event=f"e-{user}", where=where, user=user)
    await do(webchat.begin, user, "secret", NOW)
    await do(webchat.write, user, "key-00001", webchat.PERSON, {"text": f"{NAME} {PHONE}"}, NOW)
    await do(inbox.store, [said], NOW)
    await do(stands.save, said, Standing(turns=[Turn(f"{NAME}的补贴", NOW)]), Standing(), NOW)
    await do(conversations.put_offer, OnOffer(f"t-{user}", where, user, (Choice("ask", NAME),), NOW + timedelta(days=30)), NOW)
    await do(ledger.put, Outgoing(f"o-{user}", where, (Block((Span(f"您好{NAME}"),)),)), group=False, lane="reply", now=NOW)
    subject = await do(subjects.begun, "web", user, NOW)
    owner = Owner(subject, where, user)
    filling = await begun(do, owner, "loan", "company")
    async with database.read() as connection:
        key = await database.keys.subject(connection, subject)
    stored = files.store(key, drafts.place_of_bytes(f"f-{user}"), NAME.encode() * 100)
    await do(drafts.attach, filling, File(f"f-{user}", subject, "licence", "pdf", stored.size, stored.sha256, FILE, stored.path), NOW)
    filling = await do(drafts.save, replace(filling, answers={"company": company, "phone": PHONE}), NOW)
    handed = await do(applications.submit, filling, NOW, Entry(receipt.new(2026)))
    handed = await do(reviewing.move, REVIEWER, handed, CORRECTION, MOVES, NOW, note=NOTE, fields=["phone"])
    await do(drafts.remember, subject, {"company": company}, NOW)
    other = await begun(do, owner, "patent", "name")
    await do(drafts.save, replace(other, answers={"name": NAME}), NOW)
    return Life(subject, handed, stored.path)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


async def test_a_person_gets_everything_in_plain_words(do: Do, files: Files, database: Database) -> None:
    life = await live(do, files, database)
    await live(do, files, database, "w2", "别人的公司")
    async with database.read() as connection:
        found = await privacy.export(connection, "web", "w1")
    told = privacy.as_json(found)
    assert all(mark in told for mark in (*MARKS, life.application.receipt))
    assert "别人的公司" not in told
    assert [entry["action"] for entry in found["log"]] == ["application-submitted"]
    assert len(found["drafts"]) == len(found["applications"]) == 1


async def test_somebody_unknown_gets_an_empty_answer(do: Do) -> None:
    found = await do(privacy.export, "web", "nobody")
    assert (found["drafts"], found["earlier_questions"]) == ([], [])


async def test_after_the_deletion_nothing_is_left_and_the_log_still_holds(do: Do, files: Files, database: Database) -> None:
    life, other = await live(do, files, database), await live(do, files, database, "w2")
    forgotten: list[tuple[str, str]] = []

    async def also(_connection: Any, platform: str, user: str) -> None:
        forgotten.append((platform, user))

    erased = await do(privacy.erase, "web", "w1", NOW, also=[also])
    assert (erased.paths, forgotten) == ((life.path,), [("web", "w1")])
    assert erased.counts["drafts"] == erased.counts["applications"] == erased.counts["messages"] == 1
    async with database.read() as connection:
        for table in ("person", "chat", "conversation", "offer", "outbox", "webmessage", "websession", "draft", "attachment", "profile"):
            rows = (await connection.execute(text(f"select * from {table}"))).all()
            assert not [row for row in rows if "w1" in row], table
            assert rows, f"{table}: others keep theirs"
        with pytest.raises(KeyGone):
            await database.keys.subject(connection, life.subject)
        assert (await audit.verify(connection)).broken == 0
        assert await subjects.of(connection, "web", "w1") == ""
        left = await reviewing.read(connection, REVIEWER, life.application.id)
        assert (left.answers, left.files, left.corrections.note, left.summary.user) == ({}, (), "", "")
        assert left.summary.receipt == life.application.receipt
        assert (await reviewing.read(connection, REVIEWER, other.application.id)).answers["company"] == COMPANY
    assert (await do(privacy.export, "web", "w1"))["drafts"] == []


async def test_who_leaves_in_one_place_leaves_in_every_linked_one(do: Do, files: Files, database: Database) -> None:
    life = await live(do, files, database)
    there = replace(SAID, event="t1", where=Where("telegram", "1", "7"), user="7")
    await do(subjects.link, life.subject, "telegram", "7", NOW)
    await do(stands.save, there, Standing(turns=[Turn(f"{NAME}再问", NOW)]), Standing(), NOW)
    await do(ledger.put, Outgoing("o-7", there.where, (Block((Span(f"您好{NAME}"),)),)), group=False, lane="reply", now=NOW)
    assert [each.id for each in await do(drafts.of_person, "telegram", "7")] == [
        each.id for each in await do(drafts.of_person, "web", "w1")
    ]
    found = await do(privacy.export, "telegram", "7")
    assert {each["text"] for each in found["earlier_questions"]} == {f"{NAME}再问", f"{NAME}的补贴"}
    assert (found["linked"], len(found["applications"]), len(found["web_chat"])) == ([{"platform": "web", "user": "w1"}], 1, 1)
    erased = await do(privacy.erase, "telegram", "7", NOW)
    assert erased.paths == (life.path,)
    async with database.read() as connection:
        for table in (
            "person",
            "chat",
            "conversation",
            "outbox",
            "webmessage",
            "websession",
            "draft",
            "attachment",
            "profile",
            "subjectlink",
        ):
            assert (await connection.execute(text(f"select * from {table}"))).all() == [], table
        with pytest.raises(KeyGone):
            await database.keys.subject(connection, life.subject)


async def test_who_leaves_is_none_of_the_staff_any_more(do: Do, database: Database) -> None:
    member = await do(staff.add, "李", [Role.REVIEWER], "operator", NOW)
    await do(staff.redeem, SAID, await do(staff.code, member.id, "operator", NOW), NOW)
    assert await do(staff.speaking, SAID) == member
    await do(privacy.erase, "web", "w1", NOW)
    assert await do(staff.speaking, SAID) is None
    assert [each.name for each in await do(staff.everybody)] == ["李"], "the account is the office's"
    assert [entry["action"] for entry in await do(audit.about, member.reference)] == ["staff-linked", "staff-unlinked"]


async def test_the_event_in_which_it_is_asked_for_ends_by_itself(do: Do, files: Files, database: Database) -> None:
    await live(do, files, database)
    await do(inbox.store, [replace(SAID, event="later")], NOW)
    (event,), *_ = await do(inbox.waiting, "web", "office", NOW, 9)
    await do(privacy.erase, "web", "w1", NOW, handling=event.id)
    assert await do(inbox.count_open, "web", "office") == 1
    assert await do(inbox.end, event.id)


async def test_what_is_past_its_time_goes_after_it_was_only_counted(do: Do, files: Files, database: Database) -> None:
    life = await live(do, files, database)
    keep = Retention(timedelta(days=90), timedelta(days=365), (CORRECTION,))
    for days, counts in ((80, (0, 0)), (100, (1, 0)), (400, (1, 1))):
        found = await do(privacy.expire, NOW + timedelta(days=days), keep, dry_run=True)
        assert (found.counts["drafts"], found.counts["applications"], found.paths) == (*counts, ())
    assert (await do(applications.own, life.subject, life.application.id)).answers["company"] == COMPANY
    found = await do(privacy.expire, NOW + timedelta(days=400), keep, dry_run=False)
    assert found.paths == (life.path,)
    assert (await do(applications.own, life.subject, life.application.id)).answers == {}
    assert (await do(privacy.expire, NOW + timedelta(days=400), keep, dry_run=False)).counts == {"drafts": 0, "applications": 0}
    assert await do(privacy.files_known) == set()


async def test_a_correction_is_waited_for_however_long_it_takes(do: Do, files: Files, database: Database) -> None:
    life = await live(do, files, database)
    case = await do(applications.own, life.subject, life.application.id)
    owner = Owner(life.subject, replace(WEB, chat="w1"), "w1")
    mending = Filling(life.application.id, "loan", "1", owner, "steps", dict(case.answers), 0, "notice-1", NOW, NOW)
    await do(drafts.begin, mending, NOW)
    await do(privacy.expire, NOW + timedelta(days=400), Retention(), dry_run=False)
    assert [each.id for each in await do(drafts.of_person, "web", "w1")] == [life.application.id]


@pytest.mark.sqlite_only
async def test_no_file_holds_a_mark_before_or_after_the_deletion(do: Do, files: Files, database: Database, tmp_path: Path) -> None:
    def found() -> list[str]:
        held = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        assert any(name.endswith("-wal") for name in held)
        return [f"{name}: {mark}" for name, data in held.items() for mark in MARKS if mark.encode() in data]

    await live(do, files, database)
    assert found() == []
    files.delete((await do(privacy.erase, "web", "w1", NOW)).paths)
    assert found() == []
    assert list((tmp_path / "files").iterdir()) == []

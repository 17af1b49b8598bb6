"""From the first answer to the decision: nothing overwritten by an older hand, nothing handed in twice, nothing done without the right."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.core import receipt
from bot.core.errors import NotAllowed, NotThere, Stale, WrongMove
from bot.core.message import Where
from bot.core.permissions import Role, StaffMember
from bot.storage import applications, audit, drafts, handing_out, reviewing, subjects
from bot.storage.applications import CORRECTION, SUBMITTED, Entry
from bot.storage.database import Database
from bot.storage.drafts import File, Filling, Owner
from bot.storage.handing_out import EXPORTS, Wanted
from bot.storage.reviewing import View
from tests.conftest import Do

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
HERE = Where("telegram", "1", "7")
ANSWERS = {"company": "苏州标记科技有限公司", "code": "91320500MA1XYZ1234"}
MOVES = {SUBMITTED: (CORRECTION, "accepted", "rejected"), CORRECTION: (SUBMITTED, "withdrawn")}
REVIEWER, OTHER = (StaffMember(id, "李", frozenset({Role.REVIEWER})) for id in (1, 2))
AUDITOR, EDITOR = (StaffMember(3, "王", frozenset({role})) for role in (Role.AUDITOR, Role.EDITOR))


def handing_in() -> Entry:
    return Entry(receipt.new(2026))


async def begin(do: Do, user: str = "7", programme: str = "loan", now: datetime = NOW) -> Filling:
    subject = await do(subjects.begun, "telegram", user, now)
    owner = Owner(subject, replace(HERE, chat=user), user)
    filling = Filling(secrets.token_hex(12), programme, "3", owner, "company", {}, 0, "notice-2", now, now)
    await do(drafts.begin, filling, now)
    return filling


async def hand_in(do: Do, user: str = "7", now: datetime = NOW, **changes: str) -> Any:
    filling = replace(await begin(do, user, now=now, **changes), answers=ANSWERS)
    return await do(applications.submit, await do(drafts.save, filling, now), now, handing_in())


async def test_a_draft_is_found_again_by_its_owner_only(do: Do) -> None:
    first = await begin(do)
    saved = await do(drafts.save, replace(first, answers=ANSWERS, step="code"), NOW + timedelta(hours=1))
    second = await begin(do, programme="patent", now=NOW + timedelta(hours=2))
    assert [each.id for each in await do(drafts.of_person, "telegram", "7")] == [second.id, first.id]
    found = await do(drafts.one, first.id, "telegram", "7")
    assert (found, found.answers, found.step) == (saved, ANSWERS, "code")
    with pytest.raises(NotThere):
        await do(drafts.one, first.id, "telegram", "8")


async def test_an_older_hand_does_not_overwrite(do: Do) -> None:
    first = await begin(do)
    await do(drafts.save, replace(first, answers=ANSWERS), NOW)
    with pytest.raises(Stale):
        await do(drafts.save, replace(first, answers={"company": "old"}), NOW)
    assert (await do(drafts.one, first.id, "telegram", "7")).answers == ANSWERS


async def test_pressed_twice_at_once_it_is_handed_in_once(do: Do) -> None:
    filling = replace(await begin(do), answers=ANSWERS)
    filling = await do(drafts.save, filling, NOW)
    outcomes = await asyncio.gather(*(do(applications.submit, filling, NOW, handing_in()) for _ in range(4)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["Stale", "Stale", "Stale", "Summary"]
    (only,) = await do(applications.of_subject, filling.owner.subject)
    assert await do(drafts.of_person, "telegram", "7") == []
    case = await do(applications.own, filling.owner.subject, only.id)
    assert (case.answers, case.summary.status, only.receipt[:8]) == (ANSWERS, SUBMITTED, "ZC-2026-")
    assert [each.what for each in await do(applications.history, only.id)] == [SUBMITTED]
    assert (await do(audit.verify)).entries == 1


async def test_somebody_else_s_application_is_not_there(do: Do) -> None:
    mine = await hand_in(do)
    theirs = await do(subjects.begun, "telegram", "8", NOW)
    with pytest.raises(NotThere):
        await do(applications.own, theirs, mine.id)


async def test_files_go_along_and_a_dropped_draft_names_its_files(do: Do) -> None:
    filling = await begin(do)
    files = [
        File(f"f{number}", filling.owner.subject, "licence", "pdf", 9, "00", f"营业执照{number}.pdf", f"{number}.bin") for number in (1, 2)
    ]
    for file in files:
        await do(drafts.attach, filling, file, NOW)
    assert await do(drafts.files, filling) == files
    assert await do(drafts.detach, filling, "f2") == ["2.bin"]
    handed = await do(applications.submit, filling, NOW, handing_in())
    assert (await do(applications.own, filling.owner.subject, handed.id)).files == (files[0],)
    other = await begin(do)
    await do(drafts.attach, other, replace(files[1], id="f3", path="3.bin"), NOW)
    assert await do(drafts.drop, other) == ["3.bin"]


def file_of(filling: Filling, id: str) -> File:
    return File(id, filling.owner.subject, "proof", "pdf", 10, "0" * 64, f"{id}.pdf", f"{id}.bin")


async def test_files_sent_while_mending_take_the_place_of_earlier_ones(do: Do) -> None:
    filling = await begin(do)
    for id in ("kept", "replaced"):
        await do(drafts.attach, filling, file_of(filling, id), NOW)
    known = await do(applications.submit, filling, NOW, handing_in())
    await do(drafts.begin, filling, NOW)
    await do(drafts.attach, filling, file_of(filling, "new"), NOW)
    # Until it is handed in again, the application has what it had.
    assert await do(drafts.detach, filling, "replaced") == []
    assert {file.id for file in (await do(applications.own, known.subject, known.id)).files} == {"kept", "replaced"}
    assert await do(drafts.adopt, filling, {"kept", "new"}) == ["replaced.bin"]
    assert {file.id for file in (await do(applications.own, known.subject, known.id)).files} == {"kept", "new"}


async def test_what_was_sent_while_mending_goes_with_the_draft(do: Do) -> None:
    filling = await begin(do)
    await do(drafts.attach, filling, file_of(filling, "kept"), NOW)
    known = await do(applications.submit, filling, NOW, handing_in())
    await do(drafts.begin, filling, NOW)
    await do(drafts.attach, filling, file_of(filling, "new"), NOW)
    assert await do(drafts.discard, filling.id) == ["new.bin"]
    assert [file.id for file in (await do(applications.own, known.subject, known.id)).files] == ["kept"]


async def test_the_weight_of_files_counts_from_an_instant(do: Do) -> None:
    filling = await begin(do)
    assert await do(drafts.weight, filling.owner.subject, NOW) == 0
    await do(drafts.attach, filling, file_of(filling, "early"), NOW - timedelta(seconds=1))
    for id in ("one", "two"):
        await do(drafts.attach, filling, file_of(filling, id), NOW)
    assert await do(drafts.weight, filling.owner.subject, NOW) == 20


async def test_a_file_is_handed_out_with_an_entry_in_the_log(do: Do, database: Database) -> None:
    filling = await begin(do)
    await do(drafts.attach, filling, file_of(filling, "one"), NOW)
    known = await do(applications.submit, filling, NOW, handing_in())
    for typed, number in ((known.receipt, 0), (known.receipt, 2), ("ZC-2026-0000000", 1), ("", 1)):
        with pytest.raises(NotThere):
            await do(handing_out.handed_out, typed, number, "asked", NOW)
    file, key = await do(handing_out.handed_out, known.receipt, 1, "李 asked", NOW)
    assert (file.id, key) == ("one", await do(drafts.key_of, known.subject))
    async with database.read() as connection:
        entries = (await connection.execute(text("select action, object, detail from auditentry where action = 'file-handed-out'"))).all()
        verdict = await audit.verify(connection)
    assert [tuple(entry) for entry in entries] == [("file-handed-out", known.receipt, "1: 李 asked")]
    assert not verdict.broken


async def test_quiet_drafts_are_reminded_of_once_and_go_at_last(do: Do) -> None:
    filling = await begin(do)
    assert await do(drafts.quiet_since, NOW, 10) == []
    (found,) = await do(drafts.quiet_since, NOW + timedelta(days=3), 10)
    assert [await do(drafts.reminded, found, NOW) for _ in range(2)] == [True, False]
    assert await do(drafts.quiet_since, NOW + timedelta(days=3), 10) == []
    await do(drafts.save, filling, NOW)
    assert len(await do(drafts.quiet_since, NOW + timedelta(days=3), 10)) == 1, "in use again, it may be reminded of again"
    await do(drafts.drop_older, NOW + timedelta(days=90))
    assert await do(drafts.of_person, "telegram", "7") == []


async def test_an_enterprise_s_answers_are_offered_to_whoever_acts_for_it(do: Do) -> None:
    subject = await do(subjects.begun, "telegram", "7", NOW)
    assert await do(drafts.prefill, subject) == {}
    await do(drafts.remember, subject, ANSWERS, NOW)
    assert await do(subjects.link, subject, "web", "abc", NOW)
    assert await do(drafts.prefill, await do(subjects.of, "web", "abc")) == ANSWERS
    await do(subjects.begun, "web", "xyz", NOW)
    assert not await do(subjects.link, subject, "web", "xyz", NOW), "they act for another"
    assert await do(subjects.people, subject) == [("telegram", "7"), ("web", "abc")]


# ---- staff ----


async def test_the_queue_shows_what_is_new_mine_and_waiting_page_by_page(do: Do) -> None:
    handed = [await hand_in(do, str(user), NOW + timedelta(minutes=user)) for user in range(5)]
    first = await do(reviewing.queue, REVIEWER, View.NEW, NOW, limit=2)
    rest = await do(reviewing.queue, REVIEWER, View.NEW, NOW, limit=9, after=first[-1])
    assert [each.id for each in first + rest] == [each.id for each in handed]
    claimed = await do(reviewing.claim, REVIEWER, handed[0], NOW)
    back = await do(reviewing.move, REVIEWER, await do(reviewing.claim, REVIEWER, handed[1], NOW), CORRECTION, MOVES, NOW, fields=["code"])
    assert await do(reviewing.queue, REVIEWER, View.MINE, NOW, limit=9) == [claimed]
    assert await do(reviewing.queue, OTHER, View.MINE, NOW, limit=9) == []
    assert await do(reviewing.queue, OTHER, View.WAITING, NOW, limit=9) == [back]
    assert await do(reviewing.waiting, REVIEWER) == {View.NEW: 3, View.MINE: 1, View.WAITING: 1}


async def test_of_two_who_claim_at_once_one_has_it(do: Do) -> None:
    handed = await hand_in(do)
    outcomes = await asyncio.gather(*(do(reviewing.claim, who, handed, NOW) for who in (REVIEWER, OTHER)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["Stale", "Summary"]


async def test_a_correction_names_its_fields_and_comes_back_mended(do: Do) -> None:
    handed = await do(reviewing.claim, REVIEWER, await hand_in(do), NOW)
    with pytest.raises(WrongMove):
        await do(reviewing.move, REVIEWER, handed, CORRECTION, MOVES, NOW)
    back = await do(reviewing.move, REVIEWER, handed, CORRECTION, MOVES, NOW, note="代码少一位", fields=["code"])
    case = await do(applications.own, handed.subject, handed.id)
    assert (case.corrections.fields, case.corrections.note) == (("code",), "代码少一位")
    await do(applications.correct, handed.subject, back, ANSWERS | {"code": "91320500MA1XYZ1235"}, NOW)
    mended = await do(applications.own, handed.subject, handed.id)
    assert (mended.answers["code"], mended.corrections.fields, mended.summary.reviewer) == ("91320500MA1XYZ1235", (), REVIEWER.id)
    assert [each.what for each in await do(applications.history, handed.id)] == [SUBMITTED, "claimed", CORRECTION, "corrected"]
    with pytest.raises(Stale):
        await do(applications.correct, handed.subject, back, ANSWERS, NOW)


async def test_only_what_may_follow_follows(do: Do) -> None:
    handed = await hand_in(do)
    accepted = await do(reviewing.move, REVIEWER, handed, "accepted", MOVES, NOW)
    for wrong in (SUBMITTED, "rejected"):
        with pytest.raises(WrongMove):
            await do(reviewing.move, REVIEWER, accepted, wrong, MOVES, NOW)
    with pytest.raises(WrongMove):
        await do(applications.withdraw, handed.subject, accepted, "withdrawn", MOVES, NOW)
    with pytest.raises(Stale):
        await do(reviewing.move, REVIEWER, handed, "rejected", MOVES, NOW)


async def test_without_the_right_nothing_is_shown_or_done(do: Do) -> None:
    handed = await hand_in(do)
    acts: list[tuple[Any, ...]] = [
        (reviewing.queue, EDITOR, View.NEW, NOW),
        (reviewing.waiting, EDITOR),
        (reviewing.read, EDITOR, handed.id),
        (reviewing.reveal, AUDITOR, handed.id, "why", NOW),
        (handing_out.exported, AUDITOR, Wanted(), "why", NOW),
        (reviewing.by_receipt, EDITOR, handed.receipt),
        (reviewing.claim, AUDITOR, handed, NOW),
        (reviewing.move, AUDITOR, handed, "accepted", MOVES, NOW),
    ]
    named: dict[Any, dict[str, Any]] = {reviewing.queue: {"limit": 1}, handing_out.exported: {"full": False}}
    for act in acts:
        with pytest.raises(NotAllowed):
            await do(*act, **named.get(act[0], {}))
    assert (await do(audit.verify)).entries == 1, "only the submission"


async def test_it_is_found_by_its_receipt_however_that_is_typed(do: Do) -> None:
    handed = await hand_in(do)
    assert await do(reviewing.by_receipt, AUDITOR, handed.receipt.lower().replace("-", " ")) == handed
    with pytest.raises(NotThere):
        await do(reviewing.by_receipt, AUDITOR, "ZC-2026-2222222")


async def test_each_reveal_has_its_reason_in_the_log(do: Do, database: Database) -> None:
    handed = await hand_in(do)
    case = await do(reviewing.reveal, REVIEWER, handed.id, "核对执照", NOW)
    assert case.answers == ANSWERS
    async with database.read() as connection:
        entry = (await connection.execute(text("select actor, object, detail from auditentry where action = 'application-revealed'"))).one()
    assert tuple(entry) == ("staff:1", handed.receipt, "核对执照")


async def test_no_answer_stands_in_a_table_as_it_was_given(do: Do, database: Database) -> None:
    handed = await hand_in(do)
    await do(reviewing.move, REVIEWER, handed, CORRECTION, MOVES, NOW, note="标记科技的代码", fields=["code"])
    await do(drafts.remember, handed.subject, ANSWERS, NOW)
    await begin(do)
    async with database.read() as connection:
        for table in ("application", "applicationevent", "draft", "profile", "auditentry"):
            rows = str((await connection.execute(text(f"select * from {table}"))).all())
            assert rows != "[]"
            assert not [mark for mark in ("标记科技", ANSWERS["code"]) if mark in rows], table


async def test_an_export_has_its_reason_in_the_log_and_a_limit_a_day(do: Do, database: Database) -> None:
    for user in range(3):
        await hand_in(do, str(user), NOW + timedelta(days=user), programme="loan" if user else "patent")
    wanted = Wanted("loan", (SUBMITTED,), NOW + timedelta(days=2))
    assert len(await do(handing_out.exported, REVIEWER, wanted, "年报", NOW, full=True)) == 1
    for _ in range(EXPORTS - 1):
        assert len(await do(handing_out.exported, REVIEWER, Wanted(), "=年报", NOW, full=False)) == 3
    with pytest.raises(WrongMove):
        await do(handing_out.exported, REVIEWER, Wanted(), "年报", NOW + timedelta(hours=23), full=False)
    assert len(await do(handing_out.exported, OTHER, Wanted(statuses=("accepted",)), "年报", NOW, full=False)) == 0
    assert len(await do(handing_out.exported, REVIEWER, Wanted(), "年报", NOW + timedelta(days=2), full=False)) == 3
    async with database.read() as connection:
        query = text("select actor, object, detail from auditentry where action = 'applications-exported' order by number limit 2")
        entries = [tuple(row) for row in await connection.execute(query)]
    assert entries == [("staff:1", "loan", "full, 1: 年报"), ("staff:1", "all", "masked, 3: =年报")]

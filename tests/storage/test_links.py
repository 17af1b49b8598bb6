"""What links carry: a code that opens once and for a time, and a file of an application that only the right and the log let out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.core.errors import NotAllowed, NotThere
from bot.core.permissions import Role, StaffMember
from bot.storage import applications, audit, drafts, handing_out, privacy, transfers
from bot.storage.database import Database
from bot.storage.drafts import File
from bot.storage.transfers import Purpose, Redeemed, Refusal
from tests.conftest import Do
from tests.storage.test_applications import begin, handing_in

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
REVIEWER, AUDITOR = (StaffMember(1, "李", frozenset({role})) for role in (Role.REVIEWER, Role.AUDITOR))


async def test_a_link_opens_once_however_many_follow_it_at_the_same_time(do: Do) -> None:
    code = await do(transfers.make, Purpose.SHEET, "subject id", NOW)
    found = await asyncio.gather(*(do(transfers.follow, Purpose.SHEET, code, NOW) for _ in range(5)))
    assert sorted(map(str, found)) == sorted(map(str, [Redeemed("subject id"), *[Refusal.USED] * 4]))


async def test_a_link_for_one_thing_opens_no_other_and_ends(do: Do) -> None:
    code = await do(transfers.make, Purpose.SHEET, "subject id", NOW)
    assert await do(transfers.follow, Purpose.FILE, code, NOW) is Refusal.UNKNOWN
    assert await do(transfers.follow, Purpose.SHEET, code, NOW + transfers.TERM) is Refusal.EXPIRED


async def test_wrong_links_lock_nobody_out(do: Do) -> None:
    for number in range(transfers.WRONG + 1):
        assert await do(transfers.follow, Purpose.SHEET, f"wrong{number}", NOW) is Refusal.UNKNOWN
    code = await do(transfers.make, Purpose.SHEET, "subject id", NOW)
    assert await do(transfers.follow, Purpose.SHEET, code, NOW) == Redeemed("subject id")


async def with_a_file(do: Do) -> Any:
    filling = await begin(do)
    file = File("f1", filling.owner.subject, "licence", "pdf", 7, "00", "licence.pdf", "path")
    await do(drafts.attach, filling, file, NOW)
    return await do(applications.submit, replace(filling, answers={"held": {}}), NOW, handing_in())


async def test_a_file_leaves_with_its_reason_in_the_log(do: Do, database: Database) -> None:
    summary = await with_a_file(do)
    _, file = await do(handing_out.hand_out, REVIEWER, summary.id, 1, "核对证书", NOW)
    assert file.name == "licence.pdf"
    async with database.read() as connection:
        rows = (await connection.execute(text("select actor, object, detail from auditentry where action = 'file-handed-out'"))).all()
    assert [tuple(row) for row in rows] == [("staff:1", summary.receipt, "1: 核对证书")]
    assert (await do(audit.verify)).broken == 0


async def test_without_the_right_nothing_leaves_and_nothing_is_logged(do: Do, database: Database) -> None:
    summary = await with_a_file(do)
    with pytest.raises(NotAllowed):
        await do(handing_out.hand_out, AUDITOR, summary.id, 1, "", NOW)
    with pytest.raises(NotThere):
        await do(handing_out.hand_out, REVIEWER, summary.id, 2, "", NOW)
    async with database.read() as connection:
        assert (await connection.execute(text("select count(*) from auditentry where action = 'file-handed-out'"))).scalar() == 0


async def test_a_file_of_a_draft_and_of_a_deleted_person_is_nobody_s(do: Do) -> None:
    filling = await begin(do, "8")
    await do(drafts.attach, filling, File("f2", filling.owner.subject, "licence", "pdf", 7, "00", "b.pdf", "other"), NOW)
    with pytest.raises(NotThere):
        await do(handing_out.file_of, "f2")
    await with_a_file(do)
    assert (await do(handing_out.file_of, "f1"))[0].name == "licence.pdf"
    await do(privacy.erase, "telegram", "7", NOW + timedelta(hours=1))
    with pytest.raises(NotThere):
        await do(handing_out.file_of, "f1")

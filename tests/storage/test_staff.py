"""Staff accounts are linked by codes that work once, and every change of rights stands in a log nobody can change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.errors import NotThere, WrongMove
from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.permissions import Role, StaffMember
from bot.storage import audit, staff, transfers
from bot.storage.database import Database
from bot.storage.transfers import Purpose, Redeemed, Refusal
from tests.conftest import Do

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
SAID = Incoming("1", Kind.TEXT, Where("telegram", "1", "7"), ChatKind.PRIVATE, "7", NOW)


async def owner(do: Do) -> StaffMember:
    return await do(staff.add, "沈主任", [Role.OWNER], "operator", NOW)


async def test_whoever_redeems_the_code_speaks_with_the_account_s_rights(do: Do) -> None:
    added = await owner(do)
    assert await do(staff.speaking, SAID) is None
    code = await do(staff.code, added.id, "operator", NOW)
    assert len(code) >= 22, "at least 128 bits"
    assert await do(staff.redeem, SAID, code, NOW) == added
    assert await do(staff.speaking, SAID) == added
    assert await do(staff.identities, added.id) == [("telegram", "7")]
    assert await do(staff.speaking, replace(SAID, user="8")) is None
    assert await do(staff.speaking, replace(SAID, chat_kind=ChatKind.GROUP)) is None


@pytest.mark.parametrize("user", ["1087968824", "777000", "136817688", ""])
async def test_a_sender_behind_whom_anybody_may_stand_is_never_linked(do: Do, user: str) -> None:
    code = await do(staff.code, (await owner(do)).id, "operator", NOW)
    said = replace(SAID, user=user)
    assert await do(staff.redeem, said, code, NOW) is Refusal.UNKNOWN
    assert await do(staff.speaking, said) is None


async def test_a_code_works_once_for_ten_minutes_and_for_its_purpose_only(do: Do) -> None:
    code = await do(transfers.make, Purpose.STAFF, "staff:1", NOW)
    assert await do(transfers.redeem, Purpose.PLATFORM, code, "a", NOW) is Refusal.UNKNOWN
    assert await do(transfers.redeem, Purpose.STAFF, code, "b", NOW + timedelta(minutes=9)) == Redeemed("staff:1")
    assert await do(transfers.redeem, Purpose.STAFF, code, "b", NOW + timedelta(minutes=9)) is Refusal.USED
    late = await do(transfers.make, Purpose.STAFF, "staff:1", NOW)
    assert await do(transfers.redeem, Purpose.STAFF, late, "c", NOW + timedelta(minutes=10)) is Refusal.EXPIRED
    long = await do(transfers.make, Purpose.WEB_FORM, "draft", NOW, timedelta(hours=2))
    assert await do(transfers.redeem, Purpose.WEB_FORM, long, "c", NOW + timedelta(hours=1)) == Redeemed("draft")


async def test_a_new_code_makes_the_earlier_one_void(do: Do) -> None:
    first = await do(transfers.make, Purpose.STAFF, "staff:1", NOW)
    await do(transfers.make, Purpose.STAFF, "staff:1", NOW)
    assert await do(transfers.redeem, Purpose.STAFF, first, "a", NOW) is Refusal.UNKNOWN


async def test_who_guesses_is_not_heard_for_an_hour(do: Do) -> None:
    code = await do(transfers.make, Purpose.STAFF, "staff:1", NOW)
    for _ in range(transfers.WRONG):
        assert await do(transfers.redeem, Purpose.STAFF, "guess", "a", NOW) is Refusal.UNKNOWN
    assert await do(transfers.redeem, Purpose.STAFF, code, "a", NOW) is Refusal.TOO_MANY
    assert await do(transfers.redeem, Purpose.STAFF, code, "b", NOW) == Redeemed("staff:1")
    assert await do(transfers.redeem, Purpose.STAFF, "guess", "a", NOW + transfers.PAUSE) is Refusal.UNKNOWN


async def test_the_table_holds_no_code(do: Do, database: Database) -> None:
    code = await do(transfers.make, Purpose.STAFF, "staff:1", NOW)
    async with database.read() as connection:
        assert code not in str((await connection.execute(text("select * from transfercode"))).all())
    assert await do(transfers.forget, NOW + timedelta(days=2)) == 1


async def test_a_removed_account_has_no_rights_no_identity_and_no_code(do: Do) -> None:
    await owner(do)
    second = await do(staff.add, "李", [Role.OWNER, Role.REVIEWER], "operator", NOW)
    await do(staff.redeem, SAID, await do(staff.code, second.id, "operator", NOW), NOW)
    code = await do(staff.code, second.id, "operator", NOW)
    await do(staff.remove, second.id, "operator", NOW)
    assert await do(staff.speaking, SAID) is None
    assert await do(staff.redeem, replace(SAID, user="8"), code, NOW) is Refusal.UNKNOWN
    with pytest.raises(NotThere):
        await do(staff.code, second.id, "operator", NOW)


async def test_the_last_owner_stays(do: Do) -> None:
    first = await owner(do)
    for act in ((staff.remove, first.id), (staff.give_roles, first.id, [Role.EDITOR])):
        with pytest.raises(WrongMove):
            await do(*act, "operator", NOW)
    await do(staff.add, "李", [Role.OWNER], "operator", NOW)
    await do(staff.give_roles, first.id, [Role.EDITOR], "operator", NOW)
    assert [member.roles for member in await do(staff.everybody)] == [{Role.EDITOR}, {Role.OWNER}]


# ---- the audit log ----


async def test_each_act_has_its_entry_and_the_chain_holds(do: Do) -> None:
    added = await owner(do)
    await do(staff.redeem, SAID, await do(staff.code, added.id, "operator", NOW), NOW + timedelta(minutes=5))
    verdict = await do(audit.verify)
    assert (verdict.entries, verdict.broken) == (3, 0)
    assert await do(audit.head, NOW + timedelta(days=2)) == verdict
    assert (await do(audit.head, NOW + timedelta(minutes=1))).entries == 2
    assert [entry["action"] for entry in await do(audit.about, added.reference)] == ["staff-linked"]


@pytest.mark.parametrize("statement", ["update auditentry set actor = 'x'", "delete from auditentry"])
async def test_the_database_itself_refuses_to_change_it(do: Do, statement: str) -> None:
    await owner(do)
    with pytest.raises(DBAPIError, match="only added to"):
        await do(lambda connection: connection.execute(text(statement)))
    assert (await do(audit.verify)).broken == 0


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("update auditentry set actor = 'x' where number = 2", 2),
        ("update auditentry set at = '2026-11-01' where number = 1", 1),
        ("delete from auditentry where number = 2", 2),
    ],
)
async def test_what_was_changed_in_spite_of_it_shows(do: Do, database: Database, statement: str, broken: int) -> None:
    for number in range(3):
        await do(audit.append, at=NOW, actor="operator", action=f"act-{number}")
    triggers = ["drop trigger audit_no_update", "drop trigger audit_no_delete"]
    for each in [*(triggers if database.embedded else ["drop trigger audit_no_change on auditentry"]), statement]:
        await do(lambda connection, each=each: connection.execute(text(each)))
    assert (await do(audit.verify)).broken == broken

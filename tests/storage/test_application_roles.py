"""Each role does with applications and programmes what the table says, tried out on the acts themselves; no action is left untried."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core import receipt
from bot.core.errors import NotAllowed, UserError
from bot.core.message import Where
from bot.core.permissions import Action, Role, StaffMember, allowed
from bot.storage import applications, drafts, handing_out, reviewing, subjects
from bot.storage.applications import CORRECTION, SUBMITTED, Entry, Summary
from bot.storage.database import Database
from bot.storage.drafts import Filling, Owner
from bot.storage.handing_out import Wanted
from bot.storage.reviewing import View
from handlers.staff.switches import Switches
from tests.storage import test_notice_proof as of_notices

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
MOVES = {SUBMITTED: (CORRECTION, "accepted")}
Act = Callable[[Any, StaffMember, Summary, Database], Awaitable[Any]]


async def switched(on: Any, by: StaffMember, known: Summary, database: Database) -> None:
    await Switches(database).switch_off(by, known.programme, "名额已满", NOW).job(on)


ACTS: dict[Action, tuple[Act, ...]] = {
    Action.SEE_APPLICATIONS: (
        lambda on, by, known, _: reviewing.queue(on, by, View.NEW, NOW, limit=9),
        lambda on, by, known, _: reviewing.waiting(on, by),
        lambda on, by, known, _: reviewing.by_receipt(on, by, known.receipt),
    ),
    Action.READ_APPLICATION: (lambda on, by, known, _: reviewing.read(on, by, known.id),),
    Action.REVEAL: (
        lambda on, by, known, _: reviewing.reveal(on, by, known.id, "why", NOW),
        lambda on, by, known, _: handing_out.exported(on, by, Wanted(), "why", NOW, full=True),
    ),
    Action.CLAIM: (lambda on, by, known, _: reviewing.claim(on, by, known, NOW),),
    Action.DECIDE: (lambda on, by, known, _: reviewing.move(on, by, known, "accepted", MOVES, NOW),),
    Action.EXPORT: (
        lambda on, by, known, _: handing_out.exported(on, by, Wanted(), "why", NOW, full=False),
        lambda on, by, known, _: handing_out.programmes(on, by),
    ),
    Action.SWITCH_PROGRAMME: (switched,),
}
ELSEWHERE = {
    Action.EDIT_CONTENT: "tests/flows/staff-windows.txt",
    Action.MANAGE_STAFF: "the command line, by whoever has it",
    Action.MANAGE_KEYS: "the command line, by whoever has it",
    Action.MANAGE_CHANNELS: "the command line, by whoever has it",
    Action.READ_AUDIT: "the command line, by whoever has it",
}
"""What is tried out in other tests, or has no place in a chat."""


def test_no_action_is_left_untried() -> None:
    assert ACTS.keys() | of_notices.STEPS.keys() | ELSEWHERE.keys() == set(Action)
    root = Path(__file__).resolve().parents[2]
    assert all((root / place).exists() for place in ELSEWHERE.values() if place.startswith("tests/"))


async def handed_in(database: Database) -> Summary:
    async def job(on: Any) -> Summary:
        owner = Owner(await subjects.begun(on, "telegram", "7", NOW), Where("telegram", "1", "7"), "7")
        filling = Filling(secrets.token_hex(12), "fee-reduction", "1", owner, "summary", {}, 0, "v1", NOW, NOW)
        await drafts.begin(on, filling, NOW)
        return await applications.submit(on, filling, NOW, Entry(receipt.new(2026)))

    return await database.write(job)


class _UndoneError(Exception):
    pass


async def may(database: Database, act: Act, by: StaffMember, known: Summary) -> bool:
    async def job(on: Any) -> None:
        await act(on, by, known, database)
        raise _UndoneError

    try:
        await database.write(job)
    except _UndoneError:
        return True
    except (NotAllowed, UserError):
        return False
    raise AssertionError


@pytest.mark.parametrize("action", ACTS, ids=str)
async def test_each_role_may_do_what_the_table_says_and_nothing_else(database: Database, action: Action) -> None:
    known = await handed_in(database)
    for act in ACTS[action]:
        found = {role: await may(database, act, StaffMember(1, role, frozenset({role})), known) for role in Role}
        assert found == {role: allowed([role], action) for role in Role}
        assert not await may(database, act, StaffMember(1, "removed", frozenset(Role), active=False), known)
        assert not await may(database, act, StaffMember(1, "nobody", frozenset()), known)

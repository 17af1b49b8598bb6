"""Each role may do exactly this, and whatever is not named is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.errors import NotAllowed
from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.permissions import NOBODY, TABLE, Action, Role, StaffMember, allowed, may_carry_rights, require

# Written out a second time on purpose: a slip in the table shows here.
MATRIX = {
    "manage-staff": "owner",
    "manage-keys": "owner",
    "manage-channels": "owner",
    "edit-content": "editor",
    "switch-programme": "owner editor",
    "draft-notice": "editor broadcaster",
    "submit-notice": "broadcaster",
    "pause-notice": "owner broadcaster",
    "approve-notice": "reviewer",
    "see-applications": "reviewer auditor",
    "read-application": "reviewer auditor",
    "reveal": "reviewer",
    "claim": "reviewer",
    "decide": "reviewer",
    "export": "reviewer",
    "read-audit": "owner auditor",
}
SAID = Incoming("1", Kind.TEXT, Where("telegram", "1", "7"), ChatKind.PRIVATE, "7", datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_role_may_do_what_the_matrix_says(role: Role, action: Action) -> None:
    assert allowed([role], action) is (role.value in MATRIX[action.value].split())


@pytest.mark.parametrize("action", Action)
def test_without_a_role_or_when_removed_nothing_is_allowed(action: Action) -> None:
    assert action in TABLE
    for member in (StaffMember(1, "a", frozenset()), StaffMember(1, "a", frozenset(Role), active=False)):
        with pytest.raises(NotAllowed):
            require(member, action)


def test_only_one_person_in_a_private_chat_carries_rights() -> None:
    assert may_carry_rights(SAID)
    assert not any(may_carry_rights(replace(SAID, chat_kind=kind)) for kind in (ChatKind.GROUP, ChatKind.CHANNEL))
    assert {"1087968824", "777000", "136817688", ""} == NOBODY
    assert not any(may_carry_rights(replace(SAID, user=user)) for user in NOBODY)

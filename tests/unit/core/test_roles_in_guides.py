"""What the guides for staff say of roles is what the table of permissions holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.permissions import TABLE, Action, Role

GUIDES = Path(__file__).resolve().parents[3] / "docs"
ROWS = (
    (Action.MANAGE_STAFF, Action.MANAGE_KEYS, Action.MANAGE_CHANNELS),
    (Action.EDIT_CONTENT,),
    (Action.SWITCH_PROGRAMME,),
    (Action.DRAFT_NOTICE,),
    (Action.SUBMIT_NOTICE,),
    (Action.PAUSE_NOTICE,),
    (Action.APPROVE_NOTICE,),
    (Action.SEE_APPLICATIONS, Action.READ_APPLICATION),
    (Action.REVEAL, Action.CLAIM, Action.DECIDE, Action.EXPORT),
    (Action.READ_AUDIT,),
)


def written(guide: str, head: str) -> list[frozenset[Role]]:
    lines = (GUIDES / guide).read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(head))
    rows = [line.strip("|").split("|")[1:] for line in lines[first + 2 : first + 2 + len(ROWS)]]
    return [frozenset(role for role, cell in zip(Role, row, strict=True) if cell.strip()) for row in rows]


@pytest.mark.parametrize(("guide", "head"), [("staff.md", "| may | owner"), ("staff.zh-CN.md", "| 可以 | 负责人")])
def test_the_guide_gives_each_role_what_the_table_gives_it(guide: str, head: str) -> None:
    assert {action for row in ROWS for action in row} == set(TABLE)
    for said, actions in zip(written(guide, head), ROWS, strict=True):
        assert [TABLE[action] for action in actions] == [said] * len(actions)

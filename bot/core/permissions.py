"""Who of the staff may do what: this table, and nothing that is not in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.core.errors import NotAllowed
from bot.core.message import ChatKind, Incoming


class Role(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    BROADCASTER = "broadcaster"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


class Action(StrEnum):
    MANAGE_STAFF = "manage-staff"
    MANAGE_KEYS = "manage-keys"
    MANAGE_CHANNELS = "manage-channels"
    EDIT_CONTENT = "edit-content"
    SWITCH_PROGRAMME = "switch-programme"
    """Off and on: whether it takes applications."""
    DRAFT_NOTICE = "draft-notice"
    SUBMIT_NOTICE = "submit-notice"
    PAUSE_NOTICE = "pause-notice"
    APPROVE_NOTICE = "approve-notice"
    SEE_APPLICATIONS = "see-applications"
    """The queue: receipt, programme, status and times, no answers."""
    READ_APPLICATION = "read-application"
    """The answers, masked."""
    REVEAL = "reveal"
    """The answers in full, and files. Each time is in the audit log."""
    CLAIM = "claim"
    DECIDE = "decide"
    EXPORT = "export"
    READ_AUDIT = "read-audit"


_OWNER, _EDITOR, _BROADCASTER, _REVIEWER, _AUDITOR = (frozenset((role,)) for role in Role)

TABLE: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.MANAGE_STAFF: _OWNER,
        Action.MANAGE_KEYS: _OWNER,
        Action.MANAGE_CHANNELS: _OWNER,
        Action.EDIT_CONTENT: _EDITOR,
        Action.SWITCH_PROGRAMME: _OWNER | _EDITOR,
        Action.DRAFT_NOTICE: _EDITOR | _BROADCASTER,
        Action.SUBMIT_NOTICE: _BROADCASTER,
        Action.PAUSE_NOTICE: _OWNER | _BROADCASTER,
        Action.APPROVE_NOTICE: _REVIEWER,
        Action.SEE_APPLICATIONS: _REVIEWER | _AUDITOR,
        Action.READ_APPLICATION: _REVIEWER | _AUDITOR,
        Action.REVEAL: _REVIEWER,
        Action.CLAIM: _REVIEWER,
        Action.DECIDE: _REVIEWER,
        Action.EXPORT: _REVIEWER,
        Action.READ_AUDIT: _OWNER | _AUDITOR,
    }
)

NOBODY = frozenset({"", "1087968824", "777000", "136817688"})
"""Senders behind which anybody may stand: nobody named, an anonymous admin of a group, the platform itself, a channel's post."""


@dataclass(frozen=True)
class StaffMember:
    """Somebody of the office, as known right now: roles are read for each act, so that a withdrawal counts at once."""

    id: int
    name: str
    roles: frozenset[Role]
    active: bool = True

    @property
    def reference(self) -> str:
        return f"staff:{self.id}"


def allowed(roles: Collection[Role], action: Action) -> bool:
    return not TABLE.get(action, frozenset()).isdisjoint(roles)


def require(member: StaffMember, action: Action) -> None:
    """Raises NotAllowed."""
    if not (member.active and allowed(member.roles, action)):
        raise NotAllowed(action.value)


def may_carry_rights(incoming: Incoming) -> bool:
    """Whether a staff account may be looked up for it at all: a private chat, and a sender behind whom stands one person."""
    return incoming.chat_kind is ChatKind.PRIVATE and incoming.user not in NOBODY

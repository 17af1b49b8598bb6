"""Who of the staff speaks, where others are told nothing of it or are refused."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.message import ChatKind, Incoming, Kind, Text
from bot.core.permissions import StaffMember
from handlers.services import Services


async def speaking(incoming: Incoming, use: Services) -> StaffMember:
    """Raises UserError for everybody who is no member of staff here; it does not tell whether such a thing exists."""
    require_private(incoming)
    member = await use.review.member(incoming)
    if member is None:
        raise UserError(Text("command-unknown"))
    return member


def require_private(incoming: Incoming) -> None:
    """In a group nobody has rights. A command there is told its place; who would have them is not looked up."""
    if incoming.chat_kind is not ChatKind.PRIVATE and incoming.kind is Kind.COMMAND:
        raise UserError(Text("staff-private", {"command": incoming.command}))


async def require_editor(incoming: Incoming, use: Services) -> None:
    """In a private chat, for those who may enter windows."""
    if incoming.chat_kind is not ChatKind.PRIVATE or not await use.may_publish(incoming):
        raise UserError(Text("staff-only"))

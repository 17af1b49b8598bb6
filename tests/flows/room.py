"""A group as a platform: several members, mentions, replies to us and buttons, on the terminal's screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.adapters.terminal import Terminal
from bot.core.clock import Clock
from bot.core.message import ChatKind, Incoming, Kind, Outgoing, Where
from bot.core.platform import Limits, Outcome

MENTION = "@知策"
OWNER = "群主"
"""Who runs the group."""


class Room(Terminal):
    """Buttons are drawn as `[label]` in one line below the message; a member presses one by saying it so."""

    platform = "room"
    limits = Limits(text=100_000, buttons=20, notes=True, heard_from_person=0, heard_from_chat=0, files=True)

    def __init__(self, account: str, write: Callable[[str], None], clock: Clock, *, bold: tuple[str, str], language: str) -> None:
        super().__init__(account, write, clock, bold=bold, language=language)
        self._write = write
        self._tokens: dict[tuple[str, str], str] = {}
        self._members: dict[str, str] = {}
        """Who said a message of the group."""

    async def send(self, message: Outgoing) -> Outcome:
        outcome = await super().send(message)
        if message.buttons:
            member = self._members.get(message.reply_to, "")
            self._tokens |= {(who, button.label): button.token for button in message.buttons for who in (member, "")}
            self._write(" ".join(f"[{button.label}]" for button in message.buttons))
        return outcome

    async def is_admin(self, where: Where, user: str) -> bool:
        return user == OWNER

    async def acknowledge(self, incoming: Incoming, note: str) -> None:
        """A word on the button: only who pressed it sees it."""
        if note:
            self._write(f"({incoming.user}: {note})")

    def joined(self) -> Incoming:
        return self._of("", super().joined())

    def said(self, member: str, line: str, *, reply: bool) -> Incoming:
        """Meant for us are mentions, replies to us, commands and presses."""
        if line.startswith("[") and line.endswith("]"):
            return replace(self._of(member, self.read("")), kind=Kind.PRESS, press=self._pressed(member, line[1:-1]))
        incoming = self._of(member, self.read(line.replace(MENTION, "").strip()))
        return replace(incoming, addressed=reply or MENTION in line or incoming.kind is Kind.COMMAND)

    def _pressed(self, member: str, label: str) -> str:
        """The member's own button of that name, or else anybody's."""
        return self._tokens.get((member, label)) or self._tokens["", label]

    def _of(self, member: str, incoming: Incoming) -> Incoming:
        self._members[f"m-{incoming.event}"] = member
        where = replace(incoming.where, platform=self.platform)
        return replace(incoming, where=where, user=member, chat_kind=ChatKind.GROUP, message=f"m-{incoming.event}")

"""Private chats of several people side by side, on the terminal's screen: who applies, and who decides."""

from __future__ import annotations

from dataclasses import replace

from bot.core.message import ChatKind, Incoming, Kind, Outgoing
from bot.core.platform import Outcome
from tests.flows.room import Room


class Hall(Room):
    """A message to somebody who has not just spoken is headed by their name."""

    platform = "hall"

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__(*values, **named)  # type: ignore[arg-type]
        self._speaking = ""
        self.last_url = ""
        """Of the last button that opens an address."""

    async def send(self, message: Outgoing) -> Outcome:
        if message.where.chat != self._speaking:
            self._write(f"→ {message.where.chat}")
        self.last_url = next((button.url for button in message.buttons if button.url), self.last_url)
        for button in message.buttons:
            self._tokens.pop((message.where.chat, button.label), None)
            self._tokens[message.where.chat, button.label] = button.token
        return await super().send(message)

    def said(self, member: str, line: str, *, reply: bool) -> Incoming:
        self._speaking = member
        incoming = super().said(member, line, reply=reply)
        return replace(incoming, addressed=True)

    def _pressed(self, member: str, label: str) -> str:
        """`[查看…]` is the latest button that begins so: receipt numbers differ each time."""
        if label.endswith("…"):
            label = next(known for who, known in reversed(self._tokens) if who == member and known.startswith(label[:-1]))
        return super()._pressed(member, label)

    def _of(self, member: str, incoming: Incoming) -> Incoming:
        incoming = super()._of(member, incoming)
        kind = Kind.LEFT if incoming.kind is Kind.JOINED else incoming.kind
        return replace(incoming, kind=kind, chat_kind=ChatKind.PRIVATE, where=replace(incoming.where, chat=member), message="")

"""What the service asks of a platform, and what a platform answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.core.message import Enclosed, Incoming, InlineResult, Outgoing, Where

OBLONG = 20
"""A picture so many times longer than wide is shown by no platform we know."""


@dataclass(frozen=True)
class Limits:
    """What a platform can carry. `bot.core.fit` degrades a message to it."""

    text: int
    """Characters (UTF-16 units on Telegram) in one message."""
    buttons: int
    """Buttons under one message; 0: choices become a numbered list."""
    label: int = 60
    edits: bool = False
    notes: bool = False
    """Can show a word on a pressed button; without it the note is a message."""
    per_second: float = 1000.0
    """Messages a second, all chats together."""
    chat_interval: timedelta = timedelta()
    """Least time between two messages to one private chat."""
    group_per_minute: int = 0
    """Messages a minute to one group; 0: no such limit."""
    ours: bool = False
    """What we show there passes through no other company."""
    local: bool = False
    """Whoever reads there sits at this machine: a file is handed out by its path."""
    width: int = 32
    """Requests in flight at the most: a crash repeats no more than these."""
    heard_from_person: int = 20
    heard_from_chat: int = 60
    """Messages a minute we listen to; 0: all."""
    files: bool = False
    """People can send files here."""
    document: int = 0
    """Bytes of a file that we can send; 0: none."""
    picture: int = 0
    """Bytes of a picture that is shown as one; a larger one goes as a file."""
    sides: int = 0
    """Width and height together of a picture that is shown as one; 0: any."""
    caption: int = 0
    """Characters beside a picture or file; 0: as many as without."""

    def words(self, *, enclosed: bool) -> int:
        """Characters that one message takes."""
        return self.caption if enclosed and self.caption else self.text

    def shows(self, enclosed: Enclosed) -> bool:
        """Whether it is drawn as a picture, not handed over as a file."""
        if not (enclosed.width and enclosed.height) or enclosed.size > self.picture:
            return False
        shorter, longer = sorted((enclosed.width, enclosed.height))
        return longer <= OBLONG * shorter and (not self.sides or shorter + longer <= self.sides)


@dataclass(frozen=True)
class Sent:
    message: str
    """The platform's id of the message."""
    handle: str = ""
    """By which the platform knows what went along, for the next ones."""


@dataclass(frozen=True)
class Later:
    """Certainly not sent; try again. `after` is the platform's own demand (retry_after), None for our backoff.
    `everybody`: the demand is on the whole account, not on this chat."""

    reason: str
    after: timedelta | None = None
    everybody: bool = False


@dataclass(frozen=True)
class Unclear:
    """It may have been sent: the connection broke after the request was written."""

    reason: str


@dataclass(frozen=True)
class Gone:
    """Nobody there any more: blocked, kicked, deactivated."""

    reason: str


@dataclass(frozen=True)
class Moved:
    """The chat has a new id; send it there."""

    chat: str


@dataclass(frozen=True)
class Refused:
    """The platform will never take this message."""

    reason: str
    format: bool = False
    """The message itself is at fault: nobody could be sent it."""


@dataclass(frozen=True)
class Locked:
    """Our own account is refused (wrong token): nothing can be sent until an operator mends it; uses up no tries."""

    reason: str


Outcome = Sent | Later | Unclear | Gone | Moved | Refused | Locked


class Unfetched(StrEnum):
    """Why there are no bytes; each is a message for the person."""

    TOO_LARGE = "upload-too-large"
    GONE = "file-gone"
    """The platform does not have it any more, or never had it."""
    UNREACHABLE = "file-unreachable"
    """It may be there: another try may bring it."""


Fetch = Callable[[Where, str, int], Awaitable[bytes | Unfetched]]
"""`Adapter.fetch` of the account the file was sent to."""


async def nowhere(_where: Where, _file: str, _most: int) -> bytes | Unfetched:
    return Unfetched.GONE


WayIn = Callable[[Where, str], str]
"""`Adapter.way_in` of the account that talks there."""


def no_way_in(_where: Where, _payload: str) -> str:
    return ""


class Intake(Protocol):
    """Where adapters hand in what happened."""

    async def accept(self, events: Sequence[Incoming], *, position: str = "") -> None:
        """Stores the events, and the poller's position with them, and returns only after the commit. Events already known are passed over.

        Raises `bot.core.errors.NotAccepted` when they could not be stored: do not acknowledge then.
        """
        ...

    async def position(self, platform: str, account: str) -> str:
        """The poller's stored position; "" when there is none or it is too old to trust (24 h)."""
        ...


class Adapter(Protocol):
    """One account on one platform."""

    platform: str
    account: str
    limits: Limits

    async def send(self, message: Outgoing) -> Outcome:
        """Delivers one message. Never raises for what the platform or the network does: every fault is an outcome."""
        ...

    async def acknowledge(self, incoming: Incoming, note: str) -> None:
        """Ends the waiting sign of a pressed button, with a short note when there is one. Best effort."""
        ...

    async def answer_inline(self, incoming: Incoming, results: Sequence[InlineResult]) -> None:
        """Best effort: a list nobody waits for any more is no loss."""
        ...

    async def fetch(self, file: str, most: int) -> bytes | Unfetched:
        """The bytes of a file somebody sent, by `Attached.id`; never more than `most`. Raises nothing for what the platform does."""
        ...

    async def release(self, incoming: Incoming) -> None:
        """The message is handled: copies of its files that lie with us on the platform's behalf go. Best effort."""
        ...

    async def is_admin(self, where: Where, user: str) -> bool:
        """Whether the person runs that chat; in a private chat whoever writes does. False when the platform does not tell."""
        ...

    def way_in(self, payload: str) -> str:
        """An address that opens the private chat with us and says `/start payload` there; "" where the platform has none."""
        ...

    async def typing(self, where: Where) -> None:
        """Shows that we are at work. Best effort."""
        ...

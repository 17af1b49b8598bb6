"""What people say to us and what we say back, in words no platform owns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class Kind(StrEnum):
    """What happened. An adapter reports everything it understands; the routes decide what deserves an answer."""

    TEXT = "text"
    COMMAND = "command"
    PRESS = "press"
    """A button was pressed; `press` is its token."""
    INLINE = "inline"
    """Someone types a question behind our name in any chat and wants a list of results while typing."""
    EDITED = "edited"
    """An earlier message was changed; `text` is the new wording."""
    ATTACHMENT = "attachment"
    """A sticker, voice, photo or file; `text` is its caption."""
    JOINED = "joined"
    """We were added to a group, or a person opened (again) a private chat with us."""
    LEFT = "left"
    """We were removed from the group, or the person blocked us."""
    MIGRATED = "migrated"
    """The group has a new id, `moved_to`; the old one is dead."""


@dataclass(frozen=True)
class Where:
    """A place to talk: a platform, the account (bot) we have there, a chat, and a thread or topic in it ("" for none)."""

    platform: str
    account: str
    chat: str
    thread: str = ""


@dataclass(frozen=True)
class Attached:
    """A file that came with a message, as the platform announces it; its bytes are fetched by `id`."""

    id: str
    name: str
    size: int = 0
    """Bytes; 0 when the platform does not tell."""
    kind: str = ""
    """The media type the sender claims; "" when none."""


@dataclass(frozen=True)
class Incoming:
    """One thing that happened on a platform, as every handler sees it."""

    event: str
    """The platform's own key for this event, unique per platform and account: redelivery is recognised by it."""
    kind: Kind
    where: Where
    chat_kind: ChatKind
    user: str
    """The person's id on the platform; "" when the platform names nobody (anonymous admin, channel post)."""
    at: datetime
    """When it happened, UTC, as the platform says."""
    addressed: bool = True
    """Said to us: a private chat, a command, a mention, a reply to us, a press. Unaddressed group talk is never answered."""
    text: str = ""
    """Without the mention of us and without the command word."""
    spans: tuple[Span, ...] = ()
    """The same words with their bold and their links, in private chats, where the platform marks any."""
    command: str = ""
    """Lower case, without slash and bot name."""
    press: str = ""
    message: str = ""
    """The platform's id of the message this is (or whose button was pressed): to thread a reply to, or to edit."""
    query: str = ""
    """The platform's id to acknowledge a press or answer an inline question with."""
    language: str = ""
    """The client's language tag, if the platform tells it."""
    moved_to: str = ""
    files: tuple[Attached, ...] = ()
    """Documents and pictures, in private chats only."""
    album: str = ""
    """The same for files that were sent together and arrive one by one."""
    title: str = ""
    """The group's name; never stored for private chats."""


@dataclass(frozen=True)
class Text:
    """Words for people by message id; worded in the reader's language by `bot.words` (`locales/`)."""

    id: str
    values: Mapping[str, str | int | float | date | datetime | Text | tuple[Text, ...]] = field(default_factory=dict)
    """A tuple is said a line each."""
    bold: bool = False


@dataclass(frozen=True)
class Span:
    text: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True)
class Quote:
    """Verbatim text of a document: never worded, never translated. Adapters draw it as a quotation where they can."""

    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Choice:
    """Something the person may pick: `action` names the route, `data` says on what. `label` is a message or a name (a document's title)."""

    action: str
    data: str = ""
    label: Text | str = ""
    url: str = ""
    """Opens an address instead; such a choice never comes back to us."""


LASTING = "@"
"""Begins the token of a button that many share, `@action:data`. No row says what it means: its handler trusts our own rows alone."""


@dataclass(frozen=True)
class Reply:
    """One answer, not yet worded. Rows of choices follow the order given."""

    blocks: tuple[Text | Quote, ...]
    choices: tuple[Choice, ...] = ()
    instead: bool = False
    """Replaces the message whose button was pressed, where the platform can edit; else it is a new message."""
    enclosed: Enclosed | None = None
    """Goes in the same message."""


@dataclass(frozen=True)
class Note:
    """A word on the pressed button itself, seen only by who pressed it; nothing where a platform has no such thing."""

    text: Text


@dataclass(frozen=True)
class Line:
    """A line of the list shown while somebody types behind our name, not yet worded."""

    id: str
    title: Text | str
    hint: Text | str
    blocks: tuple[Text | Quote, ...]


class Fate(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    LIKED = "liked"
    DISLIKED = "disliked"


@dataclass(frozen=True)
class Asked:
    """A question and what became of it, for staff. An answered one is kept as a count of its clause, not by its words."""

    fate: Fate
    clauses: tuple[str, ...]
    """Those shown, or the nearest ones."""
    question: str = ""
    reason: str = ""
    once: str = ""
    """Counted once only under this key: a thumb pressed twice is one vote."""


@dataclass(frozen=True)
class Effect:
    """A change of rows, written together with the replies or not at all. `job` gets the connection and does nothing but SQL."""

    job: Callable[[Any], Awaitable[None]]
    after: Callable[[], Awaitable[None]] | None = None
    """What is left to do outside the rows once they are written. A crash may lose it: something must find it later."""


@dataclass(frozen=True)
class Erasure:
    """All that is kept about who speaks goes in this turn: the conversation is not saved again, and what is said is a farewell.

    `job` gets the connection and the event's id; what it returns is called after the commit, and may touch files.
    """

    job: Callable[[Any, int], Awaitable[Callable[[], None]]]


Answer = Reply | Note | Line | Asked | Effect | Erasure
"""What a handler may return."""


@dataclass(frozen=True)
class InlineResult:
    """Such a line, worded; `body` is what picking it posts in that chat."""

    id: str
    title: str
    hint: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Block:
    """A worded paragraph, ready to draw."""

    spans: tuple[Span, ...]
    quote: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Button:
    """A choice as drawn: `token` comes back as `Incoming.press` (at most 64 bytes), or `url` opens."""

    label: str
    token: str = ""
    url: str = ""


ATTACHMENT = "attachment:"
"""How the ids of what belongs to an application begin; the others belong to notices."""


@dataclass(frozen=True)
class Enclosed:
    """A picture or file that goes along with a message, the same one to many. Its bytes lie in our own store; rows name them."""

    id: str
    name: str
    kind: str
    """What it is by its content: jpg, png, pdf, docx, xlsx."""
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    """Of a picture; 0 of anything else."""


Contents = Callable[[Enclosed], Awaitable[bytes | None]]
"""The bytes of what goes along; None when they are not there any more."""


@dataclass(frozen=True)
class Outgoing:
    """One message on its way, worded and complete; it is stored like this in the outbox."""

    key: str
    """Unique for this message: the platform's idempotency key where it has one."""
    where: Where
    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    reply_to: str = ""
    """Thread it to this message, if it still exists."""
    edit: str = ""
    """Put it in place of this message of ours; if that fails, send it anew."""
    language: str = ""
    edit_only: bool = False
    """If that fails, let it be."""
    enclosed: Enclosed | None = None
    """Goes in the same message; the text stands below a picture."""

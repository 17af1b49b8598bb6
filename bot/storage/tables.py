"""The tables of conversations and messages; `all_tables` knows the others. Plain rows: what is JSON here is a value of `bot.core` there."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from datetime import date, datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from bot.storage.partial import partial
from bot.storage.types import Row, Serial, instant


def _when(name: str, state: str, *columns: str) -> Index:
    """An index of the rows in one state."""
    return partial(name, *columns, where=f"state = '{state}'")


_EXPIRING = "state = 'pending' and expires_at is not null"


class Inbox(Row, table=True):
    """One row for each event a platform gave us. The key is what recognises a redelivery; the body goes when the event is done."""

    __table_args__ = (
        Index("inbox_event", "platform", "account", "event", unique=True),
        partial("inbox_open", "id", where="state = 'new'"),
        Index("inbox_received", "received_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    platform: str
    account: str
    event: str
    chat: str
    state: str = "new"
    """new, done, dead"""
    body: str = Field(sa_type=Text)
    tries: int = 0
    due_at: datetime = instant()
    received_at: datetime = instant()
    error: str = ""


class Cursor(Row, table=True):
    """How far a poller has read."""

    platform: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    position: str
    at: datetime = instant()


class Lease(Row, table=True):
    """Who may do what only one process may do. `epoch` grows with every holder."""

    name: str = Field(primary_key=True)
    holder: str
    epoch: int
    until: datetime = instant()


class Person(Row, table=True):
    """Somebody on a platform. No names: the platform knows them."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    language: str = ""
    """Chosen by the person; "" follows the client."""
    client_language: str = ""
    first_seen: datetime = instant()


class Chat(Row, table=True):
    """A chat we are in, with its settings."""

    platform: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    kind: str
    user: str = ""
    """Whose private chat it is; "" for a group."""
    region: str = ""
    """The region questions are meant for when they name none."""
    active: bool = True
    welcomed: bool = False
    since: datetime = instant()


class Conversation(Row, table=True):
    """Where one person stands in one place: what was asked before, and the choices now on offer."""

    platform: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    step: str = ""
    state: str = Field(default="", sa_type=Text)
    """Sealed."""
    offer: str = ""
    """Token of the offer whose numbers may be typed."""
    updated_at: datetime = instant()


class Offer(Row, table=True):
    """The choices put under one message: what each button means, for whom, where, and until when."""

    __table_args__ = (Index("offer_expiry", "expires_at"),)

    token: str = Field(primary_key=True)
    platform: str
    account: str
    chat: str
    thread: str
    user: str
    choices: str = Field(sa_type=Text)
    made_at: datetime = instant()
    expires_at: datetime = instant()


class Outbox(Row, table=True):
    """One row for each message to one recipient. The states are told in `bot/outbox/ledger.py`."""

    __table_args__ = (
        Index("outbox_key", "key", unique=True),
        # The conditions are written out in the queries, too: a bound value would hide from SQLite that they match.
        _when("outbox_due", "pending", "platform", "account", "lane", "batch", "due_at", "id"),
        _when("outbox_turn", "pending", "platform", "account", "lane", "chat", "id"),
        _when("outbox_sending", "sending", "platform", "account"),
        _when("outbox_unknown", "unknown", "settled_at"),
        _when("outbox_doubtful", "ambiguous", "platform", "account", "due_at"),
        partial("outbox_batch", "batch", "state", where="batch <> ''"),
        partial("outbox_expiry", "expires_at", where=_EXPIRING),
        Index("outbox_settled", "settled_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    key: str
    platform: str
    account: str
    chat: str
    thread: str = ""
    group: bool = False
    lane: str = "reply"
    """reply, bulk"""
    batch: str = ""
    letter: str = ""
    """Where the words stand that many rows share; "" when the body is the row's own."""
    edit: str = ""
    """Put it in place of this message of ours, where the words are shared."""
    hold: bool = False
    """When it may have arrived, it is not sent again."""
    body: str = Field(sa_type=Text)
    state: str = "pending"
    epoch: int = 0
    tries: int = 0
    strikes: int = 0
    """How often it was left in the middle of sending: by a crash, or by an answer that never came."""
    due_at: datetime = instant()
    expires_at: datetime | None = instant(default=None, nullable=True)
    """From then on it is of no use any more."""
    lease_until: datetime | None = instant(default=None, nullable=True)
    made_at: datetime = instant()
    settled_at: datetime | None = instant(default=None, nullable=True)
    message: str = ""
    error: str = ""


class Batch(Row, table=True):
    """Many messages that are one thing: paused, cancelled and counted together."""

    id: str = Field(primary_key=True)
    state: str = "running"
    """running, paused, cancelled, finished"""
    reason: str = ""
    """Why it is paused or cancelled."""
    hold: bool = False
    cursor: str = ""
    """How far its audience has been turned into rows; the audience's own word for it."""
    expanded: bool = False
    """All of its audience has."""
    looked: str = ""
    """Accounts whose first messages went well, one a line."""
    made_at: datetime = instant()
    expires_at: datetime | None = instant(default=None, nullable=True)
    ended_at: datetime | None = instant(default=None, nullable=True)


class Letter(Row, table=True):
    """The words that many rows of a batch share. Sealed."""

    batch: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    part: int = Field(primary_key=True)
    body: str = Field(sa_type=Text)


class Instance(Row, table=True):
    """This database among its copies. A restored one sends nothing until somebody has said that it is the one."""

    id: int = Field(primary_key=True)
    """1"""
    epoch: str
    paused: str = ""
    """Why nothing is sent; "" when all is."""
    since: datetime = instant()


class Trouble(Row, table=True):
    """What keeps a sender or a poller from its work, for staff and operators to see from any process."""

    name: str = Field(primary_key=True)
    state: str
    reason: str = ""
    since: datetime = instant()


class Alert(Row, table=True):
    """What staff were told of without asking; the row goes when it is over, and then they are told that."""

    name: str = Field(primary_key=True)
    count: int
    """How many it was about when they were told."""
    told_at: datetime = instant()
    seen_at: datetime = instant()


class WebSession(Row, table=True):
    """A browser's web chat. The chat's id is public to us only; the cookie's secret is kept as a hash."""

    chat: str = Field(primary_key=True)
    secret: str
    """SHA-256, hex."""
    made_at: datetime = instant()
    seen_at: datetime = instant()


class WebMessage(Row, table=True):
    """What stands in a web chat, in order: the page shows it again after a reload."""

    __table_args__ = (Index("web_message_key", "chat", "key", unique=True), Index("web_message_at", "at"))

    chat: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """From 1, without gaps."""
    key: str
    """The sender's own key: the client's uuid, or the outbox key. Writing it again changes nothing."""
    author: str
    """person, office"""
    body: str = Field(sa_type=Text)
    replaces: int = 0
    """Number of the message this one stands in place of; 0: none."""
    at: datetime = instant()


class Popular(Row, table=True):
    """How often a clause answered on one day, and what people thought of it. No words of anybody."""

    day: date = Field(primary_key=True)
    clause: str = Field(primary_key=True)
    answered: int = 0
    liked: int = 0
    disliked: int = 0


class Gap(Row, table=True):
    """A question without an answer, or with one that did not help: its words without personal data, and how often."""

    __table_args__ = (Index("gap_last", "last_at"),)

    key: str = Field(primary_key=True)
    fate: str
    question: str
    reason: str = ""
    clauses: str = Field(default="[]", sa_type=Text)
    """Ids of the nearest clauses, JSON."""
    count: int = 0
    first_at: datetime = instant()
    last_at: datetime = instant()


class Vote(Row, table=True):
    """Keys of votes already counted."""

    once: str = Field(primary_key=True)
    at: datetime = instant()

"""Notices, who approved them, who was due to get them, and who wants none. Queries stand in `bot/notices/`."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from datetime import datetime

from sqlalchemy import Column, Index, Integer, Text
from sqlmodel import Field

from bot.storage.partial import partial
from bot.storage.types import Row, Serial, instant

_AT_WORK = "finished_at is null"
_OPEN = "state in ('queued', 'weekly')"


class Notice(Row, table=True):
    """A notice from its draft to its end. `version` grows with every change, `round` with every submission."""

    __table_args__ = (
        Index("notice_key", "submit_key", unique=True),
        partial("notice_at_work", "state", where=_AT_WORK),
        Index("notice_submitted", "submitted_by", "submitted_at"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    version: int = 0
    round: int = 0
    state: str
    author: int
    editor: int
    """The last member of staff who changed it."""
    content: str = Field(sa_type=Text)
    """Title, texts, audience, time and the rest, JSON."""
    corrects: int | None = None
    """The notice that it puts right."""
    reason: str = ""
    """Why it stands where it stands: who paused it, or what was wrong."""
    remark: str = Field(default="", sa_type=Text)
    """The reviewer's words, when it was sent back."""
    submitted_by: int | None = None
    submitted_at: datetime | None = instant(default=None, nullable=True)
    submit_key: str | None = None
    listed: int = 0
    """Recipients found so far; all of them once the state is past `listing`."""
    cursor: str = ""
    """The last place listed, and later the last recipient handed to the outbox."""
    snapshot: str = ""
    """Running SHA-256 over the recipients."""
    digest: str = ""
    """SHA-256 of what the reviewers approve."""
    desk: str = ""
    """Where the author is told how it goes: platform, account, chat, JSON."""
    progress: int = 0
    """How often the author was told."""
    shown: str = ""
    """What the author was told last."""
    made_at: datetime = instant()
    changed_at: datetime = instant()
    started_at: datetime | None = instant(default=None, nullable=True)
    finished_at: datetime | None = instant(default=None, nullable=True)


class NoticeApproval(Row, table=True):
    """That somebody approved exactly this. It counts only while the digest is the notice's, and for a day."""

    notice: int = Field(primary_key=True)
    staff: int = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    at: datetime = instant()


class NoticeRecipient(Row, table=True):
    """One place a notice was due to, and what became of it. Kept as proof when the outbox has forgotten."""

    __table_args__ = (
        Index("notice_recipient_once", "notice", "platform", "account", "chat", unique=True),
        Index("notice_recipient_order", "notice", "number", unique=True),
        Index("notice_recipient_state", "notice", "state"),
        partial("notice_recipient_open", "state", "id", where=_OPEN),
        Index("notice_recipient_place", "platform", "account", "chat"),
    )

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    notice: int
    number: int
    """From 1, in the order of sending."""
    platform: str
    account: str
    chat: str
    group: bool = False
    region: str = ""
    """Of the chat, when it was listed."""
    state: str = "due"
    """due, queued, weekly (waits for the digest), and the outbox's own: sent, unreachable, failed, unknown, cancelled; skipped"""
    reason: str = ""
    key: str = ""
    """Of the outbox row that carries it."""
    message: str = ""
    """The platform's id of the message."""
    language: str = ""
    """Of the text that was sent."""
    settled_at: datetime | None = instant(default=None, nullable=True)
    known_at: datetime | None = instant(default=None, nullable=True)
    """When 已知悉 was pressed first."""


class NoticeWish(Row, table=True):
    """How a chat wants notices; without a row each comes by itself."""

    platform: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    wish: str
    """each, weekly, none"""
    at: datetime = instant()

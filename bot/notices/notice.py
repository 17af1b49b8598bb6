"""A notice as a value: what it says, to whom, when, and where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from pydantic import TypeAdapter

from bot.core.message import Enclosed, Span
from bot.storage.values import from_json, to_json

SOURCE = "zh-CN"
"""Every notice has a text in it; other languages fall back to it."""
TITLE = 60
BODY = 8000
"""Characters a draft takes; the platforms' own limits are checked before it is submitted."""


class State(StrEnum):
    DRAFT = "draft"
    LISTING = "listing"
    """Submitted; the recipients are being written down."""
    WAITING = "waiting"
    """For approval."""
    APPROVED = "approved"
    """Waits for its time."""
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (State.LISTING, State.WAITING, State.APPROVED, State.SENDING, State.PAUSED)
STARTED = (State.SENDING, State.PAUSED, State.DONE)


class Fate(StrEnum):
    """What became of one recipient. Up to `CANCELLED` the outbox's own words."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    """Unsubscribed, left or deleted between submission and sending."""
    WEEKLY = "weekly"
    """Waits for the weekly digest."""
    QUEUED = "queued"
    DUE = "due"


REASONS = ("rejected", "late", "approval-void", "audience-empty")
"""Why it came back to staff."""


class Unclear(StrEnum):
    """What is done about a message of which nobody knows whether it arrived."""

    RESEND = "resend"
    HOLD = "hold"


@dataclass(frozen=True)
class Audience:
    """Everybody for whom all of these hold. An empty criterion asks nothing."""

    everybody: bool = False
    """Said in so many words: without any criterion nobody is meant."""
    regions: tuple[str, ...] = ()
    """With all that lies in them."""
    programmes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    """Of the application; asks nothing without a programme."""
    windows: tuple[str, ...] = ()
    """Who subscribed to them."""
    themes: tuple[str, ...] = ()
    """Who subscribed to them."""
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """private, group"""
    listed: tuple[str, ...] = ()
    """`platform:chat`, from an uploaded list."""

    @property
    def is_said(self) -> bool:
        asked = (
            self.regions,
            self.programmes,
            self.windows,
            self.themes,
            self.roles,
            self.languages,
            self.platforms,
            self.kinds,
            self.listed,
        )
        return self.everybody or any(asked)


@dataclass(frozen=True)
class Quiet:
    """Nothing is sent between these wall times."""

    start: time
    until: time

    def covers(self, at: time) -> bool:
        if self.start <= self.until:
            return self.start <= at < self.until
        return at >= self.start or at < self.until


@dataclass(frozen=True)
class Content:
    """All that reviewers approve."""

    title: str = ""
    texts: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """By language tag."""
    audience: Audience = field(default_factory=Audience)
    at: datetime | None = None
    """None: as soon as it is approved."""
    quiet: Quiet | None = None
    unclear: Unclear = Unclear.RESEND
    asks: bool = False
    """With a button 已知悉."""
    enclosed: Enclosed | None = None
    """A picture or a file, one: the notice stays one message."""

    def text(self, language: str) -> tuple[str, tuple[Span, ...]]:
        """The text for a reader, and the language it is in."""
        found = language if self.texts.get(language) else SOURCE
        return found, self.texts.get(found, ())

    @property
    def links(self) -> tuple[str, ...]:
        """Each address once: whoever approves must see where they lead."""
        return tuple(dict.fromkeys(span.link for text in self.texts.values() for span in text if span.link))

    def is_quiet(self, now: datetime, zone: tzinfo) -> bool:
        return self.quiet is not None and self.quiet.covers(now.astimezone(zone).time())


@dataclass(frozen=True)
class Notice:
    id: int
    version: int
    round: int
    state: State
    author: int
    editor: int
    content: Content
    corrects: int | None
    reason: str
    remark: str
    submitted_by: int | None
    submitted_at: datetime | None
    listed: int
    snapshot: str
    digest: str
    desk: str
    started_at: datetime | None
    finished_at: datetime | None
    changed_at: datetime


CONTENT = TypeAdapter(Content)


def written(content: Content) -> str:
    return to_json(CONTENT, content)


def read(text: str) -> Content:
    return from_json(CONTENT, text)


def sealed(content: Content, *, id: int, round: int, corrects: int | None, snapshot: str, count: int) -> str:
    """What an approval is bound to: text, audience as it was written down, time and channels. No two submissions have the same."""
    parts = (str(id), str(round), str(corrects or ""), snapshot, str(count), written(content))
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def chained(snapshot: str, place: str) -> str:
    """The running hash over the recipients, one further."""
    return hashlib.sha256(f"{snapshot}\n{place}".encode()).hexdigest()


def lasts(count: int, per_second: float) -> timedelta:
    """How long sending takes at the platform's limit."""
    return timedelta(seconds=count / per_second)

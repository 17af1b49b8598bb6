"""What people apply with. Answers, notes and names of files are sealed with the subject's key."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field

from bot.storage.partial import partial
from bot.storage.types import Row, instant


def _sealed(**options: Any) -> Any:
    return Field(sa_type=Text, **options)


class Draft(Row, table=True):
    """A form somebody is filling in. One person may have several."""

    __table_args__ = (
        Index("draft_owner", "platform", "user"),
        Index("draft_subject", "subject"),
        Index("draft_updated", "updated_at"),
        Index("draft_programme", "programme"),
    )

    id: str = Field(primary_key=True)
    programme: str
    form_version: str
    subject: str
    platform: str
    account: str
    chat: str
    user: str
    step: str
    state: str = _sealed()
    version: int = 0
    notice: str
    """Version of the privacy notice agreed to."""
    agreed_at: datetime = instant()
    made_at: datetime = instant()
    updated_at: datetime = instant()
    reminded_at: datetime | None = instant(default=None, nullable=True)
    paused_at: datetime | None = instant(default=None, nullable=True)
    """When the person heard that the programme is switched off; then no time runs out."""


_DUE = "due_at is not null and escalated_at is null"


class Application(Row, table=True):
    """A form handed in."""

    __table_args__ = (
        Index("application_receipt", "receipt", unique=True),
        Index("application_subject", "subject"),
        Index("application_queue", "status", "submitted_at"),
        Index("application_programme", "programme", "status"),
        partial("application_due", "due_at", where=_DUE),
    )

    id: str = Field(primary_key=True)
    receipt: str
    programme: str
    form_version: str
    subject: str
    platform: str
    account: str
    chat: str
    user: str
    """Who handed it in, and where they are answered; "" when the person was deleted."""
    status: str
    reviewer: int | None = None
    """Id of the member of staff who has it."""
    version: int = 0
    answers: str = _sealed()
    corrections: str = _sealed(default="")
    """Which fields are to be mended, and why."""
    notice: str
    agreed_at: datetime = instant()
    submitted_at: datetime = instant()
    due_at: datetime | None = instant(default=None, nullable=True)
    """Until when its status may last, or how long it must: then it is for staff to act."""
    escalated_at: datetime | None = instant(default=None, nullable=True)
    updated_at: datetime = instant()


class ApplicationEvent(Row, table=True):
    """What became of an application, in order."""

    __table_args__ = (Index("application_event_of", "application", "number", unique=True),)

    id: str = Field(primary_key=True)
    application: str
    number: int
    at: datetime = instant()
    who: str
    """`staff:3` or `person:<subject>`"""
    what: str
    note: str = _sealed(default="")


class Attachment(Row, table=True):
    """A file of a draft or an application; its bytes lie sealed in the folder of files."""

    __table_args__ = (
        Index("attachment_draft", "draft"),
        Index("attachment_application", "application"),
        Index("attachment_subject", "subject"),
    )

    id: str = Field(primary_key=True)
    draft: str
    application: str = ""
    subject: str
    step: str
    kind: str
    """pdf, docx, xlsx, jpg, png"""
    size: int
    sha256: str
    name: str = _sealed()
    path: str
    made_at: datetime = instant()


class ProgrammeSwitch(Row, table=True):
    """A programme that takes no applications now. No row: it does."""

    programme: str = Field(primary_key=True)
    reason: str
    """In the words of staff, for everybody to read."""
    actor: str
    off_at: datetime = instant()


class Profile(Row, table=True):
    """Answers an enterprise gives each time, to be offered in the next form."""

    subject: str = Field(primary_key=True)
    answers: str = _sealed()
    updated_at: datetime = instant()

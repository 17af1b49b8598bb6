"""Windows, who wants to hear of them, and what is due when. Queries stand in `reminders/`."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from datetime import date, datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from bot.storage.partial import partial
from bot.storage.types import Row, Serial, instant

_OPEN = "state = 'open'"


class Window(Row, table=True):
    """A period in which one may apply, as staff entered it from the year's notice."""

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    version: int
    told: int = 0
    """The version that everybody's plan agrees with; smaller than `version` while plans are being made anew."""
    cursor: int = 0
    """The last place whose plan was made anew."""
    days: int = 0
    """The table of working days (`WorkdayTable.id`) that everybody's plan was counted by."""
    programme: str = ""
    title: str
    region: str = ""
    themes: str = "[]"
    opens: date | None = None
    who: str = Field(default="", sa_type=Text)
    prepare: str = Field(default="[]", sa_type=Text)
    clause: str = ""
    publisher: str
    document: str
    dated: date
    link: str = ""
    grade: str
    status: str
    note: str = Field(default="", sa_type=Text)
    updated_at: datetime = instant()


class WindowLevel(Row, table=True):
    """Until when a window is open on one level."""

    window: int = Field(primary_key=True)
    level: str = Field(primary_key=True)
    closes: date
    at: str = ""
    """Wall time, HH:MM; "" is the end of the day."""


class WindowVersion(Row, table=True):
    """Every wording a window ever had: what people are told of is the difference between two of them."""

    window: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: str = Field(sa_type=Text)
    what: str
    """publish, extend, correct, cancel"""
    by: str
    at: datetime = instant()


class ReminderPlace(Row, table=True):
    """A chat that wants to be reminded, and when in the day."""

    __table_args__ = (Index("reminder_place_where", "platform", "account", "chat", "thread", unique=True),)

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    platform: str
    account: str
    chat: str
    thread: str = ""
    group: bool = False
    user: str = ""
    """Whose private chat it is; "" for a group."""
    language: str = ""
    """Of a group; a person's own is looked up when it is needed."""
    at: str = "09:00"
    quiet_from: str = ""
    quiet_until: str = ""


class Subscription(Row, table=True):
    """What a place wants to hear of."""

    __table_args__ = (
        Index("subscription_about", "place", "kind", "target", unique=True),
        Index("subscription_target", "kind", "target", "place"),
    )

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    place: int
    kind: str
    """window, programme, theme, region, week"""
    target: str
    ladder: str = "[30,7,3,1]"
    """Working days before the end, JSON."""
    internal: date | None = None
    """The place's own earlier deadline, for one window."""
    level: str = ""
    """Whose cut-off counts; "" is the earliest one."""
    made_by: str
    made_at: datetime = instant()
    invite: str | None = Field(default=None, unique=True)
    invite_until: datetime | None = instant(default=None, nullable=True)


class Feed(Row, table=True):
    """A private calendar address. Its secret is kept as a hash."""

    __table_args__ = (Index("feed_subscription", "subscription"),)

    secret: str = Field(primary_key=True)
    """SHA-256, hex."""
    subscription: int
    made_at: datetime = instant()


class Occurrence(Row, table=True):
    """One reminder at one instant. The rows are the schedule: nothing of it is kept in memory."""

    __table_args__ = (
        Index("occurrence_once", "reminder", "due_at", unique=True),
        partial("occurrence_due", "due_at", where=_OPEN),
        partial("occurrence_place", "place", "due_at", where=_OPEN),
        Index("occurrence_window", "window", "place"),
        Index("occurrence_settled", "settled_at"),
        partial("occurrence_held", "held_by", where="state in ('held', 'dropped')"),
    )

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    reminder: str
    """Whose occurrence it is: the place and the window, or the place's own reminder."""
    place: int
    kind: str
    window: int | None = None
    own: int | None = None
    step: int = 0
    """Working days before the end; the version last told of, for a change."""
    due_at: datetime = instant()
    state: str = "open"
    """open, done, dropped (past its use), gone (planned otherwise), held (late, waits for approval), parked (of an unknown kind)"""
    reason: str = ""
    held_by: int | None = None
    message: str = ""
    """Key of the outbox row that carries it."""
    settled_at: datetime | None = instant(default=None, nullable=True)


class OwnReminder(Row, table=True):
    """What somebody wants to be reminded of. The rule keeps wall time and zone; its words are in `OwnText`."""

    __table_args__ = (Index("own_reminder_place", "place"),)

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    place: int
    user: str
    starts: str
    """Wall time, YYYY-MM-DDTHH:MM."""
    zone: str
    rule: str = ""
    """RRULE; "" is once."""
    made_at: datetime = instant()
    ended_at: datetime | None = instant(default=None, nullable=True)


class OwnText(Row, table=True):
    """Words of a person, apart from everything that may be counted."""

    own: int = Field(primary_key=True)
    words: str = Field(sa_type=Text)


class DoneMark(Row, table=True):
    """This place has dealt with this window."""

    place: int = Field(primary_key=True)
    window: int = Field(primary_key=True)
    at: datetime = instant()


class CatchUp(Row, table=True):
    """What an outage left behind, held until somebody of the staff has looked at it."""

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    found_at: datetime = instant()
    state: str = "open"
    """open, approved, refused"""
    decided_by: str = ""
    decided_at: datetime | None = instant(default=None, nullable=True)


class WeekEvent(Row, table=True):
    """One item of the publicity week's programme, as staff entered it."""

    __table_args__ = (Index("week_event_on", "on"),)

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    on: date
    at: str = ""
    until: str = ""
    title: str
    venue: str = ""
    organiser: str
    source: str
    link: str = ""
    """Where one registers."""
    version: int = 1
    cancelled: bool = False


class WorkdayTable(Row, table=True):
    """A year's days off and shifted working days as staff entered them; the latest one of a year counts, the others stay as its history."""

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    year: int
    body: str = Field(sa_type=Text)
    publisher: str
    document: str
    dated: date
    by: str
    at: datetime = instant()

"""What an expression of time can mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from reminders.workdays import WorkCalendar, published


class Purpose(StrEnum):
    """What the time is wanted for: a reminder cannot be in the past, a field of a form can."""

    REMINDER = "reminder"
    FIELD = "field"


@dataclass(frozen=True)
class Scene:
    """When and for what something is said. `now` is aware; its zone is the zone of all wall times."""

    now: datetime
    purpose: Purpose = Purpose.REMINDER
    calendar: WorkCalendar = field(default_factory=published)

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True)
class Instant:
    """A day with a time. `assumed`: the words named a part of the day, the minute is ours. `limit`: "before", so it is the latest."""

    at: datetime
    assumed: bool = False
    limit: bool = False
    estimated: bool = False


@dataclass(frozen=True)
class Day:
    """A day without a time. `estimated`: working days were counted in a year without a published table, by weekends only."""

    on: date
    limit: bool = False
    estimated: bool = False


@dataclass(frozen=True)
class Range:
    """Days from `start` to `end`, both included. A whole week, month or year keeps the part of it that is over."""

    start: date
    end: date
    limit: bool = False
    estimated: bool = False


@dataclass(frozen=True)
class Span:
    """A length of time, with its sign: calendar months, days and seconds stay apart, for a month has no fixed length."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    workdays: bool = False

    def __neg__(self) -> Span:
        return Span(-self.months, -self.days, -self.seconds, self.workdays)

    def __add__(self, other: Span) -> Span:
        return Span(self.months + other.months, self.days + other.days, self.seconds + other.seconds, self.workdays or other.workdays)

    @property
    def goes_back(self) -> bool:
        return min(self.months, self.days, self.seconds) < 0

    @property
    def units(self) -> dict[str, int]:
        """How many of each unit it has, the longest first."""
        hours, rest = divmod(self.seconds, 3600)
        days = "workdays" if self.workdays else "days"
        counts = {"months": self.months, days: self.days, "hours": hours, "minutes": rest // 60, "seconds": rest % 60}
        return {unit: count for unit, count in counts.items() if count}

    @property
    def iso(self) -> str:
        """ISO 8601; a minus sign in front when it goes back."""
        years, months = divmod(abs(self.months), 12)
        hours, rest = divmod(abs(self.seconds), 3600)
        dated = _parts((years, "Y"), (months, "M"), (abs(self.days), "D"))
        timed = _parts((hours, "H"), (rest // 60, "M"), (rest % 60, "S"))
        return f"{'-' if self.goes_back else ''}P{dated}{'T' if timed else ''}{timed}" if dated or timed else "P0D"


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{letter}" for number, letter in parts if number)


@dataclass(frozen=True)
class Offset:
    """So long before or after the deadline, which whoever asked must know; at `time` of that day when one was said."""

    span: Span
    time: time | None = None


@dataclass(frozen=True)
class Recurrence:
    """Again and again by an RFC 5545 rule without its time. `workdays`: official working days are meant; the rule has Monday to Friday."""

    rule: str
    time: time | None = None
    workdays: bool = False


Reading = Instant | Day | Range | Offset | Recurrence


@dataclass(frozen=True)
class Unclear:
    """Nothing certain. `choices`: what may have been meant, to ask back with; never to be taken without asking."""

    choices: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Invalid:
    """There is no such day or time."""


@dataclass(frozen=True)
class Past:
    """It is over, and a reminder was wanted. `was` is what was understood."""

    was: Reading | None = None


Result = Reading | Unclear | Invalid | Past

"""Dates in answers, read by the grammar of times: only a whole day whose year was said."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from handlers.forms.answers import ReadDate
from handlers.forms.vocabulary import figures, vocabulary
from reminders.dates import Day, Purpose, Scene, read
from reminders.workdays import WorkCalendar


def said_date(zone: tzinfo, calendar: WorkCalendar) -> ReadDate:
    """For `Aids.dates`. A day without its year is asked back: for a reminder it is the next one, for a grant it was the last."""

    def said(text: str, today: date) -> date | None:
        match read(text, Scene(datetime(today.year, today.month, today.day, tzinfo=zone), Purpose.FIELD, calendar)):
            case Day(on, limit=False) if _has_year(text, on):
                return on
            case _:
                return None

    return said


def _has_year(text: str, day: date) -> bool:
    written = figures(text)
    return str(day.year) in written or any(mark in written for mark in vocabulary().year)

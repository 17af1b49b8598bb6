"""How long an application may or must stand where it is, as the programme's source says: counted in working days, told with its doubts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.core.message import Text
from bot.storage.applications import Summary
from handlers.forms.form import Deadline, Form, forms
from reminders.plan import Terms
from reminders.workdays import WorkCalendar

WORKING_DAYS = "working-days"


@dataclass(frozen=True)
class Due:
    """The last day, and the rule it comes from."""

    rule: Deadline
    on: date
    estimated: bool
    """No table of working days is published for it yet: weekends are counted."""
    over: bool

    @property
    def is_late(self) -> bool:
        """Staff should have acted. Where a status must only last so long, its end is no lateness."""
        return self.over and self.rule.at_most is not None


def due_at(form: Form, status: str, begins: datetime, terms: Terms) -> datetime | None:
    """When the time is over for a status that begins then: the end of its last day. None where the source sets none."""
    rule = _rule(form, status)
    if rule is None:
        return None
    last = _last(rule, begins.astimezone(terms.zone).date(), terms.calendar)
    return datetime.combine(last + timedelta(days=1), time(), terms.zone).astimezone(UTC)


def due(known: Summary, now: datetime, terms: Terms) -> Due | None:
    """The time set for an application where it stands."""
    rule = _rule(forms()[known.programme], known.status) if known.programme in forms() else None
    if rule is None or known.due_at is None:
        return None
    last = known.due_at.astimezone(terms.zone).date() - timedelta(days=1)
    estimated = rule.unit == WORKING_DAYS and terms.calendar.estimated(last)
    return Due(rule, last, estimated, known.due_at <= now)


def told(found: Due) -> tuple[Text, ...]:
    """What both sides read of it."""
    rule = found.rule
    kind, days = ("most", rule.at_most) if rule.at_most is not None else ("least", rule.at_least or 0)
    unit = Text("deadline-working-days" if rule.unit == WORKING_DAYS else "deadline-days", {"count": days or 0})
    said = Text(f"deadline-{kind}", {"on": found.on, "span": unit, "publisher": rule.source.publisher, "date": rule.source.date})
    over = [Text(f"deadline-{kind}-over")] if found.over else []
    return (said, *([Text("deadline-estimated")] if found.estimated else []), *over)


def _rule(form: Form, status: str) -> Deadline | None:
    return next((each for each in form.deadlines if each.status == status), None)


def _last(rule: Deadline, first: date, calendar: WorkCalendar) -> date:
    """The day on which the status begins does not count."""
    days = rule.at_most if rule.at_most is not None else rule.at_least or 0
    return calendar.add_workdays(first, days) if rule.unit == WORKING_DAYS else first + timedelta(days=days)

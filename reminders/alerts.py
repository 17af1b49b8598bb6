"""What staff should hear of reminders without asking: what an outage left, and a year without a table of working days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Text
from bot.outbox.report import Alert
from reminders import catchup, daybook
from reminders.plan import Terms

DECEMBER = 12
"""From its first day on the next year's table is missed."""


async def alerts(connection: AsyncConnection, terms: Terms, now: datetime) -> list[Alert]:
    await daybook.refresh(connection, terms)
    found = []
    if held := await catchup.waiting(connection):
        text = Text("alert-catchup", {"count": held.held})
        found.append(Alert(f"catchup:{held.id}", text, max(1, held.held), ("catchup", Text("choice-catchup"))))
    today = now.astimezone(terms.zone).date()
    for year in (today.year, *([today.year + 1] if today.month == DECEMBER else [])):
        if year not in terms.calendar.years:
            found.append(Alert(f"workdays:{year}", Text("alert-workdays", {"year": str(year)}), 1, ("workdays", Text("choice-workdays"))))
    return found

"""Counting anew how long applications may stand where they are, when the working days have changed."""

from __future__ import annotations

from bot.storage import applications
from bot.storage.database import Connection
from handlers.forms.deadlines import due_at
from handlers.forms.form import forms
from reminders.plan import Terms


async def recounted(connection: Connection, terms: Terms) -> None:
    for known, begun in await applications.running(connection):
        if known.programme not in forms():
            continue
        at = due_at(forms()[known.programme], known.status, begun, terms)
        if at is not None and at != known.due_at:
            await applications.set_due(connection, known.id, at)

"""What is coming up: the official days and weeks known by rule."""

from __future__ import annotations

from bot.core.message import Answer, Choice, Incoming, Reply, Text
from handlers.services import Conversation, Services
from reminders.recurring import Occurrence, upcoming


async def windows(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """No award window is predicted: those stand here only when staff have entered them from the year's notice."""
    today = chat.now.astimezone(use.zone).date()
    lines = tuple(_line(each, each.days_until(today), chat.language) for each in upcoming(today))
    choices = (Choice("browse", label=Text("choice-browse")), Choice("help", label=Text("choice-help")))
    return [Reply((Text("windows-title", bold=True), *lines, Text("windows-awards")), choices)]


def _line(occurrence: Occurrence, days: int, language: str) -> Text:
    values: dict[str, object] = {
        "name": occurrence.event.names[language],
        "opens": occurrence.opens,
        "closes": occurrence.closes,
        "days": days,
    }
    timing = "now" if days <= 0 else "ahead"
    length = "day" if occurrence.opens == occurrence.closes else "days"
    return Text(f"windows-{timing}-{length}", values)  # type: ignore[arg-type]

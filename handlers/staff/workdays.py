"""Staff enter the working days of a year."""

from __future__ import annotations

from bot.core.message import Answer, Choice, Incoming, Reply, Text
from bot.storage.values import from_json, to_json
from handlers.services import Conversation, Services
from handlers.staff.publishing import lines_of
from handlers.staff.speaking import require_editor
from reminders import daybook


async def workdays(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Which years are known and how one is entered; with text what would count, to be confirmed."""
    await require_editor(incoming, use)
    typed = "" if chat.choice else incoming.text.strip()
    if not typed:
        known = Text("workdays-known", {"first": str(min(use.desk.terms.calendar.years)), "last": str(max(use.desk.terms.calendar.years))})
        year = str(max(use.desk.terms.calendar.years) + 1)
        return [Reply((known, Text("workdays-how"), Text("workdays-pattern", {"year": year, "before": str(int(year) - 1)})))]
    written = daybook.read(lines_of(typed))
    if written.against:
        return [Reply((Text("workdays-refused"), *written.against))]
    yes = Choice("workdays-confirm", to_json(daybook.BODY, written.table), Text("choice-workdays-confirm"))
    return [Reply(tuple(daybook.shown(written.table)), (yes, Choice("windows", label=Text("choice-leave"))))]


async def confirm(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await require_editor(incoming, use)
    table = from_json(daybook.BODY, chat.data)
    effect = use.desk.enter_days(table, incoming, chat.now)
    return [
        effect,
        use.review.recount(),
        Reply((Text("workdays-confirmed", {"year": str(table.year)}),), (Choice("windows", label=Text("choice-windows")),)),
    ]

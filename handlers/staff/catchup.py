"""Staff decide what becomes of the reminders that an outage held up."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Incoming, Reply, Text
from handlers.services import Conversation, Services, number
from handlers.staff.speaking import require_editor
from reminders.catchup import Heap
from reminders.window import Window, moment

LISTED = 20
"""Heaps in one message."""


async def catchup(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What would go out late, and what to do with it."""
    await require_editor(incoming, use)
    held = await use.desk.held()
    if held is None:
        return [Reply((Text("catchup-none"),))]
    lines = tuple(_heap_line(heap, window, use) for heap, window in held.heaps[:LISTED])
    found = Text("catchup-title", {"count": held.plan.held, "at": moment(held.plan.found_at, use.desk.terms.zone)}, bold=True)
    id = str(held.plan.id)
    choices = (Choice("catchup-send", id, Text("choice-catchup-send")), Choice("catchup-drop", id, Text("choice-catchup-drop")))
    return [Reply((found, Text("windows-list", {"lines": lines}), Text("catchup-means")), choices)]


def _heap_line(heap: Heap, window: Window | None, use: Services) -> Text:
    at = moment(heap.first, use.desk.terms.zone)
    if window:
        return Text("catchup-window", {"count": heap.count, "at": at, "title": window.title})
    return Text("catchup-week" if heap.kind == "digest" else "catchup-own", {"count": heap.count, "at": at})


async def send(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return await _decided(incoming, chat, use, approve=True)


async def drop(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return await _decided(incoming, chat, use, approve=False)


async def _decided(incoming: Incoming, chat: Conversation, use: Services, *, approve: bool) -> list[Answer]:
    await require_editor(incoming, use)
    held = await use.desk.held()
    if held is None or held.plan.id != number(chat.data):
        raise UserError(Text("catchup-decided-already"))
    said = Text("catchup-sent" if approve else "catchup-dropped", {"count": held.plan.held})
    return [use.desk.release(held.plan.id, incoming, chat.now, approve=approve), Reply((said,))]

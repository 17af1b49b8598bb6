"""Opening outside the chat what is too private or too large for it: an application to print and sign."""

from __future__ import annotations

from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from handlers.forms.papers import TERM, Place
from handlers.services import Conversation, Services

PRINT = "sheet"
"""The action of the choice that prints; its data is the application."""


def to_print(id: str) -> Choice:
    return Choice(PRINT, id, Text("choice-sheet"))


async def sheet(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One's own application. In a group nothing of it is named."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private", {"command": "applications"}),))]
    case, _ = await use.applications.case(incoming, chat.data)
    place = await use.papers.place(incoming, case, chat.now)
    back = Choice("application", case.summary.id, Text("applications-open", {"number": case.summary.receipt}))
    if place is None:
        return [Reply((Text("sheet-nowhere"),), (back,))]
    return [Reply((Text("sheet-ready", {"number": case.summary.receipt}), *told(place)), (*opens(place, "choice-open-sheet"), back))]


def told(place: Place) -> tuple[Text, ...]:
    if place.path is not None:
        return (Text("paper-path", {"path": str(place.path)}),)
    if place.enclosed is not None:
        return ()
    return (Text("paper-link", {"minutes": int(TERM.total_seconds() // 60)}),)


def opens(place: Place, label: str) -> tuple[Choice, ...]:
    return (Choice("", label=Text(label), url=place.url),) if place.url else ()

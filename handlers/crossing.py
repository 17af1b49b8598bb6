"""Going on in the web chat with a form that the office keeps away from another platform."""

from __future__ import annotations

from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from handlers import basics, filling
from handlers.forms.passing import platform_named
from handlers.services import Conversation, Services


async def arrive(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Asks first: a link may come from somebody who wants to read what another fills in."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("code-private"),))]
    if not use.records.may_show_all(incoming) or not incoming.text.strip():
        return await basics.unknown_command(incoming, chat, use)
    code = incoming.text.strip()
    found = await use.crossing.look(incoming, code, chat.now)
    values = {"name": Text(f"{found.programme}-name"), "platform": platform_named(found.owner.where.platform)}
    choices = (Choice("web-form-here", code, Text("choice-web-form-here")), Choice("code-not", label=Text("choice-not-me")))
    return [Reply((Text("web-form-ask", values), Text("web-form-warning")), choices)]


async def settle(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The same draft, at the same question."""
    opened = await use.applications.of_row(incoming, await use.crossing.look(incoming, chat.data, chat.now))
    return [use.crossing.take(incoming, chat.data, chat.now), *await filling.resumed(opened, chat, use)]

"""How people want notices, and what they do with one: seen, or no more of them."""

from __future__ import annotations

from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Reply, Text
from bot.notices.audience import EACH, NONE, WEEKLY
from handlers.services import Conversation, Services
from knowledge.regions import regions

WISHES = (EACH, WEEKLY, NONE)


async def notices(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What this chat gets now, and the other ways."""
    return [_screen(await use.notices.wish(incoming.where), incoming, chat)]


def _screen(wish: str, incoming: Incoming, chat: Conversation, *, instead: bool = False) -> Reply:
    place = regions()[chat.standing.region].name(chat.language) if chat.standing.region in regions() else ""
    region = Text("notices-region", {"region": place}) if place else Text("notices-no-region")
    others = tuple(Choice("notice-wish", other, Text(f"choice-wish-{other}")) for other in WISHES if other != wish)
    here = Text("notices-here" if incoming.chat_kind is ChatKind.PRIVATE else "notices-here-group")
    blocks = (Text("notices-mine-title", bold=True), Text(f"notices-wish-{wish}"), region, here)
    return Reply(blocks, (*others, Choice("notices-region", label=Text("choice-notices-region"))), instead=instead)


async def wish(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    wanted = chat.data if chat.data in WISHES else EACH
    effect = use.notices.wants(incoming.where, wanted, chat.now)
    return [effect, Note(Text(f"notices-wished-{wanted}")), _screen(wanted, incoming, chat, instead=True)]


async def stop(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One tap under any notice; a second one brings them back."""
    effect = use.notices.wants(incoming.where, NONE, chat.now)
    back = (Choice("notice-wish", EACH, Text("choice-wish-again")), Choice("notice-wish", WEEKLY, Text("choice-wish-weekly")))
    return [effect, Note(Text("notices-wished-none")), Reply((Text("notices-stopped"),), back)]


async def known(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """已知悉, from the button or as `/known 12`. The first time counts."""
    number = (chat.data or incoming.text).strip()
    if not number.isdecimal() or (before := await use.notices.known_at(int(number), incoming.where)) is None:
        return [Note(Text("notice-known-not"))] if chat.choice else [Reply((Text("notice-known-not"),))]
    if before:
        return [Note(Text("notice-known-already"))]
    return [use.notices.knows(int(number), incoming.where, chat.now), Note(Text("notice-known"))]

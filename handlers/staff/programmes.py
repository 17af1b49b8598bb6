"""Switching programmes off and on, in a private chat."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Incoming, Reply, Text
from handlers.forms.form import forms
from handlers.forms.vocabulary import line
from handlers.services import Conversation, Services
from handlers.staff.speaking import speaking

STEP = "programme"
"""Begins the step of a conversation in which a reason is asked for; the programme follows."""
MOST_WORDS = 200
_ALL = Choice("programmes", label=Text("choice-programmes"))


def _name(id: str) -> Text:
    if id not in forms():
        raise UserError(Text("apply-gone"))
    return Text(f"{id}-name")


async def programmes(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """All of them, those switched off marked."""
    off = await use.switch.off(await speaking(incoming, use))
    chat.standing.step = ""
    choices = tuple(Choice("programme", id, Text("programmes-line-off", {"name": _name(id)}) if id in off else _name(id)) for id in forms())
    title = Text("programmes-title", {"count": len(forms()), "off": len(off.keys() & forms().keys())}, bold=True)
    return [Reply((title,), choices, instead=True)]


async def programme(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    standing = await use.switch.standing(await speaking(incoming, use), chat.data)
    chat.standing.step = ""
    name = _name(chat.data)
    if standing.off is None:
        switch = Choice("programme-off", chat.data, Text("choice-programme-off"))
        return [Reply((Text("programmes-on", {"name": name, "drafts": standing.drafts}),), (switch, _ALL), instead=True)]
    switch = Choice("programme-on", chat.data, Text("choice-programme-on"))
    said = Text("programmes-off", {"name": name, "drafts": standing.drafts, "reason": standing.off})
    return [Reply((said,), (switch, _ALL), instead=True)]


async def off(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Asks for the reason first: people will want to know."""
    await use.switch.standing(await speaking(incoming, use), chat.data)
    chat.standing.step = f"{STEP}:{chat.data}"
    return [Reply((Text("programmes-why", {"name": _name(chat.data)}),), (Choice("programme", chat.data, Text("choice-not-now")),))]


async def said(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The reason; then it is asked once more, with how many it concerns."""
    id, reason = chat.standing.step.partition(":")[2], line(incoming.text)
    standing = await use.switch.standing(await speaking(incoming, use), id)
    not_now = Choice("programme", id, Text("choice-not-now"))
    if not 0 < len(reason) <= MOST_WORDS:
        return [Reply((Text("programmes-words", {"most": MOST_WORDS}),), (not_now,))]
    chat.standing.step = ""
    asked = Text("programmes-sure", {"name": _name(id), "reason": reason, "drafts": standing.drafts})
    return [Reply((asked,), (Choice("programme-sure", f"{id} {reason}", Text("choice-programme-sure")), not_now))]


async def sure(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await speaking(incoming, use)
    id, _, reason = chat.data.partition(" ")
    told = Reply((Text("programmes-done-off", {"name": _name(id)}),), (Choice("programme", id, _name(id)), _ALL))
    return [use.switch.switch_off(member, id, reason, chat.now), told]


async def on(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await speaking(incoming, use)
    told = Reply((Text("programmes-done-on", {"name": _name(chat.data)}),), (_ALL,))
    return [use.switch.switch_on(member, chat.data, chat.now), told]

"""Applying for support: choosing a programme, and the beginning of an application."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from bot.core.message import Answer, ChatKind, Choice, Incoming, Kind, Reply, Text
from handlers.filling import OTHERS, STEP, aids_of, drawn_for, go_on, going_on, to_the_web
from handlers.forms import dialog
from handlers.forms.desk import MOST_A_DAY, MOST_DRAFTS, Open, programme
from handlers.forms.form import Form, forms
from handlers.forms.naming import named
from handlers.services import Conversation, Services
from knowledge.normal import normal
from knowledge.regions import ancestors, regions
from reminders.notice import LINK, payload

SHOWN = 6
"""Programmes shown in one message without asking for the place first."""


async def apply(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What may be applied for: `/apply 预审` narrows it down. In a group only the way to the private chat is shown."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private", {"command": "apply"}),))]
    begun, off = await use.applications.drafts(incoming), await use.applications.off()
    matching = _matching(incoming.text if incoming.kind is not Kind.PRESS else "", use, chat.language)
    offered = [form for form in matching if form.id not in off]
    if matching and not offered:
        return [_switched_off(matching[0], off[matching[0].id])]
    if not offered:
        return [Reply((Text("apply-none"),), (OTHERS,))]
    asks, choices = _which(offered, chat.language)
    return [Reply((asks,), (*map(going_on, begun), *choices))]


def _which(offered: Sequence[Form], language: str) -> tuple[Text, tuple[Choice, ...]]:
    places = _places(offered)
    if len(offered) > SHOWN and len(places) > 1:
        return Text("apply-where"), tuple(Choice("apply-place", place, _place_label(place, language)) for place in places)
    if _only_places_differ(offered):
        return Text("apply-which-place"), _programmes(sorted(offered, key=_order_of_place))
    return Text("apply-which"), _programmes(offered)


def _only_places_differ(offered: Sequence[Form]) -> bool:
    """One thing to apply for, a programme of its own in each place."""
    return 1 < len(offered) == len(_places(offered)) <= SHOWN and all(form.regions for form in offered)


def _order_of_place(form: Form) -> int:
    return list(regions()).index(form.regions[0])


async def wished(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`我想申请预审`: where the words leave one programme, its conditions are shown at once."""
    found = _of_ones_place(named(incoming.text), chat) if incoming.text else []
    return await begun_with(found[0].id, incoming, chat, use) if len(found) == 1 else await apply(incoming, chat, use)


def _of_ones_place(found: list[Form], chat: Conversation) -> list[Form]:
    """Those of the chat's own place, where it has one and they have."""
    here = chat.standing.region
    around = {here, *(region.id for region in ancestors(here))} if here else set()
    return [form for form in found if around.intersection(form.regions)] or found


async def of_place(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    off = await use.applications.off()
    offered = [form for form in forms().values() if form.id not in off and chat.data in _places([form])]
    return [Reply((Text("apply-which"),), (*_programmes(offered), OTHERS), instead=True)]


def _switched_off(form: Form, reason: str) -> Reply:
    said = Text("programme-off", {"name": Text(f"{form.id}-name"), "reason": reason})
    return Reply((said, Text("programme-off-next")), (OTHERS,))


def _matching(text: str, use: Services, language: str) -> list[Form]:
    wanted = normal(text.strip())
    if not wanted:
        return list(forms().values())
    return [form for form in forms().values() if wanted in normal(use.words.say(Text(f"{form.id}-name"), language))] or named(wanted)


def _places(offered: Sequence[Form]) -> list[str]:
    """Where they are offered, "" the whole country: the wider first, a province before its cities."""
    order = ["", *regions()]
    return sorted({place for form in offered for place in (form.regions or ("",))}, key=order.index)


def _place_label(place: str, language: str) -> Text | str:
    return regions()[place].name(language) if place in regions() else Text("apply-whole-country")


def _programmes(offered: Sequence[Form]) -> tuple[Choice, ...]:
    return tuple(Choice("apply-begin", form.id, Text(f"{form.id}-name")) for form in offered)


async def begin(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A new application, or the one already begun for that programme; in a group the way to the private chat."""
    return await begun_with(chat.data, incoming, chat, use)


def linked(payload: str) -> str:
    """The programme a link into the private chat names, or ""."""
    id = payload.strip().removeprefix(LINK)
    return id if payload.startswith(LINK) and id in forms() else ""


async def begun_with(id: str, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    if incoming.chat_kind is not ChatKind.PRIVATE:
        url = use.way_in(incoming.where, payload(id))
        begin = (Choice("private", url=url, label=Text("choice-apply-now")),) if url else ()
        return [Reply((Text("apply-private", {"command": "apply"}),), begin)]
    form = programme(id)
    begun = await use.applications.drafts(incoming)
    if mine := next((each for each in begun if each.row.programme == form.id), None):
        return await go_on(mine, incoming, chat, use)
    refused = await _in_the_way(form, begun, incoming, chat, use)
    return [refused] if refused else await _begun(form, incoming, chat, use)


async def _in_the_way(form: Form, begun: Sequence[Open], incoming: Incoming, chat: Conversation, use: Services) -> Reply | None:
    if (reason := (await use.applications.off()).get(form.id)) is not None:
        return _switched_off(form, reason)
    if len(begun) >= MOST_DRAFTS:
        return Reply((Text("apply-too-many-drafts", {"most": MOST_DRAFTS}),), tuple(map(going_on, begun)))
    if await _today(incoming, chat, use) >= MOST_A_DAY:
        return Reply((Text("apply-too-many-today", {"most": MOST_A_DAY}),))
    return None


async def _begun(form: Form, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    known = await use.applications.known(incoming)
    move = dialog.begin(form, secrets.token_hex(12), known, aids_of(chat, use), chat.now)
    written = use.applications.begin(incoming, move.draft, chat.now)
    if use.crossing.leads_away(incoming.where):
        return [written, await to_the_web(form, move.draft.id, incoming, chat, use)]
    chat.standing.step = f"{STEP}:{move.draft.id}"
    return [written, drawn_for(form, move, incoming.where, chat, use)]


async def _today(incoming: Incoming, chat: Conversation, use: Services) -> int:
    today = chat.now.astimezone(use.zone).date()
    return sum(each.submitted_at.astimezone(use.zone).date() == today for each in await use.applications.mine(incoming))

"""Exporting applications from the chat: a link that opens once, so that no platform carries the table."""

from __future__ import annotations

from bot.core.errors import NotAllowed, UserError, WrongMove
from bot.core.message import Answer, Choice, Incoming, Reply, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.storage.handing_out import EXPORTS, Wanted
from handlers import papers
from handlers.forms.form import forms
from handlers.forms.papers import Order
from handlers.forms.vocabulary import line
from handlers.services import Conversation, Services
from handlers.staff.speaking import speaking

STEP = "export"
"""Begins the step of a conversation in which a reason is asked for; the programme follows."""
ALL = "all"
MOST_WORDS = 150
_BACK = Choice("review", label=Text("choice-review"))


def offered(member: StaffMember, incoming: Incoming, use: Services) -> tuple[Choice, ...]:
    """For whoever may, where there is a way to it."""
    may = allowed(member.roles, Action.EXPORT) and use.papers.may_open(incoming.where)
    return (Choice("review-export", label=Text("choice-export")),) if may else ()


async def _exporter(incoming: Incoming, use: Services) -> StaffMember:
    member = await speaking(incoming, use)
    if not allowed(member.roles, Action.EXPORT):
        raise UserError(Text("staff-not-allowed"))
    return member


async def which(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The programmes there are applications of, or all."""
    member = await _exporter(incoming, use)
    found = await use.review.programmes(member)
    if not found:
        return [Reply((Text("review-empty"),), (_BACK,), instead=True)]
    named = tuple(Choice("review-export-of", id, Text(f"{id}-name") if id in forms() else id) for id in found)
    everything = (Choice("review-export-of", ALL, Text("choice-export-all")),) if len(found) > 1 else ()
    return [Reply((Text("export-which"),), (*named, *everything, _BACK), instead=True)]


async def of_programme(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await _exporter(incoming, use)
    chat.standing.step = f"{STEP}:{chat.data}"
    return [Reply((Text("export-why"),), (_BACK,))]


async def said(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The reason; then how much is wanted."""
    await _exporter(incoming, use)
    programme, reason = chat.standing.step.partition(":")[2], line(incoming.text)
    if not 0 < len(reason) <= MOST_WORDS:
        return [Reply((Text("review-words", {"most": MOST_WORDS}),), (_BACK,))]
    chat.standing.step = ""
    choices = tuple(Choice("review-export-make", f"{programme} {how} {reason}", Text(f"choice-export-{how}")) for how in ("masked", "full"))
    return [Reply((Text("export-how"),), (*choices, _BACK))]


async def make(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await _exporter(incoming, use)
    programme, how, reason = chat.data.split(" ", 2)
    order = Order(member, Wanted("" if programme == ALL else programme), how == "full", chat.language)
    try:
        count, place = await use.papers.workbook(incoming, order, reason, chat.now)
    except NotAllowed as error:
        raise UserError(Text("staff-not-allowed")) from error
    except WrongMove as error:
        raise UserError(Text("export-limit", {"most": EXPORTS})) from error
    if place is None:
        return [Reply((Text("export-nowhere"),), (_BACK,))]
    return [Reply((Text("export-ready", {"count": count}), *papers.told(place)), (*papers.opens(place, "choice-open-export"), _BACK))]

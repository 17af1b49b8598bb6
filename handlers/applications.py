"""What is begun and what is handed in: where it stands, and taking it back."""

from __future__ import annotations

from dataclasses import replace

from bot.core import receipt
from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from bot.storage.applications import CORRECTED, CORRECTION, Happened, Summary
from handlers import papers
from handlers.filling import going_on, over, resume
from handlers.forms.deadlines import due, told
from handlers.forms.form import forms
from handlers.forms.statuses import RECALLED, is_over
from handlers.services import Conversation, Services

SHOWN = 6
"""Applications listed in one message."""
_ALL = Choice("applications", label=Text("choice-applications"))


async def applications(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What is begun and what is handed in, with where it stands."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private", {"command": "applications"}),))]
    begun, mine = await use.applications.drafts(incoming), await use.applications.mine(incoming)
    anew = Choice("apply", label=Text("choice-apply"))
    if not begun and not mine:
        return [Reply((Text("applications-none"),), (anew,))]
    lines = [_line(each) for each in mine[:SHOWN]]
    details = tuple(Choice("application", each.id, Text("applications-open", {"number": each.receipt})) for each in mine[:SHOWN])
    give = (Choice("hand-on-list", label=Text("choice-hand-on")),) if begun or any(not is_over(each) for each in mine) else ()
    return [Reply((Text("applications-title", bold=True), *lines), (*(going_on(each) for each in begun), *details, *give, anew))]


async def of_receipt(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A receipt number typed as it is: that application where it is one's own, else all of them."""
    number = receipt.normal(incoming.text)
    mine = next((each for each in await use.applications.mine(incoming) if each.receipt == number), None)
    return [await _card(mine.id, incoming, chat, use)] if mine else await applications(incoming, chat, use)


async def submitted(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """“提交” once more, after it was handed in; with a draft begun it is a wish to go on."""
    if await use.applications.drafts(incoming) or not await use.applications.mine(incoming):
        return await resume(incoming, chat, use)
    return [over()]


def _line(each: Summary) -> Text:
    name = Text(f"{each.programme}-name") if each.programme in forms() else each.programme
    return Text("applications-line", {"number": each.receipt, "name": name, "status": Text(f"status-{each.status}")})


async def application(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return [replace(await _card(chat.data, incoming, chat, use), instead=True)]


async def _card(id: str, incoming: Incoming, chat: Conversation, use: Services) -> Reply:
    """One of them: what happened when, and what may be done."""
    case, history = await use.applications.case(incoming, id)
    each = case.summary
    events = tuple(Text("applications-event", {"at": one.at, "status": _what(one)}) for one in history if _told(each, one))
    asked = (Text("applications-correction", {"reason": case.corrections.note}),) if case.corrections.note else ()
    choices = [
        *([Choice("apply-continue", each.id, Text("choice-correct"))] if each.status == CORRECTION else []),
        *([papers.to_print(each.id)] if case.answers and use.papers.may_open(incoming.where) else []),
        *([Choice("withdraw-ask", each.id, Text("choice-withdraw"))] if each.status in RECALLED else []),
        *([] if is_over(each) else [Choice("hand-on", each.id, Text("choice-hand-on"))]),
        _ALL,
    ]
    times = told(found) if (found := due(each, chat.now, use.desk.terms)) else ()
    return Reply((_line(each), *times, *asked, *events), tuple(choices))


def _told(each: Summary, happened: Happened) -> bool:
    """Who of the staff has it is their own affair."""
    return each.programme in forms() and happened.what in (CORRECTED, *forms()[each.programme].statuses)


def _what(happened: Happened) -> Text:
    return Text("review-event-corrected" if happened.what == CORRECTED else f"status-{happened.what}")


async def withdraw_ask(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    case, _ = await use.applications.case(incoming, chat.data)
    if case.summary.status not in RECALLED:
        return [_too_late(case.summary)]
    choices = (
        Choice("withdraw", case.summary.id, Text("choice-withdraw-yes")),
        Choice("application", case.summary.id, Text("choice-withdraw-no")),
    )
    return [Reply((Text("withdraw-ask", {"number": case.summary.receipt}),), choices)]


async def withdraw(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    case, _ = await use.applications.case(incoming, chat.data)
    if case.summary.status not in RECALLED:
        return [_too_late(case.summary)]
    done = Reply((Text("withdraw-done", {"number": case.summary.receipt}),), (_ALL,))
    return [use.applications.withdraw(case.summary, chat.now), done]


def _too_late(each: Summary) -> Reply:
    """The button is older than what became of the application."""
    said = Text("withdraw-not", {"number": each.receipt, "status": Text(f"status-{each.status}")})
    return Reply((said,), (Choice("application", each.id, Text("applications-open", {"number": each.receipt})), _ALL))

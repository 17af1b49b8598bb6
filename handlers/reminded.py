"""What people do with a reminder they got: it is done, it comes again later, or no more."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Incoming, Note, Reply, Text
from handlers.services import Conversation, Services, number
from handlers.subscribing import name_of, require_admin
from reminders.schedule import Snooze
from reminders.window import moment


async def stop(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """From a reminder: the subscription that led to it ends. When another one leads to it, too, that is said."""
    await require_admin(incoming, use)
    window = await use.desk.window(number(chat.data))
    meaning = await use.desk.meaning(window, incoming)
    if not meaning:
        raise UserError(Text("subscription-gone"))
    first, *others = meaning
    name = await name_of(first, use, chat.language)
    still = [Text("unsubscribed-still", {"title": window.title, "name": await name_of(each, use, chat.language)}) for each in others[:1]]
    choices = (
        Choice("subscribe", f"{first.about} {first.target}", Text("choice-again")),
        *(Choice("reminder-stop", str(window.id), Text("choice-stop-too")) for _ in still),
        Choice("subscriptions", "", Text("choice-subscriptions")),
    )
    effect = use.desk.unsubscribe(first.id, incoming, chat.now)
    return [effect, Note(Text("unsubscribed-note")), Reply((Text("unsubscribed", {"name": name}), *still), choices)]


async def done(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await require_admin(incoming, use)
    window = await use.desk.window(number(chat.data.partition(" ")[0]))
    undo = chat.data.endswith(" undo")
    effect = use.desk.done(window.id, incoming, chat.now, undo=undo)
    said = Text("undone" if undo else "done", {"title": window.title})
    choices = () if undo else (Choice("reminder-done", f"{window.id} undo", Text("choice-undo")),)
    return [effect, Note(Text("done-note")), Reply((said,), (*choices, Choice("windows", label=Text("choice-windows"))))]


async def later(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Tomorrow morning, the next working day, or in three days."""
    await require_admin(incoming, use)
    id, _, choice = chat.data.partition(" ")
    if not choice:
        return [Reply((Text("later-ask"),), tuple(Choice("reminder-later", f"{id} {each}", Text(f"later-{each}")) for each in Snooze))]
    window = await use.desk.window(number(id))
    at, effect = await use.desk.later(window.id, Snooze(choice), incoming, chat.now)
    mine = await use.desk.mine(incoming, chat.now)
    cutoff = window.cutoff()
    if mine.place is None or (cutoff and at >= cutoff.instant(use.desk.terms.zone)):
        raise UserError(Text("later-too-late"))
    return [
        effect,
        Note(Text("later-note")),
        Reply((Text("later", {"title": window.title, "at": moment(at, use.desk.terms.zone)}),), instead=bool(incoming.press)),
    ]

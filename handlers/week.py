"""The publicity week's programme, for everybody; staff put items on it and take them off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from bot.storage.values import from_json, to_json
from handlers.services import Conversation, Services, number
from handlers.staff.speaking import require_editor
from reminders import week
from reminders.recurring import next_week
from reminders.week import Event

LISTED = 20
"""Items staff may take off, in one message."""
PASTED = 60
"""Items entered in one message."""


async def programme(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/week`: the programme, for everybody. Staff add items by writing them behind it, a line each."""
    coming = next_week(use.desk.today(chat.now))
    year = coming.opens.year
    is_editor = incoming.chat_kind is ChatKind.PRIVATE and await use.may_publish(incoming)
    typed = "" if chat.choice else incoming.text.strip()
    if typed:
        await require_editor(incoming, use)
        return await _items(typed, chat, use)
    events = await use.desk.programme(year)
    blocks = (
        Text("week-programme", {"year": str(year)}, bold=True),
        Text("week-when", {"opens": coming.opens, "closes": coming.closes}),
        Text("windows-list", {"lines": tuple(_event_line(each, numbered=is_editor) for each in events)}) if events else Text("week-none"),
        *((Text("week-how"), Text("week-pattern", {"year": str(year)})) if is_editor else ()),
    )
    taking = tuple(
        Choice("week-off", str(each.id), Text("choice-week-off", {"title": each.title})) for each in events[:LISTED] if is_editor
    )
    return [Reply(blocks, (Choice("subscribe", "week", Text("choice-about-week")), *taking))]


def _event_line(each: Event, *, numbered: bool) -> Text:
    line = Text("week-day-line", {"on": each.on, "line": each.line()})
    return Text("week-numbered", {"number": each.id, "line": line}) if numbered else line


async def _items(typed: str, chat: Conversation, use: Services) -> list[Answer]:
    events, against = await _read(typed.splitlines()[:PASTED], use)
    if against or not events:
        pattern = Text("week-pattern", {"year": str(next_week(use.desk.today(chat.now)).opens.year)})
        return [Reply((Text("week-refused"), *against, Text("week-how"), pattern))]
    warnings = [Text("week-outside", {"on": each.on}) for each in events if not _is_in_week(each.on)]
    yes = Choice("week-confirm", "\n".join(to_json(week.BODY, each) for each in events), Text("choice-week-confirm"))
    shown = Text("windows-list", {"lines": tuple(_event_line(each, numbered=False) for each in events)})
    title = Text("week-check", {"count": len(events)}, bold=True)
    return [Reply((title, shown, *warnings), (yes, Choice("windows", label=Text("choice-leave"))))]


async def _read(lines: list[str], use: Services) -> tuple[list[Event], list[Text]]:
    """A number in front puts the item in place of that one."""
    events: list[Event] = []
    against: list[Text] = []
    for at, line in enumerate((line.strip() for line in lines), 1):
        first, _, rest = line.partition("|")
        is_numbered = first.strip().isdecimal() and len(first.strip()) < 10
        event, problems = week.read(rest if is_numbered else line) if line else (None, [])
        if is_numbered and event:
            if await use.desk.event(int(first)) is None:
                problems.append(Text("week-unknown", {"number": first.strip()}))
            event = replace(event, id=int(first))
        against += [Text("draft-line", {"line": at, "problem": problem}) for problem in problems]
        events += [event] if event else []
    return events, against


def _is_in_week(on: date) -> bool:
    found = next_week(date(on.year, 1, 1))
    return found.opens <= on <= found.closes


async def confirm(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await require_editor(incoming, use)
    events = [from_json(week.BODY, line) for line in chat.data.splitlines()]
    said = Text("week-confirmed", {"count": len(events)})
    return [use.desk.put_on(events, incoming, chat.now), Reply((said,), (Choice("week-programme", label=Text("choice-programme")),))]


async def off(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await require_editor(incoming, use)
    event = await use.desk.event(number(chat.data))
    if event is None:
        raise UserError(Text("press-expired"))
    said = Text("week-taken-off", {"title": event.title})
    return [use.desk.take_off(event.id, incoming, chat.now), Reply((said,), (Choice("week-programme", label=Text("choice-programme")),))]

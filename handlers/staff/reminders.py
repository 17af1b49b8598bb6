"""What staff do about reminders beside windows: working days, the publicity week's programme, and what an outage left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from bot.storage.values import from_json, to_json
from handlers.services import Conversation, Handler, Services, number
from reminders import daybook, week
from reminders.catchup import Heap
from reminders.recurring import next_week
from reminders.week import Event
from reminders.window import Window, moment

LISTED = 20
"""Items and heaps in one message."""
PASTED = 60
"""Items entered in one message."""

_Screen = Callable[[Incoming, Conversation, Services], Awaitable[list[Answer]]]


def _for_staff(screen: _Screen) -> Handler:
    """In a private chat, to those who may enter windows."""

    async def handler(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
        await require_editor(incoming, use)
        return await screen(incoming, chat, use)

    return handler


async def require_editor(incoming: Incoming, use: Services) -> None:
    if incoming.chat_kind is not ChatKind.PRIVATE or not await use.may_publish(incoming):
        raise UserError(Text("staff-only"))


def lines_of(text: str) -> str:
    """A line break, or a bar where one line is all there is."""
    return "\n".join(part.strip() for part in text.replace("|", "\n").splitlines())


# ---- working days ----


async def _workdays(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Which years are known and how one is entered; with text what would count, to be confirmed."""
    typed = "" if chat.choice else incoming.text.strip()
    if not typed:
        known = Text("workdays-known", {"first": str(min(use.desk.terms.calendar.years)), "last": str(max(use.desk.terms.calendar.years))})
        year = str(max(use.desk.terms.calendar.years) + 1)
        return [Reply((known, Text("workdays-how"), Text("workdays-pattern", {"year": year, "before": str(int(year) - 1)})))]
    written = daybook.read(lines_of(typed))
    if written.against:
        return [Reply((Text("workdays-refused"), *written.against))]
    yes = Choice("workdays-confirm", to_json(daybook.BODY, written.table), Text("choice-workdays-confirm"))
    return [Reply(tuple(daybook.shown(written.table)), (yes, Choice("windows", label=Text("choice-leave"))))]


async def _workdays_confirm(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    table = from_json(daybook.BODY, chat.data)
    effect = use.desk.enter_days(table, incoming, chat.now)
    return [
        effect,
        use.review.recount(),
        Reply((Text("workdays-confirmed", {"year": str(table.year)}),), (Choice("windows", label=Text("choice-windows")),)),
    ]


# ---- the publicity week ----


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


async def _week_confirm(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    events = [from_json(week.BODY, line) for line in chat.data.splitlines()]
    said = Text("week-confirmed", {"count": len(events)})
    return [use.desk.put_on(events, incoming, chat.now), Reply((said,), (Choice("week-programme", label=Text("choice-programme")),))]


async def _week_off(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    event = await use.desk.event(number(chat.data))
    if event is None:
        raise UserError(Text("press-expired"))
    said = Text("week-taken-off", {"title": event.title})
    return [use.desk.take_off(event.id, incoming, chat.now), Reply((said,), (Choice("week-programme", label=Text("choice-programme")),))]


# ---- after an outage ----


async def _catchup(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What would go out late, and what to do with it."""
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


def _decided(approve: bool) -> _Screen:
    async def screen(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
        held = await use.desk.held()
        if held is None or held.plan.id != number(chat.data):
            raise UserError(Text("catchup-decided-already"))
        said = Text("catchup-sent" if approve else "catchup-dropped", {"count": held.plan.held})
        return [use.desk.release(held.plan.id, incoming, chat.now, approve=approve), Reply((said,))]

    return screen


workdays = _for_staff(_workdays)
workdays_confirm = _for_staff(_workdays_confirm)
week_confirm = _for_staff(_week_confirm)
week_off = _for_staff(_week_off)
catchup = _for_staff(_catchup)
catchup_send = _for_staff(_decided(approve=True))
catchup_drop = _for_staff(_decided(approve=False))

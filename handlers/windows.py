"""What is open, what is coming up, and when it was in earlier years."""

from __future__ import annotations

from datetime import date

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from handlers.services import Conversation, Services, number
from knowledge.regions import ancestors
from reminders.notice import Day, Digest, applying, details, left, of_day
from reminders.programmes import Past, Programme, programmes
from reminders.recurring import Occurrence, upcoming
from reminders.window import RUNNING, Status, Window, shown

LISTED = 8
"""Open windows in one list."""
HINTS = 3
"""Earlier years' windows shown beside them."""


async def windows(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """No award window is predicted: those stand here only when staff have entered them from the year's notice."""
    today = use.desk.today(chat.now)
    found = await use.desk.windows(chat.now)
    running = [each for each in found if each.is_open(chat.now, use.desk.terms.zone)][:LISTED]
    expected = [each for each in found if each.status is Status.EXPECTED][:LISTED]
    day = Day(today, use.desk.terms.calendar, use.desk.terms.zone)
    blocks = (
        Text("windows-open-title", bold=True),
        *(Text("windows-list", {"lines": tuple(_open_line(each, day) for each in running)}) for _ in running[:1]),
        *((Text("windows-awards"),) if not running else ()),
        *(Text("windows-expected", {"title": each.title}) for each in expected),
        Text("windows-title", bold=True),
        Text("windows-list", {"lines": tuple(_line(each, each.days_until(today), chat.language) for each in upcoming(today))}),
        Text("windows-hints-title", bold=True),
        Text("windows-list", {"lines": tuple(_hint(each, each.past[0], chat.language) for each in _near(chat)[:HINTS])}),
    )
    cards = tuple(Choice("window", str(each.id), each.title) for each in (*running, *expected))
    more = (
        Choice("subscribe", "", Text("choice-subscribe")),
        Choice("subscriptions", "", Text("choice-subscriptions")),
        Choice("hints", "", Text("choice-hints")),
        Choice("browse", label=Text("choice-browse")),
    )
    return [Reply(blocks, (*cards, *more))]


def _open_line(window: Window, day: Day) -> Text:
    cutoff = window.cutoff()
    assert cutoff is not None
    values = {"title": window.title, "closes": shown(cutoff), "left": left(cutoff, day)}
    if window.opens and window.opens > day.today:
        return Text("windows-not-yet", {**values, "opens": window.opens})
    return Text("windows-open", values)


def _near(chat: Conversation) -> list[Programme]:
    """Those of the chat's place and what it lies in first; the latest seen first."""
    place = chat.standing.region
    near = {place, *(region.id for region in ancestors(place))} if place else set()
    return sorted(programmes().values(), key=lambda each: (each.region not in near, -each.past[0].year))


async def hints(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """When windows were in earlier years. Nothing here says when they will be."""
    listed = tuple(_hint(each, each.past[0], chat.language) for each in _near(chat))
    choices = tuple(Choice("hint", each.id, each.name(chat.language)) for each in _near(chat))
    return [Reply((Text("windows-hints-title", bold=True), Text("windows-list", {"lines": listed}), Text("windows-hints-note")), choices)]


async def hint(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One programme's earlier windows, each with its source."""
    programme = programmes().get(chat.data)
    if programme is None:
        raise UserError(Text("press-expired"))
    blocks = tuple(Text("hint-past", _past(each)) for each in programme.past)
    title = Text("hint-title", {"name": programme.name(chat.language), "organiser": programme.organiser}, bold=True)
    back = (Choice("subscribe", f"programme {programme.id}", Text("choice-subscribe-this")), Choice("hints", "", Text("choice-hints")))
    return [Reply((title, *blocks, Text("windows-hints-note")), back)]


def _hint(programme: Programme, past: Past, language: str) -> Text:
    return Text("windows-hint", {"name": programme.name(language), "seen": _seen(past), "year": past.year})


def _past(past: Past) -> dict[str, str | Text]:
    sources = "; ".join(f"{each.publisher} {each.date} {each.link}".strip() for each in past.source)
    return {"round": past.round, "seen": _seen(past), "note": past.note, "source": sources}


def _seen(past: Past) -> Text:
    """As far as the dates were seen, and no further."""
    if past.opens and past.opens == past.closes:
        return Text("seen-day", {"on": past.opens})
    if past.opens and past.closes:
        return Text("seen-both", {"opens": past.opens, "closes": past.closes})
    if past.closes:
        return Text("seen-closes", {"closes": past.closes})
    return Text("seen-opens", {"opens": past.opens}) if past.opens else Text("seen-nothing")


async def window(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The card: everything the notice says, and what one may do."""
    found = await use.desk.window(number(chat.data))
    day = Day(use.desk.today(chat.now), use.desk.terms.calendar, use.desk.terms.zone)
    standing = Text("window-standing", {"status": Text(f"status-{_standing(found, chat, use)}"), "grade": found.grade})
    is_editor = incoming.chat_kind is ChatKind.PRIVATE and await use.may_publish(incoming)
    # Editors change a window by its number, and learn it nowhere else in the chat.
    named = (Text("window-number", {"id": str(found.id)}),) if is_editor else ()
    told = Text("window-title", {"title": found.title}, bold=True), standing, *details(found, day), *named
    return [Reply(told, _ways(found, incoming, chat, use))]


def _standing(window: Window, chat: Conversation, use: Services) -> Status:
    """A running window that is over is closed, whether or not staff have said so."""
    is_over = window.status in RUNNING and not window.is_open(chat.now, use.desk.terms.zone)
    return Status.CLOSED if is_over else window.status


def _ways(window: Window, incoming: Incoming, chat: Conversation, use: Services) -> tuple[Choice, ...]:
    open_ways = (
        Choice("subscribe", f"window {window.id}", Text("choice-subscribe-this")),
        *(
            (Choice("calendar", url=f"{use.address}/calendar/window/{window.id}.ics", label=Text("choice-calendar")),)
            if use.address
            else ()
        ),
    )
    is_open = window.is_open(chat.now, use.desk.terms.zone)
    done = (Choice("reminder-done", str(window.id), Text("choice-reminder-done")),) if incoming.chat_kind is ChatKind.PRIVATE else ()
    clause = (Choice("clause", window.clause, Text("choice-clause")),) if window.clause else ()
    has_begun = is_open and (window.opens is None or window.opens <= use.desk.today(chat.now))
    return (
        *(applying(window) if has_begun else ()),
        *(open_ways if is_open else ()),
        *clause,
        *(done if is_open else ()),
        Choice("windows", label=Text("choice-windows")),
    )


async def week(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One day of the publicity week, with what one may register for."""
    on = _on(chat.data)
    events = await use.desk.week(on)
    if not events:
        raise UserError(Text("press-expired"))
    blocks, choices = of_day(Digest(tuple(events), on), use.desk.terms.zone)
    return [Reply(blocks, tuple(each for each in choices if each.action != "week"))]


def _on(data: str) -> date:
    try:
        return date.fromisoformat(data)
    except ValueError:
        raise UserError(Text("press-expired")) from None


def _line(occurrence: Occurrence, days: int, language: str) -> Text:
    values: dict[str, str | int | date] = {
        "name": occurrence.event.names[language],
        "opens": occurrence.opens,
        "closes": occurrence.closes,
        "days": days,
    }
    timing = "now" if days <= 0 else "ahead"
    length = "day" if occurrence.opens == occurrence.closes else "days"
    return Text(f"windows-{timing}-{length}", dict(values))

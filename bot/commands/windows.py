"""What operators do with windows: `zhice windows`. The same drafts, checks and rows as in the chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import core
from bot.core.clock import SystemClock
from bot.core.errors import UserError
from bot.core.message import Text
from bot.settings import Settings
from bot.storage import audit
from bot.words import Words
from handlers.forms.recounting import recounted
from handlers.staff import publishing
from reminders import catchup, daybook, places, shelf, week
from reminders.notice import Day, details, difference
from reminders.programmes import programmes
from reminders.week import Event
from reminders.window import Window, cancelled, longer

OPERATOR = "operator"
LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Listed:
    window: Window

    def plain(self) -> dict[str, Any]:
        window = self.window
        cutoffs = {each.level.value: f"{each.on}{f' {each.at:%H:%M}' if each.at else ''}" for each in window.cutoffs}
        fields = {"id": window.id, "version": window.version, "title": window.title, "status": window.status.value, "region": window.region}
        source = {"publisher": window.source.publisher, "document": window.source.document, "date": window.source.on.isoformat()}
        return fields | {
            "opens": window.opens.isoformat() if window.opens else None,
            "closes": cutoffs,
            "grade": window.grade,
            "source": source,
        }

    def __str__(self) -> str:
        told = self.plain()
        closes = ", ".join(f"{level} {at}" for level, at in told["closes"].items()) or "no end"
        return f"{told['id']}  {told['status']}  {told['title']}  {told['opens'] or ''} → {closes}"


async def listed(settings: Settings, *, everything: bool) -> list[Listed]:
    async with core(settings, migrate=False) as built, built.database.read() as connection:
        today = built.clock.now().astimezone(settings.zone).date()
        found = await (shelf.everything(connection) if everything else shelf.not_over(connection, today))
    return [Listed(each) for each in found]


@dataclass(frozen=True)
class Drafted:
    """A wording before it counts."""

    window: Window
    shown: str
    against: bool


async def drafted(settings: Settings, what: str, id: int, text: str) -> Drafted:
    async with core(settings, migrate=False) as built:
        now = built.clock.now()
        async with built.database.read() as connection:
            before = await _before(connection, id) if id else None
            after, against = _draft(what, before, text, now.astimezone(settings.zone).date())
            count = 0 if against else await places.count_meant(connection, after, built.terms.wider)
        if against:
            return Drafted(after, _said(built.words, against), True)
        day = Day(now.astimezone(settings.zone).date(), built.terms.calendar, built.terms.zone)
        changed = difference(before, after) if before else ()
        parts = (Text("window-title", {"title": after.title}), *changed, *details(after, day), Text("confirm-ask", {"count": count}))
        return Drafted(after, _said(built.words, parts), False)


def _draft(what: str, before: Window | None, text: str, today: date) -> tuple[Window, tuple[Text, ...]]:
    if before and what == "cancel":
        return cancelled(before, text.strip()), ()
    read = publishing.read(text, _has_clause, before)
    if read.against or before is None or what != "extend":
        return read.window, read.sentences
    after, against = longer(before, read.window, today)
    return after, tuple(against)


def _has_clause(id: str) -> bool:
    """Read from the documents as they lie there: no index is needed to know."""
    from knowledge.reading import CORPUS, load_corpus

    return any(clause.id == id for document in load_corpus(CORPUS) for clause in document.walk())


async def _before(connection: AsyncConnection, id: int) -> Window | None:
    return (await shelf.windows(connection, [id])).get(id)


def _said(words: Words, parts: tuple[Text, ...] | list[Text]) -> str:
    return "\n".join(words.say(part, LANGUAGE) for part in parts)


async def written(settings: Settings, what: str, made: Drafted) -> str:
    async with core(settings, migrate=False) as built:
        now = built.clock.now()

        async def job(connection: AsyncConnection) -> int:
            if what == "publish":
                id = (await shelf.add(connection, made.window, OPERATOR, now)).id
            else:
                id = made.window.id
                await shelf.change(connection, made.window, what, OPERATOR, now)
            await audit.append(connection, at=now, actor=OPERATOR, action=f"window-{what}", object=f"window:{id}")
            return id

        try:
            id = await built.database.write(job)
        except UserError as error:
            return built.words.say(error.text, LANGUAGE)
        return f"{id}: {_said(built.words, [Text(f'confirmed-{what}', {'title': made.window.title})])}"


def past() -> list[dict[str, str]]:
    """Every earlier window with its sources, latest first in each programme."""
    return [
        {
            "programme": programme.names["zh-CN"],
            "round": each.round,
            "seen": " ".join(part for part in (each.opens, "→", each.closes or "?", each.note) if part),
            "grade": each.grade,
            "source": "; ".join(f"{source.publisher} {source.date} {source.link}".strip() for source in each.source),
        }
        for programme in programmes().values()
        for each in programme.past
    ]


async def caught_up(settings: Settings) -> str:
    async with core(settings, migrate=False) as built, built.database.read() as connection:
        plans = await catchup.plans(connection)
        dropped = await catchup.dropped(connection, built.clock.now())
    lines = [f"{each.id}  {each.state}  found {each.found_at:%Y-%m-%d %H:%M}  {each.held} held, {each.dropped} dropped" for each in plans]
    lines += [f"dropped ({each.reason}): {each.reminder} {each.kind} due {each.due_at:%Y-%m-%d %H:%M} UTC" for each in dropped]
    return "\n".join(lines) or "Nothing waits and nothing was dropped."


async def decided(settings: Settings, id: int, *, approve: bool) -> str:
    async with core(settings, migrate=False) as built:
        now = built.clock.now()
        count = await built.database.write(lambda connection: catchup.release(connection, id, OPERATOR, now, approve=approve))
    return f"{count} reminders are {'sent now, those past their use dropped' if approve else 'dropped'}."


async def programme(settings: Settings, year: int) -> str:
    async with core(settings, migrate=False) as built, built.database.read() as connection:
        found = await week.events(connection, year or SystemClock().now().year)
    return "\n".join(_event_line(each) for each in found) or "No programme is entered."


def _event_line(event: Event) -> str:
    return f"{event.id}  {event.on} {event.at}  {event.title}  {event.venue}  {event.organiser}{'  (taken off)' if event.cancelled else ''}"


async def put_on(settings: Settings, line: str) -> str:
    event, against = week.read(line)
    if event is None or against:
        return _said(Words.open(zone=settings.zone, whole=False), against)
    async with core(settings, migrate=False) as built:
        added = await built.database.write(lambda connection: week.add(connection, event))
    return _event_line(added)


async def taken_off(settings: Settings, id: int) -> str:
    async with core(settings, migrate=False) as built:
        done = await built.database.write(lambda connection: week.cancel(connection, id))
    return "Taken off." if done else "There is no such item."


async def days_read(settings: Settings, text: str) -> tuple[daybook.Table | None, str]:
    """What would count, or None and what is wrong with it."""
    words = Words.open(zone=settings.zone, whole=False)
    written = daybook.read(text)
    if written.against:
        return None, _said(words, written.against)
    return written.table, _said(words, list(daybook.shown(written.table)))


async def days_entered(settings: Settings, table: daybook.Table) -> str:
    async with core(settings, migrate=False) as built:
        now = built.clock.now()

        async def job(connection: AsyncConnection) -> None:
            id = await daybook.put(connection, table, OPERATOR, now.astimezone(settings.zone).date(), now)
            await recounted(connection, replace(built.terms, calendar=await daybook.current(connection)))
            await audit.append(connection, at=now, actor=OPERATOR, action="workdays", object=f"workdays:{table.year}", detail=str(id))

        await built.database.write(job)
        return _said(built.words, [Text("workdays-confirmed", {"year": str(table.year)})])

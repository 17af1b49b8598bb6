"""The tables of working days that staff enter: what they write, what is wrong with it, and the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.later import later
from bot.core.message import Text
from bot.storage import reminder_tables as tables
from bot.storage.values import from_json, to_json
from reminders.draft import Wrong, day, label_and_value
from reminders.notice import source as source_line
from reminders.plan import Terms
from reminders.rows import rows
from reminders.window import Source
from reminders.workdays import SATURDAY, Break, WorkCalendar, published

if TYPE_CHECKING:
    from reminders.dates import tokens
else:
    # Whoever looks whether a table is missing reads no dates: 2 MB that a process at rest does without.
    (tokens,) = later("reminders.dates", "tokens")

_table = tables.WorkdayTable.__table__
_window = tables.Window.__table__
_level = tables.WindowLevel.__table__

EARLIEST, LATEST = 2000, 2100
_YEAR = re.compile(r"\s*(\d{4})\s*年?\s*")
_BETWEEN = re.compile(r"\s*(?:至|到|[-—–~～]{1,2})\s*(?=\d{4})")
_SEVERAL = re.compile(r"\s*[;；,，、]\s*")
_NOWHERE = Source("", "", date(1970, 1, 1))


@dataclass(frozen=True)
class Table:
    """One year's notice."""

    year: int
    breaks: tuple[Break, ...] = ()
    work: tuple[date, ...] = ()
    source: Source = _NOWHERE


@dataclass
class Draft:
    """A table in the making, and what speaks against it: a sentence each."""

    table: Table
    against: list[Text] = field(default_factory=list)


BODY = TypeAdapter(Table)


# ---- what staff write ----


def read(text: str) -> Draft:
    """The year in the first line, then a line for each festival, one for the shifted days, and the source."""
    first, _, rest = text.strip().partition("\n")
    found = _YEAR.fullmatch(first)
    if found is None or not EARLIEST <= int(found[1]) <= LATEST:
        return Draft(Table(0), [Text("workdays-year")])
    draft = Draft(Table(int(found[1])))
    for number, line in enumerate(rest.splitlines(), 2):
        if line.strip():
            _take(line.strip(), number, draft)
    if not draft.against:
        draft.against += problems(draft.table)
    return draft


def _take(line: str, number: int, draft: Draft) -> None:
    try:
        draft.table = _with(draft.table, *label_and_value(line))
    except Wrong as wrong:
        draft.against.append(Text("draft-line", {"line": number, "problem": wrong.text}))


def _with(table: Table, label: str, value: str) -> Table:
    match _fields().get(label.lower()):
        case "publisher":
            return replace(table, source=replace(table.source, publisher=value))
        case "document":
            return replace(table, source=replace(table.source, document=value))
        case "dated":
            return replace(table, source=replace(table.source, on=day(value)))
        case "work":
            return replace(table, work=(*table.work, *(day(each) for each in _SEVERAL.split(value) if each)))
    festival = rows("dates/words.yaml")["FESTIVAL"].get(tokens.normal(label), label.lower())
    if festival in _festivals():
        return replace(table, breaks=(*table.breaks, _break(festival, value)))
    raise Wrong(Text("workdays-festival-unknown", {"name": label[:20]}))


@cache
def _festivals() -> frozenset[str]:
    """Those that the State Council's notices give days for: what the latest table of the program has."""
    latest = max(published().years)
    return frozenset(each.festival for each in published().breaks if each.last.year == latest)


def _break(festival: str, value: str) -> Break:
    first, *last = _BETWEEN.split(value, maxsplit=1)
    return Break(festival, day(first), day(last[0] if last else first))


@cache
def _fields() -> Mapping[str, str]:
    return {word.lower(): name for name, words in rows("fields.yaml")["workdays"].items() for word in (name, *words)}


def problems(table: Table) -> list[Text]:
    """Everything that keeps it from being used, a sentence each."""
    return [*_of_days(table), *_of_source(table)]


def _of_days(table: Table) -> Iterator[Text]:
    if not table.breaks:
        yield Text("workdays-empty")
    for each in table.breaks:
        if each.last < each.first:
            yield Text("workdays-backwards", {"first": each.first, "last": each.last})
        if each.last.year != table.year or each.first.year not in (table.year, table.year - 1):
            yield Text("workdays-other-year", {"day": each.first, "year": str(table.year)})
    free = {day for each in table.breaks for day in each.days()}
    for worked in table.work:
        if worked.year not in (table.year, table.year - 1):
            yield Text("workdays-other-year", {"day": worked, "year": str(table.year)})
        if worked in free:
            yield Text("workdays-both", {"day": worked})
        elif worked.weekday() < SATURDAY:
            yield Text("workdays-plain", {"day": worked})


def _of_source(table: Table) -> Iterator[Text]:
    if not (table.source.publisher and table.source.document):
        yield Text("workdays-source-missing")
    elif table.source.on == _NOWHERE.on:
        yield Text("workdays-dated-missing")


def shown(table: Table) -> Iterator[Text]:
    """What would count, to be compared with the notice."""
    yield Text("workdays-title", {"year": str(table.year)}, bold=True)
    yield Text("windows-list", {"lines": tuple(_break_line(each) for each in table.breaks)})
    if table.work:
        worked = tuple(Text("workdays-worked-day", {"day": day}) for day in table.work)
        yield Text("workdays-worked", {"list": Text("windows-list", {"lines": worked})})
    yield source_line(table.source)
    yield Text("workdays-confirm-ask")


def _break_line(each: Break) -> Text:
    days = len(list(each.days()))
    return Text("workdays-break", {"festival": Text(f"festival-{each.festival}"), "first": each.first, "last": each.last, "days": days})


# ---- rows ----


async def put(connection: AsyncConnection, table: Table, by: str, today: date, now: datetime) -> int:
    """Enters it; plans of windows that are not over will be counted anew."""
    source = {"publisher": table.source.publisher, "document": table.source.document, "dated": table.source.on}
    result = await connection.execute(insert(_table).values(year=table.year, body=to_json(BODY, table), by=by, at=now, **source))
    assert result.inserted_primary_key is not None
    id = int(result.inserted_primary_key[0])
    open_ones = select(_level.c.window).where(_level.c.closes >= today)
    await connection.execute(update(_window).where(_window.c.id.not_in(open_ones)).values(days=id))
    return id


async def refresh(connection: AsyncConnection, terms: Terms) -> bool:
    """Brings the calendar up to what staff have entered. False: it is."""
    latest = int((await connection.execute(select(func.coalesce(func.max(_table.c.id), 0)))).scalar_one())
    if latest == terms.days:
        return False
    terms.calendar, terms.days = await current(connection), latest
    return True


async def current(connection: AsyncConnection) -> WorkCalendar:
    """The program's tables with what staff have entered put over them."""
    calendar = published()
    for table in await entered(connection):
        calendar = calendar.with_year(table.year, table.breaks, table.work)
    return calendar


async def entered(connection: AsyncConnection) -> Sequence[Table]:
    """The latest of each year."""
    latest = select(func.max(_table.c.id)).group_by(_table.c.year)
    rows_ = await connection.execute(select(_table.c.body).where(_table.c.id.in_(latest)).order_by(_table.c.year))
    return [from_json(BODY, body) for (body,) in rows_]

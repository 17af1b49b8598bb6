"""Applications as tables, one for each programme: masked as staff see them first, or in full; no cell is ever a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.core.message import Text
from bot.spreadsheet import Table, neutral
from bot.storage.applications import Case, Summary
from bot.words import Words
from handlers.forms.asking import summary
from handlers.forms.draft import Draft
from handlers.forms.form import Form, forms
from handlers.forms.masks import masked
from handlers.forms.path import Slot
from handlers.forms.saying import Saying, Shown
from handlers.forms.screens import Entry

COLUMNS = ("receipt", "status", "submitted", "due", "reviewer")


@dataclass(frozen=True)
class Hand:
    """How it is written."""

    words: Words
    language: str
    zone: tzinfo
    full: bool

    def said(self, shown: Shown) -> str:
        return neutral(self.words.say(Text("export-cell", {"value": shown}), self.language))

    def instant(self, at: datetime | None) -> str:
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M:%S}" if at else ""


def tables(cases: Sequence[Case], hand: Hand) -> dict[str, Table]:
    """By the programme's name. Those whose content is deleted stand there without answers."""
    found: dict[str, Table] = {}
    for id in dict.fromkeys(case.summary.programme for case in cases):
        mine = [case for case in cases if case.summary.programme == id]
        named = hand.said(Text(f"{id}-name")) if id in forms() else id
        found[named] = _table(forms()[id], mine, hand) if id in forms() else [_head((), hand), *(_row(each, (), {}, hand) for each in mine)]
    return found


def _table(form: Form, cases: Sequence[Case], hand: Hand) -> Table:
    entries = [_entries(form, case) for case in cases]
    slots = _in_order(form, {entry.slot.id: entry.slot for each in entries for entry in each})
    rows = [_row(case, slots, _answers(form, case, each, hand), hand) for case, each in zip(cases, entries, strict=True)]
    return [_head(slots, hand), *rows]


def _in_order(form: Form, slots: Mapping[str, Slot]) -> tuple[Slot, ...]:
    """As the programme asks them, rounds of a group one after another."""
    order = {step.key: number for number, step in enumerate(form.steps)}
    return tuple(sorted(slots.values(), key=lambda slot: (order.get(slot.step.key, len(order)), slot.round)))


def _entries(form: Form, case: Case) -> tuple[Entry, ...]:
    """Nothing where the content is deleted."""
    return tuple(entry for entry in summary(form, Draft.of(case.answers)) if entry.value is not None) if case.answers else ()


def _answers(form: Form, case: Case, entries: Sequence[Entry], hand: Hand) -> dict[str, str]:
    if not entries:
        return {}
    saying = Saying(form, hand.language, whole=hand.full)
    return {entry.slot.id: hand.said(_value(entry, saying, hand)) for entry in entries}


def _value(entry: Entry, saying: Saying, hand: Hand) -> Shown:
    assert entry.value is not None
    return saying.value(entry.value if hand.full else masked(entry.value, entry.slot.step), entry.slot.step)


def _head(slots: Sequence[Slot], hand: Hand) -> list[str]:
    labels = [
        Text("export-round", {"label": Text(slot.step.words), "round": slot.round}) if slot.round else Text(slot.step.words)
        for slot in slots
    ]
    return [hand.said(each) for each in (*(Text(f"export-{name}") for name in COLUMNS), *labels)]


def _row(case: Case, slots: Sequence[Slot], said: Mapping[str, str], hand: Hand) -> list[str]:
    known: Summary = case.summary
    due = hand.instant(known.due_at - timedelta(seconds=1))[:10] if known.due_at else ""
    reviewer = str(known.reviewer or "")
    fixed = [known.receipt, hand.said(Text(f"status-{known.status}")), hand.instant(known.submitted_at), due, reviewer]
    return [*fixed, *(said.get(slot.id, "") for slot in slots)]

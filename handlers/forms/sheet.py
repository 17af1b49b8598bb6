"""An application as it is printed, signed and stamped: everything that was handed in, in Chinese, whatever language the person speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.core.message import Text
from bot.storage.applications import Case
from bot.words import SOURCE, Words
from handlers.forms.answers import PAPER
from handlers.forms.asking import files, summary
from handlers.forms.draft import Draft
from handlers.forms.form import forms
from handlers.forms.saying import Saying
from handlers.forms.screens import Entry


@dataclass(frozen=True)
class Row:
    label: str
    given: str
    round: int = 0
    """Of a group of questions asked in rounds; 0 outside of one."""


@dataclass(frozen=True)
class Sheet:
    """Ready to be set: every word is worded."""

    title: str
    receipt: str
    submitted: str
    rows: tuple[Row, ...]
    files: tuple[str, ...]
    paper: tuple[str, ...]
    consent: str
    agreed: str
    notes: tuple[str, ...]
    """What the reader should know of the form: parts of it not seen in the organiser's own."""


def sheet(case: Case, words: Words, zone: tzinfo) -> Sheet | None:
    """None when its content is gone, or its programme."""
    form = forms().get(case.summary.programme)
    if form is None or not case.answers:
        return None
    draft = Draft.of(case.answers)
    entries = summary(form, draft)
    saying = Saying(form, SOURCE, whole=True)

    def say(id: str, **values: str | date) -> str:
        return words.say(Text(id, dict(values)), SOURCE)

    agreed, handed_in = draft.consent, {file.id for file in case.files}
    return Sheet(
        title=say(f"{form.id}-name"),
        receipt=case.summary.receipt,
        submitted=say("sheet-on", on=_day(case.summary.submitted_at, zone)),
        rows=tuple(_row(entry, saying, words) for entry in entries),
        files=tuple(each.name for several in files(form, draft).values() for each in several if each.id in handed_in),
        paper=tuple(words.say(Text(entry.slot.step.words), SOURCE) for entry in entries if entry.value == PAPER),
        consent=say(f"consent-{agreed.notice}") if agreed else "",
        agreed=say("sheet-on", on=_day(agreed.at, zone)) if agreed else "",
        notes=(say(f"{form.id}-draft"),) if form.draft else (),
    )


def _row(entry: Entry, saying: Saying, words: Words) -> Row:
    step = entry.slot.step
    shown = Text("form-skipped") if entry.value is None else saying.value(entry.value, step)
    # Through a message, which writes dates and numbers as the language does.
    given = words.say(Text("sheet-given", {"given": shown}), SOURCE)
    return Row(words.say(Text(step.words), SOURCE), given, entry.slot.told_round)


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()

"""The dialog of an application as a pure state machine: a draft and an event in, the next draft and what to show out.

`begin` starts, `advance` takes every further event, `correct` reopens what staff want mended.
Nothing here knows a clock, a database or a platform. A press carries the stamp of the screen it stood on; words carry none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.forms import eligibility, screens
from handlers.forms.answers import Aids, Given
from handlers.forms.asking import asked, current, shown, unanswered, usable
from handlers.forms.draft import Draft, Stage
from handlers.forms.eligibility import FITS
from handlers.forms.events import Done, Here, happened, judged
from handlers.forms.form import Form, Step, Value
from handlers.forms.kinds import KINDS, fits
from handlers.forms.path import set_aside, walk
from handlers.forms.screens import Event, Show
from handlers.forms.vocabulary import command, yes_or_no

_NEVER_OFFERED = frozenset({"files", "confirm"})
"""Kinds that every application needs anew."""


@dataclass(frozen=True)
class Move:
    """The draft to keep, and what to show in this order."""

    draft: Draft
    show: tuple[Show, ...]


# ---- from outside ----


def begin(form: Form, id: str, known: Mapping[str, Value], aids: Aids, now: datetime) -> Move:
    """A new application. `known` comes from the profile and the last application, by slot; it is only ever offered."""
    kinds = {step.key: step for step in form.steps}
    offered = {slot: value for slot, value in known.items() if _may_be_offered(kinds.get(slot.rpartition(".")[2]))}
    stage = Stage.ELIGIBILITY if form.conditions else Stage.CONSENT
    draft = Draft(id, form.id, form.version, started=now, updated=now, stage=stage, known=offered)
    return Move(draft, shown(form, draft, aids))


def _may_be_offered(step: Step | None) -> bool:
    """What is sensitive is given anew each time; a key without a step is the question for one more round."""
    return step is None or not (step.sensitive or step.key == "sensitive-consent" or step.kind in _NEVER_OFFERED)


def advance(form: Form, draft: Draft, event: Event, aids: Aids, now: datetime, stamp: int | None = None) -> Move:
    """One event. `stamp` is that of the pressed choice; a press from an earlier screen changes nothing and shows the current one."""
    here = Here(form, aids, now)
    adapted, told = _adapted(here, draft)
    if (stamp is not None and stamp != draft.stamp) or (adapted != draft and not _holds_still(form, draft, adapted, event)):
        return _settled(here, draft, Done(adapted, told or (screens.Stale(),)))
    done = happened(here, adapted, _heard(form, adapted, event))
    return _settled(here, draft, replace(done, notes=(*told, *done.notes)))


def correct(draft: Draft, reasons: Mapping[str, str], now: datetime) -> Draft:
    """A handed-in application comes back with the slots to mend and why; only these are asked again."""
    return replace(draft, stage=Stage.STEPS, redo=dict(reasons), at="", away=False, stamp=draft.stamp + 1, updated=now)


def handed_on(draft: Draft, now: datetime) -> Draft:
    """Somebody else goes on with it: once they agree for themselves, where it was left."""
    stage = Stage.CONSENT if draft.consent else draft.stage
    return replace(draft, stage=stage, consent=None, away=False, stamp=draft.stamp + 1, updated=now)


def between(move: Move, form: Form, aids: Aids) -> Move | None:
    """What is shown once something else was answered in between; None where the words were taken as an answer."""
    if not any(isinstance(each, screens.Unneeded | screens.Problem) for each in move.show):
        return None
    return replace(move, show=(screens.Between(), *shown(form, move.draft, aids)))


# ---- what the words mean, and who decides ----


def _heard(form: Form, draft: Draft, event: Event) -> Event:
    """Words in place of a tap: 返回, 取消, 完成 …"""
    if not isinstance(event, screens.Answer) or event.given.picks or event.given.files:
        return event
    said = command(event.given.text)
    slot = asked(form, draft)
    if said == "done" and slot and KINDS[slot.step.kind].in_pieces:
        return screens.Answer(Given(done=True))
    if said == "resume" and draft.stage is Stage.VERDICT and not draft.away:
        return screens.Continue()
    if not said and slot and slot.step.optional and KINDS[slot.step.kind].typed and yes_or_no(event.given.text) is False:
        return screens.Skip()
    return _COMMANDS.get(said, event)


_COMMANDS: Mapping[str, Event] = {
    "back": screens.Back(),
    "skip": screens.Skip(),
    "later": screens.Later(),
    "cancel": screens.Cancel(),
    "why": screens.Why(),
    "resume": screens.Resume(),
    "submit": screens.Submit(),
    "change": screens.Change(),
}


def _settled(here: Here, before: Draft, done: Done) -> Move:
    """What moved is told, and any change makes the choices of earlier screens stale."""
    draft = done.draft
    if draft.stage is Stage.STEPS and current(here.form, draft) is None:
        draft = replace(draft, stage=Stage.SUMMARY)
    notes = (*done.notes, *_moved(here.form, before, draft))
    if draft != before:
        draft = replace(draft, stamp=before.stamp + 1, updated=here.now)
    return Move(draft, notes if done.instead else (*notes, *shown(here.form, draft, here.aids)))


def _moved(form: Form, before: Draft, after: Draft) -> tuple[Show, ...]:
    """Answers that an edit set aside, or brought back."""
    if before.stage is Stage.DISCARDED or not after.held or before.version != after.version:
        return ()
    was, now = set_aside(form, before.held), set_aside(form, after.held)
    returned = tuple(slot for slot in walk(form, after.held) if slot.id in was and after.held.get(slot.id) is not None)
    aside = tuple(id for id in now if id not in was and now[id] is not None)
    return (screens.Moved(aside, returned),) if aside or returned else ()


# ---- when the programme changed ----


def _adapted(here: Here, draft: Draft) -> tuple[Draft, tuple[Show, ...]]:
    """Answers to an older version of the form: those that still fit count, the others are set aside, and the person is told."""
    if draft.version == here.form.version or draft.stage in (Stage.SUBMITTED, Stage.DISCARDED):
        return draft, ()
    held = _fitting(here, draft)
    fitness = {key: value for key, value in draft.fitness.items() if _still_said(here, key, value)}
    after = replace(draft, version=here.form.version, held=held, fitness=fitness)
    if after.stage is Stage.ELIGIBILITY:
        after = judged(here, after).draft
    added = tuple(unanswered(walk(here.form, held), after)) if draft.stage is Stage.SUMMARY else ()
    if added:
        after = replace(after, stage=Stage.STEPS)
    unasked = (id for id, value in set_aside(here.form, held).items() if id in draft.held and value is not None)
    renamed = (id.partition("@")[0] for id in held if id not in draft.held)
    aside = (*unasked, *renamed)
    return after, ((screens.Changed(aside, added),) if aside or added else ())


def _fitting(here: Here, draft: Draft) -> dict[str, Value | None]:
    """All that is held; what no longer answers its question under a name that no question has."""
    held = dict(draft.held)
    # Renaming an answer may take away or bring up the questions behind it, so each round looks anew.
    while wrong := [slot for slot in walk(here.form, held) if held.get(slot.id) is not None and not usable(held[slot.id], slot, here.aids)]:
        held[f"{wrong[0].id}@{draft.version}"] = held.pop(wrong[0].id)
    return held


def _still_said(here: Here, key: str, value: Value) -> bool:
    condition = next((each for each in here.form.conditions if each.key == key), None)
    if condition is None:
        return False
    sentence = value in (FITS, eligibility.FAILS, eligibility.UNSURE)
    return value == eligibility.UNSURE or (fits(value, condition.asks, here.aids) if condition.asks else sentence)


def _holds_still(form: Form, draft: Draft, adapted: Draft, event: Event) -> bool:
    """What is meant the same after the programme changed: leaving, and words for a question that is still asked. A press is not."""
    if isinstance(event, screens.Later | screens.Cancel):
        return True
    return isinstance(event, screens.Answer) and draft.stage is Stage.STEPS and _on_screen(form, draft) == _on_screen(form, adapted)


def _on_screen(form: Form, draft: Draft) -> str:
    slot = asked(form, draft)
    return slot.id if slot else draft.stage.value

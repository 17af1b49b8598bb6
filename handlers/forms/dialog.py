"""The dialog of an application as a pure state machine: a draft and an event in, the next draft and what to show out.

`begin` starts, `advance` takes every further event, `correct` reopens what staff want mended, `shown` gives the current screen again.
Nothing here knows a clock, a database or a platform. A press carries the stamp of the screen it stood on; words carry none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.forms import eligibility, screens
from handlers.forms.answers import Accepted, Aids, File, Given, More, Refused
from handlers.forms.draft import Consent, Draft, Stage
from handlers.forms.eligibility import FITS, Verdict
from handlers.forms.form import Form, Step, Value
from handlers.forms.kinds import KINDS, fits, read
from handlers.forms.path import Slot, answered, set_aside, walk
from handlers.forms.screens import Entry, Event, Show
from handlers.forms.vocabulary import command, yes_or_no

_NEVER_OFFERED = frozenset({"files", "confirm"})
"""Kinds that every application needs anew."""
PAGE = 8
"""Questions offered for editing at once."""


@dataclass(frozen=True)
class Move:
    """The draft to keep, and what to show in this order."""

    draft: Draft
    show: tuple[Show, ...]


@dataclass(frozen=True)
class _Here:
    """What stays the same while one event is handled."""

    form: Form
    aids: Aids
    now: datetime


@dataclass(frozen=True)
class _Done:
    """What an event did: notes stand before the current screen, or `instead` of it."""

    draft: Draft
    notes: tuple[Show, ...] = ()
    instead: bool = False


_Does = Callable[[_Here, Draft, Event], _Done]


# ---- from outside ----


def begin(form: Form, id: str, known: Mapping[str, Value], aids: Aids, now: datetime) -> Move:
    """A new application. `known` comes from the profile and the last application, by slot; it is only ever offered."""
    kinds = {step.key: step for step in form.steps}
    offered = {slot: value for slot, value in known.items() if _may_be_offered(kinds.get(slot.rpartition(".")[2]))}
    stage = Stage.ELIGIBILITY if form.conditions else Stage.CONSENT
    draft = Draft(id, form.id, form.version, started=now, updated=now, stage=stage, known=offered)
    return Move(draft, shown(form, draft, aids))


def advance(form: Form, draft: Draft, event: Event, aids: Aids, now: datetime, stamp: int | None = None) -> Move:
    """One event. `stamp` is that of the pressed choice; a press from an earlier screen changes nothing and shows the current one."""
    here = _Here(form, aids, now)
    adapted, told = _adapted(here, draft)
    if (stamp is not None and stamp != draft.stamp) or (adapted != draft and not _holds_still(form, draft, adapted, event)):
        return _settled(here, draft, _Done(adapted, told or (screens.Stale(),)))
    done = _decide(here, adapted, _heard(form, adapted, event))
    return _settled(here, draft, replace(done, notes=(*told, *done.notes)))


def correct(draft: Draft, reasons: Mapping[str, str], now: datetime) -> Draft:
    """A handed-in application comes back with the slots to mend and why; only these are asked again."""
    return replace(draft, stage=Stage.STEPS, redo=dict(reasons), at="", away=False, stamp=draft.stamp + 1, updated=now)


def handed_on(draft: Draft, now: datetime) -> Draft:
    """Somebody else goes on with it: once they agree for themselves, where it was left."""
    stage = Stage.CONSENT if draft.consent else draft.stage
    return replace(draft, stage=stage, consent=None, away=False, stamp=draft.stamp + 1, updated=now)


def shown(form: Form, draft: Draft, aids: Aids) -> tuple[Show, ...]:
    """The current screen."""
    if draft.away:
        return (screens.Away(cancelled=False, blank=draft.is_blank),)
    match draft.stage:
        case Stage.ELIGIBILITY:
            return (_condition_screen(form, draft),)
        case Stage.VERDICT:
            return (_verdicts(form, draft, decides=True),)
        case Stage.CONSENT:
            return (screens.AskConsent(form.notice),)
        case Stage.OFFER:
            return (screens.Offer(offered(form, draft, aids)),)
        case Stage.STEPS:
            return (_ask(form, draft, aids),)
        case Stage.SUMMARY:
            return (screens.Summary(summary(form, draft), len(set_aside(form, draft.held))),)
        case Stage.SUBMITTED:
            return (screens.Submitted(draft.submitted or draft.updated),)
        case Stage.DISCARDED:
            return (screens.Discarded(),)


def summary(form: Form, draft: Draft) -> tuple[Entry, ...]:
    """Exactly what is handed in: each question that concerns the person, with its answer."""
    return tuple(Entry(slot, draft.held[slot.id]) for slot in walk(form, draft.held) if slot.id in draft.held)


def listens(form: Form, draft: Draft) -> bool:
    """Whether a bare number typed now is an answer, and not the number of a choice."""
    if draft.away:
        return False
    if draft.stage is Stage.SUMMARY:
        return True
    if draft.stage is Stage.ELIGIBILITY:
        asks = None if _overviewing(form, draft) else eligibility.open_(form, draft.fitness)[0].asks
        return asks is not None and KINDS[asks.kind].typed
    slot = current(form, draft) if draft.stage is Stage.STEPS else None
    return slot is not None and KINDS[slot.step.kind].typed


def between(move: Move, form: Form, aids: Aids) -> Move | None:
    """What is shown once something else was answered in between; None where the words were taken as an answer."""
    if not any(isinstance(each, screens.Unneeded | screens.Problem) for each in move.show):
        return None
    return replace(move, show=(screens.Between(), *shown(form, move.draft, aids)))


def wants_files(form: Form, draft: Draft) -> Slot | None:
    """The question that files sent now answer."""
    slot = current(form, draft) if draft.stage is Stage.STEPS and not draft.away else None
    return slot if slot and slot.step.kind == "files" else None


def files(form: Form, draft: Draft) -> dict[str, tuple[File, ...]]:
    """Every file the draft speaks of, by slot: an answer given anew beside the earlier one until it is whole, and what is offered again."""
    asked = {step.key for step in form.steps if step.kind == "files"}
    found: dict[str, tuple[File, ...]] = {}
    offered_again = ((slot, value) for slot, value in draft.known.items() if slot not in draft.held)
    for slot, value in (*draft.held.items(), *draft.pieces.items(), *offered_again):
        if slot.rpartition(".")[2] in asked and isinstance(value, list):
            found[slot] = (*found.get(slot, ()), *(File.of(each) for each in value))
    return found


def current(form: Form, draft: Draft) -> Slot | None:
    """The question asked now: the one chosen for editing, or the first open one."""
    slots = walk(form, draft.held)
    chosen = next((slot for slot in slots if slot.id == draft.at), None)
    return chosen or next(iter(_open(slots, draft)), None)


def offered(form: Form, draft: Draft, aids: Aids) -> tuple[Entry, ...]:
    """What is known and would be a whole answer to a question that concerns the person and has none."""
    merged = {**draft.known, **draft.held}
    usable: dict[str, Value | None] = {
        slot.id: merged[slot.id]
        for slot in walk(form, merged)
        if slot.id in draft.held or (slot.id in merged and _usable(merged[slot.id], slot, aids))
    }
    # Once more, for a value that does not fit may have brought up the questions behind it.
    return tuple(Entry(slot, usable[slot.id]) for slot in walk(form, usable) if slot.id in usable and slot.id not in draft.held)


# ---- what the words mean, and who decides ----


def _heard(form: Form, draft: Draft, event: Event) -> Event:
    """Words in place of a tap: 返回, 取消, 完成 …"""
    if not isinstance(event, screens.Answer) or event.given.picks or event.given.files:
        return event
    said = command(event.given.text)
    slot = current(form, draft) if draft.stage is Stage.STEPS else None
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


def _decide(here: _Here, draft: Draft, event: Event) -> _Done:
    if draft.stage in (Stage.SUBMITTED, Stage.DISCARDED):
        return _Done(draft)
    everywhere = _WHILE_AWAY if draft.away else _EVERYWHERE
    does = everywhere.get(type(event)) or ({} if draft.away else _BY_STAGE[draft.stage]).get(type(event))
    return does(here, draft, event) if does else _unneeded(here, draft, event)


def _settled(here: _Here, before: Draft, done: _Done) -> Move:
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


# ---- anywhere ----


def _unneeded(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(draft, (screens.Unneeded(),))


def _leave(here: _Here, draft: Draft, event: Event) -> _Done:
    left = screens.Away(cancelled=isinstance(event, screens.Cancel), blank=draft.is_blank)
    return _Done(replace(draft, away=True), (left,), instead=True)


def _resume(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(replace(draft, away=False))


def _discard(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(Draft(draft.id, draft.form, draft.version, draft.started, here.now, stage=Stage.DISCARDED, stamp=draft.stamp))


def _restart(here: _Here, draft: Draft, event: Event) -> _Done:
    """From the beginning; all that was answered is offered again. A correction cannot start anew: staff wait for it."""
    if draft.redo:
        return _Done(replace(draft, away=False), (screens.Unneeded(),))
    kept = {id: value for id, value in draft.held.items() if value is not None}
    anew = replace(draft, stage=Stage.ELIGIBILITY if here.form.conditions else Stage.CONSENT, known={**draft.known, **kept})
    return _Done(replace(anew, away=False, one_by_one=False, fitness={}, consent=None, held={}, at="", trail=()))


# ---- eligibility ----


def _condition_screen(form: Form, draft: Draft) -> Show:
    if _overviewing(form, draft):
        return screens.Overview(eligibility.sentences(form))
    concerned = eligibility.live(form, draft.fitness)
    condition = eligibility.open_(form, draft.fitness)[0]
    return screens.AskCondition(condition, concerned.index(condition) + 1, len(concerned))


def _overviewing(form: Form, draft: Draft) -> bool:
    return not draft.one_by_one and not draft.fitness and len(eligibility.sentences(form)) > 1


def _verdicts(form: Form, draft: Draft, *, decides: bool) -> screens.Verdicts:
    judged = eligibility.judge(form, draft.fitness)
    return screens.Verdicts(judged, eligibility.verdict(judged), decides)


def _all_fit(here: _Here, draft: Draft, event: Event) -> _Done:
    fitness = {**draft.fitness, **{condition.key: FITS for condition in eligibility.sentences(here.form)}}
    return _judged(here, replace(draft, fitness=fitness))


def _one_by_one(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(replace(draft, one_by_one=True))


def _answer_condition(here: _Here, draft: Draft, event: Event) -> _Done:
    assert isinstance(event, screens.Answer)
    if _overviewing(here.form, draft):
        said = yes_or_no(event.given.text)
        return _unneeded(here, draft, event) if said is None else (_all_fit if said else _one_by_one)(here, draft, event)
    condition = eligibility.open_(here.form, draft.fitness)[0]
    match eligibility.answer(condition, event.given, here.aids):
        case Accepted(value):
            return _judged(here, replace(draft, fitness={**draft.fitness, condition.key: value}))
        case Refused(reason):
            return _Done(draft, (screens.Problem(reason, condition.asks),))
        case More():
            return _unneeded(here, draft, event)


def _judged(here: _Here, draft: Draft) -> _Done:
    """Once all is asked: a condition not met stops for a decision, anything else goes on with a word on it."""
    if eligibility.open_(here.form, draft.fitness):
        return _Done(draft)
    verdicts = _verdicts(here.form, draft, decides=False)
    if verdicts.verdict is Verdict.MAY_NOT:
        return _Done(replace(draft, stage=Stage.VERDICT))
    return _Done(replace(draft, stage=Stage.CONSENT), (verdicts,))


def _back_to_conditions(here: _Here, draft: Draft, event: Event) -> _Done:
    """Takes back the last condition answered."""
    given = dict(draft.fitness)
    if given:
        given.popitem()
        return _Done(replace(draft, stage=Stage.ELIGIBILITY, fitness=given))
    if draft.one_by_one:
        return _Done(replace(draft, one_by_one=False))
    return _Done(draft, (screens.NothingBefore(),))


def _go_on(here: _Here, draft: Draft, event: Event) -> _Done:
    if isinstance(event, screens.Answer) and not yes_or_no(event.given.text):
        return _unneeded(here, draft, event)
    return _Done(replace(draft, stage=Stage.CONSENT))


# ---- consent, and what is known ----


def _consent(here: _Here, draft: Draft, event: Event) -> _Done:
    if isinstance(event, screens.Answer) and not yes_or_no(event.given.text):
        return _unneeded(here, draft, event)
    agreed = replace(draft, consent=Consent(here.form.notice, here.now), held={**_from_conditions(here, draft), **draft.held})
    stage = Stage.OFFER if offered(here.form, agreed, here.aids) and not draft.trail else Stage.STEPS
    return _Done(replace(agreed, stage=stage))


def _from_conditions(here: _Here, draft: Draft) -> dict[str, Value | None]:
    """What was answered as a condition is not asked again as a question."""
    given = {key: value for key, value in draft.fitness.items() if value not in (FITS, eligibility.FAILS, eligibility.UNSURE)}
    steps = {step.key: step for step in here.form.parts if isinstance(step, Step)}
    return {key: value for key, value in given.items() if key in steps and fits(value, steps[key], here.aids)}


def _take_all(here: _Here, draft: Draft, event: Event) -> _Done:
    entries = offered(here.form, draft, here.aids)
    held = {**draft.held, **{entry.slot.id: entry.value for entry in entries}}
    return _Done(replace(draft, stage=Stage.STEPS, held=held, trail=_onto(draft.trail, (entry.slot.id for entry in entries))))


def _decline(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(replace(draft, stage=Stage.STEPS))


def _answer_offer(here: _Here, draft: Draft, event: Event) -> _Done:
    assert isinstance(event, screens.Answer)
    said = yes_or_no(event.given.text)
    return _unneeded(here, draft, event) if said is None else (_take_all if said else _decline)(here, draft, event)


def _back_to_consent(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(replace(draft, stage=Stage.CONSENT))


# ---- the questions ----


def _open(slots: Iterable[Slot], draft: Draft) -> list[Slot]:
    """Questions still to be answered: new ones, skipped ones that became required, and those staff want mended."""
    return [
        slot
        for slot in slots
        if slot.id in draft.redo or slot.id not in draft.held or (draft.held[slot.id] is None and not slot.step.optional)
    ]


def _asked(form: Form, draft: Draft) -> str:
    slot = current(form, draft) if draft.stage is Stage.STEPS else None
    return slot.id if slot else draft.stage.value


def _holds_still(form: Form, draft: Draft, adapted: Draft, event: Event) -> bool:
    """What is meant the same after the programme changed: leaving, and words for a question that is still asked. A press is not."""
    if isinstance(event, screens.Later | screens.Cancel):
        return True
    return isinstance(event, screens.Answer) and draft.stage is Stage.STEPS and _asked(form, draft) == _asked(form, adapted)


def _now_asked(here: _Here, draft: Draft) -> Slot:
    slot = current(here.form, draft)
    assert slot is not None  # _settled turns to the summary when nothing is open
    return slot


def _ask(form: Form, draft: Draft, aids: Aids) -> Show:
    slots = walk(form, draft.held)
    slot = current(form, draft)
    assert slot is not None
    known = next((entry.value for entry in offered(form, draft, aids) if entry.slot.id == slot.id), None)
    return screens.Ask(
        slot=slot,
        number=slots.index(slot) + 1,
        of=len(slots),
        kept=draft.held.get(slot.id),
        known=known,
        pieces=_so_far(draft, slot),
        reason=draft.redo.get(slot.id, ""),
    )


def _so_far(draft: Draft, slot: Slot) -> Value | None:
    """Pieces given before; options chosen earlier are switched on and off, files and tables are given anew."""
    if slot.id in draft.pieces:
        return draft.pieces[slot.id]
    return draft.held.get(slot.id) if slot.step.kind == "choices" else None


def _answer(here: _Here, draft: Draft, event: Event) -> _Done:
    assert isinstance(event, screens.Answer)
    slot = _now_asked(here, draft)
    match read(replace(event.given, so_far=_so_far(draft, slot)), slot.step, here.aids):
        case Accepted(value):
            return _Done(_with(draft, slot, value))
        case More(value):
            return _Done(replace(draft, pieces={**draft.pieces, slot.id: value}))
        case Refused(reason):
            return _Done(draft, (screens.Problem(reason),))


def _with(draft: Draft, slot: Slot, value: Value | None) -> Draft:
    """The answer is held, and the dialog goes on with the first open question."""
    return replace(
        draft,
        held={**draft.held, slot.id: value},
        pieces={id: pieces for id, pieces in draft.pieces.items() if id != slot.id},
        redo={id: reason for id, reason in draft.redo.items() if id != slot.id},
        trail=_onto(draft.trail, (slot.id,)),
        at="",
    )


def _onto(trail: tuple[str, ...], slots: Iterable[str]) -> tuple[str, ...]:
    new = tuple(slots)
    return (*(id for id in trail if id not in new), *new)


def _skip(here: _Here, draft: Draft, event: Event) -> _Done:
    slot = _now_asked(here, draft)
    return _Done(_with(draft, slot, None)) if slot.step.optional else _unneeded(here, draft, event)


def _keep(here: _Here, draft: Draft, event: Event) -> _Done:
    slot = _now_asked(here, draft)
    if _open((slot,), draft):
        return _unneeded(here, draft, event)
    return _Done(_with(draft, slot, draft.held[slot.id]))


def _take(here: _Here, draft: Draft, event: Event) -> _Done:
    slot = _now_asked(here, draft)
    known = next((entry for entry in offered(here.form, draft, here.aids) if entry.slot.id == slot.id), None)
    return _Done(_with(draft, slot, known.value)) if known else _unneeded(here, draft, event)


def _back(here: _Here, draft: Draft, event: Event) -> _Done:
    """The question answered before this one; its answer stays until another is given."""
    slots = {slot.id for slot in walk(here.form, draft.held)}
    slot = current(here.form, draft)
    asked = slot.id if slot and draft.stage is Stage.STEPS else ""
    trail = [id for id in draft.trail if id in slots and id != asked]
    if not trail:
        return _Done(draft, (screens.NothingBefore(),))
    return _Done(replace(draft, stage=Stage.STEPS, at=trail[-1], trail=tuple(trail[:-1])))


def _edit(here: _Here, draft: Draft, event: Event) -> _Done:
    assert isinstance(event, screens.Edit)
    if event.slot not in answered(here.form, draft.held):
        return _unneeded(here, draft, event)
    return _Done(replace(draft, stage=Stage.STEPS, at=event.slot))


def _why(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(draft, (screens.Reasons(_now_asked(here, draft).step),))


def _purpose(here: _Here, draft: Draft, event: Event) -> _Done:
    return _Done(draft, (screens.Purpose(draft.stage),))


# ---- the summary ----


def _change(here: _Here, draft: Draft, event: Event) -> _Done:
    assert isinstance(event, screens.Change)
    entries = summary(here.form, draft)
    page = event.page if 0 <= event.page * PAGE < len(entries) else 0
    return _Done(draft, (screens.PickEdit(entries, page),), instead=True)


def _answer_summary(here: _Here, draft: Draft, event: Event) -> _Done:
    """The number of a line is a wish to edit it."""
    assert isinstance(event, screens.Answer)
    entries, said = summary(here.form, draft), event.given.text.strip()
    if said.isascii() and said.isdigit() and len(said) < 3 and 0 < int(said) <= len(entries):
        return _edit(here, draft, screens.Edit(entries[int(said) - 1].slot.id))
    return _unneeded(here, draft, event)


def _submit(here: _Here, draft: Draft, event: Event) -> _Done:
    """Only a whole summary, and under the notice that now holds: an older consent is asked for anew."""
    if draft.consent is None or draft.consent.notice != here.form.notice:
        return _Done(replace(draft, stage=Stage.CONSENT))
    # What was only offered is no part of it.
    return _Done(replace(draft, stage=Stage.SUBMITTED, submitted=here.now, known={}))


_EVERYWHERE: Mapping[type, _Does] = {screens.Later: _leave, screens.Cancel: _leave, screens.Resume: _resume, screens.Restart: _restart}
_WHILE_AWAY: Mapping[type, _Does] = {**_EVERYWHERE, screens.Discard: _discard}
_BY_STAGE: Mapping[Stage, Mapping[type, _Does]] = {
    Stage.ELIGIBILITY: {
        screens.Answer: _answer_condition,
        screens.AllFit: _all_fit,
        screens.OneByOne: _one_by_one,
        screens.Back: _back_to_conditions,
        screens.Why: _purpose,
    },
    Stage.VERDICT: {
        screens.Continue: _go_on,
        screens.Answer: _go_on,
        screens.Back: _back_to_conditions,
        screens.Why: _purpose,
    },
    Stage.CONSENT: {
        screens.Agree: _consent,
        screens.Answer: _consent,
        screens.Back: _back_to_conditions,
        screens.Why: _purpose,
    },
    Stage.OFFER: {
        screens.TakeAll: _take_all,
        screens.Decline: _decline,
        screens.Answer: _answer_offer,
        screens.Back: _back_to_consent,
        screens.Why: _purpose,
    },
    Stage.STEPS: {
        screens.Answer: _answer,
        screens.Skip: _skip,
        screens.Keep: _keep,
        screens.Take: _take,
        screens.Back: _back,
        screens.Edit: _edit,
        screens.Why: _why,
    },
    Stage.SUMMARY: {
        screens.Answer: _answer_summary,
        screens.Change: _change,
        screens.Edit: _edit,
        screens.Submit: _submit,
        screens.Back: _back,
        screens.Why: _purpose,
    },
}


# ---- when the programme changed ----


def _adapted(here: _Here, draft: Draft) -> tuple[Draft, tuple[Show, ...]]:
    """Answers to an older version of the form: those that still fit count, the others are set aside, and the person is told."""
    if draft.version == here.form.version or draft.stage in (Stage.SUBMITTED, Stage.DISCARDED):
        return draft, ()
    held = _fitting(here, draft)
    fitness = {key: value for key, value in draft.fitness.items() if _still_said(here, key, value)}
    after = replace(draft, version=here.form.version, held=held, fitness=fitness)
    if after.stage is Stage.ELIGIBILITY:
        after = _judged(here, after).draft
    added = tuple(_open(walk(here.form, held), after)) if draft.stage is Stage.SUMMARY else ()
    if added:
        after = replace(after, stage=Stage.STEPS)
    aside = tuple(id for id, value in set_aside(here.form, held).items() if id in draft.held and value is not None) + tuple(
        id.partition("@")[0] for id in held if id not in draft.held
    )
    return after, ((screens.Changed(aside, added),) if aside or added else ())


def _fitting(here: _Here, draft: Draft) -> dict[str, Value | None]:
    """All that is held; what no longer answers its question under a name that no question has."""
    held = dict(draft.held)
    # Renaming an answer may take away or bring up the questions behind it, so each round looks anew.
    while wrong := [
        slot for slot in walk(here.form, held) if held.get(slot.id) is not None and not _usable(held[slot.id], slot, here.aids)
    ]:
        held[f"{wrong[0].id}@{draft.version}"] = held.pop(wrong[0].id)
    return held


def _still_said(here: _Here, key: str, value: Value) -> bool:
    condition = next((each for each in here.form.conditions if each.key == key), None)
    if condition is None:
        return False
    sentence = value in (FITS, eligibility.FAILS, eligibility.UNSURE)
    return value == eligibility.UNSURE or (fits(value, condition.asks, here.aids) if condition.asks else sentence)


def _usable(value: Value | None, slot: Slot, aids: Aids) -> bool:
    return value is not None and fits(value, slot.step, aids)


def _may_be_offered(step: Step | None) -> bool:
    """What is sensitive is given anew each time; a key without a step is the question for one more round."""
    return step is None or not (step.sensitive or step.key == "sensitive-consent" or step.kind in _NEVER_OFFERED)

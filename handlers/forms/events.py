"""What each event does to a draft, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.message import Text
from handlers.forms import eligibility, screens
from handlers.forms.answers import Accepted, Aids, More, Refused
from handlers.forms.asking import asked, current, offered, offered_for, overviewing, so_far, summary, unanswered, verdicts
from handlers.forms.draft import Consent, Draft, Stage
from handlers.forms.eligibility import FITS, Verdict
from handlers.forms.form import Form, Step, Value
from handlers.forms.kinds import fits, read
from handlers.forms.path import Slot, answered, walk
from handlers.forms.screens import PAGE, Event, Show
from handlers.forms.vocabulary import yes_or_no


@dataclass(frozen=True)
class Here:
    """What stays the same while one event is handled."""

    form: Form
    aids: Aids
    now: datetime


@dataclass(frozen=True)
class Done:
    """What an event did: notes stand before the current screen, or `instead` of it."""

    draft: Draft
    notes: tuple[Show, ...] = ()
    instead: bool = False


_Does = Callable[[Here, Draft, Event], Done]


def happened(here: Here, draft: Draft, event: Event) -> Done:
    if draft.stage in (Stage.SUBMITTED, Stage.DISCARDED):
        return Done(draft)
    everywhere = _WHILE_AWAY if draft.away else _EVERYWHERE
    does = everywhere.get(type(event)) or ({} if draft.away else _BY_STAGE[draft.stage]).get(type(event))
    return does(here, draft, event) if does else _unneeded(here, draft, event)


# ---- anywhere ----


def _unneeded(here: Here, draft: Draft, event: Event) -> Done:
    return Done(draft, (screens.Unneeded(),))


def _leave(here: Here, draft: Draft, event: Event) -> Done:
    left = screens.Away(cancelled=isinstance(event, screens.Cancel), blank=draft.is_blank)
    return Done(replace(draft, away=True), (left,), instead=True)


def _resume(here: Here, draft: Draft, event: Event) -> Done:
    return Done(replace(draft, away=False))


def _discard(here: Here, draft: Draft, event: Event) -> Done:
    return Done(Draft(draft.id, draft.form, draft.version, draft.started, here.now, stage=Stage.DISCARDED, stamp=draft.stamp))


def _restart(here: Here, draft: Draft, event: Event) -> Done:
    """From the beginning; all that was answered is offered again. A correction cannot start anew: staff wait for it."""
    if draft.redo:
        return Done(replace(draft, away=False), (screens.Unneeded(),))
    kept = {id: value for id, value in draft.held.items() if value is not None}
    anew = replace(draft, stage=Stage.ELIGIBILITY if here.form.conditions else Stage.CONSENT, known={**draft.known, **kept})
    return Done(replace(anew, away=False, one_by_one=False, fitness={}, consent=None, held={}, at="", trail=()))


# ---- eligibility ----


def _all_fit(here: Here, draft: Draft, event: Event) -> Done:
    fitness = {**draft.fitness, **{condition.key: FITS for condition in eligibility.sentences(here.form)}}
    return judged(here, replace(draft, fitness=fitness))


def _one_by_one(here: Here, draft: Draft, event: Event) -> Done:
    return Done(replace(draft, one_by_one=True))


def _answer_condition(here: Here, draft: Draft, event: Event) -> Done:
    assert isinstance(event, screens.Answer)
    if overviewing(here.form, draft):
        said = yes_or_no(event.given.text)
        return _unneeded(here, draft, event) if said is None else (_all_fit if said else _one_by_one)(here, draft, event)
    condition = eligibility.open_(here.form, draft.fitness)[0]
    match eligibility.answer(condition, event.given, here.aids):
        case Accepted(value):
            return judged(here, replace(draft, fitness={**draft.fitness, condition.key: value}))
        case Refused(reason):
            return Done(draft, (screens.Problem(reason, condition.asks),))
        case More():
            return _unneeded(here, draft, event)


def judged(here: Here, draft: Draft) -> Done:
    """Once all is asked: a condition not met stops for a decision, anything else goes on with a word on it."""
    if eligibility.open_(here.form, draft.fitness):
        return Done(draft)
    found = verdicts(here.form, draft, decides=False)
    if found.verdict is Verdict.MAY_NOT:
        return Done(replace(draft, stage=Stage.VERDICT))
    return Done(replace(draft, stage=Stage.CONSENT), (found,))


def _back_to_conditions(here: Here, draft: Draft, event: Event) -> Done:
    """Takes back the last condition answered."""
    given = dict(draft.fitness)
    if given:
        given.popitem()
        return Done(replace(draft, stage=Stage.ELIGIBILITY, fitness=given))
    if draft.one_by_one:
        return Done(replace(draft, one_by_one=False))
    return Done(draft, (screens.NothingBefore(),))


def _go_on(here: Here, draft: Draft, event: Event) -> Done:
    if isinstance(event, screens.Answer) and not yes_or_no(event.given.text):
        return _unneeded(here, draft, event)
    return Done(replace(draft, stage=Stage.CONSENT))


# ---- consent, and what is known ----


def _consent(here: Here, draft: Draft, event: Event) -> Done:
    if isinstance(event, screens.Answer) and not yes_or_no(event.given.text):
        return _unneeded(here, draft, event)
    agreed = replace(draft, consent=Consent(here.form.notice, here.now), held={**_from_conditions(here, draft), **draft.held})
    stage = Stage.OFFER if offered(here.form, agreed, here.aids) and not draft.trail else Stage.STEPS
    return Done(replace(agreed, stage=stage))


def _from_conditions(here: Here, draft: Draft) -> dict[str, Value | None]:
    """What was answered as a condition is not asked again as a question."""
    given = {key: value for key, value in draft.fitness.items() if value not in (FITS, eligibility.FAILS, eligibility.UNSURE)}
    steps = {step.key: step for step in here.form.parts if isinstance(step, Step)}
    return {key: value for key, value in given.items() if key in steps and fits(value, steps[key], here.aids)}


def _take_all(here: Here, draft: Draft, event: Event) -> Done:
    entries = offered(here.form, draft, here.aids)
    held = {**draft.held, **{entry.slot.id: entry.value for entry in entries}}
    return Done(replace(draft, stage=Stage.STEPS, held=held, trail=_onto(draft.trail, (entry.slot.id for entry in entries))))


def _decline(here: Here, draft: Draft, event: Event) -> Done:
    return Done(replace(draft, stage=Stage.STEPS))


def _answer_offer(here: Here, draft: Draft, event: Event) -> Done:
    assert isinstance(event, screens.Answer)
    said = yes_or_no(event.given.text)
    return _unneeded(here, draft, event) if said is None else (_take_all if said else _decline)(here, draft, event)


def _back_to_consent(here: Here, draft: Draft, event: Event) -> Done:
    return Done(replace(draft, stage=Stage.CONSENT))


# ---- the questions ----


def _now_asked(here: Here, draft: Draft) -> Slot:
    slot = current(here.form, draft)
    assert slot is not None  # _settled turns to the summary when nothing is open
    return slot


def _answer(here: Here, draft: Draft, event: Event) -> Done:
    assert isinstance(event, screens.Answer)
    slot = _now_asked(here, draft)
    match read(replace(event.given, so_far=so_far(draft, slot)), slot.step, here.aids):
        case Accepted(value):
            if early := _too_early(draft, slot, value):
                return Done(draft, (screens.Problem(early),))
            return Done(_with(_without_earlier(here.form, draft, slot, value), slot, value))
        case More(value):
            return Done(replace(draft, pieces={**draft.pieces, slot.id: value}))
        case Refused(reason):
            return Done(draft, (screens.Problem(reason),))


def _too_early(draft: Draft, slot: Slot, value: Value) -> Text | None:
    begun = draft.held.get(slot.beside(slot.step.after)) if slot.step.after else None
    if not isinstance(begun, str) or str(value) >= begun:
        return None
    return Text("refused-date-early", {"begun": date.fromisoformat(begun), "given": date.fromisoformat(str(value))})


def _without_earlier(form: Form, draft: Draft, slot: Slot, value: Value) -> Draft:
    """A day changed to one behind the day that was to follow it: that one is asked for again."""
    early = [
        other.id
        for other in walk(form, draft.held)
        if other.step.after and other.beside(other.step.after) == slot.id and str(draft.held.get(other.id) or value) < str(value)
    ]
    return replace(draft, held={id: kept for id, kept in draft.held.items() if id not in early}) if early else draft


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


def _skip(here: Here, draft: Draft, event: Event) -> Done:
    slot = _now_asked(here, draft)
    return Done(_with(draft, slot, None)) if slot.step.optional else Done(draft, (screens.Problem(Text("refused-required")),))


def _keep(here: Here, draft: Draft, event: Event) -> Done:
    slot = _now_asked(here, draft)
    if unanswered((slot,), draft):
        return _unneeded(here, draft, event)
    return Done(_with(draft, slot, draft.held[slot.id]))


def _take(here: Here, draft: Draft, event: Event) -> Done:
    slot = _now_asked(here, draft)
    known = offered_for(slot, here.form, draft, here.aids)
    return Done(_with(draft, slot, known.value)) if known else _unneeded(here, draft, event)


def _back(here: Here, draft: Draft, event: Event) -> Done:
    """The question answered before this one; its answer stays until another is given."""
    slots = {slot.id for slot in walk(here.form, draft.held)}
    slot = asked(here.form, draft)
    trail = [id for id in draft.trail if id in slots and not (slot and id == slot.id)]
    if not trail:
        return Done(draft, (screens.NothingBefore(),))
    return Done(replace(draft, stage=Stage.STEPS, at=trail[-1], trail=tuple(trail[:-1])))


def _edit(here: Here, draft: Draft, event: Event) -> Done:
    assert isinstance(event, screens.Edit)
    if event.slot not in answered(here.form, draft.held):
        return _unneeded(here, draft, event)
    return Done(replace(draft, stage=Stage.STEPS, at=event.slot))


def _why(here: Here, draft: Draft, event: Event) -> Done:
    return Done(draft, (screens.Reasons(_now_asked(here, draft).step),))


def _purpose(here: Here, draft: Draft, event: Event) -> Done:
    return Done(draft, (screens.Purpose(draft.stage),))


# ---- the summary ----


def _change(here: Here, draft: Draft, event: Event) -> Done:
    assert isinstance(event, screens.Change)
    entries = summary(here.form, draft)
    page = event.page if 0 <= event.page * PAGE < len(entries) else 0
    return Done(draft, (screens.PickEdit(entries, page),), instead=True)


def _answer_summary(here: Here, draft: Draft, event: Event) -> Done:
    """The number of a line is a wish to edit it."""
    assert isinstance(event, screens.Answer)
    entries, said = summary(here.form, draft), event.given.text.strip()
    if said.isascii() and said.isdigit() and len(said) < 3 and 0 < int(said) <= len(entries):
        return _edit(here, draft, screens.Edit(entries[int(said) - 1].slot.id))
    return _unneeded(here, draft, event)


def _submit(here: Here, draft: Draft, event: Event) -> Done:
    """Only a whole summary, and under the notice that now holds: an older consent is asked for anew."""
    if draft.consent is None or draft.consent.notice != here.form.notice:
        return Done(replace(draft, stage=Stage.CONSENT))
    # What was only offered is no part of it.
    return Done(replace(draft, stage=Stage.SUBMITTED, submitted=here.now, known={}))


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

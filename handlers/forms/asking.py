"""Where an application stands: the screen it shows, the question asked now, and what could be taken over as an answer."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.forms import eligibility, screens
from handlers.forms.answers import Aids, File
from handlers.forms.draft import Draft, Stage
from handlers.forms.form import Form, Value
from handlers.forms.kinds import KINDS, fits
from handlers.forms.path import Slot, set_aside, walk
from handlers.forms.screens import Entry, Show


def shown(form: Form, draft: Draft, aids: Aids) -> tuple[Show, ...]:
    """The current screen."""
    if draft.away:
        return (screens.Away(cancelled=False, blank=draft.is_blank),)
    match draft.stage:
        case Stage.ELIGIBILITY:
            return (_condition_screen(form, draft),)
        case Stage.VERDICT:
            return (verdicts(form, draft, decides=True),)
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


def _condition_screen(form: Form, draft: Draft) -> Show:
    if overviewing(form, draft):
        return screens.Overview(eligibility.sentences(form))
    concerned = eligibility.live(form, draft.fitness)
    condition = eligibility.open_(form, draft.fitness)[0]
    return screens.AskCondition(condition, concerned.index(condition) + 1, len(concerned))


def overviewing(form: Form, draft: Draft) -> bool:
    return not draft.one_by_one and not draft.fitness and len(eligibility.sentences(form)) > 1


def verdicts(form: Form, draft: Draft, *, decides: bool) -> screens.Verdicts:
    judged = eligibility.judge(form, draft.fitness)
    return screens.Verdicts(judged, eligibility.verdict(judged), decides)


def _ask(form: Form, draft: Draft, aids: Aids) -> Show:
    slots = walk(form, draft.held)
    slot = current(form, draft)
    assert slot is not None
    known = offered_for(slot, form, draft, aids)
    return screens.Ask(
        slot=slot,
        number=slots.index(slot) + 1,
        of=len(slots),
        kept=draft.held.get(slot.id),
        known=known.value if known else None,
        pieces=so_far(draft, slot),
        reason=draft.redo.get(slot.id, ""),
    )


def so_far(draft: Draft, slot: Slot) -> Value | None:
    """Pieces given before; options chosen earlier are switched on and off, files and tables are given anew."""
    if slot.id in draft.pieces:
        return draft.pieces[slot.id]
    return draft.held.get(slot.id) if slot.step.kind == "choices" else None


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
        asks = None if overviewing(form, draft) else eligibility.open_(form, draft.fitness)[0].asks
        return asks is not None and KINDS[asks.kind].typed
    slot = asked(form, draft)
    return slot is not None and KINDS[slot.step.kind].typed


def wants_files(form: Form, draft: Draft) -> Slot | None:
    """The question that files sent now answer."""
    slot = None if draft.away else asked(form, draft)
    return slot if slot and slot.step.kind == "files" else None


def files(form: Form, draft: Draft) -> dict[str, tuple[File, ...]]:
    """Every file the draft speaks of, by slot: an answer given anew beside the earlier one until it is whole, and what is offered again."""
    keys = {step.key for step in form.steps if step.kind == "files"}
    found: dict[str, tuple[File, ...]] = {}
    offered_again = ((slot, value) for slot, value in draft.known.items() if slot not in draft.held)
    for slot, value in (*draft.held.items(), *draft.pieces.items(), *offered_again):
        if slot.rpartition(".")[2] in keys and isinstance(value, list):
            found[slot] = (*found.get(slot, ()), *(File.of(each) for each in value))
    return found


def asked(form: Form, draft: Draft) -> Slot | None:
    """The question on the screen, where it is a question of the form."""
    return current(form, draft) if draft.stage is Stage.STEPS else None


def current(form: Form, draft: Draft) -> Slot | None:
    """The question asked now: the one chosen for editing, or the first open one."""
    slots = walk(form, draft.held)
    chosen = next((slot for slot in slots if slot.id == draft.at), None)
    return chosen or next(iter(unanswered(slots, draft)), None)


def unanswered(slots: Iterable[Slot], draft: Draft) -> list[Slot]:
    """Questions still to be answered: new ones, skipped ones that became required, and those staff want mended."""
    return [
        slot
        for slot in slots
        if slot.id in draft.redo or slot.id not in draft.held or (draft.held[slot.id] is None and not slot.step.optional)
    ]


def offered_for(slot: Slot, form: Form, draft: Draft, aids: Aids) -> Entry | None:
    return next((entry for entry in offered(form, draft, aids) if entry.slot.id == slot.id), None)


def offered(form: Form, draft: Draft, aids: Aids) -> tuple[Entry, ...]:
    """What is known and would be a whole answer to a question that concerns the person and has none."""
    merged = {**draft.known, **draft.held}
    fitting: dict[str, Value | None] = {
        slot.id: merged[slot.id]
        for slot in walk(form, merged)
        if slot.id in draft.held or (slot.id in merged and usable(merged[slot.id], slot, aids))
    }
    # Once more, for a value that does not fit may have brought up the questions behind it.
    return tuple(Entry(slot, fitting[slot.id]) for slot in walk(form, fitting) if slot.id in fitting and slot.id not in draft.held)


def usable(value: Value | None, slot: Slot, aids: Aids) -> bool:
    return value is not None and fits(value, slot.step, aids)

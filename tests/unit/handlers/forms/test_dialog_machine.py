"""Whatever people do, in whatever order: no answer is lost, the summary is the data, no button is dead, and there is a way out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from handlers.forms import drawn, screens
from handlers.forms.answers import Given
from handlers.forms.asking import current, shown, summary
from handlers.forms.dialog import Move, advance, begin, correct, handed_on
from handlers.forms.draft import Draft, Stage
from handlers.forms.form import Form, Group, Step, forms
from handlers.forms.kinds import fits
from handlers.forms.path import answered, walk
from handlers.forms.screens import Event
from tests.unit.handlers.forms.people import AIDS, FACTS, KNOWN, NOW, good

STEPS = 20_000
"""What a run must do at least, over all programmes."""
done: Counter[str] = Counter()
"""Steps of the running programme, and how often each stage was reached."""

HOSTILE = ("", "取消不了", "\u202e\x00", "9" * 3000, "否", "12", "=1+1", "无", "？", "7,7,7\n1,1")
COMMANDS = ("返回", "跳过", "稍后", "取消", "为什么", "完成", "继续", "提交", "修改", "back", "3")


def needed(form: Form) -> set[str]:
    """Keys that other steps hang on."""
    return {key for step in form.steps for key in step.when}


def versions(form: Form) -> Iterator[Form]:
    """What a programme may become: a question gone, a new one, other options, one that must now be answered."""
    free = [part for part in form.parts if isinstance(part, Step) and part.key not in needed(form)]
    extra = Step(key=f"extra-{form.version}", kind="text", words="field-org-name", why="identify", grade="C")
    yield replace(form, parts=(*form.parts, extra))
    for gone in free[-3:]:
        yield replace(form, parts=tuple(part for part in form.parts if part is not gone))
    for step in free:
        if step.kind == "choice" and len(step.options) > 1:
            yield changed(form, step, replace(step, options=step.options[1:]))
        if step.optional:
            yield changed(form, step, replace(step, optional=False))
        if step.kind == "text":
            yield changed(form, step, replace(step, kind="patent", most=None))
    yield replace(form, notice="v1" if form.notice == "v2" else "v2")
    yield replace(form, parts=tuple(replace(part, most=part.most + 1) if isinstance(part, Group) else part for part in form.parts))


def changed(form: Form, old: Step, new: Step) -> Form:
    return replace(form, parts=tuple(new if part is old else part for part in form.parts))


class Application(RuleBasedStateMachine):
    programme: str
    form: Form
    draft: Draft
    show: tuple[screens.Show, ...]
    pressed: str
    seen: tuple[Draft, Form] | None = None
    shown_notices: set[str]
    """Those the person has seen."""

    @initialize(known=st.sampled_from(({}, KNOWN, FACTS)))
    def begin(self, known: Mapping[str, Any]) -> None:
        self.form, self.now, self.pressed, self.shown_notices = forms()[self.programme], NOW, "", set()
        self.take(begin(self.form, "d1", known, AIDS, NOW))

    def take(self, move: Move) -> None:
        self.draft, self.show = move.draft, move.show
        done["events"] += 1
        done[move.draft.stage] += 1
        self.shown_notices |= {each.notice for each in move.show if isinstance(each, screens.AskConsent)}
        self.look()

    def event(self, event: Event, stamp: int | None = None) -> Move:
        self.now += timedelta(minutes=1)
        before, asked = self.draft, current(self.form, self.draft)
        move = advance(self.form, self.draft, event, AIDS, self.now, stamp)
        kept(before, move.draft, asked.id if asked and before.stage is Stage.STEPS else "")
        assert move.show
        assert (move.draft.stamp > before.stamp) == (move.draft != before)
        if move.draft.stage is Stage.SUBMITTED and before.stage is not Stage.SUBMITTED:
            assert before.stage is Stage.SUMMARY
            assert before.version == self.form.version
            assert isinstance(self.show[-1], screens.Summary | screens.PickEdit | screens.Away)
        self.take(move)
        return move

    def choices(self) -> list[str]:
        return [choice.data for choice in drawn.draw(self.form, self.draft, self.show, "zh-CN").choices]

    # ---- what holds at any time ----

    def look(self) -> None:
        """The screen and the draft, after every change."""
        draft, form = self.draft, self.form
        if (draft, form) == self.seen:
            return
        self.seen = (draft, form)
        assert Draft.of(json.loads(json.dumps(draft.plain()))) == draft
        entries = {entry.slot.id: entry.value for entry in summary(form, draft)}
        if draft.version == form.version:
            assert entries == answered(form, draft.held)
        last = shown(form, draft, AIDS)[-1]
        if isinstance(last, screens.Ask):
            assert 1 <= last.number <= last.of == len(walk(form, draft.held))
        if isinstance(last, screens.Summary) and draft.version == form.version:
            slots = walk(form, draft.held)
            assert entries.keys() == {slot.id for slot in slots}
            for slot in slots:
                value = entries[slot.id]
                assert slot.step.optional if value is None else fits(value, slot.step, AIDS)
        if draft.stage is Stage.SUBMITTED:
            assert draft.consent
            assert draft.consent.notice in self.shown_notices
        self.exit_is_there()

    def exit_is_there(self) -> None:
        """One action leads out, and back to the same question; only an ending has nothing to leave."""
        if self.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED):
            return
        offered = self.choices()
        verbs = [drawn.pressed(data) for data in offered]
        out = {type(found[2]) for found in verbs if found}
        assert out & {screens.Later, screens.Resume}
        if self.draft.away:
            return
        left = advance(self.form, self.draft, screens.Cancel(), AIDS, self.now)
        assert left.draft.away
        assert left.draft.held.items() >= self.draft.held.items() or left.draft.version != self.draft.version
        assert (
            advance(self.form, left.draft, screens.Resume(), AIDS, self.now).show[-1] == shown(self.form, left_here(left.draft), AIDS)[-1]
        )

    # ---- what people do ----

    @rule(which=st.integers(0, 30))
    def press(self, which: int) -> None:
        offered = self.choices()
        if not offered:
            return
        data = offered[which % len(offered)]
        found = drawn.pressed(data)
        assert found
        id, stamp, event = found
        assert (id, stamp) == (self.draft.id, self.draft.stamp)
        if isinstance(event, screens.Discard) and which % 3:
            return
        before = self.draft
        move = self.event(event, stamp)
        self.pressed = data
        if before.version == self.form.version:
            assert not [each for each in move.show if isinstance(each, screens.Unneeded | screens.Stale)] or before.redo

    @rule()
    def press_again(self) -> None:
        """A double tap, or a button of an earlier question."""
        found = drawn.pressed(self.pressed)
        if not found or found[1] == self.draft.stamp or self.draft.version != self.form.version:
            return
        before = self.draft
        move = self.event(found[2], found[1])
        assert move.draft == before
        assert move.show == (screens.Stale(), *shown(self.form, before, AIDS))

    @rule(vary=st.integers(0, 5))
    def answer(self, vary: int) -> None:
        slot = current(self.form, self.draft) if self.draft.stage is Stage.STEPS else None
        if slot is None or self.draft.version != self.form.version:
            return
        for given in good(slot.step, vary):
            self.event(screens.Resume())
            self.event(screens.Answer(given))
        assert fits_held(self.draft, slot.id, slot.step)

    @rule(count=st.integers(1, 12))
    def go_on(self, count: int) -> None:
        """Somebody who fills in without detours."""
        for _ in range(count):
            self.answer(1)

    @precondition(lambda self: self.draft.stage is not Stage.SUBMITTED)
    @rule()
    def fill_in_and_submit(self) -> None:
        self.get_through_the_beginning()
        self.event(screens.TakeAll())
        self.go_on(len(walk(self.form, self.draft.held)))
        self.event(screens.Submit())

    @rule(text=st.sampled_from(HOSTILE + COMMANDS))
    def say(self, text: str) -> None:
        self.event(screens.Answer(Given(text)))

    @rule(which=st.integers(0, 40))
    def edit(self, which: int) -> None:
        entries = summary(self.form, self.draft)
        if entries:
            self.event(screens.Edit(entries[which % len(entries)].slot.id))

    @rule()
    def get_through_the_beginning(self) -> None:
        for event in (screens.Resume(), screens.AllFit(), screens.Answer(Given(picks=("unsure",))), screens.Continue(), screens.Agree()):
            self.event(event)

    @rule()
    def come_back_after_a_restart_of_the_program(self) -> None:
        self.draft = Draft.of(json.loads(json.dumps(self.draft.plain())))
        self.show = shown(self.form, self.draft, AIDS)

    @rule(which=st.integers(0, 20))
    def change_the_programme(self, which: int) -> None:
        possible = list(versions(self.form))
        self.form = replace(possible[which % len(possible)], version=self.form.version + 1)
        move = self.event(screens.Resume())
        assert move.draft.version == self.form.version or move.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED)

    @rule()
    def give_it_to_a_colleague(self) -> None:
        """They agree for themselves, then stand before the very same question."""
        if self.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED) or self.draft.version != self.form.version:
            return
        asked = current(self.form, self.draft) if self.draft.stage in (Stage.STEPS, Stage.SUMMARY) else None
        before = self.draft
        given = handed_on(before, self.now)
        kept(before, given, "")
        assert given.stamp > before.stamp
        assert given.consent is None
        self.take(Move(given, shown(self.form, given, AIDS)))
        if before.consent:
            assert self.draft.stage is Stage.CONSENT
            self.event(screens.Agree())
            if self.draft.stage is not Stage.OFFER:
                assert current(self.form, self.draft) == asked or before.stage is Stage.OFFER

    @rule(which=st.integers(0, 30))
    def switched_off_for_a_while(self, which: int) -> None:
        """What is said meanwhile is taken, nothing is handed in, and it is left for later: `filling._paused`."""
        if self.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED):
            return
        offered = self.choices()
        found = drawn.pressed(offered[which % len(offered)]) if offered else None
        event = found[2] if found else screens.Answer(Given("12"))
        if isinstance(event, screens.Discard):
            return
        before, asked = self.draft, current(self.form, self.draft)
        after = advance(self.form, before, event, AIDS, self.now, found[1] if found else None).draft
        left = replace(before if after.stage is Stage.SUBMITTED else after, away=True)
        kept(before, left, asked.id if asked and before.stage is Stage.STEPS else "")
        assert left.stage is not Stage.SUBMITTED
        self.take(Move(left, shown(self.form, left, AIDS)))
        self.event(screens.Resume())
        assert not self.draft.away

    @rule()
    def go_on_where_it_was_linked(self) -> None:
        """Another platform has nothing but the row, and no words or buttons of this one."""
        self.come_back_after_a_restart_of_the_program()
        self.pressed = ""

    @rule()
    def start_anew(self) -> None:
        self.event(screens.Restart())

    @precondition(lambda self: self.draft.stage is Stage.SUBMITTED)
    @rule(which=st.integers(0, 30))
    def staff_want_something_mended(self, which: int) -> None:
        entries = summary(self.form, self.draft)
        if not entries:
            return
        slot = entries[which % len(entries)].slot.id
        self.take(Move(back := correct(self.draft, {slot: "模糊"}, self.now), shown(self.form, back, AIDS)))
        if self.draft.version == self.form.version:
            ask = self.show[-1]
            assert isinstance(ask, screens.Ask)
            assert (ask.slot.id, ask.reason) == (slot, "模糊")

    @precondition(lambda self: self.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED))
    @rule()
    def begin_once_more(self) -> None:
        self.take(begin(self.form, "d1", KNOWN, AIDS, self.now))


def left_here(draft: Draft) -> Draft:
    return replace(draft, away=False)


def kept(before: Draft, after: Draft, asked: str) -> None:
    """Every answer is where it was, or aside under its old name, or offered again; only its own question may replace it."""
    if after.stage is Stage.DISCARDED:
        return
    for id, value in before.held.items():
        if value is None or id == asked:
            continue
        assert value in (after.held.get(id), after.held.get(f"{id}@{before.version}"), after.known.get(id)), id
    for id, pieces in before.pieces.items():
        assert id == asked or after.pieces[id] == pieces


def fits_held(draft: Draft, slot: str, step: Step) -> bool:
    value = draft.held.get(slot)
    return value is not None and fits(value, step, AIDS)


RUN = settings(
    max_examples=10,
    stateful_step_count=50,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.mark.parametrize("programme", sorted(forms()))
def test_no_order_of_events_loses_an_answer_or_leaves_somebody_without_a_way_on(programme: str) -> None:
    done.clear()
    machine = type("Application", (Application,), {"programme": programme})
    rounds = count()
    while done["events"] < STEPS / len(forms()):
        # The same examples everywhere, but other ones in each round: without a seed every round would repeat the first.
        run_state_machine_as_test(seed(next(rounds))(machine) if RUN.derandomize else machine, settings=RUN)
    assert {Stage.ELIGIBILITY, Stage.CONSENT, Stage.STEPS, Stage.SUMMARY, Stage.SUBMITTED} <= done.keys()

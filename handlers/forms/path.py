"""The questions that concern a person: what the answers so far bring up, in the order of the programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.forms.form import MORE, Form, Group, Step, Value, holds

Held = Mapping[str, Value | None]
"""Every answer ever given, by slot; None for a question skipped."""


@dataclass(frozen=True)
class Slot:
    """One question as it stands in one application. `id` is the step's key, inside a group `group.round.key`."""

    id: str
    step: Step
    group: str = ""
    round: int = 0

    def beside(self, key: str) -> str:
        """The slot of another step of its round, or of the programme."""
        return self.id.removesuffix(self.step.key) + key

    @property
    def told_round(self) -> int:
        """The round as people read it; 0 outside of rounds, also where they are asked whether there is to be a first one."""
        return 0 if self.step.key == MORE and self.round == 1 else self.round


def walk(form: Form, held: Held) -> tuple[Slot, ...]:
    """One pass is enough, since a condition names only earlier steps."""
    return tuple(_walk(form, held))


def _walk(form: Form, held: Held) -> Iterator[Slot]:
    live: dict[str, Value | None] = {}
    for part in form.parts:
        if isinstance(part, Group):
            yield from _rounds(part, held, live)
        elif not part.when or holds(part.when, live):
            live[part.key] = held.get(part.key)
            yield Slot(part.key, part)


def _rounds(group: Group, held: Held, outside: Mapping[str, Value | None]) -> Iterator[Slot]:
    for number in range(1, group.most + 1):
        if number > group.least:
            more = Slot(f"{group.key}.{number}.{MORE}", group.more, group.key, number)
            yield more
            if held.get(more.id) is not True:
                return
        live = dict(outside)
        for step in group.steps:
            if not step.when or holds(step.when, live):
                slot = Slot(f"{group.key}.{number}.{step.key}", step, group.key, number)
                live[step.key] = held.get(slot.id)
                yield slot


def answered(form: Form, held: Held) -> dict[str, Value | None]:
    """What counts: the answers to questions that concern the person."""
    return {slot.id: held[slot.id] for slot in walk(form, held) if slot.id in held}


def set_aside(form: Form, held: Held) -> dict[str, Value | None]:
    """Kept but not counted: it comes back when its question does."""
    counting = {slot.id for slot in walk(form, held)}
    return {id: value for id, value in held.items() if id not in counting}

"""What is shown as an example is an answer that the question takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.core.message import Text
from bot.words import LANGUAGES, Words
from handlers.forms.answers import Aids, Given, Refused
from handlers.forms.form import Step, forms
from handlers.forms.kinds import read
from handlers.forms.saying import example

WORDS = Words.open()
AIDS = Aids(date(2026, 11, 22), lambda id: tuple(WORDS.say(Text(id), language) for language in LANGUAGES))


def shown() -> Iterator[tuple[str, str, Step]]:
    for form in forms().values():
        conditions = tuple(condition.asks for condition in form.conditions if condition.asks)
        for step in (*form.steps, *conditions):
            for language in LANGUAGES:
                if said := example(step, language):
                    yield f"{form.id} {step.words} {language}", said if isinstance(said, str) else WORDS.say(said, language), step


@pytest.mark.parametrize(("text", "step"), [pytest.param(text, step, id=id) for id, text, step in shown()])
def test_an_example_is_taken_by_its_own_question(text: str, step: Step) -> None:
    for one in text.replace("，或 ", "\n").replace("，或", "\n").replace(", or ", "\n").replace("或 ", "\n").split("\n"):
        outcome = read(Given(one), step, AIDS)
        assert not isinstance(outcome, Refused), (one, outcome)

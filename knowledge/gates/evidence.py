"""How much of a question a clause must hold: what gates.yaml lists, and what all gates measure matches by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.glossary import glossary
from knowledge.language import language
from knowledge.lists import word_list
from knowledge.passages import Match
from knowledge.question import Question

_FILE = Path(__file__).parents[1] / "gates.yaml"
ALIKE_ENOUGH = 0.6
"""As much like a curated question as one that asks the same."""
ITS_OWN = 0.6
"""What a clause is worth for the place asked about that speaks of that place itself, at least."""
NEAR_IT = 0.4
"""That lies in the place asked about, or lays down what holds there, too; less is another place's."""
HALF = 0.5
SOME_COVER = 0.18
NEAREST = 4
"""Matches that are looked at for what is asked for."""


@dataclass(frozen=True)
class Thresholds:
    """Shares of the subject that must be found; gates.yaml says why they are what they are."""

    stranger: float
    covering: float
    figure: float
    untranslated: float
    barely: float
    alike: float


@dataclass(frozen=True)
class Evidence:
    """Shares, of which either is enough."""

    cover: float
    likeness: float

    def suffices(self, match: Match) -> bool:
        times = strictness.get()
        return match.likeness >= times * self.likeness or match.cover >= times * self.cover


strictness: ContextVar[float] = ContextVar("strictness", default=1.0)
"""How many times the evidence of gates.yaml is needed: 1, except where it is measured what other amounts would do."""


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = word_list(_FILE, {"cover", "likeness", "thresholds"})
    return content


@cache
def thresholds() -> Thresholds:
    return Thresholds(**_content()["thresholds"])


@cache
def pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_content()[name]))


@cache
def evidence(band: str, kind: str) -> Evidence:
    return Evidence(**_content()[band][kind])


def kind_of(question: Question) -> str:
    """What makes a question likely to be one for us."""
    place = bool(question.regions or question.documents or question.leaned)
    if question.anchored:
        return "field and place" if place else "field"
    return "place" if place else "neither"


def asked_before(question: Question, matches: Sequence[Match]) -> bool:
    """Curators say that the first clause answers just this: a question that is nearly the same and asks for the same."""
    first = next(iter(matches), None)
    if first is None or first.likeness < ALIKE_ENOUGH or first.place < ITS_OWN:
        return False
    return all(ask.cues.search(first.alike_text) for ask in question.asks)


def is_a_term(word: str) -> bool:
    return word in glossary().names or bool(language().anchors.fullmatch(word))


def of_its_place(question: Question, match: Match) -> bool:
    """Not of another place than the one named, whose figures and years are its own."""
    return not question.regions or match.place >= NEAR_IT


def to_the_point(matches: Sequence[Match]) -> list[Match]:
    """The first matches, without those that hold much less of the subject than the best: their figures are for something else."""
    official = [match.cover for match in matches[:10] if match.entry.document.official]
    # A text that nobody issued, further down, does not set what the first ones are measured by.
    enough = thresholds().figure * max([*official, *(match.cover for match in matches[:1])], default=0.0)
    return [match for match in matches[:NEAREST] if match.cover >= enough]

"""All gates, in the order in which they are asked whether a question has no answer here."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.gates import asked, departments, documents, figures, places, subjects
from knowledge.gates.evidence import asked_before
from knowledge.gates.refusal import UNSURE, Refusal
from knowledge.passages import Match
from knowledge.question import Question

_GATES = (
    documents.not_ours,
    documents.fact_not_stated,
    places.not_held,
    subjects.of_other_offices,
    subjects.term_unexplained,
    figures.of_the_country,
    subjects.untranslated,
    subjects.not_found,
    subjects.only_heard,
    figures.of_other_places,
    places.strange,
    subjects.head_missing,
    asked.missing,
    figures.none_at_all,
    departments.not_named,
    asked.unofficial,
    figures.of_another_year,
    figures.of_the_past,
    figures.of_other_things,
    figures.of_what_stands_beside,
)
_OF_WHAT_IS_ASKED = frozenset(
    {
        figures.of_other_places,
        asked.missing,
        figures.none_at_all,
        departments.not_named,
        asked.unofficial,
        figures.of_other_things,
        figures.of_the_past,
        figures.of_what_stands_beside,
    }
)
"""Gates that judge by single words whether what is asked for is told: a curator who had the whole question before them knows better."""


def refused(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """The first sure reason not to answer, or else the first doubt, or nothing. `matches` come best first."""
    doubt = None
    for gate in _GATES:
        if refusal := gate(question, matches):
            if gate in _OF_WHAT_IS_ASKED and asked_before(question, matches):
                continue
            if refusal.reason != UNSURE:
                return refusal
            doubt = doubt or refusal
    return doubt

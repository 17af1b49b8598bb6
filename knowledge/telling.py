"""Of the clauses found, those first that tell all that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.gates.asked import how_to, needed, tells
from knowledge.gates.departments import asks_who, names_departments
from knowledge.gates.evidence import asked_before, evidence, kind_of, of_its_place, to_the_point
from knowledge.gates.figures import FIGURES, counting_first, counts_things, speaks_of
from knowledge.passages import Match
from knowledge.question import Question

_NEARLY_AS_GOOD = 0.75
_FIRST = ("award", "aid", "date", "procedure", "where")
"""Asks whose answer comes before sentences that hold more of the subject."""


def telling(question: Question, matches: Sequence[Match]) -> list[Match]:
    """The matches with those first that hold all that is asked for, and those last that may not tell it."""
    if how_to(question):
        matches = sorted(matches, key=lambda match: not match.entry.document.official)
    if not question.documents:
        matches = _issued_first(question, matches)
    if question.years and any(question.asks_for(id) for id in FIGURES):
        enough = {id(match) for match in to_the_point(matches) if of_its_place(question, match)}
        matches = sorted(matches, key=lambda match: not (id(match) in enough and speaks_of(match, question.years[0])))
    if counts_things(question):
        matches = counting_first(question, matches)
    if asks_who(question) and not asked_before(question, matches):
        named = {id(match) for match in to_the_point(matches) if names_departments(question, match)}
        matches = sorted(matches, key=lambda match: id(match) not in named)
    asks = [ask for ask in needed(question) if ask.id in _FIRST]
    if not asks:
        return list(matches)
    able = {id(match) for match in to_the_point(matches) if all(tells(question, match, ask) for ask in asks)}
    return sorted(matches, key=lambda match: id(match) not in able)


def _issued_first(question: Question, matches: Sequence[Match]) -> Sequence[Match]:
    """A text that nobody issued does not stand before one that was and answers, too."""
    if not matches or matches[0].entry.document.official:
        return matches
    enough, least = evidence("answer", kind_of(question)), _NEARLY_AS_GOOD * matches[0].score
    ahead = [match for match in matches[:4] if match.entry.document.official and match.score >= least and enough.suffices(match)]
    return [*ahead, *(match for match in matches if match not in ahead)]

"""Who is responsible for something, where nobody is named for it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.excerpts import departments_of
from knowledge.gates.evidence import ITS_OWN, pattern, to_the_point
from knowledge.gates.refusal import Refusal
from knowledge.passages import Match
from knowledge.question import Question


def asks_for_duties(question: Question) -> bool:
    """What somebody named sees to, rather than who sees to something."""
    return bool(pattern("duties").search(question.asked))


def not_named(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """Who is responsible for what is found, where its document names nobody for it."""
    if not asks_who(question) or any(names_departments(question, match) for match in to_the_point(matches)):
        return None
    return Refusal("attribute-missing", "department")


def asks_who(question: Question) -> bool:
    """Who is responsible for a subject, rather than who does something in it, or of whom a document is."""
    asked = question.asks_for("department") and any(pattern("responsible").search(text) for text in (question.asked, question.text))
    return asked and bool(question.subject) and not any(ask.front for ask in question.asks)


def names_departments(question: Question, match: Match) -> bool:
    """In its sentence, or in the list of departments below it; another place's are no answer."""
    if match.place < ITS_OWN:
        return False
    departments = departments_of(match.entry.clause, match.entry.passage)
    return departments is not None or bool(pattern("names_departments").search(match.sentence.normal))

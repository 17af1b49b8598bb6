"""What is asked of a subject (a fee, a telephone number, a way to apply …), and whether a clause tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.gates.evidence import ALIKE_ENOUGH, HALF, ITS_OWN, to_the_point
from knowledge.gates.refusal import Refusal
from knowledge.language import Ask, language
from knowledge.passages import Match
from knowledge.question import Question

_HOW_TO = ("procedure", "where", "condition", "form", "fee", "deadline")
_AIDS = ("award", "aid", "higher")
_COVERED = 0.5
_DATED = re.compile(r"[^。]{0,12}到\s*20\d\d\s*年")
_BARE = 2
"""A question with no more to its subject names a whole field: 专利, 商标."""


def missing(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A fee, a telephone number, a closing date …: no clause that is found has one."""
    for ask in needed(question):
        if ask.id in _HOW_TO and matches[0].likeness >= ALIKE_ENOUGH:
            continue  # just this is what curators say the clause answers
        if not any(tells(question, match, ask) for match in to_the_point(matches)):
            return Refusal("attribute-missing", ask.about)
    return None


def unofficial(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How something is done is no matter for a text that nobody issued, unless it is the text asked about."""
    ask = how_to(question)
    if ask is None or not matches:
        return None
    official = [match for match in (matches[0], *to_the_point(matches)) if match.entry.document.official]
    if any(tells(question, match, ask) for match in official) or (official and not ask.needed):
        return None
    return Refusal("attribute-missing", ask.about)


def how_to(question: Question) -> Ask | None:
    if question.documents:
        return None
    return next((ask for ask in question.asks if ask.id in _HOW_TO), None)


def needed(question: Question) -> tuple[Ask, ...]:
    """What the answering sentence must hold. When a document was issued or runs out is no date of what it says."""
    front = any(ask.front for ask in question.asks)
    return tuple(ask for ask in question.asks if ask.needed and not (front and ask.id in ("date", "duration")))


def tells(question: Question, match: Match, ask: Ask) -> bool:
    """Whether a sentence has what is asked for.

    An amount that one place gives is not what another gives, and what a province gives for something is not its city's aid for
    everything; which of two places gives more is in the text of neither. The year of targets stands once, before all of them.
    """
    if ask.id == "higher" and len(question.regions) > 1:
        return False
    if ask.id in _AIDS and match.place < (_COVERED if len(question.subject) > _BARE else ITS_OWN):
        return False
    if ask.id in (*_AIDS, "where") and not _names_subject(question, match.sentence.normal):
        return False
    if ask.id == "money" and not on_subject(question, match, match.sentence.normal):
        return False
    if ask.wants.search(match.sentence.normal):
        return True
    return ask.id == "date" and bool(_DATED.match(match.entry.normal))


def on_subject(question: Question, match: Match, text: str) -> bool:
    """An amount in the next sentence is for something else: what it is for must stand beside it, in the question's words or in others."""
    return _names_subject(question, text) or match.cover >= HALF


def _names_subject(question: Question, text: str) -> bool:
    open_words = language().open_words | language().broad_words
    subject = [word for word in question.words if word.text not in open_words]
    return not subject or any(spelt in text for word in subject for spelt in (word.text, word.core, *word.instead))

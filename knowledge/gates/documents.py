"""A document that is none of ours, and facts that one of ours does not state of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.gates.evidence import pattern
from knowledge.gates.refusal import Refusal
from knowledge.passages import Match
from knowledge.question import Question
from knowledge.regions import regions

_NEARLY_NAMED = 85
_TITLE = re.compile(r"《([^《》]+)》")
_FACTS = ("number", "issuer", "issued", "effective", "validity", "period", "repeal")
"""What a document's own page lists."""


def not_ours(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A document that is none of ours and that no clause mentions; what it says no clause tells, even one that mentions it."""
    for title in question.foreign_titles:
        if pattern("contents").search(question.asked) or not any(_mentions(match, title) for match in matches[:10]):
            return Refusal("document-not-held", title)
    return None


def _mentions(match: Match, title: str) -> bool:
    """In other small words, too (和, 与), or as a part of a longer name."""
    text = match.entry.normal
    return fuzz.partial_ratio(title, text) >= _NEARLY_NAMED or any(_within(title, name) for name in _TITLE.findall(text))


def _within(part: str, whole: str) -> bool:
    """All characters in their order."""
    rest = iter(whole)
    return all(character in rest for character in part)


def fact_not_stated(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What a document says of itself, where the one that is meant does not say it: what another document says is no answer."""
    asked = next((ask for ask in question.asks if ask.id in _FACTS), None)
    meant = question.documents or question.regions
    # Of another year is another document, which one of ours may speak of.
    if asked is None or question.subject or question.years or len(meant) != 1:
        return None
    own = [match for match in matches if meant[0] in (match.entry.document.id, match.entry.document.region)]
    if any(asked.wants.search(match.sentence.normal) for match in own):
        return None
    held = meant[0] not in regions() or regions()[meant[0]].held
    return Refusal("fact-not-stated" if held else "region-not-held", meant[0])

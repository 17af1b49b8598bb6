"""A subject that our texts do not hold, or of which what is found hardly speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.gates.asked import needed
from knowledge.gates.evidence import (
    ALIKE_ENOUGH,
    HALF,
    NEAREST,
    SOME_COVER,
    asked_before,
    evidence,
    is_a_term,
    kind_of,
    pattern,
    thresholds,
)
from knowledge.gates.refusal import UNSURE, Refusal
from knowledge.passages import Match
from knowledge.question import Question
from knowledge.regions import with_programme

_ALIKE = 0.14
_ALIKE_IN_ENGLISH = 0.3
_AS_MUCH = 0.55
_PAIR = 2
_NEAR = 8
_ITEM = re.compile(r"[、,;。:]")


def of_other_offices(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What other offices see to, or is done case by case, unless a clause or a curated question speaks of it, too."""
    # 专利体检 is no medical one: what the glossary knows as a whole is no subject of another office.
    ours = [saying.said for saying in question.sayings]
    practice = _said("practice", question)
    for word in (*(word for word in _said("strangers", question) if not any(word in said for said in ours)), *practice):
        if not any(_tells_of(question, match, word, word in practice) for match in matches[:3]) and not (
            asked_before(question, matches) and word in matches[0].alike_text
        ):
            return Refusal("subject-unknown", word)
    return None


def _said(name: str, question: Question) -> tuple[str, ...]:
    """The words of a list that a question has; an English one in Chinese, too."""
    asked = f"{question.asked} {''.join(word.text for word in question.words)}" if question.english else question.asked
    return tuple(dict.fromkeys(found.group() for found in pattern(name).finditer(asked)))


def _tells_of(question: Question, match: Match, word: str, practice: bool) -> bool:
    """How something is done at the national office is not told by a text that nobody issued and that only names it."""
    issued = match.entry.document.official or bool(question.documents) or not practice
    return issued and word in match.entry.normal and match.cover >= SOME_COVER


def term_unexplained(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What a term of our field means, or how two differ: texts that use it everywhere explain it nowhere, unless a curator found where."""
    named = question.regions or question.documents or with_programme(question.text)
    if named or needed(question) or not pattern("meaning").search(question.asked):
        return None
    # PCT has no Han characters, and is no word then.
    words = [word.text for word in question.words] or [saying.said for saying in question.sayings]
    if not words or not all(map(is_a_term, words)) or any(map(pattern("described").search, words)):
        return None
    if any(match.likeness >= ALIKE_ENOUGH and pattern("meaning").search(match.alike_text) for match in matches[:1]):
        return None
    return Refusal("attribute-missing", "meaning")


def untranslated(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """An English question of which half has no Chinese words here is about something else, unless one like it is curated."""
    if question.untranslated < thresholds().untranslated or (matches and matches[0].likeness >= _ALIKE_IN_ENGLISH):
        return None
    return Refusal("subject-unknown")


def not_found(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How sure it is that the first clause is about what the question is about."""
    if not question.subject:
        return None
    kind = kind_of(question)
    if _of_a_document(question, matches) or (
        matches and evidence("answer", kind).suffices(matches[0]) and not _by_chance(kind, matches[0])
    ):
        return None
    worth_asking = any(evidence("ask", kind_of(question)).suffices(match) for match in matches[:3])
    return Refusal(UNSURE if worth_asking else "subject-unknown")


def _by_chance(kind: str, match: Match) -> bool:
    """Alike a curated question in little more than how one asks."""
    return kind == "place" and match.cover < thresholds().barely and match.likeness < thresholds().alike


def _of_a_document(question: Question, matches: Sequence[Match]) -> bool:
    """A fact of a document is asked for, and whose: its front says that in no word of the question."""
    front = any(ask.front for ask in question.asks)
    return front and bool(question.documents or ((question.regions or question.leaned) and not _of_something_else(question, matches)))


def _of_something_else(question: Question, matches: Sequence[Match]) -> bool:
    """Not the document's date or issuer is asked for, but a licence's or a rule's of which nothing found has a word."""
    said = any(atom.worth > HALF for atom in question.subject)
    return said and not question.anchored and all(match.cover < HALF for match in matches[:NEAREST])


def only_heard(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """Of what is typed in Latin letters two syllables sound like something of ours in nearly any sentence."""
    if question.anchored or kind_of(question) != "neither" or not question.subject or any(atom.key for atom in question.subject):
        return None
    enough = evidence("answer", "neither").likeness
    return None if any(match.likeness >= enough for match in matches[:1]) else Refusal("subject-unknown")


def head_missing(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What any office could be asked is answered only by a sentence with what is asked for, its words as near as in the question.

    The last word is what is asked for: 新能源汽车补贴 asks for 补贴. What clauses may say instead does not count where it is only
    another word of the question.
    """
    if question.anchored or question.asks or question.untranslated or not question.words:
        return None
    if matches[0].likeness >= _ALIKE:
        return None
    best = [match for match in matches[:3] if match.cover >= _AS_MUCH * matches[0].cover]
    if any(_has_head(question, match) and not _scattered(question, match) for match in best):
        return None
    return Refusal(UNSURE if kind_of(question) == "place" else "subject-unknown")


def _has_head(question: Question, match: Match) -> bool:
    *before, head = question.words
    own = {word.text for word in before}
    text = f"{match.entry.heading} {match.sentence.normal}"
    if head.text in text or any(word in text for word in head.instead if word not in own):
        return True
    return len(head.text) > _PAIR and bool(re.search(f"{re.escape(head.text[:-1])}.{{0,{_NEAR}}}{re.escape(head.text[-1])}", text))


def _scattered(question: Question, match: Match) -> bool:
    """Words that follow each other in the question stand in different items of a list."""
    text = match.sentence.normal
    following = [
        (first.text, second.text)
        for first, second in pairwise(question.words)
        if first.at + len(first.text) == second.at and first.text in text and second.text in text
    ]
    items = _ITEM.split(text)
    return bool(following) and not any(first in item and second in item for first, second in following for item in items)

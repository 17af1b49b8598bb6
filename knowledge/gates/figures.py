"""A figure that is asked for and not told: of the whole country, of another place, year or unit, or none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.counted import HOW_MANY, counted, counts, stands
from knowledge.document import Document
from knowledge.gates.asked import on_subject
from knowledge.gates.evidence import (
    ALIKE_ENOUGH,
    HALF,
    ITS_OWN,
    SOME_COVER,
    is_a_term,
    of_its_place,
    pattern,
    thresholds,
    to_the_point,
)
from knowledge.gates.refusal import Refusal
from knowledge.passages import Match
from knowledge.question import Question
from knowledge.ranking import asks_ahead, asks_for_all_targets, looks_ahead, looks_back

FIGURES = ("count", "target", "money")
_A_FIGURE = re.compile(r"[\d□](?!\d{0,3}年)|翻[一两]番|全覆盖")
_HOW_MUCH = re.compile(r"多少|多大|比例|how (many|much)")
_COUNTS = re.compile(r"[\d□](?!\d{0,3}年)|翻[一两]番|全覆盖|一定(?:比例|数额|额度)|[一二三四五六七八九十两百千][个家项件名位类大级批条所]")
_COUNTED = (frozenset("件个项"), frozenset("人名位"))
_COUNTED_AS = frozenset("件人名位")
"""Units that clauses use themselves; 个 and 项 are said of anything."""
_TITLE = re.compile("《[^《》]*》")
_KIND = 2
_TELLING = 4
"""A name of so many characters is no word that any clause has: 领军人才, and not 案件."""
_FAR = 10
"""Among so many matches one is looked for that counts what is asked about."""


def of_the_country(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure for the whole country: what one place has or aims at is none."""
    asked = next((ask for ask in question.asks if ask.id in (*FIGURES, "duration")), None)
    named = question.regions or question.documents or question.levels
    if named or asked is None or not pattern("nationwide").search(question.asked):
        return None
    if any(pattern("nationwide").search(match.sentence.normal) for match in to_the_point(matches)):
        return None
    return Refusal("attribute-missing", asked.about)


def of_other_places(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure that other places set and the one asked about does not."""
    asked = next((id for id in ("target", "count") if question.asks_for(id)), "")
    if not asked or not question.regions or any(ask.front for ask in question.asks) or asks_for_all_targets(question):
        return None
    own = [match for match in matches if match.place >= ITS_OWN]
    others = [match for match in matches if match.place < ITS_OWN]
    enough = thresholds().figure * max((match.cover for match in matches[:10]), default=0.0)
    if any(_has_figure(match) for match in own if match.cover >= HALF * enough):
        return None
    if any(_has_figure(match) for match in others if match.cover >= enough):
        return Refusal("attribute-missing", asked)
    return None


def _has_figure(match: Match) -> bool:
    return bool(_A_FIGURE.search(match.sentence.normal))


def none_at_all(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How much or how many, where nothing to the point has a figure at all, and no curated question is this one."""
    asked = _HOW_MUCH.search(question.asked) and not question.asks_for("department")
    if not asked or any(ask.front for ask in question.asks) or matches[0].likeness >= ALIKE_ENOUGH:
        return None
    of_its_year = [match for match in matches[:1] if any(speaks_of(match, year) for year in question.years)]
    own = [match for match in matches[:1] if match.place >= ITS_OWN and match.cover >= HALF]
    near = (*of_its_year, *own, *to_the_point(matches))
    if any(_COUNTS.search(match.entry.normal) and on_subject(question, match, match.entry.normal) for match in near):
        return None
    return Refusal("attribute-missing", "count")


def of_other_things(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How many patents or people there are is told by no number of anything else."""
    counted = [units for units in _COUNTED if units & _COUNTED_AS & set(question.units)]
    if not counted or not question.asks_for("count"):
        return None
    alike = "".join(sorted(frozenset().union(*counted)))
    figure = re.compile(rf"[\d□一二三四五六七八九十两百千][\d.,□]*\s*[余多万亿]*[{alike}]|[(（]万?[{alike}][)）]|翻[一两]番")
    near = [match for match in matches[:3] if match.cover >= SOME_COVER]
    if any(figure.search(match.sentence.normal) for match in [*near, *to_the_point(matches)]):
        return None
    return Refusal("attribute-missing", "count")


def of_what_stands_beside(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How many there are of something, where what is found says it and counts other things, or does not speak of a term at all."""
    if not counts_things(question) or _counting(question, matches) or _by_name(question, matches):
        return None
    word = counted(question)
    # How many steps or kinds there are may be told by naming them.
    a_name = word is not None and (len(word.core) > _KIND or is_a_term(word.core))
    spoken_of = word is not None and a_name and any(stands(word, match.sentence.normal) for match in matches[:1])
    return Refusal("attribute-missing", "count") if spoken_of or _of_terms(question) else None


def counts_things(question: Question) -> bool:
    """How many there are of something is asked."""
    if not HOW_MANY.search(question.asked) or not question.asks_for("count"):
        return False
    return not any(map(question.asks_for, ("money", "department")))


def counting_first(question: Question, matches: Sequence[Match]) -> list[Match]:
    """The matches with those first that count what is asked for."""
    found = _counting(question, matches)
    if not found:
        found = [match for match in _by_name(question, matches) if match.cover >= HALF * matches[0].cover]
    first = {id(match): match for match in found}
    return [*first.values(), *(match for match in matches if id(match) not in first)]


def _of_terms(question: Question) -> bool:
    return bool(question.words) and all(is_a_term(word.core) for word in question.words)


def _counting(question: Question, matches: Sequence[Match]) -> list[Match]:
    """Those of the first matches that count just that, in the place asked about."""
    return [match for match in _in_its_place(question, matches, 1.0) if counts(question, match)]


def _by_name(question: Question, matches: Sequence[Match]) -> list[Match]:
    """Those further down that count it by its own name, where that says much and what is found first does not count it."""
    word = counted(question)
    if word is None or len(word.core) < _TELLING or any(counts(question, match) for match in matches[:1]):
        return []
    near = _in_its_place(question, matches, SOME_COVER)
    return [match for match in near if stands(word, match.entry.normal) and counts(question, match)]


def _in_its_place(question: Question, matches: Sequence[Match], least: float) -> list[Match]:
    """The first match, and of the next those of the place or document meant that hold about as much, or `least` of the subject."""
    enough = min(least, thresholds().figure * max((match.cover for match in matches[:1]), default=0.0))
    near = [match for match in matches[:_FAR] if match.place >= ITS_OWN and match.cover >= enough]
    meant = [match for match in near if not question.documents or match.entry.document.id in question.documents]
    return list({id(match): match for match in (*matches[:1], *meant)}.values())


def of_the_past(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure to be reached, where all that holds the subject in the place asked about tells what was reached before."""
    if not any(map(question.asks_for, ("count", "target"))) or not asks_ahead(question):
        return None
    own = [match for match in matches[:_FAR] if match.place >= ITS_OWN]
    most = max((match.cover for match in own), default=0.0)
    near = [match for match in own if match.cover >= most * (HALF if looks_ahead(match) else thresholds().figure)]
    return Refusal("attribute-missing", "target") if near and all(map(looks_back, near)) else None


def of_another_year(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure for a year that the passage found does not speak of."""
    figures = any(question.asks_for(id) for id in FIGURES)
    if any(ask.front for ask in question.asks):
        return None
    for year in question.years:
        near = to_the_point(matches[:3]) if figures else matches[:3]
        found = [match for match in near if of_its_place(question, match)] or near
        if not any(speaks_of(match, year) or (not figures and _covers(match, year)) for match in found):
            return Refusal("attribute-missing", str(year))
    return None


def _covers(match: Match, year: int) -> bool:
    """The plan was in force then: an answer to what is done, not to how much was reached."""
    document = match.entry.document
    first, last = document.period or (0, year)
    if first in (0, last):
        # Only the year of its targets is stated, or none: it was in force from its own year on.
        dated = str(document.issued.on.year) if document.issued.on else document.issued.shown or document.fields.get("adopted", "")
        first = int(dated[:4]) if dated[:4].isdecimal() else 0
    return first <= year <= last


def speaks_of(match: Match, year: int) -> bool:
    entry = match.entry
    document: Document = entry.document
    if document.period and year == document.period[1]:
        return True
    # 《…纲要(2021-2035年)》 is the year of another document, of which the passage says nothing.
    return any(str(year) in text for text in (_TITLE.sub("", entry.normal), entry.heading, entry.above, document.title))

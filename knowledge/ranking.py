"""What a match keeps of its score: by whose document it stands in, and by whether it tells of what was, is or will be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from itertools import zip_longest

from knowledge.document import Document, PassageKind
from knowledge.excerpts import departments_of
from knowledge.passages import Match
from knowledge.question import Question
from knowledge.regions import Region, ancestors, covering, regions

OWN = 1.0
_NEAREST_NAMED = 1.0
_NEAREST = 0.8
_ALSO_NAMED = 0.85
COVERING = 0.5
_BELOW = 0.4
_STRANGE_NAMED = 0.5
_STRANGE = 0.25
_UNOFFICIAL_FOR_PLACE = 0.15
_UNOFFICIAL = 0.85
_OTHER_DOCUMENT = 0.4
_OTHER_LEVEL = 0.75
_DEPARTMENTS_AS_TEXT = 0.6
_NO_DEPARTMENTS = 0.6
_BACKGROUND = 0.88
_BACKGROUND_COMPARED = 0.8
_FOUND_BACK = 1.05
"""What has been achieved stands in the overviews; people ask what is being done, unless they say otherwise."""
_IN_A_TITLE = 0.75
_PAST_FOR_TARGET = 0.6
_TARGET_FOUND = 1.1
_TARGET_FOR_PAST = 0.92
_FIGURES_FOR_DEEDS = 0.65
_ONE_OF_ALL_TARGETS = 0.5
"""A row of a table says one of them; the clause above it says what they are for."""

_A_TITLE = re.compile("《[^《》]*》")
_LOOKING_BACK = re.compile(
    r"十三五|20(1\d|20)|已经?|了多少|累计|过去|此前|以前|成效|成就|现状|基础|问题|短板|机遇|挑战|形势|截至|拿过|拿了|现有|目前有|全国首|曾"
    r"|\b(last|past|previous|previously|already|achieved|reached|so far)\b"
)
_LOOKING_AHEAD = re.compile(
    r"目标|力争|争取|(计划|打算|准备|预计)(要|在|到|让|新增|建|培|达|引|做|再|拿|获|办)|达到?(多少|几|什么)|(要|将)(新增|建|培育|培养|引进|引育|设立|新设|打造|形成|达|增|超|突破|做到|提高)"
    r"|要(多少|几)(?!钱|元|天|年|月|个月|个工作日|久)|今后|以后|未来|将来|20(2[1-9]|3\d)年?"
    r"|\b(targets?|goals?|aim(s|ed|ing)?|will|intends?|expects?)\b|\bplan(s|ned|ning)? to\b"
    r"|\b(does|do|did) .{1,40}\b(plan|want|hope)\b"
)
_HAVING = re.compile(r"有了?(多少|几)|多少.{0,12}了[?。!]*$|how many .{0,60}\b(did|has|have|had|so far)\b")
_DEEDS = re.compile(r"支持|扶持|帮扶|帮助|政策|措施|举措|做法|怎么做|做什么|做了?哪些|有(哪些|什么|啥)")
_TARGET_SENTENCE = re.compile(r"到\s*(20(2[1-9]|3\d)年|“?十四五”?末)|力争|2025年目标值")
_PAST_CHAPTER = re.compile(r"[、)](发展基础|面临形势|机遇与挑战)")
_LAST_YEAR_REACHED = 2020


def ranked(question: Question, found: Iterable[Match], compared: bool = False) -> list[Match]:
    """Weighed by place, document and level, best first; equal ones in reading order. `compared`: it is one side of a comparison."""
    looks = _looks(question, compared)
    weighed = (
        replace(match, score=match.score * _factor(question, match, compared) * _in_time(looks, match), place=_place(question, match))
        for match in found
    )
    return sorted(weighed, key=lambda match: (-match.score, match.entry.number))


def compared(question: Question, found: list[Match]) -> tuple[list[Match], int]:
    """The best of each place named, in turn, and how many places have one."""
    lanes = []
    for id in question.regions:
        lane = ranked(replace(question, regions=(id,)), found, compared=True)
        lanes.append(one_per_clause(match for match in lane if _speaks_for(match, id)) or lane[:1])
    mixed = {match.entry.number: match for row in zip_longest(*lanes) for match in row if match}
    return list(mixed.values()), len({lane[0].entry.number for lane in lanes if lane})


def _factor(question: Question, match: Match, compared: bool) -> float:
    """What a match keeps of its score by the places, documents and level of government the question means."""
    document = match.entry.document
    factor = _DEPARTMENTS_AS_TEXT if match.entry.is_departments else 1.0
    if _in_a_title_only(question, match):
        factor *= _IN_A_TITLE
    if asks_for_all_targets(question) and not _says_all_targets(match):
        factor *= _ONE_OF_ALL_TARGETS
    if question.asks_for("department") and departments_of(match.entry.clause, match.entry.passage) is None:
        factor *= _NO_DEPARTMENTS
    if "overview" in match.entry.clause.themes:
        ahead = _BACKGROUND_COMPARED if compared or len(question.regions) > 1 else _BACKGROUND
        factor *= _FOUND_BACK if _LOOKING_BACK.search(question.text) else ahead
    if question.documents:
        factor *= 1.0 if document.id in question.documents else _OTHER_DOCUMENT
    if question.regions:
        factor *= _place(question, match)
    elif question.leaned and not question.documents:
        factor *= 0.5 + 0.5 * max(_for_place(document, match, id) for id in question.leaned)
    elif not document.official and not question.documents:
        factor *= _UNOFFICIAL
    if question.levels and document.level not in question.levels and not question.regions:
        factor *= _OTHER_LEVEL
    return factor


def asks_for_all_targets(question: Question) -> bool:
    """Nothing but a place or a document is named whose targets are asked for."""
    return question.asks_for("target") and not question.subject


def _says_all_targets(match: Match) -> bool:
    entry = match.entry
    return "targets" in entry.clause.themes and entry.passage.kind is not PassageKind.ROW


def _in_a_title_only(question: Question, match: Match) -> bool:
    """The sentence only names documents on the subject, and what is in them is asked about."""
    text = match.sentence.normal
    if "《" not in text or _looks(question, False) is not _Looks.DEEDS:
        return False
    said = [word.text for word in question.words if word.text in text]
    outside = _A_TITLE.sub("", text)
    return bool(said) and not any(word in outside for word in said)


def _in_time(looks: _Looks, match: Match) -> float:
    """What a match keeps by whether it tells what was reached, what is to be reached, or what is done, and which of them is asked about."""
    if looks is _Looks.ANYWHERE:
        return 1.0
    stands = _stands(match)
    if looks is _Looks.AHEAD:
        return {_Looks.BACK: _PAST_FOR_TARGET, _Looks.AHEAD: _TARGET_FOUND}.get(stands, 1.0)
    if looks is _Looks.BACK:
        return {_Looks.BACK: _FOUND_BACK, _Looks.AHEAD: _TARGET_FOR_PAST}.get(stands, 1.0)
    return 1.0 if stands is _Looks.ANYWHERE else _FIGURES_FOR_DEEDS


class _Looks(Enum):
    """Where a question looks, or a sentence stands."""

    BACK = 1
    AHEAD = 2
    DEEDS = 3
    ANYWHERE = 4


def _looks(question: Question, compared: bool) -> _Looks:
    if (question.years and max(question.years) <= _LAST_YEAR_REACHED) or _LOOKING_BACK.search(question.asked):
        return _Looks.ANYWHERE
    if _LOOKING_AHEAD.search(question.asked):
        return _Looks.AHEAD
    if question.asks_for("count"):
        return _Looks.BACK if _HAVING.search(question.asked) else _Looks.ANYWHERE
    asks = {ask.id for ask in question.asks}
    deeds = "procedure" in asks or compared or len(question.regions) > 1 or (not asks and _DEEDS.search(question.asked))
    return _Looks.DEEDS if deeds else _Looks.ANYWHERE


def _stands(match: Match) -> _Looks:
    entry, text = match.entry, match.sentence.normal
    if _TARGET_SENTENCE.search(text):
        return _Looks.AHEAD
    if _PAST_CHAPTER.search(f"{entry.above} {entry.heading}"):
        return _Looks.BACK
    return _Looks.AHEAD if "targets" in entry.clause.themes else _Looks.ANYWHERE


def asks_ahead(question: Question) -> bool:
    return _looks(question, False) is _Looks.AHEAD


def looks_ahead(match: Match) -> bool:
    return _stands(match) is _Looks.AHEAD


def looks_back(match: Match) -> bool:
    return _stands(match) is _Looks.BACK


def _place(question: Question, match: Match) -> float:
    """What a match is worth for the places named; where none is, or a document is named, all are as good."""
    if not question.regions or question.documents:
        return 1.0
    return max(_for_place(match.entry.document, match, id) for id in question.regions)


def _for_place(document: Document, match: Match, id: str) -> float:
    if document.region is None:
        return _UNOFFICIAL_FOR_PLACE
    if document.region == id:
        return OWN
    named = names(match, regions()[id])
    above = [region.id for region in covering(id) if region.id != id]
    if document.region in above:
        nearest = document.region == above[0] and not regions()[id].held
        return (_NEAREST_NAMED if named else _NEAREST) if nearest else (_ALSO_NAMED if named else COVERING)
    if id in {region.id for region in ancestors(document.region)}:
        return _BELOW
    return _STRANGE_NAMED if named else _STRANGE


def names(match: Match, place: Region) -> bool:
    return any(alias in match.sentence.normal for alias in place.aliases)


def worth_of(question: Question, document: Document) -> float:
    """What a document's passages may be worth at most for the places and documents named: for the first look."""
    if question.documents:
        return 1.0 if document.id in question.documents else _OTHER_DOCUMENT
    return max((_at_best(document, id) for id in question.regions), default=1.0)


def _at_best(document: Document, id: str) -> float:
    if document.region is None:
        return _UNOFFICIAL_FOR_PLACE
    if document.region == id:
        return OWN
    if document.region in {region.id for region in covering(id)}:
        return _NEAREST_NAMED
    return _BELOW if id in {region.id for region in ancestors(document.region)} else _STRANGE_NAMED


def _speaks_for(match: Match, id: str) -> bool:
    return _for_place(match.entry.document, match, id) >= _ALSO_NAMED


def one_per_document(matches: Iterable[Match]) -> list[Match]:
    best: dict[str, Match] = {}
    for match in matches:
        best.setdefault(match.entry.document.id, match)
    return list(best.values())


def one_per_clause(matches: Iterable[Match]) -> list[Match]:
    best: dict[str, Match] = {}
    for match in matches:
        best.setdefault(match.entry.clause.id, match)
    return list(best.values())

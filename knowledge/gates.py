"""When a question has no answer here: a place, a document, a fact or a subject that our texts do not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from knowledge.document import Document
from knowledge.excerpts import departments_of
from knowledge.glossary import glossary
from knowledge.language import Ask, language
from knowledge.lists import word_list
from knowledge.passages import Match
from knowledge.question import Question
from knowledge.regions import covering, regions, with_programme

_FILE = Path(__file__).parent / "gates.yaml"


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


@dataclass(frozen=True)
class Refusal:
    reason: str
    """UNSURE where the clauses found are worth asking about."""
    about: str = ""


UNSURE = "unsure"


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = word_list(_FILE, {"cover", "likeness", "thresholds"})
    return content


@cache
def thresholds() -> Thresholds:
    return Thresholds(**_content()["thresholds"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_content()[name]))


@cache
def _needed(band: str, kind: str) -> Evidence:
    return Evidence(**_content()[band][kind])


def _kind(question: Question) -> str:
    """What makes a question likely to be one for us."""
    place = bool(question.regions or question.documents or question.leaned)
    if question.anchored:
        return "field and place" if place else "field"
    return "place" if place else "neither"


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


def asked_before(question: Question, matches: Sequence[Match]) -> bool:
    """Curators say that the first clause answers just this: a question that is nearly the same and asks for the same."""
    first = next(iter(matches), None)
    if first is None or first.likeness < _ALIKE_ENOUGH or first.place < _ITS_OWN:
        return False
    return all(ask.cues.search(first.alike_text) for ask in question.asks)


def asks_for_duties(question: Question) -> bool:
    """What somebody named sees to, rather than who sees to something."""
    return bool(_pattern("duties").search(question.asked))


def _region(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A place we hold nothing for, unless a clause that is found speaks of it."""
    places = [regions()[id] for id in question.regions]
    if not places or any(_served(place.id) for place in places):
        return None
    for match in matches[:3]:
        named = any(alias in match.sentence.normal for place in places for alias in place.aliases)
        if named and _told_of_a_stranger(question, match):
            return None
    if all(_told_by_what_covers(question, place.id, matches) for place in places):
        return None
    return Refusal("region-not-held", places[-1].id)


def _told_of_a_stranger(question: Question, match: Match) -> bool:
    """Either evidence is enough by itself; half of each is where a city is not asked for what only its own text could tell."""
    if match.cover >= thresholds().stranger or match.likeness >= _ALIKE_ENOUGH:
        return True
    own = _pattern("of_a_city").search(question.asked)
    return not own and match.cover >= _HALF and match.likeness >= _HALF * _ALIKE_ENOUGH


def _told_by_what_covers(question: Question, id: str, matches: Sequence[Match]) -> bool:
    """What a province lays down holds in its cities, too: where its text is asked about, or a curated question on it is much like this one.

    Its figures, awards and offices are not the city's: they need a curated question that asks for the same.
    """
    if not matches or matches[0].entry.document.region not in {region.id for region in covering(id)}:
        return False
    first = matches[0]
    if question.levels:
        return first.entry.document.level in question.levels
    if question.asks:
        return asked_before(question, matches)
    if _pattern("of_a_city").search(question.asked):
        return False
    return first.cover >= (thresholds().stranger if first.likeness >= _MUCH_ALIKE else thresholds().covering)


def _served(id: str) -> bool:
    """A place has its own document, or is a district of a city that has one: what a province rules for all is no city's own plan."""
    place = regions()[id]
    if place.held:
        return True
    return place.parent is not None and regions()[place.parent].held and any(region.parent for region in covering(id))


def _document(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A document that is none of ours and that no clause mentions; what it says no clause tells, even one that mentions it."""
    for title in question.foreign_titles:
        if _pattern("contents").search(question.asked) or not any(_mentions(match, title) for match in matches[:10]):
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


_NEARLY_NAMED = 85
_TITLE = re.compile(r"《([^《》]+)》")


def _stranger(question: Question, matches: Sequence[Match]) -> Refusal | None:
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
    return tuple(dict.fromkeys(found.group() for found in _pattern(name).finditer(asked)))


def _tells_of(question: Question, match: Match, word: str, practice: bool) -> bool:
    """How something is done at the national office is not told by a text that nobody issued and that only names it."""
    issued = match.entry.document.official or bool(question.documents) or not practice
    return issued and word in match.entry.normal and match.cover >= _SOME_COVER


def _meaning(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What a term of our field means, or how two differ: texts that use it everywhere explain it nowhere, unless a curator found where."""
    named = question.regions or question.documents or with_programme(question.text)
    if named or needed(question) or not _pattern("meaning").search(question.asked):
        return None
    # PCT has no Han characters, and is no word then.
    words = [word.text for word in question.words] or [saying.said for saying in question.sayings]
    if not words or not all(map(_is_a_term, words)) or any(map(_pattern("described").search, words)):
        return None
    if any(match.likeness >= _ALIKE_ENOUGH and _pattern("meaning").search(match.alike_text) for match in matches[:1]):
        return None
    return Refusal("attribute-missing", "meaning")


def _nationwide(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure for the whole country: what one place has or aims at is none."""
    asked = next((ask for ask in question.asks if ask.id in (*_FIGURES, "duration")), None)
    named = question.regions or question.documents or question.levels
    if named or asked is None or not _pattern("nationwide").search(question.asked):
        return None
    if any(_pattern("nationwide").search(match.sentence.normal) for match in _to_the_point(matches)):
        return None
    return Refusal("attribute-missing", asked.about)


def _is_a_term(word: str) -> bool:
    return word in glossary().names or bool(language().anchors.fullmatch(word))


def _subject(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How sure it is that the first clause is about what the question is about."""
    if not question.subject:
        return None
    kind = _kind(question)
    if _of_a_document(question, matches) or (matches and _needed("answer", kind).suffices(matches[0]) and not _by_chance(kind, matches[0])):
        return None
    worth_asking = any(_needed("ask", _kind(question)).suffices(match) for match in matches[:3])
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
    said = any(atom.worth > _HALF for atom in question.subject)
    return said and not question.anchored and all(match.cover < _HALF for match in matches[:_NEAREST])


def _only_heard(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """Of what is typed in Latin letters two syllables sound like something of ours in nearly any sentence."""
    if question.anchored or _kind(question) != "neither" or not question.subject or any(atom.key for atom in question.subject):
        return None
    enough = _needed("answer", "neither").likeness
    return None if any(match.likeness >= enough for match in matches[:1]) else Refusal("subject-unknown")


def _strange_place(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What another place does is no answer for the one named, however well it is said."""
    if not matches or all(match.place >= _ITS_OWN for match in matches[:_NEAREST]):
        return None  # what is nearest is looked for only where another place may come into it
    near = _to_the_point(matches)
    if question.regions and all(match.place < _SOME_OF_IT for match in [matches[0], *near]):
        return Refusal("subject-unknown")
    enough = _ITS_OWN if len(question.regions) == 1 and regions()[question.regions[0]].held else _SOME_OF_IT
    if near and question.anchored and all(match.place < enough for match in [matches[0], *near]):
        return Refusal("subject-unknown")
    if near and question.regions and matches[0].cover < _HALF and all(match.place < _SOME_OF_IT for match in near):
        # Half of what is asked about stands only in what another place does.
        return Refusal(UNSURE)
    return None


_HALF = 0.5
_SOME_OF_IT = 0.4
"""A place that lies in the one named, or whose text names it."""


def _strange_head(question: Question, matches: Sequence[Match]) -> Refusal | None:
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
    return Refusal(UNSURE if _kind(question) == "place" else "subject-unknown")


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


_ALIKE = 0.14
_AS_MUCH = 0.55
_PAIR = 2
_NEAR = 8
_ITEM = re.compile(r"[、,;。:]")


def _attribute(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A fee, a telephone number, a closing date …: no clause that is found has one."""
    for ask in needed(question):
        if ask.id in _HOW_TO and matches[0].likeness >= _ALIKE_ENOUGH:
            continue  # just this is what curators say the clause answers
        if not any(tells(question, match, ask) for match in _to_the_point(matches)):
            return Refusal("attribute-missing", ask.about)
    return None


def _unit(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How many patents or people there are is told by no number of anything else."""
    counted = [units for units in _COUNTED if units & _COUNTED_AS & set(question.units)]
    if not counted or not question.asks_for("count"):
        return None
    alike = "".join(sorted(frozenset().union(*counted)))
    figure = re.compile(rf"[\d□一二三四五六七八九十两百千][\d.,□]*\s*[余多万亿]*[{alike}]|[(（]万?[{alike}][)）]|翻[一两]番")
    near = [match for match in matches[:3] if match.cover >= _SOME_COVER]
    if any(figure.search(match.sentence.normal) for match in [*near, *_to_the_point(matches)]):
        return None
    return Refusal("attribute-missing", "count")


_COUNTED = (frozenset("件个项"), frozenset("人名位"))
_COUNTED_AS = frozenset("件人名位")
"""Units that clauses use themselves; 个 and 项 are said of anything."""


def _department(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """Who is responsible for what is found, where its document names nobody for it."""
    asked = question.asks_for("department") and any(_pattern("responsible").search(text) for text in (question.asked, question.text))
    if not asked or not question.subject or any(ask.front for ask in question.asks):
        return None
    if any(names_departments(question, match) for match in _to_the_point(matches)):
        return None
    return Refusal("attribute-missing", "department")


def names_departments(question: Question, match: Match) -> bool:
    """In its sentence, or in the list of departments below it; another place's are no answer."""
    if match.place < _ITS_OWN:
        return False
    departments = departments_of(match.entry.clause, match.entry.passage)
    return departments is not None or bool(_pattern("names_departments").search(match.sentence.normal))


def _figure(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure that other places set and the one asked about does not."""
    asked = next((id for id in ("target", "count") if question.asks_for(id)), "")
    if not asked or not question.regions or any(ask.front for ask in question.asks):
        return None
    own = [match for match in matches if match.place >= _ITS_OWN]
    others = [match for match in matches if match.place < _ITS_OWN]
    enough = thresholds().figure * max((match.cover for match in matches[:10]), default=0.0)
    if any(_has_figure(match) for match in own if match.cover >= _HALF * enough):
        return None
    if any(_has_figure(match) for match in others if match.cover >= enough):
        return Refusal("attribute-missing", asked)
    return None


def _figureless(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How much or how many, where nothing to the point has a figure at all, and no curated question is this one."""
    asked = _HOW_MUCH.search(question.asked) and not question.asks_for("department")
    if not asked or any(ask.front for ask in question.asks) or matches[0].likeness >= _ALIKE_ENOUGH:
        return None
    of_its_year = [match for match in matches[:1] if any(_speaks_of(match, year) for year in question.years)]
    own = [match for match in matches[:1] if match.place >= _ITS_OWN and match.cover >= _HALF]
    near = (*of_its_year, *own, *_to_the_point(matches))
    if any(_COUNTS.search(match.entry.normal) and _on_subject(question, match, match.entry.normal) for match in near):
        return None
    return Refusal("attribute-missing", "count")


_ALIKE_ENOUGH = 0.6
_MUCH_ALIKE = 0.45
_HOW_MUCH = re.compile(r"多少|多大|比例|how (many|much)")
_COUNTS = re.compile(r"[\d□](?!\d{0,3}年)|翻[一两]番|全覆盖|一定(?:比例|数额|额度)|[一二三四五六七八九十两百千][个家项件名位类大级批条所]")


def _has_figure(match: Match) -> bool:
    return bool(_A_FIGURE.search(match.sentence.normal))


_A_FIGURE = re.compile(r"[\d□](?!\d{0,3}年)|翻[一两]番|全覆盖")


def _unofficial(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """How something is done is no matter for a text that nobody issued, unless it is the text asked about."""
    ask = _how_to(question)
    if ask is None or not matches:
        return None
    official = [match for match in (matches[0], *_to_the_point(matches)) if match.entry.document.official]
    if any(tells(question, match, ask) for match in official) or (official and not ask.needed):
        return None
    return Refusal("attribute-missing", ask.about)


def _how_to(question: Question) -> Ask | None:
    if question.documents:
        return None
    return next((ask for ask in question.asks if ask.id in _HOW_TO), None)


_SOME_COVER = 0.18
_HOW_TO = ("procedure", "condition", "form", "fee", "deadline")


def telling(question: Question, matches: Sequence[Match]) -> list[Match]:
    """The matches with those first that hold all that is asked for, and those last that may not tell it."""
    if _how_to(question):
        matches = sorted(matches, key=lambda match: not match.entry.document.official)
    if not question.documents:
        matches = _issued_first(question, matches)
    if question.years and any(question.asks_for(id) for id in _FIGURES):
        enough = {id(match) for match in _to_the_point(matches)}
        matches = sorted(matches, key=lambda match: not (id(match) in enough and _speaks_of(match, question.years[0])))
    asks = [ask for ask in needed(question) if ask.id in _FIRST]
    if not asks:
        return list(matches)
    able = {id(match) for match in _to_the_point(matches) if all(tells(question, match, ask) for ask in asks)}
    return sorted(matches, key=lambda match: id(match) not in able)


def _issued_first(question: Question, matches: Sequence[Match]) -> Sequence[Match]:
    """A text that nobody issued does not stand before one that was and answers, too."""
    if not matches or matches[0].entry.document.official:
        return matches
    enough, least = _needed("answer", _kind(question)), _NEARLY_AS_GOOD * matches[0].score
    ahead = [match for match in matches[:4] if match.entry.document.official and match.score >= least and enough.suffices(match)]
    return [*ahead, *(match for match in matches if match not in ahead)]


_NEARLY_AS_GOOD = 0.75


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
    if ask.id in _AIDS and match.place < (_COVERED if len(question.subject) > _BARE else _ITS_OWN):
        return False
    if ask.id in _AIDS and not _names_subject(question, match.sentence.normal):
        return False
    if ask.id == "money" and not _on_subject(question, match, match.sentence.normal):
        return False
    if ask.wants.search(match.sentence.normal):
        return True
    return ask.id == "date" and bool(_DATED.match(match.entry.normal))


def _on_subject(question: Question, match: Match, text: str) -> bool:
    """An amount in the next sentence is for something else: what it is for must stand beside it, in the question's words or in others."""
    return _names_subject(question, text) or match.cover >= _HALF


def _names_subject(question: Question, text: str) -> bool:
    open_words = language().open_words | language().broad_words
    subject = [word for word in question.words if word.text not in open_words]
    return not subject or any(spelt in text for word in subject for spelt in (word.text, word.core, *word.instead))


_AIDS = ("award", "aid", "higher")
_DATED = re.compile(r"[^。]{0,12}到\s*20\d\d\s*年")
_COVERED = 0.5
_ITS_OWN = 0.6
_BARE = 2
"""A question with no more to its subject names a whole field: 专利, 商标."""
_FIRST = ("award", "aid", "date", "procedure")
"""Asks whose answer comes before sentences that hold more of the subject."""


_NEAREST = 4
"""Matches that are looked at for what is asked for."""


def _to_the_point(matches: Sequence[Match]) -> list[Match]:
    """The first matches, without those that hold much less of the subject than the best: their figures are for something else."""
    official = [match.cover for match in matches[:10] if match.entry.document.official]
    # A text that nobody issued, further down, does not set what the first ones are measured by.
    enough = thresholds().figure * max([*official, *(match.cover for match in matches[:1])], default=0.0)
    return [match for match in matches[:_NEAREST] if match.cover >= enough]


def _year(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A figure for a year that the passage found does not speak of."""
    figures = any(question.asks_for(id) for id in _FIGURES)
    if any(ask.front for ask in question.asks):
        return None
    for year in question.years:
        found = _to_the_point(matches[:3]) if figures else matches[:3]
        if not any(_speaks_of(match, year) or (not figures and _covers(match, year)) for match in found):
            return Refusal("attribute-missing", str(year))
    return None


_FIGURES = ("count", "target", "money")


def _covers(match: Match, year: int) -> bool:
    """The plan was in force then: an answer to what is done, not to how much was reached."""
    document = match.entry.document
    first, last = document.period or (0, year)
    if first in (0, last):
        # Only the year of its targets is stated, or none: it was in force from its own year on.
        dated = str(document.issued.on.year) if document.issued.on else document.issued.shown or document.fields.get("adopted", "")
        first = int(dated[:4]) if dated[:4].isdecimal() else 0
    return first <= year <= last


def _speaks_of(match: Match, year: int) -> bool:
    entry = match.entry
    document: Document = entry.document
    if document.period and year == document.period[1]:
        return True
    return any(str(year) in text for text in (entry.normal, entry.heading, entry.above, document.title))


def _foreign(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """An English question of which half has no Chinese words here is about something else, unless one like it is curated."""
    if question.untranslated < thresholds().untranslated or (matches and matches[0].likeness >= _ALIKE_IN_ENGLISH):
        return None
    return Refusal("subject-unknown")


_ALIKE_IN_ENGLISH = 0.3


def _fact(question: Question, matches: Sequence[Match]) -> Refusal | None:
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


_FACTS = ("number", "issuer", "issued", "effective", "validity", "period")
"""What a document's own page lists."""


_GATES = (
    _document,
    _fact,
    _region,
    _stranger,
    _meaning,
    _nationwide,
    _foreign,
    _subject,
    _only_heard,
    _figure,
    _strange_place,
    _strange_head,
    _attribute,
    _figureless,
    _department,
    _unofficial,
    _year,
    _unit,
)

_OF_WHAT_IS_ASKED = frozenset({_figure, _attribute, _figureless, _department, _unofficial, _unit})
"""Gates that judge by single words whether what is asked for is told: a curator who had the whole question before them knows better."""

"""The face of the knowledge: given a question, the best clauses, or what to ask back, or why there is no answer."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from knowledge.candidates import candidates, closest
from knowledge.document import Clause, ClauseKind, Document, Passage, PassageKind
from knowledge.excerpts import around, departments_of
from knowledge.filled import Place
from knowledge.gates.asked import needed
from knowledge.gates.departments import asks_for_duties
from knowledge.gates.evidence import asked_before
from knowledge.gates.refusal import UNSURE
from knowledge.gates.table import refused
from knowledge.glossary import glossary
from knowledge.index import Entry, Index
from knowledge.language import language
from knowledge.lists import remembered, word_list
from knowledge.normal import normal
from knowledge.numbered import boxed, headed
from knowledge.passages import Match, Matcher
from knowledge.question import Question
from knowledge.ranking import (
    COVERING,
    OWN,
    asks_for_all_targets,
    compared,
    looks_back,
    names,
    one_per_clause,
    one_per_document,
    ranked,
    worth_of,
)
from knowledge.reader import Reader, vocabulary
from knowledge.reading import CORPUS, load_corpus
from knowledge.regions import covering, regions
from knowledge.spelling import Slip
from knowledge.telling import telling
from knowledge.themes import themes
from knowledge.wanted import Wanted
from knowledge.words import Words

SHOWN = 400
"""Characters of a clause that one answer shows at most."""


class Status(StrEnum):
    ANSWER = "answer"
    ASK_BACK = "clarify"
    NOTHING = "dont_know"


@dataclass(frozen=True)
class Hit:
    document: Document
    clause: Clause
    passage: Passage
    marked: str
    """The sentence that answers: a verbatim piece of the passage."""
    score: float
    channels: tuple[str, ...]
    basis: str = ""
    """Where the departments are the answer: the sentence they are responsible for, from the same clause."""


@dataclass(frozen=True)
class Option:
    kind: Literal["region", "document", "clause"]
    id: str
    name: str
    fact: str
    """What tells it apart: the start of its sentence."""


@dataclass(frozen=True)
class Result:
    status: Status
    hits: tuple[Hit, ...]
    options: tuple[Option, ...]
    reason: str
    """"" or smalltalk, region-not-held, attribute-missing, subject-unknown, document-not-held, empty, only-region, too-open,
    whole-field, by-number or fact-not-stated."""
    about: str = ""
    """The place, document, attribute, kind of talk or word the reason speaks of."""
    question: str = ""
    """The question as understood, with what was inherited."""
    places: tuple[str, ...] = ()
    """Those asked about, by id."""
    slips: tuple[Slip, ...] = ()
    """What was typed wrong, and how it was understood."""
    sides: int = 1
    """How many of the first hits answer together: a comparison has one for each place named."""
    cover: float = 0.0
    """How much of the subject the first hit holds, 0 to 1; only where it is an answer."""


_MOST_OPTIONS = 3
_FACT = 40
_FEW = 8
_MOST_FACTS = 10
_FEW_FACTS = 3
"""A fact that more clauses seem to say is said by hardly one of them."""
_OF_AN_OFFICE = ("phone", "address", "website")
"""Asked alone, no place makes them easier to find."""


class Knowledge:
    """All documents, ready to be asked. Building it reads every passage once; afterwards it never changes."""

    def __init__(
        self, documents: Sequence[Document], *, cache: Path | None = None, questions: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> None:
        """`questions` are curated ones by the id of the clause or passage that answers them; `cache` is a folder of ours."""
        self.documents = tuple(documents)
        self._clauses = {clause.id: (document, clause) for document in documents for clause in document.walk()}
        places = list(_places(documents, questions))
        self._asked: dict[str, tuple[str, ...]] = {}
        for place in places:
            self._asked[place.clause.id] = (*self._asked.get(place.clause.id, ()), *place.questions)
        self._index = Index(places, cache=cache)
        words = Words(sorted(vocabulary()))
        self._reader = Reader(documents, self._index.vocabulary, words, self._index.asked)
        self._places = places
        # What is built never changes: walking it again at every collection would cost a question a tenth of a second.
        gc.freeze()

    @classmethod
    def open(cls, folder: Path | None = None, *, cache: Path | None = None) -> Knowledge:
        folder = folder or CORPUS
        with _uncollected(), remembered(cache, [*Path(__file__).parent.glob("*.yaml"), *folder.glob("*.questions.yaml")]):
            documents = load_corpus(folder)
            return cls(documents, cache=cache, questions=curated_questions(documents, folder))

    @cached_property
    def _stated(self) -> Mapping[str, list[tuple[int, frozenset[str]]]]:
        """By document: its passages that state facts of it, and which; a line of the front matter may state any."""
        return dict(_stated(self._places))

    def prepare(self, pause: Callable[[], None] | None = None) -> None:
        """Reads every passage of a small corpus closely: some tenths of a second that else the first questions wait for.

        `pause` is called after each, for a thread that is to leave others room. Questions may be asked meanwhile.
        """
        for question in islice(chain.from_iterable(self._asked.values()), 1):
            self.lookup(question)
        _ = self._stated
        for _ in self._index.prepare():
            if pause:
                pause()
        # This stays, too.
        gc.freeze()

    def lookup(self, question: str, *, turns: Sequence[str] = (), region: str | None = None, limit: int = 5) -> Result:
        """The answer to a question; `turns` are the person's earlier messages, `region` is the chat's own. Takes any text."""
        with _uncollected():
            # Once it is found, most of what it took is gone, and the search for garbage has little to go through.
            read = self._reader.read(question, turns, region)
            result = self._result(read, limit)
            if read.leaned == (region,) and not read.documents:
                result = self._at_home(read, result, limit)
            return replace(result, slips=read.slips, places=read.regions)

    def _at_home(self, read: Question, anywhere: Result, limit: int) -> Result:
        """What the usual place itself says, where that is nearly as much to the point: whoever sets a place means it."""
        if anywhere.status is not Status.ANSWER or anywhere.hits[0].document.region in read.leaned:
            return anywhere
        home = self._result(replace(read, regions=read.leaned, leaned=()), limit)
        return home if home.status is Status.ANSWER and home.cover >= _AT_HOME * anywhere.cover else anywhere

    def _result(self, read: Question, limit: int) -> Result:
        if read.smalltalk:
            return Result(Status.NOTHING, (), (), "smalltalk", read.smalltalk, question=read.text)
        if not read.atoms and not read.regions:
            return Result(Status.ASK_BACK, (), (), "empty", question=read.text)
        if read.article or read.box:
            return self._by_number(read)
        if asked_back := self._too_thin(read):
            return self._naming(read, limit) or asked_back
        return self._answered(read, limit)

    def questions_in(self, message: str) -> tuple[str, ...]:
        """The questions of a message that asks several things, in order; a message that asks one is itself."""
        return self._reader.questions_in(message)

    def is_english(self, message: str) -> bool:
        """Whether a message is understood as English, and not as Chinese typed in Latin letters."""
        return self._reader.is_english(message)

    def is_asking(self, message: str) -> bool:
        """Whether a message asks something, and of our field or of a place or document of ours."""
        return self._reader.is_asking(message)

    def explain(self, question: str, *, region: str | None = None) -> tuple[Question, tuple[Match, ...]]:
        """How a question is read, and what was found for it, best first: for people who look after the knowledge."""
        read = self._reader.read(question, (), region)
        return read, tuple(self._matches(read)) if read.atoms else ()

    def question_for(self, clause_id: str) -> str:
        """A curated question that the clause answers; "" when it has none."""
        return next(iter(self.questions_for(clause_id)), "")

    def questions_for(self, clause_id: str) -> tuple[str, ...]:
        """The curated questions that the clause answers."""
        return self._asked.get(clause_id, ())

    def clause(self, id: str) -> tuple[Document, Clause]:
        return self._clauses[id]

    def context(self, clause_id: str) -> tuple[Clause, ...]:
        """The clause with the ones before and after it in reading order, as far as they are of its document and have text."""
        document, clause = self._clauses[clause_id]
        order = [other for other in document.walk() if other.passages or other.id == clause_id]
        at = order.index(clause)
        return tuple(order[max(0, at - 1) : at + 2])

    def related(self, clause_id: str, limit: int = 3) -> tuple[Hit, ...]:
        """Clauses on the same theme, the nearest of each other document first, then those of the same one."""
        document, clause = self._clauses[clause_id]
        themes_here = set(clause.themes) - {"overview"} or set(clause.themes)
        matches = [
            match
            for match in one_per_clause(self._alike(clause))
            if match.entry.clause.id != clause_id
            and not themes_here.isdisjoint(match.entry.clause.themes)
            and (match.entry.document.official or not document.official)
        ]
        theirs = [match for match in matches if match.entry.document.id != document.id]
        ours = [match for match in matches if match.entry.document.id == document.id]
        best = one_per_document(theirs) + theirs + ours
        return tuple(_hit(match) for match in dict.fromkeys(best))[:limit]

    def elsewhere(self, clause_id: str) -> tuple[Option, ...]:
        """The same subject in the other places we hold: the closest clause of each."""
        document, clause = self._clauses[clause_id]
        found = [match for match in self._alike(clause) if match.entry.document.region not in (None, document.region)]
        found.sort(key=looks_back)
        return tuple(
            Option("clause", match.entry.clause.id, _place_name(match.entry.document), _fact(match))
            for match in one_per_document(match for match in found if set(match.entry.clause.themes) & set(clause.themes))
            if match.cover >= _SAME_SUBJECT
        )

    # Searching

    def _answered(self, question: Question, limit: int) -> Result:
        found = self._found(question)
        matches = ranked(question, found)
        if question.broad:
            # 支持方式:其他 on a data sheet has the word for what a whole field is asked about, and says nothing on it.
            matches = [match for match in matches if match.entry.clause.kind is not ClauseKind.FRONT]
        if options := _of_the_field(question, matches):
            return Result(Status.ASK_BACK, self._hits(question, matches, limit), options, "whole-field", question=question.text)
        if refusal := refused(question, matches):
            near = self._hits(question, _on_a_subject(question, matches), limit)
            if refusal.reason == UNSURE and not near:
                return Result(Status.NOTHING, (), (), "subject-unknown", question=question.text)
            status = Status.ASK_BACK if refusal.reason == UNSURE else Status.NOTHING
            return Result(status, near, (), refusal.reason, refusal.about, question.text)
        if not matches:
            return Result(Status.NOTHING, (), (), "subject-unknown", question=question.text)
        matches, sides = telling(question, matches), 1
        if len(question.regions) > 1:
            matches, sides = compared(question, found)
        if options := self._equally_good(question, matches):
            return Result(Status.ASK_BACK, self._hits(question, matches, limit), options, "too-open", question=question.text)
        hits = self._hits(question, matches, limit)
        return Result(Status.ANSWER, hits, (), "", question=question.text, sides=sides, cover=matches[0].cover)

    def _hits(self, question: Question, matches: list[Match], limit: int) -> tuple[Hit, ...]:
        hits = map(_hit, matches[: 4 * limit])
        if question.asks_for("department"):
            hits = map(_with_departments, hits)
        return tuple(islice(_each_once(hits), limit))

    def _matches(self, question: Question) -> list[Match]:
        return ranked(question, self._found(question))

    def _found(self, question: Question) -> list[Match]:
        """The best sentence of each passage worth reading, not yet weighed by place."""
        wanted = Wanted(question, self._index)
        matcher = Matcher(wanted, self._index)
        near = partial(closest, wanted, self._index, worth=partial(worth_of, question))
        facts = near(self._facts(question), limit=_MOST_FACTS)
        known = [*near(candidates(wanted, self._index)), *facts, *self._saying(question), *self._goals(question)]
        return [matcher.best(entry) for entry in dict.fromkeys(known)]

    def _goals(self, question: Question) -> Iterator[Entry]:
        """Where a place sets its targets, when nothing but they is asked for."""
        if asks_for_all_targets(question):
            for number, place in enumerate(self._places):
                meant = place.document.region in question.regions or place.document.id in question.documents
                if meant and "targets" in place.clause.themes and place.passage.kind is not PassageKind.ROW:
                    yield self._index.entry(number)

    def _saying(self, question: Question) -> list[Entry]:
        """The clauses that say when a document named runs out, or another fact of it: 失效了吗 has no character of 有效期至."""
        wanted = {ask.id for ask in question.asks if ask.front}
        entries = [
            self._index.entry(number)
            for document in (question.documents if wanted else ())
            for number, facts in self._stated.get(document, ())
            if not wanted.isdisjoint(facts)
        ]
        return entries if len(entries) <= _FEW_FACTS else []

    def _facts(self, question: Question) -> Iterator[Entry]:
        """Where facts of the documents themselves stand, when one is asked for: no word of the question need be there."""
        wanted = {ask.id for ask in question.asks if ask.front}
        if not wanted:
            return
        regions = {*question.regions, *question.leaned}
        of_places = {document.id for document in self.documents if document.region in regions}
        for document in sorted(of_places.union(question.documents)):
            for number, facts in self._stated.get(document, ()):
                if not facts or not wanted.isdisjoint(facts):
                    yield self._index.entry(number)

    # By number

    def _meant(self, question: Question) -> list[Document]:
        return [document for document in self.documents if _is_meant(question, document)]

    def _by_number(self, question: Question) -> Result:
        """The clause with that number; to be chosen where several bear it, and said to be missing where none does."""
        meant = self._meant(question)
        found = list(headed(meant, question.article) if question.article else boxed(meant, question.box))
        if not found and question.box:
            return Result(Status.NOTHING, (), (), "subject-unknown", question=question.text)
        if not found or len(found) > _MOST_OPTIONS:
            return Result(Status.NOTHING, (), (), "by-number", str(question.article), question.text)
        if len(found) > 1:
            options = tuple(_clause_of(document, clause) for document, clause in found)
            return Result(Status.ASK_BACK, (), options, "too-open", question=question.text)
        document, clause = found[0]
        if missing := _missing_in(clause, question):
            return Result(Status.NOTHING, (), (), "attribute-missing", missing, question.text)
        hit = Hit(document, clause, clause.passages[0], "", 1.0, ("number",))
        hits = (_with_departments(hit) if question.asks_for("department") else hit,)
        return Result(Status.ANSWER, hits, (), question=question.text, reason="")

    # Asking back

    def _too_thin(self, question: Question) -> Result | None:
        """Nothing but a place, or nothing but an asking word: no clause is a better answer than another."""
        substance = [atom for atom in question.atoms if atom.subject and atom.worth > 0.3]
        facts = any(ask.front for ask in question.asks)
        if (substance and not question.open) or (facts and (question.regions or question.documents or question.leaned)):
            return None
        if question.documents or (question.regions and question.asks) or any(question.asks_for(id) for id in _OF_AN_OFFICE):
            return None
        if question.regions:
            options = self._documents_of(question.regions)
            return Result(Status.ASK_BACK, (), options, "only-region", question.regions[-1], question.text) if options else None
        if not question.asks and not question.open:
            return Result(Status.NOTHING, (), (), "subject-unknown", question=question.text)
        return Result(Status.ASK_BACK, (), self._places_held(), "too-open", question=question.text)

    def _naming(self, question: Question, limit: int) -> Result | None:
        """The one clause that names a place without a text, where that is spoken of beside one of ours or asked what it sees to."""
        strange = [regions()[id] for id in question.regions if not regions()[id].held]
        if not strange or (len(question.regions) == 1 and not asks_for_duties(question)):
            return None
        named = [match for match in self._matches(question) if match.place >= OWN and all(names(match, place) for place in strange)]
        if len(one_per_clause(named)) != 1:
            return None
        return Result(Status.ANSWER, self._hits(question, named, limit), (), "", question=question.text)

    def _documents_of(self, places: Iterable[str]) -> tuple[Option, ...]:
        held = {region.id for place in places for region in covering(place)}
        return tuple(_document_option(document) for document in self.documents if document.region in held)[:_MOST_OPTIONS]

    def _places_held(self) -> tuple[Option, ...]:
        return tuple(
            Option("region", document.region, _place_name(document), document.title) for document in self.documents if document.region
        )[:_MOST_OPTIONS]

    def _equally_good(self, question: Question, matches: list[Match]) -> tuple[Option, ...]:
        """Several places answer a short question about no place as well as each other."""
        if question.regions or question.leaned or question.documents or question.asks or len(question.subject) > _FEW:
            return ()
        best = one_per_document(matches[:10])
        close = [match for match in best if match.entry.document.region and match.score >= _CLOSE * matches[0].score]
        if len(close) < _SEVERAL:
            return ()
        return tuple(_clause_option(match) for match in close[:_MOST_OPTIONS])

    def _alike(self, clause: Clause) -> list[Match]:
        question = self._reader.read(_signature(clause))
        return self._matches(replace(question, regions=(), asks=(), levels=(), documents=(), foreign_titles=()))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for garbage: up to 20 ms of an answer, and a seventh of a start, whose making is nearly all kept."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _on_a_subject(question: Question, matches: list[Match]) -> list[Match]:
    """Without the lines of a page and the heads of letters, which speak of documents: only who asks about one is offered them."""
    if question.documents or any(ask.front for ask in question.asks):
        return matches
    return [match for match in matches if match.entry.clause.kind is not ClauseKind.FRONT]


def _of_the_field(question: Question, matches: list[Match]) -> tuple[Option, ...]:
    """The clauses to choose from where a whole field is asked about: of the place named, with those of what it lies in, or one of each."""
    if not question.broad or asked_before(question, matches):
        return ()
    for least in (OWN, COVERING):
        speaking = [match for match in matches if match.place >= least and _of_it(question, match)]
        offered = one_per_clause(speaking) if question.regions or question.leaned else one_per_document(speaking)
        if len(offered) > 1:
            return tuple(_headed_option(match) for match in offered[:_MOST_OPTIONS])
    return ()


def _of_it(question: Question, match: Match) -> bool:
    """Whether a clause has the field as its theme, or else says the word for it; overviews and letters speak of everything."""
    clause, document = match.entry.clause, match.entry.document
    if not document.official or clause.kind is ClauseKind.FRONT or "overview" in clause.themes:
        return False
    said = [word.text.removeprefix(_OUR_FIELD) for word in question.words]
    fields = {theme.id for theme in themes().values() if not set(said).isdisjoint(theme.aliases)}
    if fields:
        return not fields.isdisjoint(clause.themes)
    wordings = [word.text for word in question.words] + [other for word in question.words for other in word.instead]
    return any(wording in match.sentence.normal for wording in wordings)


_OUR_FIELD = "知识产权"
_CLOSE = 0.97
_SEVERAL = 3
_SAME_SUBJECT = 0.4
_AT_HOME = 0.8
"""What the usual place's own text has to hold of a question, of what the best text of all holds."""
_SIGNATURE = 5


def _signature(clause: Clause) -> str:
    """What a clause is about in few words: its heading, and the terms of our field it uses most."""
    text = normal(" ".join(passage.text for passage in clause.passages))
    terms = Counter(saying.said for _, saying in glossary().said(text) if saying.said in glossary().field)
    often = [term for term, _ in terms.most_common(_SIGNATURE)]
    heading = clause.heading.lstrip("(（）)一二三四五六七八九十0123456789.、 ")
    return " ".join((heading, *often)) if heading or often else text[:80]


def curated_questions(documents: Sequence[Document], folder: Path) -> dict[str, list[str]]:
    """What `<document>.questions.yaml` beside a document holds: anchors, or single passages of them, with the questions they answer."""
    found: dict[str, list[str]] = {}
    for document in documents:
        file = folder / f"{document.id}.questions.yaml"
        if file.exists():
            content = word_list(file)
            found |= {f"{document.id}#{place}": [question.removeprefix("~ ") for question in asked] for place, asked in content.items()}
    return found


def _places(documents: Sequence[Document], questions: Mapping[str, Sequence[str]]) -> Iterator[Place]:
    for document in documents:
        for clause in document.walk():
            for passage in clause.passages:
                yield Place(document, clause, passage, _questions_of(clause, passage, questions))


def _stated(places: Sequence[Place]) -> Iterator[tuple[str, list[tuple[int, frozenset[str]]]]]:
    asks = [ask for ask in language().asks if ask.front]
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for number, place in enumerate(places):
        front = place.clause.kind is ClauseKind.FRONT
        text = "" if front else normal(place.passage.text)
        facts = frozenset(ask.id for ask in asks if ask.wants.search(text))
        if front or facts:
            found.setdefault(place.document.id, []).append((number, facts))
    yield from found.items()


def _questions_of(clause: Clause, passage: Passage, questions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A passage's own, and its clause's, which are about what is done rather than by whom."""
    of_clause = () if passage.kind is PassageKind.DEPARTMENTS else questions.get(clause.id, ())
    return (*questions.get(passage.id, ()), *of_clause)


def _hit(match: Match) -> Hit:
    entry = match.entry
    return Hit(entry.document, entry.clause, entry.passage, match.sentence.text, round(match.score, 4), match.channels)


def _with_departments(hit: Hit) -> Hit:
    departments = departments_of(hit.clause, hit.passage)
    if departments is None:
        return hit
    return replace(hit, passage=departments, marked=departments.text, basis="" if departments is hit.passage else hit.marked)


def _each_once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Without hits that an earlier one shows already."""
    shown: set[str] = set()
    for hit in hits:
        if hit.passage.id not in shown:
            shown |= {passage.id for passage in around(hit.clause, hit.passage, SHOWN)}
            yield hit


def _fact(match: Match) -> str:
    return _shortened(match.sentence.text)


def _shortened(text: str) -> str:
    return text if len(text) <= _FACT else text[:_FACT] + "…"


def _place_name(document: Document) -> str:
    return regions()[document.region].name("zh-CN") if document.region else document.title


def _clause_option(match: Match) -> Option:
    return Option("clause", match.entry.clause.id, _place_name(match.entry.document), _fact(match))


def _headed_option(match: Match) -> Option:
    """Among clauses of one place the heading tells them apart."""
    return replace(_clause_of(match.entry.document, match.entry.clause), fact=_fact(match))


def _clause_of(document: Document, clause: Clause) -> Option:
    heading = clause.heading or clause.label
    return Option("clause", clause.id, f"{_place_name(document)} · {heading.rstrip('。')}", _shortened(clause.passages[0].text))


def _missing_in(clause: Clause, question: Question) -> str:
    """The first of what is asked for that the clause does not hold, or ""."""
    text = normal("\n".join(passage.text for passage in clause.passages))
    return next((ask.about for ask in needed(question) if not ask.wants.search(text)), "")


def _is_meant(question: Question, document: Document) -> bool:
    """Named, or of a place named; where none is, any that was issued."""
    if question.documents:
        return document.id in question.documents
    places = question.regions or question.leaned
    return document.region in places if places else document.official


def _document_option(document: Document) -> Option:
    return Option("document", document.id, document.title, document.summary)

"""Reads questions before anything is searched: what is named in them, asked for and leaned on, and what each word weighs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise, product

from rapidfuzz import fuzz, process

from knowledge import pinyin
from knowledge.document import Document
from knowledge.glossary import Glossary, Saying, glossary, lengths_by_start
from knowledge.language import Ask, asked_for, language
from knowledge.normal import is_han, normal, pieces, stem
from knowledge.numbered import article
from knowledge.question import Atom, Question, Word
from knowledge.regions import Region, ancestors, by_alias, descendants, regions, with_programme
from knowledge.sentences import ASKING, Part, cleaned, parts_of
from knowledge.spelling import Speller
from knowledge.talk import talk_of
from knowledge.words import Words

_ASKING_WORD = re.compile(r"怎|咋|如何|什么|啥|哪|谁|多少|有没|能不能|是不是|负责")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|$|[^\d])")
_SEVERAL = re.compile(r"(?<=[?？。!！;；\n])|(?:^|(?<=[\s。;；]))\d{1,2}[.、)）]\s*")
"""Where one question of a message ends and the next begins: after its mark, at a new line or at a number of a list."""
_MOST_QUESTIONS = 3
_OWN_SUBJECT = 3
_TITLE = re.compile(r"《([^《》]{2,60})》")
_ENGLISH = re.compile(r"[a-z]+(?:[-/][a-z]+)*|\d[\d,]*")
_LATIN = re.compile(r"[a-z]+(?:[-'][a-z]+)*|[a-z]+")

CHATTER_WORTH = 0.12
_CUE_WORTH = 0.35
_PLACE_WORTH = 0.35
_NAMED_PLACE_WORTH = 0.8
"""A place without a document of its own must be found in the clause."""
_PERIOD_WORTH = 0.35
_DOCUMENT_WORTH = 0.25
_SEAM = 0.35
_LOOSE_SEAM = 0.8
_PLAIN = 0.6
"""Below it a pair has a chatter word in it and is no misspelling."""
_LONGEST_CUE = 8
"""A longer match of a cue spans other words, which may be the subject."""
_LONG_NAME = 18
_SHORT_NAME = 7
_NEARLY = 87
_NEARLY_TITLE = 75
_LONGEST_MISSPELT = 120
"""In a longer text no misspelt names are looked for."""
_TURN_CHARACTERS = 300
_MOST_TURNS = 6
_KEPT = 64
"""Messages that are not read anew: the earlier ones of a chat come again with each that follows."""
_SHORT = 8
_LEANING_SUBSTANCE = 4
_FIGURE_ASKS = {"count", "date", "target"}
"""Asked of the same figure: another year's, another place's."""
_YEAR_SAID = re.compile(r"(?<!\d)20[0-4]\d年?")
_ENDS = re.compile(r"[?。!呢吗\s]+$")
_SOME_HAN = 3
"""With as many Han characters a question is a Chinese one with foreign words in it."""
_PAIR = 2
_KINDS_OF_PLACE = "省市区县"
_WHO_ASKS = re.compile(r"市?这?边?的?(中小微?|小微|民营)?(企业|公司|工厂|厂家|厂子|单位|厂(?!商))")
"""Behind a city whose province answers for it: whose question it is, and no part of its subject (宿迁企业专利入股)."""
_LONGEST_CHATTER = 5
_PARTICLES = "我你的了吗呢吧啊呀嘛是有在请问"
"""Single characters that, typed in pinyin, are hardly anything else at the end of a question or beside chatter."""
_CHATTER_PAIR = 0.3
"""Both characters of a pair below it are chatter, or it is a seam."""
_MISSPELT_WORTH = 0.8
_COMMON = ((8000, 0.25), (2000, 0.45), (600, 0.7))
"""Words of general language that no clause has: how often they stand in any text, and what is left of their weight."""


class _Name:
    """A name of a document."""

    def __init__(self, text: str, document: Document) -> None:
        self.text = text
        self.document = document
        self.start = text[: 2 * len(text) // 3] if len(text) >= _LONG_NAME else text


Place = tuple[int, int, Region]
"""Where a place is named."""


@dataclass
class _Marks:
    """What is known about each character while a question is read."""

    worth: list[float]
    subject: list[bool]
    sayings: list[list[int]]
    part: list[int]
    """Which sentence it stands in."""
    asking: list[bool]
    """It is of a wording that asks: that was typed right."""

    @classmethod
    def of(cls, text: str, parts: list[Part]) -> _Marks:
        part = [0] * len(text)
        for number, (start, end, _) in enumerate(parts):
            part[start:end] = [number] * (end - start)
        return cls([1.0] * len(text), [True] * len(text), [[] for _ in text], part, [False] * len(text))

    def lower(self, start: int, end: int, worth: float) -> None:
        for at in range(start, end):
            self.worth[at] = min(self.worth[at], worth)
            self.subject[at] = False


def vocabulary() -> frozenset[str]:
    """The words that cutting a question in words must know."""
    terms = glossary()
    phrases = {word for word in (*language().chatter, *terms.sayings, *terms.names) if len(word) > 1}
    places = {alias for alias in by_alias() if len(alias) > 1}
    return frozenset(word for word in phrases | places if all(map(is_han, word)))


class Reader:
    """Reads questions about the given documents."""

    def __init__(self, documents: Sequence[Document], known: frozenset[str], words: Words, asked: Iterable[str] = ()) -> None:
        """`known` are the pairs and Latin words of the corpus, `asked` those of the curated questions."""
        self._documents = tuple(documents)
        self._words = words
        self._known = known
        """The Latin words of the corpus."""
        self._names = [_Name(normal(name), document) for document in documents for name in (document.title, *document.short_names)]
        self._names_by_start: dict[str, list[_Name]] = {}
        for name in self._names:
            self._names_by_start.setdefault(name.text[:_PAIR], []).append(name)
        self._names_of_place: dict[str | None, dict[str, str]] = {}
        """Names long enough to be known with a slip in them, and their documents."""
        for name in self._names:
            if len(name.text) >= _SHORT_NAME:
                self._names_of_place.setdefault(name.document.region, {})[name.text] = name.document.id
        self._aliases = {normal(alias): region for alias, region in by_alias().items()}
        self._alias_lengths = lengths_by_start(self._aliases)
        self._sounding = dict(_sounding(self._aliases, documents))
        self._glossary: Glossary = glossary()
        anchors = language().anchors.pattern.split("|")
        self._speller = Speller(
            {*self._glossary.names, *anchors},
            _short_names(self._aliases),
            known.union(asked),
            words.cut,
            self._glossary.sayings.keys(),
            frozenset(word for word in language().chatter if len(word) == 1),
        )
        self._read_one = lru_cache(maxsize=_KEPT)(self._read_anew)
        self._field_sounds = frozenset(sound for name in self._glossary.field for _, run in pieces(name) for sound in pinyin.pairs(run))

    def read(self, text: str, turns: Sequence[str] = (), region: str | None = None) -> Question:
        """The question as understood; `turns` are the person's earlier messages, oldest first."""
        spoken = cleaned(text)
        question = self._read_one(spoken)
        if turns and not question.smalltalk:
            question = self._continued(_at_home(question), spoken, self._told(turns))
        if region is not None and region in regions() and not question.regions and not question.leaned:
            question = replace(question, leaned=(region,))
        return question

    def questions_in(self, text: str) -> tuple[str, ...]:
        """The questions of a message that asks several, each with a subject of its own; otherwise the message as it is."""
        asking = [piece for piece in _SEVERAL.split(text) if ASKING.search(normal(piece))]
        if 1 < len(asking) <= _MOST_QUESTIONS and all(self._stands_alone(piece) for piece in asking):
            return tuple(piece.strip() for piece in asking)
        return (text,)

    def is_asking(self, text: str) -> bool:
        """It asks, and with a word of our field or of a place or document of ours."""
        question = self._read_one(cleaned(text))
        named = question.anchored or question.regions or question.documents
        return bool(named and (question.asks or ASKING.search(normal(text))))

    def _stands_alone(self, text: str) -> bool:
        question = self._read_one(cleaned(text))
        return question.anchored and len(question.subject) >= _OWN_SUBJECT and not question.open

    # Follow-ups

    def _told(self, turns: Sequence[str]) -> Question | None:
        """The last of the earlier messages that was about something, with what it inherited itself."""
        before = None
        for turn in turns[-_MOST_TURNS:]:
            spoken = cleaned(turn)[:_TURN_CHARACTERS]
            question = self._read_one(spoken)
            told = question.subject or question.regions or question.asks or question.years
            if told and not question.smalltalk and self._of_our_words(question, spoken):
                before = self._continued(_at_home(question) if before else question, spoken, before)
        return before

    def _of_our_words(self, question: Question, spoken: str) -> bool:
        """Something in it can be understood: a laugh, a slip of the hand or a number of a file neither goes on nor begins anew."""
        if not any(map(str.isalnum, spoken)):
            return False
        named = question.regions or question.years or question.documents or question.asks or question.anchored
        if named or language().leaning.search(spoken):
            return True
        own = [atom for atom in question.atoms if atom.subject or not any(map(is_han, atom.key))]
        return not own or any(not atom.key or atom.key in self._known for atom in own)

    def _continued(self, question: Question, spoken: str, before: Question | None) -> Question:
        """A follow-up with what it leaves out: the subject when it has none, the place when it names none."""
        if before is None or language().fresh.search(spoken) or not self._of_our_words(question, spoken):
            return question
        said = _substance(self._without_cues(question, spoken))
        leaning = bool(language().leaning.search(spoken))
        if said and question.anchored and question.regions and not leaning:
            return question
        leaning = leaning or len(spoken) <= _SHORT
        if said > 1 and leaning and _asks_the_same_of_another(question, before):
            return self._of_its_document(question, before)
        if said > 1 and not question.article and not (leaning and said <= _LEANING_SUBSTANCE):
            return replace(question, leaned=() if question.regions else before.regions or before.leaned)
        if question.article or (said <= 1 and any(ask.front for ask in question.asks)):
            return self._of_its_document(question, before)
        return self._joined(question, spoken, before)

    def _without_cues(self, question: Question, spoken: str) -> Question:
        """An English question's asking words are translated with the rest, so they are left out to see what it is about."""
        if not question.english:
            return question
        for ask in question.asks:
            spoken = ask.cues.sub(" ", spoken)
        return self._read_english(spoken)

    def _of_its_document(self, question: Question, before: Question) -> Question:
        """A fact of the document that was spoken of: what it was asked about it says nothing on that."""
        if question.documents or question.regions:
            return question
        return replace(question, regions=before.regions, leaned=before.leaned, documents=before.documents)

    def _joined(self, question: Question, spoken: str, before: Question) -> Question:
        own = bool({ask.id for ask in question.asks} - _FIGURE_ASKS)
        if bool(question.english) != bool(before.english):
            return self._in_another_language(question, before)
        inherited = _ENDS.sub("", self._left_of(before.text, question, asked_anew=own))
        if question.anchored:
            inherited = self._without_terms(inherited)
        # One sentence: what is inherited is asked about now, however it was said before.
        joined = self._read_one(f"{inherited} {question.text}")
        documents = question.documents if question.regions else joined.documents or before.documents
        return replace(
            joined,
            regions=question.regions or before.regions,
            leaned=() if question.regions or before.regions else before.leaned,
            documents=documents,
            asks=question.asks if own else joined.asks,
            units=question.units or joined.units,
            slips=question.slips,
        )

    def _in_another_language(self, question: Question, before: Question) -> Question:
        """Nothing of the words can be joined: the subject stays, what is asked of it is new."""
        return replace(
            before,
            regions=question.regions or before.regions,
            documents=() if question.regions else before.documents,
            asks=question.asks or before.asks,
            units=question.units or before.units,
            years=question.years or before.years,
            asked=f"{before.asked}\n{question.asked}",
            slips=question.slips,
        )

    def _left_of(self, text: str, question: Question, *, asked_anew: bool) -> str:
        """What a follow-up leaves of what was said before: no place or year where it names another, and nothing it asks anew."""
        if question.regions:
            text = self._without_places(text)
        if question.years or asked_anew:
            text = _YEAR_SAID.sub("", text)
        for ask in language().asks:
            # A new word beside the subject asks for something else than who is responsible for it, but may ask for its figure.
            if asked_anew or (question.words and ask.id not in _FIGURE_ASKS):
                text = _shorten(ask.cues, text)
        return text

    def _without_terms(self, text: str) -> str:
        """What was spoken of gives way to what is spoken of now."""
        terms = {saying.said for _, saying in self._glossary.said(text) if saying.said in self._glossary.field}
        for term in sorted(terms, key=len, reverse=True):
            text = text.replace(term, "")
        return language().anchors.sub("", text)

    def _without_places(self, text: str) -> str:
        for start, end, _ in reversed(self._places(text)):
            text = text[:start] + text[end:]
        return text

    # One message

    def _read_anew(self, text: str) -> Question:
        if sum(map(is_han, text)) < _SOME_HAN and self._is_english(text):
            return self._read_english(text)
        mended, slips = self._speller.mended(text)
        return replace(self._read_chinese(mended), slips=slips)

    def _read_english(self, text: str) -> Question:
        """An English question through the Chinese words it stands for; words we cannot translate stay, and count against an answer."""
        places = self._places(text)
        asks = asked_for(text)
        chinese, unknown = self._translation(text, places, any(ask.front for ask in asks))
        read = self._read_chinese(" ".join(chinese))
        return replace(
            read,
            text=text,
            asked=text,
            atoms=(*read.atoms, *(Atom(word, (), 0.4) for word in unknown)),
            untranslated=len(unknown) / max(1, len(chinese) + len(unknown)),
            regions=_most_specific(dict.fromkeys(region.id for *_, region in places)),
            documents=self._named_documents(text, places, self._spelt(text)),
            asks=asks,
            units=(),
            years=tuple(dict.fromkeys(map(int, _YEAR.findall(text)))),
            smalltalk=talk_of(text),
            article=article(text, ((-1, word.text) for word in read.words if word.text not in language().document_words)),
            english=tuple(dict.fromkeys(self._stems(text, places))),
        )

    def _stems(self, text: str, places: list[Place]) -> Iterator[str]:
        taken = [(start, end) for start, end, _ in places]
        for found in _LATIN.finditer(text):
            if found.group() not in language().english_chatter and not _inside(found.start(), taken):
                yield from map(stem, re.split("[-']", found.group()))

    def _read_chinese(self, text: str) -> Question:
        words = language()
        places = self._places(text)
        parts = parts_of(text)
        marks = _Marks.of(text, parts)
        asked = "\n".join(text[start:end] for start, end, worth in parts if worth == 1.0)
        asks = asked_for(asked)
        cut = self._words.cut(text)
        names = self._spelt(text)
        self._mark(text, marks, places, asks, parts, names)
        sayings = self._sayings(text, marks)
        self._mark_words(cut, marks)
        latin_places, latin = self._latin(text, places, marks)
        atoms = [*self._han_atoms(text, marks, _seams(cut)), *latin]
        named = _asked_of(text, places) + latin_places
        documents = self._named_documents(text, places, names)
        ours = any(saying.said in self._glossary.field for saying in sayings) or words.anchors.search(text)
        anchored = bool(ours) or _sounds_anchored(latin)
        about = tuple(self._subject_words(cut, marks, parts))
        foreign = () if documents else tuple(dict.fromkeys((*_TITLE.findall(text), *self._laws(text))))
        return Question(
            text=text,
            atoms=_each_once(self._heard(atom, marks) for atom in atoms),
            sayings=tuple(sayings),
            regions=_most_specific(dict.fromkeys(region.id for region in named)),
            levels=tuple(level for level, pattern in words.levels if pattern.search(text)),
            documents=documents,
            foreign_titles=foreign,
            asks=asks,
            units=tuple(dict.fromkeys(words.units.findall(asked))),
            asked=asked,
            years=tuple(dict.fromkeys(map(int, _YEAR.findall(text)))),
            parts=max(1, len(parts)),
            smalltalk=talk_of(text) or ("annoyed" if not anchored and not named and words.annoyed.search(text) else ""),
            anchored=anchored,
            words=about,
            article=0 if foreign else article(text, ((word.at, word.text) for word in about)),
        )

    def _subject_words(self, cut: list[str], marks: _Marks, parts: list[Part]) -> Iterator[Word]:
        """Of the sentences that ask, without chatter, places and asking words; a character alone belongs to the word before it."""
        spans: list[tuple[int, int, int]] = []
        at = 0
        for word in cut:
            end = at + len(word)
            asks = parts and parts[marks.part[at]][2] == 1.0
            if asks and is_han(word[0]) and all(marks.subject[at:end]) and word not in language().chatter and not _ASKING_WORD.search(word):
                if len(word) > 1:
                    spans.append((at, end, end))
                elif spans and spans[-1][2] == at:
                    spans[-1] = (*spans[-1][:2], end)
            at = end
        text = "".join(cut)
        for start, core, end in spans:
            saying = self._glossary.sayings.get(text[start:end])
            yield Word(text[start:end], start, tuple(instead for instead, _ in saying.instead) if saying else (), text[start:core])

    def _heard(self, atom: Atom, marks: _Marks) -> Atom:
        """A pair that no clause has but that sounds like one of our field's words is that word misspelt, even with a chatter word in it."""
        if len(atom.key) != _PAIR or atom.key in self._known or not _CHATTER_PAIR < atom.worth < _PLAIN or atom.sayings:
            return atom
        if any(marks.asking[atom.at : atom.at + _PAIR]):
            return atom
        sounds = tuple(sound for sound in pinyin.pairs(atom.key) if sound in self._field_sounds)
        return atom._replace(sounds=sounds, worth=_MISSPELT_WORTH) if sounds else atom

    def _places(self, text: str) -> list[Place]:
        """Places by name, the longest at each spot."""
        found = []
        end = 0
        for at in [at for at, character in enumerate(text) if character in self._alias_lengths]:
            region, length = self._place_at(text, at) if at >= end else (None, 0)
            if region and (region.held or not self._in_a_name(text, at, length)):
                found.append((at, at + length, region))
            end = max(end, at + length)
        return found

    def _in_a_name(self, text: str, at: int, length: int) -> bool:
        """The spelling of a place begins the name of something: 姑苏知识产权人才计划 is no matter of 姑苏."""
        names = (name for name in self._glossary.names_by_start.get(text[at : at + _PAIR], ()) if len(name) > length)
        return any(text.startswith(name, at) for name in names)

    def _place_at(self, text: str, at: int) -> tuple[Region | None, int]:
        for length in self._alias_lengths.get(text[at], ()):
            region = self._aliases.get(text[at : at + length]) if length > 1 else None
            if region and at + length <= len(text) and _whole_word(text, at, at + length):
                return region, length
        return None, 0

    def _named_documents(self, text: str, places: list[Place], names: list[_Name]) -> tuple[str, ...]:
        """By name, by nearly the name of a document of a place named or of none, or by a title that is nearly one of ours."""
        named = [name.document.id for name in names]
        here = {None, *(region.id for *_, region in places)}
        if not named and len(text) <= _LONGEST_MISSPELT:
            named = [id for place in here for id in self._nearly_named(text, place)]
        if language().sample.search(text):
            named += [document.id for document in self._documents if not document.official]
        for title in _TITLE.findall(text):
            near = process.extract(title, [name.text for name in self._names], scorer=fuzz.ratio, score_cutoff=_NEARLY_TITLE)
            named += [self._names[at].document.id for _, _, at in near]
        return tuple(dict.fromkeys(named))

    def _nearly_named(self, text: str, place: str | None) -> Iterator[str]:
        """The documents of a place of whose name nearly all stands in the text, with a character typed wrong."""
        names = self._names_of_place.get(place, {})
        for name, _, _ in process.extract(text, names.keys(), scorer=fuzz.partial_ratio, score_cutoff=_NEARLY, limit=None):
            if len(name) <= len(text):
                yield names[name]

    def _laws(self, text: str) -> Iterator[str]:
        """Acts, regulations and rules called by their names without 《》: none of ours is one."""
        for found in language().laws.finditer(text):
            name = found["act"] or language().before_a_name.split(text[: found.end()])[-1]
            own = name.removesuffix(found.group())
            if found["act"] or language().anchors.search(own) or self._places(own):
                yield name

    def _spelt(self, text: str) -> list[_Name]:
        """The names that stand in a text, or of long ones the first two thirds."""
        starts = filter(self._names_by_start.__contains__, dict.fromkeys(map(str.__add__, text, text[1:])))
        names = (name for start in starts for name in self._names_by_start[start])
        return [name for name in names if name.start in text]

    def _mark(self, text: str, marks: _Marks, places: list[Place], asks: tuple[Ask, ...], parts: list[Part], names: list[_Name]) -> None:
        words = language()
        for start, end, worth in parts:
            marks.worth[start:end] = [before * worth for before in marks.worth[start:end]]
        for start, end, region in places:
            marks.lower(start, end, _PLACE_WORTH if region.held else _NAMED_PLACE_WORTH)
            if not region.held and (who := _WHO_ASKS.match(text, end)):
                marks.lower(*who.span(), _PLACE_WORTH)
        for period in words.periods.finditer(text):
            marks.lower(*period.span(), _PERIOD_WORTH)
        for level in (found for _, pattern in words.levels for found in pattern.finditer(text)):
            marks.lower(*level.span(), _PLACE_WORTH)
        for name in names:
            if (start := text.find(name.text)) >= 0:
                marks.lower(start, start + len(name.text), _DOCUMENT_WORTH)
        for cue in (cue for ask in asks for cue in ask.cues.finditer(text) if len(cue.group()) <= _LONGEST_CUE):
            marks.lower(*cue.span(), _CUE_WORTH)
            marks.asking[cue.start() : cue.end()] = [True] * len(cue.group())
        if any(ask.front for ask in asks):
            for word in words.document_words:
                start = text.find(word)
                while start >= 0:
                    marks.lower(start, start + len(word), _DOCUMENT_WORTH)
                    start = text.find(word, start + len(word))

    def _mark_words(self, cut: list[str], marks: _Marks) -> None:
        at, chatter = 0, language().chatter
        for word in cut:
            if word in chatter:
                marks.lower(at, at + len(word), CHATTER_WORTH)
            elif is_han(word[0]) and not marks.sayings[at]:
                own = self._own_weight(word)
                for position in range(at, at + len(word)):
                    marks.worth[position] *= own
            at += len(word)

    def _own_weight(self, word: str) -> float:
        """A word that no clause has says much when it is rare (公积金) and little when it is not (结果)."""
        if len(word) == 1:
            return 1.0
        if any(word[at : at + 2] in self._known for at in range(len(word) - 1)):
            return 1.0
        common = self._words.commonness(word)
        return next((weight for least, weight in _COMMON if common >= least), 1.0)

    def _sayings(self, text: str, marks: _Marks) -> list[Saying]:
        """The glossary's wordings in the text; what they cover is the subject even where a word of it is chatter."""
        found: dict[str, int] = {}
        for start, saying in self._glossary.said(text):
            number = found.setdefault(saying.said, len(found))
            for at in range(start, start + len(saying.said)):
                marks.sayings[at].append(number)
        return [self._glossary.sayings[said] for said in found]

    def _han_atoms(self, text: str, marks: _Marks, seams: Mapping[int, float]) -> Iterator[Atom]:
        for start, run in pieces(text):
            if run[0].isascii() and not run[0].isdigit():
                continue
            if run[0].isdigit():
                yield self._number(run, start, marks)
                continue
            width = 2 if len(run) > 1 else 1
            for at in range(len(run) - width + 1):
                yield _gram(run[at : at + width], start + at, marks, seams.get(start + at, 1.0))

    def _number(self, run: str, start: int, marks: _Marks) -> Atom:
        return Atom(run, (), marks.worth[start] * 0.7, tuple(marks.sayings[start]), marks.part[start], start, (False,) * len(run), False)

    # Latin letters: words of the corpus, then places, then English terms, then pinyin, then initials

    def _latin(self, text: str, places: list[Place], marks: _Marks) -> tuple[list[Region], list[Atom]]:
        taken = [(start, end) for start, end, _ in places]
        runs = [(found.start(), found.group()) for found in _LATIN.finditer(text) if not _inside(found.start(), taken)]
        if not runs:
            return [], []
        return self._typed_by_sound(runs, marks)

    def is_english(self, text: str) -> bool:
        """Whether a text as typed is read as English."""
        spoken = cleaned(text)
        return not any(map(is_han, spoken)) and self._is_english(spoken)

    def _is_english(self, text: str) -> bool:
        """More of it is English, by words and phrases, than could be pinyin; places are called the same in both."""
        taken = [(start, end) for start, end, _ in self._places(text)]
        runs = [found.group() for found in _LATIN.finditer(text) if not _inside(found.start(), taken)]
        score = sounds = at = 0
        while at < len(runs):
            length, found = self._translated(runs[at : at + 6])
            if runs[at] in language().english_chatter and len(runs[at]) > 1:
                score += 2
            elif found or runs[at] in self._glossary.english:
                score += length
            elif runs[at] not in self._known and pinyin.split(runs[at]):
                sounds += 1
            at += length if found else 1
        return score > sounds

    def _translation(self, text: str, places: list[Place], of_a_document: bool) -> tuple[list[str], list[str]]:
        """The Chinese words for an English text, and the English words that have none."""
        taken = [(start, end) for start, end, _ in places]
        found_words = [(found.group(), _inside(found.start(), taken)) for found in _ENGLISH.finditer(text)]
        words = [word for word, _ in found_words]
        chinese: list[str] = []
        unknown: list[str] = []
        at = 0
        while at < len(words):
            length, found = self._translated(words[at : at + 6])
            if found_words[at][1] and length == 1:
                at += 1
                continue
            named = of_a_document and " ".join(words[at : at + length]) in language().document_words
            if found and not named:
                chinese += found
            elif words[at] in self._known or words[at][0].isdigit():
                chinese.append(words[at])
            elif not named and words[at] not in language().english_chatter:
                unknown.append(words[at])
            at += length
        return chinese, unknown

    def _as_chinese(self, name: str, among: int) -> Iterator[Atom]:
        name = normal(name)
        for _, run in pieces(name):
            keys = [run[i : i + 2] for i in range(len(run) - 1)] if is_han(run[0]) and len(run) > 1 else [run]
            for key in keys:
                yield Atom(key, (), 1.0 / among**0.5)

    def _translated(self, words: list[str]) -> tuple[int, tuple[str, ...]]:
        for length in range(len(words), 0, -1):
            phrase = " ".join(words[:length])
            for spelt in (phrase, stem(phrase), " ".join(map(stem, words[:length]))):
                if spelt in self._glossary.english:
                    return length, self._glossary.english[spelt]
        parts = words[0].split("-")
        if len(parts) > 1:
            found = [name for part in parts for name in self._translated([part])[1]]
            return 1, tuple(found)
        return 1, ()

    def _typed_by_sound(self, runs: list[tuple[int, str]], marks: _Marks) -> tuple[list[Region], list[Atom]]:
        named: list[Region] = []
        atoms: list[Atom] = []
        syllables: list[str] = []
        for at, run in runs:
            if run in language().english_chatter:
                continue
            if marks.sayings[at] or (run in self._known and (len(run) > 2 or not pinyin.split(run))):
                atoms.append(Atom(run, (), marks.worth[at], tuple(marks.sayings[at]), 0, at, (True,) * len(run)))
            elif found := pinyin.split(run):
                syllables += found
            elif names := self._glossary.initials.get(run):
                atoms += [atom for name in names[:2] for atom in self._as_chinese(name, min(2, len(names)))]
            else:
                atoms.append(Atom(run, (), 0.6))
        taken = set()
        for at in range(len(syllables) - 1):
            if region := self._sounding.get(syllables[at] + syllables[at + 1]):
                named.append(region)
                taken |= {at, at + 1}
        idle = self._chatter_by_sound(syllables, taken)
        for at in range(len(syllables) - 1):
            spot = {at, at + 1}
            worth = CHATTER_WORTH if spot & idle else _PLACE_WORTH if spot & taken else 1.0
            atoms.append(_sounded(syllables[at] + syllables[at + 1], worth))
        return named, atoms

    def _chatter_by_sound(self, syllables: list[str], places: set[int]) -> set[int]:
        """Where syllables ask, greet or thank: whole wordings, and then single ones beside them, beside a place or at either end."""
        phrases = _chatter_sounds()
        idle: set[int] = set()
        at = 0
        while at < len(syllables):
            longest = min(_LONGEST_CHATTER, len(syllables) - at)
            length = next((n for n in range(longest, 1, -1) if tuple(syllables[at : at + n]) in phrases), 0)
            term = length and syllables[at] + syllables[at + 1] in self._field_sounds
            if length and not term and not places & set(range(at, at + length)):
                idle |= set(range(at, at + length))
            at += max(1, length)
        for order in (range(len(syllables)), range(len(syllables) - 1, -1, -1)):
            edge = True
            for at in order:
                alone = (syllables[at],) in phrases and not self._of_our_field(syllables, at)
                if at in idle or at in places or (edge and alone):
                    idle |= set() if at in places else {at}
                    edge = True
                else:
                    edge = False
        return idle

    def _of_our_field(self, syllables: list[str], at: int) -> bool:
        """Whether a syllable sounds like part of a term with a neighbour of its."""
        return any(a + b in self._field_sounds for a, b in pairwise(syllables[max(0, at - 1) : at + 2]))


@cache
def _chatter_sounds() -> frozenset[tuple[str, ...]]:
    """How chatter sounds, syllable by syllable, in all readings."""
    words = [word for word in language().chatter if 1 < len(word) <= _LONGEST_CHATTER and all(map(is_han, word))]
    words += _PARTICLES
    return frozenset(sound for word in words for sound in product(*map(pinyin.readings, word)))


@cache
def _anchor_sounds() -> frozenset[str]:
    """How the words of our field sound."""
    words = [word for word in language().anchors.pattern.split("|") if len(word) > 1 and all(map(is_han, word))]
    return frozenset("".join(sound) for word in words for sound in product(*map(pinyin.readings, word)))


def _sounds_anchored(atoms: Iterable[Atom]) -> bool:
    """A word of our field of two syllables typed in pinyin."""
    return any(sound in _anchor_sounds() for atom in atoms if not atom.key and atom.subject for sound in atom.sounds)


def _sounded(sound: str, worth: float) -> Atom:
    return Atom("", (sound,), worth, own=(worth == 1.0,), subject=worth == 1.0)


def _gram(key: str, at: int, marks: _Marks, seam: float) -> Atom:
    last = at + len(key) - 1
    worth = (marks.worth[at] + marks.worth[last]) / 2
    subject = marks.subject[at] and marks.subject[last]
    if not marks.sayings[at] or not marks.sayings[last]:
        # Nearly all are such: a part of no wording of the glossary.
        sounds = () if seam == _SEAM or worth < _PLAIN else pinyin.pairs(key)
        return Atom(key, sounds, worth * seam, (), marks.part[at], at, tuple(marks.subject[at : last + 1]), subject)
    inside = set(marks.sayings[at]).intersection(marks.sayings[last])
    if inside and not subject and (marks.subject[at] or marks.subject[last]):
        worth, subject = max(0.5, worth), True
    own = (subject,) * len(key) if inside else tuple(marks.subject[at : last + 1])
    sounds = () if seam == _SEAM or worth < _PLAIN else pinyin.pairs(key)
    return Atom(key, sounds, worth * (1.0 if inside else seam), tuple(sorted(inside)), marks.part[at], at, own, subject)


def _each_once(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """What is said twice is looked for once, with the weight of its weightiest place."""
    best: dict[tuple[str, tuple[str, ...]], Atom] = {}
    for atom in atoms:
        key = (atom.key, () if atom.key else atom.sounds)
        if key not in best or atom.worth > best[key].worth:
            best[key] = atom
    return tuple(best.values())


def _seams(cut: list[str]) -> dict[int, float]:
    """Where two words meet: the pair of characters there says little, unless one of them stands alone, as in a misspelt word."""
    seams: dict[int, float] = {}
    at = 0
    for word, following in pairwise(cut):
        at += len(word)
        seams[at - 1] = _SEAM if min(len(word), len(following)) > 1 else _LOOSE_SEAM
    return seams


def _at_home(question: Question) -> Question:
    """A programme that only one place has is asked about there, whatever place was spoken of before."""
    home = None if question.regions else with_programme(question.text)
    return replace(question, regions=(home.id,)) if home else question


def _asks_the_same_of_another(question: Question, before: Question) -> bool:
    """Who says again what is asked has a subject anew: after 知识产权金融归谁管, 那司法保护谁负责 is no matter of finance."""
    again = {ask.id for ask in question.asks} & {ask.id for ask in before.asks} - _FIGURE_ASKS
    known = language().open_words | language().broad_words
    return bool(again) and any(word.text not in known for word in question.words)


def _substance(question: Question) -> int:
    """How many characters of the question say what it is about."""
    return len({atom.key or atom.sounds for atom in question.subject if atom.worth > 0.5})


def _short_names(aliases: Mapping[str, Region]) -> Iterator[str]:
    """What places of ours are called in two characters, without the word for province or city."""
    for alias, region in aliases.items():
        if region.held and len(alias) == _PAIR and all(map(is_han, alias)) and alias[-1] not in _KINDS_OF_PLACE:
            yield alias


def _sounding(aliases: Mapping[str, Region], documents: Sequence[Document]) -> Iterator[tuple[str, Region]]:
    """How the names of our places and of what lies in and around them sound; two-character names only."""
    ours = {id for document in documents if document.region for id in (document.region, *_around(document.region))}
    for alias, region in aliases.items():
        if region.id in ours and len(alias) == 2 and all(map(is_han, alias)):
            for sound in pinyin.pairs(alias):
                yield sound, region


def _around(id: str) -> Iterator[str]:
    yield from (region.id for region in ancestors(id))
    yield from (region.id for region in descendants(id))


_OF_A_DOCUMENT = re.compile(r"[省市区]?的?[这那]?[份个]?(?:文件|规划|方案|措施|政策|意见)")


def _asked_of(text: str, places: list[Place]) -> list[Region]:
    """The places named; where the documents of some are what is asked about, the others are only spoken of."""
    owners = [region for _, end, region in places if region.held and _OF_A_DOCUMENT.match(text, end)]
    return [region for *_, region in places if region.held or not owners]


def _most_specific(named: Iterable[str]) -> tuple[str, ...]:
    """Without what a place named beside it lies in: 苏州昆山 means 昆山. Two places we hold may be compared, so both stay."""
    places = tuple(named)
    above = {region.id for id in places if not regions()[id].held for region in ancestors(id)}
    return tuple(id for id in places if id not in above)


def _whole_word(text: str, start: int, end: int) -> bool:
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _shorten(cues: re.Pattern[str], text: str) -> str:
    """Without asking words; a long match spans other words, which may be the subject."""
    return cues.sub(lambda found: "" if len(found.group()) <= _LONGEST_CUE else found.group(), text)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)

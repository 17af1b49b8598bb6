"""Reads questions before anything is searched: what is named in them, asked for and leaned on, and what each word weighs."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge import pinyin
from knowledge.document import Document
from knowledge.glossary import Glossary, Saying, glossary
from knowledge.language import Ask, asked_for, language
from knowledge.latin import Latin, sounds_anchored
from knowledge.marks import AID_WORTH, CHATTER_WORTH, PLACE_WORTH, PLAIN, Marks, gram, seams
from knowledge.normal import is_han, normal, pieces
from knowledge.numbered import article, box
from knowledge.places import PAIR, Place, Places, asked_of, most_specific
from knowledge.question import Atom, Question, Word
from knowledge.regions import by_alias, regions, with_programme
from knowledge.sentences import ASKING, Part, cleaned, parts_of
from knowledge.spelling import Speller
from knowledge.talk import talk_of
from knowledge.titles import TITLE, Name, Titles
from knowledge.words import Words

_ASKING_WORD = re.compile(r"怎|咋|如何|什么|啥|哪|谁|多少|有没|能不能|是不是|负责")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|$|[^\d])")
_SEVERAL = re.compile(r"(?<=[?？。!！;；\n])|(?:^|(?<=[\s。;；]))\d{1,2}[.、)）]\s*")
"""Where one question of a message ends and the next begins: after its mark, at a new line or at a number of a list."""
_MOST_QUESTIONS = 3
_OWN_SUBJECT = 3

_CUE_WORTH = 0.35
_NAMED_PLACE_WORTH = 0.8
"""A place without a document of its own must be found in the clause."""
_PERIOD_WORTH = 0.35
_DOCUMENT_WORTH = 0.25
_LONGEST_CUE = 8
"""A longer match of a cue spans other words, which may be the subject."""
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
_WHO_ASKS = re.compile(r"市?这?边?的?(中小微?|小微|民营)?(企业|公司|工厂|厂家|厂子|单位|厂(?!商))")
"""Behind a city whose province answers for it: whose question it is, and no part of its subject (宿迁企业专利入股)."""
_CHATTER_PAIR = 0.3
"""Both characters of a pair below it are chatter, or it is a seam."""
_MISSPELT_WORTH = 0.8
_COMMON = ((8000, 0.25), (2000, 0.45), (600, 0.7))
"""Words of general language that no clause has: how often they stand in any text, and what is left of their weight."""


def vocabulary() -> frozenset[str]:
    """The words that cutting a question in words must know."""
    terms = glossary()
    phrases = {word for word in (*language().chatter, *terms.sayings, *terms.names) if len(word) > 1}
    places = {alias for alias in by_alias() if len(alias) > 1}
    return frozenset(word for word in phrases | places if all(map(is_han, word)))


@dataclass(frozen=True)
class _Either(Container[str]):
    """What one of two has: a set of both would be a megabyte."""

    one: Container[str]
    other: Container[str]

    def __contains__(self, gram: object) -> bool:
        return gram in self.one or gram in self.other


class Reader:
    """Reads questions about the given documents."""

    def __init__(self, documents: Sequence[Document], known: Container[str], words: Words, asked: Container[str] = ()) -> None:
        """`known` are the pairs and Latin words of the corpus, `asked` those of the curated questions."""
        self._words = words
        self._known = known
        self._glossary: Glossary = glossary()
        self._places = Places(self._glossary)
        self._titles = Titles(documents)
        self._latin = Latin(self._glossary, known, self._places.aliases, documents)
        anchors = language().anchors.pattern.split("|")
        self._speller = Speller(
            {*self._glossary.names, *anchors},
            self._places.short_names(),
            _Either(known, asked),
            words.cut,
            self._glossary.sayings.keys(),
            frozenset(word for word in language().chatter if len(word) == 1),
        )
        self._read_one = lru_cache(maxsize=_KEPT)(self._read_anew)

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
        if question.article or question.box or (said <= 1 and any(ask.front for ask in question.asks)):
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
        for start, end, _ in reversed(self._places.of(text)):
            text = text[:start] + text[end:]
        return text

    # One message

    def _read_anew(self, text: str) -> Question:
        if sum(map(is_han, text)) < _SOME_HAN and self._latin.is_english(text, self._places.of(text)):
            return self._read_english(text)
        mended, slips = self._speller.mended(text)
        return replace(self._read_chinese(mended), slips=slips)

    def _read_english(self, text: str) -> Question:
        """An English question through the Chinese words it stands for; words we cannot translate stay, and count against an answer."""
        places = self._places.of(text)
        asks = asked_for(text)
        chinese, unknown = self._latin.translation(text, places, any(ask.front for ask in asks))
        read = self._read_chinese(" ".join(map(normal, chinese)))
        return replace(
            read,
            text=text,
            asked=text,
            atoms=(*read.atoms, *(Atom(word, (), 0.4) for word in unknown)),
            untranslated=len(unknown) / max(1, len(chinese) + len(unknown)),
            regions=most_specific(dict.fromkeys(region.id for *_, region in places)),
            documents=self._titles.meant(text, places, self._titles.spelt(text)),
            asks=asks,
            units=(),
            years=tuple(dict.fromkeys(map(int, _YEAR.findall(text)))),
            smalltalk=talk_of(text),
            article=article(text, ((-1, word.text) for word in read.words if word.text not in language().document_words)),
            english=tuple(dict.fromkeys(self._latin.stems(text, places))),
        )

    def _read_chinese(self, text: str) -> Question:
        words = language()
        places = self._places.of(text)
        parts = parts_of(text)
        marks = Marks.of(text, parts)
        asked = "\n".join(text[start:end] for start, end, worth in parts if worth == 1.0)
        asks = asked_for(asked)
        cut = self._words.cut(text)
        names = self._titles.spelt(text)
        self._mark(text, marks, places, asks, parts, names)
        sayings = self._sayings(text, marks)
        self._mark_words(cut, marks)
        about = tuple(self._subject_words(cut, marks, parts))
        if _says_more(about):
            for found in words.aid_asked.finditer(text):
                marks.lower(*found.span(), AID_WORTH)
            about = tuple(self._subject_words(cut, marks, parts))
        for found in words.for_whom.finditer(text):
            marks.lower(*found.span(), AID_WORTH)
        latin_places, latin = self._latin.read(text, places, marks)
        atoms = [*self._han_atoms(text, marks, seams(cut)), *latin]
        named = asked_of(text, places) + latin_places
        documents = self._titles.meant(text, places, names)
        ours = any(saying.said in self._glossary.field for saying in sayings) or words.anchors.search(text)
        anchored = bool(ours) or sounds_anchored(latin)
        foreign = () if documents else tuple(dict.fromkeys((*TITLE.findall(text), *self._laws(text))))
        return Question(
            text=text,
            atoms=_each_once(self._heard(atom, marks) for atom in atoms),
            sayings=tuple(sayings),
            regions=most_specific(dict.fromkeys(region.id for region in named)),
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
            box=box(text, ((word.at, word.text) for word in about)),
        )

    def _subject_words(self, cut: list[str], marks: Marks, parts: list[Part]) -> Iterator[Word]:
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
            saying = self._glossary.sayings.get(text[start:end]) or self._glossary.sayings.get(text[start:core])
            yield Word(text[start:end], start, tuple(instead for instead, _ in saying.instead) if saying else (), text[start:core])

    def _heard(self, atom: Atom, marks: Marks) -> Atom:
        """A pair that no clause has but that sounds like one of our field's words is that word misspelt, even with a chatter word in it."""
        if len(atom.key) != PAIR or atom.key in self._known or not _CHATTER_PAIR < atom.worth < PLAIN or atom.sayings:
            return atom
        if any(marks.asking[atom.at : atom.at + PAIR]):
            return atom
        sounds = tuple(sound for sound in pinyin.pairs(atom.key) if sound in self._latin.field_sounds)
        return atom._replace(sounds=sounds, worth=_MISSPELT_WORTH) if sounds else atom

    def _laws(self, text: str) -> Iterator[str]:
        """Acts, regulations and rules called by their names without 《》: none of ours is one."""
        for found in language().laws.finditer(text):
            name = found["act"] or language().before_a_name.split(text[: found.end()])[-1]
            own = name.removesuffix(found.group())
            if found["act"] or language().anchors.search(own) or self._places.of(own):
                yield name

    def _mark(self, text: str, marks: Marks, places: list[Place], asks: tuple[Ask, ...], parts: list[Part], names: list[Name]) -> None:
        words = language()
        for start, end, worth in parts:
            marks.worth[start:end] = [before * worth for before in marks.worth[start:end]]
        for start, end, region in places:
            marks.lower(start, end, PLACE_WORTH if region.held else _NAMED_PLACE_WORTH)
            if not region.held and (who := _WHO_ASKS.match(text, end)):
                marks.lower(*who.span(), PLACE_WORTH)
        for period in words.periods.finditer(text):
            marks.lower(*period.span(), _PERIOD_WORTH)
        for level in (found for _, pattern in words.levels for found in pattern.finditer(text)):
            marks.lower(*level.span(), PLACE_WORTH)
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

    def _mark_words(self, cut: list[str], marks: Marks) -> None:
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

    def _sayings(self, text: str, marks: Marks) -> list[Saying]:
        """The glossary's wordings in the text; what they cover is the subject even where a word of it is chatter."""
        found: dict[str, int] = {}
        for start, saying in self._glossary.said(text):
            number = found.setdefault(saying.said, len(found))
            for at in range(start, start + len(saying.said)):
                marks.sayings[at].append(number)
        return [self._glossary.sayings[said] for said in found]

    def _han_atoms(self, text: str, marks: Marks, seams: Mapping[int, float]) -> Iterator[Atom]:
        for start, run in pieces(text):
            if run[0].isascii() and not run[0].isdigit():
                continue
            if run[0].isdigit():
                yield self._number(run, start, marks)
                continue
            width = 2 if len(run) > 1 else 1
            for at in range(len(run) - width + 1):
                yield gram(run[at : at + width], start + at, marks, seams.get(start + at, 1.0))

    def _number(self, run: str, start: int, marks: Marks) -> Atom:
        return Atom(run, (), marks.worth[start] * 0.7, tuple(marks.sayings[start]), marks.part[start], start, (False,) * len(run), False)

    def is_english(self, text: str) -> bool:
        """Whether a text as typed is read as English."""
        spoken = cleaned(text)
        return not any(map(is_han, spoken)) and self._latin.is_english(spoken, self._places.of(spoken))


def _each_once(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """What is said twice is looked for once, with the weight of its weightiest place."""
    best: dict[tuple[str, tuple[str, ...]], Atom] = {}
    for atom in atoms:
        key = (atom.key, () if atom.key else atom.sounds)
        if key not in best or atom.worth > best[key].worth:
            best[key] = atom
    return tuple(best.values())


def _at_home(question: Question) -> Question:
    """A programme that only one place has is asked about there, whatever place was spoken of before."""
    home = None if question.regions else with_programme(question.text)
    return replace(question, regions=(home.id,)) if home else question


def _asks_the_same_of_another(question: Question, before: Question) -> bool:
    """Who says again what is asked has a subject anew: after 知识产权金融归谁管, 那司法保护谁负责 is no matter of finance."""
    again = {ask.id for ask in question.asks} & {ask.id for ask in before.asks} - _FIGURE_ASKS
    return bool(again) and _says_more(question.words)


def _says_more(words: Iterable[Word]) -> bool:
    """More than what nearly every clause has something on."""
    known = language().open_words | language().broad_words
    return any(word.text not in known for word in words)


def _substance(question: Question) -> int:
    """How many characters of the question say what it is about."""
    return len({atom.key or atom.sounds for atom in question.subject if atom.worth > 0.5})


def _shorten(cues: re.Pattern[str], text: str) -> str:
    """Without asking words; a long match spans other words, which may be the subject."""
    return cues.sub(lambda found: "" if len(found.group()) <= _LONGEST_CUE else found.group(), text)

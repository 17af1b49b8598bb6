"""What a question means, once it is read: places and documents named, what is asked for, and its words with their weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from knowledge.document import Level
from knowledge.glossary import Saying
from knowledge.language import Ask, language
from knowledge.spelling import Slip


class Atom(NamedTuple):
    """The smallest thing looked for: two neighbouring characters, a Latin word, a number, or two syllables."""

    # A story has hundreds of them: a frozen dataclass takes five times as long to make.

    key: str
    sounds: tuple[str, ...] = ()
    """The same by sound; for an atom typed in pinyin there is nothing else."""
    worth: float = 1.0
    """1 for the subject, less for chatter, places and background."""
    sayings: tuple[int, ...] = ()
    """Positions in `Question.sayings` of the wordings it is a part of."""
    part: int = 0
    """Which sentence of the question it stands in."""
    at: int = -1
    """Where it stands in the text; -1 when its characters do not (English, pinyin)."""
    own: tuple[bool, ...] = (True, True)
    """Which of its characters are of the subject, where only one is."""
    subject: bool = True
    """False for chatter, the asking words, places and documents' names: what is left says what the question is about."""


@dataclass(frozen=True)
class Word:
    """A word of the subject, whole."""

    text: str
    at: int
    instead: tuple[str, ...]
    """What clauses may say for it."""
    core: str
    """The same without the characters alone behind it, which may be no part of it: 外观设计拿."""


@dataclass(frozen=True)
class Question:
    text: str
    atoms: tuple[Atom, ...] = ()
    sayings: tuple[Saying, ...] = ()
    regions: tuple[str, ...] = ()
    """Places named, in the order they are named."""
    leaned: tuple[str, ...] = ()
    """Places inherited from earlier turns or the chat: a preference, not a demand."""
    levels: tuple[Level, ...] = ()
    documents: tuple[str, ...] = ()
    foreign_titles: tuple[str, ...] = ()
    """What is named as a document and is none of ours: 《…》, an act, a regulation."""
    asks: tuple[Ask, ...] = ()
    units: tuple[str, ...] = ()
    asked: str = ""
    """The sentences that ask; the rest of a story is background."""
    years: tuple[int, ...] = ()
    parts: int = 1
    untranslated: float = 0.0
    """The share of an English question's words that have no Chinese ones here."""
    smalltalk: str = ""
    """Which kind of talk it is, when it is nothing else: thanks, a greeting …"""
    anchored: bool = False
    """It has a word of our field in it, not only words that any office uses."""
    words: tuple[Word, ...] = ()
    """The words of its subject in order."""
    slips: tuple[Slip, ...] = ()
    """What was typed wrong, and how it is understood; `text` is the question put right."""
    article: int = 0
    """The clause it asks for by its number and by nothing else; 0 for none."""
    box: int = 0
    """The box it asks for in the same way."""
    english: tuple[str, ...] = ()
    """The stems of an English question's words, as they are; its atoms are the Chinese ones they stand for."""

    def asks_for(self, id: str) -> bool:
        return any(ask.id == id for ask in self.asks)

    @property
    def open(self) -> bool:
        """It says nothing but what nearly every clause has something on, and no place or document."""
        named = self.regions or self.leaned or self.documents
        return bool(self.words) and not named and all(word.text in language().open_words for word in self.words)

    @property
    def broad(self) -> bool:
        """A whole field is asked about, with nothing that tells which of its clauses is meant."""
        known = language().broad_words | language().open_words
        # Whether there is any aid is asked of the whole field, too.
        narrowed = (
            any(ask.id != "aid" for ask in self.asks)
            or self.documents
            or self.years
            or any(atom.at < 0 or atom.key.isascii() for atom in self.subject)
        )
        return bool(self.words) and not narrowed and all(word.text in known for word in self.words)

    @property
    def subject(self) -> tuple[Atom, ...]:
        return tuple(atom for atom in self.atoms if atom.subject)

"""Which sentence of which passage answers a question best, and how much of the question it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from knowledge.cover import Cover
from knowledge.index import Entry, Index, Sentence
from knowledge.likeness import Likenesses
from knowledge.scoring import Scoring
from knowledge.wanted import Wanted, any_in


@dataclass(frozen=True)
class Match:
    entry: Entry
    sentence: Sentence
    score: float
    """For ranking: what is found, by weight, with what the sentence has of what is asked for."""
    matcher: Matcher = field(repr=False, compare=False)
    asked: Sentence | None = None
    """The curated question that is so much like this one that it found the passage."""
    likeness: float = 0.0
    """How much of each other this question and the closest curated one hold, 0 to 1."""
    place: float = 1.0
    """What its document is worth for the places asked about."""
    alike: Sentence | None = None
    """That closest curated question, whatever found the passage."""

    @property
    def alike_text(self) -> str:
        return self.alike.normal if self.alike else ""

    @property
    def cover(self) -> float:
        """How much of the subject is found, 0 to 1: for deciding whether this is an answer at all."""
        return self.matcher.cover(self.entry, self.sentence, self.asked)

    @property
    def channels(self) -> tuple[str, ...]:
        """By what it was found: characters, glossary, sounds, questions."""
        return self.matcher.channels(self.entry, self.sentence, self.asked)


class Matcher:
    """What is looked for against one passage after another."""

    def __init__(self, wanted: Wanted, index: Index) -> None:
        self._wanted = wanted
        self._scoring = Scoring(wanted, index)
        self._likenesses = Likenesses(wanted, index)
        self._covers: dict[tuple[int, str], float] = {}

    def best(self, entry: Entry) -> Match:
        """The best sentence of a passage."""
        score, sentence = self._scoring.best(entry)
        strength, likeness, asked = self._likenesses.closest(entry)
        if asked and strength > score:
            return Match(entry, sentence, strength, self, asked, likeness, alike=asked)
        return Match(entry, sentence, score, self, None, likeness, alike=asked)

    def cover(self, entry: Entry, sentence: Sentence, asked: Sentence | None) -> float:
        """How much of the subject a sentence with its surroundings holds, or else the curated question that found it."""
        found = self._covers.get(place := (entry.number, sentence.text))
        if found is None:
            found = self._covered.of(self._scoring.credits(entry, sentence))
            if asked:
                found = max(found, self._covered.of(self._likenesses.credits_of(entry, asked)) * self._likenesses.holding(entry, asked))
            self._covers[place] = found
        return found

    @cached_property
    def _covered(self) -> Cover:
        return Cover(self._wanted.atoms, self._wanted.rarities, frozenset(at for at, _ in self._wanted.by_sound))

    def channels(self, entry: Entry, sentence: Sentence, asked: Sentence | None) -> tuple[str, ...]:
        """By what a sentence was found."""
        atoms = zip(self._wanted.atoms, self._wanted.needle_of, strict=True)
        channels = ["characters"] if any(spelt in sentence.hay for atom, spelt in atoms if atom.subject) else []
        if any(word in sentence.normal for instead in self._wanted.instead for word, _ in instead):
            channels.append("glossary")
        if any(any_in(sounding, sentence) for _, sounding in self._wanted.by_sound):
            channels.append("sounds")
        return (*channels, "questions") if asked else tuple(channels)

"""Which sentence of a passage says most of what is looked for, and what it is worth.

What comes out of a set is added with `fsum`: sets have no order, and passages that hold the same must come out equal to the last bit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from math import fsum

from knowledge.document import ClauseKind
from knowledge.grams import needle
from knowledge.index import Entry, Index, Sentence
from knowledge.wanted import BY_SOUND, Meant, Wanted, any_in, most

# What finding a word is worth, by where it is found.
_HEADING = 0.7
_PASSAGE = 0.55
_ABOVE = 0.4
_ASKED = 0.5
"""In any of the passage's curated questions: their words are the passage's, too."""

_ASK_BONUS = 0.07
_FIGURES = frozenset({"count", "money", "duration"})
_UNIT_BONUS = 0.09
_YEAR_BONUS = 0.08
_FRONT_BONUS = 0.3
_HEADING_BONUS = 0.12
_OFTEN_BONUS = 0.05
_EARLY_BONUS = 0.02
_LISTED_MALUS = 0.02
_NEAR_BY = 8
_TERSE_BONUS = 0.12
"""For a sentence that says little else than what the question says, such as a line of a data sheet."""
_FIGURE_WITH_UNIT = r"[\d□一二三四五六七八九十两百千][\d.,□]*\s*(?:余|多|万|亿)?{unit}|\({unit}\)"


@dataclass(frozen=True)
class _Ground:
    """A passage as one question sees it, so that each of its sentences needs a look only at what may differ."""

    base: dict[str, float]
    """What each atom is worth by the passage's surroundings alone; none where nothing is found."""
    resting: float
    """What all atoms add up to so."""
    gains: list[tuple[str, str, float]]
    """What each atom adds when it stands in the very sentence: its needle, its key and how much; the weightiest atom first."""
    here: frozenset[str]
    """The atoms that stand in the passage."""
    headed: frozenset[str]
    """Those that stand in its heading."""
    said: dict[int, list[tuple[int, float]]]
    """Of each sentence that has another wording: for which of the question's, and what it is worth."""
    sounding: list[tuple[int, frozenset[str]]]
    """The atoms that some sentence has by their sound, and what sounds so."""


class Scoring:
    """Of the sentences of passages for one question."""

    def __init__(self, wanted: Wanted, index: Index) -> None:
        self._wanted = wanted
        self._question = wanted.question
        self._atoms, self._weights, self._keys = wanted.atoms, wanted.weights, wanted.keys
        self._needle_of, self._total = wanted.needle_of, wanted.total
        self._needles_held = [(key, spelt) for key, spelt in wanted.needles if index.holds(key)]
        """Those that any passage has: hardly more than half of them."""
        self._grams = frozenset(wanted.keys)
        self._heading = 1.0 if wanted.question.asks_for("department") else _HEADING
        """Departments answer for all that stands under a heading."""
        self._units = [re.compile(_FIGURE_WITH_UNIT.format(unit=unit)) for unit in wanted.question.units]
        self._grounds: dict[int, _Ground] = {}
        self._framed = cache(self._held_in)
        """Passages share their headings."""

    def best(self, entry: Entry) -> tuple[float, Sentence]:
        """The best sentence of a passage, and its score."""
        ground = self._ground(entry)
        extra = self._extra(entry, ground)
        score, sentence = self._best_sentence(entry, ground)
        return score + extra, sentence

    def credits(self, entry: Entry, sentence: Sentence) -> list[float]:
        """What each atom is worth in a sentence."""
        ground = self._ground(entry)
        held = ground.base | dict.fromkeys([key for spelt, key, _ in ground.gains if spelt in sentence.hay], 1.0)
        credits = [held.get(atom.key, 0.0) for atom in self._atoms]
        for at, credit in self._in_other_words(sentence, ground).items():
            credits[at] = max(credits[at], credit)
        return credits

    def _ground(self, entry: Entry) -> _Ground:
        found = self._grounds.get(entry.number)
        if found is None:
            found = self._grounds[entry.number] = self._seen(entry)
        return found

    def _seen(self, entry: Entry) -> _Ground:
        pieces = entry.pieces
        here = [key for key, spelt in self._needles_held if spelt in pieces]
        headed = self._framed(entry.heading_hay)
        base = dict.fromkeys(self._framed(entry.above_hay), _ABOVE)
        base |= dict.fromkeys(self._grams & entry.asked_grams, _ASKED)
        base |= dict.fromkeys(here, _PASSAGE)
        base |= dict.fromkeys(headed, self._heading)
        around, said = self._worded(entry)
        for position, value in sorted(around.items()):
            for at in self._wanted.of_saying[position]:
                key = self._atoms[at].key
                base[key] = max(value, base.get(key, 0.0))
        heard = frozenset([gram for gram in self._wanted.sounds if gram in entry.normal])
        sounding = [(at, alike) for at, grams in self._wanted.by_sound if (alike := grams & heard)] if heard else []
        resting = fsum([self._keys.get(key, 0.0) * value for key, value in base.items()])
        gains = [(needle(key), key, self._keys[key] * (1.0 - base[key])) for key in here]
        return _Ground(base, resting, gains, frozenset(here), frozenset(headed), said, sounding)

    def _held_in(self, hay: str) -> list[str]:
        """Which of the atoms stand there."""
        return [key for key, spelt in self._wanted.needles if spelt in hay]

    def _worded(self, entry: Entry) -> tuple[dict[int, float], dict[int, list[tuple[int, float]]]]:
        """What other wordings give each of the question's by standing in and around a passage, and by sentence."""
        around: dict[int, float] = {}
        standing: list[tuple[Meant, tuple[int, ...]]] = []
        whole = f"{entry.heading}\n{entry.normal}\n{entry.above}"
        for word, meant in self._wanted.meant.items():
            # Nearly all stand nowhere: one look tells that.
            if word in whole:
                inside = word in entry.normal
                share = _HEADING if word in entry.heading else _PASSAGE if inside else _ABOVE
                for position, value in meant:
                    around[position] = max(around.get(position, 0.0), value * share)
                if inside:
                    standing.append((meant, entry.said_with(word)))
        return around, most(standing)

    def _extra(self, entry: Entry, ground: _Ground) -> float:
        """What the passage as a whole adds: a heading that names the subject, and the subject coming back again and again."""
        subject, total = self._subject
        if not total:
            return 0.0
        headed = sum([weight for key, weight in subject.items() if key in ground.headed])
        often = sum([weight * min(2, entry.normal.count(key) - 1) / 2 for key, weight in subject.items() if key in ground.here])
        return (_HEADING_BONUS * headed * headed / total + _OFTEN_BONUS * often) / total

    @cached_property
    def _subject(self) -> tuple[dict[str, float], float]:
        """The weights of the subject's own atoms, and what they weigh together."""
        subject = {atom.key: weight for atom, weight in zip(self._atoms, self._weights, strict=True) if atom.subject and atom.key}
        return subject, sum(subject.values())

    def _best_sentence(self, entry: Entry, ground: _Ground) -> tuple[float, Sentence]:
        """How terse a sentence is, is dear to tell, and told only of those that it may bring to the front."""
        scored = [(sentence, *self._scored(entry, sentence, ground), _length_malus(sentence)) for sentence in entry.sentences]
        least = max([score - malus for _, score, _, malus in scored]) - _TERSE_BONUS / 1000
        best: tuple[float, Sentence] | None = None
        for sentence, score, atoms, malus in scored:
            if score - malus + _TERSE_BONUS * atoms / (atoms + 1) >= least:
                whole = score + (_TERSE_BONUS * atoms / (sentence.size + 1) if atoms else 0.0) - malus
                if best is None or whole > best[0]:
                    best = (whole, sentence)
        return best or (0.0, entry.sentences[0])

    def _scored(self, entry: Entry, sentence: Sentence, ground: _Ground) -> tuple[float, int]:
        """What a sentence is worth but for its length, and how many atoms stand in it."""
        exact = [(key, gain) for spelt, key, gain in ground.gains if spelt in sentence.hay]
        found = ground.resting + sum([gain for _, gain in exact])
        if sentence.number in ground.said or ground.sounding:
            for at, credit in self._in_other_words(sentence, ground).items():
                found += self._weights[at] * (credit - ground.base.get(self._atoms[at].key, 0.0))
        heaviest = exact[0][0] if exact else ""
        return found / self._total + _aboutness(sentence, heaviest) + self._bonus(entry, sentence), len(exact)

    def _in_other_words(self, sentence: Sentence, ground: _Ground) -> dict[int, float]:
        """The credit of atoms that a sentence has in other words or spelling, where that is more than what the passage gives them."""
        credits: dict[int, float] = {}
        for position, value in ground.said.get(sentence.number, ()):
            for at in self._wanted.of_saying[position]:
                key = self._atoms[at].key
                if self._needle_of[at] not in sentence.hay and value > max(credits.get(at, 0.0), ground.base.get(key, 0.0)):
                    credits[at] = value
        for at, sounding in ground.sounding:
            key = self._atoms[at].key
            if max(credits.get(at, 0.0), ground.base.get(key, 0.0)) < BY_SOUND and any_in(sounding, sentence):
                credits[at] = BY_SOUND if key else 1.0
        return credits

    def _bonus(self, entry: Entry, sentence: Sentence) -> float:
        bonus = 0.0
        for ask in self._question.asks:
            if sentence.has(ask.id, ask.wants):
                bonus += _ASK_BONUS if not ask.front else 0.0 if ask.opening and entry.clause.kind is not ClauseKind.FRONT else _FRONT_BONUS
            elif ask.id in _FIGURES:
                bonus -= _ASK_BONUS
        if self._units and any(unit.search(sentence.normal) for unit in self._units):
            bonus += _UNIT_BONUS
        if self._question.years and any(str(year) in sentence.normal or str(year) in entry.heading for year in self._question.years):
            bonus += _YEAR_BONUS
        return bonus


def _aboutness(sentence: Sentence, key: str) -> float:
    """A sentence is about what it begins with rather than about what it lists in passing."""
    if not key:
        return 0.0
    at = sentence.normal.find(key)
    listed = "、" in sentence.normal[max(0, at - _NEAR_BY) : at + _NEAR_BY]
    return _EARLY_BONUS * (1 - at / len(sentence.normal)) - (_LISTED_MALUS if listed else 0.0)


def _length_malus(sentence: Sentence) -> float:
    return min(0.03, len(sentence.normal) / 12000)

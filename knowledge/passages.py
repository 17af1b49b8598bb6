"""Which sentence of which passage answers a question best, and how much of the question it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.document import Clause, ClauseKind, Passage, PassageKind
from knowledge.index import Entry, Field, Index, Sentence
from knowledge.question import Atom, Question

# What finding a word is worth, by where it is found.
_HEADING = 0.7
_PASSAGE = 0.55
_ABOVE = 0.4
_BY_SOUND = 0.75

_SURE_BY_SOUND = 0.5
"""A likeness in sound may be chance, so it counts less for whether this is an answer at all."""

_MOST_ATOMS = 90
_CANDIDATES = 56
_HEADING_BOOST = 0.6
_QUESTION_BOOST = 0.8
_SAYING_BOOST = 0.5
_SOUND_BOOST = 0.6
_WORD_BOOST = 0.6

_ASK_BONUS = 0.07
_FIGURES = frozenset({"count", "money", "duration"})
_UNIT_BONUS = 0.09
_YEAR_BONUS = 0.08
_FRONT_BONUS = 0.3
_RARITY_CAP = 4.5
_QUESTION_OURS = 0.6
"""How much likeness to a curated question is that it holds ours; the rest is that ours holds it."""
_LEAST_TOTAL = 12.0
"""A question of few and common words is no evidence, however well it is matched."""
_ASIDE = 0.5
_ENOUGH = 4
_MOST_PARTS = 5
_CLOSELY = 24
"""How many candidates are read sentence by sentence."""
_HEADING_BONUS = 0.12
_OFTEN_BONUS = 0.05
_EARLY_BONUS = 0.02
_LISTED_MALUS = 0.02
_NEAR_BY = 8
_TERSE_BONUS = 0.12
"""For a sentence that says little else than what the question says, such as a line of a data sheet."""


_FIGURE_WITH_UNIT = r"[\d□一二三四五六七八九十两百千][\d.,□]*\s*(?:余|多|万|亿)?{unit}|\({unit}\)"


@dataclass(frozen=True)
class Match:
    entry: Entry
    sentence: Sentence
    score: float
    """For ranking: what is found, by weight, with what the sentence has of what is asked for."""
    cover: float
    """How much of the subject is found, 0 to 1: for deciding whether this is an answer at all."""
    channels: tuple[str, ...]
    place: float = 1.0
    """What its document is worth for the places asked about."""


@dataclass(frozen=True)
class _Ground:
    """A passage as one question sees it: the worth of each atom anywhere in it, and which atoms a sentence may do better."""

    base: list[float]
    present: list[list[tuple[str, float]]]
    moving: list[int]
    resting: float
    """What the other atoms add up to."""


class Matcher:
    """One question against the index: candidates, then every sentence of each."""

    def __init__(self, question: Question, index: Index) -> None:
        self._question = question
        self._index = index
        ranked = sorted(question.atoms, key=lambda atom: -atom.worth * self._rarity(atom))
        kept = {id(atom) for atom in ranked[:_MOST_ATOMS]}
        self._atoms = tuple(atom for atom in question.atoms if id(atom) in kept)
        self._sounding = tuple(map(self._by_sound, self._atoms))
        self._weights = tuple(atom.worth * self._rarity(atom) for atom in self._atoms)
        self._total = max(sum(self._weights), _LEAST_TOTAL)
        self._heading = 1.0 if question.asks_for("department") else _HEADING
        """Departments answer for all that stands under a heading."""
        self._instead = tuple(saying.instead for saying in question.sayings)
        self._units = [re.compile(_FIGURE_WITH_UNIT.format(unit=unit)) for unit in question.units]

    def _rarity(self, atom: Atom) -> float:
        if self._by_sound(atom):
            return max(map(self._index.sound_rarity, atom.sounds))
        return self._index.rarity(atom.key)

    # Candidates

    def candidates(self, limit: int = _CANDIDATES) -> list[Entry]:
        terms = {field: list(weighted) for field, weighted in self._terms()}
        return self._index.search(terms, limit)

    def _terms(self) -> Iterator[tuple[Field, Iterable[tuple[str, float]]]]:
        typed = [(atom.key, atom.worth) for atom in self._atoms if atom.key]
        yield Field.GRAMS, [*typed, *self._other_words()]
        yield Field.HEADING, [(key, worth * _HEADING_BOOST) for key, worth in typed]
        yield Field.QUESTIONS, [(key, worth * _QUESTION_BOOST) for key, worth in typed]
        yield Field.WORDS, [(word, _WORD_BOOST) for word in self._index.words_of(self._question.text)[:_MOST_ATOMS]]
        yield Field.SOUNDS, [(sound, atom.worth * _SOUND_BOOST) for atom in self._atoms if self._by_sound(atom) for sound in atom.sounds]

    def _other_words(self) -> Iterator[tuple[str, float]]:
        for instead in self._instead[:20]:
            for word, value in instead[:8]:
                for at in range(max(1, len(word) - 1)):
                    yield word[at : at + 2], value * _SAYING_BOOST

    def _by_sound(self, atom: Atom) -> bool:
        """Sound counts where the spelling is found nowhere, or none was typed."""
        return bool(atom.sounds) and (not atom.key or not self._index.holds(atom.key))

    def closest(self, entries: Iterable[Entry], limit: int = _CLOSELY) -> list[Entry]:
        """The passages that have most of what is looked for, wherever in them: a cheap first look.

        What was typed in pinyin has no characters to look for; then the order of the search stands.
        """
        if not all(atom.key for atom in self._atoms):
            return list(entries)[:limit]
        weights: dict[str, float] = {}
        for atom, weight in zip(self._atoms, self._weights, strict=True):
            weights[atom.key] = weights.get(atom.key, 0.0) + weight
        for instead in self._instead:
            for word, value in instead:
                for at in range(max(1, len(word) - 1)):
                    weights.setdefault(word[at : at + 2], value)
        wanted = frozenset(weights)

        def having(entry: Entry) -> float:
            found = sum(weights[gram] for gram in wanted & entry.grams)
            found += sum(weights[gram] for gram in wanted & entry.heading_grams) / 2
            return max(found, sum(weights[gram] for gram in wanted & entry.asked_grams))

        return sorted(entries, key=lambda entry: (-having(entry), entry.number))[:limit]

    # Scoring

    def best(self, entry: Entry) -> Match:
        """The best sentence of a passage."""
        ground = self._ground(entry)
        extra = self._extra(entry)
        score, sentence = max(((self._scored(entry, sentence, ground), sentence) for sentence in entry.sentences), key=_first)
        credits = self._credits(sentence, ground)
        channels = self._channels(sentence)
        cover = self._cover(credits)
        likeness, asked_cover = self._asked(entry, score + extra)
        if likeness > score + extra:
            return Match(entry, sentence, likeness, max(cover, asked_cover), (*channels, "questions"))
        return Match(entry, sentence, score + extra, cover, channels)

    def _asked(self, entry: Entry, least: float) -> tuple[float, float]:
        """How alike the question is to one that curators say the passage answers: both must hold most of each other."""
        best = (least, 0.0)
        if self._shared(entry.asked_grams) / self._total <= least:
            return best
        for asked in entry.asked:
            ours = self._shared(asked.grams) / self._total
            if ours <= best[0]:
                continue
            shared = self._keys.keys() & asked.grams
            theirs = sum(self._index.rarity(key) for key in shared if len(key) > 1) / (self._index.weight_of(asked) or 1.0)
            likeness = ours * (_QUESTION_OURS + (1 - _QUESTION_OURS) * theirs)
            if likeness > best[0]:
                best = (likeness, self._cover([float(atom.key in shared) for atom in self._atoms]) * theirs)
        return best

    def _shared(self, grams: frozenset[str]) -> float:
        return sum(map(self._keys.__getitem__, self._keys.keys() & grams))

    @cached_property
    def _keys(self) -> dict[str, float]:
        return {atom.key: weight for atom, weight in zip(self._atoms, self._weights, strict=True) if atom.key}

    def _base(self, entry: Entry) -> list[float]:
        """What each atom is worth by the passage's surroundings alone."""
        around = [self._around(entry, position) for position in range(len(self._instead))]
        base = []
        for atom in self._atoms:
            value = 0.0
            if atom.key in entry.heading_grams:
                value = self._heading
            elif atom.key in entry.grams:
                value = _PASSAGE
            elif atom.key in entry.above_grams:
                value = _ABOVE
            for position in atom.sayings:
                value = max(value, around[position])
            base.append(value)
        return base

    def _around(self, entry: Entry, position: int) -> float:
        best = 0.0
        for word, value in self._instead[position]:
            if word in entry.heading:
                best = max(best, value * _HEADING)
            elif word in entry.normal:
                best = max(best, value * _PASSAGE)
            elif word in entry.above:
                best = max(best, value * _ABOVE)
        return best

    def _extra(self, entry: Entry) -> float:
        """What the passage as a whole adds: a heading that names the subject, and the subject coming back again and again."""
        subject = [(atom, weight) for atom, weight in zip(self._atoms, self._weights, strict=True) if atom.subject and atom.key]
        total = sum(weight for _, weight in subject)
        if not total:
            return 0.0
        headed = sum(weight for atom, weight in subject if atom.key in entry.heading_grams)
        often = sum(weight * min(2, entry.normal.count(atom.key) - 1) / 2 for atom, weight in subject if atom.key in entry.grams)
        return (_HEADING_BONUS * headed * headed / total + _OFTEN_BONUS * often) / total

    def _ground(self, entry: Entry) -> _Ground:
        """What holds for all sentences of a passage, so that each needs a look only at what may differ."""
        base = self._base(entry)
        present = [[(word, value) for word, value in instead if word in entry.normal] for instead in self._instead]
        moving = [
            at
            for at, (atom, sounding) in enumerate(zip(self._atoms, self._sounding, strict=True))
            if atom.key in entry.grams or sounding or any(present[position] for position in atom.sayings)
        ]
        resting = set(range(len(base))).difference(moving)
        return _Ground(base, present, moving, sum(self._weights[at] * base[at] for at in resting))

    def _scored(self, entry: Entry, sentence: Sentence, ground: _Ground) -> float:
        said = _said(sentence, ground)
        found = ground.resting
        exact = 0
        heaviest = (0.0, "")
        for at in ground.moving:
            key = self._atoms[at].key
            if key in sentence.grams:
                exact += 1
                found += self._weights[at]
                heaviest = max(heaviest, (self._weights[at], key))
            else:
                found += self._weights[at] * self._credit(at, sentence, ground.base[at], said)
        terse = _TERSE_BONUS * exact / (len(sentence.grams) + 1)
        return found / self._total + _aboutness(sentence, heaviest[1]) + self._bonus(entry, sentence) + terse - _length_malus(sentence)

    def _credits(self, sentence: Sentence, ground: _Ground) -> list[float]:
        """What each atom is worth in a sentence."""
        said = _said(sentence, ground)
        credits = list(ground.base)
        for at in ground.moving:
            credits[at] = 1.0 if self._atoms[at].key in sentence.grams else self._credit(at, sentence, ground.base[at], said)
        return credits

    def _credit(self, at: int, sentence: Sentence, base: float, said: list[float]) -> float:
        atom = self._atoms[at]
        credit = base
        for position in atom.sayings:
            credit = max(credit, said[position])
        if self._sounding[at] and credit < _BY_SOUND and not sentence.sounds.isdisjoint(atom.sounds):
            credit = _BY_SOUND if atom.key else 1.0
        return credit

    def _bonus(self, entry: Entry, sentence: Sentence) -> float:
        bonus = 0.0
        for ask in self._question.asks:
            if sentence.has(ask.id, ask.wants):
                bonus += _ASK_BONUS if not ask.front else 0.0 if ask.opening and entry.clause.kind is not ClauseKind.FRONT else _FRONT_BONUS
            elif ask.id in _FIGURES:
                bonus -= _ASK_BONUS
        if any(unit.search(sentence.normal) for unit in self._units):
            bonus += _UNIT_BONUS
        if any(str(year) in sentence.normal or str(year) in entry.heading for year in self._question.years):
            bonus += _YEAR_BONUS
        return bonus

    @cached_property
    def _characters(self) -> tuple[dict[int, float], list[tuple[int, ...]]]:
        """The weight of each character of the subject by position, and the positions of each atom."""
        weights: dict[int, float] = {}
        places: list[tuple[int, ...]] = []
        for number, atom in enumerate(self._atoms):
            positions = tuple(range(atom.at, atom.at + len(atom.key))) if atom.at >= 0 else (-1 - number,)
            places.append(positions)
            weight = atom.worth * min(_RARITY_CAP, self._rarity(atom))
            for position, own in zip(positions, atom.own, strict=False):
                if own:
                    weights[position] = max(weights.get(position, 0.0), weight / len(positions))
        return weights, places

    def _cover(self, credits: list[float]) -> float:
        """By characters: two words of the question that never stand together in a clause cost nothing at their seam."""
        weights, places = self._characters
        best: dict[int, float] = {}
        for credit, positions, sounding in zip(credits, places, self._sounding, strict=True):
            sure = credit if not sounding or positions[0] < 0 else min(credit, _SURE_BY_SOUND)
            for position in positions:
                best[position] = max(best.get(position, 0.0), sure)
        return max((_share(weights, best, group) for group in self._parts), default=0.0)

    @cached_property
    def _parts(self) -> list[frozenset[int]]:
        """The characters of each asking sentence of a story, and all of them: one question answered is an answer."""
        weights, places = self._characters
        groups: dict[int, set[int]] = {}
        for atom, positions in zip(self._atoms, places, strict=True):
            if atom.subject and atom.worth > _ASIDE:
                groups.setdefault(atom.part, set()).update(positions)
        whole = frozenset(weights)
        asking = sorted((frozenset(group) for group in groups.values() if len(group) >= _ENOUGH), key=len, reverse=True)
        return [whole, *(group for group in asking[:_MOST_PARTS] if group != whole)]

    def _channels(self, sentence: Sentence) -> tuple[str, ...]:
        channels = ["characters"] if any(atom.key in sentence.grams for atom in self._atoms if atom.subject) else []
        if any(word in sentence.normal for instead in self._instead for word, _ in instead):
            channels.append("glossary")
        if any(not sentence.sounds.isdisjoint(atom.sounds) for atom, sounding in zip(self._atoms, self._sounding, strict=True) if sounding):
            channels.append("sounds")
        return tuple(channels)


def _first(scored: tuple[float, Sentence]) -> float:
    return scored[0]


def _said(sentence: Sentence, ground: _Ground) -> list[float]:
    """The best other wording of each saying that the sentence has."""
    return [max([value for word, value in present if word in sentence.normal], default=0.0) for present in ground.present]


def _aboutness(sentence: Sentence, key: str) -> float:
    """A sentence is about what it begins with rather than about what it lists in passing."""
    if not key:
        return 0.0
    at = sentence.normal.find(key)
    listed = "、" in sentence.normal[max(0, at - _NEAR_BY) : at + _NEAR_BY]
    return _EARLY_BONUS * (1 - at / len(sentence.normal)) - (_LISTED_MALUS if listed else 0.0)


def _length_malus(sentence: Sentence) -> float:
    return min(0.03, len(sentence.normal) / 12000)


def _share(weights: dict[int, float], best: dict[int, float], group: frozenset[int]) -> float:
    total = sum(weights.get(position, 0.0) for position in group)
    return sum(weights.get(position, 0.0) * best.get(position, 0.0) for position in group) / total if total else 0.0


def visible(text: str) -> int:
    """Length as readers and limits count it: without white space."""
    return len("".join(text.split()))


def around(clause: Clause, passage: Passage, limit: int) -> tuple[Passage, ...]:
    """The passages of a clause to show with one of them: the nearest that fit as a whole, and none that carries a warning of its own."""
    passages = clause.passages
    first = last = passages.index(passage)
    room = limit - visible(passage.text)
    while True:
        if last + 1 < len(passages) and _joins(passages[last + 1], passage, room):
            last += 1
            room -= visible(passages[last].text)
        elif first > 0 and _joins(passages[first - 1], passage, room):
            first -= 1
            room -= visible(passages[first].text)
        else:
            return passages[first : last + 1]


def _joins(neighbour: Passage, passage: Passage, room: int) -> bool:
    rows = PassageKind.ROW in (neighbour.kind, passage.kind)
    return not rows and not neighbour.notices and visible(neighbour.text) <= room


def departments_of(clause: Clause, passage: Passage) -> Passage | None:
    """The list of departments that answers for a passage: the next one below it in its clause."""
    after = clause.passages[clause.passages.index(passage) :]
    return next((other for other in after if other.kind is PassageKind.DEPARTMENTS), None)

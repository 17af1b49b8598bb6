"""Which sentence of which passage answers a question best, and how much of the question it covers.

What comes out of a set is added with `fsum`: sets have no order, and passages that hold the same must come out equal to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import fsum

from knowledge.cover import Cover
from knowledge.document import ClauseKind, Document
from knowledge.filled import Field
from knowledge.grams import needle
from knowledge.index import Entry, Index, Sentence
from knowledge.question import Atom, Question

# What finding a word is worth, by where it is found.
_HEADING = 0.7
_PASSAGE = 0.55
_ABOVE = 0.4
_ASKED = 0.5
"""In any of the passage's curated questions: their words are the passage's, too."""
_BY_SOUND = 0.75


_MOST_ATOMS = 90
_CANDIDATES = 40
_HEADING_BOOST = 0.6
_QUESTION_BOOST = 0.8
_SAYING_BOOST = 0.5
_SOUND_BOOST = 0.6
_NEGLIGIBLE = 0.12
"""Atoms that say so little beside the weightiest are not searched for; they count once a passage is found."""
_MOST_SOUNDING = 6
"""Pairs of characters looked for in place of one that is only known by its sound."""
_MOST_SAYINGS = 20
_MOST_INSTEAD = 8

_ASK_BONUS = 0.07
_FIGURES = frozenset({"count", "money", "duration"})
_UNIT_BONUS = 0.09
_YEAR_BONUS = 0.08
_FRONT_BONUS = 0.3
_QUESTION_OURS = 0.6
"""How much likeness to a curated question is that it holds ours; the rest is that ours holds it."""
_LEAST_TOTAL = 12.0
"""A question of few and common words is no evidence, however well it is matched."""
_MOST_ASKED = 3
"""How many of a passage's curated questions are compared closely."""
_CLOSELY = 14
"""How many candidates are read sentence by sentence."""
_FAR_BEHIND = 0.3
"""Candidates with less of what the first one has are not read."""
_HEADING_BONUS = 0.12
_OFTEN_BONUS = 0.05
_EARLY_BONUS = 0.02
_LISTED_MALUS = 0.02
_NEAR_BY = 8
_TERSE_BONUS = 0.12
"""For a sentence that says little else than what the question says, such as a line of a data sheet."""


_FIGURE_WITH_UNIT = r"[\d□一二三四五六七八九十两百千][\d.,□]*\s*(?:余|多|万|亿)?{unit}|\({unit}\)"

Instead = tuple[tuple[str, float], ...]
"""What clauses may say for a wording of the question, with the worth of finding it."""
Meant = tuple[tuple[int, float], ...]
"""For which wordings of the question, by position, a wording of a clause may stand, with the worth of finding it."""


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


@dataclass(frozen=True)
class _Likeness:
    """The curated questions of a passage as one question sees them, by number: what each holds of it."""

    keys: dict[int, list[str]]
    """Atoms, as they are."""
    words: dict[int, list[str]]
    """What may be said for one of the question's wordings."""
    credits: dict[int, dict[int, float]]
    """The credit of atoms it has in other words or spelling."""
    heard: frozenset[str]
    """What any of them has that sounds like an atom."""


class Matcher:
    """One question against the index: candidates, then every sentence of each."""

    def __init__(self, question: Question, index: Index) -> None:
        self._question = question
        self._index = index
        by_sound = {id(atom): self._sounding(atom) for atom in question.atoms if self._only_sounds(atom)}
        rarities = {id(atom): self._rarity(atom, by_sound.get(id(atom))) for atom in question.atoms}
        atoms = sorted(question.atoms, key=lambda atom: -atom.worth * rarities[id(atom)])[:_MOST_ATOMS]
        kept = set(map(id, atoms))
        self._atoms = tuple(atom for atom in question.atoms if id(atom) in kept)
        self._rarities = tuple(rarities[id(atom)] for atom in self._atoms)
        self._weights = tuple(atom.worth * rarity for atom, rarity in zip(self._atoms, self._rarities, strict=True))
        self._total = max(sum(self._weights), _LEAST_TOTAL)
        self._keys = {atom.key: weight for atom, weight in zip(self._atoms, self._weights, strict=True) if atom.key}
        self._wanted = frozenset(self._keys)
        self._needle_of = tuple(needle(atom.key) for atom in self._atoms)
        self._needles = [(key, needle(key)) for key in sorted(self._keys, key=lambda key: (self._keys[key], key), reverse=True)]
        """The weightiest first."""
        self._needles_held = [(key, wanted) for key, wanted in self._needles if index.holds(key)]
        """Those that any passage has: hardly more than half of them."""
        self._english = {word: index.rarity(word) for word in question.english}
        """An English question's own words: those of curated English questions."""
        self._english_needles = [(word, needle(word)) for word in self._english]
        self._by_sound = [(at, by_sound[id(atom)]) for at, atom in enumerate(self._atoms) if id(atom) in by_sound]
        self._sounds = frozenset[str]().union(*(sounding for _, sounding in self._by_sound))
        self._heard = frozenset(at for at, _ in self._by_sound)
        self._heading = 1.0 if question.asks_for("department") else _HEADING
        """Departments answer for all that stands under a heading."""
        self._instead: tuple[Instead, ...] = tuple(saying.instead for saying in question.sayings)
        self._meant = _meant(self._instead)
        self._units = [re.compile(_FIGURE_WITH_UNIT.format(unit=unit)) for unit in question.units]
        self._grounds: dict[int, _Ground] = {}
        self._likenesses: dict[int, _Likeness] = {}
        self._covers: dict[tuple[int, str], float] = {}
        self._framed = cache(self._held_in)
        """Passages share their headings."""

    def _rarity(self, atom: Atom, sounding: frozenset[str] | None) -> float:
        if sounding is None:
            return self._index.rarity(atom.key)
        return max(map(self._index.rarity, sounding), default=self._index.rarity(""))

    def _only_sounds(self, atom: Atom) -> bool:
        """Sound counts where the spelling is found nowhere, or none was typed."""
        return bool(atom.sounds) and (not atom.key or not self._index.holds(atom.key))

    def _sounding(self, atom: Atom) -> frozenset[str]:
        return frozenset(gram for sound in atom.sounds for gram in self._index.sounding(sound)[:_MOST_SOUNDING])

    # Candidates

    def candidates(self, limit: int = _CANDIDATES) -> list[Entry]:
        terms = {field: list(weighted) for field, weighted in self._terms()}
        return self._index.search(terms, limit)

    def _terms(self) -> Iterator[tuple[Field, Iterable[tuple[str, float]]]]:
        least = _NEGLIGIBLE * max(self._weights, default=0.0)
        typed = [(atom.key, atom.worth) for atom, weight in zip(self._atoms, self._weights, strict=True) if atom.key and weight >= least]
        sounding = [(gram, self._atoms[at].worth * _SOUND_BOOST) for at, grams in self._by_sound for gram in sorted(grams)]
        others = list(self._other_words())
        # What no passage, or no curated question, has would only be looked for in vain.
        holds, is_asked = self._index.holds, self._index.is_asked
        yield Field.TEXT, [one for one in (*typed, *others, *sounding) if holds(one[0])]
        yield Field.HEADING, [(key, worth * _HEADING_BOOST) for key, worth in typed]
        asked = (*typed, *others, *sounding, *self._english_words())
        yield Field.QUESTIONS, [(key, worth * _QUESTION_BOOST) for key, worth in asked if is_asked(key)]

    def _english_words(self) -> Iterator[tuple[str, float]]:
        return ((word, 1.0) for word in self._english)

    def _other_words(self) -> Iterator[tuple[str, float]]:
        for instead in self._instead[:_MOST_SAYINGS]:
            for word, value in instead[:_MOST_INSTEAD]:
                for at in range(max(1, len(word) - 1)):
                    yield word[at : at + 2], value * _SAYING_BOOST

    def closest(self, entries: Iterable[Entry], worth: Callable[[Document], float], limit: int = _CLOSELY) -> list[Entry]:
        """The passages that have most of what is looked for, wherever in them, by what their document is worth: a cheap first look."""
        weights = self._english | self._keys
        for at, sounding in self._by_sound:
            weights |= {gram: _BY_SOUND * self._weights[at] for gram in sounding if gram not in weights}
        for instead in self._instead:
            for word, value in instead:
                for at in range(max(1, len(word) - 1)):
                    weights.setdefault(word[at : at + 2], value)
        wanted = frozenset(filter(self._index.is_asked, weights))
        weight = weights.__getitem__
        # A pair of Han characters stands in a text exactly when it is one of its pieces; a number may be a part of a longer one.
        whole = [(gram, value) for gram, value in weights.items() if needle(gram) == gram and self._index.holds(gram)]
        parts = [(gram, value) for gram, value in weights.items() if needle(gram) != gram]
        candidates = list(entries)
        worths = {id: worth(document) for id, document in {entry.document.id: entry.document for entry in candidates}.items()}

        def held(pieces: Container[str], text: str) -> float:
            return sum([value for gram, value in whole if gram in pieces]) + sum([value for gram, value in parts if gram in text])

        headed = cache(held)

        def having(entry: Entry) -> float:
            found = held(entry.pieces, entry.normal) + headed(entry.heading, entry.heading) / 2
            return worths[entry.document.id] * max(found, fsum(map(weight, wanted & entry.asked_grams)))

        ranked = sorted(((having(entry), -entry.number, entry) for entry in candidates), key=lambda one: one[:2], reverse=True)[:limit]
        return [entry for found, _, entry in ranked if found >= _FAR_BEHIND * ranked[0][0]]

    # Scoring

    def best(self, entry: Entry) -> Match:
        """The best sentence of a passage."""
        ground = self._ground(entry)
        extra = self._extra(entry, ground)
        score, sentence = self._best_sentence(entry, ground)
        score += extra
        strength, likeness, asked = self._asked(entry)
        if asked and strength > score:
            return Match(entry, sentence, strength, self, asked, likeness, alike=asked)
        return Match(entry, sentence, score, self, None, likeness, alike=asked)

    def _asked(self, entry: Entry) -> tuple[float, float, Sentence | None]:
        """The curated question that is most alike: its strength for ranking, how much of each other they hold, and itself."""
        best: tuple[float, float, Sentence | None] = (0.0, 0.0, None)
        likeness = self._likeness(entry)
        for number, shared in self._likeliest(entry, likeness):
            asked = entry.asked(number)
            english = bool(self._english) and asked.text.isascii()
            ours = self._held_by(asked, likeness.credits.get(number)) if self._english else shared
            whole = sum(self._english.values() if english else self._weights) or 1.0
            if ours / max(whole, _LEAST_TOTAL) <= best[0]:
                continue
            theirs = self._holding(entry, asked)
            strength = ours / max(whole, _LEAST_TOTAL) * (_QUESTION_OURS + (1 - _QUESTION_OURS) * theirs)
            if strength > best[0]:
                best = (strength, min(ours / whole, theirs), asked)
        return best

    def _likeliest(self, entry: Entry, likeness: _Likeness) -> list[tuple[int, float]]:
        """The curated questions of a passage that share most with this one, and how much: only they are worth a closer look."""
        shared = {number: fsum([self._keys[key] for key in keys]) for number, keys in likeness.keys.items()}
        for gram in self._english.keys() & entry.asked_grams if self._english else ():
            for number in entry.asked_by(gram):
                shared[number] = shared.get(number, 0.0) + self._english[gram]
        for number, credits in likeness.credits.items():
            shared[number] = shared.get(number, 0.0) + sum([self._weights[at] * credit for at, credit in credits.items()])
        ranked = sorted(sorted(shared), key=shared.__getitem__, reverse=True)[:_MOST_ASKED]
        return [(number, shared[number]) for number in ranked if shared[number]]

    def _held_by(self, asked: Sentence, otherwise: Mapping[int, float] | None) -> float:
        """How much of this question, by weight, a curated one holds."""
        if self._english and asked.text.isascii():
            return sum([self._english[word] for word, wanted in self._english_needles if wanted in asked.hay])
        found = sum([self._keys[key] for key, wanted in self._needles if wanted in asked.hay])
        if otherwise:
            found += sum(self._weights[at] * credit for at, credit in otherwise.items())
        return found

    def _likeness(self, entry: Entry) -> _Likeness:
        found = self._likenesses.get(entry.number)
        if found is None:
            grams = entry.asked_grams
            found = self._likenesses[entry.number] = _Likeness({}, {}, {}, self._sounds & grams)
            for key in self._wanted & grams:
                for number in entry.asked_by(key):
                    found.keys.setdefault(number, []).append(key)
            self._credit_words(found, entry)
            for at, sounding in self._by_sound if found.heard else ():
                self._credit_sounds(found.credits, entry, at, sounding & found.heard)
        return found

    def _credit_words(self, found: _Likeness, entry: Entry) -> None:
        text = entry.asked_text
        standing = {word: entry.asked_with(word) for word in self._meant if word in text}
        for word, numbers in standing.items():
            for number in numbers:
                found.words.setdefault(number, []).append(word)
        for number, worth in _most((self._meant[word], numbers) for word, numbers in standing.items()).items():
            keys = found.keys.get(number, ())
            credits: dict[int, float] = {}
            for position, value in worth:
                for at in self._of_saying[position]:
                    if self._atoms[at].key not in keys:
                        credits[at] = max(value, credits.get(at, 0.0))
            found.credits[number] = credits

    def _credit_sounds(self, found: dict[int, dict[int, float]], entry: Entry, at: int, sounding: frozenset[str]) -> None:
        credit = _BY_SOUND if self._atoms[at].key else 1.0
        for gram in sounding:
            for number in entry.asked_by(gram):
                credits = found.setdefault(number, {})
                credits[at] = max(credits.get(at, 0.0), credit)

    @cached_property
    def _of_saying(self) -> list[list[int]]:
        """Which atoms are part of each wording."""
        return [[at for at, atom in enumerate(self._atoms) if position in atom.sayings] for position in range(len(self._instead))]

    def _holding(self, entry: Entry, asked: Sentence) -> float:
        """How much of a curated question of a passage, by weight, this one holds."""
        total = self._index.weight_of(asked)
        if not total:
            return 0.0
        likeness = self._likeness(entry)
        if self._english and asked.text.isascii():
            held = {word for word, wanted in self._english_needles if wanted in asked.hay}
        else:
            held = set(likeness.keys.get(asked.number, ()))
        found = fsum([self._index.rarity(key) for key in held if len(key) > 1])
        other = {word[at : at + 2] for word in likeness.words.get(asked.number, ()) for at in range(len(word) - 1)}
        found += fsum([self._index.rarity(gram) for gram in (other | likeness.heard) - held if needle(gram) in asked.hay])
        return min(1.0, found / total)

    def _ground(self, entry: Entry) -> _Ground:
        found = self._grounds.get(entry.number)
        if found is None:
            found = self._grounds[entry.number] = self._seen(entry)
        return found

    def _seen(self, entry: Entry) -> _Ground:
        pieces = entry.pieces
        here = [key for key, wanted in self._needles_held if wanted in pieces]
        headed = self._framed(entry.heading_hay)
        base = dict.fromkeys(self._framed(entry.above_hay), _ABOVE)
        base |= dict.fromkeys(self._wanted & entry.asked_grams, _ASKED)
        base |= dict.fromkeys(here, _PASSAGE)
        base |= dict.fromkeys(headed, self._heading)
        around, said = self._worded(entry)
        for position, value in sorted(around.items()):
            for at in self._of_saying[position]:
                key = self._atoms[at].key
                base[key] = max(value, base.get(key, 0.0))
        heard = frozenset([gram for gram in self._sounds if gram in entry.normal])
        sounding = [(at, alike) for at, grams in self._by_sound if (alike := grams & heard)] if heard else []
        resting = fsum([self._keys.get(key, 0.0) * value for key, value in base.items()])
        gains = [(needle(key), key, self._keys[key] * (1.0 - base[key])) for key in here]
        return _Ground(base, resting, gains, frozenset(here), frozenset(headed), said, sounding)

    def _held_in(self, hay: str) -> list[str]:
        """Which of the atoms stand there."""
        return [key for key, wanted in self._needles if wanted in hay]

    def _worded(self, entry: Entry) -> tuple[dict[int, float], dict[int, list[tuple[int, float]]]]:
        """What other wordings give each of the question's by standing in and around a passage, and by sentence."""
        around: dict[int, float] = {}
        standing: list[tuple[Meant, tuple[int, ...]]] = []
        whole = f"{entry.heading}\n{entry.normal}\n{entry.above}"
        for word, meant in self._meant.items():
            # Nearly all stand nowhere: one look tells that.
            if word in whole:
                inside = word in entry.normal
                share = _HEADING if word in entry.heading else _PASSAGE if inside else _ABOVE
                for position, value in meant:
                    around[position] = max(around.get(position, 0.0), value * share)
                if inside:
                    standing.append((meant, entry.said_with(word)))
        return around, _most(standing)

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
        exact = [(key, gain) for wanted, key, gain in ground.gains if wanted in sentence.hay]
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
            for at in self._of_saying[position]:
                key = self._atoms[at].key
                if self._needle_of[at] not in sentence.hay and value > max(credits.get(at, 0.0), ground.base.get(key, 0.0)):
                    credits[at] = value
        for at, sounding in ground.sounding:
            key = self._atoms[at].key
            if max(credits.get(at, 0.0), ground.base.get(key, 0.0)) < _BY_SOUND and _any_in(sounding, sentence):
                credits[at] = _BY_SOUND if key else 1.0
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

    # Deciding

    def cover(self, entry: Entry, sentence: Sentence, asked: Sentence | None) -> float:
        """How much of the subject a sentence with its surroundings holds, or else the curated question that found it."""
        found = self._covers.get(place := (entry.number, sentence.text))
        if found is None:
            found = self._covered.of(self._credits(entry, sentence))
            if asked:
                found = max(found, self._covered.of(self._asked_credits(entry, asked)) * self._holding(entry, asked))
            self._covers[place] = found
        return found

    def _credits(self, entry: Entry, sentence: Sentence) -> list[float]:
        """What each atom is worth in a sentence."""
        ground = self._ground(entry)
        held = ground.base | dict.fromkeys([key for wanted, key, _ in ground.gains if wanted in sentence.hay], 1.0)
        credits = [held.get(atom.key, 0.0) for atom in self._atoms]
        for at, credit in self._in_other_words(sentence, ground).items():
            credits[at] = max(credits[at], credit)
        return credits

    def _asked_credits(self, entry: Entry, asked: Sentence) -> list[float]:
        credits = [float(wanted in asked.hay) for wanted in self._needle_of]
        for at, credit in self._likeness(entry).credits.get(asked.number, {}).items():
            credits[at] = max(credits[at], credit)
        return credits

    @cached_property
    def _covered(self) -> Cover:
        return Cover(self._atoms, self._rarities, self._heard)

    def channels(self, entry: Entry, sentence: Sentence, asked: Sentence | None) -> tuple[str, ...]:
        """By what a sentence was found."""
        atoms = zip(self._atoms, self._needle_of, strict=True)
        channels = ["characters"] if any(wanted in sentence.hay for atom, wanted in atoms if atom.subject) else []
        if any(word in sentence.normal for instead in self._instead for word, _ in instead):
            channels.append("glossary")
        if any(_any_in(sounding, sentence) for _, sounding in self._by_sound):
            channels.append("sounds")
        return (*channels, "questions") if asked else tuple(channels)


def _any_in(pairs: Iterable[str], sentence: Sentence) -> bool:
    return any(pair in sentence.normal for pair in pairs)


def _meant(instead: Iterable[Instead]) -> dict[str, Meant]:
    """By what clauses may say: for which of the question's wordings, by position, and with what worth."""
    found: dict[str, dict[int, float]] = {}
    for position, others in enumerate(instead):
        for word, value in others:
            found.setdefault(word, {})[position] = value
    return {word: tuple(worth.items()) for word, worth in found.items()}


def _most(standing: Iterable[tuple[Meant, tuple[int, ...]]]) -> dict[int, list[tuple[int, float]]]:
    """Of each sentence that holds some wordings, for which of the question's they stand, in order, and what the best of them is worth."""
    best: dict[int, dict[int, float]] = {}
    for meant, numbers in standing:
        for number in numbers:
            worth = best.setdefault(number, {})
            for position, value in meant:
                worth[position] = max(worth.get(position, 0.0), value)
    return {number: sorted(worth.items()) for number, worth in best.items()}


def _aboutness(sentence: Sentence, key: str) -> float:
    """A sentence is about what it begins with rather than about what it lists in passing."""
    if not key:
        return 0.0
    at = sentence.normal.find(key)
    listed = "、" in sentence.normal[max(0, at - _NEAR_BY) : at + _NEAR_BY]
    return _EARLY_BONUS * (1 - at / len(sentence.normal)) - (_LISTED_MALUS if listed else 0.0)


def _length_malus(sentence: Sentence) -> float:
    return min(0.03, len(sentence.normal) / 12000)

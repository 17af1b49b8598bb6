"""How much a question and the curated ones of a passage hold of each other.

What comes out of a set is added with `fsum`, as in scoring.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from knowledge.grams import needle
from knowledge.index import Entry, Index, Sentence
from knowledge.wanted import BY_SOUND, LEAST_TOTAL, Wanted, most

_QUESTION_OURS = 0.6
"""How much likeness to a curated question is that it holds ours; the rest is that ours holds it."""
_MOST_ASKED = 3
"""How many of a passage's curated questions are compared closely."""


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


class Likenesses:
    """Of one question with the curated ones of passages, each looked at once."""

    def __init__(self, wanted: Wanted, index: Index) -> None:
        self._wanted = wanted
        self._index = index
        self._atoms, self._weights, self._keys = wanted.atoms, wanted.weights, wanted.keys
        self._english = wanted.english
        self._english_needles = [(word, needle(word)) for word in wanted.english]
        self._grams = frozenset(wanted.keys)
        self._likenesses: dict[int, _Likeness] = {}

    def closest(self, entry: Entry) -> tuple[float, float, Sentence | None]:
        """The curated question that is most alike: its strength for ranking, how much of each other they hold, and itself."""
        best: tuple[float, float, Sentence | None] = (0.0, 0.0, None)
        likeness = self._likeness(entry)
        for number, shared in self._likeliest(entry, likeness):
            asked = entry.asked(number)
            english = bool(self._english) and asked.text.isascii()
            ours = self._held_by(asked, likeness.credits.get(number)) if self._english else shared
            whole = sum(self._english.values() if english else self._weights) or 1.0
            if ours / max(whole, LEAST_TOTAL) <= best[0]:
                continue
            theirs = self.holding(entry, asked)
            strength = ours / max(whole, LEAST_TOTAL) * (_QUESTION_OURS + (1 - _QUESTION_OURS) * theirs)
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
            return sum([self._english[word] for word, spelt in self._english_needles if spelt in asked.hay])
        found = sum([self._keys[key] for key, spelt in self._wanted.needles if spelt in asked.hay])
        if otherwise:
            found += sum(self._weights[at] * credit for at, credit in otherwise.items())
        return found

    def credits_of(self, entry: Entry, asked: Sentence) -> list[float]:
        credits = [float(spelt in asked.hay) for spelt in self._wanted.needle_of]
        for at, credit in self._likeness(entry).credits.get(asked.number, {}).items():
            credits[at] = max(credits[at], credit)
        return credits

    def holding(self, entry: Entry, asked: Sentence) -> float:
        """How much of a curated question of a passage, by weight, this one holds."""
        total = self._index.weight_of(asked)
        if not total:
            return 0.0
        likeness = self._likeness(entry)
        if self._english and asked.text.isascii():
            held = {word for word, spelt in self._english_needles if spelt in asked.hay}
        else:
            held = set(likeness.keys.get(asked.number, ()))
        found = fsum([self._index.rarity(key) for key in held if len(key) > 1])
        other = {word[at : at + 2] for word in likeness.words.get(asked.number, ()) for at in range(len(word) - 1)}
        found += fsum([self._index.rarity(gram) for gram in (other | likeness.heard) - held if needle(gram) in asked.hay])
        return min(1.0, found / total)

    def _likeness(self, entry: Entry) -> _Likeness:
        found = self._likenesses.get(entry.number)
        if found is None:
            grams = entry.asked_grams
            found = self._likenesses[entry.number] = _Likeness({}, {}, {}, self._wanted.sounds & grams)
            for key in self._grams & grams:
                for number in entry.asked_by(key):
                    found.keys.setdefault(number, []).append(key)
            self._credit_words(found, entry)
            for at, sounding in self._wanted.by_sound if found.heard else ():
                self._credit_sounds(found.credits, entry, at, sounding & found.heard)
        return found

    def _credit_words(self, found: _Likeness, entry: Entry) -> None:
        text = entry.asked_text
        standing = {word: entry.asked_with(word) for word in self._wanted.meant if word in text}
        for word, numbers in standing.items():
            for number in numbers:
                found.words.setdefault(number, []).append(word)
        for number, worth in most((self._wanted.meant[word], numbers) for word, numbers in standing.items()).items():
            keys = found.keys.get(number, ())
            credits: dict[int, float] = {}
            for position, value in worth:
                for at in self._wanted.of_saying[position]:
                    if self._atoms[at].key not in keys:
                        credits[at] = max(value, credits.get(at, 0.0))
            found.credits[number] = credits

    def _credit_sounds(self, found: dict[int, dict[int, float]], entry: Entry, at: int, sounding: frozenset[str]) -> None:
        credit = BY_SOUND if self._atoms[at].key else 1.0
        for gram in sounding:
            for number in entry.asked_by(gram):
                credits = found.setdefault(number, {})
                credits[at] = max(credits.get(at, 0.0), credit)

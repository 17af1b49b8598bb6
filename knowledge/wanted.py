"""What of a question is looked for: its atoms with what they weigh in an index, what they sound like, and what clauses may say instead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from knowledge.grams import needle
from knowledge.index import Index, Sentence
from knowledge.question import Atom, Question

_MOST_ATOMS = 90
_MOST_SOUNDING = 6
"""Pairs of characters looked for in place of one that is only known by its sound."""
LEAST_TOTAL = 12.0
"""A question of few and common words is no evidence, however well it is matched."""
BY_SOUND = 0.75
"""What finding a word by its sound is worth."""

Instead = tuple[tuple[str, float], ...]
"""What clauses may say for a wording of the question, with the worth of finding it."""
Meant = tuple[tuple[int, float], ...]
"""For which wordings of the question, by position, a wording of a clause may stand, with the worth of finding it."""


class Wanted:
    """Of one question, and of one index."""

    def __init__(self, question: Question, index: Index) -> None:
        self.question = question
        by_sound = {id(atom): _sounding(atom, index) for atom in question.atoms if _only_sounds(atom, index)}
        rarities = {id(atom): _rarity(atom, by_sound.get(id(atom)), index) for atom in question.atoms}
        atoms = sorted(question.atoms, key=lambda atom: -atom.worth * rarities[id(atom)])[:_MOST_ATOMS]
        kept = set(map(id, atoms))
        self.atoms = tuple(atom for atom in question.atoms if id(atom) in kept)
        self.rarities = tuple(rarities[id(atom)] for atom in self.atoms)
        self.weights = tuple(atom.worth * rarity for atom, rarity in zip(self.atoms, self.rarities, strict=True))
        self.total = max(sum(self.weights), LEAST_TOTAL)
        self.keys = {atom.key: weight for atom, weight in zip(self.atoms, self.weights, strict=True) if atom.key}
        self.needle_of = tuple(needle(atom.key) for atom in self.atoms)
        self.needles = [(key, needle(key)) for key in sorted(self.keys, key=lambda key: (self.keys[key], key), reverse=True)]
        """The weightiest first."""
        self.english = {word: index.rarity(word) for word in question.english}
        """An English question's own words: those of curated English questions."""
        self.by_sound = [(at, by_sound[id(atom)]) for at, atom in enumerate(self.atoms) if id(atom) in by_sound]
        self.sounds = frozenset[str]().union(*(sounding for _, sounding in self.by_sound))
        self.instead: tuple[Instead, ...] = tuple(saying.instead for saying in question.sayings)
        self.meant = _meant(self.instead)

    @cached_property
    def of_saying(self) -> list[list[int]]:
        """Which atoms are part of each wording."""
        return [[at for at, atom in enumerate(self.atoms) if position in atom.sayings] for position in range(len(self.instead))]


def _rarity(atom: Atom, sounding: frozenset[str] | None, index: Index) -> float:
    if sounding is None:
        return index.rarity(atom.key)
    return max(map(index.rarity, sounding), default=index.rarity(""))


def _only_sounds(atom: Atom, index: Index) -> bool:
    """Sound counts where the spelling is found nowhere, or none was typed."""
    return bool(atom.sounds) and (not atom.key or not index.holds(atom.key))


def _sounding(atom: Atom, index: Index) -> frozenset[str]:
    return frozenset(gram for sound in atom.sounds for gram in index.sounding(sound)[:_MOST_SOUNDING])


def _meant(instead: Iterable[Instead]) -> dict[str, Meant]:
    """By what clauses may say: for which of the question's wordings, by position, and with what worth."""
    found: dict[str, dict[int, float]] = {}
    for position, others in enumerate(instead):
        for word, value in others:
            found.setdefault(word, {})[position] = value
    return {word: tuple(worth.items()) for word, worth in found.items()}


def most(standing: Iterable[tuple[Meant, tuple[int, ...]]]) -> dict[int, list[tuple[int, float]]]:
    """Of each sentence that holds some wordings, for which of the question's they stand, in order, and what the best of them is worth."""
    best: dict[int, dict[int, float]] = {}
    for meant, numbers in standing:
        for number in numbers:
            worth = best.setdefault(number, {})
            for position, value in meant:
                worth[position] = max(worth.get(position, 0.0), value)
    return {number: sorted(worth.items()) for number, worth in best.items()}


def any_in(pairs: Iterable[str], sentence: Sentence) -> bool:
    return any(pair in sentence.normal for pair in pairs)

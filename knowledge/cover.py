"""How much of a question's subject is found, character by character: for deciding whether something is an answer at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from knowledge.question import Atom

_RARITY_CAP = 4.5
_ASIDE = 0.5
_ENOUGH = 4
_MOST_PARTS = 5
_SURE_BY_SOUND = 0.5
"""A likeness in sound may be chance, so it counts less for whether this is an answer at all."""


class Cover:
    """Of one question. `heard`: the numbers of atoms that are looked for by their sound."""

    def __init__(self, atoms: Sequence[Atom], rarities: Sequence[float], heard: Collection[int]) -> None:
        self._atoms, self._rarities, self._heard = atoms, rarities, heard

    def of(self, credits: Sequence[float]) -> float:
        """`credits`: what is found of each atom. Counted by characters: two words of the question that never stand together in a clause
        cost nothing at their seam."""
        best = [0.0] * len(self._spots)
        for credit, (most, spots) in zip(credits, self._spots_of, strict=True):
            if credit:
                sure = credit if credit < most else most
                for spot in spots:
                    best[spot] = sure if sure > best[spot] else best[spot]
        return max(
            (sum([weight * best[spot] for spot, weight in group]) / total if total else 0.0 for group, total in self._parts), default=0.0
        )

    @cached_property
    def _characters(self) -> tuple[dict[int, float], list[tuple[int, ...]]]:
        """The weight of each character of the subject by position, and the positions of each atom."""
        weights: dict[int, float] = {}
        places: list[tuple[int, ...]] = []
        for number, atom in enumerate(self._atoms):
            positions = tuple(range(atom.at, atom.at + len(atom.key))) if atom.at >= 0 else (-1 - number,)
            places.append(positions)
            weight = atom.worth * min(_RARITY_CAP, self._rarities[number]) / len(positions)
            for position, own in zip(positions, atom.own, strict=False):
                if own and weight > weights.get(position, 0.0):
                    weights[position] = weight
        return weights, places

    @cached_property
    def _spots(self) -> dict[int, int]:
        """The positions of characters, numbered."""
        weights, places = self._characters
        return {position: number for number, position in enumerate(dict.fromkeys([*weights, *(at for some in places for at in some)]))}

    @cached_property
    def _spots_of(self) -> list[tuple[float, tuple[int, ...]]]:
        """Of each atom: how much of a credit is sure, and the spots of its characters."""
        _, places = self._characters
        spots = self._spots
        return [
            (_SURE_BY_SOUND if at in self._heard and positions[0] >= 0 else 1.0, tuple([spots[position] for position in positions]))
            for at, positions in enumerate(places)
        ]

    @cached_property
    def _parts(self) -> list[tuple[list[tuple[int, float]], float]]:
        """The characters of each asking sentence of a story, and all of them: one question answered is an answer."""
        weights, places = self._characters
        groups: dict[int, set[int]] = {}
        for atom, positions in zip(self._atoms, places, strict=True):
            if atom.subject and atom.worth > _ASIDE:
                groups.setdefault(atom.part, set()).update(positions)
        whole = frozenset(weights)
        asking = sorted((frozenset(group) for group in groups.values() if len(group) >= _ENOUGH), key=len, reverse=True)
        parts = [whole, *(group for group in asking[:_MOST_PARTS] if group != whole)]
        weighed = [[(self._spots[at], weights.get(at, 0.0)) for at in part] for part in parts]
        return [(part, sum([weight for _, weight in part])) for part in weighed]

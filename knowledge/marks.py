"""What is known about each character of a question while it is read, and what that makes of each pair of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from knowledge import pinyin
from knowledge.question import Atom
from knowledge.sentences import Part

CHATTER_WORTH = 0.12
PLACE_WORTH = 0.35
AID_WORTH = 0.5
"""Which of two clauses on the subject supports it is still told by these words."""
_SEAM = 0.35
_LOOSE_SEAM = 0.8
PLAIN = 0.6
"""Below it a pair has a chatter word in it and is no misspelling."""


@dataclass
class Marks:
    """What is known about each character while a question is read."""

    worth: list[float]
    subject: list[bool]
    sayings: list[list[int]]
    part: list[int]
    """Which sentence it stands in."""
    asking: list[bool]
    """It is of a wording that asks: that was typed right."""

    @classmethod
    def of(cls, text: str, parts: list[Part]) -> Marks:
        part = [0] * len(text)
        for number, (start, end, _) in enumerate(parts):
            part[start:end] = [number] * (end - start)
        return cls([1.0] * len(text), [True] * len(text), [[] for _ in text], part, [False] * len(text))

    def lower(self, start: int, end: int, worth: float) -> None:
        for at in range(start, end):
            self.worth[at] = min(self.worth[at], worth)
            self.subject[at] = False


def gram(key: str, at: int, marks: Marks, seam: float) -> Atom:
    last = at + len(key) - 1
    worth = (marks.worth[at] + marks.worth[last]) / 2
    subject = marks.subject[at] and marks.subject[last]
    if not marks.sayings[at] or not marks.sayings[last]:
        # Nearly all are such: a part of no wording of the glossary.
        sounds = () if seam == _SEAM or worth < PLAIN else pinyin.pairs(key)
        return Atom(key, sounds, worth * seam, (), marks.part[at], at, tuple(marks.subject[at : last + 1]), subject)
    inside = set(marks.sayings[at]).intersection(marks.sayings[last])
    if inside and not subject and (marks.subject[at] or marks.subject[last]):
        worth, subject = max(0.5, worth), True
    own = (subject,) * len(key) if inside else tuple(marks.subject[at : last + 1])
    sounds = () if seam == _SEAM or worth < PLAIN else pinyin.pairs(key)
    return Atom(key, sounds, worth * (1.0 if inside else seam), tuple(sorted(inside)), marks.part[at], at, own, subject)


def seams(cut: list[str]) -> dict[int, float]:
    """Where two words meet: the pair of characters there says little, unless one of them stands alone, as in a misspelt word."""
    seams: dict[int, float] = {}
    at = 0
    for word, following in pairwise(cut):
        at += len(word)
        seams[at - 1] = _SEAM if min(len(word), len(following)) > 1 else _LOOSE_SEAM
    return seams

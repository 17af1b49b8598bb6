"""The words before and after a time, and which of them leave it what it is."""

from __future__ import annotations

from collections.abc import Iterable

from reminders.dates.tokens import CHATTER, Lattice, doubts


class Margins:
    """A margin is chatter, and between pieces of chatter text without anything that may mean or change a time."""

    def __init__(self, told: Lattice) -> None:
        self._told = told
        self._length = len(told.text)
        self._doubts = doubts(told.text)

    def heads(self) -> set[int]:
        """Where a time may begin."""
        chatter, plain = {0}, set()
        for place in range(self._length + 1):
            if place in chatter:
                plain |= set(range(place + 1, self._plain_until(place) + 1))
            if place in chatter or place in plain:
                chatter |= set(self._chatter(place))
        return chatter | plain

    def tails(self) -> set[int]:
        """Where a time may end."""
        clear = {self._length}
        after_plain = {self._length}
        for place in range(self._length - 1, -1, -1):
            if clear & set(self._chatter(place)):
                after_plain.add(place)
            if place in after_plain or after_plain & set(range(place + 1, self._plain_until(place) + 1)):
                clear.add(place)
        return clear

    def _chatter(self, place: int) -> Iterable[int]:
        return (token.end for token in self._told.at(place, CHATTER))

    def _plain_until(self, place: int) -> int:
        """The farthest end of a text from here that touches no doubt, not even a piece of one: 三五天 is not 五天 after some word."""
        return min((start for start, end in self._doubts if end > place), default=self._length)

"""Whose turn it is: answers before what goes to many, four to one while both wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from bot.outbox.ledger import Delivery

FAVOUR = 4


class Lanes:
    """Remembers whose turn it was, for mostly there is room for one message only."""

    def __init__(self) -> None:
        self._streak = 0
        """Answers that went since the last one of the others."""

    def order(self, replies: Iterable[Delivery], bulk: Iterable[Delivery]) -> Iterator[Delivery]:
        """Ask for the next one after `went` was told of this one, or not, if it had to wait."""
        answers, others = deque(replies), deque(bulk)
        while answers or others:
            is_turn_of_others = others and (not answers or self._streak >= FAVOUR)
            yield (others if is_turn_of_others else answers).popleft()

    def went(self, delivery: Delivery) -> None:
        self._streak = 0 if delivery.bulk else self._streak + 1

"""What goes to many, read ahead: at a high rate nobody looks for each message anew."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from bot.core.platform import Limits
from bot.outbox.ledger import Delivery

STALE = 0.5
"""Seconds until it is looked at again: a batch may have been paused."""
SHORTEST, LONGEST = 0.15, 0.5
"""Seconds."""
CALM = 0.95
"""What is left of it each time that less would do."""
LEAST = 32
"""Rows in a page."""


class Ahead:
    """How far ahead of its turn a message is claimed: as far as finding and claiming the next ones takes, and some more.

    A crash leaves in doubt what is claimed, so no further; less, and the windows would stand open while a commit is waited for.
    """

    def __init__(self) -> None:
        self.seconds = SHORTEST

    def took(self, seconds: float) -> None:
        """Finding and claiming took so long. Grows at once, shrinks slowly."""
        self.seconds = min(LONGEST, max(SHORTEST, 2 * seconds, self.seconds * CALM))


class Many:
    """The next messages to many, in order. Read, not claimed: claiming shows whether they still are what they were."""

    def __init__(self, limits: Limits) -> None:
        self._soon = math.ceil(limits.per_second * SHORTEST)
        self.page = max(LEAST, 4 * self._soon)
        self.waiting: Sequence[Delivery] = ()
        self._looked = -math.inf
        self._has_more = False

    def is_low(self, now: float) -> bool:
        """Whether it should be looked for more."""
        return now - self._looked >= STALE or self.runs_out

    @property
    def runs_out(self) -> bool:
        """Others stand behind what was read, and it will be gone before the next round."""
        return self._has_more and len(self.waiting) < self._soon

    def found(self, deliveries: Sequence[Delivery], now: float) -> None:
        self.waiting, self._looked = deliveries, now
        self._has_more = len(deliveries) >= self.page

    def forget(self) -> None:
        """The next look goes through all there is: of those that may have arrived, the next one has its turn."""
        self._looked = -math.inf

    def took(self, ids: Collection[int]) -> None:
        self.waiting = [delivery for delivery in self.waiting if delivery.id not in ids]

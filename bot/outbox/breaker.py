"""Stops sending when nothing gets through, and asks now and then whether it does again."""

from __future__ import annotations

from collections.abc import Callable

ENOUGH = 10
"""Failures in a row."""
PROBE = 10.0
"""Seconds between probes."""


class Breaker:
    """Open: one message at a time may try, the next one after the interval it was opened with. Counts failures of the way alone."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._failures = 0
        self._interval = 0.0
        """0: closed."""
        self._next = 0.0
        self.reason = ""
        """Why it is open; "" while it is closed."""

    @property
    def is_open(self) -> bool:
        return self._interval > 0

    def wait(self) -> float:
        """Seconds until a message may try; 0: now."""
        return max(0.0, self._next - self._monotonic()) if self.is_open else 0.0

    def probe(self) -> None:
        """A message tries; the next one must wait."""
        if self.is_open:
            self._next = self._monotonic() + self._interval

    def fail(self, reason: str) -> None:
        self._failures += 1
        if self._failures >= ENOUGH and not self.is_open:
            self.trip(reason, PROBE)

    def trip(self, reason: str, interval: float) -> None:
        """Opens at once, with probes so many seconds apart."""
        self._interval, self.reason = interval, reason
        self._next = self._monotonic() + interval

    def reach(self) -> None:
        """Something got through."""
        self._failures, self._interval, self.reason = 0, 0.0, ""

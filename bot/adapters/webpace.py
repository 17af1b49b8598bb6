"""How often somebody may do something, kept in memory: a restart forgives."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from bot.core.clock import Clock


class Pace:
    """So many in so long, for each of many names; forgets the names that fell silent."""

    def __init__(self, clock: Clock, most: int, span: timedelta) -> None:
        self._clock, self._most, self._span = clock, most, span
        self._times: dict[str, deque[datetime]] = {}

    def wait(self, name: str) -> timedelta:
        """Counts one and says nothing is to be waited for; or counts nothing and says how long."""
        now = self._clock.now()
        times = self._times.setdefault(name, deque())
        while times and times[0] <= now - self._span:
            times.popleft()
        if len(times) >= self._most:
            return times[0] + self._span - now
        times.append(now)
        if len(self._times) > 10_000:
            self._times = {name: times for name, times in self._times.items() if times and times[-1] > now - self._span}
        return timedelta()

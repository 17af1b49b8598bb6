"""How fast a platform lets us speak: per account, per chat, and never inside a pause it asked for."""

from __future__ import annotations

import math
from bisect import insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.platform import Limits

MINUTE = 60.0
SPREAD = 0.9
"""What goes to many keeps this share of an even distance: an answer never finds the whole second spent, and a delay is made up for."""
MARGIN = 0.002
"""Seconds added to each window, for clocks and wires that are not quite even."""
TRUSTED = 50
"""Answers after which the shortest way is known well enough to count on."""
SMOOTH = 0.05
"""How much of the average of the way the last answer makes."""


@dataclass
class _Window:
    """At most `most` messages in `seconds`, by the platform's clock."""

    most: int
    seconds: float
    flying: int = 0
    """Under way, or with a place and a time to go."""
    stamps: deque[float] = field(default_factory=deque)
    """When, at the latest, the platform counted those that have been answered."""

    def opens(self, now: float) -> float:
        """From when on another may go; infinite: not before one of those under way has been answered."""
        while self.stamps and self.stamps[0] <= now - self.seconds:
            self.stamps.popleft()
        above = len(self.stamps) + self.flying - self.most
        if above < 0:
            return now
        return self.stamps[above] + self.seconds if above < len(self.stamps) else math.inf

    def land(self, stamp: float) -> None:
        self.flying -= 1
        insort(self.stamps, stamp)

    @property
    def is_empty(self) -> bool:
        """As of when it was last asked."""
        return not self.stamps and not self.flying


class _Way:
    """The shortest way there and back of late.

    The platform counts a message somewhere between our request and its answer, always after the same stretch of the way: where that is
    need not be known. A message that took longer than the shortest way was counted later by no more than the difference. So windows are
    kept on the platform's clock: counted from requests they are too short when the network is uneven, from answers too long.
    """

    def __init__(self) -> None:
        self._began = -math.inf
        self._answers = 0
        self._before = self._now = math.inf
        self._average = 0.0

    def took(self, seconds: float, now: float) -> None:
        if now - self._began > MINUTE:
            self._began, self._before, self._now = now, self._now, math.inf
        self._now = min(self._now, seconds)
        self._average += (seconds - self._average) * (SMOOTH if self._answers else 1.0)
        self._answers += 1

    @property
    def shortest(self) -> float:
        """The more uneven the ways, the less sure that the shortest of all has been seen: it is taken for shorter."""
        if self._answers < TRUSTED:
            return 0.0
        seen = min(self._before, self._now)
        return max(0.0, seen - (self._average - seen) / 2)


class Pace:
    """Asks before each message; `monotonic` counts seconds that never jump."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._account = _Window(max(1, int(limits.per_second)), 1.0 + MARGIN)
        self._next_of_many = 0.0
        self._way = _Way()
        self._chats: dict[str, tuple[_Window, ...]] = {}
        self._halts: dict[str, float] = {}

    def wait(self, chat: str, group: bool, *, bulk: bool = False) -> float:
        """Seconds until a message to that chat may go; 0: now; infinite: not before another one has been answered."""
        now = self._monotonic()
        opens = max(window.opens(now) for window in (self._account, *self._chat(chat, group)))
        return max(0.0, self.halted(chat), opens - now, self._next_of_many - now if bulk else 0.0)

    def held(self) -> dict[str, float]:
        """The chats that must wait, and how many seconds."""
        now, waits, kept = self._monotonic(), dict[str, float](), dict[str, tuple[_Window, ...]]()
        for chat, windows in self._chats.items():
            opens = max((window.opens(now) for window in windows), default=now)
            if opens > now:
                waits[chat] = opens - now
            if opens > now or not all(window.is_empty for window in windows):
                kept[chat] = windows
        self._chats = kept
        waits |= {chat: max(until - now, waits.get(chat, 0.0)) for chat, until in self._halts.items() if chat}
        return {chat: wait for chat, wait in waits.items() if wait > 0}

    def begin(self, chat: str, group: bool, *, bulk: bool = False, wait: float = 0.0) -> None:
        """A message takes its place in the windows: it goes now, or after the wait it was told."""
        for window in (self._account, *self._chat(chat, group)):
            window.flying += 1
        if bulk:
            self._next_of_many = self._monotonic() + wait + SPREAD / self._limits.per_second

    def end(self, chat: str, group: bool, took: float) -> None:
        """It was answered after so many seconds, or will not be."""
        now = self._monotonic()
        counted = now - min(took, self._way.shortest)
        self._way.took(took, now)
        for window in (self._account, *self._chat(chat, group)):
            window.land(counted)

    def cancel(self, chat: str, group: bool) -> None:
        """It did not go: its place is free again."""
        for window in (self._account, *self._chat(chat, group)):
            window.flying -= 1

    def halt(self, seconds: float, chat: str = "") -> None:
        """Nothing to that chat (or, without one, to anybody) for so long."""
        now = self._monotonic()
        self._halts = {name: until for name, until in self._halts.items() if until > now}
        self._halts[chat] = max(self._halts.get(chat, 0.0), now + seconds)

    def halted(self, chat: str) -> float:
        """Seconds that are left of a pause the platform asked for."""
        return max(0.0, max(self._halts.get("", 0.0), self._halts.get(chat, 0.0)) - self._monotonic())

    def _chat(self, chat: str, group: bool) -> tuple[_Window, ...]:
        windows = self._chats.get(chat)
        if windows is None:
            windows = self._chats[chat] = self._new_windows(group)
        return windows

    def _new_windows(self, group: bool) -> tuple[_Window, ...]:
        interval = self._limits.chat_interval.total_seconds()
        windows = [_Window(1, interval + MARGIN)] if interval else []
        if group and self._limits.group_per_minute:
            windows.append(_Window(self._limits.group_per_minute, MINUTE))
        return tuple(windows)

"""How fast a platform lets us speak: per account, per chat, and never inside a pause it asked for."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.platform import Limits

MINUTE = 60.0
STEP = 0.1
"""What goes to many is spread over the second in steps of this length: an answer never finds the whole second spent."""


@dataclass
class _Window:
    """At most `most` messages in `seconds`, counted from their answers: however long each is under way, no more ever arrive."""

    most: int
    seconds: float
    flying: int = 0
    stamps: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.stamps and self.stamps[0] <= now - self.seconds:
            self.stamps.popleft()
        if len(self.stamps) + self.flying < self.most:
            return 0.0
        return self.stamps[0] + self.seconds - now if self.stamps else self.seconds

    def land(self, now: float) -> None:
        self.flying -= 1
        self.stamps.append(now)

    def is_idle(self, now: float) -> bool:
        self.wait(now)
        return not self.stamps and not self.flying


class Pace:
    """Asks before each message; `monotonic` counts seconds that never jump."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._account = _Window(max(1, int(limits.per_second)), 1.0)
        self._step = _Window(max(1, math.ceil(limits.per_second * STEP)), STEP)
        self._chats: dict[str, tuple[_Window, ...]] = {}
        self._halts: dict[str, float] = {}

    def wait(self, chat: str, group: bool, *, bulk: bool = False) -> float:
        """Seconds until a message to that chat may go; 0: now."""
        now = self._monotonic()
        windows = (self._account, *self._chat(chat, group), *([self._step] if bulk else []))
        return max(0.0, self._halted(chat, now), *(window.wait(now) for window in windows))

    def held(self) -> dict[str, float]:
        """The chats that must wait, and how many seconds: no use in looking at their messages, others stand behind them."""
        now = self._monotonic()
        self._chats = {chat: windows for chat, windows in self._chats.items() if not all(window.is_idle(now) for window in windows)}
        waits = {chat: max(0.0, *(window.wait(now) for window in windows)) for chat, windows in self._chats.items()}
        waits |= {chat: max(until - now, waits.get(chat, 0.0)) for chat, until in self._halts.items() if chat}
        return {chat: wait for chat, wait in waits.items() if wait > 0}

    def begin(self, chat: str, group: bool, *, bulk: bool = False) -> None:
        """A message is on its way: it takes its place in the windows."""
        for window in (self._account, *self._chat(chat, group)):
            window.flying += 1
        if bulk:
            self._step.stamps.append(self._monotonic())

    def end(self, chat: str, group: bool) -> None:
        """It was answered, or will not be."""
        now = self._monotonic()
        for window in (self._account, *self._chat(chat, group)):
            window.land(now)

    def halt(self, seconds: float, chat: str = "") -> None:
        """Nothing to that chat (or, without one, to anybody) for so long."""
        now = self._monotonic()
        self._halts = {name: until for name, until in self._halts.items() if until > now}
        self._halts[chat] = max(self._halts.get(chat, 0.0), now + seconds)

    def _halted(self, chat: str, now: float) -> float:
        return max(self._halts.get("", 0.0), self._halts.get(chat, 0.0)) - now

    def _chat(self, chat: str, group: bool) -> tuple[_Window, ...]:
        windows = self._chats.get(chat)
        if windows is None:
            windows = self._chats[chat] = self._new_windows(group)
        return windows

    def _new_windows(self, group: bool) -> tuple[_Window, ...]:
        interval = self._limits.chat_interval.total_seconds()
        windows = [_Window(1, interval)] if interval else []
        if group and self._limits.group_per_minute:
            windows.append(_Window(self._limits.group_per_minute, MINUTE))
        return tuple(windows)

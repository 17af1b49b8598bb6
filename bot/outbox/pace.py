"""How fast a platform lets us speak: per account, per chat, and never inside a pause it asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.platform import Limits

MINUTE = 60.0


@dataclass
class _Window:
    """At most `most` messages in `seconds`, counted from the platform's answers."""

    most: int
    seconds: float
    stamps: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.stamps and self.stamps[0] <= now - self.seconds:
            self.stamps.popleft()
        return 0.0 if len(self.stamps) < self.most else self.stamps[0] + self.seconds - now


class Pace:
    """Asks before each message; `monotonic` counts seconds that never jump."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._account = _Window(max(1, int(limits.per_second)), 1.0)
        self._chats: dict[str, _Window] = {}
        self._halts: dict[str, float] = {}

    def wait(self, chat: str, group: bool) -> float:
        """Seconds until a message to that chat may go; 0: now."""
        now = self._monotonic()
        halted = max(self._halts.get("", 0.0), self._halts.get(chat, 0.0)) - now
        return max(0.0, halted, self._account.wait(now), self._chat(chat, group).wait(now))

    def count(self, chat: str, group: bool) -> None:
        """A message is on its way: it takes its place in the windows."""
        now = self._monotonic()
        self._account.stamps.append(now)
        self._chat(chat, group).stamps.append(now)
        if len(self._chats) > 10_000:
            self._chats = {name: window for name, window in self._chats.items() if window.wait(now) > 0}

    def halt(self, seconds: float, chat: str = "") -> None:
        """Nothing to that chat (or, without one, to anybody) for so long."""
        self._halts[chat] = max(self._halts.get(chat, 0.0), self._monotonic() + seconds)

    def _chat(self, chat: str, group: bool) -> _Window:
        window = self._chats.get(chat)
        if window is None:
            window = self._chats[chat] = self._new_window(group)
        return window

    def _new_window(self, group: bool) -> _Window:
        if group and self._limits.group_per_minute:
            return _Window(self._limits.group_per_minute, MINUTE)
        interval = self._limits.chat_interval.total_seconds()
        return _Window(1, interval) if interval else _Window(1_000_000, 0.0)

"""How fast a platform lets us speak: per account, per chat, and never inside a pause it asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.platform import Limits

MINUTE = 60.0


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
        self._chats: dict[str, _Window] = {}
        self._halts: dict[str, float] = {}

    def wait(self, chat: str, group: bool) -> float:
        """Seconds until a message to that chat may go; 0: now."""
        now = self._monotonic()
        halted = max(self._halts.get("", 0.0), self._halts.get(chat, 0.0)) - now
        return max(0.0, halted, self._account.wait(now), self._chat(chat, group).wait(now))

    def held(self) -> dict[str, float]:
        """The chats that must wait, and how many seconds: no use in looking at their messages, others stand behind them."""
        now = self._monotonic()
        self._chats = {chat: window for chat, window in self._chats.items() if not window.is_idle(now)}
        waits = {chat: max(window.wait(now), self._halts.get(chat, 0.0) - now) for chat, window in self._chats.items()}
        halts = {chat: until - now for chat, until in self._halts.items() if chat and chat not in waits}
        return {chat: wait for chat, wait in (waits | halts).items() if wait > 0}

    def begin(self, chat: str, group: bool) -> None:
        """A message is on its way: it takes its place in the windows."""
        self._account.flying += 1
        self._chat(chat, group).flying += 1

    def end(self, chat: str, group: bool) -> None:
        """It was answered, or will not be."""
        now = self._monotonic()
        self._account.land(now)
        self._chat(chat, group).land(now)

    def halt(self, seconds: float, chat: str = "") -> None:
        """Nothing to that chat (or, without one, to anybody) for so long."""
        now = self._monotonic()
        self._halts = {name: until for name, until in self._halts.items() if until > now}
        self._halts[chat] = max(self._halts.get(chat, 0.0), now + seconds)

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

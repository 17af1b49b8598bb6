"""How much one person and one chat may say: whoever says more is told once, kindly, and then nothing until a minute is over.

Who is asked by a form may say as much as a whole chat."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from bot.core.message import ChatKind, Incoming, Kind
from bot.core.platform import Limits

MINUTE = timedelta(minutes=1)
_WORDS = frozenset({Kind.TEXT, Kind.COMMAND, Kind.EDITED, Kind.ATTACHMENT})


class Verdict(Enum):
    PASS = auto()
    TELL = auto()
    SILENT = auto()


@dataclass
class _Window:
    said: deque[datetime] = field(default_factory=deque)
    shut_until: datetime | None = None
    answers: bool = False
    """What comes are answers to a form: one a question, and files by the album. Dropped, they would be missed."""

    def judge(self, at: datetime, most: int) -> Verdict:
        if self.shut_until is not None and at < self.shut_until:
            return Verdict.SILENT
        self.shut_until = None
        while self.said and self.said[0] <= at - MINUTE:
            self.said.popleft()
        if len(self.said) < most:
            self.said.append(at)
            return Verdict.PASS
        self.said.clear()
        self.shut_until = at + MINUTE
        return Verdict.TELL

    def is_idle(self, at: datetime) -> bool:
        return (self.shut_until is None or self.shut_until <= at) and (not self.said or self.said[-1] <= at - MINUTE)


class Crowd:
    """Counts by the time the platform tells: what piled up while we were away is not taken for haste."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, ...], _Window] = {}
        self._swept = datetime.min.replace(tzinfo=UTC)

    def judge(self, incoming: Incoming, limits: Limits) -> Verdict:
        where, at = incoming.where, incoming.at
        if incoming.kind is not Kind.PRESS and incoming.kind not in _WORDS:
            return Verdict.PASS
        if at >= self._swept + MINUTE:
            # Kept are those of the last minute, however many people there are.
            self._swept = at
            self._windows = {key: window for key, window in self._windows.items() if not window.is_idle(at)}
        if incoming.user and incoming.kind in _WORDS:
            person = _person(incoming)
            answers = (window := self._windows.get(person)) is not None and window.answers
            verdict = self._judge(person, at, limits.heard_from_chat if answers else limits.heard_from_person)
            if verdict is not Verdict.PASS:
                return verdict
        return self._judge(("chat", where.platform, where.account, where.chat), at, limits.heard_from_chat)

    def note(self, incoming: Incoming, *, is_asked: bool) -> None:
        """After a turn: whether a form asks this person now, and waits for an answer."""
        if incoming.chat_kind is ChatKind.PRIVATE and (window := self._windows.get(_person(incoming))) is not None:
            window.answers = is_asked

    def _judge(self, key: tuple[str, ...], at: datetime, most: int) -> Verdict:
        return self._windows.setdefault(key, _Window()).judge(at, most) if most else Verdict.PASS


def _person(incoming: Incoming) -> tuple[str, ...]:
    return "user", incoming.where.platform, incoming.where.account, incoming.user

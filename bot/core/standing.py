"""Where a person stands in a conversation, and what is on offer there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.message import Choice, Where


@dataclass(frozen=True)
class Turn:
    """A question asked earlier in this place."""

    text: str
    at: datetime


@dataclass
class Standing:
    """All that is known where an event happened. Handlers change it; it is saved with their replies."""

    language: str = ""
    """Chosen by the person."""
    client_language: str = ""
    known_person: bool = False
    known_chat: bool = False
    region: str = ""
    active: bool = True
    welcomed: bool = False
    step: str = ""
    turns: list[Turn] = field(default_factory=list)
    tongue: str = ""
    """In which language what was written last was answered."""
    offer: str = ""

    def copy(self) -> Standing:
        """One to change beside the other; its turns are values."""
        return replace(self, turns=list(self.turns))


@dataclass(frozen=True)
class OnOffer:
    """The choices under one message, as they were put."""

    token: str
    where: Where
    user: str
    choices: tuple[Choice, ...]
    expires_at: datetime

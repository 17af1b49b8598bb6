"""What a person gives to a question, what a kind makes of it, and what reading it needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.message import Text
from handlers.forms.form import Value

PAPER = "paper"
"""In place of files: it will be brought to the office."""


@dataclass(frozen=True)
class File:
    """A file as the platform announces it. Its content is checked elsewhere, before it is kept."""

    id: str
    """Under which it is found again: the platform's id, later that of the store."""
    name: str
    size: int

    def plain(self) -> dict[str, Value]:
        return {"id": self.id, "name": self.name, "size": self.size}

    @classmethod
    def of(cls, value: Value) -> File:
        """Raises TypeError or KeyError for what is no file."""
        if not isinstance(value, dict):
            raise TypeError(value)
        size = value["size"]
        if not isinstance(size, int):
            raise TypeError(value)
        return cls(str(value["id"]), str(value["name"]), size)


@dataclass(frozen=True)
class Given:
    """One message or tap in answer to a question."""

    text: str = ""
    picks: tuple[str, ...] = ()
    """Options tapped."""
    files: tuple[File, ...] = ()
    done: bool = False
    """“That is all”, for what is given in pieces."""
    so_far: Value | None = None
    """The pieces given before."""


@dataclass(frozen=True)
class Accepted:
    """The answer in its one spelling."""

    value: Value


@dataclass(frozen=True)
class More:
    """Kept, and the question stays open for further pieces."""

    value: Value


@dataclass(frozen=True)
class Refused:
    """Not taken; the text says why. The example of the kind stands beside it when it is shown."""

    reason: Text


Outcome = Accepted | More | Refused


class ReadDate(Protocol):
    """A grammar of dates. None: no date that is certain."""

    def __call__(self, text: str, today: date) -> date | None: ...


def iso_date(text: str, today: date) -> date | None:
    """2026-03-01 and nothing else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


@dataclass(frozen=True)
class Aids:
    """Built by the caller for each turn: the engine knows neither clock nor locales."""

    today: date
    spoken: Callable[[str], tuple[str, ...]]
    """The wordings of a message in every language: an option may be typed as any reader sees it."""
    dates: ReadDate = iso_date

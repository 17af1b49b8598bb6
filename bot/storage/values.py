"""Values of `bot.core` to JSON and back: the form in which rows keep them."""

from __future__ import annotations

from typing import TypeVar

from pydantic import TypeAdapter

from bot.core.message import Choice, Incoming, Outgoing

T = TypeVar("T")

INCOMING = TypeAdapter(Incoming)
OUTGOING = TypeAdapter(Outgoing)
CHOICES = TypeAdapter(tuple[Choice, ...])


def to_json(form: TypeAdapter[T], value: T) -> str:
    return form.dump_json(value, exclude_defaults=True).decode()


def from_json(form: TypeAdapter[T], text: str) -> T:
    """Raises pydantic.ValidationError for a row of an unknown shape."""
    return form.validate_json(text)

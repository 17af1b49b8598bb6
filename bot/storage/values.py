"""Values of `bot.core` to JSON and back: the form in which rows keep them."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def to_json(value: Any, form: Any = None) -> str:
    return _adapter(form or type(value)).dump_json(value, exclude_defaults=True).decode()


def from_json(text: str, form: type[T] | Any) -> Any:
    """Raises pydantic.ValidationError for a row of an unknown shape."""
    return _adapter(form).validate_json(text)

"""Waiting for what is asynchronous, from a command that is not."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def completed(work: Coroutine[Any, Any, T]) -> T:
    # Imported here: most of a short command's modules are this one's.
    import asyncio

    return asyncio.run(work)

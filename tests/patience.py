"""How long tests wait. Long, because machines are slow and busy: a wait that succeeds ends at once, so a long bound costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

PATIENCE = 300.0
"""Seconds that only a real defect reaches. A claim about how soon something happens is made of an order or an effect instead."""


async def until(found: Callable[[], Any], *, what: str = "") -> Any:
    """Looks often until there is something, and gives it."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not (value := found()):
                await asyncio.sleep(0.01)
            return value
    except TimeoutError:
        raise AssertionError(f"not within {PATIENCE} s: {what or found}") from None

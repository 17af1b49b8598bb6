"""Lets a loop that sleeps until something wakes it hear at once that it must stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator


@contextlib.asynccontextmanager
async def woken_by(stop: asyncio.Event, wake: asyncio.Event) -> AsyncIterator[None]:
    """Inside, setting `stop` sets `wake`, too."""

    async def pass_on() -> None:
        await stop.wait()
        wake.set()

    task = asyncio.create_task(pass_on())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

"""What runs in the background: duties only one process may hold, and the nursery that watches them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

import structlog

from bot.core.clock import Clock
from bot.storage import leases
from bot.storage.database import Database

log = structlog.get_logger(__name__)

Duty = Callable[[asyncio.Event], Awaitable[None]]
"""Runs until the event is set."""

AGAIN = 1.0
"""Seconds until a duty that broke off, or was held elsewhere, is tried again."""


def awake_or_asleep() -> float:
    """Seconds that never jump, and go on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Nursery:
    """Every background task starts here, so that it is awaited, logged and ended."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a background task failed", task=task.get_name(), exc_info=error)

    async def close(self, patience: timedelta) -> None:
        """Waits for what ends by itself, then ends the rest."""
        tasks = list(self._tasks)
        if not tasks:
            return
        _done, late = await asyncio.wait(tasks, timeout=patience.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


class Duties:
    """Holds leases and runs the duty behind each as long as the lease is ours."""

    def __init__(self, database: Database, clock: Clock, monotonic: Callable[[], float] = awake_or_asleep) -> None:
        self._database = database
        self._clock = clock
        self._monotonic = monotonic
        self._asked: dict[str, float] = {}
        """When the renewal that succeeded last was asked for."""
        self._holder = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        self.held: dict[str, bool] = {}

    async def hold(self, name: str, duty: Duty, stop: asyncio.Event) -> None:
        """Until stopped. A duty that breaks off is begun again; while another process holds it, we stand by."""
        while not stop.is_set():
            self.held[name] = await self.take(name)
            if self.held[name]:
                await self._run(name, duty, stop)
                self.held[name] = False
            await pause(stop, AGAIN)

    def is_firm(self, name: str) -> bool:
        """Whether nobody else can hold it: renewed so lately that its end is far. True means it, even after a sleep of this process."""
        asked = self._asked.get(name)
        return asked is not None and self._monotonic() - asked < leases.STALE.total_seconds()

    async def release(self) -> None:
        await self._database.write(lambda connection: leases.release(connection, self._holder, self._clock.now()))

    async def take(self, name: str) -> bool:
        """Takes or renews a lease. False while another process holds it, or when the database does not answer."""
        now, asked = self._clock.now(), self._monotonic()
        try:
            epoch = await self._database.write(lambda connection: leases.take(connection, name, self._holder, now, self._is_dead))
        except Exception as error:
            log.error("a lease could not be taken", lease=name, error=type(error).__name__)
            return False
        if epoch is not None:
            self._asked[name] = asked
        return epoch is not None

    async def _run(self, name: str, duty: Duty, stop: asyncio.Event) -> None:
        inner = asyncio.Event()
        task = asyncio.ensure_future(duty(inner))
        watch = asyncio.create_task(self._watch(name, inner, stop))
        try:
            await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
            inner.set()
            await asyncio.wait({task}, timeout=15)
        finally:
            inner.set()
            watch.cancel()
            if not task.done():
                task.cancel()
            results = await asyncio.gather(task, watch, return_exceptions=True)
        if isinstance(results[0], Exception):
            log.error("a duty broke off", duty=name, exc_info=results[0])

    async def _watch(self, name: str, inner: asyncio.Event, stop: asyncio.Event) -> None:
        """Renews the lease; returns when the duty must end."""
        while not await pause(stop, leases.RENEW.total_seconds()):
            if not await self.take(name) and not self.is_firm(name):
                log.warning("a lease was lost", lease=name)
                return

    def _is_dead(self, holder: str) -> bool:
        """A holder on this machine whose process is gone. Only for the embedded database: with it all processes share a machine."""
        host, _, rest = holder.partition("/")
        pid = rest.partition("/")[0]
        if not self._database.embedded or host != socket.gethostname() or not pid.isdigit():
            return False
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return int(pid) == os.getpid()


async def pause(stop: asyncio.Event, seconds: float) -> bool:
    """Waits; returns at once and True when stopped."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
    return stop.is_set()

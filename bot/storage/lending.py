"""Connections opened when they are first needed, kept open, and lent to one at a time.

Taking one out of the toolkit's pool and giving it back costs as much as five statements.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from types import TracebackType

from sqlalchemy.ext.asyncio import AsyncConnection

PATIENCE = 30.0
"""Seconds to wait for a connection; then something holds on to them."""


class Lender(ABC):
    """At most so many are open at once; so many of them are kept when nobody needs them."""

    def __init__(self, most: int, kept: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._kept = kept
        self._idle: list[AsyncConnection] = []

    def one(self, *, for_one: bool = False) -> Loan:
        """`for_one`: for a single question."""
        return Loan(self, for_one)

    async def open_beforehand(self, count: int) -> None:
        """So many, so that a busy moment need not: how many are open then says nothing of what there was to do."""
        async with AsyncExitStack() as stack:
            for _ in range(count):
                await stack.enter_async_context(self.one(for_one=True))

    async def lend(self, *, for_one: bool) -> AsyncConnection:
        if self._free.locked():
            async with asyncio.timeout(PATIENCE):
                await self._free.acquire()
        else:
            await self._free.acquire()
        try:
            while True:
                # The one used last: the others may become old.
                connection = self._idle.pop() if self._idle else await self.opened()
                if await self._is_ready(connection, for_one=for_one):
                    return connection
        except BaseException:
            self._free.release()
            raise

    async def take_back(self, connection: AsyncConnection, error: BaseException | None) -> None:
        try:
            # Whoever was cancelled may have left half a question on it.
            if (error is None or isinstance(error, Exception)) and await self.clean(connection) and len(self._idle) < self._kept:
                self._idle.append(connection)
            else:
                await asyncio.shield(self.discard(connection))
        finally:
            self._free.release()

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def _is_ready(self, connection: AsyncConnection, *, for_one: bool) -> bool:
        """It is let go of unless it is: also when nobody waits any more for the answer."""
        ready = False
        try:
            ready = await self.ready(connection, for_one=for_one)
        finally:
            if not ready:
                await asyncio.shield(self.discard(connection))
        return ready

    @abstractmethod
    async def opened(self) -> AsyncConnection: ...

    @abstractmethod
    async def ready(self, connection: AsyncConnection, *, for_one: bool) -> bool:
        """Prepares it for the one it is lent to. False when it is dead."""

    @abstractmethod
    async def clean(self, connection: AsyncConnection) -> bool:
        """Takes back what is still open on it. False when it is of no use any more."""

    async def discard(self, connection: AsyncConnection) -> None:
        await connection.close()


class Loan:
    """One of them for a while."""

    def __init__(self, lender: Lender, for_one: bool) -> None:
        self._lender, self._for_one = lender, for_one
        self._connection: AsyncConnection | None = None

    async def __aenter__(self) -> AsyncConnection:
        self._connection = await self._lender.lend(for_one=self._for_one)
        return self._connection

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._connection is not None
        await self._lender.take_back(self._connection, error)

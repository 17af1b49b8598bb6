"""A door before PostgreSQL that counts how often somebody asks and waits, as a long wire would make them feel."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy.engine import URL


class Wire:
    """`trips` grows whenever a client speaks after the server did, or first."""

    def __init__(self, to: URL) -> None:
        self.trips = 0
        self._to = to
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, out = await self._connected()
        self._writers += [writer, out]
        asked = asyncio.Event()
        for work in (self._asks(reader, out, asked), self._answers(there, writer, asked)):
            task = asyncio.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = str(self._to.query.get("host", self._to.host)), self._to.port or 5432
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _asks(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await reader.read(1 << 16):
            self.trips += not asked.is_set()
            asked.set()
            out.write(data)
        out.close()

    async def _answers(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await there.read(1 << 16):
            asked.clear()
            writer.write(data)
        writer.close()

    async def close(self) -> None:
        for writer in self._writers:
            writer.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def wired(to: URL, folder: Path) -> AsyncIterator[tuple[URL, Wire]]:
    """The same database's address behind the door."""
    wire = Wire(to)
    # The name that the driver looks for. Under a folder of a short name: a socket's path may not be long.
    door = await asyncio.start_unix_server(wire.serve, folder / ".s.PGSQL.5432")
    try:
        yield to.update_query_dict({"host": str(folder)}).set(host=None, port=None), wire
    finally:
        door.close()
        await wire.close()

"""Small requests to a platform, many a second: kept connections, one request at a time on each.

A general client spends three times as much on choosing among all that HTTP may be. Here it is one thing: a POST of JSON and a short answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections import deque
from functools import cache, lru_cache
from typing import NamedTuple, cast

import aiohappyeyeballs
import httptools
from yarl import URL

IDLE = 15.0
"""Seconds after which an unused connection is not trusted any more: the other side may be closing it just now."""
LONGEST = 1 << 20
"""Bytes of an answer."""
STAGGER = 0.25
"""Seconds until the next of a name's addresses is tried beside the first."""


class NotSent(Exception):
    """The request never left."""


class NoAnswer(Exception):
    """The request was written, and nothing certain came back."""


class Answer(NamedTuple):
    status: int
    body: bytes


class _End(NamedTuple):
    """The other side."""

    host: str
    port: int
    tls: bool


class _Line(asyncio.Protocol):
    """One connection. The parser calls the methods that begin with `on_`."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._waiting: asyncio.Future[Answer] | None = None
        self._body = bytearray()
        self._has_begun = False
        """The answer's status is known."""

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes, seconds: float) -> Answer:
        """Whatever goes wrong closes the line: an answer that comes later must not be taken for the next one's."""
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = loop.call_later(seconds, self._fail, "no answer in time")
        try:
            self._transport.write(request)
            return await self._waiting
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
            self._waiting = None

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("unreadable answer")

    def connection_lost(self, error: Exception | None) -> None:
        # Some answers end with the connection; one that was cut shows it by its content.
        if error is None and self._has_begun:
            self._finish()
        self._fail(type(error).__name__ if error else "connection closed")

    def on_message_begin(self) -> None:
        if self._waiting is None or self._waiting.done():
            raise ValueError("nobody asked")
        self._body.clear()
        self._has_begun = False

    def on_headers_complete(self) -> None:
        self._has_begun = self._parser.get_status_code() >= 200

    def on_body(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > LONGEST:
            raise ValueError("too long")

    def on_message_complete(self) -> None:
        if self._has_begun:
            self._finish()
            if not self._parser.should_keep_alive():
                self.close()

    def _finish(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(Answer(self._parser.get_status_code(), bytes(self._body)))
        self._has_begun = False

    def _fail(self, reason: str) -> None:
        self.close()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(NoAnswer(reason))


class Lines:
    """Connections to whatever is asked, at most so many."""

    def __init__(self, connect: float, most: int) -> None:
        """`connect`: seconds until a connection must stand."""
        self._connect = connect
        self._places = asyncio.Semaphore(most)
        self._idle: dict[_End, deque[_Line]] = {}
        self._lines: set[_Line] = set()

    async def ask(self, url: str, body: bytes, seconds: float) -> Answer:
        """Raises NotSent or NoAnswer. `seconds`: until the answer must be there."""
        try:
            end, head = _target(url)
        except ValueError as error:
            raise NotSent(type(error).__name__) from None
        await self._place()
        try:
            line = self._unused(end) or await self._open(end)
            try:
                return await line.ask(b"%s%d\r\n\r\n%s" % (head, len(body), body), seconds)
            finally:
                self._keep(end, line)
        finally:
            self._places.release()

    def close(self) -> None:
        for line in self._lines:
            line.close()
        self._lines.clear()
        self._idle.clear()

    async def _place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(self._connect):
                await self._places.acquire()
        except TimeoutError:
            raise NotSent("no connection is free") from None

    def _unused(self, end: _End) -> _Line | None:
        """The one used last: the others grow old and go."""
        idle, trusted = self._idle.setdefault(end, deque()), asyncio.get_running_loop().time() - IDLE
        while idle and (idle[0].idle_since < trusted or not idle[0].is_open):
            self._drop(idle.popleft())
        while idle:
            if (line := idle.pop()).is_open:
                return line
            self._drop(line)
        return None

    def _keep(self, end: _End, line: _Line) -> None:
        if line.is_open and line in self._lines:
            line.idle_since = asyncio.get_running_loop().time()
            self._idle.setdefault(end, deque()).append(line)
        else:
            self._drop(line)

    def _drop(self, line: _Line) -> None:
        line.close()
        self._lines.discard(line)

    async def _open(self, end: _End) -> _Line:
        try:
            async with asyncio.timeout(self._connect):
                line = await _connected(end)
        except OSError as error:
            raise NotSent(f"no connection: {type(error).__name__}") from None
        self._lines.add(line)
        return line


async def _connected(end: _End) -> _Line:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(end.host, end.port, type=socket.SOCK_STREAM)
    there = await aiohappyeyeballs.start_connection(found, happy_eyeballs_delay=STAGGER, interleave=1, loop=loop)
    with contextlib.ExitStack() as undo:
        undo.callback(there.close)
        tls, name = (_context(), end.host) if end.tls else (None, None)
        _, line = await loop.create_connection(_Line, sock=there, ssl=tls, server_hostname=name)
        undo.pop_all()
        return line


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


@lru_cache(maxsize=64)
def _target(url: str) -> tuple[_End, bytes]:
    """Where it goes, and the request up to the length of its body."""
    address = URL(url)
    if address.scheme not in ("http", "https") or not address.raw_host or not address.port:
        raise ValueError("no address")
    head = (
        f"POST {address.raw_path_qs} HTTP/1.1\r\nHost: {address.host_port_subcomponent}\r\nUser-Agent: zhice\r\n"
        "Accept: */*\r\nContent-Type: application/json\r\nContent-Length: "
    )
    return _End(address.raw_host, address.port, address.scheme == "https"), head.encode("ascii")

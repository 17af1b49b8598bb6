"""Where a browser hands in files, one request each: what may come in is settled before a byte of it is read."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

from aiohttp import ClientPayloadError, web

from bot.adapters.webpace import Pace
from bot.core.clock import Clock
from bot.storage.arrivals import Arrivals
from bot.storage.inspection import LARGEST

log = logging.getLogger(__name__)

PIECE = 64 * 1024
FILES = 60
"""An hour, from one conversation; four times as many from one network."""
AT_ONCE = 3
OF_NETWORK = 12
OF_ALL = 40
"""Files on their way in."""
SILENT = 30.0
"""Seconds without a byte."""
WHOLE = 600.0
"""Seconds for one file."""
SOON = timedelta(seconds=3)


class Hatch:
    def __init__(self, arrivals: Arrivals, clock: Clock) -> None:
        self._arrivals = arrivals
        self._of_chat = Pace(clock, FILES, timedelta(hours=1))
        self._of_network = Pace(clock, 4 * FILES, timedelta(hours=1))
        self._open: Counter[str] = Counter()

    async def take(self, request: web.Request, chat: str, network: str) -> web.Response:
        """The ticket of the file, or the reason why not. The conversation is the caller's to know."""
        _insist_on_size(request.content_length)
        with self._place(chat, network):
            self._insist_on_pace(chat, network)
            if await asyncio.to_thread(lambda: self._arrivals.is_full):
                log.error("too many uploaded files wait: none is taken")
                _refuse(web.HTTPServiceUnavailable, "busy", timedelta(minutes=1))
            return _json({"file": await self._received(request, chat)})

    async def _received(self, request: web.Request, chat: str) -> str:
        size = 0
        with self._arrivals.receive(chat) as arriving:
            try:
                async with asyncio.timeout(WHOLE):
                    while piece := await asyncio.wait_for(request.content.read(PIECE), SILENT):
                        # Counted as well as promised: a packed body becomes larger than the size it came with.
                        size += len(piece)
                        _insist_on_room(size)
                        arriving.add(piece)
            except TimeoutError:
                _refuse(web.HTTPRequestTimeout, "busy", SOON)
            except (ConnectionError, ClientPayloadError, web.RequestPayloadError):
                _refuse(web.HTTPBadRequest, "broken")  # The browser left; nobody reads this.
            return await asyncio.to_thread(arriving.end)

    @contextmanager
    def _place(self, chat: str, network: str) -> Iterator[None]:
        names = {"": OF_ALL, f"chat {chat}": AT_ONCE, f"network {network}": OF_NETWORK}
        if any(self._open[name] >= most for name, most in names.items()):
            _refuse(web.HTTPTooManyRequests, "busy", SOON)
        self._open.update(names.keys())
        try:
            yield
        finally:
            self._open.subtract(names.keys())
            self._open += Counter()  # drops the names nobody has a file open for

    def _insist_on_pace(self, chat: str, network: str) -> None:
        if wait := self._of_chat.wait(chat) or self._of_network.wait(network):
            _refuse(web.HTTPTooManyRequests, "many", wait)


def _insist_on_size(size: int | None) -> None:
    if size is None:
        _refuse(web.HTTPLengthRequired, "unsized")
    if size == 0:
        _refuse(web.HTTPBadRequest, "empty")
    _insist_on_room(size)


def _insist_on_room(size: int) -> None:
    if size > LARGEST:
        refused = _problem("too-large")
        raise web.HTTPRequestEntityTooLarge(LARGEST, size, text=refused, content_type="application/json")


def _refuse(kind: type[web.HTTPError], problem: str, wait: timedelta | None = None) -> NoReturn:
    headers = {"Retry-After": str(int(wait.total_seconds()) + 1)} if wait else {}
    raise kind(text=_problem(problem), content_type="application/json", headers=headers)


def _problem(name: str) -> str:
    return f'{{"problem": "{name}"}}'


def _json(value: dict[str, str]) -> web.Response:
    return web.json_response(value, headers={"Cache-Control": "no-store"})

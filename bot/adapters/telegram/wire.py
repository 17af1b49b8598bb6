"""The library's HTTP, carried by aiohttp."""

from __future__ import annotations

import json
import logging
import random
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

import aiohttp
from telegram.request import BaseRequest, RequestData

from bot.adapters.telegram.errors import Broken, Unsent, Wait
from bot.core.certificates import trusted
from bot.core.platform import Unfetched

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timing:
    connect: timedelta = timedelta(seconds=5)
    read: timedelta = timedelta(seconds=15)
    poll: timedelta = timedelta(seconds=40)
    file: timedelta = timedelta(minutes=2)
    """All of a file, from asking where it lies to its last byte."""
    short: timedelta = timedelta(seconds=5)
    """For courtesies: typing, ending the waiting sign, inline answers."""
    pause: timedelta = timedelta(seconds=1)
    longest_pause: timedelta = timedelta(seconds=30)
    locked_pause: timedelta = timedelta(minutes=5)
    forget: timedelta = timedelta(hours=24)
    """Ids start anew at random after a quiet week; an offset kept until then would wipe what has a lower id."""

    def pauses(self) -> Iterator[float]:
        """Growing waits, each drawn between half and all of its length."""
        length = self.pause.total_seconds()
        while True:
            yield length * random.uniform(0.5, 1)
            length = min(length * 2, self.longest_pause.total_seconds())


@lru_cache(16)
def _waits(connect: float, read: float) -> aiohttp.ClientTimeout:
    # No total time: running out of it would not tell whether the request had been written.
    return aiohttp.ClientTimeout(connect=connect, sock_read=read)


_JSON: Final = {"Content-Type": "application/json"}


class Wire(BaseRequest):
    """The library's HTTP, carried by aiohttp. Its errors never quote an address: the token is part of it."""

    def __init__(self, pool: int, timing: Timing, proxy: str | None) -> None:
        self._pool, self._timing, self._proxy = pool, timing, proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._timing.read.total_seconds()

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._pool)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        read = read_timeout if isinstance(read_timeout, int | float) else self.read_timeout
        return await self._exchange(url, _body_of(request_data) if request_data else b"", read)

    async def say(self, url: str, body: bytes) -> Any:
        """What a method returns, for a request that is written already: many differ in nothing but whom they go to."""
        status, payload = await self._exchange(url, body, self.read_timeout)
        if not 200 <= status < 300:
            await _Answered(status, payload).post(url)
        return self.parse_json_payload(payload).get("result")

    async def _exchange(self, url: str, body: bytes | aiohttp.FormData, read: float) -> tuple[int, bytes]:
        if self._session is None:
            raise Unsent("not connected")
        timeout = _waits(self._timing.connect.total_seconds(), read)
        headers = _JSON if isinstance(body, bytes) else None
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=timeout, proxy=self._proxy, ssl=self._trusted(url), allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise Unsent(str(error)) from None
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError, aiohttp.InvalidURL) as error:
            raise Unsent(type(error).__name__) from None
        except Exception as error:
            raise Broken(type(error).__name__) from None
        _raise_what_the_library_cannot_tell(status, payload)
        return status, payload

    def _trusted(self, url: str) -> ssl.SSLContext | bool:
        """Where neither end is encrypted, certificates need not even be read; aiohttp's own context may trust nobody."""
        return trusted() if url.startswith("https") or self._proxy else True

    async def download(self, url: str, most: int) -> bytes | Unfetched:
        """Piece by piece, and no further than `most`. The address holds the token: it is told to nobody."""
        if self._session is None:
            return Unfetched.UNREACHABLE
        timeout = aiohttp.ClientTimeout(connect=self._timing.connect.total_seconds(), sock_read=self.read_timeout)
        try:
            async with self._session.get(
                url, timeout=timeout, proxy=self._proxy, ssl=self._trusted(url), allow_redirects=False
            ) as response:
                if response.status != 200:
                    return Unfetched.GONE if response.status in (404, 410) else Unfetched.UNREACHABLE
                return await _within(response, most)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            logger.warning("Telegram: a file could not be fetched: %s", type(error).__name__)
            return Unfetched.UNREACHABLE

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        # The library's own writes the whole answer into the log when it cannot read it.
        answer = parsed(payload)
        if answer is None:
            raise Broken("unreadable answer")
        return answer


class _Answered(BaseRequest):
    """Has the library say what an answer means that is no success."""

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = status, payload

    @property
    def read_timeout(self) -> None:
        return None

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is open."""

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return self._answer

    parse_json_payload = staticmethod(Wire.parse_json_payload)


_WRITER: Final = json.JSONEncoder(ensure_ascii=False)


def dumped(value: Mapping[str, Any]) -> bytes:
    return _WRITER.encode(value).encode()


def _body_of(request: RequestData) -> bytes | aiohttp.FormData:
    if not request.contains_files:
        # Half the work of the form the library would write, and of reading it.
        return dumped(request.parameters)
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (file, content, media) in request.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=media)
    return form


async def _within(response: aiohttp.ClientResponse, most: int) -> bytes | Unfetched:
    # What the server claims spares the download; what comes is counted all the same.
    if (response.content_length or 0) > most:
        return Unfetched.TOO_LARGE
    read = bytearray()
    async for piece in response.content.iter_any():
        read += piece
        if len(read) > most:
            return Unfetched.TOO_LARGE
    return bytes(read)


def parsed(payload: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _raise_what_the_library_cannot_tell(status: int, payload: bytes) -> None:
    if 200 <= status < 300 or status in (401, 404):
        return
    answer = parsed(payload)
    if status == 429:
        parameters = (answer or {}).get("parameters")
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        raise Wait(timedelta(seconds=seconds) if isinstance(seconds, int | float) else None)
    # A gateway speaks, not the platform: from 500 on the platform may have done the work behind it.
    if answer is None:
        raise (Broken if status >= 500 else Unsent)(f"HTTP {status} without the platform's error body")

"""Which conversation a browser owns: the secret in its cookie says so, and to our own pages only."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.adapters.webpace import Pace
from bot.core.clock import Clock
from bot.storage import webchat as chats
from bot.storage.database import Database

PROXIES = ("127.0.0.0/8", "::1/128")
_CHAT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_YEAR = 365 * 24 * 3600


class Sessions:
    """`public_url` is how people reach us ("" on a single machine); `is_embedded`: other sites show us in a frame."""

    def __init__(
        self, database: Database, clock: Clock, *, public_url: str, is_embedded: bool, trusted_proxies: Sequence[str], an_hour: int
    ) -> None:
        self._database, self._clock = database, clock
        self._public = urlsplit(public_url)
        self._embedded = is_embedded
        self._proxies = [ipaddress.ip_network(proxy) for proxy in trusted_proxies]
        self._new = Pace(clock, an_hour, timedelta(hours=1))
        # Clearing replaces a session and adds none, so it has its own, wider limit: whoever wants their words deleted gets it.
        self._cleared = Pace(clock, 3 * an_hour, timedelta(hours=1))

    async def give(self, request: web.Request) -> web.Response:
        """The session of the cookie, or a new one."""
        self.insist_on_own_page(request)
        chat = await self.chat_of(request)
        if chat:
            return _json({"chat": chat})
        wait = self._new.wait(self.network_of(request))
        return _too_many(wait) if wait else await self._begin()

    async def start_anew(self, request: web.Request, end: Callable[[str], Awaitable[None]]) -> web.Response:
        """A new one; `end` is asked to end the old."""
        self.insist_on_own_page(request)
        old = await self.chat_of(request)
        wait = self._cleared.wait(self.network_of(request))
        if wait:
            return _too_many(wait)
        if old:
            await end(old)
        return await self._begin()

    async def _begin(self) -> web.Response:
        chat, secret, now = secrets.token_urlsafe(16), secrets.token_urlsafe(32), self._clock.now()
        await self._database.write(lambda on: chats.begin(on, chat, _hash(secret), now))
        response = _json({"chat": chat})
        response.headers.add("Set-Cookie", self._cookie(f"{chat}.{secret}"))
        return response

    async def chat_of(self, request: web.Request) -> str:
        """The chat this browser owns; "" for none, and for a cookie that is not ours."""
        chat, _, secret = request.cookies.get(self._cookie_name, "").partition(".")
        if not _CHAT.fullmatch(chat) or not secret:
            return ""
        async with self._database.read() as connection:
            known = await chats.secret_of(connection, chat)
        return chat if hmac.compare_digest(known, _hash(secret)) else ""

    @property
    def _secure(self) -> bool:
        return self._public.scheme == "https"

    @property
    def _cookie_name(self) -> str:
        return "__Host-zhice" if self._secure else "zhice"

    def _cookie(self, value: str) -> str:
        # In a frame on another site only `SameSite=None` is sent, and only `Partitioned` survives browsers that end third-party cookies; it
        # also keeps what is asked on one site apart from what is asked on another. The Origin check stands where SameSite would have.
        # Otherwise Lax rather than Strict: a link from another site must find the conversation that is there.
        # Written by hand: Python's cookies learn of Partitioned in 3.14.
        if not self._secure:
            policy = "SameSite=Lax"
        elif self._embedded:
            policy = "Secure; SameSite=None; Partitioned"
        else:
            policy = "Secure; SameSite=Lax"
        return f"{self._cookie_name}={value}; Path=/; Max-Age={_YEAR}; HttpOnly; {policy}"

    def insist_on_own_page(self, request: web.Request) -> None:
        """Browsers say which page asks. In a frame on another site it is still our own page."""
        with contextlib.suppress(ValueError):
            origin = urlsplit(request.headers.get("Origin", ""))
            if origin.netloc and (origin.netloc.lower() == request.host.lower() or origin[:2] == self._public[:2]):
                return
        raise web.HTTPForbidden(text="This address serves its own pages only.")

    def network_of(self, request: web.Request) -> str:
        """The network a browser asks from: its address, for IPv6 its /64; what a proxy adds counts when the proxy is known."""
        try:
            address = ipaddress.ip_address(request.remote or "")
            if any(address in proxy for proxy in self._proxies):
                forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
                address = ipaddress.ip_address(forwarded) if forwarded else address
        except ValueError:
            return ""
        return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _json(value: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.json_response(value, status=status, headers={"Cache-Control": "no-store"})


def _too_many(wait: timedelta) -> web.Response:
    response = _json({"problem": "many-sessions"}, status=429)
    response.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return response

"""Calendar files over HTTP: of a window for everybody, of a subscription for who knows its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web

from bot.core.clock import Clock
from bot.core.errors import UserError
from bot.core.later import later
from bot.storage.database import Database
from bot.words import Words

if TYPE_CHECKING:
    from reminders import feeds
    from reminders.plan import Terms
else:
    (feeds,) = later("reminders", "feeds")


class Calendars:
    def __init__(self, database: Database, words: Words, terms: Callable[[], Terms], clock: Clock) -> None:
        self._database, self._words, self._terms, self._clock = database, words, terms, clock

    def routes(self) -> list[web.RouteDef]:
        return [web.get(r"/calendar/window/{id:\d{1,9}}.ics", self._window), web.get(r"/calendar/{secret:[\w-]{32}}.ics", self._feed)]

    async def _window(self, request: web.Request) -> web.Response:
        id = int(request.match_info["id"])
        try:
            body = await feeds.of_window(self._database, self._words, self._terms(), id, self._clock.now())
        except UserError:
            raise web.HTTPNotFound from None
        return _calendar(body, f"window-{id}.ics")

    async def _feed(self, request: web.Request) -> web.Response:
        body = await feeds.of_secret(self._database, self._words, self._terms(), request.match_info["secret"], self._clock.now())
        if body is None:
            raise web.HTTPNotFound
        return _calendar(body, "zhice.ics")


def _calendar(body: bytes, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)

"""Private pages over HTTP: opened once, by a link that somebody was given in a private chat. Nothing of them is kept by anybody between.

The link itself shows a button and uses nothing up: programs that look at links before people do would else be the ones who open them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bot.core.clock import Clock
from bot.pages import Pages
from bot.storage.uploads import LIKELY

if TYPE_CHECKING:
    from handlers.forms.papers import Opened, Papers

_CODE = r"{code:[\w-]{24}}"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}


class Private:
    def __init__(self, papers: Callable[[], Papers], pages: Pages, clock: Clock) -> None:
        self._made, self._pages, self._clock = papers, pages, clock

    @cached_property
    def _papers(self) -> Papers:
        return self._made()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(f"/private/sheet/{_CODE}", self._offer_sheet),
            web.post(f"/private/sheet/{_CODE}", self._show_sheet),
            web.get(f"/private/file/{_CODE}", self._offer_file),
            web.post(f"/private/file/{_CODE}", self._give_file),
            web.get(f"/private/export/{_CODE}", self._offer_table),
            web.post(f"/private/export/{_CODE}", self._give_table),
        ]

    async def _offer_sheet(self, request: web.Request) -> web.Response:
        return _page(self._pages.private(self._language(request), "web-private-sheet", opens=True))

    async def _show_sheet(self, request: web.Request) -> web.Response:
        sheet = await self._papers.opened(request.match_info["code"], self._clock.now())
        return _page(self._pages.sheet(sheet)) if sheet else self._over(request)

    async def _offer_file(self, request: web.Request) -> web.Response:
        return _page(self._pages.private(self._language(request), "web-private-file", opens=True))

    async def _give_file(self, request: web.Request) -> web.Response:
        opened = await self._papers.handed_over(request.match_info["code"], self._clock.now())
        return _download(opened) if opened else self._over(request)

    async def _offer_table(self, request: web.Request) -> web.Response:
        return _page(self._pages.private(self._language(request), "web-private-export", opens=True))

    async def _give_table(self, request: web.Request) -> web.Response:
        now = self._clock.now()
        table = await self._papers.tabled(request.match_info["code"], now)
        return _attached(table, f"{now:%Y-%m-%d}.xlsx", LIKELY["xlsx"]) if table is not None else self._over(request)

    def _over(self, request: web.Request) -> web.Response:
        return _page(self._pages.private(self._language(request), "web-private-over", opens=False), status=410)

    def _language(self, request: web.Request) -> str:
        return self._pages.language(request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip())


def _page(body: str, *, status: int = 200) -> web.Response:
    return web.Response(text=body, status=status, content_type="text/html", headers=_HEADERS)


def _download(opened: Opened) -> web.Response:
    return _attached(opened.body, opened.file.name, LIKELY[opened.file.kind])


def _attached(body: bytes, name: str, kind: str) -> web.Response:
    """To be kept as a file, never shown as a page of ours: what stands in it is somebody else's."""
    disposition = content_disposition_header("attachment", quote_fields=True, filename=name)
    headers = _HEADERS | {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return web.Response(body=body, content_type=kind, headers=headers)

"""The HTTP face: pages, their files, health, and the routes adapters bring."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Protocol

from aiohttp import web, web_response
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

from bot.logs import outage
from bot.pages import Asset, Pages

log = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes in a request: what a platform's webhook may send."""
LANGUAGE_COOKIE = "zhice-language"
_YEAR = 365 * 24 * 3600
_PLAIN = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
NAME = "Zhice"
IDLE = 75.0
"""Seconds in which a connection must bring a whole request, the first or the next: else a thousand slow ones keep everybody out."""
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")

Ready = Callable[[], Awaitable[Sequence[str]]]
"""What keeps us from serving, a line each; nothing when all is well."""


class Part(Protocol):
    """Something with routes of its own, for example an adapter."""

    @property
    def routes(self) -> Iterable[web.RouteDef]: ...

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Before requests in flight are waited for: ends what would not end by itself."""
        ...


def application(
    *,
    pages: Pages,
    ready: Ready,
    parts: Sequence[Part] = (),
    routes: Iterable[web.RouteDef] = (),
    embed_origins: Sequence[str] = (),
    warned: Ready | None = None,
) -> web.Application:
    """`embed_origins`: the sites that may show the chat in a frame, beside our own. `warned`: what is amiss, though requests are served."""
    faces = _Faces(pages, embed_origins)
    application = web.Application(middlewares=[faces.guard], client_max_size=LARGEST)
    application.add_routes([*faces.routes, *_health(ready, warned or _nothing), *routes])
    for part in parts:
        application.add_routes(part.routes)
        application.on_startup.append(_when(part.start))
        application.on_shutdown.append(_when(part.stop))
    return application


@contextlib.asynccontextmanager
async def listening(application: web.Application, host: str, port: int, *, patience: float = 10.0) -> AsyncIterator[int]:
    """Serves until left, and says on which port (0 asks for any). Requests in flight get `patience` seconds to end.

    There is no access log: addresses and what was asked are nobody's business.
    """
    # No signal reaches the answer to what could not be read: so what serves us is kept to ourselves where the library has it from.
    web_response.SERVER_SOFTWARE = NAME  # type: ignore[attr-defined]  # imported there
    wire = logging.getLogger("aiohttp.server")
    wire.addFilter(_ours)
    runner = web.AppRunner(
        application, access_log=None, handle_signals=False, shutdown_timeout=patience, keepalive_timeout=IDLE, logger=wire
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, reuse_address=True)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _ours(record: logging.LogRecord) -> bool:
    """Not what somebody sent in a wrong form: pieces of its headers would stand in the log, a cookie among them. And nobody's address."""
    record.msg, record.args = "A request failed", ()
    return not (record.exc_info and isinstance(record.exc_info[1], (HttpProcessingError, web.RequestPayloadError)))


def _when(step: Callable[[], Awaitable[None]]) -> Callable[[web.Application], Awaitable[None]]:
    async def run(_application: web.Application) -> None:
        await step()

    return run


async def _nothing() -> Sequence[str]:
    return ()


def _health(ready: Ready, warned: Ready) -> list[web.RouteDef]:
    async def livez(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        try:
            problems = list(await ready())
            warnings = [] if problems else list(await warned())
        except Exception:
            log.exception("The readiness check itself failed")
            problems, warnings = ["the readiness check failed"], []
        told = {"ready": not problems, "problems": problems} | ({"warnings": warnings} if warnings else {})
        return web.json_response(told, status=503 if problems else 200)

    return [web.get("/livez", livez), web.get("/readyz", readyz)]


class _Faces:
    """The pages, each with the headers that keep it from harm."""

    def __init__(self, pages: Pages, embed_origins: Sequence[str]) -> None:
        self._pages = pages
        self._ancestors = " ".join(("'self'", *embed_origins))
        self.routes = [
            web.get("/", self._chat),
            web.get("/embed", self._demonstration),
            web.get("/embed.js", self._embed),
            web.get("/favicon.ico", self._icon),
            web.get("/static/{version}/{name}", self._asset),
        ]

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Kind pages for what goes wrong, and headers for everything that is not yet on the wire."""
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if error.status != 404 or not _wants_page(request):
                error.headers.update(_PLAIN)
                raise
            response = self._page(request, self._pages.problem(self._language(request), lost=True), status=404)
        except Exception as error:
            log.exception("%s failed", request.match_info.route.resource)
            status, problem = (503, "unavailable") if outage(error) else (500, "internal")
            if not _wants_page(request):
                response = web.json_response({"problem": problem}, status=status)
            else:
                response = self._page(request, self._pages.problem(self._language(request), lost=False), status=status)
        if not response.prepared:
            for name, value in _PLAIN.items():
                response.headers.setdefault(name, value)
        return response

    async def _chat(self, request: web.Request) -> web.Response:
        language = self._language(request)
        response = self._page(request, self._pages.chat(language))
        if request.query.get("lang"):
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="Lax", httponly=True)
        return response

    async def _demonstration(self, request: web.Request) -> web.Response:
        host = request.host if _HOST.fullmatch(request.host) else "localhost"
        scheme = request.headers.get("X-Forwarded-Proto", request.scheme)
        origin = f"{scheme if scheme in ('http', 'https') else 'https'}://{host}"
        return self._page(request, self._pages.demonstration(self._language(request), origin))

    async def _embed(self, request: web.Request) -> web.Response:
        # Its address is written into other sites and stays the same, so it is asked for anew, cheaply.
        response = _file(self._pages.embed, "public, max-age=300")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return _unless_known(request, response, self._pages.embed)

    async def _icon(self, _request: web.Request) -> web.Response:
        return _file(self._pages.assets["icon.svg"], "public, max-age=86400")

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self._pages.assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        # During a roll-out a page of the old program asks the new one: it gets what there is, and keeps nothing.
        current = request.match_info["version"] == asset.version
        return _file(asset, "public, max-age=31536000, immutable" if current else "no-cache")

    def _language(self, request: web.Request) -> str:
        wished = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
        return self._pages.language(request.query.get("lang", ""), request.cookies.get(LANGUAGE_COOKIE, ""), wished)

    def _page(self, request: web.Request, body: str, *, status: int = 200) -> web.Response:
        response = web.Response(text=body, status=status, content_type="text/html")
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Language, Cookie"
        response.headers["Content-Security-Policy"] = self._policy(request.host)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if status == 200:
            response.enable_compression()
        return response

    def _policy(self, host: str) -> str:
        # Older Safari does not count a socket of the same host as 'self'.
        sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self'",
                f"connect-src 'self'{sockets}",
                "frame-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                f"frame-ancestors {self._ancestors}",
            )
        )


def _file(asset: Asset, keep: str) -> web.Response:
    response = web.Response(body=asset.body, content_type=asset.type, charset="utf-8")
    response.headers["Cache-Control"] = keep
    response.enable_compression()
    return response


def _unless_known(request: web.Request, response: web.Response, asset: Asset) -> web.Response:
    if any(tag.value == asset.version for tag in request.if_none_match or ()):
        response = web.Response(status=304, headers={"Cache-Control": response.headers["Cache-Control"]})
    response.etag = asset.version
    return response


def _wants_page(request: web.Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")

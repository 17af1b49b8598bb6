"""The web chat: a browser's conversation over a socket, kept in our own tables.

The browser keeps what it wrote until we say `stored`; we keep what was said until the conversation is cleared. So either side may vanish at
any moment: the page comes back with the last number it saw and gets what is missing, in order. What the two say to each other:

    browser  hello {chat, seen, language} · say {key, text} · press {key, message, token} · files {key, files: [{file, name, size}]}
             language {key, language} · form {key, code, label} · ping
    server   welcome {chat, seen} · lines [{number, key, author, replaces, at, body}] · current · stored {key} · failed {key}
             later {key, after} · refused {key, reason} · typing · note {text} · pong

Files come before the message that names them, in requests of their own (`bot.adapters.webfiles`), which give the ticket to name them by.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import ipaddress
import json
import logging
import re
import secrets
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web
from aiohttp.helpers import content_disposition_header

from bot.adapters.webfiles import Hatch
from bot.adapters.webpace import Pace
from bot.core.clock import Clock
from bot.core.errors import NotAccepted, ZhiceError
from bot.core.message import Attached, Block, Button, ChatKind, Enclosed, Incoming, InlineResult, Kind, Outgoing, Where
from bot.core.platform import Gone, Intake, Later, Limits, Outcome, Sent, Unfetched
from bot.storage import webchat as chats
from bot.storage.arrivals import TICKET, Arrivals
from bot.storage.database import Database
from bot.storage.uploads import LIKELY
from bot.storage.webchat import OFFICE, PERSON, Line

log = logging.getLogger(__name__)

PLATFORM = "web"
ACCOUNT = "office"

LOOK = timedelta(milliseconds=500)
"""Another process may have written: how often we look."""
HELLO = 20.0
"""Seconds a new socket has to say hello."""
FRAME = 64 * 1024
SOCKETS = 8
"""Of one session: that many tabs may be open."""
AT_ONCE = 100
"""Lines in one frame of a replay."""
FILES = 10
"""In one message."""

NO_SESSION = 4401
ENDED = 4001
"""Close codes of ours. In both cases the page asks for a session and comes back."""

_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_CHAT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COMMAND = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_PROXIES = ("127.0.0.0/8", "::1/128")
_YEAR = 365 * 24 * 3600


class Problem(ZhiceError):
    """What the browser sent cannot be used. The reason is for the page, which has the words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(eq=False)
class _Socket:
    """One open page. `sent` is the last number on it; `fresh` are lines just written here; `behind`: there may be others."""

    chat: str
    wire: web.WebSocketResponse
    language: str = ""
    sent: int = 0
    fresh: list[Line] = field(default_factory=list)
    behind: bool = True
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self) -> list[Line]:
        """The fresh lines that follow what is on the page. A gap, or too many for a slow page: the database has them."""
        fresh, self.fresh = sorted(self.fresh, key=lambda line: line.number), []
        lines: list[Line] = []
        for line in fresh:
            if line.number == self.sent + len(lines) + 1:
                lines.append(line)
        self.behind = self.behind or any(line.number > self.sent + len(lines) for line in fresh)
        return [] if self.behind else lines

    def offer(self, line: Line | None) -> None:
        """Another line; None: somebody else wrote it."""
        if line is None or len(self.fresh) >= AT_ONCE:
            self.fresh.clear()
            self.behind = True
        else:
            self.fresh.append(line)
        self.wake.set()


class WebChat:
    """The adapter. `public_url` is how people reach us ("" on a single machine); `embed_origins` are the sites that show us in a frame."""

    platform: str = PLATFORM
    account: str = ACCOUNT
    limits: Limits = Limits(text=4000, buttons=24, edits=True, notes=True, ours=True, files=True, document=50 << 20, picture=10 << 20)

    def __init__(
        self,
        database: Database,
        intake: Intake,
        clock: Clock,
        arrivals: Arrivals,
        *,
        public_url: str = "",
        embed_origins: Sequence[str] = (),
        trusted_proxies: Sequence[str] = _PROXIES,
        sessions_per_hour: int = 10,
        messages_per_minute: int = 30,
        enclosed: Callable[[str], Awaitable[tuple[Enclosed, bytes] | None]] | None = None,
    ) -> None:
        """`enclosed`: what went along with a message of ours, by its id."""
        self._enclosed = enclosed
        self._database, self._intake, self._clock, self._arrivals = database, intake, clock, arrivals
        self._hatch = Hatch(arrivals, clock)
        self._public = urlsplit(public_url)
        self._embedded = bool(embed_origins)
        self._proxies = [ipaddress.ip_network(proxy) for proxy in trusted_proxies]
        self._new = Pace(clock, sessions_per_hour, timedelta(hours=1))
        # Clearing replaces a session and adds none, so it has its own, wider limit: whoever wants their words deleted gets it.
        self._cleared = Pace(clock, 3 * sessions_per_hour, timedelta(hours=1))
        self._said = Pace(clock, messages_per_minute, timedelta(minutes=1))
        # Signs of life and nonsense, too: thousands of them a second would keep everybody else waiting.
        self._heard = Pace(clock, 10 * messages_per_minute, timedelta(minutes=1))
        self._sockets: dict[str, set[_Socket]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/chat/session", self._give_session),
            web.post("/chat/new", self._start_anew),
            web.post("/chat/file", self._take_file),
            web.get("/chat/enclosed/{id:[a-z0-9]{1,64}}", self._give_enclosed),
            web.get("/chat/socket", self._talk),
        ]

    async def start(self) -> None:
        self._looking = asyncio.create_task(self._look(), name="webchat-look")

    async def stop(self) -> None:
        """Sends the pages away with the hint to come back: to the next process, or to this one when it is up again."""
        self._stopping = True
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking
            self._looking = None
        sockets = [socket for group in self._sockets.values() for socket in group]
        await asyncio.gather(*(_close(socket, WSCloseCode.SERVICE_RESTART, "restart") for socket in sockets))

    # What the service asks

    async def send(self, message: Outgoing) -> Outcome:
        edits = int(message.edit) if message.edit.isdecimal() else 0
        now = self._clock.now()
        chat = message.where.chat
        try:
            line = await self._database.write(lambda on: chats.write(on, chat, message.key, OFFICE, _drawn(message), now, edits))
        except Exception as error:
            # Nothing was committed, or it was and the key knows it: safe to try again.
            log.warning("A web message could not be stored: %s", type(error).__name__)
            return Later("the database did not take it")
        if line is None:
            await self._send_away(chat)
            return Gone("the conversation was cleared")
        self._wake(chat, line)
        return Sent(str(line.root))

    async def acknowledge(self, incoming: Incoming, note: str) -> None:
        if note:
            await self._tell(incoming.where.chat, {"type": "note", "text": note})

    async def answer_inline(self, incoming: Incoming, results: Sequence[InlineResult]) -> None:
        """There is no such thing in a web chat."""

    async def fetch(self, file: str, most: int) -> bytes | Unfetched:
        chat, _, ticket = file.rpartition("/")
        found = await asyncio.to_thread(self._arrivals.read, ticket, chat)
        if found is None:
            return Unfetched.GONE
        return found if len(found) <= most else Unfetched.TOO_LARGE

    async def release(self, incoming: Incoming) -> None:
        await asyncio.to_thread(self._arrivals.let_go, [file.id.rpartition("/")[2] for file in incoming.files])

    async def is_admin(self, where: Where, user: str) -> bool:
        return True

    def way_in(self, payload: str) -> str:
        return ""

    async def typing(self, where: Where) -> None:
        await self._tell(where.chat, {"type": "typing"})

    # Sessions

    async def _give_session(self, request: web.Request) -> web.Response:
        """The session of the cookie, or a new one."""
        self._insist_on_own_page(request)
        chat = await self._session(request)
        if chat:
            return _json({"chat": chat})
        wait = self._new.wait(self._origin_of(request))
        return _too_many(wait) if wait else await self._begin(request)

    async def _start_anew(self, request: web.Request) -> web.Response:
        self._insist_on_own_page(request)
        old = await self._session(request)
        wait = self._cleared.wait(self._origin_of(request))
        if wait:
            return _too_many(wait)
        if old:
            await self._end(old)
        return await self._begin(request)

    async def _give_enclosed(self, request: web.Request) -> web.Response:
        """To whoever has a conversation and knows the id, which nobody guesses: it stands in messages only."""
        found = await self._enclosed(request.match_info["id"]) if self._enclosed and await self._session(request) else None
        if found is None:
            raise web.HTTPNotFound
        enclosed, data = found
        kind = "inline" if self.limits.shows(enclosed) else "attachment"
        headers = {
            "Content-Disposition": content_disposition_header(kind, filename=enclosed.name),
            "Cache-Control": "private, max-age=86400, immutable",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=data, content_type=LIKELY[enclosed.kind], headers=headers)

    async def _begin(self, request: web.Request) -> web.Response:
        chat, secret, now = secrets.token_urlsafe(16), secrets.token_urlsafe(32), self._clock.now()
        await self._database.write(lambda on: chats.begin(on, chat, _hash(secret), now))
        response = _json({"chat": chat})
        response.headers.add("Set-Cookie", self._cookie(f"{chat}.{secret}"))
        return response

    async def _end(self, chat: str) -> None:
        """The core hears of it first: should that fail, nothing is deleted and the page says so."""
        try:
            await self._intake.accept([self._incoming(chat, f"{chat}:left", Kind.LEFT)])
        except NotAccepted as error:
            raise web.HTTPServiceUnavailable from error
        await self._database.write(lambda on: chats.end(on, chat))
        await self._send_away(chat)

    async def _send_away(self, chat: str) -> None:
        """The pages of an ended conversation begin anew."""
        await asyncio.gather(*(_close(socket, ENDED, "cleared") for socket in list(self._sockets.get(chat, ()))))

    async def _session(self, request: web.Request) -> str:
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

    def _insist_on_own_page(self, request: web.Request) -> None:
        """Browsers say which page asks. In a frame on another site it is still our own page."""
        with contextlib.suppress(ValueError):
            origin = urlsplit(request.headers.get("Origin", ""))
            if origin.netloc and (origin.netloc.lower() == request.host.lower() or origin[:2] == self._public[:2]):
                return
        raise web.HTTPForbidden(text="This address serves its own pages only.")

    def _origin_of(self, request: web.Request) -> str:
        """The network a browser asks from: its address, for IPv6 its /64; what a proxy adds counts when the proxy is known."""
        try:
            address = ipaddress.ip_address(request.remote or "")
            if any(address in proxy for proxy in self._proxies):
                forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
                address = ipaddress.ip_address(forwarded) if forwarded else address
        except ValueError:
            return ""
        return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))

    # Files

    async def _take_file(self, request: web.Request) -> web.Response:
        self._insist_on_own_page(request)
        if self._stopping:
            raise web.HTTPServiceUnavailable
        chat = await self._session(request)
        if not chat:
            raise web.HTTPUnauthorized
        return await self._hatch.take(request, chat, self._origin_of(request))

    # The socket

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        self._insist_on_own_page(request)
        if self._stopping:
            raise web.HTTPServiceUnavailable
        chat = await self._session(request)
        wire = web.WebSocketResponse(heartbeat=25, max_msg_size=FRAME, timeout=3)
        await wire.prepare(request)
        # A browser hides the status of a refused handshake from the page, but shows it a close code.
        if not chat:
            await wire.close(code=NO_SESSION, message=b"no session")
        elif len(self._sockets.get(chat, ())) >= SOCKETS:
            await wire.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"too many pages")
        else:
            await self._serve(_Socket(chat, wire))
        return wire

    async def _serve(self, socket: _Socket) -> None:
        group = self._sockets.setdefault(socket.chat, set())
        group.add(socket)
        try:
            await self._greet(socket)
            pump = asyncio.create_task(self._pump(socket))
            try:
                await self._listen(socket)
            finally:
                pump.cancel()
                await asyncio.gather(pump, return_exceptions=True)
        except Problem as problem:
            await _close(socket, WSCloseCode.POLICY_VIOLATION, problem.reason)
        except (ConnectionError, RuntimeError):
            pass  # The browser left while we wrote.
        except Exception:
            log.exception("A web chat's socket failed")
            await _close(socket, WSCloseCode.INTERNAL_ERROR, "failed")
        finally:
            group.discard(socket)
            if not group and self._sockets.get(socket.chat) is group:
                del self._sockets[socket.chat]

    async def _greet(self, socket: _Socket) -> None:
        """Agrees with the page on where it stands, and lets the core greet a new conversation."""
        hello = await _hello(socket.wire)
        socket.language = _string(hello, "language", 35)
        now = self._clock.now()
        await self._database.write(lambda on: chats.seen(on, socket.chat, now))
        async with self._database.read() as connection:
            newest = (await chats.newest(connection, [socket.chat])).get(socket.chat, 0)
        seen = hello.get("seen")
        known = hello.get("chat") == socket.chat and isinstance(seen, int) and 0 <= seen <= newest
        socket.sent = int(seen or 0) if known else 0
        await socket.wire.send_json({"type": "welcome", "chat": socket.chat, "seen": socket.sent})
        if newest == 0:
            # Always under the same key: known to the inbox the second time, when the page comes back before the greeting.
            with contextlib.suppress(NotAccepted):
                await self._intake.accept([self._incoming(socket.chat, f"{socket.chat}:joined", Kind.JOINED, socket.language)])

    async def _listen(self, socket: _Socket) -> None:
        async for message in socket.wire:
            if self._heard.wait(socket.chat):
                raise Problem("too many")
            key = ""
            try:
                asked = _read(message)
                key = _string(asked, "key", 64)
                await self._answer(socket, asked, key)
            except Problem as problem:
                await socket.wire.send_json({"type": "refused", "key": key, "reason": problem.reason})

    async def _answer(self, socket: _Socket, asked: Mapping[str, Any], key: str) -> None:
        if asked.get("type") == "ping":
            await socket.wire.send_json({"type": "pong"})
            return
        if not _KEY.fullmatch(key):
            raise Problem("malformed")
        wait = self._said.wait(socket.chat)
        if wait:
            await socket.wire.send_json({"type": "later", "key": key, "after": round(wait.total_seconds(), 1)})
            return
        await socket.wire.send_json({"type": await self._take(socket, asked, key), "key": key})

    async def _take(self, socket: _Socket, asked: Mapping[str, Any], key: str) -> str:
        body, incoming = await self._read_act(socket, asked, key)
        try:
            # The person's own line first: so it stands before its answer, whoever writes that and when.
            own = await self._database.write(lambda on: chats.write(on, socket.chat, key, PERSON, body, incoming.at))
            if own is not None:
                self._wake(socket.chat, own)
                await self._intake.accept([_at_line(incoming, own)])
        except Exception as error:
            if not isinstance(error, NotAccepted):
                log.warning("A person's message could not be stored: %s", type(error).__name__)
            return "failed"
        if own is None:
            await _close(socket, ENDED, "cleared")
        return "failed" if own is None else "stored"

    async def _read_act(self, socket: _Socket, asked: Mapping[str, Any], key: str) -> tuple[dict[str, Any], Incoming]:
        """What the person did: as their line shows it, and as the core hears it."""
        event = f"{socket.chat}:{key}"  # With the chat: nobody can use up another's key.
        match asked.get("type"):
            case "say":
                text = _said(asked)
                command = _COMMAND.fullmatch(text)
                if command is None:
                    return {"text": text}, self._incoming(socket.chat, event, Kind.TEXT, socket.language, text=text)
                word, rest = command[1].lower(), (command[2] or "").strip()
                return {"text": text}, self._incoming(socket.chat, event, Kind.COMMAND, socket.language, command=word, text=rest)
            case "press":
                token, number = _string(asked, "token", 64), _number(asked, "message")
                if not token:
                    raise Problem("malformed")
                label = await self._label(socket.chat, number, token)
                return {"chosen": label}, self._incoming(
                    socket.chat, event, Kind.PRESS, socket.language, press=token, message=str(number), query=key
                )
            case "files":
                files = _files(asked, socket.chat)
                sent = self._incoming(socket.chat, event, Kind.ATTACHMENT, socket.language)
                return {"files": [{"name": file.name, "size": file.size} for file in files]}, replace(sent, files=files)
            case "form":
                chosen = {"chosen": _string(asked, "label", 60)}
                code = _string(asked, "code", 64)
                return chosen, self._incoming(socket.chat, event, Kind.COMMAND, socket.language, command="form", text=code)
            case "language":
                socket.language = _string(asked, "language", 35)
                chosen = {"chosen": _string(asked, "label", 60)}
                return chosen, self._incoming(socket.chat, event, Kind.COMMAND, socket.language, command="language", text=socket.language)
        raise Problem("malformed")

    async def _label(self, chat: str, number: int, token: str) -> str:
        """What stood on the button; it may be gone, which the core answers kindly."""
        async with self._database.read() as connection:
            lines = [await chats.latest(connection, chat, number), await chats.line(connection, chat, number)]
        buttons = [button for line in lines if line for button in line.body.get("buttons", ())]
        return next((str(button["label"]) for button in buttons if button.get("token") == token), "…")

    def _incoming(self, chat: str, event: str, kind: Kind, language: str = "", **said: str) -> Incoming:
        where = Where(PLATFORM, ACCOUNT, chat)
        now = self._clock.now()
        return Incoming(event, kind, where, ChatKind.PRIVATE, chat, now, language=language, **said)  # type: ignore[arg-type]  # all strings

    async def _pump(self, socket: _Socket) -> None:
        """Brings the page up to date, and keeps it so."""
        current = False
        try:
            while True:
                socket.wake.clear()
                lines = socket.take() or await self._missing(socket)
                if lines:
                    await socket.wire.send_json({"type": "lines", "lines": [_shown(line) for line in lines]}, dumps=_dumps)
                    socket.sent = lines[-1].number
                elif not current:
                    current = True
                    await socket.wire.send_json({"type": "current"})
                else:
                    await socket.wake.wait()
        except ConnectionError:
            pass  # The browser left; the reader notices too.
        except Exception:
            log.exception("A web chat could not be brought up to date")
            await _close(socket, WSCloseCode.INTERNAL_ERROR, "failed")

    async def _missing(self, socket: _Socket) -> list[Line]:
        if not socket.behind:
            return []
        socket.behind = False  # before asking: what is written meanwhile sets it again
        async with self._database.read() as connection:
            lines = await chats.since(connection, socket.chat, socket.sent, AT_ONCE)
        socket.behind = socket.behind or len(lines) == AT_ONCE
        return lines

    async def _look(self) -> None:
        """Wakes the pages for which another process wrote something. One question for all of them."""
        while True:
            await asyncio.sleep(LOOK.total_seconds())
            if not self._sockets:
                continue
            try:
                async with self._database.read() as connection:
                    newest = await chats.newest(connection, list(self._sockets))
            except Exception as error:
                log.warning("Could not look for web messages: %s", type(error).__name__)
                continue
            for chat, number in newest.items():
                if any(socket.sent < number for socket in self._sockets.get(chat, ())):
                    self._wake(chat)

    def _wake(self, chat: str, line: Line | None = None) -> None:
        for socket in self._sockets.get(chat, ()):
            socket.offer(line)

    async def _tell(self, chat: str, frame: Mapping[str, Any]) -> None:
        for socket in list(self._sockets.get(chat, ())):
            with contextlib.suppress(ConnectionError, RuntimeError, asyncio.TimeoutError):
                await asyncio.wait_for(socket.wire.send_json(frame, dumps=_dumps), timeout=1)


_HARMFUL: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """Without control and direction characters, which make a text read otherwise than it is, and without halves of characters."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in whole if letter in "\n\t" or (letter not in _HARMFUL and unicodedata.category(letter) not in ("Cc", "Cs"))
    )


def _said(asked: Mapping[str, Any]) -> str:
    text = _string(asked, "text", FRAME).strip()
    if not text:
        raise Problem("empty")
    if len(text) > WebChat.limits.text:
        raise Problem("too-long")
    return text


def _files(asked: Mapping[str, Any], chat: str) -> tuple[Attached, ...]:
    """Each by its ticket, with the conversation it was brought in: nobody can name what came in another."""
    named = asked.get("files")
    if not isinstance(named, list) or not 0 < len(named) <= FILES or not all(isinstance(file, dict) for file in named):
        raise Problem("malformed")
    return tuple(_file(file, chat) for file in named)


def _file(named: Mapping[str, Any], chat: str) -> Attached:
    ticket, size = _string(named, "file", 100), _number(named, "size")
    if not TICKET.fullmatch(ticket):
        raise Problem("malformed")
    return Attached(f"{chat}/{ticket}", _string(named, "name", 255).strip(), size)


def _read(message: WSMessage) -> Mapping[str, Any]:
    if message.type is not WSMsgType.TEXT:
        raise Problem("malformed")
    try:
        asked = json.loads(message.data)
    except (ValueError, RecursionError):
        raise Problem("malformed") from None
    if not isinstance(asked, dict):
        raise Problem("malformed")
    return asked


async def _hello(wire: web.WebSocketResponse) -> Mapping[str, Any]:
    try:
        message = await wire.receive(timeout=HELLO)
    except TimeoutError:
        raise Problem("no hello") from None
    if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
        raise ConnectionResetError
    hello = _read(message)
    if hello.get("type") != "hello":
        raise Problem("no hello")
    return hello


def _string(asked: Mapping[str, Any], name: str, most: int) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise Problem("malformed")
    return clean(value)


def _number(asked: Mapping[str, Any], name: str) -> int:
    """A true or false is a number to Python alone: a database may refuse it."""
    value = asked.get(name)
    if type(value) is not int or not 0 < value < 2**31:
        raise Problem("malformed")
    return value


def _at_line(incoming: Incoming, own: Line) -> Incoming:
    """A message is known by its line's number; a press keeps the number of the message pressed."""
    return incoming if incoming.message else replace(incoming, message=str(own.number))


def _drawn(message: Outgoing) -> dict[str, Any]:
    return {
        "blocks": [_block(block) for block in message.blocks],
        "buttons": [_button(button) for button in message.buttons],
        "language": message.language,
    } | ({"enclosed": _goes_along(message.enclosed)} if message.enclosed else {})


def _goes_along(enclosed: Enclosed) -> dict[str, Any]:
    is_shown = WebChat.limits.shows(enclosed)
    sides = {"width": enclosed.width, "height": enclosed.height} if is_shown else {}
    return {"id": enclosed.id, "name": clean(enclosed.name), "size": enclosed.size, "shown": is_shown, **sides}


def _block(block: Block) -> dict[str, Any]:
    spans = [{"text": clean(span.text), "bold": span.bold, "link": span.link} for span in block.spans]
    return {"quote": block.quote, "spans": spans}


def _button(button: Button) -> dict[str, Any]:
    return {"label": clean(button.label), "token": button.token, "url": button.url}


def _shown(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "key": line.key if line.author == PERSON else "",
        "author": line.author,
        "replaces": line.replaces,
        "at": line.at.isoformat(),
        "body": line.body,
    }


async def _close(socket: _Socket, code: int, reason: str) -> None:
    with contextlib.suppress(ConnectionError, RuntimeError):
        await socket.wire.close(code=code, message=reason.encode())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json(value: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.json_response(value, status=status, headers={"Cache-Control": "no-store"})


def _too_many(wait: timedelta) -> web.Response:
    response = _json({"problem": "many-sessions"}, status=429)
    response.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return response

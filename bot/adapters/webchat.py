"""The web chat: a browser's conversation over a socket, kept in our own tables.

The browser keeps what it wrote until we say `stored`; we keep what was said until the conversation is cleared. So either side may vanish at
any moment: the page comes back with the last number it saw and gets what is missing, in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.helpers import content_disposition_header

from bot.adapters import webframes as frames
from bot.adapters.webfiles import Hatch
from bot.adapters.webframes import Problem
from bot.adapters.webpace import Pace
from bot.adapters.websessions import PROXIES, Sessions
from bot.core.clock import Clock
from bot.core.errors import NotAccepted
from bot.core.message import ChatKind, Enclosed, Incoming, InlineResult, Kind, Outgoing, Where
from bot.core.platform import Gone, Intake, Later, Limits, Outcome, Sent, Unfetched
from bot.storage import webchat as chats
from bot.storage.arrivals import Arrivals
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
SOCKETS = 8
"""Of one session: that many tabs may be open."""
AT_ONCE = 100
"""Lines in one frame of a replay."""

NO_SESSION = 4401
ENDED = 4001
"""Close codes of ours. In both cases the page asks for a session and comes back."""

_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_COMMAND = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


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
    limits: Limits = frames.LIMITS

    def __init__(
        self,
        database: Database,
        intake: Intake,
        clock: Clock,
        arrivals: Arrivals,
        *,
        public_url: str = "",
        embed_origins: Sequence[str] = (),
        trusted_proxies: Sequence[str] = PROXIES,
        sessions_per_hour: int = 10,
        messages_per_minute: int = 30,
        enclosed: Callable[[str], Awaitable[tuple[Enclosed, bytes] | None]] | None = None,
    ) -> None:
        """`enclosed`: what went along with a message of ours, by its id."""
        self._enclosed = enclosed
        self._database, self._intake, self._clock, self._arrivals = database, intake, clock, arrivals
        self._hatch = Hatch(arrivals, clock)
        self._sessions = Sessions(
            database,
            clock,
            public_url=public_url,
            is_embedded=bool(embed_origins),
            trusted_proxies=trusted_proxies,
            an_hour=sessions_per_hour,
        )
        self._said = Pace(clock, messages_per_minute, timedelta(minutes=1))
        # Signs of life and nonsense, too: thousands of them a second would keep everybody else waiting.
        self._heard = Pace(clock, 10 * messages_per_minute, timedelta(minutes=1))
        self._sockets: dict[str, set[_Socket]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/chat/session", self._sessions.give),
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
            line = await self._database.write(lambda on: chats.write(on, chat, message.key, OFFICE, frames.drawn(message), now, edits))
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

    async def _start_anew(self, request: web.Request) -> web.Response:
        return await self._sessions.start_anew(request, self._end)

    async def _give_enclosed(self, request: web.Request) -> web.Response:
        """To whoever has a conversation and knows the id, which nobody guesses: it stands in messages only."""
        found = await self._enclosed(request.match_info["id"]) if self._enclosed and await self._sessions.chat_of(request) else None
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

    # Files

    async def _take_file(self, request: web.Request) -> web.Response:
        self._sessions.insist_on_own_page(request)
        if self._stopping:
            raise web.HTTPServiceUnavailable
        chat = await self._sessions.chat_of(request)
        if not chat:
            raise web.HTTPUnauthorized
        return await self._hatch.take(request, chat, self._sessions.network_of(request))

    # The socket

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        self._sessions.insist_on_own_page(request)
        if self._stopping:
            raise web.HTTPServiceUnavailable
        chat = await self._sessions.chat_of(request)
        wire = web.WebSocketResponse(heartbeat=25, max_msg_size=frames.FRAME, timeout=3)
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
        socket.language = frames.string(hello, "language", 35)
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
                asked = frames.read(message)
                key = frames.string(asked, "key", 64)
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
        # With the chat: nobody can use up another's key.
        heard = self._incoming(socket.chat, f"{socket.chat}:{key}", Kind.COMMAND, socket.language)
        match asked.get("type"):
            case "say":
                text = frames.said(asked)
                return {"text": text}, _worded(heard, text)
            case "press":
                token, number = frames.string(asked, "token", 64), frames.number(asked, "message")
                if not token:
                    raise Problem("malformed")
                label = await self._label(socket.chat, number, token)
                return {"chosen": label}, replace(heard, kind=Kind.PRESS, press=token, message=str(number), query=key)
            case "files":
                files = frames.files(asked, socket.chat)
                shown = [{"name": file.name, "size": file.size} for file in files]
                return {"files": shown}, replace(heard, kind=Kind.ATTACHMENT, files=files)
            case "form":
                chosen, code = frames.string(asked, "label", 60), frames.string(asked, "code", 64)
                return {"chosen": chosen}, replace(heard, command="form", text=code)
            case "language":
                socket.language, chosen = frames.string(asked, "language", 35), frames.string(asked, "label", 60)
                return {"chosen": chosen}, replace(heard, command="language", text=socket.language, language=socket.language)
        raise Problem("malformed")

    async def _label(self, chat: str, number: int, token: str) -> str:
        """What stood on the button; it may be gone, which the core answers kindly."""
        async with self._database.read() as connection:
            lines = [await chats.latest(connection, chat, number), await chats.line(connection, chat, number)]
        buttons = [button for line in lines if line for button in line.body.get("buttons", ())]
        return next((str(button["label"]) for button in buttons if button.get("token") == token), "…")

    def _incoming(self, chat: str, event: str, kind: Kind, language: str = "") -> Incoming:
        return Incoming(event, kind, Where(PLATFORM, ACCOUNT, chat), ChatKind.PRIVATE, chat, self._clock.now(), language=language)

    async def _pump(self, socket: _Socket) -> None:
        """Brings the page up to date, and keeps it so."""
        current = False
        try:
            while True:
                socket.wake.clear()
                lines = socket.take() or await self._missing(socket)
                if lines:
                    await socket.wire.send_json({"type": "lines", "lines": [frames.shown(line) for line in lines]}, dumps=frames.dumps)
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
                await asyncio.wait_for(socket.wire.send_json(frame, dumps=frames.dumps), timeout=1)


async def _hello(wire: web.WebSocketResponse) -> Mapping[str, Any]:
    try:
        message = await wire.receive(timeout=HELLO)
    except TimeoutError:
        raise Problem("no hello") from None
    if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
        raise ConnectionResetError
    hello = frames.read(message)
    if hello.get("type") != "hello":
        raise Problem("no hello")
    return hello


def _worded(heard: Incoming, text: str) -> Incoming:
    command = _COMMAND.fullmatch(text)
    if command is None:
        return replace(heard, kind=Kind.TEXT, text=text)
    return replace(heard, command=command[1].lower(), text=(command[2] or "").strip())


def _at_line(incoming: Incoming, own: Line) -> Incoming:
    """A message is known by its line's number; a press keeps the number of the message pressed."""
    return incoming if incoming.message else replace(incoming, message=str(own.number))


async def _close(socket: _Socket, code: int, reason: str) -> None:
    with contextlib.suppress(ConnectionError, RuntimeError):
        await socket.wire.close(code=code, message=reason.encode())

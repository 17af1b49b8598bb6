"""A Bot API on loopback that keeps the truth: what was asked of it, what it did, and which updates were confirmed.

In a test:   async with FakeTelegram() as fake: ... fake.base_url, fake.push(private("你好")), fake.fault("sendMessage", "flood")
As a program: python -m tests.fakes.telegram --port 8081 [--updates FILE]   (JSON lines; prints its port, serves until SIGTERM)
Other processes use /_control/ledger, /_control/messages, /_control/state, /_control/push, /_control/fault and /_control/strict.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import importlib
import itertools
import json
import os
import re
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.patience import PATIENCE

Json = dict[str, Any]

TOKEN = "123456789:AAE-test-token_only-for-loopback_00"
BOT = {"id": 123456789, "is_bot": True, "first_name": "知策", "username": "zhice_bot"}
DATE = 1_760_000_000
LARGEST = 20 << 20
"""Bytes of a file that a bot may fetch."""
KINDS = frozenset(
    (
        *("message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result"),
        *("callback_query", "my_chat_member", "chat_member", "message_reaction", "poll"),
    )
)
STRUCTURED = frozenset(
    (
        *("reply_markup", "reply_parameters", "link_preview_options", "entities", "commands", "scope", "results", "allowed_updates"),
        *("media", "chat_id", "message_id", "message_thread_id", "offset", "limit", "timeout", "is_personal", "cache_time", "show_alert"),
        *("drop_pending_updates", "max_connections"),
    )
)


class Refusal(Exception):
    """An answer that is not ok."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


class Upload:
    """Bytes that came with a request."""

    def __init__(self, field: web.FileField) -> None:
        self.name, self.data = field.filename, field.file.read()

    def __str__(self) -> str:
        return f"<{self.name}, {len(self.data)} bytes>"


class Hung(Exception):
    """The connection is cut instead of an answer."""


@dataclass
class Fault:
    """What happens to the next `times` calls of a method (to one chat, if given).

    kind: error (status, description, parameters) · flood (seconds) · migrate (to) · gateway (status, a body that is not the platform's) ·
    garbage (200, unreadable) · answer (ok, with `result`) · delay (seconds, then as usual) · hold (until `let_go`, then as usual) ·
    reset (cut before the body is read, nothing done) · vanish (done, then cut) · kill (done, then SIGKILL to `pid`, then cut)
    """

    kind: str
    status: int = 400
    description: str = ""
    parameters: Json | None = None
    seconds: float = 0
    to: int = 0
    pid: int = 0
    chat: int | None = None
    times: int = 1
    result: Any = None


@dataclass
class Call:
    number: int
    method: str
    parameters: Json
    at: float
    done: bool = False
    """It had its effect, whether or not the caller was told."""
    answered: bool = False
    early: bool = False
    """Asked inside a retry_after given before."""
    error: str = ""
    result: Any = None


@dataclass
class Delivery:
    update_id: int
    status: int


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    allowed: list[str] = field(default_factory=list)


@dataclass
class Strict:
    """The platform's own limits, counted in windows that slide: whoever says more hears 429 and when to come again."""

    per_second: int = 30
    chat_seconds: float = 1.0
    group_per_minute: int = 20
    refused: int = 0
    _all: list[float] = field(default_factory=list)
    _chats: dict[int, list[float]] = field(default_factory=dict)

    def admit(self, chat: int, now: float) -> None:
        said = self._chats.setdefault(chat, [])
        span, most = (60.0, self.group_per_minute) if chat < 0 else (self.chat_seconds, 1)
        for times, seconds, limit in ((self._all, 1.0, self.per_second), (said, span, most)):
            while times and times[0] <= now - seconds:
                times.pop(0)
            if len(times) >= limit:
                self.refused += 1
                wait = max(1, round(times[0] + seconds - now + 0.5))
                raise Refusal(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        self._all.append(now)
        said.append(now)


class FakeTelegram:
    def __init__(self, token: str = TOKEN, *, port: int = 0, username: str = "zhice_bot", first_update: int = 1000) -> None:
        self.token, self.port = token, port
        self.bot = {**BOT, "id": int(token.partition(":")[0]), "username": username}
        self.ledger: list[Call] = []
        self.messages: dict[tuple[int, int], Json] = {}
        """Every message there is, by chat and id: ours and people's."""
        self.pending: list[Json] = []
        self.confirmed: list[int] = []
        self.deliveries: list[Delivery] = []
        self.webhook = Webhook()
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.members: dict[str, dict[int, str]] = {}
        """Who is what in a group, by chat and person."""
        self.files: dict[str, bytes] = {}
        """What people sent, and what we did, by the id of the file."""
        self.uploads: list[tuple[str, bytes]] = []
        """Each time bytes were sent to us: the file's name, and they."""
        self.understated: set[str] = set()
        """Files whose size is told as 1 byte, and not at all when they are downloaded."""
        self.redelivery = 0.02
        self.let_go = asyncio.Event()
        """Set, it ends the waiting of calls under a fault of kind `hold`."""
        self.now: Callable[[], float] = time.time
        self.strict: Strict | None = None
        self.latency = 0.0
        """Seconds from taking a message to the answer."""
        self._allowed: list[str] = []
        self._faults: list[tuple[str, Fault]] = []
        self._updates = itertools.count(first_update)
        self._messages = itertools.count(5000)
        self._queries: set[str] = set()
        self._quiet: dict[int | None, float] = {}
        self._arrived = asyncio.Event()
        self._poll: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None
        self._sender: asyncio.Task[None] | None = None

    # ---- life ----

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=64 << 20)
        application.router.add_get("/_control/{what}", self._read_control)
        application.router.add_post("/_control/{what}", self._write_control)
        application.router.add_route("*", "/bot{token}/{method}", self._call)
        application.router.add_get("/file/bot{token}/documents/{file}", self._download)
        self._runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener).start()
        self._sender = asyncio.create_task(self._deliver_forever())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.gather(self._sender, return_exceptions=True)
        if self._poll is not None:
            self._poll.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    # ---- control ----

    def push(self, *updates: Json) -> list[int]:
        """Puts updates at the platform's end of the line; gives their ids. Those the bot did not ask for are dropped, as there."""
        return [self._push(dict(update)) for update in updates]

    def _push(self, update: Json) -> int:
        number: int = update.setdefault("update_id", next(self._updates))
        for message in (update.get(kind) for kind in ("message", "channel_post")):
            if isinstance(message, dict) and isinstance(message.get("chat"), dict) and "message_id" in message:
                self.messages[(message["chat"]["id"], message["message_id"])] = message
        for query in (update.get("callback_query"), update.get("inline_query")):
            if isinstance(query, dict):
                self._queries.add(str(query.get("id")))
        kinds = KINDS & update.keys()
        if not (kinds and self._allowed and kinds.isdisjoint(self._allowed)):
            self.pending.append(update)
            self._arrived.set()
        return number

    def fault(self, method: str, kind: str, **options: Any) -> None:
        self._faults.append((method.lower(), Fault(kind, **options)))

    def calls(self, method: str) -> list[Call]:
        return [call for call in self.ledger if call.method.lower() == method.lower()]

    def sent(self, chat: int | None = None) -> list[Json]:
        """Messages of ours that exist, told or not."""
        ours = (message for message in self.messages.values() if message.get("from", {}).get("id") == self.bot["id"])
        return [message for message in ours if chat is None or message["chat"]["id"] == chat]

    def state(self) -> Json:
        return {
            "pending": [update["update_id"] for update in self.pending],
            "confirmed": self.confirmed,
            "webhook": self.webhook.url,
            "deliveries": [asdict(delivery) for delivery in self.deliveries],
            "faults": len(self._faults),
            "calls": len(self.ledger),
            "sent": len(self.sent()),
            "refused": self.strict.refused if self.strict else 0,
        }

    async def _read_control(self, request: web.Request) -> web.Response:
        match request.match_info["what"]:
            case "ledger":
                wanted, since = request.query.get("method", ""), int(request.query.get("since", "0"))
                calls = self.calls(wanted) if wanted else self.ledger
                told = {"calls": [asdict(call) for call in calls if call.number >= since]}
                return web.json_response(told, dumps=lambda value: json.dumps(value, default=str))
            case "messages":
                chat = request.query.get("chat")
                return web.json_response({"messages": self.sent(int(chat) if chat else None)})
            case "state":
                return web.json_response(self.state())
        return web.Response(status=404)

    async def _write_control(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read() or b"{}")
        match request.match_info["what"]:
            case "push":
                return web.json_response({"update_ids": self.push(*(body if isinstance(body, list) else [body]))})
            case "fault":
                self.fault(body.pop("method"), body.pop("kind"), **body)
            case "clear":
                self._faults.clear()
            case "strict":
                self.latency = body.pop("latency", self.latency)
                self.strict = Strict(**body)
            case _:
                return web.Response(status=404)
        return web.json_response({"ok": True})

    # ---- the Bot API ----

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        fault = self._fault_before_reading(method)
        if fault is not None:
            return _cut(request)
        parameters = await _parameters(request)
        call = Call(len(self.ledger), method, parameters, self.now(), early=self._is_early(method, parameters))
        self.ledger.append(call)
        try:
            if token != self.token:
                raise Refusal(401, "Unauthorized") if re.fullmatch(r"\d+:[\w-]+", token) else Refusal(404, "Not Found")
            return await self._perform(call)
        except Refusal as refusal:
            call.error, call.answered = refusal.description, True
            body: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            if refusal.parameters:
                body["parameters"] = refusal.parameters
            return web.json_response(body, status=refusal.status)
        except Hung as hung:
            call.error = str(hung)
            return _cut(request)

    async def _perform(self, call: Call) -> web.StreamResponse:
        fault = self._take_fault(call.method, call.parameters)
        if fault is not None and (answer := await self._stage(fault, call)) is not None:
            return answer
        if self.strict is not None and call.method.lower() in ("sendmessage", "sendphoto", "senddocument"):
            self.strict.admit(int(call.parameters["chat_id"]), time.monotonic())
        call.result = await self._do(call)
        call.done = True
        if fault is not None and fault.kind == "kill":
            os.kill(fault.pid, signal.SIGKILL)
        if fault is not None and fault.kind in ("vanish", "kill"):
            raise Hung(fault.kind)
        if self.latency and call.method.lower().startswith("send"):
            await asyncio.sleep(self.latency)
        call.answered = True
        return web.json_response({"ok": True, "result": call.result})

    def _fault_before_reading(self, method: str) -> Fault | None:
        for entry in self._faults:
            if entry[0] == method.lower() and entry[1].kind == "reset":
                return self._use(entry)
        return None

    def _take_fault(self, method: str, parameters: Json) -> Fault | None:
        for entry in self._faults:
            if entry[0] in (method.lower(), "*") and entry[1].chat in (None, parameters.get("chat_id")):
                return self._use(entry)
        return None

    def _use(self, entry: tuple[str, Fault]) -> Fault:
        entry[1].times -= 1
        if entry[1].times <= 0:
            self._faults.remove(entry)
        return entry[1]

    async def _stage(self, fault: Fault, call: Call) -> web.StreamResponse | None:
        match fault.kind:
            case "error":
                raise Refusal(fault.status, fault.description or "Bad Request: something", fault.parameters)
            case "flood":
                seconds = fault.seconds or 1
                told = int(seconds) if seconds == int(seconds) else seconds
                self._quiet[fault.chat] = self.now() + seconds
                raise Refusal(429, f"Too Many Requests: retry after {told}", {"retry_after": told})
            case "migrate":
                text = "Bad Request: group chat was upgraded to a supergroup chat"
                raise Refusal(400, text, {"migrate_to_chat_id": fault.to})
            case "gateway":
                call.error = "gateway"
                return web.Response(status=fault.status, text="<html><h1>Bad Gateway</h1></html>", content_type="text/html")
            case "garbage":
                call.error = "garbage"
                return web.Response(text="<html>welcome to the hotel</html>", content_type="text/html")
            case "answer":
                return web.json_response({"ok": True, "result": fault.result})
            case "delay":
                await asyncio.sleep(fault.seconds)
            case "hold":
                await self.let_go.wait()
        return None

    def _is_early(self, method: str, parameters: Json) -> bool:
        if not method.lower().startswith(("send", "edit")):
            return False
        return any(self._quiet.get(scope, 0) > self.now() for scope in (None, parameters.get("chat_id")))

    async def _do(self, call: Call) -> Any:
        action = getattr(self, f"_do_{call.method.lower()}", None)
        if action is None:
            raise Refusal(404, "Not Found")
        result = action(call.parameters)
        return await result if asyncio.iscoroutine(result) else result

    def _do_getme(self, asked: Json) -> Json:
        return {**self.bot, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    async def _do_getupdates(self, asked: Json) -> list[Json]:
        if self.webhook.url:
            text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise Refusal(409, text)
        if self._poll is not None:
            self._poll.set()
        replaced = self._poll = asyncio.Event()
        if "allowed_updates" in asked:
            self._allowed = list(asked["allowed_updates"] or ())
        self._confirm(int(asked.get("offset") or 0))
        until = time.monotonic() + float(asked.get("timeout") or 0)
        while not self.pending and not replaced.is_set() and (left := until - time.monotonic()) > 0:
            self._arrived.clear()
            await _first(self._arrived, replaced, left)
        if replaced.is_set():
            text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refusal(409, text)
        self._poll = None
        return self.pending[: min(100, int(asked.get("limit") or 100))]

    def _confirm(self, offset: int) -> None:
        gone = [update["update_id"] for update in self.pending if update["update_id"] < offset]
        if offset < 0:  # all but the last ones
            gone = [update["update_id"] for update in self.pending[:offset]]
        self.confirmed += gone
        forgotten = set(gone)
        self.pending = [update for update in self.pending if update["update_id"] not in forgotten]

    def _do_getfile(self, asked: Json) -> Json:
        file = str(asked.get("file_id") or "")
        if file not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = 1 if file in self.understated else len(self.files[file])
        if size > LARGEST:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": file, "file_unique_id": f"u-{file}", "file_size": size, "file_path": f"documents/{file}"}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        call = Call(len(self.ledger), "download", {"file": request.match_info["file"]}, self.now())
        self.ledger.append(call)
        fault = self._take_fault("download", {})
        if fault is not None and fault.kind == "reset":
            return _cut(request)
        if fault is not None and (answer := await self._stage(fault, call)) is not None:
            return answer
        data = self.files.get(request.match_info["file"])
        if request.match_info["token"] != self.token or data is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        call.done = True
        if request.match_info["file"] not in self.understated:
            return web.Response(body=data, content_type="application/octet-stream")
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        with suppress(ConnectionError):
            await response.write(data)
            await response.write_eof()
        return response

    def _do_deletewebhook(self, asked: Json) -> bool:
        self.webhook = Webhook()
        if asked.get("drop_pending_updates"):
            self.pending.clear()
        return True

    def _do_setwebhook(self, asked: Json) -> bool:
        url = str(asked.get("url") or "")
        if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]|$", url):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[\w-]{0,256}", str(asked.get("secret_token", "")), re.ASCII):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self._allowed = list(asked.get("allowed_updates") or ())
        self.webhook = Webhook(url, str(asked.get("secret_token", "")), self._allowed)
        self._arrived.set()
        return True

    def _do_getwebhookinfo(self, asked: Json) -> Json:
        return {"url": self.webhook.url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}

    def _do_sendmessage(self, asked: Json) -> Json:
        text, entities = _text_of(asked)
        return self._keep(asked, {"text": text} | ({"entities": entities} if entities else {}))

    def _do_sendphoto(self, asked: Json) -> Json:
        return self._keep(asked, self._media_of("photo", asked.get("photo"), asked))

    def _do_senddocument(self, asked: Json) -> Json:
        return self._keep(asked, self._media_of("document", asked.get("document"), asked))

    def _media_of(self, kind: str, given: Any, asked: Json) -> Json:
        """Bytes, or the id of a file that is here already, as what a message shows."""
        caption, entities = _caption_of(asked)
        if isinstance(given, Upload):
            data, name = given.data, given.name
            if kind == "photo" and len(data) > 10 << 20:
                raise Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
            if len(data) > 50 << 20:
                raise Refusal(413, "Request Entity Too Large")
            self.uploads.append((name, data))
            file = f"up{len(self.uploads)}-{kind}"
            self.files[file] = data
        elif (file := str(given or "")) not in self.files:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        else:
            name = next((name for name, data in self.uploads if data == self.files[file]), "")
        size = len(self.files[file])
        sizes = [{"file_id": file, "file_unique_id": f"u-{file}", "file_size": size, "width": 800, "height": 600}]
        shown: Json = {"file_id": file, "file_unique_id": f"u-{file}", "file_size": size, "file_name": name}
        content: Json = {"photo": sizes} if kind == "photo" else {"document": shown}
        content |= {"caption": caption} if caption else {}
        return content | ({"caption_entities": entities} if entities else {})

    def _do_editmessagemedia(self, asked: Json) -> Json:
        message = self.messages.get((_chat_of(asked)["id"], asked.get("message_id", 0)))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        media = asked["media"]
        given = asked[media["media"].removeprefix("attach://")] if media["media"].startswith("attach://") else media["media"]
        new = self._media_of(media["type"], given, media)
        for key in ("text", "entities", "photo", "document", "caption", "caption_entities", "reply_markup"):
            message.pop(key, None)
        if keyboard := _keyboard_of(asked):
            new["reply_markup"] = keyboard
        message |= {**new, "edit_date": int(self.now())}
        return message

    def _keep(self, asked: Json, content: Json) -> Json:
        chat = _chat_of(asked)
        keyboard = _keyboard_of(asked)
        message: Json = {"message_id": next(self._messages), "from": self.bot, "chat": chat, "date": int(self.now()), **content}
        if keyboard:
            message["reply_markup"] = keyboard
        if thread := asked.get("message_thread_id"):
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if reply := asked.get("reply_parameters"):
            original = self.messages.get((chat["id"], reply["message_id"]))
            if original is None and not reply.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            if original is not None:
                message["reply_to_message"] = {key: value for key, value in original.items() if key != "reply_to_message"}
        self.messages[(chat["id"], message["message_id"])] = message
        return message

    def _do_editmessagetext(self, asked: Json) -> Json:
        message = self.messages.get((_chat_of(asked)["id"], asked.get("message_id", 0)))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if "text" not in message:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        if message.get("from", {}).get("id") != self.bot["id"]:
            raise Refusal(400, "Bad Request: message can't be edited")
        text, entities = _text_of(asked)
        new: Json = {"text": text} | ({"entities": entities} if entities else {})
        if keyboard := _keyboard_of(asked):
            new["reply_markup"] = keyboard
        if new == {key: message[key] for key in ("text", "entities", "reply_markup") if key in message}:
            text = (
                "specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
            )
            raise Refusal(400, f"Bad Request: message is not modified: {text}")
        for key in ("text", "entities", "reply_markup"):
            message.pop(key, None)
        message |= {**new, "edit_date": int(self.now())}
        return message

    def _do_answercallbackquery(self, asked: Json) -> bool:
        self._know_query(asked.get("callback_query_id"))
        if len(str(asked.get("text", ""))) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        return True

    def _do_answerinlinequery(self, asked: Json) -> bool:
        self._know_query(asked.get("inline_query_id"))
        results = asked.get("results") or []
        ids = [result.get("id") for result in results]
        if len(results) > 50:
            raise Refusal(400, "Bad Request: RESULTS_TOO_MUCH")
        if len(set(ids)) != len(ids):
            raise Refusal(400, "Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
                raise Refusal(400, "Bad Request: RESULT_ID_INVALID")
            if not result.get("title"):
                raise Refusal(400, "Bad Request: can't parse inline query result: article title is empty")
            content = result.get("input_message_content") or {}
            _text_of({"text": content.get("message_text", ""), "parse_mode": content.get("parse_mode")})
        return True

    def _know_query(self, query: Any) -> None:
        if str(query) not in self._queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    def _do_sendchataction(self, asked: Json) -> bool:
        _chat_of(asked)
        if asked.get("action") != "typing":
            raise Refusal(400, "Bad Request: wrong parameter action in request")
        return True

    def _do_getchatmember(self, asked: Json) -> Json:
        status = self.members.get(str(asked.get("chat_id")), {}).get(int(asked["user_id"]))
        if status is None:
            raise Refusal(400, "Bad Request: user not found")
        return {"status": status, "user": {"id": int(asked["user_id"]), "is_bot": False, "first_name": "王"}}

    def _do_setmycommands(self, asked: Json) -> bool:
        language = str(asked.get("language_code") or "")
        if not re.fullmatch(r"[a-z]{2}|", language):
            raise Refusal(400, "Bad Request: invalid language code specified")
        for command in asked.get("commands") or []:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        scope = (asked.get("scope") or {"type": "default"})["type"]
        self.commands[(scope, language)] = asked.get("commands") or []
        return True

    # ---- webhook delivery ----

    async def _deliver_forever(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
            while True:
                if not self.webhook.url or not self.pending:
                    self._arrived.clear()
                    await self._arrived.wait()
                elif not await self._deliver(session, self.pending[0]):
                    await asyncio.sleep(self.redelivery)

    async def _deliver(self, session: ClientSession, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        status = 0
        with suppress(ClientError, OSError):
            async with session.post(self.webhook.url, json=update, headers=headers) as response:
                status = response.status
        self.deliveries.append(Delivery(update["update_id"], status))
        if not 200 <= status < 300:
            return False
        self.confirmed.append(update["update_id"])
        self.pending = [other for other in self.pending if other is not update]
        return True


def _cut(request: web.Request) -> web.Response:
    """A reset, as when the machine behind a load balancer dies."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


async def _first(one: asyncio.Event, other: asyncio.Event, seconds: float) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in (one, other)]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


async def _parameters(request: web.Request) -> Json:
    asked: Json = dict(request.query)
    if request.content_type == "application/json":
        asked |= json.loads(await request.read() or b"{}")
    elif request.can_read_body:
        asked |= {name: Upload(value) if isinstance(value, web.FileField) else value for name, value in (await request.post()).items()}
    return {name: _decoded(name, value) for name, value in asked.items()}


def _decoded(name: str, value: Any) -> Any:
    if name in STRUCTURED and isinstance(value, str):
        with suppress(ValueError):
            return json.loads(value)
    return value


def _chat_of(asked: Json) -> Json:
    chat = asked.get("chat_id")
    if isinstance(chat, int):
        return private_chat(chat) if chat > 0 else group_chat(chat)
    if isinstance(chat, str) and chat.startswith("@"):
        return {"id": -1009999999999, "type": "channel", "title": chat, "username": chat[1:]}
    raise Refusal(400, "Bad Request: chat not found" if chat else "Bad Request: chat_id is empty")


def _text_of(asked: Json) -> tuple[str, list[Json]]:
    raw = str(asked.get("text") or "")
    text, entities = parse_html(raw) if asked.get("parse_mode") == "HTML" else (raw, [])
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if units(text.strip()) > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    return text, entities


def _caption_of(asked: Json) -> tuple[str, list[Json]]:
    raw = str(asked.get("caption") or "")
    text, entities = parse_html(raw) if asked.get("parse_mode") == "HTML" else (raw, [])
    if units(text.strip()) > 1024:
        raise Refusal(400, "Bad Request: message caption is too long")
    return text, entities


def _keyboard_of(asked: Json) -> Json | None:
    keyboard = asked.get("reply_markup")
    for button in itertools.chain.from_iterable((keyboard or {}).get("inline_keyboard", ())):
        if not button.get("text"):
            raise Refusal(400, "Bad Request: can't parse inline keyboard button: Button text must not be empty")
        if "callback_data" not in button and "url" not in button:
            raise Refusal(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(str(button.get("callback_data", "-")).encode()) <= 64:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in button and not re.match(r"(https?://[^\s/]+|tg://)", button["url"]):
            raise Refusal(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return keyboard if isinstance(keyboard, dict) else None


# ---- the platform's HTML ----

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=(?:"[^"<>]*"|'[^'<>]*'))?)*)\s*>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:=(?:"([^"]*)"|'([^']*)'))?""")
_RUN = re.compile(r"[^<&]+")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_KIND = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **{"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler"},
}


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text and its entities; refuses what the platform refuses."""
    text, entities = "", []
    opened: list[tuple[str, Json]] = []
    position = 0
    while position < len(source):
        if source[position] == "<":
            tag = _TAG.match(source, position)
            if tag is None:
                raise _bad(source, position, "Unsupported start tag or unclosed tag")
            closing, name, attributes = tag[1], tag[2].lower(), tag[3]
            if name not in _KIND:
                raise _bad(source, position, f'Unsupported start tag "{name}"')
            if closing:
                if not opened or opened[-1][0] != name:
                    raise _bad(source, position, f'Unmatched end tag "{name}"')
                entity = opened.pop()[1]
                entity["length"] = units(text) - entity["offset"]
                if entity["length"]:
                    entities.append(entity)
            else:
                if name == "blockquote" and any(other == name for other, _ in opened):
                    raise _bad(source, position, "Nested blockquote")
                opened.append((name, {**_entity(name, attributes), "offset": units(text)}))
            position = tag.end()
        elif character := _CHARACTER.match(source, position):
            text += html.unescape(character[0])
            position = character.end()
        else:
            run = _RUN.match(source, position)
            text += run[0] if run else source[position]
            position = run.end() if run else position + 1
    if opened:
        raise _bad(source, position, f"Can't find end tag corresponding to start tag {opened[-1][0]}")
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _entity(name: str, attributes: str) -> Json:
    given = {found[1].lower(): html.unescape(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(attributes)}
    if name == "a":
        return {"type": "text_link", "url": given.get("href", "")}
    if name == "blockquote" and "expandable" in given:
        return {"type": "expandable_blockquote"}
    return {"type": _KIND[name]}


def _bad(source: str, position: int, what: str) -> Refusal:
    return Refusal(400, f"Bad Request: can't parse entities: {what} at byte offset {len(source[:position].encode())}")


# ---- updates, as the platform writes them ----


def person(number: int = 7001, language: str | None = "zh-hans", *, is_bot: bool = False, name: str = "小林") -> Json:
    return {"id": number, "is_bot": is_bot, "first_name": name} | ({"language_code": language} if language else {})


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def private_chat(number: int = 7001) -> Json:
    return {"id": number, "type": "private", "first_name": "小林"}


def group_chat(number: int = -1001234567890, title: str = "政策群", *, forum: bool = False) -> Json:
    return {"id": number, "type": "supergroup", "title": title} | ({"is_forum": True} if forum else {})


def channel_chat(number: int = -1009876543210) -> Json:
    return {"id": number, "type": "channel", "title": "公告"}


def entities(text: str) -> list[Json]:
    """Mentions and commands as the platform marks them, counted in UTF-16 units."""
    marks = (
        ("mention", r"(?<!\w)@[A-Za-z0-9_]{4,32}"),
        ("bot_command", r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\B|[/<>])"),
    )
    found = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for kind, pattern in marks
        for match in re.finditer(pattern, text)
    ]
    inside = [entity for entity in found if entity["type"] == "bot_command"]
    return [entity for entity in found if entity["type"] != "mention" or not any(_covers(other, entity) for other in inside)]


def _covers(outer: Json, inner: Json) -> bool:
    return bool(outer["offset"] <= inner["offset"] < outer["offset"] + outer["length"])


def message(chat: Json, sender: Json | None, *, message_id: int = 10, date: int = DATE, **content: Any) -> Json:
    made: Json = {"message_id": message_id, "date": date, "chat": chat}
    if sender is not None:
        made["from"] = sender
    for field_name, marks in (("text", "entities"), ("caption", "caption_entities")):
        if field_name in content and marks not in content and (found := entities(content[field_name])):
            content[marks] = found
    return made | content


def private(text: str, user: int = 7001, **content: Any) -> Json:
    return {"message": message(private_chat(user), person(user), text=text, **content)}


def group(text: str, user: int = 7001, chat: int = -1001234567890, **content: Any) -> Json:
    return {"message": message(group_chat(chat), person(user), text=text, **content)}


def reply(text: str, to: Json, to_message: int = 9, **content: Any) -> Json:
    """In a group, to a message of `to` (a user)."""
    original = message(group_chat(), to, message_id=to_message, text="早先的话")
    return group(text, reply_to_message=original, **content)


def topic(text: str, thread: int = 77, **content: Any) -> Json:
    chat = group_chat(forum=True)
    return {"message": message(chat, person(), text=text, message_thread_id=thread, is_topic_message=True, **content)}


def sticker(**content: Any) -> Json:
    details = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
    return {"message": message(private_chat(), person(), sticker=_file(width=512, height=512, **details), **content)}


def voice(**content: Any) -> Json:
    return {"message": message(private_chat(), person(), voice=_file(duration=3, mime_type="audio/ogg"), **content)}


def photo(caption: str = "", chat: Json | None = None, **content: Any) -> Json:
    content |= {"caption": caption} if caption else {}
    sizes = [_file(width=90, height=67), _file(width=800, height=600)]
    return {"message": message(chat or private_chat(), person(), photo=sizes, **content)}


def document(name: str = "license.pdf", *, user: int = 7001, file: Json | None = None, **content: Any) -> Json:
    details = _file(file_name=name, mime_type="application/pdf", **(file or {}))
    return {"message": message(private_chat(user), person(user), document=details, **content)}


def _file(**details: Any) -> Json:
    return {"file_id": "AgACAgUAAx0", "file_unique_id": "AQADx0", "file_size": 1234, **details}


def edited(text: str, **content: Any) -> Json:
    return {"edited_message": message(private_chat(), person(), text=text, edit_date=DATE + 60, **content)}


def channel_post(text: str, **content: Any) -> Json:
    return {"channel_post": message(channel_chat(), None, sender_chat=channel_chat(), text=text, **content)}


def anonymous_admin(text: str, **content: Any) -> Json:
    return {"message": message(group_chat(), ANONYMOUS, sender_chat=group_chat(), text=text, **content)}


def press(
    data: str, chat: Json | None = None, *, message_id: int = 5000, accessible: bool = True, query: str = "q1", **content: Any
) -> Json:
    under: Json = {"chat": chat or private_chat(), "message_id": message_id, "date": 0}
    if accessible:
        under = message(under["chat"], dict(BOT), message_id=message_id, text="请选择", **content)
    return {"callback_query": {"id": query, "from": person(), "chat_instance": "1", "data": data, "message": under}}


def inline(text: str, query: str = "i1") -> Json:
    return {"inline_query": {"id": query, "from": person(), "query": text, "offset": "", "chat_type": "supergroup"}}


def membership(old: str, new: str, chat: Json | None = None, **details: Any) -> Json:
    """Our own place in a chat, from one status to another."""
    change = {"chat": chat or group_chat(), "from": person(), "date": DATE}
    return {"my_chat_member": change | {"old_chat_member": _member(old), "new_chat_member": _member(new)} | details}


def _member(status: str) -> Json:
    rights = (
        "can_be_edited can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
        "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories is_anonymous"
    )
    limits = (
        "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes can_send_voice_notes "
        "can_send_polls can_send_other_messages can_add_web_page_previews can_change_info can_invite_users can_pin_messages "
        "can_manage_topics can_edit_tag"
    )
    extra: Json = {}
    if status == "administrator":
        extra = dict.fromkeys(rights.split(), False)
    elif status == "restricted":
        extra = {**dict.fromkeys(limits.split(), False), "is_member": True, "until_date": 0}
    elif status == "kicked":
        extra = {"until_date": 0}
    return {"user": dict(BOT), "status": status} | extra


def migrated_to(old: int = -4001, new: int = -1001234567890) -> Json:
    chat = {"id": old, "type": "group", "title": "政策群"}
    return {"message": message(chat, ANONYMOUS, migrate_to_chat_id=new)}


def migrated_from(old: int = -4001, new: int = -1001234567890) -> Json:
    return {"message": message(group_chat(new), ANONYMOUS, sender_chat=group_chat(new), message_id=1, migrate_from_chat_id=old)}


def malformed() -> Json:
    return {"message": {"message_id": "ten", "chat": "nowhere", "text": {"not": "text"}}}


# ---- as a program ----


async def serve(port: int, token: str, updates: Iterable[Json]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with FakeTelegram(token, port=port) as fake:
        fake.push(*updates)
        print(fake.port, flush=True)
        await stop.wait()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A Telegram Bot API on loopback for tests.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--updates", type=Path, help="updates to begin with, one JSON object a line")
    given = parser.parse_args(arguments)
    lines = given.updates.read_text(encoding="utf-8").splitlines() if given.updates else []
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(given.port, given.token, [json.loads(line) for line in lines if line.strip()]))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The quick one where there is one: the platform must not be what slows a run down."""
    with suppress(ImportError):
        return importlib.import_module("uvloop").new_event_loop
    return None


if __name__ == "__main__":
    main()

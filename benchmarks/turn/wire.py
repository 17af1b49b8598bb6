"""A messaging platform on loopback that answers at once, or after a delay, and posts updates to a bot's webhook as fast as it takes them.

Runs in a process of its own (`python -m benchmarks.turn.wire`): its processor time is nobody's. It reads one order a line on standard
input and writes one result a line. Bare protocols on both sides, so that the bots are the ones who work.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = {"id": 123456789, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
TOKEN = "123456789:AAE-bench-token_only-for-loopback_0"
SECRET = "bench-secret_only-for-loopback"
CONNECTIONS = 40
"""What Telegram opens to a webhook by itself."""
LATE = 30.0
"""Seconds without anything new after which a run is given up."""
QUIET = 0.5
PEOPLE = 1000
"""Chats that write, in turn."""
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_DATE = 1_760_000_000


class Platform:
    """What was asked of it, and what a run still waits for."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.tokens: dict[int, str] = {}
        """The button under the last message of a chat."""
        self.sent = self.noted = 0
        """Messages, and presses answered."""
        self.last = 0.0
        """When the last of them came."""
        self.webhook = ""
        self._messages = itertools.count(5000)

    def answer(self, method: str, said: dict[str, Any]) -> Any:
        match method.lower():
            case "getme":
                return BOT
            case "sendmessage":
                self.sent, self.last = self.sent + 1, time.perf_counter()
                return self._message(said)
            case "answercallbackquery":
                self.noted, self.last = self.noted + 1, time.perf_counter()
                return True
            case "setwebhook":
                self.webhook = said["url"]
                return True
            case "getwebhookinfo":
                return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
            case _:
                return True

    def begin(self, delay: float) -> None:
        self.delay, self.sent, self.noted, self.last = delay, 0, 0, time.perf_counter()

    async def all_came(self, count: int, pressed: bool) -> None:
        """A press is answered on its button; a message may follow, or not."""
        begun = time.perf_counter()
        while time.perf_counter() - max(begun, self.last) < LATE:
            is_quiet = time.perf_counter() - self.last > QUIET
            if self.sent >= count or (pressed and self.noted >= count and is_quiet):
                return
            await asyncio.sleep(0.002)

    def _message(self, said: dict[str, Any]) -> dict[str, Any]:
        chat = int(said["chat_id"])
        if markup := said.get("reply_markup"):
            keyboard = json.loads(markup) if isinstance(markup, str) else markup
            self.tokens[chat] = keyboard["inline_keyboard"][0][0]["callback_data"]
        return {"message_id": next(self._messages), "date": _DATE, "chat": _chat(chat), "from": BOT, "text": said.get("text", "")}


class _Served(asyncio.Protocol):
    """One connection of a bot to its platform."""

    def __init__(self, platform: Platform) -> None:
        self._platform, self._buffer = platform, b""
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._next()) is not None:
            asyncio.get_running_loop().call_later(self._platform.delay, self._reply, *request)

    def _next(self) -> tuple[str, bytes] | None:
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(size[1]) if (size := _LENGTH.search(head)) else 0
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        path = urlsplit(head.split(b" ", 2)[1].decode()).path
        return path.rsplit("/", 1)[1], rest[:length]

    def _reply(self, method: str, body: bytes) -> None:
        result = self._platform.answer(method, _read(body))
        payload = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        if not self._transport.is_closing():
            self._transport.write(head.encode() + payload)


def _read(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    if body[:1] == b"{":
        return dict(json.loads(body))
    if body[:2] == b"--":
        return {
            name.decode(): value.decode()
            for name, value in re.findall(rb'name="(\w+)"[^\r]*(?:\r\n[^\r]+)*\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
        }
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


class _Poster(asyncio.Protocol):
    """One connection of the platform to the webhook: posts the next update when the last one was acknowledged."""

    def __init__(self, target: Target, bodies: Iterator[bytes], ended: Callable[[], None]) -> None:
        self._target, self._bodies, self._ended = target, bodies, ended
        self._buffer, self._since = b"", 0.0
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._post()

    def _post(self) -> None:
        body = next(self._bodies, None)
        if body is None:
            self._transport.close()
            self._ended()
            return
        self._since = time.perf_counter()
        self._transport.write(self._target.head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        length = int(size[1]) if (size := _LENGTH.search(head)) else 0
        if not found or len(rest) < length:
            return
        self._buffer = b""
        self._target.acknowledged(head, time.perf_counter() - self._since)
        self._post()


class Target:
    """A bot's webhook."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.refused = 0
        self.waits: list[float] = []
        fixed = {"Host": parts.netloc, "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}
        self.head = f"POST {parts.path} HTTP/1.1\r\n".encode() + b"".join(f"{name}: {value}\r\n".encode() for name, value in fixed.items())

    def acknowledged(self, head: bytes, wait: float) -> None:
        self.waits.append(wait)
        if b" 200 " not in head[:16]:
            self.refused += 1


def _chat(id: int) -> dict[str, Any]:
    return {"id": id, "type": "private", "first_name": "p"} if id > 0 else {"id": id, "type": "supergroup", "title": "企业服务群"}


def _user(id: int) -> dict[str, Any]:
    return {"id": abs(id), "is_bot": False, "first_name": "陈", "language_code": "zh-hans"}


def _said(update: int, chat: int, text: str) -> dict[str, Any]:
    mention = (
        {"text": f"@{BOT['username']} {text}", "entities": [{"type": "mention", "offset": 0, "length": 10}]} if chat < 0 else {"text": text}
    )
    message = {"message_id": update, "date": int(time.time()), "chat": _chat(chat), "from": _user(chat), **mention}
    return {"update_id": update, "message": message}


def _pressed(update: int, chat: int, token: str) -> dict[str, Any]:
    message = {"message_id": update, "date": int(time.time()), "chat": _chat(chat), "from": BOT, "text": "…"}
    query = {"id": str(update), "from": _user(chat), "message": message, "chat_instance": "1", "data": token}
    return {"update_id": update, "callback_query": query}


class Load:
    """Makes the updates of a run: chats write, or press what they were offered."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        # Later than those of an earlier run: a bot that kept its data knows them, and answers none twice.
        self._updates = itertools.count(int(time.time()) % 1_000_000 * 1000)
        self._chats: dict[bool, list[int]] = {False: [], True: []}

    def bodies(self, kind: str, group: bool, count: int, texts: list[str]) -> list[bytes]:
        sign = -1 if group else 1
        if kind == "press":
            chats = [self._chats[group][number % len(self._chats[group])] for number in range(count)]
            updates = [_pressed(next(self._updates), chat, self._platform.tokens.get(chat, "none")) for chat in chats]
        else:
            chats = [sign * (7_000_000 + number % PEOPLE) for number in range(count)]
            self._chats[group] = chats
            updates = [_said(next(self._updates), chat, texts[number % len(texts)]) for number, chat in enumerate(chats)]
        return [json.dumps(update, ensure_ascii=False).encode() for update in updates]


async def run(platform: Platform, load: Load, order: dict[str, Any]) -> dict[str, Any]:
    """Posts so many updates, waits for as many messages, and says how long each end took."""
    bodies = load.bodies(order["kind"], order["group"], order["count"], order["texts"])
    platform.begin(order["delay"])
    target, source = Target(order["url"]), iter(bodies)
    loop, begun = asyncio.get_running_loop(), time.perf_counter()
    posted = asyncio.Semaphore(0)
    lines = min(CONNECTIONS, len(bodies))
    for _ in range(lines):
        await loop.create_connection(lambda: _Poster(target, source, posted.release), target.host, target.port)
    for _ in range(lines):
        await posted.acquire()
    acknowledged = time.perf_counter() - begun
    await platform.all_came(len(bodies), pressed=order["kind"] == "press")
    return {
        "seconds": platform.last - begun,
        "acknowledged": acknowledged,
        "waits": sorted(target.waits),
        "sent": max(platform.sent, platform.noted),
        "refused": target.refused,
    }


async def _taken(url: str, bodies: list[bytes]) -> bool:
    """Whether the webhook was there and took them."""
    target, ended = Target(url), asyncio.Event()
    try:
        await asyncio.get_running_loop().create_connection(lambda: _Poster(target, iter(bodies), ended.set), target.host, target.port)
        await asyncio.wait_for(ended.wait(), 5)
    except (OSError, TimeoutError):
        return False
    return not target.refused


async def first(platform: Platform, load: Load, order: dict[str, Any]) -> dict[str, Any]:
    """Tries the webhook until it takes an update, as the platform would, and says when the first message came."""
    body = load.bodies("text", False, 1, order["texts"])
    platform.begin(0.0)
    begun = time.perf_counter()
    while time.perf_counter() - begun < 2 * LATE and not await _taken(order["url"], body):
        await asyncio.sleep(0.01)
    await platform.all_came(1, pressed=False)
    return {"at": time.time(), "sent": platform.sent}


async def serve() -> None:
    loop = asyncio.get_running_loop()
    platform = Platform()
    load = Load(platform)
    server = await loop.create_server(lambda: _Served(platform), "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        result = await (first if order["kind"] == "first" else run)(platform, load, order)
        print(json.dumps(result), flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())

"""How long people wait: the command line's first answer, the service's first message, and replies on Telegram and on the web page.

`python -m benchmarks.answers` runs real processes against a Telegram of the tests' own on loopback and prints medians with their spread.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.fakes import telegram as fakes
from tests.fakes.telegram import FakeTelegram

QUESTIONS = (
    "合肥贯标目标",
    "苏州要建几个知识产权密集型园区",
    "吴江专利清零行动是什么",
    "江苏海外知识产权风险防控归哪几个厅管",
    "How many trade secret bases in Suzhou?",
)
ROUNDS = 60
COLD = 5
PATIENCE = 30.0


def main() -> None:
    asyncio.run(run())


async def run() -> None:
    report("zhice lookup, a new process each time", [await cold_lookup() for _ in range(COLD)])
    starts: list[float] = []
    for _ in range(3):
        async with FakeTelegram() as fake, service(fake, starts) as address:
            telegram = [await telegram_reply(fake, 1000 + number) for number in range(ROUNDS)]
            web = await web_replies(address)
    report("zhice serve, start to first answered Telegram message", starts)
    report("a reply on Telegram, question to message", telegram)
    report("a reply on the web page, question to line", web)


def report(what: str, seconds: list[float]) -> None:
    low, high = min(seconds), max(seconds)
    print(f"{what:58} median {statistics.median(seconds) * 1000:7.0f} ms   {low * 1000:.0f}–{high * 1000:.0f} ms   n={len(seconds)}")


async def cold_lookup() -> float:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "lookup", QUESTIONS[0], stdout=asyncio.subprocess.DEVNULL)
    await process.wait()
    return time.perf_counter() - begun


@asynccontextmanager
async def service(fake: FakeTelegram, starts: list[float]) -> AsyncIterator[str]:
    """The whole service in a process of its own; notes how long its first answer took."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"TELEGRAM_TOKEN": fakes.TOKEN, "TELEGRAM_BASE_URL": fake.base_url, "DATA_DIR": folder, "PORT": "0"}
        fake.push(fakes.private(QUESTIONS[0], user=1))
        begun = time.perf_counter()
        log = Path(folder) / "log"
        with log.open("wb") as stderr:
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "serve", env=os.environ | settings, stderr=stderr)
        try:
            await until(lambda: fake.sent(1))
            starts.append(time.perf_counter() - begun)
            found = re.search(r"http://[\d.:]+", log.read_text(encoding="utf-8"))
            assert found, "the service did not say where it listens"
            yield found.group()
        finally:
            process.terminate()
            await process.wait()


async def telegram_reply(fake: FakeTelegram, user: int) -> float:
    begun = time.perf_counter()
    fake.push(fakes.private(QUESTIONS[user % len(QUESTIONS)], user=user))
    await until(lambda: fake.sent(user))
    return time.perf_counter() - begun


async def web_replies(address: str) -> list[float]:
    """One page asks, waits for the answer, and asks again; below the limit of 20 a minute."""
    async with aiohttp.ClientSession(headers={"Origin": address}, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.post(f"{address}/chat/session") as response:
            chat = (await response.json())["chat"]
        async with session.ws_connect(f"{address}/chat/socket") as socket:
            await socket.send_json({"type": "hello", "chat": chat, "seen": 0, "language": "zh-CN"})
            await office_line(socket)
            return [await web_reply(socket, number) for number in range(18)]


async def web_reply(socket: aiohttp.ClientWebSocketResponse, number: int) -> float:
    begun = time.perf_counter()
    await socket.send_json({"type": "say", "key": f"benchmark-{number:04}", "text": QUESTIONS[number % len(QUESTIONS)]})
    await office_line(socket)
    return time.perf_counter() - begun


async def office_line(socket: aiohttp.ClientWebSocketResponse) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            message = await socket.receive_json()
            if any(line["author"] == "office" for line in message.get("lines", ())):
                return


async def until(found: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not found():
            await asyncio.sleep(0.001)


if __name__ == "__main__":
    main()

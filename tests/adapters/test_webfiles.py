"""Files handed in by a browser: only by the owner of a conversation, within bounds that hold before a byte is read, and sealed."""

from __future__ import annotations

import asyncio
import gzip
import os
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.adapters import webfiles
from bot.core.message import Kind
from bot.core.platform import Unfetched
from bot.storage.arrivals import KEEP, Arrivals
from bot.storage.inspection import LARGEST
from tests.adapters.test_webchat import Page, Stand, browser, opened, service, session  # noqa: F401  # a fixture
from tests.patience import until

LICENCE = b"%PDF-1.7 a licence " * 9000
KEY = "11111111-1111"


async def hand_in(client: ClientSession, body: bytes = LICENCE) -> str:
    async with client.post("/chat/file", data=body) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
        return str((await answer.json())["file"])


async def refused(client: ClientSession, body: Any, **options: Any) -> tuple[int, str]:
    async with client.post("/chat/file", data=body, **options) as answer:
        text = await answer.text()
        return answer.status, str((await answer.json())["problem"]) if text.startswith("{") else ""


async def name_them(page: Page, *files: dict[str, Any], key: str = KEY) -> dict[str, Any]:
    await page.wire.send_json({"type": "files", "key": key, "files": files})
    return await page.until("stored", key=key)


def lying(folder: Path) -> list[Path]:
    return list((folder / "arrivals").iterdir()) if (folder / "arrivals").exists() else []


async def test_files_are_named_by_their_tickets_and_fetched_whole(service: Stand, tmp_path: Path) -> None:  # noqa: F811
    async with browser(service) as client, opened(client) as page:
        tickets = [await hand_in(client), await hand_in(client, b"second")]
        files = [{"file": ticket, "name": f"证书{number}.pdf", "size": 7} for number, ticket in enumerate(tickets, start=1)]
        await name_them(page, *files)
        (event,) = service.office.of(Kind.ATTACHMENT)
        assert [file.name for file in event.files] == ["证书1.pdf", "证书2.pdf"]
        assert [await service.chat.fetch(file.id, LARGEST) for file in event.files] == [LICENCE, b"second"]
        assert await service.chat.fetch(event.files[0].id, 10) is Unfetched.TOO_LARGE
        line = await page.line(1)
        assert line["body"] == {"files": [{"name": "证书1.pdf", "size": 7}, {"name": "证书2.pdf", "size": 7}]}
        assert not any(b"%PDF" in path.read_bytes() for path in lying(tmp_path))
        await service.chat.release(event)
        assert lying(tmp_path) == []
        assert await service.chat.fetch(event.files[0].id, LARGEST) is Unfetched.GONE


async def test_a_ticket_opens_nothing_in_another_conversation(service: Stand) -> None:  # noqa: F811
    async with browser(service) as client, browser(service) as other, opened(other) as page:
        await session(client)
        stolen = await hand_in(client)
        await name_them(page, {"file": stolen, "name": "a.pdf", "size": 7})
        (event,) = service.office.of(Kind.ATTACHMENT)
        assert await service.chat.fetch(event.files[0].id, LARGEST) is Unfetched.GONE


@pytest.mark.parametrize("file", ["", "x", "../../etc/passwd", "0" * 32, "0" * 32 + "." + "0" * 64 + "/"])
async def test_what_is_no_ticket_is_refused(service: Stand, file: str) -> None:  # noqa: F811
    async with browser(service) as client, opened(client) as page:
        await page.wire.send_json({"type": "files", "key": KEY, "files": [{"file": file, "name": "a", "size": 1}]})
        assert (await page.until("refused"))["reason"] == "malformed"
    assert await service.chat.fetch(f"chat/{file}", 100) is Unfetched.GONE


@pytest.mark.parametrize("files", [None, [], {}, ["a"], [{"file": "0" * 32 + "." + "0" * 64, "name": "a", "size": 1}] * 11])
async def test_a_list_that_is_none_is_refused(service: Stand, files: Any) -> None:  # noqa: F811
    async with browser(service) as client, opened(client) as page:
        await page.wire.send_json({"type": "files", "key": KEY, "files": files})
        assert (await page.until("refused"))["reason"] == "malformed"


async def test_without_a_conversation_nothing_is_taken(service: Stand, tmp_path: Path) -> None:  # noqa: F811
    async with browser(service) as client:
        assert (await refused(client, LICENCE))[0] == 401
        await session(client)
        assert (await refused(client, LICENCE, headers={"Origin": "https://elsewhere.example"}))[0] == 403
    assert lying(tmp_path) == []


async def half_sent(service: Stand, length: str) -> bytes:  # noqa: F811
    """The answer to a request whose body never comes."""
    async with browser(service) as client:
        await session(client)
        cookie = next(iter(client.cookie_jar))
        reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
        head = f"POST /chat/file HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nOrigin: {service.address}\r\n"
        writer.write(f"{head}Cookie: {cookie.key}={cookie.value}\r\n{length}\r\n\r\n".encode())
        answer = await reader.readuntil(b"}")
        writer.close()
        return answer


@pytest.mark.parametrize(
    ("length", "status", "problem"),
    [
        (f"Content-Length: {LARGEST + 1}", b" 413 ", b"too-large"),
        ("Content-Length: 0", b" 400 ", b"empty"),
        ("Transfer-Encoding: chunked", b" 411 ", b"unsized"),
    ],
)
async def test_size_is_judged_before_anything_is_read(service: Stand, tmp_path: Path, length: str, status: bytes, problem: bytes) -> None:  # noqa: F811
    answer = await half_sent(service, length)
    assert status in answer
    assert problem in answer
    assert lying(tmp_path) == []


async def test_a_file_that_unpacks_to_too_much_is_refused_on_its_way(service: Stand, tmp_path: Path) -> None:  # noqa: F811
    packed = gzip.compress(bytes(LARGEST + 1))
    async with browser(service) as client:
        await session(client)
        assert await refused(client, packed, headers={"Content-Encoding": "gzip"}) == (413, "too-large")
    assert lying(tmp_path) == []


async def test_few_are_taken_at_once_and_a_place_is_free_again_when_one_ends(service: Stand, tmp_path: Path) -> None:  # noqa: F811
    go = asyncio.Event()

    async def slowly() -> Any:
        yield LICENCE[:100]
        await go.wait()
        yield LICENCE[100:]

    async with browser(service) as client:
        await session(client)
        sized = {"headers": {"Content-Length": str(len(LICENCE))}}
        waiting = [asyncio.create_task(refused(client, slowly(), **sized)) for _ in range(webfiles.AT_ONCE)]
        await until(lambda: len(lying(tmp_path)) == webfiles.AT_ONCE)
        assert await refused(client, LICENCE) == (429, "busy")
        go.set()
        await asyncio.gather(*waiting, return_exceptions=True)
        await hand_in(client)


async def test_a_browser_that_leaves_leaves_nothing(service: Stand, tmp_path: Path) -> None:  # noqa: F811
    never = asyncio.Event()

    async def broken() -> Any:
        yield LICENCE[:100]
        await never.wait()

    async with browser(service) as client:
        await session(client)
        task = asyncio.create_task(refused(client, broken(), headers={"Content-Length": str(len(LICENCE))}))
        await until(lambda: len(lying(tmp_path)) == 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await until(lambda: lying(tmp_path) == [])


async def test_so_many_an_hour_and_no_more(service: Stand) -> None:  # noqa: F811
    async with browser(service) as client:
        await session(client)
        for _ in range(webfiles.FILES):
            await hand_in(client, b"x")
        assert await refused(client, b"x") == (429, "many")


def test_what_nobody_named_goes_after_a_while(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path)
    for age in (0.0, KEEP.total_seconds() + 60):
        with arrivals.receive("chat") as arriving:
            arriving.add(b"words")
            name = arriving.end().partition(".")[0]
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    arrivals.sweep()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_cut_short_is_gone(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path)
    with arrivals.receive("chat") as arriving:
        arriving.add(LICENCE)
        ticket = arriving.end()
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    assert arrivals.read(ticket, "chat") is None

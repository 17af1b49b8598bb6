"""The lean connection: whatever a server does, one request gets its own answer or a certain word that it got none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.adapters.line import LONGEST, Answer, Lines, NoAnswer, NotSent
from tests.patience import PATIENCE, until
from tests.ports import free_port

Act = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """Does `act` for each connection."""

    def __init__(self, act: Act) -> None:
        self._act, self.connections, self.asked = act, 0, list[bytes]()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._act(reader, writer)
        finally:
            writer.close()


async def request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    return head + await reader.readexactly(int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]))


def says(*answers: bytes) -> Act:
    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            await request(reader)
            writer.write(answer)
            await writer.drain()

    return act


@asynccontextmanager
async def asking(act: Act, most: int = 4) -> AsyncIterator[tuple[Server, Callable[[bytes], Awaitable[Answer]]]]:
    there, lines = Server(act), Lines(PATIENCE, most)
    server = await asyncio.start_server(there.serve, "127.0.0.1", 0)
    there.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:x/say"
    try:
        yield there, lambda body: lines.ask(there.url, body, PATIENCE)
    finally:
        lines.close()
        server.close()
        await server.wait_closed()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while not reader.at_eof():
        try:
            body = (await request(reader)).partition(b"\r\n\r\n")[2]
        except asyncio.IncompleteReadError:
            return
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


async def test_each_gets_its_own_answer_and_connections_are_used_again() -> None:
    async with asking(echo) as (server, ask):
        bodies = [f"问{number}".encode() for number in range(40)]
        assert [answer.body for answer in await asyncio.gather(*map(ask, bodies))] == bodies
        assert server.connections <= 4


async def test_an_answer_may_come_in_pieces_of_any_framing() -> None:
    chunked = b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
    async with asking(says(b"HTTP/1.1 100 Continue\r\n\r\n" + OK, chunked)) as (server, ask):
        assert await ask(b"{}") == Answer(200, b"{}")
        assert await ask(b"{}") == Answer(400, b"{}")
        assert server.connections == 1


async def test_an_answer_may_end_with_the_connection() -> None:
    async with asking(says(b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>")) as (server, ask):
        assert await ask(b"{}") == Answer(502, b"<html>")
        assert await ask(b"{}") == Answer(502, b"<html>")
        assert server.connections == 2


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 20", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * (LONGEST + 1)]
)
async def test_an_answer_that_is_cut_unreadable_or_too_long_is_none(answer: bytes) -> None:
    async with asking(says(answer)) as (_, ask):
        with pytest.raises(NoAnswer):
            await ask(b"{}")


async def test_what_nobody_asked_for_is_not_taken_for_the_next_answer() -> None:
    async with asking(says(OK + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong", OK)) as (server, ask):
        assert await ask(b"{}") == Answer(200, b"{}")
        assert await ask(b"{}") == Answer(200, b"{}")
        assert server.connections == 2


async def test_who_stops_waiting_leaves_no_answer_to_the_next_one() -> None:
    held = asyncio.Event()

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = (await request(reader)).partition(b"\r\n\r\n")[2]
        if body == b"first":
            held.set()
            await reader.read()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    async with asking(act) as (_, ask):
        first = asyncio.ensure_future(ask(b"first"))
        await until(held.is_set)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert (await ask(b"second")).body == b"second"


async def test_no_connection_and_no_address_are_certainly_not_sent() -> None:
    lines = Lines(PATIENCE, 1)
    for url in (f"http://127.0.0.1:{free_port()}/", "ftp://127.0.0.1/", "http:///", "nonsense"):
        with pytest.raises(NotSent):
            await lines.ask(url, b"{}", PATIENCE)

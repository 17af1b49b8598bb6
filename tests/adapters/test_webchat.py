"""The web chat over real sockets and a real database: what was said is neither lost nor doubled, and a page is only let at its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSCloseCode, WSServerHandshakeError
from sqlalchemy import text
from yarl import URL

import bot.storage.tables  # noqa: F401  # declares the tables
from bot.adapters.webchat import ENDED, NO_SESSION, PLATFORM, SOCKETS, WebChat
from bot.adapters.webframes import clean
from bot.adapters.webpace import Pace
from bot.core.clock import FixedClock
from bot.core.errors import NotAccepted
from bot.core.message import Block, Button, Enclosed, Incoming, Kind, Outgoing, Span, Where
from bot.core.platform import Gone, Later, Sent
from bot.pages import Pages
from bot.storage import webchat as chats
from bot.storage.all_tables import METADATA
from bot.storage.arrivals import Arrivals
from bot.storage.database import Database
from bot.storage.retention import let_go
from bot.web import application, listening
from bot.words import Words
from tests.patience import PATIENCE
from tests.secret import master

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Office:
    """An intake that remembers what it heard and answers each text with its echo and two choices."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.closed = False
        self.silent = False
        self.chat: WebChat | None = None

    async def accept(self, events: Sequence[Incoming], *, position: str = "") -> None:
        if self.closed:
            raise NotAccepted
        known = {event.event for event in self.heard}
        for event in events:
            if event.event in known:
                continue
            self.heard.append(event)
            if event.kind is Kind.TEXT and not self.silent:
                await self.say(event.where.chat, f"回声:{event.text}", key=f"answer:{event.event}")

    async def position(self, platform: str, account: str) -> str:
        return ""

    async def say(self, chat: str, text: str, *, key: str = "", edit: str = "") -> Any:
        assert self.chat is not None
        buttons = (Button("原文上下文", "t.context"), Button("相关条款", "t.related"))
        return await self.chat.send(
            Outgoing(key or uuid.uuid4().hex, Where(PLATFORM, "office", chat), (Block((Span(text),)),), buttons, edit=edit)
        )

    def of(self, kind: Kind) -> list[Incoming]:
        return [event for event in self.heard if event.kind is kind]


@dataclass
class Page:
    """What a browser does, without the browser."""

    wire: ClientWebSocketResponse
    frames: list[dict[str, Any]] = field(default_factory=list)

    async def until(self, type: str, **values: Any) -> dict[str, Any]:
        """The next frame of that kind, with those before it kept."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = await self.wire.receive_json()
                self.frames.append(frame)
                if frame["type"] == type and all(frame.get(name) == value for name, value in values.items()):
                    return dict(frame)

    async def hello(self, chat: str = "", seen: int = 0, language: str = "zh-CN") -> dict[str, Any]:
        await self.wire.send_json({"type": "hello", "chat": chat, "seen": seen, "language": language})
        return await self.until("welcome")

    async def line(self, number: int) -> dict[str, Any]:
        """Waits for the line of that number."""
        while not any(line["number"] == number for line in self.lines):
            await self.until("lines")
        return next(line for line in self.lines if line["number"] == number)

    async def say(self, text: str, key: str = "", **values: Any) -> str:
        key = key or str(uuid.uuid4())
        await self.wire.send_json({"type": "say", "key": key, "text": text, **values})
        return key

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [line for frame in self.frames if frame["type"] == "lines" for line in frame["lines"]]

    async def end(self) -> int | None:
        """Reads to the end and says with which code it came."""
        async with asyncio.timeout(PATIENCE):
            async for _message in self.wire:
                pass
        return self.wire.close_code


@dataclass
class Stand:
    """The service on loopback."""

    database: Database
    office: Office
    clock: FixedClock
    chat: WebChat
    port: int
    problems: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.asynccontextmanager
async def stand(folder: Path, *, office: Office | None = None, **options: Any) -> AsyncIterator[Stand]:
    database = Database(f"sqlite+aiosqlite:///{folder / 'web.db'}", master())
    await database.open()
    try:
        await database.write(lambda on: on.run_sync(METADATA.create_all))
        office, clock, problems = office or Office(), FixedClock(NOON), list[str]()
        chat = WebChat(database, office, clock, Arrivals(folder / "arrivals"), **options)
        office.chat = chat

        async def ready() -> list[str]:
            return problems

        web = application(pages=Pages(Words.open()), ready=ready, parts=[chat], embed_origins=options.get("embed_origins", ()))
        async with listening(web, "127.0.0.1", 0, patience=PATIENCE) as port:
            yield Stand(database, office, clock, chat, port, problems)
    finally:
        await database.close()


@pytest_asyncio.fixture
async def service(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path) as service:
        yield service


@contextlib.asynccontextmanager
async def browser(service: Stand) -> AsyncIterator[ClientSession]:
    async with ClientSession(service.address, cookie_jar=CookieJar(unsafe=True), headers={"Origin": service.address}) as client:
        yield client


async def session(client: ClientSession) -> str:
    async with client.post("/chat/session") as answer:
        assert answer.status == 200
        return str((await answer.json())["chat"])


@contextlib.asynccontextmanager
async def opened(client: ClientSession, chat: str = "", seen: int = 0) -> AsyncIterator[Page]:
    """A page that said hello. The greeted conversation is its own when no other is named."""
    chat = chat or await session(client)
    async with client.ws_connect("/chat/socket", autoclose=False) as wire:
        page = Page(wire)
        await page.hello(chat, seen)
        yield page


async def test_a_question_is_stored_then_answered_and_heard_as_it_was_asked(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        key = await page.say("深圳资助多少?")
        await page.until("stored", key=key)
        own, answer = await page.line(1), await page.line(2)
    assert (own["author"], own["key"], own["body"]["text"]) == ("person", key, "深圳资助多少?")
    assert answer["author"] == "office"
    assert answer["body"]["blocks"][0]["spans"][0]["text"] == "回声:深圳资助多少?"
    (heard,) = service.office.of(Kind.TEXT)
    assert heard.where == Where("web", "office", heard.user)
    assert (heard.text, heard.language, heard.message, heard.at) == ("深圳资助多少?", "zh-CN", "1", NOON)


async def test_a_new_conversation_is_greeted_once(service: Stand) -> None:
    async with browser(service) as client:
        for _ in range(3):
            async with opened(client):
                pass
    assert len(service.office.of(Kind.JOINED)) == 1


async def test_a_page_that_comes_back_gets_what_it_missed_in_order(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as page:
            await page.until("stored", key=await page.say("一"))
            await page.line(2)
        await asyncio.gather(*(service.office.say(chat, f"通知 {number}") for number in range(250)))
        async with opened(client, chat, seen=2) as page:
            await page.until("current")
            assert [line["number"] for line in page.lines] == list(range(3, 253))
        async with opened(client, chat) as page:
            await page.until("current")
            assert [line["number"] for line in page.lines] == list(range(1, 253))


async def test_a_page_ahead_of_the_server_starts_from_the_beginning(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        await service.office.say(chat, "一")
        async with client.ws_connect("/chat/socket") as wire:
            page = Page(wire)
            assert (await page.hello(chat, seen=40))["seen"] == 0
            await page.line(1)


async def test_the_same_key_twice_is_one_line_and_one_event(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        key = await page.say("一次")
        await page.until("stored", key=key)
        await page.say("一次", key)
        await page.until("stored", key=key)
        await page.line(2)
        assert [line["number"] for line in page.lines] == [1, 2]
    assert len(service.office.of(Kind.TEXT)) == 1


async def test_the_same_answer_twice_is_one_line(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        first = await service.office.say(chat, "答", key="same")
        second = await service.office.say(chat, "答", key="same")
        third = await service.office.say(chat, "另")
    assert (first, second, third) == (Sent("1"), Sent("1"), Sent("2"))


async def test_answers_written_at_once_are_numbered_without_gaps(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        sent = await asyncio.gather(*(service.office.say(chat, str(number)) for number in range(40)))
    assert sorted(int(one.message) for one in sent) == list(range(1, 41))


async def test_what_was_not_stored_is_not_acknowledged_and_can_be_sent_again(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        service.office.closed = True
        key = await page.say("再试")
        await page.until("failed", key=key)
        assert not [frame for frame in page.frames if frame["type"] == "stored"]
        service.office.closed = False
        await page.say("再试", key)
        await page.until("stored", key=key)
        await page.line(2)
        assert [line["author"] for line in page.lines] == ["person", "office"]


async def test_an_edit_stands_in_place_and_keeps_its_number_for_the_core(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as page:
            assert await service.office.say(chat, "短") == Sent("1")
            assert await service.office.say(chat, "长", edit="1") == Sent("1")
            assert await service.office.say(chat, "更长", edit="1") == Sent("1")
            line = await page.line(3)
            assert line["replaces"] == 1


async def test_an_edit_of_what_is_not_there_is_a_new_message(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        for number, edit in enumerate(("99", "x", "-1"), start=1):
            assert await service.office.say(chat, "新", edit=edit) == Sent(str(number))


async def test_a_press_carries_its_token_and_shows_its_label(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        await service.office.say(chat, "答")
        async with opened(client, chat) as page:
            await page.wire.send_json({"type": "press", "key": "press-0001", "message": 1, "token": "t.related"})
            await page.until("stored", key="press-0001")
            assert (await page.line(2))["body"] == {"chosen": "相关条款"}
            await page.wire.send_json({"type": "press", "key": "press-0002", "message": 1, "token": "t.gone"})
            await page.until("stored", key="press-0002")
    known, gone = service.office.of(Kind.PRESS)
    assert (known.press, known.message, gone.press) == ("t.related", "1", "t.gone")


async def test_commands_and_the_language_switch_are_commands(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        await page.until("stored", key=await page.say("/Remind  tomorrow\n9:00"))
        await page.until("stored", key=await page.say("/ 不是命令"))
        await page.wire.send_json({"type": "language", "key": "language-1", "language": "en", "label": "English"})
        await page.until("stored", key="language-1")
        await page.until("stored", key=await page.say("hello"))
    remind, language = service.office.of(Kind.COMMAND)
    assert (remind.command, remind.text) == ("remind", "tomorrow\n9:00")
    assert (language.command, language.text) == ("language", "en")
    assert [event.text for event in service.office.of(Kind.TEXT)] == ["/ 不是命令", "hello"]
    assert service.office.heard[-1].language == "en"


async def test_what_another_process_wrote_reaches_the_open_page(service: Stand, tmp_path: Path) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as page:
            await page.until("current")
            other = WebChat(service.database, service.office, service.clock, Arrivals(tmp_path))
            await other.send(Outgoing("k", Where("web", "office", chat), (Block((Span("从别处"),)),)))
            await page.line(1)


async def test_two_pages_of_one_session_see_the_same(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as one, opened(client, chat) as other:
            await one.until("stored", key=await one.say("同步"))
            assert (await one.line(2))["body"] == (await other.line(2))["body"]


async def test_typing_and_notes_reach_the_open_page(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        service.office.silent = True
        async with opened(client, chat) as page:
            await page.until("stored", key=await page.say("问"))
            await service.chat.typing(Where("web", "office", chat))
            await page.until("typing")
            await service.chat.acknowledge(service.office.heard[-1], "已失效")
            assert (await page.until("note"))["text"] == "已失效"


@pytest.mark.parametrize(
    "frame",
    [
        "no json",
        "[]",
        "[" * 30_000,
        "null",
        "{}",
        json.dumps({"type": "say", "key": "short", "text": "x"}),
        json.dumps({"type": "say", "key": ["k"], "text": "x"}),
        json.dumps({"type": "say", "key": "k" * 65, "text": "x"}),
        json.dumps({"type": "say", "key": "key-00001", "text": 5}),
        json.dumps({"type": "say", "key": "key-00001", "text": " \u0000\u202e\n"}),
        json.dumps({"type": "say", "key": "key-00001", "text": "长" * 4001}),
        json.dumps({"type": "press", "key": "key-00001", "message": "1", "token": "t"}),
        json.dumps({"type": "press", "key": "key-00001", "message": 10**30, "token": "t"}),
        json.dumps({"type": "press", "key": "key-00001", "message": True, "token": "t"}),
        json.dumps({"type": "press", "key": "key-00001", "message": 1, "token": "t" * 65}),
        json.dumps({"type": "fly", "key": "key-00001"}),
    ],
)
async def test_nonsense_is_refused_and_the_talk_goes_on(service: Stand, frame: str) -> None:
    async with browser(service) as client, opened(client) as page:
        await page.wire.send_str(frame)
        await page.until("refused")
        await page.wire.send_bytes(b"\x00\xff")
        await page.until("refused")
        await page.until("stored", key=await page.say("还在"))
    assert [event.text for event in service.office.of(Kind.TEXT)] == ["还在"]


@pytest.mark.parametrize(
    "text", ["😀" * 2000, "家👨‍👩‍👧‍👦", "a\u0301", "长" * 4000, "<script>alert(1)</script>", "'; drop table webmessage; --"]
)
async def test_any_words_arrive_as_they_are(service: Stand, text: str) -> None:
    service.office.silent = True
    async with browser(service) as client, opened(client) as page:
        await page.until("stored", key=await page.say(text))
        assert (await page.line(1))["body"]["text"] == text
    assert service.office.of(Kind.TEXT)[0].text == text


async def test_half_a_character_does_not_stop_a_message(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        await page.wire.send_str('{"type":"say","key":"surrogate-1","text":"半\\ud800个\\u202e字\\u0007"}')
        await page.until("stored", key="surrogate-1")
    assert service.office.of(Kind.TEXT)[0].text == "半个字"


def test_clean_keeps_lines_and_joined_signs() -> None:
    assert clean("一\r\n二\t三\r四\x00\u2066五\u200d") == "一\n二\t三\n四五\u200d"


async def test_whatever_a_page_names_arrives_without_halves_and_signs_nobody_sees(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        for type, name in {"press": "token", "form": "code", "language": "language"}.items():
            key = f"{type}-00001"
            await page.wire.send_json({"type": type, "key": key, "message": 1, name: "a\ud800b\0c"})
            await page.until("stored", key=key)
    acts = service.office.of(Kind.PRESS) + service.office.of(Kind.COMMAND)
    assert [act.press or act.text for act in acts] == ["abc"] * 3


async def test_a_hello_in_half_a_language_is_greeted(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with client.ws_connect("/chat/socket") as wire:
            await Page(wire).hello(chat, language="zh\ud800")
    assert [event.language for event in service.office.of(Kind.JOINED)] == ["zh"]


async def test_a_frame_too_large_ends_only_its_own_socket(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as other:
            async with client.ws_connect("/chat/socket") as wire:
                page = Page(wire)
                await page.hello(chat)
                with contextlib.suppress(ConnectionError):
                    await page.say("长" * 100_000)
                assert await page.end() == 1009
            await other.until("stored", key=await other.say("还在"))


async def test_a_socket_that_does_not_say_hello_is_closed(service: Stand) -> None:
    async with browser(service) as client:
        await session(client)
        async with client.ws_connect("/chat/socket") as wire:
            await wire.send_json({"type": "say", "key": "key-00001", "text": "x"})
            assert await Page(wire).end() == 1008


async def test_too_many_pages_of_one_session_are_sent_away(service: Stand) -> None:
    async with browser(service) as client, contextlib.AsyncExitStack() as stack:
        chat = await session(client)
        for _ in range(SOCKETS):
            await stack.enter_async_context(opened(client, chat))
        async with client.ws_connect("/chat/socket") as wire:
            assert await Page(wire).end() == 1013


async def test_too_many_messages_wait_and_none_is_lost(service: Stand) -> None:
    async with browser(service) as client, opened(client) as page:
        for number in range(30):
            await page.until("stored", key=await page.say(str(number)))
        key = await page.say("一个太快")
        later = await page.until("later", key=key)
        assert 0 < later["after"] <= 60
        service.clock.at += timedelta(seconds=later["after"])
        await page.say("一个太快", key)
        await page.until("stored", key=key)


@pytest.mark.parametrize("frame", ['{"type": "ping"}', "["])
async def test_who_floods_us_is_sent_away(tmp_path: Path, frame: str) -> None:
    async with stand(tmp_path, messages_per_minute=1) as service, browser(service) as client:
        async with opened(client) as page:
            for _ in range(11):
                await page.wire.send_str(frame)
            assert await page.end() == WSCloseCode.POLICY_VIOLATION
        service.clock.at += timedelta(minutes=1)
        async with opened(client) as page:
            await page.until("stored", key=await page.say("又来了"))


@pytest.mark.parametrize("cookie", ["", "nonsense", "a.b", "..", "x" * 5000, "{chat}.guess", "{chat}.", "' or 1=1.x"])
async def test_a_forged_cookie_opens_nothing_and_gets_a_new_session(service: Stand, cookie: str) -> None:
    async with browser(service) as owner:
        chat = await session(owner)
    headers = {"Origin": service.address, "Cookie": f"zhice={cookie.format(chat=chat)}"}
    async with ClientSession(service.address, headers=headers) as thief:
        async with thief.ws_connect("/chat/socket") as wire:
            assert await Page(wire).end() == NO_SESSION
        assert await session(thief) != chat


@pytest.mark.parametrize(
    "origin", [None, "", "null", "https://evil.example", "http://127.0.0.1", "http://127.0.0.1.evil.example", "http://["]
)
async def test_another_page_is_refused_everywhere(service: Stand, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with ClientSession(service.address, headers=headers) as client:
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect("/chat/socket")
        assert refused.value.status == 403
        for path in ("/chat/session", "/chat/new"):
            async with client.post(path) as answer:
                assert answer.status == 403


async def test_an_address_gets_ten_new_sessions_an_hour(service: Stand) -> None:
    async def fresh(address: str = "203.0.113.7") -> int:
        async with browser(service) as client, client.post("/chat/session", headers={"X-Forwarded-For": f"6.6.6.6, {address}"}) as answer:
            if answer.status == 429:
                assert int(answer.headers["Retry-After"]) > 0
            return answer.status

    assert [await fresh() for _ in range(11)] == [200] * 10 + [429]
    assert await fresh("203.0.113.8") == 200
    assert [await fresh(f"2001:db8::{number}") for number in range(1, 12)][-1] == 429
    service.clock.at += timedelta(minutes=61)
    assert await fresh() == 200


async def test_who_has_a_session_keeps_it_beyond_the_limit(tmp_path: Path) -> None:
    async with stand(tmp_path, sessions_per_hour=1) as service, browser(service) as client:
        first = await session(client)
        assert [await session(client) for _ in range(3)] == [first] * 3


async def test_clearing_deletes_the_conversation_and_begins_another(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as page:
            await page.until("stored", key=await page.say("秘密"))
            async with client.post("/chat/new") as answer:
                assert answer.status == 200
                fresh = (await answer.json())["chat"]
            assert await page.end() == ENDED
        assert fresh != chat
        assert await session(client) == fresh
        async with service.database.read() as connection:
            assert await chats.since(connection, chat, 0, 10) == []
            assert await chats.secret_of(connection, chat) == ""
        assert isinstance(await service.office.say(chat, "迟到的回答"), Gone)
    assert service.office.of(Kind.LEFT)[0].where.chat == chat


async def test_a_page_whose_conversation_was_deleted_elsewhere_begins_anew(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        async with opened(client, chat) as page:
            await service.database.write(lambda connection: chats.end(connection, chat))
            assert isinstance(await service.office.say(chat, "您的数据已删除"), Gone)
            assert await page.end() == ENDED


async def test_clearing_that_cannot_be_noted_deletes_nothing(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        await service.office.say(chat, "一")
        service.office.closed = True
        async with client.post("/chat/new") as answer:
            assert answer.status == 503
        assert await session(client) == chat
        async with service.database.read() as connection:
            assert len(await chats.since(connection, chat, 0, 10)) == 1


async def test_a_stop_sends_pages_away_with_a_hint_and_they_find_everything_again(tmp_path: Path) -> None:
    office = Office()
    async with contextlib.AsyncExitStack() as stack:
        client = await stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        async with stand(tmp_path, office=office) as service:
            headers = {"Origin": service.address}
            async with client.post(f"{service.address}/chat/session", headers=headers) as answer:
                chat = (await answer.json())["chat"]
            page = Page(await client.ws_connect(f"{service.address}/chat/socket", headers=headers))
            await page.hello(chat)
            await page.until("stored", key=await page.say("重启前"))
            ending = asyncio.create_task(page.end())
        assert await ending == 1012
        async with stand(tmp_path, office=office) as service:
            headers = {"Origin": service.address}
            async with client.ws_connect(f"{service.address}/chat/socket", headers=headers) as wire:
                page = Page(wire)
                await page.hello(chat)
                await page.until("current")
                assert [line["author"] for line in page.lines] == ["person", "office"]


async def test_a_database_that_fails_makes_an_answer_wait(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
    await service.database.write(lambda on: on.run_sync(METADATA.tables["webmessage"].drop))
    assert isinstance(await service.office.say(chat, "一"), Later)


async def test_a_conversation_not_seen_for_long_is_forgotten(service: Stand) -> None:
    async with browser(service) as client:
        old = await session(client)
        await service.office.say(old, "一")
    later = NOON + chats.KEEP + timedelta(minutes=1)
    async with browser(service) as client:
        service.clock.at = later
        new = await session(client)
    assert await let_go(service.database, chats.passing(later)) == 2, "the line and the session"
    async with service.database.read() as connection:
        assert (await chats.secret_of(connection, old), await chats.since(connection, old, 0, 9)) == ("", [])
        assert await chats.secret_of(connection, new)


@pytest.mark.parametrize(
    ("options", "policy"),
    [
        ({}, r"zhice=\S+; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax"),
        ({"public_url": "https://zhice.example"}, r"__Host-zhice=\S+; Path=/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax"),
        (
            {"public_url": "https://zhice.example", "embed_origins": ("https://office.example",)},
            r"__Host-zhice=\S+; Path=/; Max-Age=\d+; HttpOnly; Secure; SameSite=None; Partitioned",
        ),
    ],
)
async def test_the_cookie_is_as_strict_as_its_place_allows(tmp_path: Path, options: dict[str, Any], policy: str) -> None:
    async with stand(tmp_path, **options) as service, browser(service) as client, client.post("/chat/session") as answer:
        written = answer.headers["Set-Cookie"]
        assert re.fullmatch(policy, written)
        secret = written.partition(".")[2].partition(";")[0]
        async with service.database.read() as connection:
            assert secret not in await chats.secret_of(connection, (await answer.json())["chat"])


async def test_the_public_address_is_our_own_page_behind_a_proxy(tmp_path: Path) -> None:
    async with stand(tmp_path, public_url="https://zhice.example") as service:
        async with ClientSession(service.address, headers={"Origin": "https://zhice.example"}) as client:
            assert await session(client)
        async with (
            ClientSession(service.address, headers={"Origin": "http://zhice.example"}) as client,
            client.post("/chat/session") as answer,
        ):
            assert answer.status == 403


async def test_old_lines_go_and_numbers_are_never_used_twice(service: Stand) -> None:
    async with browser(service) as client:
        chat = await session(client)
        for word in "一二":
            await service.office.say(chat, word)
        service.clock.at += chats.KEEP - timedelta(days=1)
        async with opened(client, chat):
            pass
        service.clock.at += timedelta(days=2)
        now = service.clock.at
        assert await let_go(service.database, chats.passing(now)) == 2, "one line, and the words of the last"
        async with service.database.read() as connection:
            assert [line.number for line in await chats.since(connection, chat, 0, 9)] == [2]
        assert await service.office.say(chat, "三") == Sent("3")


def test_pace_forgets_the_silent() -> None:
    clock = FixedClock(NOON)
    pace = Pace(clock, 1, timedelta(hours=1))
    for number in range(10_000):
        pace.wait(str(number))
    clock.at += timedelta(hours=2)
    pace.wait("late")
    assert len(pace._times) == 1


async def test_health_says_alive_always_and_ready_when_nothing_is_wrong(service: Stand) -> None:
    async with ClientSession(service.address) as client:
        async with client.get("/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "problems": []})
        service.problems.append("the database is away")
        async with client.get("/readyz") as answer:
            assert (answer.status, await answer.json()) == (503, {"ready": False, "problems": ["the database is away"]})
        async with client.get("/livez") as answer:
            assert answer.status == 200


async def test_what_is_ours_to_mend_is_told_as_such(service: Stand) -> None:
    async with browser(service) as client:
        await service.database.write(lambda on: on.execute(text("drop table websession")))
        async with client.post("/chat/session") as answer:
            assert (answer.status, await answer.json()) == (500, {"problem": "internal"})


async def test_a_full_disk_is_told_as_a_thing_of_the_moment(tmp_path: Path) -> None:
    async with (
        stand(tmp_path, sessions_per_hour=1000) as service,
        ClientSession(service.address, headers={"Origin": service.address}) as client,
    ):
        await service.database.write(lambda on: on.execute(text("pragma max_page_count = 1")))
        for _ in range(1000):
            async with client.post("/chat/session") as answer:
                told = answer.status, await answer.json()
            if told[0] != 200:
                break
            client.cookie_jar.clear()
        assert told == (503, {"problem": "unavailable"})


@pytest.mark.parametrize(("wish", "language"), [("", "zh-CN"), ("en-GB,en;q=0.9", "en"), ("zh-HK", "zh-TW"), ("fr", "zh-CN")])
async def test_the_page_speaks_the_browsers_language(service: Stand, wish: str, language: str) -> None:
    async with ClientSession(service.address, headers={"Accept-Language": wish}) as client, client.get("/") as answer:
        assert f'<html lang="{language}">' in await answer.text()


async def test_a_chosen_language_is_kept(service: Stand) -> None:
    async with ClientSession(service.address, cookie_jar=CookieJar(unsafe=True)) as client:
        for path in ("/?lang=en", "/"):
            async with client.get(path) as answer:
                assert '<html lang="en">' in await answer.text()


async def test_the_page_allows_only_what_is_ours(tmp_path: Path) -> None:
    async with stand(tmp_path, embed_origins=("https://office.example",)) as service, ClientSession(service.address) as client:
        async with client.get("/", params={"lang": '"><script>', "q": "<script>alert(1)</script>"}) as answer:
            body, policy = await answer.text(), answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "<script>alert" not in body
        assert "default-src 'none'" in policy
        assert "'unsafe" not in policy
        assert "frame-ancestors 'self' https://office.example" in policy
        assert not re.search(r'(src|href)="(https?:)?//', body)
        assert not re.search(r'\son\w+="|\sstyle="', body)
        for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', body):
            async with client.get(path) as answer:
                assert answer.status == 200
                assert "immutable" in answer.headers["Cache-Control"]
                assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_embed_script_may_be_used_by_other_sites_and_is_asked_for_cheaply(service: Stand) -> None:
    async with ClientSession(service.address) as client:
        async with client.get("/embed.js") as answer:
            assert answer.content_type == "text/javascript"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert json.dumps("打开政策问答") in await answer.text()
            tag = answer.headers["ETag"]
        async with client.get("/embed.js", headers={"If-None-Match": tag}) as answer:
            assert answer.status == 304


@pytest.mark.parametrize("path", ["/nowhere", "/static/x/chat.html", "/static/x/..%2f__init__.py", "/static/x/__init__.py"])
async def test_what_is_not_there_is_said_kindly(service: Stand, path: str) -> None:
    async with (
        ClientSession(service.address, headers={"Accept": "text/html", "Accept-Language": "en"}) as client,
        client.get(path) as answer,
    ):
        assert answer.status == 404
        assert "There is no such page" in await answer.text()


async def test_a_closing_server_takes_no_new_socket(service: Stand) -> None:
    async with browser(service) as client:
        await session(client)
        await service.chat.stop()
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect("/chat/socket")
        assert refused.value.status == 503


# ---- what goes along ----

POSTER = Enclosed("e1", "海报.png", "png", 4, "", width=8, height=6)
PAPER = Enclosed("e2", "通知 1.pdf", "pdf", 4, "")


async def _goes_along(id: str) -> tuple[Enclosed, bytes] | None:
    assert id.isalnum(), "a database may refuse anything else"
    return {"e1": (POSTER, b"\x89PNG"), "e2": (PAPER, b"%PDF")}.get(id)


async def test_what_goes_along_is_in_the_line_and_given_to_whoever_has_a_conversation(tmp_path: Path) -> None:
    async with stand(tmp_path, enclosed=_goes_along) as service, browser(service) as client:
        async with client.get("/chat/enclosed/e1") as answer:
            assert answer.status == 404, "without a conversation nothing is given"
        chat = await session(client)
        for number, enclosed in enumerate((POSTER, PAPER), 1):
            message = Outgoing(f"n{number}", Where(PLATFORM, "office", chat), (Block((Span("请看"),)),), enclosed=enclosed)
            assert await service.chat.send(message) == Sent(str(number))
        async with client.get("/chat/enclosed/e1") as answer:
            assert (answer.status, await answer.read(), answer.content_type) == (200, b"\x89PNG", "image/png")
            assert answer.headers["Content-Disposition"].startswith("inline")
        async with client.get("/chat/enclosed/e2") as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for other in ("e3", "%00", "%FF", "..%2Fe1"):
            async with client.get(URL(f"/chat/enclosed/{other}", encoded=True)) as answer:
                assert answer.status == 404
        async with client.ws_connect("/chat/socket") as wire:
            page = Page(wire)
            await page.hello()
            bodies = [(await page.line(number))["body"]["enclosed"] for number in (1, 2)]
    assert [(body["name"], body["shown"]) for body in bodies] == [("海报.png", True), ("通知 1.pdf", False)]


async def spoken(port: int, request: bytes) -> bytes:
    """All that is answered to these bytes, until the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        async with asyncio.timeout(PATIENCE):
            return await reader.read()
    finally:
        writer.close()


async def test_a_cookie_that_is_no_text_gets_a_new_session(service: Stand) -> None:
    host = f"127.0.0.1:{service.port}"
    head = f"POST /chat/session HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n".encode()
    assert b" 200 " in await spoken(service.port, head + b"Cookie: zhice=\xff\xfe.x\r\n\r\n")


WELL = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
MALFORMED = {
    "no http": b"\x16\x03\x01\x02\x00\r\n\r\n",
    "a version there is not": b"GET /hunter2 HTTP/9.9\r\n\r\n",
    "a cookie with a zero": b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: zhice=hunter2\0\r\n\r\n",
    "a cookie too long": b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: zhice=hunter2" + b"a" * 20_000 + b"\r\n\r\n",
    "no colon": b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Telegram-Bot-Api-Secret-Token hunter2\r\n\r\n",
    "not packed as it says": WELL.replace(b"GET", b"POST").strip() + b"\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nhunter2",
}


@pytest.mark.parametrize("request_", [WELL, *MALFORMED.values()], ids=["a page", *MALFORMED])
async def test_no_answer_tells_what_serves_it(service: Stand, request_: bytes) -> None:
    answer = await spoken(service.port, request_)
    assert b"\r\nServer: Zhice\r\n" in answer
    assert b"aiohttp" not in answer
    assert b"Python" not in answer


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
async def test_what_comes_in_a_wrong_form_is_not_in_the_log(service: Stand, request_: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert b" 40" in await spoken(service.port, request_)
    assert "hunter2" not in caplog.text
    assert "127.0.0.1" not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: local", WELL.replace(b"Connection: close\r\n", b"")])
async def test_a_connection_that_brings_no_whole_request_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, begun: bytes) -> None:
    monkeypatch.setattr("bot.web.IDLE", 0.1)
    async with stand(tmp_path) as service:
        await spoken(service.port, begun)

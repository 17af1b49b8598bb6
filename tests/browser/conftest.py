"""A chat with a small office behind it, and a browser in front of it. All on loopback; everything ends with the tests."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

import bot.storage.tables  # noqa: F401  # declares the tables
from bot.adapters.webchat import WebChat
from bot.core.clock import SystemClock
from bot.core.errors import NotAccepted
from bot.core.message import Block, Button, Enclosed, Incoming, Kind, Outgoing, Span
from bot.pages import Pages
from bot.storage.all_tables import METADATA
from bot.storage.arrivals import Arrivals
from bot.storage.database import Database
from bot.web import application, listening
from bot.words import Words
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.secret import master

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"

TITLE = Span("深圳市专利申请资助管理办法", bold=True)
PLACE = Span("深圳市 · 市级 · 2024年3月1日起施行 · 第九条")
BEFORE = Span("第九条 申请人应当自专利授权公告之日起一年内提出资助申请。")
ANSWER = Span("国内发明专利授权后,每件资助不超过2500元,同一申请人年度资助总额不超过100万元。", bold=True)
AFTER = Span("逾期未提出的,不予资助。")
NOTICE = Span("来源:深圳市市场监督管理局,2024年2月发布。申请窗口以当年通知为准。")


class Office:
    """An intake that answers by itself: a greeting, then an answer card for each question, and another wording for each press."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.closed = False
        self.may_answer = asyncio.Event()
        """Cleared, questions wait for their answers."""
        self.may_answer.set()
        self.chat: WebChat | None = None
        self.title = TITLE
        self.examples: tuple[str, ...] = ()
        self._known: set[str] = set()
        self._answers: set[asyncio.Task[object]] = set()

    async def accept(self, events: Sequence[Incoming], *, position: str = "") -> None:
        if self.closed:
            raise NotAccepted
        for event in events:
            if event.event in self._known:
                continue
            self._known.add(event.event)
            self.heard.append(event)
            task = asyncio.create_task(self._answer(event))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def position(self, platform: str, account: str) -> str:
        return ""

    async def _answer(self, event: Incoming) -> object:
        assert self.chat is not None
        if event.kind is not Kind.JOINED:
            await self.may_answer.wait()
        answer = self._words(event)
        return answer and await self.chat.send(answer)

    def _words(self, event: Incoming) -> Outgoing | None:
        key, where = f"answer:{event.event}", event.where
        match event.kind:
            case Kind.JOINED:
                hello = Block((Span("您好,我是知策。请告诉我想了解的政策,最好说明城市,例如「深圳发明专利资助多少钱」。"),))
                examples = tuple(Button(example, f"example.{number}") for number, example in enumerate(self.examples))
                return Outgoing(key, where, (hello,), examples, language=event.language)
            case Kind.PRESS if event.press == "context":
                longer = Block((BEFORE, ANSWER, AFTER, Span("\n第十条 资助资金应当专款专用。")), quote=True)
                changed = (Block((self.title,)), Block((PLACE,)), longer)
                return Outgoing(key, where, changed, (Button("收起", "less"),), edit=event.message, language=event.language)
            case Kind.TEXT:
                quote = Block((BEFORE, ANSWER, AFTER), quote=True)
                buttons = (Button("原文上下文", "context"), Button("相关条款", "related"), Button("换个地区", "region"))
                card = (Block((self.title,)), Block((PLACE,)), quote, Block((NOTICE,)))
                return Outgoing(key, where, card, buttons, language=event.language)
            case Kind.LEFT:
                return None
            case _:
                return Outgoing(key, where, (Block((Span("好的。"),)),), language=event.language)


POSTER = Enclosed("poster", "海报.png", "png", 0, "", width=240, height=160)
PAPER = Enclosed("paper", "申报指南.pdf", "pdf", 2_400_000, "")


async def _enclosed(id: str) -> tuple[Enclosed, bytes] | None:
    picture = Path(__file__).parents[1] / "flows" / "files" / "poster.png"
    return {"poster": (POSTER, picture.read_bytes()), "paper": (PAPER, b"%PDF-1.7")}.get(id)


class Service:
    """The program as far as a browser sees it; can be stopped and started on the same port and database."""

    goes_along = POSTER, PAPER

    def __init__(self, folder: Path) -> None:
        self.office = Office()
        self.port = free_port()
        self._folder = folder
        self._url = f"sqlite+aiosqlite:///{folder / 'web.db'}"
        self._stack = contextlib.AsyncExitStack()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def start(self) -> None:
        database = Database(self._url, master())
        await database.open()
        self._stack.push_async_callback(database.close)
        await database.write(lambda on: on.run_sync(METADATA.create_all))
        chat = WebChat(
            database, self.office, SystemClock(), Arrivals(self._folder / "arrivals"), sessions_per_hour=1000, enclosed=_enclosed
        )
        self.office.chat = chat
        web = application(pages=Pages(Words.open()), ready=_ready, parts=[chat])
        self.port = await self._stack.enter_async_context(listening(web, "127.0.0.1", self.port, patience=PATIENCE))

    async def stop(self) -> None:
        await self._stack.aclose()


async def _ready() -> list[str]:
    return []


@pytest_asyncio.fixture(loop_scope="session")
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    service = Service(tmp_path)
    await service.start()
    try:
        yield service
    finally:
        await service.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed (pip install -e '.[dev]')")
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip(f"no Chromium at {CHROMIUM}: install it to run the browser tests")
    playwright.expect.set_options(timeout=1000 * PATIENCE)
    async with playwright.async_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=arguments, timeout=1000 * PATIENCE)
        try:
            yield browser
        finally:
            await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_context(browser: Browser) -> AsyncIterator[Callable[..., Awaitable[BrowserContext]]]:
    """Makes contexts that wait long; they end with the test."""
    made: list[BrowserContext] = []

    async def make(**options: Any) -> BrowserContext:
        context = await browser.new_context(reduced_motion="reduce", **options)
        made.append(context)
        context.set_default_timeout(1000 * PATIENCE)
        return context

    yield make
    for context in made:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(new_context: Callable[..., Awaitable[BrowserContext]]) -> BrowserContext:
    return await new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, service: Service) -> Page:
    """The chat, opened and connected."""
    page = await context.new_page()
    await page.goto(service.address)
    await page.locator(".office").first.wait_for()
    return page

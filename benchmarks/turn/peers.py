"""What people would run in our place, each a process of its own.

python -m benchmarks.turn.peers NAME --api URL --port PORT --folder FOLDER

All answer a text with itself and a button, and a press with a word on the button and the same again. Storage, where there is one: an
SQLite file in WAL mode, every commit on the disk (`synchronous=FULL`). `sqlmodel`: one commit an update, for the conversation and the
reply; a crash loses what waits in memory, and nobody knows what was sent. `durable`: our steps with the same sessions; but their webhooks
acknowledge an update before any code of the bot's has seen it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from benchmarks.turn.wire import SECRET, TOKEN

PATH = "/telegram/webhook"
BUTTON = {"inline_keyboard": [[{"text": "again", "callback_data": "again"}]]}
DURABLE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=10000")


Noting = Callable[[int, int, str], contextlib.AbstractAsyncContextManager[None]]
"""An update of a chat and its text; left once the reply has been sent."""
Storage = Callable[[Path], contextlib.AbstractAsyncContextManager[Noting]]


@contextlib.asynccontextmanager
async def unstored(_folder: Path) -> AsyncIterator[Noting]:
    """Nothing is kept."""
    yield lambda _update, _chat, _text: contextlib.nullcontext()


@contextlib.asynccontextmanager
async def sessions(folder: Path) -> AsyncIterator[Noting]:
    """A SQLModel session for each update: the conversation read and written, the reply noted, one commit."""
    from sqlmodel.ext.asyncio.session import AsyncSession

    @contextlib.asynccontextmanager
    async def note(_update: int, chat: int, text: str) -> AsyncIterator[None]:
        # SQLite writes one at a time; without the lock updates handled side by side end in "database is locked".
        async with writing, AsyncSession(engine) as session:
            session.add(await tables.conversation(session, chat))
            session.add(tables.Message(chat=chat, text=text))
            await session.commit()
        yield

    writing = asyncio.Lock()
    async with _engine(folder) as (engine, tables):
        yield note


@contextlib.asynccontextmanager
async def durable(folder: Path) -> AsyncIterator[Noting]:
    """A SQLModel session for each update, and our steps: stored before it is handled, the reply noted before and after it is sent."""
    from sqlmodel.ext.asyncio.session import AsyncSession

    @contextlib.asynccontextmanager
    async def note(update: int, chat: int, text: str) -> AsyncIterator[None]:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            async with writing:
                event = tables.Event(id=update, chat=chat, text=text)
                session.add(event)
                await session.commit()
            async with writing:
                event.state, event.text = "done", ""
                session.add(await tables.conversation(session, chat))
                reply = tables.Message(chat=chat, text=text, state="sending")
                session.add(reply)
                await session.commit()
            yield
            async with writing:
                reply.state, reply.text = "sent", ""
                await session.commit()

    writing = asyncio.Lock()
    async with _engine(folder) as (engine, tables):
        yield note


@contextlib.asynccontextmanager
async def _engine(folder: Path) -> AsyncIterator[tuple[Any, Any]]:
    """The engine, and the tables in it."""
    from sqlalchemy import event
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlmodel import SQLModel

    from benchmarks.turn import models

    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'peer.db'}")

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in DURABLE:
            cursor.execute(pragma)
        cursor.close()

    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    yield engine, models
    await engine.dispose()


def python_telegram_bot(given: argparse.Namespace, storage: Storage, concurrent: bool) -> None:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("again", callback_data="again")]])
    kept = contextlib.AsyncExitStack()
    note: dict[str, Any] = {}

    async def begun(_application: Any) -> None:
        note["it"] = await kept.enter_async_context(storage(Path(given.folder)))

    async def ended(_application: Any) -> None:
        await kept.aclose()

    async def say(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat
        assert update.effective_message
        text = update.effective_message.text or "again"
        async with note["it"](update.update_id, update.effective_chat.id, text):
            if update.callback_query:
                await update.callback_query.answer("ok")
            await context.bot.send_message(update.effective_chat.id, text, reply_markup=keyboard)

    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{given.api}/bot")
        .concurrent_updates(concurrent)
        .post_init(begun)
        .post_shutdown(ended)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, say))
    application.add_handler(CallbackQueryHandler(say))
    application.run_webhook(
        "127.0.0.1",
        given.port,
        PATH,
        webhook_url=f"http://127.0.0.1:{given.port}{PATH}",
        secret_token=SECRET,
        allowed_updates=Update.ALL_TYPES,
    )


def aiogram(given: argparse.Namespace, storage: Storage) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
    from aiohttp import web

    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="again", callback_data="again")]])
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(given.api)))
    dispatcher = Dispatcher()
    note: dict[str, Any] = {}

    @dispatcher.message()
    async def said(message: Message, event_update: Update) -> None:
        async with note["it"](event_update.update_id, message.chat.id, message.text or ""):
            await bot.send_message(message.chat.id, message.text or "again", reply_markup=keyboard)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery, event_update: Update) -> None:
        assert query.message
        async with note["it"](event_update.update_id, query.message.chat.id, "again"):
            await query.answer("ok")
            await bot.send_message(query.message.chat.id, "again", reply_markup=keyboard)

    async def kept(_application: web.Application) -> AsyncIterator[None]:
        async with storage(Path(given.folder)) as note["it"]:
            yield

    application = web.Application()
    application.cleanup_ctx.append(kept)
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(application, PATH)
    setup_application(application, dispatcher, bot=bot)
    web.run_app(application, host="127.0.0.1", port=given.port, access_log=None, print=None)


class Writer:
    """One connection and one thread for its commits: what arrives while a commit is on goes into the next."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in DURABLE:
            self._connection.execute(pragma)
        self._connection.execute("create table inbox (id integer primary key, event text unique, chat text, body text, state text)")
        self._connection.execute("create table conversation (chat text primary key, state text, offer text)")
        self._connection.execute("create table offer (token text primary key, chat text, choices text)")
        self._connection.execute(
            "create table outbox (id integer primary key, event text unique, chat text, body text, state text, message text)"
        )
        self._waiting: list[tuple[list[tuple[str, tuple[Any, ...]]], asyncio.Future[None]]] = []
        self._new = asyncio.Event()

    def first(self, statement: str, values: tuple[Any, ...]) -> Any:
        return self._connection.execute(statement, values).fetchone()

    def write(self, *statements: tuple[str, tuple[Any, ...]]) -> asyncio.Future[None]:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((list(statements), done))
        self._new.set()
        return done

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._new.wait()
            self._new.clear()
            batch, self._waiting = self._waiting, []
            self._connection.execute("begin immediate")
            for statements, _ in batch:
                for statement, values in statements:
                    self._connection.execute(statement, values)
            await loop.run_in_executor(None, self._connection.execute, "commit")
            for _, done in batch:
                done.set_result(None)


SITUATION = """select conversation.state, offer.choices from (select 1) left join conversation on conversation.chat = ?
left join offer on offer.token = coalesce(?, conversation.offer)"""


def bare(given: argparse.Namespace) -> None:
    """An aiohttp handler and nothing else, with our input and output: each row we read or write, and each request, but nothing else."""
    from aiohttp import ClientSession, DummyCookieJar, TCPConnector, web

    tasks: set[asyncio.Task[None]] = set()

    async def handle(update: dict[str, Any], writer: Writer, session: ClientSession) -> None:
        query = update.get("callback_query")
        message = query["message"] if query else update["message"]
        event, chat, text = str(update["update_id"]), str(message["chat"]["id"]), message.get("text", "again")
        writer.first(SITUATION, (chat, query["data"] if query else None))
        token = secrets.token_urlsafe(12)
        await writer.write(
            ("update inbox set state = 'done', body = '' where event = ?", (event,)),
            (
                "insert into conversation values (?, ?, ?) on conflict do update set state = excluded.state, offer = excluded.offer",
                (chat, text, token),
            ),
            ("insert into offer values (?, ?, ?)", (token, chat, text)),
            ("insert into outbox (event, chat, body, state) values (?, ?, ?, 'pending')", (event, chat, text)),
        )
        await writer.write(("update outbox set state = 'sending' where event = ?", (event,)))
        if query:
            async with session.post("answerCallbackQuery", json={"callback_query_id": query["id"], "text": "ok"}) as response:
                await response.read()
        async with session.post("sendMessage", json={"chat_id": chat, "text": text, "reply_markup": BUTTON}) as response:
            sent = json.loads(await response.read())["result"]["message_id"]
        await writer.write(("update outbox set state = 'sent', message = ?, body = '' where event = ?", (str(sent), event)))

    async def receive(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=401)
        body = await request.read()
        update = json.loads(body)
        message = update["message"] if "message" in update else update["callback_query"]["message"]
        row = (str(update["update_id"]), str(message["chat"]["id"]), body.decode())
        await request.app["writer"].write(("insert or ignore into inbox (event, chat, body, state) values (?, ?, ?, 'new')", row))
        task = asyncio.create_task(handle(update, request.app["writer"], request.app["session"]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return web.Response()

    async def kept(application: web.Application) -> AsyncIterator[None]:
        application["writer"] = Writer(Path(given.folder) / "bare.db")
        async with ClientSession(f"{given.api}/bot{TOKEN}/", connector=TCPConnector(limit=256), cookie_jar=DummyCookieJar()) as application[
            "session"
        ]:
            task = asyncio.create_task(application["writer"].run())
            yield
            task.cancel()

    application = web.Application()
    application.cleanup_ctx.append(kept)
    application.add_routes([web.post(PATH, receive)])
    import uvloop

    web.run_app(application, host="127.0.0.1", port=given.port, access_log=None, print=None, loop=uvloop.new_event_loop())


PEERS: dict[str, Callable[[argparse.Namespace], None]] = {
    "ptb": lambda given: python_telegram_bot(given, unstored, concurrent=False),
    "ptb-concurrent": lambda given: python_telegram_bot(given, unstored, concurrent=True),
    "ptb-sqlmodel": lambda given: python_telegram_bot(given, sessions, concurrent=False),
    "ptb-durable": lambda given: python_telegram_bot(given, durable, concurrent=False),
    "aiogram-sqlmodel": lambda given: aiogram(given, sessions),
    "aiogram-durable": lambda given: aiogram(given, durable),
    "bare": bare,
}
NEEDS = {
    "ptb": ("telegram.ext", "httpx", "tornado"),
    "ptb-concurrent": ("telegram.ext", "httpx", "tornado"),
    "ptb-sqlmodel": ("telegram.ext", "httpx", "tornado", "sqlmodel", "aiosqlite"),
    "ptb-durable": ("telegram.ext", "httpx", "tornado", "sqlmodel", "aiosqlite"),
    "aiogram-sqlmodel": ("aiogram", "sqlmodel", "aiosqlite"),
    "aiogram-durable": ("aiogram", "sqlmodel", "aiosqlite"),
    "bare": ("aiohttp", "uvloop"),
}
"""What each must be able to import."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(PEERS))
    parser.add_argument("--api", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", required=True)
    given = parser.parse_args()
    PEERS[given.name](given)


if __name__ == "__main__":
    main()

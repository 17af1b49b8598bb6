"""One process of the service: runs what `bot.app` builds, and closes it in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import text

from bot.adapters.terminal import Terminal
from bot.app import Core, cache_of, core, open_knowledge, telegram_of, web_chat_of
from bot.checked import unless_known
from bot.core.errors import ConfigurationError
from bot.core.later import later
from bot.core.message import ChatKind, Text
from bot.core.platform import Adapter
from bot.intake import Consumer
from bot.outbox import ledger, report, troubles
from bot.outbox.report import Alert, Stats
from bot.outbox.sender import Sender
from bot.settings import Settings
from bot.storage import inbox
from bot.storage.database import Database, job_of
from bot.words import LANGUAGES
from bot.worker import Duties, Duty, Nursery, pause
from handlers.routes import MENU
from handlers.turn import Turns
from knowledge.lookup import Knowledge

if TYPE_CHECKING:
    from bot import upkeep
    from bot.adapters.telegram import Menu, Telegram
    from bot.adapters.webchat import WebChat
    from reminders import alerts
else:
    (upkeep,) = later("bot", "upkeep")
    (alerts,) = later("reminders", "alerts")

log = structlog.get_logger(__name__)

SETTLE = timedelta(seconds=3)
"""After the start: until then nothing but messages is seen to."""
ROOM = timedelta(milliseconds=4)
"""Between two passages that are read beforehand, so that the first messages need not wait for all of them."""
YOUNG = 10_000
"""New objects after which garbage is looked for. The interpreter's own 700 are one turn: a twentieth of its time went into looking."""
PATIENCE = timedelta(seconds=10)
"""What is in flight gets this long at the end."""
TASKS = 2
"""Duties for one account: to handle what comes in, to send what goes out."""
RELEASE = 3.0
"""Seconds for giving back the leases: a locked database must not keep us from ending. They end by themselves, too."""


class Service:
    """One process: web, worker, or both. `run` returns after a stop was asked for and everything is down."""

    def __init__(self, core: Core, *, web: bool, work: bool, settle: timedelta = SETTLE) -> None:
        self._core, self._rest = core, settle
        self._web = web
        self._work = work
        self._nursery = Nursery()
        self._duties = Duties(core.database, core.clock)
        self._upkeep: upkeep.Upkeep | None = None
        self._intake_stop = asyncio.Event()
        self._work_stop = asyncio.Event()
        self.stop = asyncio.Event()

    async def run(self, started: Callable[[str], None] | None = None) -> None:
        chat = web_chat_of(self._core)
        telegram = self._telegram()
        adapters: list[Adapter] = [chat, *([telegram] if telegram else [])]
        knowledge: Knowledge | None = None
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._nursery.close, PATIENCE)
            if telegram:
                await telegram.start()
                stack.push_async_callback(telegram.close)
            if self._work:
                knowledge = self._begin_work(adapters)
                stack.push_async_callback(self._end_work)
            if self._core.settings.metrics_port:
                await stack.enter_async_context(self._figures())
            if self._web:
                port = await stack.enter_async_context(self._pages(chat, telegram))
                if started:
                    started(f"http://{shown(self._core.settings.host)}:{port}")
            if telegram:
                await self._begin_intake(telegram)
            settling = self._nursery.start("settle", self._settle(adapters, telegram, knowledge))
            # Without its upkeep nobody is reminded of anything: it must not go on like that.
            settling.add_done_callback(self._end_unless_settled)
            log.info("started", web=self._web, work=self._work, telegram=bool(telegram))
            await self.stop.wait()
            log.info("stopping")
            self._intake_stop.set()
            self._core.inbox.close()
            if settling.done():
                settling.result()
        log.info("stopped")

    def _figures(self) -> contextlib.AbstractAsyncContextManager[int]:
        from bot.metrics import application
        from bot.web import listening

        host, port = self._core.settings.metrics_host, self._core.settings.metrics_port
        return _at(listening(application(self._stats), host, port), "METRICS_", host, port)

    def _pages(self, chat: WebChat, telegram: Telegram | None) -> contextlib.AbstractAsyncContextManager[int]:
        """What browsers and platforms ask of us."""
        from bot.calendars import Calendars
        from bot.pages import Pages
        from bot.papers import Private
        from bot.web import application, listening

        core, settings = self._core, self._core.settings
        drawn = Pages(core.words)
        routes = telegram.routes() if telegram and settings.public_url else []
        routes += Private(lambda: core.papers({chat.platform: chat.limits}), drawn, core.clock).routes()
        routes += Calendars(core.database, core.words, lambda: core.terms, core.clock).routes()
        served = application(
            pages=drawn,
            ready=self._problems,
            warned=self._warnings,
            parts=[chat],
            routes=routes,
            embed_origins=settings.embed_origins,
        )
        return _at(listening(served, settings.host, settings.port), "", settings.host, settings.port)

    def _telegram(self) -> Telegram | None:
        """Needed where Telegram is spoken: by the worker, and by the web process that takes its webhook."""
        if not (self._work or self._core.settings.public_url):
            return None
        return telegram_of(self._core.settings, self._core.clock, self._core.contents)

    async def _begin_intake(self, telegram: Telegram) -> None:
        door = self._core.door(telegram)
        if self._core.settings.public_url:
            telegram.attach(door)
            if self._work:
                await telegram.set_webhook(self._core.settings.public_url)
            return
        name = f"poll:telegram:{telegram.account}"

        async def poll(stop: asyncio.Event) -> None:
            noting = asyncio.create_task(note_standing(self._core, name, telegram, stop))
            try:
                await telegram.poll(door, stop)
            finally:
                noting.cancel()
                await asyncio.gather(noting, return_exceptions=True)

        self._nursery.start(name, self._duties.hold(name, poll, self._intake_stop))

    def _begin_work(self, adapters: Sequence[Adapter]) -> Knowledge:
        knowledge = open_knowledge(self._core.settings)
        turns = self._core.turns(knowledge, adapters)
        for adapter in adapters:
            work_for(adapter, self._core, turns, self._duties, self._nursery, self._work_stop)
        return knowledge

    async def _settle(self, adapters: Sequence[Adapter], telegram: Telegram | None, knowledge: Knowledge | None) -> None:
        """What no message waits for; one that waited for the start goes first."""
        if await pause(self.stop, self._rest.total_seconds()):
            return
        if telegram:
            telegram.introduce(self._menus())
        if self._work:
            self._upkeep = await asyncio.to_thread(upkeep.Upkeep, self._core, self._duties, adapters)
            self._upkeep.start()
        with contextlib.suppress(Exception):
            # Whoever needs one opens it, too, and is told what is wrong.
            await self._core.database.open_beforehand()
        # All of this stays as long as we do: left out when garbage is looked for, it costs no turn a tenth of a second.
        gc.freeze()
        gc.set_threshold(YOUNG)
        gc.enable()
        if knowledge:
            self._nursery.start("read the passages", asyncio.to_thread(knowledge.prepare, self._leave_room))

    def _end_unless_settled(self, settling: asyncio.Task[None]) -> None:
        if not settling.cancelled() and settling.exception():
            self.stop.set()

    def _menus(self) -> Iterator[Menu]:
        from bot.adapters.telegram import Menu

        for language in LANGUAGES:
            for kind in (ChatKind.PRIVATE, ChatKind.GROUP):
                yield Menu(language, kind, tuple((name, self._core.words.say(Text(f"menu-{name}"), language)) for name in MENU[kind]))

    def _leave_room(self) -> None:
        """For the first messages, after each passage that is read beforehand."""
        if not self.stop.is_set():
            time.sleep(ROOM.total_seconds())

    async def _end_work(self) -> None:
        if self._upkeep:
            self._upkeep.stop()
        self._work_stop.set()
        self._intake_stop.set()
        await self._nursery.close(PATIENCE)
        with contextlib.suppress(Exception):
            async with asyncio.timeout(RELEASE):
                await self._duties.release()

    async def _stats(self) -> tuple[Stats, Sequence[Alert]]:
        now = self._core.clock.now()
        async with self._core.database.read() as connection:
            found = await report.stats(connection, now)
        return found, report.alerts_of(found, now)

    async def _warnings(self) -> list[str]:
        """What staff are told of, too: nothing of it keeps us from taking requests."""
        async with self._core.database.read() as connection:
            now = self._core.clock.now()
            found = [*await report.alerts(connection, now), *await alerts.alerts(connection, self._core.terms, now)]
        return [self._core.words.say(alert.text, "en") for alert in found]

    async def _problems(self) -> list[str]:
        """What keeps us from serving: /readyz shows it."""
        if self.stop.is_set():
            return ["shutting down"]
        try:
            async with self._core.database.read() as connection:
                await connection.execute(text("select 1"))
        except Exception as error:
            return [f"database: {type(error).__name__}"]
        return []


async def note_standing(core: Core, name: str, telegram: Telegram, stop: asyncio.Event) -> None:
    """Keeps the list of troubles right about a poller: of each change, and of the first state, whoever polled before."""
    told: str | None = None
    while not stop.is_set():
        state = "" if telegram.state.is_well else telegram.state.value
        if state != told:
            job = job_of(troubles.note, name, state, telegram.reason, core.clock.now())
            with contextlib.suppress(Exception):
                await core.database.write(job)
                told = state
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1)


def work_for(adapter: Adapter, core: Core, turns: Turns, duties: Duties, nursery: Nursery, stop: asyncio.Event) -> None:
    """Handles what comes in for one account and sends what goes out."""
    name = f"{adapter.platform}:{adapter.account}"
    sender = Sender(core.database, adapter, core.clock, firm=lambda: duties.is_firm(f"send:{name}"))
    consumer = Consumer(core.database, turns, adapter, core.clock, sender)
    core.inbox.on_news(consumer)
    nursery.start(f"consume {name}", duties.hold(f"consume:{name}", consumer.run, stop))
    nursery.start(f"send {name}", duties.hold(f"send:{name}", _clear_first(core, f"send:{name}", sender.run), stop))


def _clear_first(core: Core, name: str, duty: Duty) -> Duty:
    """What a process that is gone wrote of its troubles is not ours: the first time, we begin without any."""
    begun = False

    async def run(stop: asyncio.Event) -> None:
        nonlocal begun
        if not begun:
            await core.database.write(job_of(troubles.note, name, "", "", core.clock.now()))
        begun = True
        await duty(stop)

    return run


@contextlib.asynccontextmanager
async def _at(serving: contextlib.AbstractAsyncContextManager[int], prefix: str, host: str, port: int) -> AsyncIterator[int]:
    """`prefix`: what the names of the settings of this address begin with."""
    async with contextlib.AsyncExitStack() as stack:
        try:
            listened = await stack.enter_async_context(serving)
        except OSError as error:
            raise ConfigurationError([_port_problem(error, prefix, host, port)]) from error
        yield listened


def _port_problem(error: OSError, prefix: str, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{prefix}PORT: {port} is taken on {host}; stop the other program or set another {prefix}PORT"
    return f"{prefix}HOST, {prefix}PORT: cannot listen on {host}:{port} ({error.strerror or error}); set others"


def shown(host: str) -> str:
    """Where one who is on this machine asks for what listens on `host`."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


async def serve(settings: Settings, *, web: bool, work: bool, started: Callable[[str], None] | None = None) -> None:
    """Runs until SIGINT or SIGTERM; a second one does not wait."""
    async with core(settings, migrate=web and work) as built:
        unless_known(cache_of(settings) / "words.checked", built.words.files(), built.words.check)
        service = Service(built, web=web, work=work)
        loop, running = asyncio.get_running_loop(), asyncio.current_task()

        def ask_to_stop() -> None:
            if service.stop.is_set() and running:
                running.cancel()
            service.stop.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, ask_to_stop)
        await service.run(started)


@contextlib.asynccontextmanager
async def conversation(
    built: Core, terminal: Terminal, knowledge: Knowledge, elsewhere: Callable[[], None] = lambda: None
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """The core with the terminal as its only face. Gives a function that waits until everything said is answered.

    While another process holds the same conversation, answers would come there: `elsewhere` is called, and we wait for its end.
    """
    nursery, duties, stop = Nursery(), Duties(built.database, built.clock), asyncio.Event()
    work_for(terminal, built, built.turns(knowledge, [terminal]), duties, nursery, stop)

    async def settled() -> None:
        # The rows are the truth: nothing else says when both ends are empty.
        while await _is_open(built.database, terminal):  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    try:
        await _all_held(duties, elsewhere)
        yield settled
    finally:
        stop.set()
        await nursery.close(PATIENCE)
        await duties.release()


async def _all_held(duties: Duties, elsewhere: Callable[[], None]) -> None:
    told = False
    # A lease says nothing when it becomes ours.
    while len(duties.held) < TASKS or not all(duties.held.values()):
        if not told and False in duties.held.values():
            elsewhere()
            told = True
        await asyncio.sleep(0.005)


async def _is_open(database: Database, adapter: Adapter) -> bool:
    async with database.read() as connection:
        if await inbox.count_open(connection, adapter.platform, adapter.account):
            return True
        return await ledger.is_open(connection, adapter.platform, adapter.account)

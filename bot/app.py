"""The composition root: builds everything from the settings, runs it, closes it in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import alerting
from bot.adapters.terminal import Terminal
from bot.checked import unless_known
from bot.core.clock import Clock, SystemClock
from bot.core.errors import ConfigurationError
from bot.core.masterkey import MAKE
from bot.core.message import ChatKind, Enclosed, Incoming, Text, Where
from bot.core.permissions import Action, allowed
from bot.core.platform import Adapter, Limits, Unfetched
from bot.intake import Consumer, Inbox
from bot.notices import enclosing
from bot.notices.approval import Rules as NoticeRules
from bot.notices.desk import Desk as NoticeDesk
from bot.notices.enclosing import Enclosures, nowhere
from bot.outbox import batches, ledger, report, troubles
from bot.outbox.report import Alert, Stats
from bot.outbox.sender import Sender
from bot.settings import Settings
from bot.storage import conversations, inbox, keys, privacy, questions, retention, schema, staff, transfers, webchat
from bot.storage.arrivals import Arrivals
from bot.storage.database import Database
from bot.storage.files import Files
from bot.storage.master import Master
from bot.storage.uploads import Uploads
from bot.words import LANGUAGES, Words
from bot.worker import Duties, Duty, Nursery, Ticks
from handlers.forms.cabinet import Cabinet, Fetch
from handlers.forms.crossing import Crossing
from handlers.forms.desk import Desk as Applications
from handlers.forms.form import endings
from handlers.forms.overdue import Overdue
from handlers.forms.papers import ATTACHMENT, Papers
from handlers.forms.passing import Passing
from handlers.forms.pauses import Pauses
from handlers.forms.quiet import Quiet
from handlers.forms.sheet import Sheet
from handlers.person import Records
from handlers.routes import MENU
from handlers.services import Services
from handlers.staff.desk import Review
from handlers.staff.switches import Switches
from handlers.telling import Teller
from handlers.turn import Turns
from knowledge.check import problems
from knowledge.collisions import VOCABULARY, collisions
from knowledge.lookup import Knowledge
from knowledge.markup import CorpusError
from knowledge.regions import descendants, regions
from reminders import catchup, own
from reminders.alerts import alerts as reminder_alerts
from reminders.desk import Desk
from reminders.handover import Handover
from reminders.plan import Terms
from reminders.workdays import published

if TYPE_CHECKING:
    from bot.adapters.telegram import Telegram
    from bot.adapters.webchat import WebChat

log = structlog.get_logger(__name__)

RECENT = timedelta(days=30)
HOT = 5
"""What others asked: so far back, so many."""
HAND_OVER = timedelta(milliseconds=200)
"""How often we look which reminders are due: the look is one statement, and what is due is due to the second."""
KNOCK = timedelta(seconds=10)
"""How often we look which drafts have to be told something."""
TEND = timedelta(minutes=1)
"""How often we look for reminders whose words could not be sent while they were true."""
LOOK_FOR_QUIET = timedelta(minutes=10)
"""How often we look for applications somebody left unfinished."""
LOOK_FOR_TROUBLE = timedelta(seconds=15)
"""How often we look what staff should hear of."""
ROOM = timedelta(milliseconds=4)
"""Between two passages that are read beforehand, so that the first messages need not wait for all of them."""
YOUNG = 10_000
"""New objects after which garbage is looked for. The interpreter's own 700 are one turn: a twentieth of its time went into looking."""
PATIENCE = timedelta(seconds=10)
"""What is in flight gets this long at the end."""
RELEASE = 3.0
"""Seconds for giving back the leases: a locked database must not keep us from ending. They end by themselves, too."""


class Door:
    """The inbox as one account's adapter sees it."""

    def __init__(self, inbox: Inbox, platform: str, account: str) -> None:
        self._inbox, self._platform, self._account = inbox, platform, account

    async def accept(self, events: Sequence[Incoming], *, position: str = "") -> None:
        await self._inbox.accept(events, position=position, platform=self._platform, account=self._account)

    async def position(self, platform: str, account: str) -> str:
        return await self._inbox.position(platform, account)


@dataclass(frozen=True)
class Core:
    """What every process needs, whatever its part."""

    settings: Settings
    clock: Clock
    database: Database
    words: Words
    inbox: Inbox

    def door(self, adapter: Adapter) -> Door:
        return Door(self.inbox, adapter.platform, adapter.account)

    def turns(self, knowledge: Knowledge, adapters: Sequence[Adapter]) -> Turns:
        limits = {adapter.platform: adapter.limits for adapter in adapters}
        services = Services(
            knowledge,
            self.words,
            self.settings.zone,
            popular=self._popular,
            notice_desk=self.notices(limits, _fetch_of(adapters)),
            forms=Applications(self.database, self._cabinet(adapters), self.settings.forms_on_web),
            crossings=Crossing(self.database, self.settings.forms_on_web, self.settings.public_url),
            passings=Passing(self.database, self._cabinet(adapters), self._teller(adapters)),
            reviews=Review(self.database, self._teller(adapters), self.terms),
            switches=Switches(self.database),
            personal=Records(self.database, files_of(self.settings), [each.platform for each in adapters if each.limits.ours]),
            reminders=Desk(self.database, self.terms),
            admin=_admin_of(adapters),
            way_in=_way_in_of(adapters),
            sheets=self.papers({adapter.platform: adapter.limits for adapter in adapters}),
            may_publish=self._may_publish,
            # One thread: several would only take the interpreter from each other, and each keeps memory of its own.
            reading=ThreadPoolExecutor(1, "lookup"),
            address=(self.settings.public_url or "").rstrip("/"),
        )
        return Turns(self.database, services, self.clock)

    def papers(self, platforms: Mapping[str, Limits]) -> Papers:
        def drawn(sheet: Sheet) -> str:
            from bot.pages import Pages

            return Pages(self.words).sheet(sheet, inline=True)

        settings = self.settings
        folder = settings.data_dir.resolve() / "papers"
        known = (self.database, self.words, settings.zone, platforms)
        moved = settings.forms_on_web
        return Papers(*known, address=settings.public_url, folder=folder, draw=drawn, files=files_of(settings), moved=moved)

    async def contents(self, enclosed: Enclosed) -> bytes | None:
        """What goes along with messages: files of notices, and of applications for who reviews them."""
        shelf = self.papers({}) if enclosed.id.startswith(ATTACHMENT) else self.enclosures()
        return await shelf.contents(enclosed)

    def _cabinet(self, adapters: Sequence[Adapter]) -> Cabinet:
        platforms = frozenset(adapter.platform for adapter in adapters if adapter.limits.files)
        return Cabinet(files_of(self.settings), Uploads(), _fetch_of(adapters), platforms)

    @cached_property
    def terms(self) -> Terms:
        """What every plan of reminders depends on; one for all of this process."""
        return Terms(published(), self.settings.zone, wider())

    def handover(self, adapters: Sequence[Adapter]) -> Handover:
        limits = {adapter.platform: adapter.limits for adapter in adapters}
        return Handover(self.database, self.words, self.clock, self.terms, limits, _way_in_of(adapters))

    def quiet(self, adapters: Sequence[Adapter]) -> Quiet:
        return Quiet(self.database, self._teller(adapters), self.clock, self.settings.zone)

    def pauses(self, adapters: Sequence[Adapter]) -> Pauses:
        return Pauses(self.database, self._teller(adapters), self.clock, self.settings.zone)

    def overdue(self, adapters: Sequence[Adapter]) -> Overdue:
        return Overdue(self.database, self._teller(adapters), self.clock, self.terms)

    def _teller(self, adapters: Sequence[Adapter]) -> Teller:
        return Teller(self.words, {adapter.platform: adapter.limits for adapter in adapters})

    async def _may_publish(self, incoming: Incoming) -> bool:
        async with self.database.read() as connection:
            member = await staff.speaking(connection, incoming)
        return member is not None and allowed(member.roles, Action.EDIT_CONTENT)

    def notices(self, platforms: Mapping[str, Limits], fetch: Fetch = nowhere) -> NoticeDesk:
        """Notices go to the platforms that are served. `fetch`: what staff send in a chat."""
        rules = NoticeRules(self.settings.zone, within(), frozenset(platforms), alone=self.settings.notices_alone)
        return NoticeDesk(self.database, rules, self.words, platforms, self.enclosures(fetch))

    def enclosures(self, fetch: Fetch = nowhere) -> Enclosures:
        return Enclosures(self.database, files_of(self.settings), fetch)

    async def _popular(self, now: datetime) -> list[str]:
        async with self.database.read() as connection:
            return await questions.popular(connection, (now - RECENT).date(), HOT)


def within() -> dict[str, frozenset[str]]:
    """For each place all that lie in it, itself included."""
    return {id: frozenset((id, *(part.id for part in descendants(id)))) for id in regions()}


def served(settings: Settings) -> dict[str, Limits]:
    """The platforms this installation serves, for commands that run beside it."""
    from bot.adapters.webchat import WebChat

    found = {WebChat.platform: WebChat.limits}
    if settings.telegram_token:
        from bot.adapters.telegram import Telegram, limits_at

        found[Telegram.platform] = limits_at(settings.telegram_per_second)
    return found


def wider() -> dict[str, frozenset[str]]:
    """The same, with "" for the whole country."""
    return {"": frozenset(regions())} | within()


def _admin_of(adapters: Sequence[Adapter]) -> Callable[[Incoming], Awaitable[bool]]:
    by_platform = {adapter.platform: adapter for adapter in adapters}

    async def is_admin(incoming: Incoming) -> bool:
        if incoming.chat_kind is ChatKind.PRIVATE:
            return True
        adapter = by_platform.get(incoming.where.platform)
        return adapter is not None and await adapter.is_admin(incoming.where, incoming.user)

    return is_admin


def _way_in_of(adapters: Sequence[Adapter]) -> Callable[[Where, str], str]:
    by_account = {(adapter.platform, adapter.account): adapter for adapter in adapters}

    def way_in(where: Where, payload: str) -> str:
        adapter = by_account.get((where.platform, where.account))
        return adapter.way_in(payload) if adapter else ""

    return way_in


def _fetch_of(adapters: Sequence[Adapter]) -> Fetch:
    by_account = {(adapter.platform, adapter.account): adapter for adapter in adapters}

    async def fetch(where: Where, file: str, most: int) -> bytes | Unfetched:
        adapter = by_account.get((where.platform, where.account))
        return await adapter.fetch(file, most) if adapter else Unfetched.UNREACHABLE

    return fetch


def open_knowledge(settings: Settings) -> Knowledge:
    """Refuses documents that do not hold exactly what their sources say, and words that would mean two things."""
    if found := problems():
        raise CorpusError(found)
    cache = cache_of(settings)
    unless_known(cache / "vocabulary.checked", _knowledge_files(), _one_meaning_each)
    cache.mkdir(parents=True, exist_ok=True)
    return Knowledge.open(cache=cache)


def cache_of(settings: Settings) -> Path:
    """What can be made again, and is quicker kept."""
    return settings.data_dir / "cache"


def _knowledge_files() -> list[Path]:
    kinds = (".py", ".yaml", ".md", ".txt")
    return sorted(path for path in VOCABULARY.rglob("*") if path.suffix in kinds)


def _one_meaning_each() -> None:
    if found := collisions():
        raise CorpusError(found)


@contextlib.asynccontextmanager
async def core(settings: Settings, *, migrate: bool, clock: Clock | None = None) -> AsyncIterator[Core]:
    """Opens the database, of the right shape or not at all."""
    clock = clock or SystemClock()
    _writable(settings.data_dir)
    words = Words.open(zone=settings.zone, whole=False)
    database = Database(settings.database, master_of(settings))
    await database.open()
    try:
        with _readable_database_errors():
            if migrate:
                await schema.migrate(database)
            await schema.require_current(database)
            await database.unlock(clock.now())
        yield Core(settings, clock, database, words, Inbox(database, clock))
    finally:
        await database.close()


def master_of(settings: Settings) -> Master:
    """The operator's key; without one, a file of our own beside the embedded database, made when it is first needed."""
    if settings.master_key:
        return Master.given(settings.master_key.get_secret_value())
    if settings.master_key_file:
        return Master.in_file(settings.master_key_file)
    if not settings.embedded:
        raise ConfigurationError(
            [f"MASTER_KEY: needed with PostgreSQL, the same on every machine; set it or MASTER_KEY_FILE; make one with: {MAKE}"]
        )
    return Master.own(settings.data_dir.resolve() / "keys" / "master.key")


def files_of(settings: Settings) -> Files:
    """Where the files of applications lie; shared by all machines, as the database is."""
    return Files(settings.data_dir.resolve() / "files")


def arrivals_of(settings: Settings) -> Arrivals:
    """Where files wait that a browser brought, until their message is handled. No backup takes them along."""
    return Arrivals(settings.data_dir.resolve() / "arrivals")


def _writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise ConfigurationError([f"DATA_DIR: cannot write to {folder} ({error.strerror}); name a folder you may write to"]) from error


@contextlib.contextmanager
def _readable_database_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0]
        raise ConfigurationError([f"DATABASE_URL: the database cannot be used ({reason}); check the address and that it runs"]) from None


class Service:
    """One process: web, worker, or both. `run` returns after a stop was asked for and everything is down."""

    def __init__(self, core: Core, *, web: bool, work: bool) -> None:
        self._core = core
        self._web = web
        self._work = work
        self._nursery = Nursery()
        self._duties = Duties(core.database, core.clock)
        self._ticks = Ticks()
        self._intake_stop = asyncio.Event()
        self._work_stop = asyncio.Event()
        self.stop = asyncio.Event()

    async def run(self, started: Callable[[str], None] | None = None) -> None:
        from bot.calendars import Calendars
        from bot.papers import Private
        from bot.web import application, listening

        settings = self._core.settings
        chat = self._web_chat()
        telegram = self._telegram()
        async with contextlib.AsyncExitStack() as stack:
            if telegram:
                await telegram.start()
                stack.push_async_callback(telegram.close)
            if self._work:
                self._begin_work([chat, *([telegram] if telegram else [])])
                stack.push_async_callback(self._end_work)
            if self._web:
                from bot.pages import Pages

                routes = telegram.routes() if telegram and settings.public_url else []
                drawn = Pages(self._core.words)
                routes += Private(self._core.papers({chat.platform: chat.limits}), drawn, self._core.clock).routes()
                routes += Calendars(self._core.database, self._core.words, self._core.terms, self._core.clock).routes()
                pages = application(
                    pages=drawn,
                    ready=self._problems,
                    warned=self._warnings,
                    parts=[chat],
                    routes=routes,
                    embed_origins=settings.embed_origins,
                )
                port = await stack.enter_async_context(_listening(listening(pages, settings.host, settings.port), settings))
                if started:
                    started(f"http://{_shown(settings.host)}:{port}")
            if settings.metrics_port:
                from bot.metrics import application as figures

                await stack.enter_async_context(listening(figures(self._stats), settings.metrics_host, settings.metrics_port))
            if telegram:
                await self._begin_intake(telegram)
            # All of this stays as long as we do: left out when garbage is looked for, it costs no turn a tenth of a second.
            gc.freeze()
            gc.set_threshold(YOUNG)
            gc.enable()
            log.info("started", web=self._web, work=self._work, telegram=bool(telegram))
            await self.stop.wait()
            log.info("stopping")
            self._intake_stop.set()
            self._core.inbox.close()
        log.info("stopped")

    def _web_chat(self) -> WebChat:
        from bot.adapters.webchat import WebChat

        settings = self._core.settings
        return WebChat(
            self._core.database,
            self._core.inbox,
            self._core.clock,
            arrivals_of(settings),
            public_url=settings.public_url,
            embed_origins=settings.embed_origins,
            trusted_proxies=settings.trusted_proxies,
            enclosed=self._core.enclosures().open,
        )

    def _telegram(self) -> Telegram | None:
        """Needed where Telegram is spoken: by the worker, and by the web process that takes its webhook."""
        settings = self._core.settings
        if not settings.telegram_token or not (self._work or settings.public_url):
            return None
        # Imported here: without a token nobody waits for the library.
        from bot.adapters.telegram import Menu, Telegram

        menus = [
            Menu(language, kind, tuple((name, self._core.words.say(Text(f"menu-{name}"), language)) for name in MENU[kind]))
            for language in LANGUAGES
            for kind in (ChatKind.PRIVATE, ChatKind.GROUP)
        ]
        return Telegram(
            settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            base_file_url=settings.telegram_base_file_url,
            secret=settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else "",
            proxy=settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None,
            menus=menus,
            per_second=settings.telegram_per_second,
            paid=settings.telegram_paid_broadcast,
            clock=self._core.clock,
            contents=self._core.contents,
        )

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

    def _begin_work(self, adapters: Sequence[Adapter]) -> None:
        knowledge = open_knowledge(self._core.settings)
        turns = self._core.turns(knowledge, adapters)
        for adapter in adapters:
            work_for(adapter, self._core, turns, self._duties, self._nursery, self._work_stop)
        self._nursery.start("read the passages", asyncio.to_thread(knowledge.prepare, self._leave_room))
        self._ticks.each(timedelta(seconds=15), lambda: self._recover(adapters))
        handover = self._core.handover(adapters)
        self._ticks.each(HAND_OVER, handover.tick)
        self._ticks.each(TEND, handover.tend)
        self._ticks.each(LOOK_FOR_QUIET, self._core.quiet(adapters).tick)
        self._ticks.each(KNOCK, self._core.pauses(adapters).tick)
        self._ticks.each(LOOK_FOR_QUIET, self._core.overdue(adapters).tick)
        self._ticks.each(timedelta(hours=1), self._forget)
        self._ticks.each(LOOK_FOR_TROUBLE, lambda: self._alert(adapters))
        notices = self._core.notices({adapter.platform: adapter.limits for adapter in adapters})
        self._ticks.each(timedelta(seconds=3), lambda: notices.tick(self._core.clock.now()))
        self._ticks.start()

    def _leave_room(self) -> None:
        """For the first messages, after each passage that is read beforehand."""
        if not self.stop.is_set():
            time.sleep(ROOM.total_seconds())

    async def _recover(self, adapters: Sequence[Adapter]) -> None:
        """Rows whose sender broke off without the process ending, and those whose batch or time is over."""
        for adapter in adapters:
            platform, account, now = adapter.platform, adapter.account, self._core.clock.now()
            job = _bind(ledger.recover, platform, account, now, all_rows=False)
            await self._core.database.write(job)
        while await self._core.database.write(_bind(batches.sweep, self._core.clock.now())):
            pass

    async def _alert(self, adapters: Sequence[Adapter]) -> None:
        """Staff hear of trouble where they are reached."""
        limits = {adapter.platform: adapter.limits for adapter in adapters}
        now = self._core.clock.now()

        async def job(connection: AsyncConnection) -> None:
            others = await reminder_alerts(connection, self._core.terms, now)
            await alerting.tell(connection, self._core.words, limits, now, others)

        await self._core.database.write(job)

    async def _forget(self) -> None:
        """What is past its time goes. One process at a time: two would stand in each other's way."""
        if not await self._duties.take("forget"):
            return
        now = self._core.clock.now()
        for rows in (inbox, conversations, ledger, webchat, catchup, questions):
            await retention.let_go(self._core.database, rows.passing(now))
        for forget in (batches.forget, own.forget, enclosing.forget, transfers.forget, keys.forget):
            await self._core.database.write(_bind(forget, now))
        await retention.give_back(self._core.database)
        erased = await self._core.database.write(_bind(privacy.expire, now, privacy.Retention(statuses=endings()), dry_run=False))
        await asyncio.to_thread(files_of(self._core.settings).delete, erased.paths)
        async with self._core.database.read() as connection:
            known = await privacy.files_known(connection)
        await asyncio.to_thread(files_of(self._core.settings).sweep, known)
        await asyncio.to_thread(arrivals_of(self._core.settings).sweep)
        await asyncio.to_thread(self._core.papers({}).sweep)
        await self._core.database.unlock(now)

    async def _end_work(self) -> None:
        self._ticks.stop()
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
            found = [*await report.alerts(connection, now), *await reminder_alerts(connection, self._core.terms, now)]
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
            job = _bind(troubles.note, name, state, telegram.reason, core.clock.now())
            with contextlib.suppress(Exception):
                await core.database.write(job)
                told = state
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1)


def work_for(adapter: Adapter, core: Core, turns: Turns, duties: Duties, nursery: Nursery, stop: asyncio.Event) -> None:
    """Handles what comes in for one account and sends what goes out."""
    name = f"{adapter.platform}:{adapter.account}"
    sender = Sender(core.database, adapter, core.clock, firm=lambda: duties.is_firm(f"send:{name}"))
    consumer = Consumer(core.database, turns, adapter, core.clock, handled=sender.wake)
    core.inbox.on_news(consumer.hear)
    nursery.start(f"consume {name}", duties.hold(f"consume:{name}", consumer.run, stop))
    nursery.start(f"send {name}", duties.hold(f"send:{name}", _clear_first(core, f"send:{name}", sender.run), stop))


def _clear_first(core: Core, name: str, duty: Duty) -> Duty:
    """What a process that is gone wrote of its troubles is not ours: the first time, we begin without any."""
    begun = False

    async def run(stop: asyncio.Event) -> None:
        nonlocal begun
        if not begun:
            await core.database.write(_bind(troubles.note, name, "", "", core.clock.now()))
        begun = True
        await duty(stop)

    return run


def _bind(job: Callable[..., Awaitable[Any]], *values: Any, **named: Any) -> Callable[[AsyncConnection], Awaitable[Any]]:
    return lambda connection: job(connection, *values, **named)


@contextlib.asynccontextmanager
async def _listening(serving: contextlib.AbstractAsyncContextManager[int], settings: Settings) -> AsyncIterator[int]:
    async with contextlib.AsyncExitStack() as stack:
        try:
            port = await stack.enter_async_context(serving)
        except OSError as error:
            raise ConfigurationError([_port_problem(error, settings)]) from error
        yield port


def _port_problem(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"PORT: {settings.port} is taken on {settings.host}; stop the other program or set another PORT"
    return f"HOST, PORT: cannot listen on {settings.host}:{settings.port} ({error.strerror or error}); set others"


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


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
async def conversation(built: Core, terminal: Terminal, knowledge: Knowledge) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """The core with the terminal as its only face. Gives a function that waits until everything said is answered."""
    nursery, duties, stop = Nursery(), Duties(built.database, built.clock), asyncio.Event()
    work_for(terminal, built, built.turns(knowledge, [terminal]), duties, nursery, stop)

    async def settled() -> None:
        # The rows are the truth: nothing else says when both ends are empty.
        while await _is_open(built.database, terminal):  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    try:
        yield settled
    finally:
        stop.set()
        await nursery.close(PATIENCE)
        await duties.release()


async def _is_open(database: Database, adapter: Adapter) -> bool:
    async with database.read() as connection:
        if await inbox.count_open(connection, adapter.platform, adapter.account):
            return True
        return await ledger.is_open(connection, adapter.platform, adapter.account)

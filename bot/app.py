"""The composition root: builds everything from the settings."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

import handlers
from bot.checked import unless_known
from bot.core.clock import Clock, SystemClock
from bot.core.errors import ConfigurationError
from bot.core.later import later
from bot.core.masterkey import MAKE
from bot.core.message import ATTACHMENT, ChatKind, Contents, Enclosed, Incoming, Where
from bot.core.permissions import Action, allowed
from bot.core.platform import Adapter, Fetch, Limits, Unfetched, nowhere
from bot.intake import Door, Inbox
from bot.settings import Settings
from bot.storage import questions, schema
from bot.storage.arrivals import Arrivals
from bot.storage.database import Database
from bot.storage.files import Files
from bot.storage.master import Master
from bot.words import Words
from handlers.services import Services
from handlers.turn import Turns
from knowledge.language import language
from knowledge.lists import remember
from knowledge.lookup import Knowledge
from knowledge.markup import CorpusError
from knowledge.reading import CORPUS
from knowledge.regions import wider, within

if TYPE_CHECKING:
    from bot.adapters.telegram import Telegram
    from bot.adapters.webchat import WebChat
    from bot.notices import approval, enclosing
    from bot.notices import desk as notice_desk
    from bot.storage import staff, uploads
    from handlers import person, telling
    from handlers.forms import cabinet, crossing, desk, passing
    from handlers.forms import overdue as overdue_forms
    from handlers.forms import papers as form_papers
    from handlers.forms import pauses as pauses_of_forms
    from handlers.forms import quiet as quiet_forms
    from handlers.forms.sheet import Sheet
    from handlers.staff import desk as review
    from handlers.staff import switches
    from reminders import desk as reminders
    from reminders import handover as handing_over
    from reminders import plan, workdays
else:
    approval, enclosing, notice_desk = later("bot.notices", "approval", "enclosing", "desk")
    staff, uploads = later("bot.storage", "staff", "uploads")
    person, telling = later("handlers", "person", "telling")
    cabinet, crossing, desk, passing = later("handlers.forms", "cabinet", "crossing", "desk", "passing")
    overdue_forms, form_papers, pauses_of_forms, quiet_forms = later("handlers.forms", "overdue", "papers", "pauses", "quiet")
    review, switches = later("handlers.staff", "desk", "switches")
    reminders, handing_over, plan, workdays = later("reminders", "desk", "handover", "plan", "workdays")

_CONVERSATION = Path(handlers.__file__).parent
SPOKEN = (*_CONVERSATION.glob("*.yaml"), _CONVERSATION / "forms" / "common" / "vocabulary.yaml", CORPUS.parent / "gates.yaml")
"""The lists that are looked into whenever somebody says something."""
RECENT = timedelta(days=30)
HOT = 5
"""What others asked: so far back, so many."""


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
        ours = [adapter.platform for adapter in adapters if adapter.limits.ours]
        moved, address = self.settings.forms_on_web, self.settings.public_url
        services = Services(
            knowledge,
            self.words,
            self.settings.zone,
            popular=self._popular,
            notice_desk=lambda: self.notices(limits, _fetch_of(adapters)),
            forms=lambda: desk.Desk(self.database, self._cabinet(adapters), self._teller(adapters), moved),
            crossings=lambda: crossing.Crossing(self.database, moved, address),
            passings=lambda: passing.Passing(self.database, self._cabinet(adapters), self._teller(adapters)),
            reviews=lambda: review.Review(self.database, self._teller(adapters), self.terms),
            switches=lambda: switches.Switches(self.database),
            personal=lambda: person.Records(self.database, files_of(self.settings), ours),
            reminders=lambda: reminders.Desk(self.database, self.terms),
            admin=_admin_of(adapters),
            way_in=_way_in_of(adapters),
            sheets=lambda: self.papers(limits),
            may_publish=self._may_publish,
            address=(address or "").rstrip("/"),
        )
        return Turns(self.database, services, self.clock)

    def papers(self, platforms: Mapping[str, Limits]) -> form_papers.Papers:
        def drawn(sheet: Sheet) -> str:
            from bot.pages import Pages

            return Pages(self.words).sheet(sheet, inline=True)

        settings = self.settings
        folder = settings.data_dir.resolve() / "papers"
        known = (self.database, self.words, settings.zone, platforms)
        moved = settings.forms_on_web
        return form_papers.Papers(*known, address=settings.public_url, folder=folder, draw=drawn, files=files_of(settings), moved=moved)

    async def contents(self, enclosed: Enclosed) -> bytes | None:
        """What goes along with messages: files of notices, and of applications for who reviews them."""
        shelf = self.papers({}) if enclosed.id.startswith(ATTACHMENT) else self._enclosures
        return await shelf.contents(enclosed)

    @cached_property
    def _enclosures(self) -> enclosing.Enclosures:
        return self.enclosures()

    async def enclosed(self, id: str) -> tuple[Enclosed, bytes] | None:
        """What goes along with a notice, for whoever comes to fetch it."""
        return await self._enclosures.open(id)

    def _cabinet(self, adapters: Sequence[Adapter]) -> cabinet.Cabinet:
        platforms = frozenset(adapter.platform for adapter in adapters if adapter.limits.files)
        return cabinet.Cabinet(files_of(self.settings), uploads.Uploads(), _fetch_of(adapters), platforms)

    @cached_property
    def terms(self) -> plan.Terms:
        """What every plan of reminders depends on; one for all of this process."""
        return plan.Terms(workdays.published(), self.settings.zone, wider())

    def handover(self, adapters: Sequence[Adapter]) -> handing_over.Handover:
        limits = {adapter.platform: adapter.limits for adapter in adapters}
        return handing_over.Handover(self.database, self.words, self.clock, self.terms, limits, _way_in_of(adapters))

    def quiet(self, adapters: Sequence[Adapter]) -> quiet_forms.Quiet:
        return quiet_forms.Quiet(self.database, self._teller(adapters), self.clock, self.settings.zone)

    def pauses(self, adapters: Sequence[Adapter]) -> pauses_of_forms.Pauses:
        return pauses_of_forms.Pauses(self.database, self._teller(adapters), self.clock, self.settings.zone)

    def overdue(self, adapters: Sequence[Adapter]) -> overdue_forms.Overdue:
        return overdue_forms.Overdue(self.database, self._teller(adapters), self.clock, self.terms)

    def _teller(self, adapters: Sequence[Adapter]) -> telling.Teller:
        return telling.Teller(self.words, {adapter.platform: adapter.limits for adapter in adapters})

    async def _may_publish(self, incoming: Incoming) -> bool:
        async with self.database.read() as connection:
            member = await staff.speaking(connection, incoming)
        return member is not None and allowed(member.roles, Action.EDIT_CONTENT)

    def notices(self, platforms: Mapping[str, Limits], fetch: Fetch = nowhere) -> notice_desk.Desk:
        """Notices go to the platforms that are served. `fetch`: what staff send in a chat."""
        rules = approval.Rules(self.settings.zone, within(), frozenset(platforms), alone=self.settings.notices_alone)
        return notice_desk.Desk(self.database, rules, self.words, platforms, self.enclosures(fetch))

    def enclosures(self, fetch: Fetch = nowhere) -> enclosing.Enclosures:
        return enclosing.Enclosures(self.database, files_of(self.settings), fetch)

    async def _popular(self, now: datetime) -> list[str]:
        async with self.database.read() as connection:
            return await questions.popular(connection, (now - RECENT).date(), HOT)


def web_chat_of(core: Core) -> WebChat:
    from bot.adapters.webchat import WebChat

    settings = core.settings
    return WebChat(
        core.database,
        core.inbox,
        core.clock,
        arrivals_of(settings),
        public_url=settings.public_url,
        embed_origins=settings.embed_origins,
        trusted_proxies=settings.trusted_proxies,
        enclosed=core.enclosed,
    )


def telegram_of(settings: Settings, clock: Clock | None = None, contents: Contents | None = None) -> Telegram | None:
    """The bot as the settings say, reached in their way: by who serves it and by who only looks whether it can be served."""
    if not settings.telegram_token:
        return None
    # Imported here: without a token nobody waits for the library.
    from bot.adapters.telegram import Telegram

    return Telegram(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        secret=settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else "",
        proxy=settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None,
        per_second=settings.telegram_per_second,
        paid=settings.telegram_paid_broadcast,
        clock=clock,
        contents=contents,
    )


def served(settings: Settings) -> dict[str, Limits]:
    """The platforms this installation serves, for commands that run beside it."""
    from bot.adapters.webchat import WebChat

    found = {WebChat.platform: WebChat.limits}
    if settings.telegram_token:
        from bot.adapters.telegram import Telegram, limits_at

        found[Telegram.platform] = limits_at(settings.telegram_per_second)
    return found


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
    cache = cache_of(settings)
    unless_known(cache / "knowledge.checked", _knowledge_files(), _sound)
    cache.mkdir(parents=True, exist_ok=True)
    remember(cache, "spoken", SPOKEN)
    return Knowledge.open(cache=cache)


def cache_of(settings: Settings) -> Path:
    """What can be made again, and is quicker kept."""
    return settings.data_dir / "cache"


def _knowledge_files() -> list[Path]:
    kinds = (".py", ".yaml", ".md", ".txt")
    return sorted(path for path in CORPUS.parent.rglob("*") if path.suffix in kinds)


def _sound() -> None:
    # Imported here: what has passed once is not looked at again.
    from knowledge.check import problems
    from knowledge.collisions import collisions

    # Those are compiled when somebody asks for it.
    for ask in language().asks:
        _ = ask.wants
    if found := [*problems(), *collisions()]:
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
        is_full = "disk is full" in reason or "No space left" in reason
        mend = "free some space where it lies" if is_full else "check the address and that it runs"
        raise ConfigurationError([f"DATABASE_URL: the database cannot be used ({reason}); {mend}"]) from None

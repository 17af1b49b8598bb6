"""What is done again and again: what is due is handed over, what broke off is taken up, what is past its time goes.

No message waits for any of it: all that it needs is loaded once the service runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import alerting
from bot.app import Core, arrivals_of, files_of
from bot.core.platform import Adapter
from bot.notices import enclosing
from bot.outbox import batches, ledger
from bot.storage import conversations, inbox, keys, privacy, questions, retention, transfers, webchat
from bot.storage.database import job_of
from bot.worker import Duties
from handlers.forms.form import endings
from reminders import catchup, own
from reminders.alerts import alerts as reminder_alerts

log = structlog.get_logger(__name__)

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


class Ticks:
    """APScheduler knocks; the database says what is due. A missed or doubled tick harms nobody."""

    def __init__(self) -> None:
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=options)

    def each(self, interval: timedelta, tick: Callable[[], Awaitable[None]]) -> None:
        self._scheduler.add_job(_guarded, "interval", args=(tick,), seconds=interval.total_seconds())

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


async def _guarded(tick: Callable[[], Awaitable[None]]) -> None:
    try:
        await tick()
    except Exception:
        log.exception("a tick failed")


class Upkeep:
    """Its ticks, ready to be started; made in any thread."""

    def __init__(self, core: Core, duties: Duties, adapters: Sequence[Adapter]) -> None:
        self._core, self._duties, self._adapters = core, duties, adapters
        self._limits = {adapter.platform: adapter.limits for adapter in adapters}
        self._ticks = Ticks()
        handover, notices = core.handover(adapters), core.notices(self._limits)
        self._ticks.each(timedelta(seconds=15), self._recover)
        self._ticks.each(HAND_OVER, handover.tick)
        self._ticks.each(TEND, handover.tend)
        self._ticks.each(LOOK_FOR_QUIET, core.quiet(adapters).tick)
        self._ticks.each(KNOCK, core.pauses(adapters).tick)
        self._ticks.each(LOOK_FOR_QUIET, core.overdue(adapters).tick)
        self._ticks.each(timedelta(hours=1), self._forget)
        self._ticks.each(LOOK_FOR_TROUBLE, self._alert)
        self._ticks.each(timedelta(seconds=3), lambda: notices.tick(core.clock.now()))

    def start(self) -> None:
        self._ticks.start()

    def stop(self) -> None:
        self._ticks.stop()

    async def _recover(self) -> None:
        """Rows whose sender broke off without the process ending, and those whose batch or time is over."""
        for adapter in self._adapters:
            platform, account, now = adapter.platform, adapter.account, self._core.clock.now()
            job = job_of(ledger.recover, platform, account, now, all_rows=False)
            await self._core.database.write(job)
        while await self._core.database.write(job_of(batches.sweep, self._core.clock.now())):
            pass

    async def _alert(self) -> None:
        """Staff hear of trouble where they are reached."""
        now = self._core.clock.now()

        async def job(connection: AsyncConnection) -> None:
            others = await reminder_alerts(connection, self._core.terms, now)
            await alerting.tell(connection, self._core.words, self._limits, now, others)

        await self._core.database.write(job)

    async def _forget(self) -> None:
        """What is past its time goes. One process at a time: two would stand in each other's way."""
        if not await self._duties.take("forget"):
            return
        now = self._core.clock.now()
        for rows in (inbox, conversations, ledger, webchat, catchup, questions):
            await retention.let_go(self._core.database, rows.passing(now))
        for forget in (batches.forget, own.forget, enclosing.forget, transfers.forget, keys.forget):
            await self._core.database.write(job_of(forget, now))
        await retention.give_back(self._core.database)
        erased = await self._core.database.write(job_of(privacy.expire, now, privacy.Retention(statuses=endings()), dry_run=False))
        await asyncio.to_thread(files_of(self._core.settings).delete, erased.paths)
        async with self._core.database.read() as connection:
            known = await privacy.files_known(connection)
        await asyncio.to_thread(files_of(self._core.settings).sweep, known)
        await asyncio.to_thread(arrivals_of(self._core.settings).sweep)
        await asyncio.to_thread(self._core.papers({}).sweep)
        await self._core.database.unlock(now)

"""A notice survives kills: while its recipients become rows, and while it is being sent."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.core.permissions import Role
from bot.storage.database import Database
from bot.storage.master import Master
from bot.words import Words
from tests.fakes.telegram import FakeTelegram
from tests.faults.conftest import Service
from tests.patience import until
from tests.storage.test_notice_sending import Room

pytestmark = pytest.mark.xdist_group("processes")

SEED = 20261122
WIDTH = Telegram.limits.width
PEOPLE = [str(7000 + number) for number in range(120)]


@asynccontextmanager
async def opened(service: Service) -> AsyncIterator[Database]:
    """While the service does not run."""
    database = Database(f"sqlite+aiosqlite:///{service.folder / 'zhice.db'}", Master.own(service.folder / "keys" / "master.key"))
    await database.open()
    await database.unlock(SystemClock().now())
    yield database
    await database.close()


async def approved(service: Service, fake: FakeTelegram) -> None:
    """A notice to everybody, written, submitted and approved, waiting for the service."""
    await service.start()
    assert await service.stop() == 0
    async with opened(service) as database:
        room = Room(database, SystemClock(), Words.open())  # type: ignore[arg-type]
        room.account = str(fake.bot["id"])
        await room.employ(chen={Role.EDITOR, Role.BROADCASTER}, wang={Role.REVIEWER})
        await room.meet([("telegram", person) for person in PEOPLE])
        await room.ready()


def copies(fake: FakeTelegram) -> Counter[str]:
    return Counter(str(call.result["chat"]["id"]) for call in fake.calls("sendMessage") if call.done)


async def test_without_faults_everybody_gets_exactly_one(service: Service, fake: FakeTelegram) -> None:
    await approved(service, fake)
    await service.start()
    await until(lambda: service.count("notice where state = 'done'") == 1, what="the notice is done")
    assert copies(fake) == Counter(PEOPLE)
    assert service.ask("select state, count(*) from noticerecipient group by state") == [("sent", len(PEOPLE))]
    assert await service.stop() == 0


async def test_killed_while_listing_and_while_sending_nobody_is_missed_and_nobody_gets_three(service: Service, fake: FakeTelegram) -> None:
    dice = random.Random(SEED)
    await approved(service, fake)
    moments = [
        lambda: service.count("batch") == 1,
        lambda: service.count("noticerecipient where state = 'queued'") > 0,
        lambda: len(copies(fake)) > 10,
        lambda: len(copies(fake)) > 60,
    ]
    for moment in moments:
        await service.start()
        await until(moment, what="the moment to kill")
        await asyncio.sleep(dice.uniform(0, 0.2))
        await service.kill()
    await service.start()
    await until(lambda: not service.count("outbox where state in ('pending', 'sending')"), what="all that is certain is sent")
    assert await service.stop() == 0
    doubtful = service.count("outbox where state = 'ambiguous'")
    assert doubtful <= len(moments) * WIDTH
    service.change("update outbox set due_at = made_at where state = 'ambiguous'")
    await service.start()
    await until(lambda: service.count("notice where state = 'done'") == 1, what="the notice is done")
    got = copies(fake)
    assert set(got) == set(PEOPLE), "nobody is missed"
    assert max(got.values()) <= 2
    assert got.total() - len(PEOPLE) <= doubtful
    assert service.count("outbox where key like 'notice:%'") == len(PEOPLE), "one row each"
    print(f"{len(PEOPLE)} recipients, 4 kills: {doubtful} in doubt, {got.total() - len(PEOPLE)} repeated, 0 missed; seed {SEED}")
    assert await service.stop() == 0


async def test_a_token_revoked_in_the_middle_stops_it_and_costs_nobody_the_notice(service: Service, fake: FakeTelegram) -> None:
    await approved(service, fake)
    await service.start()
    await until(lambda: len(copies(fake)) > 30, what="it is under way")
    for _ in range(WIDTH):
        fake.fault("sendMessage", "error", status=401, description="Unauthorized")
    await until(lambda: service.count("outbox where error like '%nauthorized%'") > 0, what="the refusal is noted")
    assert service.count("outbox where state = 'failed'") == 0, "it uses up no tries"
    assert service.count("notice where state = 'sending'") == 1
    assert await service.stop() == 0

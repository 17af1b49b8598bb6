"""Several processes on one database: any of them may die under load, and what only one may do is done by one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession
from sqlalchemy import select, update
from sqlalchemy.engine import URL

from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.storage.database import Database
from bot.storage.tables import Inbox, Lease, Outbox
from tests.fakes import telegram as fakes
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.faults.conftest import SECRET, Service, migrated, shared
from tests.patience import until
from tests.ports import free_port
from tests.storage.conftest import DRIVER, address, engine, pytest_generate_tests, server  # noqa: F401

pytestmark = pytest.mark.xdist_group("processes")
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
CHATS, EACH = 12, 4
inbox, lease, outbox = Inbox.__table__, Lease.__table__, Outbox.__table__


# ---- two pollers by mistake ----


async def test_of_two_pollers_one_stands_by_until_the_other_is_gone(tmp_path: Path, fake: FakeTelegram, services: list[Service]) -> None:
    platform = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": fake.base_url}
    services += [Service(tmp_path / "data", command, **platform) for command in ("serve", "worker")]
    for service in services:
        await service.start()
    first, second = services

    def poller() -> int:
        return int(first.ask("select holder from lease where name like 'poll:%'")[0][0].split("/")[1])

    fake.push(fakes.private("/help", user=1))
    await until(lambda: fake.sent(1), what="the poller is at work")
    by_pid = {service.process.pid: service for service in services if service.process}
    gone = by_pid[poller()]
    assert not [call for call in fake.calls("getUpdates") if call.error], "the platform never met two"
    await gone.kill()
    fake.push(fakes.private("/help", user=2))
    await until(lambda: fake.sent(2), what="the other polls instead")
    assert poller() == next(pid for pid, service in by_pid.items() if service is not gone)
    assert [len(fake.sent(user)) for user in (1, 2)] == [1, 1]
    assert await (second if gone is first else first).stop() == 0


# ---- web × 2 and worker × 2 ----


@pytest.fixture
async def database(address: URL) -> AsyncIterator[Database]:  # noqa: F811
    async with migrated(address) as opened:
        yield opened


@pytest.fixture
def fleet(tmp_path: Path, fake: FakeTelegram, services: list[Service], database: Database) -> list[Service]:
    """Two that take updates, then two that handle them."""
    # Nobody listens there: updates are handed over by hand, as a load balancer would.
    told = shared(fake, database) | {"TELEGRAM_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": "http://127.0.0.1:1"}
    for number, command in enumerate(("web", "web", "worker", "worker")):
        services.append(Service(tmp_path / f"{command}-{number}", command, PORT=str(free_port()), **told))
    return services


async def hand_over(session: ClientSession, webs: list[Service], number: int) -> None:
    """To one web process after the other, until it is taken."""
    chat = 7000 + number % CHATS
    change = {"update_id": number, **fakes.private("/help", user=chat, message_id=number)}
    attempt = number
    while True:
        web = webs[attempt % len(webs)]
        with suppress(ClientError, OSError):
            url = f"http://127.0.0.1:{web.environment['PORT']}/telegram/webhook"
            async with session.post(url, json=change, headers=HEADERS) as response:
                if response.status == 200:
                    return
        attempt += 1
        await asyncio.sleep(0.05)


async def row_of(session: ClientSession, webs: list[Service], chat: int) -> None:
    for number in range(EACH):
        await hand_over(session, webs, chat + number * CHATS)


async def at_work(database: Database) -> int:
    async with database.read() as connection:
        found = (await connection.execute(select(lease.c.holder).where(lease.c.name.like("consume:telegram:%")))).scalar()
    return int(found.split("/")[1]) if found else 0


async def time_passes(database: Database) -> None:
    """The leases of the dead end; nobody waits a minute for it here. The living renew theirs."""
    now = SystemClock().now()
    await database.write(lambda connection: connection.execute(update(lease).values(until=now)))


async def states(database: Database) -> tuple[Counter[str], Counter[str]]:
    async with database.read() as connection:
        found = [(await connection.execute(select(table.c.state))).scalars().all() for table in (inbox, outbox)]
    return Counter(found[0]), Counter(found[1])


@pytest.mark.postgres_only
@pytest.mark.skipif(not DRIVER, reason="PostgreSQL's driver is not there")
async def test_a_web_process_and_the_worker_at_work_die_under_load_and_nothing_is_lost_or_out_of_order(
    fleet: list[Service], fake: FakeTelegram, database: Database
) -> None:
    await asyncio.gather(*(service.start() for service in fleet))
    webs, workers = fleet[:2], {service.process.pid: service for service in fleet[2:] if service.process}
    async with ClientSession() as session:
        handing = asyncio.gather(*(row_of(session, webs, chat) for chat in range(CHATS)))
        await until(lambda: len(fake.sent()) > 5, what="answers come")
        await webs[0].kill()
        first = await at_work(database)
        await workers[first].kill()
        await time_passes(database)
        await handing
    while (found := await states(database))[0]["new"] or found[1]["pending"] or found[1]["sending"]:
        await asyncio.sleep(0.1)

    events, messages = found
    assert events == Counter(done=CHATS * EACH)
    assert sum(messages.values()) == CHATS * EACH, "one answer each"
    assert set(messages) <= {"sent", "ambiguous"}
    assert messages["ambiguous"] <= Telegram.limits.width
    assert await at_work(database) != first
    async with database.read() as connection:
        rows = (await connection.execute(select(outbox).where(outbox.c.state == "sent").order_by(outbox.c.id))).all()
    for chat in range(CHATS):
        mine = [(int(row.key.split(":")[2]), int(row.message)) for row in rows if row.chat == str(7000 + chat)]
        assert mine == sorted(mine), "asked in this order, answered in this order"
        assert [message for _, message in mine] == sorted(message for _, message in mine)
    copies = Counter(call.result["message_id"] for call in fake.calls("sendMessage") if call.done)
    assert len(copies) - messages["sent"] <= messages["ambiguous"], "no message beyond those in doubt"
    for service in [webs[1], *(worker for pid, worker in workers.items() if pid != first)]:
        assert await service.stop() == 0

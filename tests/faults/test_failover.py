"""One sender for each bot: when it dies or sleeps another goes on, and the one that slept sends nothing any more."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.outbox import ledger
from bot.storage.database import Database
from bot.storage.tables import Lease, Outbox
from tests.fakes.telegram import FakeTelegram
from tests.faults.conftest import Service, migrated, shared
from tests.patience import until
from tests.storage.conftest import DRIVER, address, engine, pytest_generate_tests, server  # noqa: F401

pytestmark = [
    pytest.mark.xdist_group("processes"),
    pytest.mark.skipif(not DRIVER, reason="PostgreSQL's driver is not there"),
    pytest.mark.postgres_only,
]
PEOPLE = 1500
WIDTH = Telegram.limits.width
lease, outbox = Lease.__table__, Outbox.__table__


@pytest.fixture
async def database(address: URL) -> AsyncIterator[Database]:  # noqa: F811
    async with migrated(address) as opened:
        yield opened


@pytest.fixture
def workers(tmp_path: Path, fake: FakeTelegram, services: list[Service], database: Database) -> list[Service]:
    services += [Service(tmp_path / f"worker-{number}", "worker", **shared(fake, database)) for number in range(3)]
    return services


async def put(database: Database, account: str) -> None:
    messages = [
        (Outgoing(f"k{number}", Where("telegram", account, str(10_000 + number)), (Block((Span("通知"),)),)), False)
        for number in range(PEOPLE)
    ]
    await database.write(lambda connection: ledger.put_many(connection, messages, lane="bulk", now=SystemClock().now()))


async def holder(database: Database, account: str) -> int:
    """The process that may send; 0 for none."""
    async with database.read() as connection:
        found = (await connection.execute(select(lease.c.holder).where(lease.c.name == f"send:telegram:{account}"))).scalar()
    return int(found.split("/")[1]) if found else 0


async def states(database: Database) -> Counter[str]:
    async with database.read() as connection:
        return Counter((await connection.execute(select(outbox.c.state))).scalars().all())


async def test_of_three_senders_one_is_killed_and_one_sleeps_and_nobody_hears_anything_twice(
    workers: list[Service], fake: FakeTelegram, database: Database
) -> None:
    account = str(fake.bot["id"])
    for worker in workers:
        await worker.start()
    by_pid = {worker.process.pid: worker for worker in workers if worker.process}
    await put(database, account)

    def copies() -> Counter[int]:
        return Counter(call.parameters["chat_id"] for call in fake.calls("sendMessage") if call.done)

    async def sends_on(count: int, what: str) -> int:
        start = len(copies())
        await until(lambda: len(copies()) >= start + count, what=what)
        return await holder(database, account)

    first = await sends_on(50, "the first sender is at work")
    await by_pid[first].kill()
    second = await sends_on(2 * WIDTH, "another sends instead of the dead one")
    assert second != first
    sleeper = by_pid[second].process
    assert sleeper is not None
    sleeper.send_signal(signal.SIGSTOP)
    third = await sends_on(2 * WIDTH, "another sends instead of the sleeping one")
    assert third not in (first, second)
    sleeper.send_signal(signal.SIGCONT)
    await until(lambda: '"a lease was lost"' in by_pid[second].log.read_text(), what="the sleeper sees that it slept")
    await until(lambda: len(copies()) >= PEOPLE - 2 * WIDTH, what="nearly all are sent")
    while (by_state := await states(database))["pending"] or by_state["sending"]:
        await asyncio.sleep(0.2)

    assert set(by_state) <= {"sent", "ambiguous"}
    assert sum(by_state.values()) == PEOPLE, "none is lost"
    assert by_state["ambiguous"] <= 2 * WIDTH, "no more is in doubt than was flying"
    assert max(copies().values()) == 1, "and nobody heard it twice"
    assert len(copies()) >= by_state["sent"]
    assert await by_pid[second].stop() == 0
    assert await by_pid[third].stop() == 0

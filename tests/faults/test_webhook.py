"""What the platform was told we have, we have: acknowledged after the commit, refused when there is none."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.fakes import telegram as fakes
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.faults.conftest import SECRET, Service
from tests.patience import until
from tests.ports import free_port

pytestmark = pytest.mark.xdist_group("processes")
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
def hooked(tmp_path: Path, fake: FakeTelegram, services: list[Service]) -> Service:
    """Takes its updates by webhook."""
    port = free_port()
    platform = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": fake.base_url, "TELEGRAM_WEBHOOK_SECRET": SECRET}
    made = Service(tmp_path / "data", PORT=str(port), PUBLIC_URL=f"http://127.0.0.1:{port}", **platform)
    services.append(made)
    return made


async def post(session: ClientSession, service: Service, number: int, text: str = "/help", **headers: str) -> int:
    update = {"update_id": number, **fakes.private(text, user=7000 + number)}
    async with session.post(f"{service.address}/telegram/webhook", json=update, headers=headers or HEADERS) as response:
        return response.status


async def test_killed_right_after_it_said_yes_it_still_answers(hooked: Service, fake: FakeTelegram) -> None:
    async with ClientSession() as session:
        await hooked.start()
        assert await asyncio.gather(*(post(session, hooked, number) for number in range(40))) == [200] * 40
        await hooked.kill()
    assert hooked.count("inbox") == 40
    await hooked.start()
    await until(lambda: hooked.count("inbox where state = 'done'") == 40, what="all are handled")
    await until(lambda: not hooked.count("outbox where state in ('pending', 'sending')"), what="all are sent")
    assert hooked.count("outbox") == 40
    assert set(hooked.ask("select distinct state from outbox")) <= {("sent",), ("ambiguous",)}
    assert hooked.count("outbox where state = 'sent'") > 0
    assert await hooked.stop() == 0


async def test_the_platform_keeps_what_came_while_it_was_down(hooked: Service, fake: FakeTelegram) -> None:
    await hooked.start()
    await until(lambda: fake.webhook.url, what="the webhook is set")
    await hooked.kill()
    numbers = fake.push(*(fakes.private("/help", user=7100 + number) for number in range(10)))
    await until(lambda: fake.deliveries, what="the platform tries")
    await hooked.start()
    await until(lambda: fake.confirmed == numbers, what="all are taken, in order")
    await until(lambda: hooked.count("outbox where state = 'sent'") == 10, what="all are answered")
    assert await hooked.stop() == 0


async def test_a_redelivery_has_no_second_effect(hooked: Service, fake: FakeTelegram) -> None:
    async with ClientSession() as session:
        await hooked.start()
        for _ in range(3):
            assert await post(session, hooked, 5) == 200
        await until(lambda: hooked.count("outbox where state = 'sent'") == 1, what="it is answered")
        assert await post(session, hooked, 5) == 200
        assert await post(session, hooked, 6) == 200
        await until(lambda: hooked.count("outbox where state = 'sent'") == 2, what="the next is answered")
        assert hooked.count("inbox") == len(fake.calls("sendMessage")) == 2
    assert await hooked.stop() == 0


async def test_a_stranger_is_turned_away_and_nothing_is_stored(hooked: Service) -> None:
    async with ClientSession() as session:
        await hooked.start()
        wrong = [{"X-Other": "1"}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}]
        assert [await post(session, hooked, 1, **headers) for headers in wrong] == [401] * 3
        assert hooked.count("inbox") == 0
        assert await hooked.stop() == 0
    assert SECRET not in hooked.log.read_text()


@contextmanager
def locked(service: Service) -> Iterator[None]:
    """Another program holds the database for writing."""
    with closing(sqlite3.connect(service.folder / "zhice.db", isolation_level=None)) as file:
        file.execute("begin immediate")
        yield
        file.execute("rollback")


async def test_while_the_database_is_locked_nothing_is_taken_and_afterwards_nothing_is_missing(hooked: Service) -> None:
    async with ClientSession() as session:
        await hooked.start()
        assert await post(session, hooked, 1) == 200
        with locked(hooked):
            assert await post(session, hooked, 2) == 503
        assert await asyncio.gather(*(post(session, hooked, number) for number in range(2, 6))) == [200] * 4
        await until(lambda: hooked.count("outbox where state = 'sent'") == 5, what="all are answered")
    assert hooked.ask("pragma integrity_check") == [("ok",)]
    assert await hooked.stop() == 0


async def test_on_a_full_disk_what_was_taken_is_there_and_afterwards_nothing_is_missing(hooked: Service, fake: FakeTelegram) -> None:
    await hooked.start()
    assert hooked.process is not None
    pid, text = hooked.process.pid, "长问题" * 300
    async with ClientSession() as session:
        assert await post(session, hooked, 1) == 200
        whole = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        size = (hooked.folder / "zhice.db-wal").stat().st_size
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size + 200_000, whole[1]))
        taken: set[int] = {1}
        refused: set[int] = set()
        for number in range(2, 200):
            status = await post(session, hooked, number, text)
            (taken if status == 200 else refused).add(number)
            assert status in (200, 503)
            if len(refused) == 12:
                break
        assert len(refused) == 12, "the disk was full"
        assert {int(event) for (event,) in hooked.ask("select event from inbox")} >= taken
        resource.prlimit(pid, resource.RLIMIT_FSIZE, whole)
        assert await asyncio.gather(*(post(session, hooked, number, text) for number in refused)) == [200] * 12
        await until(lambda: hooked.count("inbox where state = 'new'") == 0, what="all are handled")
        # A claim that met the full disk is free again when its lease ends (60 s), at the next tick (15 s).
        await until(lambda: hooked.count("outbox where state in ('pending', 'sending')") == 0, what="all are sent")
    events = Counter(event for (event,) in hooked.ask("select event from inbox where state = 'done'"))
    assert events == Counter(str(number) for number in taken | refused)
    copies = Counter(call.result["chat"]["id"] for call in fake.calls("sendMessage") if call.done)
    assert set(copies) == {7000 + number for number in taken | refused}
    assert max(copies.values()) == 1
    assert hooked.ask("pragma integrity_check") == [("ok",)]
    assert await hooked.stop() == 0

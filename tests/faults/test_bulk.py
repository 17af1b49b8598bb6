"""Many messages through kills and a platform in a bad mood: none is lost, none comes a third time, and its demands to wait are kept.

KILLS=25 kills more often than every day needs.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.telegram import Telegram
from bot.core.clock import SystemClock
from bot.core.message import Block, Outgoing, Span, Where
from bot.outbox import ledger
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.master import Master
from tests.fakes.telegram import FakeTelegram, Strict
from tests.faults.conftest import Service
from tests.patience import until

pytestmark = pytest.mark.xdist_group("processes")

KILLS = int(os.environ.get("KILLS", "3"))
SEED = int(os.environ.get("SEED", "20261122"))
WIDTH = Telegram.limits.width
GONE, WRONG, MOVED = 3, 2, -4001


async def put(folder: Path, account: str, people: list[int]) -> None:
    """While the service does not run."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'zhice.db'}", Master.own(folder / "keys" / "master.key"))
    await database.open()
    await schema.migrate(database)
    await database.unlock(SystemClock().now())
    messages = [
        (Outgoing(f"k{person}", Where("telegram", account, str(person)), (Block((Span("通知"),)),)), person < 0) for person in people
    ]
    await database.write(partial(ledger.put_many, messages=messages, lane="bulk", now=SystemClock().now()))
    await database.close()


def copies(fake: FakeTelegram) -> Counter[int]:
    return Counter(call.result["chat"]["id"] for call in fake.calls("sendMessage") if call.done)


async def settled(service: Service) -> None:
    def none_open() -> bool:
        return not service.count("outbox where state in ('pending', 'sending')")

    await until(none_open, what="everything is sent")


async def test_through_kills_nobody_is_forgotten_and_nobody_hears_it_a_third_time(service: Service, fake: FakeTelegram) -> None:
    dice = random.Random(SEED)
    people = [20_000 + number for number in range(100 * (KILLS + 1))]
    fake.strict = Strict()
    await put(service.folder, str(fake.bot["id"]), people)
    for _ in range(KILLS):
        await service.start()
        start = len(copies(fake))
        await until(lambda start=start: len(copies(fake)) > start + dice.randrange(5, 40), what="the moment to kill")  # type: ignore[misc]
        await asyncio.sleep(dice.uniform(0, 0.2))
        await service.kill()
    await service.start()
    await settled(service)

    states = Counter(state for (state,) in service.ask("select state from outbox"))
    assert set(states) <= {"sent", "ambiguous"}
    assert states.total() == len(people)
    assert max(copies(fake).values()) == 1, "nobody heard it twice so far"
    doubtful = {int(chat) for (chat,) in service.ask("select chat from outbox where state = 'ambiguous'")}
    assert set(people) - set(copies(fake)) <= doubtful, "who has not heard it is in doubt, row by row"
    assert await service.stop() == 0
    service.change("update outbox set due_at = made_at where state = 'ambiguous'")
    await service.start()
    await until(lambda: service.count("outbox where state = 'sent'") == len(people), what="the doubtful ones are sent")
    extras = copies(fake).total() - len(people)
    assert set(copies(fake)) == set(people)
    assert max(copies(fake).values()) <= 2
    assert extras <= KILLS * WIDTH
    assert fake.strict.refused == 0, "and never faster than the platform allows"
    print(f"{len(people)} recipients, {KILLS} kills, seed {SEED}: {states['ambiguous']} in doubt, {extras} extra, 0 lost")
    assert await service.stop() == 0


async def test_without_faults_each_hears_it_exactly_once(service: Service, fake: FakeTelegram) -> None:
    people = [20_000 + number for number in range(150)]
    fake.strict = Strict()
    await put(service.folder, str(fake.bot["id"]), people)
    await service.start()
    await settled(service)
    assert copies(fake) == Counter(people)
    assert fake.strict.refused == 0
    assert await service.stop() == 0


async def test_each_mood_of_the_platform_has_its_end_and_no_demand_to_wait_is_broken(service: Service, fake: FakeTelegram) -> None:
    people = [20_000 + number for number in range(60)]
    await put(service.folder, str(fake.bot["id"]), [*people, MOVED])
    for chat in people[50 : 50 + GONE]:
        fake.fault("sendMessage", "error", status=403, description="Forbidden: bot was blocked by the user", chat=chat)
    for chat in people[55 : 55 + WRONG]:
        fake.fault("sendMessage", "error", status=400, description="Bad Request: not enough rights", chat=chat)
    fake.fault("sendMessage", "vanish", chat=people[10])
    fake.fault("sendMessage", "gateway", status=502, chat=people[11])
    fake.fault("sendMessage", "error", status=500, description="Internal Server Error", chat=people[12])
    fake.fault("sendMessage", "reset")  # Meets one of the first ones.
    fake.fault("sendMessage", "migrate", to=-1_009, chat=MOVED)
    fake.fault("sendMessage", "flood", seconds=2, chat=people[20])
    fake.fault("sendMessage", "flood", seconds=1, chat=people[30], times=3)
    await service.start()
    await settled(service)

    states = Counter(state for (state,) in service.ask("select state from outbox"))
    assert states["unreachable"] == GONE
    assert states["failed"] == WRONG
    assert states["ambiguous"] == 3, "done and cut, cut before it was read, and a gateway that may have passed it on"
    assert states["sent"] == len(people) + 1 - GONE - WRONG - 3
    assert service.ask("select chat from outbox where key = 'k-4001'") == [("-1009",)]
    assert not [call for call in fake.calls("sendMessage") if call.early], "no request inside a pause"
    assert max(copies(fake).values()) == 1
    assert await service.stop() == 0

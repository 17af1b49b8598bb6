"""Killed at any moment, the service loses nothing, and repeats no more than it must."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from bot.adapters.telegram import Telegram
from tests.fakes import telegram as fakes
from tests.fakes.telegram import FakeTelegram
from tests.faults.conftest import Service
from tests.patience import until

pytestmark = pytest.mark.xdist_group("processes")

WIDTH = Telegram.limits.width
SEED = 20261122
PEOPLE = [str(7000 + number) for number in range(120)]
QUESTIONS = [
    "苏州专利质押融资的目标是多少",
    "深圳发明专利资助多少钱",
    "合肥知识产权强市建设有哪些任务",
    "商业秘密怎么保护",
    "/help",
    "/browse",
]


def updates(count: int, dice: random.Random) -> list[dict[str, Any]]:
    """Half of them are talk in groups that is not meant for us."""
    talk = [fakes.group(f"大家好 {number}", user=9000 + number % 7, chat=-1000 - number % 20) for number in range(count // 2)]
    asked = [fakes.private(dice.choice(QUESTIONS), user=int(PEOPLE[number % len(PEOPLE)])) for number in range(count - len(talk))]
    mixed = talk + asked
    dice.shuffle(mixed)
    return mixed


def replies(fake: FakeTelegram) -> list[tuple[str, str]]:
    """Chat and message id of each message that exists with the platform, in order."""
    calls = (call for call in fake.calls("sendMessage") if call.done)
    return [(str(call.result["chat"]["id"]), str(call.result["message_id"])) for call in calls]


def wanted(pushed: dict[int, dict[str, Any]]) -> list[int]:
    """The updates that deserve an answer."""
    return [number for number, update in pushed.items() if update["message"]["chat"]["type"] == "private"]


def assert_nothing_is_lost(service: Service, fake: FakeTelegram, pushed: dict[int, dict[str, Any]]) -> None:
    assert service.ask("pragma integrity_check") == [("ok",)]
    assert Counter(service.ask("select event, state from inbox")) == Counter((str(number), "done") for number in pushed)
    keys = [key for (key,) in service.ask("select key from outbox")]
    assert sorted(keys) == sorted(f"telegram:{fake.bot['id']}:{number}:0" for number in wanted(pushed)), "one reply each"


def assert_order_is_kept(service: Service) -> None:
    """What was answered in a chat was answered in the order it was asked, by our rows and by the platform's numbers."""
    rows = service.ask("select chat, key, message from outbox where state = 'sent' and strikes = 0 order by id")
    for person in PEOPLE:
        mine = [(int(key.split(":")[2]), int(message)) for chat, key, message in rows if chat == person]
        assert mine == sorted(mine)
        assert [message for _, message in mine] == sorted(message for _, message in mine)


async def all_settled(service: Service, pushed: dict[int, dict[str, Any]]) -> None:
    def settled() -> bool:
        open_rows = service.count("outbox where state in ('pending', 'sending')")
        return service.count("inbox where state = 'done'") == len(pushed) and not open_rows

    await until(settled, what="everything is handled and sent")


async def test_four_kills_lose_none_of_600_updates_and_repeat_no_more_than_was_flying(service: Service, fake: FakeTelegram) -> None:
    dice = random.Random(SEED)
    pushed: dict[int, dict[str, Any]] = {}
    moments = [
        lambda start: len(fake.confirmed) > start,
        lambda start: service.count("inbox") > start + 60,
        lambda start: service.count("inbox where state = 'done'") > start + 40,
        lambda start: service.count("outbox where state = 'sent'") > 60,
    ]
    for moment in moments:
        start = len(pushed)
        wave = updates(150, dice)
        pushed |= dict(zip(fake.push(*wave), wave, strict=True))
        await service.start()
        await until(lambda moment=moment, start=start: moment(start), what="the moment to kill")  # type: ignore[misc]
        await asyncio.sleep(dice.uniform(0, 0.3))  # Any moment from here on will do.
        await service.kill()
    assert len(pushed) == 600
    await service.start()
    await all_settled(service, pushed)

    assert_nothing_is_lost(service, fake, pushed)
    assert_order_is_kept(service)
    arrived = replies(fake)
    rows = service.ask("select chat, state, message from outbox")
    states = Counter(state for _, state, _ in rows)
    assert set(states) <= {"sent", "ambiguous"}
    assert states["ambiguous"] <= 4 * WIDTH
    told = {(chat, message) for chat, state, message in rows if state == "sent"}
    assert len(told) == states["sent"]
    assert told <= set(arrived), "what we hold for sent is there"
    untold = Counter(chat for chat, message in arrived if (chat, message) not in told)
    doubtful = Counter(chat for chat, state, _ in rows if state == "ambiguous")
    assert untold <= doubtful, "what is there and not known to us is under doubt, row by row"

    # Ten minutes later the doubtful ones go out once more. Nobody waits that long: their time is brought forward.
    assert await service.stop() == 0
    service.change("update outbox set due_at = made_at where state = 'ambiguous'")
    await service.start()
    await until(lambda: service.count("outbox where state = 'sent'") == len(rows), what="the doubtful ones are sent")
    now = replies(fake)
    assert len(now) == len(arrived) + states["ambiguous"]
    assert len(now) - len(rows) == untold.total() <= states["ambiguous"], "a second copy only of what had arrived, and no third"
    print(f"600 updates, {len(rows)} replies, 4 kills: {states['ambiguous']} in doubt, {untold.total()} repeated, 0 lost; seed {SEED}")
    assert await service.stop() == 0


async def test_a_kill_right_after_the_platform_took_a_reply_repeats_it_once_at_the_most(service: Service, fake: FakeTelegram) -> None:
    await service.start()
    assert service.process is not None
    fake.fault("sendMessage", "kill", pid=service.process.pid)
    fake.push(fakes.private("/help"))
    await service.process.wait()
    await service.start()
    await until(lambda: service.count("outbox where state = 'ambiguous'") == 1, what="it is under doubt")
    assert len(replies(fake)) == 1
    await service.kill()
    service.change("update outbox set due_at = made_at")
    await service.start()
    assert service.process is not None
    fake.fault("sendMessage", "kill", pid=service.process.pid)
    await service.process.wait()
    await service.start()
    await until(lambda: service.count("outbox where state = 'unknown'") == 1, what="twice in doubt is unknown")
    assert len(replies(fake)) == 2
    assert await service.stop() == 0


async def test_a_restart_after_a_kill_needs_no_waiting_for_a_lease(service: Service, fake: FakeTelegram) -> None:
    await service.start()
    await service.kill()
    service.change("update lease set until = '2999-01-01 00:00:00'")  # Nobody lives to see it end.
    fake.push(fakes.private("/help"))
    await service.start()
    await until(lambda: len(replies(fake)) == 1, what="an answer")


async def test_asked_to_stop_under_load_it_ends_with_nothing_lost_and_nothing_extra(service: Service, fake: FakeTelegram) -> None:
    dice = random.Random(SEED + 1)
    wave = updates(200, dice)
    await service.start()
    pushed = dict(zip(fake.push(*wave), wave, strict=True))
    await until(lambda: len(replies(fake)) > 15, what="it is at work")
    assert await service.stop() == 0
    assert service.count("outbox where state = 'pending'") > 0, "it was under load"
    assert service.count("outbox where state in ('sending', 'ambiguous')") == 0
    await service.start()
    await all_settled(service, pushed)
    assert_nothing_is_lost(service, fake, pushed)
    assert_order_is_kept(service)
    assert service.count("outbox where state = 'sent'") == len(wanted(pushed)) == len(replies(fake))
    assert await service.stop() == 0


async def test_asked_to_stop_while_the_platform_is_slow_it_waits_for_the_answer(service: Service, fake: FakeTelegram) -> None:
    await service.start()
    fake.fault("sendMessage", "delay", seconds=2)
    fake.push(fakes.private("/help"))
    await until(lambda: fake.calls("sendMessage"), what="it is being sent")
    assert await service.stop() == 0
    assert service.ask("select state from outbox") == [("sent",)]


async def test_it_speaks_no_faster_than_allowed(service: Service, fake: FakeTelegram) -> None:
    fake.push(*(fakes.private("/help", user=7000 + number) for number in range(120)))
    await service.start()
    await until(lambda: len(replies(fake)) == 120, what="all are answered")
    times = [call.at for call in fake.calls("sendMessage")]
    most = max(sum(1 for time in times if start <= time < start + 1) for start in times)
    assert most <= Telegram.limits.per_second
    rate = 119 / (times[-1] - times[0])
    print(f"{rate:.1f} messages a second, {most} at the most in any second")
    assert await service.stop() == 0

"""Killed at any step of an application, the service keeps the draft whole and repeats at most the message that was on its way.

`DIALOG_KILLS=all` kills at each step of the dialog and not at a few of them.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from bot.core.clock import SystemClock
from bot.storage import applications, drafts, subjects
from bot.storage.applications import Case
from bot.storage.database import Database
from bot.storage.master import Master
from tests.fakes import telegram as fakes
from tests.fakes.telegram import FakeTelegram
from tests.faults.conftest import Service
from tests.patience import until

pytestmark = pytest.mark.xdist_group("processes")

SAID = (
    "/apply 费用减缴",
    "专利费用减缴备案",
    "事业单位",
    "同意并开始",
    "苏州知微研究所",
    "跳过",
    "2026",
    "13812345678",
    "交纸质材料",
    "提交",
)
PERSON = 7001
A_FEW = (1, 4, 8, 9)
KILLED_AT = tuple(range(len(SAID))) if os.environ.get("DIALOG_KILLS") == "all" else A_FEW


def told(fake: FakeTelegram) -> list[str]:
    """Every message that exists with the platform."""
    return [str(call.parameters["text"]) for call in fake.calls("sendMessage") if call.done]


async def steps(service: Service, fake: FakeTelegram) -> list[str]:
    """What is answered to each line; at some of them the service is killed as soon as it has taken the line."""
    answers: list[str] = []
    for number, line in enumerate(SAID):
        before = len(told(fake))
        fake.push(fakes.private(line, user=PERSON))
        if number in KILLED_AT:
            await until(lambda number=number: service.count("inbox") > number, what="the line is stored")  # type: ignore[misc]
            await service.kill()
            await service.start()
            await settled(service, fake, before)
        await until(lambda before=before: len(told(fake)) > before, what=f"an answer to {line}")  # type: ignore[misc]
        answers.append(told(fake)[before])
    return answers


async def settled(service: Service, fake: FakeTelegram, before: int) -> None:
    """What was on its way when it died goes once more after ten minutes. Nobody waits that long: its time is brought forward."""
    doubtful = "outbox where state = 'ambiguous'"
    await until(lambda: len(told(fake)) > before or service.count(doubtful) > 0, what="an answer, or one in doubt")
    if service.count(doubtful):
        await service.kill()
        service.change("update outbox set due_at = made_at where state = 'ambiguous'")
        await service.start()
        await until(lambda: service.count(doubtful) == 0, what="the one in doubt is sent again")


async def handed_in(service: Service) -> Case:
    database = Database(f"sqlite+aiosqlite:///{service.folder / 'zhice.db'}", Master.own(service.folder / "keys" / "master.key"))
    await database.open()
    try:
        await database.unlock(SystemClock().now())
        async with database.read() as connection:
            subject = await subjects.of(connection, "telegram", str(PERSON))
            assert await drafts.of_person(connection, "telegram", str(PERSON)) == []
            (known,) = await applications.of_subject(connection, subject)
            return await applications.own(connection, subject, known.id)
    finally:
        await database.close()


async def test_killed_at_a_step_the_dialog_goes_on_with_every_answer(service: Service, fake: FakeTelegram) -> None:
    await service.start()
    answers = await steps(service, fake)
    assert await service.stop() == 0
    held: dict[str, Any] = dict((await handed_in(service)).answers["held"])
    assert {"苏州知微研究所", "13812345678", 2026} <= set(map(_plain, held.values()))
    assert "受理编号" in answers[-1]
    assert service.ask("pragma integrity_check") == [("ok",)]
    rows = service.count("outbox")
    extra = len(told(fake)) - rows
    assert 0 <= extra <= len(KILLED_AT), "one chat has one message on its way"
    print(f"{len(SAID)} steps, killed at {len(KILLED_AT)}: {extra} messages repeated, 0 answers lost")


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int) else repr(value)

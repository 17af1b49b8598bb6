"""Who leaves an application unfinished hears one word about it, in the daytime, with nothing personal in it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.core.clock import FixedClock
from bot.core.message import Where
from bot.core.platform import Limits
from bot.outbox import ledger
from bot.storage import drafts, subjects, vault
from bot.storage.database import Database
from bot.storage.drafts import Filling, Owner
from bot.storage.tables import Offer, Outbox
from bot.words import Words
from handlers.forms.quiet import SILENCE, Quiet
from handlers.telling import Teller
from tests import standing as stands

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
"""Noon in Shanghai."""
HERE = Where("telegram", "1", "7")
COMPANY = "苏州标记科技有限公司"
PLEDGE = "pledge-subsidy"
_outbox = Outbox.__table__
_offer = Offer.__table__


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def quiet(database: Database, clock: FixedClock) -> Quiet:
    return Quiet(database, Teller(Words.open(), {"telegram": Limits(text=4096, buttons=10)}), clock, ZoneInfo("Asia/Shanghai"))


async def begun(database: Database, programme: str = PLEDGE, **answers: Any) -> Filling:
    async def job(connection: Any) -> Filling:
        owner = Owner(await subjects.begun(connection, "telegram", "7", NOW), HERE, "7")
        given = {"held": {"org-name": COMPANY}, "submitted": None} | answers
        filling = Filling(secrets.token_hex(12), programme, "1", owner, "steps", given, 0, "v1", NOW, NOW)
        await drafts.begin(connection, filling, NOW)
        return filling

    return await database.write(job)


async def sent(database: Database) -> list[tuple[str, list[str]]]:
    """The whole body of each message on its way, and what its buttons do."""
    async with database.read() as connection:
        rows = (await connection.execute(select(_outbox).order_by(_outbox.c.id))).all()
        bodies = [await vault.unseal(connection, ledger.place(row.key), row.body) for row in rows]
        tokens = (await connection.execute(select(_offer.c.token).order_by(_offer.c.made_at))).scalars().all()
        offers = [offer for token in tokens if (offer := await stands.on_offer(connection, token))]
    return [(body, [choice.action for choice in offer.choices]) for body, offer in zip(bodies, offers, strict=True)]


async def test_after_two_days_of_silence_one_word_and_no_more(database: Database, quiet: Quiet, clock: FixedClock) -> None:
    await begun(database)
    clock.at = NOW + SILENCE
    await quiet.tick()
    assert await sent(database) == []
    for day in range(1, 5):
        clock.at = NOW + SILENCE + timedelta(days=day)
        await quiet.tick()
    ((body, actions),) = await sent(database)
    assert actions == ["apply-continue", "apply-discard"]
    assert "知识产权质押融资贴息或奖励" in body
    assert "2027年2月20日" in body
    assert COMPANY not in body


async def test_whoever_goes_on_hears_again_only_after_the_next_silence(database: Database, quiet: Quiet, clock: FixedClock) -> None:
    filling = await begun(database)
    later = clock.at = NOW + SILENCE + timedelta(hours=1)
    await database.write(lambda connection: drafts.save(connection, filling, later))
    await quiet.tick()
    assert await sent(database) == []
    clock.at = later + SILENCE + timedelta(hours=1)
    await quiet.tick()
    assert len(await sent(database)) == 1


async def test_nobody_is_written_to_at_night(database: Database, quiet: Quiet, clock: FixedClock) -> None:
    await begun(database)
    for hour, messages in ((20, 0), (32, 0), (33, 1)):
        clock.at = datetime(2026, 11, 24, 16, tzinfo=UTC) + timedelta(hours=hour - 24)
        await quiet.tick()
        assert len(await sent(database)) == messages


async def test_of_a_programme_that_is_gone_nothing_is_said(database: Database, quiet: Quiet, clock: FixedClock) -> None:
    await begun(database, "no-longer-offered")
    clock.at = NOW + timedelta(days=3)
    await quiet.tick()
    assert await sent(database) == []
    async with database.read() as connection:
        assert await drafts.quiet_since(connection, clock.at, 9) == []


async def test_what_staff_sent_back_is_not_offered_for_deletion(database: Database, quiet: Quiet, clock: FixedClock) -> None:
    await begun(database, submitted=NOW.isoformat())
    clock.at = NOW + timedelta(days=3)
    await quiet.tick()
    ((body, actions),) = await sent(database)
    assert actions == ["apply-continue"]
    assert "补正" in body

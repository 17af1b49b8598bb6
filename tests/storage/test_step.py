"""What an event brings about is written with its end, all of it or nothing; on a server in one trip."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Asked, Block, ChatKind, Choice, Fate, Incoming, Kind, Outgoing, Span, Where
from bot.core.standing import OnOffer, Standing, Turn
from bot.outbox import ledger
from bot.storage import conversations, inbox, questions
from bot.storage.database import Database
from bot.storage.prepared import last
from bot.storage.tables import Conversation, Gap, Inbox, Offer, Outbox, Person, Popular
from bot.storage.upsert import Put
from tests import standing as stands
from tests.secret import master
from tests.wire import wired

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HERE = Where("fake", "bot", "1")
HEARD = Incoming("e1", Kind.TEXT, HERE, ChatKind.PRIVATE, "u1", NOW, text="你好")
AFTER = Standing(language="zh-CN", step="ask", turns=[Turn("你好", NOW)], offer="token")
OFFER = OnOffer("token", HERE, "u1", (Choice("ask", "问一问"),), NOW + timedelta(days=1))
ASKED = Asked(Fate.ANSWERED, ("clause",))


def message(number: int) -> Outgoing:
    return Outgoing(f"fake:bot:e1:{number}", HERE, (Block((Span(f"answer {number}"),)),))


async def heard(database: Database) -> int:
    return next(iter(await database.write(lambda connection: inbox.store(connection, [HEARD], NOW))))


async def step(connection: AsyncConnection, id: int, answers: int = 3) -> bool:
    puts: list[Put] = await conversations.changed(connection, HEARD, AFTER, Standing(), NOW)
    puts += await questions.noted(connection, ASKED, NOW, NOW.date())
    puts.append(await conversations.offered(connection, OFFER, NOW))
    puts += [await ledger.answered(connection, message(number), group=False, now=NOW) for number in range(answers)]
    last(connection)
    return await inbox.end_with(connection, id, "", puts)


async def test_all_of_it_is_written_and_answers_keep_their_order(database: Database) -> None:
    id = await heard(database)
    assert await database.write(lambda connection: step(connection, id, answers=7))
    async with database.read() as connection:
        keys = (await connection.execute(select(Outbox.key).order_by(Outbox.id))).scalars().all()
        assert keys == [message(number).key for number in range(7)]
        assert (await connection.execute(select(Inbox.state, Inbox.body))).one() == ("done", "")
        assert (await connection.execute(select(Person.language, Person.first_seen))).one() == ("zh-CN", NOW)
        assert (await connection.execute(select(Popular.day, Popular.answered))).one() == (date(2026, 11, 22), 1)
        assert (await stands.standing(connection, HEARD)).turns == AFTER.turns
        offer = await stands.on_offer(connection, "token")
        assert offer
        assert offer.choices == OFFER.choices


async def test_of_an_event_that_has_ended_nothing_is_written(database: Database) -> None:
    id = await heard(database)
    await database.write(lambda connection: inbox.end(connection, id))
    assert not await database.write(lambda connection: step(connection, id))
    async with database.read() as connection:
        for table in (Outbox, Conversation, Person, Offer, Popular):
            assert (await connection.execute(select(table))).first() is None


async def test_what_is_there_already_changes_stays_or_counts_on(database: Database) -> None:
    id = await heard(database)
    await database.write(lambda connection: step(connection, id, answers=1))
    stored = await database.write(lambda connection: inbox.store(connection, [replace(HEARD, event="e2")], NOW))
    again = next(iter(stored))
    assert await database.write(lambda connection: step(connection, again, answers=2))
    async with database.read() as connection:
        assert (await connection.execute(select(Popular.answered))).scalar_one() == 2
        keys = (await connection.execute(select(Outbox.key).order_by(Outbox.id))).scalars().all()
        assert keys == [message(0).key, message(1).key]


async def test_a_question_asked_again_is_counted_and_sealed_anew(database: Database) -> None:
    asked = Asked(Fate.UNANSWERED, ("near",), "没有答案的问题", "nothing")
    later = NOW + timedelta(days=40)
    await database.write(lambda connection: questions.note(connection, asked, NOW, NOW.date()))
    async with database.read() as connection:
        before = (await connection.execute(select(Gap))).one()
    await database.write(lambda connection: questions.note(connection, replace(asked, clauses=("nearer",)), later, later.date()))
    async with database.read() as connection:
        row = (await connection.execute(select(Gap))).one()
    assert (before._mapping["count"], row._mapping["count"]) == (1, 2)
    assert (row.first_at, row.last_at, row.clauses) == (NOW, later, '["nearer"]')
    assert row.question != before.question


@pytest.mark.postgres_only
async def test_it_takes_one_trip(database: Database, address: URL) -> None:
    """And so do a hundred that come together, one of them known already."""
    with tempfile.TemporaryDirectory() as folder:
        async with wired(address, Path(folder)) as (url, wire):
            far = Database(url.render_as_string(hide_password=False), master())
            await far.open()
            await far.unlock(NOW)
            id = await heard(far)
            wire.trips = 0
            assert await far.write(lambda connection: step(connection, id))
            assert wire.trips == 1
            page = [replace(HEARD, event=f"e{number}") for number in range(100)]
            stored = await far.write(lambda connection: inbox.store(connection, page, NOW, ends=True))
            assert list(stored.values()) == [each for each in page if each.event != "e1"]
            assert wire.trips == 2
            await far.close()

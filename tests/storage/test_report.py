"""How the outbox stands, and what staff are told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Block, Outgoing, Span, Text, Where
from bot.core.platform import Outcome, Refused, Sent, Unclear
from bot.outbox import batches, instance, ledger, report, troubles
from bot.outbox.due import Look, due
from bot.outbox.report import Stats
from bot.storage.database import Database
from bot.words import LANGUAGES, Words

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


async def put(database: Database, key: str, lane: str = "reply") -> None:
    message = Outgoing(key, Where("fake", "bot", key), (Block((Span("x"),)),))
    await database.write(partial(ledger.put, message=message, group=False, lane=lane, now=NOW))


async def send(database: Database, *outcomes: Outcome, now: datetime = NOW) -> None:
    for outcome in outcomes:
        async with database.read() as connection:
            found = await due(connection, Look("fake", "bot", now, 1))
        delivery = (*found.replies, *found.bulk)[0]
        await database.write(partial(ledger.claim, found=[delivery], now=now))
        await database.write(partial(ledger.settle, sent=delivery, outcome=outcome, now=now))


async def stats(database: Database, now: datetime = NOW) -> Stats:
    async with database.read() as connection:
        return await report.stats(connection, now)


async def alerts(database: Database, now: datetime = NOW) -> list[Text]:
    async with database.read() as connection:
        found = await report.alerts(connection, now)
        assert report.alerts_of(await report.stats(connection, now), now) == found, "figures and alerts agree"
    return [alert.text for alert in found]


async def test_an_empty_outbox_has_nothing_to_tell(database: Database) -> None:
    assert await alerts(database) == []
    assert await stats(database) == Stats({}, None, None, "", (), (), 0, 0, 0)


async def test_the_oldest_of_each_lane_is_known(database: Database) -> None:
    await put(database, "a")
    await put(database, "b", lane="bulk")
    found = await stats(database, at(60))
    assert (found.oldest_reply, found.oldest_bulk, found.counts) == (timedelta(minutes=1), timedelta(minutes=1), {"pending": 2})
    assert found.plain()["oldest_reply_seconds"] == 60.0


async def test_staff_hear_of_answers_that_wait(database: Database) -> None:
    await put(database, "a")
    assert await alerts(database, at(300)) == []
    assert await alerts(database, at(420)) == [Text("alert-outbox-slow", {"minutes": 7})]


async def test_staff_hear_of_a_pause_instead_of_what_it_holds_up(database: Database) -> None:
    await put(database, "a")
    await database.write(partial(instance.pause, reason="restored", now=NOW))
    assert await alerts(database, at(420)) == [Text("alert-outbox-paused", {"reason": "restored"})]


async def test_staff_hear_of_paused_batches_and_what_they_hold_up_counts_as_late_no_more(database: Database) -> None:
    letters = {"x": [Outgoing("", Where("", "", ""), (Block((Span("x"),)),))]}

    async def audience(connection: AsyncConnection, cursor: str, limit: int) -> batches.Page:
        return batches.Page([batches.Recipient(Where("fake", "bot", "1"), "x")], "1", last=True)

    await database.write(partial(batches.begin, id="n1", letters=letters, now=NOW))
    await database.write(partial(batches.expand_some, id="n1", audience=audience, now=NOW))
    assert (await stats(database, at(60))).oldest_bulk == timedelta(minutes=1)
    await database.write(partial(batches.pause, id="n1", reason="typo"))
    assert (await stats(database, at(60))).oldest_bulk is None
    assert await alerts(database) == [Text("alert-batch-paused", {"batch": "n1", "reason": "typo"})]


async def test_trouble_is_told_with_its_beginning_until_it_is_over(database: Database) -> None:
    note = partial(troubles.note, name="send:fake:bot")
    await database.write(partial(note, state="blocked", reason="401", now=NOW))
    await database.write(partial(note, state="blocked", reason="401 still", now=at(60)))
    values: dict[str, Any] = {"account": "fake:bot", "reason": "401 still", "since": NOW}
    assert await alerts(database, at(59)) == [], "what lasts less than a minute is none"
    assert await alerts(database, at(90)) == [Text("alert-send-blocked", values)]
    await database.write(partial(note, state="", reason="", now=at(120)))
    assert await alerts(database, at(120)) == []


async def test_what_may_have_arrived_is_listed_and_sent_again_when_somebody_says_so(database: Database) -> None:
    for key in "abc":
        await put(database, key)
    await send(database, Unclear("reset"), Refused("no rights"), Sent("1"))
    await send(database, Unclear("reset again"), now=at(600))
    async with database.read() as connection:
        (unknown,) = await report.unknown(connection)
        both = await report.unknown(connection, states=("unknown", "failed"))
    assert (unknown.key, unknown.error, unknown.at) == ("a", "reset again", at(600))
    assert [each.key for each in both] == ["a", "b"]
    assert await alerts(database, at(700)) == [Text("alert-unknown", {"count": 1})]
    assert await alerts(database, at(600) + report.LAST + timedelta(seconds=1)) == []
    resend = partial(report.resend, ids=[unknown.id, both[1].id, 3, 99], now=at(700))
    assert await database.write(resend) == 2, "neither one that arrived nor one that never was"
    await send(database, Sent("2"), Sent("3"), now=at(700))
    assert (await stats(database, at(700))).counts == {"sent": 3}


async def test_the_words_are_there_in_every_language() -> None:
    words = Words.open()
    values: dict[str, Any] = {
        "reason": "typo",
        "minutes": 7,
        "batch": "n1",
        "name": "send",
        "account": "a",
        "since": NOW,
        "count": 2,
        "seconds": 9,
    }
    for id in (
        "alert-outbox-paused",
        "alert-outbox-slow",
        "alert-batch-paused",
        "alert-send-blocked",
        "alert-poll-conflict",
        "alert-over-batch",
        "alert-unknown",
        "too-fast",
        "too-fast-group",
    ):
        for language in LANGUAGES:
            assert "{" not in words.say(Text(id, values), language)

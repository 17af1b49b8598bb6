"""Calendar addresses over HTTP: a window's for everybody, a subscription's for who knows its secret."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from icalendar import Calendar
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendars import Calendars
from bot.core.clock import FixedClock
from bot.storage.database import Database
from bot.words import Words
from reminders import feeds, places, shelf, week
from reminders.places import About
from reminders.window import CutOff, Level, Status
from tests.storage.test_reminders import START, TERMS, publish, subscriber

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(database: Database) -> AsyncIterator[Client]:
    application = web.Application()
    application.add_routes(Calendars(database, Words.open(), lambda: TERMS, FixedClock(START)).routes())
    async with TestClient(TestServer(application)) as client:
        yield client


async def address(database: Database, number: int, about: About, target: str, secret: str) -> int:
    place = await subscriber(database, number, (about, target))

    async def job(connection: AsyncConnection) -> int:
        (mine,) = await places.of_place(connection, place.id)
        await feeds.replace(connection, mine.id, secret, START)
        return mine.id

    return await database.write(job)


async def entries(client: Client, path: str) -> dict[str, tuple[str, int, str]]:
    """Summary, sequence and status by UID."""
    async with client.get(path) as answer:
        assert (answer.status, answer.content_type) == (200, "text/calendar")
        found = Calendar.from_ical(await answer.read()).walk("VEVENT")
    return {str(each["uid"]): (str(each["summary"]), int(str(each["sequence"])), str(each.get("status", ""))) for each in found}


async def test_a_windows_file_is_everybodys(database: Database, client: Client) -> None:
    window = await publish(database)
    found = await entries(client, f"/calendar/window/{window.id}.ics")
    assert found[f"window-{window.id}-closes-city@zhice"] == ("截止：专利奖（市）", 0, "CONFIRMED")
    assert (await client.get("/calendar/window/999.ics")).status == 404


async def test_a_feed_follows_its_subscription_and_moves_and_takes_away_entries(database: Database, client: Client) -> None:
    window = await publish(database)
    await address(database, 1, About.REGION, "suzhou", "a" * 32)
    name = f"window-{window.id}-closes-city@zhice"
    assert (await entries(client, f"/calendar/{'a' * 32}.ics"))[name][1:] == (0, "CONFIRMED")
    later = replace(window, version=2, cutoffs=(CutOff(Level.CITY, date(2026, 4, 10)),), status=Status.EXTENDED)
    for version in (later, replace(later, version=3, status=Status.CANCELLED)):
        await database.write(lambda connection, version=version: shelf.change(connection, version, "extend", "test", START))  # type: ignore[misc]
    assert (await entries(client, f"/calendar/{'a' * 32}.ics"))[name][1:] == (2, "CANCELLED")


async def test_a_feed_of_the_publicity_week_holds_its_programme(database: Database, client: Client) -> None:
    await address(database, 1, About.WEEK, "", "w" * 32)
    event = week.Event(0, date(2026, 4, 20), "开幕式", "市局", "安排", at="09:30", venue="图书馆")
    added = await database.write(lambda connection: week.add(connection, event))
    await database.write(lambda connection: week.change(connection, replace(added, at="10:00")))
    assert (await entries(client, f"/calendar/{'w' * 32}.ics"))[f"week-{added.id}@zhice"] == ("开幕式", 1, "")


async def test_an_address_ends_with_a_new_one_and_with_the_subscription(database: Database, client: Client) -> None:
    id = await address(database, 1, About.REGION, "suzhou", "a" * 32)
    assert (await client.get(f"/calendar/{'b' * 32}.ics")).status == 404
    await database.write(lambda connection: feeds.replace(connection, id, "b" * 32, START))
    assert [(await client.get(f"/calendar/{letter * 32}.ics")).status for letter in "ab"] == [404, 200]
    place = await subscriber(database, 1)
    await database.write(lambda connection: places.unsubscribe(connection, id, place.id))
    assert (await client.get(f"/calendar/{'b' * 32}.ics")).status == 404

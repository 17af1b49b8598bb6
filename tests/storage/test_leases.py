"""What only one process may do is done by one."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from bot.core.clock import FixedClock
from bot.storage import leases
from bot.storage.database import Database
from bot.worker import Duties

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def alive(_holder: str) -> bool:
    return False


def dead(_holder: str) -> bool:
    return True


async def take(database: Database, holder: str, now: datetime = NOW, is_dead=alive, name: str = "poll") -> int | None:
    return await database.write(lambda connection: leases.take(connection, name, holder, now, is_dead))


async def test_of_many_at_once_one_holds_it(database: Database) -> None:
    epochs = await asyncio.gather(*(take(database, f"process {number}") for number in range(20)))
    assert [epoch for epoch in epochs if epoch is not None] == [1]


async def test_each_lease_is_a_matter_of_its_own(database: Database) -> None:
    assert await take(database, "one") == 1
    assert await take(database, "two", name="send") == 1


async def test_renewing_keeps_the_epoch_and_lengthens_the_term(database: Database) -> None:
    await take(database, "one")
    assert await take(database, "one", NOW + timedelta(seconds=40)) == 1
    assert await take(database, "two", NOW + timedelta(seconds=80)) is None


async def test_it_is_taken_over_when_the_term_is_over_and_not_before(database: Database) -> None:
    await take(database, "one")
    assert await take(database, "two", NOW + leases.TERM - timedelta(milliseconds=1)) is None
    assert await take(database, "two", NOW + leases.TERM) == 2
    assert await take(database, "one", NOW + leases.TERM) is None, "the first has lost it"


async def test_a_dead_holder_is_followed_at_once(database: Database) -> None:
    await take(database, "one")
    assert await take(database, "two", is_dead=dead) == 2


async def test_what_is_given_back_is_free_for_a_clock_put_back_since(database: Database) -> None:
    ahead = NOW + timedelta(days=1)
    await take(database, "one", ahead)
    await database.write(lambda connection: leases.release(connection, "one", ahead))
    assert await take(database, "two") == 2


async def test_what_is_given_back_is_free_at_once_and_the_epoch_grows(database: Database) -> None:
    for name in ("poll", "send"):
        await take(database, "one", name=name)
    await take(database, "other", name="consume")
    await database.write(lambda connection: leases.release(connection, "one", NOW))
    assert [await take(database, "two", name=name) for name in ("poll", "send", "consume")] == [2, 2, None]


async def test_a_term_leaves_time_to_stop_before_another_begins() -> None:
    assert leases.RENEW < leases.STALE < leases.TERM


# ---- who is dead ----


async def test_only_a_process_of_this_machine_that_runs_no_more_is_dead(database: Database) -> None:
    duties = Duties(database, FixedClock(NOW))
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=subprocess.PIPE)
    here, living = socket.gethostname(), process.pid
    assert not duties._is_dead(f"{here}/{living}/abc")
    await process.communicate(b"\n")
    assert duties._is_dead(f"{here}/{living}/abc") is database.embedded, "with a server, it may run on any machine"
    assert not duties._is_dead(f"other-{here}/{living}/abc")
    assert not duties._is_dead("")
    assert not duties._is_dead(f"{here}/1x/abc")
    if os.getpid() != 1:
        assert not duties._is_dead(f"{here}/1/abc")

"""`zhice doctor`: looks at everything that may be wrong, and says what to do about it."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from bot.app import core, master_of, telegram_of
from bot.core.errors import ConfigurationError
from bot.outbox import ledger, report
from bot.service import shown
from bot.settings import Settings
from bot.words import Words
from reminders.alerts import alerts

ANSWER = 5
"""Seconds for the service to answer in, when it runs already."""


@dataclass(frozen=True)
class Finding:
    subject: str
    well: bool
    says: str


async def examine(settings: Settings) -> list[Finding]:
    return [finding async for finding in _findings(settings)]


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield Finding("settings", True, "read")
    yield _words()
    yield await asyncio.to_thread(_knowledge)
    for finding in await _database(settings):
        yield finding
    yield _master(settings)
    async for finding in _addresses(settings):
        yield finding
    yield await _telegram(settings)


def _words() -> Finding:
    try:
        Words.open()
    except ConfigurationError as error:
        return Finding("words", False, "; ".join(error.problems))
    return Finding("words", True, "all languages read")


def _knowledge() -> Finding:
    from knowledge.check import problems
    from knowledge.collisions import collisions

    found = [*problems(), *collisions()]
    if found:
        return Finding("knowledge", False, f"{len(found)} problems; run: zhice knowledge check")
    return Finding("knowledge", True, "every document holds exactly the text of its source")


async def _database(settings: Settings) -> list[Finding]:
    try:
        async with core(settings, migrate=False) as built, built.database.read() as connection:
            counts = await ledger.counts(connection)
            now = built.clock.now()
            found = [*await report.alerts(connection, now), *await alerts(connection, built.terms, now)]
            amiss = [built.words.say(alert.text, "en") for alert in found]
    except ConfigurationError as error:
        return [Finding("database", False, "; ".join(error.problems))]
    waiting = ", ".join(f"{state} {count}" for state, count in sorted(counts.items())) or "none yet"
    return [
        Finding("database", True, f"up to date; messages: {waiting}"),
        Finding("sending", not amiss, " ".join(amiss) or "nothing that staff would be told of"),
    ]


def _master(settings: Settings) -> Finding:
    """What happens when it is lost, before it is."""
    try:
        master = master_of(settings)
    except ConfigurationError as error:
        return Finding("master key", False, "; ".join(error.problems))
    if master.loose():
        return Finding("master key", False, f"others on this machine may read {master.file}; run: chmod 600 {master.file}")
    if master.ours and not master.is_there:
        return Finding("master key", True, f"will be made at the first start in {master.file}")
    where = f"in {master.file}" if master.file else "given by MASTER_KEY"
    return Finding("master key", True, f"{where}; without it nothing people wrote can be read: keep a copy apart from the backups")


async def _addresses(settings: Settings) -> AsyncIterator[Finding]:
    yield await _address("port", settings.host, settings.port, "/livez", b'"alive"')
    if settings.metrics_port:
        yield await _address("metrics port", settings.metrics_host, settings.metrics_port, "/metrics", b"zhice_")


async def _address(subject: str, host: str, port: int, path: str, sign: bytes) -> Finding:
    """Taken by the service itself, which may be looked at while it runs, it is as it should be: there `path` shows the `sign`."""
    place = f"{host}:{port}"
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, reuse_address=True)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return Finding(subject, False, f"cannot listen on {place} ({error.strerror or error})")
        if await asyncio.to_thread(_shows, shown(host), port, path, sign):
            return Finding(subject, True, f"{place} is served by Zhice")
        name = subject.upper().replace(" ", "_")
        return Finding(subject, False, f"{place} is not free; stop the other program or set another {name}")
    server.close()
    return Finding(subject, True, f"{place} is free")


def _shows(host: str, port: int, path: str, sign: bytes) -> bool:
    connection = HTTPConnection(host, port, timeout=ANSWER)
    try:
        connection.request("GET", path)
        return sign in connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


async def _telegram(settings: Settings) -> Finding:
    bot = telegram_of(settings)
    if bot is None:
        return Finding("telegram", True, "off; set TELEGRAM_TOKEN to switch it on")
    from bot.adapters.telegram import State

    try:
        await bot.start()
    except ConfigurationError as error:
        return Finding("telegram", False, "; ".join(error.problems))
    state, name = bot.state, bot.username
    await bot.close()
    if state is not State.READY:
        way = " or TELEGRAM_PROXY" if settings.telegram_proxy else ""
        return Finding("telegram", False, f"{settings.telegram_base_url} does not answer; check the network, TELEGRAM_BASE_URL{way}")
    return Finding("telegram", True, f"@{name} answers")

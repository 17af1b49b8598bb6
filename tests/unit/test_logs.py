"""No secret reaches the log, whoever writes it and wherever it stands."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot import logs

TOKEN = "123456789:AAE-test-token_only-for-loopback_00"
SECRET = "hunter2-hunter2-hunter2"

Say = Callable[[str], None]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logger.level for name, logger in root.manager.loggerDict.items() if isinstance(logger, logging.Logger)}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the log holds."""
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    logs.configure("DEBUG", request.param, [SECRET, ""])
    return screen


def fails(word: str) -> None:
    raise ValueError(f"cannot reach https://api.telegram.org/bot{word}/getMe")


def ours_with_a_trace(word: str) -> None:
    try:
        fails(word)
    except ValueError:
        structlog.get_logger("bot.x").exception("a turn failed")


def theirs_with_a_trace(word: str) -> None:
    try:
        fails(word)
    except ValueError:
        logging.getLogger("library").exception("unexpected")


SAYINGS: dict[str, Say] = {
    "our message": lambda word: structlog.get_logger("bot.x").warning(f"asked {word} for it"),
    "our field": lambda word: structlog.get_logger("bot.x").warning("asked", address=f"https://host/bot{word}/getMe"),
    "a field of many": lambda word: structlog.get_logger("bot.x").warning("asked", seen=[{"deep": (word,)}]),
    "a field that is an error": lambda word: structlog.get_logger("bot.x").warning("asked", error=ValueError(word)),
    "a field of bytes": lambda word: structlog.get_logger("bot.x").warning("asked", body=word.encode()),
    "our trace": ours_with_a_trace,
    "a library's message": lambda word: logging.getLogger("library").warning("GET https://host/bot%s/getMe", word),
    "a library's extra": lambda word: logging.getLogger("library").warning("GET", extra={"url": f"/bot{word}/"}),
    "a library's trace": theirs_with_a_trace,
    "a library that is quiet otherwise": lambda word: logging.getLogger("httpx").error("HTTP %s", word),
}


@pytest.mark.parametrize("secret", [TOKEN, SECRET], ids=["a token", "a configured secret"])
@pytest.mark.parametrize("place", SAYINGS)
def test_it_is_hidden_wherever_it_stands(written: io.StringIO, place: str, secret: str) -> None:
    SAYINGS[place](secret)
    assert written.getvalue().strip(), "the line itself is there"
    assert secret not in written.getvalue()
    assert "[hidden]" in written.getvalue()


def test_nothing_else_is_hidden(written: io.StringIO) -> None:
    structlog.get_logger("bot.x").info("苏州 2025: 12:30, 200 亿元", count=3, chat="-1001234567890")
    assert "苏州 2025: 12:30, 200 亿元" in written.getvalue()
    assert "-1001234567890" in written.getvalue()
    assert "[hidden]" not in written.getvalue()


def test_libraries_that_print_addresses_are_quiet(written: io.StringIO) -> None:
    for name in ("httpx", "httpcore", "aiosqlite", "telegram", "apscheduler.scheduler"):
        logging.getLogger(name).info("GET https://host/")
    assert written.getvalue() == ""


def test_a_browser_that_asks_for_another_way_of_speaking_is_not_logged(written: io.StringIO) -> None:
    logging.getLogger("aiohttp.websocket").warning("%s: Client protocols %r don't overlap", "192.0.2.1", ["x"])
    assert written.getvalue() == ""


def told(error: Exception) -> None:
    try:
        raise error
    except Exception:
        structlog.get_logger("bot.x").exception("a tick failed")
        logging.getLogger("bot.y").exception("a page failed")


AWAY = OperationalError("select 1", {}, Exception('connection to server at "db", port 5432 failed\n\tIs it running?'))


def test_a_database_that_is_away_is_told_in_a_line(written: io.StringIO) -> None:
    told(AWAY)
    (ours, theirs) = written.getvalue().splitlines()
    assert "a tick failed" in ours
    assert "a page failed" in theirs
    assert all("failed Is it running?" in line for line in (ours, theirs))


def test_a_statement_in_error_keeps_its_trace(written: io.StringIO) -> None:
    with pytest.raises(sqlite3.OperationalError) as found, contextlib.closing(sqlite3.connect(":memory:")) as file:
        file.execute("select nothing_of_the_kind")
    told(OperationalError("select nothing_of_the_kind", {}, found.value))
    assert written.getvalue().count("Traceback") == 2


def test_a_line_of_json_is_one_line_even_with_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    logs.configure("INFO", "json", [])
    theirs_with_a_trace("x")
    (line,) = screen.getvalue().splitlines()
    found = json.loads(line)
    assert (found["event"], found["level"], found["logger"]) == ("unexpected", "error", "library")
    assert "ValueError" in found["exception"]


def test_the_level_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    logs.configure("WARNING", "text", [])
    structlog.get_logger("bot.x").info("quiet")
    structlog.get_logger("bot.x").warning("loud")
    (line,) = screen.getvalue().splitlines()
    assert "loud" in line

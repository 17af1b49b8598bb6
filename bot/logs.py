"""Structured logs without secrets."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

from bot.core.without import without

with without("rich"):
    # For traces in colour, which ours are not: without them a start is a thirtieth shorter, and two hundredths lighter.
    import structlog

# A bot token wherever it stands, whoever logs it.
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{10,100}")


def configure(level: str = "INFO", form: str = "text", secrets: Iterable[str] = ()) -> None:
    """Sends our lines and those of the libraries through one handler that redacts."""
    hidden = tuple(secret for secret in secrets if secret)
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _outages,
            structlog.processors.format_exc_info,
            _redactor(hidden),
            last,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These print addresses with the token, or each job they look at.
    for noisy in ("httpx", "httpcore", "aiohttp.access", "apscheduler", "telegram", "aiosqlite", "jieba", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of each tick that found the one before still at work: that is how a burst of reminders is handed over.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    # It warns of a browser that asks for a way of speaking we have not, with its address and what it asked for.
    logging.getLogger("aiohttp.websocket").setLevel(logging.ERROR)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared[:3], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _outages(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A database that is away, locked or full is told in a line: with a trace each time it is asked, a night would fill the disk."""
    if reason := outage(_raised(event.get("exc_info"))):
        event["exc_info"], event["database"] = None, reason
    return event


def _raised(given: Any) -> BaseException | None:
    if isinstance(given, tuple):
        given = given[1]
    return given if isinstance(given, BaseException) or not given else sys.exc_info()[1]


def outage(error: BaseException | None) -> str:
    """Why the database does not serve at the moment; "" when that is not what the error is about."""
    library = sys.modules.get("sqlalchemy.exc")  # Where nobody has loaded it, nobody raises its errors.
    if library is None or not isinstance(error, library.OperationalError):
        return ""
    # SQLite calls a statement in error the same; that is ours to mend, with its trace.
    is_ours = getattr(error.orig, "sqlite_errorname", "") == "SQLITE_ERROR"
    return "" if is_ours else " ".join(str(error.orig).split())


def _redactor(hidden: tuple[str, ...]) -> Any:
    def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: _clean(value, hidden) for key, value in event.items()}

    return redact


def _clean(value: Any, hidden: tuple[str, ...]) -> Any:
    if not isinstance(value, str):
        if value is None or isinstance(value, (int, float, bool)):
            return value
        value = str(value)
    for secret in hidden:
        value = value.replace(secret, "[hidden]")
    return _TOKEN.sub("[hidden]", value)

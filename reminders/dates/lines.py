"""Expressions and what they mean as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from reminders.dates.reading import read
from reminders.dates.values import Day, Instant, Invalid, Offset, Past, Purpose, Range, Recurrence, Result, Scene, Unclear
from reminders.workdays import WorkCalendar


def read_lines(lines: Iterable[str], calendar: WorkCalendar) -> Iterator[str]:
    """One answer for each line `{"id", "now", "tz", "context", "text"}`; a bad line is answered by what is wrong with it."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, calendar), ensure_ascii=False)


def _answer(line: str, calendar: WorkCalendar) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "not JSON"}
    if not isinstance(asked, dict) or "id" not in asked:
        return {"id": None, "error": "not an object with an id"}
    if not isinstance(asked.get("text"), str):
        return {"id": asked["id"], "error": "text must be a string"}
    try:
        told = scene(str(asked["now"]), str(asked.get("tz") or ""), str(asked.get("context") or Purpose.REMINDER), calendar)
    except (KeyError, ValueError) as error:
        return {"id": asked["id"], "error": f"cannot use now, tz or context: {error}"}
    return {"id": asked["id"], "result": plain(read(asked["text"], told))}


def scene(now: str, zone: str, purpose: str, calendar: WorkCalendar) -> Scene:
    """Raises ValueError (or KeyError, for a zone that does not exist) for what makes no scene."""
    told = datetime.fromisoformat(now)
    if zone:
        told = told.astimezone(ZoneInfo(zone)) if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))
    if told.tzinfo is None:
        raise ValueError("now needs an offset, or a tz beside it")
    return Scene(told, Purpose(purpose), calendar)


def plain(result: Result) -> dict[str, Any]:
    """The result as a dictionary; flags stand there only when they are set."""
    match result:
        case Instant(at, assumed, limit, estimated):
            return {"kind": "instant", "at": at.isoformat(), **_flags(assumed=assumed, limit=limit, estimated=estimated)}
        case Day(on, limit, estimated):
            return {"kind": "date", "date": on.isoformat(), **_flags(limit=limit, estimated=estimated)}
        case Range(start, end, limit, estimated):
            return {"kind": "range", "start": start.isoformat(), "end": end.isoformat(), **_flags(limit=limit, estimated=estimated)}
        case Offset(span, at_time):
            timed = {"time": _time(at_time)} if at_time else {}
            return {"kind": "offset", "anchor": "deadline", "duration": span.iso, **timed, **_flags(workdays=span.workdays)}
        case Recurrence(rule, at_time, workdays):
            return {"kind": "recurrence", "rrule": rule, "time": _time(at_time), **_flags(workdays=workdays)}
        case Unclear(choices):
            return _error("unclear", choices=[plain(choice) for choice in choices])
        case Invalid():
            return _error("invalid")
        case Past(was):
            return _error("past", **({"was": plain(was)} if was else {}))
        case _:
            assert_never(result)


def _flags(**flags: bool) -> dict[str, bool]:
    return {name: flag for name, flag in flags.items() if flag}


def _time(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None


def _error(reason: str, **more: Any) -> dict[str, Any]:
    return {"kind": "error", "reason": reason, **more}

"""What an expression of time was taken for, said to the person who wrote it; or what may have been meant, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import reduce
from typing import assert_never

from bot.core.message import Text
from reminders.dates import Day, Instant, Invalid, Offset, Past, Range, Reading, Recurrence, Result, Scene, Span, Unclear

_QUARTERS = ("3,6,9,12", "1,4,7,10")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def described(result: Result, scene: Scene) -> tuple[Text, ...]:
    """A line for what it is, and lines for what to mind; when it is asked back, the question comes first and the choices follow."""
    match result:
        case Unclear(()):
            return (Text("when-unclear"),)
        case Unclear(choices):
            return Text("when-which"), *(said(choice) for choice in choices), Text("when-none-of-these")
        case Invalid():
            return (Text("when-invalid"),)
        case Past(was):
            return (Text("when-past-was", {"was": said(was)}) if was else Text("when-past"),)
        case _:
            return said(result), *_minded(result), *_left(result, scene)


def said(value: Reading) -> Text:
    """The value in one line: short enough for a button."""
    match value:
        case Instant(at, _, limit):
            values = _day(at.date()) | {"time": f"{at:%H:%M}"}
            return Text("when-instant-limit" if limit else "when-instant", values)
        case Day(on, limit):
            return Text("when-day-limit" if limit else "when-day", _day(on))
        case Range(start, end):
            return Text("when-range", {"start": Text("when-day", _day(start)), "end": Text("when-day", _day(end))})
        case Offset(span, at_time):
            return _timed(_offset(span), at_time)
        case Recurrence(rule, at_time, workdays):
            return _timed(_rule(dict(part.split("=") for part in rule.split(";")), workdays), at_time)
        case _:
            assert_never(value)


def _day(on: date) -> dict[str, date | Text]:
    return {"on": on, "weekday": _weekday(on.weekday())}


def _weekday(number: int) -> Text:
    return Text(f"weekday-{number + 1}")


def _timed(what: Text, at: time | None) -> Text:
    return Text("when-at", {"what": what, "time": f"{at:%H:%M}"}) if at else what


# ---- what to mind ----


def _minded(value: Reading) -> Iterable[Text]:
    if isinstance(value, Instant) and value.assumed:
        yield Text("when-assumed", {"time": f"{value.at:%H:%M}"})
    if isinstance(value, (Instant, Day, Range)) and value.estimated:
        yield Text("when-estimated")


def _left(value: Reading, scene: Scene) -> Iterable[Text]:
    """Days from today, and the working days among them; that these are estimated is said once."""
    on = _first_day(value)
    if on is None:
        return
    days = (on - scene.today).days
    if days == 0:
        yield Text("when-today")
    elif days < 0:
        yield Text("when-ago", {"days": -days})
    elif days <= 4000:
        yield Text("when-left", {"days": days, "workdays": scene.calendar.workdays_between(scene.today, on)})
        if scene.calendar.estimated(scene.today, on) and Text("when-estimated") not in _minded(value):
            yield Text("when-estimated")


def _first_day(value: Reading) -> date | None:
    match value:
        case Instant(at):
            return at.date()
        case Day(on):
            return on
        case Range(start):
            return start
        case _:
            return None


# ---- lengths ----


def _offset(span: Span) -> Text:
    if span == Span(workdays=span.workdays):
        return Text("when-on-deadline")
    if span.goes_back:
        return Text("when-before-deadline", {"length": _length(-span)})
    return Text("when-after-deadline", {"length": _length(span)})


def _length(span: Span) -> Text:
    parts = [Text(f"when-{unit}", {"count": count}) for unit, count in span.units.items()]
    return reduce(lambda first, second: Text("when-length", {"first": first, "second": second}), parts)


# ---- rules ----


def _rule(parts: Mapping[str, str], workdays: bool) -> Text:
    if workdays and parts["FREQ"] == "WEEKLY":
        return Text("when-every-workday")
    days = [part for part in (_months(parts), _inside(parts)) if part]
    every = Text(f"when-every-{parts['FREQ'].lower()}", {"count": int(parts.get("INTERVAL", 1))})
    if parts.get("BYMONTH") in _QUARTERS:
        every, days = Text("when-every-quarter"), days[1:]
    return reduce(lambda first, day: Text("when-rule", {"every": first, "day": day}), days, every)


def _months(parts: Mapping[str, str]) -> Text | None:
    return _listed(parts["BYMONTH"], lambda month: Text("when-month", {"month": int(month)})) if "BYMONTH" in parts else None


def _inside(parts: Mapping[str, str]) -> Text | None:
    if "BYSETPOS" in parts:
        return _nth(int(parts["BYSETPOS"]), Text("when-workday"))
    if "BYMONTHDAY" in parts:
        return _listed(parts["BYMONTHDAY"], lambda day: _month_day(int(day)))
    if "BYDAY" not in parts:
        return None
    number = parts["BYDAY"][:-2]
    if number.lstrip("-").isdigit():
        return _nth(int(number), _weekday(_WEEKDAYS.index(parts["BYDAY"][-2:])))
    return Text("when-on", {"days": _listed(parts["BYDAY"], lambda day: _weekday(_WEEKDAYS.index(day)))})


def _listed(listed: str, say: Callable[[str], Text]) -> Text:
    *others, last = map(say, listed.split(","))
    if not others:
        return last
    return Text(
        "when-and", {"first": reduce(lambda first, second: Text("when-list", {"first": first, "second": second}), others), "second": last}
    )


def _month_day(number: int) -> Text:
    if number == -1:
        return Text("when-last-day")
    return Text("when-month-day", {"day": number}) if number > 0 else Text("when-last-days", {"day": -number})


def _nth(number: int, what: Text) -> Text:
    if number == -1:
        return Text("when-last", {"what": what})
    return Text("when-nth" if number > 0 else "when-nth-last", {"number": abs(number), "what": what})

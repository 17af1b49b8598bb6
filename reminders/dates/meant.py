"""What pieces of an expression mean before they are put together, and how a day and a time become one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from reminders.dates.values import Day, Instant, Invalid, Past, Purpose, Range, Reading, Result, Scene, Unclear

DAY_MINUTES = 24 * 60
LAST_YEAR = 2200
"""Later years are typing errors."""


@dataclass(frozen=True)
class Dates:
    """The days that may be meant: none, there is no such day; several (or `ask`), it has to be asked."""

    options: tuple[date, ...]
    ask: bool = False
    estimated: bool = False


@dataclass(frozen=True)
class Spans:
    """One period, or (when no year was said) the same one of several years, earliest first."""

    options: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Times:
    """Minutes after midnight that may be meant. `usual`: the first is, unless it is over. `until`: a part of the day, which ends then."""

    minutes: tuple[int, ...]
    usual: bool = True
    until: int | None = None


def only(day: date | None) -> Dates:
    return Dates((day,) if day and day.year <= LAST_YEAR else ())


def at(scene: Scene, day: date, minutes: int) -> datetime:
    """Wall time on that day; 24:00 and later is the night after it. A time that a change of clocks skips becomes the next valid one."""
    wall = datetime.combine(day, time(), scene.now.tzinfo) + timedelta(minutes=minutes)
    return wall.astimezone(UTC).astimezone(scene.now.tzinfo)


def day_meant(scene: Scene, dates: Dates, *, limit: bool = False) -> Result:
    readings = tuple(Day(day, limit, dates.estimated) for day in dates.options)
    return _settled(scene, readings, ask=dates.ask)


def instant_meant(scene: Scene, dates: Dates, times: Times, *, limit: bool = False) -> Result:
    """The one instant of a day and a time; asks when either is open."""
    if not dates.options or not times.minutes:
        return Invalid()
    if times.until is not None:
        return _settled(scene, tuple(_in_part(scene, day, times, limit, dates.estimated) for day in dates.options), ask=dates.ask)
    found = tuple(Instant(at(scene, day, minutes), False, limit, dates.estimated) for day in dates.options for minutes in times.minutes)
    if dates.ask or len(dates.options) > 1 or not times.usual:
        return _settled(scene, found, ask=len(found) > 1)
    return _usual(scene, found)


def earlier(scene: Scene, found: Result, by: timedelta) -> Result:
    """So much before an instant, or before each of those that may be meant."""
    match found:
        case Instant():
            return _in_time(scene, replace(found, at=found.at - by))
        case Unclear(choices):
            return Unclear(tuple(replace(each, at=each.at - by) for each in choices if isinstance(each, Instant)))
        case _:
            return found


def time_meant(scene: Scene, times: Times, *, limit: bool = False) -> Result:
    """A time without a day is the next one to come."""
    if not times.minutes:
        return Invalid()
    if times.until is not None:
        parts = [_in_part(scene, scene.today + timedelta(days=day), times, limit, False) for day in (0, 1)]
        return next(part for part in parts if part.at > scene.now)
    clock = dict.fromkeys(minutes % DAY_MINUTES for minutes in times.minutes)
    coming = [Instant(_next(scene, minutes), limit=limit) for minutes in clock]
    first, *others = coming
    over = first.at.date() > scene.today and any(other.at < first.at for other in others)
    if others and (over or not times.usual):
        ordered = sorted(coming, key=_instant)
        return Unclear(tuple(ordered))
    return first


def _instant(value: Instant) -> datetime:
    return value.at


def range_meant(scene: Scene, spans: Spans, *, limit: bool = False, estimated: bool = False) -> Result:
    """A period without a year is the one under way or the next one to come."""
    if not spans.options:
        return Invalid()
    start, end = next((span for span in spans.options if span[1] >= scene.today), spans.options[-1])
    if end < start or end.year > LAST_YEAR:
        return Invalid()
    return _in_time(scene, Range(start, end, limit, estimated))


def wall_time(times: Times, make: Callable[[time], Reading]) -> Result:
    """Of a day that is not known yet: said exactly it is taken; a part of the day, or an hour that may be two, is asked for."""
    if not times.minutes:
        return Invalid()
    readings = tuple(make(time(minutes // 60 % 24, minutes % 60)) for minutes in times.minutes)
    if times.until is not None or not times.usual or times.minutes[0] >= DAY_MINUTES:
        return Unclear(readings)
    return readings[0]


def is_over(scene: Scene, reading: Reading) -> bool:
    match reading:
        case Instant(at):
            return at <= scene.now
        case Day(on):
            return on < scene.today
        case Range(_, end):
            return end < scene.today
        case _:
            return False


def _in_time(scene: Scene, reading: Reading) -> Result:
    return Past(reading) if scene.purpose is Purpose.REMINDER and is_over(scene, reading) else reading


def _settled(scene: Scene, readings: tuple[Reading, ...], *, ask: bool) -> Result:
    """The only one; or all that are still possible, to ask back."""
    if not readings:
        return Invalid()
    if not ask and len(readings) == 1:
        return _in_time(scene, readings[0])
    possible = tuple(dict.fromkeys(each for each in readings if not is_over(scene, each) or scene.purpose is Purpose.FIELD))
    return Unclear(possible) if possible else Past(readings[0])


def _usual(scene: Scene, found: tuple[Instant, ...]) -> Result:
    """Said at ten, 今天八点 may be this evening: the usual time is over, so the other is asked for."""
    first, *others = found
    later = tuple(other for other in others if other.at > scene.now)
    if first.at <= scene.now and later and first.at.date() == scene.today and scene.purpose is Purpose.REMINDER:
        return Unclear(later)
    return _in_time(scene, first)


def _in_part(scene: Scene, day: date, times: Times, limit: bool, estimated: bool) -> Instant:
    """The usual time of a part of the day; when it is over and the part is not, the next quarter of an hour."""
    assert times.until is not None
    usual, until = at(scene, day, times.minutes[0]), at(scene, day, times.until)
    quarter = scene.now.replace(minute=scene.now.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    late = usual <= scene.now < quarter < until
    return Instant(quarter if late else usual, True, limit, estimated)


def _next(scene: Scene, minutes: int) -> datetime:
    today = at(scene, scene.today, minutes)
    return today if today > scene.now else at(scene, scene.today + timedelta(days=1), minutes)

"""Again and again: 每周一早上八点半, 每月最后一个工作日, as rules of RFC 5545."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reminders.dates.grammar import Grammar
from reminders.dates.meant import Spans, Times, wall_time
from reminders.dates.tokens import Number
from reminders.dates.values import Invalid, Recurrence, Result, Scene, Unclear
from reminders.festivals import repeats
from reminders.recurring import recurring
from reminders.rows import on

RULES = Grammar()
rule = RULES.rule
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING = "BYDAY=MO,TU,WE,TH,FR"
FREQUENCIES = {"d": ("DAILY", 1), "w": ("WEEKLY", 1), "m": ("MONTHLY", 1), "q": ("MONTHLY", 3), "y": ("YEARLY", 1), "h": ("HOURLY", 1)}
MOST = 1000


@dataclass(frozen=True)
class Again:
    """A rule, possibly one of several to choose from; none when there is no such day."""

    rules: tuple[str, ...]
    workdays: bool = False


NEVER = Again(())


def again(*rules: str, workdays: bool = False) -> Again:
    return Again(rules, workdays)


def _every(unit: str, number: int, *more: str) -> Again | None:
    if not 1 <= number <= MOST:
        return None
    frequency, times = FREQUENCIES[unit]
    interval = () if number * times == 1 else (f"INTERVAL={number * times}",)
    return again(";".join((f"FREQ={frequency}", *interval, *more)))


# ---- units ----


@rule("unit", "EVERY CYCLE:unit")
def _unit(scene: Scene, unit: str) -> tuple[str, int]:
    return unit, 1


@rule("unit", "EVERY NUMBER:number PIECE? CYCLE:unit")
def _units(scene: Scene, number: Number, unit: str) -> tuple[str, int]:
    return unit, number.value


@rule("unit", "EVERY HALF_YEAR_LONG")
def _half_year(scene: Scene) -> tuple[str, int]:
    return "m", 6


@rule("unit", "OTHER CYCLE:unit", "OTHER_EVERY NUMBER:number PIECE? CYCLE:unit")
def _every_other(scene: Scene, unit: str, number: Number | None = None) -> tuple[str, int] | None:
    """隔周 and 每隔一周 skip one. 每隔两周 is said for two and for three."""
    if number and number.value != 1:
        return None
    return unit, 1 if unit == "h" else 2


@rule("again", "unit:unit")
def _plain(scene: Scene, unit: tuple[str, int]) -> Again | None:
    return _every(*unit)


@rule("again", "OTHER_EVERY NUMBER:number PIECE? CYCLE:unit")
def _skipping(scene: Scene, number: Number, unit: str) -> Again | None:
    if not 2 <= number.value < MOST:
        return None
    one, other = _every(unit, number.value), _every(unit, number.value + 1)
    return again(*one.rules, *other.rules) if one and other else None


@rule("again", "EVERY_DAY")
def _daily(scene: Scene) -> Again:
    return again("FREQ=DAILY")


@rule("again", "EVERY? WORKDAY", "WORKDAY EVERY_DAY")
def _every_workday(scene: Scene) -> Again:
    return again(f"FREQ=WEEKLY;{WORKING}", workdays=True)


# ---- weeks ----


@rule("weekday_list", "weekday:first")
def _one_weekday(scene: Scene, first: int) -> tuple[int, ...]:
    return (first,)


@rule("weekday_list", "weekday:first more_weekdays:rest")
def _several_weekdays(scene: Scene, first: int, rest: tuple[int, ...]) -> tuple[int, ...]:
    return (first, *rest)


@rule("more_weekdays", "LIST? weekday_name:day")
def _another(scene: Scene, day: int) -> tuple[int, ...]:
    return (day,)


@rule("more_weekdays", "LIST? weekday_name:day more_weekdays:rest")
def _others(scene: Scene, day: int, rest: tuple[int, ...]) -> tuple[int, ...]:
    return (day, *rest)


@rule("weekday_name", "weekday:day")
def _named_in_full(scene: Scene, day: int) -> int:
    return day


@rule("weekday_name", "NUMBER:number")
def _named_shortly(scene: Scene, number: Number) -> int | None:
    """每周一三五."""
    return number.value - 1 if 1 <= number.value <= 6 else None


@rule("weekday_list", "weekday:first SHORT_SUNDAY", "weekday:first LIST SHORT_SUNDAY")
def _and_sunday(scene: Scene, first: int) -> tuple[int, ...] | None:
    """周六日. But 每周五天 is five days a week."""
    return (5, 6) if first == 5 else None


@rule("weekday_list", "weekday:first TO SHORT_SUNDAY")
def _to_sunday(scene: Scene, first: int) -> tuple[int, ...] | None:
    return tuple(range(first, 7)) if first >= 0 else None


@rule("weekday_list", "weekday:first TO weekday_name:last")
def _from_to(scene: Scene, first: int, last: int) -> tuple[int, ...] | None:
    return tuple(range(first, last + 1)) if 0 <= first < last else None


def _weekly(number: int, days: tuple[int, ...]) -> Again | None:
    if any(day < 0 for day in days):
        return NEVER
    if list(days) != sorted(set(days)):
        return None
    return _every("w", number, "BYDAY=" + ",".join(WEEKDAYS[day] for day in days))


@rule("again", "EVERY weekday_list:days EVERY_DAY?")
def _every_weekday(scene: Scene, days: tuple[int, ...]) -> Again | None:
    return _weekly(1, days)


@rule("again", "weekday_range:days EVERY_DAY")
def _days_of_the_week(scene: Scene, days: tuple[int, ...]) -> Again | None:
    return _weekly(1, days)


@rule("weekday_range", "FROM? weekday:first TO weekday_name:last")
def _weekday_range(scene: Scene, first: int, last: int) -> tuple[int, ...] | None:
    return tuple(range(first, last + 1)) if 0 <= first < last else None


@rule("again", "unit:unit weekday_list:days")
def _every_so_many_weeks(scene: Scene, unit: tuple[str, int], days: tuple[int, ...]) -> Again | None:
    return _weekly(unit[1], days) if unit[0] == "w" else None


@rule("again", "EVERY WEEKEND")
def _every_weekend(scene: Scene) -> Again:
    return again("FREQ=WEEKLY;BYDAY=SA,SU")


# ---- months ----


@rule("dom_list", "dom:day")
def _last_of_days(scene: Scene, day: int) -> tuple[int, ...]:
    return (day,)


@rule("dom_list", "dom:day LIST? dom_list:rest")
def _more_days(scene: Scene, day: int, rest: tuple[int, ...]) -> tuple[int, ...]:
    return (day, *rest)


@rule("dom_list", "NUMBER:number LIST dom_list:rest")
def _short_days(scene: Scene, number: Number, rest: tuple[int, ...]) -> tuple[int, ...]:
    """每月10、20号."""
    return (number.value, *rest)


@rule("monthly", "dom_list:days")
def _on_days(scene: Scene, days: tuple[int, ...]) -> str | None:
    if not all(1 <= day <= 31 for day in days):
        return ""
    return "BYMONTHDAY=" + ",".join(map(str, days)) if list(days) == sorted(set(days)) else None


@rule("monthly", "END", "MONTH END", "LAST DAYS")
def _at_the_end(scene: Scene) -> str:
    return "BYMONTHDAY=-1"


@rule("monthly", "BEGIN", "MONTH BEGIN", "FIRST DAYS")
def _at_the_start(scene: Scene) -> str:
    return "BYMONTHDAY=1"


@rule("monthly", "nth:number DAYS")
def _nth_day(scene: Scene, number: int) -> str | None:
    return f"BYMONTHDAY={number}" if 1 <= abs(number) <= 31 else ""


@rule("monthly", "nth:number WORKDAY", "END nth:number WORKDAY")
def _nth_workday(scene: Scene, number: int) -> str | None:
    return f"{WORKING};BYSETPOS={number}" if 1 <= abs(number) <= 23 else ""


@rule("monthly", "nth:number weekday:weekday")
def _nth_weekday(scene: Scene, number: int, weekday: int) -> str | None:
    return f"BYDAY={number}{WEEKDAYS[weekday]}" if 1 <= abs(number) <= 5 and weekday >= 0 else ""


@rule("again", "unit:unit monthly:day")
def _monthly(scene: Scene, unit: tuple[str, int], day: str) -> Again | None:
    """`day` is empty when there is no such day."""
    if unit[0] != "m":
        return None
    if not day:
        return NEVER
    told = _every("m", unit[1], day)
    return Again(told.rules, "BYSETPOS" in day) if told else None


# ---- quarters and years ----

_ENDS, _STARTS = "BYMONTH=3,6,9,12", "BYMONTH=1,4,7,10"


@rule("again", "unit:unit END", "unit:unit QUARTER END", "unit:unit LAST DAYS")
def _quarterly_end(scene: Scene, unit: tuple[str, int]) -> Again | None:
    return again(f"FREQ=MONTHLY;{_ENDS};BYMONTHDAY=-1") if unit == ("q", 1) else None


@rule("again", "unit:unit BEGIN", "unit:unit QUARTER BEGIN", "unit:unit FIRST DAYS")
def _quarterly_start(scene: Scene, unit: tuple[str, int]) -> Again | None:
    return again(f"FREQ=MONTHLY;{_STARTS};BYMONTHDAY=1") if unit == ("q", 1) else None


@rule("again", "unit:unit nth:number WORKDAY", "unit:unit END nth:number WORKDAY")
def _quarterly_workday(scene: Scene, unit: tuple[str, int], number: int) -> Again | None:
    if unit == ("q", 1) and number in (1, -1):
        return again(f"FREQ=MONTHLY;{_STARTS if number == 1 else _ENDS};{WORKING};BYSETPOS={number}", workdays=True)
    if unit == ("y", 1) and 1 <= abs(number) <= 200:
        return again(f"FREQ=YEARLY;{WORKING};BYSETPOS={number}", workdays=True)
    return None


@rule("again", "unit:unit END", "unit:unit YEAR END", "unit:unit LAST DAYS")
def _yearly_end(scene: Scene, unit: tuple[str, int]) -> Again | None:
    return again("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1") if unit == ("y", 1) else None


@rule("again", "unit:unit BEGIN", "unit:unit YEAR BEGIN", "unit:unit FIRST DAYS")
def _yearly_start(scene: Scene, unit: tuple[str, int]) -> Again | None:
    return again("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1") if unit == ("y", 1) else None


def _yearly(unit: tuple[str, int], month: int, day: int) -> Again | None:
    if unit[0] != "y":
        return None
    return _every("y", unit[1], f"BYMONTH={month}", f"BYMONTHDAY={day}") if on(2000, month, day) else NEVER


@rule("again", "unit:unit NUMBER:month MONTH dom:day")
def _yearly_day(scene: Scene, unit: tuple[str, int], month: Number, day: int) -> Again | None:
    return _yearly(unit, month.value, day)


@rule("again", "unit:unit NUMBER:month DASH|SLASH|DOT NUMBER:day", "unit:unit NUMBER:month MONTH NUMBER:day")
def _yearly_digits(scene: Scene, unit: tuple[str, int], month: Number, day: Number) -> Again | None:
    return _yearly(unit, month.value, day.value) if month.digits and day.digits else None


@rule("again", "unit:unit NUMBER:month MONTH monthly:day")
def _yearly_in_month(scene: Scene, unit: tuple[str, int], month: Number, day: str) -> Again | None:
    """每年四月第一个工作日, 每年三月底. Days by number are read by the rule above, which knows February."""
    if unit[0] != "y" or (day.startswith("BYMONTHDAY=") and not day.endswith("=-1")):
        return None
    if not day or not 1 <= month.value <= 12:
        return NEVER
    told = _every("y", unit[1], f"BYMONTH={month.value}", day)
    return Again(told.rules, "BYSETPOS" in day) if told else None


@rule("again", "unit:unit NUMBER:month MONTH")
def _yearly_month(scene: Scene, unit: tuple[str, int], month: Number) -> Again | None:
    if unit[0] != "y":
        return None
    return _every("y", unit[1], f"BYMONTH={month.value}") if 1 <= month.value <= 12 else NEVER


@rule("again", "unit:unit FESTIVAL:id", "EVERY FESTIVAL:id")
def _yearly_festival(scene: Scene, id: str, unit: tuple[str, int] = ("y", 1)) -> Again | None:
    """A festival that follows the moon has no rule."""
    day = repeats(id)
    return _yearly(unit, *day) if day else None


@rule("again", "unit:unit EVENT:id", "EVERY EVENT:id")
def _yearly_event(scene: Scene, id: str, unit: tuple[str, int] = ("y", 1)) -> Again | None:
    event = next(each for each in recurring() if each.id == id)
    return _yearly(unit, *event.opens) if event.opens == event.closes else None


@rule("again", "unit:unit event_name:spans nth:number DAYS")
def _yearly_day_of_event(scene: Scene, unit: tuple[str, int], spans: Spans, number: int) -> Again | None:
    if number not in (1, -1):
        return None
    day: date = spans.options[0][0 if number == 1 else 1]
    return _yearly(unit, day.month, day.day)


@rule("event_name", "event:spans")
def _event_name(scene: Scene, spans: Spans) -> Spans:
    return spans


# ---- with a time ----


@rule("reading", "again:again")
def _again(scene: Scene, again: Again) -> Result:
    return _chosen(tuple(Recurrence(each, None, again.workdays) for each in again.rules))


@rule("reading", "again:again time:time")
def _again_at(scene: Scene, again: Again, time: Times) -> Result:
    if len(again.rules) != 1:
        return _chosen(tuple(Recurrence(each, None, again.workdays) for each in again.rules))
    return wall_time(time, lambda at: Recurrence(again.rules[0], at, again.workdays))


def _chosen(readings: tuple[Recurrence, ...]) -> Result:
    if not readings:
        return Invalid()
    return readings[0] if len(readings) == 1 else Unclear(readings)

"""Reads expressions of time in Chinese and English; never guesses.

`read("下周五上午9点", Scene(now))` gives one of the values of `reminders.dates.values`. Conventions: weeks run from Monday; 下周五 is
the Friday of the next calendar week, a bare 周五 the next to come; a day without its year or month is the next one not yet past;
月底 and 年底 are last days.
What may mean two things, or was not understood in every part, is `Unclear` with the readings to choose from.
"""

from __future__ import annotations

from reminders.dates.english import is_beside_a_time
from reminders.dates.reading import read
from reminders.dates.rendering import render
from reminders.dates.values import (
    Day,
    Instant,
    Invalid,
    Offset,
    Past,
    Purpose,
    Range,
    Reading,
    Recurrence,
    Result,
    Scene,
    Span,
    Unclear,
)

__all__ = [
    "Day",
    "Instant",
    "Invalid",
    "Offset",
    "Past",
    "Purpose",
    "Range",
    "Reading",
    "Recurrence",
    "Result",
    "Scene",
    "Span",
    "Unclear",
    "is_beside_a_time",
    "read",
    "render",
]

"""`zhice when`: what an expression of time means, as people are told it in a dialog."""

from __future__ import annotations

from bot.words import Words
from handlers.times import described
from reminders.dates import Invalid, Past, Result, Scene, Unclear


def told(result: Result, scene: Scene, language: str) -> str:
    """Lines for a terminal; choices are numbered."""
    words = Words.open(zone=scene.now.tzinfo, whole=False)
    lines = [words.say(line, words.nearest(language)) for line in described(result, scene)]
    if isinstance(result, Unclear) and result.choices:
        lines[1:-1] = [f"{number}. {line}" for number, line in enumerate(lines[1:-1], 1)]
    return "\n".join(lines)


def is_certain(result: Result) -> bool:
    return not isinstance(result, (Unclear, Invalid, Past))

"""`zhice when`: what an expression of time means, as people are told it in a dialog."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.core.errors import ConfigurationError
from bot.settings import Settings
from bot.words import Words
from handlers.times import described
from reminders.dates import Invalid, Past, Result, Scene, Unclear
from reminders.workdays import WorkCalendar, published

_FILE = "sqlite+aiosqlite:///"


def working_days(settings: Settings) -> WorkCalendar:
    """With what staff have entered. Where no database stands yet, or an older one, nobody has entered any."""
    if settings.embedded and not Path(settings.database.removeprefix(_FILE)).exists():
        return published()
    try:
        return asyncio.run(_entered(settings))
    except ConfigurationError:
        return published()


async def _entered(settings: Settings) -> WorkCalendar:
    from bot.app import core
    from reminders import daybook

    async with core(settings, migrate=False) as built, built.database.read() as connection:
        return await daybook.current(connection)


def told(result: Result, scene: Scene, language: str) -> str:
    """Lines for a terminal; choices are numbered."""
    words = Words.open(zone=scene.now.tzinfo, whole=False)
    lines = [words.say(line, words.nearest(language)) for line in described(result, scene)]
    if isinstance(result, Unclear) and result.choices:
        lines[1:-1] = [f"{number}. {line}" for number, line in enumerate(lines[1:-1], 1)]
    return "\n".join(lines)


def is_certain(result: Result) -> bool:
    return not isinstance(result, (Unclear, Invalid, Past))

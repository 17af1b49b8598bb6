"""`zhice chat` and `zhice lookup`: the terminal as a face of the service."""

from __future__ import annotations

import asyncio
import getpass
import sys
from datetime import UTC, date, datetime, time

from bot.adapters.terminal import Terminal
from bot.app import conversation, core, open_knowledge
from bot.core.clock import FixedClock, SystemClock
from bot.core.fit import fit
from bot.core.message import Button, Outgoing, Reply, Text, Where
from bot.settings import Settings
from bot.storage.conversations import Standing
from bot.words import Words
from handlers import ask
from handlers.services import Conversation, Services
from knowledge.lookup import Knowledge

BOLD = ("\x1b[1m", "\x1b[0m")
MARK = ("**", "**")
"""Where a screen cannot print bold."""


def talk(settings: Settings, language: str) -> None:
    """Until the input ends, or Ctrl+C."""
    try:
        asyncio.run(_talk(settings, language))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print()


async def _talk(settings: Settings, language: str) -> None:
    screen = sys.stdout.isatty()
    async with core(settings, migrate=True) as built:
        terminal = Terminal(_name(), _show, SystemClock(), bold=BOLD if screen else MARK, language=language)
        async with conversation(built, terminal, open_knowledge(settings)) as settled:
            await terminal.converse(_ask, built.door(terminal), settled)


def answer(knowledge: Knowledge, question: str, today: date, region: str, language: str) -> str:
    """What a chat would say to the question on that day, as text."""
    words = Words.open()
    use = Services(knowledge, words, UTC)
    now = datetime.combine(today, time(12), UTC)
    place = Conversation(Standing(region=region), words.nearest(language), now)
    found = knowledge.lookup(question, region=region or None)
    screen = Terminal("", print, FixedClock(now), bold=BOLD if sys.stdout.isatty() else MARK)
    return "\n\n".join(_drawn(reply, words, place.language, screen) for reply in ask.replies(found, question, place, use))


def _drawn(reply: Reply, words: Words, language: str, screen: Terminal) -> str:
    labels = [words.say(choice.label, language) if isinstance(choice.label, Text) else choice.label for choice in reply.choices]
    blocks = tuple(words.block(block, language) for block in reply.blocks)
    message = Outgoing("", Where("", "", ""), blocks, tuple(Button(label) for label in labels))
    (fitted,) = fit(message, screen.limits)
    return "\n\n".join(screen.paragraph(block) for block in fitted.blocks)


def _show(text: str) -> None:
    print(text, flush=True)


async def _ask() -> str | None:
    return await asyncio.to_thread(_line)


def _line() -> str | None:
    """None at the end of the input."""
    if sys.stdin.isatty():
        try:
            return input("> ")
        except EOFError:
            return None
    return sys.stdin.readline() or None


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone"

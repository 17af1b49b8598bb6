"""`zhice chat`: the terminal as a face of the service."""

from __future__ import annotations

import asyncio
import getpass
import sys

from bot.adapters.terminal import BOLD, MARK, Terminal
from bot.app import core, open_knowledge
from bot.core.clock import SystemClock
from bot.service import conversation
from bot.settings import Settings


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
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone"

"""`zhice chat`: the terminal as a face of the service."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import importlib
import os
import queue
import sys
from concurrent.futures import ThreadPoolExecutor

from bot.adapters.terminal import BOLD, MARK, Terminal
from bot.app import Core, core, open_knowledge
from bot.core.clock import SystemClock
from bot.core.message import Text
from bot.service import conversation
from bot.settings import Settings
from bot.storage import conversations

PROMPT = "> "
LEAVING = frozenset({"/quit", "/exit"})


def talk(settings: Settings, language: str) -> None:
    """Until the input ends, one of the words for leaving, or Ctrl+C."""
    screen = Screen()
    # Lines are read in the main thread: nobody else hears Ctrl+C, and an abandoned reader would keep the program from ending.
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(lambda: asyncio.run(_talk(settings, language, screen)))
        running.add_done_callback(lambda _: screen.wanted.put(None))
        try:
            screen.attend()
        except KeyboardInterrupt:
            print()
            screen.leave()
        with contextlib.suppress(asyncio.CancelledError):
            running.result()


class Screen:
    """What is typed and what is shown. Lines are asked for in the thread of the conversation, and read in the main one."""

    def __init__(self) -> None:
        self.wanted = queue.SimpleQueue[asyncio.Future[str | None] | None]()
        """A line is to be read; None: no more."""
        self.types = sys.stdin.isatty()
        self.shows = sys.stdout.isatty()
        self.bold = BOLD if self.shows and os.environ.get("TERM") != "dumb" else MARK
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asking = False
        # A terminal of another encoding, or half a character, is no reason to break off.
        for stream in (sys.stdin, sys.stdout):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        if self.types and self.shows:
            # Without it a line ends after 4,096 bytes, a wide character is half rubbed out, and pasted lines are sent one by one.
            with contextlib.suppress(ImportError):
                importlib.import_module("readline")

    def begin(self) -> None:
        """In the conversation's own task."""
        self._task, self._loop = asyncio.current_task(), asyncio.get_running_loop()

    def leave(self) -> None:
        if self._loop and self._task:
            with contextlib.suppress(RuntimeError):  # it has just ended
                self._loop.call_soon_threadsafe(self._task.cancel)

    async def ask(self) -> str | None:
        """The next line; None at the end."""
        line: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.wanted.put(line)
        return await line

    def attend(self) -> None:
        """Reads line after line, as they are wanted."""
        while (wanted := self.wanted.get()) is not None:
            line = self._line()
            assert self._loop
            self._loop.call_soon_threadsafe(wanted.set_result, None if line is not None and line.strip().lower() in LEAVING else line)

    def show(self, text: str) -> None:
        """What comes while somebody is typing goes above their line."""
        if self._asking:
            print(f"\r\x1b[K{text}\n{PROMPT}{_typed_so_far()}", end="", flush=True)
        else:
            print(text, flush=True)

    def _line(self) -> str | None:
        if not (self.types and self.shows):
            line = sys.stdin.readline()
            return line.rstrip("\n") if line else None
        self._asking = True
        try:
            return input(PROMPT)
        except EOFError:
            print()
            return None
        finally:
            self._asking = False


async def _talk(settings: Settings, language: str, screen: Screen) -> None:
    screen.begin()
    async with core(settings, migrate=True) as built:
        terminal = Terminal(_name(), screen.show, SystemClock(), bold=screen.bold, language=language)
        spoken = await _spoken(built, terminal)
        elsewhere = built.words.say(Text("terminal-elsewhere"), spoken)
        async with conversation(
            built, terminal, open_knowledge(settings), lambda: print(elsewhere, file=sys.stderr, flush=True)
        ) as settled:
            if screen.types:
                screen.show(built.words.say(Text("terminal-ways"), spoken) + "\n")
            await terminal.converse(screen.ask, built.door(terminal), settled)


async def _spoken(built: Core, terminal: Terminal) -> str:
    """The language this person is answered in before they have written anything today."""
    async with built.database.read() as connection:
        standing, _ = await conversations.situation(connection, terminal.joined(), None)
    return standing.language or (not terminal.language and standing.tongue) or built.words.nearest(terminal.language)


def _typed_so_far() -> str:
    readline = sys.modules.get("readline")
    return readline.get_line_buffer() if readline else ""


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone"

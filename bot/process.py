"""One process of the service, from its command to its end."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable
from typing import Any

from bot.core.certificates import unread
from bot.settings import Settings
from bot.start import settings


def run(*, web: bool, work: bool) -> None:
    # What cannot be read is said before the rest is loaded.
    read = settings()
    # By whatever command it was started: see `bot.__main__`.
    gc.disable()
    with unread():
        import aiohttp  # noqa: F401
    from bot.service import serve

    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        try:
            runner.run(serve(read, web=web, work=work, started=lambda address: _greet(address, read)))
        except (asyncio.CancelledError, KeyboardInterrupt):
            sys.exit(130)


def _fast_loop() -> Callable[[], Any] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _greet(address: str, read: Settings) -> None:
    telegram = "" if read.telegram_token else " · Telegram: set TELEGRAM_TOKEN to switch it on"
    print(f"知策 Zhice: {address}{telegram} · stop with Ctrl+C", file=sys.stderr, flush=True)

"""Long polling that confirms only what is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from telegram.error import InvalidToken

from bot.adapters.telegram.drawing import number_in
from bot.adapters.telegram.errors import Broken, State
from bot.adapters.telegram.reading import PLATFORM, WANTED
from bot.core.platform import Intake

if TYPE_CHECKING:
    from bot.adapters.telegram.client import Telegram

T = TypeVar("T")


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives, or None when `stop` came first; the work is cancelled then."""
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        stopping.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)


class Poller:
    """One run of long polling."""

    def __init__(self, telegram: Telegram, intake: Intake, stop: asyncio.Event) -> None:
        self._telegram, self._intake, self._stop = telegram, intake, stop
        self._timing = telegram.timing
        self._prepared = False
        self._offset: int | None = None
        self._moved = 0.0

    async def run(self) -> None:
        pauses = self._timing.pauses()
        while not self._stop.is_set():
            try:
                await self._step()
                pauses = self._timing.pauses()
            except Exception as error:
                await _unless(self._stop, asyncio.sleep(max(next(pauses), self._telegram.trouble(error))))

    async def _step(self) -> None:
        if not self._prepared:
            await _unless(self._stop, self._prepare())
        elif (batch := await _unless(self._stop, self._fetch())) is not None:
            await self._hand_in(batch)
            self._telegram.stand(State.READY)

    async def _prepare(self) -> None:
        await self._telegram.identify()
        # Known by now, "not found" is about the method: a server between us and Telegram may lack it. A webhook still set
        # shows as a conflict.
        with suppress(InvalidToken):
            await self._telegram.bot.delete_webhook()
        self._advance(number_in(await self._intake.position(PLATFORM, self._telegram.account)))
        self._prepared = True

    async def _fetch(self) -> list[Any]:
        """One long poll, raw: the library's `get_updates` reads all at once, and one it cannot read would cost the batch."""
        if asyncio.get_running_loop().time() - self._moved > self._timing.forget.total_seconds():
            self._offset = None
        wait = self._timing.poll.total_seconds()
        asked = {"offset": self._offset, "timeout": int(wait) if wait >= 1 else wait, "allowed_updates": WANTED}
        # Two underscores: with one, the library warns to use its own method. The request is "getUpdates" all the same.
        found = await self._telegram.bot.do_api_request("get__updates", asked, read_timeout=wait + self._timing.read.total_seconds())
        if not isinstance(found, list):
            raise Broken("unreadable answer")
        return found

    async def _hand_in(self, batch: Sequence[Any]) -> None:
        """Committed first, confirmed after: the next request's offset is the confirmation."""
        if not batch:
            return
        known = [update for update in batch if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
        if not known:
            raise Broken("updates without ids")
        events = [event for update in known if (event := self._telegram.read(update)) is not None]
        following = max(update["update_id"] for update in known) + 1
        await self._intake.accept(events, position=str(following))
        self._advance(following)

    def _advance(self, offset: int | None) -> None:
        self._offset = offset
        self._moved = asyncio.get_running_loop().time()

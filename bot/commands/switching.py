"""Programmes switched off and on at the command line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import core
from bot.core.errors import ConfigurationError
from bot.core.message import Text
from bot.settings import Settings
from bot.storage import drafts, programmes
from handlers.forms.form import forms

OPERATOR = "operator"


@dataclass(frozen=True)
class Programme:
    id: str
    name: str
    off: str | None
    """The reason; None where it takes applications."""
    drafts: int

    def said(self) -> str:
        state = f"off: {self.off}" if self.off is not None else "on"
        return f"{self.id}  {self.name}  {self.drafts} drafts  {state}"


async def listed(settings: Settings) -> list[Programme]:
    async with core(settings, migrate=False) as built, built.database.read() as connection:
        off = await programmes.off(connection)
        names = {id: built.words.say(Text(f"{id}-name"), "zh-CN") for id in forms()}
        return [Programme(id, names[id], off.get(id), await drafts.count_of(connection, id)) for id in forms()]


async def switch_off(settings: Settings, programme: str, reason: str) -> str:
    def off(connection: AsyncConnection, now: datetime) -> Awaitable[bool]:
        return programmes.switch_off(connection, programme, reason, OPERATOR, now)

    done = await _switched(settings, programme, off)
    return f"{programme} is off. People with drafts are told in the daytime." if done else f"{programme} is off already."


async def switch_on(settings: Settings, programme: str) -> str:
    def on(connection: AsyncConnection, now: datetime) -> Awaitable[bool]:
        return programmes.switch_on(connection, programme, OPERATOR, now)

    done = await _switched(settings, programme, on)
    return f"{programme} takes applications again. People with drafts are told in the daytime." if done else f"{programme} is on already."


async def _switched(settings: Settings, programme: str, change: Callable[[AsyncConnection, datetime], Awaitable[bool]]) -> bool:
    if programme not in forms():
        raise ConfigurationError([f"there is no programme {programme}; look with: zhice forms list"])
    async with core(settings, migrate=False) as built:
        now = built.clock.now()
        return await built.database.write(lambda connection: change(connection, now))

"""Telegram: `client` is the bot, `polling` and `webhook` bring updates, `reading` reads them, `drawing` words what goes out."""

from bot.core.without import without

with without(unused="httpx"):
    # The library loads it for the way to the platform that `wire` takes the place of: a hundredth of a start, and 1 MB.
    from bot.adapters.telegram.client import Menu, Telegram, limits_at
    from bot.adapters.telegram.errors import State
    from bot.adapters.telegram.wire import Timing

__all__ = ["Menu", "State", "Telegram", "Timing", "limits_at"]

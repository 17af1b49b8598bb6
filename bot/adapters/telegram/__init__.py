"""Telegram: `client` is the bot, `reading` what comes in, `drawing` what goes out, `wire` and `errors` the way there."""

from bot.core.without import without

with without(unused="httpx"):
    # The library loads it for the way to the platform that `wire` takes the place of: a hundredth of a start, and 1 MB.
    from bot.adapters.telegram.client import Menu, Telegram, limits_at
    from bot.adapters.telegram.errors import State
    from bot.adapters.telegram.wire import Timing

__all__ = ["Menu", "State", "Telegram", "Timing", "limits_at"]

"""Telegram: `client` is the bot, `reading` what comes in, `drawing` what goes out, `wire` and `errors` the way there."""

from bot.core.without import without

with without("click", "pygments", "rich"):
    # The library loads httpx whole, a command line of its own included, where these are installed: a thirtieth of a start.
    from bot.adapters.telegram.client import Menu, Telegram, limits_at
    from bot.adapters.telegram.errors import State
    from bot.adapters.telegram.wire import Timing

__all__ = ["Menu", "State", "Telegram", "Timing", "limits_at"]

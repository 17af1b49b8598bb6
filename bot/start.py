"""What every command begins with: the settings read, the log set up so that it shows no secret."""

from __future__ import annotations

from bot import logs
from bot import settings as reading
from bot.settings import Settings


def settings(*, quiet: bool = False) -> Settings:
    loaded = reading.load()
    given = (loaded.telegram_token, loaded.telegram_webhook_secret, loaded.telegram_proxy, loaded.master_key)
    logs.configure("WARNING" if quiet else loaded.log_level, loaded.log_format, [secret.get_secret_value() for secret in given if secret])
    return loaded

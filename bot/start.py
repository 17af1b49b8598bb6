"""What every command begins with: the settings read, the log set up so that it shows no secret."""

from __future__ import annotations

from datetime import date

from bot import logs
from bot import settings as reading
from bot.core.errors import ConfigurationError
from bot.settings import Settings


def settings(*, quiet: bool = False) -> Settings:
    loaded = reading.load()
    given = (loaded.telegram_token, loaded.telegram_webhook_secret, loaded.telegram_proxy, loaded.master_key)
    logs.configure("WARNING" if quiet else loaded.log_level, loaded.log_format, [secret.get_secret_value() for secret in given if secret])
    return loaded


def day(text: str) -> date:
    """Raises ConfigurationError for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError([f"{text}: write a date such as 2027-03-01"]) from None

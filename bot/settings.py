"""What the operator decides: read once from the environment and `.env`, every problem named at once."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core import masterkey
from bot.core.errors import ConfigurationError

PLATFORMS = frozenset({"telegram"})
"""Those whose forms can be filled in on the web instead."""
_DRIVERS = {"postgres://": "postgresql+psycopg://", "postgresql://": "postgresql+psycopg://", "sqlite://": "sqlite+aiosqlite://"}

_Parts = Annotated[tuple[str, ...], NoDecode]
"""Written with commas between them, never as JSON: there 10 would be a number."""


class Settings(BaseSettings):
    """The names are those of the environment, in lower case."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True)

    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_base_file_url: str = "https://api.telegram.org/file/bot"
    telegram_webhook_secret: SecretStr | None = None
    telegram_proxy: SecretStr | None = None
    telegram_per_second: int = Field(default=30, ge=1, le=1000)
    telegram_paid_broadcast: bool = False
    public_url: str = ""
    database_url: str = ""
    data_dir: Path = Path("data")
    master_key: SecretStr | None = None
    master_key_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=0, ge=0, le=65535)
    tz_name: str = "Asia/Shanghai"
    embed_origins: _Parts = ()
    trusted_proxies: _Parts = ("127.0.0.0/8", "::1/128")
    forms_on_web: _Parts = ()
    notices_alone: bool = False
    log_level: str = "INFO"
    log_format: str = "text"

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{3,100}", value.get_secret_value()):
            raise ValueError("is not a bot token; copy it from @BotFather (it looks like 123456:ABC…)")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("takes 16 to 256 letters, digits, _ or -")
        return value

    @field_validator("telegram_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _is_address(value.get_secret_value()):
            raise ValueError("is an HTTP proxy's address such as http://127.0.0.1:7890")
        return value

    @field_validator("master_key")
    @classmethod
    def _master(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            masterkey.parse(value.get_secret_value())
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        if value and not _is_address(value):
            raise ValueError("is the address people reach this service at, for example https://zhice.example.org")
        return value.rstrip("/")

    @field_validator("telegram_base_url", "telegram_base_file_url")
    @classmethod
    def _base(cls, value: str, field: ValidationInfo) -> str:
        if not _is_address(value):
            path = "file/bot" if field.field_name == "telegram_base_file_url" else "bot"
            raise ValueError(f"is an http(s) address such as http://127.0.0.1:8081/{path}")
        return value

    @field_validator("tz_name")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("is no time zone; use a name such as Asia/Shanghai") from error
        return value

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _origins(cls, value: Any) -> Any:
        origins = tuple(part.rstrip("/") for part in _parts(value))
        for origin in origins:
            if not (_is_address(origin) and re.fullmatch(r"https?://[^/\s;,]+", origin)):
                raise ValueError("lists origins such as https://www.example.org, separated by commas")
        return origins

    @field_validator("forms_on_web", mode="before")
    @classmethod
    def _platforms(cls, value: Any) -> Any:
        names = tuple(part.lower() for part in _parts(value))
        if unknown := set(names) - PLATFORMS:
            raise ValueError(
                f"lists platforms separated by commas; there is {', '.join(sorted(PLATFORMS))}, and no {', '.join(sorted(unknown))}"
            )
        return names

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _proxies(cls, value: Any) -> Any:
        networks = _parts(value)
        try:
            for network in networks:
                ipaddress.ip_network(network)
        except ValueError as error:
            raise ValueError("lists networks such as 10.0.0.0/8, separated by commas") from error
        return networks

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        for plain, driver in _DRIVERS.items():
            if value.startswith(plain):
                return driver + value.removeprefix(plain)
        if value and not value.startswith(tuple(_DRIVERS.values())):
            raise ValueError("is sqlite:///path/to/file.db or postgresql://user:password@host/name")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("is DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _format(cls, value: str) -> str:
        if value not in {"text", "json"}:
            raise ValueError("is text or json")
        return value

    @model_validator(mode="after")
    def _webhook(self) -> Settings:
        if self.public_url and self.telegram_token and not self.telegram_webhook_secret:
            make = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            raise ValueError(f"TELEGRAM_WEBHOOK_SECRET: needed with PUBLIC_URL; make one with: {make}")
        return self

    @model_validator(mode="after")
    def _paid(self) -> Settings:
        if self.telegram_per_second > 30 and not self.telegram_paid_broadcast:
            raise ValueError("TELEGRAM_PER_SECOND: above 30 Telegram takes 0.1 Stars a message; allow it with TELEGRAM_PAID_BROADCAST=true")
        return self

    @model_validator(mode="after")
    def _web_forms(self) -> Settings:
        if self.forms_on_web and not self.public_url:
            raise ValueError("FORMS_ON_WEB: needs PUBLIC_URL, where people are sent to fill in their form")
        return self

    @model_validator(mode="after")
    def _frames(self) -> Settings:
        # In a frame on another site browsers keep a session only of https.
        if self.embed_origins and not self.public_url.startswith("https://"):
            raise ValueError("EMBED_ORIGINS: needs PUBLIC_URL with https://, or the chat in the frame has no session")
        return self

    @model_validator(mode="after")
    def _one_master(self) -> Settings:
        if self.master_key and self.master_key_file:
            raise ValueError("MASTER_KEY, MASTER_KEY_FILE: set one of them, not both")
        return self

    @property
    def embedded(self) -> bool:
        """The database is an SQLite file of this machine."""
        return self.database.startswith("sqlite")

    @property
    def database(self) -> str:
        """The database's address; without one, an SQLite file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'zhice.db'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz_name)


def load() -> Settings:
    """Raises ConfigurationError with a line for each wrong setting; values are never repeated, they may be secrets."""
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError([_line(problem) for problem in error.errors()]) from None


def _parts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _is_address(value: str) -> bool:
    """Of a place in the web that can be reached: whoever opens it later must find a host, and a port that is one."""
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and re.fullmatch(r"https?://\S+", value) is not None


def _line(problem: Any) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ")
    name = str(problem["loc"][0]).upper() if problem["loc"] else ""
    if not name:
        return message
    return f"{name}: {message}" if not message.startswith("is ") else f"{name} {message}"

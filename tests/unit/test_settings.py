"""The settings say everything that is wrong with them at once, and never repeat a value: it may be a secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy.engine import make_url

from bot.core.errors import ConfigurationError
from bot.settings import Settings, load

TOKEN = "123456:AAbbCCddEEffGGhhIIjj_kk-ll"
SECRET = "a-secret-of-24-characters"
NAMES = [name.upper() for name in Settings.model_fields]

# For each setting a value it cannot have. Each is a word that stands in no message by chance.
WRONG = {
    "TELEGRAM_TOKEN": "not-a-token-hunter1",
    "TELEGRAM_BASE_URL": "ftp://hunter2.invalid",
    "TELEGRAM_BASE_FILE_URL": "hunter3.invalid/file",
    "TELEGRAM_PROXY": "socks5://me:hunter12@proxy.invalid",
    "TELEGRAM_WEBHOOK_SECRET": "hunter4 has spaces",
    "PUBLIC_URL": "hunter5.invalid",
    "DATABASE_URL": "mysql://root:hunter6@db/zhice",
    "PORT": "hunter7",
    "TZ_NAME": "Mars/Hunter8",
    "EMBED_ORIGINS": "https://www.example.org,hunter9",
    "MASTER_KEY": "hunter13",
    "LOG_LEVEL": "hunter10",
    "LOG_FORMAT": "hunter11",
}


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to start in, and none of our names in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load()


def problems(monkeypatch: pytest.MonkeyPatch, **values: str) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as failure:
        given(monkeypatch, **values)
    return failure.value.problems


def test_nothing_needs_to_be_set() -> None:
    settings = load()
    assert (settings.telegram_token, settings.public_url, settings.host, settings.port) == (None, "", "127.0.0.1", 8080)
    assert str(settings.zone) == "Asia/Shanghai"


def test_everything_wrong_is_named_at_once_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems(monkeypatch, **WRONG)
    assert sorted(line.split()[0].rstrip(":") for line in found) == sorted(WRONG)
    assert [line for line in found if "\n" in line] == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (line,) = problems(monkeypatch, **{name: WRONG[name]})
    assert line.startswith(name)
    assert len(line) > len(name) + 10, "it says what to do"
    assert "hunter" not in line.lower()


def test_what_is_raised_shows_no_value_either(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as failure:
        given(monkeypatch, **WRONG)
    assert "hunter" not in str(failure.getrepr(style="long", chain=True, showlocals=False)).partition("def given")[0].lower()
    assert "hunter" not in f"{failure.value!s} {failure.value!r}".lower()
    assert failure.value.__suppress_context__, "pydantic's own error repeats the values"


@pytest.mark.parametrize("token", ["123456", "123456:", "123456:ab", "abc:AAbbCCddEEffGGhh", f" {TOKEN}", f"bot{TOKEN}", f"{TOKEN}!"])
def test_what_is_no_token_is_refused_without_an_echo(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    (line,) = problems(monkeypatch, TELEGRAM_TOKEN=token)
    assert line.startswith("TELEGRAM_TOKEN is not a bot token")
    assert token.strip() not in line.replace("123456:ABC…", "")


def test_secrets_are_not_shown_by_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, TELEGRAM_TOKEN=TOKEN, TELEGRAM_WEBHOOK_SECRET=SECRET, TELEGRAM_PROXY="http://me:hunter12@127.0.0.1:7890")
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert not [secret for secret in (TOKEN, SECRET, "hunter12") if secret in f"{settings!r} {settings!s} {settings.model_dump()}"]


def test_an_empty_value_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, TELEGRAM_TOKEN="", PORT="", DATABASE_URL="").telegram_token is None


def test_the_file_is_read_and_the_environment_counts_more(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / ".env").write_text("PORT=9001\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\n", encoding="utf-8")
    settings = given(monkeypatch, PORT="9002")
    assert (settings.port, settings.log_level) == (9002, "DEBUG")


def test_settings_stay_as_they_were_read() -> None:
    with pytest.raises(ValidationError):
        load().port = 1  # type: ignore[misc]


# ---- webhook ----


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = problems(monkeypatch, PUBLIC_URL="https://zhice.example.org", TELEGRAM_TOKEN=TOKEN)
    assert line.startswith("TELEGRAM_WEBHOOK_SECRET: needed with PUBLIC_URL")
    assert TOKEN not in line


def test_a_webhook_with_its_secret_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, PUBLIC_URL="https://zhice.example.org/", TELEGRAM_TOKEN=TOKEN, TELEGRAM_WEBHOOK_SECRET=SECRET)
    assert settings.public_url == "https://zhice.example.org"


def test_a_public_web_chat_alone_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, PUBLIC_URL="https://zhice.example.org").telegram_webhook_secret is None


@pytest.mark.parametrize("secret", ["fifteen-letters", "with a space in it", "x" * 257, "密" * 16])
def test_a_secret_that_cannot_travel_in_a_header_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    (line,) = problems(monkeypatch, TELEGRAM_WEBHOOK_SECRET=secret)
    assert line.startswith("TELEGRAM_WEBHOOK_SECRET")
    assert secret not in line


# ---- database ----


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///relative.db", "sqlite+aiosqlite:///relative.db"),
        ("sqlite:////srv/zhice.db", "sqlite+aiosqlite:////srv/zhice.db"),
        ("sqlite+aiosqlite:////srv/zhice.db", "sqlite+aiosqlite:////srv/zhice.db"),
        ("postgres://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("postgresql://u:p@host:5433/name?sslmode=require", "postgresql+psycopg://u:p@host:5433/name?sslmode=require"),
        ("postgresql+psycopg://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
    ],
)
def test_an_address_of_a_database_gets_its_driver(monkeypatch: pytest.MonkeyPatch, written: str, used: str) -> None:
    assert given(monkeypatch, DATABASE_URL=written).database == used


@pytest.mark.parametrize("written", ["mysql://u:hunter@h/d", "postgresql+psycopg2://u:hunter@h/d", "/srv/hunter.db", "zhice"])
def test_another_database_is_refused_without_an_echo(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    (line,) = problems(monkeypatch, DATABASE_URL=written)
    assert line.startswith("DATABASE_URL is sqlite:///path/to/file.db or postgresql://")
    assert "hunter" not in line


def test_without_an_address_the_database_is_a_file_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    settings = given(monkeypatch, DATA_DIR=str(folder / "somewhere"))
    assert make_url(settings.database).database == str((folder / "somewhere").resolve() / "zhice.db")
    assert make_url(settings.database).drivername == "sqlite+aiosqlite"


def test_the_data_folder_is_beside_where_we_start(folder: Path) -> None:
    assert make_url(load().database).database == str(folder.resolve() / "data" / "zhice.db")


# ---- the others ----


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://www.example.org", ("https://www.example.org",)),
        ("https://a.example.org/ , https://b.example.org:8443", ("https://a.example.org", "https://b.example.org:8443")),
        (" , ", ()),
    ],
)
def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, written: str, read: tuple[str, ...]) -> None:
    assert given(monkeypatch, PUBLIC_URL="https://zhice.example.org", EMBED_ORIGINS=written).embed_origins == read


@pytest.mark.parametrize("address", [{}, {"PUBLIC_URL": "http://zhice.example.org"}])
def test_a_frame_elsewhere_is_refused_where_browsers_would_keep_it_no_session(
    monkeypatch: pytest.MonkeyPatch, address: dict[str, str]
) -> None:
    (line,) = problems(monkeypatch, EMBED_ORIGINS="https://www.example.org", **address)
    assert line.startswith("EMBED_ORIGINS: needs PUBLIC_URL with https://")


@pytest.mark.parametrize("origin", ["www.example.org", "https://a.example.org/page", "https://a.example.org;script-src *", "*"])
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    (line,) = problems(monkeypatch, EMBED_ORIGINS=origin)
    assert line.startswith("EMBED_ORIGINS: lists origins")


@pytest.mark.parametrize("name", ["PUBLIC_URL", "TELEGRAM_BASE_URL", "TELEGRAM_BASE_FILE_URL", "TELEGRAM_PROXY", "EMBED_ORIGINS"])
@pytest.mark.parametrize(
    "address", ["https://[hunter", "https://hunter:port", "https://hunter:99999", "https://hunter invalid", "https://:443", "https://"]
)
def test_an_address_that_nobody_could_reach_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    (line,) = problems(monkeypatch, **{name: address})
    assert line.startswith(name)
    assert "hunter" not in line


@pytest.mark.parametrize("name", ["EMBED_ORIGINS", "TRUSTED_PROXIES", "FORMS_ON_WEB"])
@pytest.mark.parametrize("written", ["1e400", "5", "true", "[1]", '{"a": 1}', '["https://www.example.org"]'])
def test_a_list_is_text_with_commas_and_nothing_else(monkeypatch: pytest.MonkeyPatch, name: str, written: str) -> None:
    (line,) = problems(monkeypatch, PUBLIC_URL="https://zhice.example.org", **{name: written})
    assert line.startswith(name)


def test_the_example_of_an_address_is_one_for_that_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = problems(monkeypatch, TELEGRAM_BASE_URL="nonsense", TELEGRAM_BASE_FILE_URL="nonsense")
    assert [line.rpartition("/")[0].rpartition(":")[2] for line in lines] == ["8081", "8081/file"]


@pytest.mark.parametrize("port", ["-1", "65536", "8080a"])
def test_what_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    (line,) = problems(monkeypatch, PORT=port)
    assert line.startswith("PORT: ")


def test_a_loopback_platform_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, TELEGRAM_BASE_URL="http://127.0.0.1:8081/bot").telegram_base_url == "http://127.0.0.1:8081/bot"


# ---- the example ----

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


def lines_of_example() -> list[str]:
    return EXAMPLE.read_text(encoding="utf-8").splitlines()


def test_the_example_shows_every_setting_and_no_other() -> None:
    shown = [line.removeprefix("# ").partition("=")[0] for line in lines_of_example() if line.startswith("# ") and "=" in line.split()[1]]
    assert sorted(shown) == sorted(NAMES)


def test_the_example_sets_nothing() -> None:
    assert [line for line in lines_of_example() if line and not line.startswith("#")] == []


def test_the_example_is_taken_when_its_lines_are_used(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    used = [line.removeprefix("# ") for line in lines_of_example() if line.startswith("# ") and "=" in line.split()[1]]
    (folder / ".env").write_text("\n".join(used), encoding="utf-8")
    assert load().telegram_token is not None


def test_forms_move_only_where_there_is_a_page_to_move_to() -> None:
    with pytest.raises(ValueError, match="FORMS_ON_WEB: needs PUBLIC_URL"):
        Settings(_env_file=None, forms_on_web="telegram")
    with pytest.raises(ValueError, match="no carrier-pigeon"):
        Settings(_env_file=None, public_url="https://zhice.example.org", forms_on_web="carrier-pigeon")
    assert Settings(_env_file=None, public_url="https://zhice.example.org", forms_on_web="telegram").forms_on_web == ("telegram",)

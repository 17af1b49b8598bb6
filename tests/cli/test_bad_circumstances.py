"""In bad circumstances each command ends with a line that says what to do: no trace, no secret."""

from __future__ import annotations

import re
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Run
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.ports import free_port
from tests.secret import MASTER_KEY

pytestmark = pytest.mark.xdist_group("commands")

OTHER = "987654321:AAF-another-token_of-somebody-else-1"


def assert_lines(ended: Ended, *patterns: str) -> None:
    """Exactly these lines of complaint, whatever else the log says of how far it came."""
    lines = [line for line in ended.err.splitlines() if not re.search(r"\[(info|warning|error) *\]", line)]
    assert ended.code not in (0, 1, -15, -9), ended
    assert len(lines) == len(patterns), ended.err
    for line, pattern in zip(sorted(lines), sorted(patterns), strict=True):
        assert re.search(pattern, line), line
    whole = ended.out + ended.err
    assert "Traceback" not in whole
    assert not [secret for secret in (TOKEN, OTHER, "hunter2") if secret in whole]


async def test_a_token_the_platform_refuses(run: Run, fake: FakeTelegram) -> None:
    assert_lines(await run("serve", TELEGRAM_TOKEN=OTHER, TELEGRAM_BASE_URL=fake.base_url), r"^TELEGRAM_TOKEN is refused .*@BotFather")


async def test_a_token_that_is_none(run: Run) -> None:
    assert_lines(await run("serve", TELEGRAM_TOKEN="hunter2"), "^TELEGRAM_TOKEN is not a bot token; copy it from @BotFather")


async def test_two_wrong_settings_are_two_lines(run: Run) -> None:
    assert_lines(await run("serve", TZ_NAME="Mars/Olympus", PORT="hunter2"), "^PORT: .*integer", "^TZ_NAME is no time zone; use a name")


@pytest.mark.parametrize("command", ["serve", "web"])
@pytest.mark.usefixtures("installed")
async def test_a_port_that_is_taken(run: Run, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert_lines(await run(command, PORT=str(port)), f"^PORT: {port} is taken on 127.0.0.1; stop the other program or set another PORT")


async def test_a_port_for_figures_that_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert_lines(await run("serve", METRICS_PORT=str(port)), f"^METRICS_PORT: {port} is taken on 127.0.0.1; .* another METRICS_PORT")


@pytest.mark.parametrize("command", ["serve", "migrate", "chat", "worker", "web"])
async def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("")
    assert_lines(await run(command, DATA_DIR=str(tmp_path / "file" / "data")), "^DATA_DIR: .*(cannot write to|cannot be made)")


async def test_looking_up_needs_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = await run("lookup", "苏州质押融资的目标", DATA_DIR=str(tmp_path / "file" / "data"))
    assert (ended.code, "苏州" in ended.out) == (0, True)


def database(tmp_path: Path, *statements: str) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "data" / "zhice.db")) as file, file:
        for statement in statements:
            file.execute(statement)


@pytest.mark.parametrize("command", ["serve", "migrate", "worker"])
async def test_a_half_migrated_database(run: Run, tmp_path: Path, command: str) -> None:
    database(tmp_path, "create table inbox (id integer)")
    assert_lines(await run(command), "^the database is half migrated or not ours; restore the last backup")


@pytest.mark.parametrize("command", ["serve", "migrate", "web"])
async def test_a_database_newer_than_the_program(run: Run, tmp_path: Path, command: str) -> None:
    database(tmp_path, "create table alembic_version (version_num varchar(32) not null)", "insert into alembic_version values ('9999')")
    assert_lines(await run(command), "^the database is newer than this program; install the newer program")


@pytest.mark.parametrize("command", ["web", "worker"])
async def test_a_database_not_yet_made(run: Run, command: str) -> None:
    assert_lines(await run(command), "^the database is empty; run: zhice migrate")


async def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "zhice.db").write_text("hunter2 " * 1000)
    assert_lines(await run("serve"), "^DATABASE_URL: the database cannot be used .*not a database")


async def test_a_server_that_does_not_answer(run: Run) -> None:
    pytest.importorskip("psycopg")
    address = f"postgresql://zhice:hunter2@127.0.0.1:{free_port()}/zhice"
    assert_lines(await run("serve", DATABASE_URL=address, MASTER_KEY=MASTER_KEY), "^DATABASE_URL: the database cannot be used")


@pytest.mark.parametrize("address", ["postgresql://zhice:hunter2@127.0.0.1:54x2/zhice", "postgresql://zhice:hunter2@127.0.0.1:/zhice"])
async def test_an_address_that_is_none(run: Run, address: str) -> None:
    assert_lines(await run("migrate", DATABASE_URL=address, MASTER_KEY=MASTER_KEY), "^DATABASE_URL: the address cannot be read")


async def test_a_database_that_would_be_lost_with_the_process(run: Run) -> None:
    assert_lines(await run("serve", DATABASE_URL="sqlite:///:memory:"), "^DATABASE_URL: an SQLite address needs a file")


async def test_a_webhook_without_its_secret(run: Run) -> None:
    assert_lines(
        await run("serve", TELEGRAM_TOKEN=TOKEN, PUBLIC_URL="https://zhice.example.org"), "^TELEGRAM_WEBHOOK_SECRET: needed with PUBLIC_URL"
    )

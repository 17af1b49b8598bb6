"""The terminal as a platform: what a line means, and files by their path."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.terminal import Terminal
from bot.core.clock import FixedClock
from bot.core.message import Attached, Kind
from bot.core.platform import Adapter, Unfetched


@pytest.fixture
def terminal() -> Terminal:
    return Terminal("tester", print, FixedClock(datetime(2026, 3, 1, tzinfo=UTC)))


def test_it_keeps_the_contract_of_adapters(terminal: Terminal) -> None:
    adapter: Adapter = terminal
    assert (adapter.platform, adapter.limits.files) == ("terminal", True)


async def test_a_line_may_be_a_file(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "a licence.pdf").write_bytes(b"1234")
    incoming = terminal.read(f" file:{tmp_path}/a licence.pdf ")
    assert (incoming.kind, incoming.text) == (Kind.ATTACHMENT, "")
    assert incoming.files == (Attached(f"{tmp_path}/a licence.pdf", "a licence.pdf", 4),)
    assert await terminal.fetch(incoming.files[0].id, 4) == b"1234"


async def test_a_file_too_large_or_gone_is_told(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "large.pdf").write_bytes(b"1234")
    assert await terminal.fetch(f"{tmp_path}/large.pdf", 3) is Unfetched.TOO_LARGE
    assert await terminal.fetch(f"{tmp_path}/none.pdf", 3) is Unfetched.GONE
    assert await terminal.fetch(str(tmp_path), 3) is Unfetched.GONE

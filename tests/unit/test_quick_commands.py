"""Short commands load only what they need: what a service runs on would be most of their time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = "import sys; from bot.__main__ import app; app(sys.argv[1:], standalone_mode=False); print(*sys.modules)"


@pytest.mark.parametrize("module", ["asyncio", "sqlalchemy", "telegram", "aiohttp", "pydantic_settings"])
def test_a_lookup_at_the_command_line_loads_nothing_of_the_service(module: str, loaded_by_a_lookup: frozenset[str]) -> None:
    assert "knowledge.lookup" in loaded_by_a_lookup
    assert module not in loaded_by_a_lookup


@pytest.fixture(scope="module")
def loaded_by_a_lookup() -> frozenset[str]:
    command = [sys.executable, "-c", LOADED, "lookup", "苏州专利导航"]
    found = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    return frozenset(found.stdout.splitlines()[-1].split())

"""Short commands load only what they need: what a service runs on would be most of their time."""

from __future__ import annotations

import os
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


def test_a_lookup_keeps_the_index_for_the_next_one(loaded_by_a_lookup: frozenset[str], cache: Path) -> None:
    assert loaded_by_a_lookup
    assert [path.name.partition("-")[0] for path in (cache / "zhice").iterdir()] == ["index"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def loaded_by_a_lookup(cache: Path) -> frozenset[str]:
    command, environment = [sys.executable, "-c", LOADED, "lookup", "苏州专利导航"], os.environ | {"XDG_CACHE_HOME": str(cache)}
    found = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment)
    return frozenset(found.stdout.splitlines()[-1].split())

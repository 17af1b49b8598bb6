"""Short commands load only what they need: what a service runs on would be most of their time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = "import sys; from bot.__main__ import main; main(); print(*sys.modules)"
QUESTION = "苏州专利导航"


@pytest.mark.parametrize("module", ["asyncio", "sqlalchemy", "telegram", "aiohttp", "pydantic", "typer"])
def test_a_lookup_at_the_command_line_loads_nothing_of_the_service(module: str, loaded_by_a_lookup: frozenset[str]) -> None:
    assert "knowledge.lookup" in loaded_by_a_lookup
    assert module not in loaded_by_a_lookup


@pytest.mark.parametrize("options", [["--lang", "zh-CN"], ["--region", ""]])
def test_a_bare_question_is_answered_as_one_with_options_that_change_nothing(options: list[str], cache: Path) -> None:
    assert run(["-m", "bot", "lookup", QUESTION], cache) == run(["-m", "bot", "lookup", QUESTION, *options], cache)


def test_a_lookup_keeps_the_index_and_the_word_lists_for_the_next_one(loaded_by_a_lookup: frozenset[str], cache: Path) -> None:
    assert loaded_by_a_lookup
    assert sorted(path.name.partition("-")[0] for path in (cache / "zhice").iterdir()) == ["index", "lists"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def loaded_by_a_lookup(cache: Path) -> frozenset[str]:
    return frozenset(run(["-c", LOADED, "lookup", QUESTION], cache).splitlines()[-1].split())


def run(arguments: list[str], cache: Path) -> str:
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment).stdout

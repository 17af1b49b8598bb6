"""Commands as a person types them: processes of their own, in a folder without a `.env`."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.patience import PATIENCE

Run = Callable[..., Awaitable["Ended"]]
SECRET = "a-webhook-secret_of-30-letters"


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as platform:
        yield platform


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV")}
    return kept | {"DATA_DIR": str(data), "HOST": "127.0.0.1", "PORT": "0", "PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def new_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after `zhice migrate`."""
    folder = tmp_path_factory.mktemp("installation")
    subprocess.run([sys.executable, "-m", "bot", "migrate"], env=_environment(folder / "data"), cwd=folder, check=True, capture_output=True)
    return folder / "data"


@pytest.fixture
def installed(tmp_path: Path, new_installation: Path) -> None:
    """As if `zhice migrate` had just run."""
    shutil.copytree(new_installation, tmp_path / "data")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command to its end; PORT 0 and a data folder of the test unless said otherwise."""

    async def run(*arguments: str, given: str = "", **environment: str) -> Ended:
        folder = tmp_path / "elsewhere"
        folder.mkdir(exist_ok=True)
        pipes: dict[str, Any] = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
        command = [sys.executable, "-m", "bot", *arguments]
        process = await asyncio.create_subprocess_exec(*command, env=_environment(tmp_path / "data") | environment, cwd=folder, **pipes)
        try:
            out, err = await asyncio.wait_for(process.communicate(given.encode()), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"{arguments} did not end within {PATIENCE} s") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return Ended(process.returncode or 0, out.decode(), err.decode())

    return run

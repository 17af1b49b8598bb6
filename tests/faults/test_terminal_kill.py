"""Somebody fills in an application in the terminal, and the program is killed under their hands: they go on where they were."""

from __future__ import annotations

import asyncio
import getpass
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.core.clock import SystemClock
from bot.storage import applications, drafts, subjects
from bot.storage.database import Database
from bot.storage.master import Master
from tests.faults.conftest import Service
from tests.patience import until

pytestmark = pytest.mark.xdist_group("processes")

BEGIN = ("/apply 费用减缴", "1")
ANSWERS = {
    "受理编号": "",
    "都填好了": "提交",
    "**6 / 6": "交纸质材料",
    "**5 / 6": "13812345678",
    "**4 / 6": "2026",
    "**3 / 6": "跳过",
    "**2 / 6": "苏州知微研究所",
    "同意后开始填写": "同意并开始",
    "备案主体": "事业单位",
}
"""What is answered to what is asked; the first that stands on the screen counts."""
KILLED_BEFORE = ("**2 / 6", "**4 / 6", "都填好了")
"""Right after the answer to these is typed."""


class Screen:
    """`zhice chat` with a person before it."""

    def __init__(self, folder: Path) -> None:
        self._environment = Service(folder, "chat").environment
        self._folder = folder

    async def __aenter__(self) -> Screen:
        self._folder.parent.joinpath("elsewhere").mkdir(exist_ok=True)
        pipes: dict[str, Any] = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.DEVNULL}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "chat", "--lang", "zh-CN", env=self._environment, cwd=self._folder.parent / "elsewhere", **pipes
        )
        self._shown = ""
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self._process.stdout
        while data := await self._process.stdout.read(4096):
            self._shown += data.decode(errors="replace")

    def type(self, line: str) -> None:
        self._shown = ""
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n".encode())

    async def asked(self) -> str:
        """The question on the screen."""
        await until(lambda: any(each in self._shown for each in ANSWERS), what=f"a question: {self._shown}")
        return next(each for each in ANSWERS if each in self._shown)


async def test_killed_while_it_takes_an_answer_the_terminal_goes_on_with_every_other(tmp_path: Path) -> None:
    folder, kills, asked = tmp_path / "data", list(KILLED_BEFORE), ""
    first = True
    while asked != "受理编号":
        async with Screen(folder) as screen:
            for line in BEGIN if first else ("继续",):
                screen.type(line)
            first, asked = False, await screen.asked()
            while asked != "受理编号":
                screen.type(ANSWERS[asked])
                if asked in kills:
                    kills.remove(asked)
                    break
                asked = await screen.asked()
    assert kills == []
    database = Database(f"sqlite+aiosqlite:///{folder / 'zhice.db'}", Master.own(folder / "keys" / "master.key"))
    await database.open()
    await database.unlock(SystemClock().now())
    async with database.read() as connection:
        subject = await subjects.of(connection, "terminal", getpass.getuser())
        assert await drafts.of_person(connection, "terminal", getpass.getuser()) == []
        (known,) = await applications.of_subject(connection, subject)
        held = (await applications.own(connection, subject, known.id)).answers["held"]
    await database.close()
    assert {"苏州知微研究所", "13812345678", "paper"} <= {str(value) for value in held.values()}

"""`zhice chat` as somebody before a real terminal meets it: keys, long lines, what is pasted, a second window."""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import sys
import termios
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Run, _environment
from tests.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("installed")

IUTF8 = 0o40000
PROMPT = "> "
WAYS = "Ctrl+D"
ELSEWHERE = "另一个窗口正开着这个对话"
Open = Callable[[], Awaitable["Window"]]


class Window:
    """A pseudo-terminal of 80 columns."""

    def __init__(self, process: asyncio.subprocess.Process, keys: int) -> None:
        self.process, self._keys, self.shown = process, keys, ""
        os.set_blocking(keys, False)

    def press(self, keys: str | bytes) -> None:
        self.shown = ""
        rest, end = keys if isinstance(keys, bytes) else keys.encode(), time.monotonic() + PATIENCE
        while rest:
            assert time.monotonic() < end, f"nobody reads the keys: {self.shown[-500:]!r}"
            # What the program has not read yet fills the line; what it echoes must be read, or it waits for us.
            with suppress(BlockingIOError):
                rest = rest[os.write(self._keys, rest[:512]) :]
            self._read()

    async def until(self, text: str) -> str:
        """Reads until the screen shows this; what it shows since the last key."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert self.process.returncode is None and time.monotonic() < end, f"{text!r} did not come: {self.shown[-500:]!r}"
            self._read()
            await asyncio.sleep(0.01)
        return self.shown

    async def answered(self, line: str | bytes) -> str:
        self.press(line)
        self.shown = ""
        self.press(b"\r")
        return await self.until(f"\n{PROMPT}")

    async def ended(self) -> int:
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def _read(self) -> None:
        with suppress(BlockingIOError, OSError):
            self.shown += os.read(self._keys, 65536).decode(errors="replace").replace("\r\n", "\n")

    def close(self) -> None:
        os.close(self._keys)


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Open]:
    windows: list[Window] = []

    async def open_one() -> Window:
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        state = termios.tcgetattr(theirs)
        state[0] &= ~IUTF8  # a line over an old network: the terminal itself would rub out bytes
        termios.tcsetattr(theirs, termios.TCSANOW, state)
        environment = _environment(tmp_path / "data") | {"TERM": "xterm"}
        process = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-c",
                "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])",
            ),
            *(sys.executable, "-m", "bot", "chat"),
            **{"stdin": theirs, "stdout": theirs, "stderr": theirs, "start_new_session": True},  # type: ignore[arg-type]
            env=environment,
            cwd=tmp_path,
        )
        os.close(theirs)
        windows.append(Window(process, ours))
        return windows[-1]

    yield open_one
    for window in windows:
        if window.process.returncode is None:
            window.process.kill()
            await window.process.wait()
        window.close()


@asynccontextmanager
async def begun(opened: Open) -> AsyncIterator[Window]:
    window = await opened()
    await window.until(f"\n{PROMPT}")
    yield window


async def test_it_says_how_to_leave_and_each_way_leaves_at_once(opened: Open) -> None:
    for keys in (b"\x03", b"\x04", b"/quit\r"):
        async with begun(opened) as window:
            assert WAYS in window.shown
            window.press(keys)
            assert await window.ended() == 0, keys


async def test_ctrl_c_leaves_before_it_is_ready_too(opened: Open) -> None:
    async with begun(opened):
        second = await opened()
        await second.until(ELSEWHERE)
        second.press(b"\x03")
        assert await second.ended() == 0


async def test_a_second_window_says_so_and_goes_on_when_the_first_is_closed(opened: Open) -> None:
    async with begun(opened) as first:
        second = await opened()
        await second.until(ELSEWHERE)
        assert PROMPT not in second.shown
        first.press(b"\x04")
        await first.ended()
        await second.until(f"\n{PROMPT}")
        assert "申报" in await second.answered("/applications")


async def test_a_long_line_arrives_whole(opened: Open) -> None:
    async with begun(opened) as window:
        assert "这段话太长了" in await window.answered("苏州质押融资目标" * 600)


async def test_what_is_pasted_is_one_message(opened: Open) -> None:
    async with begun(opened) as window:
        shown = await window.answered("\x1b[200~我们公司想问\n姑苏人才\n计划引进多少人\x1b[201~")
        assert shown.count(f"\n{PROMPT}") == 1
        assert "力争5年内全市引进和培养200名" in shown


async def test_a_rubbed_out_character_is_gone_whole(opened: Open) -> None:
    async with begun(opened) as window:
        assert "200名" in await window.answered("商标\x7f\x7f姑苏知识产权人才计划引进多少人")


async def test_half_a_character_breaks_nothing(opened: Open) -> None:
    async with begun(opened) as window:
        assert "合肥" in await window.answered(b"\xe8\x8b" + "合肥的质押融资目标".encode())


async def test_without_a_terminal_nothing_is_said_about_keys_and_quit_ends_it(run: Run) -> None:
    ended = await run("chat", given="/region\n/quit\n/applications\n")
    assert (ended.code, ended.err) == (0, "")
    assert WAYS not in ended.out
    assert "按哪个地区查" in ended.out
    assert "申报" not in ended.out.partition("按哪个地区查")[2]


async def test_a_terminal_that_cannot_show_a_sign_shows_a_question_mark(run: Run) -> None:
    ended = await run("chat", given="hello\n", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert (ended.code, ended.err) == (0, "")

"""What people write is in no file of ours as they wrote it: not while the service runs, not after."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.adapters.terminal import Terminal
from bot.app import conversation, core
from bot.core.clock import FixedClock
from bot.settings import Settings
from bot.storage import audit
from knowledge.lookup import Knowledge
from tests.patience import PATIENCE

MARKS = ("王小明标记", "13812345678", "marker-person@example.org", "91320500MARK1XYZ12", "海淀标记科技有限公司")
SAID = (
    f"我是{MARKS[0]},电话 {MARKS[1]},苏州专利质押融资的目标是多少?",
    f"我们公司是{MARKS[4]},信用代码 {MARKS[3]},能领多少补贴",
    f"写信到 {MARKS[2]} 可以吗 {MARKS[0]}",
    f"{MARKS[0]}{MARKS[4]}",
)


def found(folder: Path) -> list[str]:
    """Marks in any file, in the encodings text is written in."""
    spelled = {mark: [mark.encode(), mark.encode("utf-16-le"), mark.encode("unicode-escape")] for mark in MARKS}
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        f"{path.name}: {mark}" for path, bytes_ in files.items() for mark, ways in spelled.items() if any(way in bytes_ for way in ways)
    ]


async def test_marks_said_to_the_whole_core_are_in_no_file_and_no_log(
    tmp_path: Path, clock: FixedClock, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    heard: list[str] = []
    async with core(settings, migrate=True, clock=clock) as built:
        terminal = Terminal("tester", heard.append, clock, language="zh-CN")
        async with conversation(built, terminal, knowledge) as settled:
            for line in SAID:
                await built.door(terminal).accept([terminal.read(line)])
                assert found(settings.data_dir) == []
                async with asyncio.timeout(PATIENCE):
                    await settled()
                assert found(settings.data_dir) == []
        assert any(path.name.endswith("-wal") and path.stat().st_size for path in settings.data_dir.iterdir())
    assert heard
    assert found(settings.data_dir) == []
    assert not [mark for mark in MARKS if mark in caplog.text]


APPLYING = (
    "/apply 质押",
    "1",
    "1",
    "1",
    MARKS[4],
    "91350100M000100Y43",
    "稍后",
    "/remind 明天上午九点 给" + MARKS[0] + "打电话",
    SAID[0],
)


async def rows_naming(connection: AsyncConnection, name: str) -> set[str]:
    """Tables in which anything is that name, or has it in it."""
    found = set()
    for table in SQLModel.metadata.tables:
        rows = (await connection.execute(text(f"select * from {table}"))).all()
        found |= {table for row in rows if any(name in str(value) for value in row)}
    return found


async def test_whoever_leaves_in_the_chat_is_in_no_row_and_no_file(tmp_path: Path, clock: FixedClock, knowledge: Knowledge) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    heard: list[str] = []
    async with core(settings, migrate=True, clock=clock) as built:
        terminal = Terminal("tester-mark", heard.append, clock, language="zh-CN")
        async with conversation(built, terminal, knowledge) as settled:

            async def say(line: str) -> str:
                heard.clear()
                await built.door(terminal).accept([terminal.read(line)])
                async with asyncio.timeout(PATIENCE):
                    await settled()
                return "\n".join(heard)

            for line in APPLYING:
                await say(line)
            told = await say("/my_data")
            assert MARKS[4] in told
            assert f"给{MARKS[0]}打电话" in told
            assert "91350100M000100Y43" in told
            assert "删除" in await say("/delete_me")
            assert "已删除" in await say("1")
            async with built.database.read() as connection:
                # Where the farewell went and that this was asked for, without words, for 30 days. The terminal's lease has the same name.
                assert await rows_naming(connection, "tester-mark") == {"inbox", "outbox", "lease"}
                assert (await audit.verify(connection)).broken == 0
            assert found(settings.data_dir) == []
            assert MARKS[4] not in await say("/my_data")
    assert found(settings.data_dir) == []


async def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\0\1" + MARKS[0].encode() + b"\2")
    assert found(tmp_path) == [f"file: {MARKS[0]}"]

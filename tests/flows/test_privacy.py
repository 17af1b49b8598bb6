"""What people write is in no file of ours as they wrote it: not while the service runs, not after."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.terminal import Terminal
from bot.app import Core, core
from bot.core.clock import FixedClock
from bot.core.permissions import Role, StaffMember
from bot.service import conversation
from bot.settings import Settings
from bot.spreadsheet import as_workbook
from bot.storage import audit, handing_out, reviewing, staff
from bot.storage.all_tables import METADATA
from bot.storage.applications import CORRECTION, Summary
from bot.storage.handing_out import Wanted
from bot.storage.reviewing import View
from bot.words import Words
from handlers.staff.desk import Decision, Review
from handlers.staff.export import Hand, tables
from handlers.telling import Teller
from knowledge.lookup import Knowledge
from tests.flows.conftest import FILES
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
    for table in METADATA.tables:
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


WHOLE = (
    "/apply 费用减缴",
    "1",
    "事业单位",
    "同意并开始",
    MARKS[4],
    "91350100M000100Y43",
    "2026",
    MARKS[1],
)


async def test_a_file_a_correction_a_transfer_and_an_export_leave_no_mark(
    tmp_path: Path, clock: FixedClock, knowledge: Knowledge, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of files are marked, too. What the operator exports goes where they say, and nothing of it stays with us."""
    caplog.set_level(logging.DEBUG)
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    sent = tmp_path / "sent" / f"{MARKS[0]}.pdf"
    sent.parent.mkdir()
    sent.write_bytes((FILES / "licence.pdf").read_bytes() + f"% {MARKS[0]} {MARKS[4]}".encode())
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")

    def nothing() -> None:
        assert found(settings.data_dir) + found(tmp_path / "temp") == []
        assert not [mark for mark in MARKS if mark in caplog.text]

    async with core(settings, migrate=True, clock=clock) as built:
        async with contextlib.AsyncExitStack() as stack:
            heard: list[str] = []
            people = {}
            for name in ("giver", "taker"):
                terminal = Terminal(name, heard.append, clock, language="zh-CN")
                people[name] = (terminal, await stack.enter_async_context(conversation(built, terminal, knowledge)))

            async def say(name: str, *lines: str) -> str:
                terminal, settled = people[name]
                for line in lines:
                    heard.clear()
                    await built.door(terminal).accept([terminal.read(line)])
                    async with asyncio.timeout(PATIENCE):
                        await settled()
                    nothing()
                return "\n".join(heard)

            assert MARKS[0] in await say("giver", *WHOLE, f"file:{sent}")
            assert "受理编号" in await say("giver", "完成", "提交")
            member = await sent_back(built, MARKS[0])
            assert MARKS[0] in await say("giver", "/applications", "1"), "the reason"
            said = await say("giver", "稍后", "/applications", "交给同事", "1")
            code = re.search(r"/code ([\w-]+)", said)
            assert code, said
            await say("taker", f"/code {code[1]}", "接着办")
            assert "13900001111" in await say("taker", "继续填写", "同意并开始", "13900001111", "/my_data")
            out = tmp_path / "out.xlsx"
            await built.database.write(lambda on: exporting(on, member, built.words, out, clock))
            assert found(settings.data_dir) == []
            with zipfile.ZipFile(out) as book:
                assert MARKS[4] in book.read("xl/sharedStrings.xml").decode()
            assert "已删除" in await say("taker", "/delete_me", "1")
            assert "已删除" in await say("giver", "/delete_me", "1")
            async with built.database.read() as connection:
                assert await rows_naming(connection, MARKS[1]) == set()
                assert (await connection.execute(text("select count(*) from sealingkey where name like 'subject:%'"))).scalar_one() == 0
                assert (await connection.execute(text("select count(*) from attachment"))).scalar_one() == 0
                assert (await audit.verify(connection)).broken == 0
        nothing()
    nothing()
    assert list((settings.data_dir / "files").iterdir()) == []


async def sent_back(built: Core, name: str) -> StaffMember:
    """A reviewer wants the mobile number mended, and says so with a person's name."""
    now = built.clock.now()

    async def job(connection: AsyncConnection) -> tuple[Summary, StaffMember]:
        member = await staff.add(connection, "李", [Role.REVIEWER], "operator", now)
        (known,) = await reviewing.queue(connection, member, View.NEW, now, limit=9)
        return await reviewing.claim(connection, member, known, now), member

    known, member = await built.database.write(job)
    review = Review(built.database, Teller(built.words, {}), built.terms)
    case, _ = await review.case(member, known.id)
    effect = review.decide(member, case, Decision(CORRECTION, ("contact-mobile",), f"{name}的手机停机"), now)
    await built.database.write(effect.job)
    return member


async def exporting(connection: AsyncConnection, member: StaffMember, words: Words, out: Path, clock: FixedClock) -> None:
    cases = await handing_out.exported(connection, member, Wanted(), "年报", clock.now(), full=True)
    out.write_bytes(as_workbook(tables(cases, Hand(words, "zh-CN", ZoneInfo("Asia/Shanghai"), full=True))))


async def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\0\1" + MARKS[0].encode() + b"\2")
    assert found(tmp_path) == [f"file: {MARKS[0]}"]

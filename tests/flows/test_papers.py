"""The application to print: opened once, by who may, whole and in Chinese; kept by nobody on the way."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import re
import stat
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import text

from bot.adapters.terminal import Terminal
from bot.app import Core
from bot.core.clock import FixedClock
from bot.core.message import Outgoing
from bot.core.permissions import Role
from bot.core.platform import Outcome
from bot.intake import Inbox
from bot.pages import Pages
from bot.papers import Private
from bot.service import conversation
from bot.settings import Settings
from bot.storage import staff
from bot.storage.database import Connection, Database
from bot.storage.handing_out import EXPORTS
from bot.web import application, listening
from bot.words import Words
from handlers.forms.papers import TERM
from knowledge.lookup import Knowledge
from tests.flows.conftest import FILES, Talk
from tests.flows.hall import Hall

OFFICE = "https://zhice.example.org"
FILLED_IN = (
    "/apply 费用减缴",
    "事业单位",
    "同意并开始",
    "苏州知微研究所<b>",
    "跳过",
    "2026",
    "13812345678",
    "file:licence.pdf",
    "完成",
    "提交",
)


async def _code(connection: Connection, now: datetime) -> str:
    member = await staff.add(connection, "审核", {Role.REVIEWER}, "operator", now)
    return await staff.code(connection, member.id, "operator", now)


async def _ready() -> list[str]:
    return []


class Desk:
    """Somebody at one platform, and our web server beside it."""

    def __init__(self, talk: Talk, core: Core, client: ClientSession, terminal: Terminal) -> None:
        self.talk, self.core, self.client, self.terminal = talk, core, client, terminal

    async def say(self, *lines: str, by: str = "张敏") -> str:
        answers: list[str] = []
        for line in lines:
            if isinstance(self.terminal, Hall):
                answers = await self.talk.say_in_group(by, line, reply=False)
            else:
                answers = await self.talk.say(line)
        return "\n".join(answers)

    async def hand_in(self) -> None:
        await self.say("/apply 费用减缴", "[专利费用减缴备案]", *FILLED_IN[1:])

    async def reveal(self) -> str:
        """A reviewer opens the application and says why."""
        code = await self.core.database.write(lambda connection: _code(connection, self.core.clock.now()))
        await self.say(f"/staff {code}", "/review", "[新件（1）]", "[查看…]", "[接手]", "[查看…]", "[查看完整信息]", by="审核")
        return await self.say("核对证书", by="审核")

    async def link(self) -> str:
        """A fresh one; buttons with an address are not drawn by the hall, so it is read from what was sent."""
        await self.say("[打印申报书]")
        assert isinstance(self.terminal, Hall)
        return self.terminal.last_url.removeprefix(OFFICE)


@contextlib.asynccontextmanager
async def desk(
    terminal: Terminal, heard: list[str], database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, folder: Path
) -> AsyncIterator[Desk]:
    core = Core(Settings(_env_file=None, data_dir=folder, public_url=OFFICE), clock, database, words, Inbox(database, clock))
    routes = Private(lambda: core.papers({}), Pages(words), clock).routes()
    async with (
        conversation(core, terminal, knowledge) as settled,
        listening(application(pages=Pages(words), ready=_ready, routes=routes), "127.0.0.1", 0) as port,
        ClientSession(f"http://127.0.0.1:{port}") as client,
    ):
        yield Desk(Talk(terminal, core, settled, heard), core, client, terminal)


@pytest.fixture
async def hall(database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Desk]:
    heard: list[str] = []
    hall = Hall("hall", heard.append, clock, bold=("**", "**"), language="zh-CN")
    async with desk(hall, heard, database, words, knowledge, clock, tmp_path) as made:
        await made.hand_in()
        yield made


async def test_a_link_shows_a_button_and_opens_once_with_everything_on_it(hall: Desk) -> None:
    link = await hall.link()
    for _ in range(2):  # a program that looks at links uses nothing up
        async with hall.client.get(link) as offered:
            assert 'method="post"' in await offered.text()
    async with hall.client.post(link) as opened:
        page = await opened.text()
        assert opened.status == 200
        assert opened.headers["Cache-Control"] == "no-store"
        assert "noindex" in opened.headers["X-Robots-Tag"]
        assert "default-src 'none'" in opened.headers["Content-Security-Policy"]
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "专利费用减缴备案申报书" in words
    assert re.search(r"受理编号：ZC-2026-\w+", words)
    assert "提交日期：2026年11月22日" in words
    for given in (
        "事业单位",
        "苏州知微研究所&lt;b&gt;",
        "2026",
        "13812345678",
        "licence.pdf（已在线提交）",
        "申报单位（盖章）",
        "负责人（签字）",
    ):
        assert given in words
    assert "同意个人信息处理告知：“填写前请看" in words
    async with hall.client.post(link) as again:
        assert again.status == 410
        assert "这个链接已经不能用了" in await again.text()


async def test_a_link_not_followed_in_time_and_one_replaced_by_another_open_nothing(hall: Desk, clock: FixedClock) -> None:
    first, second = await hall.link(), await hall.link()
    async with hall.client.post(first) as replaced:
        assert replaced.status == 410
    clock.at += TERM + timedelta(seconds=1)
    async with hall.client.post(second) as late:
        assert late.status == 410


async def test_nothing_opens_once_the_person_is_deleted(hall: Desk) -> None:
    link = await hall.link()
    await hall.say("/delete_me", "[确定删除]")
    async with hall.client.post(link) as opened:
        assert opened.status == 410


async def test_the_link_names_nobody(hall: Desk) -> None:
    assert re.fullmatch(r"/private/sheet/[\w-]{24}", await hall.link())


async def test_it_is_offered_with_the_application_too(hall: Desk) -> None:
    await hall.say("/applications")
    assert "[打印申报书]" in await hall.say("[查看…]")


async def test_at_the_terminal_it_lies_beside_the_data_for_its_owner_alone(
    database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path
) -> None:
    heard: list[str] = []
    terminal = Terminal("tester", heard.append, clock, bold=("**", "**"), language="zh-CN")
    async with desk(terminal, heard, database, words, knowledge, clock, tmp_path) as made:
        assert "打印申报书" in await made.say("/apply 费用减缴", "1", *FILLED_IN[1:])
        said = await made.say("打印申报书")
    path = Path(re.search(r"：(/\S+\.html)", said)[1])
    assert path.parent == tmp_path / "papers"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "苏州知微研究所" in path.read_text(encoding="utf-8")


async def handed_out(desk: Desk) -> list[tuple[str, str]]:
    """Who was handed a file, and why."""
    async with desk.core.database.read() as connection:
        rows = await connection.execute(text("select actor, detail from auditentry where action = 'file-handed-out' order by number"))
        return [(row.actor, row.detail) for row in rows]


async def test_a_reviewer_who_said_why_gets_the_file_by_a_link_and_the_log_says_so(hall: Desk) -> None:
    assert "[附件 1：licence.pdf]" in await hall.reveal()
    assert await handed_out(hall) == []
    assert "已记入日志" in await hall.say("[附件 1：licence.pdf]", by="审核")
    assert await handed_out(hall) == [("staff:1", "1: 核对证书")]
    assert isinstance(hall.terminal, Hall)
    link = hall.terminal.last_url.removeprefix(OFFICE)
    assert re.fullmatch(r"/private/file/[\w-]{24}", link)
    async with hall.client.get(link) as offered:
        assert "下载附件" in await offered.text()
    async with hall.client.post(link) as given:
        assert await given.read() == (FILES / "licence.pdf").read_bytes()
        assert given.headers["Content-Disposition"].startswith('attachment; filename="licence.pdf"')
        assert given.headers["Cache-Control"] == "no-store"
        assert given.content_type == "application/pdf"
        assert "sandbox" in given.headers["Content-Security-Policy"]
    async with hall.client.post(link) as again:
        assert again.status == 410


async def test_whoever_lost_the_right_meanwhile_gets_nothing(hall: Desk) -> None:
    await hall.reveal()
    await hall.say("[附件 1：licence.pdf]", by="审核")
    assert isinstance(hall.terminal, Hall)
    link, now = hall.terminal.last_url.removeprefix(OFFICE), hall.core.clock.now()
    await hall.core.database.write(lambda connection: staff.give_roles(connection, 1, {Role.AUDITOR}, "operator", now))
    async with hall.client.post(link) as refused:
        assert refused.status == 410
    assert "您的角色不能做这一步" in await hall.say("[附件 1：licence.pdf]", by="审核")
    assert len(await handed_out(hall)) == 1


class Sending(Hall):
    """A platform that can send files."""

    limits = dataclasses.replace(Hall.limits, document=50 << 20)
    sent: Outgoing | None = None

    async def send(self, message: Outgoing) -> Outcome:
        self.sent = message if message.enclosed else self.sent
        return await super().send(message)


async def test_where_files_can_be_sent_it_goes_in_the_message(
    database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path
) -> None:
    heard: list[str] = []
    hall = Sending("hall", heard.append, clock, bold=("**", "**"), language="zh-CN")
    async with desk(hall, heard, database, words, knowledge, clock, tmp_path) as made:
        await made.hand_in()
        await made.reveal()
        await made.say("[附件 1：licence.pdf]", by="审核")
        assert hall.sent is not None
        assert hall.sent.enclosed is not None
        assert hall.sent.where.chat == "审核"
        assert await made.core.contents(hall.sent.enclosed) == (FILES / "licence.pdf").read_bytes()
        await made.say("/delete_me", "[确定删除]")
        assert await made.core.contents(hall.sent.enclosed) is None


# ---- tables ----


async def exporting(desk: Desk, how: str) -> str:
    code = await desk.core.database.write(lambda connection: _code(connection, desk.core.clock.now()))
    await desk.say(f"/staff {code}", "/review", "[导出 Excel]", "[专利费用减缴备案]", "年报", by="审核")
    return await desk.say(f"[{how}]", by="审核")


async def test_a_table_comes_by_a_link_that_opens_once_with_its_reason_in_the_log(hall: Desk) -> None:
    assert "共 1 份申报" in await exporting(hall, "遮住联系方式")
    assert isinstance(hall.terminal, Hall)
    link = hall.terminal.last_url.removeprefix(OFFICE)
    async with hall.client.get(link) as offered:
        assert 'method="post"' in await offered.text()
    async with hall.client.post(link) as opened:
        body = await opened.read()
        assert opened.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        cells = book.read("xl/sharedStrings.xml").decode()
    assert "苏州知微研究所&lt;b&gt;" in cells
    assert "138****5678" in cells
    assert "13812345678" not in cells
    async with hall.client.post(link) as again:
        assert again.status == 410
    async with hall.core.database.read() as connection:
        query = text("select object, detail from auditentry where action = 'applications-exported'")
        assert [tuple(row) for row in await connection.execute(query)] == [("fee-reduction", "masked, 1: 年报")]


async def test_a_table_in_full_says_everything_and_only_so_many_are_made_a_day(hall: Desk) -> None:
    assert "共 1 份申报" in await exporting(hall, "完整信息")
    assert isinstance(hall.terminal, Hall)
    async with hall.client.post(hall.terminal.last_url.removeprefix(OFFICE)) as opened:
        body = await opened.read()
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        assert "13812345678" in book.read("xl/sharedStrings.xml").decode()
    for _ in range(EXPORTS - 1):
        assert "共 1 份申报" in await hall.say("[完整信息]", by="审核")
    assert f"每人每天最多导出 {EXPORTS} 次" in await hall.say("[完整信息]", by="审核")


async def test_a_table_wants_a_reason_of_bearable_length(hall: Desk) -> None:
    code = await hall.core.database.write(lambda connection: _code(connection, hall.core.clock.now()))
    await hall.say(f"/staff {code}", "/review", "[导出 Excel]", "[专利费用减缴备案]", by="审核")
    assert "150" in await hall.say("长" * 151, by="审核")
    assert "完整信息" in await hall.say("年报", by="审核")


async def test_whoever_lost_the_right_meanwhile_gets_no_table(hall: Desk) -> None:
    await exporting(hall, "完整信息")
    assert isinstance(hall.terminal, Hall)
    link = hall.terminal.last_url.removeprefix(OFFICE)
    await hall.core.database.write(lambda on: on.execute(text("update staff set roles = 'auditor'")))
    async with hall.client.post(link) as opened:
        assert opened.status == 410
    assert "[导出 Excel]" not in await hall.say("/review", by="审核")
    assert "不能做这一步" in await hall.say("[导出 Excel]", by="审核")

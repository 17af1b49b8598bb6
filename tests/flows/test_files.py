"""Files in answer to a question: which are kept, which are refused, and that nothing is left of those let go."""

from __future__ import annotations

import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import files_of
from bot.core.clock import FixedClock
from bot.settings import Settings
from bot.storage import drafts
from bot.storage.database import Database
from bot.storage.drafts import File
from tests.flows.conftest import FILES, People

Say = Callable[[str], Awaitable[str]]
LICENCE, CERTIFICATE = "file:licence.pdf", "file:certificate.pdf"


@pytest.fixture
async def say(people: People) -> Say:
    """At the question for the certificate: three files at the most."""

    async def said(line: str) -> str:
        return "\n".join(await people.talk.say_in_group("张敏", line, reply=False))

    for line in ("/apply 费用减缴", "[专利费用减缴备案]", "事业单位", "[同意并开始]", "苏州知微研究所", "跳过", "2026"):
        await said(line)
    assert "法人证书" in await said("13812345678")
    return said


def kept(folder: Path) -> int:
    return len(list((folder / "files").iterdir())) if (folder / "files").exists() else 0


async def held(database: Database) -> list[File]:
    async with database.read() as connection:
        (draft,) = await drafts.of_person(connection, "hall", "张敏")
        return await drafts.files(connection, draft)


async def test_what_is_kept_is_what_was_sent_and_sealed(say: Say, database: Database, tmp_path: Path) -> None:
    await say(LICENCE)
    (file,) = await held(database)
    async with database.read() as connection:
        key = await drafts.key_of(connection, file.subject)
    sent, folder = (FILES / "licence.pdf").read_bytes(), files_of(Settings(_env_file=None, data_dir=tmp_path))
    assert b"".join(folder.read(file.path, key, drafts.place_of_bytes(file.id))) == sent
    assert b"%PDF" not in (tmp_path / "files" / file.path).read_bytes()


async def test_a_file_too_large_is_named_and_not_kept(say: Say, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-" + bytes(25 << 20))
    assert "没有收下“plan.pdf”：这个文件超过 20 MB" in await say(f"file:{tmp_path}/plan.pdf")
    assert kept(tmp_path) == 0


async def test_a_program_named_like_a_document_is_not_kept(say: Say, tmp_path: Path) -> None:
    assert "没有收下“program.pdf”：认不出" in await say("file:program.pdf")
    assert kept(tmp_path) == 0


async def test_a_kind_the_question_does_not_take_is_not_kept(say: Say, tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(tmp_path / "plan.docx", "w") as file:
        file.writestr("[Content_Types].xml", f'<Types><Override PartName="/x" ContentType="{kind}"/></Types>')
        file.writestr("word/document.xml", "<document/>")
    assert "没有收下“plan.docx”：这种文件打不开" in await say(f"file:{tmp_path}/plan.docx")
    assert kept(tmp_path) == 0


async def test_a_file_that_is_not_there_is_named(say: Say, tmp_path: Path) -> None:
    assert "没有收下“gone.pdf”：已经取不到" in await say("file:gone.pdf")
    assert kept(tmp_path) == 0


async def test_paper_in_place_of_files_lets_them_go(say: Say, database: Database, tmp_path: Path) -> None:
    await say(LICENCE)
    await say(CERTIFICATE)
    assert (len(await held(database)), kept(tmp_path)) == (2, 2)
    assert "交纸质材料" in await say("[交纸质材料]")
    assert (len(await held(database)), kept(tmp_path)) == (0, 0)


async def test_an_answer_left_as_it_is_keeps_its_files(say: Say, database: Database, tmp_path: Path) -> None:
    await say(LICENCE)
    await say("[完成]")
    await say("[修改]")
    await say("[6…]")
    await say(CERTIFICATE)
    assert len(await held(database)) == 2
    await say("[保持不变]")
    assert [file.name for file in await held(database)] == ["licence.pdf"]
    assert kept(tmp_path) == 1


async def test_starting_anew_offers_the_files_again(say: Say, database: Database, tmp_path: Path) -> None:
    await say(LICENCE)
    await say("[完成]")
    await say("稍后")
    await say("[重新开始]")
    assert [file.name for file in await held(database)] == ["licence.pdf"]
    assert "licence.pdf" in "".join([await say("事业单位"), await say("[同意并开始]")])
    assert "统一社会信用代码" in await say("[都对，直接用]"), "what was skipped is asked again"
    assert "licence.pdf" in await say("跳过")
    assert [file.name for file in await held(database)] == ["licence.pdf"]
    await say("[提交]")
    assert kept(tmp_path) == 1


async def test_a_file_given_anew_after_a_restart_replaces_the_one_offered(say: Say, database: Database, tmp_path: Path) -> None:
    for line in (
        LICENCE,
        "[完成]",
        "稍后",
        "[重新开始]",
        "事业单位",
        "[同意并开始]",
        "[重新填]",
        "苏州知微研究所",
        "跳过",
        "2026",
        "13812345678",
    ):
        await say(line)
    await say(CERTIFICATE)
    await say("[完成]")
    assert [file.name for file in await held(database)] == ["certificate.pdf"]
    assert kept(tmp_path) == 1


async def test_a_draft_deleted_leaves_no_file(say: Say, tmp_path: Path) -> None:
    await say(LICENCE)
    await say("取消")
    assert kept(tmp_path) == 1
    assert "草稿已删除" in await say("[删除草稿]")
    assert kept(tmp_path) == 0


async def test_the_last_one_allowed_ends_the_question(say: Say) -> None:
    for _ in range(2):
        await say(LICENCE)
    assert "都填好了" in await say(CERTIFICATE)


async def test_a_day_has_its_limit(say: Say, database: Database, clock: FixedClock, tmp_path: Path) -> None:
    await say(LICENCE)
    (file,) = await held(database)
    async with database.read() as connection:
        (draft,) = await drafts.of_person(connection, "hall", "张敏")
    large = replace(file, id="other", size=100 << 20)
    await database.write(lambda connection: drafts.attach(connection, draft, large, clock.now()))
    assert "没有收下“certificate.pdf”：一天最多收 100 MB" in await say(CERTIFICATE)
    assert kept(tmp_path) == 1


async def test_names_and_bytes_are_nowhere_in_plain(say: Say, database: Database) -> None:
    await say(LICENCE)
    async with database.read() as connection:
        rows = [str(row) for row in (await connection.execute(text("select name, path from attachment"))).all()]
        rows += [str(row) for row in (await connection.execute(text("select body from inbox"))).all()]
    assert rows
    assert not any("licence" in row for row in rows)

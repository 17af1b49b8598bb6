"""`zhice notices`: the same steps as in the chat, with the same refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.usefixtures("installed")
async def test_a_notice_is_drafted_shown_and_refused_kindly(run: Run) -> None:
    await run("staff", "add", "陈", "--role", "editor", "--role", "broadcaster")
    await run("staff", "add", "孙", "--role", "auditor")
    drafted = await run("notices", "draft", "--by", "1", "--title", "<b>座谈会</b>", given="**必到**。[报名](https://example.org/a)")
    assert (drafted.code, "通知 1 · 草稿" in drafted.out, "[报名](https://example.org/a)" in drafted.out) == (0, True, True)
    audience = await run("notices", "audience", "1", "地区：苏州", "--by", "1")
    assert "地区（含下级）：苏州市" in audience.out
    preview = await run("notices", "preview", "1", "--by", "1")
    assert "== web · zh-CN ==\n\n**<b>座谈会</b>**" in preview.out
    refused = await run("notices", "submit", "1", "--by", "1")
    assert (refused.code, "没有符合条件的收件人" in refused.err) == (2, True)
    stranger = await run("notices", "list", "--by", "2")
    assert (stranger.code, "没有这项权限" in stranger.err) == (2, True)
    code = await run("notices", "approve", "--by", "1", "--code", "guess")
    assert (code.code, "批准码不对" in code.err) == (2, True)
    report = await run("notices", "report", "1", "--by", "1")
    assert (report.code, "草稿" in report.out) == (0, True)


@pytest.mark.usefixtures("installed")
async def test_a_picture_goes_along_and_what_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    await run("staff", "add", "陈", "--role", "broadcaster")
    await run("notices", "draft", "--by", "1", "--title", "座谈会", given="请到")
    poster = Path(__file__).parents[1] / "flows" / "files" / "poster.png"
    enclosed = await run("notices", "enclose", "1", "--by", "1", "--file", str(poster))
    assert (enclosed.code, "附件：poster.png" in enclosed.out) == (0, True)
    assert "[poster.png]" in (await run("notices", "preview", "1", "--by", "1")).out
    (tmp_path / "x.exe").write_bytes(b"MZ" + bytes(100))
    refused = await run("notices", "enclose", "1", "--by", "1", "--file", str(tmp_path / "x.exe"))
    assert (refused.code, "认不出" in refused.err) == (2, True)
    missing = await run("notices", "enclose", "1", "--by", "1", "--file", "nothing.png")
    assert (missing.code, "--file" in missing.err) == (2, True)
    gone = await run("notices", "enclose", "1", "--by", "1", "--nothing")
    assert (gone.code, "附件" in gone.out) == (0, False)


@pytest.mark.usefixtures("installed")
async def test_the_ledger_goes_into_a_file_of_its_own_for_who_may_have_it(run: Run, tmp_path: Path) -> None:
    await run("staff", "add", "陈", "--role", "broadcaster")
    await run("staff", "add", "王", "--role", "reviewer")
    await run("notices", "draft", "--by", "1", "--title", "座谈会", given="请到")
    ledger = tmp_path / "台账.csv"

    async def exported(by: str, into: Path) -> tuple[int, str]:
        done = await run("notices", "ledger", "1", "--by", by, "--into", str(into), "--reason", "归档")
        return done.code, done.out + done.err

    assert "没有这项权限" in (await exported("1", ledger))[1]
    assert (await exported("2", ledger))[0] == 0
    assert "已知悉" in ledger.read_text(encoding="utf-8-sig")
    assert ledger.stat().st_mode & 0o077 == 0
    for elsewhere, why in (
        (ledger, "there already"),
        (tmp_path / "no" / "台账.csv", "no such folder"),
        (tmp_path / "台账.pdf", ".csv or .xlsx"),
    ):
        code, said = await exported("2", elsewhere)
        assert (code, why in said, "Traceback" in said) == (2, True, False)


@pytest.mark.usefixtures("installed")
async def test_a_time_is_written_as_in_the_chat_and_told_back(run: Run) -> None:
    await run("staff", "add", "陈", "--role", "broadcaster")
    await run("notices", "draft", "--by", "1", "--title", "座谈会", given="请到")
    told = await run("notices", "time", "1", "--by", "1", "--at", "2099年12月1日9:30", "--quiet", "22:00-08:00")
    assert (told.code, "时间：2099年12月1日 09:30" in told.out, "22:00" in told.out) == (0, True, True)
    for wrong, why in (("2020-01-01 09:30", "已经过了"), ("2099-12-01", "几点发"), ("有空的时候", "看不懂这个时间")):
        refused = await run("notices", "time", "1", "--by", "1", "--at", wrong)
        assert (refused.code, why in refused.err) == (2, True)


@pytest.mark.usefixtures("installed")
async def test_what_is_no_title_no_text_and_no_file_is_refused_in_a_line(run: Run, tmp_path: Path) -> None:
    await run("staff", "add", "陈", "--role", "broadcaster")
    (tmp_path / "gbk.txt").write_bytes("请到".encode("gbk"))
    for arguments, given, why in (
        (["--title", " "], "请到", "标题"),
        (["--title", "会" * 61], "请到", "标题"),
        (["--title", "座谈会"], " \n", "正文"),
        (["--title", "座谈会", "--file", "nothing.txt"], "", "--file: nothing.txt cannot be read"),
        (["--title", "座谈会", "--file", str(tmp_path / "gbk.txt")], "", "is no text in UTF-8"),
    ):
        refused = await run("notices", "draft", "--by", "1", *arguments, given=given)
        assert (refused.code, why in refused.err, refused.err.count("\n")) == (2, True, 1)
    await run("notices", "draft", "--by", "1", "--title", "座谈会", given="请到")
    missing = await run("notices", "audience", "1", "--by", "1", "--list", "nothing.csv")
    assert (missing.code, missing.err) == (2, "--list: nothing.csv cannot be read (No such file or directory)\n")


@pytest.mark.usefixtures("installed")
async def test_a_language_that_is_not_spoken_is_refused(run: Run) -> None:
    await run("staff", "add", "陈", "--role", "broadcaster")
    await run("notices", "draft", "--by", "1", "--title", "座谈会", given="请到")
    for arguments in (["list", "--lang", "xx"], ["text", "1", "--in", "xx"]):
        refused = await run("notices", *arguments, "--by", "1", given="x")
        assert (refused.code, "there is no xx" in refused.err) == (2, True)

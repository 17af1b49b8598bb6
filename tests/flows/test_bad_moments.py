"""What people do that no dialog asked for: each has a clear sentence, and nothing is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.message import Incoming, Kind
from bot.storage import applications, drafts, subjects
from bot.storage.database import Database
from tests.flows.applicants import FEE, Somebody
from tests.flows.conftest import People
from tests.flows.hall import Hall

Change = Callable[[Incoming], Incoming]
Send = Callable[[str, Change], Awaitable[str]]


@pytest.fixture
def applicant(people: People) -> Somebody:
    return Somebody(people, "张敏")


@pytest.fixture
def send(people: People) -> Send:
    """Something that is no line of text, from the applicant."""
    hall = people.talk.terminal
    assert isinstance(hall, Hall)

    async def sent(line: str, change: Change) -> str:
        return "\n".join(await people.talk.receive(change(hall.said("张敏", line, reply=False))))

    return sent


async def held(database: Database) -> dict[str, object]:
    async with database.read() as connection:
        (draft,) = await drafts.of_person(connection, "hall", "张敏")
    return dict(draft.answers["held"])


async def test_a_sticker_in_place_of_an_answer(applicant: Somebody, send: Send, database: Database) -> None:
    await applicant.say(*FEE[:-2])
    before = await held(database)
    said = await send("", lambda incoming: replace(incoming, kind=Kind.ATTACHMENT))
    assert "这一题要文字" in said
    assert "备案年度" in said, "the question again"
    assert await held(database) == before
    await applicant.say("2026", "13812345678")
    assert "请换成：pdf, jpg, png" in await send("", lambda incoming: replace(incoming, kind=Kind.ATTACHMENT)), (
        "where a file is asked for, too"
    )


async def test_a_zip_bomb_is_not_taken_and_the_good_file_after_it_is(applicant: Somebody, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.docx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", bytes(150 << 20))
    await applicant.say(*FEE)
    assert "没有收下“plan.docx”：这个文件里面的内容太多" in await applicant.say(f"file:{tmp_path}/plan.docx")
    assert "已收到：licence.pdf" in await applicant.say("file:licence.pdf")


@pytest.mark.parametrize("name", ["<b>苏州</b>研究所", "*苏州*_研究所_", "=苏州研究所", "[苏州](http://x)研究所", "@所有人研究所"])
async def test_marks_in_a_name_stay_as_they_were_written(applicant: Somebody, database: Database, name: str) -> None:
    await applicant.say(*FEE[:4])
    await applicant.say(name)
    assert name in (await held(database)).values()
    assert f"：{name}" in await applicant.say(*FEE[5:], "[交纸质材料]")


async def test_a_button_of_the_question_before_changes_nothing(applicant: Somebody, database: Database) -> None:
    await applicant.say(*FEE[:5])
    await applicant.say(FEE[5])
    before = await held(database)
    said = await applicant.say("[跳过]")
    assert "这是前面的选项" in said
    assert "备案年度" in said
    assert await held(database) == before


async def test_a_double_tap_hands_in_once(applicant: Somebody, send: Send, people: People, database: Database) -> None:
    await applicant.say(*FEE, "[交纸质材料]")
    hall = people.talk.terminal
    assert isinstance(hall, Hall)
    press = hall.said("张敏", "[提交]", reply=False)
    answers = await people.talk.receive(press, replace(press, event=f"{press.event}-again"))
    said = "\n".join(answers)
    assert said.count("受理编号") == 1
    assert "已经提交" in said
    async with database.read() as connection:
        subject = await subjects.of(connection, "hall", "张敏")
        assert len(await applications.of_subject(connection, subject)) == 1


async def test_pressing_and_writing_after_submission(applicant: Somebody) -> None:
    await applicant.hand_in()
    assert "已经提交" in await applicant.say("[修改]")
    assert "已经提交" in await applicant.say("[上一步]")
    assert "/applications" not in await applicant.say("继续"), "it is a question like any other"


async def test_somebody_else_s_button_does_nothing(applicant: Somebody, people: People, database: Database) -> None:
    await applicant.say(*FEE, "[交纸质材料]")
    hall = people.talk.terminal
    assert isinstance(hall, Hall)
    mine = hall.said("张敏", "[提交]", reply=False)
    theirs = replace(hall.said("王工", "", reply=False), kind=Kind.PRESS, press=mine.press)
    assert "已失效" in "\n".join(await people.talk.receive(theirs))
    async with database.read() as connection:
        assert len(await drafts.of_person(connection, "hall", "张敏")) == 1
        assert await subjects.of(connection, "hall", "王工") == ""


async def test_two_reviewers_who_press_at_once(applicant: Somebody, people: People) -> None:
    await applicant.hand_in()
    first, second = (Somebody(people, name) for name in ("李审核", "赵审核"))
    for who in (first, second):
        await who.say("/staff CODE:reviewer", "/review", "[新件（1）]", "[查看…]")
    hall = people.talk.terminal
    assert isinstance(hall, Hall)
    presses = [hall.said(who.name, "[接手]", reply=False) for who in (first, second)]
    said = "\n".join(await people.talk.receive(*presses))
    assert said.count("已由您接手") == 1
    assert said.count("这次操作没有生效") == 1


async def test_an_edited_message_is_no_answer_to_the_question_now_asked(applicant: Somebody, send: Send, database: Database) -> None:
    await applicant.say(*FEE[:5])
    before = await held(database)
    said = await send("苏州知微知识产权研究所", lambda incoming: replace(incoming, kind=Kind.EDITED))
    assert "不会改动已经填好的内容" in said
    assert await held(database) == before
    await applicant.say(FEE[5])
    assert await held(database) != before


@pytest.mark.parametrize("said", ["取消吧", "算了。", "/stop", "/quit"])
async def test_a_form_is_left_in_whatever_words_one_leaves(applicant: Somebody, said: str, database: Database) -> None:
    await applicant.say(*FEE[:4])
    before = await held(database)
    assert "[删除草稿]" in await applicant.say(said)
    assert await held(database) == before

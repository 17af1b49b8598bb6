"""After a notice has gone out: the report, the ledger, its correction, the weekly digest; and who may do what."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import spreadsheet
from bot.core.clock import FixedClock
from bot.core.errors import NotAllowed, UserError, WrongMove
from bot.core.message import Span, Where
from bot.core.permissions import Action, Role, StaffMember, allowed
from bot.core.platform import Gone, Outcome, Refused, Sent
from bot.notices import approval, export, report, sending, shelf
from bot.notices.notice import Content, Notice, State
from bot.storage import audit, conversations, privacy
from bot.storage.database import Database
from bot.words import Words
from tests.patience import until
from tests.storage.test_notice_sending import Platform, Room
from tests.storage.test_notices import EVERYBODY

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def room(database: Database, clock: FixedClock, words: Words) -> Room:
    made = Room(database, clock, words)
    await made.employ(
        chen={Role.EDITOR, Role.BROADCASTER},
        wang={Role.REVIEWER},
        boss={Role.OWNER},
        edit={Role.EDITOR},
        audit={Role.AUDITOR},
        nobody=set(),
    )
    await made.meet([("telegram", str(number)) for number in range(1, 9)], region="suzhou")
    return made


async def sent(room: Room, platform: Platform | None = None, content: Content = EVERYBODY) -> Notice:
    known = await room.ready(content)
    return await room.run(known, platform or Platform())


# ---- report and ledger ----


def reader(words: Words) -> report.Reader:
    return report.Reader(words, "zh-CN", ZONE, {"suzhou": "苏州市"})


async def test_the_report_counts_by_platform_region_reason_and_time(room: Room, words: Words) -> None:
    answers: dict[str, Outcome] = {"1": Gone("blocked"), "2": Refused("no rights")}
    known = await sent(room, Platform(lambda message: answers.get(message.where.chat, Sent("m"))))
    found = await room.desk.report(known)
    assert [(line.name, line.due, line.sent) for line in found.platforms] == [("telegram", 8, 6)]
    assert [(line.name, line.due, line.sent) for line in found.regions] == [("suzhou", 8, 6)]
    assert set(found.reasons) == {("unreachable", "blocked", 1), ("failed", "no rights", 1)}
    assert sum(count for _, count in found.times) == 6
    said = report.said(found, reader(words))
    assert "应发 8，已到 6" in said and "苏州市：6/8" in said and "Telegram：6/8" in said


async def test_the_report_is_drawn_where_a_font_knows_chinese(room: Room, words: Words) -> None:
    found = await room.desk.report(await sent(room))
    assert report.picture(found, reader(words), fonts=("/no/such/font",)) is None
    if drawn := report.picture(found, reader(words)):
        assert drawn.startswith(b"\x89PNG")


async def ledger(room: Room, known: Notice, words: Words, by: str = "wang") -> list[list[str]]:
    async def job(on: AsyncConnection) -> list[list[str]]:
        rows = export.rows(on, room.staff[by], known, "检查", room.now)
        return [export.head(reader(words)), *[export.cells(row, reader(words)) async for row in rows]]

    return await room.database.write(job)


async def test_the_ledger_names_everybody_and_what_became_of_them(room: Room, words: Words) -> None:
    known = await sent(room, Platform(lambda message: Gone("=HYPERLINK(1)") if message.where.chat == "3" else Sent("m")))
    await room.database.write(room.desk.knows(known.id, Where("telegram", "bot", "4"), room.now).job)
    table = await ledger(room, known, words)
    assert table[0] == ["序号", "平台", "会话", "类型", "地区", "结果", "原因", "时间", "已知悉", "文字"]
    assert [row[2] for row in table[1:]] == [str(number) for number in range(1, 9)]
    assert table[3][5:7] == ["对方已停用", "'=HYPERLINK(1)"]
    assert [bool(row[8]) for row in table[1:]] == [False, False, False, True, False, False, False, False]
    async with room.database.read() as on:
        last = (await on.execute(text("select actor, action, detail from auditentry order by number desc limit 1"))).one()
        assert tuple(last) == (room.staff["wang"].reference, "notice-exported", "检查")
        assert (await audit.verify(on)).broken == 0


async def test_nobody_exports_without_the_right(room: Room, words: Words) -> None:
    known = await sent(room)
    with pytest.raises(NotAllowed):
        await ledger(room, known, words, by="chen")


def test_both_files_hold_the_same_cells_and_no_formula() -> None:
    table = [["甲", "=1+1"], [spreadsheet.neutral("=1+1"), spreadsheet.neutral("＝1\x07")]]
    read = list(csv.reader(io.StringIO(spreadsheet.as_csv(table).decode("utf-8-sig"))))
    assert read == [["甲", "=1+1"], ["'=1+1", "'＝1"]]
    with zipfile.ZipFile(io.BytesIO(spreadsheet.as_xlsx(table))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "'=1+1" in file.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000=", "\x00="])
def test_what_a_spreadsheet_would_run_is_made_text(start: str) -> None:
    assert spreadsheet.neutral(f"{start}cmd")[0] == "'"
    assert spreadsheet.neutral("苏州=昆山") == "苏州=昆山"


async def test_a_person_who_is_deleted_leaves_a_row_without_a_name_and_holds_up_nothing(room: Room) -> None:
    known = await room.ready()
    for _ in range(2):
        await room.tick()
    await room.database.write(room.desk.wants(Where("telegram", "bot", "3"), "weekly", room.now).job)
    await room.database.write(lambda on: privacy.erase(on, "telegram", "3", room.now))
    platform = Platform()
    await room.run(known, platform)
    assert platform.copies["3"] == 0
    rows = await room.listed(known)
    (gone,) = [row for row in rows if row["state"] == "skipped"]
    assert (gone["reason"], gone["key"], gone["chat"]) == ("deleted", "", f"deleted:{gone['id']}")
    assert Counter(row["state"] for row in rows) == {"sent": 7, "skipped": 1}
    assert await room.desk.wish(Where("telegram", "bot", "3")) == "each"


async def test_a_group_that_moves_keeps_its_wish_and_its_place_in_the_ledger(room: Room) -> None:
    await room.meet([("telegram", "-5")], kind="group")
    await room.database.write(room.desk.wants(Where("telegram", "bot", "-5"), "weekly", room.now).job)
    known = await room.ready()
    await room.database.write(lambda on: conversations.move_chat(on, Where("telegram", "bot", "-5"), "-100", room.now))
    assert await room.desk.wish(Where("telegram", "bot", "-100")) == "weekly"
    assert "-100" in {row["chat"] for row in await room.listed(known)}


# ---- correction ----


async def test_a_correction_goes_to_exactly_those_who_have_the_wrong_text_and_in_its_place(room: Room) -> None:
    wrong = await sent(room, Platform(lambda message: Gone("blocked") if message.where.chat == "1" else Sent(f"m{message.where.chat}")))
    await room.meet([("telegram", "new")])
    number = wrong.id + 1
    content = Content("标题", {"zh-CN": (Span("对的"),)})
    draft = await room.database.write(lambda on: shelf.begin(on, room.staff["chen"], number, content, room.now, wrong.id))
    known = await room.database.write(lambda on: room.desk.submitted(on, room.staff["chen"], draft, "c", None, room.now))
    assert known.listed == 7
    await room.approve(known)
    platform = Platform()
    await room.run(known, platform)
    assert {message.where.chat: message.edit for message in platform.got} == {str(number): f"m{number}" for number in range(2, 9)}
    assert platform.got[0].blocks[0].text == "更正：标题"


async def test_what_has_not_gone_out_cannot_be_corrected(room: Room) -> None:
    known = await room.ready()
    with pytest.raises(WrongMove):
        await room.database.write(lambda on: shelf.begin(on, room.staff["chen"], 99, EVERYBODY, room.now, known.id))


# ---- the weekly digest ----


async def test_who_wants_it_weekly_gets_one_message_on_monday(room: Room) -> None:
    await room.database.write(room.desk.wants(Where("telegram", "bot", "5"), "weekly", room.now).job)
    platform = Platform()
    first = await sent(room, platform)
    second = await sent(room, platform, replace(EVERYBODY, title="第二条"))
    assert platform.copies["5"] == 0
    room.clock.at += timedelta(days=1)  # Sunday noon was now; this is Monday noon.
    await room.tick()
    async with room.sending(platform):
        await until(lambda: any(message.where.chat == "5" for message in platform.got), what="the digest")
    week = [message for message in platform.got if message.where.chat == "5"]
    assert len(week) == 1
    assert [block.text for block in week[0].blocks if block.text in ("标题", "第二条")] == ["标题", "第二条"]
    await room.tick()
    assert (await room.fates(first), await room.fates(second)) == ({"sent": 8}, {"sent": 8})


# ---- who may do what ----

STAFF = ("boss", "edit", "chen", "wang", "audit", "nobody")
STEPS: dict[Action, Callable[..., Any]] = {
    Action.DRAFT_NOTICE: lambda on, by, room, _: shelf.begin(on, by, 50, EVERYBODY, room.now),
    Action.SUBMIT_NOTICE: lambda on, by, room, known: approval.submit(on, by, known["draft"], "x", "", room.desk.rules, room.now),
    Action.APPROVE_NOTICE: lambda on, by, room, known: approval.approve(
        on, by, known["waiting"], known["waiting"].digest, room.desk.rules, room.now
    ),
    Action.PAUSE_NOTICE: lambda on, by, room, known: sending.pause(on, by, known["sending"], room.now),
}


@pytest.mark.parametrize("action", [*STEPS, Action.EXPORT], ids=str)
async def test_each_role_may_do_what_the_table_says_and_nothing_else(room: Room, action: Action) -> None:
    room.staff["other"] = (await _employed(room, {Role.EDITOR, Role.BROADCASTER}))["other"]
    running = await room.ready()
    await room.tick()
    known = {"sending": await room.again(running), "draft": await room.draft(by="other")}
    known["waiting"] = await room.submit(await room.draft(by="other"), by="other", key="w")
    may: dict[str, bool] = {}
    for name in STAFF:
        may[name] = await _may(room, room.staff[name], action, known)
    assert may == {name: allowed(room.staff[name].roles, action) for name in STAFF}
    assert Counter(may.values())[True] >= 1 and not may["nobody"]


async def _employed(room: Room, roles: set[Role]) -> dict[str, StaffMember]:
    await room.employ(other=roles)
    return room.staff


async def _may(room: Room, by: StaffMember, action: Action, known: dict[str, Notice]) -> bool:
    async def job(on: AsyncConnection) -> None:
        if action is Action.EXPORT:
            _ = [row async for row in export.rows(on, by, known["sending"], "", room.now)]
        else:
            await STEPS[action](on, by, room, known)
        raise _UndoneError

    try:
        await room.database.write(job)
    except _UndoneError:
        return True
    except NotAllowed:
        return False
    raise AssertionError


class _UndoneError(Exception):
    pass


async def test_at_the_command_line_only_the_reviewer_s_own_code_approves_and_once(room: Room) -> None:
    known = await room.submit(await room.draft())
    with pytest.raises(UserError):
        await room.desk.code(room.staff["chen"], known, room.now)
    code = await room.desk.code(room.staff["wang"], known, room.now)
    with pytest.raises(UserError):
        await room.desk.approved_by_code("guess", room.now)
    assert (await room.desk.approved_by_code(code, room.now)).state is State.APPROVED
    with pytest.raises(UserError):
        await room.desk.approved_by_code(code, room.now)


async def test_a_code_for_words_changed_meanwhile_approves_nothing(room: Room) -> None:
    known = await room.submit(await room.draft())
    code = await room.desk.code(room.staff["wang"], known, room.now)
    changed = await room.database.write(lambda on: shelf.change(on, room.staff["chen"], known, EVERYBODY, room.now))
    await room.submit(changed)
    with pytest.raises(UserError):
        await room.desk.approved_by_code(code, room.now)
    assert (await room.again(known)).state is State.WAITING

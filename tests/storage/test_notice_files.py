"""What goes along with a notice: sealed, approved with it, sent with it, and gone when no notice speaks of it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.core.clock import FixedClock
from bot.core.errors import UserError
from bot.core.message import Attached, Enclosed, Incoming, Outgoing, Where
from bot.core.permissions import Role
from bot.core.platform import Limits, Outcome, Refused, Sent, Unfetched
from bot.notices import enclosing, shelf
from bot.notices.desk import Desk
from bot.notices.enclosing import Enclosures
from bot.notices.notice import State
from bot.storage import privacy
from bot.storage.database import Database
from bot.storage.files import Files
from bot.words import Words
from tests.patience import until
from tests.storage.test_notice_sending import Platform, Room
from tests.storage.test_notices import EVERYBODY

CARRIER = Limits(text=4096, buttons=8, edits=True, document=50 << 20, picture=10 << 20, sides=10_000, caption=1024)


@pytest.fixture
async def room(database: Database, clock: FixedClock, words: Words, tmp_path: Path) -> Room:
    made = Room(database, clock, words, tmp_path / "files")
    made.desk = Desk(database, made.desk.rules, words, {"telegram": CARRIER}, made.enclosures)
    await made.employ(chen={Role.EDITOR, Role.BROADCASTER}, wang={Role.REVIEWER})
    await made.meet([("telegram", str(number)) for number in range(1, 4)])
    return made


def png(width: int = 8, height: int = 6) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "#2f6fb3").save(drawn, "PNG")
    return drawn.getvalue()


async def poster(room: Room, width: int = 8, height: int = 6) -> Enclosed:
    return await room.enclosures.keep("海报.png", png(width, height), room.now)


async def test_it_lies_sealed_and_is_read_as_it_was(room: Room, tmp_path: Path) -> None:
    enclosed = await poster(room)
    (lying,) = (tmp_path / "files").iterdir()
    assert b"PNG" not in lying.read_bytes()
    assert (enclosed.name, enclosed.kind, enclosed.width, enclosed.height) == ("海报.png", "png", 8, 6)
    data = await Enclosures(room.database, Files(tmp_path / "files")).contents(enclosed)
    assert data is not None
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (8, 6)


async def test_everybody_gets_it_in_the_same_message(room: Room) -> None:
    enclosed = await poster(room)
    platform = Platform()
    await room.run(await room.ready(replace(EVERYBODY, enclosed=enclosed)), platform)
    notices = [message for message in platform.got if message.key.startswith("notice:") and ":progress:" not in message.key]
    assert [message.enclosed and message.enclosed.id for message in notices] == [enclosed.id] * 3


async def test_what_was_swapped_behind_our_back_goes_to_nobody(room: Room, tmp_path: Path) -> None:
    enclosed, other = await poster(room), await poster(room, 9, 9)
    assert await room.enclosures.contents(replace(enclosed, sha256=other.sha256)) is None
    (tmp_path / "files").rename(tmp_path / "away")
    assert await Enclosures(room.database, Files(tmp_path / "files")).contents(enclosed) is None


async def test_another_picture_voids_the_approval(room: Room) -> None:
    known = await room.submit(await room.draft(replace(EVERYBODY, enclosed=await poster(room))))
    approved = await room.approve(known)
    changed = replace(approved.content, enclosed=await poster(room, 9, 9))
    again = await room.database.write(lambda on: shelf.change(on, room.staff["chen"], approved, changed, room.now))
    assert again.state is State.DRAFT
    assert not await room.is_approved(again)


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "upload-empty"), (b"MZ" + bytes(99), "upload-kind"), (bytes((20 << 20) + 1), "upload-too-large")]
)
async def test_what_is_no_picture_and_no_paper_is_refused_with_words(room: Room, data: bytes, why: str) -> None:
    with pytest.raises(UserError) as refused:
        await room.enclosures.keep("x", data, room.now)
    assert refused.value.text.id == why


async def test_a_picture_too_long_for_a_platform_is_told_as_a_file_before_approval(room: Room) -> None:
    known = await room.draft(replace(EVERYBODY, enclosed=await poster(room, 210, 10)))
    (fit,) = room.desk.fits(known)
    assert (fit.as_file, fit.carries, fit.most) == (True, True, 1024)


async def test_where_it_cannot_go_the_notice_is_not_submitted(room: Room, words: Words) -> None:
    desk = Desk(room.database, room.desk.rules, words, {"telegram": replace(CARRIER, document=10)}, room.enclosures)
    known = await room.draft(replace(EVERYBODY, enclosed=await poster(room)))
    with pytest.raises(UserError) as refused:
        desk.insist_on_complete(known)
    assert refused.value.text.id == "notice-file-not-there"


async def test_beside_a_picture_telegram_takes_fewer_words(room: Room) -> None:
    long = replace(EVERYBODY, texts={"zh-CN": (replace(EVERYBODY.texts["zh-CN"][0], text="字" * 1100),)})
    room.desk.insist_on_complete(await room.draft(long))
    with pytest.raises(UserError) as refused:
        room.desk.insist_on_complete(await room.draft(replace(long, enclosed=await poster(room))))
    assert refused.value.text.id == "notice-too-long"


async def test_the_weekly_digest_brings_what_its_notices_enclose(room: Room) -> None:
    await room.database.write(room.desk.wants(Where("telegram", "bot", "2"), "weekly", room.now).job)
    enclosed, platform = await poster(room), Platform()
    await room.run(await room.ready(replace(EVERYBODY, enclosed=enclosed)), platform)
    room.clock.at += timedelta(days=1)
    await room.tick()
    async with room.sending(platform):
        await until(lambda: sum(message.where.chat == "2" for message in platform.got) == 2, what="the digest and the picture")
    assert [bool(message.enclosed) for message in platform.got if message.where.chat == "2"] == [False, True]


async def test_the_platform_without_its_bytes_pauses_the_notice(room: Room) -> None:
    def answer(message: Outgoing) -> Outcome:
        return Refused("not there", format=True) if message.enclosed else Sent("m")

    known = await room.ready(replace(EVERYBODY, enclosed=await poster(room)))
    paused = await room.run(known, Platform(answer), State.PAUSED)
    assert "not there" in paused.reason


async def test_what_no_notice_encloses_goes_after_a_day_and_the_rest_stays(room: Room, tmp_path: Path) -> None:
    kept, _ = await poster(room), await poster(room)
    await room.draft(replace(EVERYBODY, enclosed=kept))
    assert await room.database.write(lambda on: enclosing.forget(on, room.now)) == 0
    assert await room.database.write(lambda on: enclosing.forget(on, room.now + timedelta(days=2))) == 1
    async with room.database.read() as on:
        known = await privacy.files_known(on)
    assert len(known) == 1
    assert len(Files(tmp_path / "files").sweep(known, older=timedelta(days=-1))) == 1
    assert await room.enclosures.contents(kept)


def sent_with(name: str, size: int = 0) -> Incoming:
    from bot.core.message import ChatKind, Kind
    from tests.storage.test_report import NOW

    files = (Attached("f", name, size),)
    return Incoming("e", Kind.ATTACHMENT, Where("telegram", "bot", "1"), ChatKind.PRIVATE, "1", NOW, files=files)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_a_list_is_read_from_the_first_column_in_the_codings_of_spreadsheets(room: Room, coding: str) -> None:
    async def fetch(_where: Where, _file: str, _most: int) -> bytes | Unfetched:
        return 'telegram:1,张三\r\n"telegram:2","李四，科"\n'.encode(coding)

    found = await Enclosures(room.database, Files(Path()), fetch).list_of(sent_with("名单.csv"))
    assert found == "telegram:1\ntelegram:2"


async def test_a_list_that_is_none_is_refused(room: Room) -> None:
    async def fetch(_where: Where, _file: str, _most: int) -> bytes | Unfetched:
        return png()

    with pytest.raises(UserError):
        await Enclosures(room.database, Files(Path()), fetch).list_of(sent_with("名单.xlsx"))


@pytest.mark.parametrize(("text", "over"), [("字" * 4040, False), ("字" * 4097, True), ("𠮷" * 2020, False), ("𠮷" * 2050, True)])
async def test_a_body_is_measured_as_the_platform_measures_it_and_refused_with_its_length(room: Room, text: str, over: bool) -> None:
    """4,096 units of UTF-16; the title counts, and what readers of another language are told below it."""
    content = replace(EVERYBODY, title="标", texts={"zh-CN": (replace(EVERYBODY.texts["zh-CN"][0], text=text),)})
    known = await room.draft(content)
    (fit,) = room.desk.fits(known)
    assert (fit.over > 0) is over
    if over:
        with pytest.raises(UserError) as refused:
            room.desk.insist_on_complete(known)
        assert refused.value.text.id == "notice-too-long"
    else:
        room.desk.insist_on_complete(known)

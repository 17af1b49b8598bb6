"""The whole core behind a real Telegram adapter, against the fake platform: what people and groups see."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from bot.adapters.telegram import Telegram
from bot.app import Core
from bot.core.clock import SystemClock
from bot.intake import Inbox
from bot.outbox import due, sender
from bot.service import work_for
from bot.settings import Settings
from bot.storage.database import Database
from bot.words import Words
from bot.worker import Duties, Nursery
from knowledge.lookup import Knowledge
from tests.fakes import telegram as fakes
from tests.fakes.telegram import FakeTelegram
from tests.flows.conftest import FILES
from tests.patience import PATIENCE, until

GROUP = -1001234567890
OLD_GROUP = -4001


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        yield running


@pytest.fixture
async def service(
    fake: FakeTelegram, database: Database, words: Words, knowledge: Knowledge, tmp_path: Path
) -> AsyncIterator[FakeTelegram]:
    """Polls, answers and sends, as `zhice worker` does."""
    clock = SystemClock()
    core = Core(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    bot = Telegram(fakes.TOKEN, base_url=fake.base_url, base_file_url=fake.base_file_url, clock=clock)
    nursery, duties, stop = Nursery(), Duties(database, clock), asyncio.Event()
    await bot.start()
    work_for(bot, core, core.turns(knowledge, [bot]), duties, nursery, stop)
    nursery.start("poll", bot.poll(core.door(bot), stop))
    yield fake
    stop.set()
    await nursery.close(timedelta(seconds=PATIENCE))
    await bot.close()


async def answer(fake: FakeTelegram, update: dict[str, Any], chat: int) -> dict[str, Any]:
    """The next message in that chat after the update."""
    before = len(fake.sent(chat))
    fake.push(update)
    await until(lambda: len(fake.sent(chat)) > before)
    return fake.sent(chat)[-1]


async def handled(database: Database, fake: FakeTelegram, *updates: dict[str, Any]) -> None:
    """All of them are taken and done, whether or not they were answered."""
    numbers = fake.push(*updates)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.read() as connection:
                query = text("select count(*) from inbox where event = :event and state = 'done'")
                done = [(await connection.execute(query, {"event": str(number)})).scalar_one() for number in numbers]
            if all(done):
                return
            await asyncio.sleep(0.01)


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


def token(message: dict[str, Any], label: str) -> str:
    buttons = (button for row in message["reply_markup"]["inline_keyboard"] for button in row)
    return str(next(button["callback_data"] for button in buttons if button["text"] == label))


async def test_a_private_question_gets_the_clause_with_its_source(service: FakeTelegram) -> None:
    message = await answer(service, fakes.private("苏州 2025 年质押融资目标是多少", user=1), 1)
    assert "苏府办〔2022〕10号" in message["text"]
    assert "知识产权质押融资登记金额超200亿元" in message["text"]
    assert {"原文上下文", "相关条款", "换个地区"} <= set(labels(message))


async def test_answers_are_sent_as_they_were_put_and_not_read_again(
    service: FakeTelegram, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look finds rows before the turns that committed them know."""
    monkeypatch.setattr(sender, "LOOK", 10 * PATIENCE)
    await answer(service, fakes.private("合肥贯标目标", user=1), 1)
    read, one = list[Any](), due._ONE

    class Counted:
        async def first(self, connection: Any, values: Any) -> Any:
            read.append(values)
            return await one.first(connection, values)

    monkeypatch.setattr(due, "_ONE", Counted())
    await handled(database, service, *(fakes.private("合肥贯标目标", user=user) for user in range(1, 41)))
    await until(lambda: all(service.sent(user) for user in range(1, 41)))
    assert read == []


async def test_a_group_is_answered_when_addressed_and_in_the_thread(service: FakeTelegram, database: Database) -> None:
    await handled(database, service, fakes.group("今天开会吗", message_id=31))
    message = await answer(service, fakes.group("@zhice_bot 吴江专利清零行动是什么", message_id=32), GROUP)
    assert len(service.sent(GROUP)) == 1
    assert "专利清零行动" in message["text"]
    assert service.calls("sendMessage")[-1].parameters["reply_parameters"]["message_id"] == 32


async def test_nothing_is_kept_of_talk_that_is_not_for_us(service: FakeTelegram, database: Database) -> None:
    await handled(database, service, fakes.group("今天开会吗"))
    async with database.read() as connection:
        kept = [
            (await connection.execute(text(f"select count(*) from {table}"))).scalar_one() for table in ("person", "chat", "conversation")
        ]
        bodies = (await connection.execute(text("select body from inbox"))).scalars().all()
    assert (kept, bodies) == ([0, 0, 0], [""])


async def test_a_forum_topic_is_answered_in_the_topic(service: FakeTelegram) -> None:
    await answer(service, fakes.topic("@zhice_bot 合肥驰名商标", thread=77), GROUP)
    assert int(service.calls("sendMessage")[-1].parameters["message_thread_id"]) == 77


async def test_a_reply_to_us_is_a_follow_up(service: FakeTelegram) -> None:
    await answer(service, fakes.group("@zhice_bot 合肥2025年每万人高价值发明专利目标是多少"), GROUP)
    message = await answer(service, fakes.reply("那苏州呢?", fakes.BOT), GROUP)
    assert "万人高价值发明专利拥有量达32件" in message["text"]


async def test_a_pressed_button_changes_the_message_in_place(service: FakeTelegram) -> None:
    message = await answer(service, fakes.private("苏州 2025 年质押融资目标是多少", user=7001), 7001)
    service.push(fakes.press(token(message, "原文上下文"), message_id=message["message_id"]))
    call = (await until(lambda: service.calls("editMessageText")))[0]
    assert int(call.parameters["message_id"]) == message["message_id"]
    assert "新增海外发明专利授权量达5000件" in call.parameters["text"]
    assert await until(lambda: service.calls("answerCallbackQuery"))


async def test_the_button_of_another_person_changes_nothing(service: FakeTelegram, database: Database) -> None:
    message = await answer(service, fakes.group("@zhice_bot 合肥驰名商标", user=7002), GROUP)
    await handled(database, service, fakes.press(token(message, "相关条款"), fakes.group_chat(), message_id=message["message_id"]))
    note = (await until(lambda: service.calls("answerCallbackQuery")))[0].parameters["text"]
    assert "另一位" in note
    assert len(service.sent(GROUP)) == 1


async def test_a_button_from_last_month_is_answered_kindly(service: FakeTelegram) -> None:
    message = await answer(service, fakes.press("gone-long-ago.0"), 7001)
    assert "已失效" in message["text"]
    assert "已失效" in (await until(lambda: service.calls("answerCallbackQuery")))[0].parameters["text"]


@pytest.mark.parametrize("data", ["", "x", "." * 64, "怎么.了", "a.b.c", "'; drop table offer; --.1"])
async def test_a_forged_button_finds_nothing(service: FakeTelegram, data: str) -> None:
    message = await answer(service, fakes.press(data), 7001)
    assert "已失效" in message["text"]


async def test_a_group_keeps_its_settings_when_it_becomes_a_supergroup(service: FakeTelegram, database: Database) -> None:
    await answer(service, fakes.group("/region@zhice_bot 合肥", chat=OLD_GROUP), OLD_GROUP)
    await handled(database, service, fakes.migrated_to(OLD_GROUP, GROUP), fakes.migrated_from(OLD_GROUP, GROUP))
    async with database.read() as connection:
        rows = (await connection.execute(text("select chat, region from chat"))).all()
    assert [tuple(row) for row in rows] == [(str(GROUP), "hefei")]
    assert "合肥" in (await answer(service, fakes.group("@zhice_bot 贯标目标是多少家"), GROUP))["text"]


async def test_we_greet_a_group_once_when_added(service: FakeTelegram) -> None:
    assert "大家好" in (await answer(service, fakes.membership("left", "member"), GROUP))["text"]
    service.push(fakes.membership("member", "administrator"))
    assert "专利清零行动" in (await answer(service, fakes.group("@zhice_bot 吴江专利清零行动是什么"), GROUP))["text"]
    assert len(service.sent(GROUP)) == 2


async def test_inline_mode_lists_clauses_in_any_chat(service: FakeTelegram) -> None:
    service.push(fakes.inline("苏州质押融资"))
    call = (await until(lambda: service.calls("answerInlineQuery")))[0]
    texts = [result["input_message_content"]["message_text"] for result in call.parameters["results"]]
    assert any("质押融资" in text for text in texts)


async def test_a_deep_link_opens_its_clause(service: FakeTelegram) -> None:
    message = await answer(service, fakes.private("/start c_wujiang-ip-longterm_letter", user=5), 5)
    assert "吴江区知识产权中长期发展规划" in message["text"]


async def test_an_english_client_is_answered_in_english_words(service: FakeTelegram) -> None:
    update = fakes.private("/help", user=6)
    update["message"]["from"] = fakes.person(6, "en")
    assert "How to" in (await answer(service, update, 6))["text"]


@pytest.mark.parametrize(
    ("update", "says"),
    [
        (fakes.private("x" * 100_000, user=9), "太长"),
        (fakes.private("😀😀😀", user=9), "请写出"),
        (fakes.private("\u202e\u0000\u200b", user=9), "请写出"),
        (fakes.private("/nosuchthing", user=9), "没有这个命令"),
        (fakes.private("取消", user=9), "没有要取消的"),
    ],
    ids=["100 kB", "emoji", "control and bidi", "unknown command", "cancel"],
)
async def test_odd_input_has_a_kind_answer(service: FakeTelegram, update: dict[str, Any], says: str) -> None:
    assert says in (await answer(service, update, 9))["text"]


async def test_stickers_and_voice_are_told_that_we_read_words(service: FakeTelegram) -> None:
    assert "文字" in (await answer(service, fakes.sticker(), 7001))["text"]


async def test_malformed_updates_stop_nobody(service: FakeTelegram) -> None:
    service.push(fakes.malformed(), fakes.channel_post("通知"), fakes.anonymous_admin("随便说说"))
    assert "知识产权管理体系认证" in (await answer(service, fakes.private("合肥贯标目标", user=11), 11))["text"]


# ---- files ----


async def at_the_certificate(fake: FakeTelegram) -> None:
    message = await answer(fake, fakes.private("/apply 费用减缴"), 7001)
    for label in ("专利费用减缴备案", "事业单位", "同意并开始"):
        message = await answer(fake, fakes.press(token(message, label), message_id=message["message_id"]), 7001)
    for line in ("苏州知微研究所", "跳过", "2026", "13812345678"):
        message = await answer(fake, fakes.private(line), 7001)
    assert "法人证书" in message["text"]


def sent_file(fake: FakeTelegram, name: str, data: bytes, album: str = "") -> dict[str, Any]:
    id = f"F{len(fake.files)}"
    fake.files[id] = data
    content: dict[str, Any] = {"media_group_id": album} if album else {}
    return fakes.document(name, file={"file_id": id, "file_size": len(data)}, **content)


async def test_an_album_keeps_the_good_ones_and_names_the_bad_one(service: FakeTelegram, database: Database) -> None:
    await at_the_certificate(service)
    licence, program = (FILES / "licence.pdf").read_bytes(), (FILES / "program.pdf").read_bytes()
    files = (("a.pdf", licence), ("b.pdf", program), ("c.pdf", licence), ("d.pdf", licence), ("e.pdf", licence))
    before = len(service.sent(7001))
    await handled(database, service, *(sent_file(service, name, data, "album") for name, data in files))
    await until(lambda: len(service.sent(7001)) == before + 5)
    texts = [message["text"] for message in service.sent(7001)[before:]]
    assert "已收到：a.pdf" in texts[0]
    assert "没有收下“b.pdf”：认不出" in texts[1]
    assert "已收到：a.pdf、c.pdf" in texts[2]
    assert "法人证书：a.pdf、c.pdf、d.pdf" in texts[3]
    # The question has its three: the last of the album answers nothing that comes behind it.
    assert "没有收下“e.pdf”：上一题的文件已经够数" in texts[4]


async def test_a_photo_is_a_file_and_its_caption_no_answer(service: FakeTelegram) -> None:
    await at_the_certificate(service)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "JPEG")
    service.files["AgACAgUAAx0"] = picture.getvalue()
    assert "已收到：photo.jpg" in (await answer(service, fakes.photo("完成"), 7001))["text"]


async def test_a_file_the_platform_does_not_hand_out_is_told_kindly(service: FakeTelegram) -> None:
    await at_the_certificate(service)
    large = sent_file(service, "plan.pdf", bytes(25 << 20))
    assert "没有收下“plan.pdf”：这个文件超过 20 MB" in (await answer(service, large, 7001))["text"]
    gone = fakes.document("gone.pdf", file={"file_id": "nobody-knows"})
    assert "没有收下“gone.pdf”：已经取不到" in (await answer(service, gone, 7001))["text"]
    service.fault("getFile", "gateway", status=502)
    late = sent_file(service, "late.pdf", b"%PDF-")
    assert "没有收下“late.pdf”：暂时取不到" in (await answer(service, late, 7001))["text"]


async def test_a_sticker_where_words_are_asked_is_refused_kindly(service: FakeTelegram) -> None:
    message = await answer(service, fakes.private("/apply 费用减缴"), 7001)
    for label in ("专利费用减缴备案", "事业单位", "同意并开始"):
        message = await answer(service, fakes.press(token(message, label), message_id=message["message_id"]), 7001)
    assert "这一题要文字" in (await answer(service, fakes.sticker(), 7001))["text"]

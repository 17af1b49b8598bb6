"""The Telegram adapter over a fake wire, with the real library in between."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
import telegram as tg
from aiohttp import ClientSession, web

from bot.adapters.telegram import Menu, State, Telegram, Timing
from bot.core.clock import FixedClock
from bot.core.errors import ConfigurationError, NotAccepted
from bot.core.message import Attached, Block, Button, ChatKind, Enclosed, Incoming, InlineResult, Kind, Outgoing, Span, Where
from bot.core.platform import Adapter, Gone, Later, Locked, Moved, Outcome, Refused, Sent, Unclear, Unfetched
from tests.fakes import telegram as fakes
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.patience import PATIENCE, until

ACCOUNT = "123456789"
GROUP = "-1001234567890"
PERSON = "7001"
SAID = datetime.fromtimestamp(fakes.DATE, UTC)
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
SECRET = "long-and_random"
ROOT = Path(__file__).parents[2]


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


QUICK = Timing(
    connect=seconds(PATIENCE),
    read=seconds(PATIENCE),
    poll=seconds(0.1),
    short=seconds(PATIENCE),
    # Longer than `until` rests between two looks: no state is passed unseen.
    pause=seconds(0.04),
    longest_pause=seconds(0.08),
    locked_pause=seconds(0.08),
)
PATIENT = replace(QUICK, poll=seconds(30 * PATIENCE))
HASTY = replace(QUICK, read=seconds(0.5), short=seconds(0.5))


class Shelf:
    """An intake in memory."""

    def __init__(self) -> None:
        self.events: dict[str, Incoming] = {}
        self.stored = ""
        self.refusals = 0
        self.batches = 0
        self.open = asyncio.Event()
        self.open.set()

    async def accept(self, events: Sequence[Incoming], *, position: str = "") -> None:
        self.batches += 1
        await self.open.wait()
        if self.refusals:
            self.refusals -= 1
            raise NotAccepted
        for event in events:
            self.events.setdefault(event.event, event)
        self.stored = position or self.stored

    async def position(self, platform: str, account: str) -> str:
        return self.stored

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.events.values()]


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as platform:
        yield platform


def bot_for(fake: FakeTelegram, **options: Any) -> Telegram:
    options = {"secret": SECRET, "timing": QUICK, "clock": FixedClock(NOW), **options}
    return Telegram(TOKEN, base_url=fake.base_url, base_file_url=fake.base_file_url, **options)


@asynccontextmanager
async def started(fake: FakeTelegram, **options: Any) -> AsyncIterator[Telegram]:
    telegram = bot_for(fake, **options)
    await telegram.start()
    try:
        yield telegram
    finally:
        await telegram.close()


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async with started(fake) as bot:
        yield bot


@asynccontextmanager
async def polling(telegram: Telegram, intake: Shelf) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    task = asyncio.create_task(telegram.poll(intake, stop))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, PATIENCE)


def outgoing(*blocks: Block | str, chat: str = PERSON, thread: str = "", **options: Any) -> Outgoing:
    drawn = tuple(Block((Span(block),)) if isinstance(block, str) else block for block in blocks)
    return Outgoing("key", Where("telegram", ACCOUNT, chat, thread), drawn, **options)


def in_private(kind: Kind, **details: Any) -> Incoming:
    where = Where("telegram", ACCOUNT, PERSON)
    return replace(Incoming("1", kind, where, ChatKind.PRIVATE, PERSON, SAID, message="10", language="zh-hans"), **details)


def in_group(kind: Kind, *, thread: str = "", **details: Any) -> Incoming:
    where = Where("telegram", ACCOUNT, GROUP, thread)
    usual = Incoming("1", kind, where, ChatKind.GROUP, PERSON, SAID, message="10", language="zh-hans", title="政策群")
    return replace(usual, **details)


@pytest.fixture(scope="module")
def reader() -> Telegram:
    """A bot that knows its name; reading needs no more."""

    async def learn() -> Telegram:
        async with FakeTelegram() as fake, started(fake) as bot:
            return bot

    return asyncio.run(learn())


def read(telegram: Telegram, update: dict[str, Any]) -> Incoming | None:
    return telegram.read({"update_id": 1, **update})


def test_it_keeps_the_contract_of_adapters() -> None:
    adapter: Adapter = Telegram(TOKEN)
    assert (adapter.platform, adapter.account) == ("telegram", ACCOUNT)
    limits = adapter.limits
    assert (limits.text, limits.buttons, limits.edits) == (4096, 24, True)
    assert (limits.per_second, limits.chat_interval, limits.group_per_minute) == (30, seconds(1), 18)


# ---- reading ----

LICENCE = Attached("AgACAgUAAx0", "license.pdf", 1234, "application/pdf")
PHOTO = Attached("AgACAgUAAx0", "photo.jpg", 1234, "image/jpeg")

PRIVATE = [
    pytest.param(fakes.private("专利资助"), in_private(Kind.TEXT, text="专利资助"), id="text"),
    pytest.param(fakes.private("a\x00b\u202ec"), in_private(Kind.TEXT, text="a\x00b\u202ec"), id="control characters"),
    pytest.param(fakes.private("/Start  abc-1 "), in_private(Kind.COMMAND, command="start", text="abc-1"), id="command"),
    pytest.param(fakes.private("/ask@Zhice_Bot 资助"), in_private(Kind.COMMAND, command="ask", text="资助"), id="command to us"),
    pytest.param(fakes.private("/2024年度 计划"), in_private(Kind.TEXT, text="/2024年度 计划"), id="slash that is no command"),
    pytest.param(fakes.private("/usr/bin"), in_private(Kind.TEXT, text="/usr/bin"), id="path"),
    pytest.param(fakes.sticker(), in_private(Kind.ATTACHMENT), id="sticker"),
    pytest.param(fakes.voice(), in_private(Kind.ATTACHMENT), id="voice"),
    pytest.param(fakes.photo("营业执照"), in_private(Kind.ATTACHMENT, text="营业执照", files=(PHOTO,)), id="photo with caption"),
    pytest.param(fakes.document(), in_private(Kind.ATTACHMENT, files=(LICENCE,)), id="document"),
    pytest.param(fakes.document(media_group_id="a7"), in_private(Kind.ATTACHMENT, files=(LICENCE,), album="a7"), id="document of an album"),
    pytest.param(
        fakes.document(name="\u202efdp.exe", file={"file_size": None}),
        in_private(Kind.ATTACHMENT, files=(replace(LICENCE, name="fdp.exe", size=0),)),
        id="document with a name turned round, of unknown size",
    ),
    pytest.param(fakes.edited("改过的"), in_private(Kind.EDITED, text="改过的", at=SAID + seconds(60)), id="edited"),
    pytest.param(
        fakes.press("tok:1"), in_private(Kind.PRESS, press="tok:1", message="5000", query="q1", at=NOW, language="zh-hans"), id="press"
    ),
    pytest.param(
        fakes.press("tok:1", accessible=False), in_private(Kind.PRESS, press="tok:1", message="5000", query="q1", at=NOW), id="old press"
    ),
    pytest.param(fakes.inline(" 高新 "), in_private(Kind.INLINE, text="高新", message="", query="i1", at=NOW), id="inline"),
    pytest.param(
        fakes.membership("kicked", "member", fakes.private_chat()), in_private(Kind.JOINED, message=""), id="the person comes back"
    ),
    pytest.param(fakes.membership("member", "kicked", fakes.private_chat()), in_private(Kind.LEFT, message=""), id="the person blocks us"),
]

IN_GROUP = [
    pytest.param(
        {
            "my_chat_member": {"chat": fakes.group_chat(), "from": fakes.person(), "date": fakes.DATE}
            | {"old_chat_member": {"user": fakes.BOT, "status": "left"}, "new_chat_member": {"user": fakes.BOT, "status": "administrator"}}
        },
        in_group(Kind.JOINED, message=""),
        id="added, told by a server with other rights than the library knows",
    ),
    pytest.param(fakes.group("大家好"), in_group(Kind.TEXT, text="大家好", addressed=False), id="talk"),
    pytest.param(fakes.group("😀😀 @zhice_bot 资助 😀"), in_group(Kind.TEXT, text="😀😀 资助 😀"), id="mention after emoji"),
    pytest.param(fakes.group("@ZHICE_BOT 资助"), in_group(Kind.TEXT, text="资助"), id="mention in capitals"),
    pytest.param(fakes.group("问 @other_bot 吧"), in_group(Kind.TEXT, text="问 @other_bot 吧", addressed=False), id="mention of another"),
    pytest.param(fakes.group("@zhice_bot /ask 资助"), in_group(Kind.COMMAND, command="ask", text="资助"), id="mention and command"),
    pytest.param(fakes.group("/ask 资助"), in_group(Kind.COMMAND, command="ask", text="资助"), id="command"),
    pytest.param(
        fakes.group("知策 资助", entities=[{"type": "text_mention", "offset": 0, "length": 2, "user": fakes.BOT}]),
        in_group(Kind.TEXT, text="资助"),
        id="mention by name",
    ),
    pytest.param(fakes.reply("那明年呢", fakes.BOT), in_group(Kind.TEXT, text="那明年呢"), id="reply to us"),
    pytest.param(fakes.reply("同意", fakes.person(7002)), in_group(Kind.TEXT, text="同意", addressed=False), id="reply to another"),
    pytest.param(fakes.topic("/help"), in_group(Kind.COMMAND, command="help", thread="77"), id="topic"),
    pytest.param(fakes.group("嗯", message_thread_id=9), in_group(Kind.TEXT, text="嗯", addressed=False), id="reply chain is no topic"),
    pytest.param(
        fakes.photo("@zhice_bot 这个行吗", fakes.group_chat()), in_group(Kind.ATTACHMENT, text="这个行吗"), id="photo with a mention"
    ),
    pytest.param(
        fakes.press("t", fakes.group_chat(forum=True), message_thread_id=77, is_topic_message=True),
        in_group(Kind.PRESS, thread="77", press="t", message="5000", query="q1", at=NOW),
        id="press in a topic",
    ),
    pytest.param(fakes.membership("left", "member"), in_group(Kind.JOINED, message=""), id="added"),
    pytest.param(fakes.membership("administrator", "kicked"), in_group(Kind.LEFT, message=""), id="removed"),
    pytest.param(fakes.membership("restricted", "left"), in_group(Kind.LEFT, message=""), id="removed when restricted"),
    pytest.param(
        fakes.anonymous_admin("/help"), in_group(Kind.COMMAND, command="help", user="", language=""), id="anonymous administrator"
    ),
]

MIGRATED = Incoming(
    "1",
    Kind.MIGRATED,
    Where("telegram", ACCOUNT, "-4001"),
    ChatKind.GROUP,
    "",
    SAID,
    moved_to=GROUP,
    title="政策群",
)

NOT_FOR_US = [
    pytest.param(fakes.group("/ask@other_bot 资助"), id="command to another bot"),
    pytest.param(fakes.membership("member", "administrator"), id="promoted"),
    pytest.param({"message": fakes.message(fakes.group_chat(), fakes.person(), new_chat_members=[fakes.BOT])}, id="service message"),
    pytest.param({"message": fakes.message(fakes.group_chat(), fakes.person(8, is_bot=True), text="嗨")}, id="another bot"),
    pytest.param(fakes.private("答案", via_bot=fakes.BOT), id="our own inline answer"),
    pytest.param({"edited_message": fakes.message(fakes.private_chat(), fakes.person(), edit_date=2)}, id="edit without words"),
    pytest.param(
        {"callback_query": {"id": "1", "from": fakes.person(), "chat_instance": "1", "inline_message_id": "x", "data": "y"}}, id="far"
    ),
    pytest.param({"poll": {"id": "1"}}, id="unknown"),
    pytest.param(fakes.malformed(), id="malformed"),
    pytest.param({"message": None, "callback_query": 7}, id="nonsense"),
    pytest.param({}, id="empty"),
]


@pytest.mark.parametrize(("update", "expected"), PRIVATE + IN_GROUP)
def test_an_update_is_read_exactly(reader: Telegram, update: dict[str, Any], expected: Incoming) -> None:
    assert read(reader, update) == expected


def test_most_updates_are_read_without_the_library(reader: Telegram) -> None:
    plain = [fakes.private("专利资助"), fakes.private("资助", entities=[]), fakes.group("大家好"), fakes.press("tok:1")]
    updates = [{"update_id": 1, **update} for update in plain]
    for update in updates:
        update.get("message", {}).pop("entities", None)
    assert [reader._reader.plain(update) for update in updates] == [reader._reader.read(tg.Update.de_json(each, None)) for each in updates]
    assert None not in [reader._reader.plain(update) for update in updates]


@pytest.mark.parametrize("field", ["entities", "sender_chat", "via_bot", "reply_to_message", "quote", "is_topic_message", "photo"])
def test_a_message_with_anything_beside_its_words_is_left_to_the_library(reader: Telegram, field: str) -> None:
    update = {"update_id": 1, **fakes.private("专利资助")}
    update["message"].pop("entities", None)
    update["message"][field] = {}
    assert reader._reader.plain(update) is None


@pytest.mark.parametrize("update", NOT_FOR_US)
def test_what_is_not_for_us_is_passed_over(reader: Telegram, update: dict[str, Any]) -> None:
    assert read(reader, update) is None


@pytest.mark.parametrize("update", [fakes.migrated_to(), fakes.migrated_from()])
def test_both_tellings_of_a_migration_mean_the_same(reader: Telegram, update: dict[str, Any]) -> None:
    assert read(reader, update) == MIGRATED


def test_a_channel_post_names_nobody(reader: Telegram) -> None:
    where = Where("telegram", ACCOUNT, "-1009876543210")
    post = Incoming("1", Kind.TEXT, where, ChatKind.CHANNEL, "", SAID, addressed=False, text="公告", message="10", title="公告")
    assert read(reader, fakes.channel_post("公告")) == post


def test_passing_over_never_logs_content(reader: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    read(reader, {"message": {"message_id": "ten", "text": "13812345678"}})
    assert "passed over" in caplog.text
    assert "13812345678" not in caplog.text


# ---- sending ----


async def test_text_is_drawn_as_html_and_arrives_as_written(telegram: Telegram, fake: FakeTelegram) -> None:
    nasty = 'a < b && c > d <b>x</b> </blockquote> &lt; "q" \'s\' <a href="javascript:1">'
    message = outgoing(
        Block((Span("标题", bold=True), Span("：见 "), Span("原文", link="https://example.org/?a=1&b=2"))),
        Block((Span(nasty),), quote=True),
        Block((Span("x", link="javascript:alert(1)"),)),
        "",
    )
    outcome = await telegram.send(message)
    [sent] = fake.sent(7001)
    assert outcome == Sent(str(sent["message_id"]))
    assert sent["text"] == f"标题：见 原文\n\n{nasty}\n\nx"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "text_link", "url": "https://example.org/?a=1&b=2", "offset": 5, "length": 2},
        {"type": "blockquote", "offset": 9, "length": len(nasty)},
    ]
    [call] = fake.calls("sendMessage")
    assert call.parameters["link_preview_options"] == {"is_disabled": True}


async def test_a_long_quote_folds(telegram: Telegram, fake: FakeTelegram) -> None:
    await telegram.send(outgoing(Block((Span("条" * 701),), quote=True)))
    assert fake.sent()[0]["entities"] == [{"type": "expandable_blockquote", "offset": 0, "length": 701}]


async def test_control_and_direction_characters_are_left_out(telegram: Telegram, fake: FakeTelegram) -> None:
    await telegram.send(outgoing("甲\x00\u202e乙\ud800\n丙\t丁", buttons=(Button("是\u2066的", token="t"),)))
    [sent] = fake.sent()
    assert sent["text"] == "甲乙\n丙\t丁"
    assert sent["reply_markup"]["inline_keyboard"][0][0]["text"] == "是的"


async def test_short_labels_share_a_row(telegram: Telegram, fake: FakeTelegram) -> None:
    labels = ["是", "否", "高新技术企业认定奖励办法", "甲", "办理", "返回"]
    buttons = (*(Button(label, token=f"t{n}") for n, label in enumerate(labels)), Button("官网", url="https://example.org"))
    await telegram.send(outgoing("选一个", buttons=buttons))
    [call] = fake.calls("sendMessage")
    rows = call.parameters["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["是", "否"],
        ["高新技术企业认定奖励办法"],
        ["甲", "办理"],
        ["返回", "官网"],
    ]
    assert rows[0][0] == {"text": "是", "callback_data": "t0"}
    assert rows[3][1] == {"text": "官网", "url": "https://example.org"}


async def test_a_reply_goes_into_the_topic_and_under_the_question(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.push(fakes.topic("资助？"))
    await telegram.send(outgoing("有", chat=GROUP, thread="77", reply_to="10"))
    await telegram.send(outgoing("有", chat=GROUP, thread="77", reply_to="404"))
    under, alone = fake.sent(int(GROUP))
    assert (under["message_thread_id"], under["reply_to_message"]["message_id"]) == (77, 10)
    assert "reply_to_message" not in alone


async def test_an_edit_happens_in_place(telegram: Telegram, fake: FakeTelegram) -> None:
    first = await telegram.send(outgoing("第一步", buttons=(Button("下一步", token="n"),)))
    assert isinstance(first, Sent)
    assert await telegram.send(outgoing("第二步", edit=first.message)) == first
    [only] = fake.sent()
    assert only["text"] == "第二步"
    assert "reply_markup" not in only


async def test_an_edit_that_changes_nothing_counts_as_sent(telegram: Telegram, fake: FakeTelegram) -> None:
    first = await telegram.send(outgoing("同样"))
    assert isinstance(first, Sent)
    assert await telegram.send(outgoing("同样", edit=first.message)) == first
    assert len(fake.sent()) == 1


@pytest.mark.parametrize("target", ["404", "10", "no number"])
async def test_an_edit_that_cannot_be_is_sent_anew(telegram: Telegram, fake: FakeTelegram, target: str) -> None:
    fake.push(fakes.private("别人的话"))
    outcome = await telegram.send(outgoing("新的", edit=target))
    assert outcome == Sent(str(fake.sent()[0]["message_id"]))


async def test_an_edit_cut_off_may_simply_be_repeated(telegram: Telegram, fake: FakeTelegram) -> None:
    first = await telegram.send(outgoing("一"))
    assert isinstance(first, Sent)
    fake.fault("editMessageText", "vanish")
    assert isinstance(await telegram.send(outgoing("二", edit=first.message)), Later)
    assert await telegram.send(outgoing("二", edit=first.message)) == first


async def test_markup_the_platform_cannot_read_goes_out_plain(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.fault("sendMessage", "error", description="Bad Request: can't parse entities: Unsupported start tag")
    assert isinstance(await telegram.send(outgoing(Block((Span("a<b", bold=True),)))), Sent)
    [sent] = fake.sent()
    assert sent["text"] == "a<b"
    assert "entities" not in sent


async def test_a_text_too_long_never_leaves(telegram: Telegram, fake: FakeTelegram) -> None:
    assert isinstance(await telegram.send(outgoing("😀" * 2049)), Refused)
    assert fake.calls("sendMessage") == []
    assert isinstance(await telegram.send(outgoing("😀" * 2048)), Sent)


def refusal(status: int, description: str) -> dict[str, Any]:
    return {"kind": "error", "status": status, "description": description}


OUTCOMES = [
    ({"kind": "flood", "seconds": 7}, PERSON, Later("too many requests, retry after 0:00:07", seconds(7), everybody=True)),
    ({"kind": "flood", "seconds": 7}, GROUP, Later("too many requests, retry after 0:00:07", seconds(7), everybody=False)),
    (refusal(429, "Too Many Requests"), PERSON, Later("too many requests, retry after None", None, everybody=True)),
    (refusal(403, "Forbidden: bot was blocked by the user"), PERSON, Gone("Forbidden: bot was blocked by the user")),
    (refusal(403, "Forbidden: bot was kicked from the supergroup chat"), GROUP, Gone("Forbidden: bot was kicked from the supergroup chat")),
    (refusal(400, "Bad Request: chat not found"), PERSON, Gone("Chat not found")),
    (refusal(400, "Bad Request: group chat was deactivated"), GROUP, Gone("Group chat was deactivated")),
    ({"kind": "migrate", "to": -1002}, GROUP, Moved("-1002")),
    (refusal(400, "Bad Request: BUTTON_DATA_INVALID"), PERSON, Refused("Button_data_invalid", format=True)),
    (refusal(400, "Bad Request: message thread not found"), GROUP, Refused("Message thread not found")),
    (refusal(401, "Unauthorized"), PERSON, Locked("Unauthorized")),
    (refusal(409, "Conflict: terminated by other"), PERSON, Later("Conflict: terminated by other")),
    (refusal(500, "Internal Server Error: restart"), PERSON, Later("Internal Server Error: restart")),
    ({"kind": "gateway", "status": 502}, PERSON, Unclear("HTTP 502 without the platform's error body")),
    ({"kind": "gateway", "status": 403}, PERSON, Later("HTTP 403 without the platform's error body")),
    ({"kind": "garbage"}, PERSON, Unclear("unreadable answer")),
]


@pytest.mark.parametrize(("fault", "chat", "expected"), OUTCOMES)
async def test_every_fault_is_an_outcome(
    telegram: Telegram, fake: FakeTelegram, fault: dict[str, Any], chat: str, expected: Outcome
) -> None:
    fake.fault("sendMessage", **fault)
    assert await telegram.send(outgoing("通知", chat=chat)) == expected


@pytest.mark.parametrize(("kind", "really"), [("reset", 0), ("vanish", 1)])
async def test_a_cut_connection_is_unclear_either_way(telegram: Telegram, fake: FakeTelegram, kind: str, really: int) -> None:
    fake.fault("sendMessage", kind)
    assert isinstance(await telegram.send(outgoing("通知")), Unclear)
    assert len(fake.sent()) == really


async def test_an_answer_that_does_not_come_is_unclear(fake: FakeTelegram) -> None:
    async with started(fake, timing=HASTY) as bot:
        fake.fault("sendMessage", "delay", seconds=PATIENCE)
        assert await bot.send(outgoing("通知")) == Unclear("SocketTimeoutError")


async def test_a_connection_that_cannot_be_made_is_certainly_not_sent(fake: FakeTelegram) -> None:
    await fake.__aexit__(None, None, None)
    async with started(fake) as telegram:
        outcome = await telegram.send(outgoing("通知"))
    assert isinstance(outcome, Later)
    assert (outcome.after, outcome.everybody) == (None, False)


async def test_a_name_that_does_not_resolve_is_certainly_not_sent() -> None:
    telegram = Telegram(TOKEN, base_url="http://nowhere.invalid/bot", timing=QUICK)
    await telegram.start()
    try:
        assert telegram.state is State.OFFLINE
        assert isinstance(await telegram.send(outgoing("通知")), Later)
    finally:
        await telegram.close()


async def test_waiting_for_a_free_connection_is_certainly_not_sent(fake: FakeTelegram) -> None:
    fake.fault("sendMessage", "hold")
    async with started(fake, pool=1, timing=replace(QUICK, connect=seconds(1))) as bot:
        slow = asyncio.create_task(bot.send(outgoing("一")))
        await until(lambda: fake.calls("sendMessage"))
        assert await bot.send(outgoing("二")) == Later("ConnectionTimeoutError")
        fake.let_go.set()
        assert isinstance(await slow, Sent)


async def test_a_proxy_carries_everything(fake: FakeTelegram) -> None:
    telegram = Telegram(TOKEN, base_url="http://api.invalid/bot", proxy=fake.address, timing=QUICK)
    await telegram.start()
    assert telegram.username == "zhice_bot"
    assert isinstance(await telegram.send(outgoing("你好")), Sent)
    await telegram.close()
    assert [call.method for call in fake.ledger] == ["getMe", "sendMessage"]


async def test_before_the_start_and_after_the_end_nothing_is_sent(fake: FakeTelegram) -> None:
    telegram = bot_for(fake)
    assert isinstance(await telegram.send(outgoing("早")), Later)
    await telegram.start()
    await telegram.close()
    assert isinstance(await telegram.send(outgoing("晚")), Later)
    assert fake.sent() == []


# ---- courtesies ----


async def test_a_press_is_acknowledged_with_a_note(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.push(fakes.press("t"))
    pressed = in_private(Kind.PRESS, query="q1")
    await telegram.acknowledge(pressed, "")
    await telegram.acknowledge(pressed, "已失效" * 100)
    silent, told = fake.calls("answerCallbackQuery")
    assert silent.parameters == {"callback_query_id": "q1"}
    assert (told.parameters["text"], told.done) == (("已失效" * 100)[:200], True)


async def test_inline_results_are_articles_for_the_asker_alone(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.push(fakes.inline("高新"))
    body = (Block((Span("第三条 <奖励>", bold=True),)),)
    results = [InlineResult("c1", "高新奖励", "20 万元", body), InlineResult("c2", "太长", "", (Block((Span("x" * 4097),)),))]
    await telegram.answer_inline(in_private(Kind.INLINE, query="i1"), results)
    [call] = fake.calls("answerInlineQuery")
    assert call.done
    assert call.parameters["is_personal"] is True
    assert call.parameters["cache_time"] <= 10
    [article] = call.parameters["results"]
    assert (article["id"], article["title"], article["description"]) == ("c1", "高新奖励", "20 万元")
    assert article["input_message_content"]["message_text"] == "<b>第三条 &lt;奖励&gt;</b>"


async def test_typing_is_shown_in_the_topic(telegram: Telegram, fake: FakeTelegram) -> None:
    await telegram.typing(Where("telegram", ACCOUNT, GROUP, "77"))
    [call] = fake.calls("sendChatAction")
    assert call.parameters == {"chat_id": int(GROUP), "action": "typing", "message_thread_id": 77}


async def test_a_failing_courtesy_harms_nobody(fake: FakeTelegram) -> None:
    async with started(fake, timing=HASTY) as telegram:
        fake.fault("sendChatAction", "delay", seconds=PATIENCE)
        fake.fault("sendChatAction", "vanish")
        await telegram.typing(Where("telegram", ACCOUNT, PERSON))
        await telegram.typing(Where("telegram", ACCOUNT, PERSON))
        await telegram.acknowledge(in_private(Kind.PRESS, query="long ago"), "")
        await telegram.answer_inline(in_private(Kind.INLINE, query="long ago"), [])
    assert [call.answered for call in fake.calls("sendChatAction")] == [False, False]


# ---- files ----

MOST = 20 << 20


async def test_a_file_is_fetched_whole(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.files["F1"] = bytes(range(256)) * 1000
    assert await telegram.fetch("F1", MOST) == fake.files["F1"]


async def test_a_file_may_be_just_as_large_as_allowed(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.files["F1"] = bytes(1000)
    assert await telegram.fetch("F1", 1000) == bytes(1000)
    assert await telegram.fetch("F1", 999) is Unfetched.TOO_LARGE
    assert len(fake.calls("download")) == 1


async def test_a_file_the_platform_will_not_hand_out_is_too_large(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.files["F1"] = bytes(25 << 20)
    assert await telegram.fetch("F1", MOST) is Unfetched.TOO_LARGE
    assert not fake.calls("download")


async def test_a_file_larger_than_told_is_left_in_the_middle(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.files["F1"] = bytes(25 << 20)
    fake.understated.add("F1")
    assert await telegram.fetch("F1", 1 << 20) is Unfetched.TOO_LARGE


async def test_a_file_nobody_knows_is_gone(telegram: Telegram, fake: FakeTelegram) -> None:
    assert await telegram.fetch("F1", MOST) is Unfetched.GONE


@pytest.mark.parametrize(
    ("method", "fault", "outcome"),
    [
        ("getFile", {"kind": "gateway", "status": 502}, Unfetched.UNREACHABLE),
        ("getFile", {"kind": "flood", "seconds": 3}, Unfetched.UNREACHABLE),
        ("getFile", {"kind": "garbage"}, Unfetched.UNREACHABLE),
        ("getFile", {"kind": "answer", "result": {"file_id": "F1", "file_unique_id": "u"}}, Unfetched.GONE),
        ("download", {"kind": "gateway", "status": 404}, Unfetched.GONE),
        ("download", {"kind": "gateway", "status": 502}, Unfetched.UNREACHABLE),
        ("download", {"kind": "gateway", "status": 302}, Unfetched.UNREACHABLE),
        # Cut off once, a download is simply asked for again.
        ("download", {"kind": "reset", "times": 9}, Unfetched.UNREACHABLE),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else str(value),
)
async def test_a_fetch_that_fails_says_why(
    telegram: Telegram, fake: FakeTelegram, method: str, fault: dict[str, Any], outcome: Unfetched
) -> None:
    fake.files["F1"] = b"whole"
    fake.fault(method, **fault)
    assert await telegram.fetch("F1", MOST) is outcome


async def test_a_file_that_does_not_come_is_not_waited_for_forever(fake: FakeTelegram) -> None:
    fake.files["F1"] = b"whole"
    async with started(fake, timing=replace(QUICK, file=seconds(0.5))) as telegram:
        fake.fault("download", "hold")
        assert await telegram.fetch("F1", MOST) is Unfetched.UNREACHABLE
        fake.let_go.set()


async def test_fetching_never_logs_the_token(fake: FakeTelegram, telegram: Telegram, everything_logged: pytest.LogCaptureFixture) -> None:
    fake.fault("download", "reset", times=9)
    fake.files["F1"] = b"whole"
    await telegram.fetch("F1", MOST)
    await telegram.fetch("F2", MOST)
    assert "could not be fetched" in everything_logged.text
    assert TOKEN.partition(":")[2] not in everything_logged.text


# ---- start ----


async def test_the_account_is_known_at_once_and_the_name_after_the_start(fake: FakeTelegram) -> None:
    telegram = bot_for(fake)
    assert (telegram.account, telegram.username, telegram.state) == (ACCOUNT, "", State.CONNECTING)
    await telegram.start()
    assert (telegram.username, telegram.state) == ("zhice_bot", State.READY)
    await telegram.close()


@pytest.mark.parametrize("token", ["123456789:another", "123:x"])
async def test_a_refused_token_is_told_in_one_line(fake: FakeTelegram, token: str) -> None:
    telegram = Telegram(token, base_url=fake.base_url, timing=QUICK)
    with pytest.raises(ConfigurationError) as caught:
        await telegram.start()
    [problem] = caught.value.problems
    assert "TELEGRAM_TOKEN" in problem
    assert token not in problem


@pytest.mark.parametrize("token", ["", "nonsense", "12:a b"])
def test_what_is_no_token_is_told_before_any_request(token: str) -> None:
    with pytest.raises(ConfigurationError):
        Telegram(token)


async def test_an_unreachable_platform_is_asked_again_in_the_background(fake: FakeTelegram) -> None:
    fake.fault("getMe", "gateway", status=502, times=3)
    async with started(fake) as telegram:
        assert telegram.state is State.OFFLINE
        await until(lambda: telegram.state is State.READY)
        assert telegram.username == "zhice_bot"


async def test_menus_are_published_once_for_each_language_telegram_can_tell(fake: FakeTelegram) -> None:
    def menu(language: str, kind: ChatKind, words: str) -> Menu:
        return Menu(language, kind, (("ask", words),))

    menus = (
        menu("zh-CN", ChatKind.PRIVATE, "提问"),
        menu("zh-TW", ChatKind.PRIVATE, "提問"),
        menu("en", ChatKind.GROUP, "Ask"),
    )
    async with started(fake) as telegram:
        telegram.introduce(menus)
        await until(lambda: len(fake.commands) == 4)
    assert fake.commands == {
        ("all_private_chats", ""): [{"command": "ask", "description": "提问"}],
        ("all_private_chats", "zh"): [{"command": "ask", "description": "提问"}],
        ("all_group_chats", ""): [{"command": "ask", "description": "Ask"}],
        ("all_group_chats", "en"): [{"command": "ask", "description": "Ask"}],
    }


# ---- polling ----


async def test_nothing_is_confirmed_before_it_is_committed(telegram: Telegram, fake: FakeTelegram) -> None:
    intake = Shelf()
    intake.open.clear()
    fake.push(fakes.private("一"), fakes.private("二"))
    async with polling(telegram, intake):
        await until(lambda: intake.batches == 1)
        await asyncio.sleep(0.05)
        assert fake.confirmed == []
        assert len(fake.calls("getUpdates")) == 1
        intake.open.set()
        await until(lambda: fake.confirmed == [1000, 1001])
    assert (intake.texts, intake.stored) == (["一", "二"], "1002")


async def test_what_the_intake_refuses_stays_with_the_platform(telegram: Telegram, fake: FakeTelegram) -> None:
    intake = Shelf()
    intake.refusals = 3
    fake.push(fakes.private("一"))
    async with polling(telegram, intake):
        await until(lambda: telegram.state is State.STALLED)
        assert fake.confirmed == []
        await until(lambda: fake.confirmed == [1000])
        await until(lambda: telegram.state is State.READY)
    assert intake.texts == ["一"]


async def test_a_malformed_update_blocks_nobody(telegram: Telegram, fake: FakeTelegram) -> None:
    intake = Shelf()
    fake.push(fakes.private("一"), fakes.malformed(), fakes.private("三"), fakes.malformed())
    async with polling(telegram, intake):
        await until(lambda: len(fake.confirmed) == 4)
    assert intake.texts == ["一", "三"]
    assert intake.stored == "1004"


async def test_updates_without_ids_count_as_trouble(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.fault("getUpdates", "answer", result=[{"message": {}}, 7])
    fake.fault("getUpdates", "answer", result={"not": "a list"})
    intake = Shelf()
    async with polling(telegram, intake):
        await until(lambda: telegram.state is State.OFFLINE)
        fake.push(fakes.private("一"))
        await until(lambda: intake.texts == ["一"])


async def test_the_stored_position_is_where_polling_goes_on(telegram: Telegram, fake: FakeTelegram) -> None:
    intake = Shelf()
    intake.stored = "1001"
    fake.push(fakes.private("一"), fakes.private("二"))
    async with polling(telegram, intake):
        await until(lambda: len(fake.confirmed) == 2)
    assert intake.texts == ["二"]


async def test_an_offset_is_forgotten_before_ids_start_anew(fake: FakeTelegram) -> None:
    async with started(fake, timing=replace(QUICK, poll=seconds(0.03), forget=seconds(0.06))) as telegram:
        intake = Shelf()
        fake.push({"update_id": 900_000, **fakes.private("旧")})
        async with polling(telegram, intake):
            await until(lambda: fake.confirmed == [900_000])
            await until(lambda: "offset" not in fake.calls("getUpdates")[-1].parameters)
            fake.push({"update_id": 17, **fakes.private("新")})
            await until(lambda: intake.texts == ["旧", "新"])


async def test_polling_asks_for_what_is_read_and_removes_a_webhook_without_dropping(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.webhook.url = "http://127.0.0.1:9/elsewhere"
    intake = Shelf()
    fake.pending.append({"update_id": 5, **fakes.private("等着的")})
    async with polling(telegram, intake):
        await until(lambda: intake.texts == ["等着的"])
    [call] = fake.calls("deleteWebhook")
    assert "drop_pending_updates" not in call.parameters
    assert set(fake.calls("getUpdates")[0].parameters["allowed_updates"]) == {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "inline_query",
        "my_chat_member",
    }


async def test_a_server_without_webhooks_is_polled_all_the_same(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.fault("deleteWebhook", "error", status=404, description="Not Found", times=9)
    intake = Shelf()
    fake.push(fakes.private("一"))
    async with polling(telegram, intake):
        await until(lambda: intake.texts == ["一"])
    assert len(fake.calls("deleteWebhook")) == 1


async def test_a_second_poller_is_reported_once_and_outlived(
    telegram: Telegram, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fault("getUpdates", "error", status=409, description="Conflict: terminated by other getUpdates request", times=4)
    intake = Shelf()
    fake.push(fakes.private("一"))
    async with polling(telegram, intake):
        await until(lambda: telegram.state is State.CONFLICT)
        await until(lambda: intake.texts == ["一"])
    assert [record.levelname for record in caplog.records if "conflict" in record.message] == ["WARNING"]


async def test_two_real_pollers_meet_a_conflict(telegram: Telegram, fake: FakeTelegram) -> None:
    async with started(fake) as other, polling(telegram, Shelf()), polling(other, Shelf()):
        await until(lambda: any("Conflict" in call.error for call in fake.calls("getUpdates")))


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (refusal(401, "Unauthorized"), State.LOCKED),
        (refusal(500, "Internal Server Error"), State.OFFLINE),
        ({"kind": "vanish"}, State.OFFLINE),
        ({"kind": "garbage"}, State.OFFLINE),
    ],
)
async def test_polling_goes_on_after_trouble(telegram: Telegram, fake: FakeTelegram, fault: dict[str, Any], state: State) -> None:
    fake.fault("getUpdates", **fault, times=3)
    intake = Shelf()
    fake.push(fakes.private("一"))
    async with polling(telegram, intake):
        await until(lambda: telegram.state is state)
        await until(lambda: intake.texts == ["一"])
        await until(lambda: telegram.state is State.READY)


async def test_a_stop_ends_a_long_poll_at_once(fake: FakeTelegram) -> None:
    async with started(fake, timing=PATIENT) as telegram:
        stop = asyncio.Event()
        task = asyncio.create_task(telegram.poll(Shelf(), stop))
        await until(lambda: bool(fake.calls("getUpdates")))
        stop.set()
        await asyncio.wait_for(task, PATIENCE)


async def test_a_stop_ends_waiting_after_trouble_at_once(fake: FakeTelegram) -> None:
    async with started(fake, timing=replace(QUICK, locked_pause=seconds(30 * PATIENCE))) as telegram:
        fake.fault("getUpdates", **refusal(401, "Unauthorized"), times=9)
        async with polling(telegram, Shelf()) as stop:
            await until(lambda: telegram.state is State.LOCKED)
            stop.set()


async def test_a_commit_in_progress_is_finished_before_stopping(telegram: Telegram, fake: FakeTelegram) -> None:
    intake = Shelf()
    intake.open.clear()
    fake.push(fakes.private("一"))
    async with polling(telegram, intake) as stop:
        await until(lambda: intake.batches == 1)
        stop.set()
        await asyncio.sleep(0.02)
        intake.open.set()
    assert intake.texts == ["一"]


# ---- webhook ----


@asynccontextmanager
async def serving(telegram: Telegram) -> AsyncIterator[str]:
    application = web.Application(client_max_size=64 << 20)
    application.router.add_routes(telegram.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await runner.cleanup()


Post = Callable[..., Awaitable[int]]


@pytest.fixture
async def intake() -> Shelf:
    return Shelf()


@pytest.fixture
async def post(telegram: Telegram, intake: Shelf) -> AsyncIterator[Post]:
    telegram.attach(intake)
    async with serving(telegram) as address, ClientSession() as session:

        async def send(data: Any, secret: str | None = SECRET) -> int:
            headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with session.post(f"{address}/telegram/webhook", data=data, headers=headers) as response:
                return response.status

        yield send


def body(**update: Any) -> bytes:
    return json.dumps({"update_id": 1, **update}).encode()


async def test_an_update_with_the_secret_is_taken(post: Post, intake: Shelf) -> None:
    assert await post(body(**fakes.private("你好"))) == 200
    assert intake.texts == ["你好"]


@pytest.mark.parametrize("secret", [None, "", "long-and_randon", "密"])
async def test_without_the_secret_nothing_is_taken(post: Post, intake: Shelf, secret: str | None) -> None:
    assert await post(body(**fakes.private("你好")), secret) == 401
    assert intake.batches == 0


async def test_a_body_without_the_secret_is_never_waited_for(telegram: Telegram, intake: Shelf) -> None:
    telegram.attach(intake)
    async with serving(telegram) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(b"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        assert b"401" in await asyncio.wait_for(reader.readline(), PATIENCE)
        writer.close()
        await writer.wait_closed()


async def test_without_a_secret_of_our_own_nobody_is_let_in(fake: FakeTelegram, intake: Shelf) -> None:
    async with started(fake, secret="") as telegram, serving(telegram) as address, ClientSession() as session:
        telegram.attach(intake)
        async with session.post(f"{address}/telegram/webhook", data=body(), headers={"X-Telegram-Bot-Api-Secret-Token": ""}) as response:
            assert response.status == 401


async def test_a_body_too_big_is_refused(post: Post, intake: Shelf) -> None:
    assert await post(io.BytesIO(b" " * ((1 << 20) + 1))) == 413
    assert await post(body(**fakes.private("x" * 900_000))) == 200


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff", b"[" * 100_000, body(**fakes.malformed()), body()])
async def test_what_cannot_be_read_is_not_asked_for_again(post: Post, intake: Shelf, data: bytes) -> None:
    assert await post(data) == 200
    assert intake.batches == 0


async def test_what_cannot_be_stored_is_left_with_the_platform(post: Post, intake: Shelf, telegram: Telegram) -> None:
    intake.refusals = 1
    assert await post(body(**fakes.private("你好"))) == 503
    assert telegram.state is State.STALLED
    assert await post(body(**fakes.private("你好"))) == 200
    assert intake.texts == ["你好"]


async def test_before_an_intake_is_attached_the_platform_keeps_its_updates(telegram: Telegram) -> None:
    async with serving(telegram) as address, ClientSession() as session:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(f"{address}/telegram/webhook", data=body(), headers=headers) as response:
            assert response.status == 503


async def test_the_platform_posts_to_us_once_told_and_again_until_taken(telegram: Telegram, fake: FakeTelegram, intake: Shelf) -> None:
    telegram.attach(intake)
    intake.refusals = 2
    async with serving(telegram) as address:
        await telegram.set_webhook(f"{address}/")
        assert fake.webhook.url == f"{address}/telegram/webhook"
        fake.push(fakes.private("一"), fakes.private("二"))
        await until(lambda: fake.confirmed == [1000, 1001])
    assert [delivery.status for delivery in fake.deliveries] == [503, 503, 200, 200]
    assert intake.texts == ["一", "二"]


@pytest.mark.parametrize("secret", ["", "with space", "x" * 257])
async def test_a_webhook_without_a_proper_secret_is_refused(fake: FakeTelegram, secret: str) -> None:
    async with started(fake, secret=secret) as telegram:
        with pytest.raises(ConfigurationError):
            await telegram.set_webhook("https://example.org")
    assert fake.calls("setWebhook") == []


async def test_an_address_the_platform_does_not_take_is_told(telegram: Telegram) -> None:
    with pytest.raises(ConfigurationError, match=r"(?i)https url"):
        await telegram.set_webhook("http://example.org")


async def test_a_webhook_is_asked_for_until_it_is_set(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.fault("setWebhook", "gateway", status=502, times=2)
    await telegram.set_webhook("https://example.org")
    await until(lambda: fake.webhook.url == "https://example.org/telegram/webhook")


# ---- the token ----


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


async def test_the_token_is_never_shown(fake: FakeTelegram, everything_logged: pytest.LogCaptureFixture) -> None:
    async with started(fake, timing=HASTY) as telegram:
        for kind in ("reset", "vanish", "garbage", "gateway", "delay"):
            fake.fault("sendMessage", kind, seconds=PATIENCE, status=502)
            assert TOKEN not in repr(await telegram.send(outgoing("一")))
        fake.fault("getUpdates", "vanish", times=2)
        intake = Shelf()
        fake.push(fakes.private("一"))
        async with polling(telegram, intake):
            await until(lambda: intake.texts == ["一"])
        await fake.__aexit__(None, None, None)
        assert TOKEN not in repr(await telegram.send(outgoing("二")))
        assert TOKEN not in repr(telegram)
    written = everything_logged.text + "".join(str(record.__dict__) for record in everything_logged.records)
    assert TOKEN.partition(":")[2] not in written


# ---- the fake itself ----


async def test_the_fake_notices_who_does_not_wait(telegram: Telegram, fake: FakeTelegram) -> None:
    fake.now = lambda: 100.0
    fake.fault("sendMessage", "flood", seconds=7)
    told = await telegram.send(outgoing("一"))
    await telegram.send(outgoing("二"))
    fake.now = lambda: 107.0
    await telegram.send(outgoing("三"))
    assert isinstance(told, Later)
    assert told.after == seconds(7)
    assert [call.early for call in fake.calls("sendMessage")] == [False, True, False]


async def test_the_fake_is_a_program_of_its_own(tmp_path: Path) -> None:
    updates = tmp_path / "updates.jsonl"
    updates.write_text(json.dumps(fakes.private("一")) + "\n", encoding="utf-8")
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.telegram", "--updates", str(updates), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    address = f"http://127.0.0.1:{int(await program.stdout.readline())}"
    victim = await asyncio.create_subprocess_exec("sleep", "3600")
    telegram, intake = Telegram(TOKEN, base_url=f"{address}/bot", timing=QUICK), Shelf()
    await telegram.start()
    try:
        async with ClientSession(f"{address}/_control/") as control:
            async with control.post("push", json=[fakes.private("二")]) as response:
                assert await response.json() == {"update_ids": [1001]}
            async with control.post("fault", json={"method": "sendMessage", "kind": "kill", "pid": victim.pid}) as response:
                assert response.status == 200
            async with polling(telegram, intake):
                await until(lambda: intake.texts == ["一", "二"])
            assert isinstance(await telegram.send(outgoing("好")), Unclear)
            assert await victim.wait() == -9
            async with control.get("ledger", params={"method": "sendMessage"}) as response:
                [call] = (await response.json())["calls"]
            async with control.get("state") as response:
                assert (await response.json())["sent"] == 1
    finally:
        await telegram.close()
        program.terminate()
        assert await program.wait() == 0
    assert (call["done"], call["answered"], call["parameters"]["text"]) == (True, False, "好")


@pytest.mark.parametrize(
    "text", ["<b>a", "a</b>", "<x>a</x>", "a < b", "<b><i>a</b></i>", "<blockquote><blockquote>a</blockquote></blockquote>"]
)
def test_the_fake_refuses_markup_as_the_platform_does(text: str) -> None:
    with pytest.raises(fakes.Refusal, match="can't parse entities"):
        fakes.parse_html(text)


# ---- what goes along ----

PICTURE = Enclosed("f1", "海报.png", "png", 4, "", width=800, height=600)
PAPER = Enclosed("f2", "通知.pdf", "pdf", 4, "")


async def _bytes(enclosed: Enclosed) -> bytes | None:
    return {"f1": b"\x89PNG", "f2": b"%PDF"}.get(enclosed.id)


def with_(enclosed: Enclosed, **values: Any) -> Outgoing:
    return replace(outgoing("请看附件"), enclosed=enclosed, **values)


async def test_a_picture_is_shown_and_a_file_handed_over_with_the_words_beside_them(fake: FakeTelegram) -> None:
    async with started(fake, contents=_bytes) as telegram:
        outcomes = [await telegram.send(with_(PICTURE)), await telegram.send(with_(PAPER))]
    shown, handed = fake.sent()
    assert (shown["caption"], shown["photo"][-1]["file_id"]) == ("请看附件", outcomes[0].handle)
    assert (handed["document"]["file_name"], handed["document"]["file_id"]) == ("通知.pdf", outcomes[1].handle)
    assert fake.uploads == [("海报.png", b"\x89PNG"), ("通知.pdf", b"%PDF")]


async def test_what_is_uploaded_once_is_sent_by_its_name_and_again_when_the_platform_forgot_it(fake: FakeTelegram) -> None:
    async with started(fake, contents=_bytes) as telegram:
        first = await telegram.send(with_(PICTURE))
        assert isinstance(first, Sent)
        again = await telegram.send(with_(PICTURE))
        assert again == Sent(ANY, first.handle)
        assert len(fake.uploads) == 1
        fake.files.clear()
        assert isinstance(await telegram.send(with_(PICTURE)), Sent)
        assert len(fake.uploads) == 2


async def test_many_at_once_upload_it_once(fake: FakeTelegram) -> None:
    chats = [Where("telegram", ACCOUNT, str(chat)) for chat in range(7001, 7021)]
    async with started(fake, contents=_bytes) as telegram:
        outcomes = await asyncio.gather(*(telegram.send(with_(PICTURE, where=where)) for where in chats))
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert (len(fake.sent()), len(fake.uploads)) == (20, 1)


@pytest.mark.parametrize("old", [None, PICTURE])
async def test_a_correction_puts_a_file_into_the_old_message(fake: FakeTelegram, old: Enclosed | None) -> None:
    async with started(fake, contents=_bytes) as telegram:
        wrong = await telegram.send(replace(outgoing("错了"), enclosed=old))
        assert isinstance(wrong, Sent)
        assert await telegram.send(with_(PAPER, edit=wrong.message)) == Sent(wrong.message, ANY)
    (message,) = fake.sent()
    assert (message["caption"], message["document"]["file_name"]) == ("请看附件", "通知.pdf")


async def test_without_its_file_a_message_is_not_sent_and_the_message_is_at_fault(fake: FakeTelegram) -> None:
    async with started(fake, contents=_bytes) as telegram:
        outcome = await telegram.send(with_(replace(PAPER, id="gone")))
    assert isinstance(outcome, Refused)
    assert outcome.format
    assert not fake.sent()


async def test_beside_a_file_there_is_room_for_fewer_words(fake: FakeTelegram) -> None:
    async with started(fake, contents=_bytes) as telegram:
        outcome = await telegram.send(replace(outgoing("字" * 1025), enclosed=PICTURE))
    assert isinstance(outcome, Refused)
    assert not fake.ledger or not fake.sent()


# ---- who runs a group, and the way into the private chat ----


async def test_who_runs_a_group_is_asked_of_the_platform(fake: FakeTelegram, telegram: Telegram) -> None:
    group = Where("telegram", ACCOUNT, "-1001")
    fake.members["-1001"] = {7: "creator", 8: "administrator", 9: "member"}
    asked = {user: await telegram.is_admin(group, user) for user in ("7", "8", "9", "10", "", "x")}
    assert asked == {"7": True, "8": True, "9": False, "10": False, "": False, "x": False}


async def test_a_way_in_leads_into_the_private_chat(telegram: Telegram) -> None:
    assert telegram.way_in("a_china-patent-award") == "https://t.me/zhice_bot?start=a_china-patent-award"

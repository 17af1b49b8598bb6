"""A draft left for days: the reminder comes into the chat, and its buttons do what they say."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.clock import FixedClock
from bot.core.platform import Limits
from bot.storage.database import Database
from bot.words import Words
from handlers.forms.quiet import Quiet
from handlers.telling import Teller
from tests.flows.conftest import People

BEGINNING = ("/apply 质押", "[知识产权质押融资贴息或奖励]", "[都符合]", "[同意并开始]", "苏州知微科技有限公司", "稍后")


async def test_from_the_reminder_one_goes_on_or_deletes_after_a_question(
    people: People, database: Database, words: Words, clock: FixedClock
) -> None:
    async def say(line: str) -> str:
        return "\n".join(await people.talk.say_in_group("张敏", line, reply=False))

    for line in BEGINNING:
        await say(line)
    clock.at += timedelta(days=2, minutes=1)
    await Quiet(database, Teller(words, {"hall": Limits(text=4096, buttons=10)}), clock, ZoneInfo("Asia/Shanghai")).tick()
    assert "还没填完" in await say("/applications")
    assert "统一社会信用代码" in await say("[继续填写]")
    assert "删除后不能恢复" in await say("[删除草稿]")
    assert "已删除" in await say("[删除草稿]")
    assert "还没有申报" in await say("/applications")

"""Forms kept away from a platform: a link that works once leads to the same draft in the web chat, and nothing of it is asked here."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Core
from bot.core.clock import FixedClock
from bot.intake import Inbox
from bot.service import conversation
from bot.settings import Settings
from bot.storage import drafts
from bot.storage.database import Database
from bot.storage.drafts import Filling
from bot.words import Words
from handlers.forms.crossing import TERM
from knowledge.lookup import Knowledge
from tests.flows.conftest import Talk
from tests.flows.hall import Hall

OFFICE = "https://zhice.example.org"
FEE = ("/apply 费用减缴", "[专利费用减缴备案]")


class Platform(Hall):
    platform = "telegram"


class Web(Hall):
    platform = "web"
    limits = dataclasses.replace(Hall.limits, ours=True)


@dataclass
class Side:
    talk: Talk
    hall: Hall

    async def say(self, *lines: str, by: str = "张敏") -> str:
        answers: list[str] = []
        for line in lines:
            answers = await self.talk.say_in_group(by, line, reply=False)
        return "\n".join(answers)

    @property
    def code(self) -> str:
        found = re.fullmatch(rf"{OFFICE}/#form=([\w-]{{24}})", self.hall.last_url)
        assert found, self.hall.last_url
        return found[1]


@dataclass
class Town:
    """One service, on two platforms."""

    core: Core
    platform: Side
    web: Side

    async def held(self) -> list[Filling]:
        async with self.core.database.read() as connection:
            return await drafts.of_person(connection, "telegram", "张敏")


@pytest.fixture
async def town(database: Database, words: Words, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> AsyncIterator[Town]:
    settings = Settings(_env_file=None, data_dir=tmp_path, public_url=OFFICE, forms_on_web="telegram")
    core = Core(settings, clock, database, words, Inbox(database, clock))
    async with contextlib.AsyncExitStack() as stack:
        sides = []
        for kind in (Platform, Web):
            heard: list[str] = []
            hall = kind("hall", heard.append, clock, bold=("**", "**"), language="zh-CN")
            settled = await stack.enter_async_context(conversation(core, hall, knowledge))
            sides.append(Side(Talk(hall, core, settled, heard), hall))
        yield Town(core, *sides)


async def test_nothing_is_asked_on_the_platform_and_everything_in_the_web_chat(town: Town) -> None:
    said = await town.platform.say(*FEE)
    assert "不经过这个平台" in said
    assert "条件" not in said
    asked = await town.web.say(f"/form {town.platform.code}", by="browser")
    assert "要在这里接着填“专利费用减缴备案”吗？它是在 Telegram 上开始的。" in asked
    assert "条件 1 / 1" in await town.web.say("[是我，继续填]", by="browser")
    await town.web.say(
        "事业单位", "[同意并开始]", "苏州知微研究所", "跳过", "2026", "13812345678", "file:licence.pdf", "完成", by="browser"
    )
    assert "受理编号" in await town.web.say("[提交]", by="browser")
    assert await town.held() == []
    assert "专利费用减缴备案：已提交" in await town.platform.say("/applications")


async def test_words_and_presses_on_the_platform_change_nothing_there(town: Town) -> None:
    await town.platform.say(*FEE)
    await town.web.say(f"/form {town.platform.code}", "[是我，继续填]", "事业单位", by="browser")
    (before,) = await town.held()
    for line in ("继续", "[换一个新链接]", "/apply 费用减缴", "[继续填：专利费用减缴备案]"):
        said = await town.platform.say(line)
    assert "到我们的网页上填" in said
    assert [each.answers for each in await town.held()] == [before.answers]


async def test_the_outcome_is_told_where_it_was_begun(town: Town) -> None:
    await town.platform.say(*FEE)
    await town.web.say(f"/form {town.platform.code}", "[是我，继续填]", "事业单位", by="browser")
    (held,) = await town.held()
    assert (held.owner.where.platform, held.owner.user) == ("telegram", "张敏")


async def test_a_link_works_once_and_for_one_browser(town: Town) -> None:
    await town.platform.say(*FEE)
    code = town.platform.code
    await town.web.say(f"/form {code}", "[是我，继续填]", by="browser")
    assert "这个链接已经不能用了" in await town.web.say(f"/form {code}", by="another")
    assert "您还没有申报" in await town.web.say("/applications", by="another")
    assert "继续填" in await town.web.say("/applications", by="browser")


async def test_looking_uses_nothing_up_and_saying_no_gives_nothing(town: Town) -> None:
    await town.platform.say(*FEE)
    code = town.platform.code
    assert "什么都没有改" in await town.web.say(f"/form {code}", "[先不]", by="stranger")
    assert "您还没有申报" in await town.web.say("/applications", by="stranger")
    assert "条件 1 / 1" in await town.web.say(f"/form {code}", "[是我，继续填]", by="browser")


async def test_a_link_ends_and_a_new_one_replaces_it(town: Town, clock: FixedClock) -> None:
    await town.platform.say(*FEE)
    first = town.platform.code
    await town.platform.say("[换一个新链接]")
    assert "这个链接已经不能用了" in await town.web.say(f"/form {first}", by="browser")
    clock.at += TERM + timedelta(seconds=1)
    assert "这个链接已经不能用了" in await town.web.say(f"/form {town.platform.code}", by="browser")


async def test_a_browser_known_as_somebody_else_keeps_its_own_and_the_link(town: Town) -> None:
    await town.web.say(*FEE, by="browser")
    await town.platform.say(*FEE)
    code = town.platform.code
    assert "已经有别的申报" in await town.web.say(f"/form {code}", "[是我，继续填]", by="browser")
    assert "条件 1 / 1" in await town.web.say(f"/form {code}", "[是我，继续填]", by="fresh")


async def test_the_code_is_no_command_on_the_platform_itself(town: Town) -> None:
    await town.platform.say(*FEE)
    assert "没有这个命令" in await town.platform.say(f"/form {town.platform.code}", by="另一人")

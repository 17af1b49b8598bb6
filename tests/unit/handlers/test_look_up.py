"""Questions of a flood are looked up on the loop: whatever comes in goes between them."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

from bot.words import Words
from handlers.services import Services
from knowledge.lookup import Knowledge, Status


async def test_what_comes_in_goes_between_two_questions(knowledge: Knowledge, words: Words) -> None:
    use = Services(knowledge, words, ZoneInfo("Asia/Shanghai"))
    told: list[str] = []

    async def somebody_asks(question: str) -> None:
        result = await use.look_up(question, [], "")
        assert result.status is Status.ANSWER
        told.append("answered")

    async def something_comes_in() -> None:
        while told.count("answered") < 3:
            told.append("came in")
            await asyncio.sleep(0)

    asked = ("合肥贯标目标", "吴江专利清零行动是什么", "苏州要建几个知识产权密集型园区")
    await asyncio.gather(*map(somebody_asks, asked), something_comes_in())
    between = "".join(told[told.index("answered") :]).split("answered")[1:-1]
    assert len(between) == 2 and all(between)

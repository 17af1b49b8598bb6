"""What is kept of questions: counts, and the words of those that found no good answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.commands.gaps import grouped
from bot.core.message import Asked, Fate
from bot.core.privacy import masked
from bot.storage import questions, retention
from bot.storage.database import Database
from tests.conftest import NOON

TODAY = date(2026, 11, 22)


async def note(database: Database, asked: Asked, now: datetime = NOON) -> None:
    await database.write(lambda connection: questions.note(connection, asked, now, now.date()))


async def unmet(database: Database, since: datetime = NOON - timedelta(days=30)) -> list[questions.Unmet]:
    async with database.read() as connection:
        return await questions.unmet(connection, since)


async def popular(database: Database) -> list[str]:
    async with database.read() as connection:
        return await questions.popular(connection, TODAY - timedelta(days=30), 5)


async def test_an_answered_question_is_a_count_without_its_words(database: Database) -> None:
    for clause in ("a#1", "b#2", "b#2"):
        await note(database, Asked(Fate.ANSWERED, (clause,)))
    assert await popular(database) == ["b#2", "a#1"]
    assert await unmet(database) == []


async def test_an_unanswered_question_is_kept_once_with_its_count(database: Database) -> None:
    for text in ("预审要多久?", "预审要多久", "預審要多久"):
        await note(database, Asked(Fate.UNANSWERED, ("a#1", "b#2"), text, "attribute-missing"))
    first, second = await unmet(database)
    assert (first.question, first.count, first.reason, first.clauses) == ("预审要多久", 2, "attribute-missing", ("a#1", "b#2"))
    assert (second.question, second.count) == ("預審要多久", 1)


async def test_personal_data_never_reaches_the_row(database: Database) -> None:
    await note(database, Asked(Fate.UNANSWERED, (), "我是13812345678,邮箱 wang@example.com,能申请吗"))
    (kept,) = await unmet(database)
    assert kept.question == "我是…,邮箱 …,能申请吗"


async def test_a_thumb_pressed_twice_is_one_vote(database: Database) -> None:
    for _ in range(2):
        await note(database, Asked(Fate.DISLIKED, ("a#1",), "贯标给钱吗", once="ballot"))
    assert [question.count for question in await unmet(database)] == [1]


async def test_what_people_did_not_like_is_not_popular(database: Database) -> None:
    await note(database, Asked(Fate.ANSWERED, ("a#1",)))
    await note(database, Asked(Fate.DISLIKED, ("a#1",), "贯标给钱吗", once="ballot"))
    assert await popular(database) == []


async def test_old_questions_are_forgotten(database: Database) -> None:
    await note(database, Asked(Fate.UNANSWERED, (), "很久以前的问题"), NOON - timedelta(days=400))
    await note(database, Asked(Fate.UNANSWERED, (), "昨天的问题"), NOON - timedelta(days=1))
    assert await retention.let_go(database, questions.passing(NOON)) == 1
    assert [question.question for question in await unmet(database, NOON - timedelta(days=999))] == ["昨天的问题"]


async def test_wordings_of_one_question_are_one_group(database: Database) -> None:
    for text, times in (("合肥预审要多久", 3), ("合肥预审要多久啊", 1), ("苏州软著登记官费", 2)):
        for _ in range(times):
            await note(database, Asked(Fate.UNANSWERED, (), text))
    groups = grouped(await unmet(database))
    assert [(group.count, group.members[0].question) for group in groups] == [(4, "合肥预审要多久"), (2, "苏州软著登记官费")]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("@知产助手 苏州 2025 年质押融资目标", "… 苏州 2025 年质押融资目标"),
        ("苏府办〔2022〕10号 还有效吗", "苏府办〔2022〕10号 还有效吗"),
        ("培训10000人次", "培训10000人次"),
        ("统一代码91350100M000100Y43", "统一代码…"),
        ("ZL201710601862.3 的年费", "… 的年费"),
        ("0551-65300258 是官方电话吗", "… 是官方电话吗"),
        ("看 https://example.org/a?b=1 这个", "看 … 这个"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_masking_takes_people_out_and_leaves_policy(said: str, kept: str) -> None:
    assert masked(said) == kept

"""What staff read of a notice's audience before they send it."""

from __future__ import annotations

import pytest

from bot.notices.notice import Audience
from bot.words import Words
from handlers.staff.notice_card import audience_lines

WORDS = Words.open()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-CN", ["平台：Telegram · 网页对话", "类型：个人", "语言：English", "订阅主题：知识产权金融"]),
        ("en", ["Platforms: Telegram · Web chat", "Kinds: person", "Languages: English", "Subscribers of themes: IP finance"]),
    ],
)
def test_an_audience_is_told_in_the_words_of_whoever_reads_it(language: str, told: list[str]) -> None:
    audience = Audience(platforms=("telegram", "web"), kinds=("private",), languages=("en",), themes=("finance",))
    assert [WORDS.say(line, language) for line in audience_lines(audience, language)] == told

"""What staff are shown to copy is read as it stands, in every language."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.core.message import Text
from bot.words import LANGUAGES, Words
from handlers.staff import publishing
from handlers.staff.publishing import lines_of
from reminders import daybook
from reminders.window import Source, Window

WORDS = Words.open()
BEFORE = Window(3, 1, "第27届中国专利奖申报", Source("国家知识产权局", "通知", date(2027, 2, 26)))


def wrong_lines(text: str, before: Window | None = None) -> list[str]:
    written = publishing.read(lines_of(text), lambda clause: True, before)
    return [said.id for line, said in written.against if line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pattern_of_a_window_is_a_window(language: str) -> None:
    pattern = WORDS.say(Text("publish-pattern"), language).partition("\n")[2]
    written = publishing.read(pattern, lambda clause: True)
    assert written.against == []
    assert written.window.source.on == date(2027, 2, 26)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("message", ["extend-how", "correct-how"])
def test_the_example_of_a_change_is_a_change(message: str, language: str) -> None:
    example = re.search(r"/\w+ 3 ([^“”「」]+)", WORDS.say(Text(message), language))
    assert example
    assert wrong_lines(example[1].strip(" |"), BEFORE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pattern_of_a_year_is_a_year(language: str) -> None:
    """All of it: whoever copies it may take the last line along."""
    pattern = WORDS.say(Text("workdays-pattern", {"year": "2027", "before": "2026"}), language).removeprefix("/workdays")
    assert daybook.read(pattern).against == []

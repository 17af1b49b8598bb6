"""Fitting a message to a platform loses nothing and keeps to the platform's count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.fit import GAP, fit, shorten, units
from bot.core.message import Block, Button, Outgoing, Span, Where
from bot.core.platform import Limits

WHERE = Where("fake", "bot", "1")
# Letters, Chinese, letters beyond the first plane (two UTF-16 units each), a family of several characters.
PIECES = st.text(alphabet="ab 知策，。\n😀𠮷👨‍👩‍👧", max_size=120)
SPANS = st.builds(Span, PIECES, bold=st.booleans(), link=st.sampled_from(["", "https://example.org"]))
BLOCKS = st.lists(st.builds(Block, st.lists(SPANS, max_size=4).map(tuple), quote=st.booleans()), max_size=6).map(tuple)


def message(*blocks: Block | str, **values: object) -> Outgoing:
    drawn = tuple(Block((Span(block),)) if isinstance(block, str) else block for block in blocks)
    return Outgoing("key", WHERE, drawn, **values)  # type: ignore[arg-type]


def drawn(part: Outgoing) -> str:
    return ("\n" * GAP).join(block.text for block in part.blocks)


def letters(blocks: tuple[Block, ...]) -> list[tuple[str, bool, str, bool]]:
    """Each character with all that is drawn of it."""
    return [(character, span.bold, span.link, block.quote) for block in blocks for span in block.spans for character in span.text]


@settings(max_examples=200)
@given(BLOCKS, st.integers(10, 200))
def test_splitting_loses_nothing_and_every_part_fits(blocks: tuple[Block, ...], most: int) -> None:
    parts = fit(Outgoing("key", WHERE, blocks), Limits(text=most, buttons=8))
    assert letters(blocks) == [letter for part in parts for letter in letters(part.blocks)]
    assert all(units(drawn(part)) <= most for part in parts)
    assert len({part.key for part in parts}) == len(parts)
    assert parts[0].key == "key", "an unsplit message keeps its key"


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("size", [4093, 4094, 4095, 4096, 4097, 9000])
def test_characters_of_two_units_are_never_cut(size: int) -> None:
    parts = fit(message("😀" * size), Limits(text=4096, buttons=8))
    assert "".join(drawn(part) for part in parts) == "😀" * size
    for part in parts:
        assert units(drawn(part)) <= 4096
        drawn(part).encode("utf-8")  # Half a character has none.


def test_what_fits_stays_one_message() -> None:
    whole = message("一", "二", buttons=(Button("好", "t"),), reply_to="5", edit="6", language="en")
    assert fit(whole, Limits(text=100, buttons=8, edits=True)) == (whole,)


def test_blocks_stay_whole_where_they_can() -> None:
    parts = fit(message("a" * 60, "b" * 60, "c" * 30), Limits(text=100, buttons=0))
    assert [[block.text for block in part.blocks] for part in parts] == [["a" * 60], ["b" * 60, "c" * 30]]


def test_the_thread_stays_with_the_first_part_and_the_buttons_with_the_last() -> None:
    long = message("a" * 250, buttons=(Button("好", "t"),), reply_to="5", edit="6")
    parts = fit(long, Limits(text=100, buttons=8, edits=True))
    assert len(parts) == 3
    assert [(part.reply_to, part.edit, bool(part.buttons)) for part in parts] == [("5", "6", False), ("", "", False), ("", "", True)]
    assert [part.key for part in parts] == ["key", "key+1", "key+2"]


def test_where_nothing_can_be_edited_a_new_message_is_sent() -> None:
    assert fit(message("a", edit="6"), Limits(text=100, buttons=8))[0].edit == ""


def test_without_buttons_choices_become_a_numbered_list() -> None:
    buttons = (Button("原文上下文", "t.0"), Button("官网", url="https://example.org"), Button("换个地区", "t.2"))
    (part,) = fit(message("答", buttons=buttons), Limits(text=100, buttons=0))
    assert [block.text for block in part.blocks] == ["答", "1. 原文上下文\n2. 官网 https://example.org\n3. 换个地区"]
    assert part.buttons == ()


def test_a_numbered_list_too_long_for_a_message_is_split_like_any_text() -> None:
    buttons = tuple(Button(f"选项{number:02}", f"t.{number}") for number in range(30))
    parts = fit(message("答", buttons=buttons), Limits(text=100, buttons=0))
    text = "".join(block.text for part in parts for block in part.blocks)
    assert all(f"{number + 1}. 选项{number:02}" in text for number in range(30))


@pytest.mark.parametrize(
    ("label", "expected"), [("十个字以内的标签", "十个字以内的标签"), ("一二三四五六七八九十", "一二三四五六七八九十")]
)
def test_a_label_that_fits_stays(label: str, expected: str) -> None:
    assert shorten(label, 10) == expected


def test_a_longer_label_ends_in_an_ellipsis() -> None:
    (part,) = fit(message("答", buttons=(Button("一二三四五六七八九十多", "t"),)), Limits(text=100, buttons=8, label=10))
    assert part.buttons == (Button("一二三四五六七八九…", "t"),)


def test_an_empty_message_is_still_one() -> None:
    assert fit(message(), Limits(text=100, buttons=0)) == (message(),)

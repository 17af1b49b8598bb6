"""Receipt numbers survive being read aloud, and a slip of one sign or a swap of two is noticed."""

from __future__ import annotations

import re

import pytest

from bot.core import receipt

NUMBERS = [receipt.new(2026) for _ in range(50)]


def test_they_look_as_promised_and_differ() -> None:
    assert all(re.fullmatch(r"ZC-2026-[2-9A-HJ-NP-Z]{7}", number) for number in NUMBERS)
    assert len(set(NUMBERS)) == len(NUMBERS)


@pytest.mark.parametrize(
    "spell", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("-", ""), lambda text: f" {text} "]
)
def test_they_are_known_however_they_are_typed(spell) -> None:
    assert [receipt.normal(spell(number)) for number in NUMBERS] == NUMBERS


def test_any_wrong_sign_is_noticed() -> None:
    number = NUMBERS[0]
    for place in range(8, len(number)):
        others = (sign for sign in receipt.ALPHABET if sign != number[place])
        assert not any(receipt.normal(number[:place] + sign + number[place + 1 :]) for sign in others)


def test_two_neighbours_swapped_are_noticed() -> None:
    for number in NUMBERS:
        for place in range(8, len(number) - 2):
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert swapped == number or not receipt.normal(swapped)


@pytest.mark.parametrize("wrong", ["", "ZC", "ZC-2026-", "ZC-2026-0O1IL23", "AB-2026-2222222", "苏州"])
def test_what_is_none_is_said_to_be_none(wrong: str) -> None:
    assert receipt.normal(wrong) == ""

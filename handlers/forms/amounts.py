"""Numbers and sums of money as people write them: 3,000元, 500万, 五百万元, 1.5亿, 12人."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.forms.vocabulary import figures, vocabulary

WAN = Decimal(10_000)
_ARABIC = re.compile(r"^(\d{1,3}(?:,\d{3}){1,4}|\d{1,13})(\.\d{1,6})?")
_LONGEST = 40
_YEAR = 4
"""Chinese figures that many are read one by one: 二零二六. Fewer may be a guess: 三四个."""


def number(text: str) -> Decimal | None:
    """A count, with or without its measure word; None when it is anything else."""
    if len(text) > _LONGEST:
        return None
    plain = _without(figures(text), vocabulary().measures)
    value, rest = _leading(plain)
    return value if value is not None and not rest else None


def percent(text: str) -> Decimal | None:
    return None if len(text) > _LONGEST else number(_without(figures(text), vocabulary().percent))


def money(text: str, unit: Decimal) -> tuple[Decimal, bool] | None:
    """The sum in yuan, and whether its unit was written; without one the figure counts in `unit`."""
    if len(text) > _LONGEST:
        return None
    written = figures(text)
    plain = _without(written, vocabulary().currency)
    value, rest = _leading(plain)
    if value is None or rest:
        return None
    scaled = any(mark in plain for mark in vocabulary().myriads)
    return (value, True) if scaled or plain != written else (value * unit, False)


def _without(text: str, words: tuple[str, ...]) -> str:
    """The text without one of the words before and one behind it."""
    text = next((text[len(word) :] for word in words if text.startswith(word)), text)
    return next((text[: -len(word)] for word in words if text.endswith(word)), text)


def _leading(text: str) -> tuple[Decimal | None, str]:
    """The number a text begins with, and what is left."""
    if found := _ARABIC.match(text):
        return _scaled(Decimal(found[0].replace(",", "")), text[found.end() :])
    return (Decimal(value), "") if (value := chinese(text)) is not None else (None, text)


def _scaled(value: Decimal, rest: str) -> tuple[Decimal, str]:
    """The marks behind Arabic figures: 500万, 3千万, 1.5亿. Each larger than the last, so that 5万万 stays unread."""
    words = vocabulary()
    largest = 0
    while rest and (factor := words.places.get(rest[0]) or words.myriads.get(rest[0])) and factor > largest:
        value, largest, rest = value * factor, factor, rest[1:]
    return value, rest


def chinese(text: str) -> int | None:
    """二零二六, 五百万, 三千零五十, 十二, 两万五千; None for what is no number in good order. 一万五 is refused: it is read in two ways."""
    words = vocabulary()
    if len(text) == _YEAR and all(mark in words.digits for mark in text):
        return int("".join(str(words.digits[mark]) for mark in text))
    total = section = 0
    digit: int | None = None
    place, myriad, zero = 10_000, 10**12, False
    for mark in text:
        if mark in words.digits:
            if digit is not None:
                return None
            zero = zero or words.digits[mark] == 0
            digit = words.digits[mark] or None
        elif mark in words.places and words.places[mark] < place:
            place = words.places[mark]
            # 十二: the one before ten is left out, but only at the beginning of a section.
            if digit is None and (place != 10 or section):
                return None
            section, digit, zero = section + (digit or 1) * place, None, False
        elif mark in words.myriads and words.myriads[mark] < myriad and (section or digit):
            myriad = words.myriads[mark]
            total, section, digit, place, zero = total + (section + (digit or 0)) * myriad, 0, None, 10_000, False
        else:
            return None
    if digit and not zero and place not in (10, 10_000):
        return None
    if digit and not zero and place == 10_000 and total:
        return None
    return total + section + (digit or 0) if text else None


def plain(value: Decimal) -> str:
    """Without exponent and without zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

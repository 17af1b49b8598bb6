"""Chinese numerals, whether counted (二十六, 廿六) or spelt digit by digit (二〇二七)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from reminders.rows import rows


@cache
def numeral(text: str) -> int | None:
    """The number, or nothing when the characters make none (十百) or only a guess (两三, 三五)."""
    digits = _told()["digits"]
    if text in _counted():
        return _counted()[text]
    spelt = [digits.get(character) for character in text]
    if None in spelt or not (len(text) == 4 or (len(text) == 2 and spelt[0] == 0)):
        return None
    return int("".join(map(str, spelt)))


@cache
def _told() -> Mapping[str, Any]:
    return rows("dates/numerals.yaml")  # type: ignore[no-any-return]


@cache
def _counted() -> Mapping[str, int]:
    """Every spelling of the numbers below a thousand."""
    told = _told()
    table: dict[str, int] = {text: value for value in range(100) for text in _below_hundred(value)}
    for hundred, sign in ((count, f"{text}{told['hundred']}") for text, count in told["digits"].items() if count):
        table[sign] = hundred * 100
        for rest in range(1, 100):
            linked = told["zero"] if rest < 10 else ""
            table |= {f"{sign}{linked}{text}": hundred * 100 + rest for text in _below_hundred(rest)}
    table.update(told["alone"])
    return table


def _below_hundred(value: int) -> Iterator[str]:
    told = _told()
    names = {number: text for text, number in reversed(told["digits"].items())}
    tens, ones = divmod(value, 10)
    if not tens:
        yield names[ones]
        return
    for text, number in told["tens"].items():
        if number == tens:
            yield text + (names[ones] if ones else "")
    yield f"{names[tens]}{told['ten']}" + (names[ones] if ones else "")

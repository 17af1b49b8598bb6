"""From a text to what it means: every reading that leaves nothing of time over, and one only when there is one."""

from __future__ import annotations

from functools import cache

from reminders.dates.grammar import Grammar, Parse
from reminders.dates.margins import Margins
from reminders.dates.sentences import grammar
from reminders.dates.tokens import Lattice, lattice, normal
from reminders.dates.values import Invalid, Past, Result, Scene, Unclear
from reminders.dates.values import Reading as Value

MOST_CHOICES = 4


def read(text: str, scene: Scene) -> Result:
    """What the text means, said at the scene's `now`. Never raises; a text longer than a time can be is unclear."""
    spelt = normal(text)
    if not spelt:
        return Unclear()
    if _is_english(spelt):
        from reminders.dates.english import read_english

        return read_english(spelt, scene)
    return _decided(_whole(spelt, scene))


@cache
def _grammar() -> Grammar:
    return grammar()


def _is_english(text: str) -> bool:
    return text.isascii() and any(len(word) > 2 for word in "".join(each if each.isalpha() else " " for each in text).split())


def _whole(text: str, scene: Scene) -> list[Result]:
    """The readings between harmless words, those that use most of the text; else what can be asked back."""
    told = lattice(text)
    parse = Parse(_grammar(), told, scene)
    margins = Margins(told)
    starts, ends = margins.heads(), margins.tails()
    found = [(end - start, value) for start in sorted(starts) for value, end in parse.at("reading", start) if end in ends]
    if not found:
        return [Unclear(_parts(told, parse))]
    most = max(length for length, _ in found)
    return [value for length, value in found if length == most]


def _parts(told: Lattice, parse: Parse) -> tuple[Value, ...]:
    """What can be read of a text that cannot be read as a whole, longest first: to ask back with."""
    found: list[tuple[int, Value]] = []
    for start in range(len(told.text)):
        for value, end in parse.at("reading", start):
            match value:
                case Unclear(choices):
                    found += [(end - start, choice) for choice in choices]
                case Invalid() | Past():
                    pass
                case _:
                    found.append((end - start, value))
    longest = max((length for length, _ in found), default=0)
    return tuple(dict.fromkeys(value for length, value in found if length == longest))[:MOST_CHOICES]


def _decided(results: list[Result]) -> Result:
    """One meaning; several are asked back, and a possible one is preferred to an impossible one."""
    results = list(dict.fromkeys(results))
    sure = [each for each in results if not isinstance(each, (Unclear, Invalid, Past))]
    asked = [choice for each in results if isinstance(each, Unclear) for choice in each.choices]
    doubtful = any(isinstance(each, Unclear) for each in results)
    past = next((each for each in results if isinstance(each, Past)), None)
    if len(sure) == 1 and not doubtful and not past:
        return sure[0]
    if sure or doubtful:
        return Unclear(tuple(dict.fromkeys([*sure, *asked])))
    return past or Invalid()

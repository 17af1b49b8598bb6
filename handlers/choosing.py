"""Which of the choices on offer a message names instead of pressing it: its number, or its label in any of our languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from bot.core.message import Choice, Text
from bot.words import LANGUAGES, Words
from knowledge.lists import word_list
from knowledge.normal import normal
from knowledge.regions import by_alias

_FILE = Path(__file__).parent / "choosing.yaml"
LONGEST = 60
"""Characters of a message that may be the name of a choice."""
_BETWEEN = " · "
"""Between the place and the heading on a clause's label."""


@dataclass(frozen=True)
class _Ways:
    number: re.Pattern[str]
    ordinals: Mapping[str, int]
    before: re.Pattern[str]
    after: re.Pattern[str]
    names: Mapping[str, frozenset[str]]
    verbs: re.Pattern[str]


@cache
def _ways() -> _Ways:
    content = word_list(_FILE, {"ordinals"})
    return _Ways(
        re.compile(content["number"]),
        {_plain(words): number for words, number in content["ordinals"].items()},
        re.compile(f"^(?:{_any(content['before'])})+"),
        re.compile(f"(?:{_any(content['after'])})+$"),
        {id: frozenset(map(_plain, names)) for id, names in content["names"].items()},
        re.compile(_any(content["verbs"])),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(_plain(word)) for word in words)


def chosen(text: str, choices: Sequence[Choice], words: Words) -> Choice | None:
    """The one choice that the whole text names; None where it names none, or several."""
    if not text.strip() or len(text) > LONGEST:
        return None
    number = numbered(text)
    if number is not None:
        at = number - 1 if number > 0 else len(choices) + number
        return choices[at] if 0 <= at < len(choices) else None
    said = _plain(text)
    if (verb := _ways().verbs.match(said)) and (meant := _of_verb(verb.group(), numbered(said[verb.end() :]), choices, words)):
        return meant
    for spelt in dict.fromkeys((said, _bare(said))):
        named = [choice for choice in choices if spelt and spelt in _names(choice, words)]
        if len(named) == 1:
            return named[0]
    return None


def _of_verb(verb: str, number: int | None, choices: Sequence[Choice], words: Words) -> Choice | None:
    """The how manieth of the choices that begin with a verb and name what they do it to."""
    those = [choice for choice in choices if any(name.startswith(verb) and name != verb for name in _names(choice, words))]
    return those[number - 1] if number and 0 < number <= len(those) else None


def numbered(text: str) -> int | None:
    """A choice typed by its number, counted from 1; from the end when it is below zero."""
    said = normal(text).strip()
    if found := _ways().number.fullmatch(said):
        return int(found[1]) or None
    return _ways().ordinals.get(_bare(_plain(said)), _ways().ordinals.get(_plain(said)))


def bare_number(text: str) -> int | None:
    """What a message counts that says nothing else: not a year, nor the number of an article."""
    found = _BARE.fullmatch(normal(text).strip())
    return int(found[1]) if found else None


_BARE = re.compile(r"(\d{1,2})[.、)。]?")


def _names(choice: Choice, words: Words) -> frozenset[str]:
    if isinstance(choice.label, Text):
        return _names_of(choice.label.id, words) if not choice.label.values else _said(choice.label, words)
    return frozenset(_of_a_name(choice))


# Asked of every choice on offer when somebody writes, and the same buttons stand under every answer.
@lru_cache(1024)
def _names_of(id: str, words: Words) -> frozenset[str]:
    return _said(Text(id), words)


def _said(label: Text, words: Words) -> frozenset[str]:
    said = [words.say(label, language) for language in LANGUAGES]
    placed = [found[1] for name in said if (found := _IN_BRACKETS.search(name))]
    return frozenset(map(_plain, (*said, *placed))) | _ways().names.get(label.id, frozenset())


_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]$")
"""What tells a label from its neighbours, often a place: 专利快速预审（合肥）."""


def _of_a_name(choice: Choice) -> Iterator[str]:
    """A label as it is, without the place before it or the number of its heading, and a place by any of its names."""
    label = str(choice.label)
    yield _plain(label)
    if choice.action in ("region", "region-chosen"):
        place = choice.data.partition("\n")[0]
        yield from (_plain(alias) for alias, region in by_alias().items() if region.id == place)
    if _BETWEEN in label:
        heading = label.partition(_BETWEEN)[2]
        yield from (_plain(heading), _plain(_NUMBERED.sub("", heading)))


_NUMBERED = re.compile(r"^(?:[(（][^()（）]{1,3}[)）]|[\d一二三四五六七八九十]{1,3}[.、])\s*")


def bare(message: str) -> str:
    """Its letters, digits and characters, without what may stand before and after a name."""
    said = _plain(message)
    return _bare(said) or said


def _bare(said: str) -> str:
    return _ways().after.sub("", _ways().before.sub("", said))


def _plain(text: str) -> str:
    """Letters, digits and characters only."""
    return "".join(filter(str.isalnum, normal(text)))

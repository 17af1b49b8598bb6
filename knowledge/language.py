"""The words that asking is done with, as asks.yaml lists them: what is asked for, chatter, talk, dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from knowledge.document import Level
from knowledge.lists import word_list
from knowledge.normal import normal

_FILE = Path(__file__).parent / "asks.yaml"
_UNIT_BEFORE = "多少|几|how many"


@dataclass(frozen=True)
class Ask:
    """A kind of answer: what the question says when it wants it, and what the answering sentence has."""

    id: str
    cues: re.Pattern[str]
    answered_by: str
    """What `wants` looks for."""
    front: bool
    opening: bool
    needed: bool
    about: str
    """What is said to be missing without it, where that is no other thing than for another ask."""
    over: frozenset[str] = frozenset()
    """The asks that its cues hold, too, and that are not meant then."""

    @cached_property
    def wants(self) -> re.Pattern[str]:
        # Most questions ask for one thing or none, and understanding the patterns of all would be a thirtieth of a start.
        return re.compile(self.answered_by, re.IGNORECASE)


@dataclass(frozen=True)
class Language:
    """The words of asks.yaml."""

    asks: tuple[Ask, ...]
    units: re.Pattern[str]
    chatter: frozenset[str]
    smalltalk: Mapping[str, frozenset[str]]
    """What is said on its own, by kind, the kinds that say most first; under "" what only stands beside it."""
    annoyed: re.Pattern[str]
    leaning: re.Pattern[str]
    fresh: re.Pattern[str]
    """What is asked of all there is, whatever was spoken of before."""
    dialect: re.Pattern[str]
    """Words of other Chinese languages, a group for each of `mandarin`."""
    mandarin: tuple[str, ...]
    levels: tuple[tuple[Level, re.Pattern[str]], ...]
    sample: re.Pattern[str]
    anchors: re.Pattern[str]
    periods: re.Pattern[str]
    document_words: tuple[str, ...]
    english_chatter: frozenset[str]
    open_words: frozenset[str]
    broad_words: frozenset[str]
    aid_asked: re.Pattern[str]
    for_whom: re.Pattern[str]
    """Whom something is for, before what it is."""
    to_many: frozenset[str]
    """What is done with many, beside what there are many of."""

    @cached_property
    def idle(self) -> re.Pattern[str]:
        """What only asks, greets or says what is done with many, years, and all marks."""
        words = sorted((word for word in (*self.chatter, *self.to_many, *self.periods.pattern.split("|")) if word), key=len, reverse=True)
        return re.compile("|".join((r"20\d\d年?|\W|[一二三四五六七八九十两]+年内?", *map(re.escape, words))))

    laws: re.Pattern[str]
    before_a_name: re.Pattern[str]


@cache
def language() -> Language:
    content = word_list(_FILE, {"front", "opening", "needed"})
    chatter = frozenset(normal(str(word)) for word in content["chatter"])
    return Language(
        asks=tuple(_ask(id, entry) for id, entry in content["asks"].items()),
        units=re.compile(rf"(?:{_UNIT_BEFORE})({'|'.join(map(re.escape, sorted(content['units'], key=len, reverse=True)))})"),
        chatter=chatter,
        smalltalk={kind: frozenset(normal(str(word)) for word in words) for kind, words in content["smalltalk"].items()},
        annoyed=re.compile("|".join(content["annoyed"])),
        leaning=re.compile("|".join(content["leaning"])),
        fresh=re.compile("|".join(content["fresh"])),
        dialect=re.compile("|".join(f"({said})" for said in content["dialect"].values())),
        mandarin=tuple(content["dialect"]),
        levels=tuple((Level(level), _any_of(words)) for level, words in content["levels"].items()),
        sample=_any_of(map(str, content["sample"])),
        anchors=_any_of(content["anchors"]),
        periods=_any_of(content["periods"]),
        document_words=tuple(sorted(map(normal, content["document_words"]), key=len, reverse=True)),
        english_chatter=frozenset(map(str, content["english_chatter"])),
        open_words=frozenset(content["open_words"]),
        broad_words=frozenset(content["broad_words"]),
        aid_asked=re.compile("|".join(content["aid_asked"])),
        for_whom=re.compile("|".join(content["for_whom"])),
        to_many=frozenset(content["to_many"]),
        laws=re.compile(rf"(?P<act>{content['acts']})|{'|'.join(content['regulations'])}"),
        before_a_name=re.compile(rf"[^\u4e00-\u9fff]|{'|'.join(content['before_a_name'])}"),
    )


def _ask(id: str, entry: Mapping[str, Any]) -> Ask:
    front, opening, needed = (entry.get(flag, False) for flag in ("front", "opening", "needed"))
    over = frozenset(entry.get("over", ()))
    return Ask(id, re.compile("|".join(entry["cues"])), entry["wants"], front, opening, needed, entry.get("about", id), over)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


def asked_for(text: str) -> tuple[Ask, ...]:
    found = [ask for ask in language().asks if ask.cues.search(text)]
    not_meant = frozenset[str]().union(*(ask.over for ask in found))
    return tuple(ask for ask in found if ask.id not in not_meant)

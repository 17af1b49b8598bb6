"""What staff write to publish or correct a window: a field a line, as the notice gives it, and what is wrong with it, by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cache

from bot.core.message import Text
from reminders.programmes import by_name
from reminders.rows import rows
from reminders.window import CutOff, Level, Source, Status, Window, problems

NOTHING = Source("", "", date(1970, 1, 1))
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_BESIDE = re.compile(r"[(（][^()（）]*[)）]|[之以]?前|止")
"""What may stand beside a cut-off and says nothing new: （周四）17:00前."""
_SEPARATOR = re.compile(r"\s*[:：]\s*")

Places = Callable[[str], str | None]
"""The id of a place people name; "" is the whole country, None is no place."""
Themes = Callable[[str], str | None]


@dataclass
class Draft:
    """A window in the making, and what speaks against it: a sentence each, with its line."""

    window: Window
    against: list[tuple[int, Text]] = field(default_factory=list)

    @property
    def sentences(self) -> tuple[Text, ...]:
        return tuple(Text("draft-line", {"line": line, "problem": text}) if line else text for line, text in self.against)


def read(text: str, places: Places, themes: Themes, base: Window | None = None) -> Draft:
    """A new window, or the next wording of one there is."""
    start = base or Window(0, 1, "", NOTHING)
    draft = Draft(replace(start, version=start.version + 1) if base else start)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            _take(line.strip(), number, draft, places, themes)
    if not draft.against:
        draft.against += [(0, problem) for problem in problems(draft.window)]
    return draft


def _take(line: str, number: int, draft: Draft, places: Places, themes: Themes) -> None:
    try:
        label, value = label_and_value(line)
        name, _, level = label.partition(" ")
        if (found := _fields().get(name.strip().lower())) is None:
            raise Wrong(Text("draft-field-unknown", {"field": label[:40]}))
        draft.window = _with(draft.window, found, level.strip(), value, places, themes)
    except Wrong as wrong:
        draft.against.append((number, wrong.text))


def label_and_value(line: str) -> tuple[str, str]:
    """`名称：内容`. Raises Wrong."""
    label, *rest = _SEPARATOR.split(line.strip(), maxsplit=1)
    if not rest:
        raise Wrong(Text("draft-field-unknown", {"field": label[:40]}))
    return label.strip(), rest[0].strip()


class Wrong(Exception):
    """What staff wrote cannot be read; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


def _with(window: Window, name: str, level: str, value: str, places: Places, themes: Themes) -> Window:
    source = window.source
    match name:
        case "title" | "who" | "note" | "clause":
            return replace(window, **{name: value})  # type: ignore[arg-type]
        case "prepare":
            return replace(window, prepare=tuple(part for part in re.split(r"\s*[;；、]\s*", value) if part))
        case "grade":
            return replace(window, grade=value.upper())
        case "programme":
            return _of_programme(window, value)
        case "region":
            country = value.lower() in rows("fields.yaml")["country"]
            return replace(window, region="" if country else _known(places(value), "draft-place-unknown", value))
        case "themes":
            names = re.split(r"\s*[,，、]\s*", value)
            return replace(window, themes=tuple(_known(themes(each), "draft-theme-unknown", each) for each in names))
        case "opens":
            return replace(window, opens=day(value))
        case "closes":
            cutoff = cut_off(level, value)
            others = [each for each in window.cutoffs if each.level != cutoff.level]
            return replace(window, cutoffs=tuple(sorted([*others, cutoff], key=lambda each: list(Level).index(each.level))))
        case "publisher" | "document" | "link":
            return replace(window, source=replace(source, **{name: value}))  # type: ignore[arg-type]
        case "dated":
            return replace(window, source=replace(source, on=day(value)))
        case _:
            return replace(window, status=Status.EXPECTED)


def _of_programme(window: Window, value: str) -> Window:
    programme = by_name(value)
    if programme is None:
        raise Wrong(Text("draft-programme-unknown", {"name": value[:40]}))
    return replace(window, programme=programme.id, region=window.region or programme.region, themes=window.themes or programme.themes)


def _known(id: str | None, message: str, value: str) -> str:
    if id is None:
        raise Wrong(Text(message, {"name": value[:40]}))
    return id


def cut_off(level: str, value: str) -> CutOff:
    """Of the level named, the city's when none is: 2027-03-20 17:00."""
    found = _levels().get(level.lower()) if level else Level.CITY
    if found is None:
        raise Wrong(Text("draft-level-unknown", {"level": level[:20]}))
    on, rest = day(value), _BESIDE.sub("", _DAY.sub("", value, count=1))
    # An hour that is not understood would be lost: the window would stay open to the end of the day.
    return CutOff(found, on, time_of(rest) if re.search(r"\d", rest) else None)


def day(value: str) -> date:
    found = _DAY.search(value)
    if found is None:
        raise Wrong(Text("draft-no-date", {"value": value[:40]}))
    try:
        return date(*map(int, found.groups()))
    except ValueError as error:
        raise Wrong(Text("draft-date-impossible", {"value": found[0]})) from error


def time_of(value: str) -> time:
    """17:00. Raises Wrong."""
    found = _TIME.fullmatch(value.strip())
    try:
        if found:
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise Wrong(Text("draft-time-impossible", {"value": value.strip()[:20]}))


def one_cut_off(level: str, value: str) -> tuple[CutOff | None, Text | None]:
    """The cut-off, or what is wrong with it."""
    try:
        return cut_off(level, value), None
    except Wrong as wrong:
        return None, wrong.text


@cache
def _fields() -> Mapping[str, str]:
    return dict(_spelled("fields"))


@cache
def _levels() -> Mapping[str, Level]:
    return {word: Level(name) for word, name in _spelled("levels")}


def _spelled(kind: str) -> Iterator[tuple[str, str]]:
    for name, words in rows("fields.yaml")[kind].items():
        yield name, name
        for word in words:
            yield word.lower(), name

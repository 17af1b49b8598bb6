"""Words for people: Fluent messages from `locales/`, dates and numbers as the reader's language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_datetime_format
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast, parser

from bot.core.errors import ConfigurationError
from bot.core.message import Block, Quote, Span, Text

SOURCE = "zh-CN"
LANGUAGES = (SOURCE, "zh-TW", "en")
FOLDER = Path(__file__).resolve().parent.parent / "locales"

# How clients name their language: the whole tag first, then its beginning.
_NEAREST = {"zh-tw": "zh-TW", "zh-hk": "zh-TW", "zh-mo": "zh-TW", "zh-hant": "zh-TW", "zh": SOURCE, "en": "en"}


_Parts = tuple[str, ...]
"""Words and the names of values, in turn."""


class Words:
    """Everything we can say. A message is parsed when it is first said: all of them take most of a second, and few are said on a day."""

    languages = LANGUAGES

    def __init__(self, folder: Path, zone: tzinfo) -> None:
        self._folder, self._zone = folder, zone
        self._spoken: dict[str, _Language] = {}
        self._parts: dict[tuple[str, str], _Parts | None] = {}
        """By language and message: an answer says some twenty."""

    @classmethod
    def open(cls, folder: Path = FOLDER, zone: tzinfo | None = None, *, whole: bool = True) -> Words:
        """`whole`: raises ConfigurationError with every message that does not parse."""
        words = cls(folder, zone or ZoneInfo("Asia/Shanghai"))
        if whole:
            words.check()
        return words

    def check(self) -> None:
        """Parses everything once: raises ConfigurationError with every message that does not."""
        if problems := [problem for language in LANGUAGES for problem in _problems(language, self._folder / language)]:
            raise ConfigurationError(problems)

    def files(self) -> list[Path]:
        """What `check` reads, and by what."""
        return [*sorted(self._folder.glob("*/*.ftl")), Path(__file__), Path(parser.__file__)]

    def _in(self, language: str) -> _Language:
        if language not in self._spoken:
            self._spoken[language] = _Language(language, self._folder / language)
        return self._spoken[language]

    @staticmethod
    @cache
    def nearest(tag: str) -> str:
        """The language we speak that is nearest to a client's tag; for an unknown one the source language."""
        return spoken(tag) or SOURCE

    def say(self, text: Text, language: str) -> str:
        """The message in that language. A message missing there is said in the source language rather than not at all."""
        language = language if language in LANGUAGES else SOURCE
        values = {name: self._value(value, language) for name, value in text.values.items()}
        parts = self._parts_of(text.id, language)
        if parts is None or any(type(values.get(name)) is not str for name in parts[1::2]):
            return self._worded(text.id, language, values)
        return "".join(values[part] if at % 2 else part for at, part in enumerate(parts)) if len(parts) > 1 else parts[0]

    def _parts_of(self, id: str, language: str) -> _Parts | None:
        key = (language, id)
        if key not in self._parts:
            self._parts[key] = self._in(language).parts(id)
        return self._parts[key]

    def _worded(self, id: str, language: str, values: dict[str, Any]) -> str:
        """By the library."""
        bundle = self._in(language).holding(id)
        if not bundle.has_message(id):
            bundle = self._in(SOURCE).holding(id)
        pattern = bundle.get_message(id).value
        if pattern is None:
            raise KeyError(id)
        said, _errors = bundle.format_pattern(pattern, values)
        return str(said)

    def spoken(self, id: str) -> tuple[str, ...]:
        """A message in every language we speak."""
        return tuple(self.say(Text(id), language) for language in self.languages)

    def block(self, part: Text | Quote, language: str) -> Block:
        match part:
            case Quote(spans):
                return Block(spans, quote=True)
            case Text():
                return Block((Span(self.say(part, language), bold=part.bold),))

    def _value(self, value: Any, language: str) -> Any:
        match value:
            case Text():
                return self.say(value, language)
            case tuple():
                return "\n".join(self.say(each, language) for each in value)
            case datetime():
                return _moment(value.astimezone(self._zone), _babel(language))
            case date():
                return format_date(value, "long", locale=_babel(language))
            case int() | float():
                # No thousands mark: 2025 may be a year, and policy texts write 10000 without one.
                return fluent_number(value, useGrouping=False)
            case _:
                return value


def _moment(at: datetime, locale: str) -> str:
    """To the minute: nobody reads seconds."""
    pattern = str(get_datetime_format("medium", locale=locale))
    return pattern.format(format_time(at, "short", locale=locale), format_date(at, "medium", locale=locale))


def spoken(tag: str) -> str:
    """The language of ours that a tag names; "" for one that we do not speak."""
    parts = tag.lower().replace("_", "-").split("-")
    return next((found for length in range(len(parts), 0, -1) if (found := _NEAREST.get("-".join(parts[:length])))), "")


def message_ids(folder: Path = FOLDER, language: str = SOURCE) -> Iterable[str]:
    """Every message id of a language, for the check of the locales."""
    for path in sorted((folder / language).glob("*.ftl")):
        for entry in FluentResource(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                yield entry.id.name


_BEGINS = re.compile(r"^(?=-?[a-zA-Z][\w-]*[ ]*=)|^(?=#)", re.MULTILINE | re.ASCII)
"""Where a message, a term or a comment begins: always at the start of a line, and nothing else does."""
_VALUE = r"\{ *\$([a-zA-Z][\w-]*) *\}"
_PLAIN = re.compile(rf"[a-zA-Z][\w-]* = (?!\s)((?:[^\n{{}}]|{_VALUE})+)\n*", re.ASCII)
"""An entry of one line that has nothing but words and values: what the library makes of it is the line."""
_SPOKEN_OF = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)", re.ASCII)
"""A message or a term within another; what else stands there has no entry of that name."""


class _Language:
    """A language's messages, in their files until each is first needed."""

    def __init__(self, language: str, folder: Path) -> None:
        self._language = language
        # An entry is looked for at the start of a line: the first line has one, too.
        self._texts = [(path, "\n" + path.read_text(encoding="utf-8")) for path in _files(language, folder)]
        self._read: set[str] = set()

    @cached_property
    def _bundle(self) -> FluentBundle:
        # Loads what there is to know of a language: 2 MB, and 20 ms. Most messages are said without it.
        return FluentBundle([_babel(self._language).replace("_", "-")], use_isolating=False)

    def parts(self, id: str) -> _Parts | None:
        """A message that has nothing but words and values, which most have; None for what the library must word."""
        found = _PLAIN.fullmatch(entry[1]) if (entry := self._entry(id)) else None
        return tuple(re.split(_VALUE, found[1].rstrip(" "), flags=re.ASCII)) if found else None

    def holding(self, id: str) -> FluentBundle:
        """With the message, if there is one, and those it speaks of."""
        if id not in self._read and (entry := self._entry(id)):
            self._read.add(id)
            resource = FluentResource(entry[1])
            if problems := list(_unreadable(self._language, entry[0], resource)):
                raise ConfigurationError(problems)
            self._bundle.add_resource(resource)
            for other in _SPOKEN_OF.findall(entry[1]):
                self.holding(other)
        return self._bundle

    def _entry(self, id: str) -> tuple[Path, str] | None:
        for path, text in self._texts:
            if (before := text.find(f"\n{id} =")) >= 0:
                after = _BEGINS.search(text, before + 2)
                return path, text[before + 1 : after.start() if after else None]
        return None


def _problems(language: str, folder: Path) -> Iterator[str]:
    try:
        paths = _files(language, folder)
    except ConfigurationError as error:
        yield from error.problems
        return
    for path in paths:
        yield from _unreadable(language, path, FluentResource(path.read_text(encoding="utf-8")))


def _files(language: str, folder: Path) -> list[Path]:
    if found := sorted(folder.glob("*.ftl")):
        return found
    raise ConfigurationError([f"locales/{language}: no words found; install the package anew"])


def _unreadable(language: str, path: Path, resource: ast.Resource) -> Iterator[str]:
    return (f"locales/{language}/{path.name}: {_first_line(entry)}" for entry in resource.body if isinstance(entry, ast.Junk))


def _first_line(junk: ast.Junk) -> str:
    return f"cannot read: {(junk.content or '').strip().splitlines()[0][:80]}"


def _babel(language: str) -> str:
    return {"zh-CN": "zh_Hans_CN", "zh-TW": "zh_Hant_TW"}.get(language, language)

"""Words for people: Fluent messages from `locales/`, dates and numbers as the reader's language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast

from bot.core.errors import ConfigurationError
from bot.core.message import Block, Quote, Span, Text

SOURCE = "zh-CN"
LANGUAGES = (SOURCE, "zh-TW", "en")
FOLDER = Path(__file__).resolve().parent.parent / "locales"

# How clients name their language: the whole tag first, then its beginning.
_NEAREST = {"zh-tw": "zh-TW", "zh-hk": "zh-TW", "zh-mo": "zh-TW", "zh-hant": "zh-TW", "zh": SOURCE, "en": "en"}


class Words:
    """One bundle a language, read when it is first spoken or all of them at the start."""

    languages = LANGUAGES

    def __init__(self, folder: Path, zone: tzinfo) -> None:
        self._folder, self._zone = folder, zone
        self._bundles: dict[str, FluentBundle] = {}
        self._parts: dict[str, _Part] = {}
        """Languages that are read message by message."""

    @classmethod
    def open(cls, folder: Path = FOLDER, zone: tzinfo | None = None, *, whole: bool = True) -> Words:
        """Raises ConfigurationError with every message that does not parse; a short-lived command need not read the `whole`."""
        words = cls(folder, zone or ZoneInfo("Asia/Shanghai"))
        if whole:
            words.read_all()
        return words

    def read_all(self) -> None:
        """Before people are served: nobody should wait while a language is read."""
        self._read(language for language in LANGUAGES if language not in self._bundles)

    def _read(self, languages: Iterable[str]) -> None:
        problems: list[str] = []
        self._bundles |= {language: _bundle(language, self._folder / language, problems) for language in languages}
        if problems:
            raise ConfigurationError(problems)

    def _in(self, language: str, id: str) -> FluentBundle:
        language = language if language in LANGUAGES else SOURCE
        if language in self._bundles:
            return self._bundles[language]
        if language not in self._parts:
            self._parts[language] = _Part(language, self._folder / language)
        return self._parts[language].holding(id)

    @staticmethod
    @cache
    def nearest(tag: str) -> str:
        """The language we speak that is nearest to a client's tag; for an unknown one the source language."""
        parts = tag.lower().replace("_", "-").split("-")
        for length in range(len(parts), 0, -1):
            found = _NEAREST.get("-".join(parts[:length]))
            if found:
                return found
        return SOURCE

    def say(self, text: Text, language: str) -> str:
        """The message in that language. A message missing there is said in the source language rather than not at all."""
        bundle = self._in(language, text.id)
        if not bundle.has_message(text.id):
            bundle = self._in(SOURCE, text.id)
        pattern = bundle.get_message(text.id).value
        if pattern is None:
            raise KeyError(text.id)
        values = {name: self._value(value, language) for name, value in text.values.items()}
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
                return format_datetime(value.astimezone(self._zone), "medium", locale=_babel(language))
            case date():
                return format_date(value, "long", locale=_babel(language))
            case int() | float():
                # No thousands mark: 2025 may be a year, and policy texts write 10000 without one.
                return fluent_number(value, useGrouping=False)
            case _:
                return value


def message_ids(folder: Path = FOLDER, language: str = SOURCE) -> Iterable[str]:
    """Every message id of a language, for the check of the locales."""
    for path in sorted((folder / language).glob("*.ftl")):
        for entry in FluentResource(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                yield entry.id.name


def _bundle(language: str, folder: Path, problems: list[str]) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    paths = sorted(folder.glob("*.ftl"))
    if not paths:
        problems.append(_nothing(language))
    for path in paths:
        bundle.add_resource(_resource(language, path, path.read_text(encoding="utf-8"), problems))
    return bundle


_SPOKEN_OF = re.compile(r"\{\s*([a-z][a-z0-9-]*)\s*\}")
"""A message within another."""


class _Part:
    """As much of a language as was needed so far: parsing all its files takes longer than an answer."""

    def __init__(self, language: str, folder: Path) -> None:
        self._language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._unread = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ftl"))}
        if not self._unread:
            raise ConfigurationError([_nothing(language)])

    def holding(self, id: str) -> FluentBundle:
        """With the file of the message, if there is one, and those of the messages that file speaks of."""
        if not self._bundle.has_message(id):
            begins = re.compile(rf"^{re.escape(id)} *=", re.MULTILINE)
            for path in [path for path, text in self._unread.items() if begins.search(text)]:
                self._add(path)
        return self._bundle

    def _add(self, path: Path) -> None:
        text = self._unread.pop(path)
        problems: list[str] = []
        self._bundle.add_resource(_resource(self._language, path, text, problems))
        if problems:
            raise ConfigurationError(problems)
        for other in _SPOKEN_OF.findall(text):
            self.holding(other)


def _nothing(language: str) -> str:
    return f"locales/{language}: no words found; install the package anew"


def _resource(language: str, path: Path, text: str, problems: list[str]) -> ast.Resource:
    resource = FluentResource(text)
    problems += [f"locales/{language}/{path.name}: {_first_line(entry)}" for entry in resource.body if isinstance(entry, ast.Junk)]
    return resource


def _first_line(junk: ast.Junk) -> str:
    return f"cannot read: {(junk.content or '').strip().splitlines()[0][:80]}"


def _babel(language: str) -> str:
    return {"zh-CN": "zh_Hans_CN", "zh-TW": "zh_Hant_TW"}.get(language, language)

"""Which documents a text names: by their names, by nearly their names, or by a title in 《》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from knowledge.document import Document
from knowledge.language import language
from knowledge.normal import normal
from knowledge.places import PAIR, Place

TITLE = re.compile(r"《([^《》]{2,60})》")
_LONG_NAME = 18
_SHORT_NAME = 7
_NEARLY = 87
_NEARLY_TITLE = 75
_LONGEST_MISSPELT = 120
"""In a longer text no misspelt names are looked for."""


class Name:
    """A name of a document."""

    def __init__(self, text: str, document: Document) -> None:
        self.text = text
        self.document = document
        self.start = text[: 2 * len(text) // 3] if len(text) >= _LONG_NAME else text


class Titles:
    """The names of documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._names = [Name(normal(name), document) for document in documents for name in (document.title, *document.short_names)]
        self._names_by_start: dict[str, list[Name]] = {}
        for name in self._names:
            self._names_by_start.setdefault(name.text[:PAIR], []).append(name)
        self._names_of_place: dict[str | None, dict[str, str]] = {}
        """Names long enough to be known with a slip in them, and their documents."""
        for name in self._names:
            if len(name.text) >= _SHORT_NAME:
                self._names_of_place.setdefault(name.document.region, {})[name.text] = name.document.id

    def spelt(self, text: str) -> list[Name]:
        """The names that stand in a text, or of long ones the first two thirds."""
        starts = filter(self._names_by_start.__contains__, dict.fromkeys(map(str.__add__, text, text[1:])))
        names = (name for start in starts for name in self._names_by_start[start])
        return [name for name in names if name.start in text]

    def meant(self, text: str, places: list[Place], names: list[Name]) -> tuple[str, ...]:
        """By name, by nearly the name of a document of a place named or of none, or by a title that is nearly one of ours."""
        named = [name.document.id for name in names]
        here = {None, *(region.id for *_, region in places)}
        if not named and len(text) <= _LONGEST_MISSPELT:
            named = [id for place in here for id in self._nearly_named(text, place)]
        if language().sample.search(text):
            named += [document.id for document in self._documents if not document.official]
        for title in TITLE.findall(text):
            near = process.extract(title, [name.text for name in self._names], scorer=fuzz.ratio, score_cutoff=_NEARLY_TITLE)
            named += [self._names[at].document.id for _, _, at in near]
        return tuple(dict.fromkeys(named))

    def _nearly_named(self, text: str, place: str | None) -> Iterator[str]:
        """The documents of a place of whose name nearly all stands in the text, with a character typed wrong."""
        names = self._names_of_place.get(place, {})
        for name, _, _ in process.extract(text, names.keys(), scorer=fuzz.partial_ratio, score_cutoff=_NEARLY, limit=None):
            if len(name) <= len(text):
                yield names[name]

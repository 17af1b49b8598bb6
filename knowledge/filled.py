"""The tantivy index of all passages and their normal texts: made in memory, or kept on disk and only opened the next time."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from pathlib import Path

import tantivy

from knowledge import grams as cutting
from knowledge import normal as spelling
from knowledge.document import Clause, Document, Passage
from knowledge.grams import asked_grams, grams
from knowledge.kept import kept
from knowledge.normal import normal

_HEAP = 50_000_000
_TEXTS = "texts.json"
_INDEX = "index"


class Field(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class Place:
    """A passage with where it stands, and the questions that curators say it answers."""

    document: Document
    clause: Clause
    passage: Passage
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plain:
    """The normal texts of a passage."""

    text: str
    heading: str
    above: str
    """What frames the passage: the headings above it."""
    asked: tuple[str, ...]
    """The questions that curators say it answers."""
    asked_grams: str
    """The grams of all of them, each once, with spaces between."""


@dataclass(frozen=True)
class Filled:
    plain: Sequence[Plain]
    """Of each passage; kept, since making them is dearer than a first look at a passage, and they are small."""
    held: Counter[str]
    """How many passages, with their headings, hold each gram."""
    asked: Counter[str]
    """For how many of them a curated question holds it."""
    index: tantivy.Index


@dataclass(frozen=True)
class _Frame:
    """What stands around the passages of a clause."""

    heading: str
    above: str
    grams: frozenset[str]
    """Those of its own heading."""
    field: str


def _frame(clause: Clause) -> _Frame:
    heading, above = normal(" ".join((clause.heading, clause.label))), normal(" ".join(clause.path))
    own = grams(heading)
    return _Frame(heading, above, frozenset(own), " ".join((*own, *set(grams(above)))))


def filled(places: Sequence[Place], cache: Path | None) -> Filled:
    """`cache` is a folder where it may be kept, and may have been by an earlier start."""
    opened = kept(cache, f"{_INDEX}-{_digest(places)}", partial(_keep, places), _opened) if cache else None
    return opened or _filled(places, tantivy.Index(schema()))


def _filled(places: Sequence[Place], index: tantivy.Index) -> Filled:
    """One writing thread, so that equal scores keep one order."""
    _register(index)
    writer = index.writer(_HEAP, 1)
    plain: list[Plain] = []
    held: Counter[str] = Counter()
    asked_for: Counter[str] = Counter()
    frames: dict[str, _Frame] = {}
    for number, place in enumerate(places):
        frame = frames.get(place.clause.id) or frames.setdefault(place.clause.id, _frame(place.clause))
        text, asked = normal(place.passage.text), tuple(map(normal, place.questions))
        found, wanted = grams(text), {gram for question in asked for gram in asked_grams(question)}
        questions = " ".join(wanted)
        plain.append(Plain(text, frame.heading, frame.above, asked, questions))
        held.update({*found, *frame.grams})
        asked_for.update(wanted)
        fields = {Field.TEXT: " ".join(found), Field.HEADING: frame.field, Field.QUESTIONS: questions}
        writer.add_document(tantivy.Document(number=number, **fields))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Filled(plain, held, asked_for, index)


def _keep(places: Sequence[Place], folder: Path) -> None:
    home = folder / _INDEX
    home.mkdir()
    made = _filled(places, tantivy.Index(schema(), path=str(home)))
    texts = {"plain": [astuple(plain) for plain in made.plain], "held": made.held, "asked": made.asked}
    (folder / _TEXTS).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


def _opened(folder: Path) -> Filled:
    texts = json.loads((folder / _TEXTS).read_bytes())
    plain = [Plain(text, heading, above, tuple(asked), wanted) for text, heading, above, asked, wanted in texts["plain"]]
    index = tantivy.Index.open(str(folder / _INDEX))
    _register(index)
    return Filled(plain, _shared(texts["held"]), _shared(texts["asked"]), index)


def _shared(counted: dict[str, int]) -> Counter[str]:
    """Each gram is one string, wherever it is kept: with one for each place it stands in, they would be 5 MB."""
    return Counter(dict(zip(map(sys.intern, counted), counted.values(), strict=True)))


def _digest(places: Sequence[Place]) -> str:
    """Of all that it is made from: the texts, and the code that cuts them."""
    digest = hashlib.sha256(version("opencc").encode())
    for code in (__file__, cutting.__file__, spelling.__file__, spelling.TRADITIONAL):
        digest.update(Path(code).read_bytes())
    for place in places:
        clause = place.clause
        digest.update(json.dumps([place.passage.text, clause.id, clause.heading, clause.label, clause.path, place.questions]).encode())
    return digest.hexdigest()


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    for name in Field:
        builder.add_text_field(name, stored=False, tokenizer_name="spaced", index_option="freq")
    return builder.build()

"""Programmes whose windows come again, and when they were last seen: a hint, never a prediction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reminders.rows import rows

FILE = Path(__file__).parent / "calendar" / "programmes.yaml"


@dataclass(frozen=True)
class Publication:
    publisher: str
    date: str
    """As far as it is known: a day, a month or a year."""
    link: str = ""


@dataclass(frozen=True)
class Past:
    """A window of an earlier year."""

    year: int
    round: str
    opens: str
    closes: str
    """A day or a month; "" when none was seen."""
    note: str
    grade: str
    source: tuple[Publication, ...]


@dataclass(frozen=True)
class Programme:
    id: str
    names: Mapping[str, str]
    region: str
    themes: tuple[str, ...]
    organiser: str
    past: tuple[Past, ...]
    """Latest first."""
    form: str = ""
    """The dialog in which one applies for it; "" when there is none."""

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["zh-CN"])


@cache
def programmes() -> Mapping[str, Programme]:
    found = [_programme(row) for row in rows("calendar/programmes.yaml")]
    return {programme.id: programme for programme in found}


def by_name(text: str) -> Programme | None:
    """A programme by its id or one of its names, as people write them."""
    wanted = text.strip().lower()
    return next((each for each in programmes().values() if wanted in {each.id, *(name.lower() for name in each.names.values())}), None)


def form_of(programme: str) -> str:
    """The dialog of a window's programme, if both are there."""
    return programmes()[programme].form if programme in programmes() else ""


def _programme(row: Mapping[str, Any]) -> Programme:
    past = sorted((_past(each) for each in row["past"]), key=lambda each: (each.year, each.closes), reverse=True)
    return Programme(row["id"], row["names"], row["region"], tuple(row["themes"]), row["organiser"], tuple(past), row.get("form", ""))


def _past(row: Mapping[str, Any]) -> Past:
    source = tuple(Publication(each["publisher"], str(each["date"]), each.get("link", "")) for each in row["source"])
    written = {name: str(row.get(name, "")) for name in ("round", "opens", "closes", "note", "grade")}
    return Past(year=row["year"], source=source, **written)


@dataclass(frozen=True)
class Fault:
    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def faults(path: Path = FILE) -> list[Fault]:
    """Rows that must not be shown, each with its line: no source, no grade we know, an address that is none of ours to show."""
    root = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode):
        return [Fault(path.name, 1, "a list of programmes is expected")]
    return [Fault(path.name, node.start_mark.line + 1, text) for row in root.value for node, text in _faults_of(row)]


def _faults_of(row: yaml.Node) -> Iterator[tuple[yaml.Node, str]]:
    fields = _fields(row)
    for name in ("id", "names", "region", "themes", "organiser", "past"):
        if name not in fields:
            yield row, f"{name} is missing"
    for past in _items(fields.get("past")):
        of_past = _fields(past)
        if not _items(of_past.get("source")):
            yield past, "a window of an earlier year needs a source: its publisher and date"
        for source in _items(of_past.get("source")):
            if missing := {"publisher", "date"} - _fields(source).keys():
                yield source, f"a source needs {' and '.join(sorted(missing))}"
        if (grade := of_past.get("grade")) is None or grade.value not in ("A", "B"):
            yield past, "the grade is A or B: what nobody has seen is no hint"


def _fields(node: yaml.Node) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []

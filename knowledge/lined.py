"""YAML read with the line of everything in it, for checks that tell staff where to look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.markup import Problem, YamlLoader


@dataclass(frozen=True)
class Lined:
    """A piece of a YAML file: a text, a list or a mapping. Asked for what it is not, it is empty."""

    file: str
    node: yaml.Node | None

    @property
    def line(self) -> int:
        return self.node.start_mark.line + 1 if self.node else 1

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def text(self) -> str:
        """As written: 1.10 is not the number 1.1."""
        return str(self.node.value) if isinstance(self.node, yaml.ScalarNode) else ""

    @property
    def items(self) -> list[Lined]:
        return [Lined(self.file, node) for node in self.node.value] if isinstance(self.node, yaml.SequenceNode) else []

    @property
    def pairs(self) -> list[tuple[Lined, Lined]]:
        pairs = self.node.value if isinstance(self.node, yaml.MappingNode) else []
        return [(Lined(self.file, key), Lined(self.file, value)) for key, value in pairs]

    def get(self, key: str) -> Lined:
        """The value under a key; something empty when it is not there."""
        return next((value for known, value in self.pairs if known.text == key), Lined(self.file, None))

    def problem(self, text: str) -> Problem:
        return Problem(self.file, self.line, text)


def read(path: Path) -> Lined:
    """The file's content; YAMLError when it is not YAML."""
    return Lined(path.name, yaml.compose(path.read_text(encoding="utf-8"), Loader=YamlLoader))


def unreadable(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    return Problem(path.name, mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}")


def repeated_keys(piece: Lined) -> Iterator[Problem]:
    """Keys that stand twice in one mapping: read as plain data, only the last would count, and nobody would hear of it."""
    first: dict[str, Lined] = {}
    for key, value in piece.pairs:
        if key.text in first:
            yield key.problem(f"{key.text} stands in {first[key.text].where} already; only one of the two would count")
        first.setdefault(key.text, key)
        yield from repeated_keys(value)
    for item in piece.items:
        yield from repeated_keys(item)

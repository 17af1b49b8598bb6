"""The spelling of a curated file: YAML front matter, then headings, paragraphs, departments and tables, each on its own lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any

import yaml

from bot.core.errors import ConfigurationError

# PyYAML built without libyaml reads the same files, slower.
YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FENCE = "---"
_HEADING = re.compile(r"^(?P<marks>#{2,6}) +(?P<text>.*?) *\{(?P<attributes>[^{}]*)\}$")
_SEPARATOR = re.compile(r"^[\s|:-]+$")


@dataclass(frozen=True)
class Problem:
    """Something wrong with a curated file, where a member of staff can find it."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class CorpusError(ConfigurationError):
    """The curated files cannot be used: all that was found, not only the first."""

    def __init__(self, found: Iterable[Problem]) -> None:
        super().__init__([str(problem) for problem in found])


class BlockKind(Enum):
    TITLE = auto()
    """The document's title where the text itself carries it; it opens no clause."""
    HEADING = auto()
    PARAGRAPH = auto()
    DEPARTMENTS = auto()
    HEADER = auto()
    ROW = auto()


@dataclass(frozen=True)
class Block:
    """One line of a curated file that carries text. `level` is the heading's depth, 2 for the highest."""

    kind: BlockKind
    line: int
    text: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0
    anchor: str = ""
    classes: tuple[str, ...] = ()
    label: str = ""
    themes: tuple[str, ...] = ()

    @property
    def verbatim(self) -> str:
        """What of this line is text of the source; labels and table markup are not."""
        return "".join(self.cells) if self.cells else self.text


@dataclass
class Sheet:
    """A curated file taken apart, before anything is known about its meaning."""

    file: str
    front: dict[str, Any] = field(default_factory=dict)
    front_lines: dict[str, int] = field(default_factory=dict)
    """Line of each top-level key of the front matter."""
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, text: str) -> None:
        self.problems.append(Problem(self.file, line, text))

    def line_of(self, key: str) -> int:
        return self.front_lines.get(key, 1)


def parse_yaml(text: str) -> Any:
    """Plain data; YAMLError when the text is not YAML."""
    return yaml.load(text, Loader=YamlLoader)


def read_sheet(path: Path) -> Sheet:
    """The file at `path` taken apart; what cannot be read is among its problems."""
    sheet = Sheet(path.name)
    lines = path.read_text(encoding="utf-8").split("\n")
    end = _end_of_front(lines)
    if end is None:
        sheet.complain(1, "no front matter between two lines of ---")
        return sheet
    _read_front(sheet, lines[1:end])
    sheet.blocks.extend(_blocks(sheet, lines[end + 1 :], first=end + 2))
    return sheet


def _end_of_front(lines: list[str]) -> int | None:
    if lines[0] != FENCE or FENCE not in lines[1:]:
        return None
    return lines.index(FENCE, 1)


def _read_front(sheet: Sheet, lines: list[str]) -> None:
    for number, line in enumerate(lines, start=2):
        if key := re.match(r"^([\w-]+):", line):
            if key[1] in sheet.front_lines:
                sheet.complain(number, f"front matter has {key[1]} twice")
            sheet.front_lines[key[1]] = number
    try:
        front = parse_yaml("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        sheet.complain(mark.line + 2 if mark else 1, f"front matter is not YAML: {getattr(error, 'problem', error)}")
        return
    if isinstance(front, dict):
        sheet.front.update({str(key): value for key, value in front.items()})
    else:
        sheet.complain(1, "front matter is not a mapping")


def _blocks(sheet: Sheet, lines: list[str], first: int) -> Iterator[Block]:
    in_table = False
    for number, line in enumerate(lines, start=first):
        text = line.strip()
        if text.startswith("|"):
            if in_table and _SEPARATOR.match(text) and "-" in text:
                continue
            yield Block(BlockKind.ROW if in_table else BlockKind.HEADER, number, cells=_cells(text))
            in_table = True
            continue
        in_table = False
        if text:
            yield from _line(sheet, number, text)


def _line(sheet: Sheet, number: int, text: str) -> Iterator[Block]:
    if text.startswith("# "):
        yield Block(BlockKind.TITLE, number, text[2:].strip())
    elif text.startswith("#"):
        yield from _heading(sheet, number, text)
    elif text.startswith("> "):
        yield Block(BlockKind.DEPARTMENTS, number, text[2:].strip())
    else:
        yield Block(BlockKind.PARAGRAPH, number, text)


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in text.strip("|").split("|"))


def _heading(sheet: Sheet, number: int, text: str) -> Iterator[Block]:
    found = _HEADING.match(text)
    if found is None:
        sheet.complain(number, "heading without {#anchor}")
        return
    words = found["attributes"].split()
    pairs = dict(word.split("=", 1) for word in words if "=" in word)
    anchors = [word[1:] for word in words if word.startswith("#") and "=" not in word]
    classes = tuple(word[1:] for word in words if word.startswith(".") and "=" not in word)
    if len(anchors) != 1 or not anchors[0]:
        sheet.complain(number, "heading needs exactly one {#anchor}")
        return
    if len(words) != len(pairs) + len(anchors) + len(classes) or not pairs.keys() <= {"label", "themes"}:
        sheet.complain(number, f"heading has an attribute that is not known: {{{found['attributes']}}}")
    themes = tuple(theme for theme in pairs.get("themes", "").split(",") if theme)
    yield Block(
        BlockKind.HEADING,
        number,
        found["text"].strip(),
        level=len(found["marks"]),
        anchor=anchors[0],
        classes=classes,
        label=pairs.get("label", ""),
        themes=themes,
    )

"""What staff type about a notice, read: audience, time, quiet hours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.notices.notice import Audience, Quiet

_LINE = re.compile(r"^\s*([^:：]+)[:：]\s*(.*)$")
_PARTS = re.compile(r"[,，、;；]\s*")
_HOURS = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})$")

Named = Callable[[str], str]
"""The id somebody means; "" when there is none."""


@dataclass(frozen=True)
class Asked:
    """An audience as typed. `listed` is still to be looked up; `unknown` are lines that say nothing to us."""

    audience: Audience = field(default_factory=Audience)
    listed: str = ""
    unknown: tuple[str, ...] = ()


@dataclass
class _Reading:
    values: dict[str, list[str]] = field(default_factory=dict)
    everybody: bool = False
    listed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@cache
def _vocabulary() -> Mapping[str, Any]:
    told: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8"))
    return told


def audience(text: str, named: Mapping[str, Named]) -> Asked:
    """A line for each criterion; after `名单:` each line is a recipient. `named` knows regions, programmes and statuses."""
    found = _Reading()
    in_list = False
    for line in text.replace("|", "\n").splitlines():
        in_list = _line(line, in_list, found, named)
    values = {name: tuple(dict.fromkeys(given)) for name, given in found.values.items()}
    return Asked(Audience(everybody=found.everybody, **values), "\n".join(found.listed), tuple(found.unknown))


def _line(line: str, in_list: bool, found: _Reading, named: Mapping[str, Named]) -> bool:
    plain = folded(line)
    if not plain and not in_list:
        return False
    if plain in _vocabulary()["everybody"]:
        found.everybody = True
        return False
    parts = _LINE.match(line)
    name = _name(parts[1]) if parts else ""
    if name == "listed" and parts:
        found.listed.append(parts[2])
        return True
    if name and parts:
        _values(name, parts[2], line, found, named)
        return False
    (found.listed if in_list else found.unknown).append(line)
    return in_list


def _values(name: str, text: str, line: str, found: _Reading, named: Mapping[str, Named]) -> None:
    for part in filter(None, (folded(part) for part in _PARTS.split(text))):
        if id := _value(name, part, named):
            found.values.setdefault(name, []).append(id)
        else:
            found.unknown.append(line)


def _name(text: str) -> str:
    return next((name for name, words in _vocabulary()["names"].items() if folded(text) in words), "")


def _value(name: str, word: str, named: Mapping[str, Named]) -> str:
    if name in named:
        return named[name](word)
    return next((id for id, words in _vocabulary()["values"].get(name, {}).items() if word in words), "")


def is_soon(text: str) -> bool:
    """Meant is: as soon as it is approved."""
    return folded(text) in _vocabulary()["soon"]


def quiet(text: str) -> Quiet | None:
    """Raises ValueError."""
    plain = folded(text)
    if plain in _vocabulary()["none"]:
        return None
    found = _HOURS.match(plain)
    if found is None:
        raise ValueError(text)
    hours = list(map(int, found.groups()))
    start, until = time(hours[0], hours[1]), time(hours[2], hours[3])
    if start == until:
        raise ValueError(text)
    return Quiet(start, until)


def is_none(text: str) -> bool:
    return folded(text) in _vocabulary()["none"]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()

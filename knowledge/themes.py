"""What a clause can be about: the themes of themes.yaml, their names and the words people use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from knowledge.lists import word_list
from knowledge.normal import normal

_FILE = Path(__file__).parent / "themes.yaml"


@dataclass(frozen=True)
class Theme:
    id: str
    names: Mapping[str, str]
    """By language tag; zh-CN is always there."""
    aliases: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["zh-CN"])


@cache
def themes() -> Mapping[str, Theme]:
    """All themes by id, in the order of the file."""
    entries = word_list(_FILE)
    return MappingProxyType({id: Theme(id, MappingProxyType(entry["names"]), tuple(entry["aliases"])) for id, entry in entries.items()})


def theme_named(text: str) -> Theme | None:
    """The theme that somebody names, by its id, one of its names or what else it is called."""
    said = normal(text).strip()
    return next((each for each in themes().values() if said in map(normal, (each.id, *each.names.values(), *each.aliases))), None)

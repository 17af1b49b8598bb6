"""Words typed in place of a tap, and the spelling answers are compared in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from handlers.choosing import bare
from knowledge.lists import word_list
from knowledge.normal import normal

_FILE = Path(__file__).parent / "common" / "vocabulary.yaml"
_WORD = 20
"""No word of the vocabulary is longer: a longer text is none of them, unread."""

# Invisible, or turning the direction of what follows: such a character would show a different answer than the one kept.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LABEL_BEFORE = re.compile(rf"^[{_HAN}:\s]+")
_LABEL_BEHIND = re.compile(rf"[{_HAN}.\s]+$")
_BETWEEN = re.compile(r"[\s\-_]")


@dataclass(frozen=True)
class Vocabulary:
    commands: Mapping[str, str]
    """What a typed word asks for: back, skip, later, cancel, why, done, resume."""
    answers: Mapping[str, bool]
    digits: Mapping[str, int]
    places: Mapping[str, int]
    myriads: Mapping[str, int]
    currency: tuple[str, ...]
    measures: tuple[str, ...]
    percent: tuple[str, ...]
    year: tuple[str, ...]
    stretches: tuple[str, ...]
    """Parts of a province that are no district."""
    bodies: tuple[str, ...]
    """What the name of an organisation may end with."""


@cache
def vocabulary() -> Vocabulary:
    entry: dict[str, Any] = word_list(_FILE, {"digits", "places", "myriads"})
    return Vocabulary(
        commands={normal(word): command for command, words in entry["commands"].items() for word in words},
        answers={normal(word): answer == "yes" for answer, words in entry["answers"].items() for word in words},
        digits=entry["digits"],
        places=entry["places"],
        myriads=entry["myriads"],
        currency=_longest_first(entry["currency"]),
        measures=_longest_first(entry["measures"]),
        percent=_longest_first(entry["percent"]),
        year=tuple(entry["year"]),
        stretches=tuple(entry["stretches"]),
        bodies=tuple(entry["bodies"]),
    )


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted((unicodedata.normalize("NFKC", word) for word in words), key=len, reverse=True))


def command(text: str) -> str:
    """What a typed word asks of the dialog, also with what people say around it (取消吧。); "" when it is an answer."""
    if len(text) > _WORD:
        return ""
    return vocabulary().commands.get(normal(text), "") or vocabulary().commands.get(bare(text), "")


def yes_or_no(text: str) -> bool | None:
    return vocabulary().answers.get(normal(text)) if len(text) <= _WORD else None


def line(text: str) -> str:
    """One line of free text: what is invisible goes, white space is one space; marks stay as they were written."""
    return " ".join(unicodedata.normalize("NFC", _HIDDEN.sub("", text)).split())


def lines(text: str) -> str:
    """Free text of several lines, none of them empty at either end."""
    kept = (" ".join(each.split()) for each in unicodedata.normalize("NFC", _HIDDEN.sub("", text.replace("\r\n", "\n"))).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def figures(text: str) -> str:
    """A number as typed: half width, lower case, simplified, no white space."""
    return normal(text).replace(" ", "")


def code(text: str) -> str:
    """A registration number: half width, upper case, without white space, hyphens and the words people put around it."""
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    return _BETWEEN.sub("", _LABEL_BEHIND.sub("", _LABEL_BEFORE.sub("", plain))).upper()

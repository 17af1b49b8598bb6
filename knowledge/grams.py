"""Grams: the pieces that texts are found by, and how one of them is looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from knowledge.normal import is_han, runs, stem

_LATIN = re.compile("[a-z]")
_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_FIRST, _LAST = "\x1e", "\x1f"
"""Stand around Latin words and numbers, so that no part of one is found, nor what is between two; normal texts have none."""
_NOWHERE = "\0"
_PAIR = 2
_NEEDLES = 16384


def grams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters (and single ones), Latin words and numbers of a normal text, in order."""
    found: list[str] = []
    for run in runs(text):
        if is_han(run[0]):
            found += map(str.__add__, run, run[1:])
            found += run
        else:
            found.append(run)
    return found


def haystack(text: str, spelt: Callable[[str], str] = str) -> str:
    """A normal text in which `needle(gram)` stands when the gram is one of the text's; `spelt` is what its words and numbers become."""
    return _TOKEN.sub(lambda found: f"{_FIRST}{spelt(found.group())}{_LAST}", text)


@lru_cache(maxsize=_NEEDLES)
def needle(gram: str) -> str:
    if not gram:
        return _NOWHERE
    return gram if len(gram) <= _PAIR and all(map(is_han, gram)) else f"{_FIRST}{gram}{_LAST}"


def asked_grams(text: str) -> list[str]:
    """What a curated question is found by: English words without their endings."""
    found = grams(text)
    return list(map(stem, found)) if _LATIN.search(text) else found

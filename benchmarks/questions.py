"""Questions with what answers them, and whether what an engine brought does."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.document import Clause, Passage
from knowledge.excerpts import around
from knowledge.lookup import SHOWN

FILE = Path(__file__).parent / "data" / "unseen.jsonl"
PARTS = ("dev", "held")


@dataclass(frozen=True)
class Gold:
    """A verbatim piece of the text that answers; `beside` is another one of the same clause, where `quote` alone stands in many."""

    document: str
    quote: str
    beside: str = ""


@dataclass(frozen=True)
class Asked:
    id: str
    part: str
    kind: str
    text: str
    turns: tuple[str, ...]
    sides: tuple[tuple[Gold, ...], ...]
    """For each thing asked, the pieces of which any answers it: a comparison has several sides, other questions one or none."""
    expect: str
    """answer, clarify or dont_know."""


@dataclass(frozen=True)
class Shown:
    """One result of an engine, as a reader would see it."""

    document: str
    clause: Clause
    passage: Passage


def load(file: Path = FILE) -> tuple[Asked, ...]:
    return tuple(_asked(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line)


def _asked(row: dict[str, Any]) -> Asked:
    gold = tuple(Gold(one["doc"], one["quote"], one.get("beside", "")) for one in row["gold"])
    sides = tuple(tuple(gold[at] for at in side) for side in row.get("all_of", [list(range(len(gold)))] if gold else []))
    return Asked(row["id"], row["part"], row["kind"], row["q"], tuple(row.get("turns", ())), sides, row["expect"])


def folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def meets(shown: Shown, gold: Gold) -> bool:
    """Judged by what a card of the passage shows: it and its neighbours up to a limit. Departments count for their whole clause."""
    if shown.document != gold.document:
        return False
    if gold.beside:
        text = _text(shown.clause.passages)
        return folded(gold.quote) in text and folded(gold.beside) in text
    return folded(gold.quote) in _text(around(shown.clause, shown.passage, SHOWN))


def first_right(asked: Asked, found: Sequence[Shown]) -> bool:
    return any(meets(shown, gold) for shown in found[:1] for side in asked.sides for gold in side)


def among_three(asked: Asked, found: Sequence[Shown]) -> bool:
    """Every side of the question is answered by one of the first three."""
    return all(any(meets(shown, gold) for shown in found[:3] for gold in side) for side in asked.sides)


def once_each(found: Sequence[Shown]) -> list[Shown]:
    """Without passages that the card of an earlier one shows already."""
    seen: set[str] = set()
    kept = []
    for shown in found:
        if shown.passage.id not in seen:
            seen |= {passage.id for passage in around(shown.clause, shown.passage, SHOWN)}
            kept.append(shown)
    return kept


def _text(passages: Sequence[Passage]) -> str:
    return folded("\n".join(passage.text for passage in passages))

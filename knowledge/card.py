"""What a person is shown of a hit: the marked sentence with as much of its clause as fits, where it stands, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.document import Clause, Document, Notice, Passage, notices_for
from knowledge.excerpts import around, visible
from knowledge.index import split
from knowledge.lookup import SHOWN, Hit


@dataclass(frozen=True)
class Card:
    document: Document
    clause: Clause
    passage: Passage
    before: str
    marked: str
    after: str
    cut: bool
    """There is more of the clause than is shown."""
    notices: tuple[Notice, ...]
    place: tuple[str, ...]
    """Headings from the top of the document down to the clause."""


def card(hit: Hit, today: date, limit: int = SHOWN) -> Card:
    """The hit as shown: all verbatim and of one clause, at most `limit` characters without white space."""
    shown = around(hit.clause, hit.passage, limit)
    before, marked, after = _texts(hit, shown, limit)
    cut = len(shown) < len(hit.clause.passages) or visible(before + marked + after) < sum(visible(passage.text) for passage in shown)
    place = tuple(filter(None, (*hit.clause.path, hit.clause.heading or hit.clause.label)))
    return Card(hit.document, hit.clause, hit.passage, before, marked, after, cut, _notices(hit, shown, today), place)


def _texts(hit: Hit, shown: tuple[Passage, ...], limit: int) -> tuple[str, str, str]:
    at = shown.index(hit.passage)
    start = hit.passage.text.find(hit.marked)
    if visible(hit.passage.text) > limit:
        return _clipped(hit.passage, hit.marked, limit)
    before = "".join(passage.text + "\n" for passage in shown[:at]) + hit.passage.text[:start]
    after = hit.passage.text[start + len(hit.marked) :] + "".join("\n" + passage.text for passage in shown[at + 1 :])
    if hit.basis and hit.basis not in before:
        before = _fitting(hit.basis, limit - visible(hit.marked)) + "\n" + before
    return before, hit.marked, after


def _clipped(passage: Passage, marked: str, limit: int) -> tuple[str, str, str]:
    """A passage too long to show: whole sentences around the marked one, those after it first."""
    if visible(marked) > limit:
        return "", _fitting(marked, limit), ""
    sentences = split(passage)
    at = sentences.index(marked) if marked in sentences else 0
    first = last = at
    room = limit - visible(marked)
    while True:
        if last + 1 < len(sentences) and visible(sentences[last + 1]) <= room:
            last += 1
            room -= visible(sentences[last])
        elif first > 0 and visible(sentences[first - 1]) <= room:
            first -= 1
            room -= visible(sentences[first])
        else:
            break
    return "".join(sentences[first:at]), marked, "".join(sentences[at + 1 : last + 1])


def _fitting(text: str, limit: int) -> str:
    while visible(text) > limit:
        text = text[: len(text) - max(1, visible(text) - limit)]
    return text


def _notices(hit: Hit, shown: tuple[Passage, ...], today: date) -> tuple[Notice, ...]:
    """Those of the document on that day and of the passages shown; never those of passages that are not."""
    of_passages = [notice for passage in shown for notice in passage.notices]
    return tuple(dict.fromkeys((*notices_for(hit.document, hit.passage, today), *of_passages)))

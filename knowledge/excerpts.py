"""What of a clause stands together: the passages shown with one, and the departments that answer for it."""

from __future__ import annotations

from knowledge.document import Clause, Passage, PassageKind


def visible(text: str) -> int:
    """Length as readers and limits count it: without white space."""
    return len("".join(text.split()))


def around(clause: Clause, passage: Passage, limit: int) -> tuple[Passage, ...]:
    """The passages of a clause to show with one of them: the nearest that fit as a whole, and none that carries a warning of its own."""
    passages = clause.passages
    first = last = passages.index(passage)
    room = limit - visible(passage.text)
    while True:
        if last + 1 < len(passages) and _joins(passages[last + 1], passage, room):
            last += 1
            room -= visible(passages[last].text)
        elif first > 0 and _joins(passages[first - 1], passage, room):
            first -= 1
            room -= visible(passages[first].text)
        else:
            # Departments at the head of what is shown answer for what is not.
            first += passages[first].kind is PassageKind.DEPARTMENTS and passages[first] is not passage
            return passages[first : last + 1]


def _joins(neighbour: Passage, passage: Passage, room: int) -> bool:
    rows = PassageKind.ROW in (neighbour.kind, passage.kind)
    return not rows and not neighbour.notices and visible(neighbour.text) <= room


def departments_of(clause: Clause, passage: Passage) -> Passage | None:
    """The list of departments that answers for a passage: the next one below it in its clause."""
    after = clause.passages[clause.passages.index(passage) :]
    return next((other for other in after if other.kind is PassageKind.DEPARTMENTS), None)

"""Questions and answers as lines of JSON, through the same lookup and cards that people get."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from knowledge.card import Card, card
from knowledge.document import Notice
from knowledge.lookup import Knowledge, Result, Status


def answer_lines(knowledge: Knowledge, lines: Iterable[str], today: date) -> Iterator[str]:
    """One answer for each line `{"id", "q", "turns"}`; a bad line is answered by what is wrong with it."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(knowledge, line, today), ensure_ascii=False)


def _answer(knowledge: Knowledge, line: str, today: date) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError:
        return {"id": None, "error": "not JSON"}
    if not isinstance(asked, dict) or "id" not in asked:
        return {"id": None, "error": "not an object with an id"}
    id, text, turns = asked["id"], asked.get("q"), asked.get("turns") or []
    if not isinstance(text, str) or not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        return {"id": id, "error": "q must be a string and turns a list of strings"}
    return {"id": id, **_described(knowledge.lookup(text, turns=turns), today)}


def _described(result: Result, today: date) -> dict[str, Any]:
    answers = [_shown(card(hit, today)) for hit in result.hits] if result.status is Status.ANSWER else []
    described: dict[str, Any] = {"status": result.status.value, "answers": answers}
    if result.reason:
        described |= {"reason": result.reason, "about": result.about}
    if result.options:
        described["options"] = [asdict(option) for option in result.options]
    return described


def _shown(shown: Card) -> dict[str, Any]:
    return {
        "doc": shown.document.id,
        "clause": shown.clause.id,
        "title": shown.document.title,
        "place": list(shown.place),
        "text": shown.before + shown.marked + shown.after,
        "marked": shown.marked,
        "notices": [_notice(notice) for notice in shown.notices],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    described: dict[str, Any] = {"code": notice.code.value}
    if notice.year is not None:
        described["year"] = notice.year
    if notice.clause:
        described["clause"] = notice.clause
    return described


def main() -> None:
    today = date.today()
    for line in answer_lines(Knowledge.open(), sys.stdin, today):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()

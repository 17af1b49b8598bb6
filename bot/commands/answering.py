"""`zhice lookup`: one answer, as a chat would give it, without a database or a platform."""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

from bot.adapters.terminal import BOLD, MARK, Terminal
from bot.core.clock import FixedClock
from bot.core.fit import fit
from bot.core.message import Button, Outgoing, Reply, Text, Where
from bot.core.standing import Standing
from bot.words import SOURCE, Words
from handlers import ask as asking
from handlers.services import Conversation, Services
from knowledge.lookup import Knowledge
from knowledge.passages import Match
from knowledge.question import Question


def ask(question: str) -> str:
    """The answer of today, by a process that does nothing else."""
    # All that is made is gone with the process: looking it through for garbage would be a tenth of the time.
    gc.disable()
    return answer(Knowledge.open(cache=home()), question, datetime.now().astimezone().date(), "", SOURCE)


def home() -> Path | None:
    """Where a command that reads no settings keeps what is dear to make; None where the person has no such place."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "zhice"
    except RuntimeError:
        return None


def answer(knowledge: Knowledge, question: str, today: date, region: str, language: str) -> str:
    """What a chat would say to the question on that day, as text."""
    words = Words.open(whole=False)
    use = Services(knowledge, words, UTC)
    now = datetime.combine(today, time(12), UTC)
    place = Conversation(Standing(region=region), words.nearest(language), now)
    found = knowledge.lookup(question, region=region or None)
    screen = Terminal("", print, FixedClock(now), bold=BOLD if sys.stdout.isatty() else MARK)
    return "\n\n".join(_drawn(reply, words, place.language, screen) for reply in asking.replies(found, question, place, use))


def _drawn(reply: Reply, words: Words, language: str, screen: Terminal) -> str:
    labels = [words.say(choice.label, language) if isinstance(choice.label, Text) else choice.label for choice in reply.choices]
    blocks = tuple(words.block(block, language) for block in reply.blocks)
    message = Outgoing("", Where("", "", ""), blocks, tuple(Button(label) for label in labels))
    (fitted,) = fit(message, screen.limits)
    return "\n\n".join(screen.paragraph(block) for block in fitted.blocks)


_EXPLAINED = 6
"""Clauses of an explanation."""


def explanation(knowledge: Knowledge, question: str, region: str = "") -> str:
    """How a question is read, what is decided, and by which channels each of the best clauses was found."""
    read, matches = knowledge.explain(question, region=region or None)
    result = knowledge.lookup(question, region=region or None)
    return "\n".join(
        [*_reading(read), f"decision     {result.status.value} {result.reason} {result.about}".rstrip(), *map(_found, matches[:_EXPLAINED])]
    )


def _reading(read: Question) -> list[str]:
    rows = {
        "read as": [read.text],
        "put right": [f"{slip.typed} → {slip.meant}" for slip in read.slips],
        "subject": [word.text for word in read.words],
        "asks for": [ask.id for ask in read.asks],
        "places": [*read.regions, *(f"({id})" for id in read.leaned)],
        "documents": read.documents,
        "years": map(str, read.years),
        "glossary": [f"{saying.said} → {'、'.join(word for word, _ in saying.instead[:_EXPLAINED])}" for saying in read.sayings],
        "our field": ["yes" if read.anchored else "no"],
    }
    return [f"{name:<12} {'; '.join(values)}" for name, values in ((name, list(values)) for name, values in rows.items()) if values]


def _found(match: Match) -> str:
    """A clause: its score and evidence, the channels, and the sentence, with the curated question that led to it."""
    evidence = f"score {match.score:.2f}  cover {match.cover:.2f}  likeness {match.likeness:.2f}"
    asked = f"\n    asked like: {match.asked.text}" if match.asked else ""
    return (
        f"\n{match.entry.passage.id}\n    {evidence}  by {', '.join(match.channels) or 'its place'}{asked}\n    {match.sentence.text[:80]}"
    )

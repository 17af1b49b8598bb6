"""`zhice lookup`: one answer, as a chat would give it, without a database or a platform."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time

from bot.adapters.terminal import BOLD, MARK, Terminal
from bot.core.clock import FixedClock
from bot.core.fit import fit
from bot.core.message import Button, Outgoing, Reply, Text, Where
from bot.core.standing import Standing
from bot.words import Words
from handlers import ask
from handlers.services import Conversation, Services
from knowledge.lookup import Knowledge


def answer(knowledge: Knowledge, question: str, today: date, region: str, language: str) -> str:
    """What a chat would say to the question on that day, as text."""
    words = Words.open()
    use = Services(knowledge, words, UTC)
    now = datetime.combine(today, time(12), UTC)
    place = Conversation(Standing(region=region), words.nearest(language), now)
    found = knowledge.lookup(question, region=region or None)
    screen = Terminal("", print, FixedClock(now), bold=BOLD if sys.stdout.isatty() else MARK)
    return "\n\n".join(_drawn(reply, words, place.language, screen) for reply in ask.replies(found, question, place, use))


def _drawn(reply: Reply, words: Words, language: str, screen: Terminal) -> str:
    labels = [words.say(choice.label, language) if isinstance(choice.label, Text) else choice.label for choice in reply.choices]
    blocks = tuple(words.block(block, language) for block in reply.blocks)
    message = Outgoing("", Where("", "", ""), blocks, tuple(Button(label) for label in labels))
    (fitted,) = fit(message, screen.limits)
    return "\n\n".join(screen.paragraph(block) for block in fitted.blocks)

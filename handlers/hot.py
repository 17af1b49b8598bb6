"""What others ask: questions of the clauses that answered most often lately."""

from __future__ import annotations

from bot.core.message import Answer, Choice, Incoming, Reply, Text
from handlers.ask import EXITS
from handlers.services import Conversation, Services


async def hot(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The questions are the curated ones of those clauses: nobody's own words are shown to others."""
    asked = [question for clause in await use.popular(chat.now) if (question := use.knowledge.question_for(clause))]
    if not asked:
        return [Reply((Text("hot-none"),), EXITS)]
    return [Reply((Text("hot-title", bold=True),), tuple(Choice("question", question, question) for question in asked))]

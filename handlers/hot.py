"""What others ask: questions of the clauses that answered most often lately."""

from __future__ import annotations

from bot.core.message import Answer, Choice, Incoming, Reply, Text
from handlers.ask import EXITS
from handlers.services import Conversation, Services
from knowledge.lookup import Status
from knowledge.regions import regions

ENGLISH = "en"


async def hot(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The questions are the curated ones of those clauses: nobody's own words are shown to others."""
    clauses = [clause for clause in await use.popular(chat.now) if use.knowledge.question_for(clause)]
    if not clauses:
        return [Reply((Text("hot-none"),), EXITS)]
    return [Reply((Text("hot-title", bold=True),), tuple([await _question(clause, chat, use) for clause in clauses]))]


async def _question(clause: str, chat: Conversation, use: Services) -> Choice:
    """In the reader's language, where one of its questions in that language leads there."""
    if chat.language == ENGLISH and (found := await _in_english(clause, chat, use)):
        return found
    question = use.knowledge.question_for(clause)
    return Choice("question", question, question)


async def _in_english(clause: str, chat: Conversation, use: Services) -> Choice | None:
    """With its place: the English questions often name none, and another place would answer."""
    region = use.knowledge.clause(clause)[0].region
    if not region:
        return None
    for question in filter(str.isascii, use.knowledge.questions_for(clause)):
        result = await use.look_up(question, [], region)
        if result.status is Status.ANSWER and result.hits[0].clause.id == clause:
            said = {"region": regions()[region].name(chat.language), "question": question}
            return Choice("region", f"{region}\n{question}", Text("hot-question", said))
    return None

"""The peers' tables."""

# SQLModel reads the annotations when it makes the tables: no `from __future__ import annotations`.

from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


class Event(SQLModel, table=True):
    id: int = Field(primary_key=True)
    chat: int
    text: str
    state: str = "new"


class Conversation(SQLModel, table=True):
    chat: int = Field(primary_key=True)
    step: str = ""
    turns: int = 0


class Message(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    chat: int = Field(index=True)
    text: str
    state: str = "sent"


async def conversation(session: AsyncSession, chat: int) -> Conversation:
    """One turn further."""
    found = await session.get(Conversation, chat) or Conversation(chat=chat)
    found.turns += 1
    return found

"""What people ask: counts by clause, and the questions that found no good answer."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Asked, Fate
from bot.core.privacy import masked
from bot.storage import vault
from bot.storage.keys import QUESTIONS, KeyGone
from bot.storage.retention import Passing
from bot.storage.tables import Gap, Popular, Vote
from bot.storage.upsert import Put, insert_new, put
from bot.storage.vault import Place, Unreadable

_popular = Popular.__table__
_gap = Gap.__table__
_vote = Vote.__table__

KEEP = timedelta(days=365)
KEEP_VOTES = timedelta(days=31)
"""A little longer than a button works."""
_NEAREST = 3


@dataclass(frozen=True)
class Unmet:
    """A question as staff see it."""

    fate: Fate
    question: str
    reason: str
    clauses: tuple[str, ...]
    count: int
    first_at: datetime
    last_at: datetime


async def note(connection: AsyncConnection, asked: Asked, now: datetime, today: date) -> None:
    """Counts what became of a question, and keeps its words where staff have something to mend."""
    if not asked.once or await insert_new(connection, _vote, [{"once": asked.once, "at": now}]):
        await put(connection, await noted(connection, asked, now, today))


async def noted(connection: AsyncConnection, asked: Asked, now: datetime, today: date) -> list[Put]:
    """What is to be written for that, where nobody can say it twice."""
    puts = []
    if asked.fate is not Fate.UNANSWERED and asked.clauses:
        puts.append(_counted(asked, today))
    if asked.fate in (Fate.UNANSWERED, Fate.DISLIKED) and asked.question.strip():
        puts.append(await _kept(connection, asked, now))
    return puts


def _counted(asked: Asked, today: date) -> Put:
    row = {"day": today, "clause": asked.clauses[0], "answered": 0, "liked": 0, "disliked": 0}
    return Put(_popular, row | {asked.fate.value: 1}, counts=asked.fate.value)


async def _kept(connection: AsyncConnection, asked: Asked, now: datetime) -> Put:
    question = masked(asked.question)
    key = await vault.blind(connection, "gap", folded(asked.fate, question), now)
    # Sealed anew each time: the key of the month it was first asked in goes before the question does.
    anew = {"question": await vault.seal(connection, place(key), question, now, QUESTIONS), "last_at": now}
    anew |= {"clauses": json.dumps(asked.clauses[:_NEAREST]), "reason": asked.reason}
    row = {"key": key, "fate": asked.fate.value, "count": 1, "first_at": now} | anew
    return Put(_gap, row, changes=tuple(anew), counts="count")


def folded(fate: str, question: str) -> str:
    """The same for spellings that differ in width, case, spaces and marks only."""
    plain = unicodedata.normalize("NFKC", question).lower()
    return f"{fate}:" + "".join(character for character in plain if character.isalnum())


def place(key: str) -> Place:
    return Place("gap", "question", key)


async def unmet(connection: AsyncConnection, since: datetime) -> list[Unmet]:
    """Questions for staff, the most frequent first."""
    query = select(_gap).where(_gap.c.last_at >= since).order_by(_gap.c.count.desc(), _gap.c.last_at.desc())
    rows = (await connection.execute(query)).all()
    return [found for row in rows if (found := await _unmet(connection, row))]


async def _unmet(connection: AsyncConnection, row: Any) -> Unmet | None:
    try:
        question = await vault.unseal(connection, place(row.key), row.question)
    except (KeyGone, Unreadable):
        return None
    clauses = tuple(json.loads(row.clauses))
    return Unmet(Fate(row.fate), question, row.reason, clauses, row._mapping["count"], row.first_at, row.last_at)


async def popular(connection: AsyncConnection, since: date, most: int) -> list[str]:
    """Clauses that answered most often, by id; disliked answers count against them."""
    worth = func.sum(_popular.c.answered + 2 * _popular.c.liked - 3 * _popular.c.disliked)
    query = select(_popular.c.clause).where(_popular.c.day >= since).group_by(_popular.c.clause)
    rows = await connection.execute(query.having(worth > 0).order_by(worth.desc(), _popular.c.clause).limit(most))
    return [str(row.clause) for row in rows]


def passing(now: datetime) -> list[Passing]:
    days = Passing(_popular, _popular.c.day < (now - KEEP).date())
    return [Passing(_gap, _gap.c.last_at < now - KEEP), days, Passing(_vote, _vote.c.at < now - KEEP_VOTES)]

"""What handlers may ask, and what they know of the place they answer in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Incoming, Text
from bot.core.platform import WayIn, no_way_in
from bot.core.standing import Standing, Turn
from bot.words import Words
from knowledge.document import Document
from knowledge.lookup import Knowledge, Result

if TYPE_CHECKING:  # `zhice lookup` starts without the database and all that stands on it.
    from concurrent.futures import Executor

    from bot.notices.desk import Desk as NoticeDesk
    from handlers.forms.crossing import Crossing
    from handlers.forms.desk import Desk as FormDesk
    from handlers.forms.papers import Papers
    from handlers.forms.passing import Passing
    from handlers.person import Records
    from handlers.staff.desk import Review
    from handlers.staff.switches import Switches
    from reminders.desk import Desk

FOLLOW_UP = timedelta(minutes=30)
"""How long an earlier question still gives sense to the next one."""
TURNS = 6


async def _nothing_asked(_now: datetime) -> list[str]:
    return []


async def nobody(_incoming: Incoming) -> bool:
    return False


@dataclass(frozen=True)
class Services:
    """Built once in `bot.app`."""

    knowledge: Knowledge
    words: Words
    zone: tzinfo
    forms: FormDesk | None = None
    """None where only documents are asked."""
    reviews: Review | None = None
    """The same for staff."""
    passings: Passing | None = None
    """The same for what goes from hand to hand."""
    switches: Switches | None = None
    """The same for programmes."""
    sheets: Papers | None = None
    """The same for what is opened outside the chat."""
    crossings: Crossing | None = None
    """The same for what moves to the web."""
    personal: Records | None = None
    """The same for all that is kept about a person."""
    popular: Callable[[datetime], Awaitable[list[str]]] = _nothing_asked
    """Clauses that answered most often before that instant, by id."""
    notice_desk: NoticeDesk | None = None
    """None where only documents are asked."""
    reminders: Desk | None = None
    """None where only documents are asked."""
    admin: Callable[[Incoming], Awaitable[bool]] = nobody
    """Whether who wrote runs the group; asks the platform."""
    may_publish: Callable[[Incoming], Awaitable[bool]] = nobody
    """Whether who wrote may enter windows."""
    way_in: WayIn = no_way_in
    """From a group into the private chat."""
    reading: Executor | None = None
    """Where questions are looked up; any thread when None."""
    address: str = ""
    """Where our web server is found from outside; "" when nobody has said."""

    @property
    def notices(self) -> NoticeDesk:
        assert self.notice_desk is not None, "built without notices"
        return self.notice_desk

    @property
    def desk(self) -> Desk:
        assert self.reminders is not None, "built without reminders"
        return self.reminders

    async def is_admin(self, incoming: Incoming) -> bool:
        """Somebody the platform does not name runs nothing."""
        return bool(incoming.user) and await self.admin(incoming)

    @property
    def applications(self) -> FormDesk:
        assert self.forms is not None, "built without applications"
        return self.forms

    @property
    def review(self) -> Review:
        assert self.reviews is not None, "built without applications"
        return self.reviews

    @property
    def passing(self) -> Passing:
        assert self.passings is not None, "built without applications"
        return self.passings

    @property
    def switch(self) -> Switches:
        assert self.switches is not None, "built without applications"
        return self.switches

    @property
    def papers(self) -> Papers:
        assert self.sheets is not None, "built without applications"
        return self.sheets

    @property
    def crossing(self) -> Crossing:
        assert self.crossings is not None, "built without applications"
        return self.crossings

    @property
    def records(self) -> Records:
        assert self.personal is not None, "built without people's records"
        return self.personal

    def document(self, id: str) -> Document:
        """Raises UserError when it is gone from the corpus."""
        found = next((document for document in self.knowledge.documents if document.id == id), None)
        if found is None:
            raise UserError(Text("press-expired"))
        return found

    def has_clause(self, id: str) -> bool:
        try:
            self.knowledge.clause(id)
        except KeyError:
            return False
        return True

    async def look_up(self, question: str, turns: Sequence[str], region: str) -> Result:
        # Off the loop: a long story takes some milliseconds, and other chats should not wait for it.
        # Imported here: `zhice lookup`, which answers without it, would spend a twentieth of its time on it.
        import asyncio

        asked = partial(self.knowledge.lookup, question, turns=turns, region=region or None)
        return await asyncio.get_running_loop().run_in_executor(self.reading, asked)


@dataclass
class Conversation:
    """Where the event happened. What a handler changes in `standing` is saved together with its replies."""

    standing: Standing
    language: str
    now: datetime
    choice: Choice | None = None

    @property
    def data(self) -> str:
        """On what the picked choice acts."""
        return self.choice.data if self.choice else ""

    def earlier(self) -> list[str]:
        """Questions recent enough to be followed up, oldest first."""
        return [turn.text for turn in self.standing.turns if turn.at > self.now - FOLLOW_UP]

    def remember(self, question: str) -> None:
        recent = [turn for turn in self.standing.turns if turn.at > self.now - FOLLOW_UP]
        self.standing.turns = [*recent, Turn(question[:500], self.now)][-TURNS:]


def number(data: str) -> int:
    """What a button that many share says it acts on. Its words came back from outside: anything may stand in them."""
    if not (data.isascii() and data.isdigit() and len(data) < 10):
        raise UserError(Text("press-expired"))
    return int(data)


Handler = Callable[[Incoming, Conversation, Services], Awaitable[list[Answer]]]

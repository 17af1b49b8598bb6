"""What handlers may ask, and what they know of the place they answer in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Incoming, Text
from bot.core.platform import WayIn, no_way_in
from bot.core.standing import Standing, Turn
from bot.words import Words
from knowledge.document import Document
from knowledge.lookup import Knowledge, Result

if TYPE_CHECKING:  # `zhice lookup` starts without the database and all that stands on it.
    from asyncio import Lock

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


def _unbuilt() -> NoReturn:
    raise RuntimeError("built to answer from documents only")


@dataclass(frozen=True)
class Services:
    """Built once in `bot.app`."""

    knowledge: Knowledge
    words: Words
    zone: tzinfo
    forms: Callable[[], FormDesk] = _unbuilt
    """Built when first asked for, as all that follow: none of it is needed where only documents are asked."""
    reviews: Callable[[], Review] = _unbuilt
    """The same for staff."""
    passings: Callable[[], Passing] = _unbuilt
    """The same for what goes from hand to hand."""
    switches: Callable[[], Switches] = _unbuilt
    """The same for programmes."""
    sheets: Callable[[], Papers] = _unbuilt
    """The same for what is opened outside the chat."""
    crossings: Callable[[], Crossing] = _unbuilt
    """The same for what moves to the web."""
    personal: Callable[[], Records] = _unbuilt
    """The same for all that is kept about a person."""
    notice_desk: Callable[[], NoticeDesk] = _unbuilt
    reminders: Callable[[], Desk] = _unbuilt
    popular: Callable[[datetime], Awaitable[list[str]]] = _nothing_asked
    """Clauses that answered most often before that instant, by id."""
    admin: Callable[[Incoming], Awaitable[bool]] = nobody
    """Whether who wrote runs the group; asks the platform."""
    may_publish: Callable[[Incoming], Awaitable[bool]] = nobody
    """Whether who wrote may enter windows."""
    way_in: WayIn = no_way_in
    """From a group into the private chat."""
    address: str = ""
    """Where our web server is found from outside; "" when nobody has said."""

    @cached_property
    def notices(self) -> NoticeDesk:
        return self.notice_desk()

    @cached_property
    def desk(self) -> Desk:
        return self.reminders()

    async def is_admin(self, incoming: Incoming) -> bool:
        """Somebody the platform does not name runs nothing."""
        return bool(incoming.user) and await self.admin(incoming)

    @cached_property
    def applications(self) -> FormDesk:
        return self.forms()

    @cached_property
    def review(self) -> Review:
        return self.reviews()

    @cached_property
    def passing(self) -> Passing:
        return self.passings()

    @cached_property
    def switch(self) -> Switches:
        return self.switches()

    @cached_property
    def papers(self) -> Papers:
        return self.sheets()

    @cached_property
    def crossing(self) -> Crossing:
        return self.crossings()

    @cached_property
    def records(self) -> Records:
        return self.personal()

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
        # On the loop: another thread would take the interpreter from it at every statement, for its five milliseconds. Before each
        # question whatever has come in goes first.
        # Imported here: `zhice lookup`, which answers without it, would spend a twentieth of its time on it.
        import asyncio

        async with self._one_by_one:
            await asyncio.sleep(0)
            return self.knowledge.lookup(question, turns=turns, region=region or None)

    @cached_property
    def _one_by_one(self) -> Lock:
        import asyncio

        return asyncio.Lock()


@dataclass
class Conversation:
    """Where the event happened. What a handler changes in `standing` is saved together with its replies."""

    standing: Standing
    language: str
    now: datetime
    choice: Choice | None = None
    offered: int = 0
    """Choices of the offer that the event may mean."""
    counted: bool = False
    """Nothing can be pressed here: choices are a list with numbers, and a number belongs to the list read last."""

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

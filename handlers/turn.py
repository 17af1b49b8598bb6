"""One event from the inbox to its effect: load, decide, word, and commit all of it at once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import Clock
from bot.core.errors import Fenced, UserError
from bot.core.fit import fit
from bot.core.message import (
    LASTING,
    Answer,
    Asked,
    ChatKind,
    Choice,
    Effect,
    Erasure,
    Incoming,
    InlineResult,
    Kind,
    Line,
    Note,
    Outgoing,
    Reply,
    Text,
    Where,
)
from bot.core.platform import Limits
from bot.core.standing import OnOffer, Standing
from bot.outbox import ledger
from bot.outbox.drawing import ANYBODY, draw
from bot.storage import conversations, inbox, questions
from bot.storage.database import Database
from bot.storage.inbox import Event
from bot.storage.prepared import alone, last
from bot.storage.upsert import Put, put
from bot.words import Words
from handlers import basics, choosing, tongue
from handlers.crowd import MINUTE, Crowd, Verdict
from handlers.routes import is_filling, lasting, leaves, route
from handlers.services import Conversation, Handler, Services

log = structlog.get_logger(__name__)

OFFER = timedelta(days=30)
"""How long a button works."""


_TALK = frozenset({Kind.TEXT, Kind.COMMAND, Kind.EDITED, Kind.ATTACHMENT})


@dataclass(frozen=True)
class After:
    """What remains to be done once the turn is committed; nothing is lost when it is not."""

    note: str = ""
    lines: tuple[InlineResult, ...] = ()
    put: tuple[Outgoing, ...] = ()
    """The messages that were written."""


@dataclass(frozen=True)
class _Turn:
    """What a turn comes to, ready to be written."""

    event: Event
    now: datetime
    before: Standing
    chat: Conversation
    answers: Sequence[Answer]
    offers: Sequence[OnOffer]
    after: After
    error: str = ""


def _nobody(answers: Sequence[Outgoing]) -> None:
    """Waits for the answers beforehand."""


class Turns:
    """Takes events one by one; the caller sees to the order in a chat."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._crowd = Crowd()

    async def take(self, event: Event, limits: Limits, expect: Callable[[Sequence[Outgoing]], None] = _nobody) -> After:
        """`expect` hears of the answers before they are committed.

        Raises only when the database fails; then nothing was written, and the event is still open.
        """
        verdict = self._crowd.judge(event.incoming, limits) if _is_meant_for_us(event.incoming) else Verdict.SILENT
        if verdict is Verdict.SILENT:
            # Nothing of it is kept, not even who said it.
            await self._database.write(alone(partial(inbox.end, id=event.id)))
            return After()
        now = self._clock.now()
        before, offer = await self._situation(event.incoming)
        turn = await self._handled(event, now, before, offer, limits, is_hasty=verdict is Verdict.TELL)
        expect(turn.after.put)
        try:
            await self._write(turn)
        except UserError as problem:
            # Somebody else was quicker: nothing of this turn was written, and the person hears why.
            turn = self._refused(event, now, before, problem, limits)
            expect(turn.after.put)
            await self._write(turn)
        self._crowd.note(event.incoming, is_asked=is_filling(turn.chat))
        await _afterwards(turn.answers)
        return turn.after

    async def _situation(self, incoming: Incoming) -> tuple[Standing, OnOffer | None]:
        async with self._database.ask() as connection:
            before, put = await conversations.situation(connection, incoming, _token_meant(incoming))
        return before, (put if put and _holds(put, incoming) else None)

    async def _handled(
        self, event: Event, now: datetime, before: Standing, offer: OnOffer | None, limits: Limits, *, is_hasty: bool
    ) -> _Turn:
        incoming, error = event.incoming, ""
        chat = self._conversation(incoming, before, offer, limits)
        try:
            answers = _slower(incoming) if is_hasty else await _decide(incoming, chat, offer, self._services)
        except UserError as problem:
            answers = [Reply((problem.text,))]
        except Exception:
            incident = secrets.token_hex(3).upper()
            error = f"incident {incident}"
            log.exception("a handler failed", incident=incident, kind=incoming.kind, platform=incoming.where.platform)
            chat = self._conversation(incoming, before, None, limits)
            answers = [Reply((Text("incident", {"number": incident}),))] if incoming.addressed else []
        offers, after = self._word(_seen(answers, limits), incoming, chat, limits)
        return _Turn(event, now, before, chat, answers, offers, after, error)

    def _refused(self, event: Event, now: datetime, before: Standing, problem: UserError, limits: Limits) -> _Turn:
        chat = self._conversation(event.incoming, before, None, limits)
        offers, after = self._word([Reply((problem.text,))], event.incoming, chat, limits)
        return _Turn(event, now, before, chat, (), offers, after)

    async def _write(self, turn: _Turn) -> None:
        finishing = await self._database.write(partial(self._written, turn=turn))
        for finish in finishing:
            await _finished(finish)

    async def _written(self, connection: AsyncConnection, turn: _Turn) -> list[Callable[[], None]]:
        """All of the turn. Returns what is left to do when a person was deleted."""
        event = turn.event
        if _is_plain(turn):
            rows = await self._standing(connection, turn) + await self._rows(connection, turn)
            last(connection)
            if not await inbox.end_with(connection, event.id, turn.error, rows):
                raise _handled_elsewhere(event)
            return []
        if not await inbox.end(connection, event.id, turn.error):
            raise _handled_elsewhere(event)
        return await self._worked(connection, turn)

    async def _worked(self, connection: AsyncConnection, turn: _Turn) -> list[Callable[[], None]]:
        """What a turn does beside rows of its own."""
        incoming, now = turn.event.incoming, turn.now
        if incoming.kind is Kind.MIGRATED:
            await conversations.move_chat(connection, incoming.where, incoming.moved_to, now)
            return []
        finishing = [await each.job(connection, turn.event.id) for each in turn.answers if isinstance(each, Erasure)]
        if not finishing:
            await put(connection, await self._standing(connection, turn))
        if incoming.kind is Kind.LEFT:
            await conversations.clear(connection, incoming.where)
            await ledger.withdraw(connection, incoming.where, now)
            return finishing
        for answer in turn.answers:
            if isinstance(answer, Asked) and answer.once:
                await questions.note(connection, answer, now, self._today(now))
            elif isinstance(answer, Effect):
                await answer.job(connection)
        await put(connection, await self._rows(connection, turn))
        return finishing

    async def _standing(self, connection: AsyncConnection, turn: _Turn) -> list[Put]:
        return await conversations.changed(connection, turn.event.incoming, turn.chat.standing, turn.before, turn.now)

    async def _rows(self, connection: AsyncConnection, turn: _Turn) -> list[Put]:
        """What was asked, what is on offer, and the answers."""
        now, group, rows = turn.now, turn.event.incoming.chat_kind is not ChatKind.PRIVATE, list[Put]()
        for answer in turn.answers:
            if isinstance(answer, Asked) and not answer.once:
                rows += await questions.noted(connection, answer, now, self._today(now))
        rows += [await conversations.offered(connection, offer, now) for offer in turn.offers]
        return rows + [await ledger.answered(connection, message, group=group, now=now) for message in turn.after.put]

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._services.zone).date()

    def _conversation(self, incoming: Incoming, before: Standing, offer: OnOffer | None, limits: Limits) -> Conversation:
        standing = before.copy()
        if incoming.language:
            standing.client_language = incoming.language
        if incoming.kind is not Kind.LEFT:
            standing.active = True if incoming.kind is not Kind.JOINED else standing.active
        meant, offered = _choice_meant(incoming, offer, self._services.words), len(offer.choices) if offer else 0
        chat = Conversation(standing, "", self._clock.now(), meant, offered, counted=not limits.buttons)
        chat.language = tongue.answered_in(incoming, chat, self._services)
        return chat

    def _word(self, answers: Sequence[Answer], incoming: Incoming, chat: Conversation, limits: Limits) -> tuple[list[OnOffer], After]:
        messages: list[Outgoing] = []
        offers: list[OnOffer] = []
        for reply in (answer for answer in answers if isinstance(answer, Reply)):
            drawn, offer = self._draw(reply, incoming, chat, number=len(messages))
            messages += fit(drawn, limits)
            if offer:
                offers.append(offer)
                chat.standing.offer = offer.token
        note = next((self._services.words.say(answer.text, chat.language) for answer in answers if isinstance(answer, Note)), "")
        lines = tuple(self._line(answer, chat) for answer in answers if isinstance(answer, Line))
        return offers, After(note, lines, tuple(messages))

    def _draw(self, reply: Reply, incoming: Incoming, chat: Conversation, number: int) -> tuple[Outgoing, OnOffer | None]:
        where = incoming.where
        message, offer = draw(
            self._services.words,
            reply.blocks,
            reply.choices,
            key=f"{where.platform}:{where.account}:{incoming.event}:{number}",
            where=where,
            language=chat.language,
            user=incoming.user,
            until=self._clock.now() + OFFER,
            reply_to=incoming.message if incoming.chat_kind is not ChatKind.PRIVATE and not number else "",
            edit=incoming.message if reply.instead and incoming.kind is Kind.PRESS else "",
        )
        return (replace(message, enclosed=reply.enclosed) if reply.enclosed else message), offer

    def _line(self, line: Line, chat: Conversation) -> InlineResult:
        words = self._services.words
        title, hint = (words.say(part, chat.language) if isinstance(part, Text) else part for part in (line.title, line.hint))
        return InlineResult(line.id, title, hint, tuple(words.block(part, chat.language) for part in line.blocks))


def _is_plain(turn: _Turn) -> bool:
    """Nothing but rows of its own that do not depend on one another: they go into one statement."""
    if turn.event.incoming.kind in (Kind.MIGRATED, Kind.LEFT):
        return False
    asked = [answer for answer in turn.answers if isinstance(answer, Asked)]
    # The same clause twice would be the same row.
    return len(asked) < 2 and not any(each.once for each in asked) and not any(isinstance(each, Effect | Erasure) for each in turn.answers)


def _handled_elsewhere(event: Event) -> Fenced:
    return Fenced(f"event {event.id} was handled elsewhere")


def _is_meant_for_us(incoming: Incoming) -> bool:
    """All but talk in a group that is not addressed to us."""
    return incoming.addressed or incoming.kind not in _TALK


async def _afterwards(answers: Sequence[Answer]) -> None:
    for effect in (answer for answer in answers if isinstance(answer, Effect)):
        if effect.after:
            try:
                await effect.after()
            except Exception:
                # The person has been answered, and the rows say so.
                log.exception("what was left to do after a turn failed")


def _slower(incoming: Incoming) -> list[Answer]:
    seconds = int(MINUTE.total_seconds())
    if incoming.chat_kind is ChatKind.PRIVATE:
        return [Reply((Text("too-fast", {"seconds": seconds}),))]
    return [Reply((Text("too-fast-group", {"seconds": seconds}),))]


async def _finished(finish: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(finish)
    except OSError:
        # The rows are gone and so is the key: the bytes say nothing, and the sweep of the folder takes them.
        log.exception("files of a deleted person could not be removed")


def _seen(answers: list[Answer], limits: Limits) -> list[Answer]:
    """A note that the platform cannot show on the button becomes a message, unless there is one anyway."""
    if limits.notes or any(isinstance(answer, Reply) for answer in answers):
        return answers
    return [Reply((answer.text,)) if isinstance(answer, Note) else answer for answer in answers]


async def _decide(incoming: Incoming, chat: Conversation, offer: OnOffer | None, use: Services) -> list[Answer]:
    handler: Handler | None = route(incoming, chat)
    if incoming.kind is Kind.PRESS and offer and offer.user not in (incoming.user, ANYBODY):
        handler = basics.of_another
    if leaves(handler, incoming, chat):
        chat.standing.step = ""
    return await handler(incoming, chat, use) if handler else []


def _token_meant(incoming: Incoming) -> str | None:
    """Of the offer a press belongs to; None for the last one put here, when a text may name one of its choices."""
    if incoming.kind is Kind.PRESS:
        return incoming.press.partition(".")[0]
    return None if incoming.kind is Kind.TEXT and len(incoming.text) <= choosing.LONGEST else ""


def _holds(offer: OnOffer, incoming: Incoming) -> bool:
    return offer.expires_at > incoming.at and _chat_of(offer.where) == _chat_of(incoming.where)


def _chat_of(where: Where) -> tuple[str, str, str]:
    return where.platform, where.account, where.chat


def _choice_meant(incoming: Incoming, offer: OnOffer | None, words: Words) -> Choice | None:
    if incoming.kind is Kind.PRESS and incoming.press.startswith(LASTING):
        return lasting(incoming.press)
    if offer is None:
        return None
    if incoming.kind is not Kind.PRESS:
        return choosing.chosen(incoming.text, offer.choices, words)
    index = incoming.press.partition(".")[2]
    forged = len(index) > 2 or not (index.isascii() and index.isdigit())
    return offer.choices[int(index)] if not forged and int(index) < len(offer.choices) else None

"""What may be sent now: answers, what goes to many, and now and then one that may have arrived already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Integer, Select, and_, bindparam, exists, literal_column, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Outgoing, Where
from bot.outbox import batches, instance
from bot.outbox.ledger import Delivery, in_state, place
from bot.storage import vault
from bot.storage.given import as_rows, given_texts
from bot.storage.keys import KeyGone
from bot.storage.prepared import Prepared
from bot.storage.tables import Outbox
from bot.storage.values import OUTGOING, from_json
from bot.storage.vault import Unreadable

_outbox = Outbox.__table__
_earlier = _outbox.alias("earlier")
_PLACE = ("platform", "account", "chat", "thread", "group")
# No more than a delivery needs: reading moments out of a row costs more than the rest of it.
_READ = [_outbox.c[name] for name in ("id", "key", *_PLACE, "lane", "batch", "letter", "edit", "hold", "body", "epoch", "tries", "strikes")]
PAGE = 128
"""Answers looked at in one go when the next ones are chosen."""
_OF_USE = or_(_outbox.c.expires_at.is_(None), _outbox.c.expires_at > bindparam("now"))
# What was made later than now was made by a clock that was put back since: until then it would hold up its chat.
_IS_TIME = or_(_outbox.c.due_at <= bindparam("now"), _outbox.c.made_at > bindparam("now"))
ANSWERS = (
    select(
        *(_outbox.c[name] for name in ("id", "key", "chat", "group", "epoch")),
        type_coerce(and_(_IS_TIME, _OF_USE), Integer).label("is_due"),
    )
    .where(_outbox.c.platform == bindparam("platform"), _outbox.c.account == bindparam("account"))
    .where(_outbox.c.lane == literal_column("'reply'"), in_state("pending"), _outbox.c.id > bindparam("after"))
    .where(instance.SPEAKS)
    .order_by(_outbox.c.id)
    .limit(bindparam("most"))
)
_ANSWERS = Prepared(ANSWERS)
_ONE = Prepared(select(*_READ).where(_outbox.c.id == bindparam("row"), in_state("pending")))


@dataclass(frozen=True)
class Due:
    """Each in the order in which it should go; at most one of a chat in each lane."""

    replies: tuple[Delivery, ...] = ()
    bulk: tuple[Delivery, ...] = ()
    unreadable: tuple[int, ...] = ()
    """Rows written in a shape nobody can read: `ledger.give_up` on them, for others wait behind them."""
    ripe: tuple[str, ...] = ()
    """Batches whose first messages are through: `batches.look` at them."""
    behind: frozenset[str] = frozenset()
    """Chats in which more answers stand behind these."""
    has_more: bool = False
    """As many answers as were asked for: there may be others."""


@dataclass(frozen=True)
class Look:
    """Whose rows, how many, and which chats cannot be written to just now."""

    platform: str
    account: str
    now: datetime
    limit: int
    busy: Collection[str] = ()
    doubtful: bool = True
    """Whether one that may have arrived may go out again: one at a time."""
    answers_only: bool = False


class Letters:
    """Words that many share, kept as they were opened: a look reads rows of the same letter again and again."""

    MOST = 64

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Outgoing] = {}

    async def read(self, connection: AsyncConnection, batch: str, label: str) -> Outgoing:
        """Raises like `batches.letter`. Batches call their letters alike: the label alone would give one's words to another's people."""
        if (found := self._kept.get((batch, label))) is None:
            if len(self._kept) >= self.MOST:
                self._kept.clear()
            found = self._kept[batch, label] = await batches.letter(connection, batch, label)
        return found


AtHand = Mapping[str, Outgoing]
"""Answers put by this process a moment ago, by their keys: they need not be read and opened again."""


async def due(connection: AsyncConnection, look: Look, letters: Letters | None = None, at_hand: AtHand | None = None) -> Due:
    """A chat's pending messages keep their order in their lane: only the oldest is offered. An ambiguous one lets the others pass."""
    letters = letters or Letters()
    rows, behind = await _replies(connection, look, at_hand or {})
    has_more = len(rows) == look.limit
    if look.answers_only:
        return replace(await _read(connection, rows, (), letters), behind=frozenset(behind), has_more=has_more)
    if await instance.why_paused(connection):
        return Due()
    here = {"platform": look.platform, "account": look.account, "now": look.now, "busy": as_rows(look.busy)}
    running = await batches.running(connection, look.platform, look.account, look.now)
    for batch in running:
        if batch.room > 0:
            rows += await _OF_BATCH.rows(connection, here | {"batch": batch.id, "most": min(look.limit, batch.room)})
    if look.doubtful:
        rows += await _DOUBTFUL.rows(connection, here | {"running": as_rows(batch.id for batch in running)})
    found = await _read(connection, rows, tuple(batch.id for batch in running if batch.ripe), letters)
    return replace(found, behind=frozenset(behind), has_more=has_more)


def _here(engine: str) -> Select[Any]:
    return select(*_READ).where(
        _outbox.c.platform == bindparam("platform"),
        _outbox.c.account == bindparam("account"),
        _outbox.c.due_at <= bindparam("now"),
        _OF_USE,
        _outbox.c.chat.not_in(given_texts(engine, "busy")),
    )


async def _replies(connection: AsyncConnection, look: Look, at_hand: AtHand) -> tuple[list[Any], set[str]]:
    """The oldest of each chat, when it is due; read on from the first until there are enough: asked at every turn."""
    found: list[Any] = []
    behind: set[str] = set()
    passed, last = set(look.busy), 0
    while len(found) < look.limit:
        values = {"platform": look.platform, "account": look.account, "now": look.now, "after": last, "most": PAGE}
        page = await _ANSWERS.rows(connection, values)
        for row in page:
            if row.chat in passed:
                behind.add(row.chat)
                continue
            passed.add(row.chat)
            found += [row] if row.is_due else []
        if len(page) < PAGE:
            break
        last = page[-1].id
    return [each for row in found[: look.limit] if (each := _held(row, at_hand) or await _ONE.first(connection, {"row": row.id}))], behind


def _held(row: Any, at_hand: AtHand) -> Delivery | None:
    """What was never claimed is as it was put, unless its group has moved."""
    message = at_hand.get(row.key)
    if message is None or row.epoch or row.chat != message.where.chat:
        return None
    return Delivery(row.id, row.epoch, row.chat, row.group, 0, 0, message)


def of_batch(engine: str) -> Select[Any]:
    """Found by the order in which they are due: a million that wait are not looked through."""
    mine = (_outbox.c.lane == literal_column("'bulk'"), _outbox.c.batch == bindparam("batch"), in_state("pending"))
    # Lane and state are written out: else the index of a chat's turn is not found, and all rows before are gone through.
    here = (_earlier.c.platform == bindparam("platform"), _earlier.c.account == bindparam("account"))
    same = (_earlier.c.lane == literal_column("'bulk'"), _earlier.c.chat == _outbox.c.chat, _earlier.c.batch == bindparam("batch"))
    before = exists().where(*here, *same, _earlier.c.state == literal_column("'pending'"), _earlier.c.id < _outbox.c.id)
    return _here(engine).where(*mine, ~before).order_by(_outbox.c.due_at, _outbox.c.id).limit(bindparam("most"))


def doubtful(engine: str) -> Select[Any]:
    mine = (in_state("ambiguous"), _outbox.c.batch.in_(given_texts(engine, "running")))
    return _here(engine).where(*mine).order_by(_outbox.c.due_at, _outbox.c.id).limit(literal_column("1"))


_OF_BATCH = Prepared(of_batch)
_DOUBTFUL = Prepared(doubtful)


async def _read(connection: AsyncConnection, rows: Iterable[Any], ripe: tuple[str, ...], letters: Letters) -> Due:
    replies: dict[str, Delivery] = {}
    bulk: dict[str, Delivery] = {}
    unreadable: list[int] = []
    for row in rows:
        try:
            delivery = row if isinstance(row, Delivery) else await _delivery(connection, row, letters)
        except (ValidationError, KeyGone, Unreadable):
            unreadable.append(row.id)
            continue
        (bulk if delivery.bulk else replies).setdefault(row.chat, delivery)
    return Due(tuple(replies.values()), tuple(bulk.values()), tuple(unreadable), ripe)


async def _delivery(connection: AsyncConnection, row: Any, letters: Letters) -> Delivery:
    where = Where(row.platform, row.account, row.chat, row.thread)
    if row.letter:
        message = _addressed(await letters.read(connection, row.batch, row.letter), row.key, where, row.edit)
    else:
        message = from_json(OUTGOING, await vault.unseal(connection, place(row.key), row.body))
        # The group may have moved while the message waited.
        message = message if row.chat == message.where.chat else _moved(message, row.chat)
    return Delivery(row.id, row.epoch, row.chat, row.group, row.tries, row.strikes, message, row.lane == "bulk", row.batch, row.hold)


def _addressed(letter: Outgoing, key: str, where: Where, edit: str) -> Outgoing:
    # As `replace` would, which looks at each field: this is done for every row of a page.
    message = object.__new__(Outgoing)
    message.__dict__.update(letter.__dict__, key=key, where=where, edit=edit)
    return message


def _moved(message: Outgoing, chat: str) -> Outgoing:
    """In the new chat there is nothing to edit or to thread to."""
    return replace(message, where=replace(message.where, chat=chat), reply_to="", edit="")

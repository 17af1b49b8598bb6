"""Many messages that are one thing: turned into rows step by step, looked at after the first ones, paused, cancelled and counted together.

running    its rows may be sent
paused     none may, until somebody resumes it; why stands beside it
cancelled  none will be
finished   every recipient has a row, and every row has an end
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import Clock
from bot.core.message import Outgoing, Where
from bot.outbox.ledger import FORMAT, KEEP, OPEN, blank, in_state
from bot.storage import vault
from bot.storage.database import Database
from bot.storage.prepared import Prepared
from bot.storage.tables import Batch, Letter, Outbox
from bot.storage.upsert import insert_new, insert_plain
from bot.storage.values import OUTGOING, from_json, to_json
from bot.storage.vault import Place

_outbox = Outbox.__table__
_batch = Batch.__table__
_letter = Letter.__table__

CHUNK = 500
"""Rows that are ended in one step: replies wait behind it, so it is short."""
BRIEF = 0.03
"""Seconds that a step of turning recipients into rows should take, for the same reason."""
FIRST = 20
"""Messages to each account before the rest wait for a look."""
BEARABLE = 0.2
"""Share of the first messages that may fail in one way."""
TOO_MANY = re.compile(r"(\d+) of the first (\d+) failed: (.*)", re.DOTALL)
"""How a batch says why it paused itself after them."""
SPARE = timedelta(days=3)
"""Shared words outlive the rows that may point at them by so long."""
_DAY = "%Y-%m-%d"
_ALL = 1_000_000
_ANY = "*"
"""In `looked`: every account."""
_OF_ONE = _outbox.c.batch != literal_column("''")
"""Written out, so that SQLite finds the index of batches."""


@dataclass(frozen=True)
class Recipient:
    """A place one of the batch's letters goes to."""

    where: Where
    letter: str
    group: bool = False
    edit: str = ""
    """Put it in place of this message of ours there."""


@dataclass(frozen=True)
class Page:
    """Some of an audience. `cursor` leads to the next ones."""

    recipients: Sequence[Recipient]
    cursor: str
    last: bool
    """There are no others."""


Audience = Callable[[AsyncConnection, str, int], Awaitable[Page]]
"""The next recipients after a cursor ("" is the beginning), so many at the most. Asked in the transaction that writes their rows."""


@dataclass(frozen=True)
class Running:
    """A batch as one account's sender sees it."""

    id: str
    room: int
    """How many more may be begun now."""
    ripe: bool = False
    """Its first messages are through: somebody has to look."""


@dataclass(frozen=True)
class Progress:
    state: str
    reason: str
    expanded: bool
    counts: Mapping[str, int]
    """Messages by state, as in the ledger."""

    @property
    def open(self) -> int:
        return sum(self.counts.get(state, 0) for state in OPEN)


async def begin(
    connection: AsyncConnection,
    id: str,
    letters: Mapping[str, Sequence[Outgoing]],
    now: datetime,
    *,
    hold: bool = False,
    expires_at: datetime | None = None,
) -> bool:
    """Makes the batch and its letters, each in its parts; their keys and places do not matter. False when it is there already.

    `hold`: what may have arrived is not sent again. `expires_at`: what has not been sent until then is not sent at all.
    """
    row = {"id": id, "state": "running", "reason": "", "hold": hold, "cursor": "", "expanded": False, "looked": ""}
    if not await insert_new(connection, _batch, [row | {"made_at": now, "expires_at": expires_at, "ended_at": None}]):
        return False
    for name, parts in letters.items():
        await _keep(connection, id, name, parts, now)
    return True


async def share(connection: AsyncConnection, letters: Mapping[str, Sequence[Outgoing]], now: datetime) -> None:
    """Words that rows of no batch share, by a name that stands for their content."""
    for name, parts in letters.items():
        await _keep(connection, "", f"{now:{_DAY}}.{name}", parts, now)


def shared_label(name: str, part: int, now: datetime) -> str:
    """What a row writes down to point at them."""
    return f"{now:{_DAY}}.{name}/{part}"


async def _keep(connection: AsyncConnection, id: str, name: str, parts: Sequence[Outgoing], now: datetime) -> None:
    for part, message in enumerate(parts):
        body = await vault.seal(connection, _place(id, name, part), to_json(OUTGOING, message), now)
        await insert_new(connection, _letter, [{"batch": id, "name": name, "part": part, "body": body}])


async def letter(connection: AsyncConnection, batch: str, label: str) -> Outgoing:
    """One part of a letter. Raises like `vault.unseal`, or ValidationError when it is not there."""
    name, _, part = label.rpartition("/")
    query = select(_letter.c.body).where(_letter.c.batch == batch, _letter.c.name == name, _letter.c.part == int(part))
    body = (await connection.execute(query)).scalar() or ""
    return from_json(OUTGOING, await vault.unseal(connection, _place(batch, name, int(part)), body))


class Step:
    """How many rows a step makes: so many that it is brief on this machine, as busy as it is."""

    LEAST, MOST = 20, 500

    def __init__(self) -> None:
        self.rows = min(100, self.MOST)

    def took(self, seconds: float) -> None:
        wanted = self.rows * min(1.5, BRIEF / max(seconds, 0.001))
        self.rows = round(max(self.LEAST, min(self.MOST, wanted)))


async def expand(database: Database, id: str, audience: Audience, clock: Clock) -> None:
    """Turns the whole audience into rows, from where it was left. Whatever breaks it off, it may be called again; nobody gets two rows."""
    step, more = Step(), True
    while more:
        begun = time.monotonic()
        more = await database.write(lambda connection: expand_some(connection, id, audience, clock.now(), step.rows))
        step.took(time.monotonic() - begun)


async def expand_some(connection: AsyncConnection, id: str, audience: Audience, now: datetime, rows: int = CHUNK) -> bool:
    """One step. False when there is nothing left to do."""
    batch = (await connection.execute(select(_batch).where(_batch.c.id == id).with_for_update())).one()
    if batch.expanded or batch.state == "cancelled":
        return False
    parts = await _parts(connection, id)
    page = await audience(connection, batch.cursor, max(1, rows // max([1, *parts.values()])))
    await insert_plain(connection, _outbox, _rows(batch, page.recipients, parts, now))
    await connection.execute(update(_batch).where(_batch.c.id == id).values(cursor=page.cursor, expanded=page.last))
    return not page.last


async def _parts(connection: AsyncConnection, id: str) -> dict[str, int]:
    query = select(_letter.c.name, func.count()).where(_letter.c.batch == id).group_by(_letter.c.name)
    return {str(name): int(count) for name, count in await connection.execute(query)}


def _rows(batch: Any, recipients: Sequence[Recipient], parts: Mapping[str, int], now: datetime) -> list[dict[str, Any]]:
    shared = blank("", _NOWHERE, now) | {"batch": batch.id, "hold": batch.hold, "expires_at": batch.expires_at}
    return [shared | to.where.__dict__ | _of(batch.id, to, part) for to in recipients for part in range(parts[to.letter])]


_NOWHERE = Where("", "", "")


def _of(batch: str, to: Recipient, part: int) -> dict[str, Any]:
    edit = "" if part else to.edit
    return {"key": key(batch, to.where, part), "group": to.group, "letter": f"{to.letter}/{part}", "edit": edit}


def key(batch: str, where: Where, part: int = 0) -> str:
    """By which the row to a recipient is found again."""
    return f"{batch}:{_name(where)}:{part}"


def _name(where: Where) -> str:
    return ":".join((where.platform, where.account, where.chat, where.thread))


def _place(batch: str, name: str, part: int) -> Place:
    return Place("letter", "body", f"{batch}:{name}:{part}")


# ---- what may go ----


async def running(connection: AsyncConnection, platform: str, account: str, now: datetime) -> list[Running]:
    """The batches whose rows may be sent, oldest first; first of all "", the rows of no batch."""
    rows = await _RUNNING.rows(connection, {"now": now})
    return [Running("", _ALL), *[await _one(connection, row, platform, account) for row in rows]]


_FRESH = or_(_batch.c.expires_at.is_(None), _batch.c.expires_at > bindparam("now"))
_RUNNING = Prepared(
    select(_batch.c.id, _batch.c.looked)
    .where(_batch.c.state == literal_column("'running'"), _FRESH)
    .order_by(_batch.c.made_at, _batch.c.id)
)


async def _one(connection: AsyncConnection, row: Any, platform: str, account: str) -> Running:
    if not {_ANY, _account(platform, account)}.isdisjoint(row.looked.splitlines()):
        return Running(row.id, _ALL)
    counted = await _begun(connection, row.id, platform, account)
    begun = sum(counted.values())
    return Running(row.id, max(0, FIRST - begun), ripe=begun >= FIRST and not counted.get("sending"))


async def _begun(connection: AsyncConnection, id: str, platform: str, account: str) -> dict[str, int]:
    """By state, without those still waiting for their first turn."""
    states = ("sending", "ambiguous", "sent", "unreachable", "failed", "unknown")
    query = select(_outbox.c.state, func.count()).where(_outbox.c.batch == id, _outbox.c.state.in_(states), _OF_ONE)
    query = query.where(_outbox.c.platform == platform, _outbox.c.account == account).group_by(_outbox.c.state)
    return {str(state): int(count) for state, count in await connection.execute(query)}


async def look(connection: AsyncConnection, id: str, platform: str, account: str) -> str:
    """Looks at the first messages to an account: goes on, or pauses. Returns why it is paused, "" when it goes on."""
    errors = select(_outbox.c.error, func.count()).where(_outbox.c.batch == id, _outbox.c.state.in_(("failed", "unreachable")), _OF_ONE)
    errors = errors.where(_outbox.c.platform == platform, _outbox.c.account == account).group_by(_outbox.c.error)
    counted = {str(error): int(count) for error, count in await connection.execute(errors)}
    if reason := _verdict(counted, sum((await _begun(connection, id, platform, account)).values())):
        await pause(connection, id, reason)
        return reason
    await _pass(connection, id, _account(platform, account))
    return ""


def _verdict(errors: Mapping[str, int], begun: int) -> str:
    for error, count in errors.items():
        if error.startswith(FORMAT) or count > BEARABLE * begun:
            return f"{count} of the first {begun} failed: {error}"
    return ""


async def _pass(connection: AsyncConnection, id: str, account: str) -> None:
    looked = (await connection.execute(select(_batch.c.looked).where(_batch.c.id == id).with_for_update())).scalar_one()
    accounts = sorted({*looked.splitlines(), account})
    await connection.execute(update(_batch).where(_batch.c.id == id).values(looked="\n".join(accounts)))


def _account(platform: str, account: str) -> str:
    return f"{platform}:{account}"


# ---- what staff decide ----


async def pause(connection: AsyncConnection, id: str, reason: str) -> bool:
    """Nothing more of it is begun. False when it was not running."""
    return await _change(connection, id, ("running",), state="paused", reason=reason)


async def resume(connection: AsyncConnection, id: str, *, seen: bool = True) -> bool:
    """Goes on. Whoever resumes it has looked: the first messages hold it up no more; not so a clock (`seen`). False when not paused."""
    looked = {"looked": _ANY} if seen else {}
    return await _change(connection, id, ("paused",), state="running", reason="", **looked)


async def cancel(connection: AsyncConnection, id: str, reason: str, now: datetime) -> bool:
    """Nothing more of it is begun, ever; `sweep` ends its rows. False when it had ended already."""
    return await _change(connection, id, ("running", "paused"), state="cancelled", reason=reason, ended_at=now)


async def _change(connection: AsyncConnection, id: str, states: tuple[str, ...], **values: Any) -> bool:
    statement = update(_batch).where(_batch.c.id == id, _batch.c.state.in_(states)).values(**values)
    return bool((await connection.execute(statement)).rowcount)


async def progress(connection: AsyncConnection, id: str) -> Progress | None:
    """None when there is no such batch."""
    batch = (await connection.execute(select(_batch).where(_batch.c.id == id))).first()
    if batch is None:
        return None
    query = select(_outbox.c.state, func.count()).where(_outbox.c.batch == id, _OF_ONE).group_by(_outbox.c.state)
    counts = {str(state): int(count) for state, count in await connection.execute(query)}
    return Progress(batch.state, batch.reason, batch.expanded, counts)


# ---- what ends by itself ----


async def sweep(connection: AsyncConnection, now: datetime) -> int:
    """Ends rows whose batch was cancelled or whose time is over, and batches without open rows. Returns how many rows; call it until 0."""
    late = (in_state("pending"), _outbox.c.expires_at.is_not(None), _outbox.c.expires_at <= now)
    ended = await _end(connection, late, "expired", now)
    for id in (await connection.execute(select(_batch.c.id).where(_batch.c.state == "cancelled"))).scalars().all():
        for state, end in (("pending", "cancelled"), ("ambiguous", "unknown")):
            ended += await _end(connection, (_OF_ONE, _outbox.c.batch == id, _outbox.c.state == state), end, now)
    await _finish(connection, now)
    return ended


async def _end(connection: AsyncConnection, rows: tuple[ColumnElement[bool], ...], state: str, now: datetime) -> int:
    some = select(_outbox.c.id).where(*rows).limit(CHUNK)
    statement = update(_outbox).where(_outbox.c.id.in_(some)).values(state=state, body="", settled_at=now)
    return int((await connection.execute(statement)).rowcount)


async def _finish(connection: AsyncConnection, now: datetime) -> None:
    still_open = exists().where(_OF_ONE, _outbox.c.batch == _batch.c.id, _outbox.c.state.in_(OPEN))
    over = (_batch.c.state == "running", _batch.c.expanded, ~still_open)
    await connection.execute(update(_batch).where(*over).values(state="finished", ended_at=now))


async def forget(connection: AsyncConnection, now: datetime) -> int:
    """Drops batches ended so long ago that their rows are gone, too."""
    old = (await connection.execute(select(_batch.c.id).where(_batch.c.ended_at < now - KEEP))).scalars().all()
    await connection.execute(delete(_letter).where(_letter.c.batch.in_(old)))
    shared = _letter.c.batch == "", _letter.c.name < f"{now - KEEP - SPARE:{_DAY}}"
    await connection.execute(delete(_letter).where(*shared))
    return int((await connection.execute(delete(_batch).where(_batch.c.id.in_(old)))).rowcount)

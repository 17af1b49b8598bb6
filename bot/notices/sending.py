"""From approved to over: begun when its time has come, turned into rows, paused, followed, and told to its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import FixedClock
from bot.core.errors import WrongMove
from bot.core.message import Text, Where
from bot.core.permissions import Action, StaffMember, require
from bot.notices import approval, audience, letter, recipients, shelf, telling
from bot.notices.approval import LATE, Rules
from bot.notices.audience import Key
from bot.notices.letter import Platforms
from bot.notices.notice import Fate, Notice, State
from bot.notices.recipients import batch_of
from bot.outbox import batches
from bot.outbox.batches import Page, Recipient
from bot.outbox.ledger import FORMAT, OPEN
from bot.outbox.report import BY_STAFF, QUIET
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.notice_tables import Notice as Row
from bot.storage.notice_tables import NoticeRecipient
from bot.storage.tables import Outbox
from bot.words import Words

_notice = Row.__table__
_recipient = NoticeRecipient.__table__
_outbox = Outbox.__table__

NOW = (State.SENDING, State.PAUSED, State.DONE, State.CANCELLED)
AT_WORK = (State.LISTING, State.APPROVED, State.SENDING, State.PAUSED, State.CANCELLED)
ACTIONS = {State.SENDING: ("notice-pause", "notice-cancel"), State.PAUSED: ("notice-resume", "notice-cancel")}
"""What the author may press while it is on its way."""


@dataclass(frozen=True)
class Means:
    """What sending needs."""

    rules: Rules
    words: Words
    platforms: Platforms


# ---- beginning ----


async def begin_due(connection: AsyncConnection, known: Notice, means: Means, now: datetime) -> None:
    """Begins it when its time has come; what may not begin goes back to staff with the reason."""
    if known.content.at is not None and now < known.content.at:
        return
    if known.content.at is not None and now - known.content.at > LATE:
        await _give_back(connection, known, "late", means, now)
    elif not await approval.is_approved(connection, known, means.rules, now):
        await _give_back(connection, known, "approval-void", means, now)
    elif not known.content.is_quiet(now, means.rules.zone):
        await _begin(connection, known, means, now)


async def _give_back(connection: AsyncConnection, known: Notice, reason: str, means: Means, now: datetime) -> None:
    await approval.back(connection, known, reason, now)
    key = f"{batch_of(known.id)}:{known.round}:{reason}"
    said = (Text("notice-told", {"number": known.id, "title": known.content.title}), Text(f"notice-reason-{reason}"))
    await telling.author(connection, known, key, said, (), means.words, means.platforms, now)


async def _begin(connection: AsyncConnection, known: Notice, means: Means, now: datetime) -> None:
    drawn = letter.letters(known, means.words, means.platforms)
    parts = {name: (message,) for name, message in drawn.items()}
    await shelf.move(connection, known, state=State.SENDING.value, started_at=now, changed_at=now, reason="")
    await batches.begin(connection, batch_of(known.id), parts, now, hold=known.content.unclear == "hold")
    who = f"staff:{known.submitted_by}" if not means.rules.alone else "service"
    await audit.append(connection, at=now, actor=who, action="notice-begun", object=f"notice:{known.id}", detail=known.digest)
    if known.corrects is not None:
        # Nobody gets the wrong text any more.
        await recipients.end(connection, known.corrects, (Fate.WEEKLY,), "corrected", now)


# ---- turning recipients into rows ----


def _page_of(known: Notice) -> batches.Audience:
    async def page(connection: AsyncConnection, cursor: str, limit: int) -> Page:
        rows = await recipients.next_due(connection, known.id, int(cursor or 0), limit)
        keys: list[Key] = [(row.platform, row.account, row.chat) for row in rows]
        there = await audience.still_reachable(connection, keys) if keys else {}
        wrong = await _wrong_ones(connection, known, keys)
        now = (await connection.execute(select(_notice.c.started_at).where(_notice.c.id == known.id))).scalar_one()
        decided = [_decided(known, row, there.get((row.platform, row.account, row.chat)), now) for row in rows]
        await recipients.put(connection, decided)
        found = tuple(
            _addressed(known, row, there, wrong) for row, now_ in zip(rows, decided, strict=True) if now_["state"] == Fate.QUEUED.value
        )
        return Page(found, str(rows[-1].number) if rows else cursor, len(rows) < limit)

    return page


def _decided(known: Notice, row: Any, place: audience.Place | None, now: datetime) -> dict[str, Any]:
    """On its way, for the weekly digest, or not sent after all: they left or unsubscribed since it was submitted."""
    where = Where(row.platform, row.account, row.chat)
    if place is None:
        return {"id": row.id, "state": Fate.SKIPPED.value, "reason": "gone-or-unsubscribed", "key": "", "language": "", "settled_at": now}
    language = known.content.text(place.language)[0]
    if place.weekly and known.corrects is None:
        return {"id": row.id, "state": Fate.WEEKLY.value, "reason": "", "key": "", "language": language, "settled_at": now}
    return {
        "id": row.id,
        "state": Fate.QUEUED.value,
        "reason": "",
        "key": batches.key(batch_of(known.id), where),
        "language": language,
        "settled_at": None,
    }


def _addressed(known: Notice, row: Any, there: Mapping[Key, audience.Place], wrong: Mapping[Key, str]) -> Recipient:
    place = there[row.platform, row.account, row.chat]
    return Recipient(place.where, letter.name(row.platform, place.language), place.group, wrong.get(place.key, ""))


async def _wrong_ones(connection: AsyncConnection, known: Notice, keys: list[Key]) -> dict[Key, str]:
    """For a correction: the message to be put right in each chat."""
    if known.corrects is None or not keys:
        return {}
    chats = {chat for _, _, chat in keys}
    query = select(_recipient).where(_recipient.c.notice == known.corrects, _recipient.c.chat.in_(chats), _recipient.c.message != "")
    # One that came in a digest stands there among others: it is corrected by a message of its own.
    query = query.where(_recipient.c.key.like(f"{batch_of(known.corrects)}:%"))
    return {(row.platform, row.account, row.chat): row.message for row in await connection.execute(query)}


# ---- what staff decide ----


async def pause(connection: AsyncConnection, by: StaffMember, known: Notice, now: datetime) -> None:
    """Raises NotAllowed, WrongMove, Stale."""
    require(by, Action.PAUSE_NOTICE)
    if known.state is not State.SENDING:
        raise WrongMove(f"{known.state} is not paused")
    await batches.pause(connection, batch_of(known.id), BY_STAFF)
    await _moved(connection, by, known, State.PAUSED, "notice-paused", now, reason=BY_STAFF)


async def resume(connection: AsyncConnection, by: StaffMember, known: Notice, now: datetime) -> None:
    """Raises NotAllowed, WrongMove, Stale."""
    require(by, Action.PAUSE_NOTICE)
    if known.state is not State.PAUSED:
        raise WrongMove(f"{known.state} is not resumed")
    await batches.resume(connection, batch_of(known.id))
    await _moved(connection, by, known, State.SENDING, "notice-resumed", now)


async def cancel(connection: AsyncConnection, by: StaffMember, known: Notice, now: datetime) -> None:
    """What has gone has gone; nothing more goes. Raises NotAllowed, WrongMove, Stale."""
    require(by, Action.PAUSE_NOTICE)
    if known.state not in (State.SENDING, State.PAUSED):
        raise WrongMove(f"{known.state} is not cancelled")
    await batches.cancel(connection, batch_of(known.id), BY_STAFF, now)
    await recipients.end(connection, known.id, (Fate.DUE, Fate.WEEKLY), BY_STAFF, now)
    await _moved(connection, by, known, State.CANCELLED, "notice-cancelled", now, reason=BY_STAFF)


async def _moved(
    connection: AsyncConnection, by: StaffMember, known: Notice, to: State, action: str, now: datetime, reason: str = ""
) -> None:
    await shelf.move(connection, known, state=to.value, reason=reason, changed_at=now)
    await audit.append(connection, at=now, actor=by.reference, action=action, object=f"notice:{known.id}")


# ---- following it ----


async def at_work(connection: AsyncConnection) -> list[Notice]:
    query = (
        select(_notice)
        .where(_notice.c.finished_at.is_(None), _notice.c.state.in_([state.value for state in AT_WORK]))
        .order_by(_notice.c.id)
    )
    return [shelf.told(row) for row in (await connection.execute(query)).all()]


async def expand(database: Database, known: Notice, now: datetime) -> None:
    await batches.expand(database, batch_of(known.id), _page_of(known), FixedClock(now))


async def follow(connection: AsyncConnection, known: Notice, means: Means, now: datetime) -> None:
    """Agrees with what the outbox made of it, keeps the quiet hours, and tells the author."""
    progress = await batches.progress(connection, batch_of(known.id))
    if progress is None:
        return
    await _keep_quiet(connection, known, progress, means, now)
    if progress.state == "paused" and known.state is State.SENDING and progress.reason != QUIET:
        await shelf.move(connection, known, state=State.PAUSED.value, reason=progress.reason, changed_at=now)
    elif (progress.expanded or known.state is State.CANCELLED) and not await _is_being_told(connection, known, now):
        await _end(connection, known, now)
    await tell(connection, await shelf.notice(connection, known.id), means, now)


async def _keep_quiet(connection: AsyncConnection, known: Notice, progress: batches.Progress, means: Means, now: datetime) -> None:
    quiet = known.content.is_quiet(now, means.rules.zone)
    if quiet and progress.state == "running":
        await batches.pause(connection, batch_of(known.id), QUIET)
    elif not quiet and progress.state == "paused" and progress.reason == QUIET:
        await batches.resume(connection, batch_of(known.id), seen=False)


async def _end(connection: AsyncConnection, known: Notice, now: datetime) -> None:
    if await recipients.is_open(connection, known.id, batch_of(known.id)):
        return
    state = State.CANCELLED if known.state is State.CANCELLED else State.DONE
    await shelf.move(connection, known, state=state.value, finished_at=now, changed_at=now)


async def tell(connection: AsyncConnection, known: Notice, means: Means, now: datetime) -> None:
    """One message to the author that changes as it goes on; on platforms that cannot edit, one for each state."""
    where = telling.read(known.desk)
    limits = means.platforms.get(where.platform) if where else None
    if where is None or limits is None:
        return
    row = (await connection.execute(select(_notice.c.progress, _notice.c.shown).where(_notice.c.id == known.id))).one()
    figures = await recipients.figures(connection, known.id)
    shown = _shown(known, figures) if limits.edits else known.state.value
    before = await _told_before(connection, known, row.progress)
    if before is None and known.finished_at is not None:
        before = ""  # Nobody comes back to it: what is put off for long is told anew.
    if shown == row.shown or before is None:
        return
    mine = (_notice.c.id == known.id, _notice.c.progress == row.progress)
    if not (await connection.execute(update(_notice).where(*mine).values(progress=row.progress + 1, shown=shown))).rowcount:
        return
    said = tuple(lines(known, figures))
    edit = before if limits.edits else ""
    key = _progress_key(known, row.progress + 1)
    await telling.author(connection, known, key, said, ACTIONS.get(known.state, ()), means.words, means.platforms, now, edit)


async def _is_being_told(connection: AsyncConnection, known: Notice, now: datetime) -> bool:
    """Whether the last change is on its way to the author. Ended now, it would be the last they hear: nobody looks after what has ended."""
    number = (await connection.execute(select(_notice.c.progress).where(_notice.c.id == known.id))).scalar_one()
    mine = _outbox.c.key == _progress_key(known, number), _outbox.c.state.in_(OPEN), _outbox.c.due_at <= now
    return (await connection.execute(select(_outbox.c.id).where(*mine))).first() is not None


async def _told_before(connection: AsyncConnection, known: Notice, number: int) -> str | None:
    """The message to be changed; "" when there is none, None while the last change is still on its way."""
    if not number:
        return ""
    row = (
        await connection.execute(select(_outbox.c.state, _outbox.c.message).where(_outbox.c.key == _progress_key(known, number)))
    ).first()
    if row is None or row.state in OPEN:
        return None if row else ""
    return str(row.message)


def _progress_key(known: Notice, number: int) -> str:
    return f"{batch_of(known.id)}:progress:{number}"


def _shown(known: Notice, figures: Mapping[Fate, int]) -> str:
    return " ".join([known.state.value, known.reason, *(f"{fate}={figures.get(fate, 0)}" for fate in Fate)])


def lines(known: Notice, figures: Mapping[Fate, int]) -> Iterator[Text]:
    """How it goes, in words."""
    yield Text("notice-told", {"number": known.id, "title": known.content.title})
    yield Text(f"notice-now-{known.state.value}" if known.state in NOW else f"notice-state-{known.state.value}")
    if known.state is State.PAUSED:
        yield Text("notice-paused-by-staff") if known.reason == BY_STAFF else _because(known.reason)
    yield Text("notice-figures", numbers(figures))


def _because(reason: str) -> Text:
    """What the outbox saw, as staff read it; what the platform said stays in its own words."""
    if found := batches.TOO_MANY.fullmatch(reason):
        return Text("notice-paused-first", {"failed": int(found[1]), "begun": int(found[2]), "reason": found[3]})
    if reason.startswith(FORMAT):
        return Text("notice-paused-format", {"reason": reason.removeprefix(FORMAT)})
    return Text("notice-paused-because", {"reason": reason})


def numbers(figures: Mapping[Fate, int]) -> dict[str, int]:
    waiting = figures.get(Fate.DUE, 0) + figures.get(Fate.QUEUED, 0)
    return {"all": sum(figures.values()), "waiting": waiting, **{fate.value: figures.get(fate, 0) for fate in Fate}}

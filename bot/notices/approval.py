"""Four eyes: what one submits another approves, exactly as it stands, and not for long."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import NotAllowed, NotThere, Stale, UserError, WrongMove
from bot.core.message import Text
from bot.core.permissions import Action, StaffMember, allowed, require
from bot.notices import audience, shelf
from bot.notices.audience import Key, Within
from bot.notices.notice import Fate, Notice, State, chained, sealed
from bot.storage import audit, staff
from bot.storage.notice_tables import Notice as Row
from bot.storage.notice_tables import NoticeApproval, NoticeRecipient
from bot.storage.upsert import insert_new

_notice = Row.__table__
_approval = NoticeApproval.__table__
_recipient = NoticeRecipient.__table__

CHUNK = 1000
"""Recipients written down in one transaction."""
TERM = timedelta(hours=24)
"""How long an approval counts."""
MANY = 10_000
"""More recipients than these need two approvals."""
A_DAY = 3
"""Notices one member of staff may submit in a day."""
LATE = timedelta(minutes=60)
"""A time missed by more goes back to staff."""
_SEPARATOR = "\n"


@dataclass(frozen=True)
class Rules:
    """What the operator decides. `alone`: the office has one member of staff only and said so, in its settings."""

    zone: tzinfo
    within: Within
    served: Collection[str]
    """Platforms we send on; nobody else is counted or listed."""
    alone: bool = False


async def submit(connection: AsyncConnection, by: StaffMember, known: Notice, key: str, desk: str, rules: Rules, now: datetime) -> Notice:
    """Closes the draft and begins to write down who is due. The same key again changes nothing.

    Raises NotAllowed, WrongMove, Stale, and UserError for what the author can mend.
    """
    require(by, Action.SUBMIT_NOTICE)
    if (before := await _of_key(connection, key)) is not None:
        return before
    if known.state is not State.DRAFT:
        raise WrongMove(f"{known.state} is submitted already")
    await insist(connection, by, known, rules, now)
    begun = {"state": State.LISTING.value, "round": known.round + 1, "submitted_by": by.id, "submitted_at": now, "submit_key": key}
    await shelf.move(connection, known, **begun, desk=desk, listed=0, cursor="", snapshot="", reason="", remark="", changed_at=now)
    await audit.append(connection, at=now, actor=by.reference, action="notice-submitted", object=f"notice:{known.id}")
    return await listed(connection, await shelf.notice(connection, known.id), rules, now)


async def _of_key(connection: AsyncConnection, key: str) -> Notice | None:
    row = (await connection.execute(select(_notice).where(_notice.c.submit_key == key))).first()
    return shelf.told(row) if row else None


async def insist(connection: AsyncConnection, by: StaffMember, known: Notice, rules: Rules, now: datetime) -> None:
    """Raises UserError with what keeps it from being submitted."""
    content = known.content
    if content.at is not None and content.at <= now:
        raise UserError(Text("notice-time-over", {"at": content.at}))
    if known.corrects is None and not content.audience.is_said:
        raise UserError(Text("notice-audience-unsaid"))
    meant = await audience.meaning(connection, content.audience, rules.within, rules.served, known.corrects)
    if not (await audience.count(connection, meant)).all:
        raise UserError(Text("notice-audience-empty"))
    if await _submitted_today(connection, by, rules, now) >= A_DAY:
        raise UserError(Text("notice-enough-today", {"most": A_DAY}))


async def _submitted_today(connection: AsyncConnection, by: StaffMember, rules: Rules, now: datetime) -> int:
    morning = now.astimezone(rules.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(func.count()).where(_notice.c.submitted_by == by.id, _notice.c.submitted_at >= morning)
    return int((await connection.execute(query)).scalar_one())


async def listed(connection: AsyncConnection, known: Notice, rules: Rules, now: datetime) -> Notice:
    """Writes down the next recipients; with the last of them it waits for approval. Broken off, it goes on where it stopped."""
    row = (await connection.execute(select(_notice.c.cursor, _notice.c.snapshot, _notice.c.listed).where(_notice.c.id == known.id))).one()
    after: Key | None = _key(row.cursor) if row.cursor else None
    meant = await audience.meaning(connection, known.content.audience, rules.within, rules.served, known.corrects)
    found = await audience.page(connection, meant, after, CHUNK)
    snapshot = row.snapshot
    rows = []
    for number, place in enumerate(found, row.listed + 1):
        platform, account, chat = place.key
        snapshot = chained(snapshot, _SEPARATOR.join(place.key))
        where = {"platform": platform, "account": account, "chat": chat, "group": place.group, "region": place.region}
        blank = {"state": Fate.DUE.value, "reason": "", "key": "", "message": "", "language": ""}
        rows.append({"notice": known.id, "number": number, **where, **blank})
    if rows:
        await connection.execute(insert(_recipient), rows)
        await shelf.note(connection, known.id, cursor=_SEPARATOR.join(found[-1].key), snapshot=snapshot, listed=row.listed + len(rows))
    if len(found) < CHUNK:
        await _await_approval(connection, await shelf.notice(connection, known.id), rules, now)
    return await shelf.notice(connection, known.id)


def _key(cursor: str) -> Key:
    platform, account, chat = cursor.split(_SEPARATOR)
    return platform, account, chat


async def _await_approval(connection: AsyncConnection, known: Notice, rules: Rules, now: datetime) -> None:
    if not known.listed:
        await shelf.move(connection, known, state=State.DRAFT.value, reason="audience-empty", submit_key=None, changed_at=now)
        return
    state = State.APPROVED if rules.alone else State.WAITING
    await shelf.move(connection, known, state=state.value, digest=_digest(known), cursor="", changed_at=now)


def _digest(known: Notice) -> str:
    return sealed(known.content, id=known.id, round=known.round, corrects=known.corrects, snapshot=known.snapshot, count=known.listed)


async def approve(connection: AsyncConnection, by: StaffMember, known: Notice, digest: str, rules: Rules, now: datetime) -> Notice:
    """`digest`: what the reviewer has seen. Raises NotAllowed, WrongMove, Stale, UserError."""
    insist_on_another(by, known)
    if known.state is not State.WAITING:
        raise WrongMove(f"{known.state} waits for no approval")
    if not digest or digest != known.digest or digest != _digest(known):
        raise Stale(f"notice:{known.id}")
    if known.content.at is not None:
        if known.content.at <= now:
            raise UserError(Text("notice-time-over", {"at": known.content.at}))
        if known.content.at - now > TERM:
            raise UserError(Text("notice-approve-later", {"at": known.content.at - TERM}))
    given = {"notice": known.id, "staff": by.id, "digest": digest, "at": now}
    if not await insert_new(connection, _approval, [given]):
        raise WrongMove("approved already")
    await audit.append(connection, at=now, actor=by.reference, action="notice-approved", object=f"notice:{known.id}", detail=digest)
    if len(await approvers(connection, known, now)) >= needed(known, rules):
        await shelf.move(connection, known, state=State.APPROVED.value, changed_at=now)
    return await shelf.notice(connection, known.id)


def insist_on_another(by: StaffMember, known: Notice) -> None:
    """Raises NotAllowed."""
    require(by, Action.APPROVE_NOTICE)
    if by.id in _involved(known):
        raise NotAllowed("one's own notice")


async def reject(connection: AsyncConnection, by: StaffMember, known: Notice, remark: str, now: datetime) -> Notice:
    """Back to the author, with the reviewer's words. Raises NotAllowed, WrongMove, Stale."""
    require(by, Action.APPROVE_NOTICE)
    if known.state not in (State.WAITING, State.APPROVED):
        raise WrongMove(f"{known.state} is not sent back")
    await back(connection, known, "rejected", now, remark)
    await audit.append(connection, at=now, actor=by.reference, action="notice-rejected", object=f"notice:{known.id}")
    return await shelf.notice(connection, known.id)


async def back(connection: AsyncConnection, known: Notice, reason: str, now: datetime, remark: str = "") -> None:
    """To a draft again: list and approvals are void."""
    await shelf.forget_recipients(connection, known.id)
    values = {"state": State.DRAFT.value, "reason": reason, "remark": remark, "digest": "", "submit_key": None}
    await shelf.move(connection, known, **values, changed_at=now)


async def is_approved(connection: AsyncConnection, known: Notice, rules: Rules, now: datetime) -> bool:
    """Whether it may begin: enough approvals of exactly this, by people who may still give them; and who submitted it still may."""
    if known.digest != _digest(known) or not await _may(connection, known.submitted_by, Action.SUBMIT_NOTICE):
        return False
    return len(await approvers(connection, known, now)) >= needed(known, rules)


async def approvers(connection: AsyncConnection, known: Notice, now: datetime) -> list[int]:
    """Whose approvals count at this instant."""
    query = select(_approval.c.staff).where(_approval.c.notice == known.id, _approval.c.digest == known.digest, _approval.c.at > now - TERM)
    given = (await connection.execute(query.order_by(_approval.c.at))).scalars().all()
    return [id for id in given if id not in _involved(known) and await _may(connection, id, Action.APPROVE_NOTICE)]


def needed(known: Notice, rules: Rules) -> int:
    if rules.alone:
        return 0
    return 2 if known.listed > MANY else 1


def _involved(known: Notice) -> Collection[int | None]:
    return known.author, known.editor, known.submitted_by


async def _may(connection: AsyncConnection, id: int | None, action: Action) -> bool:
    try:
        found = await staff.member(connection, id or 0)
    except NotThere:
        return False
    return found.active and allowed(found.roles, action)

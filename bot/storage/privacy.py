"""All that is kept about a person: to be handed out, to be deleted, and to go by itself when its time is over."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, Table, case, cast, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.message import Where
from bot.storage import applications, audit, conversations, drafts, enclosures, keys, staff, subjects, transfers, webchat
from bot.storage.application_tables import Application, ApplicationEvent, Attachment, Draft, Profile
from bot.storage.notice_tables import NoticeRecipient, NoticeWish
from bot.storage.tables import Chat, Conversation, Inbox, Offer, Outbox, Person, WebMessage

_person = Person.__table__
_chat = Chat.__table__
_conversation = Conversation.__table__
_offer = Offer.__table__
_inbox = Inbox.__table__
_outbox = Outbox.__table__
_recipient = NoticeRecipient.__table__
_wish = NoticeWish.__table__
_line = WebMessage.__table__
_draft = Draft.__table__
_application = Application.__table__
_event = ApplicationEvent.__table__
_attachment = Attachment.__table__
_profile = Profile.__table__

Also = Callable[[AsyncConnection, str, str], Awaitable[None]]
"""What another part forgets of a person on a platform: subscriptions, reminders."""


@dataclass(frozen=True)
class Erased:
    """What was deleted. `paths` are files whose rows are gone: delete them after the commit."""

    counts: Mapping[str, int]
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Retention:
    """How long each class is kept. Settled applications lose their content then; receipt, programme, status and times stay for counting."""

    drafts: timedelta = timedelta(days=90)
    settled: timedelta = timedelta(days=3 * 365)
    statuses: Collection[str] = field(default_factory=tuple)
    """In which an application is settled; the caller's forms say so."""


async def export(connection: AsyncConnection, platform: str, user: str) -> dict[str, Any]:
    """Everything about a person on every platform they linked, in words they may read and a program may, too."""
    subject = await subjects.of(connection, platform, user)
    found: dict[str, Any] = {"person": {"platform": platform, "user": user}}
    person = (await connection.execute(select(_person).where(*_somebody(_person, platform, user)))).first()
    if person is not None:
        found["person"] |= {"language": person.language or person.client_language, "first_seen": person.first_seen.isoformat()}
    places = await places_of(connection, platform, user)
    found["linked"] = [{"platform": there, "user": who} for there, who in places if (there, who) != (platform, user)]
    found["earlier_questions"] = [each for place in places for each in await _questions(connection, *place)]
    found["web_chat"] = [line for there, who in places if there == "web" for line in await _web_lines(connection, who)]
    found["drafts"] = [_draft_told(each) for each in await drafts.of_person(connection, platform, user)]
    if subject:
        found["profile"] = await drafts.prefill(connection, subject)
        found["applications"] = [
            await _application_told(connection, subject, each) for each in await applications.of_subject(connection, subject)
        ]
        found["log"] = await audit.about(connection, subjects.reference(subject))
    return found


async def places_of(connection: AsyncConnection, platform: str, user: str) -> list[tuple[str, str]]:
    """Where the person is known: here, and on every platform they linked."""
    subject = await subjects.of(connection, platform, user)
    return await subjects.people(connection, subject) if subject else [(platform, user)]


async def _questions(connection: AsyncConnection, platform: str, user: str) -> list[dict[str, str]]:
    rows = (await connection.execute(select(_conversation).where(*_somebody(_conversation, platform, user)))).all()
    return [
        {"text": turn.text, "at": turn.at.isoformat()}
        for row in rows
        for turn in (await conversations.said_before(connection, dict(row._mapping), row.state))[0]
    ]


async def _web_lines(connection: AsyncConnection, chat: str) -> list[dict[str, Any]]:
    found, number = [], 0
    while lines := await webchat.since(connection, chat, number, 500):
        found += [{"author": line.author, "at": line.at.isoformat(), "body": line.body} for line in lines]
        number = lines[-1].number
    return found


def _draft_told(draft: drafts.Filling) -> dict[str, Any]:
    times = {"notice": draft.notice, "agreed_at": draft.agreed_at.isoformat(), "updated_at": draft.updated_at.isoformat()}
    return {"programme": draft.programme, "step": draft.step, "answers": draft.answers} | times


async def _application_told(connection: AsyncConnection, subject: str, summary: applications.Summary) -> dict[str, Any]:
    case = await applications.own(connection, subject, summary.id)
    events = [
        {"at": each.at.isoformat(), "what": each.what, "note": each.note} for each in await applications.history(connection, summary.id)
    ]
    files = [{"id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256} for file in case.files]
    told = {"receipt": summary.receipt, "programme": summary.programme, "status": summary.status, "answers": case.answers}
    mending = {"fields": case.corrections.fields, "note": case.corrections.note}
    return told | {"submitted_at": summary.submitted_at.isoformat(), "corrections": mending, "events": events, "files": files}


async def erase(
    connection: AsyncConnection, platform: str, user: str, now: datetime, *, actor: str = "", also: Sequence[Also] = (), handling: int = 0
) -> Erased:
    """Deletes a person on every platform they linked, and the key of all they wrote. What they gave to a colleague is the colleague's.

    `handling` is the event in which the person asks for it: it ends by itself.
    """
    subject = await subjects.of(connection, platform, user)
    counts: dict[str, int] = {}
    for there, who in await places_of(connection, platform, user):
        await _erase_place(connection, there, who, now, also, handling, counts)
    paths: list[str] = []
    if subject:
        paths = await _erase_subject(connection, subject, counts)
        await audit.append(
            connection, at=now, actor=actor or subjects.reference(subject), action="person-erased", object=subjects.reference(subject)
        )
    return Erased(counts, tuple(paths))


async def _erase_place(
    connection: AsyncConnection, platform: str, user: str, now: datetime, also: Sequence[Also], handling: int, counts: dict[str, int]
) -> None:
    # First, while the rows still say where the person is.
    for forget in also:
        await forget(connection, platform, user)
    chats = await private_chats(connection, platform, user)
    for name, table in (("conversations", _conversation), ("offers", _offer), ("people", _person)):
        counts[name] = counts.get(name, 0) + await _gone(connection, table, *_somebody(table, platform, user))
    for where in chats:
        await _erase_chat(connection, where, handling, counts)
    # An account of the staff is the office's; that this person is behind it is theirs.
    await staff.unlink(connection, platform, user, now)


async def private_chats(connection: AsyncConnection, platform: str, user: str) -> list[Where]:
    """Where the person talks with us alone."""
    spoken = select(_conversation.c.account, _conversation.c.chat).where(*_somebody(_conversation, platform, user))
    offered = select(_offer.c.account, _offer.c.chat).where(*_somebody(_offer, platform, user))
    mine = {(row.account, row.chat) for query in (spoken, offered) for row in await connection.execute(query)}
    query = select(_chat.c.account, _chat.c.chat).where(_chat.c.platform == platform, _chat.c.kind == "private")
    rows = await connection.execute(query.where(_chat.c.chat.in_({user, *(chat for _account, chat in mine)})))
    return [Where(platform, row.account, row.chat) for row in rows if row.chat == user or (row.account, row.chat) in mine]


async def _erase_chat(connection: AsyncConnection, where: Where, handling: int, counts: dict[str, int]) -> None:
    counts["messages"] = counts.get("messages", 0) + await _gone(connection, _outbox, *_there(_outbox, where))
    waiting = update(_inbox).where(*_there(_inbox, where), _inbox.c.state == "new", _inbox.c.id != handling)
    await connection.execute(waiting.values(state="done", body=""))
    await connection.execute(delete(_chat).where(*_there(_chat, where)))
    await connection.execute(delete(_wish).where(*_there(_wish, where)))
    await _erase_recipient(connection, where)
    if where.platform == "web":
        counts["web messages"] = counts.get("web messages", 0) + await _gone(connection, _line, _line.c.chat == where.chat)
        await webchat.end(connection, where.chat)


async def _erase_recipient(connection: AsyncConnection, where: Where) -> None:
    """That a notice was due to somebody stays, but not to whom; what is still on its way has lost its message and ends here."""
    unsent = _recipient.c.state.in_(("due", "queued", "weekly"))
    fate = {"state": case((unsent, "skipped"), else_=_recipient.c.state), "reason": case((unsent, "deleted"), else_=_recipient.c.reason)}
    nobody = {"chat": literal("deleted:") + cast(_recipient.c.id, String), "key": "", "message": ""}
    await connection.execute(update(_recipient).where(*_there(_recipient, where)).values(**fate, **nobody))


async def _erase_subject(connection: AsyncConnection, subject: str, counts: dict[str, int]) -> list[str]:
    begun = (await connection.execute(select(_draft.c.id).where(_draft.c.subject == subject))).scalars().all()
    ids = (await connection.execute(select(_application.c.id).where(_application.c.subject == subject))).scalars().all()
    paths = [path for draft in begun for path in await _files_of(connection, draft)]
    paths += await _empty(connection, ids)
    for id in {*begun, *ids}:
        await transfers.withdraw(connection, id)
    await transfers.withdraw(connection, subject)
    counts["drafts"] = await _gone(connection, _draft, _draft.c.subject == subject)
    counts["applications"] = len(ids)
    counts["profiles"] = await _gone(connection, _profile, _profile.c.subject == subject)
    for platform, user in await subjects.people(connection, subject):
        await subjects.unlink(connection, platform, user)
    await keys.destroy(connection, subject)
    return paths


async def _files_of(connection: AsyncConnection, draft: str) -> list[str]:
    here = (_attachment.c.draft == draft, _attachment.c.application == "")
    paths = (await connection.execute(select(_attachment.c.path).where(*here))).scalars().all()
    await connection.execute(delete(_attachment).where(*here))
    return list(paths)


async def _empty(connection: AsyncConnection, ids: Collection[str]) -> list[str]:
    """Takes everything personal out of applications; what is left is a number, a programme, a status and times."""
    here = _attachment.c.application.in_(ids)
    paths = (await connection.execute(select(_attachment.c.path).where(here))).scalars().all()
    await connection.execute(delete(_attachment).where(here))
    await connection.execute(update(_event).where(_event.c.application.in_(ids)).values(note=""))
    nobody = {
        "platform": "",
        "account": "",
        "chat": "",
        "user": "",
        "answers": "",
        "corrections": "",
        "version": _application.c.version + 1,
    }
    await connection.execute(update(_application).where(_application.c.id.in_(ids)).values(**nobody))
    return list(paths)


async def expire(connection: AsyncConnection, now: datetime, keep: Retention, *, dry_run: bool) -> Erased:
    """What is past its time goes; with `dry_run` it is only counted."""
    old_drafts = drafts.is_past(now - keep.drafts)
    settled = (_application.c.status.in_(keep.statuses), _application.c.updated_at < now - keep.settled, _application.c.answers != "")
    counts = {"drafts": await _counted(connection, *old_drafts), "applications": await _counted(connection, *settled)}
    if dry_run:
        return Erased(counts)
    paths = await drafts.drop_older(connection, now - keep.drafts)
    ids = (await connection.execute(select(_application.c.id).where(*settled))).scalars().all()
    paths += await _empty(connection, ids)
    for name, count in counts.items():
        if count:
            await audit.append(connection, at=now, actor="service", action=f"{name}-expired", detail=str(count))
    return Erased(counts, tuple(paths))


async def files_known(connection: AsyncConnection) -> set[str]:
    """Paths of files that rows speak of, for the sweep of the folder."""
    attached = {str(path) for path in (await connection.execute(select(_attachment.c.path))).scalars()}
    return attached | await enclosures.paths(connection)


def as_json(found: Mapping[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _somebody(table: Table, platform: str, user: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.platform == platform, table.c.user == user


def _there(table: Table, where: Where) -> tuple[ColumnElement[bool], ...]:
    return table.c.platform == where.platform, table.c.account == where.account, table.c.chat == where.chat


async def _gone(connection: AsyncConnection, table: Table, *here: ColumnElement[bool]) -> int:
    return int((await connection.execute(delete(table).where(*here))).rowcount)


async def _counted(connection: AsyncConnection, *here: ColumnElement[bool]) -> int:
    return int((await connection.execute(select(func.count()).where(*here))).scalar_one())

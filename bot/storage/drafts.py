"""Forms being filled in: kept between messages, for days, and never overwritten by an older hand."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import NotThere, Stale
from bot.core.message import Where
from bot.storage import subjects, vault
from bot.storage.application_tables import Application, Attachment, Draft, Profile
from bot.storage.keys import Key, keys_of
from bot.storage.upsert import upsert
from bot.storage.vault import Place

_draft = Draft.__table__
_application = Application.__table__
_attachment = Attachment.__table__
_profile = Profile.__table__


@dataclass(frozen=True)
class Owner:
    """Who fills it in, where they are answered, and for which subject."""

    subject: str
    where: Where
    user: str


@dataclass(frozen=True)
class Filling:
    """A draft as read. `version` is what a save must still find."""

    id: str
    programme: str
    form_version: str
    owner: Owner
    step: str
    answers: Mapping[str, Any]
    version: int
    notice: str
    agreed_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class File:
    """An attachment as read."""

    id: str
    subject: str
    step: str
    kind: str
    size: int
    sha256: str
    name: str
    path: str


async def begin(connection: AsyncConnection, filling: Filling, now: datetime) -> None:
    """A new draft, under the id its maker gave it."""
    row = {"id": filling.id, "programme": filling.programme, "version": filling.version, "made_at": now, "updated_at": now}
    state = await _sealed(connection, filling)
    await connection.execute(insert(_draft).values(**row, **owned(filling.owner), **_agreed(filling), state=state))


def owned(owner: Owner) -> dict[str, str]:
    """The columns that say whose it is, and where they are answered."""
    where = owner.where
    return {"subject": owner.subject, "platform": where.platform, "account": where.account, "chat": where.chat, "user": owner.user}


def _agreed(filling: Filling) -> dict[str, Any]:
    return {"form_version": filling.form_version, "step": filling.step, "notice": filling.notice, "agreed_at": filling.agreed_at}


async def of_person(connection: AsyncConnection, platform: str, user: str) -> list[Filling]:
    """The newest first, wherever the person began them."""
    query = select(_draft).where(_draft.c.subject.in_(subjects.acted_for(platform, user))).order_by(_draft.c.updated_at.desc(), _draft.c.id)
    return [await _read(connection, row) for row in (await connection.execute(query)).all()]


async def one(connection: AsyncConnection, id: str, platform: str, user: str) -> Filling:
    """Raises NotThere, also for somebody else's."""
    return await _one(connection, _draft.c.id == id, _draft.c.subject.in_(subjects.acted_for(platform, user)))


async def whoever_s(connection: AsyncConnection, id: str) -> Filling:
    """For the caller to know that it may be read. Raises NotThere."""
    return await _one(connection, _draft.c.id == id)


async def _one(connection: AsyncConnection, *here: ColumnElement[bool]) -> Filling:
    row = (await connection.execute(select(_draft).where(*here))).first()
    if row is None:
        raise NotThere("draft")
    return await _read(connection, row)


async def save(connection: AsyncConnection, filling: Filling, now: datetime) -> Filling:
    """Writes step, answers, consent and owner. Raises Stale when it was saved, handed in or dropped since it was read."""
    state = await _sealed(connection, filling)
    here = (_draft.c.id == filling.id, _draft.c.version == filling.version)
    changed = {"state": state, "version": filling.version + 1, "updated_at": now, "reminded_at": None}
    values = {**owned(filling.owner), **_agreed(filling), **changed}
    if not (await connection.execute(update(_draft).where(*here).values(**values))).rowcount:
        raise Stale("draft")
    return replace(filling, version=filling.version + 1, updated_at=now)


async def take(connection: AsyncConnection, filling: Filling) -> None:
    """Removes the draft; its files stay. Raises Stale when it is not as it was read."""
    here = (_draft.c.id == filling.id, _draft.c.version == filling.version)
    if not (await connection.execute(delete(_draft).where(*here))).rowcount:
        raise Stale("draft")


async def drop(connection: AsyncConnection, filling: Filling) -> list[str]:
    """Removes the draft and its files; gives their paths, to be deleted after the commit."""
    await take(connection, filling)
    return await _drop_files(connection, filling.id)


async def discard(connection: AsyncConnection, id: str) -> list[str]:
    """Removes a draft, if there is one, and its files not handed in; gives their paths. An application keeps those it has."""
    await connection.execute(delete(_draft).where(_draft.c.id == id))
    return await _drop_files(connection, id)


async def quiet_since(connection: AsyncConnection, before: datetime, limit: int) -> list[Filling]:
    """Drafts nobody touched since then and nobody was reminded of, the oldest first."""
    waiting = (_draft.c.updated_at < before, _draft.c.reminded_at.is_(None), _draft.c.paused_at.is_(None))
    query = select(_draft).where(*waiting).order_by(_draft.c.updated_at).limit(limit)
    return [await _read(connection, row) for row in (await connection.execute(query)).all()]


async def reminded(connection: AsyncConnection, filling: Filling, now: datetime) -> bool:
    """Notes it, in the transaction that puts the reminder. False when another was quicker, or the draft is in use again."""
    here = (_draft.c.id == filling.id, _draft.c.version == filling.version, _draft.c.reminded_at.is_(None))
    return bool((await connection.execute(update(_draft).where(*here).values(reminded_at=now))).rowcount)


def is_past(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not touched since then. What staff sent back for correction waits as long as they do, and what cannot be gone on with now, too."""
    return _draft.c.updated_at < before, _draft.c.paused_at.is_(None), _mends_nothing()


def _mends_nothing() -> ColumnElement[bool]:
    condition: ColumnElement[bool] = _draft.c.id.not_in(select(_application.c.id))
    return condition


# ---- programmes switched off meanwhile ----


async def count_of(connection: AsyncConnection, programme: str) -> int:
    """Drafts of a programme that were never handed in."""
    query = select(func.count()).where(_draft.c.programme == programme, _mends_nothing())
    return int((await connection.execute(query)).scalar_one())


async def to_be_paused(connection: AsyncConnection, off: Collection[str], limit: int) -> list[Filling]:
    """Drafts of those programmes whose owners have not heard of it. Corrections go on."""
    query = select(_draft).where(_draft.c.programme.in_(off), _draft.c.paused_at.is_(None), _mends_nothing()).limit(limit)
    return [await _read(connection, row) for row in (await connection.execute(query)).all()]


async def to_be_resumed(connection: AsyncConnection, off: Collection[str], limit: int) -> list[Filling]:
    """Drafts whose owners think that the programme is off, and it is not."""
    query = select(_draft).where(_draft.c.programme.not_in(off), _draft.c.paused_at.is_not(None)).limit(limit)
    return [await _read(connection, row) for row in (await connection.execute(query)).all()]


async def pause(connection: AsyncConnection, id: str, now: datetime) -> bool:
    """Its owner hears that it has to wait. False: they have heard already."""
    statement = update(_draft).where(_draft.c.id == id, _draft.c.paused_at.is_(None)).values(paused_at=now)
    return bool((await connection.execute(statement)).rowcount)


async def resume(connection: AsyncConnection, id: str, now: datetime) -> bool:
    """Its time counts from now on."""
    statement = update(_draft).where(_draft.c.id == id, _draft.c.paused_at.is_not(None))
    return bool((await connection.execute(statement.values(paused_at=None, updated_at=now, reminded_at=None))).rowcount)


# ---- going ----


async def drop_older(connection: AsyncConnection, before: datetime) -> list[str]:
    """Removes drafts not touched since then; gives the paths of their files."""
    ids = (await connection.execute(select(_draft.c.id).where(*is_past(before)))).scalars().all()
    paths = [path for id in ids for path in await _drop_files(connection, id)]
    await connection.execute(delete(_draft).where(_draft.c.id.in_(ids)))
    return paths


async def attach(connection: AsyncConnection, filling: Filling, file: File, now: datetime) -> None:
    """Adds a file whose bytes are stored already."""
    name = await vault.seal_for(connection, file.subject, Place("attachment", "name", file.id), file.name)
    row = {"id": file.id, "draft": filling.id, "application": "", "subject": file.subject, "step": file.step, "kind": file.kind}
    rest = {"size": file.size, "sha256": file.sha256, "name": name, "path": file.path, "made_at": now}
    await connection.execute(insert(_attachment).values(**row, **rest))


async def detach(connection: AsyncConnection, filling: Filling, id: str) -> list[str]:
    """Removes one file of the draft; gives its path, to be deleted after the commit."""
    here = (_attachment.c.id == id, _attachment.c.draft == filling.id, _attachment.c.application == "")
    paths = (await connection.execute(select(_attachment.c.path).where(*here))).scalars().all()
    await connection.execute(delete(_attachment).where(*here))
    return list(paths)


async def files(connection: AsyncConnection, filling: Filling) -> list[File]:
    query = select(_attachment).where(_attachment.c.draft == filling.id, _attachment.c.application == "").order_by(_attachment.c.made_at)
    return [await read_file(connection, row) for row in (await connection.execute(query)).all()]


async def adopt(connection: AsyncConnection, filling: Filling, kept: Collection[str]) -> list[str]:
    """Files sent while mending belong to the application from now on, and those replaced go; gives their paths."""
    await connection.execute(update(_attachment).where(_attachment.c.draft == filling.id).values(application=filling.id))
    gone = (_attachment.c.application == filling.id, _attachment.c.id.not_in(kept))
    paths = (await connection.execute(select(_attachment.c.path).where(*gone))).scalars().all()
    await connection.execute(delete(_attachment).where(*gone))
    return list(paths)


async def weight(connection: AsyncConnection, subject: str, since: datetime) -> int:
    """Bytes of the files kept since then."""
    query = select(func.coalesce(func.sum(_attachment.c.size), 0)).where(_attachment.c.subject == subject, _attachment.c.made_at >= since)
    return int((await connection.execute(query)).scalar_one())


async def key_of(connection: AsyncConnection, subject: str) -> Key:
    """What the subject's files are sealed with. Raises KeyGone when the subject was deleted."""
    return await keys_of(connection).subject(connection, subject)


async def prefill(connection: AsyncConnection, subject: str) -> dict[str, Any]:
    """What the enterprise answered before."""
    row = (await connection.execute(select(_profile).where(_profile.c.subject == subject))).first()
    return {} if row is None else dict(json.loads(await vault.unseal(connection, _place_of_profile(subject), row.answers)))


async def remember(connection: AsyncConnection, subject: str, answers: Mapping[str, Any], now: datetime) -> None:
    sealed = await vault.seal_for(connection, subject, _place_of_profile(subject), json.dumps(answers, ensure_ascii=False))
    await upsert(connection, _profile, {"subject": subject, "answers": sealed, "updated_at": now})


async def drop_profile(connection: AsyncConnection, subject: str) -> None:
    await connection.execute(delete(_profile).where(_profile.c.subject == subject))


async def all_files(connection: AsyncConnection, id: str) -> list[File]:
    """Of a draft and the application of the same id."""
    rows = (await connection.execute(select(_attachment).where(_attachment.c.draft == id).order_by(_attachment.c.id))).all()
    return [await read_file(connection, row) for row in rows]


async def rehome_files(connection: AsyncConnection, id: str, subject: str, paths: Mapping[str, str]) -> list[str]:
    """They are the subject's from now on, with their bytes sealed anew at those paths; gives the earlier ones.

    Raises Stale when a file came or went since they were read.
    """
    files = await all_files(connection, id)
    if {file.id for file in files} != paths.keys():
        raise Stale("files")
    for file in files:
        name = await vault.seal_for(connection, subject, Place("attachment", "name", file.id), file.name)
        values = {"subject": subject, "name": name, "path": paths[file.id]}
        await connection.execute(update(_attachment).where(_attachment.c.id == file.id).values(**values))
    return [file.path for file in files]


async def read_file(connection: AsyncConnection, row: Any) -> File:
    name = await vault.unseal(connection, Place("attachment", "name", row.id), row.name)
    return File(row.id, row.subject, row.step, row.kind, row.size, row.sha256, name, row.path)


def place_of_bytes(id: str) -> Place:
    """What the bytes of a file are bound to."""
    return Place("attachment", "bytes", id)


def _place_of_profile(subject: str) -> Place:
    return Place("profile", "answers", subject)


def _place(id: str) -> Place:
    return Place("draft", "state", id)


async def _sealed(connection: AsyncConnection, filling: Filling) -> str:
    return await vault.seal_for(connection, filling.owner.subject, _place(filling.id), json.dumps(filling.answers, ensure_ascii=False))


async def _read(connection: AsyncConnection, row: Any) -> Filling:
    answers = json.loads(await vault.unseal(connection, _place(row.id), row.state))
    owner = Owner(row.subject, Where(row.platform, row.account, row.chat), row.user)
    rest = (row.version, row.notice, row.agreed_at, row.updated_at)
    return Filling(row.id, row.programme, row.form_version, owner, row.step, answers, *rest)


async def _drop_files(connection: AsyncConnection, draft: str) -> list[str]:
    here = (_attachment.c.draft == draft, _attachment.c.application == "")
    paths = (await connection.execute(select(_attachment.c.path).where(*here))).scalars().all()
    await connection.execute(delete(_attachment).where(*here))
    return list(paths)

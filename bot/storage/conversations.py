"""Where people stand: the person, the chat, the conversation and the choices on offer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, Select, String, Table, and_, bindparam, delete, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.later import later
from bot.core.message import ChatKind, Incoming, Where
from bot.core.standing import OnOffer, Standing, Turn
from bot.storage import vault
from bot.storage.keys import OFFERS, KeyGone
from bot.storage.prepared import Prepared
from bot.storage.retention import Passing
from bot.storage.tables import Chat, Conversation, Offer, Outbox, Person
from bot.storage.upsert import Put, insert_new, put, upsert, written
from bot.storage.values import CHOICES, from_json, to_json
from bot.storage.vault import Place, Unreadable

if TYPE_CHECKING:
    from bot.storage import following
else:
    (following,) = later("bot.storage", "following")

_person = Person.__table__
_chat = Chat.__table__
_conversation = Conversation.__table__
_offer = Offer.__table__
_outbox = Outbox.__table__

KEEP_CONVERSATIONS = timedelta(days=30)


def _by(table: Table, *names: str) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == bindparam(name) for name in names)


_PLACE = ("platform", "account", "chat")
_PUT = ("token", *_PLACE, "thread", "user", "choices", "expires_at")


def _situation() -> Select[Any]:
    """All that is known of a place and a person, in one row: asked at every turn."""
    anything = select(literal_column("1", Integer()).label("one")).subquery("anything")
    token = func.coalesce(bindparam("token", type_=String()), _conversation.c.offer)
    known = (
        anything.outerjoin(_person, and_(*_by(_person, "platform", "user")))
        .outerjoin(_chat, and_(*_by(_chat, *_PLACE)))
        .outerjoin(_conversation, and_(*_by(_conversation, *_PLACE, "thread", "user")))
        .outerjoin(_offer, _offer.c.token == token)
    )
    person, chat = (_person.c.language, _person.c.client_language), (_chat.c.region, _chat.c.active, _chat.c.welcomed)
    talk, put = (_conversation.c.step, _conversation.c.offer, _conversation.c.state), (_offer.c[name].label(f"put_{name}") for name in _PUT)
    return select(*person, *chat, *talk, *put).select_from(known)


_SITUATION = Prepared(_situation())


async def situation(connection: AsyncConnection, incoming: Incoming, token: str | None) -> tuple[Standing, OnOffer | None]:
    """Where the person stands, and the offer with that token; with None the one that was put there last."""
    where, found = incoming.where, Standing()
    said = {"platform": where.platform, "account": where.account, "chat": where.chat, "thread": where.thread, "user": incoming.user}
    row = await _SITUATION.first(connection, said | {"token": token})
    if row.language is not None:
        found.language, found.client_language, found.known_person = row.language, row.client_language, True
    if row.region is not None:
        found.region, found.active, found.welcomed, found.known_chat = row.region, row.active, row.welcomed, True
    if row.step is not None:
        found.step, found.offer = row.step, row.offer
        found.turns, found.tongue = await said_before(connection, said, row.state)
    return found, (await _opened(connection, row) if row.put_token else None)


async def language_of(connection: AsyncConnection, platform: str, user: str) -> str:
    """What a person chose, or else what their client speaks; "" when nothing is known."""
    query = select(_person.c.language, _person.c.client_language).where(_person.c.platform == platform, _person.c.user == user)
    row = (await connection.execute(query)).first()
    return (row.language or row.client_language) if row else ""


async def changed(connection: AsyncConnection, incoming: Incoming, new: Standing, old: Standing, now: datetime) -> list[Put]:
    """What is to be written: what changed and nothing else."""
    puts, where = list[Put](), incoming.where
    if incoming.user and _person_of(new) != (_person_of(old) if old.known_person else None):
        languages = {"language": new.language, "client_language": new.client_language}
        row = {"platform": where.platform, "user": incoming.user, "first_seen": now} | languages
        puts.append(Put(_person, row, changes=tuple(languages)))
    if _chat_of(new) != (_chat_of(old) if old.known_chat else None):
        settings = {"region": new.region, "active": new.active, "welcomed": new.welcomed, "since": now}
        puts.append(written(_chat, _chat_row(incoming) | settings))
    if _talk_of(new) != _talk_of(old):
        puts.append(written(_conversation, await _talk_row(connection, incoming, new, now)))
    return puts


def _chat_row(incoming: Incoming) -> dict[str, Any]:
    where, user = incoming.where, incoming.user if incoming.chat_kind is ChatKind.PRIVATE else ""
    return {"platform": where.platform, "account": where.account, "chat": where.chat, "kind": incoming.chat_kind.value, "user": user}


def _person_of(standing: Standing) -> tuple[str, str]:
    return standing.language, standing.client_language


def _chat_of(standing: Standing) -> tuple[str, bool, bool]:
    return standing.region, standing.active, standing.welcomed


def _talk_of(standing: Standing) -> tuple[str, tuple[Turn, ...], str, str]:
    return standing.step, tuple(standing.turns), standing.tongue, standing.offer


async def _talk_row(connection: AsyncConnection, incoming: Incoming, standing: Standing, now: datetime) -> dict[str, object]:
    where = incoming.where
    key = {"platform": where.platform, "account": where.account, "chat": where.chat, "thread": where.thread, "user": incoming.user}
    state = await _state(connection, key, standing.turns, standing.tongue, now)
    return key | {"step": standing.step, "state": state, "offer": standing.offer, "updated_at": now}


async def _state(connection: AsyncConnection, key: Mapping[str, str], turns: Sequence[Turn], tongue: str, now: datetime) -> str:
    """What was asked before and in which language one writes, sealed; "" for nothing."""
    if not turns and not tongue:
        return ""
    state = {"turns": [{"text": turn.text, "at": turn.at.isoformat()} for turn in turns], "tongue": tongue}
    return await vault.seal(connection, place(key), json.dumps(state, ensure_ascii=False), now)


async def said_before(connection: AsyncConnection, key: Mapping[str, Any], sealed: str) -> tuple[list[Turn], str]:
    """The questions, and the language. What cannot be read any more is forgotten."""
    if not sealed:
        return [], ""
    try:
        state = json.loads(await vault.unseal(connection, place(key), sealed) or "{}")
    except (KeyGone, Unreadable):
        return [], ""
    return [Turn(turn["text"], datetime.fromisoformat(turn["at"])) for turn in state.get("turns", [])], state.get("tongue", "")


def place(key: Mapping[str, Any]) -> Place:
    return Place("conversation", "state", ":".join(str(key[name]) for name in ("platform", "account", "chat", "thread", "user")))


def place_of_offer(token: str) -> Place:
    return Place("offer", "choices", token)


async def put_offer(connection: AsyncConnection, offer: OnOffer, now: datetime) -> None:
    await put_offers(connection, [offer], now)


async def put_offers(connection: AsyncConnection, offers: Sequence[OnOffer], now: datetime) -> None:
    await put(connection, [await offered(connection, offer, now) for offer in offers])


async def offered(connection: AsyncConnection, offer: OnOffer, now: datetime) -> Put:
    return Put(_offer, await _offer_row(connection, offer, now))


async def take_numbers(connection: AsyncConnection, offer: OnOffer, now: datetime) -> None:
    """A number typed there from now on means this offer: where there are no buttons, the last list counts."""
    talk = {"platform": offer.where.platform, "account": offer.where.account, "chat": offer.where.chat, "thread": offer.where.thread}
    row = talk | {"user": offer.user, "step": "", "state": "", "offer": offer.token, "updated_at": now}
    if not await insert_new(connection, _conversation, [row]):
        mine = (*_here(_conversation, offer.where), _conversation.c.thread == offer.where.thread, _conversation.c.user == offer.user)
        await connection.execute(update(_conversation).where(*mine).values(offer=offer.token))


async def _offer_row(connection: AsyncConnection, offer: OnOffer, now: datetime) -> dict[str, object]:
    return {
        "token": offer.token,
        "platform": offer.where.platform,
        "account": offer.where.account,
        "chat": offer.where.chat,
        "thread": offer.where.thread,
        "user": offer.user,
        "choices": await vault.seal(connection, place_of_offer(offer.token), to_json(CHOICES, offer.choices), now, OFFERS),
        "made_at": now,
        "expires_at": offer.expires_at,
    }


async def _opened(connection: AsyncConnection, row: Any) -> OnOffer | None:
    try:
        choices = await vault.unseal(connection, place_of_offer(row.put_token), row.put_choices)
    except (KeyGone, Unreadable):
        return None
    where = Where(row.put_platform, row.put_account, row.put_chat, row.put_thread)
    return OnOffer(row.put_token, where, row.put_user, from_json(CHOICES, choices), row.put_expires_at)


async def move_chat(connection: AsyncConnection, old: Where, new_chat: str, now: datetime) -> None:
    """The group has a new id: its settings, conversations, offers and waiting messages follow. Doing it twice changes nothing.

    What stands in the new group already is newer and stays: a late word in the old one must not undo it.
    """
    new = Where(old.platform, old.account, new_chat)
    if (settings := (await connection.execute(select(_chat).where(*_here(_chat, old)))).first()) is not None:
        row = dict(settings._mapping) | {"chat": new_chat, "active": True}
        if (there := (await connection.execute(select(_chat).where(*_here(_chat, new)))).first()) is not None:
            row |= {"kind": there.kind, "region": there.region or row["region"], "welcomed": there.welcomed or row["welcomed"]}
        await upsert(connection, _chat, row)
        await connection.execute(delete(_chat).where(*_here(_chat, old)))
    moved = (await connection.execute(select(_conversation).where(*_here(_conversation, old)))).all()
    await insert_new(connection, _conversation, [await _talk_moved(connection, talk, new_chat, now) for talk in moved])
    await connection.execute(delete(_conversation).where(*_here(_conversation, old)))
    await connection.execute(update(_offer).where(*_here(_offer, old)).values(chat=new_chat))
    await following.notices(connection, old, new)
    open_rows = _outbox.c.state.in_(("pending", "ambiguous"))
    await connection.execute(update(_outbox).where(*_here(_outbox, old), open_rows).values(chat=new_chat))
    await following.reminders(connection, old, new)


async def _talk_moved(connection: AsyncConnection, talk: Any, chat: str, now: datetime) -> dict[str, Any]:
    row = dict(talk._mapping) | {"chat": chat, "updated_at": now}
    return row | {"state": await _state(connection, row, *await said_before(connection, talk._mapping, talk.state), now)}


async def clear(connection: AsyncConnection, where: Where) -> None:
    """All that was said and offered in that chat goes."""
    await connection.execute(delete(_conversation).where(*_here(_conversation, where)))
    await connection.execute(delete(_offer).where(*_here(_offer, where)))


async def deactivate(connection: AsyncConnection, where: Where) -> None:
    """Nobody is there any more, until they write again."""
    await connection.execute(update(_chat).where(*_here(_chat, where)).values(active=False))


def passing(now: datetime) -> list[Passing]:
    """Offers past their time and conversations nobody came back to."""
    return [Passing(_offer, _offer.c.expires_at < now), Passing(_conversation, _conversation.c.updated_at < now - KEEP_CONVERSATIONS)]


def _here(table: Table, where: Where) -> tuple[ColumnElement[bool], ...]:
    columns = table.c
    return columns.platform == where.platform, columns.account == where.account, columns.chat == where.chat

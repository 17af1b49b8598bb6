"""Who is meant: chats by what is known of them, always without those that left or want no notices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core import receipt
from bot.core.message import ChatKind, Where
from bot.core.permissions import Role
from bot.notices.notice import Audience, Fate
from bot.storage.application_tables import Application
from bot.storage.notice_tables import NoticeRecipient, NoticeWish
from bot.storage.reminder_tables import ReminderPlace, Subscription
from bot.storage.staff import Staff, StaffLink
from bot.storage.tables import Chat, Person
from bot.words import Words

_chat = Chat.__table__
_person = Person.__table__
_application = Application.__table__
_staff = Staff.__table__
_link = StaffLink.__table__
_remind = ReminderPlace.__table__
_subscription = Subscription.__table__
_wish = NoticeWish.__table__
_recipient = NoticeRecipient.__table__

NONE, WEEKLY, EACH = "none", "weekly", "each"
BAD_ROW = ("unreadable", "unknown", "too-many")
"""What may be wrong with a row of a list."""
LIST = 10_000
"""Rows of an uploaded list."""
GOT = (Fate.SENT.value, Fate.UNKNOWN.value, Fate.WEEKLY.value)
"""Who has, or may have, or will have the wrong text."""

Within = Mapping[str, Collection[str]]
"""For each place all that lie in it, itself included."""
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Place:
    """A chat that is meant."""

    where: Where
    group: bool
    region: str
    language: str
    weekly: bool

    @property
    def key(self) -> Key:
        return self.where.platform, self.where.account, self.where.chat


@dataclass(frozen=True)
class Count:
    """How many are meant, by platform; and how many are left out though the criteria hold."""

    private: Mapping[str, int]
    groups: Mapping[str, int]
    unsubscribed: int
    gone: int

    @property
    def all(self) -> int:
        return sum(self.private.values()) + sum(self.groups.values())

    def of(self, platform: str) -> int:
        return self.private.get(platform, 0) + self.groups.get(platform, 0)


@dataclass(frozen=True)
class Meaning:
    """The criteria with what SQL needs to know: places within places, and how clients write each language."""

    audience: Audience
    regions: tuple[str, ...]
    spellings: tuple[str, ...]
    served: tuple[str, ...]
    corrects: int | None = None


async def meaning(
    connection: AsyncConnection, audience: Audience, within: Within, served: Collection[str], corrects: int | None = None
) -> Meaning:
    regions = {part for region in audience.regions for part in within.get(region, (region,))}
    spellings: list[str] = []
    if audience.languages:
        known = (await connection.execute(select(_person.c.client_language).distinct())).scalars().all()
        spellings = [tag for tag in known if Words.nearest(tag) in audience.languages]
    return Meaning(audience, tuple(sorted(regions)), tuple(spellings), tuple(sorted(served)), corrects)


async def count(connection: AsyncConnection, meant: Meaning) -> Count:
    wants = _wish.c.wish.is_distinct_from(NONE)
    query = (
        select(_chat.c.platform, _chat.c.kind, _chat.c.active, wants.label("wants"), func.count().label("number"))
        .select_from(_joined())
        .where(*_criteria(meant))
        .group_by(_chat.c.platform, _chat.c.kind, _chat.c.active, wants)
    )
    rows = (await connection.execute(query)).all()
    reached = [row for row in rows if row.active and row.wants]
    return Count(
        _by_platform(row for row in reached if row.kind == ChatKind.PRIVATE),
        _by_platform(row for row in reached if row.kind != ChatKind.PRIVATE),
        sum(row.number for row in rows if row.active and not row.wants),
        sum(row.number for row in rows if not row.active),
    )


async def page(connection: AsyncConnection, meant: Meaning, after: Key | None, limit: int) -> list[Place]:
    """Those behind `after`, in order."""
    place = tuple_(_chat.c.platform, _chat.c.account, _chat.c.chat)
    query = _selected().where(*_criteria(meant), *_reachable()).order_by(_chat.c.platform, _chat.c.account, _chat.c.chat).limit(limit)
    if after is not None:
        query = query.where(place > tuple_(*after))
    return [_place(row) for row in await connection.execute(query)]


async def still_reachable(connection: AsyncConnection, keys: Sequence[Key], *, wishes: bool = True) -> dict[Key, Place]:
    """Those of them that are still there and (unless it is about something else) still want notices, with the language they read now."""
    place = tuple_(_chat.c.platform, _chat.c.account, _chat.c.chat)
    there = _reachable() if wishes else _reachable()[:1]
    rows = await connection.execute(_selected().where(place.in_(keys), *there))
    return {found.key: found for found in map(_place, rows)}


async def listed(connection: AsyncConnection, text: str) -> tuple[tuple[str, ...], list[tuple[int, str, str]]]:
    """The rows of a list as `platform:chat`, and the bad ones: number of the line, what stands there, what is wrong."""
    found: dict[str, None] = {}
    bad: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (row := line.strip().strip(",;，；")):
            continue
        if len(found) >= LIST:
            bad.append((number, row, "too-many"))
            break
        name, problem = await _one(connection, row)
        if problem:
            bad.append((number, row, problem))
        else:
            found[name] = None
    return tuple(found), bad


async def _one(connection: AsyncConnection, row: str) -> tuple[str, str]:
    if number := receipt.normal(row):
        query = select(_application.c.platform, _application.c.chat).where(_application.c.receipt == number, _application.c.chat != "")
        applied = (await connection.execute(query)).first()
        return (f"{applied.platform}:{applied.chat}", "") if applied else ("", "unknown")
    platform, colon, chat = row.replace("：", ":").partition(":")
    if not colon or not platform.strip() or not chat.strip() or any(part.isspace() for part in chat.strip()):
        return "", "unreadable"
    here = _chat.c.platform == platform.strip().lower(), _chat.c.chat == chat.strip()
    there = (await connection.execute(select(_chat.c.active).where(*here))).first()
    return f"{platform.strip().lower()}:{chat.strip()}", "" if there else "unknown"


def _criteria(meant: Meaning) -> list[ColumnElement[bool]]:
    asked = meant.audience
    found: list[ColumnElement[bool]] = [
        _chat.c.kind.in_((ChatKind.PRIVATE.value, ChatKind.GROUP.value)),
        _chat.c.platform.in_(meant.served),
    ]
    if meant.corrects is not None:
        return [*found, _got(meant.corrects)]
    if asked.platforms:
        found.append(_chat.c.platform.in_(asked.platforms))
    if asked.kinds:
        found.append(_chat.c.kind.in_(asked.kinds))
    if asked.regions:
        found.append(_chat.c.region.in_(meant.regions))
    if asked.programmes:
        found.append(_applied(asked))
    for kind, targets in (("window", asked.windows), ("theme", asked.themes)):
        if targets:
            found.append(_subscribed(kind, targets))
    if asked.roles:
        found.append(_serves(asked.roles))
    if asked.languages:
        found.append(
            or_(_person.c.language.in_(asked.languages), and_(_person.c.language == "", _person.c.client_language.in_(meant.spellings)))
        )
    if asked.listed:
        found.append((_chat.c.platform + ":" + _chat.c.chat).in_(asked.listed))
    return found


def _got(notice: int) -> ColumnElement[bool]:
    same = [_recipient.c[name] == _chat.c[name] for name in ("platform", "account", "chat")]
    return exists().where(_recipient.c.notice == notice, _recipient.c.state.in_(GOT), *same)


def _applied(asked: Audience) -> ColumnElement[bool]:
    same = [_application.c[name] == _chat.c[name] for name in ("platform", "account", "chat")]
    status = (_application.c.status.in_(asked.statuses),) if asked.statuses else ()
    return exists().where(_application.c.programme.in_(asked.programmes), *same, *status)


def _subscribed(kind: str, targets: Collection[str]) -> ColumnElement[bool]:
    same = [_remind.c[name] == _chat.c[name] for name in ("platform", "account", "chat")]
    return exists().where(_subscription.c.kind == kind, _subscription.c.target.in_(targets), _remind.c.id == _subscription.c.place, *same)


def _serves(roles: Collection[str]) -> ColumnElement[bool]:
    names = "," + _staff.c.roles + ","
    held = or_(*(names.contains(f",{role.value},") for role in Role if role.value in roles))
    same = _link.c.platform == _chat.c.platform, _link.c.user == _chat.c.user, _chat.c.kind == ChatKind.PRIVATE.value
    return exists().where(*same, _staff.c.id == _link.c.staff, _staff.c.active, held)


def _reachable() -> tuple[ColumnElement[bool], ...]:
    return _chat.c.active.is_(True), _wish.c.wish.is_distinct_from(NONE)


def _joined() -> Any:
    of_person = and_(_person.c.platform == _chat.c.platform, _person.c.user == _chat.c.user)
    of_wish = and_(*(_wish.c[name] == _chat.c[name] for name in ("platform", "account", "chat")))
    return _chat.outerjoin(_person, of_person).outerjoin(_wish, of_wish)


def _selected() -> Select[Any]:
    columns = (_chat.c.platform, _chat.c.account, _chat.c.chat, _chat.c.kind, _chat.c.region)
    return select(*columns, _person.c.language, _person.c.client_language, _wish.c.wish).select_from(_joined())


def _place(row: Any) -> Place:
    language = row.language or Words.nearest(row.client_language or "")
    where = Where(row.platform, row.account, row.chat)
    return Place(where, row.kind != ChatKind.PRIVATE, row.region, language, row.wish == WEEKLY)


def _by_platform(rows: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row.platform] = found.get(row.platform, 0) + int(row.number)
    return found

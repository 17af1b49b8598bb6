"""Handing an application to a colleague, and being the same person on several platforms: codes, and what they do once they are redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.errors import NotThere, UserError
from bot.core.message import Choice, Effect, Incoming, Reply, Text
from bot.storage import drafts, moving, privacy, subjects, transfers
from bot.storage.database import Connection, Database
from bot.storage.drafts import File, Filling, Owner
from bot.storage.moving import Holding
from bot.storage.transfers import Purpose, Redeemed, Refusal
from handlers.forms.cabinet import Cabinet
from handlers.forms.desk import MOST_DRAFTS, clearing
from handlers.forms.dialog import handed_on
from handlers.forms.draft import Draft
from handlers.forms.form import forms
from handlers.forms.statuses import is_over
from handlers.telling import Teller

TERM = timedelta(hours=24)
"""How long a colleague may take; a code for oneself is redeemed at once (`transfers.TERM`)."""
_PURPOSES = (Purpose.COLLEAGUE, Purpose.PLATFORM)


@dataclass(frozen=True)
class Given:
    """What a colleague's code is on."""

    held: Holding


@dataclass(frozen=True)
class Joining:
    """What comes together when the code is redeemed."""

    platforms: tuple[str, ...]
    drafts: int
    applications: int


class Passing:
    def __init__(self, database: Database, cabinet: Cabinet, teller: Teller) -> None:
        self._database, self._cabinet, self._teller = database, cabinet, teller

    # ---- making codes ----

    async def mine(self, incoming: Incoming) -> list[Holding]:
        """What somebody may hand to a colleague."""
        async with self._database.read() as connection:
            subject = await subjects.of(connection, incoming.where.platform, incoming.user)
            held = await moving.holdings(connection, subject) if subject else []
        return [each for each in held if _may_be_given(each)]

    async def code(self, incoming: Incoming, id: str, now: datetime) -> str:
        """For a colleague. Raises UserError where nothing is to be handed on."""
        held = next((each for each in await self.mine(incoming) if each.id == id), None)
        if held is None:
            raise UserError(Text("apply-gone"))
        return await self._database.write(lambda on: transfers.make(on, Purpose.COLLEAGUE, id, now, TERM))

    async def void(self, incoming: Incoming, id: str) -> None:
        """The code is good for nothing any more."""
        if any(each.id == id for each in await self.mine(incoming)):
            await self._database.write(lambda on: transfers.withdraw(on, id))

    async def link_code(self, incoming: Incoming, now: datetime) -> str:
        """For oneself on another platform."""

        async def job(connection: Connection) -> str:
            subject = await subjects.begun(connection, incoming.where.platform, incoming.user, now)
            return await transfers.make(connection, Purpose.PLATFORM, subject, now)

        return await self._database.write(job)

    # ---- redeeming them ----

    async def look(self, incoming: Incoming, code: str, now: datetime) -> Given | Joining:
        """What a code would do. A wrong one is counted at once. Raises UserError."""
        purpose, data = await self._looked_up(incoming, code, now)
        async with self._database.read() as connection:
            mine = await subjects.of(connection, incoming.where.platform, incoming.user)
            if purpose is Purpose.COLLEAGUE:
                return await self._given(connection, incoming, data, mine)
            if mine == data:
                raise UserError(Text("link-same"))
            platforms = tuple(platform for platform, _ in await subjects.people(connection, data))
            held = await moving.holdings(connection, mine) if mine else []
        return Joining(platforms, sum(each.application is None for each in held), sum(each.application is not None for each in held))

    async def _looked_up(self, incoming: Incoming, code: str, now: datetime) -> tuple[Purpose, str]:
        found = await self._database.write(lambda on: transfers.look(on, _PURPOSES, code, _name(incoming), now))
        if isinstance(found, Refusal):
            raise UserError(Text(f"code-{found.value}"))
        return found

    async def _given(self, connection: Connection, incoming: Incoming, id: str, mine: str) -> Given:
        try:
            held = await moving.holding(connection, id)
        except NotThere as error:
            raise UserError(Text("hand-on-gone")) from error
        if not _may_be_given(held):
            raise UserError(Text("hand-on-gone"))
        if held.owner.subject == mine:
            raise UserError(Text("hand-on-own"))
        begun = await drafts.of_person(connection, incoming.where.platform, incoming.user)
        if held.application is None and len(begun) >= MOST_DRAFTS:
            raise UserError(Text("hand-on-too-many", {"most": MOST_DRAFTS}))
        return Given(held)

    async def take(self, incoming: Incoming, code: str, held: Holding, now: datetime) -> Effect:
        """What the colleague gave is theirs who speak. Its files are sealed anew first, while no row waits."""
        to = Owner(await self._subject(incoming, now), replace(incoming.where, thread=""), incoming.user)
        paths = await self._copied(held.files, to.subject)
        changed = replace(held, draft=_agreeing_anew(held.draft, now))

        async def job(connection: Connection) -> list[str]:
            await self._redeem(connection, Purpose.COLLEAGUE, incoming, code, now)
            earlier = await moving.hand_on(connection, changed, to, paths, now)
            if held.owner.user:
                key = f"given:{held.id}:{now.isoformat()}"
                await self._teller.tell(connection, held.owner.where, held.owner.user, _told_giver(held), key=key, now=now)
            return earlier

        return clearing(self._cabinet, job)

    async def join(self, incoming: Incoming, code: str, now: datetime) -> Effect:
        """Who speaks here and who made the code are one person from now on."""
        _, subject = await self._looked_up(incoming, code, now)
        mine = await self._subject(incoming, now)
        if mine == subject:
            raise UserError(Text("link-same"))
        async with self._database.read() as connection:
            held = await moving.holdings(connection, mine)
        paths = await self._copied([file for each in held for file in each.files], subject)

        async def job(connection: Connection) -> list[str]:
            await self._redeem(connection, Purpose.PLATFORM, incoming, code, now)
            others = await subjects.people(connection, subject)
            earlier = await moving.join(connection, mine, subject, held, paths, now)
            said = Reply((Text("link-told", {"platform": platform_named(incoming.where.platform)}),), (LINKS,))
            for platform, user in others:
                await self._tell_all(connection, platform, user, said, f"linked:{subject}", now)
            return earlier

        return clearing(self._cabinet, job)

    # ---- places ----

    async def places(self, incoming: Incoming) -> list[tuple[str, str]]:
        """The other places of who speaks."""
        here = (incoming.where.platform, incoming.user)
        async with self._database.read() as connection:
            return [each for each in await privacy.places_of(connection, *here) if each != here]

    def part(self, incoming: Incoming, platform: str, user: str, now: datetime) -> Effect:
        """Whoever speaks there is not this person any more."""

        async def job(connection: Connection) -> list[str]:
            here = (incoming.where.platform, incoming.user)
            subject = await subjects.of(connection, *here)
            if not subject or here == (platform, user) or await subjects.of(connection, platform, user) != subject:
                raise UserError(Text("link-gone"))
            owner = Owner(subject, replace(incoming.where, thread=""), incoming.user)
            await moving.part(connection, subject, platform, user, owner, now)
            said = Reply((Text("link-parted-told", {"platform": platform_named(here[0])}),))
            await self._tell_all(connection, platform, user, said, f"parted:{subject}", now)
            return []

        return clearing(self._cabinet, job)

    # ---- what they share ----

    async def _tell_all(self, connection: Connection, platform: str, user: str, said: Reply, key: str, now: datetime) -> None:
        for where in await privacy.private_chats(connection, platform, user):
            name = f"{key}:{platform}:{where.chat}:{now.isoformat()}"
            await self._teller.tell(connection, where, user, said, key=name, now=now)

    async def _subject(self, incoming: Incoming, now: datetime) -> str:
        return await self._database.write(lambda on: subjects.begun(on, incoming.where.platform, incoming.user, now))

    async def _redeem(self, connection: Connection, purpose: Purpose, incoming: Incoming, code: str, now: datetime) -> None:
        outcome = await transfers.redeem(connection, purpose, code, _name(incoming), now)
        if not isinstance(outcome, Redeemed):
            raise UserError(Text(f"code-{outcome.value}"))

    async def _copied(self, files: Sequence[File], subject: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for file in files:
            async with self._database.read() as connection:
                key, new = await drafts.key_of(connection, file.subject), await drafts.key_of(connection, subject)
            found[file.id] = await self._cabinet.copy(file, key, new)
        return found


LINKS = Choice("link", label=Text("choice-links"))
NAMED = ("telegram", "web", "terminal")


def platform_named(platform: str) -> Text | str:
    return Text(f"platform-{platform}") if platform in NAMED else platform


def _name(incoming: Incoming) -> str:
    return f"{incoming.where.platform}:{incoming.user}"


def _may_be_given(held: Holding) -> bool:
    """Whatever is decided, taken back or of a programme that is gone stays where it is."""
    if held.application is not None:
        return bool(held.application.user) and not is_over(held.application)
    return held.programme in forms()


def _agreeing_anew(filling: Filling | None, now: datetime) -> Filling | None:
    if filling is None:
        return None
    draft = handed_on(Draft.of(filling.answers), now)
    return replace(filling, step=draft.stage.value, answers=draft.plain())


def _told_giver(held: Holding) -> Reply:
    name = Text(f"{held.programme}-name")
    number = held.application.receipt if held.application else ""
    said = Text("hand-on-told-number", {"name": name, "number": number}) if number else Text("hand-on-told", {"name": name})
    return Reply((said, Text("hand-on-told-next")))

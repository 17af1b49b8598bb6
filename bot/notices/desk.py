"""What conversations and commands ask of notices: questions are answered at once, changes handed back and written with the reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import NotAllowed, NotThere, Stale, UserError, WrongMove
from bot.core.message import ChatKind, Effect, Incoming, Text, Where
from bot.core.permissions import Action, StaffMember, allowed
from bot.notices import approval, audience, markup, recipients, report, sending, shelf, telling, weekly, wishes
from bot.notices.approval import Rules
from bot.notices.audience import Count
from bot.notices.enclosing import Enclosures
from bot.notices.letter import Fit, Platforms, fits, letter
from bot.notices.notice import OPEN, Content, Fate, Notice, State, lasts
from bot.outbox import ledger
from bot.storage import staff, transfers
from bot.storage.database import Database
from bot.storage.transfers import Purpose, Redeemed
from bot.words import LANGUAGES, Words

T = TypeVar("T")

ACTIONS = (Action.DRAFT_NOTICE, Action.SUBMIT_NOTICE, Action.APPROVE_NOTICE, Action.PAUSE_NOTICE, Action.EXPORT)
SHOWN = (State.DRAFT, *OPEN)
ON_ITS_WAY = (State.SENDING, State.PAUSED)


@dataclass(frozen=True)
class Standing:
    """A notice with what a card shows beside it."""

    notice: Notice
    count: Count
    approved: int
    needed: int
    names: dict[int, str]
    lasts: timedelta
    figures: Mapping[Fate, int]


def concerns(member: StaffMember) -> bool:
    """Whether somebody of the staff has anything to do with notices."""
    return member.active and any(allowed(member.roles, action) for action in ACTIONS)


class Desk:
    def __init__(self, database: Database, rules: Rules, words: Words, platforms: Platforms, enclosures: Enclosures) -> None:
        self._database, self.rules, self._words, self.platforms, self.enclosures = database, rules, words, platforms, enclosures

    # ---- who asks ----

    async def speaking(self, incoming: Incoming) -> StaffMember | None:
        """A member of staff who has anything to do with notices; None for everybody else, and in groups."""
        async with self._database.read() as connection:
            member = await staff.speaking(connection, incoming)
        return member if member and concerns(member) else None

    # ---- what there is ----

    async def notice(self, id: int) -> Notice:
        """Raises UserError when there is none."""
        with said_kindly():
            async with self._database.read() as connection:
                return await shelf.notice(connection, id)

    async def notices(self) -> list[Notice]:
        """Those that are not over, then the last few that are."""
        async with self._database.read() as connection:
            at_work = await shelf.in_states(connection, SHOWN)
            return [*at_work, *await shelf.in_states(connection, (State.DONE, State.CANCELLED), limit=5)]

    async def next_number(self) -> int:
        async with self._database.read() as connection:
            return await shelf.next_number(connection)

    async def standing(self, known: Notice, now: datetime) -> Standing:
        """Beside a notice as it is, or as it is about to be."""
        with said_kindly():
            async with self._database.read() as connection:
                meant = await audience.meaning(connection, known.content.audience, self.rules.within, self.rules.served, known.corrects)
                said = known.corrects is not None or known.content.audience.is_said
                count = await audience.count(connection, meant) if said else Count({}, {}, 0, 0)
                approved = await approval.approvers(connection, known, now)
                figures = await (recipients.live if known.state in ON_ITS_WAY else recipients.figures)(connection, known.id)
                names = {member.id: member.name for member in await staff.everybody(connection)}
        return Standing(known, count, len(approved), approval.needed(known, self.rules), names, self._lasts(count), figures)

    def _lasts(self, count: Count) -> timedelta:
        """Platforms send side by side."""
        rates = {name: limits.per_second for name, limits in self.platforms.items()}
        return max((lasts(count.of(name), rate) for name, rate in rates.items()), default=timedelta())

    async def listed(self, text: str) -> tuple[tuple[str, ...], list[tuple[int, str, str]]]:
        async with self._database.read() as connection:
            return await audience.listed(connection, text)

    # ---- changes ----

    def effect(self, job: Callable[[AsyncConnection], Awaitable[object]]) -> Effect:
        """What the person can mend is said, and nothing is written."""

        async def kindly(connection: AsyncConnection) -> None:
            with said_kindly():
                await job(connection)

        return Effect(kindly)

    async def now(self, job: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """The same at once, for the command line."""
        with said_kindly():
            return await self._database.write(job)

    def begin(self, by: StaffMember, id: int, content: Content, now: datetime, corrects: int | None = None) -> Effect:
        return self.effect(lambda connection: shelf.begin(connection, by, id, content, now, corrects))

    def change(self, by: StaffMember, known: Notice, content: Content, now: datetime) -> Effect:
        self.insist_on(content)
        return self.effect(lambda connection: shelf.change(connection, by, known, content, now))

    def discard(self, by: StaffMember, known: Notice, now: datetime) -> Effect:
        return self.effect(lambda connection: shelf.discard(connection, by, known, now))

    def submit(self, by: StaffMember, known: Notice, key: str, desk: Where | None, now: datetime) -> Effect:
        """`desk`: where the author is told how it goes."""
        return self.effect(lambda connection: self.submitted(connection, by, known, key, desk, now))

    async def insist_on_ready(self, by: StaffMember, known: Notice, now: datetime) -> None:
        """Raises UserError, before anybody is asked to confirm what could not be submitted."""
        self.insist_on_complete(known)
        with said_kindly():
            async with self._database.read() as connection:
                await approval.insist(connection, by, known, self.rules, now)

    async def submitted(
        self, connection: AsyncConnection, by: StaffMember, known: Notice, key: str, desk: Where | None, now: datetime
    ) -> Notice:
        self.insist_on_complete(known)
        found = await approval.submit(connection, by, known, key, telling.written(desk) if desk else "", self.rules, now)
        await self._announce(connection, found, now)
        return found

    async def _announce(self, connection: AsyncConnection, notice: Notice, now: datetime) -> None:
        if notice.state is State.WAITING:
            await telling.reviewers(connection, notice, self._words, self.platforms, now)

    def approve(self, by: StaffMember, known: Notice, digest: str, now: datetime) -> Effect:
        return self.effect(lambda connection: approval.approve(connection, by, known, digest, self.rules, now))

    def reject(self, by: StaffMember, known: Notice, remark: str, now: datetime) -> Effect:
        return self.effect(lambda connection: approval.reject(connection, by, known, remark, now))

    async def report(self, known: Notice) -> report.Report:
        async with self._database.read() as connection:
            return await report.report(connection, known)

    async def code(self, by: StaffMember, known: Notice, now: datetime) -> str:
        """With which the reviewer's approval of exactly this may be given at the command line, once, within ten minutes."""
        with said_kindly():
            approval.insist_on_another(by, known)
        data = f"{by.id} {known.id} {known.digest}"
        return await self.now(lambda connection: transfers.make(connection, Purpose.NOTICE, data, now))

    async def approved_by_code(self, code: str, now: datetime) -> Notice:
        """Raises UserError, also for a code that is used, over, or of another notice."""

        async def job(connection: AsyncConnection) -> Notice | None:
            outcome = await transfers.redeem(connection, Purpose.NOTICE, code, "command-line", now)
            if not isinstance(outcome, Redeemed):
                return None
            member, notice, digest = outcome.data.split(" ")
            by, known = await staff.member(connection, int(member)), await shelf.notice(connection, int(notice))
            return await approval.approve(connection, by, known, digest, self.rules, now)

        if (found := await self.now(job)) is None:
            raise UserError(Text("notice-code-wrong"))
        return found

    def pause(self, by: StaffMember, known: Notice, now: datetime) -> Effect:
        return self.effect(lambda connection: sending.pause(connection, by, known, now))

    def resume(self, by: StaffMember, known: Notice, now: datetime) -> Effect:
        return self.effect(lambda connection: sending.resume(connection, by, known, now))

    def cancel(self, by: StaffMember, known: Notice, now: datetime) -> Effect:
        return self.effect(lambda connection: sending.cancel(connection, by, known, now))

    def test(self, known: Notice, incoming: Incoming, language: str, now: datetime) -> Effect:
        """The notice to whoever asks, exactly as its readers will see it on this platform."""

        async def job(connection: AsyncConnection) -> None:
            drawn = letter(known, language, self._words, self.platforms[incoming.where.platform])
            message = replace(drawn, key=f"notice-test:{known.id}:{incoming.event}:{language}", where=incoming.where)
            await ledger.put(connection, message, group=incoming.chat_kind is not ChatKind.PRIVATE, lane="reply", now=now)

        return Effect(job)

    # ---- the clock ----

    async def tick(self, now: datetime) -> None:
        """What goes on by itself. Broken off anywhere, or done twice, it comes to the same."""
        async with self._database.read() as connection:
            at_work = await sending.at_work(connection)
        for known in at_work:
            await self._go_on(known, now)
        while await self._database.write(lambda on: weekly.send_some(on, self._words, self.platforms, now, self.rules.zone)):
            pass
        while await self._database.write(recipients.mirror) == recipients.AT_ONCE:
            pass

    async def _go_on(self, known: Notice, now: datetime) -> None:
        match known.state:
            case State.LISTING:
                while known.state is State.LISTING:
                    known = await self._database.write(lambda connection, known=known: self._list_on(connection, known, now))  # type: ignore[misc]
            case State.APPROVED:
                await self._database.write(lambda connection: sending.begin_due(connection, known, self._means, now))
            case _:
                await sending.expand(self._database, known, now)
                while await self._database.write(recipients.mirror) == recipients.AT_ONCE:
                    pass
                await self._database.write(lambda connection: self._follow(connection, known.id, now))

    async def _follow(self, connection: AsyncConnection, id: int, now: datetime) -> None:
        await sending.follow(connection, await shelf.notice(connection, id), self._means, now)

    @property
    def _means(self) -> sending.Means:
        return sending.Means(self.rules, self._words, self.platforms)

    async def _list_on(self, connection: AsyncConnection, known: Notice, now: datetime) -> Notice:
        found = await approval.listed(connection, known, self.rules, now)
        await self._announce(connection, found, now)
        return found

    # ---- what may not go out ----

    def insist_on(self, content: Content) -> None:
        """Raises UserError."""
        for text in content.texts.values():
            if unsafe := markup.unsafe_links(text):
                raise UserError(Text("notice-link-refused", {"link": unsafe[0][:100]}))

    def insist_on_written(self, known: Notice) -> None:
        """Raises UserError."""
        if not known.content.title:
            raise UserError(Text("notice-no-title"))
        if not known.content.text(LANGUAGES[0])[1]:
            raise UserError(Text("notice-no-text"))

    def insist_on_complete(self, known: Notice) -> None:
        """Raises UserError, also when it is longer than one message of a platform."""
        self.insist_on_written(known)
        self._insist_on_carried(known)
        longest = max(fits(known, self._words, self.meant_platforms(known)), key=lambda each: each.over)
        if longest.over:
            figures = {"length": longest.length, "most": longest.most, "over": longest.over}
            raise UserError(
                Text("notice-too-long", {"platform": longest.platform, "language": Text(f"language-{longest.language}"), **figures})
            )

    def _insist_on_carried(self, known: Notice) -> None:
        """A file that one of the platforms cannot take goes out on none: the others would get what these never see."""
        for each in fits(known, self._words, self.meant_platforms(known)):
            if not each.carries:
                raise UserError(Text("notice-file-not-there", {"platform": each.platform, "megabytes": each.too_large >> 20}))

    def fits(self, known: Notice) -> list[Fit]:
        """For each platform, in the language that is longest there."""
        found = fits(known, self._words, self.meant_platforms(known))
        return [
            max((each for each in found if each.platform == name), key=lambda each: each.length) for name in self.meant_platforms(known)
        ]

    def meant_platforms(self, known: Notice) -> Platforms:
        asked = known.content.audience.platforms
        return {name: limits for name, limits in self.platforms.items() if not asked or name in asked}

    # ---- how people want notices ----

    async def wish(self, where: Where) -> str:
        async with self._database.read() as connection:
            return await wishes.of(connection, where)

    async def known_at(self, id: int, where: Where) -> datetime | bool | None:
        """When this chat pressed 已知悉; False when it has not yet, None when it was not due to get that notice."""
        async with self._database.read() as connection:
            return await recipients.known_at(connection, id, where)

    def knows(self, id: int, where: Where, now: datetime) -> Effect:
        return self.effect(lambda connection: recipients.knows(connection, id, where, now))

    def wants(self, where: Where, wish: str, now: datetime) -> Effect:
        return self.effect(lambda connection: self._wish(connection, where, wish, now))

    async def _wish(self, connection: AsyncConnection, where: Where, wish: str, now: datetime) -> None:
        await wishes.put(connection, where, wish, now)
        if wish == audience.NONE:
            await recipients.withdraw(connection, where, now)


@contextmanager
def said_kindly() -> Iterator[None]:
    """What staff can mend, in words."""
    try:
        yield
    except NotAllowed as error:
        raise UserError(Text("notice-own" if str(error) == "one's own notice" else "notice-not-allowed")) from None
    except NotThere:
        raise UserError(Text("notice-not-there")) from None
    except Stale:
        raise UserError(Text("notice-stale")) from None
    except WrongMove:
        raise UserError(Text("notice-wrong-move")) from None

"""What conversations ask of windows and reminders: questions are answered at once, changes handed back and written with the reply."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import UserError
from bot.core.message import ChatKind, Effect, Incoming, Text
from bot.core.permissions import Action, allowed
from bot.storage import audit, staff, subjects
from bot.storage.database import Database
from reminders import catchup, daybook, feeds, own, places, plan, shelf, week
from reminders.catchup import CatchUp, Heap
from reminders.daybook import Table
from reminders.own import Own, Rule
from reminders.places import About, Place, Subscription
from reminders.plan import Terms
from reminders.schedule import Due, Kind, Quiet, Snooze, of_window, snoozed
from reminders.week import Event
from reminders.window import Window

INVITE = timedelta(days=7)


@dataclass(frozen=True)
class Next:
    """A reminder to come, as people are shown it."""

    kind: Kind
    at: datetime
    window: Window | None = None
    own: Own | None = None


@dataclass(frozen=True)
class Mine:
    """What a chat has subscribed to, and how it is reminded."""

    place: Place | None
    subscriptions: tuple[Subscription, ...]
    next: tuple[Next, ...]


@dataclass(frozen=True)
class Held:
    """A plan that waits for approval, and what it holds: each heap with its window, where it has one."""

    plan: CatchUp
    heaps: tuple[tuple[Heap, Window | None], ...]


class Desk:
    def __init__(self, database: Database, terms: Terms) -> None:
        self._database, self.terms = database, terms

    def today(self, now: datetime) -> date:
        return now.astimezone(self.terms.zone).date()

    # ---- windows ----

    async def windows(self, now: datetime) -> list[Window]:
        """Those one can apply to now or soon, and the expected ones; soonest end first."""
        async with self._database.read() as connection:
            return await shelf.not_over(connection, self.today(now))

    async def window(self, id: int) -> Window:
        async with self._database.read() as connection:
            return await shelf.window(connection, id)

    async def reaches(self, window: Window) -> int:
        """How many chats hear of it."""
        async with self._database.read() as connection:
            return await places.count_meant(connection, window, self.terms.wider)

    def publish(self, window: Window, incoming: Incoming, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            actor = await _editor(connection, incoming)
            added = await shelf.add(connection, window, actor, now)
            await audit.append(connection, at=now, actor=actor, action="window-publish", object=f"window:{added.id}")

        return Effect(job)

    def change(self, window: Window, what: str, incoming: Incoming, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            actor = await _editor(connection, incoming)
            await shelf.change(connection, window, what, actor, now)
            await audit.append(connection, at=now, actor=actor, action=f"window-{what}", object=f"window:{window.id}")

        return Effect(job)

    # ---- subscriptions ----

    async def mine(self, incoming: Incoming, now: datetime) -> Mine:
        async with self._database.read() as connection:
            place = await places.find(connection, incoming.where)
            if place is None:
                return Mine(None, (), ())
            return Mine(place, tuple(await places.of_place(connection, place.id)), await self._next(connection, place))

    async def _next(self, connection: AsyncConnection, place: Place) -> tuple[Next, ...]:
        rows = await plan.next_three(connection, place.id)
        windows = await shelf.windows(connection, [row.window for row in rows if row.window])
        owns = await own.read(connection, [row.own for row in rows if row.own])
        return tuple(Next(Kind(row.kind), row.due_at, windows.get(row.window), owns.get(row.own)) for row in rows)

    async def preview(self, wanted: Subscription, incoming: Incoming, now: datetime) -> tuple[Next, ...]:
        """The next three reminders such a subscription leads to, before it is made."""
        async with self._database.read() as connection:
            place = await places.find(connection, incoming.where) or Place(0, incoming.where, False, incoming.user)
            windows = await shelf.not_over(connection, self.today(now))
        if wanted.about is About.WEEK:
            return tuple(Next(Kind.DIGEST, at) for at in plan.digests(place, self.terms.zone, now)[:3])
        found = [Next(due.kind, due.at, window) for window in windows for due in self._due(wanted, place, window, now)]
        return tuple(sorted(found, key=lambda each: each.at)[:3])

    def _due(self, wanted: Subscription, place: Place, window: Window, now: datetime) -> Sequence[Due]:
        if not places.means(wanted, window, self.terms.wider):
            return ()
        return of_window(window, wanted.wish(place), self.terms.calendar, self.terms.zone, now)

    async def subscription(self, id: int) -> Subscription | None:
        async with self._database.read() as connection:
            return await places.subscription(connection, id)

    async def meaning(self, window: Window, incoming: Incoming) -> list[Subscription]:
        """The chat's subscriptions that mean the window, the one that decides first."""
        async with self._database.read() as connection:
            place = await places.find(connection, incoming.where)
            return await places.meaning_of(connection, window, self.terms.wider, place.id) if place else []

    async def invited(self, code: str, now: datetime) -> Subscription | None:
        async with self._database.read() as connection:
            return await places.invited(connection, code, now)

    def subscribe(self, wanted: Subscription, incoming: Incoming, language: str, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            place = await _place(connection, incoming, language)
            await places.subscribe(connection, replace(wanted, place=place.id, made_by=incoming.user), now)
            await self._plan(connection, place, wanted.about, now)

        return Effect(job)

    def unsubscribe(self, id: int, incoming: Incoming, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            place = await places.find(connection, incoming.where)
            ended = await places.unsubscribe(connection, id, place.id) if place else None
            if place is None or ended is None:
                return
            if ended.about is About.WEEK:
                await plan.drop_week(connection, place.id)
            else:
                await plan.make_all(connection, place, self.terms, now)

        return Effect(job)

    async def _plan(self, connection: AsyncConnection, place: Place, about: About, now: datetime) -> None:
        if about is About.WEEK:
            await plan.plan_week(connection, place, self.terms, now)
        else:
            await plan.make_all(connection, place, self.terms, now)

    def adjust(self, changed: Subscription, at: time | None, quiet: Quiet | None, incoming: Incoming, now: datetime) -> Effect:
        """A ladder or a deadline of one's own; time of day and quiet hours are the chat's, for all its subscriptions."""

        async def job(connection: AsyncConnection) -> None:
            place = await places.find(connection, incoming.where)
            if place is None or place.id != changed.place:
                return
            await places.change(connection, changed.id, ladder=changed.ladder, internal=changed.internal, level=changed.level)
            await places.set_times(connection, place.id, at or place.at, quiet)
            settled = (await places.places(connection, [place.id]))[place.id]
            for about in {each.about for each in await places.of_place(connection, place.id)}:
                await self._plan(connection, settled, about, now)

        return Effect(job)

    def invite(self, id: int, now: datetime) -> tuple[str, Effect]:
        """A code with which a colleague may join, for a week."""
        code = secrets.token_urlsafe(12)

        async def job(connection: AsyncConnection) -> None:
            await places.invite(connection, id, code, now + INVITE)

        return code, Effect(job)

    def feed(self, id: int, now: datetime) -> tuple[str, Effect]:
        """A new private calendar address for a subscription; the one before ends."""
        secret = feeds.new_secret()

        async def job(connection: AsyncConnection) -> None:
            await feeds.replace(connection, id, secret, now)

        return secret, Effect(job)

    # ---- what to do with a reminder ----

    def done(self, window: int, incoming: Incoming, now: datetime, *, undo: bool = False) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            place = await _place(connection, incoming, "")
            if undo:
                await places.unmark(connection, place.id, window)
            else:
                await places.mark_done(connection, place.id, window, now)
            await plan.make_all(connection, place, self.terms, now)

        return Effect(job)

    async def later(self, window: int, choice: Snooze, incoming: Incoming, now: datetime) -> tuple[datetime, Effect]:
        """When it comes again, and the change."""
        mine = await self.mine(incoming, now)
        place = mine.place or Place(0, incoming.where, False, incoming.user)
        at = snoozed(choice, now, Subscription(0, place.id, About.WINDOW, "").wish(place), self.terms.calendar, self.terms.zone)

        async def job(connection: AsyncConnection) -> None:
            if mine.place:
                await plan.put(connection, [plan.row(plan.name(place.id, window), place.id, Kind.SNOOZE, at, window=window)])

        return at, Effect(job)

    # ---- own reminders ----

    async def owns(self, incoming: Incoming) -> list[Own]:
        async with self._database.read() as connection:
            place = await places.find(connection, incoming.where)
            return await own.of_place(connection, place.id) if place else []

    async def count_owns(self, incoming: Incoming) -> int:
        async with self._database.read() as connection:
            place = await places.find(connection, incoming.where)
            return await own.count(connection, place.id) if place else 0

    def remind(self, rule: Rule, words: str, at: datetime, incoming: Incoming, language: str, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            place = await _place(connection, incoming, language)
            subject = await subjects.begun(connection, incoming.where.platform, incoming.user or incoming.where.chat, now)
            id = await own.add(connection, place.id, incoming.user, subject, rule, words, now)
            await plan.put(connection, [plan.row(f"o{id}", place.id, Kind.OWN, at, own=id)])

        return Effect(job)

    async def own(self, id: int, incoming: Incoming) -> Own | None:
        """Also one that is over: it may be put off."""
        async with self._database.read() as connection:
            place = await places.find(connection, incoming.where)
            found = (await own.read(connection, [id])).get(id)
        return found if place and found and found.place == place.id else None

    def own_later(self, mine: Own, at: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            await plan.put(connection, [plan.row(f"o{mine.id}", mine.place, Kind.OWN, at, own=mine.id)])

        return Effect(job)

    def end_own(self, id: int, incoming: Incoming, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            if place := await places.find(connection, incoming.where):
                await own.end(connection, id, place.id, now)

        return Effect(job)

    # ---- the publicity week, and what an outage left ----

    async def week(self, day: date) -> list[Event]:
        async with self._database.read() as connection:
            return (await week.on_days(connection, [day]))[day]

    async def programme(self, year: int) -> list[Event]:
        """Of the whole week, without what was taken off."""
        async with self._database.read() as connection:
            return [each for each in await week.events(connection, year) if not each.cancelled]

    async def event(self, id: int) -> Event | None:
        async with self._database.read() as connection:
            found = await week.event(connection, id)
        return found if found and not found.cancelled else None

    def put_on(self, events: Sequence[Event], incoming: Incoming, now: datetime) -> Effect:
        """New items, and those with a number in place of what they said."""

        async def job(connection: AsyncConnection) -> None:
            actor = await _editor(connection, incoming)
            for event in events:
                id = event.id
                if not id:
                    id = (await week.add(connection, event)).id
                elif not await week.change(connection, event):
                    raise UserError(Text("press-expired"))
                await audit.append(connection, at=now, actor=actor, action="week-change" if event.id else "week-add", object=f"week:{id}")

        return Effect(job)

    def take_off(self, id: int, incoming: Incoming, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            actor = await _editor(connection, incoming)
            if await week.cancel(connection, id):
                await audit.append(connection, at=now, actor=actor, action="week-cancel", object=f"week:{id}")

        return Effect(job)

    async def held(self) -> Held | None:
        """What an outage left, waiting for somebody of the staff."""
        async with self._database.read() as connection:
            plan_ = await catchup.waiting(connection)
            heaps = await catchup.heaps(connection, plan_.id) if plan_ else []
            windows = await shelf.windows(connection, [each.window for each in heaps if each.window])
        return Held(plan_, tuple((each, windows.get(each.window or 0)) for each in heaps)) if plan_ else None

    def release(self, id: int, incoming: Incoming, now: datetime, *, approve: bool) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            actor = await _editor(connection, incoming)
            await catchup.release(connection, id, actor, now, approve=approve)
            action = "catch-up-approve" if approve else "catch-up-refuse"
            await audit.append(connection, at=now, actor=actor, action=action, object=f"catch-up:{id}")

        return Effect(job)

    # ---- working days ----

    def enter_days(self, table: Table, incoming: Incoming, now: datetime) -> Effect:
        async def job(connection: AsyncConnection) -> None:
            actor = await _editor(connection, incoming)
            id = await daybook.put(connection, table, actor, self.today(now), now)
            await audit.append(connection, at=now, actor=actor, action="workdays", object=f"workdays:{table.year}", detail=str(id))

        return Effect(job)


async def _editor(connection: AsyncConnection, incoming: Incoming) -> str:
    """Who of the staff writes this. The right is asked for again where it is used: it may be gone since the button was put."""
    member = await staff.speaking(connection, incoming)
    if member is None or not allowed(member.roles, Action.EDIT_CONTENT):
        raise UserError(Text("staff-only"))
    return member.reference


async def _place(connection: AsyncConnection, incoming: Incoming, language: str) -> Place:
    group = incoming.chat_kind is not ChatKind.PRIVATE
    return await places.place_at(connection, incoming.where, group=group, user=incoming.user, language=language)

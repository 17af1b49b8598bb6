"""What staff read and change of applications; who may do what is checked in `bot.storage.reviewing` and `handing_out`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.core.errors import NotAllowed, NotThere, Stale, UserError, WrongMove
from bot.core.message import Choice, Effect, Incoming, Reply, Text
from bot.core.permissions import StaffMember
from bot.storage import applications, drafts, handing_out, reviewing, staff
from bot.storage.applications import CORRECTION, Case, Happened, Summary
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling, Owner
from bot.storage.reviewing import View
from bot.storage.transfers import Refusal
from handlers.forms.deadlines import Due, due, due_at, told
from handlers.forms.dialog import correct
from handlers.forms.draft import Draft
from handlers.forms.form import forms
from handlers.forms.recounting import recounted
from handlers.forms.statuses import is_over, moves
from handlers.telling import Teller
from reminders import daybook
from reminders.plan import Terms

T = TypeVar("T")

PAGE = 6


@dataclass(frozen=True)
class Decision:
    """What becomes of an application: its next status, what is to be mended, and a word for the applicant."""

    to: str
    fields: tuple[str, ...] = ()
    note: str = ""


class Review:
    def __init__(self, database: Database, teller: Teller, terms: Terms) -> None:
        self._database, self._teller, self._terms = database, teller, terms

    async def member(self, incoming: Incoming) -> StaffMember | None:
        async with self._database.read() as connection:
            return await staff.speaking(connection, incoming)

    async def redeem(self, incoming: Incoming, code: str, now: datetime) -> StaffMember | Refusal:
        """Written at once: a wrong code must count whatever becomes of the reply."""
        return await self._database.write(lambda connection: staff.redeem(connection, incoming, code, now))

    async def waiting(self, by: StaffMember) -> dict[View, int]:
        return await self._read(lambda connection: reviewing.waiting(connection, by))

    async def queue(self, by: StaffMember, view: View, now: datetime, after: str = "") -> tuple[list[Summary], bool]:
        """A page of it from behind that application, and whether there is more."""

        async def found(connection: Connection) -> list[Summary]:
            last = (await reviewing.read(connection, by, after)).summary if after else None
            return await reviewing.queue(connection, by, view, now, limit=PAGE + 1, after=last)

        several = await self._read(found)
        return several[:PAGE], len(several) > PAGE

    async def case(self, by: StaffMember, id: str) -> tuple[Case, list[Happened]]:
        async def found(connection: Connection) -> tuple[Case, list[Happened]]:
            return await reviewing.read(connection, by, id), await applications.history(connection, id)

        return await self._read(found)

    async def programmes(self, by: StaffMember) -> list[str]:
        return await self._read(lambda connection: handing_out.programmes(connection, by))

    async def found(self, by: StaffMember, receipt: str) -> Summary:
        return await self._read(lambda connection: reviewing.by_receipt(connection, by, receipt))

    async def revealed(self, by: StaffMember, id: str, reason: str, now: datetime) -> Case:
        """The answers in full. Written at once: they are shown only when the log says so."""
        try:
            return await self._database.write(lambda connection: reviewing.reveal(connection, by, id, reason, now))
        except (NotAllowed, NotThere) as error:
            raise UserError(Text(WORDS[type(error)])) from error

    def claim(self, by: StaffMember, known: Summary, now: datetime) -> Effect:
        async def job(connection: Connection) -> None:
            if is_over(known):
                raise WrongMove(known.status)
            await reviewing.claim(connection, by, known, now)

        return Effect(_kindly(job))

    def decide(self, by: StaffMember, case: Case, decision: Decision, now: datetime) -> Effect:
        """The status, the draft to mend where one is needed, and the word to the applicant, all or nothing."""
        known = case.summary

        async def job(connection: Connection) -> None:
            after = await reviewing.move(
                connection,
                by,
                known,
                decision.to,
                moves(known.programme),
                now,
                note=decision.note,
                fields=decision.fields,
                due_at=due_at(forms()[known.programme], decision.to, now, self._terms),
            )
            if known.status == CORRECTION:
                # Nothing is to be mended any more. The sweep of the folder takes files sent for it.
                await drafts.discard(connection, known.id)
            if decision.to == CORRECTION:
                await drafts.begin(connection, _to_mend(case, decision, now), now)
            await self._tell(connection, after, decision, now)

        return Effect(_kindly(job))

    def recount(self) -> Effect:
        """Times still running, by the working days that have just been entered."""

        async def job(connection: Connection) -> None:
            await recounted(connection, replace(self._terms, calendar=await daybook.current(connection)))

        return Effect(job)

    async def _tell(self, connection: Connection, after: Summary, decision: Decision, now: datetime) -> None:
        if after.user:
            key = f"application:{after.id}:{after.version}"
            await self._teller.tell(
                connection, after.where, after.user, _word_of(after, decision, due(after, now, self._terms)), key=key, now=now
            )

    async def _read(self, query: Callable[[Connection], Awaitable[T]]) -> T:
        async with self._database.read() as connection:
            try:
                return await query(connection)
            except (NotAllowed, NotThere) as error:
                raise UserError(Text(WORDS[type(error)])) from error


WORDS = {NotAllowed: "staff-not-allowed", NotThere: "review-not-there", Stale: "review-stale", WrongMove: "review-stale"}


def _kindly(job: Callable[[Connection], Awaitable[None]]) -> Callable[[Connection], Awaitable[None]]:
    async def careful(connection: Connection) -> None:
        try:
            await job(connection)
        except (NotAllowed, NotThere, Stale, WrongMove) as error:
            raise UserError(Text(WORDS[type(error)])) from error

    return careful


def _to_mend(case: Case, decision: Decision, now: datetime) -> Filling:
    """The application as a draft again, under the same id, with only those fields open."""
    known = case.summary
    draft = correct(Draft.of(case.answers), dict.fromkeys(decision.fields, decision.note), now)
    owner = Owner(known.subject, known.where, known.user)
    agreed = draft.consent
    at, notice = (agreed.at, agreed.notice) if agreed else (known.submitted_at, "")
    return Filling(known.id, known.programme, known.form_version, owner, draft.stage.value, draft.plain(), 0, notice, at, now)


def _word_of(after: Summary, decision: Decision, until: Due | None) -> Reply:
    said = Text("told-status", {"number": after.receipt, "name": Text(f"{after.programme}-name"), "status": Text(f"status-{after.status}")})
    note = (Text("told-note", {"note": decision.note}),) if decision.note else ()
    mend = (Choice("apply-continue", after.id, Text("choice-correct")),) if decision.to == CORRECTION else ()
    times = told(until) if until else ()
    return Reply((said, *note, *times), (*mend, Choice("application", after.id, Text("applications-open", {"number": after.receipt}))))

"""The rows behind applications: what a handler reads, and the effects that write with its replies or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import NotThere, Stale, UserError, WrongMove
from bot.core.message import Effect, Incoming, Text
from bot.storage import applications, drafts, subjects
from bot.storage.applications import Case, Entry, Happened, Summary
from bot.storage.database import Connection, Database
from bot.storage.drafts import Filling, Owner
from handlers.forms.dialog import summary
from handlers.forms.draft import Draft
from handlers.forms.form import Form, Value, forms
from handlers.forms.path import answered
from handlers.forms.statuses import WITHDRAWN, moves

Job = Callable[[Connection], Awaitable[None]]
MARKED = {"uscc": "uscc", "mobile": "mobile"}
"""Kinds of answers that staff may search by, and the name of their mark."""
MOST_DRAFTS = 3
MOST_A_DAY = 5


@dataclass(frozen=True)
class Open:
    """A draft with the row it came from."""

    row: Filling
    draft: Draft

    @property
    def form(self) -> Form:
        return programme(self.row.programme)


def programme(id: str) -> Form:
    """Raises UserError when the office does not offer it any more."""
    found = forms().get(id)
    if found is None:
        raise UserError(Text("apply-gone"))
    return found


class Desk:
    def __init__(self, database: Database) -> None:
        self._database = database

    # ---- reading ----

    async def drafts(self, incoming: Incoming) -> list[Open]:
        """What somebody has begun, the newest first."""
        async with self._database.read() as connection:
            found = await drafts.of_person(connection, incoming.where.platform, incoming.user)
        return [Open(row, Draft.of(row.answers)) for row in found if row.programme in forms()]

    async def draft(self, incoming: Incoming, id: str) -> Open | None:
        """None when it is handed in, dropped, or somebody else's."""
        async with self._database.read() as connection:
            try:
                row = await drafts.one(connection, id, incoming.where.platform, incoming.user)
            except NotThere:
                return None
        return Open(row, Draft.of(row.answers))

    async def known(self, incoming: Incoming) -> dict[str, Value]:
        """What the enterprise answered before, by slot."""
        async with self._database.read() as connection:
            subject = await subjects.of(connection, incoming.where.platform, incoming.user)
            return await drafts.prefill(connection, subject) if subject else {}

    async def mine(self, incoming: Incoming) -> list[Summary]:
        """What somebody handed in, the newest first."""
        async with self._database.read() as connection:
            subject = await subjects.of(connection, incoming.where.platform, incoming.user)
            return await applications.of_subject(connection, subject) if subject else []

    async def case(self, incoming: Incoming, id: str) -> tuple[Case, list[Happened]]:
        """One's own application and what became of it. Raises UserError."""
        async with self._database.read() as connection:
            subject = await subjects.of(connection, incoming.where.platform, incoming.user)
            try:
                return await applications.own(connection, subject, id), await applications.history(connection, id)
            except NotThere as error:
                raise UserError(Text("apply-gone")) from error

    # ---- writing ----

    def begin(self, incoming: Incoming, draft: Draft, now: datetime) -> Effect:
        async def job(connection: Connection) -> None:
            subject = await subjects.begun(connection, incoming.where.platform, incoming.user, now)
            owner = Owner(subject, replace(incoming.where, thread=""), incoming.user)
            await drafts.begin(connection, _row(owner, draft), now)

        return Effect(job)

    def keep(self, opened: Open, draft: Draft, now: datetime) -> Effect:
        """Writes the draft; what is taken over from it is kept as the enterprise's own."""

        async def job(connection: Connection) -> None:
            await drafts.save(connection, _filled(opened.row, draft), now)

        return Effect(_kindly(job))

    def drop(self, opened: Open) -> Effect:
        async def job(connection: Connection) -> None:
            await drafts.drop(connection, opened.row)

        return Effect(_kindly(job))

    def withdraw(self, known: Summary, now: datetime) -> Effect:
        """The applicant takes it back; a correction begun goes, too."""

        async def job(connection: Connection) -> None:
            await applications.withdraw(connection, known.subject, known, WITHDRAWN, moves(known.programme), now)
            await drafts.discard(connection, known.id)

        return Effect(_kindly(job))

    def hand_in(self, opened: Open, draft: Draft, number: str, now: datetime) -> Effect:
        """The draft becomes an application; a correction goes back into the one it mends."""
        form, row = opened.form, _filled(opened.row, draft)

        async def job(connection: Connection) -> None:
            profile = await drafts.prefill(connection, row.owner.subject)
            await drafts.remember(connection, row.owner.subject, {**profile, **_of_profile(form, draft)}, now)
            if opened.draft.submitted:
                known = (await applications.own(connection, row.owner.subject, row.id)).summary
                await drafts.take(connection, opened.row)
                await applications.correct(connection, row.owner.subject, known, row.answers, now)
                return
            await applications.submit(connection, row, now, Entry(number, marks=_marks(form, draft)))

        return Effect(_kindly(job))


def _kindly(job: Job) -> Job:
    """Somebody was quicker, here or on another device: the person hears it, and nothing is written."""

    async def careful(connection: Connection) -> None:
        try:
            await job(connection)
        except (Stale, NotThere, WrongMove) as error:
            raise UserError(Text("apply-elsewhere")) from error

    return careful


def _row(owner: Owner, draft: Draft) -> Filling:
    blank = Filling(draft.id, draft.form, "", owner, "", {}, 0, "", draft.started, draft.started)
    return _filled(blank, draft)


def _filled(row: Filling, draft: Draft) -> Filling:
    agreed = draft.consent
    return replace(
        row,
        form_version=str(draft.version),
        step=draft.stage.value,
        answers=draft.plain(),
        notice=agreed.notice if agreed else row.notice,
        agreed_at=agreed.at if agreed else row.agreed_at,
    )


def _of_profile(form: Form, draft: Draft) -> dict[str, Value]:
    """The answers that other programmes ask for, too."""
    kept = answered(form, draft.held)
    shared = {step.key for step in form.steps if step.shared and not step.sensitive and step.kind not in ("files", "confirm")}
    return {slot: value for slot, value in kept.items() if slot in shared and value is not None}


def _marks(form: Form, draft: Draft) -> Mapping[str, str]:
    found = {entry.slot.step.kind: str(entry.value) for entry in summary(form, draft) if entry.value is not None}
    return {name: found[kind] for kind, name in MARKED.items() if kind in found}

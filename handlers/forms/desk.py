"""The rows behind applications: what a handler reads, and the effects that write with its replies or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import NotThere, Stale, UserError, WrongMove
from bot.core.message import Attached, Choice, Effect, Incoming, Reply, Text, Where
from bot.storage import applications, drafts, programmes, staff, subjects
from bot.storage.applications import Case, Entry, Happened, Summary
from bot.storage.database import Connection, Database
from bot.storage.drafts import File, Filling, Owner
from handlers.forms.answers import File as Sent
from handlers.forms.asking import files
from handlers.forms.cabinet import MEGABYTE, MOST, Cabinet
from handlers.forms.cabinet import MOST_A_DAY as MOST_A_DAY_MEGABYTES
from handlers.forms.draft import Draft
from handlers.forms.form import Form, Value, forms
from handlers.forms.kinds import file_problem
from handlers.forms.overdue import who_has
from handlers.forms.path import Slot, answered
from handlers.forms.statuses import WITHDRAWN, moves
from handlers.telling import Teller

Job = Callable[[Connection], Awaitable[None]]
MOST_DRAFTS = 3
MOST_A_DAY = 5


@dataclass(frozen=True)
class Open:
    """A draft with the row it came from; the row's owner is where the person is told what becomes of it."""

    row: Filling
    draft: Draft
    off: str | None = None
    """Why the programme takes no applications now; None: it does. A correction goes on all the same."""

    @property
    def form(self) -> Form:
        return programme(self.row.programme)


def programme(id: str) -> Form:
    """Raises UserError when the office does not offer it any more."""
    found = forms().get(id)
    if found is None:
        raise UserError(Text("apply-gone"))
    return found


@dataclass(frozen=True)
class Received:
    """What came of files sent: those stored, and a word on each that was not."""

    kept: tuple[File, ...] = ()
    problems: tuple[Text, ...] = ()


class Desk:
    def __init__(self, database: Database, cabinet: Cabinet, teller: Teller, moved: Collection[str] = ()) -> None:
        """`moved` are the platforms whose forms are filled in elsewhere: the people there are told there all the same."""
        self._database, self._cabinet, self._teller, self._moved = database, cabinet, teller, moved

    def takes_files(self, where: Where) -> bool:
        return where.platform in self._cabinet.platforms

    # ---- reading ----

    async def drafts(self, incoming: Incoming) -> list[Open]:
        """What somebody has begun, the newest first."""
        async with self._database.read() as connection:
            found = await drafts.of_person(connection, incoming.where.platform, incoming.user)
            off = await programmes.off(connection)
        return [self._opened(row, incoming, off) for row in found if row.programme in forms()]

    async def draft(self, incoming: Incoming, id: str) -> Open | None:
        """None when it is handed in, dropped, or somebody else's."""
        async with self._database.read() as connection:
            try:
                row = await drafts.one(connection, id, incoming.where.platform, incoming.user)
            except NotThere:
                return None
            return self._opened(row, incoming, await programmes.off(connection))

    async def of_row(self, incoming: Incoming, row: Filling) -> Open:
        """A draft that is about to be the person's."""
        return self._opened(row, incoming, await self.off())

    def _opened(self, row: Filling, incoming: Incoming, off: Mapping[str, str]) -> Open:
        draft = Draft.of(row.answers)
        if row.owner.where.platform not in self._moved:
            row = replace(row, owner=replace(row.owner, where=replace(incoming.where, thread=""), user=incoming.user))
        return Open(row, draft, None if draft.submitted else off.get(row.programme))

    async def off(self) -> dict[str, str]:
        """The programmes that take no applications now, each with the reason."""
        async with self._database.read() as connection:
            return await programmes.off(connection)

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

    # ---- files ----

    async def receive(self, opened: Open, slot: Slot, incoming: Incoming, since: datetime) -> Received:
        """Fetches and stores what was sent; `since` is when the day began. A bad file keeps no good one out."""
        kept: list[File] = []
        problems: list[Text] = []
        for attached in incoming.files:
            try:
                kept.append(await self._received(opened, slot, incoming.where, attached, kept, since))
            except UserError as problem:
                name = attached.name or Text("file-unnamed")
                problems.append(Text("file-not-taken", {"name": name, "reason": problem.text}))
        return Received(tuple(kept), tuple(problems))

    async def _received(self, opened: Open, slot: Slot, where: Where, attached: Attached, before: Sequence[File], since: datetime) -> File:
        if len(before) + _count_beside(opened, slot) >= MOST:
            raise UserError(Text("file-most", {"most": MOST}))
        upload = await self._cabinet.open(where, attached)
        size = len(upload.data)
        if reason := file_problem(Sent("", upload.name, size), slot.step):
            raise UserError(reason)
        subject = opened.row.owner.subject
        async with self._database.read() as connection:
            weight = await drafts.weight(connection, subject, since) + sum(each.size for each in before)
            key = await drafts.key_of(connection, subject)
        if weight + size > MOST_A_DAY_MEGABYTES * MEGABYTE:
            raise UserError(Text("file-day", {"megabytes": MOST_A_DAY_MEGABYTES}))
        return await self._cabinet.store(key, subject, slot.id, upload)

    async def let_go(self, stored: Sequence[File]) -> None:
        """Files that no row will speak of."""
        await self._cabinet.clear([each.path for each in stored])

    # ---- writing ----

    def begin(self, incoming: Incoming, draft: Draft, now: datetime) -> Effect:
        async def job(connection: Connection) -> None:
            subject = await subjects.begun(connection, incoming.where.platform, incoming.user, now)
            owner = Owner(subject, replace(incoming.where, thread=""), incoming.user)
            await drafts.begin(connection, _row(owner, draft), now)

        return Effect(job)

    def keep(self, opened: Open, draft: Draft, now: datetime, sent: Sequence[File] = ()) -> Effect:
        """Writes the draft with the files that answer it; those it speaks of no more go."""
        gone = file_ids(opened.form, opened.draft) - file_ids(opened.form, draft)

        async def job(connection: Connection) -> list[str]:
            row = await drafts.save(connection, _filled(opened.row, draft), now)
            for file in sent:
                await drafts.attach(connection, row, file, now)
            return [path for id in sorted(gone) for path in await drafts.detach(connection, row, id)]

        return clearing(self._cabinet, job)

    def pause(self, opened: Open, now: datetime) -> Effect:
        """The person has heard that the programme is switched off."""

        async def job(connection: Connection) -> None:
            await drafts.pause(connection, opened.row.id, now)

        return Effect(job)

    def drop(self, opened: Open) -> Effect:
        return clearing(self._cabinet, lambda connection: drafts.drop(connection, opened.row))

    def withdraw(self, known: Summary, now: datetime) -> Effect:
        """The applicant takes it back; a correction begun goes, too."""

        async def job(connection: Connection) -> list[str]:
            await applications.withdraw(connection, known.subject, known, WITHDRAWN, moves(known.programme), now)
            return await drafts.discard(connection, known.id)

        return clearing(self._cabinet, job)

    def hand_in(self, opened: Open, draft: Draft, number: str, now: datetime, due_at: datetime | None = None) -> Effect:
        """The draft becomes an application; a correction goes back into the one it mends, and whoever has that hears of it."""
        form, row = opened.form, _filled(opened.row, draft)

        async def job(connection: Connection) -> list[str]:
            profile = await drafts.prefill(connection, row.owner.subject)
            await drafts.remember(connection, row.owner.subject, {**profile, **_of_profile(form, draft)}, now)
            if opened.draft.submitted:
                known = (await applications.own(connection, row.owner.subject, row.id)).summary
                await drafts.take(connection, opened.row)
                await applications.correct(connection, row.owner.subject, known, row.answers, now, due_at)
                await self._tell_staff(connection, known, now)
                return await drafts.adopt(connection, row, file_ids(form, draft))
            await applications.submit(connection, row, now, Entry(number, due_at))
            return await drafts.adopt(connection, row, file_ids(form, draft))

        return clearing(self._cabinet, job)

    async def _tell_staff(self, connection: Connection, mended: Summary, now: datetime) -> None:
        said = Text("review-corrected", {"number": mended.receipt, "name": Text(f"{mended.programme}-name")})
        reply = Reply((said,), (Choice("review-open", mended.id, Text("applications-open", {"number": mended.receipt})),))
        for member in who_has(mended, await staff.everybody(connection)):
            await self._teller.tell_member(connection, member.id, reply, key=f"corrected:{mended.id}:{mended.version}", now=now)


def clearing(cabinet: Cabinet, job: Callable[[Connection], Awaitable[list[str]]]) -> Effect:
    """The job gives the paths of bytes that are to go once it is committed."""
    paths: list[str] = []

    async def noted(connection: Connection) -> None:
        paths[:] = await job(connection)  # it may run again when it was undone

    async def after() -> None:
        await cabinet.clear(paths)

    return Effect(kindly(noted), after)


def kindly(job: Job) -> Job:
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


def file_ids(form: Form, draft: Draft) -> set[str]:
    return {file.id for several in files(form, draft).values() for file in several}


def _count_beside(opened: Open, slot: Slot) -> int:
    """Files the draft has beside the answer that is being replaced."""
    held = {id: value for id, value in opened.draft.held.items() if id != slot.id}
    return sum(map(len, files(opened.form, replace(opened.draft, held=held)).values()))


def _of_profile(form: Form, draft: Draft) -> dict[str, Value]:
    """The answers that other programmes ask for, too."""
    kept = answered(form, draft.held)
    shared = {step.key for step in form.steps if step.shared and not step.sensitive and step.kind not in ("files", "confirm")}
    return {slot: value for slot, value in kept.items() if slot in shared and value is not None}

"""Notices in rows: who is counted, what an approval is bound to, and that no trick gets around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.clock import FixedClock
from bot.core.errors import NotAllowed, Stale, UserError, WrongMove
from bot.core.message import ChatKind, Incoming, Kind, Span, Text, Where
from bot.core.permissions import Role, StaffMember
from bot.notices import approval, audience, shelf, wishes
from bot.notices.approval import Rules
from bot.notices.notice import Audience, Content, Notice, Quiet, State
from bot.storage import staff
from bot.storage.audit import AuditEntry
from bot.storage.database import Database
from bot.storage.notice_tables import Notice as Row
from bot.storage.notice_tables import NoticeRecipient
from bot.storage.tables import Chat, Person
from reminders import places
from reminders.places import About, Subscription

_chat, _person, _row, _recipient = Chat.__table__, Person.__table__, Row.__table__, NoticeRecipient.__table__
_audit = AuditEntry.__table__

RULES = Rules(ZoneInfo("Asia/Shanghai"), {"suzhou": ("suzhou", "kunshan")}, ("telegram", "web"))
TEXT = {"zh-CN": (Span("正文"),)}
EVERYBODY = Content("标题", TEXT, Audience(everybody=True))


class Office:
    """Four members of staff and as many chats as are wanted."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.staff: dict[str, StaffMember] = {}
        self.account = "bot"

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def employ(self, **roles: set[Role]) -> None:
        for name, given in roles.items():
            self.staff[name] = await self.database.write(
                lambda on, name=name, given=given: staff.add(on, name, given, "operator", self.now)  # type: ignore[misc]
            )

    async def meet(
        self, chats: Sequence[tuple[str, str]], *, kind: str = "private", region: str = "", language: str = "", active: bool = True
    ) -> None:
        for platform, chat in chats:
            user = chat if kind == "private" else ""
            row = {"platform": platform, "account": self.account, "chat": chat, "kind": kind, "user": user, "region": region}
            await self._put(_chat, row | {"active": active, "welcomed": True, "since": self.now})
            if user:
                await self._put(
                    _person, {"platform": platform, "user": user, "language": "", "client_language": language, "first_seen": self.now}
                )

    async def _put(self, table: Table, row: dict[str, object]) -> None:
        await self.database.write(lambda on: on.execute(insert(table).values(**row)))

    async def draft(self, content: Content = EVERYBODY, by: str = "chen") -> Notice:
        async def job(on: AsyncConnection) -> Notice:
            return await shelf.begin(on, self.staff[by], await shelf.next_number(on), content, self.now)

        return await self.database.write(job)

    async def submit(self, known: Notice, by: str = "chen", key: str = "") -> Notice:
        key = key or f"{known.id}:{known.version}"
        found = await self.database.write(lambda on: approval.submit(on, self.staff[by], known, key, "", RULES, self.now))
        while found.state is State.LISTING:
            found = await self.database.write(lambda on, found=found: approval.listed(on, found, RULES, self.now))  # type: ignore[misc]
        return found

    async def approve(self, known: Notice, by: str = "wang", digest: str | None = None) -> Notice:
        seen = known.digest if digest is None else digest
        return await self.database.write(lambda on: approval.approve(on, self.staff[by], known, seen, RULES, self.now))

    async def count(self, asked: Audience) -> audience.Count:
        async with self.database.read() as on:
            return await audience.count(on, await audience.meaning(on, asked, RULES.within, RULES.served))

    async def listed(self, known: Notice) -> list[Any]:
        async with self.database.read() as on:
            return list((await on.execute(_recipient.select().where(_recipient.c.notice == known.id))).mappings())

    async def is_approved(self, known: Notice) -> bool:
        async with self.database.read() as on:
            return await approval.is_approved(on, await shelf.notice(on, known.id), RULES, self.now)

    async def again(self, known: Notice) -> Notice:
        async with self.database.read() as on:
            return await shelf.notice(on, known.id)


@pytest.fixture
async def office(database: Database, clock: FixedClock) -> Office:
    made = Office(database, clock)
    await made.employ(
        chen={Role.EDITOR, Role.BROADCASTER},
        li={Role.EDITOR, Role.BROADCASTER},
        wang={Role.REVIEWER},
        sun={Role.REVIEWER},
        zhao={Role.EDITOR, Role.BROADCASTER, Role.REVIEWER},
        boss={Role.OWNER},
    )
    await made.meet([("telegram", "1"), ("telegram", "2"), ("web", "w")], language="zh-hans")
    await made.meet([("telegram", "3")], region="kunshan", language="en")
    await made.meet([("telegram", "-10")], kind="group", region="suzhou")
    return made


# ---- who is meant ----


async def test_people_are_counted_by_platform_without_those_who_left_or_want_none(office: Office) -> None:
    await office.meet([("telegram", "gone")], active=False)
    await office.meet([("elsewhere", "unserved")])
    await office.database.write(lambda on: wishes.put(on, Where("telegram", "bot", "2"), "none", office.now))
    found = await office.count(Audience(everybody=True))
    assert (dict(found.private), dict(found.groups)) == ({"telegram": 2, "web": 1}, {"telegram": 1})
    assert (found.all, found.unsubscribed, found.gone) == (4, 1, 1)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (Audience(regions=("suzhou",)), 2),
        (Audience(regions=("suzhou",), kinds=("private",)), 1),
        (Audience(platforms=("web",)), 1),
        (Audience(kinds=("group",)), 1),
        (Audience(languages=("en",)), 1),
        (Audience(languages=("zh-CN",)), 3),
        (Audience(listed=("telegram:1", "web:w")), 2),
        (Audience(programmes=("madrid-subsidy",)), 0),
        (Audience(roles=("owner",)), 0),
    ],
    ids=str,
)
async def test_every_criterion_counts_those_it_says(office: Office, asked: Audience, count: int) -> None:
    assert (await office.count(asked)).all == count


async def test_subscribers_of_a_window_are_found(office: Office) -> None:
    where = Where("telegram", "bot", "2")

    async def job(on: AsyncConnection) -> None:
        place = await places.place_at(on, where, group=False, user="2", language="")
        await places.subscribe(on, Subscription(0, place.id, About.WINDOW, "3", made_by="2"), office.now)

    await office.database.write(job)
    assert (await office.count(Audience(windows=("3",)))).all == 1
    assert (await office.count(Audience(windows=("4",)))).all == 0
    assert (await office.count(Audience(themes=("3",)))).all == 0


async def test_staff_are_found_by_role_where_they_proved_who_they_are(office: Office) -> None:
    code = await office.database.write(lambda on: staff.code(on, office.staff["boss"].id, "operator", office.now))
    incoming = Incoming("1", Kind.TEXT, Where("telegram", "bot", "1"), ChatKind.PRIVATE, "1", office.now)
    await office.database.write(lambda on: staff.redeem(on, incoming, code, office.now))
    assert (await office.count(Audience(roles=("owner",)))).all == 1
    assert (await office.count(Audience(roles=("reviewer",)))).all == 0


async def test_bad_rows_of_a_list_are_named_by_their_line(office: Office) -> None:
    async with office.database.read() as on:
        good, bad = await audience.listed(on, "telegram:1\n\n  web:w ,\nnonsense\ntelegram:77\nZC-2026-2222222\ntelegram:1")
    assert good == ("telegram:1", "web:w")
    assert [(line, why) for line, _, why in bad] == [(4, "unreadable"), (5, "unknown"), (6, "unreadable")]


# ---- submission ----


async def test_a_submission_lists_everybody_once_and_waits(office: Office) -> None:
    known = await office.submit(await office.draft())
    assert (known.state, known.listed) == (State.WAITING, 5)
    assert len({(row["platform"], row["chat"]) for row in await office.listed(known)}) == 5
    assert [row["number"] for row in await office.listed(known)] == [1, 2, 3, 4, 5]


async def test_a_list_broken_off_goes_on_where_it_stopped(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = await office.submit(await office.draft())
    monkeypatch.setattr(approval, "CHUNK", 2)
    draft = await office.draft()
    begun = await office.database.write(lambda on: approval.submit(on, office.staff["chen"], draft, "k", "", RULES, office.now))
    assert (begun.state, begun.listed) == (State.LISTING, 2)
    while begun.state is State.LISTING:
        begun = await office.database.write(lambda on, begun=begun: approval.listed(on, begun, RULES, office.now))  # type: ignore[misc]
    assert (begun.state, begun.listed, begun.snapshot) == (State.WAITING, 5, whole.snapshot)


async def test_submitted_twice_with_one_key_it_is_one_submission(office: Office) -> None:
    draft = await office.draft()
    first = await office.submit(draft, key="once")
    second = await office.submit(draft, key="once")
    assert (first.id, first.round, first.version) == (second.id, second.round, second.version)
    assert len(await office.listed(first)) == 5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (replace(EVERYBODY, audience=Audience()), "notice-audience-unsaid"),
        (replace(EVERYBODY, audience=Audience(regions=("hefei",))), "notice-audience-empty"),
        (replace(EVERYBODY, at=datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC"))), "notice-time-over"),
    ],
    ids=["no audience", "nobody", "a time that is over"],
)
async def test_what_cannot_go_out_is_refused_with_words(office: Office, content: Content, why: str) -> None:
    draft = await office.draft(content)
    with pytest.raises(UserError) as refused:
        await office.submit(draft)
    assert refused.value.text.id == why
    assert (await office.again(draft)).state is State.DRAFT


async def test_nobody_submits_a_fourth_notice_on_one_day(office: Office) -> None:
    for _ in range(3):
        await office.submit(await office.draft())
    with pytest.raises(UserError) as refused:
        await office.submit(await office.draft())
    assert refused.value.text.id == "notice-enough-today"
    assert (await office.submit(await office.draft(by="li"), by="li")).state is State.WAITING
    office.clock.at += timedelta(days=1)
    assert (await office.submit(await office.draft())).state is State.WAITING


async def test_a_day_of_notices_begins_at_midnight_where_the_office_is(office: Office) -> None:
    last_night, morning, tonight = ((22, 23, 50), (23, 0, 10), (23, 23, 50))
    office.clock.at = datetime(2026, 11, *last_night, tzinfo=RULES.zone).astimezone(UTC)
    for _ in range(3):
        await office.submit(await office.draft())
    office.clock.at = datetime(2026, 11, *morning, tzinfo=RULES.zone).astimezone(UTC)
    for _ in range(3):
        await office.submit(await office.draft())
    office.clock.at = datetime(2026, 11, *tonight, tzinfo=RULES.zone).astimezone(UTC)
    with pytest.raises(UserError):
        await office.submit(await office.draft())


# ---- four eyes: every trick fails ----


async def test_the_log_tells_who_wrote_submitted_sent_back_and_approved(office: Office) -> None:
    first = await office.submit(await office.draft())
    await office.database.write(lambda on: approval.reject(on, office.staff["wang"], first, "太长", office.now))
    second = await office.submit(await office.again(first), by="li")
    await office.approve(second, by="sun")
    async with office.database.read() as on:
        told = (await on.execute(_audit.select().where(_audit.c.object == f"notice:{first.id}").order_by(_audit.c.number))).mappings().all()
    names = {member.reference: name for name, member in office.staff.items()}
    assert [(names[each["actor"]], each["action"], each["detail"]) for each in told] == [
        ("chen", "notice-drafted", ""),
        ("chen", "notice-submitted", ""),
        ("wang", "notice-rejected", ""),
        ("li", "notice-submitted", ""),
        ("sun", "notice-approved", second.digest),
    ]


async def test_a_colleague_approves(office: Office) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    assert known.state is State.APPROVED
    assert await office.is_approved(known)


async def test_nobody_approves_what_they_wrote_changed_or_submitted(office: Office) -> None:
    written = await office.submit(await office.draft(by="zhao"), by="chen")
    with pytest.raises(NotAllowed, match="own"):
        await office.approve(written, by="zhao")
    draft = await office.draft(by="chen")
    changed = await office.database.write(lambda on: shelf.change(on, office.staff["zhao"], draft, EVERYBODY, office.now))
    edited = await office.submit(changed, by="li")
    with pytest.raises(NotAllowed, match="own"):
        await office.approve(edited, by="zhao")
    submitted = await office.submit(await office.draft(by="li"), by="zhao")
    with pytest.raises(NotAllowed, match="own"):
        await office.approve(submitted, by="zhao")


@pytest.mark.parametrize("by", ["chen", "li", "boss"])
async def test_nobody_approves_without_the_right(office: Office, by: str) -> None:
    known = await office.submit(await office.draft())
    with pytest.raises(NotAllowed):
        await office.approve(known, by=by)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "另一个标题"},
        {"texts": {"zh-CN": (Span("别的"),)}},
        {"audience": Audience(platforms=("telegram",))},
        {"at": datetime(2026, 11, 23, tzinfo=ZoneInfo("UTC"))},
        {"quiet": Quiet(datetime(2026, 1, 1, 22).time(), datetime(2026, 1, 1, 8).time())},
        {"asks": True},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_a_change_after_approval_voids_it(office: Office, change: dict[str, Any]) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    other = replace(known.content, **change)
    changed = await office.database.write(lambda on: shelf.change(on, office.staff["li"], known, other, office.now))
    assert changed.state is State.DRAFT
    again = await office.submit(changed)
    assert again.state is State.WAITING
    assert not await office.is_approved(again)
    with pytest.raises(Stale):
        await office.approve(again, digest=known.digest)


async def test_an_approval_does_not_count_for_the_same_words_submitted_again(office: Office) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    changed = await office.database.write(lambda on: shelf.change(on, office.staff["chen"], known, known.content, office.now))
    again = await office.submit(changed)
    assert again.digest != known.digest
    with pytest.raises(Stale):
        await office.approve(again, digest=known.digest)
    assert not await office.is_approved(again)


async def test_words_changed_behind_our_back_are_not_approved(office: Office) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    await office.database.write(lambda on: on.execute(update(_row).values(content=known_with(known, title="伪造"))))
    assert not await office.is_approved(known)


async def test_words_changed_behind_our_back_cannot_be_approved_by_the_digest_of_those_before(office: Office) -> None:
    known = await office.submit(await office.draft())
    await office.database.write(lambda on: on.execute(update(_row).values(content=known_with(known, title="伪造"))))
    with pytest.raises(Stale):
        await office.approve(await office.again(known))


async def test_what_is_submitted_is_not_submitted_once_more(office: Office) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    with pytest.raises(WrongMove):
        await office.submit(known, key="another")
    assert await office.is_approved(known)


def known_with(known: Notice, **values: Any) -> str:
    from bot.notices.notice import written

    return written(replace(known.content, **values))


@pytest.mark.parametrize("who", ["wang", "chen"])
async def test_a_demotion_of_reviewer_or_submitter_voids_it(office: Office, who: str) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    await office.database.write(lambda on: staff.give_roles(on, office.staff[who].id, {Role.AUDITOR}, "operator", office.now))
    assert not await office.is_approved(known)


async def test_a_reviewer_who_left_has_approved_nothing(office: Office) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    await office.database.write(lambda on: staff.remove(on, office.staff["wang"].id, "operator", office.now))
    assert not await office.is_approved(known)


async def test_an_approval_counts_for_a_day(office: Office) -> None:
    known = await office.approve(await office.submit(await office.draft()))
    office.clock.at += timedelta(hours=24)
    assert not await office.is_approved(known)


async def test_what_is_to_be_sent_later_than_tomorrow_is_approved_the_day_before(office: Office) -> None:
    known = await office.submit(await office.draft(replace(EVERYBODY, at=office.now + timedelta(hours=30))))
    with pytest.raises(UserError) as early:
        await office.approve(known)
    assert early.value.text == Text("notice-approve-later", {"at": office.now + timedelta(hours=6)})
    office.clock.at += timedelta(hours=6)
    assert (await office.approve(known)).state is State.APPROVED


async def test_up_to_the_many_one_reviewer_is_enough(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "MANY", 5)
    assert (await office.approve(await office.submit(await office.draft()))).state is State.APPROVED


async def test_one_reviewer_is_not_two(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "MANY", 4)
    known = await office.submit(await office.draft())
    once = await office.approve(known)
    assert once.state is State.WAITING
    with pytest.raises(WrongMove):
        await office.approve(once)
    assert (await office.approve(once, by="sun")).state is State.APPROVED


async def test_an_approval_pressed_again_does_nothing(office: Office) -> None:
    known = await office.submit(await office.draft())
    await office.approve(known)
    with pytest.raises((WrongMove, Stale)):
        await office.approve(known)


async def test_sent_back_it_is_a_draft_again_with_the_reviewer_s_words(office: Office) -> None:
    known = await office.submit(await office.draft())
    back = await office.database.write(lambda on: approval.reject(on, office.staff["wang"], known, "日期不对", office.now))
    assert (back.state, back.reason, back.remark) == (State.DRAFT, "rejected", "日期不对")
    assert await office.listed(known) == []


async def test_two_who_change_it_at_once_do_not_overwrite_each_other(office: Office) -> None:
    known = await office.draft()
    await office.database.write(lambda on: shelf.change(on, office.staff["li"], known, EVERYBODY, office.now))
    with pytest.raises(Stale):
        await office.database.write(lambda on: shelf.change(on, office.staff["chen"], known, EVERYBODY, office.now))


async def test_an_office_of_one_needs_no_second_person_and_must_say_so(office: Office) -> None:
    alone = replace(RULES, alone=True)
    draft = await office.draft()
    known = await office.database.write(lambda on: approval.submit(on, office.staff["chen"], draft, "k", "", alone, office.now))
    assert known.state is State.APPROVED
    assert not await office.is_approved(known), "under the ordinary rules it is not"

"""Who may do what about notices, role by role: in the chat through the very handlers, and at the command line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import Core
from bot.commands import broadcasting
from bot.core.clock import FixedClock
from bot.core.errors import ConfigurationError, NotAllowed, UserError
from bot.core.message import Answer, ChatKind, Choice, Effect, Incoming, Kind, Note, Reply, Text, Where
from bot.core.permissions import Action, Role, StaffMember, allowed
from bot.core.standing import Standing
from bot.intake import Inbox
from bot.notices import sending
from bot.notices.desk import concerns
from bot.notices.notice import Notice
from bot.settings import Settings
from bot.storage import staff
from bot.storage.database import Database
from bot.words import Words
from handlers.services import Conversation, Handler, Services
from handlers.staff import notices as screens
from tests.storage.test_notice_sending import Platform, Room

ROLES = {
    "owner": {Role.OWNER},
    "editor": {Role.EDITOR},
    "broadcaster": {Role.BROADCASTER},
    "reviewer": {Role.REVIEWER},
    "auditor": {Role.AUDITOR},
    "nobody": set[Role](),
}


@dataclass(frozen=True)
class Act:
    """A press (or, with a step, words) on a notice in some state."""

    handler: Handler
    state: str
    action: Action | None
    """What the table calls it; None: whoever has anything to do with notices may look."""
    data: str = "{id} {version}"
    step: str = ""
    text: str = ""


ACTS = {
    "list": Act(screens.compose, "draft", None, ""),
    "open": Act(screens.open_, "sending", None),
    "preview": Act(screens.preview, "waiting", None),
    "report": Act(screens.report_, "done", None),
    "new": Act(screens.new, "draft", Action.DRAFT_NOTICE, ""),
    "ask": Act(screens.field, "draft", Action.DRAFT_NOTICE, "{id} title"),
    "type": Act(screens.typed, "draft", Action.DRAFT_NOTICE, step="notice:{id}:title", text="别的标题"),
    "type a file away": Act(screens.typed, "draft", Action.DRAFT_NOTICE, step="notice:{id}:file", text="无"),
    "set": Act(screens.set_, "draft", Action.DRAFT_NOTICE, "{id} asks"),
    "withdraw": Act(screens.withdraw, "waiting", Action.DRAFT_NOTICE),
    "discard": Act(screens.discard, "draft", Action.DRAFT_NOTICE),
    "correct": Act(screens.correct, "done", Action.DRAFT_NOTICE),
    "submit": Act(screens.submit, "draft", Action.SUBMIT_NOTICE),
    "submit for sure": Act(screens.submitted, "draft", Action.SUBMIT_NOTICE),
    "approve": Act(screens.approve, "waiting", Action.APPROVE_NOTICE, "{id} {digest}"),
    "send back": Act(screens.reject, "waiting", Action.APPROVE_NOTICE),
    "send back for": Act(screens.typed, "waiting", Action.APPROVE_NOTICE, step="notice:{id}:remark", text="请改"),
    "code": Act(screens.code, "waiting", Action.APPROVE_NOTICE),
    "pause": Act(screens.pause, "sending", Action.PAUSE_NOTICE),
    "resume": Act(screens.resume, "paused", Action.PAUSE_NOTICE),
    "cancel": Act(screens.cancelled, "sending", Action.PAUSE_NOTICE),
}


@dataclass
class Desk:
    room: Room
    use: Services
    notices: dict[str, Notice]

    async def does(self, who: str, act: Act) -> bool:
        """Whether it counts; whatever it changed is taken back."""
        known = self.notices[act.state]
        values = {"id": known.id, "version": known.version, "digest": known.digest}
        standing = Standing(step=act.step.format(**values))
        choice = None if act.step else Choice("notice", act.data.format(**values))
        chat = Conversation(standing, "zh-CN", self.room.now, choice)
        kind = Kind.TEXT if act.step else Kind.PRESS
        incoming = Incoming("e", kind, Where("telegram", "bot", who), ChatKind.PRIVATE, who, self.room.now, text=act.text)
        try:
            answers = await act.handler(incoming, chat, self.use)
            await self._try(answers)
        except UserError as error:
            return _not_about_rights(error)
        return not any(_is_strangers(answer) for answer in answers)

    async def _try(self, answers: list[Answer]) -> None:
        async def job(connection: AsyncConnection) -> None:
            for answer in answers:
                if isinstance(answer, Effect):
                    await answer.job(connection)
            raise _UndoneError

        with pytest.raises(_UndoneError):
            await self.room.database.write(job)


def _not_about_rights(error: UserError) -> bool:
    """A refusal for another reason counts as having the right: then the table is wrong, or this test."""
    return error.text.id not in ("notice-not-allowed", "notice-own")


class _UndoneError(Exception):
    pass


def _is_strangers(answer: Answer) -> bool:
    if isinstance(answer, Note):
        return answer.text.id == "press-expired"
    ids = [block.id for block in answer.blocks if isinstance(block, Text)] if isinstance(answer, Reply) else []
    return bool({"press-expired", "command-unknown"}.intersection(ids))


@pytest.fixture
async def desk(database: Database, clock: FixedClock, words: Words, tmp_path: Path) -> Desk:
    room = Room(database, clock, words, tmp_path)
    await room.employ(chen={Role.EDITOR, Role.BROADCASTER}, wang={Role.REVIEWER}, **ROLES)
    for name in ROLES:
        await _link(room, name)
    await room.meet([("telegram", str(number)) for number in range(1, 4)])
    done = await room.run(await room.ready(), Platform())
    clock.at += timedelta(days=1)
    running, paused = await room.ready(), await room.ready()
    await room.tick()
    running, paused = await room.again(running), await room.again(paused)
    await room.database.write(lambda on: _pause(on, room, paused))
    known = {"done": done, "sending": running, "paused": await room.again(paused), "draft": await room.draft()}
    known["waiting"] = await room.submit(await room.draft(), key="w")
    return Desk(room, Services(None, words, ZoneInfo("Asia/Shanghai"), notice_desk=lambda: room.desk), known)  # type: ignore[arg-type]


async def _pause(connection: AsyncConnection, room: Room, known: Notice) -> None:
    await sending.pause(connection, room.staff["chen"], known, room.now)


async def _link(room: Room, name: str) -> None:
    member: StaffMember = room.staff[name]
    code = await room.database.write(lambda on: staff.code(on, member.id, "operator", room.now))
    said = Incoming(name, Kind.TEXT, Where("telegram", "bot", name), ChatKind.PRIVATE, name, room.now, text=code)
    await room.database.write(lambda on: staff.redeem(on, said, code, room.now))


CONCERNED = ("owner", "editor", "broadcaster", "reviewer")


async def test_in_the_chat_each_role_does_what_the_table_says_and_nothing_else(desk: Desk) -> None:
    for name, act in ACTS.items():
        found = {who: await desk.does(who, act) for who in ROLES}
        expected = {who: allowed(ROLES[who], act.action) if act.action else who in CONCERNED for who in ROLES}
        assert found == expected, name
        assert any(found.values()), f"nobody can {name}"


async def test_who_is_no_member_or_no_member_any_more_meets_a_stranger_s_words(desk: Desk) -> None:
    reviewer = desk.room.staff["reviewer"].id
    await desk.room.database.write(lambda on: staff.remove(on, reviewer, "operator", desk.room.now))
    for act in ACTS.values():
        assert not await desk.does("somebody", act)
        assert not await desk.does("reviewer", act)


async def test_who_lost_the_account_while_typing_is_not_asked_for_ever(desk: Desk) -> None:
    chat = Conversation(Standing(step="notice:1:title"), "zh-CN", desk.room.now)
    incoming = Incoming("e", Kind.TEXT, Where("telegram", "bot", "nobody"), ChatKind.PRIVATE, "nobody", desk.room.now, text="?")
    await screens.typed(incoming, chat, desk.use)
    assert chat.standing.step == ""


async def test_in_a_group_nobody_has_any_right(desk: Desk) -> None:
    for act in ACTS.values():
        assert not await _in_group(desk, act)


async def _in_group(desk: Desk, act: Act) -> bool:
    known = desk.notices[act.state]
    values = {"id": known.id, "version": known.version, "digest": known.digest}
    chat = Conversation(Standing(step=act.step.format(**values)), "zh-CN", desk.room.now, Choice("notice", act.data.format(**values)))
    where = Where("telegram", "bot", "-5")
    incoming = Incoming("e", Kind.PRESS, where, ChatKind.GROUP, "reviewer", desk.room.now, text=act.text)
    answers = await act.handler(incoming, chat, desk.use)
    return any(not _is_strangers(answer) for answer in answers)


COMMANDS: dict[str, tuple[Action | None, Callable[[broadcasting.At, dict[str, Notice], Path], Awaitable[Any]]]] = {
    "list": (None, lambda at, known, folder: broadcasting.listed(at)),
    "preview": (None, lambda at, known, folder: broadcasting.preview(at, known["waiting"].id)),
    "report": (None, lambda at, known, folder: broadcasting.told(at, known["done"].id, None)),
    "draft": (Action.DRAFT_NOTICE, lambda at, known, folder: broadcasting.draft(at, "标题", "正文")),
    "text": (Action.DRAFT_NOTICE, lambda at, known, folder: broadcasting.text(at, known["draft"].id, "en", "Text")),
    "enclose": (Action.DRAFT_NOTICE, lambda at, known, folder: broadcasting.enclose(at, known["draft"].id, None)),
    "audience": (Action.DRAFT_NOTICE, lambda at, known, folder: broadcasting.audience(at, known["draft"].id, "全部")),
    "time": (Action.DRAFT_NOTICE, lambda at, known, folder: broadcasting.time(at, known["draft"].id, "", "22:00-08:00")),
    "correct": (Action.DRAFT_NOTICE, lambda at, known, folder: broadcasting.correct(at, known["done"].id, "对的")),
    "ledger": (Action.EXPORT, lambda at, known, folder: broadcasting.ledger(at, known["done"].id, folder / "l.csv", "归档")),
    "reject": (Action.APPROVE_NOTICE, lambda at, known, folder: broadcasting.reject(at, known["waiting"].id, "改")),
    "pause": (Action.PAUSE_NOTICE, lambda at, known, folder: broadcasting.step(at, known["sending"].id, "pause")),
    "resume": (Action.PAUSE_NOTICE, lambda at, known, folder: broadcasting.step(at, known["sending"].id, "resume")),
    "cancel": (Action.PAUSE_NOTICE, lambda at, known, folder: broadcasting.step(at, known["sending"].id, "cancel")),
    "submit": (Action.SUBMIT_NOTICE, lambda at, known, folder: broadcasting.submit(at, known["draft"].id, "")),
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_at_the_command_line_the_roles_are_the_same(desk: Desk, command: str, tmp_path: Path) -> None:
    room, (action, work) = desk.room, COMMANDS[command]
    core = Core(Settings(_env_file=None, data_dir=tmp_path), room.clock, room.database, Words.open(), Inbox(room.database, room.clock))
    if command in ("resume",):
        await room.database.write(lambda on: _pause(on, room, desk.notices["sending"]))
    may: dict[str, bool] = {}
    # Those who may not first: what the others change is theirs to change once.
    for who in sorted(ROLES, key=lambda who: bool(action and allowed(ROLES[who], action))):
        member = room.staff[who]
        at = broadcasting.At(core, room.desk, member, room.now, "zh-CN")
        try:
            if not concerns(member):
                raise NotAllowed(who)
            await work(at, desk.notices, tmp_path)
            may[who] = True
        except (UserError, NotAllowed, ConfigurationError) as error:
            if isinstance(error, UserError) and error.text.id in ("notice-stale", "notice-wrong-move"):
                # Somebody with the right was quicker.
                may[who] = True
                continue
            may[who] = isinstance(error, UserError) and _not_about_rights(error)
    assert may == {who: allowed(ROLES[who], action) if action else who in CONCERNED for who in ROLES}

"""Staff write notices: draft, audience, preview, submission; another approves. Each screen is a card of the notice as it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Effect, Incoming, Kind, Note, Reply, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.notices import markup, report
from bot.notices.desk import Desk
from bot.notices.letter import Fit, shown
from bot.notices.notice import SOURCE, TITLE, Audience, Content, Notice, State, Unclear
from bot.words import LANGUAGES
from handlers import basics
from handlers.services import Conversation, Handler, Services
from handlers.staff.notice_card import (
    NOTICES,
    audience_lines,
    back,
    card,
    count_lines,
    door,
    file_lines,
    line,
    platform_name,
    time_lines,
)
from handlers.staff.notice_parts import question, taken
from handlers.staff.speaking import require_private
from knowledge.regions import places

STEP = "notice"
"""Begins the step of a conversation in which something of a notice is being typed: `notice:<number>:<field>`."""


@dataclass(frozen=True)
class _At:
    """A press or a word of a member of staff about a notice."""

    incoming: Incoming
    chat: Conversation
    use: Services
    member: StaffMember

    @property
    def desk(self) -> Desk:
        return self.use.notices

    @property
    def now(self) -> datetime:
        return self.chat.now

    @property
    def bound(self) -> str:
        """What the pressed choice carries behind the notice's number: its version, its digest, or one of its parts."""
        return self.chat.data.partition(" ")[2]

    def may(self, action: Action) -> bool:
        return allowed(self.member.roles, action)

    async def notice(self) -> Notice:
        """The one the pressed choice names."""
        return await self.desk.notice(_number(self.chat.data))

    async def seen(self) -> Notice:
        """The same, as the person has seen it. Raises UserError when it has been changed since."""
        known = await self.notice()
        if self.bound != str(known.version):
            raise UserError(Text("notice-stale"))
        return known


def _number(data: str) -> int:
    first = data.partition(" ")[0]
    return int(first) if first.isdecimal() else 0


def _for_staff(screen: Callable[[_At], Awaitable[list[Answer]]]) -> Handler:
    """Everybody else hears what they hear of any word we do not know."""

    async def handler(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
        require_private(incoming)
        member = await use.notices.speaking(incoming)
        if member is None:
            # Somebody who lost the account in the middle of typing is asked nothing any more.
            chat.standing.step = "" if chat.standing.step.startswith(f"{STEP}:") else chat.standing.step
            return await (basics.expired if incoming.kind is Kind.PRESS else basics.unknown_command)(incoming, chat, use)
        return await screen(_At(incoming, chat, use, member))

    return handler


# ---- the list, and a new one ----


@_for_staff
async def compose(at: _At) -> list[Answer]:
    at.chat.standing.step = ""
    found = await at.desk.notices()
    new = (Choice("notice-new", label=Text("choice-notice-new")),) if at.may(Action.DRAFT_NOTICE) else ()
    return [Reply((Text("notices-title", bold=True), _listed(found, is_begun_here=bool(new))), (*new, *map(door, found)))]


def _listed(found: Sequence[Notice], *, is_begun_here: bool) -> Text:
    if not found:
        return Text("notices-none-begin" if is_begun_here else "notices-none")
    return Text("notices-list", {"lines": tuple(map(line, found))})


@_for_staff
async def new(at: _At) -> list[Answer]:
    _require(at, Action.DRAFT_NOTICE)
    number = await at.desk.next_number()
    at.chat.standing.step = f"{STEP}:{number}:title"
    begun = at.desk.begin(at.member, number, Content(), at.now)
    return [begun, Reply((Text("notice-ask-title", {"most": TITLE}),), (back(number),))]


def _require(at: _At, action: Action) -> None:
    if not at.may(action):
        raise UserError(Text("notice-not-allowed"))


# ---- the card ----


@_for_staff
async def open_(at: _At) -> list[Answer]:
    at.chat.standing.step = ""
    return [await _card(at, await at.notice())]


async def _card(at: _At, notice: Notice) -> Reply:
    return card(await at.desk.standing(notice, at.now), at.member, at.use, at.chat.language)


# ---- its parts ----


@_for_staff
async def field(at: _At) -> list[Answer]:
    """Asks for one part; what is typed next is that part."""
    _require(at, Action.DRAFT_NOTICE)
    number = _number(at.chat.data)
    at.chat.standing.step = f"{STEP}:{number}:{at.bound}"
    return [Reply((question(at.bound),), (back(number),))]


@_for_staff
async def typed(at: _At) -> list[Answer]:
    """The part that was asked for."""
    _, number, field = at.chat.standing.step.split(":", 2)
    known = await at.desk.notice(_number(number))
    if field == "remark" and at.incoming.kind is not Kind.ATTACHMENT:
        return await _rejected(at, known)
    try:
        content = await taken(known.content, field, at.incoming, at.use, at.now)
        at.desk.insist_on(content)
    except UserError as problem:
        # It is still asked for; whoever would rather not finds the way back.
        return [Reply((problem.text,), (back(known.id),))]
    at.chat.standing.step = ""
    has_title_only = field == "title" and not known.content.texts
    lacks_words = field == f"text-{SOURCE}" and not content.texts.get(SOURCE)  # a picture came without them
    return await _changed(at, known, content, ask_next=has_title_only or lacks_words)


@_for_staff
async def set_(at: _At) -> list[Answer]:
    """The other of two ways."""
    known = await at.notice()
    content = known.content
    if at.bound == "asks":
        return await _changed(at, known, replace(content, asks=not content.asks))
    other = Unclear.HOLD if content.unclear is Unclear.RESEND else Unclear.RESEND
    return await _changed(at, known, replace(content, unclear=other))


async def _changed(at: _At, known: Notice, content: Content, *, ask_next: bool = False) -> list[Answer]:
    effect = at.desk.change(at.member, known, content, at.now)
    if ask_next:
        at.chat.standing.step = f"{STEP}:{known.id}:text-{SOURCE}"
        is_new = content.enclosed is not None and content.enclosed != known.content.enclosed
        told = (Text("notice-file-taken", {"name": content.enclosed.name}),) if content.enclosed and is_new else ()
        return [effect, Reply((*told, question(f"text-{SOURCE}")), (back(known.id),))]
    return [effect, await _card(at, _after(known, at, content))]


def _after(known: Notice, at: _At, content: Content) -> Notice:
    """As it will stand when the effect is written."""
    return replace(
        known, content=content, version=known.version + 1, state=State.DRAFT, editor=at.member.id, reason="", remark="", digest=""
    )


# ---- looking at it, and handing it on ----


@_for_staff
async def preview(at: _At) -> list[Answer]:
    """The notice itself in each language it is written in, and how it does on every platform."""
    known = await at.notice()
    at.desk.insist_on_written(known)
    standing = await at.desk.standing(known, at.now)
    written = [language for language in LANGUAGES if known.content.texts.get(language)]
    tests = [at.desk.test(known, at.incoming, language, at.now) for language in written]
    told = (*file_lines(at.desk, known), *map(_fit_line, at.desk.fits(known)), *count_lines(standing))
    return [*tests, Reply((Text("notice-preview", {"lines": told}),), (back(known.id),))]


def _fit_line(fit: Fit) -> Text:
    figures = {"platform": platform_name(fit.platform), "length": fit.length, "most": fit.most}
    return Text("notice-fits-not" if fit.over else "notice-fits", figures)


@_for_staff
async def submit(at: _At) -> list[Answer]:
    """Shows once more how many it reaches; the next press counts."""
    _require(at, Action.SUBMIT_NOTICE)
    known = await at.seen()
    await at.desk.insist_on_ready(at.member, known, at.now)
    standing = await at.desk.standing(known, at.now)
    sure = Choice("notice-submit-sure", f"{known.id} {known.version}", Text("choice-notice-submit-sure", {"count": standing.count.all}))
    told = (
        *audience_lines(known.content.audience, at.chat.language),
        *count_lines(standing),
        *file_lines(at.desk, known),
        *time_lines(known.content),
    )
    return [Reply((Text("notice-submit", {"lines": told}), *shown(known, SOURCE)), (sure, back(known.id)))]


@_for_staff
async def submitted(at: _At) -> list[Answer]:
    known = await at.notice()
    if at.bound != str(known.version):
        # Pressed twice: it is handed in already, or somebody has changed it.
        return [Note(Text("notice-stale")), await _card(at, known)]
    effect = at.desk.submit(at.member, known, f"notice:{known.id}:{known.version}", at.incoming.where, at.now)
    said = Text("notice-submitted-alone" if at.desk.rules.alone else "notice-submitted")
    return [effect, Reply((said,), (back(known.id), NOTICES))]


@_for_staff
async def approve(at: _At) -> list[Answer]:
    known = await at.notice()
    standing = await at.desk.standing(known, at.now)
    effect = at.desk.approve(at.member, known, at.bound, at.now)
    missing = standing.needed - standing.approved - 1
    said = Text("notice-approved-more", {"count": missing}) if missing > 0 else Text("notice-approved")
    return [effect, Reply((said,), (back(known.id), NOTICES))]


@_for_staff
async def reject(at: _At) -> list[Answer]:
    _require(at, Action.APPROVE_NOTICE)
    known = await at.seen()
    at.chat.standing.step = f"{STEP}:{known.id}:remark"
    return [Reply((Text("notice-ask-remark"),), (back(known.id),))]


async def _rejected(at: _At, known: Notice) -> list[Answer]:
    at.chat.standing.step = ""
    effect = at.desk.reject(at.member, known, markup.line(at.incoming.text)[:500], at.now)
    return [effect, Reply((Text("notice-rejected"),), (back(known.id), NOTICES))]


@_for_staff
async def withdraw(at: _At) -> list[Answer]:
    """Back to a draft: what was approved is void."""
    known = await at.seen()
    return await _changed(at, known, known.content)


@_for_staff
async def discard(at: _At) -> list[Answer]:
    known = await at.seen()
    effect: Effect = at.desk.discard(at.member, known, at.now)
    return [effect, Reply((Text("notice-discarded", {"number": known.id}),), (NOTICES,))]


@_for_staff
async def code(at: _At) -> list[Answer]:
    """For an approval at the command line: only the reviewer's own chat shows it."""
    known = await at.notice()
    made = await at.desk.code(at.member, known, at.now)
    return [Reply((Text("notice-code", {"number": known.id, "code": made}),), (back(known.id),))]


@_for_staff
async def correct(at: _At) -> list[Answer]:
    """A new draft with the old words, for exactly those who have them."""
    wrong = await at.notice()
    number = await at.desk.next_number()
    content = replace(wrong.content, audience=Audience(), at=None)
    at.chat.standing.step = f"{STEP}:{number}:text-{SOURCE}"
    begun = at.desk.begin(at.member, number, content, at.now, corrects=wrong.id)
    return [begun, Reply((Text("notice-correct", {"number": wrong.id}), question(f"text-{SOURCE}")), (back(number),))]


@_for_staff
async def report_(at: _At) -> list[Answer]:
    known = await at.notice()
    reader = report.Reader(at.use.words, at.chat.language, at.use.zone, places(at.chat.language))
    told = report.said(await at.desk.report(known), reader)
    return [Reply((Text("notice-report", {"report": told}),), (back(known.id),))]


# ---- while it is on its way ----


@_for_staff
async def pause(at: _At) -> list[Answer]:
    known = await at.notice()
    return [at.desk.pause(at.member, known, at.now), Note(Text("notice-now-paused"))]


@_for_staff
async def resume(at: _At) -> list[Answer]:
    known = await at.notice()
    return [at.desk.resume(at.member, known, at.now), Note(Text("notice-now-sending"))]


@_for_staff
async def cancel(at: _At) -> list[Answer]:
    """Asks once: what is cancelled never goes on."""
    known = await at.notice()
    sure = Choice("notice-cancel-sure", str(known.id), Text("choice-notice-cancel-sure"))
    return [Reply((Text("notice-cancel-ask", {"number": known.id}),), (sure, back(known.id)))]


@_for_staff
async def cancelled(at: _At) -> list[Answer]:
    known = await at.notice()
    return [at.desk.cancel(at.member, known, at.now), Reply((Text("notice-now-cancelled"),), (back(known.id),))]

"""Staff write notices: draft, audience, preview, submission; another approves. Each screen is a card of the notice as it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Effect, Incoming, Kind, Note, Reply, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.notices import markup, reading, report
from bot.notices.desk import Desk, Standing
from bot.notices.letter import shown
from bot.notices.notice import BODY, REASONS, SOURCE, STARTED, TITLE, Audience, Content, Notice, Quiet, State, Unclear
from bot.notices.sending import lines
from bot.words import LANGUAGES
from handlers import basics
from handlers.forms.form import forms
from handlers.services import Conversation, Services
from knowledge.regions import region_named, regions
from knowledge.themes import theme_named

STEP = "notice"
"""Begins the step of a conversation in which something of a notice is being typed: `notice:<number>:<field>`."""
BAD_ROWS = 10
"""Bad rows of a list told at once."""
LISTED = "list:\n"
SWITCHES = ("unclear", "asks")
FIELDS = ("title", *(f"text-{language}" for language in LANGUAGES), "file", "audience", "time", "quiet")


@dataclass(frozen=True)
class _At:
    """A press or a word of a member of staff about a notice."""

    incoming: Incoming
    chat: Conversation
    use: Services
    member: StaffMember

    def may(self, action: Action) -> bool:
        return allowed(self.member.roles, action)


Screen = Callable[[_At], Awaitable[list[Answer]]]
_Handler = Callable[[Incoming, Conversation, Services], Awaitable[list[Answer]]]


def _for_staff(screen: Screen) -> _Handler:
    """Everybody else hears what they hear of any word we do not know."""

    async def handler(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
        member = await use.notices.speaking(incoming)
        if member is None:
            # Somebody who lost the account in the middle of typing is asked nothing any more.
            chat.standing.step = "" if chat.standing.step.startswith(f"{STEP}:") else chat.standing.step
            return await (basics.expired if incoming.kind is Kind.PRESS else basics.unknown_command)(incoming, chat, use)
        return await screen(_At(incoming, chat, use, member))

    return handler


# ---- the list, and a new one ----


async def _compose(at: _At) -> list[Answer]:
    at.chat.standing.step = ""
    found = await at.use.notices.notices()
    new = (Choice("notice-new", label=Text("choice-notice-new")),) if at.may(Action.DRAFT_NOTICE) else ()
    choices = tuple(Choice("notice", str(notice.id), _label(notice)) for notice in found)
    return [Reply((Text("notices-title", bold=True), _listed(found, is_begun_here=bool(new))), (*new, *choices))]


def _listed(found: Sequence[Notice], *, is_begun_here: bool) -> Text:
    if not found:
        return Text("notices-none-begin" if is_begun_here else "notices-none")
    return Text("notices-list", {"lines": tuple(_line(notice) for notice in found)})


def _line(notice: Notice) -> Text:
    return Text("notices-line", {"number": notice.id, "title": notice.content.title or Text("notice-untitled"), "state": _state(notice)})


def _label(notice: Notice) -> Text:
    return Text("choice-notice", {"number": notice.id, "title": notice.content.title or Text("notice-untitled")})


def _state(notice: Notice) -> Text:
    return Text(f"notice-state-{notice.state.value}")


async def _new(at: _At) -> list[Answer]:
    _require(at, Action.DRAFT_NOTICE)
    number = await at.use.notices.next_number()
    at.chat.standing.step = f"{STEP}:{number}:title"
    begun = at.use.notices.begin(at.member, number, Content(), at.chat.now)
    return [begun, Reply((Text("notice-ask-title", {"most": TITLE}),), (_back(number),))]


def _require(at: _At, action: Action) -> None:
    if not at.may(action):
        raise UserError(Text("notice-not-allowed"))


# ---- the card ----


async def _open(at: _At) -> list[Answer]:
    at.chat.standing.step = ""
    return [await _card(at, await at.use.notices.notice(_number(at.chat.data)))]


def _number(data: str) -> int:
    first = data.partition(" ")[0]
    return int(first) if first.isdecimal() else 0


async def _card(at: _At, notice: Notice) -> Reply:
    standing = await at.use.notices.standing(notice, at.chat.now)
    blocks = (Text("notice-card-title", {"number": notice.id, "state": _state(notice)}, bold=True), *shown(notice, SOURCE))
    return Reply((*blocks, Text("notice-card", {"lines": tuple(_facts(at, standing))})), tuple(_choices(at, standing)))


def _facts(at: _At, standing: Standing) -> Iterator[Text]:
    notice, content = standing.notice, standing.notice.content
    if notice.reason in REASONS:
        yield Text(f"notice-reason-{notice.reason}")
    if notice.state in STARTED or notice.started_at:
        yield from lines(notice, standing.figures)
    if notice.remark:
        yield Text("notice-sent-back", {"remark": notice.remark})
    if notice.corrects:
        yield Text("notice-corrects", {"number": notice.corrects})
    yield from audience_lines(content.audience, at.chat.language)
    if not notice.started_at:
        yield from count_lines(standing)
    yield Text("notice-languages", {"languages": _languages(at, content)})
    yield from file_lines(at.use.notices, notice)
    yield Text("notice-at", {"at": content.at}) if content.at else Text("notice-at-once")
    if content.quiet:
        yield Text("notice-quiet", {"start": f"{content.quiet.start:%H:%M}", "until": f"{content.quiet.until:%H:%M}"})
    yield Text(f"notice-unclear-{content.unclear.value}")
    yield Text("notice-asks" if content.asks else "notice-asks-not")
    yield from (Text("notice-link", {"link": link}) for link in content.links)
    yield Text("notice-people", {"author": standing.names.get(notice.author, "?"), "editor": standing.names.get(notice.editor, "?")})
    if notice.state is State.WAITING:
        yield Text("notice-approvals", {"listed": notice.listed, "count": standing.approved, "needed": standing.needed})


def file_lines(desk: Desk, notice: Notice) -> Iterator[Text]:
    """What it encloses, and where that is not shown as a picture or not taken at all."""
    if (enclosed := notice.content.enclosed) is None:
        return
    yield Text("notice-file", {"name": enclosed.name, "size": size(enclosed.size)})
    for each in desk.fits(notice):
        if not each.carries:
            yield Text("notice-file-not-there", {"platform": _platform(each.platform), "megabytes": each.too_large >> 20})
        elif each.as_file:
            yield Text("notice-file-as-file", {"platform": _platform(each.platform)})


def size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def _languages(at: _At, content: Content) -> str:
    written = [at.use.words.say(Text(f"language-{language}"), at.chat.language) for language in LANGUAGES if content.texts.get(language)]
    return " · ".join(written) or "–"


def audience_lines(audience: Audience, language: str) -> Iterator[Text]:
    if audience.everybody:
        yield Text("notice-to-everybody")
    if audience.regions:
        yield Text(
            "notice-to-regions", {"names": _joined(regions()[id].name(language) if id in regions() else id for id in audience.regions)}
        )
    for name, values in (
        ("platforms", audience.platforms),
        ("kinds", audience.kinds),
        ("languages", audience.languages),
        ("roles", audience.roles),
    ):
        if values:
            yield Text(f"notice-to-{name}", {"names": _joined(values)})
    for name, values in (("windows", audience.windows), ("themes", audience.themes)):
        if values:
            yield Text(f"notice-to-{name}", {"names": _joined(values)})
    if audience.programmes:
        yield Text("notice-to-programmes", {"names": _joined(audience.programmes), "statuses": _joined(audience.statuses) or "–"})
    if audience.listed:
        yield Text("notice-to-listed", {"count": len(audience.listed)})


def _joined(names: Iterable[str]) -> str:
    return " · ".join(names)


def count_lines(standing: Standing) -> Iterator[Text]:
    """How many on each platform, who is left out, and how long it takes."""
    count = standing.count
    if standing.notice.corrects is None and not standing.notice.content.audience.is_said:
        yield Text("notice-to-nobody-yet")
        return
    for platform in sorted({*count.private, *count.groups}):
        figures = {"private": count.private.get(platform, 0), "groups": count.groups.get(platform, 0)}
        yield Text("notice-count", {"platform": _platform(platform), **figures})
    yield Text("notice-count-all", {"count": count.all, "unsubscribed": count.unsubscribed, "gone": count.gone})
    if count.all:
        yield Text("notice-lasts", {"time": lasting(standing.lasts)})


def _platform(name: str) -> Text | str:
    return Text(f"platform-{name}") if name in report.PLATFORMS else name


def places(language: str) -> dict[str, str]:
    """What every place is called."""
    return {id: place.name(language) for id, place in regions().items()}


def lasting(time: timedelta) -> Text:
    seconds = time.total_seconds()
    if seconds < 60:
        return Text("lasts-below-a-minute")
    return (
        Text("lasts-minutes", {"count": round(seconds / 60)}) if seconds < 3600 else Text("lasts-hours", {"count": f"{seconds / 3600:.1f}"})
    )


def _choices(at: _At, standing: Standing) -> Iterator[Choice]:
    notice = standing.notice
    # By name: what two rights allow is on offer once.
    offered = dict.fromkeys(name for name, action, states in _BUTTONS if notice.state in states and at.may(action))
    for name in offered:
        if not (name in ("approve", "code") and at.member.id in (notice.author, notice.editor)):
            yield _choice(name, notice)
    if notice.state is State.DRAFT and at.may(Action.DRAFT_NOTICE):
        yield from (
            Choice("notice-field", f"{notice.id} {field}", Text(f"choice-notice-{field}")) for field in FIELDS if not _fixed(notice, field)
        )
        yield from (Choice("notice-set", f"{notice.id} {what}", Text(f"choice-notice-{what}")) for what in SWITCHES)
    yield Choice("notices", label=Text("choice-notices"))


def _fixed(notice: Notice, field: str) -> bool:
    """A correction goes to those who have the wrong text, and to nobody else."""
    return field == "audience" and notice.corrects is not None


_EDITABLE = (State.DRAFT, State.WAITING, State.APPROVED)
_BUTTONS = (
    ("submit", Action.SUBMIT_NOTICE, (State.DRAFT,)),
    ("approve", Action.APPROVE_NOTICE, (State.WAITING,)),
    ("reject", Action.APPROVE_NOTICE, (State.WAITING, State.APPROVED)),
    ("preview", Action.DRAFT_NOTICE, _EDITABLE),
    ("preview", Action.APPROVE_NOTICE, (State.WAITING, State.APPROVED)),
    ("withdraw", Action.DRAFT_NOTICE, (State.WAITING, State.APPROVED)),
    ("discard", Action.DRAFT_NOTICE, (State.DRAFT,)),
    ("pause", Action.PAUSE_NOTICE, (State.SENDING,)),
    ("resume", Action.PAUSE_NOTICE, (State.PAUSED,)),
    ("cancel", Action.PAUSE_NOTICE, (State.SENDING, State.PAUSED)),
    ("code", Action.APPROVE_NOTICE, (State.WAITING,)),
    ("report", Action.DRAFT_NOTICE, STARTED),
    ("report", Action.EXPORT, STARTED),
    ("correct", Action.DRAFT_NOTICE, (State.DONE,)),
)
STEPS = tuple(dict.fromkeys(name for name, _, _ in _BUTTONS))


def _choice(name: str, notice: Notice) -> Choice:
    bound = notice.digest if name == "approve" else str(notice.version)
    return Choice(f"notice-{name}", f"{notice.id} {bound}", Text(f"choice-notice-{name}"))


def _back(number: int) -> Choice:
    return Choice("notice", str(number), Text("choice-notice-back"))


# ---- its parts ----


async def _field(at: _At) -> list[Answer]:
    """Asks for one part; what is typed next is that part."""
    _require(at, Action.DRAFT_NOTICE)
    number, _, field = at.chat.data.partition(" ")
    at.chat.standing.step = f"{STEP}:{number}:{field}"
    return [Reply((_question(field),), (_back(int(number)),))]


def _question(field: str) -> Text:
    if field == f"text-{SOURCE}":
        return Text("notice-ask-source")
    if field.startswith("text-"):
        return Text("notice-ask-text", {"language": Text(f"language-{field.removeprefix('text-')}")})
    return Text(f"notice-ask-{field}", {"most": TITLE})


async def _typed(at: _At) -> list[Answer]:
    """The part that was asked for."""
    _, number, field = at.chat.standing.step.split(":", 2)
    known = await at.use.notices.notice(_number(number))
    if field == "remark" and at.incoming.kind is not Kind.ATTACHMENT:
        return await _rejected(at, known)
    content = await _with(known.content, field, at)
    at.chat.standing.step = ""
    has_title_only = field == "title" and not known.content.texts
    return await _changed(at, known, content, ask_next=has_title_only or _lacks_words(field, content))


def _lacks_words(field: str, content: Content) -> bool:
    """A picture was sent where its text was asked for: the text comes next."""
    return field == f"text-{SOURCE}" and not content.texts.get(SOURCE)


async def _with(content: Content, field: str, at: _At) -> Content:
    text = at.incoming.text
    if at.incoming.kind is Kind.ATTACHMENT:
        return await _with_file(content, field, at)
    if field.startswith("text-"):
        return _with_text(content, field.removeprefix("text-"), at.incoming)
    match field:
        case "file":
            if not reading.is_none(text):
                raise UserError(Text("notice-ask-file"))
            return replace(content, enclosed=None)
        case "title":
            return _with_title(content, text)
        case "audience":
            return replace(content, audience=await audience_read(text, at.use.notices))
        case "time":
            return replace(content, at=_moment(text, at))
        case "quiet":
            return replace(content, quiet=_quiet(text))
    raise UserError(Text("press-expired"))


async def _with_file(content: Content, field: str, at: _At) -> Content:
    """A picture or file, sent or forwarded; its caption is the text that was asked for. A list of recipients is read instead."""
    desk = at.use.notices
    if not at.incoming.files or field not in ("file", "audience", *(f"text-{language}" for language in LANGUAGES)):
        raise UserError(Text("notice-words-only"))
    if field == "audience":
        rows = await desk.enclosures.list_of(at.incoming)
        return replace(content, audience=await audience_read(LISTED + rows, desk))
    found = replace(content, enclosed=await desk.enclosures.take(at.incoming, at.chat.now))
    is_captioned = field.startswith("text-") and at.incoming.text.strip()
    return _with_text(found, field.removeprefix("text-"), at.incoming) if is_captioned else found


def _with_title(content: Content, text: str) -> Content:
    title = markup.line(text)
    if not title or len(title) > TITLE:
        raise UserError(Text("notice-title-wrong", {"most": TITLE}))
    return replace(content, title=title)


def _with_text(content: Content, language: str, incoming: Incoming) -> Content:
    if language != SOURCE and reading.is_none(incoming.text):
        return replace(content, texts={tag: text for tag, text in content.texts.items() if tag != language})
    spans = markup.trimmed(incoming.spans) if incoming.spans else markup.spans(incoming.text)
    if not spans or len(markup.plain(spans)) > BODY:
        raise UserError(Text("notice-text-wrong", {"most": BODY}))
    return replace(content, texts={**content.texts, language: spans})


def _moment(text: str, at: _At) -> datetime | None:
    try:
        moment = reading.moment(text, at.use.zone)
    except ValueError:
        raise UserError(Text("notice-time-wrong")) from None
    if moment is not None and moment <= at.chat.now:
        raise UserError(Text("notice-time-over", {"at": moment}))
    return moment


def _quiet(text: str) -> Quiet | None:
    try:
        return reading.quiet(text)
    except ValueError:
        raise UserError(Text("notice-quiet-wrong")) from None


async def audience_read(text: str, desk: Desk) -> Audience:
    """Raises UserError with what is not understood, line by line."""
    asked = reading.audience(text, named())
    if asked.unknown:
        raise UserError(
            Text("notice-audience-wrong", {"lines": tuple(Text("notice-audience-line", {"line": line[:60]}) for line in asked.unknown)})
        )
    listed, bad = await desk.listed(asked.listed)
    if bad:
        rows = tuple(Text(f"notice-row-{why}", {"number": number, "row": row[:40]}) for number, row, why in bad[:BAD_ROWS])
        raise UserError(Text("notice-rows-wrong", {"count": len(bad), "good": len(listed), "lines": rows}))
    return replace(asked.audience, listed=listed)


def named() -> Mapping[str, reading.Named]:
    """What the audience's words stand for."""
    return {"regions": _region, "programmes": _programme, "statuses": _status, "windows": _window, "themes": _theme}


def _window(word: str) -> str:
    return str(int(word)) if word.isascii() and word.isdigit() else ""


def _theme(word: str) -> str:
    found = theme_named(word)
    return found.id if found else ""


def _region(word: str) -> str:
    found = region_named(word)
    return found.id if found else word if word in regions() else ""


def _programme(word: str) -> str:
    return word if word in forms() else ""


def _status(word: str) -> str:
    return word if any(word in form.statuses for form in forms().values()) else ""


async def _set(at: _At) -> list[Answer]:
    """The other of two ways."""
    number, _, what = at.chat.data.partition(" ")
    known = await at.use.notices.notice(_number(number))
    content = known.content
    if what == "asks":
        return await _changed(at, known, replace(content, asks=not content.asks))
    other = Unclear.HOLD if content.unclear is Unclear.RESEND else Unclear.RESEND
    return await _changed(at, known, replace(content, unclear=other))


async def _changed(at: _At, known: Notice, content: Content, *, ask_next: bool = False) -> list[Answer]:
    effect = at.use.notices.change(at.member, known, content, at.chat.now)
    if ask_next:
        at.chat.standing.step = f"{STEP}:{known.id}:text-{SOURCE}"
        is_new = content.enclosed is not None and content.enclosed != known.content.enclosed
        taken = (Text("notice-file-taken", {"name": content.enclosed.name}),) if content.enclosed and is_new else ()
        return [effect, Reply((*taken, _question(f"text-{SOURCE}")), (_back(known.id),))]
    return [effect, await _card(at, _after(known, at, content))]


def _after(known: Notice, at: _At, content: Content) -> Notice:
    """As it will stand when the effect is written."""
    return replace(
        known, content=content, version=known.version + 1, state=State.DRAFT, editor=at.member.id, reason="", remark="", digest=""
    )


# ---- looking at it, and handing it on ----


async def _preview(at: _At) -> list[Answer]:
    """The notice itself in each language it is written in, and how it does on every platform."""
    known = await at.use.notices.notice(_number(at.chat.data))
    at.use.notices.insist_on_written(known)
    standing = await at.use.notices.standing(known, at.chat.now)
    tests: list[Answer] = [
        at.use.notices.test(known, at.incoming, language, at.chat.now) for language in LANGUAGES if known.content.texts.get(language)
    ]
    fits = tuple(
        Text(
            "notice-fits-not" if each.over else "notice-fits",
            {"platform": _platform(each.platform), "length": each.length, "most": each.most},
        )
        for each in at.use.notices.fits(known)
    )
    told = (*file_lines(at.use.notices, known), *fits, *count_lines(standing))
    return [*tests, Reply((Text("notice-preview", {"lines": told}),), (_back(known.id),))]


async def _submit(at: _At) -> list[Answer]:
    """Shows once more how many it reaches; the next press counts."""
    _require(at, Action.SUBMIT_NOTICE)
    known = await _known(at)
    await at.use.notices.insist_on_ready(at.member, known, at.chat.now)
    standing = await at.use.notices.standing(known, at.chat.now)
    sure = Choice("notice-submit-sure", f"{known.id} {known.version}", Text("choice-notice-submit-sure", {"count": standing.count.all}))
    told = (
        *audience_lines(known.content.audience, at.chat.language),
        *count_lines(standing),
        *file_lines(at.use.notices, known),
        Text("notice-at", {"at": known.content.at}) if known.content.at else Text("notice-at-once"),
    )
    return [Reply((Text("notice-submit", {"lines": told}), *shown(known, SOURCE)), (sure, _back(known.id)))]


async def _submitted(at: _At) -> list[Answer]:
    known = await at.use.notices.notice(_number(at.chat.data))
    version = at.chat.data.partition(" ")[2]
    if str(known.version) != version:
        # Pressed twice: it is handed in already, or somebody has changed it.
        return [Note(Text("notice-stale")), await _card(at, known)]
    effect = at.use.notices.submit(at.member, known, f"notice:{known.id}:{version}", at.incoming.where, at.chat.now)
    said = Text("notice-submitted-alone" if at.use.notices.rules.alone else "notice-submitted")
    return [effect, Reply((said,), (_back(known.id), Choice("notices", label=Text("choice-notices"))))]


async def _known(at: _At) -> Notice:
    """The notice a press is about, as the person has seen it. Raises UserError when it has been changed since."""
    number, _, version = at.chat.data.partition(" ")
    known = await at.use.notices.notice(_number(number))
    if version != str(known.version):
        raise UserError(Text("notice-stale"))
    return known


async def _approve(at: _At) -> list[Answer]:
    number, _, digest = at.chat.data.partition(" ")
    known = await at.use.notices.notice(_number(number))
    standing = await at.use.notices.standing(known, at.chat.now)
    effect = at.use.notices.approve(at.member, known, digest, at.chat.now)
    missing = standing.needed - standing.approved - 1
    said = Text("notice-approved-more", {"count": missing}) if missing > 0 else Text("notice-approved")
    return [effect, Reply((said,), (_back(known.id), Choice("notices", label=Text("choice-notices"))))]


async def _reject(at: _At) -> list[Answer]:
    _require(at, Action.APPROVE_NOTICE)
    known = await _known(at)
    at.chat.standing.step = f"{STEP}:{known.id}:remark"
    return [Reply((Text("notice-ask-remark"),), (_back(known.id),))]


async def _rejected(at: _At, known: Notice) -> list[Answer]:
    at.chat.standing.step = ""
    effect = at.use.notices.reject(at.member, known, markup.line(at.incoming.text)[:500], at.chat.now)
    return [effect, Reply((Text("notice-rejected"),), (_back(known.id), Choice("notices", label=Text("choice-notices"))))]


async def _withdraw(at: _At) -> list[Answer]:
    """Back to a draft: what was approved is void."""
    known = await _known(at)
    return await _changed(at, known, known.content)


async def _discard(at: _At) -> list[Answer]:
    known = await _known(at)
    effect: Effect = at.use.notices.discard(at.member, known, at.chat.now)
    return [effect, Reply((Text("notice-discarded", {"number": known.id}),), (Choice("notices", label=Text("choice-notices")),))]


async def _code(at: _At) -> list[Answer]:
    """For an approval at the command line: only the reviewer's own chat shows it."""
    known = await at.use.notices.notice(_number(at.chat.data))
    code = await at.use.notices.code(at.member, known, at.chat.now)
    return [Reply((Text("notice-code", {"number": known.id, "code": code}),), (_back(known.id),))]


async def _correct(at: _At) -> list[Answer]:
    """A new draft with the old words, for exactly those who have them."""
    wrong = await at.use.notices.notice(_number(at.chat.data))
    number = await at.use.notices.next_number()
    content = replace(wrong.content, audience=Audience(), at=None)
    at.chat.standing.step = f"{STEP}:{number}:text-{SOURCE}"
    begun = at.use.notices.begin(at.member, number, content, at.chat.now, corrects=wrong.id)
    return [begun, Reply((Text("notice-correct", {"number": wrong.id}), _question(f"text-{SOURCE}")), (_back(number),))]


async def _report(at: _At) -> list[Answer]:
    known = await at.use.notices.notice(_number(at.chat.data))
    reader = report.Reader(at.use.words, at.chat.language, at.use.zone, places(at.chat.language))
    told = report.said(await at.use.notices.report(known), reader)
    return [Reply((Text("notice-report", {"report": told}),), (_back(known.id),))]


# ---- while it is on its way ----


async def _pause(at: _At) -> list[Answer]:
    known = await at.use.notices.notice(_number(at.chat.data))
    return [at.use.notices.pause(at.member, known, at.chat.now), Note(Text("notice-now-paused"))]


async def _resume(at: _At) -> list[Answer]:
    known = await at.use.notices.notice(_number(at.chat.data))
    return [at.use.notices.resume(at.member, known, at.chat.now), Note(Text("notice-now-sending"))]


async def _cancel(at: _At) -> list[Answer]:
    """Asks once: what is cancelled never goes on."""
    known = await at.use.notices.notice(_number(at.chat.data))
    sure = Choice("notice-cancel-sure", str(known.id), Text("choice-notice-cancel-sure"))
    return [Reply((Text("notice-cancel-ask", {"number": known.id}),), (sure, _back(known.id)))]


async def _cancelled(at: _At) -> list[Answer]:
    known = await at.use.notices.notice(_number(at.chat.data))
    return [at.use.notices.cancel(at.member, known, at.chat.now), Reply((Text("notice-now-cancelled"),), (_back(known.id),))]


code = _for_staff(_code)
correct = _for_staff(_correct)
report_ = _for_staff(_report)
pause = _for_staff(_pause)
resume = _for_staff(_resume)
cancel = _for_staff(_cancel)
cancelled = _for_staff(_cancelled)
compose = _for_staff(_compose)
new = _for_staff(_new)
open_ = _for_staff(_open)
field = _for_staff(_field)
typed = _for_staff(_typed)
set_ = _for_staff(_set)
preview = _for_staff(_preview)
submit = _for_staff(_submit)
submitted = _for_staff(_submitted)
approve = _for_staff(_approve)
reject = _for_staff(_reject)
withdraw = _for_staff(_withdraw)
discard = _for_staff(_discard)

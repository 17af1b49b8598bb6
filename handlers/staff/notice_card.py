"""A notice as staff see it: what it says, to whom, how many they are, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from bot.core.message import Choice, Reply, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.notices import report
from bot.notices.desk import Desk, Standing
from bot.notices.letter import shown
from bot.notices.notice import REASONS, SOURCE, STARTED, Audience, Content, Notice, State
from bot.notices.sending import lines
from bot.words import LANGUAGES, Words
from handlers.services import Services
from handlers.staff.notice_parts import FIELDS
from knowledge.regions import places
from knowledge.themes import themes

SWITCHES = ("unclear", "asks")
NOTICES = Choice("notices", label=Text("choice-notices"))


def line(notice: Notice) -> Text:
    return Text("notices-line", {"number": notice.id, "title": _title(notice), "state": state(notice)})


def door(notice: Notice) -> Choice:
    return Choice("notice", str(notice.id), Text("choice-notice", {"number": notice.id, "title": _title(notice)}))


def _title(notice: Notice) -> Text | str:
    return notice.content.title or Text("notice-untitled")


def state(notice: Notice) -> Text:
    return Text(f"notice-state-{notice.state.value}")


def card(standing: Standing, member: StaffMember, use: Services, language: str) -> Reply:
    notice = standing.notice
    title = Text("notice-card-title", {"number": notice.id, "state": state(notice)}, bold=True)
    facts = Text("notice-card", {"lines": tuple(_facts(standing, use, language))})
    return Reply((title, *shown(notice, SOURCE), facts), tuple(_choices(notice, member)))


def _facts(standing: Standing, use: Services, language: str) -> Iterator[Text]:
    notice, content = standing.notice, standing.notice.content
    yield from _past(standing)
    yield from audience_lines(content.audience, language)
    if not notice.started_at:
        yield from count_lines(standing)
    yield Text("notice-languages", {"languages": _languages(content, use.words, language)})
    yield from file_lines(use.notices, notice)
    yield from _terms(content)
    yield Text("notice-people", {"author": standing.names.get(notice.author, "?"), "editor": standing.names.get(notice.editor, "?")})
    if notice.state is State.WAITING:
        yield Text("notice-approvals", {"listed": notice.listed, "count": standing.approved, "needed": standing.needed})


def _past(standing: Standing) -> Iterator[Text]:
    """What became of it so far, and where it comes from."""
    notice = standing.notice
    if notice.reason in REASONS:
        yield Text(f"notice-reason-{notice.reason}")
    if notice.state in STARTED or notice.started_at:
        yield from lines(notice, standing.figures)
    if notice.remark:
        yield Text("notice-sent-back", {"remark": notice.remark})
    if notice.corrects:
        yield Text("notice-corrects", {"number": notice.corrects})


def _languages(content: Content, words: Words, language: str) -> str:
    return _joined(words.say(Text(f"language-{written}"), language) for written in LANGUAGES if content.texts.get(written)) or "–"


def _terms(content: Content) -> Iterator[Text]:
    """When and how it is sent."""
    yield from time_lines(content)
    yield Text(f"notice-unclear-{content.unclear.value}")
    yield Text("notice-asks" if content.asks else "notice-asks-not")
    yield from (Text("notice-link", {"link": link}) for link in content.links)


def time_lines(content: Content) -> Iterator[Text]:
    yield Text("notice-at", {"at": content.at}) if content.at else Text("notice-at-once")
    if content.quiet:
        yield Text("notice-quiet", {"start": f"{content.quiet.start:%H:%M}", "until": f"{content.quiet.until:%H:%M}"})


def audience_lines(audience: Audience, language: str) -> Iterator[Text]:
    if audience.everybody:
        yield Text("notice-to-everybody")
    if audience.regions:
        called = places(language)
        yield Text("notice-to-regions", {"names": _joined(called.get(id, id) for id in audience.regions)})
    told: tuple[tuple[str, Sequence[Text | str]], ...] = (
        ("platforms", [platform_name(each) for each in audience.platforms]),
        ("kinds", [Text(f"ledger-{each}") for each in audience.kinds]),
        ("languages", [Text(f"language-{each}") for each in audience.languages]),
        ("roles", audience.roles),
        ("windows", audience.windows),
        ("themes", [themes()[id].name(language) if id in themes() else id for id in audience.themes]),
    )
    for name, values in told:
        if values:
            yield Text(f"notice-to-{name}", {"names": _listed(values)})
    if audience.programmes:
        yield Text("notice-to-programmes", {"names": _joined(audience.programmes), "statuses": _joined(audience.statuses) or "–"})
    if audience.listed:
        yield Text("notice-to-listed", {"count": len(audience.listed)})


def _listed(names: Sequence[Text | str]) -> Text | str:
    first, *rest = names
    return Text("notice-to-and", {"first": first, "rest": _listed(rest)}) if rest else first


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
        yield Text("notice-count", {"platform": platform_name(platform), **figures})
    yield Text("notice-count-all", {"count": count.all, "unsubscribed": count.unsubscribed, "gone": count.gone})
    if count.all:
        yield Text("notice-lasts", {"time": lasting(standing.lasts)})


def lasting(time: timedelta) -> Text:
    seconds = time.total_seconds()
    if seconds < 60:
        return Text("lasts-below-a-minute")
    if seconds < 3600:
        return Text("lasts-minutes", {"count": round(seconds / 60)})
    return Text("lasts-hours", {"count": f"{seconds / 3600:.1f}"})


def file_lines(desk: Desk, notice: Notice) -> Iterator[Text]:
    """What it encloses, and where that is not shown as a picture or not taken at all."""
    if (enclosed := notice.content.enclosed) is None:
        return
    yield Text("notice-file", {"name": enclosed.name, "size": size(enclosed.size)})
    for each in desk.fits(notice):
        if not each.carries:
            yield Text("notice-file-not-there", {"platform": platform_name(each.platform), "megabytes": each.too_large >> 20})
        elif each.as_file:
            yield Text("notice-file-as-file", {"platform": platform_name(each.platform)})


def size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def platform_name(name: str) -> Text | str:
    return Text(f"platform-{name}") if name in report.PLATFORMS else name


def _choices(notice: Notice, member: StaffMember) -> Iterator[Choice]:
    yield from (_step(name, notice) for name in _offered(notice, member))
    if notice.state is State.DRAFT and allowed(member.roles, Action.DRAFT_NOTICE):
        yield from (_part("field", name, notice) for name in FIELDS if not _fixed(notice, name))
        yield from (_part("set", name, notice) for name in SWITCHES)
    yield NOTICES


def _offered(notice: Notice, member: StaffMember) -> list[str]:
    """The steps this member may take. By name: what two rights allow is on offer once."""
    names = dict.fromkeys(name for name, action, states in _BUTTONS if notice.state in states and allowed(member.roles, action))
    is_own = member.id in (notice.author, notice.editor)
    return [name for name in names if not (is_own and name in ("approve", "code"))]


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


def _step(name: str, notice: Notice) -> Choice:
    bound = notice.digest if name == "approve" else str(notice.version)
    return Choice(f"notice-{name}", f"{notice.id} {bound}", Text(f"choice-notice-{name}"))


def _part(what: str, name: str, notice: Notice) -> Choice:
    return Choice(f"notice-{what}", f"{notice.id} {name}", Text(f"choice-notice-{name}"))


def back(number: int) -> Choice:
    return Choice("notice", str(number), Text("choice-notice-back"))

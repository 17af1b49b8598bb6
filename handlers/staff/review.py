"""Reviewing applications in a private chat: the queue, one application, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core import receipt
from bot.core.errors import NotAllowed, NotThere, UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Kind, Reply, Text
from bot.core.permissions import Action, StaffMember, allowed
from bot.notices.desk import concerns
from bot.storage.applications import CORRECTION, Case, Happened, Summary
from bot.storage.reviewing import View
from bot.storage.transfers import Refusal
from handlers import papers
from handlers.forms.asking import summary
from handlers.forms.deadlines import due, told
from handlers.forms.draft import Draft
from handlers.forms.form import forms
from handlers.forms.masks import masked
from handlers.forms.saying import Saying
from handlers.forms.screens import Entry
from handlers.forms.statuses import is_over, of_staff
from handlers.services import FOLLOW_UP, Conversation, Services
from handlers.staff import exporting
from handlers.staff.desk import WORDS, Decision
from handlers.staff.speaking import speaking

STEP = "review"
"""Begins the step of a conversation in which a member of staff is asked for words; what for and on what follow."""
MOST_WORDS = 500
_REVIEW = Choice("review", label=Text("choice-review"))


async def link(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/staff CODE` links this person to the account the code was made for. A code shown in a group is not taken, and has to be void."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("code-private"),))]
    code = incoming.text.strip()
    member = await use.review.member(incoming)
    if not code:
        return [_hello(member) if member else Reply((Text("staff-how"),))]
    outcome = await use.review.redeem(incoming, code, chat.now)
    return [Reply((Text(f"staff-code-{outcome.value}"),)) if isinstance(outcome, Refusal) else _hello(outcome)]


def _hello(member: StaffMember) -> Reply:
    roles = sorted(member.roles)
    said = Text("staff-linked", {"name": member.name})
    return Reply((said, *(Text(f"staff-role-{role.value}") for role in roles)), tuple(_doors(member)))


def _doors(member: StaffMember) -> Iterator[Choice]:
    """What there is to do for this member."""
    if allowed(member.roles, Action.SEE_APPLICATIONS):
        yield _REVIEW
    if concerns(member):
        yield Choice("notices", label=Text("choice-notices"))


async def review(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """How many wait where; `/review ZC-…` opens one at once."""
    member = await speaking(incoming, use)
    chat.standing.step = ""
    if incoming.kind is Kind.COMMAND and incoming.text.strip():
        if not receipt.normal(incoming.text):
            return [Reply((Text("review-no-receipt"),), (_REVIEW,))]
        known = await use.review.found(member, incoming.text)
        return [await _opened(member, known.id, chat, use)]
    waiting = await use.review.waiting(member)
    views = tuple(Choice("review-queue", view.value, Text(f"review-view-{view.value}", {"count": waiting[view]})) for view in View)
    return [Reply((Text("review-title", bold=True),), (*views, *exporting.offered(member, incoming, use)), instead=True)]


async def queue(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await speaking(incoming, use)
    named, _, after = chat.data.partition(" ")
    view = View(named) if named in list(View) else View.NEW
    found, more = await use.review.queue(member, view, chat.now, after)
    if not found:
        return [Reply((Text("review-empty"),), (_REVIEW,), instead=True)]
    choices = tuple(Choice("review-open", each.id, Text("applications-open", {"number": each.receipt})) for each in found)
    count = (await use.review.waiting(member))[view]
    lines = tuple(line for each in found for line in (_line(each), *_times(each, chat, use)))
    onward = (Choice("review-queue", f"{view.value} {found[-1].id}", Text("choice-next-page")),) if more else ()
    return [Reply((Text(f"review-view-{view.value}", {"count": count}, bold=True), *lines), (*choices, *onward, _REVIEW), instead=True)]


def _times(each: Summary, chat: Conversation, use: Services) -> tuple[Text, ...]:
    """How long it may or must stand where it is."""
    found = due(each, chat.now, use.desk.terms)
    return told(found) if found else ()


def _line(each: Summary) -> Text:
    name, status = Text(f"{each.programme}-name"), Text(f"status-{each.status}")
    return Text("review-line", {"number": each.receipt, "name": name, "status": status, "at": each.submitted_at})


async def open_(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    chat.standing.step = ""
    return [await _opened(await speaking(incoming, use), chat.data, chat, use)]


async def _opened(member: StaffMember, id: str, chat: Conversation, use: Services) -> Reply:
    """One application, masked, with what may be done now."""
    case, history = await use.review.case(member, id)
    answers = _answers(case, chat, mask=True)
    events = tuple(_event(each) for each in history)
    times = _times(case.summary, chat, use)
    return Reply((_line(case.summary), *times, *answers, Text("review-history", bold=True), *events), _what_next(member, case.summary))


def _what_next(member: StaffMember, known: Summary) -> tuple[Choice, ...]:
    if known.reviewer != member.id:
        return (_REVIEW,) if is_over(known) else (Choice("review-claim", known.id, Text("choice-claim")), _REVIEW)
    decisions = tuple(
        Choice("review-fields" if to == CORRECTION else "review-decide", f"{known.id} {to}", Text(f"status-{to}"))
        for to in of_staff(known.programme, known.status)
    )
    return (*decisions, Choice("review-reveal", known.id, Text("choice-reveal")), _REVIEW)


def _answers(case: Case, chat: Conversation, *, mask: bool) -> list[Text]:
    if not case.answers:
        return [Text("review-emptied")]
    draft = Draft.of(case.answers)
    form = forms()[case.summary.programme]
    entries = summary(form, draft)
    if mask:
        entries = tuple(Entry(each.slot, None if each.value is None else masked(each.value, each.slot.step)) for each in entries)
    return Saying(form, chat.language, whole=not mask).lines(entries)


def _event(each: Happened) -> Text:
    what = f"review-event-{each.what}" if each.what in OTHER_EVENTS else f"status-{each.what}"
    who, _, number = each.who.partition(":")
    named = Text("review-by-staff", {"number": number}) if who == "staff" else Text("review-by-applicant")
    if what not in _EVENTS:
        return Text("review-event", {"at": each.at, "what": each.what, "who": named})
    return Text("review-event-noted" if each.note else "review-event", {"at": each.at, "what": Text(what), "who": named, "note": each.note})


OTHER_EVENTS = ("claimed", "corrected", "handed-on")
_EVENTS = frozenset(f"status-{status}" for form in forms().values() for status in form.statuses) | {
    f"review-event-{event}" for event in OTHER_EVENTS
}


async def claim(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await speaking(incoming, use)
    case, _ = await use.review.case(member, chat.data)
    choices = (Choice("review-open", case.summary.id, Text("applications-open", {"number": case.summary.receipt})),)
    return [use.review.claim(member, case.summary, chat.now), Reply((Text("review-claimed", {"number": case.summary.receipt}),), choices)]


async def decide(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Asks before it is done: the applicant is told at once. Words typed now go with it."""
    member = await speaking(incoming, use)
    id, _, to = chat.data.partition(" ")
    case, _ = await use.review.case(member, id)
    if is_over(case.summary) or to not in of_staff(case.summary.programme, case.summary.status):
        raise UserError(Text("review-stale"))
    _ask_for_words(chat, "note", case, to)
    asked = Text("review-decide-ask", {"number": case.summary.receipt, "status": Text(f"status-{to}")})
    choices = (
        Choice("review-confirm", f"{id} {case.summary.version} {to}", Text("choice-decide")),
        Choice("review-open", id, Text("choice-not-now")),
    )
    return [Reply((asked, Text("review-decide-note")), choices)]


async def confirm(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    id, version, to = (*chat.data.split(" ", 2), "", "")[:3]
    return await _decided(incoming, chat, use, id, Decision(to), version)


async def fields(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Which answers are to be mended: each press adds or takes one away."""
    member = await speaking(incoming, use)
    id, _, chosen_so_far = chat.data.partition(" ")
    chosen = [slot for slot in chosen_so_far.split(",") if slot and slot != CORRECTION]
    case, _ = await use.review.case(member, id)
    return [_to_choose(case, chosen, chat)]


def _to_choose(case: Case, chosen: Sequence[str], chat: Conversation, *before: Text) -> Reply:
    """Words typed meanwhile are about this application, too."""
    id = case.summary.id
    _ask_for_words(chat, "fields", case, ",".join(chosen))
    entries, saying = _entries(case), _saying(case, chat)
    picks = tuple(
        Choice("review-fields", f"{id} {','.join(_turned(chosen, each.slot.id))}", saying.labelled(each, marked=each.slot.id in chosen))
        for each in entries
    )
    done = (Choice("review-why", f"{id} {','.join(chosen)}", Text("choice-fields-done")),) if chosen else ()
    return Reply((*before, Text("review-fields")), (*picks, *done, Choice("review-open", id, Text("choice-not-now"))), instead=True)


def _entries(case: Case) -> tuple[Entry, ...]:
    return summary(forms()[case.summary.programme], Draft.of(case.answers))


def _saying(case: Case, chat: Conversation) -> Saying:
    return Saying(forms()[case.summary.programme], chat.language)


async def _while_choosing(
    incoming: Incoming, chat: Conversation, use: Services, id: str, chosen: Sequence[str], words: str
) -> list[Answer]:
    """The reason, written before “done” was pressed: nothing is sent before it is confirmed."""
    case, _ = await use.review.case(await speaking(incoming, use), id)
    if not chosen:
        return [_to_choose(case, (), chat, Text("review-fields-first"))]
    saying = _saying(case, chat)
    names = tuple(saying.labelled(each, marked=False) for each in _entries(case) if each.slot.id in chosen)
    send = Choice("review-send", f"{id} {case.summary.version} {','.join(chosen)} {words}", Text("choice-send-correction"))
    on = Choice("review-fields", f"{id} {','.join(chosen)}", Text("choice-choose-on"))
    return [
        Reply(
            (Text("review-why-these", {"words": words}), Text("review-chosen", {"fields": names})),
            (send, on, Choice("review-open", id, Text("choice-not-now"))),
        )
    ]


async def send_(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    id, version, chosen, words = (*chat.data.split(" ", 3), *[""] * 4)[:4]
    return await _decided(incoming, chat, use, id, Decision(CORRECTION, tuple(chosen.split(",")), words), version)


def _turned(chosen: Sequence[str], slot: str) -> list[str]:
    return [each for each in chosen if each != slot] if slot in chosen else [*chosen, slot]


async def why(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The reason is for the applicant, in the words of staff."""
    member = await speaking(incoming, use)
    id, _, chosen = chat.data.partition(" ")
    case, _ = await use.review.case(member, id)
    _ask_for_words(chat, "correction", case, chosen)
    return [Reply((Text("review-why"),), (Choice("review-open", id, Text("choice-not-now")),))]


async def reveal(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await speaking(incoming, use)
    case, _ = await use.review.case(member, chat.data)
    _ask_for_words(chat, "reveal", case)
    return [Reply((Text("review-reveal-why"),), (Choice("review-open", chat.data, Text("choice-not-now")),))]


def _ask_for_words(chat: Conversation, what: str, case: Case, rest: str = "") -> None:
    """What is typed next is taken for it: for the application as it stands now, and for a while."""
    chat.standing.step = f"{STEP}:{what} {case.summary.id} {case.summary.version} {int(chat.now.timestamp())} {rest}"


async def said(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The words that were asked for; said much later they are meant for something else, and would reach the applicant at once."""
    what, id, version, asked, rest = (*chat.standing.step.partition(":")[2].split(" ", 4), *[""] * 4)[:5]
    if not asked.isdigit() or chat.now.timestamp() - int(asked) > FOLLOW_UP.total_seconds():
        chat.standing.step = ""
        return [Reply((Text("review-late"),), (Choice("review-open", id, Text("review-late-open")), _REVIEW))]
    words = incoming.text.strip()
    if not words or len(words) > MOST_WORDS:
        return [Reply((Text("review-words", {"most": MOST_WORDS}),), (Choice("review-open", id, Text("choice-not-now")),))]
    match what:
        case "fields":
            return await _while_choosing(incoming, chat, use, id, tuple(filter(None, rest.split(","))), words)
        case "correction":
            return await _decided(incoming, chat, use, id, Decision(CORRECTION, tuple(rest.split(",")), words), version)
        case "note":
            return await _decided(incoming, chat, use, id, Decision(rest, (), words), version)
        case _:
            return await _revealed(incoming, chat, use, id, words)


async def _revealed(incoming: Incoming, chat: Conversation, use: Services, id: str, reason: str) -> list[Answer]:
    member = await speaking(incoming, use)
    case = await use.review.revealed(member, id, reason, chat.now)
    chat.standing.step = ""
    back = Choice("review-open", id, Text("applications-open", {"number": case.summary.receipt}))
    head = Text("review-revealed", {"number": case.summary.receipt}, bold=True)
    return [Reply((head, *_answers(case, chat, mask=False), *_files(case)), (*_to_read(case, reason), back))]


def _files(case: Case) -> tuple[Text, ...]:
    """Numbered as `zhice applications file` counts them."""
    lines = tuple(
        Text("review-file", {"number": number, "name": file.name, "size": -(-file.size // 1024)})
        for number, file in enumerate(case.files, start=1)
    )
    return (Text("review-files", bold=True), *lines) if lines else ()


def _to_read(case: Case, reason: str) -> tuple[Choice, ...]:
    """The reason given just now holds for the files, too: each is in the log with it."""
    return tuple(
        Choice("review-file", f"{case.summary.id} {number} {reason}", Text("choice-file", {"number": number, "name": file.name}))
        for number, file in enumerate(case.files, start=1)
    )


async def file(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    member = await speaking(incoming, use)
    id, number, reason = (*chat.data.split(" ", 2), "", "", "")[:3]
    try:
        found, place = await use.papers.file(incoming, member, id, int(number), reason, chat.now)
    except (NotAllowed, NotThere) as error:
        raise UserError(Text(WORDS[type(error)])) from error
    head = Text("review-file-ready", {"number": number, "name": found.name})
    if place is None:
        return [Reply((head, Text("review-files-how")))]
    return [Reply((head, *papers.told(place)), papers.opens(place, "choice-open-file"), enclosed=place.enclosed)]


async def _decided(incoming: Incoming, chat: Conversation, use: Services, id: str, decision: Decision, version: str = "") -> list[Answer]:
    """Done for the application as it stood when the question was put; changed meanwhile, nothing happens."""
    member = await speaking(incoming, use)
    case, _ = await use.review.case(member, id)
    chat.standing.step = ""
    if version and version != str(case.summary.version):
        raise UserError(Text("review-stale"))
    done = Text("review-decided", {"number": case.summary.receipt, "status": Text(f"status-{decision.to}")})
    choices = (
        Choice("review-open", id, Text("applications-open", {"number": case.summary.receipt})),
        _REVIEW,
    )
    return [use.review.decide(member, case, decision, chat.now), Reply((done,), choices)]

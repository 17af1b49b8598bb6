"""An application being filled in: the dialog step by step, leaving it and coming back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import receipt
from bot.core.message import Answer, Choice, Incoming, Kind, Reply, Text, Where
from bot.storage.applications import SUBMITTED
from bot.storage.drafts import File as Stored
from handlers import ask, papers
from handlers.choosing import numbered
from handlers.forms import asking, dialog, drawn, screens
from handlers.forms.answers import PAPER, Aids, File, Given
from handlers.forms.crossing import TERM
from handlers.forms.dates import said_date
from handlers.forms.deadlines import due_at
from handlers.forms.desk import Open, Received, file_ids
from handlers.forms.dialog import Move
from handlers.forms.draft import Draft, Stage
from handlers.forms.form import Form
from handlers.forms.screens import Event
from handlers.services import Conversation, Services

STEP = "form"
"""Begins the step of a conversation whose words go into a draft; the draft's id follows."""
OTHERS = Choice("apply", label=Text("choice-all-programmes"))
_APPLICATIONS = Choice("applications", label=Text("choice-applications"))


async def pressed(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A choice of the dialog, from whichever of its messages."""
    meant = drawn.pressed(chat.data)
    opened = await use.applications.draft(incoming, meant[0]) if meant else None
    if meant is None or opened is None:
        return [over()]
    if use.crossing.leads_away(incoming.where):
        return [await to_the_web(opened.form, opened.draft.id, incoming, chat, use)]
    return await _advance(opened, meant[2], meant[1], chat, use)


async def said(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Words or files while a draft is open: the answer to its question."""
    id, album, slot = (*chat.standing.step.partition(":")[2].split(" ", 2), "", "")[:3]
    opened = await use.applications.draft(incoming, id)
    if opened is None:
        chat.standing.step = ""
        return [over()]
    if use.crossing.leads_away(incoming.where):
        return [await to_the_web(opened.form, opened.draft.id, incoming, chat, use)]
    if incoming.kind is Kind.ATTACHMENT:
        return await _sent(opened, slot if album == incoming.album else "", incoming, chat, use)
    if chat.choice and chat.choice.action == drawn.ACTION and not _is_an_answer(incoming.text, opened):
        return await pressed(incoming, chat, use)
    return await _typed(opened, incoming, chat, use)


def _is_an_answer(text: str, opened: Open) -> bool:
    """A bare number is the number of a choice only where nothing else is asked that a number could answer."""
    return numbered(text) is not None and asking.listens(opened.form, opened.draft)


async def _typed(opened: Open, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """An answer; or, where the dialog can take no such words, a question of policy: it is answered and the dialog goes on."""
    aids = aids_of(chat, use)
    move = dialog.advance(opened.form, opened.draft, screens.Answer(Given(incoming.text)), aids, chat.now)
    after = dialog.between(move, opened.form, aids) if opened.off is None else None
    told = await ask.in_between(incoming.text, chat, use) if after else []
    return [*told, *_moved(opened, after, chat, use)] if after and told else _moved(opened, move, chat, use)


async def _sent(opened: Open, before: str, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Files, or something else that is no text; a caption is no answer. `before`: the question the rest of the album answered."""
    slot = asking.wants_files(opened.form, opened.draft)
    if incoming.album and before and (slot is None or slot.id != before):
        return [_too_many_in(incoming)]
    if slot is None or not incoming.files:
        return await _advance(opened, screens.Answer(Given(files=(_NO_FILE,))), None, chat, use)
    received = await use.applications.receive(opened, slot, incoming, _midnight(chat, use))
    answers = await _received(opened, received, chat, use)
    if incoming.album and received.kept and chat.standing.step:
        chat.standing.step += f" {incoming.album} {slot.id}"
    return answers


async def _received(opened: Open, received: Received, chat: Conversation, use: Services) -> list[Answer]:
    """The good ones answer the question; the others are named."""
    files = tuple(File(each.id, each.name, each.size) for each in received.kept)
    event = screens.Answer(Given(files=files))
    aids = aids_of(chat, use)
    shown = Move(opened.draft, asking.shown(opened.form, opened.draft, aids))
    move = dialog.advance(opened.form, opened.draft, event, aids, chat.now) if files else shown
    known = file_ids(opened.form, move.draft)
    await use.applications.let_go([each for each in received.kept if each.id not in known])
    move = replace(move, show=(*map(screens.Problem, received.problems), *move.show))
    return _moved(opened, move, chat, use, [each for each in received.kept if each.id in known])


def _too_many_in(incoming: Incoming) -> Reply:
    return Reply(tuple(Text("file-beyond", {"name": each.name or Text("file-unnamed")}) for each in incoming.files))


def _midnight(chat: Conversation, use: Services) -> datetime:
    return chat.now.astimezone(use.zone).replace(hour=0, minute=0, second=0, microsecond=0)


_NO_FILE = File("", "", 0)
"""A sticker, a voice message: whatever is asked, it is no answer to it."""


def over() -> Reply:
    return Reply((Text("apply-done-with"),), (_APPLICATIONS,))


async def continue_(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Back to a draft where it was left."""
    opened = await use.applications.draft(incoming, chat.data)
    if opened is None:
        return [over()]
    return await go_on(opened, incoming, chat, use)


async def resume(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """“继续”: the draft left last. Whoever has none asks a question like any other."""
    begun = await use.applications.drafts(incoming)
    if not begun:
        return await ask.ask(incoming, chat, use)
    return await go_on(begun[0], incoming, chat, use)


async def go_on(opened: Open, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    if use.crossing.leads_away(incoming.where):
        return [await to_the_web(opened.form, opened.draft.id, incoming, chat, use)]
    return await resumed(opened, chat, use)


async def resumed(opened: Open, chat: Conversation, use: Services) -> list[Answer]:
    """Where it was left."""
    return await _advance(opened, screens.Resume(), None, chat, use)


async def to_the_web(form: Form, draft: str, incoming: Incoming, chat: Conversation, use: Services) -> Reply:
    """Instead of any question: the way to our own page, where the same draft goes on."""
    chat.standing.step = ""
    url = await use.crossing.link(incoming, draft, chat.now)
    told = (Text("web-form-moved", {"name": Text(f"{form.id}-name")}), Text("web-form-link", {"minutes": int(TERM.total_seconds() // 60)}))
    again = Choice("apply-continue", draft, Text("choice-web-form-again"))
    return Reply(told, (Choice("web", url=url, label=Text("choice-web-form")), again))


async def discard_ask(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """From a message outside the dialog: one wrong touch must not cost days of answers."""
    opened = await use.applications.draft(incoming, chat.data)
    if opened is None:
        return [over()]
    sure = Choice("apply-discard-sure", opened.draft.id, Text("choice-discard"))
    return [Reply((Text("apply-discard-ask", {"name": Text(f"{opened.form.id}-name")}),), (sure, _resuming(opened)))]


async def discard(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    opened = await use.applications.draft(incoming, chat.data)
    if opened is None:
        return [over()]
    chat.standing.step = ""
    return [use.applications.drop(opened), Reply((Text("form-discarded"),))]


def going_on(opened: Open) -> Choice:
    label = Text("apply-go-on", {"name": Text(f"{opened.form.id}-name")})
    return Choice("apply-continue", opened.draft.id, label)


def _resuming(opened: Open) -> Choice:
    return Choice("apply-continue", opened.draft.id, Text("choice-resume"))


async def _advance(opened: Open, event: Event, stamp: int | None, chat: Conversation, use: Services) -> list[Answer]:
    return _moved(opened, dialog.advance(opened.form, opened.draft, event, aids_of(chat, use), chat.now, stamp), chat, use)


def _moved(opened: Open, move: Move, chat: Conversation, use: Services, sent: Sequence[Stored] = ()) -> list[Answer]:
    if opened.off is not None and move.draft.stage is not Stage.DISCARDED and not isinstance(move.show[-1], screens.Away):
        return _paused(opened, opened.off, move, chat, use, sent)
    chat.standing.step = "" if move.draft.away or move.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED) else f"{STEP}:{move.draft.id}"
    return _effects(opened, move, chat, use, sent)


def _paused(opened: Open, reason: str, move: Move, chat: Conversation, use: Services, sent: Sequence[Stored]) -> list[Answer]:
    """The programme was switched off meanwhile: what was said is kept, and nothing more is asked or handed in."""
    chat.standing.step = ""
    handed_in = move.draft.stage is Stage.SUBMITTED
    taken = not handed_in and _given(move.draft) != _given(opened.draft)
    kept = replace(opened.draft if handed_in else move.draft, away=True)
    off = Text("programme-off", {"name": Text(f"{opened.form.id}-name"), "reason": reason})
    said = (off, *([Text("programme-off-taken")] if taken else []), Text("programme-off-kept"))
    choices = (OTHERS, _APPLICATIONS, Choice("apply-discard", kept.id, Text("choice-discard")))
    written = [use.applications.keep(opened, kept, chat.now, sent)] if kept != opened.draft else []
    return [*written, use.applications.pause(opened, chat.now), Reply(said, choices)]


def _given(draft: Draft) -> tuple[object, ...]:
    return draft.held, draft.pieces, draft.fitness


def _effects(opened: Open, move: Move, chat: Conversation, use: Services, sent: Sequence[Stored]) -> list[Answer]:
    """What is kept of the move, and what is shown of it."""
    reply = drawn_for(opened.form, move, opened.row.owner.where, chat, use)
    match move.draft.stage:
        case Stage.SUBMITTED if opened.draft.stage is not Stage.SUBMITTED:
            return _handed_in(opened, move, reply, chat, use)
        case Stage.DISCARDED:
            return [use.applications.drop(opened), reply]
        case _ if move.draft != opened.draft:
            return [use.applications.keep(opened, move.draft, chat.now, sent), reply]
        case _:
            return [reply]


def _handed_in(opened: Open, move: Move, reply: Reply, chat: Conversation, use: Services) -> list[Answer]:
    number = receipt.new(chat.now.astimezone(use.zone).year)
    written = use.applications.hand_in(opened, move.draft, number, chat.now, due_at(opened.form, SUBMITTED, chat.now, use.desk.terms))
    prints = (papers.to_print(opened.row.id),) if use.papers.may_open(opened.row.owner.where) else ()
    choices = (*prints, _APPLICATIONS)
    if opened.draft.submitted:
        return [written, Reply((Text("apply-corrected"),), choices)]
    said = (Text("apply-receipt", {"number": number}, bold=True), *reply.blocks, *_to_bring(opened, move), Text("apply-next"))
    return [written, replace(reply, blocks=said, choices=choices)]


def _to_bring(opened: Open, move: Move) -> tuple[Text, ...]:
    """What was promised on paper."""
    paper = [entry.slot.step for entry in asking.summary(opened.form, move.draft) if entry.value == PAPER]
    lines = tuple(Text("apply-bring-line", {"label": Text(step.words)}) for step in paper)
    return (Text("apply-bring"), *lines) if lines else ()


def drawn_for(form: Form, move: Move, where: Where, chat: Conversation, use: Services) -> Reply:
    return drawn.draw(form, move.draft, move.show, chat.language, files=use.applications.takes_files(where))


def aids_of(chat: Conversation, use: Services) -> Aids:
    return Aids(today=chat.now.astimezone(use.zone).date(), spoken=use.words.spoken, dates=said_date(use.zone, use.desk.terms.calendar))

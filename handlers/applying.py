"""Applying for support: choosing a programme, the dialog step by step, and what became of applications handed in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import receipt
from bot.core.message import Answer, ChatKind, Choice, Incoming, Kind, Reply, Text, Where
from bot.storage.applications import CORRECTION, SUBMITTED, Happened, Summary
from bot.storage.drafts import File as Stored
from handlers import ask, papers
from handlers.choosing import numbered
from handlers.forms import asking, dialog, drawn, screens
from handlers.forms.answers import PAPER, Aids, File, Given
from handlers.forms.crossing import TERM
from handlers.forms.dates import said_date
from handlers.forms.deadlines import due, due_at, told
from handlers.forms.desk import MOST_A_DAY, MOST_DRAFTS, Open, Received, file_ids, programme
from handlers.forms.dialog import Move
from handlers.forms.draft import Stage
from handlers.forms.form import Form, forms
from handlers.forms.naming import named
from handlers.forms.screens import Event
from handlers.forms.statuses import RECALLED, is_over
from handlers.services import Conversation, Services
from knowledge.normal import normal
from knowledge.regions import ancestors, regions
from reminders.notice import LINK, payload

STEP = "form"
"""Begins the step of a conversation whose words go into a draft; the draft's id follows."""
SHOWN = 6
"""Applications listed in one message."""


# ---- choosing ----


async def apply(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What may be applied for: `/apply 预审` narrows it down. In a group only the way to the private chat is shown."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private"),))]
    begun, off = await use.applications.drafts(incoming), await use.applications.off()
    matching = _matching(incoming.text if incoming.kind is not Kind.PRESS else "", use, chat.language)
    offered = [form for form in matching if form.id not in off]
    if matching and not offered:
        return [_switched_off(matching[0], off[matching[0].id])]
    if not offered:
        return [Reply((Text("apply-none"),), (_OTHERS,))]
    going = tuple(going_on(each) for each in begun)
    places = _places(offered)
    if len(offered) > SHOWN and len(places) > 1:
        return [
            Reply((Text("apply-where"),), (*going, *(Choice("apply-place", place, _place_label(place, chat.language)) for place in places)))
        ]
    if _only_places_differ(offered):
        return [Reply((Text("apply-which-place"),), (*going, *_programmes(sorted(offered, key=_order_of_place))))]
    return [Reply((Text("apply-which"),), (*going, *_programmes(offered)))]


def _only_places_differ(offered: Sequence[Form]) -> bool:
    """One thing to apply for, a programme of its own in each place."""
    return 1 < len(offered) == len(_places(offered)) <= SHOWN and all(form.regions for form in offered)


def _order_of_place(form: Form) -> int:
    return list(regions()).index(form.regions[0])


async def wished(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`我想申请预审`: where the words leave one programme, its conditions are shown at once."""
    found = _of_ones_place(named(incoming.text), chat) if incoming.text else []
    return await begun_with(found[0].id, incoming, chat, use) if len(found) == 1 else await apply(incoming, chat, use)


def _of_ones_place(found: list[Form], chat: Conversation) -> list[Form]:
    """Those of the chat's own place, where it has one and they have."""
    around = (
        {region.id for region in (regions()[chat.standing.region], *ancestors(chat.standing.region))} if chat.standing.region else set()
    )
    return [form for form in found if around.intersection(form.regions)] or found


async def of_place(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    off = await use.applications.off()
    offered = [form for form in forms().values() if form.id not in off and chat.data in _places([form])]
    return [Reply((Text("apply-which"),), (*_programmes(offered), _OTHERS), instead=True)]


def _switched_off(form: Form, reason: str) -> Reply:
    said = Text("programme-off", {"name": Text(f"{form.id}-name"), "reason": reason})
    return Reply((said, Text("programme-off-next")), (_OTHERS,))


_OTHERS = Choice("apply", label=Text("choice-all-programmes"))


def _matching(text: str, use: Services, language: str) -> list[Form]:
    wanted = normal(text.strip())
    if not wanted:
        return list(forms().values())
    return [form for form in forms().values() if wanted in normal(use.words.say(Text(f"{form.id}-name"), language))] or named(wanted)


def _places(offered: Sequence[Form]) -> list[str]:
    """Where they are offered, "" the whole country: the wider first, a province before its cities."""
    order = ["", *regions()]
    return sorted({place for form in offered for place in (form.regions or ("",))}, key=order.index)


def _place_label(place: str, language: str) -> Text | str:
    return regions()[place].name(language) if place in regions() else Text("apply-whole-country")


def _programmes(offered: Sequence[Form]) -> tuple[Choice, ...]:
    return tuple(Choice("apply-begin", form.id, Text(f"{form.id}-name")) for form in offered)


def going_on(opened: Open) -> Choice:
    label = Text("apply-go-on", {"name": Text(f"{opened.form.id}-name")})
    return Choice("apply-continue", opened.draft.id, label)


# ---- the dialog ----


async def begin(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A new application, or the one already begun for that programme; in a group the way to the private chat."""
    return await begun_with(chat.data, incoming, chat, use)


def linked(payload: str) -> str:
    """The programme a link into the private chat names, or ""."""
    id = payload.strip().removeprefix(LINK)
    return id if payload.startswith(LINK) and id in forms() else ""


async def begun_with(id: str, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    if incoming.chat_kind is not ChatKind.PRIVATE:
        url = use.way_in(incoming.where, payload(id))
        return [Reply((Text("apply-private"),), (Choice("private", url=url, label=Text("choice-apply-now")),) if url else ())]
    form = programme(id)
    begun = await use.applications.drafts(incoming)
    if mine := next((each for each in begun if each.row.programme == form.id), None):
        return await _go_on(mine, incoming, chat, use)
    if (reason := (await use.applications.off()).get(form.id)) is not None:
        return [_switched_off(form, reason)]
    if len(begun) >= MOST_DRAFTS:
        return [Reply((Text("apply-too-many-drafts", {"most": MOST_DRAFTS}),), tuple(going_on(each) for each in begun))]
    if await _today(incoming, chat, use) >= MOST_A_DAY:
        return [Reply((Text("apply-too-many-today", {"most": MOST_A_DAY}),))]
    known = await use.applications.known(incoming)
    move = dialog.begin(form, secrets.token_hex(12), known, _aids(chat, use), chat.now)
    written = use.applications.begin(incoming, move.draft, chat.now)
    if use.crossing.leads_away(incoming.where):
        return [written, await _to_the_web(form, move.draft.id, incoming, chat, use)]
    chat.standing.step = f"{STEP}:{move.draft.id}"
    return [written, _drawn(form, move, incoming.where, chat, use)]


async def _today(incoming: Incoming, chat: Conversation, use: Services) -> int:
    today = chat.now.astimezone(use.zone).date()
    return sum(each.submitted_at.astimezone(use.zone).date() == today for each in await use.applications.mine(incoming))


async def pressed(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A choice of the dialog, from whichever of its messages."""
    meant = drawn.pressed(chat.data)
    opened = await use.applications.draft(incoming, meant[0]) if meant else None
    if meant is None or opened is None:
        return [_over()]
    if use.crossing.leads_away(incoming.where):
        return [await _to_the_web(opened.form, opened.draft.id, incoming, chat, use)]
    return await _advance(opened, meant[2], meant[1], chat, use)


async def said(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Words or files while a draft is open: the answer to its question."""
    id, album, slot = (*chat.standing.step.partition(":")[2].split(" ", 2), "", "")[:3]
    opened = await use.applications.draft(incoming, id)
    if opened is None:
        chat.standing.step = ""
        return [_over()]
    if use.crossing.leads_away(incoming.where):
        return [await _to_the_web(opened.form, opened.draft.id, incoming, chat, use)]
    if incoming.kind is Kind.ATTACHMENT:
        return await _sent(opened, slot if album == incoming.album else "", incoming, chat, use)
    if chat.choice and chat.choice.action == drawn.ACTION and not _is_an_answer(incoming.text, opened):
        return await pressed(incoming, chat, use)
    return await _typed(opened, incoming, chat, use)


async def _typed(opened: Open, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """An answer; or, where the dialog can take no such words, a question of policy: it is answered and the dialog goes on."""
    aids = _aids(chat, use)
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
    aids = _aids(chat, use)
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


def _over() -> Reply:
    return Reply((Text("apply-done-with"),), (Choice("applications", label=Text("choice-applications")),))


async def _go_on(opened: Open, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    if use.crossing.leads_away(incoming.where):
        return [await _to_the_web(opened.form, opened.draft.id, incoming, chat, use)]
    return await resumed(opened, chat, use)


async def resumed(opened: Open, chat: Conversation, use: Services) -> list[Answer]:
    """Where it was left."""
    return await _advance(opened, screens.Resume(), None, chat, use)


async def _to_the_web(form: Form, draft: str, incoming: Incoming, chat: Conversation, use: Services) -> Reply:
    """Instead of any question: the way to our own page, where the same draft goes on."""
    chat.standing.step = ""
    url = await use.crossing.link(incoming, draft, chat.now)
    told = (Text("web-form-moved", {"name": Text(f"{form.id}-name")}), Text("web-form-link", {"minutes": int(TERM.total_seconds() // 60)}))
    again = Choice("apply-continue", draft, Text("choice-web-form-again"))
    return Reply(told, (Choice("web", url=url, label=Text("choice-web-form")), again))


async def _advance(opened: Open, event: Event, stamp: int | None, chat: Conversation, use: Services) -> list[Answer]:
    return _moved(opened, dialog.advance(opened.form, opened.draft, event, _aids(chat, use), chat.now, stamp), chat, use)


def _moved(opened: Open, move: Move, chat: Conversation, use: Services, sent: Sequence[Stored] = ()) -> list[Answer]:
    if opened.off is not None and move.draft.stage is not Stage.DISCARDED and not isinstance(move.show[-1], screens.Away):
        return _paused(opened, opened.off, move, chat, use, sent)
    chat.standing.step = "" if move.draft.away or move.draft.stage in (Stage.SUBMITTED, Stage.DISCARDED) else f"{STEP}:{move.draft.id}"
    return _effects(opened, move, chat, use, sent)


def _paused(opened: Open, reason: str, move: Move, chat: Conversation, use: Services, sent: Sequence[Stored]) -> list[Answer]:
    """The programme was switched off meanwhile: what was said is kept, and nothing more is asked or handed in."""
    chat.standing.step = ""
    handed_in = move.draft.stage is Stage.SUBMITTED
    taken = not handed_in and (move.draft.held, move.draft.pieces, move.draft.fitness) != (
        opened.draft.held,
        opened.draft.pieces,
        opened.draft.fitness,
    )
    kept = replace(opened.draft if handed_in else move.draft, away=True)
    said = (
        Text("programme-off", {"name": Text(f"{opened.form.id}-name"), "reason": reason}),
        *([Text("programme-off-taken")] if taken else []),
        Text("programme-off-kept"),
    )
    choices = (_OTHERS, Choice("applications", label=Text("choice-applications")), Choice("apply-discard", kept.id, Text("choice-discard")))
    written = [use.applications.keep(opened, kept, chat.now, sent)] if kept != opened.draft else []
    return [*written, use.applications.pause(opened, chat.now), Reply(said, choices)]


def _drawn(form: Form, move: Move, where: Where, chat: Conversation, use: Services) -> Reply:
    return drawn.draw(form, move.draft, move.show, chat.language, files=use.applications.takes_files(where))


def _effects(opened: Open, move: Move, chat: Conversation, use: Services, sent: Sequence[Stored]) -> list[Answer]:
    """What is kept of the move, and what is shown of it."""
    reply = _drawn(opened.form, move, opened.row.owner.where, chat, use)
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
    choices = (*prints, Choice("applications", label=Text("choice-applications")))
    if opened.draft.submitted:
        return [written, Reply((Text("apply-corrected"),), choices)]
    said = (Text("apply-receipt", {"number": number}, bold=True), *reply.blocks, *_to_bring(opened, move), Text("apply-next"))
    return [written, replace(reply, blocks=said, choices=choices)]


def _to_bring(opened: Open, move: Move) -> tuple[Text, ...]:
    """What was promised on paper."""
    paper = [entry.slot.step for entry in asking.summary(opened.form, move.draft) if entry.value == PAPER]
    lines = tuple(Text("apply-bring-line", {"label": Text(step.words)}) for step in paper)
    return (Text("apply-bring"), *lines) if lines else ()


def _aids(chat: Conversation, use: Services) -> Aids:
    return Aids(today=chat.now.astimezone(use.zone).date(), spoken=use.words.spoken, dates=said_date(use.zone, use.desk.terms.calendar))


# ---- what became of it ----


async def applications(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What is begun and what is handed in, with where it stands."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private"),))]
    begun, mine = await use.applications.drafts(incoming), await use.applications.mine(incoming)
    anew = Choice("apply", label=Text("choice-apply"))
    if not begun and not mine:
        return [Reply((Text("applications-none"),), (anew,))]
    lines = [_line(each) for each in mine[:SHOWN]]
    details = tuple(Choice("application", each.id, Text("applications-open", {"number": each.receipt})) for each in mine[:SHOWN])
    give = (Choice("hand-on-list", label=Text("choice-hand-on")),) if begun or any(not is_over(each) for each in mine) else ()
    return [Reply((Text("applications-title", bold=True), *lines), (*(going_on(each) for each in begun), *details, *give, anew))]


async def of_receipt(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A receipt number typed as it is: that application where it is one's own, else all of them."""
    number = receipt.normal(incoming.text)
    mine = next((each for each in await use.applications.mine(incoming) if each.receipt == number), None)
    return [await _card(mine.id, incoming, chat, use)] if mine else await applications(incoming, chat, use)


def _line(each: Summary) -> Text:
    name = Text(f"{each.programme}-name") if each.programme in forms() else each.programme
    return Text("applications-line", {"number": each.receipt, "name": name, "status": Text(f"status-{each.status}")})


async def application(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return [replace(await _card(chat.data, incoming, chat, use), instead=True)]


async def _card(id: str, incoming: Incoming, chat: Conversation, use: Services) -> Reply:
    """One of them: what happened when, and what may be done."""
    case, history = await use.applications.case(incoming, id)
    each = case.summary
    events = tuple(Text("applications-event", {"at": one.at, "status": Text(f"status-{one.what}")}) for one in history if _told(each, one))
    asked = (Text("applications-correction", {"reason": case.corrections.note}),) if case.corrections.note else ()
    choices = [
        *([Choice("apply-continue", each.id, Text("choice-correct"))] if each.status == CORRECTION else []),
        *([papers.to_print(each.id)] if case.answers and use.papers.may_open(incoming.where) else []),
        *([Choice("withdraw-ask", each.id, Text("choice-withdraw"))] if each.status in RECALLED else []),
        *([] if is_over(each) else [Choice("hand-on", each.id, Text("choice-hand-on"))]),
        Choice("applications", label=Text("choice-applications")),
    ]
    times = told(found) if (found := due(each, chat.now, use.desk.terms)) else ()
    return Reply((_line(each), *times, *asked, *events), tuple(choices))


def _told(each: Summary, happened: Happened) -> bool:
    """Who of the staff has it is their own affair."""
    return happened.what in forms()[each.programme].statuses if each.programme in forms() else False


async def withdraw_ask(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    case, _ = await use.applications.case(incoming, chat.data)
    choices = (
        Choice("withdraw", case.summary.id, Text("choice-withdraw-yes")),
        Choice("application", case.summary.id, Text("choice-withdraw-no")),
    )
    return [Reply((Text("withdraw-ask", {"number": case.summary.receipt}),), choices)]


async def withdraw(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    case, _ = await use.applications.case(incoming, chat.data)
    done = Reply((Text("withdraw-done", {"number": case.summary.receipt}),), (Choice("applications", label=Text("choice-applications")),))
    return [use.applications.withdraw(case.summary, chat.now), done]


async def resume(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """“继续”: the draft left last. Whoever has none asks a question like any other."""
    begun = await use.applications.drafts(incoming)
    if not begun:
        return await ask.ask(incoming, chat, use)
    return await _go_on(begun[0], incoming, chat, use)


async def submitted(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """“提交” once more, after it was handed in; with a draft begun it is a wish to go on."""
    if await use.applications.drafts(incoming) or not await use.applications.mine(incoming):
        return await resume(incoming, chat, use)
    return [_over()]


def _is_an_answer(text: str, opened: Open) -> bool:
    """A bare number is the number of a choice only where nothing else is asked that a number could answer."""
    return numbered(text) is not None and asking.listens(opened.form, opened.draft)


async def continue_(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Back to a draft where it was left."""
    opened = await use.applications.draft(incoming, chat.data)
    if opened is None:
        return [_over()]
    return await _go_on(opened, incoming, chat, use)


async def discard_ask(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """From a message outside the dialog: one wrong touch must not cost days of answers."""
    opened = await use.applications.draft(incoming, chat.data)
    if opened is None:
        return [_over()]
    sure = Choice("apply-discard-sure", opened.draft.id, Text("choice-discard"))
    return [Reply((Text("apply-discard-ask", {"name": Text(f"{opened.form.id}-name")}),), (sure, _resuming(opened)))]


async def discard(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    opened = await use.applications.draft(incoming, chat.data)
    if opened is None:
        return [_over()]
    chat.standing.step = ""
    return [use.applications.drop(opened), Reply((Text("form-discarded"),))]


def _resuming(opened: Open) -> Choice:
    return Choice("apply-continue", opened.draft.id, Text("choice-resume"))

"""Free questions: the answer is the curated clause itself, a question back, or what we do hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.message import Answer, Asked, Choice, Fate, Incoming, Line, Reply, Text
from bot.words import SOURCE
from handlers import browse, card
from handlers.forms.form import Form
from handlers.forms.naming import named
from handlers.services import Conversation, Services
from knowledge.gates.refusal import UNSURE
from knowledge.lookup import Hit, Knowledge, Option, Result, Status
from knowledge.regions import ancestors, regions
from reminders.programmes import programmes

LONGEST = 4000
"""Characters of a question; a longer one is a document, not a question."""
SIDES = 3
"""Cards of one comparison, and clauses offered where there is no answer."""
NEAR = 0.12
"""Score from which a clause is worth a look though it is no answer."""
FAR_BEHIND = 0.4
"""Clauses with less of the first one's score are not offered beside it."""
ASK_THE_OFFICE = frozenset({"phone", "address", "website"})
"""How to reach an office: no clause comes near to it."""
OF_PROGRAMMES = frozenset({"deadline", "form", "condition", "procedure", "date", "duration"})
"""What an application's own dialog and windows tell."""
INLINE = 5
LINK = "c_"

LOST = frozenset({"greeting", "able", "who", "human", "annoyed"})
"""Talk of people who may not know what to do next; thanks and goodbyes want no list."""
EXITS = (Choice("browse", label=Text("choice-browse")), Choice("help", label=Text("choice-help")))


async def ask(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return await _answer(incoming.text, chat, use)


async def ask_chosen(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A sample question was picked: its words, as people read them, are asked."""
    return await _answer(use.words.say(Text(chat.data), chat.language), chat, use)


async def ask_in_region(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The person chose the region an open question is meant for."""
    region, _, question = chat.data.partition("\n")
    result = await use.look_up(question, [], region)
    chat.remember(f"{regions()[region].name(SOURCE)} {question}")
    return [*replies(result, question, chat, use), *_fate(result, question)]


async def ask_literally(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A question was picked from a list: the choice holds its words."""
    return await _answer(chat.data, chat, use)


async def in_between(question: str, chat: Conversation, use: Services) -> list[Answer]:
    """What is answered in the middle of something else: nothing to words that ask nothing, or nothing of ours."""
    if len(question) > LONGEST or not use.knowledge.is_asking(question):
        return []
    result = await use.look_up(question, chat.earlier(), chat.standing.region)
    if result.reason in ("smalltalk", "empty") or (result.reason == "subject-unknown" and not result.hits):
        return []
    chat.remember(question)
    return [*replies(result, question, chat, use), *_fate(result, question)]


async def _answer(question: str, chat: Conversation, use: Services) -> list[Answer]:
    if len(question) > LONGEST:
        return [Reply((Text("ask-too-long", {"most": LONGEST}),), EXITS)]
    if not question.strip():
        return [Reply((Text("ask-empty"),), EXITS)]
    answers: list[Answer] = []
    for one in use.knowledge.questions_in(question):
        result = await use.look_up(one, chat.earlier(), chat.standing.region)
        chat.remember(one)
        answers += [*replies(result, one, chat, use), *_fate(result, one)]
    return answers


def _fate(result: Result, question: str) -> list[Asked]:
    """For staff: what was answered is counted, what was not is kept."""
    nearest = tuple(hit.clause.id for hit in result.hits)
    match result.status:
        case Status.ANSWER:
            return [Asked(Fate.ANSWERED, nearest[:1])]
        case _ if result.reason in ("smalltalk", "empty", "only-region", "too-open", "whole-field"):
            return []
        case _:
            return [Asked(Fate.UNANSWERED, nearest, question, result.reason)]


def replies(result: Result, question: str, chat: Conversation, use: Services) -> list[Reply]:
    """What a person is told about a result; first how a slip of theirs was understood."""
    slips = tuple(Text("ask-spelt", {"typed": slip.typed, "meant": slip.meant}) for slip in result.slips)
    first, *others = _told(result, question, chat, use)
    return [replace(first, blocks=(*slips, *first.blocks)), *others]


def _told(result: Result, question: str, chat: Conversation, use: Services) -> list[Reply]:
    match result.status:
        case Status.ANSWER:
            return [card.draw(hit, chat, use, others=others, question=question) for hit, others in _shown(result)]
        case Status.ASK_BACK if result.reason == UNSURE:
            return [_unsure(result, chat, use)]
        case Status.ASK_BACK if len(result.options) > 1:
            return [_ask_back(result, question)]
        case Status.ASK_BACK if result.options:
            return [_only(result.options[0], chat, use)]
        case Status.ASK_BACK:
            return [Reply((Text("ask-empty" if result.reason == "empty" else "ask-more"),), EXITS)]
        case Status.NOTHING if result.reason == "fact-not-stated":
            meant = (document for document in use.knowledge.documents if result.about in (document.id, document.region))
            return [browse.document(document, chat, use) for document in meant]
        case Status.NOTHING if result.reason == "smalltalk":
            return [Reply((Text(f"talk-{result.about}"),), EXITS if result.about in LOST else ())]
        case Status.NOTHING:
            return [_nothing(result, chat, use)]


def _ask_back(result: Result, question: str) -> Reply:
    """One message, a choice for each reading, each with the fact that tells it apart."""
    facts = tuple(Text("ask-back-fact", {"name": option.name, "fact": option.fact}) for option in result.options if option.fact)
    asked = Text("ask-back-field" if result.reason == "whole-field" else "ask-back")
    return Reply((asked, *facts), tuple(_choice(option, question) for option in result.options))


def _only(option: Option, chat: Conversation, use: Services) -> Reply:
    """Where there is one thing to choose, it is shown."""
    if option.kind == "document":
        return browse.document(use.document(option.id), chat, use)
    return card.draw(card.hit_at(option.id, use), chat, use)


def _shown(result: Result) -> list[tuple[Hit, tuple[Hit, ...]]]:
    """A comparison shows a card for each side; any other question one card, with the rest behind a choice."""
    if result.sides > 1:
        return [(hit, ()) for hit in result.hits[: min(result.sides, SIDES)]]
    return [(result.hits[0], result.hits[1:3])]


def _choice(option: Option, question: str) -> Choice:
    match option.kind:
        case "region":
            return Choice("region", f"{option.id}\n{question}", option.name)
        case "document":
            return Choice("browse", f"document {option.id}", option.name)
        case "clause":
            return Choice("clause", option.id, option.name)


def _nothing(result: Result, chat: Conversation, use: Services) -> Reply:
    """Why there is no answer; then the nearest clauses, claimed to be no more than that, or else what we do hold."""
    reason = _reason(result, chat)
    if near := _near(result):
        lines = tuple(card.line(hit, chat, use) for hit in near)
        choices = tuple(Choice("clause", card.address(hit), card.label(hit, chat.language)) for hit in near)
        choices = (*choices, *_offers(result))
        if len(near) == 1:
            return Reply((reason, Text("nothing-near-one"), *lines), (*choices, *card.ways_on(near[0])))
        return Reply((reason, Text("nothing-near"), *lines), (*choices, *EXITS))
    if result.about in ASK_THE_OFFICE:
        return Reply((reason, Text("nothing-contact")), EXITS)
    if offers := _offers(result):
        return Reply((reason, Text("nothing-but-programmes")), (*offers, *EXITS))
    return Reply((reason, Text("nothing-held", {"held": card.held(use, chat.language)})), EXITS)


def _unsure(result: Result, chat: Conversation, use: Services) -> Reply:
    """The clauses it may be, with nothing claimed."""
    near = _once_each(result)
    lines = tuple(card.line(hit, chat, use) for hit in near)
    doubt = Text("ask-unsure" if len(near) > 1 else "ask-unsure-one")
    clauses = tuple(Choice("clause", card.address(hit), card.label(hit, chat.language)) for hit in near)
    return Reply((doubt, *lines), (*clauses, *_offers(result), *EXITS))


def _near(result: Result) -> tuple[Hit, ...]:
    """Clauses worth a look: on the subject without the fact asked for, or too far to be an answer; none for what is not ours."""
    missed = result.reason == "attribute-missing" or (result.reason == "subject-unknown" and not result.about)
    if not missed or result.about in ASK_THE_OFFICE:
        return ()
    found = _once_each(result)
    near = tuple(hit for hit in found if hit.score >= max(NEAR, FAR_BEHIND * found[0].score))
    # Who is responsible is missing of one clause, the one asked about: others would only look like an answer.
    return near[:1] if result.about == "department" else near


def _once_each(result: Result) -> tuple[Hit, ...]:
    """The best hit of each clause, as many as one message offers."""
    found = {hit.clause.id: hit for hit in reversed(result.hits)}
    return tuple(reversed(found.values()))[:SIDES]


def _offers(result: Result) -> tuple[Choice, ...]:
    """How and until when one applies, and for what aid, is told by the programmes and their windows, not by policy."""
    if result.reason in ("region-not-held", "document-not-held"):
        return ()
    offered = [form for form in named(result.question) if _is_offered_in(form, result.places)][:SIDES]
    begin = tuple(Choice("apply-begin", form.id, Text(f"{form.id}-name")) for form in offered)
    timed = result.about in OF_PROGRAMMES and (offered or result.about == "deadline")
    return (*begin, *_earlier(offered), Choice("windows", label=Text("choice-windows"))) if timed else begin


def _is_offered_in(form: Form, places: Sequence[str]) -> bool:
    """In one of the places, or in what they lie in; everywhere where none is named."""
    around = {id for place in places for id in (place, *(region.id for region in ancestors(place)))}
    return not places or not form.regions or not around.isdisjoint(form.regions)


def _earlier(offered: Sequence[Form]) -> tuple[Choice, ...]:
    """When the one programme meant was open in earlier years."""
    ids = [id for id, programme in programmes().items() if [programme.form] == [form.id for form in offered]]
    return tuple(Choice("hint", id, Text("choice-hints")) for id in ids)


def _reason(result: Result, chat: Conversation) -> Text:
    match result.reason:
        case "region-not-held" if result.about in regions():
            return Text("nothing-region-not-held", {"about": regions()[result.about].name(chat.language)})
        case "attribute-missing" if result.about:
            year = {"year": result.about} if result.about.isdigit() else {}
            about = Text("attribute-year", year) if year else Text(f"attribute-{result.about}")
            if len(result.places) == 1 and regions()[result.places[0]].held:
                place = regions()[result.places[0]].name(chat.language)
                return Text("nothing-attribute-missing-there", {"region": place, "about": about})
            return Text("nothing-attribute-missing", {"about": about})
        case "document-not-held" if result.about:
            return Text("nothing-document-not-held", {"about": result.about})
        case "by-number":
            return Text("nothing-by-number", {"number": result.about})
        case _:
            return Text("nothing-found")


async def inline(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Lines to pick while typing `@bot question` in any chat. Nothing is remembered: the words are not yet said."""
    if not incoming.text.strip() or len(incoming.text) > 256:
        return []
    result = await use.look_up(incoming.text, [], "")
    if result.status is Status.NOTHING:
        return []
    return [_line(number, hit, chat, use) for number, hit in enumerate(result.hits[:INLINE])]


def _line(number: int, hit: Hit, chat: Conversation, use: Services) -> Line:
    title = Text("inline-title", {"region": card.region_name(hit.document, use, chat.language), "place": card.place_name(hit)})
    return Line(str(number), title, hit.marked or hit.passage.text[:100], card.draw(hit, chat, use).blocks)


def linked_clause(payload: str, knowledge: Knowledge) -> str:
    """The clause a deep link names, or "". The payload knows only letters, digits, _ and -: the last _ stands for #."""
    if not payload.startswith(LINK):
        return ""
    document, _, anchor = payload.removeprefix(LINK).strip().rpartition("_")
    id = f"{document}#{anchor}"
    try:
        knowledge.clause(id)
    except KeyError:
        return ""
    return id


def open_clause(id: str, chat: Conversation, use: Services) -> list[Answer]:
    return [card.draw(card.hit_at(id, use), chat, use)]

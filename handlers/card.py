"""The answer card and what one may ask of it: its surroundings, related clauses, other regions."""

from __future__ import annotations

from datetime import date

from bot.core.errors import UserError
from bot.core.message import Answer, Asked, Choice, Fate, Incoming, Note, Quote, Reply, Span, Text
from bot.core.privacy import masked
from bot.words import SOURCE
from handlers.services import Conversation, Services
from knowledge.card import card as make_card
from knowledge.document import Clause, DateState, Document, Notice, NoticeCode, notices_on
from knowledge.lookup import Hit
from knowledge.regions import ancestors, regions

PAGE = 1200
"""Characters of the original shown at a time."""
LABEL = 40


_FIRST = frozenset({NoticeCode.UNOFFICIAL, NoticeCode.EXPIRED, NoticeCode.PERIOD_OVER, NoticeCode.DAMAGED})
"""What to know before reading: below a long clause it would be out of sight on a phone."""


def draw(hit: Hit, chat: Conversation, use: Services, *, others: tuple[Hit, ...] = (), question: str = "", instead: bool = False) -> Reply:
    """The clause as quoted, where it stands, whether it still holds, what to mind, and what to do next."""
    today = chat.now.astimezone(use.zone).date()
    drawn = make_card(hit, today)
    spans = tuple(Span(text, bold) for text, bold in ((drawn.before, False), (drawn.marked, True), (drawn.after, False)) if text)
    blocks = (
        _title(drawn.document),
        Text("card-place", {"region": region_name(drawn.document, use, chat.language), "place": place_name(hit)}),
        *(_notice(notice, drawn.document) for notice in drawn.notices if notice.code in _FIRST),
        Quote(spans),
        *((Text("card-cut"),) if drawn.cut else ()),
        *validity(drawn.document, today),
        *(_notice(notice, drawn.document) for notice in drawn.notices if notice.code not in _FIRST),
        *((Text("card-language"),) if chat.language == "en" else ()),
    )
    return Reply(blocks, (*_choices(hit, others), *_thumbs(hit, question)), instead=instead)


def _title(document: Document) -> Text:
    if document.number:
        return Text("card-title-number", {"title": document.title, "number": document.number}, bold=True)
    return Text("card-title", {"title": document.title}, bold=True)


def _choices(hit: Hit, others: tuple[Hit, ...]) -> tuple[Choice, ...]:
    more = "\n\n".join(address(other) for other in others)
    return (
        *ways_on(hit),
        *((Choice("others", more, Text("choice-others")),) if others else ()),
    )


def ways_on(hit: Hit) -> tuple[Choice, ...]:
    """From a clause to what stands around it, and to what is like it."""
    here = address(hit)
    return (
        Choice("context", f"0 {here}", Text("choice-context")),
        Choice("related", here, Text("choice-related")),
        *((Choice("elsewhere", here, Text("choice-elsewhere")),) if hit.document.region else ()),
    )


def _thumbs(hit: Hit, question: str) -> tuple[Choice, ...]:
    """For the answer to a question; a clause one has opened oneself is not judged."""
    if not question:
        return ()
    about = f"{hit.clause.id}\n{masked(question)}"
    return Choice("liked", about, Text("choice-liked")), Choice("disliked", about, Text("choice-disliked"))


async def liked(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return [_vote(Fate.LIKED, incoming, chat), Note(Text("vote-liked"))]


async def disliked(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return [_vote(Fate.DISLIKED, incoming, chat), Note(Text("vote-disliked"))]


def _vote(fate: Fate, incoming: Incoming, chat: Conversation) -> Asked:
    clause, _, question = chat.data.partition("\n")
    # The offer is the ballot: one vote for each card.
    ballot = incoming.press.partition(".")[0] or chat.standing.offer
    return Asked(fate, (clause,), question, once=ballot)


def address(hit: Hit) -> str:
    """A card to come back to: the passage and its marked sentence."""
    return f"{hit.passage.id}\n{hit.marked}"


def hit_at(address: str, use: Services) -> Hit:
    """The card at an address: a clause, or a passage with its marked sentence. Raises UserError when it is not there any more."""
    id, _, marked = address.partition("\n")
    clause_id, _, number = id.rpartition(".") if "." in id.partition("#")[2] else (id, "", "")
    try:
        document, clause = use.knowledge.clause(clause_id)
    except KeyError as error:
        # The documents have changed since the button was put.
        raise UserError(Text("press-expired")) from error
    while not clause.passages and clause.children:
        clause = clause.children[0]
    passage = next((passage for passage in clause.passages if number and passage.id == id), clause.passages[0])
    return Hit(document, clause, passage, marked if marked in passage.text else "", 0.0, ())


def region_name(document: Document, use: Services, language: str) -> str:
    """江苏 › 苏州 › 吴江; for a text of no place, the words that say so."""
    if document.region is None:
        return use.words.say(Text("region-none"), language)
    chain = (*reversed(ancestors(document.region)), regions()[document.region])
    return " › ".join(region.name(language) for region in chain)


def place_name(hit: Hit) -> str:
    """Where in the document, as its own headings say it."""
    return " › ".join(part.rstrip("。") for part in (*hit.clause.path, hit.clause.heading or hit.clause.label) if part)


def validity(document: Document, today: date) -> tuple[Text, ...]:
    """Whether it holds on that day, as far as the document says; a notice speaks for what has ended."""
    expires = document.expires
    if expires.state is DateState.KNOWN and expires.on and expires.on >= today:
        return (Text("validity-until", {"on": expires.on}),)
    if expires.state is DateState.DAMAGED:
        return (Text("validity-damaged", {"shown": expires.shown}),)
    if document.period and document.period[1] >= today.year:
        return period(document, "validity")
    if document.official and not document.period and expires.state is DateState.NOT_STATED:
        return (Text("validity-not-stated"),)
    return ()


def period(document: Document, screen: str) -> tuple[Text, ...]:
    """The period of a plan, or the year of its targets where that is all the text says."""
    if document.period is None:
        return ()
    first, last = map(str, document.period)
    return (Text(f"{screen}-targets", {"year": last}) if first == last else Text(f"{screen}-period", {"first": first, "last": last}),)


def _notice(notice: Notice, document: Document) -> Text:
    values: dict[str, str | date] = {"detail": notice.detail}
    if notice.code is NoticeCode.PERIOD_OVER and document.period:
        values["year"] = str(document.period[1])
        if document.period[0] == document.period[1]:
            return Text("notice-targets-over", values)
    if notice.code is NoticeCode.EXPIRED:
        if document.expires.on is None:
            return Text("notice-expired-undated")
        values["on"] = document.expires.on
    return Text(f"notice-{notice.code}", values)


def warnings(document: Document, today: date) -> tuple[Text, ...]:
    """The notices that hold for the whole document on that day."""
    return tuple(_notice(notice, document) for notice in notices_on(document, today))


async def show(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    hit = hit_at(chat.data, use)
    if chat.choice and chat.choice.label != _BACK:
        chat.remember(_spoken_of(hit, use))
    return [draw(hit, chat, use, instead=bool(incoming.press))]


_BACK = Text("choice-back")


def _spoken_of(hit: Hit, use: Services) -> str:
    """What a clause picked from a list is about, as a question would say it: the next one may lean on it."""
    place = regions()[hit.document.region].name(SOURCE) if hit.document.region else ""
    return f"{place} {use.knowledge.question_for(hit.clause.id) or hit.clause.heading or hit.clause.label}".strip()


async def context(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The original around the answer, a page at a time, with ways back and on."""
    number, _, here = chat.data.partition(" ")
    hit = hit_at(here, use)
    pages = _pages(hit.clause)
    page = min(int(number), len(pages) - 1)
    before, after = _neighbours(hit.clause, use)
    ways = (
        Choice("clause", here, _BACK),
        *((Choice("context", f"{page + 1} {here}", Text("choice-next-page")),) if page + 1 < len(pages) else ()),
        *((Choice("context", f"0 {before.id}", Text("choice-previous-clause")),) if before else ()),
        *((Choice("context", f"0 {after.id}", Text("choice-next-clause")),) if after else ()),
    )
    heading = Text("context-title", {"title": hit.document.title, "place": place_name(hit)}, bold=True)
    where = (Text("context-page", {"page": page + 1, "pages": len(pages)}),) if len(pages) > 1 else ()
    quote = Quote((Span("\n".join(pages[page])),))
    return [Reply((heading, quote, *where), ways, instead=bool(incoming.press))]


def _pages(clause: Clause) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    size = 0
    for passage in clause.passages:
        for start in range(0, len(passage.text), PAGE):
            piece = passage.text[start : start + PAGE]
            if pages[-1] and size + len(piece) > PAGE:
                pages.append([])
                size = 0
            pages[-1].append(piece)
            size += len(piece)
    return pages


def _neighbours(clause: Clause, use: Services) -> tuple[Clause | None, Clause | None]:
    around = use.knowledge.context(clause.id)
    at = next(index for index, each in enumerate(around) if each.id == clause.id)
    return (around[at - 1] if at else None), (around[at + 1] if at + 1 < len(around) else None)


async def related(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    hit = hit_at(chat.data, use)
    return _list("related", use.knowledge.related(hit.clause.id), hit, chat, use)


async def others(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The next best answers to the same question."""
    found = tuple(hit_at(each, use) for each in chat.data.split("\n\n") if each)
    return _list("others", found, None, chat, use)


def _list(subject: str, found: tuple[Hit, ...], hit: Hit | None, chat: Conversation, use: Services) -> list[Answer]:
    if not found:
        return [Note(Text(f"{subject}-none")), Reply((Text(f"{subject}-none"),), (Choice("browse", label=Text("choice-browse")),))]
    lines = tuple(line(each, chat, use) for each in found)
    choices = tuple(Choice("clause", address(each), label(each, chat.language)) for each in found)
    title = Text(f"{subject}-title", {"place": heading(hit.clause)} if hit else {}, bold=True)
    return [Reply((title, *lines), choices)]


def line(hit: Hit, chat: Conversation, use: Services) -> Text:
    """A clause in a list: its place and how its sentence begins."""
    fact = hit.marked or hit.passage.text
    values = {
        "region": region_name(hit.document, use, chat.language),
        "heading": heading(hit.clause),
        "fact": fact if len(fact) <= 60 else fact[:59] + "…",
    }
    return Text("list-line", values)


def label(hit: Hit, language: str) -> str:
    """The same on a button."""
    last = regions()[hit.document.region].name(language) if hit.document.region else hit.document.short_names[0]
    return f"{last} · {heading(hit.clause)}"[:LABEL]


def heading(clause: Clause) -> str:
    return (clause.heading or clause.label).rstrip("。")


async def elsewhere(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The same subject in the other regions we hold."""
    hit = hit_at(chat.data, use)
    options = use.knowledge.elsewhere(hit.clause.id)
    if not options:
        return [Note(Text("elsewhere-none")), Reply((Text("elsewhere-none"),), (Choice("browse", label=Text("choice-browse")),))]
    facts = tuple(Text("ask-back-fact", {"name": option.name, "fact": option.fact}) for option in options)
    choices = tuple(Choice("clause", option.id, option.name) for option in options)
    return [Reply((Text("elsewhere-title"), *facts), choices)]


def held(use: Services, language: str) -> str:
    """The documents we hold, one a line."""
    return "\n".join(f"· {region_name(document, use, language)}《{document.title}》" for document in use.knowledge.documents)

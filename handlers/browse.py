"""Looking around without a question: by region, document and theme."""

from __future__ import annotations

from bot.core.message import Answer, Choice, Incoming, Reply, Text
from handlers import card
from handlers.services import Conversation, Services
from knowledge.document import DateState, Document, StatedDate
from knowledge.regions import region_named, regions
from knowledge.themes import themes

PAGE = 6


async def browse(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Steps down: all documents → one document with its themes → the clauses of a theme. The step is the choice's data."""
    words = chat.data.split()
    match words:
        case ["document", id]:
            reply = document(use.document(id), chat, use)
        case ["theme", id, theme, page]:
            reply = _theme(use.document(id), theme, int(page), chat, use)
        case _:
            reply = _in_place(incoming.text, chat, use) or _all(chat, use)
    return [Reply(reply.blocks, reply.choices, instead=bool(incoming.press and words))]


def _in_place(typed: str, chat: Conversation, use: Services) -> Reply | None:
    """The document of the place written behind the command."""
    place = region_named(typed)
    held = [each for each in use.knowledge.documents if place and each.region == place.id]
    return document(held[0], chat, use) if len(held) == 1 else None


def _all(chat: Conversation, use: Services) -> Reply:
    choices = tuple(Choice("browse", f"document {each.id}", _name(each, chat, use)) for each in use.knowledge.documents)
    return Reply((Text("browse-title", bold=True), Text("browse-ask")), choices)


def _name(document: Document, chat: Conversation, use: Services) -> str:
    region = regions()[document.region].name(chat.language) if document.region else use.words.say(Text("region-none"), chat.language)
    return f"{region} · {document.short_names[0] if document.short_names else document.title}"


def document(document: Document, chat: Conversation, use: Services) -> Reply:
    today = chat.now.astimezone(use.zone).date()
    facts = (
        Text("document-number", {"number": document.number}) if document.number else Text(f"document-number-{document.number_state}"),
        Text("document-issuer", {"issuer": document.issuer}) if document.issuer else Text("document-issuer-none"),
        _dated("issued", document.issued),
        _dated("effective", document.effective),
        _dated("expires", document.expires),
        *card.period(document, "document"),
    )
    listed = Text("document-facts", {"facts": "\n".join(use.words.say(fact, chat.language) for fact in facts)})
    blocks = (Text("card-title", {"title": document.title}, bold=True), listed, *card.warnings(document, today), Text("browse-themes"))
    choices = tuple(
        Choice("browse", f"theme {document.id} {theme} 0", themes()[theme].name(chat.language)) for theme in _themes_of(document)
    )
    return Reply(blocks, (*choices, _BACK))


_BACK = Choice("browse", "all", Text("choice-all-documents"))


def _dated(what: str, stated: StatedDate) -> Text:
    if stated.state is DateState.KNOWN and stated.on:
        return Text(f"document-{what}", {"on": stated.on})
    if stated.state is DateState.DAMAGED:
        return Text(f"document-{what}-damaged", {"shown": stated.shown})
    return Text(f"document-{what}-none")


def _themes_of(document: Document) -> list[str]:
    """In the order the themes are listed, those the document speaks of."""
    used = {theme for clause in document.walk() if clause.passages for theme in clause.themes}
    return [theme for theme in themes() if theme in used]


def _theme(document: Document, theme: str, page: int, chat: Conversation, use: Services) -> Reply:
    found = [clause for clause in document.walk() if clause.passages and theme in clause.themes]
    shown = found[page * PAGE : (page + 1) * PAGE]
    on = f"theme {document.id} {theme}"
    ways = (
        *((Choice("browse", f"{on} {page - 1}", Text("choice-previous-page")),) if page else ()),
        *((Choice("browse", f"{on} {page + 1}", Text("choice-next-page")),) if (page + 1) * PAGE < len(found) else ()),
        Choice("browse", f"document {document.id}", Text("choice-back-document")),
    )
    title = Text("browse-theme", {"theme": themes()[theme].name(chat.language), "title": document.title, "count": len(found)}, bold=True)
    clauses = tuple(Choice("clause", clause.id, (clause.heading or clause.label)[: card.LABEL]) for clause in shown)
    return Reply((title, Text("browse-pick")), (*clauses, *ways))

"""Arriving, finding one's way, choosing a language, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.core.later import later
from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Reply, Text
from bot.words import LANGUAGES, Words
from handlers import ask
from handlers.choosing import bare_number, chosen
from handlers.services import Conversation, Services
from knowledge.regions import region_named, regions

if TYPE_CHECKING:
    from handlers import applying
else:
    (applying,) = later("handlers", "applying")

NEAR = 65
"""Of a hundred: how like a command must be to one that is meant by it. /lang and /language are."""
SAMPLES = ("sample-finance", "sample-preexam", "sample-talent")


async def start(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Greets. A deep link may carry a clause to open, `/start c_<clause>`, or a programme to apply for, `/start a_<programme>`."""
    chat.standing.active = True
    if linked := ask.linked_clause(incoming.text, use.knowledge):
        return ask.open_clause(linked, chat, use)
    if form := applying.linked(incoming.text):
        return await applying.begun_with(form, incoming, chat, use)
    return [_greeting(incoming)]


async def joined(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A short welcome, once for each time we are added; a private chat that opens again is only known to be alive."""
    again = chat.standing.known_chat and (chat.standing.active or incoming.chat_kind is ChatKind.PRIVATE) and chat.standing.welcomed
    chat.standing.active = chat.standing.welcomed = True
    return [] if again or incoming.chat_kind is ChatKind.CHANNEL else [_greeting(incoming)]


async def left(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Nobody is there any more: the turn forgets what was said (`Kind.LEFT`)."""
    chat.standing.active = False
    return []


def _greeting(incoming: Incoming) -> Reply:
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return Reply((Text("welcome-group"),), (Choice("browse", label=Text("choice-browse")), Choice("help", label=Text("choice-help"))))
    samples = tuple(Choice("ask", sample, Text(sample)) for sample in SAMPLES)
    return Reply(
        (Text("welcome-title", bold=True), Text("welcome-private")),
        (*samples, Choice("browse", label=Text("choice-browse")), Choice("help", label=Text("choice-help"))),
    )


async def help_(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    body = "help-private" if incoming.chat_kind is ChatKind.PRIVATE else "help-group"
    choices = (Choice("browse", label=Text("choice-browse")), Choice("windows", label=Text("choice-windows")))
    return [Reply((Text("help-title", bold=True), Text(body), Text("help-limits")), choices)]


async def language(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Offers the languages; `/language en` chooses at once."""
    choices = tuple(Choice("language", tag, Text(f"language-{tag}")) for tag in LANGUAGES)
    if wanted := _language_named(incoming.text, choices, use.words):
        return _chosen(wanted, chat)
    return [Reply((Text("language-ask"),), choices)]


async def choose_language(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return _chosen(chat.data, chat, instead=True)


def _chosen(tag: str, chat: Conversation, *, instead: bool = False) -> list[Answer]:
    chat.standing.language = chat.language = tag
    return [Note(Text("language-chosen")), Reply((Text("language-chosen"), Text("language-texts")), instead=instead)]


def _language_named(text: str, choices: Sequence[Choice], words: Words) -> str:
    """By its tag, or by what people call it."""
    by_tag = next((tag for tag in LANGUAGES if tag.lower() == text.strip().lower()), "")
    named = chosen(text, choices, words)
    return by_tag or (named.data if named else "")


async def region(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The place questions are meant for here when they name none; it belongs to the chat, so a group shares it."""
    if found := region_named(incoming.text):
        return _settled(found.id, chat)
    places = dict.fromkeys(document.region for document in use.knowledge.documents if document.region)
    choices = tuple(Choice("region-chosen", place, regions()[place].name(chat.language)) for place in places)
    return [Reply((Text("region-ask"),), (*choices, Choice("region-chosen", "", Text("choice-any-region"))))]


async def choose_region(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return _settled(chat.data, chat, instead=True)


def _settled(place: str, chat: Conversation, *, instead: bool = False) -> list[Answer]:
    chat.standing.region = place
    said = Text("region-chosen", {"region": regions()[place].name(chat.language)}) if place else Text("region-cleared")
    return [Note(said), Reply((said,), instead=instead)]


async def cancel(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The exit from everywhere: nothing waits for an answer, nothing earlier gives sense to the next question."""
    had = bool(chat.standing.turns or chat.standing.step or chat.standing.offer)
    chat.standing.turns, chat.standing.step, chat.standing.offer = [], "", ""
    return [Reply((Text("cancel-done" if had else "cancel-nothing"),))]


async def attachment(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """We read words. A caption is a question; without one we say so, in private only."""
    if incoming.text.strip() and incoming.addressed:
        return await ask.ask(incoming, chat, use)
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return []
    return [Reply((Text("attachment-unread"),), (Choice("help", label=Text("choice-help")),))]


async def no_such_number(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A number beside the list. It asks nothing: looked up, it would be answered with what was asked before."""
    if not chat.offered:
        return [Reply((Text("ask-empty"),), ask.EXITS)]
    return [Reply((Text("number-unknown", {"number": bare_number(incoming.text) or 0, "most": chat.offered}),))]


async def edited(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """An earlier message changed while something is asked for: nothing that was taken changes with it."""
    return [Reply((Text("edited-while-asked"),))]


async def unknown_command(incoming: Incoming, chat: Conversation, use: Services, *, known: Sequence[str] = ()) -> list[Answer]:
    """Told with the nearest one that is `known`. In a group the command may be meant for another bot: silence there."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return []
    near = process.extractOne(incoming.command, known, scorer=fuzz.ratio, score_cutoff=NEAR)
    said = Text("command-unknown-near", {"near": near[0]}) if near else Text("command-unknown")
    return [Reply((said,), (Choice("help", label=Text("choice-help")),))]


async def expired(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A button from long ago. In a group the note on the button is enough."""
    note = Note(Text("press-expired"))
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [note]
    return [note, Reply((Text("press-expired"),), (Choice("help", label=Text("choice-help")),))]


async def of_another(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Somebody else's button: nothing changes, and only the one who pressed hears of it."""
    return [Note(Text("press-of-another"))]

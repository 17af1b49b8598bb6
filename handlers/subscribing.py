"""Subscribing to windows, programmes, themes, places and the publicity week."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Reply, Text
from handlers.services import Conversation, Services
from knowledge.normal import normal
from knowledge.regions import region_named, regions
from knowledge.themes import theme_named, themes
from reminders.desk import Next
from reminders.places import About, Subscription
from reminders.programmes import by_name, programmes
from reminders.recurring import week_name
from reminders.window import moment

OFFERED = 12
"""Windows to choose from, in one message."""


async def subscribe(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/subscribe 苏州`, or step by step: what about, which one, done."""
    await require_admin(incoming, use)
    typed = "" if chat.choice else incoming.text.strip()
    wanted = await _named(typed, use) if typed else _picked(chat.data)
    if wanted is not None:
        return await _subscribed(wanted, incoming, chat, use)
    about = chat.data if chat.choice else ""
    if typed:
        return [Reply((Text("subscribe-unknown", {"name": typed[:40]}),), await _offers("", chat, use))]
    return [Reply((Text(f"subscribe-ask-{about}" if about else "subscribe-ask"),), await _offers(about, chat, use), instead=bool(about))]


async def require_admin(incoming: Incoming, use: Services) -> None:
    """A group is subscribed by those who run it: it speaks to everybody there."""
    if incoming.chat_kind is not ChatKind.PRIVATE and not await use.is_admin(incoming):
        raise UserError(Text("subscribe-admins-only"))


def _picked(data: str) -> Subscription | None:
    about, _, target = data.partition(" ")
    if about not in {each.value for each in About}:
        return None
    return Subscription(0, 0, About(about), target) if about == "week" or target else None


async def _named(name: str, use: Services) -> Subscription | None:
    """What people mean by a word: a place, a programme, a theme, the week, or a window's number."""
    word = normal(name).strip()
    if len(word) > 2 and any(word in normal(week_name(language)) for language in use.words.languages):
        return Subscription(0, 0, About.WEEK, "")
    if place := region_named(word):
        return Subscription(0, 0, About.REGION, place.id)
    if programme := by_name(word) or by_name(name):
        return Subscription(0, 0, About.PROGRAMME, programme.id)
    if word.isdecimal():
        return Subscription(0, 0, About.WINDOW, str((await use.desk.window(int(word))).id))
    theme = theme_named(word)
    return Subscription(0, 0, About.THEME, theme.id) if theme else None


async def _offers(about: str, chat: Conversation, use: Services) -> tuple[Choice, ...]:
    match about:
        case "region":
            held = [each for each in regions().values() if each.held or each.id == chat.standing.region]
            return tuple(Choice("subscribe", f"region {each.id}", each.name(chat.language)) for each in held)
        case "programme":
            return tuple(Choice("subscribe", f"programme {each.id}", each.name(chat.language)) for each in programmes().values())
        case "theme":
            return tuple(Choice("subscribe", f"theme {each.id}", each.name(chat.language)) for each in list(themes().values())[:20])
        case _:
            found = [each for each in await use.desk.windows(chat.now) if each.is_open(chat.now, use.desk.terms.zone)]
            windows = tuple(Choice("subscribe", f"window {each.id}", each.title) for each in found[:OFFERED])
            kinds = (About.REGION, About.PROGRAMME, About.THEME, About.WEEK)
            return (*windows, *(Choice("subscribe", kind.value, Text(f"choice-about-{kind}")) for kind in kinds))


async def _subscribed(wanted: Subscription, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    coming = await use.desk.preview(wanted, incoming, chat.now)
    name = await name_of(wanted, use, chat.language)
    id = "subscribed-week" if wanted.about is About.WEEK else "subscribed"
    said = Text(id, {"name": name, "ladder": days_before(wanted.ladder, chat, use)})
    choices = (Choice("subscriptions", "", Text("choice-subscriptions")), Choice("windows", label=Text("choice-windows")))
    effect = use.desk.subscribe(wanted, incoming, chat.language, chat.now)
    return [effect, Note(Text("subscribed-note")), Reply((said, *preview(coming, chat, use)), choices)]


def preview(coming: tuple[Next, ...], chat: Conversation, use: Services) -> tuple[Text, ...]:
    """The next three, with real dates."""
    if not coming:
        return (Text("preview-nothing"),)
    return (Text("preview", {"lines": tuple(_next_line(each, chat, use) for each in coming)}),)


def _next_line(coming: Next, chat: Conversation, use: Services) -> Text:
    what: Text | str = week_name(chat.language)
    if coming.own:
        what = coming.own.words
    elif coming.window:
        what = Text(f"preview-{coming.kind}", {"title": coming.window.title})
    return Text("preview-line", {"at": moment(coming.at, use.desk.terms.zone), "what": what})


async def name_of(subscription: Subscription, use: Services, language: str) -> Text:
    target = subscription.target
    match subscription.about:
        case About.WINDOW:
            name = (await use.desk.window(int(target))).title
        case About.PROGRAMME:
            name = programmes()[target].name(language) if target in programmes() else target
        case About.THEME:
            name = themes()[target].name(language) if target in themes() else target
        case About.REGION:
            name = regions()[target].name(language) if target in regions() else target
        case About.WEEK:
            name = week_name(language)
    return Text(f"about-{subscription.about}", {"name": name})


def days_before(ladder: tuple[int, ...], chat: Conversation, use: Services) -> str:
    return use.words.say(Text("list-separator"), chat.language).join(map(str, sorted(ladder, reverse=True)))

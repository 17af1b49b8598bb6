"""Subscribing to windows, programmes, themes, places and the publicity week; changing and ending it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Reply, Text
from handlers.services import Conversation, Services, number
from knowledge.normal import normal
from knowledge.regions import region_named, regions
from knowledge.themes import theme_named, themes
from reminders import draft
from reminders.desk import Next
from reminders.places import About, Place, Subscription
from reminders.programmes import by_name, programmes
from reminders.recurring import week_name
from reminders.schedule import FURTHEST, STEPS, Quiet, Snooze
from reminders.window import moment

LADDERS = ((30, 7, 3, 1), (7, 3, 1), (3, 1), (1,))
TIMES = (time(8), time(9), time(14), time(18))
NIGHT = Quiet(time(22), time(8))
INTERNAL = (3, 5, 10)
"""Working days before the official end, offered as a deadline of one's own."""
OFFERED = 12


async def subscribe(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/subscribe 苏州`, or step by step: what about, which one, done."""
    await _require_admin(incoming, use)
    typed = "" if chat.choice else incoming.text.strip()
    wanted = await _named(typed, use) if typed else _picked(chat.data)
    if wanted is not None:
        return await _subscribed(wanted, incoming, chat, use)
    about = chat.data if chat.choice else ""
    if typed:
        return [Reply((Text("subscribe-unknown", {"name": typed[:40]}),), await _offers("", chat, use))]
    return [Reply((Text(f"subscribe-ask-{about}" if about else "subscribe-ask"),), await _offers(about, chat, use), instead=bool(about))]


async def _require_admin(incoming: Incoming, use: Services) -> None:
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
    said = Text(
        "subscribed-week" if wanted.about is About.WEEK else "subscribed", {"name": name, "ladder": _steps(wanted.ladder, chat, use)}
    )
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


def _steps(ladder: tuple[int, ...], chat: Conversation, use: Services) -> str:
    return use.words.say(Text("list-separator"), chat.language).join(map(str, sorted(ladder, reverse=True)))


# ---- what there is ----


async def subscriptions(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """The list; `/subscriptions 2 10,5,2 8:30` changes the second one, `/subscriptions join CODE` joins a colleague's."""
    words = [] if chat.choice else incoming.text.split()
    if words and words[0] == "join":
        return await join(incoming, chat, use, "".join(words[1:]))
    if words:
        return await _adjusted(words, incoming, chat, use)
    mine = await use.desk.mine(incoming, chat.now)
    if not mine.subscriptions:
        return [Reply((Text("subscriptions-none"),), (Choice("subscribe", "", Text("choice-subscribe")),))]
    names = [await name_of(each, use, chat.language) for each in mine.subscriptions]
    lines = tuple(Text("subscriptions-line", {"number": n, "name": name}) for n, name in enumerate(names, 1))
    choices = tuple(Choice("subscription", str(each.id), name) for each, name in zip(mine.subscriptions, names, strict=True))
    blocks = (Text("subscriptions-title", bold=True), Text("windows-list", {"lines": lines}), *preview(mine.next, chat, use))
    return [Reply(blocks, (*choices[:OFFERED], Choice("subscribe", "", Text("choice-subscribe"))))]


@dataclass(frozen=True)
class _Held:
    """A subscription of the chat that asks."""

    subscription: Subscription
    place: Place
    name: Text


async def _held(id: str, incoming: Incoming, chat: Conversation, use: Services) -> _Held:
    mine = await use.desk.mine(incoming, chat.now)
    found = next((each for each in mine.subscriptions if str(each.id) == id), None)
    if found is None or mine.place is None:
        raise UserError(Text("subscription-gone"))
    return _Held(found, mine.place, await name_of(found, use, chat.language))


async def subscription(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One of them: how it reminds, and what can be changed."""
    held = await _held(chat.data, incoming, chat, use)
    return [await _card(held, chat, use, instead=bool(incoming.press))]


async def _card(held: _Held, chat: Conversation, use: Services, *, instead: bool) -> Reply:
    id, place, mine = held.subscription.id, held.place, held.subscription
    facts = (
        *((Text("subscription-ladder", {"ladder": _steps(mine.ladder, chat, use)}),) if mine.about is not About.WEEK else ()),
        Text("subscription-at", {"at": f"{place.at:%H:%M}"}),
        Text("subscription-quiet", {"start": f"{place.quiet.start:%H:%M}", "until": f"{place.quiet.until:%H:%M}"})
        if place.quiet
        else Text("subscription-loud"),
        *((Text("subscription-internal", {"on": mine.internal}),) if mine.internal else ()),
    )
    ways = (
        *((Choice("adjust", f"{id} ladder", Text("choice-ladder")),) if mine.about is not About.WEEK else ()),
        Choice("adjust", f"{id} at", Text("choice-at")),
        Choice("adjust", f"{id} quiet", Text("choice-loud" if place.quiet else "choice-quiet")),
        *((Choice("adjust", f"{id} internal", Text("choice-internal")),) if mine.about is About.WINDOW else ()),
        Choice("feed", str(id), Text("choice-feed")),
        *((Choice("invite", str(id), Text("choice-invite")),) if not place.group else ()),
        Choice("unsubscribe", str(id), Text("choice-stop")),
    )
    title = Text("subscription-title", {"name": held.name}, bold=True)
    return Reply((title, Text("windows-list", {"lines": facts}), Text("subscription-typed")), ways, instead=instead)


async def adjust(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Offers values for one setting, or takes the one that was picked."""
    await _require_admin(incoming, use)
    id, _, rest = chat.data.partition(" ")
    held = await _held(id, incoming, chat, use)
    setting, _, value = rest.partition(" ")
    if setting == "quiet":
        quiet = None if held.place.quiet else NIGHT
        return await _changed(held, held.subscription, held.place.at, quiet, incoming, chat, use)
    if not value:
        return [Reply((Text(f"adjust-{setting}"),), await _values(held, setting, chat, use), instead=True)]
    return await _set([value], held, incoming, chat, use)


async def _values(held: _Held, setting: str, chat: Conversation, use: Services) -> tuple[Choice, ...]:
    on = f"{held.subscription.id} {setting}"
    match setting:
        case "ladder":
            spelled = [(",".join(map(str, ladder)), Text("adjust-days", {"ladder": _steps(ladder, chat, use)})) for ladder in LADDERS]
        case "at":
            spelled = [(f"{at:%H:%M}", Text("adjust-time", {"at": f"{at:%H:%M}"})) for at in TIMES]
        case _:
            spelled = [(day.isoformat(), Text("adjust-day", {"on": day})) for day in await _days(held, chat, use)]
    return tuple(Choice("adjust", f"{on} {value}", label) for value, label in spelled)


async def _days(held: _Held, chat: Conversation, use: Services) -> list[date]:
    cutoff = (await use.desk.window(int(held.subscription.target))).cutoff(held.subscription.level)
    days = [use.desk.terms.calendar.add_workdays(cutoff.on, -count) for count in INTERNAL] if cutoff else []
    return [day for day in days if day > use.desk.today(chat.now)]


async def _adjusted(words: list[str], incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Typed: the number in the list, then days, a time, a date, in any order."""
    await _require_admin(incoming, use)
    mine = await use.desk.mine(incoming, chat.now)
    number = int(words[0]) if words[0].isdecimal() else 0
    if not 1 <= number <= len(mine.subscriptions) or len(words) < 2:
        raise UserError(Text("adjust-how"))
    return await _set(words[1:], await _held(str(mine.subscriptions[number - 1].id), incoming, chat, use), incoming, chat, use)


async def _set(words: list[str], held: _Held, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    changed, at = held.subscription, held.place.at
    for word in words:
        if re.fullmatch(r"\d{1,2}:\d{2}", word):
            at = _time(word)
        elif re.fullmatch(r"\d{1,3}([,，、]\d{1,3})*", word):
            changed = replace(changed, ladder=_ladder(word))
        else:
            changed = replace(changed, internal=await _internal(word, held, chat, use))
    return await _changed(held, changed, at, held.place.quiet, incoming, chat, use)


def _time(word: str) -> time:
    hour, minute = map(int, word.split(":"))
    if hour > 23 or minute > 59:
        raise UserError(Text("draft-time-impossible", {"value": word}))
    return time(hour, minute)


def _ladder(word: str) -> tuple[int, ...]:
    steps = tuple(sorted({int(each) for each in re.split("[,，、]", word)}, reverse=True))
    if len(steps) > STEPS or steps[0] > FURTHEST:
        raise UserError(Text("adjust-ladder-long", {"most": STEPS, "furthest": FURTHEST}))
    return steps


async def _internal(word: str, held: _Held, chat: Conversation, use: Services) -> date:
    """Before the official end, and not over."""
    cutoff, wrong = draft.one_cut_off("", word)
    if cutoff is None or held.subscription.about is not About.WINDOW:
        raise UserError(wrong or Text("adjust-internal-window"))
    official = (await use.desk.window(int(held.subscription.target))).cutoff(held.subscription.level)
    if cutoff.on < use.desk.today(chat.now) or (official and cutoff.on >= official.on):
        raise UserError(Text("adjust-internal-late", {"on": cutoff.on}))
    return cutoff.on


async def _changed(
    held: _Held, changed: Subscription, at: time, quiet: Quiet | None, incoming: Incoming, chat: Conversation, use: Services
) -> list[Answer]:
    effect = use.desk.adjust(changed, at, quiet, incoming, chat.now)
    now = replace(held, subscription=changed, place=replace(held.place, at=at, quiet=quiet))
    return [effect, Note(Text("adjusted")), await _card(now, chat, use, instead=bool(incoming.press))]


async def unsubscribe(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One tap, from any reminder; a second one brings it back."""
    await _require_admin(incoming, use)
    held = await _held(chat.data, incoming, chat, use)
    again = f"{held.subscription.about} {held.subscription.target}"
    choices = (Choice("subscribe", again, Text("choice-again")), Choice("subscriptions", "", Text("choice-subscriptions")))
    return [
        use.desk.unsubscribe(held.subscription.id, incoming, chat.now),
        Note(Text("unsubscribed-note")),
        Reply((Text("unsubscribed", {"name": held.name}),), choices),
    ]


async def stop(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """From a reminder: the subscription that led to it ends. When another one leads to it, too, that is said."""
    await _require_admin(incoming, use)
    window = await use.desk.window(number(chat.data))
    meaning = await use.desk.meaning(window, incoming)
    if not meaning:
        raise UserError(Text("subscription-gone"))
    first, *others = meaning
    name = await name_of(first, use, chat.language)
    still = [Text("unsubscribed-still", {"title": window.title, "name": await name_of(each, use, chat.language)}) for each in others[:1]]
    choices = (
        Choice("subscribe", f"{first.about} {first.target}", Text("choice-again")),
        *(Choice("reminder-stop", str(window.id), Text("choice-stop-too")) for _ in still),
        Choice("subscriptions", "", Text("choice-subscriptions")),
    )
    effect = use.desk.unsubscribe(first.id, incoming, chat.now)
    return [effect, Note(Text("unsubscribed-note")), Reply((Text("unsubscribed", {"name": name}), *still), choices)]


# ---- a colleague ----


async def invite(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    held = await _held(chat.data, incoming, chat, use)
    code, effect = use.desk.invite(held.subscription.id, chat.now)
    return [effect, Reply((Text("invite", {"name": held.name}), Text("invite-code", {"code": code})))]


async def feed(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A private address, told only in private and only once: whoever has it reads along."""
    held = await _held(chat.data, incoming, chat, use)
    if incoming.chat_kind is not ChatKind.PRIVATE:
        raise UserError(Text("feed-private"))
    if not use.address:
        raise UserError(Text("feed-none"))
    secret, effect = use.desk.feed(held.subscription.id, chat.now)
    return [effect, Reply((Text("feed", {"name": held.name}), Text("feed-address", {"address": f"{use.address}/calendar/{secret}.ics"})))]


async def join(incoming: Incoming, chat: Conversation, use: Services, code: str) -> list[Answer]:
    """Shows what it is about; only the colleague's own word makes it a subscription."""
    found = await use.desk.invited(code, chat.now)
    if found is None or incoming.chat_kind is not ChatKind.PRIVATE:
        raise UserError(Text("invite-unknown"))
    name = await name_of(found, use, chat.language)
    choices = (Choice("subscribe", f"{found.about} {found.target}", Text("choice-join")), Choice("windows", label=Text("choice-windows")))
    return [Reply((Text("join-ask", {"name": name}), *preview(await use.desk.preview(found, incoming, chat.now), chat, use)), choices)]


# ---- what to do with a reminder ----


async def done(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await _require_admin(incoming, use)
    window = await use.desk.window(number(chat.data.partition(" ")[0]))
    undo = chat.data.endswith(" undo")
    effect = use.desk.done(window.id, incoming, chat.now, undo=undo)
    said = Text("undone" if undo else "done", {"title": window.title})
    choices = () if undo else (Choice("reminder-done", f"{window.id} undo", Text("choice-undo")),)
    return [effect, Note(Text("done-note")), Reply((said,), (*choices, Choice("windows", label=Text("choice-windows"))))]


async def later(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Tomorrow morning, the next working day, or in three days."""
    await _require_admin(incoming, use)
    id, _, choice = chat.data.partition(" ")
    if not choice:
        return [Reply((Text("later-ask"),), tuple(Choice("reminder-later", f"{id} {each}", Text(f"later-{each}")) for each in Snooze))]
    window = await use.desk.window(number(id))
    at, effect = await use.desk.later(window.id, Snooze(choice), incoming, chat.now)
    mine = await use.desk.mine(incoming, chat.now)
    cutoff = window.cutoff()
    if mine.place is None or (cutoff and at >= cutoff.instant(use.desk.terms.zone)):
        raise UserError(Text("later-too-late"))
    return [
        effect,
        Note(Text("later-note")),
        Reply((Text("later", {"title": window.title, "at": moment(at, use.desk.terms.zone)}),), instead=bool(incoming.press)),
    ]

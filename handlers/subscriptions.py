"""What a chat is subscribed to: how each of them reminds, changing and ending it, and sharing it with a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Reply, Text
from handlers.services import Conversation, Services
from handlers.subscribing import days_before, name_of, preview, require_admin
from reminders import draft
from reminders.places import About, Place, Subscription
from reminders.schedule import FURTHEST, STEPS, Quiet

LADDERS = ((30, 7, 3, 1), (7, 3, 1), (3, 1), (1,))
TIMES = (time(8), time(9), time(14), time(18))
NIGHT = Quiet(time(22), time(8))
INTERNAL = (3, 5, 10)
"""Working days before the official end, offered as a deadline of one's own."""
OFFERED = 12
"""Subscriptions to choose from, in one message."""


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
    return [_card(held, chat, use, instead=bool(incoming.press))]


def _card(held: _Held, chat: Conversation, use: Services, *, instead: bool) -> Reply:
    title = Text("subscription-title", {"name": held.name}, bold=True)
    facts = Text("windows-list", {"lines": tuple(_facts(held, chat, use))})
    return Reply((title, facts, Text("subscription-typed")), tuple(_ways(held)), instead=instead)


def _facts(held: _Held, chat: Conversation, use: Services) -> Iterator[Text]:
    mine, place = held.subscription, held.place
    if mine.about is not About.WEEK:
        yield Text("subscription-ladder", {"ladder": days_before(mine.ladder, chat, use)})
    yield Text("subscription-at", {"at": f"{place.at:%H:%M}"})
    if place.quiet:
        yield Text("subscription-quiet", {"start": f"{place.quiet.start:%H:%M}", "until": f"{place.quiet.until:%H:%M}"})
    else:
        yield Text("subscription-loud")
    if mine.internal:
        yield Text("subscription-internal", {"on": mine.internal})


def _ways(held: _Held) -> Iterator[Choice]:
    """What can be changed."""
    id, mine, place = held.subscription.id, held.subscription, held.place
    if mine.about is not About.WEEK:
        yield Choice("adjust", f"{id} ladder", Text("choice-ladder"))
    yield Choice("adjust", f"{id} at", Text("choice-at"))
    yield Choice("adjust", f"{id} quiet", Text("choice-loud" if place.quiet else "choice-quiet"))
    if mine.about is About.WINDOW:
        yield Choice("adjust", f"{id} internal", Text("choice-internal"))
    yield Choice("feed", str(id), Text("choice-feed"))
    if not place.group:
        yield Choice("invite", str(id), Text("choice-invite"))
    yield Choice("unsubscribe", str(id), Text("choice-stop"))


async def adjust(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Offers values for one setting, or takes the one that was picked."""
    await require_admin(incoming, use)
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
            spelled = [(",".join(map(str, ladder)), Text("adjust-days", {"ladder": days_before(ladder, chat, use)})) for ladder in LADDERS]
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
    await require_admin(incoming, use)
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
    return [effect, Note(Text("adjusted")), _card(now, chat, use, instead=bool(incoming.press))]


async def unsubscribe(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One tap, from any reminder; a second one brings it back."""
    await require_admin(incoming, use)
    held = await _held(chat.data, incoming, chat, use)
    again = f"{held.subscription.about} {held.subscription.target}"
    choices = (Choice("subscribe", again, Text("choice-again")), Choice("subscriptions", "", Text("choice-subscriptions")))
    return [
        use.desk.unsubscribe(held.subscription.id, incoming, chat.now),
        Note(Text("unsubscribed-note")),
        Reply((Text("unsubscribed", {"name": held.name}),), choices),
    ]


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

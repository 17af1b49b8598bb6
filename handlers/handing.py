"""One-time codes in the chat: an application goes to a colleague, or two platforms turn out to be one person's. In private chats only."""

from __future__ import annotations

from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from bot.storage.moving import Holding
from handlers.forms.passing import LINKS, Given, Joining, platform_named
from handlers.services import Conversation, Services

_ELSEWHERE = Reply((Text("code-private"),))
_MINE = Choice("applications", label=Text("choice-applications"))
_NOT_NOW = Choice("code-not", label=Text("choice-not-me"))


def _named(held: Holding) -> Text:
    name = Text(f"{held.programme}-name")
    number = held.application.receipt if held.application else ""
    return Text("hand-on-numbered", {"name": name, "number": number}) if number else name


# ---- giving ----


async def which(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What may go to a colleague."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private", {"command": "applications"}),))]
    held = await use.passing.mine(incoming)
    choices = tuple(Choice("hand-on", each.id, _named(each)) for each in held)
    return [Reply((Text("hand-on-which") if held else Text("hand-on-nothing"),), (*choices, _MINE))]


async def give(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """A code for a colleague; an earlier one is void."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("apply-private", {"command": "applications"}),))]
    code = await use.passing.code(incoming, chat.data, chat.now)
    told = (Text("hand-on-code", {"code": code}, bold=True), Text("hand-on-how", {"code": code}), Text("hand-on-means"))
    return [Reply(told, (Choice("hand-on-void", chat.data, Text("choice-void")), _MINE))]


async def void(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    await use.passing.void(incoming, chat.data)
    return [Reply((Text("hand-on-void"),), (_MINE,))]


# ---- redeeming ----


async def code(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/code CODE`: says what it would do, and asks."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [_ELSEWHERE]
    chat.standing.step = ""
    if not (given := incoming.text.strip()):
        return [Reply((Text("code-how"),), (_MINE, LINKS))]
    match await use.passing.look(incoming, given, chat.now):
        case Given(held):
            take = Choice("code-take", given, Text("choice-take-over"))
            return [Reply((Text("hand-on-ask", {"name": _named(held)}), Text("hand-on-consent")), (take, _NOT_NOW))]
        case Joining() as joining:
            return [_asked_to_join(joining, given)]


def _asked_to_join(joining: Joining, given: str) -> Reply:
    values = {"drafts": joining.drafts, "applications": joining.applications}
    comes = (Text("link-ask-comes", values),) if joining.drafts or joining.applications else ()
    there = tuple(Text("link-place", {"platform": platform_named(platform)}) for platform in joining.platforms)
    return Reply(
        (Text("link-ask"), *there, *comes, Text("link-warning")), (Choice("code-join", given, Text("choice-same-person")), _NOT_NOW)
    )


async def take(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """It is theirs who press, from the same step on."""
    found = await use.passing.look(incoming, chat.data, chat.now)
    if not isinstance(found, Given):
        return [Reply((Text("code-unknown"),))]
    held = found.held
    goes_on = [Choice("apply-continue", held.id, Text("choice-resume"))] if held.draft else []
    shows = [Choice("application", held.id, Text("applications-open", {"number": held.application.receipt}))] if held.application else []
    effect = await use.passing.take(incoming, chat.data, held, chat.now)
    return [effect, Reply((Text("hand-on-done", {"name": _named(held)}),), (*goes_on, *shows, _MINE))]


async def join(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    effect = await use.passing.join(incoming, chat.data, chat.now)
    return [effect, Reply((Text("link-done"),), (_MINE, LINKS))]


async def not_now(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return [Reply((Text("code-not"),), (_MINE,))]


# ---- being the same person on several platforms ----


async def link(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Where else the person is known, and how to add a place."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("link-private"),))]
    chat.standing.step = ""
    places = await use.passing.places(incoming)
    told = tuple(Text("link-place", {"platform": platform_named(platform)}) for platform, _ in places)
    parts = tuple(
        Choice("link-part", f"{platform} {user}", Text("choice-part", {"platform": platform_named(platform)})) for platform, user in places
    )
    head = Text("link-title", bold=True) if places else Text("link-none")
    return [Reply((head, *told, Text("link-what")), (Choice("link-code", label=Text("choice-link-code")), *parts))]


async def link_code(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("link-private"),))]
    made = await use.passing.link_code(incoming, chat.now)
    return [Reply((Text("link-code", {"code": made}, bold=True), Text("link-how", {"code": made}), Text("link-secret")), (LINKS,))]


async def part(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    platform, _, user = chat.data.partition(" ")
    told = Text("link-parted", {"platform": platform_named(platform)})
    return [use.passing.part(incoming, platform, user, chat.now), Reply((told,), (LINKS,))]

"""A person's own data: what is kept and why, all of it to look at, and its deletion. In private chats only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

import yaml

from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Quote, Reply, Span, Text
from bot.storage.applications import Case
from bot.storage.privacy import Retention
from handlers import remind
from handlers.forms.asking import summary
from handlers.forms.desk import Open
from handlers.forms.draft import Draft
from handlers.forms.form import forms, notice_in_force
from handlers.forms.passing import platform_named
from handlers.forms.saying import Saying
from handlers.person import Told
from handlers.services import Conversation, Services
from reminders.own import Rule

SHOWN = 3
"""Applications told with their answers; the others are counted, and listed by /applications."""
SURE = timedelta(hours=1)
"""How long the question whether to delete everything stands."""
YEAR = 365
_MINE = Choice("my-data", label=Text("choice-my-data"))
_DELETE = Choice("delete-me", label=Text("choice-delete-me"))
_KEEP = Choice("delete-not", label=Text("choice-keep-data"))


def _elsewhere(command: str) -> Reply:
    return Reply((Text("privacy-private", {"command": command}),))


async def privacy(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What is kept, why, and how long."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [_elsewhere("privacy")]
    chat.standing.step = ""
    keep = Retention()
    times = {"days": keep.drafts.days, "years": keep.settled.days // YEAR}
    told = (Text("privacy-title", bold=True), Text("privacy-questions"), Text("privacy-applications", times), Text("privacy-reminders"))
    consent = (Text("privacy-consent", bold=True), Text(f"consent-{notice_in_force()}"))
    return [Reply((*told, Text("privacy-safe"), *consent), (_MINE, _DELETE))]


# ---- what we have ----


async def my_data(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Counts and the person's own answers; everything where no other company carries it."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [_elsewhere("my_data")]
    chat.standing.step = ""
    told = await use.records.told(incoming)
    blocks = [Text("data-title", bold=True), *_counts(told, use.zone), *_answers(told, chat, use)]
    if use.records.may_show_all(incoming):
        return [Reply((*blocks, Text("data-whole", bold=True), _whole(told)), (_DELETE,))]
    shortened = (Text("data-shortened"),) if told.drafts or told.cases else ()
    return [Reply((*blocks, *shortened), (_DELETE,))]


def _counts(told: Told, zone: tzinfo) -> list[Text]:
    found = told.found
    sizes = {
        "data-questions": len(found["earlier_questions"]),
        "data-web-chat": len(found["web_chat"]),
        "data-drafts": len(found["drafts"]),
        "data-applications": len(found.get("applications", ())),
        "data-profile": len(found.get("profile", ())),
        "data-subscriptions": len(found["subscriptions"]),
        "data-reminders": len(found["own_reminders"]),
        "data-log": len(found.get("log", ())),
    }
    since = found["person"].get("first_seen")
    first = [Text("data-since", {"on": datetime.fromisoformat(since).astimezone(zone).date()})] if since else []
    linked = [Text("data-linked", {"platform": platform_named(each["platform"])}) for each in found["linked"]]
    return [*first, *linked, *(Text(id, {"count": size}) for id, size in sizes.items() if size)] or [Text("data-nothing")]


def _answers(told: Told, chat: Conversation, use: Services) -> list[Text]:
    questions = [Text("data-line", {"words": each["text"]}) for each in told.found["earlier_questions"]]
    reminders = [remind.line(_rule(each), each["words"], chat, use) for each in told.found["own_reminders"]]
    return [
        *_headed(Text("data-questions-title", bold=True), questions),
        *_headed(Text("data-reminders-title", bold=True), reminders),
        *(line for each in told.drafts for line in _of_draft(each, chat.language)),
        *(line for each in told.cases[:SHOWN] for line in _of_case(each, chat.language)),
    ]


def _rule(told: Mapping[str, Any]) -> Rule:
    return Rule(datetime.fromisoformat(told["starts"]), told["zone"], told["rule"])


def _headed(head: Text, lines: Iterable[Text]) -> list[Text]:
    there = list(lines)
    return [head, *there] if there else []


def _of_draft(opened: Open, language: str) -> list[Text]:
    lines = Saying(opened.form, language).lines(summary(opened.form, opened.draft))
    return [Text("data-draft-title", {"name": Text(f"{opened.form.id}-name")}, bold=True), *(lines or [Text("data-no-answers")])]


def _of_case(case: Case, language: str) -> list[Text]:
    known = case.summary
    form = forms().get(known.programme)
    if form is None:
        return [Text("data-case-title", {"number": known.receipt, "name": known.programme}, bold=True)]
    title = Text("data-case-title", {"number": known.receipt, "name": Text(f"{form.id}-name")}, bold=True)
    if not case.answers:
        return [title, Text("data-no-answers")]
    draft = Draft.of(case.answers)
    return [title, *Saying(form, language).lines(summary(form, draft))]


def _whole(told: Told) -> Quote:
    """Without the conversation on the page, which would hold each telling of itself."""
    plain = {name: value for name, value in told.found.items() if name != "web_chat"}
    return Quote((Span(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)),))


# ---- leaving ----


async def delete_me(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Asks first."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [_elsewhere("delete_me")]
    chat.standing.step = ""
    told = (
        Text("delete-title", bold=True),
        Text("delete-goes"),
        *await _besides(incoming, use),
        Text("delete-stays"),
        Text("delete-final"),
    )
    return [Reply(told, (Choice("delete-sure", chat.now.isoformat(), Text("choice-delete-sure")), _KEEP))]


async def _besides(incoming: Incoming, use: Services) -> list[Text]:
    """What goes with some people only."""
    count, places = await use.records.still_open(incoming), await use.passing.places(incoming)
    return [
        *([Text("delete-withdrawn", {"count": count})] if count else []),
        *([Text("delete-linked")] if places else []),
        *(Text("link-place", {"platform": platform_named(platform)}) for platform, _ in places),
        *([Text("delete-staff")] if await use.review.member(incoming) else []),
    ]


async def delete_not(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    return [Reply((Text("delete-kept"),), (_MINE,))]


async def delete_sure(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Everything goes. A question from long ago is asked anew."""
    if incoming.chat_kind is not ChatKind.PRIVATE or datetime.fromisoformat(chat.data) < chat.now - SURE:
        return await delete_me(incoming, chat, use)
    return [use.records.erasure(incoming, chat.now), Note(Text("deleted-note")), Reply((Text("deleted"),))]

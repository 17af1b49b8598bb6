"""Who answers what, and where: the only place that says so."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.later import later
from bot.core.message import LASTING, Answer, ChatKind, Choice, Incoming, Kind
from handlers import ask, basics, browse, card, choosing, stray, wanting
from handlers.forms.vocabulary import command
from handlers.services import Conversation, Handler, Services

if TYPE_CHECKING:
    from handlers import (
        applications,
        applying,
        crossing,
        filling,
        handing,
        hot,
        notices,
        papers,
        privacy,
        remind,
        reminded,
        subscribing,
        subscriptions,
        week,
        windows,
    )
    from handlers.staff import catchup, exporting, programmes, publishing, review, workdays
    from handlers.staff import notices as staff_notices
else:
    applications, applying, crossing, filling = later("handlers", "applications", "applying", "crossing", "filling")
    handing, hot, notices, papers = later("handlers", "handing", "hot", "notices", "papers")
    privacy, remind, reminded, subscribing = later("handlers", "privacy", "remind", "reminded", "subscribing")
    subscriptions, week, windows = later("handlers", "subscriptions", "week", "windows")
    catchup, exporting, programmes, publishing = later("handlers.staff", "catchup", "exporting", "programmes", "publishing")
    review, workdays, staff_notices = later("handlers.staff", "review", "workdays", "notices")

COMMANDS: dict[str, Handler] = {
    "start": basics.start,
    "help": basics.help_,
    "language": basics.language,
    "region": basics.region,
    "cancel": basics.cancel,
    "browse": browse.browse,
    "ask": ask.ask,
    "hot": hot.hot,
    "windows": windows.windows,
    "notices": notices.notices,
    "known": notices.known,
    "compose": staff_notices.compose,
    "subscribe": subscribing.subscribe,
    "subscriptions": subscriptions.subscriptions,
    "remind": remind.remind,
    "reminders": remind.reminders,
    "publish": publishing.publish,
    "extend": publishing.extend,
    "correct": publishing.correct,
    "withdraw": publishing.withdraw,
    "workdays": workdays.workdays,
    "week": week.programme,
    "catchup": catchup.catchup,
    "apply": applying.apply,
    "applications": applications.applications,
    "privacy": privacy.privacy,
    "my_data": privacy.my_data,
    "delete_me": privacy.delete_me,
    "staff": review.link,
    "review": review.review,
    "programmes": programmes.programmes,
    "code": handing.code,
    "form": crossing.arrive,
    "link": handing.link,
}

WISHES: dict[str, Handler] = {**COMMANDS, "apply": applying.wished}
"""Who answers a command said in everyday words."""

ACTIONS: dict[str, Handler] = {
    "ask": ask.ask_chosen,
    "question": ask.ask_literally,
    "liked": card.liked,
    "disliked": card.disliked,
    "region": ask.ask_in_region,
    "browse": browse.browse,
    "clause": card.show,
    "context": card.context,
    "related": card.related,
    "others": card.others,
    "elsewhere": card.elsewhere,
    "language": basics.choose_language,
    "region-chosen": basics.choose_region,
    "help": basics.help_,
    "windows": windows.windows,
    "notices-region": basics.region,
    "notice-wish": notices.wish,
    "notice-stop": notices.stop,
    "notice-known": notices.known,
    "notices": staff_notices.compose,
    "notice": staff_notices.open_,
    "notice-new": staff_notices.new,
    "notice-field": staff_notices.field,
    "notice-set": staff_notices.set_,
    "notice-preview": staff_notices.preview,
    "notice-submit": staff_notices.submit,
    "notice-submit-sure": staff_notices.submitted,
    "notice-approve": staff_notices.approve,
    "notice-reject": staff_notices.reject,
    "notice-withdraw": staff_notices.withdraw,
    "notice-discard": staff_notices.discard,
    "notice-code": staff_notices.code,
    "notice-report": staff_notices.report_,
    "notice-correct": staff_notices.correct,
    "notice-pause": staff_notices.pause,
    "notice-resume": staff_notices.resume,
    "notice-cancel": staff_notices.cancel,
    "notice-cancel-sure": staff_notices.cancelled,
    "window": windows.window,
    "hints": windows.hints,
    "hint": windows.hint,
    "subscribe": subscribing.subscribe,
    "subscriptions": subscriptions.subscriptions,
    "subscription": subscriptions.subscription,
    "adjust": subscriptions.adjust,
    "invite": subscriptions.invite,
    "feed": subscriptions.feed,
    "week": windows.week,
    "unsubscribe": subscriptions.unsubscribe,
    "reminder-stop": reminded.stop,
    "reminder-done": reminded.done,
    "reminder-later": reminded.later,
    "remind-pick": remind.pick,
    "own-list": remind.reminders,
    "own-stop": remind.stop,
    "own-later": remind.later,
    "publish-confirm": publishing.confirm,
    "workdays": workdays.workdays,
    "workdays-confirm": workdays.confirm,
    "week-programme": week.programme,
    "week-confirm": week.confirm,
    "week-off": week.off,
    "catchup": catchup.catchup,
    "catchup-send": catchup.send,
    "catchup-drop": catchup.drop,
    "apply": applying.apply,
    "apply-place": applying.of_place,
    "apply-begin": applying.begin,
    "apply-continue": filling.continue_,
    "apply-discard": filling.discard_ask,
    "apply-discard-sure": filling.discard,
    "form": filling.pressed,
    "applications": applications.applications,
    "application": applications.application,
    "sheet": papers.sheet,
    "withdraw-ask": applications.withdraw_ask,
    "withdraw": applications.withdraw,
    "privacy": privacy.privacy,
    "my-data": privacy.my_data,
    "delete-me": privacy.delete_me,
    "delete-sure": privacy.delete_sure,
    "delete-not": privacy.delete_not,
    "review": review.review,
    "review-queue": review.queue,
    "review-open": review.open_,
    "review-claim": review.claim,
    "review-decide": review.decide,
    "review-confirm": review.confirm,
    "review-fields": review.fields,
    "review-why": review.why,
    "review-send": review.send_,
    "review-export": exporting.which,
    "review-export-of": exporting.of_programme,
    "review-export-make": exporting.make,
    "review-reveal": review.reveal,
    "review-file": review.file,
    "hand-on-list": handing.which,
    "hand-on": handing.give,
    "hand-on-void": handing.void,
    "web-form-here": crossing.settle,
    "code-take": handing.take,
    "code-join": handing.join,
    "code-not": handing.not_now,
    "link": handing.link,
    "link-code": handing.link_code,
    "link-part": handing.part,
    "programmes": programmes.programmes,
    "programme": programmes.programme,
    "programme-off": programmes.off,
    "programme-sure": programmes.sure,
    "programme-on": programmes.on,
}

LASTING_ACTIONS = frozenset(
    {
        *("notice-stop", "notice-known", "notice", "notice-pause", "notice-resume", "notice-cancel"),
        *("reminder-done", "reminder-later", "reminder-stop", "apply-begin", "clause", "window", "subscriptions", "week"),
        *("catchup", "workdays"),
    }
)
"""Buttons that many share. Their handlers look up who presses, and what about."""

STEPS: dict[str, Handler] = {
    "notice": staff_notices.typed,
    "form": filling.said,
    "review": review.said,
    "export": exporting.said,
    "programme": programmes.said,
}
"""Who reads what is typed while something was asked for; by the first part of the conversation's step."""

KINDS: dict[Kind, Handler] = {
    Kind.JOINED: basics.joined,
    Kind.LEFT: basics.left,
    Kind.ATTACHMENT: basics.attachment,
    Kind.INLINE: ask.inline,
}

AFTERWARDS: dict[str, Handler] = {"resume": filling.resume, "submit": applications.submitted}
"""Words of a dialog that mean something outside of it, too."""

MENU = {
    ChatKind.PRIVATE: (
        "ask",
        "hot",
        "browse",
        "region",
        "windows",
        "week",
        "notices",
        "subscribe",
        "subscriptions",
        "remind",
        "reminders",
        "apply",
        "applications",
        "link",
        "privacy",
        "language",
        "help",
        "cancel",
    ),
    ChatKind.GROUP: ("ask", "hot", "browse", "region", "windows", "notices", "subscribe", "remind", "help"),
}
"""The commands each kind of chat shows; `menu-<command>` describes them."""


def route(incoming: Incoming, chat: Conversation) -> Handler | None:
    """The handler for what happened; None when silence is the right answer."""
    asked_for = STEPS.get(chat.standing.step.partition(":")[0]) if incoming.chat_kind is ChatKind.PRIVATE else None
    if asked_for is filling.said and _is_of_another_list(incoming, chat):
        return _of_the_list
    if incoming.kind in (Kind.TEXT, Kind.ATTACHMENT) and asked_for is filling.said:
        return filling.said
    if incoming.kind is Kind.ATTACHMENT and asked_for:
        return asked_for
    if incoming.kind in KINDS:
        return KINDS[incoming.kind]
    if incoming.kind is Kind.EDITED and incoming.chat_kind is not ChatKind.PRIVATE:
        return None
    if not incoming.addressed or incoming.chat_kind is ChatKind.CHANNEL:
        return None
    if incoming.kind is Kind.PRESS:
        return ACTIONS.get(chat.choice.action, basics.expired) if chat.choice else basics.expired
    if incoming.kind is Kind.COMMAND:
        return COMMANDS.get(incoming.command) or _without_slash(incoming) or _unknown
    return _of_words(incoming, chat, asked_for)


def _is_of_another_list(incoming: Incoming, chat: Conversation) -> bool:
    """A number while a form is open, where something else was listed after its question."""
    listed = (
        chat.counted and chat.choice is not None and chat.choice.action in ACTIONS and ACTIONS[chat.choice.action] is not filling.pressed
    )
    return incoming.kind is Kind.TEXT and listed and choosing.numbered(incoming.text) is not None


async def _of_the_list(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    # The next number answers the form again, unless there is another list.
    chat.standing.offer = ""
    return await ACTIONS[chat.choice.action](incoming, chat, use) if chat.choice else []


def _of_words(incoming: Incoming, chat: Conversation, asked_for: Handler | None) -> Handler:
    if incoming.kind is Kind.EDITED and asked_for:
        # Which of the earlier messages it was is not known: as an answer to what is asked now it would stand in the wrong place.
        return basics.edited
    if chat.choice:
        return ACTIONS.get(chat.choice.action, ask.ask)
    if command(incoming.text) == "cancel":
        return basics.cancel
    if asked_for:
        return asked_for
    if incoming.chat_kind is ChatKind.PRIVATE and command(incoming.text) in AFTERWARDS:
        return AFTERWARDS[command(incoming.text)]
    if choosing.bare_number(incoming.text) is not None:
        return basics.no_such_number
    if stray.is_stray(incoming.text, incoming.chat_kind):
        return stray.stray
    return _commanded(wanting.wanted(incoming.text)) or ask.ask


_unknown = partial(basics.unknown_command, known=MENU[ChatKind.PRIVATE])


def _without_slash(incoming: Incoming) -> Handler | None:
    """/stop, /skip, /back: what is heard without the slash is meant with it, too."""
    if incoming.chat_kind is not ChatKind.PRIVATE or not command(incoming.command):
        return None

    async def handler(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
        said = replace(incoming, kind=Kind.TEXT, command="", text=incoming.command)
        meant = route(said, chat)
        return await meant(said, chat, use) if meant else []

    return handler


def is_filling(chat: Conversation) -> bool:
    """Whether a form asks something here."""
    return chat.standing.step.partition(":")[0] == "form"


def leaves(handler: Handler | None, incoming: Incoming, chat: Conversation) -> bool:
    """Whoever presses or commands something else does not write any more what staff were asked for: the next words would be taken for
    it, and sent. A form waits; the exit itself says what it ended."""
    turned = incoming.kind in (Kind.PRESS, Kind.COMMAND) or chat.choice is not None
    return turned and not is_filling(chat) and handler not in _LEADS_NOWHERE


_LEADS_NOWHERE = (None, basics.cancel, basics.expired, basics.unknown_command, basics.of_another)


def _commanded(wanted: wanting.Wanted | None) -> Handler | None:
    """As if the command had been typed."""
    if wanted is None:
        return None

    async def handler(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
        meant = replace(incoming, kind=Kind.COMMAND, command=wanted.command, text=wanted.text)
        return await WISHES[wanted.command](meant, chat, use)

    return handler


def lasting(press: str) -> Choice | None:
    """What a button means that many share."""
    action, _, data = press.removeprefix(LASTING).partition(":")
    return Choice(action, data) if action in LASTING_ACTIONS else None

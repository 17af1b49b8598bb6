"""Who answers what, and where: the only place that says so."""

from __future__ import annotations

from bot.core.message import ChatKind, Incoming, Kind
from handlers import ask, basics, browse, card, hot, windows
from handlers.services import Conversation, Handler

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
}

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
}

KINDS: dict[Kind, Handler] = {
    Kind.JOINED: basics.joined,
    Kind.LEFT: basics.left,
    Kind.ATTACHMENT: basics.attachment,
    Kind.INLINE: ask.inline,
}

# Typed without a slash, in any language we speak.
CANCEL_WORDS = frozenset({"取消", "退出", "cancel", "quit", "exit"})

MENU = {
    ChatKind.PRIVATE: ("ask", "hot", "browse", "region", "windows", "language", "help", "cancel"),
    ChatKind.GROUP: ("ask", "hot", "browse", "region", "windows", "help"),
}
"""The commands each kind of chat shows; `menu-<command>` describes them."""


def route(incoming: Incoming, chat: Conversation) -> Handler | None:
    """The handler for what happened; None when silence is the right answer."""
    if incoming.kind in KINDS:
        return KINDS[incoming.kind]
    if incoming.kind is Kind.EDITED and incoming.chat_kind is not ChatKind.PRIVATE:
        return None
    if not incoming.addressed or incoming.chat_kind is ChatKind.CHANNEL:
        return None
    if incoming.kind is Kind.PRESS:
        return ACTIONS.get(chat.choice.action, basics.expired) if chat.choice else basics.expired
    if incoming.kind is Kind.COMMAND:
        return COMMANDS.get(incoming.command, basics.unknown_command)
    if chat.choice:
        return ACTIONS.get(chat.choice.action, ask.ask)
    if incoming.text.strip().lower() in CANCEL_WORDS:
        return basics.cancel
    return ask.ask

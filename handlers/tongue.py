"""In which language a person is answered: the one they chose, or else the one they write, or else their client's."""

from __future__ import annotations

from bot.core.message import Incoming, Kind
from bot.words import SOURCE
from handlers.services import Conversation, Services
from knowledge.normal import is_han, is_traditional

_HAN = "han"
"""Chinese that is written alike in simplified and traditional characters, or simplified."""
_WRITTEN = frozenset({Kind.TEXT, Kind.EDITED, Kind.INLINE})
_ENOUGH = 2
"""Words of an English message: a single hello is said in any language."""


def answered_in(incoming: Incoming, chat: Conversation, use: Services) -> str:
    """What is pressed or numbered is answered like what was written last."""
    if chat.standing.language:
        return chat.standing.language
    earlier = next((tongue for text in reversed(chat.earlier()) if (tongue := _written(text, use))), "")
    tongue = (_written(incoming.text, use) if incoming.kind in _WRITTEN or incoming.command == "ask" else "") or earlier
    client = use.words.nearest(chat.standing.client_language)
    if tongue == _HAN:
        return _chinese(earlier, client)
    return tongue or client


def _chinese(earlier: str, client: str) -> str:
    if earlier not in ("", _HAN, "en"):
        return earlier
    return client if client != "en" else SOURCE


def _written(text: str, use: Services) -> str:
    if is_traditional(text):
        return "zh-TW"
    if any(map(is_han, text)):
        return _HAN
    return "en" if len(text.split()) >= _ENOUGH and use.knowledge.is_english(text) else ""

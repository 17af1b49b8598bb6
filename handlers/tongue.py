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
    """What is pressed, numbered or filled in is answered like what was written last, which is kept."""
    standing, client = chat.standing, use.words.nearest(chat.standing.client_language)
    if standing.language:
        return standing.language
    if told := _told(incoming, chat, use):
        standing.tongue = _chinese(standing.tongue, client) if told == _HAN else told
    return standing.tongue or client


def _told(incoming: Incoming, chat: Conversation, use: Services) -> str:
    """A choice has our words, and a company has a Chinese name in any language: it says nothing about whoever fills it in."""
    if chat.choice or not (incoming.kind in _WRITTEN or incoming.command == "ask"):
        return ""
    return "" if chat.standing.step and not use.knowledge.is_asking(incoming.text) else _written(incoming.text, use)


def _chinese(earlier: str, client: str) -> str:
    if earlier not in ("", "en"):
        return earlier
    return client if client != "en" else SOURCE


def _written(text: str, use: Services) -> str:
    if is_traditional(text):
        return "zh-TW"
    if any(map(is_han, text)):
        return _HAN
    return "en" if len(text.split()) >= _ENOUGH and use.knowledge.is_english(text) else ""

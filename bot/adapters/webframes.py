"""What a page and we say to each other, as JSON: its words read, ours drawn.

    browser  hello {chat, seen, language} · say {key, text} · press {key, message, token} · files {key, files: [{file, name, size}]}
             language {key, language} · form {key, code, label} · ping
    server   welcome {chat, seen} · lines [{number, key, author, replaces, at, body}] · current · stored {key} · failed {key}
             later {key, after} · refused {key, reason} · typing · note {text} · pong

Files come before the message that names them, in requests of their own (`bot.adapters.webfiles`), which give the ticket to name them by.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import WSMessage, WSMsgType

from bot.core.errors import ZhiceError
from bot.core.message import Attached, Block, Button, Enclosed, Outgoing
from bot.core.platform import Limits
from bot.storage.arrivals import TICKET
from bot.storage.webchat import PERSON, Line

LIMITS = Limits(text=4000, buttons=24, edits=True, notes=True, ours=True, files=True, document=50 << 20, picture=10 << 20)
FRAME = 64 * 1024
FILES = 10
"""In one message."""


class Problem(ZhiceError):
    """What the browser sent cannot be used. The reason is for the page, which has the words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_HARMFUL: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """Without control and direction characters, which make a text read otherwise than it is, and without halves of characters."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in whole if letter in "\n\t" or (letter not in _HARMFUL and unicodedata.category(letter) not in ("Cc", "Cs"))
    )


def said(asked: Mapping[str, Any]) -> str:
    text = string(asked, "text", FRAME).strip()
    if not text:
        raise Problem("empty")
    if len(text) > LIMITS.text:
        raise Problem("too-long")
    return text


def files(asked: Mapping[str, Any], chat: str) -> tuple[Attached, ...]:
    """Each by its ticket, with the conversation it was brought in: nobody can name what came in another."""
    named = asked.get("files")
    if not isinstance(named, list) or not 0 < len(named) <= FILES or not all(isinstance(file, dict) for file in named):
        raise Problem("malformed")
    return tuple(_file(file, chat) for file in named)


def _file(named: Mapping[str, Any], chat: str) -> Attached:
    ticket, size = string(named, "file", 100), number(named, "size")
    if not TICKET.fullmatch(ticket):
        raise Problem("malformed")
    return Attached(f"{chat}/{ticket}", string(named, "name", 255).strip(), size)


def read(message: WSMessage) -> Mapping[str, Any]:
    if message.type is not WSMsgType.TEXT:
        raise Problem("malformed")
    try:
        asked = json.loads(message.data)
    except (ValueError, RecursionError):
        raise Problem("malformed") from None
    if not isinstance(asked, dict):
        raise Problem("malformed")
    return asked


def string(asked: Mapping[str, Any], name: str, most: int) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise Problem("malformed")
    return clean(value)


def number(asked: Mapping[str, Any], name: str) -> int:
    """A true or false is a number to Python alone: a database may refuse it."""
    value = asked.get(name)
    if type(value) is not int or not 0 < value < 2**31:
        raise Problem("malformed")
    return value


def drawn(message: Outgoing) -> dict[str, Any]:
    enclosed = {"enclosed": _goes_along(message.enclosed)} if message.enclosed else {}
    return {
        "blocks": [_block(block) for block in message.blocks],
        "buttons": [_button(button) for button in message.buttons],
        "language": message.language,
        **enclosed,
    }


def _goes_along(enclosed: Enclosed) -> dict[str, Any]:
    is_shown = LIMITS.shows(enclosed)
    sides = {"width": enclosed.width, "height": enclosed.height} if is_shown else {}
    return {"id": enclosed.id, "name": clean(enclosed.name), "size": enclosed.size, "shown": is_shown, **sides}


def _block(block: Block) -> dict[str, Any]:
    spans = [{"text": clean(span.text), "bold": span.bold, "link": span.link} for span in block.spans]
    return {"quote": block.quote, "spans": spans}


def _button(button: Button) -> dict[str, Any]:
    return {"label": clean(button.label), "token": button.token, "url": button.url}


def shown(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "key": line.key if line.author == PERSON else "",
        "author": line.author,
        "replaces": line.replaces,
        "at": line.at.isoformat(),
        "body": line.body,
    }


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

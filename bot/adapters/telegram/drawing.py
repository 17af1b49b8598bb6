"""What we say as Telegram wants it: HTML, rows of buttons, the parts of a request."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import telegram as tg
from telegram.constants import ParseMode

from bot.adapters.telegram.wire import dumped
from bot.core.fit import units
from bot.core.message import Block, Button, InlineResult, Outgoing, Span, Where

# Control and bidirectional characters, and halves of characters, which have no UTF-8.
_INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NO_PREVIEW: Final = tg.LinkPreviewOptions(is_disabled=True)
DRAWN: Final = 64
"""Wordings kept as they were drawn."""
FOLD = 700
"""Characters from which a quotation is folded. An answer's clause is shorter: folding would hide the sentence that answers."""


def clean(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _escape(text: str) -> str:
    """The one way text becomes HTML here, in paragraphs and in attributes."""
    return html.escape(clean(text))


# What goes to many is drawn once.
@lru_cache(maxsize=DRAWN)
def plain_of(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(text for block in blocks if (text := clean(block.text)))


@lru_cache(maxsize=DRAWN)
def markup_of(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(_paragraph(block) for block in blocks if clean(block.text))


@lru_cache(maxsize=DRAWN)
def length_of(blocks: tuple[Block, ...]) -> int:
    return units(plain_of(blocks))


def _paragraph(block: Block) -> str:
    inner = "".join(map(_drawn, block.spans))
    if not block.quote:
        return inner
    return f"<blockquote{' expandable' if len(block.text) > FOLD else ''}>{inner}</blockquote>"


def _drawn(span: Span) -> str:
    drawn = _escape(span.text)
    if drawn and span.link.startswith(("https://", "http://")):
        drawn = f'<a href="{_escape(span.link)}">{drawn}</a>'
    return f"<b>{drawn}</b>" if drawn and span.bold else drawn


def _rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """Two short labels share a row, a long one has its own; the order stays."""
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and _is_short(button.label) and _is_short(rows[-1][0].label):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


# The same buttons stand under every answer.
@lru_cache(maxsize=512)
def _is_short(label: str) -> bool:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in label) <= 16


def keyboard_of(buttons: Sequence[Button]) -> tg.InlineKeyboardMarkup | None:
    keys = _keys(buttons)
    return tg.InlineKeyboardMarkup([[tg.InlineKeyboardButton(**key) for key in row] for row in keys]) if keys else None


def _keys(buttons: Sequence[Button]) -> list[list[dict[str, Any]]]:
    return [[_key(button) for button in row] for row in _rows(buttons)]


def _key(button: Button) -> dict[str, Any]:
    label = clean(button.label)
    return {"text": label, "url": button.url} if button.url else {"text": label, "callback_data": button.token}


def article_of(result: InlineResult) -> tg.InlineQueryResultArticle:
    content = tg.InputTextMessageContent(markup_of(result.body), ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return tg.InlineQueryResultArticle(result.id, clean(result.title), content, description=clean(result.hint))


def chat_of(where: Where) -> int | str:
    return int(where.chat) if re.fullmatch(r"-?[0-9]+", where.chat) else where.chat


def place_of(where: Where) -> dict[str, Any]:
    thread = number_in(where.thread)
    return {"chat_id": chat_of(where)} | ({} if thread is None else {"message_thread_id": thread})


def addressed_to(message: Outgoing) -> bytes:
    """The part of a request that is for one recipient alone, up to where `said_to_all` goes on."""
    to = place_of(message.where)
    if reply_to := number_in(message.reply_to):
        to["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    return dumped(to)[:-1] + b", "


@lru_cache(maxsize=DRAWN)
def said_to_all(text: str, mode: str | None, buttons: tuple[Button, ...], paid: bool | None) -> bytes:
    """The part that is the same for all."""
    keys = _keys(buttons)
    said = {
        "text": text,
        "parse_mode": mode,
        "reply_markup": {"inline_keyboard": keys} if keys else None,
        "link_preview_options": {"is_disabled": True},
        "allow_paid_broadcast": paid,
    }
    return dumped({name: value for name, value in said.items() if value is not None})[1:]


def number_in(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def within_a_structure(media: str | tg.InputFile) -> str | tg.InputFile:
    """Within a structure a file stands as a reference to another part of the request."""
    return tg.InputFile(media.input_file_content, filename=media.filename, attach=True) if isinstance(media, tg.InputFile) else media

"""Degrades a message to what a platform can carry: buttons become a numbered list, long text becomes several messages, a file too large is
left out (whoever encloses one sees to it before)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.message import Block, Outgoing, Span
from bot.core.platform import Limits

GAP = 2
"""Characters between two blocks."""


def fit(message: Outgoing, limits: Limits) -> tuple[Outgoing, ...]:
    """The message as one or more that fit. Buttons stay with the last one, thread and file with the first."""
    if _fits(message, limits):
        return (message,)
    if not limits.edits:
        message = replace(message, edit="")
    if len(message.buttons) > limits.buttons:
        message = replace(message, blocks=(*message.blocks, _numbered(message)), buttons=())
    if message.enclosed and message.enclosed.size > limits.document:
        message = replace(message, enclosed=None)
    labels = tuple(replace(button, label=shorten(button.label, limits.label)) for button in message.buttons)
    pages = list(_pages(message.blocks, limits.words(enclosed=message.enclosed is not None)))
    parts = [replace(message, key=_key(message.key, n), blocks=page, buttons=()) for n, page in enumerate(pages)]
    parts[1:] = [replace(part, reply_to="", edit="", enclosed=None) for part in parts[1:]]
    parts[-1] = replace(parts[-1], buttons=labels)
    return tuple(parts)


def _fits(message: Outgoing, limits: Limits) -> bool:
    """Most do, as they are."""
    if message.enclosed or (message.edit and not limits.edits):
        return False
    if len(message.buttons) > limits.buttons or any(len(button.label) > limits.label for button in message.buttons):
        return False
    spans = [span.text for block in message.blocks for span in block.spans]
    return all(spans) and all(block.spans for block in message.blocks) and _length(message, spans) <= limits.text


def _length(message: Outgoing, spans: Sequence[str]) -> int:
    return sum(map(units, spans)) + GAP * len(message.blocks)


def shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def units(text: str) -> int:
    """UTF-16 units, the strictest count in use (Telegram's)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _key(key: str, number: int) -> str:
    return key if number == 0 else f"{key}+{number}"


def _numbered(message: Outgoing) -> Block:
    lines = [f"{number}. {button.label}" + (f" {button.url}" if button.url else "") for number, button in enumerate(message.buttons, 1)]
    return Block((Span("\n".join(lines)),))


def _pages(blocks: tuple[Block, ...], limit: int) -> Iterator[tuple[Block, ...]]:
    page: list[Block] = []
    room = limit
    for block in (piece for whole in blocks for piece in _pieces(whole, limit)):
        size = units(block.text) + GAP
        if page and size > room:
            yield tuple(page)
            page, room = [], limit
        page.append(block)
        room -= size
    yield tuple(page)


def _pieces(block: Block, limit: int) -> Iterator[Block]:
    """A block too long for any message is cut; nothing of it is dropped."""
    most = max(1, (limit - GAP) // 2 if units(block.text) != len(block.text) else limit - GAP)
    spans: list[Span] = []
    room = most
    for span in block.spans:
        text = span.text
        while len(text) > room:
            spans.append(replace(span, text=text[:room]))
            yield replace(block, spans=tuple(spans))
            text, spans, room = text[room:], [], most
        if text:
            spans.append(replace(span, text=text))
            room -= len(text)
    if spans:
        yield replace(block, spans=tuple(spans))

"""A reply becomes a message: worded, with a button for each choice and the offer that says what each button means."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.message import Block, Button, Choice, Outgoing, Quote, Text, Where
from bot.core.standing import OnOffer
from bot.words import Words

ANYBODY = "*"
"""In a group: whoever presses is meant."""


def draw(
    words: Words,
    blocks: Sequence[Text | Quote],
    choices: Sequence[Choice],
    *,
    key: str,
    where: Where,
    language: str,
    user: str,
    until: datetime,
    edit: str = "",
    reply_to: str = "",
) -> tuple[Outgoing, OnOffer | None]:
    said = worded(words, blocks, choices, language)
    return assemble(said, choices, key=key, where=where, language=language, user=user, until=until, edit=edit, reply_to=reply_to)


@dataclass(frozen=True)
class Worded:
    blocks: tuple[Block, ...]
    labels: tuple[str, ...]


def worded(words: Words, blocks: Sequence[Text | Quote], choices: Sequence[Choice], language: str) -> Worded:
    labels = tuple(words.say(choice.label, language) if isinstance(choice.label, Text) else choice.label for choice in choices)
    return Worded(tuple(words.block(part, language) for part in blocks), labels)


def assemble(
    said: Worded,
    choices: Sequence[Choice],
    *,
    key: str,
    where: Where,
    language: str,
    user: str,
    until: datetime,
    edit: str = "",
    reply_to: str = "",
) -> tuple[Outgoing, OnOffer | None]:
    """The same words may go to many: each gets buttons of its own."""
    token = secrets.token_urlsafe(12)
    buttons = tuple(
        Button(label, url=choice.url) if choice.url else Button(label, f"{token}.{index}")
        for index, (label, choice) in enumerate(zip(said.labels, choices, strict=True))
    )
    message = Outgoing(key, where, said.blocks, buttons, reply_to=reply_to, edit=edit, language=language)
    return message, OnOffer(token, where, user, tuple(choices), until) if buttons else None


KEEP = timedelta(days=90)
"""How long the buttons of a message nobody asked for work: a reminder may be found again late."""

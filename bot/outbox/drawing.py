"""A reply becomes a message: worded, with a button for each choice and the offer that says what each button means."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.message import Button, Choice, Outgoing, Quote, Text, Where
from bot.core.standing import OnOffer
from bot.words import Words

ANYBODY = "*"
"""In a group: whoever presses is meant."""
KEEP = timedelta(days=90)
"""How long the buttons of a message nobody asked for work: a reminder may be found again late. `keys.OFFERS` lasts longer."""


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
    token = secrets.token_urlsafe(12)
    buttons = tuple(_button(words, choice, f"{token}.{index}", language) for index, choice in enumerate(choices))
    said = tuple(words.block(part, language) for part in blocks)
    message = Outgoing(key, where, said, buttons, reply_to=reply_to, edit=edit, language=language)
    return message, OnOffer(token, where, user, tuple(choices), until) if buttons else None


def _button(words: Words, choice: Choice, token: str, language: str) -> Button:
    label = words.say(choice.label, language) if isinstance(choice.label, Text) else choice.label
    return Button(label, url=choice.url) if choice.url else Button(label, token)

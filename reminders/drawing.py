"""Messages as they go out: what many hear is worded once and pointed at by each; what is somebody's own has its own words and buttons."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.core.fit import fit
from bot.core.message import LASTING, Block, Button, Choice, Outgoing, Text, Where
from bot.core.platform import Limits, WayIn, no_way_in
from bot.core.standing import OnOffer
from bot.outbox.drawing import ANYBODY, KEEP, draw
from bot.storage.values import OUTGOING, to_json
from bot.words import Words
from reminders import notice
from reminders.decision import Message
from reminders.places import Place

REMEMBERED = 256
"""Sheets kept for the next who hears the same."""
LONGEST = 64
"""Bytes of a button's token."""
NO_LIMITS = Limits(text=4096, buttons=10)
_NOWHERE = Where("", "", "")


@dataclass(frozen=True)
class Sheet:
    """Words that many hear, in the parts that their platform can carry."""

    name: str
    """By their content: the same words have the same name in every process."""
    parts: tuple[Outgoing, ...]


class Drawer:
    def __init__(self, words: Words, limits: Mapping[str, Limits], way_in: WayIn = no_way_in) -> None:
        self._words, self._limits, self._way_in = words, limits, way_in
        self._sheets: dict[object, tuple[tuple[Text, ...], Sheet]] = {}

    def limits(self, platform: str) -> Limits:
        return self._limits.get(platform, NO_LIMITS)

    def sheet(self, message: Message) -> Sheet | None:
        """None where the words are somebody's own, or typed numbers stand for buttons: those need a row that says what they mean."""
        if message.personal or not self.limits(message.place.where.platform).buttons:
            return None
        return self._shared(*message.said, message.place)

    def outdated(self, place: Place) -> Sheet:
        """The earlier step's message loses its buttons and says that there is a newer one below."""
        return self._shared(_OUTDATED, (), place, edit_only=True)

    def _shared(self, blocks: tuple[Text, ...], choices: tuple[Choice, ...], place: Place, *, edit_only: bool = False) -> Sheet:
        # The blocks come from caches of their own: as long as they are kept here, their identity stays theirs.
        choices = self._for(choices, place)
        spelled = tuple((choice.action, choice.data, choice.url) for choice in choices)
        key = (place.where.platform, self.language(place), tuple(map(id, blocks)), spelled)
        if key not in self._sheets:
            if len(self._sheets) > REMEMBERED:
                self._sheets.clear()
            self._sheets[key] = blocks, self._worded(blocks, choices, place, edit_only)
        return self._sheets[key][1]

    def _worded(self, blocks: tuple[Text, ...], choices: tuple[Choice, ...], place: Place, edit_only: bool) -> Sheet:
        language = self.language(place)
        said: tuple[Block, ...] = tuple(self._words.block(block, language) for block in blocks)
        buttons = tuple(button for choice in choices if (button := self._button(choice, language)))
        drawn = Outgoing("", _NOWHERE, said, buttons, language=language, edit_only=edit_only)
        parts = fit(drawn, self.limits(place.where.platform))
        name = hashlib.sha256("\n".join(to_json(OUTGOING, part) for part in parts).encode()).hexdigest()[:32]
        return Sheet(name, parts)

    def _button(self, choice: Choice, language: str) -> Button | None:
        """One that many share says itself what it means. What is too long for that is found behind another button."""
        label = self._words.say(choice.label, language) if isinstance(choice.label, Text) else choice.label
        if choice.url:
            return Button(label, url=choice.url)
        token = f"{LASTING}{choice.action}:{choice.data}"
        return Button(label, token) if len(token.encode()) <= LONGEST else None

    def alone(self, message: Message, now: datetime) -> tuple[tuple[Outgoing, ...], OnOffer | None]:
        """The message with words and an offer of its own."""
        place, (blocks, choices) = message.place, message.said
        user = ANYBODY if place.group else place.user
        drawn, offer = draw(
            self._words,
            blocks,
            self._for(choices, place),
            key=key(message),
            where=place.where,
            language=self.language(place),
            user=user,
            until=now + KEEP,
        )
        return fit(drawn, self.limits(place.where.platform)), offer

    def language(self, place: Place) -> str:
        return place.language or self._words.nearest(place.client_language)

    def _for(self, choices: tuple[Choice, ...], place: Place) -> tuple[Choice, ...]:
        """Nobody fills in a form in a group: there the button leads to the private chat."""
        if not place.group:
            return choices
        return tuple(self._led_in(choice, place) if choice.action == notice.APPLY else choice for choice in choices)

    def _led_in(self, choice: Choice, place: Place) -> Choice:
        url = self._way_in(place.where, notice.payload(choice.data))
        return replace(choice, url=url) if url else choice


_OUTDATED = (Text("reminder-outdated"),)


def key(message: Message) -> str:
    """One for each reminder and due time."""
    first = message.rows[0]
    return f"rem:{first.reminder}:{first.due_at.astimezone(UTC):%Y%m%dT%H%M%S}"

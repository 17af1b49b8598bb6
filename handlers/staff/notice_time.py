"""When a notice is to go out, as staff write it. Many wait for it: only what means one moment is taken."""

from __future__ import annotations

from datetime import datetime

from bot.core.errors import UserError
from bot.core.message import Text
from bot.notices.reading import is_soon
from reminders.dates import Day, Instant, Invalid, Past, Result, Scene, Unclear, read

LONGEST = 50
"""Characters that a time has at most."""


def moment(text: str, scene: Scene) -> datetime | None:
    """None: as soon as it is approved. Raises UserError, with what is missing."""
    if is_soon(text):
        return None
    result = read(text.strip(), scene) if len(text) <= LONGEST else Unclear()
    match result:
        case Instant(at=at, assumed=False, limit=False) if at > scene.now:
            return at
        case _:
            raise UserError(_problem(result))


def _problem(result: Result) -> Text:
    match result:
        case Instant(at=over, assumed=False, limit=False) | Past(was=Instant(at=over) | Day(on=over)):
            return Text("notice-time-over", {"at": over})
        case Day(on=day):
            return Text("notice-time-hour", {"day": day})
        case Instant(at=at):
            return Text("notice-time-hour", {"day": at.date()})
        case Unclear(choices=choices) if moments := [choice.at for choice in choices if isinstance(choice, Instant)]:
            return Text("notice-time-which", {"lines": tuple(Text("notice-time-one", {"at": at}) for at in moments)})
        case Invalid():
            return Text("notice-time-none")
        case _:
            return Text("notice-time-wrong")

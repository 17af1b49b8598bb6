"""The tree of what can go wrong.

ZhiceError
├── UserError          the person can mend it; has words
├── ConfigurationError the operator can mend it; one line each
├── NotAccepted        an incoming event could not be stored: the platform must keep it
├── Fenced             another process took over what we held
├── Stale              somebody changed it since it was read: read again, then decide
├── NotAllowed         the member of staff has no right to it
├── NotThere           it does not exist, or not for whoever asks
└── WrongMove          that step does not follow from where it stands
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.message import Text


class ZhiceError(Exception):
    pass


class UserError(ZhiceError):
    """Becomes a reply: `text` says what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


class ConfigurationError(ZhiceError):
    """Everything found wrong at once, one line each, each saying what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class NotAccepted(ZhiceError):
    pass


class Fenced(ZhiceError):
    pass


class Stale(ZhiceError):
    pass


class NotAllowed(ZhiceError):
    pass


class NotThere(ZhiceError):
    pass


class WrongMove(ZhiceError):
    pass

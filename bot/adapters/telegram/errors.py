"""What refusals and broken connections mean: for a message, and for how we stand with the platform."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from enum import StrEnum
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.core.platform import Gone, Later, Locked, Moved, Outcome, Refused, Unclear, Unfetched

logger = logging.getLogger(__name__)

_NOBODY_THERE: Final = re.compile(r"chat not found|user not found|peer_id_invalid|chat was (deleted|deactivated)", re.IGNORECASE)
_MALFORMED: Final = re.compile(r"can't parse|too long|text is empty|button_|keyboard|wrong http url|text must be", re.IGNORECASE)
_NO_MEDIA: Final = re.compile(
    r"caption is too long|image_process|photo_|wrong file|wrong type of|wrong remote file|file must be|too big|too large", re.IGNORECASE
)
_TOO_BIG: Final = re.compile(r"file is too big", re.IGNORECASE)


class State(StrEnum):
    """How we stand with the platform."""

    CONNECTING = "connecting"
    READY = "ready"
    OFFLINE = "offline"
    CONFLICT = "conflict"
    """Another program polls with the same token."""
    STALLED = "stalled"
    """What arrives cannot be stored; the platform keeps it for us."""
    LOCKED = "locked"
    """The token is refused."""

    @property
    def is_well(self) -> bool:
        return self in (State.CONNECTING, State.READY)


class Unsent(NetworkError):
    """The request was not taken: it never left, or something before the platform turned it away."""


class Broken(NetworkError):
    """The request was written and no certain answer came."""


class Wait(TelegramError):
    """429. Not the library's RetryAfter, whose constructor warns that its own attribute is outdated."""

    def __init__(self, after: timedelta | None) -> None:
        super().__init__(f"too many requests, retry after {after}")
        self.after = after


def reason_of(error: BaseException) -> str:
    """For logs and rows; foreign errors may quote an address, so only their class is told."""
    return str(error)[:200] if isinstance(error, TelegramError) else type(error).__name__


def unfetched_of(error: Exception) -> Unfetched:
    if not isinstance(error, BadRequest):
        logger.warning("Telegram: a file could not be asked for: %s", reason_of(error))
        return Unfetched.UNREACHABLE
    return Unfetched.TOO_LARGE if _TOO_BIG.search(str(error)) else Unfetched.GONE


def outcome_of(error: Exception, chat: str) -> Outcome:
    reason = reason_of(error)
    match error:
        case Wait(after=after):
            return Later(reason, after, everybody=not chat.startswith(("-", "@")))
        case ChatMigrated(new_chat_id=new):
            return Moved(str(new))
        case InvalidToken():
            return Locked(reason)
        case Forbidden():
            return Gone(reason)
        case BadRequest():
            return Gone(reason) if _NOBODY_THERE.search(reason) else Refused(reason, format=_is_malformed(reason))
        case Broken():
            return Unclear(reason)
        case NetworkError() | Conflict():  # never left, or turned down in the platform's own words
            return Later(reason)
        case _:
            return Unclear(reason)


def _is_malformed(reason: str) -> bool:
    return bool(_MALFORMED.search(reason) or _NO_MEDIA.search(reason))

"""An answer to a form that is not open: a company's name or number, or 都符合, typed where questions are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core import receipt
from bot.core.later import later
from bot.core.message import Answer, ChatKind, Choice, Incoming, Reply, Text
from handlers.choosing import bare
from handlers.forms.vocabulary import code
from handlers.services import Conversation, Services
from knowledge.lists import word_list
from knowledge.normal import normal

if TYPE_CHECKING:
    from handlers import applications, filling
else:
    applications, filling = later("handlers", "applications", "filling")

_FILE = Path(__file__).parent / "stray.yaml"
LONGEST = 60
"""Characters of one answer; what is longer tells or asks something."""


@dataclass(frozen=True)
class _Ways:
    words: frozenset[str]
    numbers: re.Pattern[str]
    names: re.Pattern[str]
    labels: re.Pattern[str]
    """What people write before a number."""


@cache
def _ways() -> _Ways:
    content = word_list(_FILE)
    numbers, names = (re.compile("|".join(content[key])) for key in ("numbers", "names"))
    return _Ways(frozenset(map(bare, content["words"])), numbers, names, re.compile(f"^(?:{'|'.join(content['labels'])})[是为: ]*"))


def is_stray(message: str, kind: ChatKind) -> bool:
    """Words of a form alone mean something in private only: a group agrees to many things."""
    if not message.strip() or len(message) > LONGEST:
        return False
    return is_personal(message) or (kind is ChatKind.PRIVATE and bare(message) in _ways().words)


def is_personal(message: str) -> bool:
    """A number or a name that says who somebody is, or several and nothing else."""
    parts = [part for part in _PARTS.split(normal(message)) if part.strip(_AROUND)]
    return _says_who(message) or (len(parts) > 1 and all(map(_says_who, parts)))


_PARTS = re.compile(r"[,;。\n]")
_AROUND = " 。.!,"


def _says_who(part: str) -> bool:
    value = _ways().labels.sub("", normal(part).strip(_AROUND))
    return bool(_ways().numbers.fullmatch(code(part)) or _ways().numbers.fullmatch(code(value)) or _is_named(normal(part)))


def _is_named(said: str) -> bool:
    return bool(_ways().names.fullmatch(said.strip(_AROUND)))


async def stray(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """It is not kept and not looked up: the way to the draft it may be meant for, or to beginning one."""
    if incoming.chat_kind is not ChatKind.PRIVATE:
        return [Reply((Text("stray-in-group"),))]
    if code(incoming.text).startswith(receipt.PREFIX):
        return await applications.of_receipt(incoming, chat, use)
    begun = await use.applications.drafts(incoming)
    ways = (Choice("apply", label=Text("choice-apply")), Choice("applications", label=Text("choice-applications")))
    if not begun:
        return [Reply((Text("stray-none"),), (*ways, Choice("help", label=Text("choice-help"))))]
    return [Reply((Text("stray-drafts"),), (*map(filling.going_on, begun), *ways))]

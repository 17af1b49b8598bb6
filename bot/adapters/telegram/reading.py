"""What Telegram tells, in our words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Final, TypeGuard

import telegram as tg

from bot.adapters.telegram.drawing import clean
from bot.core.clock import Clock
from bot.core.message import Attached, ChatKind, Incoming, Kind, Span, Where

PLATFORM: Final = "telegram"
WANTED: Final = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query", "my_chat_member"]
NOBODY: Final = frozenset({1087968824, 777000, 136817688})
"""Accounts that stand for an anonymous administrator, a linked channel, a channel speaking in a group: no person."""

# What Telegram itself marks as a command at the start of a message: "/usr/bin" and "/2024年" are none.
_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32}))?(?!\B|[/<>])")
_WORDS_ALONE: Final = frozenset({"message_id", "date", "chat", "from", "text"})
"""All that nearly every message has."""


@dataclass(frozen=True)
class _Said:
    text: str
    command: str = ""
    bot: str = ""
    """Whom the command names, lower case; "" for nobody in particular."""
    addressed: bool = False


def _coded(text: str) -> bytes:
    """Entities count in UTF-16 units, two bytes each."""
    return text.encode("utf-16-le", "surrogatepass")


def _piece(text: str, entity: tg.MessageEntity) -> str:
    return _coded(text)[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "replace")


def _without(text: str, entities: Sequence[tg.MessageEntity]) -> str:
    """The text without these pieces, nor the second of the two spaces each leaves behind."""
    if not entities:
        return text.strip()
    coded = _coded(text)
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        before, after = coded[: entity.offset * 2], coded[(entity.offset + entity.length) * 2 :]
        both_spaced = before.endswith(_coded(" ")) and after.startswith(_coded(" "))
        coded = before + after[2 if both_spaced else 0 :]
    return coded.decode("utf-16-le", "surrogatepass").strip()


def _spans(message: tg.Message) -> tuple[Span, ...]:
    """The words with their bold and their links; nothing when none are marked."""
    text = message.text or message.caption or ""
    marks = [
        entity
        for entity in message.entities or message.caption_entities
        if entity.type in (tg.MessageEntity.BOLD, tg.MessageEntity.TEXT_LINK)
    ]
    if not marks:
        return ()
    # Marks may lie within each other: cut wherever one begins or ends.
    cuts = sorted({0, len(_coded(text)) // 2, *(entity.offset for entity in marks), *(entity.offset + entity.length for entity in marks)})
    return tuple(_span(text, start, end, marks) for start, end in pairwise(cuts))


def _span(text: str, start: int, end: int, marks: Sequence[tg.MessageEntity]) -> Span:
    here = [entity for entity in marks if entity.offset <= start and end <= entity.offset + entity.length]
    words = _coded(text)[start * 2 : end * 2].decode("utf-16-le", "replace")
    return Span(
        words, any(entity.type == tg.MessageEntity.BOLD for entity in here), next((entity.url for entity in here if entity.url), "")
    )


def _files(message: tg.Message) -> tuple[Attached, ...]:
    """A document, or the largest of the sizes a photo comes in."""
    if document := message.document:
        return (Attached(document.file_id, clean(document.file_name or ""), document.file_size or 0, document.mime_type or ""),)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Attached(largest.file_id, "photo.jpg", largest.file_size or 0, "image/jpeg"),)
    return ()


def handle_of(sent: tg.Message) -> str:
    files = _files(sent)
    return files[0].id if files else ""


def _kind_of(chat: str) -> ChatKind:
    return {"private": ChatKind.PRIVATE, "channel": ChatKind.CHANNEL}.get(chat, ChatKind.GROUP)


def _is_somebody(user: Mapping[str, Any] | None) -> TypeGuard[Mapping[str, Any]]:
    return user is not None and not user.get("is_bot") and user["id"] not in NOBODY


def _split(raw: str, ours: Sequence[tg.MessageEntity]) -> _Said:
    """The command apart from the words; without the mentions of us."""
    text = _without(raw, ours)
    command = _COMMAND.match(text)
    if command is None:
        return _Said(text, addressed=bool(ours))
    return _Said(text[command.end() :].strip(), command[1].lower(), (command[2] or "").lower(), addressed=True)


def _person(user: tg.User | None, speaking_as: tg.Chat | None = None) -> tuple[str, str]:
    """Id and language; both "" when the platform names nobody."""
    if user is None or speaking_as is not None or user.id in NOBODY:
        return "", ""
    return str(user.id), user.language_code or ""


def _thread(message: tg.MaybeInaccessibleMessage) -> str:
    # Replies outside forums carry a message_thread_id too; it opens no place one could write to.
    if isinstance(message, tg.Message) and message.is_topic_message and message.message_thread_id:
        return str(message.message_thread_id)
    return ""


def without_rights(update: Mapping[str, Any]) -> dict[str, Any]:
    """The library insists on every single right of a member; a server one version away would cost us who joined and left."""
    change = update.get("my_chat_member")
    if change is None:
        return dict(update)
    members = {key: {"user": change[key]["user"], "status": _place(change[key])} for key in ("old_chat_member", "new_chat_member")}
    return {**update, "my_chat_member": {**change, **members}}


def _place(member: Mapping[str, Any]) -> str:
    is_outside = member["status"] in (tg.ChatMember.LEFT, tg.ChatMember.BANNED)
    if member["status"] == tg.ChatMember.RESTRICTED:
        is_outside = not member.get("is_member")
    return tg.ChatMember.LEFT if is_outside else tg.ChatMember.MEMBER


class Reader:
    """Updates in our words."""

    def __init__(self, account: str, clock: Clock) -> None:
        self.username = ""
        self._account, self._clock = account, clock

    def plain(self, update: Mapping[str, Any]) -> Incoming | None:
        """A message of words alone, or a press: most of what comes, read as it came. None for all else: the library reads that.

        Its message has a hundred fields; to fill them takes a tenth of a turn.
        """
        if len(update) != 2 or not isinstance(event := update.get("update_id"), int):
            return None
        if (message := update.get("message")) is not None:
            return self._words_alone(str(event), message) if message.keys() <= _WORDS_ALONE else None
        press = update.get("callback_query")
        return self._plain_press(str(event), press) if press is not None else None

    def _words_alone(self, event: str, message: Mapping[str, Any]) -> Incoming | None:
        user, raw = message.get("from"), message.get("text")
        if not raw or not _is_somebody(user):
            return None
        said = _split(raw, ())
        if said.bot and said.bot != self.username.lower():
            return None
        kind, at = Kind.COMMAND if said.command else Kind.TEXT, datetime.fromtimestamp(message["date"], UTC)
        addressed = said.addressed or message["chat"]["type"] == tg.Chat.PRIVATE
        return self._plainly(event, kind, message, user, at, addressed=addressed, text=said.text, command=said.command)

    def _plain_press(self, event: str, press: Mapping[str, Any]) -> Incoming | None:
        user, message, data = press["from"], press.get("message"), press.get("data")
        if data is None or message is None or "message_thread_id" in message or not _is_somebody(user):
            return None
        return self._plainly(event, Kind.PRESS, message, user, self._clock.now(), press=data, query=str(press["id"]))

    def _plainly(self, event: str, kind: Kind, message: Mapping[str, Any], user: Mapping[str, Any], at: datetime, **more: Any) -> Incoming:
        chat, language = message["chat"], user.get("language_code") or ""
        where, kind_of, title = Where(PLATFORM, self._account, str(chat["id"])), _kind_of(chat["type"]), chat.get("title") or ""
        number = str(message["message_id"])
        return Incoming(event, kind, where, kind_of, str(user["id"]), at, language=language, title=title, message=number, **more)

    def read(self, update: tg.Update) -> Incoming | None:
        event = str(update.update_id)
        if update.callback_query:
            return self._pressed(event, update.callback_query)
        if update.inline_query:
            return self._asked_inline(event, update.inline_query)
        if update.my_chat_member:
            return self._membership(event, update.my_chat_member)
        if edited := update.edited_message or update.edited_channel_post:
            return self._message(event, edited, edited=True)
        if message := update.message or update.channel_post:
            return self._migration(event, message) or self._message(event, message, edited=False)
        return None

    def _incoming(self, event: str, kind: Kind, chat: tg.Chat, person: tuple[str, str], at: datetime, thread: str = "") -> Incoming:
        where = Where(PLATFORM, self._account, str(chat.id), thread)
        return Incoming(event, kind, where, _kind_of(chat.type), person[0], at, language=person[1], title=chat.title or "")

    def _pressed(self, event: str, press: tg.CallbackQuery) -> Incoming | None:
        message = press.message
        if message is None or press.data is None:  # under a message posted inline, in a chat we are told nothing of; or a game
            return None
        # A press and an inline question come without a time.
        base = self._incoming(event, Kind.PRESS, message.chat, _person(press.from_user), self._clock.now(), _thread(message))
        return replace(base, press=press.data, message=str(message.message_id), query=press.id)

    def _asked_inline(self, event: str, inline: tg.InlineQuery) -> Incoming:
        # Which chat they type in is not told; the answer is for them alone, like their private chat with us.
        chat = tg.Chat(inline.from_user.id, tg.Chat.PRIVATE)
        base = self._incoming(event, Kind.INLINE, chat, _person(inline.from_user), self._clock.now())
        return replace(base, text=inline.query.strip(), query=inline.id)

    def _membership(self, event: str, change: tg.ChatMemberUpdated) -> Incoming | None:
        """The only source of joining and leaving; the group's service message says the same again and is passed over."""
        was, now = change.old_chat_member.status, change.new_chat_member.status
        if was == now:
            return None
        kind = Kind.LEFT if now == tg.ChatMember.LEFT else Kind.JOINED
        return self._incoming(event, kind, change.chat, _person(change.from_user), change.date)

    def _migration(self, event: str, message: tg.Message) -> Incoming | None:
        """Told twice, in the old group and in the new one, with the same meaning."""
        here, to, source = message.chat.id, message.migrate_to_chat_id, message.migrate_from_chat_id
        if not to and not source:
            return None
        base = self._incoming(event, Kind.MIGRATED, message.chat, ("", ""), message.date)
        return replace(base, where=replace(base.where, chat=str(source or here)), moved_to=str(to or here))

    def _message(self, event: str, message: tg.Message, *, edited: bool) -> Incoming | None:
        said, kind = self._said(message), self._kind(message, edited)
        if kind is None or self._is_from_a_bot(message) or (said.bot and said.bot != self.username.lower()):
            return None
        at = (message.edit_date if edited else None) or message.date
        base = self._incoming(event, kind, message.chat, _person(message.from_user, message.sender_chat), at, _thread(message))
        return replace(
            base,
            kind=Kind.COMMAND if kind is Kind.TEXT and said.command else kind,
            addressed=said.addressed or base.chat_kind is ChatKind.PRIVATE or self._is_reply_to_us(message),
            text=said.text,
            spans=_spans(message) if base.chat_kind is ChatKind.PRIVATE and not said.command else (),
            command=said.command,
            message=str(message.message_id),
            files=_files(message) if base.chat_kind is ChatKind.PRIVATE and kind is Kind.ATTACHMENT else (),
            album=(message.media_group_id or "") if base.chat_kind is ChatKind.PRIVATE and kind is Kind.ATTACHMENT else "",
        )

    @staticmethod
    def _kind(message: tg.Message, edited: bool) -> Kind | None:
        if edited:  # a live location on the move has no words
            return Kind.EDITED if message.text or message.caption else None
        return Kind.TEXT if message.text else Kind.ATTACHMENT if message.effective_attachment else None

    def _said(self, message: tg.Message) -> _Said:
        raw = message.text or message.caption or ""
        ours = [entity for entity in message.entities or message.caption_entities if self._is_mention_of_us(entity, raw)]
        return _split(raw, ours)

    def _is_mention_of_us(self, entity: tg.MessageEntity, text: str) -> bool:
        if entity.type == tg.MessageEntity.TEXT_MENTION:
            return entity.user is not None and str(entity.user.id) == self._account
        return entity.type == tg.MessageEntity.MENTION and _piece(text, entity).lower() == f"@{self.username.lower()}"

    def _is_reply_to_us(self, message: tg.Message) -> bool:
        origin = message.reply_to_message
        return origin is not None and origin.from_user is not None and str(origin.from_user.id) == self._account

    def _is_from_a_bot(self, message: tg.Message) -> bool:
        """Two bots talking would never end; and what a person posts by picking our inline result is our own answer, no question."""
        if message.via_bot is not None and str(message.via_bot.id) == self._account:
            return True
        author = message.from_user
        return author is not None and author.is_bot and message.sender_chat is None and author.id not in NOBODY

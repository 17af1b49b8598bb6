"""Telegram: python-telegram-bot's types, methods and errors over our own connection, poller and webhook."""

from __future__ import annotations

import asyncio
import hmac
import html
import json
import logging
import random
import re
import unicodedata
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, TypeGuard, TypeVar

import aiohttp
import telegram as tg
from aiohttp import web
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.core.clock import Clock, SystemClock
from bot.core.errors import ConfigurationError, NotAccepted
from bot.core.fit import units
from bot.core.message import (
    Attached,
    Block,
    Button,
    ChatKind,
    Contents,
    Enclosed,
    Incoming,
    InlineResult,
    Kind,
    Outgoing,
    Span,
    Where,
)
from bot.core.platform import Gone, Intake, Later, Limits, Locked, Moved, Outcome, Refused, Sent, Unclear, Unfetched

logger = logging.getLogger(__name__)
T = TypeVar("T")

PLATFORM: Final = "telegram"
WEBHOOK: Final = "/telegram/webhook"
WEBHOOK_BODY: Final = 1 << 20
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
WANTED: Final = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query", "my_chat_member"]
NOBODY: Final = frozenset({1087968824, 777000, 136817688})
"""Accounts that stand for an anonymous administrator, a linked channel, a channel speaking in a group: no person."""

_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)
_SECRET: Final = re.compile(r"[\w-]{1,256}", re.ASCII)
# What Telegram itself marks as a command at the start of a message: "/usr/bin" and "/2024年" are none.
_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32}))?(?!\B|[/<>])")
# Control and bidirectional characters, and halves of characters, which have no UTF-8.
_INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOBODY_THERE: Final = re.compile(r"chat not found|user not found|peer_id_invalid|chat was (deleted|deactivated)", re.IGNORECASE)
_MALFORMED: Final = re.compile(r"can't parse|too long|text is empty|button_|keyboard|wrong http url|text must be", re.IGNORECASE)
_NO_MEDIA: Final = re.compile(
    r"caption is too long|image_process|photo_|wrong file|wrong type of|wrong remote file|file must be|too big|too large", re.IGNORECASE
)
_FORGOTTEN: Final = re.compile(r"wrong (remote )?file|file_id|file reference|temporarily unavailable", re.IGNORECASE)
"""The platform does not know the name of a file any more that it gave it."""
_TOO_BIG: Final = re.compile(r"file is too big", re.IGNORECASE)
_NO_PREVIEW: Final = tg.LinkPreviewOptions(is_disabled=True)


DRAWN: Final = 64
"""Wordings kept as they were drawn."""
FOLD = 700
"""Characters from which a quotation is folded. An answer's clause is shorter: folding would hide the sentence that answers."""


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


@dataclass(frozen=True)
class Menu:
    """The commands shown in one kind of chat. The first one of a kind is also for everybody who has no menu of their own."""

    language: str
    chat_kind: ChatKind
    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Timing:
    connect: timedelta = timedelta(seconds=5)
    read: timedelta = timedelta(seconds=15)
    poll: timedelta = timedelta(seconds=40)
    file: timedelta = timedelta(minutes=2)
    """All of a file, from asking where it lies to its last byte."""
    short: timedelta = timedelta(seconds=5)
    """For courtesies: typing, ending the waiting sign, inline answers."""
    pause: timedelta = timedelta(seconds=1)
    longest_pause: timedelta = timedelta(seconds=30)
    locked_pause: timedelta = timedelta(minutes=5)
    forget: timedelta = timedelta(hours=24)
    """Ids start anew at random after a quiet week; an offset kept until then would wipe what has a lower id."""

    def pauses(self) -> Iterator[float]:
        """Growing waits, each drawn between half and all of its length."""
        length = self.pause.total_seconds()
        while True:
            yield length * random.uniform(0.5, 1)
            length = min(length * 2, self.longest_pause.total_seconds())


# ---- the connection ----


class _Unsent(NetworkError):
    """The request was not taken: it never left, or something before the platform turned it away."""


class _Broken(NetworkError):
    """The request was written and no certain answer came."""


class _Wait(TelegramError):
    """429. Not the library's RetryAfter, whose constructor warns that its own attribute is outdated."""

    def __init__(self, after: timedelta | None) -> None:
        super().__init__(f"too many requests, retry after {after}")
        self.after = after


class _Wire(BaseRequest):
    """The library's HTTP, carried by aiohttp. Its errors never quote an address: the token is part of it."""

    def __init__(self, pool: int, timing: Timing, proxy: str | None) -> None:
        self._pool, self._timing, self._proxy = pool, timing, proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._timing.read.total_seconds()

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._pool)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        read = read_timeout if isinstance(read_timeout, int | float) else self.read_timeout
        return await self._exchange(url, _body_of(request_data) if request_data else b"", read)

    async def say(self, url: str, body: bytes) -> Any:
        """What a method returns, for a request that is written already: many differ in nothing but whom they go to."""
        status, payload = await self._exchange(url, body, self.read_timeout)
        if not 200 <= status < 300:
            await _Answered(status, payload).post(url)
        return self.parse_json_payload(payload).get("result")

    async def _exchange(self, url: str, body: bytes | aiohttp.FormData, read: float) -> tuple[int, bytes]:
        if self._session is None:
            raise _Unsent("not connected")
        # No total time: running out of it would not tell whether the request had been written.
        timeout = aiohttp.ClientTimeout(connect=self._timing.connect.total_seconds(), sock_read=read)
        headers = _JSON if isinstance(body, bytes) else None
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise _Unsent(str(error)) from None
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError, aiohttp.InvalidURL) as error:
            raise _Unsent(type(error).__name__) from None
        except Exception as error:
            raise _Broken(type(error).__name__) from None
        _raise_what_the_library_cannot_tell(status, payload)
        return status, payload

    async def download(self, url: str, most: int) -> bytes | Unfetched:
        """Piece by piece, and no further than `most`. The address holds the token: it is told to nobody."""
        if self._session is None:
            return Unfetched.UNREACHABLE
        timeout = aiohttp.ClientTimeout(connect=self._timing.connect.total_seconds(), sock_read=self.read_timeout)
        try:
            async with self._session.get(url, timeout=timeout, proxy=self._proxy, allow_redirects=False) as response:
                if response.status != 200:
                    return Unfetched.GONE if response.status in (404, 410) else Unfetched.UNREACHABLE
                return await _within(response, most)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            logger.warning("Telegram: a file could not be fetched: %s", type(error).__name__)
            return Unfetched.UNREACHABLE

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        # The library's own writes the whole answer into the log when it cannot read it.
        answer = _object(payload)
        if answer is None:
            raise _Broken("unreadable answer")
        return answer


_JSON: Final = {"Content-Type": "application/json"}


class _Answered(BaseRequest):
    """Has the library say what an answer means that is no success."""

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = status, payload

    @property
    def read_timeout(self) -> None:
        return None

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is open."""

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return self._answer

    parse_json_payload = staticmethod(_Wire.parse_json_payload)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _body_of(request: RequestData) -> bytes | aiohttp.FormData:
    if not request.contains_files:
        # Half the work of the form the library would write, and of reading it.
        return _json(request.parameters)
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (file, content, media) in request.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=media)
    return form


async def _within(response: aiohttp.ClientResponse, most: int) -> bytes | Unfetched:
    # What the server claims spares the download; what comes is counted all the same.
    if (response.content_length or 0) > most:
        return Unfetched.TOO_LARGE
    read = bytearray()
    async for piece in response.content.iter_any():
        read += piece
        if len(read) > most:
            return Unfetched.TOO_LARGE
    return bytes(read)


def _object(payload: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _raise_what_the_library_cannot_tell(status: int, payload: bytes) -> None:
    if 200 <= status < 300 or status in (401, 404):
        return
    answer = _object(payload)
    if status == 429:
        parameters = (answer or {}).get("parameters")
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        raise _Wait(timedelta(seconds=seconds) if isinstance(seconds, int | float) else None)
    # A gateway speaks, not the platform: from 500 on the platform may have done the work behind it.
    if answer is None:
        raise (_Broken if status >= 500 else _Unsent)(f"HTTP {status} without the platform's error body")


def _reason(error: BaseException) -> str:
    """For logs and rows; foreign errors may quote an address, so only their class is told."""
    return str(error)[:200] if isinstance(error, TelegramError) else type(error).__name__


def _unfetched(error: Exception) -> Unfetched:
    if not isinstance(error, BadRequest):
        logger.warning("Telegram: a file could not be asked for: %s", _reason(error))
        return Unfetched.UNREACHABLE
    return Unfetched.TOO_LARGE if _TOO_BIG.search(str(error)) else Unfetched.GONE


def _outcome(error: Exception, chat: str) -> Outcome:
    reason = _reason(error)
    match error:
        case _Wait(after=after):
            return Later(reason, after, everybody=not chat.startswith(("-", "@")))
        case ChatMigrated(new_chat_id=new):
            return Moved(str(new))
        case InvalidToken():
            return Locked(reason)
        case Forbidden():
            return Gone(reason)
        case BadRequest():
            return Gone(reason) if _NOBODY_THERE.search(reason) else Refused(reason, format=_is_malformed(reason))
        case _Broken():
            return Unclear(reason)
        case NetworkError() | Conflict():  # never left, or turned down in the platform's own words
            return Later(reason)
        case _:
            return Unclear(reason)


def _is_malformed(reason: str) -> bool:
    return bool(_MALFORMED.search(reason) or _NO_MEDIA.search(reason))


# ---- drawing ----


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _escape(text: str) -> str:
    """The one way text becomes HTML here, in paragraphs and in attributes."""
    return html.escape(_clean(text))


# What goes to many is drawn once.
@lru_cache(maxsize=DRAWN)
def _plain(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(text for block in blocks if (text := _clean(block.text)))


@lru_cache(maxsize=DRAWN)
def _markup(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(_paragraph(block) for block in blocks if _clean(block.text))


@lru_cache(maxsize=DRAWN)
def _length(blocks: tuple[Block, ...]) -> int:
    return units(_plain(blocks))


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


def _is_short(label: str) -> bool:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in label) <= 16


def _keyboard(buttons: Sequence[Button]) -> tg.InlineKeyboardMarkup | None:
    keys = _keys(buttons)
    return tg.InlineKeyboardMarkup([[tg.InlineKeyboardButton(**key) for key in row] for row in keys]) if keys else None


def _keys(buttons: Sequence[Button]) -> list[list[dict[str, Any]]]:
    return [[_key(button) for button in row] for row in _rows(buttons)]


def _key(button: Button) -> dict[str, Any]:
    label = _clean(button.label)
    return {"text": label, "url": button.url} if button.url else {"text": label, "callback_data": button.token}


def _article(result: InlineResult) -> tg.InlineQueryResultArticle:
    content = tg.InputTextMessageContent(_markup(result.body), ParseMode.HTML, link_preview_options=_NO_PREVIEW)
    return tg.InlineQueryResultArticle(result.id, _clean(result.title), content, description=_clean(result.hint))


def _chat(where: Where) -> int | str:
    return int(where.chat) if re.fullmatch(r"-?[0-9]+", where.chat) else where.chat


def _addressed(message: Outgoing) -> bytes:
    """The part of a request that is for one recipient alone, up to where `_said` goes on."""
    to: dict[str, Any] = {"chat_id": _chat(message.where)}
    if (thread := _number(message.where.thread)) is not None:
        to["message_thread_id"] = thread
    if reply_to := _number(message.reply_to):
        to["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    return _json(to)[:-1] + b", "


@lru_cache(maxsize=DRAWN)
def _said(text: str, mode: str | None, buttons: tuple[Button, ...], paid: bool | None) -> bytes:
    """The part that is the same for all."""
    keys = _keys(buttons)
    said = {
        "text": text,
        "parse_mode": mode,
        "reply_markup": {"inline_keyboard": keys} if keys else None,
        "link_preview_options": {"is_disabled": True},
        "allow_paid_broadcast": paid,
    }
    return _json({name: value for name, value in said.items() if value is not None})[1:]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _published(menus: Sequence[Menu]) -> dict[tuple[ChatKind, str], Menu]:
    """Telegram knows two-letter codes only: "zh" is everybody who reads Chinese. The first Chinese menu given wins and others
    are never shown: better than the one whose request happens to arrive last."""
    published: dict[tuple[ChatKind, str], Menu] = {}
    for menu in menus:
        if menu.chat_kind is not ChatKind.CHANNEL:
            published.setdefault((menu.chat_kind, ""), menu)
            published.setdefault((menu.chat_kind, menu.language.partition("-")[0].lower()), menu)
    return published


# ---- reading ----


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
        return (Attached(document.file_id, _clean(document.file_name or ""), document.file_size or 0, document.mime_type or ""),)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Attached(largest.file_id, "photo.jpg", largest.file_size or 0, "image/jpeg"),)
    return ()


def _attached(media: str | tg.InputFile) -> str | tg.InputFile:
    """Within a structure a file stands as a reference to another part of the request."""
    return tg.InputFile(media.input_file_content, filename=media.filename, attach=True) if isinstance(media, tg.InputFile) else media


def _handle(sent: tg.Message) -> str:
    files = _files(sent)
    return files[0].id if files else ""


def _kind_of(chat: str) -> ChatKind:
    return {"private": ChatKind.PRIVATE, "channel": ChatKind.CHANNEL}.get(chat, ChatKind.GROUP)


_WORDS_ALONE: Final = frozenset({"message_id", "date", "chat", "from", "text"})
"""All that nearly every message has."""


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


def _without_rights(update: Mapping[str, Any]) -> dict[str, Any]:
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


class _Reader:
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
        base = self._plainly(event, kind, message["chat"], user, at)
        addressed = said.addressed or base.chat_kind is ChatKind.PRIVATE
        return replace(base, addressed=addressed, text=said.text, command=said.command, message=str(message["message_id"]))

    def _plain_press(self, event: str, press: Mapping[str, Any]) -> Incoming | None:
        user, message, data = press["from"], press.get("message"), press.get("data")
        if data is None or message is None or "message_thread_id" in message or not _is_somebody(user):
            return None
        base = self._plainly(event, Kind.PRESS, message["chat"], user, self._clock.now())
        return replace(base, press=data, message=str(message["message_id"]), query=str(press["id"]))

    def _plainly(self, event: str, kind: Kind, chat: Mapping[str, Any], user: Mapping[str, Any], at: datetime) -> Incoming:
        where, language = Where(PLATFORM, self._account, str(chat["id"])), user.get("language_code") or ""
        return Incoming(event, kind, where, _kind_of(chat["type"]), str(user["id"]), at, language=language, title=chat.get("title") or "")

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


# ---- the bot ----

FREE: Final = 30
"""Messages a second that Telegram carries without being paid."""
PAID: Final = 1000
"""The most it carries for money: 0.1 Stars a message."""


def limits_at(per_second: int) -> Limits:
    """Requests in flight grow with the rate, so that answers of half a second do not slow it down."""
    return Limits(
        text=4096,
        buttons=24,
        edits=True,
        notes=True,
        per_second=per_second,
        chat_interval=timedelta(seconds=1),
        group_per_minute=18,
        width=max(32, per_second * 3 // 4),
        files=True,
        document=50 << 20,
        picture=10 << 20,
        sides=10_000,
        caption=1024,
    )


class Telegram:
    """One bot. `state` says how it stands with the platform."""

    platform = PLATFORM
    limits = limits_at(FREE)

    def __init__(
        self,
        token: str,
        *,
        base_url: str = "https://api.telegram.org/bot",
        base_file_url: str = "https://api.telegram.org/file/bot",
        secret: str = "",
        menus: Sequence[Menu] = (),
        per_second: int = FREE,
        paid: bool = False,
        pool: int | None = None,
        proxy: str | None = None,
        timing: Timing | None = None,
        clock: Clock | None = None,
        contents: Contents | None = None,
    ) -> None:
        """`contents`: the bytes of what goes along with messages."""
        if not _TOKEN.fullmatch(token):
            raise ConfigurationError(["TELEGRAM_TOKEN is not a bot token (123456:ABC…): copy it from @BotFather."])
        self.account = token.partition(":")[0]
        self.state = State.CONNECTING
        self.reason = ""
        """Why it stands so, when it does not stand well."""
        self._secret, self._menus, self._timing = secret, tuple(menus), timing or Timing()
        self._contents = contents
        self._uploading = asyncio.Lock()
        self._names: dict[str, str] = {}
        """What the platform calls the files that went along, by our ids."""
        self._reader = _Reader(self.account, clock or SystemClock())
        self.limits = limits_at(per_second)
        # What nobody pays for does not say so: an older server of one's own need not know the word.
        self._paid = paid or None
        # At DEBUG it writes the token, and every message in both directions.
        logging.getLogger("telegram.Bot").setLevel(logging.WARNING)
        # Polling has connections of its own: it never waits behind a thousand messages.
        self._wires = (_Wire(pool or 2 * self.limits.width, self._timing, proxy), _Wire(2, self._timing, proxy))
        self._bot = tg.Bot(token, base_url, base_file_url, request=self._wires[0], get_updates_request=self._wires[1])
        self._is_known = False
        self._intake: Intake | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def __repr__(self) -> str:
        return f"Telegram(account={self.account!r}, state={self.state.value!r})"

    @property
    def username(self) -> str:
        """ "" until the platform has told."""
        return self._reader.username

    def read(self, update: Mapping[str, Any]) -> Incoming | None:
        """None for what is not for us, what we do not know and what cannot be read."""
        try:
            return self._reader.plain(update) or self._reader.read(tg.Update.de_json(_without_rights(update), None))
        except Exception as error:
            logger.debug("Telegram: an update is passed over: %s", type(error).__name__)
            return None

    # ---- start and stop ----

    async def start(self) -> None:
        """Learns who we are. A refused token raises; an unreachable platform does not: it is asked again in the background."""
        for wire in self._wires:
            await wire.initialize()
        try:
            await self._identify()
        except InvalidToken:
            await self.close()
            raise ConfigurationError(["TELEGRAM_TOKEN is refused by Telegram: copy the current one from @BotFather."]) from None
        except Exception as error:
            self._trouble(error)
        self._in_background(self._introduce())

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for wire in self._wires:
            await wire.shutdown()

    async def _identify(self) -> None:
        if not self._is_known:
            self._reader.username = (await self._bot.get_me(read_timeout=self._timing.short.total_seconds())).username or ""
            self._is_known = True
            self._stand(State.READY)

    async def _introduce(self) -> None:
        await self._insist(self._identify)
        scopes = {ChatKind.PRIVATE: tg.BotCommandScopeAllPrivateChats(), ChatKind.GROUP: tg.BotCommandScopeAllGroupChats()}
        for (kind, language), menu in _published(self._menus).items():
            commands = [tg.BotCommand(name, description) for name, description in menu.commands]
            await self._attempt(self._bot.set_my_commands(commands, scopes[kind], language or None))

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> None:
        for pause in self._timing.pauses():
            try:
                await call()
                return
            except Exception as error:
                await asyncio.sleep(max(pause, self._trouble(error)))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attempt(self, call: Awaitable[object]) -> None:
        """Best effort: whatever goes wrong is only noted."""
        try:
            async with asyncio.timeout(self._timing.short.total_seconds()):
                await call
        except Exception as error:
            logger.debug("Telegram: a courtesy failed: %s", _reason(error))

    def _trouble(self, error: Exception) -> float:
        """Reports it and says how many seconds to wait at least."""
        match error:
            case InvalidToken():
                self._stand(State.LOCKED, _reason(error))
                return self._timing.locked_pause.total_seconds()
            case _Wait(after=timedelta() as after):
                self._stand(State.OFFLINE, _reason(error))
                return after.total_seconds()
            case Conflict():
                self._stand(State.CONFLICT, _reason(error))
            case NotAccepted():
                self._stand(State.STALLED, type(error).__name__)
            case TelegramError():
                self._stand(State.OFFLINE, _reason(error))
            case _:
                logger.error("Telegram: unexpected %s", type(error).__name__, exc_info=error)
        return 0

    def _stand(self, state: State, reason: str = "") -> None:
        """Told when it changes, not at each try."""
        if state is not self.state:
            level = logging.INFO if state is State.READY else logging.WARNING
            logger.log(level, "Telegram bot %s: %s %s", self.account, state.value, reason)
        self.state, self.reason = state, reason

    # ---- sending ----

    async def send(self, message: Outgoing) -> Outcome:
        length, most = _length(message.blocks), self.limits.words(enclosed=message.enclosed is not None)
        if length > most:
            return Refused(f"{length} units of text, {most} allowed", format=True)
        if message.edit_only and not message.edit:
            return Sent("")  # the chat has moved: there is nothing left to edit
        try:
            if message.enclosed is not None:
                return await self._send_with(message, message.enclosed)
            return await self._edit(message) or await self._post(message)
        except Exception as error:
            if not isinstance(error, TelegramError):
                logger.error("Telegram: unexpected %s", type(error).__name__, exc_info=error)
            return _outcome(error, message.where.chat)

    async def _post(self, message: Outgoing) -> Outcome:
        async def draw(text: str, mode: str | None) -> int:
            return await self._say("sendMessage", _addressed(message) + _said(text, mode, message.buttons, self._paid))

        return Sent(str(await self._draw(message.blocks, draw)))

    async def _call(self, method: str, **parameters: Any) -> Any:
        """A method's answer without making objects of what is asked and answered: that would be a third of the work."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return await self._wires[0].say(f"{self._bot.base_url}/{method}", _json(given))

    async def _say(self, method: str, body: bytes) -> int:
        answer = await self._wires[0].say(f"{self._bot.base_url}/{method}", body)
        number = answer.get("message_id") if isinstance(answer, dict) else None
        if not isinstance(number, int):
            raise _Broken("unreadable answer")
        return number

    async def _send_with(self, message: Outgoing, enclosed: Enclosed) -> Outcome:
        """By the platform's own name of the file where it has one; with its bytes where it has none, or not any more.

        One upload at a time: what many wait for comes once, and the others go by its name."""
        if (outcome := await self._by_name(message, enclosed)) is not None:
            return outcome
        async with self._uploading:
            if (outcome := await self._by_name(message, enclosed)) is not None:
                return outcome
            data = await self._contents(enclosed) if self._contents else None
            if data is None:
                return Refused("what should go along is not there any more", format=True)
            outcome = await self._post_with(message, enclosed, tg.InputFile(data, filename=_clean(enclosed.name)))
            if isinstance(outcome, Sent) and outcome.handle:
                self._names[enclosed.id] = outcome.handle
            return outcome

    async def _by_name(self, message: Outgoing, enclosed: Enclosed) -> Outcome | None:
        """None when there is no name, or the platform forgot it."""
        if not (name := self._names.get(enclosed.id) or enclosed.handle):
            return None
        try:
            return await self._post_with(message, enclosed, name)
        except BadRequest as error:
            if not _FORGOTTEN.search(str(error)):
                raise
            if self._names.get(enclosed.id) == name:
                del self._names[enclosed.id]
            return None

    async def _post_with(self, message: Outgoing, enclosed: Enclosed, media: str | tg.InputFile) -> Outcome:
        if (target := _number(message.edit)) is not None and (found := await self._edit_with(message, target, enclosed, media)):
            return found
        reply_to = _number(message.reply_to)
        shared: dict[str, Any] = {
            "message_thread_id": _number(message.where.thread),
            "reply_parameters": tg.ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
            "reply_markup": _keyboard(message.buttons),
            "read_timeout": self._timing.file.total_seconds(),
            "allow_paid_broadcast": self._paid,
        }

        async def draw(text: str, mode: str | None) -> tg.Message:
            if self.limits.shows(enclosed):
                return await self._bot.send_photo(_chat(message.where), media, text or None, parse_mode=mode, **shared)
            return await self._bot.send_document(
                _chat(message.where), media, text or None, parse_mode=mode, disable_content_type_detection=True, **shared
            )

        sent = await self._draw(message.blocks, draw)
        return Sent(str(sent.message_id), _handle(sent))

    async def _edit_with(self, message: Outgoing, target: int, enclosed: Enclosed, media: str | tg.InputFile) -> Outcome | None:
        """Text may get a file this way, too. None when it has to be sent anew."""

        async def draw(text: str, mode: str | None) -> tg.Message | bool:
            if self.limits.shows(enclosed):
                shown: tg.InputMedia = tg.InputMediaPhoto(_attached(media), text or None, parse_mode=mode)
            else:
                shown = tg.InputMediaDocument(_attached(media), text or None, parse_mode=mode, disable_content_type_detection=True)
            return await self._bot.edit_message_media(
                shown,
                _chat(message.where),
                target,
                reply_markup=_keyboard(message.buttons),
                read_timeout=self._timing.file.total_seconds(),
            )

        try:
            edited = await self._draw(message.blocks, draw)
        except BadRequest as error:
            if "not modified" in str(error).lower() or (message.edit_only and not _FORGOTTEN.search(str(error))):
                return Sent(message.edit)
            if _FORGOTTEN.search(str(error)):
                raise
            return None
        except _Broken as error:
            return Later(_reason(error))
        return Sent(message.edit, _handle(edited) if isinstance(edited, tg.Message) else "")

    async def _edit(self, message: Outgoing) -> Outcome | None:
        """None when it has to be sent anew."""
        target = _number(message.edit)
        if target is None:
            return None

        async def draw(text: str, mode: str | None) -> object:
            keyboard = _keyboard(message.buttons)
            return await self._bot.edit_message_text(
                text, _chat(message.where), target, parse_mode=mode, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )

        try:
            await self._draw(message.blocks, draw)
        except BadRequest as error:
            return Sent(message.edit) if message.edit_only or "not modified" in str(error).lower() else None
        except _Broken as error:
            return Later(_reason(error))  # the same edit twice changes nothing
        return Sent(message.edit)

    async def _draw(self, blocks: Sequence[Block], draw: Callable[[str, str | None], Awaitable[T]]) -> T:
        try:
            return await draw(_markup(blocks), ParseMode.HTML)
        except BadRequest as error:
            if "can't parse entities" not in str(error).lower():
                raise
            logger.error("Telegram cannot read our HTML; sent without it: %s", _reason(error))
            return await draw(_plain(blocks), None)

    async def acknowledge(self, incoming: Incoming, note: str) -> None:
        await self._attempt(self._call("answerCallbackQuery", callback_query_id=incoming.query, text=_clean(note)[:200] or None))

    async def answer_inline(self, incoming: Incoming, results: Sequence[InlineResult]) -> None:
        articles = [_article(result) for result in results if 0 < units(_plain(result.body)) <= self.limits.text][:50]
        await self._attempt(self._bot.answer_inline_query(incoming.query, articles, cache_time=5, is_personal=True))

    async def fetch(self, file: str, most: int) -> bytes | Unfetched:
        try:
            async with asyncio.timeout(self._timing.file.total_seconds()):
                found = await self._bot.get_file(file)
                if (found.file_size or 0) > most:
                    return Unfetched.TOO_LARGE
                # A server of one's own may name a path on its own disk, where we have no business.
                if not (found.file_path or "").startswith(("https://", "http://")):
                    return Unfetched.GONE
                return await self._wires[0].download(str(found.file_path), most)
        except Exception as error:
            return _unfetched(error)

    async def release(self, incoming: Incoming) -> None:
        """They lie with Telegram."""

    async def is_admin(self, where: Where, user: str) -> bool:
        id = _number(user)
        if id is None:
            return False
        try:
            async with asyncio.timeout(self._timing.short.total_seconds()):
                # Asked for raw: the library insists on every single right of a member.
                member = await self._bot.do_api_request("get__chat__member", {"chat_id": _chat(where), "user_id": id})
        except Exception as error:
            logger.debug("Telegram: who runs a group is not known: %s", _reason(error))
            return False
        return isinstance(member, dict) and member.get("status") in (tg.ChatMember.OWNER, tg.ChatMember.ADMINISTRATOR)

    def way_in(self, payload: str) -> str:
        return f"https://t.me/{self.username}?start={payload}" if self.username else ""

    async def typing(self, where: Where) -> None:
        thread = _number(where.thread)
        await self._attempt(self._bot.send_chat_action(_chat(where), ChatAction.TYPING, message_thread_id=thread))

    # ---- receiving ----

    async def poll(self, intake: Intake, stop: asyncio.Event) -> None:
        """Takes updates until `stop`. What the intake has not committed stays unconfirmed with the platform."""
        await _Poller(self, intake, stop).run()

    def attach(self, intake: Intake) -> None:
        """Where the webhook hands in; until then it answers 503 and the platform keeps its updates."""
        self._intake = intake

    def routes(self) -> list[web.RouteDef]:
        return [web.post(WEBHOOK, self._receive)]

    async def set_webhook(self, public_url: str) -> None:
        """Has the platform post to `WEBHOOK` below this address."""
        if not _SECRET.fullmatch(self._secret):
            raise ConfigurationError(["TELEGRAM_WEBHOOK_SECRET is needed with PUBLIC_URL: 1 to 256 of A-Z a-z 0-9 _ -."])
        url = public_url.rstrip("/") + WEBHOOK

        async def ask() -> None:
            await self._bot.set_webhook(url, allowed_updates=WANTED, secret_token=self._secret)

        try:
            await ask()
        except (BadRequest, InvalidToken) as error:
            raise ConfigurationError([f"PUBLIC_URL: Telegram does not take {url} as a webhook: {_reason(error)}"]) from None
        except Exception as error:
            self._trouble(error)
            self._in_background(self._insist(ask))

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=401)
        # Without our name we could not tell which commands are ours.
        if self._intake is None or not self._is_known:
            return web.Response(status=503)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            await self._hand_in(body, self._intake)
        except Exception as error:
            self._trouble(error)
            return web.Response(status=503)
        self._stand(State.READY)
        return web.Response()

    async def _hand_in(self, body: bytes, intake: Intake) -> None:
        """What cannot be read is taken all the same: sent again it would be no better."""
        update = _object(body)
        if update is None:
            logger.warning("Telegram: an unreadable body of %s bytes is passed over", len(body))
        elif (event := self.read(update)) is not None:
            await intake.accept([event])


async def _body(request: web.Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > WEBHOOK_BODY:
            return None
    return bytes(body)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives, or None when `stop` came first; the work is cancelled then."""
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        stopping.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)


class _Poller:
    """One run of long polling."""

    def __init__(self, telegram: Telegram, intake: Intake, stop: asyncio.Event) -> None:
        self._telegram, self._intake, self._stop = telegram, intake, stop
        self._timing = telegram._timing
        self._prepared = False
        self._offset: int | None = None
        self._moved = 0.0

    async def run(self) -> None:
        pauses = self._timing.pauses()
        while not self._stop.is_set():
            try:
                await self._step()
                pauses = self._timing.pauses()
            except Exception as error:
                await _unless(self._stop, asyncio.sleep(max(next(pauses), self._telegram._trouble(error))))

    async def _step(self) -> None:
        if not self._prepared:
            await _unless(self._stop, self._prepare())
        elif (batch := await _unless(self._stop, self._fetch())) is not None:
            await self._hand_in(batch)
            self._telegram._stand(State.READY)

    async def _prepare(self) -> None:
        await self._telegram._identify()
        # Known by now, "not found" is about the method: a server between us and Telegram may lack it. A webhook still set
        # shows as a conflict.
        with suppress(InvalidToken):
            await self._telegram._bot.delete_webhook()
        self._advance(_number(await self._intake.position(PLATFORM, self._telegram.account)))
        self._prepared = True

    async def _fetch(self) -> list[Any]:
        """One long poll, raw: the library's `get_updates` reads all at once, and one it cannot read would cost the batch."""
        if asyncio.get_running_loop().time() - self._moved > self._timing.forget.total_seconds():
            self._offset = None
        wait = self._timing.poll.total_seconds()
        asked = {"offset": self._offset, "timeout": int(wait) if wait >= 1 else wait, "allowed_updates": WANTED}
        # Two underscores: with one, the library warns to use its own method. The request is "getUpdates" all the same.
        found = await self._telegram._bot.do_api_request("get__updates", asked, read_timeout=wait + self._timing.read.total_seconds())
        if not isinstance(found, list):
            raise _Broken("unreadable answer")
        return found

    async def _hand_in(self, batch: Sequence[Any]) -> None:
        """Committed first, confirmed after: the next request's offset is the confirmation."""
        if not batch:
            return
        known = [update for update in batch if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
        if not known:
            raise _Broken("updates without ids")
        events = [event for update in known if (event := self._telegram.read(update)) is not None]
        following = max(update["update_id"] for update in known) + 1
        await self._intake.accept(events, position=str(following))
        self._advance(following)

    def _advance(self, offset: int | None) -> None:
        self._offset = offset
        self._moved = asyncio.get_running_loop().time()

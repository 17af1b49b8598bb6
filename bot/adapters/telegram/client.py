"""One bot: python-telegram-bot's types, methods and errors over our own connection."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

import telegram as tg
from aiohttp import web
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.adapters.telegram.drawing import (
    NO_PREVIEW,
    addressed_to,
    article_of,
    chat_of,
    clean,
    keyboard_of,
    length_of,
    markup_of,
    number_in,
    place_of,
    plain_of,
    said_to_all,
    within_a_structure,
)
from bot.adapters.telegram.errors import Broken, State, Wait, outcome_of, reason_of, unfetched_of
from bot.adapters.telegram.polling import Poller
from bot.adapters.telegram.reading import PLATFORM, Reader, handle_of, without_rights
from bot.adapters.telegram.webhook import Webhook
from bot.adapters.telegram.wire import Timing, Wire, dumped
from bot.core.clock import Clock, SystemClock
from bot.core.errors import ConfigurationError, NotAccepted
from bot.core.fit import units
from bot.core.message import Block, ChatKind, Contents, Enclosed, Incoming, InlineResult, Outgoing, Where
from bot.core.platform import Intake, Later, Limits, Outcome, Refused, Sent, Unfetched

logger = logging.getLogger(__name__)
T = TypeVar("T")

FREE: Final = 30
"""Messages a second that Telegram carries without being paid."""
_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)
_FORGOTTEN: Final = re.compile(r"wrong (remote )?file|file_id|file reference|temporarily unavailable", re.IGNORECASE)
"""The platform does not know the name of a file any more that it gave it."""


@dataclass(frozen=True)
class Menu:
    """The commands shown in one kind of chat. The first one of a kind is also for everybody who has no menu of their own."""

    language: str
    chat_kind: ChatKind
    commands: tuple[tuple[str, str], ...]


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


def _published(menus: Iterable[Menu]) -> dict[tuple[ChatKind, str], Menu]:
    """Telegram knows two-letter codes only: "zh" is everybody who reads Chinese. The first Chinese menu given wins and others
    are never shown: better than the one whose request happens to arrive last."""
    published: dict[tuple[ChatKind, str], Menu] = {}
    for menu in menus:
        if menu.chat_kind is not ChatKind.CHANNEL:
            published.setdefault((menu.chat_kind, ""), menu)
            published.setdefault((menu.chat_kind, menu.language.partition("-")[0].lower()), menu)
    return published


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
        self.timing = timing or Timing()
        self._contents = contents
        self._uploading = asyncio.Lock()
        self._names: dict[str, str] = {}
        """What the platform calls the files that went along, by our ids."""
        self._reader = Reader(self.account, clock or SystemClock())
        self.limits = limits_at(per_second)
        # What nobody pays for does not say so: an older server of one's own need not know the word.
        self._paid = paid or None
        # At DEBUG it writes the token, and every message in both directions.
        logging.getLogger("telegram.Bot").setLevel(logging.WARNING)
        # Polling has connections of its own: it never waits behind a thousand messages.
        self._wires = (Wire(pool or 2 * self.limits.width, self.timing, proxy), Wire(2, self.timing, proxy))
        self.bot = tg.Bot(token, base_url, base_file_url, request=self._wires[0], get_updates_request=self._wires[1])
        self.is_known = False
        self._webhook = Webhook(self, secret)
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
            return self._reader.plain(update) or self._reader.read(tg.Update.de_json(without_rights(update), None))
        except Exception as error:
            logger.debug("Telegram: an update is passed over: %s", type(error).__name__)
            return None

    # ---- start and stop ----

    async def start(self) -> None:
        """Learns who we are. A refused token raises; an unreachable platform does not: it is asked again in the background."""
        for wire in self._wires:
            await wire.initialize()
        try:
            await self.identify()
        except InvalidToken:
            await self.close()
            raise ConfigurationError(["TELEGRAM_TOKEN is refused by Telegram: copy the current one from @BotFather."]) from None
        except Exception as error:
            self.trouble(error)
        self.in_background(self.insist(self.identify))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for wire in self._wires:
            await wire.shutdown()

    async def identify(self) -> None:
        if not self.is_known:
            self._reader.username = (await self.bot.get_me(read_timeout=self.timing.short.total_seconds())).username or ""
            self.is_known = True
            self.stand(State.READY)

    def introduce(self, menus: Iterable[Menu]) -> None:
        """Has the platform show our commands, in the background."""
        self.in_background(self._show(menus))

    async def _show(self, menus: Iterable[Menu]) -> None:
        await self.insist(self.identify)
        scopes = {ChatKind.PRIVATE: tg.BotCommandScopeAllPrivateChats(), ChatKind.GROUP: tg.BotCommandScopeAllGroupChats()}
        for (kind, language), menu in _published(menus).items():
            commands = [tg.BotCommand(name, description) for name, description in menu.commands]
            await self._attempt(self.bot.set_my_commands(commands, scopes[kind], language or None))

    async def insist(self, call: Callable[[], Awaitable[object]]) -> None:
        for pause in self.timing.pauses():
            try:
                await call()
                return
            except Exception as error:
                await asyncio.sleep(max(pause, self.trouble(error)))

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attempt(self, call: Awaitable[object]) -> None:
        """Best effort: whatever goes wrong is only noted."""
        try:
            async with asyncio.timeout(self.timing.short.total_seconds()):
                await call
        except Exception as error:
            logger.debug("Telegram: a courtesy failed: %s", reason_of(error))

    def trouble(self, error: Exception) -> float:
        """Reports it and says how many seconds to wait at least."""
        match error:
            case InvalidToken():
                self.stand(State.LOCKED, reason_of(error))
                return self.timing.locked_pause.total_seconds()
            case Wait(after=timedelta() as after):
                self.stand(State.OFFLINE, reason_of(error))
                return after.total_seconds()
            case Conflict():
                self.stand(State.CONFLICT, reason_of(error))
            case NotAccepted():
                self.stand(State.STALLED, type(error).__name__)
            case TelegramError():
                self.stand(State.OFFLINE, reason_of(error))
            case _:
                logger.error("Telegram: unexpected %s", type(error).__name__, exc_info=error)
        return 0

    def stand(self, state: State, reason: str = "") -> None:
        """Told when it changes, not at each try."""
        if state is not self.state:
            level = logging.INFO if state is State.READY else logging.WARNING
            logger.log(level, "Telegram bot %s: %s %s", self.account, state.value, reason)
        self.state, self.reason = state, reason

    # ---- sending ----

    async def send(self, message: Outgoing) -> Outcome:
        length, most = length_of(message.blocks), self.limits.words(enclosed=message.enclosed is not None)
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
            return outcome_of(error, message.where.chat)

    async def _post(self, message: Outgoing) -> Outcome:
        async def draw(text: str, mode: str | None) -> int:
            return await self._say("sendMessage", addressed_to(message) + said_to_all(text, mode, message.buttons, self._paid))

        return Sent(str(await self._draw(message.blocks, draw)))

    async def _call(self, method: str, **parameters: Any) -> Any:
        """A method's answer without making objects of what is asked and answered: that would be a third of the work."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return await self._wires[0].say(f"{self.bot.base_url}/{method}", dumped(given))

    async def _say(self, method: str, body: bytes) -> int:
        answer = await self._wires[0].say(f"{self.bot.base_url}/{method}", body)
        number = answer.get("message_id") if isinstance(answer, dict) else None
        if not isinstance(number, int):
            raise Broken("unreadable answer")
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
            outcome = await self._post_with(message, enclosed, tg.InputFile(data, filename=clean(enclosed.name)))
            if isinstance(outcome, Sent) and outcome.handle:
                self._names[enclosed.id] = outcome.handle
            return outcome

    async def _by_name(self, message: Outgoing, enclosed: Enclosed) -> Outcome | None:
        """None when there is no name, or the platform forgot it."""
        if not (name := self._names.get(enclosed.id)):
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
        if (target := number_in(message.edit)) is not None and (found := await self._edit_with(message, target, enclosed, media)):
            return found
        reply_to = number_in(message.reply_to)
        shared: dict[str, Any] = {
            "message_thread_id": number_in(message.where.thread),
            "reply_parameters": tg.ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
            "reply_markup": keyboard_of(message.buttons),
            "read_timeout": self.timing.file.total_seconds(),
            "allow_paid_broadcast": self._paid,
        }

        async def draw(text: str, mode: str | None) -> tg.Message:
            if self.limits.shows(enclosed):
                return await self.bot.send_photo(chat_of(message.where), media, text or None, parse_mode=mode, **shared)
            return await self.bot.send_document(
                chat_of(message.where), media, text or None, parse_mode=mode, disable_content_type_detection=True, **shared
            )

        sent = await self._draw(message.blocks, draw)
        return Sent(str(sent.message_id), handle_of(sent))

    async def _edit_with(self, message: Outgoing, target: int, enclosed: Enclosed, media: str | tg.InputFile) -> Outcome | None:
        """Text may get a file this way, too. None when it has to be sent anew."""

        async def draw(text: str, mode: str | None) -> tg.Message | bool:
            if self.limits.shows(enclosed):
                shown: tg.InputMedia = tg.InputMediaPhoto(within_a_structure(media), text or None, parse_mode=mode)
            else:
                shown = tg.InputMediaDocument(within_a_structure(media), text or None, parse_mode=mode, disable_content_type_detection=True)
            return await self.bot.edit_message_media(
                shown,
                chat_of(message.where),
                target,
                reply_markup=keyboard_of(message.buttons),
                read_timeout=self.timing.file.total_seconds(),
            )

        try:
            edited = await self._draw(message.blocks, draw)
        except BadRequest as error:
            if "not modified" in str(error).lower() or (message.edit_only and not _FORGOTTEN.search(str(error))):
                return Sent(message.edit)
            if _FORGOTTEN.search(str(error)):
                raise
            return None
        except Broken as error:
            return Later(reason_of(error))
        return Sent(message.edit, handle_of(edited) if isinstance(edited, tg.Message) else "")

    async def _edit(self, message: Outgoing) -> Outcome | None:
        """None when it has to be sent anew."""
        target = number_in(message.edit)
        if target is None:
            return None

        async def draw(text: str, mode: str | None) -> object:
            keyboard = keyboard_of(message.buttons)
            return await self.bot.edit_message_text(
                text, chat_of(message.where), target, parse_mode=mode, reply_markup=keyboard, link_preview_options=NO_PREVIEW
            )

        try:
            await self._draw(message.blocks, draw)
        except BadRequest as error:
            return Sent(message.edit) if message.edit_only or "not modified" in str(error).lower() else None
        except Broken as error:
            return Later(reason_of(error))  # the same edit twice changes nothing
        return Sent(message.edit)

    async def _draw(self, blocks: Sequence[Block], draw: Callable[[str, str | None], Awaitable[T]]) -> T:
        try:
            return await draw(markup_of(blocks), ParseMode.HTML)
        except BadRequest as error:
            if "can't parse entities" not in str(error).lower():
                raise
            logger.error("Telegram cannot read our HTML; sent without it: %s", reason_of(error))
            return await draw(plain_of(blocks), None)

    async def acknowledge(self, incoming: Incoming, note: str) -> None:
        await self._attempt(self._call("answerCallbackQuery", callback_query_id=incoming.query, text=clean(note)[:200] or None))

    async def answer_inline(self, incoming: Incoming, results: Sequence[InlineResult]) -> None:
        articles = [article_of(result) for result in results if 0 < units(plain_of(result.body)) <= self.limits.text][:50]
        await self._attempt(self.bot.answer_inline_query(incoming.query, articles, cache_time=5, is_personal=True))

    async def fetch(self, file: str, most: int) -> bytes | Unfetched:
        try:
            async with asyncio.timeout(self.timing.file.total_seconds()):
                found = await self.bot.get_file(file)
                if (found.file_size or 0) > most:
                    return Unfetched.TOO_LARGE
                # A server of one's own may name a path on its own disk, where we have no business.
                if not (found.file_path or "").startswith(("https://", "http://")):
                    return Unfetched.GONE
                return await self._wires[0].download(str(found.file_path), most)
        except Exception as error:
            return unfetched_of(error)

    async def release(self, incoming: Incoming) -> None:
        """They lie with Telegram."""

    async def is_admin(self, where: Where, user: str) -> bool:
        id = number_in(user)
        if id is None:
            return False
        try:
            async with asyncio.timeout(self.timing.short.total_seconds()):
                # Asked for raw: the library insists on every single right of a member.
                member = await self.bot.do_api_request("get__chat__member", {"chat_id": chat_of(where), "user_id": id})
        except Exception as error:
            logger.debug("Telegram: who runs a group is not known: %s", reason_of(error))
            return False
        return isinstance(member, dict) and member.get("status") in (tg.ChatMember.OWNER, tg.ChatMember.ADMINISTRATOR)

    def way_in(self, payload: str) -> str:
        return f"https://t.me/{self.username}?start={payload}" if self.username else ""

    async def typing(self, where: Where) -> None:
        await self._attempt(self._call("sendChatAction", action=ChatAction.TYPING, **place_of(where)))

    # ---- receiving ----

    async def poll(self, intake: Intake, stop: asyncio.Event) -> None:
        """Takes updates until `stop`. What the intake has not committed stays unconfirmed with the platform."""
        await Poller(self, intake, stop).run()

    def attach(self, intake: Intake) -> None:
        """Where the webhook hands in; until then it answers 503 and the platform keeps its updates."""
        self._webhook.attach(intake)

    def routes(self) -> list[web.RouteDef]:
        return self._webhook.routes()

    async def set_webhook(self, public_url: str) -> None:
        """Has the platform post to the webhook below this address."""
        await self._webhook.ask_for(public_url)

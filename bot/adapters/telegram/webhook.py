"""Updates the platform posts to us: taken once they are stored, with the secret only."""

from __future__ import annotations

import hmac
import logging
import re
from typing import TYPE_CHECKING, Final

from aiohttp import web
from telegram.error import BadRequest, InvalidToken

from bot.adapters.telegram.errors import State, reason_of
from bot.adapters.telegram.reading import WANTED
from bot.adapters.telegram.wire import parsed
from bot.core.errors import ConfigurationError
from bot.core.platform import Intake

if TYPE_CHECKING:
    from bot.adapters.telegram.client import Telegram

logger = logging.getLogger(__name__)

WEBHOOK: Final = "/telegram/webhook"
WEBHOOK_BODY: Final = 1 << 20
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_SECRET: Final = re.compile(r"[\w-]{1,256}", re.ASCII)


class Webhook:
    def __init__(self, telegram: Telegram, secret: str) -> None:
        self._telegram, self._secret = telegram, secret
        self._intake: Intake | None = None

    def attach(self, intake: Intake) -> None:
        self._intake = intake

    def routes(self) -> list[web.RouteDef]:
        return [web.post(WEBHOOK, self._receive)]

    async def ask_for(self, public_url: str) -> None:
        """Has the platform post to `WEBHOOK` below this address."""
        if not _SECRET.fullmatch(self._secret):
            raise ConfigurationError(["TELEGRAM_WEBHOOK_SECRET is needed with PUBLIC_URL: 1 to 256 of A-Z a-z 0-9 _ -."])
        url = public_url.rstrip("/") + WEBHOOK

        async def ask() -> None:
            await self._telegram.bot.set_webhook(url, allowed_updates=WANTED, secret_token=self._secret)

        try:
            await ask()
        except (BadRequest, InvalidToken) as error:
            raise ConfigurationError([f"PUBLIC_URL: Telegram does not take {url} as a webhook: {reason_of(error)}"]) from None
        except Exception as error:
            self._telegram.trouble(error)
            self._telegram.in_background(self._telegram.insist(ask))

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=401)
        # Without our name we could not tell which commands are ours.
        if self._intake is None or not self._telegram.is_known:
            return web.Response(status=503)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            await self._hand_in(body, self._intake)
        except Exception as error:
            self._telegram.trouble(error)
            return web.Response(status=503)
        self._telegram.stand(State.READY)
        return web.Response()

    async def _hand_in(self, body: bytes, intake: Intake) -> None:
        """What cannot be read is taken all the same: sent again it would be no better."""
        update = parsed(body)
        if update is None:
            logger.warning("Telegram: an unreadable body of %s bytes is passed over", len(body))
        elif (event := self._telegram.read(update)) is not None:
            await intake.accept([event])


async def _body(request: web.Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > WEBHOOK_BODY:
            return None
    return bytes(body)

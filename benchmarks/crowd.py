"""Simulated people behind a Telegram of our own: they ask, press, follow up and wait, and what they hear is counted."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import select

from benchmarks.fleet import SECRET
from benchmarks.questions import load
from bot.storage.database import Database
from bot.storage.tables import Inbox, Outbox
from tests.fakes import telegram as fakes
from tests.fakes.telegram import Call, FakeTelegram
from tests.patience import PATIENCE

Json = dict[str, Any]
COMMANDS = ("/help", "/hot", "/browse", "/start")
FOLLOW = 0.3
"""Share of the answered who go on."""
THINKING = (2.0, 12.0)
"""Seconds until they do."""
GROUPS = 300
AGAIN = 0.2
"""Seconds after which the platform tries again to hand over what was not taken; twice as long each time, up to `AGAIN_AT_MOST`."""
AGAIN_AT_MOST = 5.0
AT_ONCE = 40
"""Updates the platform hands over side by side: its own default."""
HOUR = 3600.0
_inbox, _outbox = Inbox.__table__, Outbox.__table__


@dataclass(frozen=True)
class Heard:
    """One answer: when it was asked (seconds since the beginning), and how long it took."""

    at: float
    seconds: float
    kind: str


@dataclass(frozen=True)
class Truth:
    """What the platform saw against what the rows say, when all is quiet."""

    taken: int
    """Events the service said yes to."""
    answers: int
    """Messages that stand at the platform."""
    lost: int
    """Events not handled, messages not sent, messages that the rows hold for sent and the platform never saw."""
    unheard: tuple[str, ...]
    """What was said by people who heard nothing at all, by its kind."""
    twice: int
    """Messages at the platform of which no row knows, not even a doubtful one."""
    doubtful: int
    """Rows under doubt after a kill: sent once more ten minutes later."""
    disorder: int
    """Chats in which an answer came before that to an earlier question."""


class Crowd(FakeTelegram):
    """The platform and everybody on it. `webs`: where the service listens."""

    def __init__(self, people: int, dice: random.Random, token: str = fakes.TOKEN) -> None:
        super().__init__(token)
        self.webs: list[str] = []
        self.heard: list[Heard] = []
        self.taken: dict[int, str] = {}
        """Events the service said yes to, and of what kind they are."""
        self.acknowledged: list[float] = []
        self.refusals = 0
        self._people, self._dice = people, dice
        self._texts = [asked.text for asked in load()]
        self._events = itertools.count(10_000_000)
        self._waiting: dict[int, tuple[float, str]] = {}
        self._buttons: dict[int, Json] = {}
        self._busy: set[asyncio.Task[None]] = set()
        self._open = True
        self._chats: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._line = asyncio.Semaphore(AT_ONCE)
        self._begun = time.monotonic()
        self._session: aiohttp.ClientSession | None = None

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def unheard(self) -> tuple[str, ...]:
        return tuple(kind.partition(" ")[0] for _, kind in self._waiting.values() if kind != "row")

    # ---- people ----

    async def live(
        self, seconds: float, peak: float, shape: Callable[[float], float], settled: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Whoever comes does not ask how busy we are: `peak` a second, times what `shape` says of the share of the time that is over.

        Returns when everybody has been answered, or when `settled` says that nothing more will come.
        """
        # A platform keeps its lines open: what grows after the start is the service's own doing.
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=200, keepalive_timeout=HOUR)) as self._session:
            await asyncio.gather(*(self._open_line(address) for address in self.webs for _ in range(AT_ONCE)))
            self._begun = due = time.monotonic()
            self._open = True
            while (passed := due - self._begun) < seconds:
                due += self._dice.expovariate(peak * (1 - FOLLOW))
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                if self._dice.random() < shape(passed / seconds):
                    self._start(self._arrive())
            self._open = False
            await (settled or self._settle)()

    async def flood(self, count: int, *, each: int = 3) -> None:
        """All at once: `each` questions in a row from as many people as that takes; every one comes after the last was taken."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as self._session:
            self._begun, self._open = time.monotonic(), False
            await asyncio.gather(*(self._row(1 + chat, each) for chat in range(count // each)))

    async def _row(self, chat: int, count: int) -> None:
        for _ in range(count):
            await self._say(chat, fakes.private(self._question(), user=chat, **self._stamp()), "row")

    @property
    def posting(self) -> bool:
        """Something is not taken yet."""
        return bool(self._busy)

    async def _settle(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._busy or self._waiting:
                    await asyncio.sleep(0.05)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _arrive(self) -> None:
        kind = self._dice.choices(("question", "command", "group", "two"), (80, 8, 6, 6))[0]
        if kind == "group":
            chat = -1000 - self._dice.randrange(GROUPS)
            if chat not in self._waiting:
                text = f"@{self.bot['username']} {self._question()}"
                await self._say(chat, fakes.group(text, user=self._someone(), chat=chat, **self._stamp()), kind)
            return
        chat = self._someone()
        text = self._dice.choice(COMMANDS) if kind == "command" else self._question()
        await self._say(chat, fakes.private(text, user=chat, **self._stamp()), kind)
        if kind == "two":
            await self._say(chat, fakes.private(self._question(), user=chat, **self._stamp()), kind)

    async def _go_on(self, chat: int) -> None:
        await asyncio.sleep(self._dice.uniform(*THINKING))
        if not self._open or chat in self._waiting:
            return
        message = self._buttons.pop(chat, None)
        if message is not None and self._dice.random() < 0.5:
            pressed = self._press(chat, message)
            await self._say(chat, pressed, f"press {pressed['callback_query']['id']}")
        else:
            await self._say(chat, fakes.private(self._question(), user=chat, **self._stamp()), "question")

    def _someone(self) -> int:
        while (chat := 1 + self._dice.randrange(self._people)) in self._waiting:
            pass
        return chat

    def _question(self) -> str:
        return self._dice.choice(self._texts)

    def _stamp(self) -> Json:
        return {"date": int(time.time()), "message_id": next(self._messages)}

    def _press(self, chat: int, message: Json) -> Json:
        buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row if "callback_data" in button]
        query: Json = {"id": str(next(self._messages)), "from": fakes.person(chat), "chat_instance": "1", "message": message}
        self._queries.add(query["id"])
        return {"callback_query": query | {"data": self._dice.choice(buttons)["callback_data"]}}

    # ---- the wire ----

    async def _say(self, chat: int, update: Json, kind: str) -> None:
        if isinstance(message := update.get("message"), dict):
            self.messages[(chat, message["message_id"])] = message
        begun = time.monotonic()
        if kind != "row":
            self._waiting.setdefault(chat, (begun, kind))
        # What is said in a chat is handed over in order: the next one when the last one was taken.
        async with self._chats[chat]:
            update["update_id"] = event = next(self._events)
            await self._post(update, event)
        self.acknowledged.append(time.monotonic() - begun)
        self.taken[event] = kind.partition(" ")[0]

    async def _post(self, update: Json, event: int) -> None:
        """Until it is taken, as the platform does."""
        for turn in itertools.count():
            async with self._line:
                if await self._is_taken(self.webs[(event + turn) % len(self.webs)], update):
                    return
            self.refusals += 1
            await asyncio.sleep(min(AGAIN * 2**turn, AGAIN_AT_MOST))

    async def _is_taken(self, address: str, update: Json) -> bool:
        assert self._session is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with self._session.post(f"{address}/telegram/webhook", json=update, headers=headers) as response:
                return response.status == 200
        return False

    async def _open_line(self, address: str) -> None:
        assert self._session is not None
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with self._session.get(f"{address}/livez") as response:
                await response.read()

    async def _perform(self, call: Call) -> web.StreamResponse:
        answer = await super()._perform(call)
        method = call.method.lower()
        if method in ("sendmessage", "editmessagetext"):
            self._hear(int(call.parameters["chat_id"]), call.result)
        elif method == "answercallbackquery":
            self._hear_note(call)
        return answer

    def _hear(self, chat: int, message: Json) -> None:
        self._answered(chat)
        markup = message.get("reply_markup") or {}
        if chat > 0 and any("callback_data" in button for row in markup.get("inline_keyboard", ()) for button in row):
            self._buttons[chat] = message

    def _hear_note(self, call: Call) -> None:
        """A press may be answered by a note alone."""
        number = str(call.parameters["callback_query_id"])
        for chat, (_, kind) in list(self._waiting.items()):
            if kind == f"press {number}":
                self._answered(chat)

    def _answered(self, chat: int) -> None:
        if (said := self._waiting.pop(chat, None)) is None:
            return
        at, kind = said
        self.heard.append(Heard(at - self._begun, time.monotonic() - at, kind.partition(" ")[0]))
        if self._open and chat > 0 and self._dice.random() < FOLLOW:
            self._start(self._go_on(chat))

    # ---- the truth ----

    def stand(self) -> int:
        """Calls that put or changed a message."""
        return sum(call.done for call in self.ledger if call.method.lower() in ("sendmessage", "editmessagetext"))


async def truth(crowd: Crowd, database: Database) -> Truth:
    async with database.read() as connection:
        events = (await connection.execute(select(_inbox.c.event, _inbox.c.state).where(_inbox.c.id > 0))).all()
        states = {row.event: row.state for row in events}
        rows = (
            await connection.execute(select(_outbox.c.key, _outbox.c.chat, _outbox.c.state, _outbox.c.message, _outbox.c.strikes))
        ).all()
    rows = [row for row in rows if not row.key.startswith("old:")]
    sent = [row for row in rows if row.state == "sent"]
    doubtful = sum(row.state == "ambiguous" for row in rows)
    unhandled = sum(states.get(str(event)) != "done" for event in crowd.taken)
    unsent = len(rows) - len(sent) - doubtful
    extra = crowd.stand() - len(sent)
    lost = unhandled + unsent + max(0, -extra)
    asked = [row for row in sent if crowd.taken.get(_event(row.key)) != "press"]
    return Truth(len(crowd.taken), crowd.stand(), lost, crowd.unheard, max(0, extra - doubtful), doubtful, _disorder(asked))


def _event(key: str) -> int:
    event = key.split(":")[2]
    return int(event) if event.isdigit() else 0


def _disorder(sent: Sequence[Any]) -> int:
    """By the platform's own numbers: a later question's answer has a later one. A row sent a second time is late on purpose."""
    by_chat: dict[str, list[tuple[int, int]]] = {}
    for row in sent:
        if not row.strikes and row.message.isdigit():
            by_chat.setdefault(row.chat, []).append((_event(row.key), int(row.message)))
    wrong = Counter[str]()
    for chat, pairs in by_chat.items():
        numbers = [message for _, message in sorted(pairs)]
        wrong[chat] += numbers != sorted(numbers)
    return sum(wrong.values())

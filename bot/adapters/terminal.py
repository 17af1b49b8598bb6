"""The terminal as a platform: a line in, an answer out, choices by their number."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.core.clock import Clock
from bot.core.message import Attached, Block, ChatKind, Incoming, InlineResult, Kind, Outgoing, Where
from bot.core.platform import Intake, Limits, Outcome, Sent, Unfetched

PLATFORM = "terminal"
BOLD = ("\x1b[1m", "\x1b[0m")
MARK = ("**", "**")
"""Where a screen cannot print bold."""
FILE = "file:"
"""Begins a line that sends the file of that path."""


class Terminal:
    """`write` puts text on the screen; `bold` wraps what must stand out. One chat, one person: whoever sits there."""

    platform = PLATFORM
    limits = Limits(text=100_000, buttons=0, ours=True, local=True, heard_from_person=0, heard_from_chat=0, files=True, document=50 << 20)

    def __init__(
        self, account: str, write: Callable[[str], None], clock: Clock, *, bold: tuple[str, str] = ("", ""), language: str = ""
    ) -> None:
        self.account = account
        self._write = write
        self._clock = clock
        self._bold = bold
        self.language = language
        self._where = Where(PLATFORM, account, "terminal")

    async def send(self, message: Outgoing) -> Outcome:
        enclosed = [f"[{message.enclosed.name} · {size(message.enclosed.size)}]"] if message.enclosed else []
        self._write("\n\n".join([*enclosed, *(self.paragraph(block) for block in message.blocks)]) + "\n")
        return Sent(message.key)

    def paragraph(self, block: Block) -> str:
        text = "".join(self._bold[0] + span.text + self._bold[1] if span.bold else span.text for span in block.spans)
        return "\n".join(f"│ {line}" for line in text.splitlines()) if block.quote else text

    async def acknowledge(self, incoming: Incoming, note: str) -> None:
        """There is nothing to press."""

    async def answer_inline(self, incoming: Incoming, results: Sequence[InlineResult]) -> None:
        """There is no list while typing."""

    async def fetch(self, file: str, most: int) -> bytes | Unfetched:
        # Imported here: `zhice lookup` draws its answer without it.
        import asyncio

        return await asyncio.to_thread(_read, Path(file), most)

    async def release(self, incoming: Incoming) -> None:
        """The files are the person's own."""

    async def is_admin(self, where: Where, user: str) -> bool:
        return True

    def way_in(self, payload: str) -> str:
        return ""

    async def typing(self, where: Where) -> None:
        """An answer comes before one could read it."""

    def joined(self) -> Incoming:
        return self._incoming(Kind.JOINED)

    def read(self, line: str) -> Incoming:
        word, _, rest = line.strip().partition(" ")
        if word.startswith("/") and len(word) > 1:
            return self._incoming(Kind.COMMAND, text=rest.strip(), command=word[1:].lower())
        if line.strip().startswith(FILE):
            return self._incoming(Kind.ATTACHMENT, files=(_attached(Path(line.strip().removeprefix(FILE).strip())),))
        return self._incoming(Kind.TEXT, text=line)

    def _incoming(self, kind: Kind, text: str = "", command: str = "", files: tuple[Attached, ...] = ()) -> Incoming:
        return Incoming(
            event=secrets.token_hex(8),
            kind=kind,
            where=self._where,
            chat_kind=ChatKind.PRIVATE,
            user=self.account,
            at=self._clock.now(),
            text=text,
            command=command,
            files=files,
            language=self.language,
        )

    async def converse(self, ask: Callable[[], Awaitable[str | None]], intake: Intake, settled: Callable[[], Awaitable[None]]) -> None:
        """Hands in line after line until `ask` has no more; each is answered before the next is asked for."""
        await intake.accept([self.joined()])
        await settled()
        while (line := await ask()) is not None:
            if line.strip():
                await intake.accept([self.read(line)])
                await settled()


def size(count: int) -> str:
    """Of a file, as people say it."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def _attached(path: Path) -> Attached:
    path = path.expanduser()
    return Attached(str(path), path.name, path.stat().st_size if path.is_file() else 0)


def _read(path: Path, most: int) -> bytes | Unfetched:
    try:
        with path.open("rb") as file:
            found = file.read(most + 1)
    except OSError:
        return Unfetched.GONE
    return found if len(found) <= most else Unfetched.TOO_LARGE

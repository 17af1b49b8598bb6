"""What people hand in as files: known by content, looked into by a process that may fail without harm, or refused with a reason."""

from __future__ import annotations

import asyncio
import json
import sys
import unicodedata
from dataclasses import dataclass

from bot.core.errors import UserError
from bot.core.message import Text
from bot.storage import inspection
from bot.storage.inspection import LARGEST, SECONDS, Reason

LIKELY = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
"""Kinds we take, with the media type they are served with: always as an attachment, never to be guessed by the browser."""
NAME = 120


@dataclass(frozen=True)
class Upload:
    """A file that may be kept. `data` of a picture is drawn anew, without what cameras write into it."""

    name: str
    kind: str
    data: bytes


class Uploads:
    """Looks at a few files at a time."""

    def __init__(self, at_once: int = 2) -> None:
        self._room = asyncio.Semaphore(at_once)

    async def check(self, name: str, data: bytes) -> Upload:
        """Raises UserError with the reason, worded for the person."""
        if not data:
            raise _refused(Reason.EMPTY)
        if len(data) > LARGEST:
            raise _refused(Reason.TOO_LARGE)
        async with self._room:
            answer, kept = await _looked_into(data)
        if reason := answer.get("reason"):
            raise _refused(Reason(reason))
        return Upload(tidy(name, answer["kind"]), answer["kind"], kept or data)


def tidy(name: str, kind: str) -> str:
    """A name to show: no folders, no control or direction signs, the ending of what it is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending.lower() not in (*LIKELY, "jpeg"):
        stem = plain
    return f"{stem[:NAME].strip(' .') or 'file'}.{kind}"


async def _looked_into(data: bytes) -> tuple[dict[str, str], bytes]:
    """In a process without our settings. The bytes go through pipes: no plain file lies anywhere."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-I", inspection.__file__)
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env={}, cwd="/")
    try:
        # A wall clock beside the processor's: the machine may be busy, so it is generous.
        out, _ = await asyncio.wait_for(process.communicate(data), SECONDS * 6)
    except TimeoutError:
        return {"reason": Reason.TOO_MUCH.value}, b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    line, _, kept = out.partition(b"\n")
    return (json.loads(line), kept) if process.returncode == 0 and line else ({"reason": Reason.TOO_MUCH.value}, b"")


def _refused(reason: Reason) -> UserError:
    return UserError(Text(reason.value, {"megabytes": LARGEST // 1024 // 1024}))

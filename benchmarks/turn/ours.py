"""Our service in a process of its own, with the platform's limits lifted: `echo` repeats every message, `lookup` is what people get.

python -m benchmarks.turn.ours echo|lookup|help   (settings as always, from the environment)

With ZHICE_FLAME=FILE it also counts where its processor time goes, and writes that at the end.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
from datetime import timedelta

from bot.core.message import Answer, Choice, Incoming, Kind, Note, Quote, Reply, Span, Text


async def echo(incoming: Incoming, chat: object, use: object) -> list[Answer]:
    """The least a bot does: says the same again, with a button that does it once more."""
    said = incoming.text or "again"
    reply = Reply((Quote((Span(said),)),), (Choice("help", label="again"),))
    return [Note(Text("press-expired")), reply] if incoming.kind is Kind.PRESS else [reply]


def lift_limits() -> None:
    """The platform's pace would hide ours."""
    from bot.adapters.telegram import client

    lifted = dataclasses.replace(
        client.Telegram.limits,
        per_second=100_000,
        chat_interval=timedelta(),
        group_per_minute=0,
        heard_from_person=0,
        heard_from_chat=0,
        width=int(os.environ.get("ZHICE_WIDTH", "256")),
    )
    client.limits_at = lambda per_second: lifted


def main(what: str) -> None:
    from handlers import turn

    lift_limits()
    if what == "echo":
        turn.route = lambda incoming, chat: echo  # type: ignore[attr-defined]
    from bot.commands.command_line import _run

    with _watched():
        _run(web=True, work=True)


def _watched() -> contextlib.AbstractContextManager[object]:
    target = os.environ.get("ZHICE_FLAME")
    if not target:
        return contextlib.nullcontext()
    from benchmarks.turn.flame import sampled

    return sampled(target)


if __name__ == "__main__":
    main(sys.argv[1])

"""Commands of those who look after the service: the outbox and backups. What a command needs is imported when it runs."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.commands.options import FOUND, Json
from bot.commands.running import completed

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.outbox.report import Stats
    from bot.settings import Settings

T = TypeVar("T")

outbox = typer.Typer(help="What is on its way, what may have got lost, and the brake.", no_args_is_help=True)
backup = typer.Typer(help="Copies of the database and of files, and their way back.", no_args_is_help=True)

Keys = Annotated[Path | None, typer.Option("--keys", help="The file of the keys; without it, sealing-keys.json beside the backups.")]
Backup = Annotated[Path, typer.Argument(help="The backup's folder.")]


def _settings() -> Settings:
    from bot.start import settings

    return settings(quiet=True)


def _asked(question: Callable[[AsyncConnection, datetime], Awaitable[T]], *, write: bool = False) -> T:
    async def run() -> T:
        from bot.app import core

        async with core(_settings(), migrate=False) as built:
            now = built.clock.now()
            if write:
                return await built.database.write(lambda connection: question(connection, now))
            async with built.database.read() as connection:
                return await question(connection, now)

    return completed(run())


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))


# ---- outbox ----


@outbox.command("stats")
def outbox_stats(as_json: Json = False) -> None:
    """How many messages stand how, how long the oldest have waited, and what is paused. Exit code 1 when something needs a look."""
    from bot.outbox.report import stats

    found = _asked(stats)
    if as_json:
        _print(found.plain())
    else:
        print("\n".join(_shown(found)))
    raise typer.Exit(FOUND if found.paused or found.batches or found.troubles or found.unknown_lately else 0)


def _shown(found: Stats) -> list[str]:
    waiting = {"answers": found.oldest_reply, "to many": found.oldest_bulk}
    lines = ["messages: " + (", ".join(f"{state} {count}" for state, count in sorted(found.counts.items())) or "none yet")]
    lines += [f"oldest waiting, {name}: {span.total_seconds():.0f} s" for name, span in waiting.items() if span is not None]
    lines.append(f"events: {found.events_open} open, {found.events_dead} given up")
    if found.paused:
        lines.append(f"PAUSED: {found.paused}; to send again: zhice outbox resume")
    lines += [f"paused batch {each.batch}: {each.reason}" for each in found.batches]
    lines += [f"{each.name} is {each.state} since {each.since:%Y-%m-%d %H:%M} UTC: {each.reason}" for each in found.troubles]
    if found.unknown_lately:
        lines.append(f"{found.unknown_lately} in the last day may have arrived or not: zhice outbox unknown")
    return lines


@outbox.command("unknown")
def outbox_unknown(
    limit: Annotated[int, typer.Option(min=1, help="So many at the most.")] = 100,
    failed: Annotated[bool, typer.Option("--failed", help="Those that failed, too.")] = False,
    as_json: Json = False,
) -> None:
    """Messages of which nobody can say whether they arrived, the latest first."""
    from bot.outbox.report import unknown

    states = ("unknown", "failed") if failed else ("unknown",)
    found = _asked(lambda connection, _now: unknown(connection, limit, states))
    if as_json:
        _print([each.__dict__ for each in found])
        return
    for each in found:
        print(f"{each.id}  {each.at:%Y-%m-%d %H:%M}  {each.state}  {each.platform} {each.chat}  {each.batch or each.key}  {each.error}")
    if not found:
        print("None.")


@outbox.command("resend")
def outbox_resend(
    ids: Annotated[list[int], typer.Argument(help="Numbers from: zhice outbox unknown.")],
    as_json: Json = False,
) -> None:
    """Sends these once more. Who has got one already gets it again."""
    from bot.outbox.report import resend

    count = _asked(lambda connection, now: resend(connection, ids, now), write=True)
    if as_json:
        _print({"resent": count})
    else:
        print(
            f"{count} of {len(ids)} will be sent again."
            + ("" if count == len(ids) else " The others are not in doubt, or their words are gone.")
        )
    raise typer.Exit(0 if count == len(ids) else FOUND)


@outbox.command("pause")
def outbox_pause(reason: Annotated[str, typer.Argument(help="Why; it is shown wherever the pause is.")]) -> None:
    """Sends nothing more, answers included, until: zhice outbox resume."""
    from bot.outbox.instance import pause

    _asked(lambda connection, now: pause(connection, reason, now), write=True)
    print("Nothing more is sent. What is under way arrives.")


@outbox.command("resume")
def outbox_resume() -> None:
    """Sends again, after a pause or a restored backup. What waited goes out now."""
    from bot.outbox.instance import resume

    reason = _asked(resume, write=True)
    print(f"Sending again; it was paused: {reason}." if reason else "It was not paused.")


# ---- backup ----


@backup.command("create")
def backup_create(
    folder: Annotated[Path | None, typer.Argument(help="Where backups go; without it, DATA_DIR/backups.")] = None,
    keys: Keys = None,
    keep: Annotated[int, typer.Option(min=0, help="Older ones beyond so many are deleted; 0 keeps all.")] = 0,
    as_json: Json = False,
) -> None:
    """Makes a copy while the service runs, looks it through, and says where it is."""
    from bot.commands.backup import create

    made = completed(create(_settings(), folder, keys, keep))
    if as_json:
        _print({"folder": str(made.folder), "keys": str(made.keys), "messages": made.rows})
    else:
        print(f"{made.folder}\nKeys: {made.keys} (written over each time). The master key is not in it: keep that apart.")


@backup.command("verify")
def backup_verify(folder: Backup, keys: Keys = None, as_json: Json = False) -> None:
    """Looks through a backup, its keys and the master key for them. Exit code 1 when it could not be restored."""
    from bot.commands.backup import verify

    found = completed(verify(_settings(), folder, keys))
    if as_json:
        _print({"sound": not found, "problems": found})
    else:
        print("\n".join(found) or "Sound.")
    raise typer.Exit(FOUND if found else 0)


@backup.command("restore")
def backup_restore(
    folder: Backup,
    keys: Keys = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put the present data aside (SQLite) or overwrite it (PostgreSQL).")] = False,
) -> None:
    """Brings a backup back into an empty place; the service must rest. Nothing is sent until: zhice outbox resume."""
    from bot.commands.backup import restore

    completed(restore(_settings(), folder, keys, replace=replace))
    print("Restored. Start the service; it answers nobody yet. When this is the copy to go on with: zhice outbox resume")

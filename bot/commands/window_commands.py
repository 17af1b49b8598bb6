"""`zhice windows`: what is entered, by those who run the machine. What a command needs is imported when it runs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from bot.commands.options import FOUND, Json
from bot.commands.running import completed

windows = typer.Typer(help="Application windows, reminders and the publicity week.", no_args_is_help=True)

Id = Annotated[int, typer.Argument(help="The window's number: zhice windows list.")]
Fields = Annotated[str, typer.Argument(help="A file with a field a line, or the lines themselves; - reads standard input.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@windows.command("list")
def list_(as_json: Json = False, everything: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False) -> None:
    """What is entered, soonest end first."""
    from bot.commands.windows import listed
    from bot.start import settings

    found = completed(listed(settings(quiet=True), everything=everything))
    if as_json:
        print(json.dumps([each.plain() for each in found], ensure_ascii=False))
        return
    none = "No window is entered." if everything else "No window is entered but those that are over: --all shows them, too."
    print("\n".join(map(str, found)) or none)


@windows.command("publish")
def publish(fields: Fields, yes: Yes = False) -> None:
    """Enters a window from the year's notice; subscribers are told. Shows it first."""
    _changed("publish", 0, fields, yes)


@windows.command("extend")
def extend(id: Id, fields: Fields, yes: Yes = False) -> None:
    """Moves an end to a later day: the new end and the notice that says so."""
    _changed("extend", id, fields, yes)


@windows.command("correct")
def correct(id: Id, fields: Fields, yes: Yes = False) -> None:
    """Puts fields right; those whose plan changes are told old and new."""
    _changed("correct", id, fields, yes)


@windows.command("cancel")
def cancel(id: Id, reason: Annotated[str, typer.Option(help="Told to subscribers.")], yes: Yes = False) -> None:
    """Withdraws a window."""
    _changed("cancel", id, reason, yes)


def _changed(what: str, id: int, given: str, yes: bool) -> None:
    from bot.commands.windows import drafted, written
    from bot.start import settings

    loaded = settings(quiet=True)
    draft = completed(drafted(loaded, what, id, _text(given)))
    print(draft.shown)
    if draft.against:
        raise typer.Exit(FOUND)
    if not yes and not typer.confirm("Write this?"):
        raise typer.Exit(FOUND)
    print(completed(written(loaded, what, draft)))


def _text(given: str) -> str:
    from pathlib import Path

    if given == "-":
        return sys.stdin.read()
    if "\n" in given or "|" in given or not Path(given).is_file():
        return given.replace("|", "\n")
    return Path(given).read_text(encoding="utf-8")


@windows.command("hints")
def hints(as_json: Json = False) -> None:
    """When windows were in earlier years, with sources. Never a prediction."""
    from bot.commands.windows import past

    rows = past()
    print(
        json.dumps(rows, ensure_ascii=False) if as_json else "\n".join(f"{row['programme']}: {row['round']} {row['seen']}" for row in rows)
    )


@windows.command("check")
def check() -> None:
    """Refuses rows of the calendar that have no source, each with its line. Exit code 1 on problems."""
    from reminders.programmes import faults, programmes

    found = faults()
    print("\n".join(map(str, found)) if found else f"All is well: {len(programmes())} programmes.")
    raise typer.Exit(FOUND if found else 0)


@windows.command("rehearse")
def rehearse(
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="The day behind the last one.")],
    as_json: Json = False,
) -> None:
    """Plays the days over the real code and prints every message to everyone. Nothing is sent, nothing is changed."""
    from bot.commands.rehearsal import rehearsed
    from bot.start import day, settings

    found = completed(rehearsed(settings(quiet=True), day(start), day(end)))
    for message in found:
        print(json.dumps(message.plain(), ensure_ascii=False) if as_json else message)
    if not found and not as_json:
        print("Nothing goes out in these days.")


@windows.command("catchup")
def catchup(
    approve: Annotated[int, typer.Option(help="Number of a plan to send.")] = 0,
    refuse: Annotated[int, typer.Option(help="Number of a plan to drop.")] = 0,
) -> None:
    """What an outage left: plans that wait for approval, and reminders that were dropped."""
    from bot.commands.windows import caught_up, decided
    from bot.start import settings

    if approve or refuse:
        print(completed(decided(settings(quiet=True), approve or refuse, approve=bool(approve))))
        return
    print(completed(caught_up(settings(quiet=True))))


@windows.command("week")
def week(
    year: Annotated[int, typer.Option(help="List the programme of that year.")] = 0,
    add: Annotated[str, typer.Option(help="Date | time | title | venue | organiser | source | https address")] = "",
    remove: Annotated[int, typer.Option(help="Number of an item to take off.")] = 0,
) -> None:
    """The publicity week's programme: what the daily message is made of."""
    from bot.commands.windows import programme, put_on, taken_off
    from bot.start import settings

    loaded = settings(quiet=True)
    if add:
        print(completed(put_on(loaded, add)))
    elif remove:
        print(completed(taken_off(loaded, remove)))
    else:
        print(completed(programme(loaded, year)))


@windows.command("workdays")
def workdays(fields: Fields, yes: Yes = False) -> None:
    """Enters a year's working days from the State Council's notice: the year, a line a festival, the shifted days, the source."""
    from bot.commands.windows import days_entered, days_read
    from bot.start import settings

    loaded = settings(quiet=True)
    table, shown = completed(days_read(loaded, _text(fields)))
    print(shown)
    if table is None or not (yes or typer.confirm("Write this?")):
        raise typer.Exit(FOUND)
    print(completed(days_entered(loaded, table)))

"""Commands about staff, the audit log and people's data. What a command needs is imported when it runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.options import FOUND, Json, Language
from bot.commands.running import completed
from bot.core.permissions import Role

privacy = typer.Typer(help="Keys, and what is kept about people.", no_args_is_help=True)
staff = typer.Typer(help="The office's own people and their roles.", no_args_is_help=True)
applications = typer.Typer(help="Applications handed in.", no_args_is_help=True)
audit = typer.Typer(help="The log of what staff and applicants did.", no_args_is_help=True)

Id = Annotated[int, typer.Argument(help="The account's number: zhice staff list.")]
PersonOption = Annotated[str, typer.Option("--person", metavar="PLATFORM:ID", help="For example telegram:123456.")]
Roles = Annotated[list[Role], typer.Option("--role", help="May be given several times.")]


def _settings() -> Any:
    from bot.start import settings

    return settings(quiet=True)


@privacy.command("rotate")
def privacy_rotate() -> None:
    """Changes the master key: with the file of our own a new one is made; else the first of MASTER_KEY locks from now on."""
    from bot.commands.private import rotate

    print(completed(rotate(_settings())))


@privacy.command("export")
def privacy_export(person: PersonOption) -> None:
    """Prints everything kept about a person, as JSON. Mind where it goes: it is not sealed any more."""
    from bot.commands import private

    print(completed(private.export(_settings(), private.person(person))))


@privacy.command("delete")
def privacy_delete(
    person: PersonOption,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Deletes a person: words, drafts, answers, files, keys. It cannot be taken back. The log keeps a pseudonym."""
    from bot.commands import private

    who = private.person(person)
    if not yes:
        typer.confirm(f"Delete everything about {person}?", abort=True)
    _print_counts(completed(private.erase(_settings(), who)).counts, as_json)


@privacy.command("retention")
def privacy_retention(
    drafts: Annotated[int, typer.Option(min=1, metavar="DAYS", help="Days an untouched draft is kept.")] = 90,
    settled: Annotated[int, typer.Option(min=1, metavar="DAYS", help="Days a settled application keeps its content.")] = 1095,
    statuses: Annotated[
        list[str] | None, typer.Option("--status", help="In which an application is settled; without any: where nothing follows.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    as_json: Json = False,
) -> None:
    """Lets go what is past its time, and files no row speaks of."""
    from datetime import timedelta

    from bot.commands import private
    from bot.storage.privacy import Retention
    from handlers.forms.form import endings

    keep = Retention(timedelta(days=drafts), timedelta(days=settled), statuses or endings())
    _print_counts(completed(private.expire(_settings(), keep, dry_run=dry_run)).counts, as_json)


def _print_counts(counts: Mapping[str, int], as_json: bool) -> None:
    print(json.dumps(counts) if as_json else ", ".join(f"{name} {count}" for name, count in counts.items()))


@staff.command("add")
def staff_add(
    name: Annotated[str, typer.Argument(help="How colleagues call them.")],
    roles: Roles,
    as_json: Json = False,
) -> None:
    """Makes an account and prints a one-time code: whoever sends it to us in a private chat within 10 minutes is linked."""
    from bot.commands.personnel import add

    added = completed(add(_settings(), name, roles))
    print(json.dumps(added.plain(), ensure_ascii=False) if as_json else added.said())


@staff.command("list")
def staff_list(as_json: Json = False) -> None:
    """Every account: number, name, roles, and how many platform identities are linked."""
    from bot.commands.personnel import accounts

    found = completed(accounts(_settings()))
    if as_json:
        print(json.dumps([account.plain() for account in found], ensure_ascii=False))
        return
    none = "There is no account yet; the first is an owner: zhice staff add NAME --role owner"
    print("\n".join(account.said() for account in found) or none)


@staff.command("code")
def staff_code(id: Id, as_json: Json = False) -> None:
    """A new one-time code; an earlier one is void."""
    from bot.commands.personnel import code

    made = completed(code(_settings(), id))
    print(json.dumps(made.plain(), ensure_ascii=False) if as_json else made.said())


@staff.command("roles")
def staff_roles(id: Id, roles: Roles) -> None:
    """Gives exactly these roles in place of the earlier ones."""
    from bot.commands.personnel import give_roles

    print(completed(give_roles(_settings(), id, roles)).said())


@staff.command("remove")
def staff_remove(id: Id) -> None:
    """Takes all rights away, at once. The account stays in the log."""
    from bot.commands.personnel import remove

    print(completed(remove(_settings(), id)).said())


@applications.command("file")
def applications_file(
    receipt: Annotated[str, typer.Argument(help="ZC-…")],
    number: Annotated[int, typer.Argument(min=1, help="Which of its files, as /review counts them in the full view.")],
    reason: Annotated[str, typer.Option(help="Who needs it and what for; it is written to the log.")],
    out: Annotated[Path, typer.Option(help="Where to write it. Mind where that is: it is not sealed any more.")],
) -> None:
    """Writes one file of an application in plain, and an entry into the log."""
    from bot.commands import private

    print(completed(private.hand_out(_settings(), receipt, number, reason, out)))


@applications.command("export")
def applications_export(
    by: Annotated[int, typer.Option("--by", help="The staff account that acts: zhice staff list.")],
    into: Annotated[Path, typer.Option(help="The workbook to write, .xlsx; readable by us alone. Mind where that is.")],
    reason: Annotated[str, typer.Option(help="What it is for; it is written to the log.")],
    programme: Annotated[str, typer.Option(help="Only that one: zhice forms list.")] = "",
    status: Annotated[list[str] | None, typer.Option(help="Only those standing there; may be given several times.")] = None,
    since: Annotated[str, typer.Option(metavar="DATE", help="Only those handed in from that day on (YYYY-MM-DD).")] = "",
    full: Annotated[bool, typer.Option("--full", help="Names and ways to reach people in full; masked without it.")] = False,
    language: Language = "zh-CN",
) -> None:
    """Writes applications as a workbook, a sheet for each programme, and an entry into the log."""
    from bot.commands import private
    from bot.storage.handing_out import Wanted

    settings = _settings()
    wanted = Wanted(programme, tuple(status or ()), _beginning(since, settings))
    print(completed(private.export_applications(settings, private.Order(by, wanted, reason, full, language), into)))


def _beginning(day: str, settings: Any) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), settings.zone)
    except ValueError as error:
        raise typer.BadParameter("--since takes a date such as 2026-03-01") from error


@audit.command("verify")
def audit_verify(as_json: Json = False) -> None:
    """Walks the whole chain. Exit code 1 when it does not hold."""
    from bot.commands.personnel import verdict

    found = completed(verdict(_settings()))
    well = f"{found.entries} entries, the chain holds; head {found.head}"
    broken = f"the chain is broken at entry {found.broken}; before it {found.entries} entries hold, head {found.head}"
    print(json.dumps(found.__dict__) if as_json else (broken if found.broken else well))
    raise typer.Exit(FOUND if found.broken else 0)


@audit.command("head")
def audit_head(
    day: Annotated[str, typer.Option("--day", metavar="DATE", help="The head at the end of that day (YYYY-MM-DD); default: now.")] = "",
    as_json: Json = False,
) -> None:
    """The last entry's number and hash. Keep one a day where the database's keeper cannot change it."""
    from bot.commands.personnel import head

    found = completed(head(_settings(), day))
    print(json.dumps({"entries": found.entries, "head": found.head}) if as_json else f"{found.entries} {found.head}")

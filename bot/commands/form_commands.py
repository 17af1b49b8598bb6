"""Commands about programmes. What a command needs is imported when it runs."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.commands.options import FOUND, Json
from bot.commands.running import completed

forms = typer.Typer(help="The programmes people may apply for.", no_args_is_help=True)

Programme = Annotated[str, typer.Argument(help="Its id: zhice forms list.")]


@forms.command("check")
def check(as_json: Json = False) -> None:
    """Looks through the programme files and their words. Exit code 1 on problems."""
    from bot.words import LANGUAGES, message_ids
    from handlers.forms.check import problems
    from handlers.forms.form import forms
    from knowledge.regions import regions

    found = problems(regions(), {language: frozenset(message_ids(language=language)) for language in LANGUAGES})
    if as_json:
        print(json.dumps([{"file": each.file, "line": each.line, "text": each.text} for each in found], ensure_ascii=False))
    else:
        for each in found:
            print(each)
        if not found:
            print(f"All is well: {len(forms())} programmes, {sum(len(form.steps) for form in forms().values())} questions.")
    raise typer.Exit(FOUND if found else 0)


@forms.command("list")
def list_(as_json: Json = False) -> None:
    """Each programme: whether it takes applications now, and how many drafts there are."""
    from bot.commands.switching import listed
    from bot.start import settings

    found = completed(listed(settings(quiet=True)))
    if as_json:
        print(json.dumps([each.__dict__ for each in found], ensure_ascii=False))
        return
    for each in found:
        print(each.said())


@forms.command("off")
def off(programme: Programme, reason: Annotated[str, typer.Option(help="Why; everybody will read it.")]) -> None:
    """Takes no applications from now on. Drafts are kept, and their people are told."""
    from bot.commands.switching import switch_off
    from bot.start import settings

    print(completed(switch_off(settings(quiet=True), programme, reason)))


@forms.command("on")
def on(programme: Programme) -> None:
    """Takes applications again; whoever has a draft is told."""
    from bot.commands.switching import switch_on
    from bot.start import settings

    print(completed(switch_on(settings(quiet=True), programme)))

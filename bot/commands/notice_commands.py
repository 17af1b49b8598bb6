"""Commands about notices: `zhice notices`. What a command needs is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.options import Language, in_ours
from bot.commands.running import completed

notices = typer.Typer(help="Notices of the office to many: written, approved, sent, proved.", no_args_is_help=True)

Id = Annotated[int, typer.Argument(help="The notice's number: zhice notices list.")]
By = Annotated[int, typer.Option("--by", help="The staff account that acts: zhice staff list.")]
File = Annotated[
    Path | None, typer.Option("--file", help="The text in a file; without it, standard input. **bold** and [words](https://…) count.")
]


def _run(by: int, language: str, work: Callable[..., Awaitable[str]], *values: Any, **named: Any) -> None:
    from bot.commands.broadcasting import opened
    from bot.start import settings

    async def run() -> str:
        async with opened(settings(quiet=True), by, language) as at:
            return await work(at, *values, **named)

    print(completed(run()))


def _words(file: Path | None, option: str = "--file") -> str:
    """The text in a file, else what stands on standard input. Raises ConfigurationError."""
    from bot.core.errors import ConfigurationError

    try:
        return file.read_text(encoding="utf-8-sig") if file else sys.stdin.read()
    except OSError as error:
        raise ConfigurationError([f"{option}: {file} cannot be read ({error.strerror})"]) from None
    except UnicodeDecodeError:
        raise ConfigurationError([f"{option}: {file or 'standard input'} is no text in UTF-8"]) from None


@notices.command("list")
def list_(by: By, language: Language = "zh-CN") -> None:
    """Those at work, then the last few that are over."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.listed)


@notices.command()
def draft(by: By, title: Annotated[str, typer.Option(help="One line.")], file: File = None, language: Language = "zh-CN") -> None:
    """A new draft with its text in simplified Chinese."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.draft, title, _words(file))


@notices.command()
def text(
    id: Id,
    by: By,
    tag: Annotated[str, typer.Option("--in", callback=in_ours, help="zh-CN, zh-TW or en")],
    file: File = None,
    language: Language = "zh-CN",
) -> None:
    """The text in one language."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.text, id, tag, _words(file))


@notices.command()
def enclose(
    id: Id,
    by: By,
    file: Annotated[Path | None, typer.Option("--file", help="A picture or file: PDF, docx, xlsx, JPG, PNG, at most 20 MB.")] = None,
    nothing: Annotated[bool, typer.Option("--nothing", help="Leave out what it enclosed.")] = False,
    language: Language = "zh-CN",
) -> None:
    """A picture or a file that goes along, one for each notice."""
    from bot.commands import broadcasting

    if (file is None) is not nothing:
        raise typer.BadParameter("say either --file FILE or --nothing")
    _run(by, language, broadcasting.enclose, id, file)


@notices.command()
def audience(
    id: Id,
    by: By,
    lines: Annotated[list[str] | None, typer.Argument(help="Criteria such as 地区：苏州 or region: suzhou; all must hold.")] = None,
    file: Annotated[Path | None, typer.Option("--list", help="A file with a receipt number or platform:chat a line.")] = None,
    language: Language = "zh-CN",
) -> None:
    """Who it is for. Bad rows of a list are named by their line."""
    from bot.commands import broadcasting

    rows = ["list:", _words(file, "--list")] if file else []
    _run(by, language, broadcasting.audience, id, "\n".join([*(lines or []), *rows]))


@notices.command()
def time(
    id: Id,
    by: By,
    at: Annotated[str, typer.Option(help="“tomorrow 9am”, “12月1日9:30”, or now")] = "",
    quiet: Annotated[str, typer.Option(help="22:00-08:00, or none")] = "",
    language: Language = "zh-CN",
) -> None:
    """When it goes out, and the hours in which nothing does."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.time, id, at, quiet)


@notices.command()
def preview(id: Id, by: By, language: Language = "zh-CN") -> None:
    """As each platform shows it, how many it reaches and how long that takes."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.preview, id)


@notices.command()
def submit(
    id: Id, by: By, key: Annotated[str, typer.Option(help="The same key again changes nothing.")] = "", language: Language = "zh-CN"
) -> None:
    """Hands it in for approval and lists the recipients."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.submit, id, key)


@notices.command()
def approve(by: By, code: Annotated[str, typer.Option(prompt=True, hide_input=True)], language: Language = "zh-CN") -> None:
    """With the one-time code that the reviewer gets in their own private chat."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.approve, code)


@notices.command()
def reject(id: Id, by: By, because: Annotated[str, typer.Option(help="The author reads it.")], language: Language = "zh-CN") -> None:
    """Sends it back to the author."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.reject, id, because)


@notices.command()
def pause(id: Id, by: By, language: Language = "zh-CN") -> None:
    """Nothing more goes out until it is resumed."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.step, id, "pause")


@notices.command()
def resume(id: Id, by: By, language: Language = "zh-CN") -> None:
    """Goes on."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.step, id, "resume")


@notices.command()
def cancel(id: Id, by: By, language: Language = "zh-CN") -> None:
    """The rest is never sent."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.step, id, "cancel")


@notices.command()
def correct(id: Id, by: By, file: File = None, language: Language = "zh-CN") -> None:
    """A draft of a correction, for exactly those who got the wrong text."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.correct, id, _words(file))


@notices.command()
def report(
    id: Id, by: By, picture: Annotated[Path | None, typer.Option(help="Draw it, too, into this PNG.")] = None, language: Language = "zh-CN"
) -> None:
    """How it went: by platform, region and reason, and over time."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.told, id, picture)


@notices.command()
def ledger(
    id: Id,
    by: By,
    into: Annotated[Path, typer.Option(help="A file that ends in .csv or .xlsx.")],
    reason: Annotated[str, typer.Option(help="Why it is exported; stands in the audit log.")],
    language: Language = "zh-CN",
) -> None:
    """Who was due, who got it, who failed and why, who has seen it."""
    from bot.commands import broadcasting

    _run(by, language, broadcasting.ledger, id, into, reason)

"""Commands about people's data. What a command needs is imported when it runs."""

from __future__ import annotations

import typer

privacy = typer.Typer(help="Keys, and what is kept about people.", no_args_is_help=True)


@privacy.command("rotate")
def privacy_rotate() -> None:
    """Changes the master key: with the file of our own a new one is made; else the first of MASTER_KEY locks from now on."""
    import asyncio

    from bot.private import rotate
    from bot.start import settings

    print(asyncio.run(rotate(settings(quiet=True))))

"""What several commands take, and give back."""

from __future__ import annotations

from typing import Annotated

import typer

FOUND = 1
"""Exit code of a check that found something."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def in_ours(tag: str) -> str:
    """Said, where we do not speak it: Chinese instead would look like a fault."""
    from bot.words import LANGUAGES, spoken

    if tag and not spoken(tag):
        raise typer.BadParameter(f"there is no {tag}; write one of {', '.join(LANGUAGES)}")
    return spoken(tag)


Language = Annotated[str, typer.Option("--lang", callback=in_ours, help="Language of the words around the text: zh-CN, zh-TW, en.")]

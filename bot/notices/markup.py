"""What staff type becomes spans: `**bold**` and `[words](https://…)`, where the platform has no marks of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.core.message import Span

_MARK = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<words>[^\]\n]+)\]\((?P<link>https?://[^\s()]+)\)")
# Control characters and those that turn the direction of writing: nobody sees them, and they hide what stands there.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def spans(text: str) -> tuple[Span, ...]:
    """Anything that is no mark stays as it is typed."""
    found: list[Span] = []
    at = 0
    for mark in _MARK.finditer(text):
        found.append(Span(text[at : mark.start()]))
        found.append(Span(mark["bold"], bold=True) if mark["bold"] else Span(mark["words"], link=mark["link"]))
        at = mark.end()
    return trimmed([*found, Span(text[at:])])


def trimmed(given: Sequence[Span]) -> tuple[Span, ...]:
    """Without what nobody sees, and without space around it."""
    clean = [Span(_UNSEEN.sub("", span.text), span.bold, span.link) for span in given]
    while clean and not clean[0].text.strip():
        clean.pop(0)
    while clean and not clean[-1].text.strip():
        clean.pop()
    if not clean:
        return ()
    clean[0] = Span(clean[0].text.lstrip(), clean[0].bold, clean[0].link)
    clean[-1] = Span(clean[-1].text.rstrip(), clean[-1].bold, clean[-1].link)
    return tuple(span for span in clean if span.text)


def plain(given: Sequence[Span]) -> str:
    return "".join(span.text for span in given)


def written(given: Sequence[Span]) -> str:
    """As it could be typed again: with its marks and its addresses."""
    return "".join(_written(span) for span in given)


def _written(span: Span) -> str:
    if span.link:
        return f"[{span.text}]({span.link})"
    return f"**{span.text}**" if span.bold else span.text


def line(text: str) -> str:
    """One line of plain words."""
    return " ".join(_UNSEEN.sub("", text).split())


def unsafe_links(given: Sequence[Span]) -> list[str]:
    """Links that may not go out: another scheme than https, or a name and password in them."""
    return [span.link for span in given if span.link and not _is_safe(span.link)]


def _is_safe(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False

"""The web pages: templates filled with words, and the files they need, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.core.message import Text
from bot.storage.inspection import LARGEST
from bot.storage.uploads import LIKELY
from bot.words import SOURCE, Words

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).resolve().parent
LIMIT = 4000
"""Characters in one message from a person."""
FILES = 10
"""In one message."""
ACCEPT = ",".join((*(f".{ending}" for ending in LIKELY), ".jpeg"))

_TYPES = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "sheet.css": "text/css",
    "sheet.js": "text/javascript",
}
_SAMPLES = ("web-sample-1", "web-sample-2", "web-sample-3")
# The words the script needs. Those with numbers go as they are, with the name of the number in braces.
_CLIENT = (
    "you",
    "name",
    "sending",
    "unsent",
    "refused",
    "chosen",
    "typing",
    "new",
    "copy",
    "copy-label",
    "copied",
    "copy-failed",
    "cited",
    "choices",
    "opens",
    "today",
    "updated",
    "offline",
    "connecting",
    "online",
    "retry",
    "many-sessions",
    "slow-down",
    "clear-failed",
    "too-long",
    "length",
    "form-opened",
    "file-too-large",
    "file-empty",
    "file-busy",
    "file-many",
    "file-unsent",
    "file-beyond",
    "file-retry",
    "file-drop",
    "file-cancel",
    "file-going",
    "file-gone",
    "file-done",
    "files-sent",
)
_OPEN_VALUES: Mapping[str, str | int] = {
    **{name: "{" + name + "}" for name in ("count", "limit", "date", "label", "name", "percent")},
    "megabytes": LARGEST // 1024**2,
    "most": FILES,
}


@dataclass(frozen=True)
class Asset:
    body: bytes
    type: str
    version: str
    """Of this content: an address that holds it may be kept for ever."""


class Pages:
    """Pages and files as the browser gets them; every word comes from `locales/`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.assets: Mapping[str, Asset] = MappingProxyType({name: _asset(name, type) for name, type in _TYPES.items()})
        self._addresses = {name: f"/static/{asset.version}/{name}" for name, asset in self.assets.items()}
        self._mark = Markup((FOLDER / "icon.svg").read_text(encoding="utf-8"))  # our own file, drawn inside the page

    @cached_property
    def _templates(self) -> Environment:
        # Imported here: a start that answers in a chat needs no page yet.
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    def language(self, *wishes: str) -> str:
        """The first wish that is there, as one of our languages."""
        return self._words.nearest(next((wish for wish in wishes if wish), ""))

    def chat(self, language: str) -> str:
        return self._fill(
            "chat.html",
            language,
            client=self._client_words(language),
            samples=_SAMPLES,
            limit=LIMIT,
            largest=LARGEST,
            most=FILES,
            accept=ACCEPT,
        )

    def demonstration(self, language: str, origin: str) -> str:
        """A page of another site that has our button; it also shows the line to copy."""
        return self._fill("embedding.html", language, line=f'<script src="{origin}/embed.js" async></script>')

    def problem(self, language: str, *, lost: bool) -> str:
        return self._fill("card.html", language, subject="web-lost" if lost else "web-broken", opens=False)

    def private(self, language: str, subject: str, *, opens: bool) -> str:
        """Before something private is shown, or instead of it."""
        return self._fill("card.html", language, subject=subject, opens=opens)

    def sheet(self, sheet: object, *, inline: bool = False) -> str:
        """An application to print; its template knows the parts. `inline`: the page stands alone."""
        style = Markup(self.assets["sheet.css"].body.decode())  # our own file
        return self._fill("sheet.html", SOURCE, sheet=sheet, inline=inline, style=style)

    def _fill(self, template: str, language: str, **values: object) -> str:
        def say(id: str, **named: str | int) -> str:
            return self._words.say(Text(id, dict(named)), language)

        common = {"say": say, "language": language, "languages": self._words.languages, "files": self._addresses, "mark": self._mark}
        return self._templates.get_template(template).render(**common, **values)

    def _client_words(self, language: str) -> dict[str, str]:
        return {name: self._words.say(Text(f"web-{name}", _OPEN_VALUES), language) for name in _CLIENT}

    @cached_property
    def embed(self) -> Asset:
        ids = {"open": "web-embed-open", "close": "web-embed-close", "panel": "web-embed-panel"}
        words = {language: {name: self._words.say(Text(id), language) for name, id in ids.items()} for language in self._words.languages}
        source = (FOLDER / "embed.js").read_text(encoding="utf-8")
        filled = self._templates.from_string("{{ words | tojson }}").render(words=words)
        body = source.replace("/*WORDS*/ {}", filled).encode()
        return Asset(body, "text/javascript", _version(body))


def _asset(name: str, type: str) -> Asset:
    body = (FOLDER / name).read_bytes()
    return Asset(body, type, _version(body))


def _version(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]

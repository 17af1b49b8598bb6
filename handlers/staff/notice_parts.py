"""The parts of a notice, as staff type or send them: what is asked, what is taken, and why something is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.errors import UserError
from bot.core.message import Incoming, Kind, Span, Text
from bot.notices import markup, reading
from bot.notices.desk import Desk
from bot.notices.notice import BODY, SOURCE, TITLE, Audience, Content, Quiet
from bot.words import LANGUAGES
from handlers.forms.form import forms
from handlers.services import Services
from handlers.staff.notice_time import moment
from knowledge.regions import region_named, regions
from knowledge.themes import theme_named
from reminders.dates import Scene

TEXTS = tuple(f"text-{language}" for language in LANGUAGES)
FIELDS = ("title", *TEXTS, "file", "audience", "time", "quiet")
BAD_ROWS = 10
"""Bad rows of a list told at once."""
LISTED = "list:\n"


def question(field: str) -> Text:
    if field == f"text-{SOURCE}":
        return Text("notice-ask-source")
    if field.startswith("text-"):
        return Text("notice-ask-text", {"language": Text(f"language-{field.removeprefix('text-')}")})
    return Text(f"notice-ask-{field}", {"most": TITLE})


async def taken(content: Content, field: str, incoming: Incoming, use: Services, now: datetime) -> Content:
    """With the part that was asked for. Raises UserError with what is wrong with it."""
    if incoming.kind is Kind.ATTACHMENT:
        return await _with_file(content, field, incoming, use.notices, now)
    if field.startswith("text-"):
        return _with_text(content, field.removeprefix("text-"), incoming)
    text = incoming.text
    match field:
        case "file":
            return _without_file(content, text)
        case "title":
            return replace(content, title=title_read(text))
        case "audience":
            return replace(content, audience=await audience_read(text, use.notices))
        case "time":
            return replace(content, at=moment(text, Scene(now.astimezone(use.zone), calendar=use.desk.terms.calendar)))
        case "quiet":
            return replace(content, quiet=quiet_read(text))
    raise UserError(Text("press-expired"))


async def _with_file(content: Content, field: str, incoming: Incoming, desk: Desk, now: datetime) -> Content:
    """A picture or file, sent or forwarded; its caption is the text that was asked for. A list of recipients is read instead."""
    if not incoming.files or field not in ("file", "audience", *TEXTS):
        raise UserError(Text("notice-words-only"))
    if field == "audience":
        rows = await desk.enclosures.list_of(incoming)
        return replace(content, audience=await audience_read(LISTED + rows, desk))
    found = replace(content, enclosed=await desk.enclosures.take(incoming, now))
    is_captioned = field in TEXTS and incoming.text.strip()
    return _with_text(found, field.removeprefix("text-"), incoming) if is_captioned else found


def _without_file(content: Content, text: str) -> Content:
    if not reading.is_none(text):
        raise UserError(Text("notice-ask-file"))
    return replace(content, enclosed=None)


def title_read(text: str) -> str:
    """Raises UserError."""
    title = markup.line(text)
    if not title or len(title) > TITLE:
        raise UserError(Text("notice-title-wrong", {"most": TITLE}))
    return title


def _with_text(content: Content, language: str, incoming: Incoming) -> Content:
    if language != SOURCE and reading.is_none(incoming.text):
        return replace(content, texts={tag: text for tag, text in content.texts.items() if tag != language})
    spans = markup.trimmed(incoming.spans) if incoming.spans else markup.spans(incoming.text)
    return replace(content, texts={**content.texts, language: whole(spans)})


def whole(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """A text that says something and is not too long. Raises UserError."""
    if not spans or len(markup.plain(spans)) > BODY:
        raise UserError(Text("notice-text-wrong", {"most": BODY}))
    return spans


def quiet_read(text: str) -> Quiet | None:
    try:
        return reading.quiet(text)
    except ValueError:
        raise UserError(Text("notice-quiet-wrong")) from None


async def audience_read(text: str, desk: Desk) -> Audience:
    """Raises UserError with what is not understood, line by line."""
    asked = reading.audience(text, named())
    if asked.unknown:
        wrong = tuple(Text("notice-audience-line", {"line": line[:60]}) for line in asked.unknown)
        raise UserError(Text("notice-audience-wrong", {"lines": wrong}))
    listed, bad = await desk.listed(asked.listed)
    if bad:
        rows = tuple(Text(f"notice-row-{why}", {"number": number, "row": row[:40]}) for number, row, why in bad[:BAD_ROWS])
        raise UserError(Text("notice-rows-wrong", {"count": len(bad), "good": len(listed), "lines": rows}))
    return replace(asked.audience, listed=listed)


def named() -> Mapping[str, reading.Named]:
    """What the audience's words stand for."""
    return {"regions": _region, "programmes": _programme, "statuses": _status, "windows": _window, "themes": _theme}


def _window(word: str) -> str:
    return str(int(word)) if word.isascii() and word.isdigit() else ""


def _theme(word: str) -> str:
    found = theme_named(word)
    return found.id if found else ""


def _region(word: str) -> str:
    found = region_named(word)
    return found.id if found else word if word in regions() else ""


def _programme(word: str) -> str:
    return word if word in forms() else ""


def _status(word: str) -> str:
    return word if any(word in form.statuses for form in forms().values()) else ""

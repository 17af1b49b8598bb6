"""A notice as its readers see it, in each language and on each platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.fit import fit, units
from bot.core.message import LASTING, Block, Button, Outgoing, Quote, Span, Text, Where
from bot.core.platform import Limits
from bot.notices.notice import Notice
from bot.words import LANGUAGES, Words

NOWHERE = Where("", "", "")
GAP = 2
"""Units between two paragraphs."""

Platforms = Mapping[str, Limits]


@dataclass(frozen=True)
class Fit:
    """How a notice does on a platform, in one language. It must be one message: several are not proved, corrected and seen as one."""

    platform: str
    language: str
    length: int
    most: int
    buttons: bool
    as_file: bool = False
    """A picture that this platform does not show as one."""
    too_large: int = 0
    """What it encloses is larger than so many bytes, the most this platform takes."""
    carries: bool = True
    """Whether the platform takes what it encloses at all."""

    @property
    def over(self) -> int:
        return max(0, self.length - self.most)


def name(platform: str, language: str) -> str:
    """What a letter is called in its batch."""
    return f"{platform}:{language}"


def letters(notice: Notice, words: Words, platforms: Platforms) -> dict[str, Outgoing]:
    """One for each platform and language."""
    return {
        name(platform, language): letter(notice, language, words, limits)
        for platform, limits in platforms.items()
        for language in LANGUAGES
    }


def letter(notice: Notice, language: str, words: Words, limits: Limits) -> Outgoing:
    """Complete, but for where it goes."""
    buttons = _buttons(notice, language, words) if limits.buttons else ()
    blocks = tuple(_blocks(notice, language, words, limits))
    (drawn, *_) = fit(Outgoing("", NOWHERE, blocks, buttons, language=language, enclosed=notice.content.enclosed), limits)
    return drawn


def _blocks(notice: Notice, language: str, words: Words, limits: Limits) -> Iterator[Block]:
    written_in, text = notice.content.text(language)
    title = Text("notice-corrected-title", {"title": notice.content.title}) if notice.corrects else notice.content.title
    yield Block((Span(words.say(title, language) if isinstance(title, Text) else title, bold=True),))
    yield Block(text if limits.buttons else tuple(_spelled_out(text)))
    if written_in != language:
        yield words.block(Text("notice-not-translated"), language)
    if not limits.buttons:
        yield words.block(Text("notice-by-command", {"number": notice.id, "asks": "yes" if notice.content.asks else "no"}), language)


def _spelled_out(text: tuple[Span, ...]) -> Iterator[Span]:
    """Where nothing can be pressed, an address must be read."""
    for span in text:
        yield Span(f"{span.text} {span.link} ", span.bold) if span.link and span.link != span.text else span


def _buttons(notice: Notice, language: str, words: Words) -> tuple[Button, ...]:
    known = Button(words.say(Text("choice-notice-known"), language), f"{LASTING}notice-known:{notice.id}")
    stop = Button(words.say(Text("choice-notice-stop"), language), f"{LASTING}notice-stop:{notice.id}")
    return (known, stop) if notice.content.asks else (stop,)


def fits(notice: Notice, words: Words, platforms: Platforms) -> list[Fit]:
    return [_fit(notice, words, platform, limits, language) for platform, limits in platforms.items() for language in LANGUAGES]


def _fit(notice: Notice, words: Words, platform: str, limits: Limits, language: str) -> Fit:
    length = sum(units(block.text) + GAP for block in _blocks(notice, language, words, limits))
    enclosed = notice.content.enclosed
    most = limits.words(enclosed=enclosed is not None)
    if enclosed is None:
        return Fit(platform, language, length, most, bool(limits.buttons))
    return Fit(
        platform,
        language,
        length,
        most,
        bool(limits.buttons),
        as_file=bool(enclosed.width) and not limits.shows(enclosed),
        too_large=limits.document if enclosed.size > limits.document else 0,
        carries=enclosed.size <= limits.document,
    )


def shown(notice: Notice, language: str) -> tuple[Text | Quote, ...]:
    """Its words within a message of ours."""
    _, text = notice.content.text(language)
    return (Quote((Span(notice.content.title, bold=True),)), *((Quote(text),) if text else ()))

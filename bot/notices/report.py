"""How a notice went: by platform, region and reason, and over time; as words and as a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.fit import shorten
from bot.core.message import Text
from bot.notices import recipients
from bot.notices.notice import Fate, Notice
from bot.notices.sending import lines
from bot.storage.notice_tables import NoticeRecipient
from bot.words import Words

if TYPE_CHECKING:  # A picture is drawn for few.
    from PIL import ImageDraw, ImageFont

_recipient = NoticeRecipient.__table__

SPANS = 12
"""Pieces of time in the picture."""
REASONS = 20
PLATFORMS = ("telegram", "web", "terminal")
"""Those whose name is said in words."""
FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
WIDTH, BAR, LEFT, RIGHT = 900, 34, 190, 130
INK, TRACK, WARN, QUIET = "#2f6fb3", "#e9eef4", "#c96a2b", "#5b6470"


@dataclass(frozen=True)
class Line:
    """One place of a table: what it is called, how many were due, how many arrived."""

    name: str
    due: int
    sent: int


@dataclass(frozen=True)
class Report:
    notice: Notice
    figures: dict[Fate, int]
    seen: int
    platforms: tuple[Line, ...]
    regions: tuple[Line, ...]
    reasons: tuple[tuple[str, str, int], ...]
    """Fate, reason, count; the most frequent first."""
    times: tuple[tuple[datetime, int], ...]
    """From then on, so many arrived, until the next."""


async def report(connection: AsyncConnection, known: Notice) -> Report:
    figures = await recipients.figures(connection, known.id)
    seen = select(func.count()).where(_recipient.c.notice == known.id, _recipient.c.known_at.is_not(None))
    counted = int((await connection.execute(seen)).scalar_one())
    platforms = await _lines(connection, known.id, _recipient.c.platform)
    regions = await _lines(connection, known.id, _recipient.c.region)
    return Report(known, figures, counted, platforms, regions, await _reasons(connection, known.id), await _times(connection, known.id))


async def _lines(connection: AsyncConnection, notice: int, column: Any) -> tuple[Line, ...]:
    sent = func.sum(case((_recipient.c.state == Fate.SENT.value, 1), else_=0))
    query = select(column, func.count(), sent).where(_recipient.c.notice == notice).group_by(column).order_by(func.count().desc(), column)
    return tuple(Line(str(name), int(due), int(arrived)) for name, due, arrived in await connection.execute(query))


async def _reasons(connection: AsyncConnection, notice: int) -> tuple[tuple[str, str, int], ...]:
    query = select(_recipient.c.state, _recipient.c.reason, func.count()).where(_recipient.c.notice == notice, _recipient.c.reason != "")
    query = query.group_by(_recipient.c.state, _recipient.c.reason).order_by(func.count().desc()).limit(REASONS)
    return tuple((str(state), str(reason), int(count)) for state, reason, count in await connection.execute(query))


async def _times(connection: AsyncConnection, notice: int) -> tuple[tuple[datetime, int], ...]:
    sent = (_recipient.c.notice == notice, _recipient.c.state == Fate.SENT.value)
    first, last = (
        await connection.execute(select(func.min(_recipient.c.settled_at), func.max(_recipient.c.settled_at)).where(*sent))
    ).one()
    if first is None:
        return ()
    step = max((last - first) / SPANS, timedelta(seconds=1))
    starts = [first + step * number for number in range(SPANS) if first + step * number <= last]
    within = [(_recipient.c.settled_at >= start) & (_recipient.c.settled_at < start + step) for start in starts[:-1]]
    within.append(_recipient.c.settled_at >= starts[-1])
    counts = (await connection.execute(select(*(func.sum(case((each, 1), else_=0)) for each in within)).where(*sent))).one()
    return tuple(zip(starts, map(int, counts), strict=True))


@dataclass(frozen=True)
class Reader:
    """Who reads a report: in which language, and what places are called in it."""

    words: Words
    language: str
    zone: tzinfo
    places: Mapping[str, str]

    def say(self, text: Text) -> str:
        return self.words.say(text, self.language)

    def place(self, id: str) -> str:
        return self.places.get(id, id) or self.say(Text("report-no-region"))

    def platform(self, name: str) -> str:
        return self.say(Text(f"platform-{name}")) if name in PLATFORMS else name

    def at(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%m-%d %H:%M:%S}"


def said(found: Report, reader: Reader) -> str:
    return "\n".join(reader.say(text) for text in _texts(found, reader))


def _texts(found: Report, reader: Reader) -> Iterator[Text]:
    yield from lines(found.notice, found.figures)
    yield Text("report-seen", {"count": found.seen})
    yield Text("report-by-platform")
    yield from (_row(reader.platform(line.name), line.due, line.sent) for line in found.platforms)
    yield Text("report-by-region")
    yield from (_row(reader.place(line.name), line.due, line.sent) for line in found.regions)
    if found.reasons:
        yield Text("report-reasons")
        told = ((reader.say(Text(f"fate-{state}")), reason, count) for state, reason, count in found.reasons)
        yield from (Text("report-reason", {"fate": fate, "reason": reason, "count": count}) for fate, reason, count in told)
    if found.times:
        yield Text("report-over-time")
        yield from (Text("report-time", {"at": reader.at(at), "count": count}) for at, count in found.times)


def _row(name: str, due: int, sent: int) -> Text:
    return Text("report-row", {"name": name, "due": due, "sent": sent})


def picture(found: Report, reader: Reader, fonts: Sequence[str] = FONTS) -> bytes | None:
    """Bars, as PNG; None where no font knows Chinese."""
    path = next((font for font in fonts if Path(font).is_file()), None)
    if path is None:
        return None
    from PIL import Image, ImageDraw, ImageFont

    rows = [*_rows(found, reader)]
    image = Image.new("RGB", (WIDTH, BAR * (len(rows) + 3)), "white")
    pen, font, bold = ImageDraw.Draw(image), ImageFont.truetype(path, 18), ImageFont.truetype(path, 22)
    told = lines(found.notice, found.figures)
    for number, text in enumerate((next(told), next(told))):
        pen.text((16, 12 + number * BAR), reader.say(text)[:60], fill="black" if not number else QUIET, font=bold if not number else font)
    for number, row in enumerate(rows, 2):
        top = BAR * number + 14
        if isinstance(row, str):
            pen.text((16, top), row, fill=INK, font=bold)
            continue
        _draw(row, top, pen, font)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


@dataclass(frozen=True)
class _Bar:
    name: str
    value: int
    most: int
    note: str = ""
    """Stands on the bar, of what went wrong."""


def _draw(bar: _Bar, top: int, pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont) -> None:
    pen.text((16, top), shorten(bar.name, 14), fill="black", font=font)
    length = round((WIDTH - LEFT - RIGHT) * bar.value / bar.most)
    pen.rectangle((LEFT, top + 2, WIDTH - RIGHT, top + BAR - 10), fill=TRACK)
    pen.rectangle((LEFT, top + 2, LEFT + length, top + BAR - 10), fill=INK if not bar.note else WARN)
    pen.text((WIDTH - RIGHT + 8, top), f"{bar.value}/{bar.most}", fill="black", font=font)
    if bar.note:
        pen.text((LEFT + length + 8, top), shorten(bar.note, 56), fill=QUIET, font=font)


def _rows(found: Report, reader: Reader) -> Iterator[_Bar | str]:
    """Headings and bars from above to below."""
    yield reader.say(Text("report-by-platform"))
    yield from (_Bar(reader.platform(line.name), line.sent, line.due) for line in found.platforms)
    yield reader.say(Text("report-by-region"))
    yield from (_Bar(reader.place(line.name), line.sent, line.due) for line in found.regions[:12])
    if found.reasons:
        yield reader.say(Text("report-reasons"))
        everybody = sum(found.figures.values())
        yield from (_Bar(reader.say(Text(f"fate-{fate}")), count, everybody, reason) for fate, reason, count in found.reasons[:6])
    if found.times:
        yield reader.say(Text("report-over-time"))
        everything = sum(count for _, count in found.times)
        yield from (_Bar(reader.at(at), count, everything) for at, count in found.times)

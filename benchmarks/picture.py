"""Pictures for the page on performance: bars, lines by size, and one share against another."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_WIDTH, _HEIGHT = 1240, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 30, 70, 70
_INK, _PALE, _OURS, _PEER, _LINE = "#1f2933", "#e4e7eb", "#0b6e4f", "#9aa5b1", "#7b8794"
_COLOURS = ("#0b6e4f", "#d9822b", "#3d6fb6", "#a05195", "#c23b3b", "#7b8794", "#b8a200", "#333333")


def missing() -> str:
    """Why no picture can be drawn here, or nothing."""
    try:
        importlib.import_module("PIL.ImageDraw")
    except ImportError:
        return "Pillow is not installed"
    return "" if _font_file() else "no font with Chinese characters was found"


def bars(file: Path, title: str, rows: Sequence[tuple[str, str, float, float]], names: tuple[str, str]) -> None:
    """For each kind (English, Chinese) two bars between 0 and 1: ours and the peer's."""
    image, draw = _canvas(title)
    _legend(draw, ((names[0], _OURS), (names[1], _PEER)))
    low, high = _HEIGHT - _BOTTOM, _TOP + 30
    for step in range(6):
        level = low - (low - high) * step / 5
        draw.line((_LEFT, level, _WIDTH - _RIGHT, level), fill=_PALE)
        draw.text((_LEFT - 10, level), f"{step / 5:.1f}", font=_font(15), fill=_INK, anchor="rm")
    width = (_WIDTH - _LEFT - _RIGHT) / len(rows)
    for at, (english, chinese, ours, peer) in enumerate(rows):
        x = _LEFT + width * at
        for offset, value, colour in ((0.14, ours, _OURS), (0.52, peer, _PEER)):
            left = x + width * offset
            top = low - (low - high) * value
            draw.rectangle((left, top, left + width * 0.34, low), fill=colour)
            draw.text((left + width * 0.17, top - 3), f"{value:.2f}".lstrip("0"), font=_font(14), fill=_INK, anchor="mb")
        draw.text((x + width / 2, low + 8), chinese, font=_font(17), fill=_INK, anchor="mt")
        draw.text((x + width / 2, low + 32), english, font=_font(14), fill=_LINE, anchor="mt")
    _saved(image, file)


def lines(file: Path, title: str, found: Mapping[str, Sequence[tuple[int, float]]], target: float) -> None:
    """For each engine milliseconds by number of passages, both on a logarithmic scale; `target` is drawn across."""
    image, draw = _canvas(title)
    points = [point for series in found.values() for point in series]
    least_x, most_x = min(x for x, _ in points), max(x for x, _ in points)
    least, most = _decade(min(y for _, y in points), math.floor), _decade(max(y for _, y in points), math.ceil)
    low, high, right = _HEIGHT - _BOTTOM, _TOP + 10, _WIDTH - _RIGHT - 250

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log(x) - math.log(least_x)) / (math.log(most_x) - math.log(least_x) or 1)
        up = (math.log(y) - math.log(least)) / (math.log(most) - math.log(least) or 1)
        return _LEFT + 20 + (right - _LEFT - 40) * across, low - (low - high) * up

    value = least
    while value <= most:
        _, y = place(least_x, value)
        draw.line((_LEFT, y, right, y), fill=_PALE)
        draw.text((_LEFT - 8, y), f"{value:g}", font=_font(15), fill=_INK, anchor="rm")
        value *= 10
    draw.text((_LEFT - 50, high - 22), "ms", font=_font(15), fill=_LINE)
    for size in sorted({x for x, _ in points}):
        draw.text((place(size, least)[0], low + 10), f"{size:,}", font=_font(15), fill=_INK, anchor="mt")
    draw.text(((_LEFT + right) / 2, low + 34), "passages · 段落数", font=_font(15), fill=_LINE, anchor="mt")
    y = place(least_x, target)[1]
    draw.line((_LEFT, y, right, y), fill="#c23b3b", width=1)
    draw.text((right - 4, y - 3), f"target {target:g} ms", font=_font(14), fill="#c23b3b", anchor="rb")
    for at, (name, series) in enumerate(found.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        spots = [place(x, y) for x, y in series]
        draw.line(spots, fill=colour, width=4 if at == 0 else 2)
        for x, y in spots:
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)
        draw.line((right + 20, high + 20 + 30 * at, right + 45, high + 20 + 30 * at), fill=colour, width=4)
        draw.text((right + 52, high + 20 + 30 * at), name, font=_font(16), fill=_INK, anchor="lm")
    _saved(image, file)


Points = Sequence[tuple[float, float]]


def trade_off(
    file: Path,
    title: str,
    found: Mapping[str, Points],
    working: tuple[float, float],
    bands: Mapping[str, Points],
    at: float,
) -> None:
    """Left, two shares against each other, with the working point; right, shares by an amount, with the one in use."""
    image, draw = _canvas(title)
    middle = _WIDTH * 0.52
    left = _framed(draw, (_LEFT, middle - 60), 1.0, "left unanswered · 未答", "answered without an answer in the texts · 误答")
    most = max(x for points in bands.values() for x, _ in points)
    right = _framed(
        draw, (middle + 20, _WIDTH - _RIGHT), most, "times the evidence of gates.yaml · 证据倍数", "share of the questions · 比例"
    )
    for number, (name, points) in enumerate(found.items()):
        _drawn(draw, [left(*point) for point in sorted(points)], _COLOURS[number], name, (_LEFT + 180, _TOP + 60 + 26 * number))
    x, y = left(*working)
    draw.ellipse((x - 9, y - 9, x + 9, y + 9), outline="#c23b3b", width=3)
    draw.text((x + 16, y - 16), f"in use · 现行 ({working[0]:.1%}, {working[1]:.1%})", font=_font(15), fill="#c23b3b", anchor="lm")
    draw.line((*right(at, 0), *right(at, 1)), fill="#c23b3b", width=1)
    for number, (name, points) in enumerate(bands.items()):
        _drawn(draw, [right(*point) for point in points], _COLOURS[number], name, (_WIDTH - 210, _TOP + 190 + 24 * number))
    _saved(image, file)


def _framed(draw: Any, across: tuple[float, float], most: float, below: str, above: str) -> Callable[[float, float], tuple[float, float]]:
    """The lines and figures of a field from 0 to `most` and from 0 to 1; gives where a point stands in it."""
    start, end = across
    low, high = _HEIGHT - _BOTTOM, _TOP + 20
    draw.text((start, high - 22), above, font=_font(15), fill=_LINE)
    draw.text(((start + end) / 2, low + 34), below, font=_font(15), fill=_LINE, anchor="mt")
    for step in range(6):
        level, x = low - (low - high) * step / 5, start + (end - start) * step / 5
        draw.line((start, level, end, level), fill=_PALE)
        draw.text((start - 8, level), f"{step * 20} %", font=_font(14), fill=_INK, anchor="rm")
        draw.text((x, low + 10), f"{most * step / 5:.1f}", font=_font(14), fill=_INK, anchor="mt")
    return lambda x, y: (start + (end - start) * x / most, low - (low - high) * y)


def _drawn(draw: Any, points: list[tuple[float, float]], colour: str, name: str, label: tuple[float, float]) -> None:
    draw.line(points, fill=colour, width=3)
    for x, y in points:
        draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill=colour)
    draw.line((label[0], label[1], label[0] + 24, label[1]), fill=colour, width=4)
    draw.text((label[0] + 32, label[1]), name, font=_font(16), fill=_INK, anchor="lm")


def shares(file: Path, title: str, found: Mapping[str, Mapping[str, tuple[float, int]]]) -> None:
    """For each group a bar for each name: its share, and beneath its value how often it was refused."""
    image, draw = _canvas(title)
    low, high = _HEIGHT - _BOTTOM, _TOP + 50
    names = list(dict.fromkeys(name for group in found.values() for name in group))
    _legend(draw, [(name, _COLOURS[at]) for at, name in enumerate(names)])
    for step in range(6):
        level = low - (low - high) * step / 5
        draw.line((_LEFT, level, _WIDTH - _RIGHT, level), fill=_PALE)
        draw.text((_LEFT - 10, level), f"{step * 20} %", font=_font(15), fill=_INK, anchor="rm")
    width = (_WIDTH - _LEFT - _RIGHT) / len(found)
    for at, (label, group) in enumerate(found.items()):
        slot = width / (len(names) + 1)
        for place, (name, (share, refused)) in enumerate(group.items()):
            left = _LEFT + width * at + slot * (place + 0.5)
            top = low - (low - high) * min(share, 1.1)
            draw.rectangle((left + 8, top, left + slot - 8, low), fill=_COLOURS[names.index(name)])
            draw.text((left + slot / 2, top - 4), f"{share:.1%} · 429: {refused}", font=_font(16), fill=_INK, anchor="mb")
        draw.text((_LEFT + width * (at + 0.5), low + 12), label, font=_font(18), fill=_INK, anchor="mt")
    _saved(image, file)


def curves(file: Path, title: str, found: Mapping[str, Sequence[tuple[float, float]]], names: tuple[str, str]) -> None:
    """What has come about (upwards) by the seconds passed; `names` of the two axes."""
    image, draw = _canvas(title)
    most_x = max(x for series in found.values() for x, _ in series)
    most = max(y for series in found.values() for _, y in series)
    low, high, right = _HEIGHT - _BOTTOM, _TOP + 10, _WIDTH - _RIGHT - 300
    for step in range(6):
        y, x = low - (low - high) * step / 5, _LEFT + 20 + (right - _LEFT - 20) * step / 5
        draw.line((_LEFT + 20, y, right, y), fill=_PALE)
        draw.text((_LEFT + 12, y), f"{most * step / 5:,.0f}", font=_font(15), fill=_INK, anchor="rm")
        draw.text((x, low + 10), f"{most_x * step / 5:.1f}", font=_font(15), fill=_INK, anchor="mt")
    draw.text(((_LEFT + right) / 2, low + 34), names[0], font=_font(15), fill=_LINE, anchor="mt")
    draw.text((_LEFT + 20, high - 22), names[1], font=_font(15), fill=_LINE)
    for at, (name, series) in enumerate(found.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        spots = [(_LEFT + 20 + (right - _LEFT - 20) * x / most_x, low - (low - high) * y / most) for x, y in series]
        draw.line(spots, fill=colour, width=3)
        draw.line((right + 20, high + 20 + 30 * at, right + 45, high + 20 + 30 * at), fill=colour, width=4)
        draw.text((right + 52, high + 20 + 30 * at), name, font=_font(16), fill=_INK, anchor="lm")
    _saved(image, file)


def _decade(value: float, rounded: Any) -> float:
    return float(10.0 ** rounded(math.log10(max(value, 1e-3))))


def _canvas(title: str) -> tuple[Any, Any]:
    image = importlib.import_module("PIL.Image").new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = importlib.import_module("PIL.ImageDraw").Draw(image)
    draw.text((_LEFT, 18), title, font=_font(22), fill=_INK)
    return image, draw


def _legend(draw: Any, entries: Sequence[tuple[str, str]]) -> None:
    x = _LEFT
    for name, colour in entries:
        draw.rectangle((x, 56, x + 16, 72), fill=colour)
        draw.text((x + 24, 64), name, font=_font(16), fill=_INK, anchor="lm")
        x += 60 + int(draw.textlength(name, font=_font(16)))


def _font_file() -> str:
    return next((file for file in _FONTS if Path(file).exists()), "")


def _font(size: int) -> Any:
    return importlib.import_module("PIL.ImageFont").truetype(_font_file(), size)


def _saved(image: Any, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    image.convert("P", palette=1, colors=32).save(file, optimize=True)

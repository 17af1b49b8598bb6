"""Pictures of what changes over time or with a number: panels below each other, each with its own scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.picture import _COLOURS, _INK, _LINE, _PALE, _font, _saved

WIDTH, PANEL, LEFT, RIGHT, TOP = 1240, 230, 90, 210, 60
Series = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """Lines on one scale, which begins at 0."""

    unit: str
    lines: Mapping[str, Series]


def drawn(file: Path, title: str, across: str, panels: Sequence[Panel]) -> None:
    import PIL.Image
    import PIL.ImageDraw

    image = PIL.Image.new("RGB", (WIDTH, TOP + PANEL * len(panels) + 40), "white")
    draw = PIL.ImageDraw.Draw(image)
    draw.text((LEFT, 18), title, font=_font(22), fill=_INK)
    points = [x for panel in panels for line in panel.lines.values() for x, _ in line]
    span = min(points), max(points)
    for at, panel in enumerate(panels):
        _panel(draw, TOP + PANEL * at, panel, span)
    low = TOP + PANEL * len(panels)
    for step in range(11):
        value = span[0] + (span[1] - span[0]) * step / 10
        draw.text((_across(value, span), low - 18), f"{value:.3g}", font=_font(14), fill=_INK, anchor="mt")
    draw.text(((LEFT + WIDTH - RIGHT) / 2, low + 8), across, font=_font(15), fill=_LINE, anchor="mt")
    _saved(image, file)


def _across(value: float, span: tuple[float, float]) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * (value - span[0]) / ((span[1] - span[0]) or 1)


def _panel(draw: Any, top: int, panel: Panel, span: tuple[float, float]) -> None:
    low, high = top + PANEL - 30, top + 24
    most = max((y for line in panel.lines.values() for _, y in line), default=1.0) * 1.1 or 1.0
    for step in range(5):
        level = low - (low - high) * step / 4
        draw.line((LEFT, level, WIDTH - RIGHT, level), fill=_PALE)
        draw.text((LEFT - 10, level), f"{most * step / 4:.3g}", font=_font(14), fill=_INK, anchor="rm")
    draw.text((LEFT, top + 2), panel.unit, font=_font(15), fill=_LINE)
    for at, (name, line) in enumerate(panel.lines.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        spots = [(_across(x, span), low - (low - high) * y / most) for x, y in line]
        draw.line(spots, fill=colour, width=2, joint="curve")
        draw.line((WIDTH - RIGHT + 16, high + 24 * at, WIDTH - RIGHT + 36, high + 24 * at), fill=colour, width=4)
        draw.text((WIDTH - RIGHT + 44, high + 24 * at), name, font=_font(15), fill=_INK, anchor="lm")

"""`python -m benchmarks.honesty`: what more or less evidence than gates.yaml asks for would do to answers, questions back and refusals.

Our own questions of benchmarks/data are asked again and again, each time with another multiple of the evidence; two peers refuse below a
score of their own instead. Draws docs/pictures/lookup-curve.png.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks import picture
from benchmarks.engines import OURS, Build, Outcome, available
from benchmarks.quality import Figures, Graded, density, figures, graded
from benchmarks.questions import load
from knowledge.gates.evidence import strictness
from knowledge.lookup import Status
from knowledge.reading import CORPUS, load_corpus

_FILE = Path(__file__).parent.parent / "docs" / "pictures" / "lookup-curve.png"
_TIMES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_WORKING = 1.0
_PEERS = ("tantivy, characters", "BM25, words (bm25s)")
_STEPS = 20


@dataclass(frozen=True)
class Point:
    """What one amount of evidence, or one least score, does."""

    at: float
    right: float
    asked_back: float
    refused: float
    false: float
    """Of the questions without an answer in our texts, far ones and near misses: answered nevertheless."""

    @property
    def unanswered(self) -> float:
        return self.asked_back + self.refused


def main() -> None:
    console = Console(width=150)
    builds, missing = available()
    for name in missing:
        console.print(f"{name} is left out: its package is not installed", style="yellow")
    ours = _ours(builds[OURS])
    peers = {name: _peer(builds[name]) for name in _PEERS if name in builds}
    console.print(_table(ours), markup=False, highlight=False)
    for name, points in peers.items():
        console.print(f"{name}: at {_working(ours).unanswered:.2f} unanswered, {_false_at(points, _working(ours).unanswered):.2f} false")
    if why := picture.missing():
        console.print(f"No picture is drawn: {why}.", style="yellow")
        return
    series = {OURS: ours, **peers}
    picture.trade_off(
        _FILE,
        "False answers against questions left unanswered · 误答与未答",
        {name: [(point.unanswered, point.false) for point in points] for name, points in series.items()},
        (_working(ours).unanswered, _working(ours).false),
        {
            "right": [(point.at, point.right) for point in ours],
            "asked back": [(point.at, point.asked_back) for point in ours],
            "don't know": [(point.at, point.refused) for point in ours],
            "false answers": [(point.at, point.false) for point in ours],
        },
        _WORKING,
    )


def _ours(build: Build) -> list[Point]:
    engine, questions = build(load_corpus(CORPUS)), load()
    points = []
    for times in _TIMES:
        token = strictness.set(times)
        try:
            points.append(_point(times, figures(graded(engine, questions))))
        finally:
            strictness.reset(token)
    return points


def _point(at: float, found: Figures) -> Point:
    """Far ones and near misses count alike, however many there are of each."""
    false = ((found.false_far or 0.0) + (found.false_near or 0.0)) / 2
    return Point(at, found.hit_1 or 0.0, found.asked_back or 0.0, found.refused or 0.0, false)


def _peer(build: Build) -> list[Point]:
    rows = graded(build(load_corpus(CORPUS)), load())
    scores = sorted(density(row) for row in rows)
    least = [scores[(len(scores) - 1) * step // _STEPS] for step in range(_STEPS + 1)]
    return [_point(score, figures([_refusing(row, score) for row in rows])) for score in dict.fromkeys(least)]


def _refusing(row: Graded, least: float) -> Graded:
    if density(row) >= least:
        return row
    silent = Outcome(Status.NOTHING.value, (), row.outcome.score)
    return Graded(row.asked, silent, first=False, three=False, ranked=row.ranked)


def _working(points: Sequence[Point]) -> Point:
    return next(point for point in points if point.at == _WORKING)


def _false_at(points: Sequence[Point], unanswered: float) -> float:
    """The fewest false answers of a peer that leaves no more unanswered, or as few as it can."""
    fewest = max(unanswered, min(point.unanswered for point in points))
    return min(point.false for point in points if point.unanswered <= fewest)


def _table(points: Sequence[Point]) -> str:
    head = "evidence  right  asked back  don't know  false answers"
    rows = [
        f"{point.at:8.2f}  {point.right:5.3f}  {point.asked_back:10.3f}  {point.refused:10.3f}  {point.false:13.3f}"
        + ("  <- gates.yaml" if point.at == _WORKING else "")
        for point in points
    ]
    return "\n".join((head, *rows))


if __name__ == "__main__":
    main()

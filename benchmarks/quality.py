"""How often each engine is right, answers what it should not, or refuses what it could answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.engines import Engine, Outcome, outcome
from benchmarks.noise import NOISES, noisy
from benchmarks.questions import Asked, among_three, first_right
from knowledge.lookup import Status

CLEAN = ("natural", "keyword")
"""The kinds of question that noise is made of."""


@dataclass(frozen=True)
class Graded:
    asked: Asked
    outcome: Outcome
    first: bool
    three: bool
    ranked: bool
    """What it would have shown first is right, whatever it decided."""

    @property
    def answered(self) -> bool:
        return self.outcome.status == Status.ANSWER


@dataclass(frozen=True)
class Figures:
    """Shares of some questions; None where there is no question of that sort among them."""

    count: int
    hit_1: float | None
    hit_3: float | None
    ranked_1: float | None
    """Hits at 1 if it had answered every time: the ranking without the decision."""
    refused: float | None
    """Answerable, but said not to be held."""
    asked_back: float | None
    """Answerable, but asked back."""
    false_far: float | None
    false_near: float | None
    clarified: float | None
    """Too thin to answer, and asked back or refused rather than answered."""


def graded(engine: Engine, questions: Iterable[Asked]) -> list[Graded]:
    return [_graded(asked, outcome(engine, asked)) for asked in questions]


def _graded(asked: Asked, given: Outcome) -> Graded:
    found = given.found if given.status == Status.ANSWER else ()
    right = bool(asked.sides)
    return Graded(asked, given, right and first_right(asked, found), right and among_three(asked, found), first_right(asked, given.found))


def figures(rows: Sequence[Graded]) -> Figures:
    answerable = [row for row in rows if row.asked.expect == "answer"]
    thin = [row for row in rows if row.asked.expect == "clarify"]
    return Figures(
        count=len(rows),
        hit_1=_share(row.first for row in answerable),
        hit_3=_share(row.three for row in answerable),
        ranked_1=_share(row.ranked for row in answerable),
        refused=_share(row.outcome.status == Status.NOTHING for row in answerable),
        asked_back=_share(row.outcome.status == Status.ASK_BACK for row in answerable),
        false_far=_share(row.answered for row in rows if row.asked.kind == "far"),
        false_near=_share(row.answered for row in rows if row.asked.kind == "near"),
        clarified=_share(not row.answered for row in thin),
    )


def by_kind(rows: Sequence[Graded]) -> dict[str, Figures]:
    kinds = Counter(row.asked.kind for row in rows)
    return {kind: figures([row for row in rows if row.asked.kind == kind]) for kind in kinds}


def _share(found: Iterable[bool]) -> float | None:
    values = list(found)
    return sum(values) / len(values) if values else None


# Noise


@dataclass(frozen=True)
class NoiseFigures:
    count: int
    clean: float
    """Hits at 1 for the same questions without the noise."""
    noisy: float
    ranked: float
    """The noisy ones if it had answered every time."""

    @property
    def ratio(self) -> float:
        return self.noisy / self.clean if self.clean else 0.0


def with_noise(engine: Engine, questions: Sequence[Asked], seeds: Sequence[int]) -> dict[str, NoiseFigures]:
    asked = [one for one in questions if one.kind in CLEAN]
    clean = {one.id: first_right(one, _found(outcome(engine, one))) for one in asked}
    return {kind: _noise_figures(engine, asked, clean, kind, seeds) for kind in NOISES}


def _noise_figures(engine: Engine, asked: Sequence[Asked], clean: Mapping[str, bool], kind: str, seeds: Sequence[int]) -> NoiseFigures:
    pairs = [(one, text) for one in asked for seed in seeds if (text := noisy(one.text, kind, seed)) is not None]
    given = [(one, outcome(engine, one, text)) for one, text in pairs]
    right = sum(first_right(one, _found(out)) for one, out in given)
    ranked = sum(first_right(one, out.found) for one, out in given)
    return NoiseFigures(len(pairs), sum(clean[one.id] for one, _ in pairs) / len(pairs), right / len(pairs), ranked / len(pairs))


def _found(given: Outcome) -> tuple[Any, ...]:
    return given.found if given.status == Status.ANSWER else ()


def mean_noise(found: Mapping[str, NoiseFigures]) -> float:
    return sum(one.noisy for one in found.values()) / len(found)


# A peer that refuses


@dataclass(frozen=True)
class Threshold:
    """A peer that refuses below a score of its own for each character of the question."""

    least: float
    refused: float
    false_far: float
    false_near: float


def thresholded(rows: Sequence[Graded], refused: float) -> Threshold:
    """Set on `dev` so that it refuses as large a share of the answerable as ours does there, measured on `held`."""
    tuned = sorted(density(row) for row in rows if row.asked.part == "dev" and row.asked.expect == "answer")
    least = tuned[min(len(tuned) - 1, round(refused * len(tuned)))]
    held = [row for row in rows if row.asked.part == "held"]
    kept = {row.asked.id for row in held if density(row) >= least}

    def share(rows: list[Graded], answered: bool) -> float:
        return sum((row.asked.id in kept) == answered for row in rows) / len(rows)

    return Threshold(
        least,
        share([row for row in held if row.asked.expect == "answer"], False),
        share([row for row in held if row.asked.kind == "far"], True),
        share([row for row in held if row.asked.kind == "near"], True),
    )


def density(row: Graded) -> float:
    return row.outcome.score / max(1, len(" ".join((*row.asked.turns, row.asked.text))))


def misses(rows: Sequence[Graded]) -> list[dict[str, Any]]:
    """What went wrong in the part that may be looked at: the text, what was expected, what came."""
    wrong = [row for row in rows if row.asked.part == "dev" and not _is_right(row)]
    return [
        {
            "id": row.asked.id,
            "kind": row.asked.kind,
            "q": row.asked.text,
            "expect": row.asked.expect,
            "status": row.outcome.status,
            "first": row.outcome.found[0].passage.id if row.outcome.found else "",
            "ranked_first": row.ranked,
        }
        for row in wrong
    ]


def _is_right(row: Graded) -> bool:
    return row.first if row.asked.expect == "answer" else not row.answered


def described(found: Mapping[str, Figures]) -> dict[str, Any]:
    return {kind: asdict(one) for kind, one in found.items()}

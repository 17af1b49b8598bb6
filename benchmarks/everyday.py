"""`python -m benchmarks.everyday`: questions as people type them: outcomes instead of terms, dialect, brands, slips, follow-ups.

`dev` may be looked at when tuning; of `held` only totals are read. Each set was written from the texts before the engine saw it, and
before what was curated in the same round: `asked` first, then `contacts`, `visitors`, `callers`, `messengers` and `members`.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.engines import Ours
from benchmarks.quality import Figures, Graded, by_kind, figures, graded
from benchmarks.questions import FILE, PARTS, load
from knowledge.reading import CORPUS, load_corpus

SETS = tuple(FILE.with_name(f"{name}.jsonl") for name in ("asked", "contacts", "visitors", "callers", "messengers", "members"))


def main() -> None:
    engine = Ours(load_corpus(CORPUS))
    for file in SETS:
        rows = graded(engine, load(file))
        for part in PARTS:
            print(_table(f"{file.stem}, {part}", [row for row in rows if row.asked.part == part]), end="\n\n")


def _table(part: str, rows: Sequence[Graded]) -> str:
    lines = [_line("all", figures(rows)), *(_line(kind, found) for kind, found in by_kind(rows).items())]
    return "\n".join((f"{part:16} questions  hit@1  hit@3  don't know  asked back  false, far  false, near", *lines))


def _line(name: str, found: Figures) -> str:
    shares = (found.hit_1, found.hit_3, found.refused, found.asked_back, found.false_far, found.false_near)
    return f"{name:16} {found.count:9}  " + "  ".join("    -" if share is None else f"{share:5.3f}" for share in shares)


if __name__ == "__main__":
    main()

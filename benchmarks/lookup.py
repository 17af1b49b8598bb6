"""`python -m benchmarks.lookup`: quality and speed of the lookup beside its peers, in one run.

`--speed` measures speed alone, in four minutes; `--quality` quality alone, without the slowest peer; `--quick` takes a sample of both
in about a minute; `--json FILE` keeps every figure; `--docs` writes what stands between the marks of docs/performance.md, sections Lookup
and Speed of the lookup, and their pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from benchmarks import picture, report, speed
from benchmarks.engines import BARE, OURS, SLOW, SLOWEST, available
from benchmarks.quality import Figures, NoiseFigures, Threshold, by_kind, figures, graded, misses, thresholded, with_noise
from benchmarks.questions import PARTS, load
from knowledge.reading import CORPUS, load_corpus

_ROOT = Path(__file__).parent.parent
_PAGE = _ROOT / "docs" / "performance.md"
_PICTURES = _ROOT / "docs" / "pictures"
_SIZES = (1_000, 10_000, 100_000)
_REBUILT = 10_000
"""Up to this size every round builds anew; above, one process answers all rounds."""
_QUICK_PEERS = ("tantivy, characters", "SQLite FTS5 trigram")
_QUESTION = "苏州知识产权质押融资目标是多少亿元"
_READY = (
    "import sys, time; from pathlib import Path; started, worked = time.perf_counter(), time.process_time(); "
    "from knowledge.lookup import Knowledge; cache = Path(sys.argv[1]) if sys.argv[1:] else None; "
    f"Knowledge.open(cache=cache).lookup('{_QUESTION}'); print(time.perf_counter() - started, time.process_time() - worked)"
)


@dataclass(frozen=True)
class Quality:
    parts: dict[str, Figures]
    kinds: dict[str, Figures]
    noise: dict[str, NoiseFigures]
    threshold: Threshold
    misses: list[dict[str, Any]]


@dataclass(frozen=True)
class Ready:
    """A fresh process up to its first answer."""

    knowledge: float
    """Seconds by the clock from the first import of ours, with the index kept by an earlier start."""
    knowledge_busy: float
    """The same of the processor."""
    unkept: float
    """Seconds by the clock with nothing kept."""
    unkept_busy: float
    command: float
    """Seconds by the clock of `zhice lookup` as a whole."""
    command_busy: float


@dataclass(frozen=True)
class Run:
    """All that one run found."""

    quick: bool
    seed: int
    on: date
    machine: dict[str, str]
    missing: tuple[str, ...]
    passages: int
    questions: int
    quality: dict[str, Quality]
    """Empty when only speed was measured."""
    speeds: tuple[speed.Speed, ...]
    ready: tuple[Ready, ...]
    hostile: dict[str, float]
    profile: dict[str, str]
    seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    console = Console(width=150)
    run = _measured(options, console)
    console.print(report.text(run), markup=False, highlight=False)
    if options.json:
        options.json.write_text(json.dumps(_plain(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.docs:
        _document(run, console)


def _measured(options: argparse.Namespace, console: Console) -> Run:
    if options.speed:
        return _run_speed(options.seed, console)
    return _run_quality(options.seed, console) if options.quality else _run(options.quick, options.seed, console)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lookup", description=__doc__)
    parser.add_argument("--speed", action="store_true", help="speed alone, at every size: about three minutes")
    parser.add_argument("--quality", action="store_true", help="quality alone, without the slowest peer: some minutes")
    parser.add_argument("--quick", action="store_true", help="our corpus only, two peers, two rounds: about a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure here")
    parser.add_argument("--seed", type=int, default=1, help="of the noise and of the made corpora")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md, section Lookup, and its pictures")
    return parser.parse_args(arguments)


def _run(quick: bool, seed: int, console: Console) -> Run:
    started = time.perf_counter()
    builds, missing = available()
    for name in missing:
        console.print(f"{name} is left out: its package is not installed (pip install bm25s)", style="yellow")
    names = [name for name in builds if not quick or name in (OURS, BARE, *_QUICK_PEERS)]
    documents = load_corpus(CORPUS)
    passages = sum(len(clause.passages) for document in documents for clause in document.walk())
    ready = _ready(2 if quick else 5)
    quality = _qualities(names, seed, quick, console)
    speeds = _speeds([name for name in names if name != BARE], passages, seed, quick, console)
    console.print("hostile texts …", style="dim")
    hostile = speed.worst(passages, seed)
    console.print("profile …", style="dim")
    profile = {} if quick else speed.profile(max(_SIZES), seed)
    seconds = time.perf_counter() - started
    return Run(quick, seed, date.today(), _machine(), missing, passages, len(load()), quality, speeds, ready, hostile, profile, seconds)


def _run_speed(seed: int, console: Console) -> Run:
    """Every size once, all engines built side by side and then asked in turn; the slowest peer is left out."""
    started = time.perf_counter()
    builds, missing = available()
    names = [name for name in builds if name not in (BARE, SLOWEST)]
    documents = load_corpus(CORPUS)
    passages = sum(len(clause.passages) for document in documents for clause in document.walk())
    ready = _ready(3)
    speeds: list[speed.Speed] = []
    for size in (passages, *_SIZES):
        console.print(f"speed: {size:,} passages …", style="dim")
        # In the first round each passage is read for the first time: of ours, that alone is told, too.
        rounds = 3 if size == passages else 2
        speeds += speed.measured(names, size, rounds=rounds, questions=speed.MORE_QUESTIONS, rebuild=False, seed=seed)
    hostile = speed.worst(passages, seed)
    seconds = time.perf_counter() - started
    left_out = (*missing, SLOWEST)
    return Run(False, seed, date.today(), _machine(), left_out, passages, len(load()), {}, tuple(speeds), ready, hostile, {}, seconds)


def _run_quality(seed: int, console: Console) -> Run:
    started = time.perf_counter()
    builds, missing = available()
    documents = load_corpus(CORPUS)
    passages = sum(len(clause.passages) for document in documents for clause in document.walk())
    quality = _qualities([name for name in builds if name != SLOWEST], seed, False, console)
    seconds = time.perf_counter() - started
    return Run(False, seed, date.today(), _machine(), (*missing, SLOWEST), passages, len(load()), quality, (), (), {}, {}, seconds)


def _qualities(names: Sequence[str], seed: int, quick: bool, console: Console) -> dict[str, Quality]:
    builds, _ = available()
    documents, questions = load_corpus(CORPUS), load()
    found: dict[str, Quality] = {}
    refused = 0.0
    for name in names:
        console.print(f"quality: {name} …", style="dim")
        engine = builds[name](documents)
        rows = graded(engine, questions)
        if name == OURS:
            refused = figures([row for row in rows if row.asked.part == "dev"]).refused or 0.0
        noise = {} if name == BARE else with_noise(engine, questions, [seed] if quick else [seed, seed + 1])
        parts = {part: figures([row for row in rows if row.asked.part == part]) for part in PARTS}
        found[name] = Quality(parts, by_kind(rows), noise, thresholded(rows, refused), misses(rows))
    return found


def _speeds(names: Sequence[str], passages: int, seed: int, quick: bool, console: Console) -> tuple[speed.Speed, ...]:
    found: list[speed.Speed] = []
    for size in (passages,) if quick else (passages, *_SIZES):
        console.print(f"speed: {size:,} passages …", style="dim")
        rounds = 2 if quick else speed.ROUNDS
        found += speed.measured(names, size, rounds=rounds, questions=60 if quick else speed.QUESTIONS, rebuild=size <= _REBUILT, seed=seed)
    return tuple(found)


def _ready(times: int) -> tuple[Ready, ...]:
    """With compiled bytecode at hand, as an installed program has it, and with what an earlier start kept."""
    with TemporaryDirectory() as cache:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": cache, "XDG_CACHE_HOME": cache}
        return tuple(_started(environment) for _ in range(times + 1))[1:]


def _started(environment: Mapping[str, str]) -> Ready:
    def run(*arguments: str) -> str:
        return subprocess.run((sys.executable, *arguments), check=True, capture_output=True, text=True, cwd=_ROOT, env=environment).stdout

    unkept, unkept_busy = map(float, run("-c", _READY).split())
    knowledge, knowledge_busy = map(float, run("-c", _READY, str(Path(environment["XDG_CACHE_HOME"]) / "zhice")).split())
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run("-m", "bot", "lookup", _QUESTION)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ready(knowledge, knowledge_busy, unkept, unkept_busy, time.perf_counter() - started, busy)


def _machine() -> dict[str, str]:
    packages = {name: version(name) for name in ("tantivy", "rapidfuzz", "jieba")}
    model = next((line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    load_average = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return {
        "processor": model,
        "cores": str(os.cpu_count()),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "load": load_average,
        **packages,
    }


def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines() if Path(file).exists() else []


def _plain(run: Run) -> dict[str, Any]:
    return asdict(run) | {"on": run.on.isoformat(), "slow": SLOW}


def _document(run: Run, console: Console) -> None:
    why = picture.missing()
    if why:
        console.print(f"No picture is drawn: {why}.", style="yellow")
    else:
        report.draw(run, _PICTURES, quality=bool(run.quality))
    page = (
        _PAGE.read_text(encoding="utf-8")
        if _PAGE.exists()
        else "# Performance\n\nWhat was measured, on what, and how to measure it again.\n"
    )
    for title, section in report.sections(run, pictures=not why).items():
        page = report.placed(page, title, section)
    _PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()

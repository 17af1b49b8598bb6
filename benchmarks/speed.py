"""How quick each engine is and what memory it takes: each in a process of its own, on one core, in alternating rounds."""

from __future__ import annotations

import cProfile
import gc
import io
import multiprocessing
import os
import pstats
import resource
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from typing import Any

from benchmarks.engines import ENGINES, SLOW, Engine
from benchmarks.questions import Asked, load
from benchmarks.synthetic import corpus
from knowledge.reading import CORPUS, load_corpus

ROUNDS = 3
QUESTIONS = 150
MORE_QUESTIONS = 400
_QUESTIONS_OF_SLOW = 6
_SPIN = 400_000
NOISY = 0.15
"""A fixed piece of arithmetic took as much longer in one round than in another: the machine was busy with something else."""

_STATM = Path("/proc/self/statm")


@dataclass(frozen=True)
class Round:
    latencies: tuple[float, ...]
    """Milliseconds by the clock, in the order asked."""
    busy: tuple[float, ...]
    """The same in the processor's own time."""
    spin: float
    resident: int


@dataclass(frozen=True)
class Speed:
    """What was measured of one engine at one size; of several rounds, each."""

    engine: str
    size: int
    builds: tuple[float, ...]
    """Seconds of the processor from documents to the first answer possible."""
    firsts: tuple[float, ...]
    """Milliseconds of the processor for the very first question, with all that is loaded then."""
    grown: int
    """Bytes after building, over what the process and the documents took before."""
    grown_after: int
    """The same after the questions."""
    rounds: tuple[Round, ...]

    def quantiles(self, share: float) -> list[float]:
        return [quantile(one.latencies, share) for one in self.rounds]

    def busy(self, share: float) -> float:
        return statistics.median(self.busy_quantiles(share))

    def busy_quantiles(self, share: float) -> list[float]:
        return [quantile(one.busy, share) for one in self.rounds]

    @property
    def busy_per_second(self) -> float:
        """Questions in a second of the processor's own time."""
        return statistics.median(1000 * len(one.busy) / sum(one.busy) for one in self.rounds)

    @property
    def median_p50(self) -> float:
        return statistics.median(self.quantiles(0.5))

    @property
    def median_p99(self) -> float:
        return statistics.median(self.quantiles(0.99))

    @property
    def per_second(self) -> float:
        return statistics.median(1000 * len(one.latencies) / sum(one.latencies) for one in self.rounds)


def quantile(values: Sequence[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def measured(
    names: Sequence[str], size: int, *, rounds: int = ROUNDS, questions: int = QUESTIONS, rebuild: bool = True, seed: int = 0
) -> list[Speed]:
    """All engines at one size, in turn, round after round; `rebuild` starts each round in a fresh process.

    Without it all are built first, one on each core, and then asked one after the other.
    """
    taken: dict[str, list[_Report]] = {name: [] for name in names}
    for _ in range(rounds if rebuild else 1):
        room = multiprocessing.get_context("spawn").Semaphore(1 if rebuild else len(_cores()))
        with ExitStack() as stack:
            children = [(name, stack.enter_context(_Child(name, size, questions, seed, room, at))) for at, name in enumerate(names)]
            for _, child in children:
                child.wait()
            for name, child in children * (1 if rebuild else rounds):
                taken[name].append(child.asked())
    return [_speed(name, size, taken[name]) for name in names]


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def spread(values: Sequence[float]) -> float:
    """The range of the values over the smallest of them."""
    return (max(values) - min(values)) / min(values) if min(values) > 0 else 0.0


def noise(speeds: Sequence[Speed]) -> float:
    """By how much the same arithmetic took longer in the slowest round than in the middle one."""
    spins = [one.spin for speed in speeds for one in speed.rounds]
    return max(spins) / statistics.median(spins) - 1


@dataclass(frozen=True)
class _Report:
    build: float
    first: float
    grown: int
    base: int
    round: Round


def _speed(name: str, size: int, reports: list[_Report]) -> Speed:
    after = max(report.round.resident - report.base for report in reports)
    builds = tuple(dict.fromkeys(report.build for report in reports))
    firsts = tuple(dict.fromkeys(report.first for report in reports))
    return Speed(name, size, builds, firsts, max(report.grown for report in reports), after, tuple(report.round for report in reports))


class _Child:
    """A process that builds one engine once and then answers rounds."""

    def __init__(self, name: str, size: int, questions: int, seed: int, room: Semaphore, at: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, name, size, questions, seed, room, at), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send("end")
        self._process.join()

    def wait(self) -> None:
        """Until it is built."""
        self._pipe.recv()

    def asked(self) -> _Report:
        self._pipe.send("round")
        report: _Report = self._pipe.recv()
        return report


def _serve(pipe: Connection, name: str, size: int, count: int, seed: int, room: Semaphore, at: int) -> None:
    _keep_to_one_core(at)
    with room:
        engine, build, grown, base = _built(name, size, seed)
    questions = _sample(load(), _QUESTIONS_OF_SLOW if name in SLOW and size > 5000 else count)
    first = _timed(engine, questions[:1])[1][0]
    pipe.send("built")
    while pipe.recv() == "round":
        spin = _spin()
        latencies, busy = _timed(engine, questions)
        pipe.send(_Report(build, first, grown, base, Round(tuple(latencies), tuple(busy), spin, _resident())))


def _built(name: str, size: int, seed: int) -> tuple[Engine, float, int, int]:
    """The engine, the seconds it took, by how many bytes the process grew, and what it had before."""
    documents = corpus(load_corpus(CORPUS), size, seed)
    gc.collect()
    base = _resident()
    started = time.process_time()
    engine = ENGINES[name](documents)
    build = time.process_time() - started
    gc.collect()
    return engine, build, _resident() - base, base


def _timed(engine: Engine, questions: Sequence[Asked]) -> tuple[list[float], list[float]]:
    """Milliseconds of each question, by the clock and by the processor."""
    latencies, busy = [], []
    for asked in questions:
        worked, started = time.process_time(), time.perf_counter()
        engine.ask(asked.text, asked.turns)
        latencies.append(1000 * (time.perf_counter() - started))
        busy.append(1000 * (time.process_time() - worked))
    return latencies, busy


def _sample(questions: Sequence[Asked], size: int) -> list[Asked]:
    """Evenly over the file, so that all kinds are among them."""
    return [questions[at * len(questions) // size] for at in range(size)]


def _spin() -> float:
    started = time.perf_counter()
    total = 0
    for number in range(_SPIN):
        total += number * number % 7
    return time.perf_counter() - started


def _keep_to_one_core(at: int = -1) -> None:
    if hasattr(os, "sched_setaffinity"):
        cores = _cores()
        os.sched_setaffinity(0, {cores[at % len(cores)]})


def _resident() -> int:
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# Hostile texts

_LONG = 100_000


def hostile() -> dict[str, str]:
    """Texts made to be slow: long ones, monotonous ones, and bait for regular expressions."""
    return {
        "100 kB of a real question": "苏州知识产权质押融资目标是多少亿元?" * (_LONG // 18),
        "100 kB of one character": "专" * _LONG,
        "100 kB of distinct characters": "".join(chr(0x4E00 + at % 20000) for at in range(_LONG // 3)),
        "100 kB of spaces": " " * _LONG,
        "100 kB of line ends": "\n" * _LONG,
        "100 kB of digits": "2025" * (_LONG // 4),
        "100 kB of Latin letters": "a" * _LONG,
        "100 kB of hyphened words": "a-" * (_LONG // 2),
        "100 kB of mentions": "@a " * (_LONG // 3),
        "100 kB of addresses": "http://" + "a" * _LONG,
        "100 kB of opening marks": "《" * (_LONG // 3),
        "100 kB of nested marks": "《(" * (_LONG // 6) + "》)" * (_LONG // 6),
        "100 kB of asides": "(ps" * (_LONG // 3),
        "100 kB of question marks": "?" * _LONG,
        "100 kB of invisible characters": "\u200b" * (_LONG // 3),
        "100 kB of combining marks": "e" + "\u0301" * (_LONG // 2),
        "100 kB of emoji": "👩‍👩‍👧" * (_LONG // 18),
        "100 kB of decomposing characters": "\ufdfa" * (_LONG // 3),
        "every region at once": "苏州合肥吴江江苏安徽昆山南京杭州上海" * 200,
        "pinyin without spaces": "zhishichanquanzhiyarongzi" * 200,
        "lone surrogates": "苏州\ud800专利" * 200,
    }


def worst(size: int, seed: int) -> dict[str, float]:
    """Milliseconds of the processor for each hostile text and our engine; the worst of three."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_worst, (size, seed))


def _worst(size: int, seed: int) -> dict[str, float]:
    _keep_to_one_core()
    engine = ENGINES["ours"](corpus(load_corpus(CORPUS), size, seed))
    engine.ask("苏州", ())
    found = {}
    for name, text in hostile().items():
        asked = Asked(name, "", "", text, (), (), "")
        found[name] = max(_timed(engine, [asked] * 3)[1])
    turns = Asked("turns", "", "", "那合肥呢", ("苏州专利" * 5000,) * 20, (), "")
    found["20 earlier messages of 60 kB"] = max(_timed(engine, [turns] * 3)[1])
    return found


# Where the time goes


def profile(size: int, seed: int) -> dict[str, str]:
    """The fifteen dearest functions of building and of answering, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_profiled, (size, seed))


def _profiled(size: int, seed: int) -> dict[str, str]:
    _keep_to_one_core()
    documents = corpus(load_corpus(CORPUS), size, seed)
    building = cProfile.Profile()
    engine: Any = building.runcall(ENGINES["ours"], documents)
    questions = _sample(load(), QUESTIONS)
    _timed(engine, questions[:20])
    answering = cProfile.Profile()
    answering.runcall(_timed, engine, questions)
    slowest = sorted(zip(_timed(engine, questions)[1], (one.text for one in questions), strict=True), reverse=True)[:5]
    dear = "\n".join(f"{latency:8.1f} ms  {text[:60]}" for latency, text in slowest)
    return {"build": _top(building), "answers": _top(answering), "slowest": dear}


def _top(profile: cProfile.Profile) -> str:
    out = io.StringIO()
    pstats.Stats(profile, stream=out).strip_dirs().sort_stats("tottime").print_stats(15)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join(line for line in lines if line)

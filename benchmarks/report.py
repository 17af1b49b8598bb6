"""What a run found, as tables for the terminal and as the section Lookup of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import picture
from benchmarks.engines import BARE, OURS, SLOW
from benchmarks.quality import mean_noise
from benchmarks.speed import NOISY, Speed, noise, spread

if TYPE_CHECKING:
    from benchmarks.lookup import Run

_CHINESE = {
    "homophone": "同音字",
    "look-alike": "形近字",
    "dropped": "漏字",
    "swapped": "颠倒",
    "doubled": "重字",
    "pinyin": "词写拼音",
    "initials": "首字母",
    "traditional": "繁体",
    "full width": "全角",
    "chatter": "寒暄",
}
_MB = 1_000_000

P99_OURS, READY, HOSTILE = 10.0, 1.0, 50.0
P99_LARGE, BUILD_LARGE, MEMORY_LARGE, LARGE = 25.0, 60.0, 1500 * _MB, 100_000

Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def best_peer(run: Run) -> str:
    """The peer with the most hits at 1 over all unseen questions."""
    return max((name for name in run.quality if name not in (OURS, BARE)), key=lambda name: _hit(run, name))


def best_peer_in_noise(run: Run) -> str:
    return max((name for name in run.quality if name not in (OURS, BARE)), key=lambda name: mean_noise(run.quality[name].noise))


def _hit(run: Run, name: str) -> float:
    return sum(part.hit_1 or 0.0 for part in run.quality[name].parts.values())


# Tables


def _engines(run: Run) -> Table:
    head = (
        "engine",
        "part",
        "hit@1",
        "hit@3",
        "ranked@1",
        "false don't-know",
        "asked back",
        "false, far",
        "false, near",
        "thin not answered",
    )
    rows = []
    for name, quality in run.quality.items():
        for part, one in quality.parts.items():
            shares = (one.hit_1, one.hit_3, one.ranked_1, one.refused, one.asked_back, one.false_far, one.false_near, one.clarified)
            rows.append((name, part, *map(_share, shares)))
    return head, rows


def _kinds(run: Run) -> Table:
    peer = best_peer(run)
    head = ("kind", "questions", "ours hit@1", "hit@3", "ranked@1", "no curated hit@1", f"{peer} hit@1", "hit@3", "best of any peer hit@1")
    rows = []
    peers = [name for name in run.quality if name not in (OURS, BARE)]
    for kind, ours in run.quality[OURS].kinds.items():
        if ours.hit_1 is None:
            continue
        theirs, bare = run.quality[peer].kinds[kind], run.quality[BARE].kinds[kind]
        best = max(run.quality[name].kinds[kind].hit_1 or 0.0 for name in peers)
        shares = (ours.hit_1, ours.hit_3, ours.ranked_1, bare.hit_1, theirs.hit_1, theirs.hit_3, best)
        rows.append((kind, str(ours.count), *map(_share, shares)))
    return head, rows


def _thresholds(run: Run) -> Table:
    head = ("engine", "false don't-know", "false, far", "false, near")
    ours = run.quality[OURS].parts["held"]
    rows: list[Sequence[str]] = [(OURS, _share(ours.refused), _share(ours.false_far), _share(ours.false_near))]
    for name, quality in run.quality.items():
        if name not in (OURS, BARE):
            one = quality.threshold
            rows.append((name, _share(one.refused), _share(one.false_far), _share(one.false_near)))
    return head, rows


def _noise(run: Run) -> Table:
    peer = best_peer_in_noise(run)
    head = ("noise", "texts", "ours clean", "noisy", "ratio", "ranked", f"{peer} clean", "noisy", "ratio", "best of any peer, noisy")
    peers = [name for name in run.quality if name not in (OURS, BARE)]
    rows = []
    for kind, ours in run.quality[OURS].noise.items():
        theirs = run.quality[peer].noise[kind]
        best = max(run.quality[name].noise[kind].noisy for name in peers)
        shares = (ours.clean, ours.noisy, ours.ratio, ours.ranked, theirs.clean, theirs.noisy, theirs.ratio, best)
        rows.append((kind, str(ours.count), *map(_share, shares)))
    return head, rows


def _speeds(run: Run) -> Table:
    head = (
        "passages",
        "engine",
        "build s",
        "first ms",
        "p50 ms",
        "p99 ms (each round)",
        "spread",
        "per second",
        "clock p50",
        "clock p99",
        "MB built",
        "MB asked",
    )
    return head, [_speed(one) for one in run.speeds]


def _speed(one: Speed) -> Sequence[str]:
    p99 = one.busy_quantiles(0.99)
    return (
        f"{one.size:,}",
        one.engine,
        _range(one.builds),
        f"{max(one.firsts):.1f}",
        f"{one.busy(0.5):.2f}",
        f"{one.busy(0.99):.2f} ({' '.join(f'{value:.2f}' for value in p99)})",
        f"{spread(p99):.0%}",
        f"{one.busy_per_second:,.0f}",
        f"{one.median_p50:.2f}",
        f"{one.median_p99:.2f}",
        f"{one.grown / _MB:.0f}",
        f"{one.grown_after / _MB:.0f}",
    )


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.2f}" if len(values) == 1 else f"{min(values):.2f}-{max(values):.2f}"


def _starts(run: Run) -> Table:
    head = ("a fresh process", "processor, each", "clock, each")
    knowledge = ("interpreter to the first answer", *_each((one.knowledge_busy, one.knowledge) for one in run.ready))
    unkept = ("the same with no index kept", *_each((one.unkept_busy, one.unkept) for one in run.ready))
    return head, [knowledge, unkept, ("zhice lookup as a whole", *_each((one.command_busy, one.command) for one in run.ready))]


def _each(found: Iterable[tuple[float, float]]) -> Iterator[str]:
    return (" ".join(f"{value:.2f}" for value in values) for values in zip(*found, strict=True))


def _hostile(run: Run) -> Table:
    worst = sorted(run.hostile.items(), key=lambda one: -one[1])
    return ("text", "worst ms"), [(name, f"{value:.1f}") for name, value in worst]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}".replace("0.", ".", 1) if value < 1 else "1.0" if value == 1 else f"{value:.2f}"


# Verdicts


def verdicts(run: Run) -> list[str]:
    """Each target, met or not."""
    said = [
        _verdict("first answer of a fresh interpreter", max(one.knowledge_busy for one in run.ready), READY, "s"),
        _verdict("the same with no index kept by an earlier start", max(one.unkept_busy for one in run.ready), READY, "s"),
        _verdict("`zhice lookup` as a whole", max(one.command_busy for one in run.ready), READY, "s"),
        _verdict("the worst hostile text", max(run.hostile.values()), HOSTILE, "ms"),
    ]
    for one in run.speeds:
        if one.engine != OURS:
            continue
        if one.size == run.passages:
            said.append(_verdict("our corpus, p99", one.busy(0.99), P99_OURS, "ms"))
            first = one.busy_quantiles(0.99)[0]
            said.append(_verdict("our corpus, p99 while each passage is read for the first time", first, P99_OURS, "ms"))
        if one.size == LARGE:
            said.append(_verdict("100,000 passages, p99", one.busy(0.99), P99_LARGE, "ms"))
            said.append(_verdict("100,000 passages, build", max(one.builds), BUILD_LARGE, "s"))
            said.append(_verdict("100,000 passages, memory", one.grown_after / _MB, MEMORY_LARGE / _MB, "MB"))
    return said


def _verdict(what: str, value: float, target: float, unit: str) -> str:
    return f"{'met' if value <= target else 'NOT MET'}: {what} {value:,.2f}, target {target:g} {unit}"


def steadiness(run: Run) -> str:
    shown = noise(run.speeds)
    judged = "A noisy run: compare within it, not with others" if shown > NOISY else "A steady run"
    return f"{judged}. The same arithmetic took {shown:.0%} longer in the slowest round than in the middle one."


# Terminal


def text(run: Run) -> str:
    blocks = []
    if run.speeds:
        blocks = [
            ("Speed, one core, processor time", _speeds(run)),
            ("Hostile texts, our engine", _hostile(run)),
            ("Start, s", _starts(run)),
        ]
    if run.quality:
        blocks[:0] = [
            ("Unseen questions", _engines(run)),
            ("By kind, both parts", _kinds(run)),
            ("Refusing by a threshold on the score, held part", _thresholds(run)),
            ("Noise, hit@1", _noise(run)),
        ]
    tables = [f"{title}\n{_aligned(*table)}" for title, table in blocks]
    profile = [f"Profile, {name}\n{lines}" for name, lines in run.profile.items()]
    judged = ("\n".join(verdicts(run)), steadiness(run)) if run.speeds else ()
    return "\n\n".join((*tables, *profile, *judged, f"{run.seconds:.0f} s"))


def _aligned(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    every = [head, *rows]
    widths = [max(len(row[at]) for row in every) for at in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in every)


# Page


def draw(run: Run, folder: Path, *, quality: bool) -> None:
    if quality:
        _draw_noise(run, folder)
    if not run.speeds:
        return
    series: dict[str, list[tuple[int, float]]] = {}
    for one in run.speeds:
        series.setdefault(one.engine, []).append((one.size, one.busy(0.99)))
    picture.lines(folder / "lookup-speed.png", "99th percentile by size of the corpus · 99 分位耗时(单核)", series, P99_LARGE)


def _draw_noise(run: Run, folder: Path) -> None:
    peer = best_peer_in_noise(run)
    found = [(kind, _CHINESE[kind], ours.noisy, run.quality[peer].noise[kind].noisy) for kind, ours in run.quality[OURS].noise.items()]
    picture.bars(folder / "lookup-quality.png", "First result right, by kind of noise · 各类噪声下首条命中率", found, ("知策 Zhice", peer))


def placed(page: str, title: str, written: str) -> str:
    """The page with what was written there at the last run replaced; what stands outside of the marks is written by hand and stays."""
    begin, end = f"<!-- {title}: written by python -m benchmarks.lookup --docs -->", f"<!-- {title}: end -->"
    before, found, behind = page.partition(begin)
    if not found:
        before, behind = f"{page.rstrip()}\n\n## {title}\n\n", f"{end}\n"
    return f"{before}{begin}\n\n{written}\n{end}{behind.partition(end)[2]}"


def sections(run: Run, *, pictures: bool) -> dict[str, str]:
    """By title; what was not measured has none."""
    quality = {"Lookup": _quality_section(run, pictures=pictures)} if run.quality else {}
    return quality | ({"Speed of the lookup": _speed_section(run, pictures=pictures)} if run.speeds else {})


def _taken(run: Run, option: str) -> str:
    machine = run.machine
    packages = ", ".join(f"{name} {machine[name]}" for name in ("tantivy", "rapidfuzz", "jieba"))
    return (
        f"`python -m benchmarks.lookup {option}--docs --seed {run.seed}` · {run.on.isoformat()} · {machine['processor']}, "
        f"{machine['cores']} shared cores · {machine['system']} · Python {machine['python']} · {packages} · "
        f"load {machine['load']} · {run.seconds / 60:.1f} minutes."
    )


def _quality_section(run: Run, *, pictures: bool) -> str:
    parts = [
        _taken(run, "--quick " if run.quick else "" if run.speeds else "--quality "),
        "### Unseen questions",
        _unseen_words(run),
        _table(*_engines(run)),
        "### By kind",
        _table(*_kinds(run)),
        "### Peers that refuse",
        "Peers answer whatever is asked. Here each refuses below a score of its own (for each character of the question), set on `dev` so "
        "that it refuses as large a share of the answerable questions as ours does; measured on `held`.",
        _table(*_thresholds(run)),
        "### Noise",
        f"One slip in each clean question ({', '.join(_CLEAN_WORDS)}), made from tables that the engine does not use. "
        "*Ratio* is noisy over clean, of the same questions. *Ranked* is what would come first if every question were answered.",
        "![Hits by kind of noise](pictures/lookup-quality.png)" if pictures else "",
        _table(*_noise(run)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _speed_section(run: Run, *, pictures: bool) -> str:
    parts = [
        f"{_taken(run, '' if run.quality else '--speed ')} {steadiness(run)}",
        "\n".join(f"- {line}" for line in verdicts(run)),
        _speed_words(run),
        "![99th percentile by size](pictures/lookup-speed.png)" if pictures else "",
        _table(*_speeds(run)),
        "A fresh process, seconds:",
        _table(*_starts(run)),
        "Hostile texts: our engine, our corpus, the worst of three, milliseconds of the processor.",
        _table(*_hostile(run)),
    ]
    if run.profile:
        parts += [
            "### Where the time goes",
            f"Our engine at {LARGE:,} passages, under cProfile (which makes small calls look dearer than they are).",
        ]
        parts += [f"{name.capitalize()}:\n\n```\n{lines}\n```" for name, lines in run.profile.items()]
    return "\n\n".join(part for part in parts if part) + "\n"


_CLEAN_WORDS = ("natural", "keyword")


def _unseen_words(run: Run) -> str:
    left_out = f" Left out, package not installed: {', '.join(run.missing)}." if run.missing else ""
    return (
        f"{run.questions} questions over the five documents ({run.passages} passages), written from the source texts without "
        "sight of the curated questions; half are `dev`, which may be looked at when tuning, half are `held`, of which only "
        "totals are read. A result is right when the card of the passage shows the gold sentence; the same rule, and the "
        "same 600 characters, for every engine. Peers get the passage with its headings and its document's title, "
        "normalised alike (NFKC, simplified), and earlier messages before the question; they have no curated questions, "
        "synonyms, facets or refusals. *Ours, no curated questions* is our engine with the questions files hidden. "
        "*Ranked@1* is what would come first if every question were answered. *False* is an answer where the texts hold "
        "none: far from the subject, or a near miss. *Thin* questions (苏州 · 多少钱) should be asked back." + left_out
    )


def _speed_words(run: Run) -> str:
    left_out = f" Left out: {', '.join(run.missing)}." if run.missing else ""
    return (
        "Each engine in a process of its own on one core; they are asked one after the other. Larger corpora are made of our documents "
        "and of sentences drawn from them again with other numbers and places. Milliseconds are the processor's own, which other work "
        "on the machine disturbs less than the clock; targets are judged by them, and the clock stands beside. *First* is the very first "
        "question with all that is loaded then. Memory is growth over the documents themselves, after building and after the questions. "
        f"At 10,000 and more, {' and '.join(SLOW)} are asked six questions a round: their p99 is their worst. What jieba makes of a "
        f"block of text is kept while a peer is built, since made corpora repeat many.{left_out}\n\n"
        "Of our own corpus and up to 1,024 passages all are read closely before anybody asks, as the service does once it has started; the "
        "build has that in it. In larger ones nearly every passage that is looked at is new: what a question has is looked for in their "
        "texts, and a set of all pieces is made only of those that come again. The index is opened as an earlier start kept it; with "
        "nothing kept it is made anew. Each step of this gave the same answers as before, byte by byte, to 5,015 questions (unseen ones, "
        "noise, hostile texts, several questions in a message)."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join((*lines, *("| " + " | ".join(row) + " |" for row in rows)))

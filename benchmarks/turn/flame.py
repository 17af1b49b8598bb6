"""Where processor time goes, as a flame picture: wider means more of it, below is who called.

python -m benchmarks.turn.flame WORD [--count 600] [--title TEXT]   writes docs/pictures/turn-WORD.png, for our durable echo
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import importlib
import json
import linecache
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

STEP = 0.002
"""Seconds of processor time between two looks."""
_IDLE = (".get(", ".wait(", ".acquire(", ".join(", "time.sleep(")
"""Words of a line at which a thread waits."""
_WIDTH, _ROW, _LEAST = 1600, 17, 2
_HOME = str(Path(__file__).parents[2]) + os.sep


@contextlib.contextmanager
def sampled(target: str) -> Iterator[None]:
    """Counts the stacks seen each `STEP` of processor time, of whichever thread works; from SIGUSR1 on, so that the start is not in it."""
    seen: collections.Counter[str] = collections.Counter()

    def look(_number: int, frame: FrameType | None) -> None:
        main = threading.main_thread().ident
        for thread, other in sys._current_frames().items():
            if thread != main and not _is_idle(other):
                seen[_stack(other, "thread")] += 1
                return
        seen[_stack(frame, "loop")] += 1

    signal.signal(signal.SIGPROF, look)
    signal.signal(signal.SIGUSR1, lambda *_: signal.setitimer(signal.ITIMER_PROF, STEP, STEP))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        Path(target).write_text(json.dumps(seen), encoding="utf-8")


def _is_idle(frame: FrameType) -> bool:
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
    return any(word in line for word in _IDLE)


def _stack(frame: FrameType | None, root: str) -> str:
    names: list[str] = []
    while frame is not None:
        names.append(_named(frame))
        frame = frame.f_back
    return ";".join([root, *reversed(names)])


def _named(frame: FrameType) -> str:
    file = frame.f_code.co_filename
    short = file.removeprefix(_HOME) if file.startswith(_HOME) else file.rpartition("site-packages/")[2].rpartition("/python3")[2]
    return f"{'/'.join(short.split('/')[-2:])}:{frame.f_code.co_name}"


# ---- the picture ----


class _Node:
    def __init__(self) -> None:
        self.count = 0
        self.parts: dict[str, _Node] = {}

    def depth(self) -> int:
        return 1 + max((part.depth() for part in self.parts.values()), default=0)


def _tree(seen: dict[str, int]) -> _Node:
    root = _Node()
    for stack, count in seen.items():
        node = root
        node.count += count
        for name in _folded(stack.split(";")):
            node = node.parts.setdefault(name, _Node())
            node.count += count
    return root


def _folded(names: list[str]) -> list[str]:
    """Without the steps of the event loop and of starting, which are the same everywhere."""
    dull = ("runpy", "runners.py", "command_line.py:_run", "turn/ours.py", "python3.11/contextlib", "_bootstrap", "threading.py")
    return [name for name in names if not any(part in name for part in dull)]


def drawn(seen: dict[str, int], file: Path, title: str) -> None:
    root = _tree(seen)
    height = 40 + _ROW * min(root.depth(), 60)
    image = importlib.import_module("PIL.Image").new("RGB", (_WIDTH, height), "white")
    draw = importlib.import_module("PIL.ImageDraw").Draw(image)
    font = importlib.import_module("PIL.ImageFont").load_default(11)
    draw.text((6, 8), title, font=importlib.import_module("PIL.ImageFont").load_default(15), fill="#1f2933")
    _draw(draw, font, root, 0.0, _WIDTH / root.count, height - _ROW)
    file.parent.mkdir(parents=True, exist_ok=True)
    image.convert("P", palette=1, colors=64).save(file, optimize=True)


def _draw(draw: Any, font: Any, node: _Node, x: float, scale: float, y: int) -> None:
    for name, part in sorted(node.parts.items()):
        width = part.count * scale
        if width >= _LEAST and y > 30:
            draw.rectangle((x, y, x + width - 1, y + _ROW - 2), fill=_colour(name))
            if (room := int((width - 4) / 6.2)) > 3:
                draw.text((x + 3, y + 1), name[:room], font=font, fill="#1f2933")
            _draw(draw, font, part, x, scale, y - _ROW)
        x += width


def _colour(name: str) -> str:
    for part, colour in (
        ("sqlalchemy", "#f2b880"),
        ("sqlite", "#e8955a"),
        ("bot/", "#8fcfa8"),
        ("storage/", "#8fcfa8"),
        ("outbox/", "#8fcfa8"),
        ("handlers/", "#6fbf8f"),
        ("adapters/", "#8fcfa8"),
        ("telegram/", "#9db9e8"),
        ("_bot.py", "#9db9e8"),
        ("aiohttp", "#c9b6e4"),
        ("fluent", "#f0d878"),
    ):
        if part in name:
            return colour
    return "#dde2e8"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--title", default="Processor time of our durable echo, turn and send")
    parser.add_argument("--what", default="echo")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "seen.json"
        used = _run(given.what, target, given.count)
        seen = json.loads(target.read_text(encoding="utf-8"))
    title = f"{given.title}: {used:.2f} ms an update, {sum(seen.values())} samples"
    drawn(seen, Path(__file__).parents[2] / "docs" / "pictures" / f"turn-{given.word}.png", title)
    print(title)
    _print_costs(seen)


def _run(what: str, target: Path, count: int) -> float:
    from benchmarks.turns import QUESTIONS, running

    os.environ["ZHICE_FLAME"] = str(target)
    with running(what, sys.executable) as bot:
        bot.platform.order(kind="text", group=False, count=100, texts=QUESTIONS, url=bot.url, delay=0.0)
        before = bot.cpu()
        bot.process.send_signal(signal.SIGUSR1)
        for kind in ("text", "press"):
            bot.platform.order(kind=kind, group=False, count=count // 2, texts=QUESTIONS, url=bot.url, delay=0.0)
        return 1000 * (bot.cpu() - before) / count


def _print_costs(seen: dict[str, int]) -> None:
    """The functions with the largest shares, their callees' included."""
    shares: collections.Counter[str] = collections.Counter()
    for stack, count in seen.items():
        for name in set(_folded(stack.split(";"))):
            shares[name] += count
    total = sum(seen.values())
    for name, count in shares.most_common(70):
        print(f"{100 * count / total:5.1f} %  {name}")


if __name__ == "__main__":
    main()

"""What a turn costs, from the webhook's update to the message sent: our service beside others, in alternating rounds.

python -m benchmarks.turns [--rounds 3] [--count 200] [--delayed 120] [--starts 3] [--short] [--peers PYTHON] [--docs]

Processor time is the bot's own (user and system, of all its threads); the platform works in another process. The peers run in the
environment `make bench-setup` makes; what is missing there is named and left out. `--docs` writes the section Turns of the page.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.turn.peers import NEEDS, PATH
from benchmarks.turn.wire import SECRET, TOKEN
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
PEERS_ENVIRONMENT = ROOT / ".venv-bench" / "bin" / "python"
OURS = ("echo", "lookup")
SCENES = {"private text": ("text", False), "private press": ("press", False), "group text": ("text", True), "group press": ("press", True)}
QUESTIONS = ("合肥贯标目标", "苏州要建几个知识产权密集型园区", "吴江专利清零行动是什么", "江苏海外知识产权风险防控归哪几个厅管")
SLOW = {"ptb": 30, "ptb-sqlmodel": 30, "ptb-durable": 30}
"""They wait for the network update by update: so few with a delay, or a round takes minutes."""
NOISY = 1.3
"""Largest over smallest of the rounds from which a figure is called noisy."""
REST = 10.0
"""Seconds after its first message until a bot is weighed: what it loads once it runs is loaded by then."""


@dataclass
class Figure:
    """One value a round."""

    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def is_noisy(self) -> bool:
        return max(self.values) > NOISY * min(self.values)

    def told(self, form: str = ".2f") -> str:
        spread = f"{self.median:{form}} ({min(self.values):{form}}–{max(self.values):{form}})"
        return f"{spread} noisy" if self.is_noisy else spread


@dataclass
class Contender:
    name: str
    process: subprocess.Popen[bytes]
    url: str
    begun: float
    platform: Platform
    first: float = 0.0
    """Seconds from the start of the process to the first message."""

    def cpu(self) -> float:
        """Seconds of the processor, user and system, of all threads: Linux's clock of that process, to the nanosecond. What stands in
        its `/proc/…/stat` is counted in hundredths of a second, a quarter of what a hundred updates cost the smallest of them."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def memory(self) -> float:
        """Resident, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


class Platform:
    """The other end of the wire, a process of its own for each bot."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.turn.wire"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self.address = f"http://127.0.0.1:{self._read()['port']}"

    def order(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        return dict(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def running(name: str, python: str, kept: str = "", before: Sequence[str] = ()) -> Iterator[Contender]:
    """A bot in a process of its own, with an empty database or with what was `kept`; it has answered once. `before`: what it is run by."""
    with tempfile.TemporaryDirectory() as new, ExitStack() as stack:
        folder = kept or new
        platform = Platform()
        stack.callback(platform.close)
        port = free_port()
        command, extra = _command(name, python, platform.address, port, folder)
        log = stack.enter_context((Path(folder) / "log").open("wb"))
        begun = time.time()
        process = subprocess.Popen([*before, *command], env=os.environ | extra, cwd=ROOT, stdout=log, stderr=log)
        stack.callback(_end, process)
        bot = Contender(name, process, f"http://127.0.0.1:{port}{PATH}", begun, platform)
        result = platform.order(kind="first", group=False, url=bot.url, texts=QUESTIONS[:1])
        if not result["sent"]:
            raise RuntimeError(f"{name} never answered:\n{(Path(folder) / 'log').read_text()[-2000:]}")
        bot.first = result["at"] - begun
        yield bot


def _command(name: str, python: str, api: str, port: int, folder: str) -> tuple[list[str], dict[str, str]]:
    if name not in (*OURS, "serve"):
        return [python, "-m", "benchmarks.turn.peers", name, "--api", api, "--port", str(port), "--folder", folder], {}
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": f"{api}/bot", "TELEGRAM_WEBHOOK_SECRET": SECRET, "DATA_DIR": folder}
    place = {"PUBLIC_URL": f"http://127.0.0.1:{port}", "HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "WARNING"}
    program = ["-m", "bot", "serve"] if name == "serve" else ["-m", "benchmarks.turn.ours", name]
    return [sys.executable, *program], settings | place


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def missing(name: str, python: str) -> str:
    """What a peer lacks; "" when it can run."""
    script = "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)"
    found = subprocess.run([python, "-c", script, *NEEDS[name]], check=False, capture_output=True, text=True)
    return found.stderr.strip().splitlines()[-1] if found.returncode else ""


@dataclass
class Result:
    """What was measured of one bot."""

    cost: dict[str, Figure] = field(default_factory=lambda: {scene: Figure() for scene in SCENES})
    """Milliseconds of the processor for an update, by scene, without a delay."""
    whole: Figure = field(default_factory=Figure)
    """The same over all scenes."""
    rate: Figure = field(default_factory=Figure)
    """Messages a second, without a delay."""
    delayed: Figure = field(default_factory=Figure)
    """Messages a second with 50 ms of network."""
    acknowledged: Figure = field(default_factory=Figure)
    """99th percentile of the wait for an acknowledgement, in milliseconds."""
    alone: Figure = field(default_factory=Figure)
    """Of the lookup: milliseconds of the processor for the question itself, asked in a process of its own."""
    lost: int = 0
    memory: float = 0.0


def measure(bot: Contender, result: Result, count: int, delayed: int) -> None:
    spent, messages, seconds = 0.0, 0, 0.0
    for scene, (kind, group) in SCENES.items():
        before = bot.cpu()
        told = bot.platform.order(kind=kind, group=group, count=count, texts=QUESTIONS, url=bot.url, delay=0.0)
        used = bot.cpu() - before
        result.cost[scene].values.append(1000 * used / count)
        result.lost += count - told["sent"]
        spent, messages, seconds = spent + used, messages + count, seconds + told["seconds"]
        if scene == "private text":
            result.acknowledged.values.append(1000 * told["waits"][int(0.99 * len(told["waits"]))])
    result.whole.values.append(1000 * spent / messages)
    result.rate.values.append(messages / seconds)
    if delayed:
        few = min(delayed, SLOW.get(bot.name, delayed))
        told = bot.platform.order(kind="text", group=False, count=few, texts=QUESTIONS, url=bot.url, delay=0.05)
        result.delayed.values.append(told["sent"] / told["seconds"])
        result.lost += few - told["sent"]
    result.memory = bot.memory()


def race(names: Sequence[str], python: str, given: argparse.Namespace) -> dict[str, Result]:
    """All started once, then measured in turn, round by round."""
    results = {name: Result() for name in names}
    with ExitStack() as stack:
        bots = []
        for name in names:
            bots.append(stack.enter_context(running(name, python)))
            # Warm: compiled, cached, connected.
            bots[-1].platform.order(kind="text", group=False, count=100, texts=QUESTIONS, url=bots[-1].url, delay=0.0)
            bots[-1].platform.order(kind="press", group=False, count=50, texts=QUESTIONS, url=bots[-1].url, delay=0.0)
        for number in range(given.rounds):
            for bot in bots:
                measure(bot, results[bot.name], given.count, given.delayed)
                if bot.name == "lookup":
                    results[bot.name].alone.values.append(asked(given.count))
                print(
                    f"round {number + 1} {bot.name:18} {results[bot.name].whole.values[-1]:6.2f} ms an update", file=sys.stderr, flush=True
                )
    return results


def asked(count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.turn.asked", "--count", str(count)]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


@dataclass
class Start:
    seconds: Figure = field(default_factory=Figure)
    cpu: Figure = field(default_factory=Figure)
    memory: Figure = field(default_factory=Figure)


def starts(names: Sequence[str], python: str, rounds: int) -> dict[str, Start]:
    """Each started anew, in turn, on the data of an earlier run: seconds to the first message, and what it weighs when all is loaded."""
    found = {name: Start() for name in names}
    with ExitStack() as stack:
        kept = {name: stack.enter_context(tempfile.TemporaryDirectory()) for name in names}
        for name in names:
            with running(name, python, kept[name]):
                pass
        for _ in range(rounds):
            for name in names:
                with running(name, python, kept[name]) as bot:
                    found[name].seconds.values.append(bot.first)
                    found[name].cpu.values.append(bot.cpu())
                    time.sleep(REST)
                    found[name].memory.values.append(bot.memory())
                    print(f"start {name:18} {bot.first:6.2f} s", file=sys.stderr, flush=True)
    return found


def compiled(python: str) -> None:
    """As an installer leaves it, for everybody: else some would be compiled anew at each start, and others not."""
    ours = [str(ROOT / name) for name in ("bot", "handlers", "knowledge", "reminders", "benchmarks", "tests")]
    for each in {python, sys.executable}:
        told = subprocess.run([each, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True)
        library = told.stdout.decode().strip()
        subprocess.run([each, "-m", "compileall", "-q", *ours, library], check=False, stdout=subprocess.DEVNULL)


def main() -> None:
    given = _given()
    python = given.peers or (str(PEERS_ENVIRONMENT) if PEERS_ENVIRONMENT.exists() else sys.executable)
    lacking = {name: why for name in NEEDS if (why := missing(name, python))}
    for name, why in lacking.items():
        print(f"left out: {name} ({why}); make bench-setup installs it")
    wanted = given.only.split(",") if given.only else [*OURS, *NEEDS]
    names = [name for name in wanted if name not in lacking]
    compiled(python)
    results = race(names, python, given) if given.rounds else {}
    begun = starts([name for name in ("serve", "ptb") if name not in lacking], python, given.starts) if given.starts else {}
    from benchmarks.turn.page import told, written

    text = told(results, begun, given)
    print(text)
    if given.docs:
        written(ROOT / "docs", text, results)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds")
    parser.add_argument("--count", type=int, default=200, help="updates of each scene in a round")
    parser.add_argument("--delayed", type=int, default=400, help="updates with 50 ms of network in a round; 0: none")
    parser.add_argument("--starts", type=int, default=3, help="cold starts of each")
    parser.add_argument("--short", action="store_true", help="one small round, to see that it runs")
    parser.add_argument("--peers", default="", help="the Python that has the peers")
    parser.add_argument("--only", default="", help="names, with commas between")
    parser.add_argument("--docs", action="store_true", help="write the section of docs/performance.md and its picture")
    given = parser.parse_args()
    if unknown := [name for name in given.only.split(",") if given.only and name not in (*OURS, *NEEDS)]:
        parser.error(f"--only: there is no {', '.join(unknown)}; there are {', '.join((*OURS, *NEEDS))}")
    if given.short:
        given.rounds, given.count, given.delayed, given.starts = 1, 60, 60, 1
    return given


if __name__ == "__main__":
    main()

"""Instructions of the processor for one update, counted by valgrind, without the kernel's share.

Neighbours on the machine do not change them; what else the process does meanwhile, and how many writes share a commit, do, by a tenth.

python -m benchmarks.turn.instructions [echo|lookup|question|bare …] [--count 100] [--peers PYTHON]

Wants valgrind; one and a half minutes each.

`question` is no bot: it is what is looked up in a turn of `lookup`, by itself.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import turns
from benchmarks.turns import OURS, QUESTIONS, Contender

SETTLED = 25
"""Seconds until what a process loads once it runs is loaded: under valgrind everything takes its time."""

AT_ONCE = 20
"""Updates that are posted together: of more, under valgrind, some wait longer for their commit than a platform would."""


class Counted:
    """A bot under valgrind, told what to count."""

    def __init__(self, bot: Contender, told: Path) -> None:
        self._bot, self._told = bot, told
        # valgrind names its pipes after the variables that the bot was started with.
        self._environment = os.environ | ({"HOST": "127.0.0.1"} if bot.name in OURS else {})

    def warm(self) -> None:
        for kind, count in (("text", 100), ("press", 50), ("text", 50)):
            self._send(kind, count)
        time.sleep(SETTLED)
        self._control("--instr=on")
        self._send("text", 40)

    def thousands(self, kind: str, count: int) -> float:
        """For one update."""
        self._control("--zero")
        sent = self._send(kind, count)
        self._control(f"--dump={kind}")
        if sent < count:
            raise SystemExit(f"{self._bot.name}: {sent} of {count} messages came, so the count says nothing")
        newest = max(self._told.parent.glob(f"{self._told.name}.*"), key=lambda path: path.stat().st_mtime)
        found = re.search(r"^(?:totals|summary): (\d+)", newest.read_text(), re.MULTILINE)
        assert found, newest
        return int(found[1]) / count / 1000

    def _send(self, kind: str, count: int) -> int:
        parts = [min(AT_ONCE, count - done) for done in range(0, count, AT_ONCE)]
        return sum(self._part(kind, part) for part in parts)

    def _part(self, kind: str, count: int) -> int:
        told = self._bot.platform.order(kind=kind, group=False, count=count, texts=QUESTIONS, url=self._bot.url, delay=0.0)
        return int(told["sent"])

    def _control(self, what: str) -> None:
        command = ["callgrind_control", what, str(self._bot.process.pid)]
        subprocess.run(command, check=True, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def counted(name: str, python: str, count: int) -> dict[str, float]:
    """By kind of update, the second time each."""
    with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as told:
        if name in OURS:
            # Its index is made, and is not made again under valgrind.
            with turns.running(name, python, kept):
                pass
        file = Path(told) / "counted"
        valgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={file}"]
        with turns.running(name, python, kept, before=valgrind) as bot:
            counting = Counted(bot, file)
            counting.warm()
            for kind in ("text", "press"):
                counting.thousands(kind, count)
            return {kind: counting.thousands(kind, count) for kind in ("text", "press")}


def question(count: int) -> float:
    """Thousands for one: what a process that asks so many more needs beyond one that asks none."""
    return (_whole(count) - _whole(0)) / count / 1000


def _whole(count: int) -> int:
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-m", "benchmarks.turn.asked"]
    # Hashes of words alike in both: where they lie in a table decides how long one looks.
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    ran = subprocess.run([*command, "--count", str(count)], check=True, cwd=turns.ROOT, env=environment, capture_output=True, text=True)
    found = re.search(r"refs:\s+([\d,]+)", ran.stderr)
    assert found, ran.stderr
    return int(found[1].replace(",", ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=["echo", "bare"])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--peers", default=str(turns.PEERS_ENVIRONMENT), help="the Python that has the peers")
    given = parser.parse_args()
    if not shutil.which("callgrind_control"):
        sys.exit("missing: valgrind is not installed")
    for name in given.names:
        if name == "question":
            print(f"question: {question(given.count):.0f} thousand", flush=True)
            continue
        python = sys.executable if name in OURS else given.peers
        found = counted(name, python, given.count)
        print(f"{name}: " + ", ".join(f"{value:.0f} thousand for a {kind}" for kind, value in found.items()), flush=True)


if __name__ == "__main__":
    main()

"""Every benchmark in its short form, one after the other: `make bench`, or `python -m benchmarks [NAME …]`.

What cannot run here says so and the others go on. Figures of a busy machine are noise: the load is told before each.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time

SHORT = (
    ("lookup", "--quick"),
    ("honesty",),
    ("everyday",),
    ("answers",),
    ("turns", "--short"),
    ("applications", "--people", "20"),
    ("reminders", "--pending", "100000", "--burst", "1000", "--jobs", "1000"),
    ("outbox", "--rates", "30", "--rounds", "1"),
    ("expansion", "--people", "100000", "--most", "60"),
    ("storage", "--steps", "300", "--rows", "40000"),
    ("trips",),
    ("scale", "--most", "2", "--events", "150", "--seconds", "30", "--rate", "4", "--kills", "2"),
    ("soak", "--minutes", "1", "--rate", "8", "--warm", "10", "--chats", "10000"),
)


def main(wanted: list[str]) -> int:
    failed = [command[0] for command in SHORT if (not wanted or command[0] in wanted) and not ran(*command)]
    print(f"failed: {', '.join(failed)}" if failed else "all ran")
    return 1 if failed else 0


def ran(name: str, *options: str) -> bool:
    """Whether it ended well; one that is not there is said to be missing, and is no failure."""
    module = f"benchmarks.{name}"
    load = os.getloadavg()[0]
    noise = " · noisy: more wants to run than there are cores" if load > (os.cpu_count() or 1) else ""
    print(f"\n== python -m {' '.join((module, *options))} · load {load:.1f}{noise}", flush=True)
    if importlib.util.find_spec(module) is None:
        print(f"missing: {module} is not there")
        return True
    begun = time.monotonic()
    code = subprocess.run([sys.executable, "-m", module, *options], check=False).returncode
    print(f"-- {time.monotonic() - begun:.0f} s" + (f", exit code {code}" if code else ""), flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""SIGKILL in the middle of sending, over and over, on SQLite and on PostgreSQL, while the platform stumbles: what became of everybody.

python -m benchmarks.kills [--kills 25] [--seeds 20261122] [--rate 100]

Each claim is counted as held N of N, for each engine and seed; the exit code is 1 when one did not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests import postgres
from tests.faults import kills
from tests.faults.kills import Account

HEAD = (
    "| database | seed | kills | recipients | lost | extras / in doubt at the kills | most copies "
    "| unknown, listed | inside a pause | 429 for speed | claims held |"
)


def row(engine: str, account: Account) -> str:
    held = kills.CLAIMS - len(account.problems)
    counts = (account.people, len(account.lost), f"{account.extras} / {account.in_doubt} + {account.unanswered} unanswered")
    rest = (account.most, account.states["unknown"], account.early, account.refused, f"{held} / {kills.CLAIMS}")
    return "| " + " | ".join(str(each) for each in (engine, account.seed, account.kills, *counts, *rest)) + " |"


async def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seeds", type=int, nargs="+", default=[20261122])
    parser.add_argument("--rate", type=int, default=100)
    given = parser.parse_args()
    print(HEAD, "|" + " --- |" * 11, sep="\n", flush=True)
    accounts: list[Account] = []
    for seed in given.seeds:
        # Side by side: most of it is waiting for processes to start.
        found = await asyncio.gather(*(killed(engine, given.kills, seed, given.rate) for engine in ("sqlite", "postgresql")))
        print(*map(row, ("sqlite", "postgresql"), found), sep="\n", flush=True)
        accounts += found
    for account in accounts:
        print(f"{account.seed}: faults {dict(account.faults)}; rows {dict(account.states)}", *account.problems, sep="\n  NOT HELD: ")
    return not any(account.problems for account in accounts)


async def killed(engine: str, count: int, seed: int, per_second: int) -> Account:
    with ExitStack() as stack:
        url = f"sqlite+aiosqlite:///{Path(stack.enter_context(tempfile.TemporaryDirectory())) / 'kills.db'}"
        if engine == "postgresql":
            url = stack.enter_context(postgres.running(durable=True))
        told = partial(print, engine, "kill", file=sys.stderr, flush=True)
        return await kills.run(url, kills=count, seed=seed, per_second=per_second, told=told)


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(main()) else 1)

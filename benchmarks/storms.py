"""A notice under way while the database is locked for 30 s, the disk is full, the clock jumps by an hour, or a copy is brought back.

python -m benchmarks.storms [--seconds 30] [--seeds 1 2]

Each is run with each seed; what counts as held is in `tests/faults/storms.py`. The exit code is 1 when one did not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.faults import storms


async def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seeds", type=int, nargs="+", default=[20261122, 20261123])
    given = parser.parse_args()
    results: list[storms.Result] = []
    for name in storms.STORMS:
        for seed in given.seeds:
            with tempfile.TemporaryDirectory() as folder:
                results.append(await storms.run(name, Path(folder), seconds=given.seconds, seed=seed))
                print(results[-1], flush=True)
    held = storms.counted(results)
    print("| storm | held | lost | extra copies / explained | most copies |", "| --- | --- | --- | --- | --- |", sep="\n")
    for name in storms.STORMS:
        mine = [result for result in results if result.storm == name]
        extras = f"{sum(each.extras for each in mine)} / {sum(each.bearable for each in mine)}"
        print(f"| {name} | {held[name]} / {len(mine)} | {sum(each.lost for each in mine)} | {extras} | {max(each.most for each in mine)} |")
    return all(result.holds for result in results)


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(main()) else 1)

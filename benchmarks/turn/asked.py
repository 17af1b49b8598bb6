"""What a question costs by itself, asked again as in the measured chats: no message, no rows, no card.

python -m benchmarks.turn.asked [--count 100]
"""

from __future__ import annotations

import argparse
import time

from benchmarks.turns import QUESTIONS
from knowledge.lookup import Knowledge


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    given = parser.parse_args()
    knowledge = Knowledge.open()
    # Warm as the service is when it is measured.
    cost(knowledge, 2 * len(QUESTIONS))
    print(f"{1000 * cost(knowledge, given.count):.3f}")


def cost(knowledge: Knowledge, count: int) -> float:
    begun = time.process_time()
    for number in range(count):
        question = QUESTIONS[number % len(QUESTIONS)]
        knowledge.lookup(question, turns=(question, question))
    return (time.process_time() - begun) / max(count, 1)


if __name__ == "__main__":
    main()

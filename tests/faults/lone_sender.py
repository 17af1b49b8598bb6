"""The sender by itself, to be killed: the service's own, without the lease that makes its successor wait.

python -m tests.faults.lone_sender DATABASE_URL BASE_URL PER_SECOND
"""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta

from bot.adapters.telegram import Telegram, Timing
from bot.core.clock import SystemClock
from bot.outbox.sender import Sender
from bot.storage.database import Database
from tests.fakes.telegram import TOKEN, loop_factory
from tests.secret import master

PATIENT = Timing(read=timedelta(seconds=3))


async def main(url: str, base_url: str, per_second: int) -> None:
    stop, clock = asyncio.Event(), SystemClock()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(url, master())
    await database.open()
    await database.unlock(clock.now())
    telegram = Telegram(TOKEN, base_url=base_url, per_second=per_second, paid=per_second > 30, timing=PATIENT)
    await telegram.start()
    await Sender(database, telegram, clock).run(stop)
    await telegram.close()
    await database.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))

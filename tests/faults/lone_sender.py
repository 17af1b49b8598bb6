"""The sender by itself, to be killed: the service's own, without the lease that makes its successor wait.

python -m tests.faults.lone_sender DATABASE_URL BASE_URL PER_SECOND [CLOCK]   (CLOCK: a file with the seconds by which its clock is wrong)
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.telegram import Telegram, Timing
from bot.outbox.sender import Sender
from bot.storage.database import Database
from tests.fakes.telegram import TOKEN, loop_factory
from tests.secret import master

PATIENT = Timing(read=timedelta(seconds=3))


class WrongClock:
    def __init__(self, file: Path | None) -> None:
        self._file = file

    def now(self) -> datetime:
        wrong = float(self._file.read_text() or 0) if self._file else 0.0
        return datetime.now(UTC) + timedelta(seconds=wrong)


async def main(url: str, base_url: str, per_second: int, clock: WrongClock) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(url, master())
    await database.open()
    await database.unlock(clock.now())
    telegram = Telegram(TOKEN, base_url=base_url, per_second=per_second, paid=per_second > 30, timing=PATIENT)
    await telegram.start()
    sender = Sender(database, telegram, clock)
    while not stop.is_set():
        try:
            await sender.run(stop)
        except Exception:
            # As the service does: what broke it off may be over.
            logging.exception("begun anew")
            await asyncio.sleep(1)
    await telegram.close()
    await database.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        file = Path(sys.argv[4]) if len(sys.argv) > 4 else None
        runner.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), WrongClock(file)))

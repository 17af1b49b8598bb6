"""The picture of a notice's report, drawn by the product from a notice that it sent: `python -m benchmarks.notice_report`.

1,200 recipients on two platforms of the benchmark's own, half a minute at 30 messages a second; a few block us, a few do not let us write.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import random
import secrets
import tempfile
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from bot.app import Core
from bot.core.clock import SystemClock
from bot.core.message import Outgoing, Span
from bot.core.permissions import Role
from bot.core.platform import Gone, Limits, Outcome, Refused, Sent
from bot.intake import Inbox
from bot.notices import approval, report, shelf
from bot.notices.desk import Desk
from bot.notices.notice import Audience, Content, State
from bot.outbox import batches
from bot.outbox.sender import Sender
from bot.settings import Settings
from bot.storage import schema, staff
from bot.storage.database import Database
from bot.storage.master import Master
from bot.storage.tables import Chat
from bot.words import Words
from knowledge.regions import places

REGIONS = ("suzhou", "kunshan", "wujiang", "hefei", "changshu", "")
PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "notice-report.png"


class Platform:
    """Takes what it is given after 50 ms; some are not there, some do not let us write."""

    def __init__(self, name: str, per_second: float) -> None:
        self.platform, self.account = name, "bot"
        self.limits = Limits(text=4096, buttons=8, edits=True, per_second=per_second)
        self._chance = random.Random(name)

    async def send(self, message: Outgoing) -> Outcome:
        await asyncio.sleep(0.05)
        drawn = self._chance.random()
        if drawn < 0.02:
            return Gone("Forbidden: bot was blocked by the user")
        return Refused("not enough rights to send text messages to the chat") if drawn < 0.03 else Sent(secrets.token_hex(4))

    async def acknowledge(self, *_: object) -> None: ...
    async def answer_inline(self, *_: object) -> None: ...
    async def typing(self, *_: object) -> None: ...


async def _meet(database: Database, platform: str, count: int) -> None:
    chance = random.Random(platform)
    now = SystemClock().now()
    shared = {"platform": platform, "account": "bot", "kind": "private", "active": True, "welcomed": True, "since": now}
    rows = [
        shared | {"chat": f"{number}", "user": f"{number}", "region": chance.choices(REGIONS, (6, 4, 3, 3, 2, 1))[0]}
        for number in range(count)
    ]
    await database.write(lambda on: on.execute(insert(Chat.__table__), rows))


async def _approved(database: Database, desk: Desk) -> int:
    now = SystemClock().now()
    author, reviewer = [
        await database.write(partial(staff.add, name=name, roles={role}, actor="benchmark", now=now))
        for name, role in (("陈", Role.BROADCASTER), ("王", Role.REVIEWER))
    ]
    text = {"zh-CN": (Span("下周四下午两点，政务中心三楼。"),)}
    content = Content("专利年费减缴说明会", text, Audience(everybody=True))
    draft = await database.write(lambda on: shelf.begin(on, author, 1, content, now))
    known = await database.write(lambda on: desk.submitted(on, author, draft, "k", None, now))
    while known.state is State.LISTING:
        known = await database.write(lambda on, known=known: approval.listed(on, known, desk.rules, now))  # type: ignore[misc]
    await database.write(lambda on: approval.approve(on, reviewer, known, known.digest, desk.rules, now))
    return known.id


async def measure(count: int, into: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/report.db", _master())
        await database.open()
        try:
            await schema.migrate(database)
            await _run(database, Path(folder), count, into)
        finally:
            await database.close()


def _master() -> Master:
    return Master.given(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


async def _run(database: Database, folder: Path, count: int, into: Path) -> None:
    clock = SystemClock()
    core = Core(Settings(_env_file=None, data_dir=folder), clock, database, Words.open(), Inbox(database, clock))
    platforms = [Platform("telegram", 30), Platform("web", 1000)]
    await _meet(database, "telegram", count * 3 // 4)
    await _meet(database, "web", count // 4)
    desk = core.notices({platform.platform: platform.limits for platform in platforms})
    id = await _approved(database, desk)
    stop = asyncio.Event()
    senders = [asyncio.create_task(Sender(database, platform, clock).run(stop)) for platform in platforms]  # type: ignore[arg-type]
    try:
        known = await desk.notice(id)
        while known.finished_at is None:
            await desk.tick(clock.now())
            await database.write(lambda on: batches.sweep(on, clock.now()))
            await asyncio.sleep(1)
            known = await desk.notice(id)
    finally:
        stop.set()
        await asyncio.gather(*senders)
    reader = report.Reader(core.words, "zh-CN", core.settings.zone, places("zh-CN"))
    found = await desk.report(known)
    print(report.said(found, reader))
    if drawn := report.picture(found, reader):
        into.write_bytes(drawn)
        print(into)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=1200)
    parser.add_argument("--into", type=Path, default=PICTURE)
    given = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(measure(given.recipients, given.into))


if __name__ == "__main__":
    main()

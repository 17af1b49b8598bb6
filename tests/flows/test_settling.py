"""What follows once the service runs: a process whose upkeep cannot begin does not go on as if nothing were."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Core
from bot.core.clock import FixedClock
from bot.core.platform import Adapter
from bot.intake import Inbox
from bot.service import Service
from bot.settings import Settings
from bot.storage.database import Database
from bot.words import Words
from reminders.handover import Handover
from tests.patience import PATIENCE


class Forgetful(Core):
    """Its reminders cannot be handed over."""

    def handover(self, adapters: Sequence[Adapter]) -> Handover:
        raise LookupError("no calendar")


async def test_a_process_that_could_remind_nobody_ends_with_the_reason(
    database: Database, clock: FixedClock, words: Words, tmp_path: Path
) -> None:
    core = Forgetful(Settings(_env_file=None, data_dir=tmp_path), clock, database, words, Inbox(database, clock))
    with pytest.raises(LookupError, match="no calendar"):
        async with asyncio.timeout(PATIENCE):
            await Service(core, web=False, work=True, settle=timedelta(0)).run()

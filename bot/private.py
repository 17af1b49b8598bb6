"""What operators do with keys and with people's data: `zhice privacy`."""

from __future__ import annotations

from bot.app import core
from bot.settings import Settings
from bot.storage import keys


async def rotate(settings: Settings) -> str:
    """Locks every key with a new master key, or with the one given first. Values stay as they are, and the service may run meanwhile."""
    async with core(settings, migrate=False) as built:
        master = built.database.keys.master
        if master.ours:
            master.turn()
        changed = await built.database.write(keys.relock)
        if master.ours:
            master.forget_earlier()
            return f"{changed} keys are locked with a new master key in {master.file}: copy it. Backups made before need the earlier one."
    return f"{changed} keys were locked anew with the first key given. The others are not needed any more, except for backups made before."

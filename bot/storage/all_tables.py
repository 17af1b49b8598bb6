"""Every table there is: who makes, compares or moves the whole database reads its shape here. A turn needs less than half of them."""

from __future__ import annotations

from sqlmodel import SQLModel

from bot.storage import (  # noqa: F401  (they fill the metadata)
    application_tables,
    audit,
    enclosures,
    keys,
    notice_tables,
    reminder_tables,
    staff,
    subjects,
    tables,
    transfers,
)
from bot.storage.partial import whole

METADATA = whole(SQLModel.metadata)

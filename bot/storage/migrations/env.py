"""How Alembic runs: on a connection handed in by `bot.storage.schema`, all steps in one transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from bot.storage import schema  # noqa: F401  (fills the metadata)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

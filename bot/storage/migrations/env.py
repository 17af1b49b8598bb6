"""How Alembic runs: on a connection handed in by `bot.storage.schema`, all steps in one transaction."""

from __future__ import annotations

from alembic import context

from bot.storage.all_tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

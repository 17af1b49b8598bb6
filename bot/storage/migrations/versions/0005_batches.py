"""Batches of messages"""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN = "state in ('pending', 'sending', 'ambiguous')"
COLUMNS = ("thread", "batch", "letter", "hold", "expires_at")


def _index(name: str, condition: str, *columns: str) -> None:
    op.create_index(name, "outbox", list(columns), sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=False),
        sa.Column("expanded", sa.Boolean(), nullable=False),
        sa.Column("looked", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "letter",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("batch", "name", "part"),
    )
    op.create_table(
        "instance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("paused", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "trouble",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_due", sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
        for name in ("thread", "batch", "letter"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("hold", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("expires_at", UtcDateTime(), nullable=True))
    _index("outbox_due", "state = 'pending'", "platform", "account", "lane", "batch", "due_at", "id")
    _index("outbox_turn", "state = 'pending'", "platform", "account", "lane", "chat", "id")
    _index("outbox_sending", "state = 'sending'", "platform", "account")
    _index("outbox_doubtful", "state = 'ambiguous'", "platform", "account", "due_at")
    _index("outbox_batch", "batch <> ''", "batch", "state")
    _index("outbox_expiry", "state = 'pending' and expires_at is not null", "expires_at")


def downgrade() -> None:
    for name in ("outbox_expiry", "outbox_batch", "outbox_doubtful", "outbox_sending", "outbox_turn", "outbox_due"):
        op.drop_index(name, "outbox")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.drop_column(name)
        batch_op.create_index("outbox_due", ["platform", "account", "due_at"], sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
    for name in ("trouble", "instance", "letter", "batch"):
        op.drop_table(name)

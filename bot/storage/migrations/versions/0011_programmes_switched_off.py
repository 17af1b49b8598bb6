"""Programmes switched off, and deadlines of applications"""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_DUE = sa.text("due_at is not null and escalated_at is null")


def upgrade() -> None:
    op.create_table(
        "programmeswitch",
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("off_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("programme"),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_at", UtcDateTime(), nullable=True))
        batch_op.create_index("draft_programme", ["programme"], unique=False)
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("escalated_at", UtcDateTime(), nullable=True))
    op.create_index("application_due", "application", ["due_at"], sqlite_where=_DUE, postgresql_where=_DUE)


def downgrade() -> None:
    op.drop_index("application_due", "application")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_column("escalated_at")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("draft_programme")
        batch_op.drop_column("paused_at")
    op.drop_table("programmeswitch")

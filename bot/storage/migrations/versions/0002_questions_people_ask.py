"""Questions people ask"""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gap",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("gap", schema=None) as batch_op:
        batch_op.create_index("gap_last", ["last_at"], unique=False)

    op.create_table(
        "popular",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("liked", sa.Integer(), nullable=False),
        sa.Column("disliked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "clause"),
    )
    op.create_table(
        "vote",
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("once"),
    )


def downgrade() -> None:
    op.drop_table("vote")
    op.drop_table("popular")
    with op.batch_alter_table("gap", schema=None) as batch_op:
        batch_op.drop_index("gap_last")

    op.drop_table("gap")

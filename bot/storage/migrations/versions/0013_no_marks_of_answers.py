"""No marks of answers: nobody searched by them"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("applicationmark")


def downgrade() -> None:
    op.create_table(
        "applicationmark",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("application", "name"),
    )
    op.create_index(op.f("ix_applicationmark_digest"), "applicationmark", ["digest"])

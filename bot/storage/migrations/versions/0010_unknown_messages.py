"""Messages whose fate nobody knows are counted often"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UNKNOWN = sa.text("state = 'unknown'")


def upgrade() -> None:
    op.create_index("outbox_unknown", "outbox", ["settled_at"], sqlite_where=_UNKNOWN, postgresql_where=_UNKNOWN)


def downgrade() -> None:
    op.drop_index("outbox_unknown", "outbox")

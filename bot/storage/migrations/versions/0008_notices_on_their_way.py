"""Notices on their way"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OPEN = sa.text("state in ('queued', 'weekly')")
_DUE = sa.text("state in ('listing', 'approved', 'sending', 'paused')")
_AT_WORK = sa.text("finished_at is null")


def upgrade() -> None:
    op.create_index("notice_recipient_open", "noticerecipient", ["state", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.drop_index("notice_at_work", "notice")
    op.create_index("notice_at_work", "notice", ["state"], sqlite_where=_AT_WORK, postgresql_where=_AT_WORK)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edit", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("edit", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("edit")
    op.drop_index("notice_at_work", "notice")
    op.create_index("notice_at_work", "notice", ["state"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.drop_index("notice_recipient_open", "noticerecipient")

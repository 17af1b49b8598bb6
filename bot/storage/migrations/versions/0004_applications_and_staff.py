"""Applications, staff and the audit log"""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


REFUSED = "the audit log is only added to"


def _refuse_changes() -> None:
    """The database itself refuses, whatever program asks."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"create trigger audit_no_{act} before {act} on auditentry begin select raise(abort, '{REFUSED}'); end")
        return
    op.execute(f"create function audit_refuse() returns trigger language plpgsql as $$ begin raise exception '{REFUSED}'; end $$")
    op.execute("create trigger audit_no_change before update or delete on auditentry for each row execute function audit_refuse()")
    op.execute("create trigger audit_no_emptying before truncate on auditentry for each statement execute function audit_refuse()")


def _allow_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"drop trigger audit_no_{act}")
        return
    op.execute("drop trigger audit_no_change on auditentry")
    op.execute("drop trigger audit_no_emptying on auditentry")
    op.execute("drop function audit_refuse()")


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reviewer", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("application_programme", ["programme", "status"], unique=False)
        batch_op.create_index("application_queue", ["status", "submitted_at"], unique=False)
        batch_op.create_index("application_receipt", ["receipt"], unique=True)
        batch_op.create_index("application_subject", ["subject"], unique=False)

    op.create_table(
        "applicationevent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("applicationevent", schema=None) as batch_op:
        batch_op.create_index("application_event_of", ["application", "number"], unique=True)

    op.create_table(
        "applicationmark",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("application", "name"),
    )
    with op.batch_alter_table("applicationmark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applicationmark_digest"), ["digest"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("attachment_application", ["application"], unique=False)
        batch_op.create_index("attachment_draft", ["draft"], unique=False)
        batch_op.create_index("attachment_subject", ["subject"], unique=False)

    op.create_table(
        "auditentry",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("draft_owner", ["platform", "user"], unique=False)
        batch_op.create_index("draft_subject", ["subject"], unique=False)
        batch_op.create_index("draft_updated", ["updated_at"], unique=False)

    op.create_table(
        "profile",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "stafflink",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "user"),
    )
    with op.batch_alter_table("stafflink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stafflink_staff"), ["staff"], unique=False)

    op.create_table(
        "subjectlink",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "user"),
    )
    with op.batch_alter_table("subjectlink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subjectlink_subject"), ["subject"], unique=False)

    op.create_table(
        "transferattempt",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("who"),
    )
    op.create_table(
        "transfercode",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("transfercode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfercode_expires_at"), ["expires_at"], unique=False)

    _refuse_changes()


def downgrade() -> None:
    _allow_changes()
    with op.batch_alter_table("transfercode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfercode_expires_at"))

    op.drop_table("transfercode")
    op.drop_table("transferattempt")
    with op.batch_alter_table("subjectlink", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subjectlink_subject"))

    op.drop_table("subjectlink")
    with op.batch_alter_table("stafflink", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stafflink_staff"))

    op.drop_table("stafflink")
    op.drop_table("staff")
    op.drop_table("profile")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("draft_updated")
        batch_op.drop_index("draft_subject")
        batch_op.drop_index("draft_owner")

    op.drop_table("draft")
    op.drop_table("auditentry")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("attachment_subject")
        batch_op.drop_index("attachment_draft")
        batch_op.drop_index("attachment_application")

    op.drop_table("attachment")
    with op.batch_alter_table("applicationmark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applicationmark_digest"))

    op.drop_table("applicationmark")
    with op.batch_alter_table("applicationevent", schema=None) as batch_op:
        batch_op.drop_index("application_event_of")

    op.drop_table("applicationevent")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("application_subject")
        batch_op.drop_index("application_receipt")
        batch_op.drop_index("application_queue")
        batch_op.drop_index("application_programme")

    op.drop_table("application")

"""Windows and reminders"""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catchup",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "donemark",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", "window"),
    )
    op.create_table(
        "feed",
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("subscription", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("secret"),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index("feed_subscription", ["subscription"], unique=False)

    op.create_table(
        "occurrence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("reminder", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=True),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index(
            "occurrence_due", ["due_at"], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.create_index(
            "occurrence_held",
            ["held_by"],
            unique=False,
            sqlite_where=sa.text("state in ('held', 'dropped')"),
            postgresql_where=sa.text("state in ('held', 'dropped')"),
        )
        batch_op.create_index("occurrence_once", ["reminder", "due_at"], unique=True)
        batch_op.create_index(
            "occurrence_place",
            ["place", "due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index("occurrence_settled", ["settled_at"], unique=False)
        batch_op.create_index("occurrence_window", ["window", "place"], unique=False)

    op.create_table(
        "ownreminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("ownreminder", schema=None) as batch_op:
        batch_op.create_index("own_reminder_place", ["place"], unique=False)

    op.create_table(
        "owntext",
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("own"),
    )
    op.create_table(
        "reminderplace",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("group", sa.Boolean(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=False),
        sa.Column("quiet_until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("reminderplace", schema=None) as batch_op:
        batch_op.create_index("reminder_place_where", ["platform", "account", "chat", "thread"], unique=True)

    op.create_table(
        "subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("internal", sa.Date(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("invite", sa.String(), nullable=True),
        sa.Column("invite_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("invite"),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index("subscription_about", ["place", "kind", "target"], unique=True)
        batch_op.create_index("subscription_target", ["kind", "target", "place"], unique=False)

    op.create_table(
        "weekevent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("weekevent", schema=None) as batch_op:
        batch_op.create_index("week_event_on", ["on"], unique=False)

    op.create_table(
        "window",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("themes", sa.String(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("prepare", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "windowlevel",
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("window", "level"),
    )
    op.create_table(
        "windowversion",
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("window", "version"),
    )


def downgrade() -> None:
    op.drop_table("windowversion")
    op.drop_table("windowlevel")
    op.drop_table("window")
    with op.batch_alter_table("weekevent", schema=None) as batch_op:
        batch_op.drop_index("week_event_on")

    op.drop_table("weekevent")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index("subscription_target")
        batch_op.drop_index("subscription_about")

    op.drop_table("subscription")
    with op.batch_alter_table("reminderplace", schema=None) as batch_op:
        batch_op.drop_index("reminder_place_where")

    op.drop_table("reminderplace")
    op.drop_table("owntext")
    with op.batch_alter_table("ownreminder", schema=None) as batch_op:
        batch_op.drop_index("own_reminder_place")

    op.drop_table("ownreminder")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index("occurrence_window")
        batch_op.drop_index("occurrence_settled")
        batch_op.drop_index("occurrence_place", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index("occurrence_once")
        batch_op.drop_index(
            "occurrence_held",
            sqlite_where=sa.text("state in ('held', 'dropped')"),
            postgresql_where=sa.text("state in ('held', 'dropped')"),
        )
        batch_op.drop_index("occurrence_due", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table("occurrence")
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.drop_index("feed_subscription")

    op.drop_table("feed")
    op.drop_table("donemark")
    op.drop_table("catchup")

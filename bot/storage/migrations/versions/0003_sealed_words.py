"""Sealed words"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage import questions
from bot.storage.keys import INDEX, QUESTIONS, WORDS, Key, keys_of, of_month
from bot.storage.types import UtcDateTime
from bot.storage.vault import Place, blinded, closed, opened

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The columns that hold words, with what tells a row apart.
TABLES = {
    "inbox": ("body", ("platform", "account", "event")),
    "outbox": ("body", ("key",)),
    "webmessage": ("body", ("chat", "number")),
    "conversation": ("state", ("platform", "account", "chat", "thread", "user")),
    "offer": ("choices", ("token",)),
    "gap": ("question", ("key",)),
}
NOTHING = ("", "{}", '{"turns": []}')


def upgrade() -> None:
    op.create_table(
        "sealingkey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("master", sa.String(), nullable=False),
        sa.Column("locked", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    if not any(_rows(name) for name in TABLES):
        return
    now = datetime.now(UTC)
    index, words, asked = (_key(name, now) for name in (INDEX, of_month(WORDS, now), of_month(QUESTIONS, now)))
    _name_questions(lambda fate, question: blinded(index, "gap", questions.folded(fate, question)))
    for name in TABLES:
        key = asked if name == "gap" else words
        _rewrite(name, partial(_sealed, key))


def downgrade() -> None:
    keys = {
        row["id"]: keys_of(op.get_bind()).unlocked(dict(row))
        for row in op.get_bind().execute(sa.text("select * from sealingkey")).mappings()
    }
    for name in TABLES:
        _rewrite(name, partial(_plain, keys))
    op.execute("update conversation set state = '{}' where state = ''")
    op.drop_table("sealingkey")


def _sealed(key: Key, place: Place, text: str) -> str:
    return "" if text in NOTHING else closed(key, place, text)


def _plain(keys: dict[str, Key], place: Place, text: str) -> str:
    return opened(keys[text.split(".")[1]], place, text) if text else ""


def _key(name: str, now: datetime) -> Key:
    row = keys_of(op.get_bind()).new(name, now)
    table = sa.table("sealingkey", *(sa.column(each) for each in ("id", "name", "master", "locked")), sa.column("made_at", UtcDateTime()))
    op.bulk_insert(table, [row])
    return keys_of(op.get_bind()).unlocked(row)


def _rows(name: str) -> list[Any]:
    column, key = TABLES[name]
    return list(op.get_bind().execute(sa.select(*_columns(*key), sa.column(column)).select_from(sa.table(name))))


def _columns(*names: str) -> Iterator[sa.ColumnClause[Any]]:
    return (sa.column(name) for name in names)


def _rewrite(name: str, change: Callable[[Place, str], str]) -> None:
    column, key = TABLES[name]
    table = sa.table(name, *_columns(*key, column))
    for row in _rows(name):
        *values, text = row
        here = [table.c[part] == value for part, value in zip(key, values, strict=True)]
        op.execute(sa.update(table).where(*here).values({column: change(Place(name, column, ":".join(map(str, values))), text)}))


def _name_questions(digest: Callable[[str, str], str]) -> None:
    """Their keys were plain hashes, which a list of likely questions gives away."""
    table = sa.table("gap", *_columns("key", "fate", "question"))
    for row in op.get_bind().execute(sa.select(table)).all():
        op.execute(sa.update(table).where(table.c.key == row.key).values(key=digest(row.fate, row.question)))

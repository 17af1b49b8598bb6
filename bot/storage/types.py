"""What all tables are made of: their rows' class, and the columns whose default would lose something."""

# No `from __future__ import annotations` here: SQLModel reads the annotations at run time.
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Integer, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# SQLite counts rows by INTEGER PRIMARY KEY only; PostgreSQL wants 64 bits.
Serial = BigInteger().with_variant(Integer(), "sqlite")


class Row(SQLModel):
    """A table's class says `table=True` beside it."""

    __table__: ClassVar[Table]
    """There for each table; SQLModel does not say so."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. SQLite drops time zones: stored in UTC, always read back with it; a naive value is a mistake and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        # Ten in a turn: SQLite's text is written at once, as the toolkit writes it field by field.
        return _sqlite_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def instant(**options: Any) -> Any:
    """A column of instants."""
    return Field(sa_type=UtcDateTime, **options)


# The same moment is written many times over: in several columns of a row, in all rows of a turn.
@lru_cache(256)
def _sqlite_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

"""Indexes of the rows that something is still to be done with: those that are done weigh nothing."""

from __future__ import annotations

from sqlalchemy import Index, MetaData, text


def partial(name: str, *columns: str, where: str) -> Index:
    # PostgreSQL gets its condition in `whole`: to name it here loads all that speaks PostgreSQL, a thirtieth of a start.
    condition = text(where)
    return Index(name, *columns, sqlite_where=condition, info={"where": condition})


def whole(metadata: MetaData) -> MetaData:
    """With the conditions for every engine: for who makes or compares tables."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if "where" in index.info:
                index.dialect_kwargs["postgresql_where"] = index.info["where"]
    return metadata

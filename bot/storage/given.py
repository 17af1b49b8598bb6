"""Many rows handed to one statement as one value: its text is the same however many there are, so it is compiled once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, String, Subquery, bindparam, cast, func, literal_column, select
from sqlalchemy.types import TypeEngine


def given(engine: str, name: str, columns: dict[str, TypeEngine[Any]]) -> Subquery:
    """A table of the rows that the parameter of that name brings, written by `as_rows`."""
    listed = _listed(engine, name)
    if engine == "sqlite":
        values = [func.json_extract(listed, literal_column(f"'$[{at}]'"), type_=kind) for at, kind in enumerate(columns.values())]
        return select(*[value.label(column) for column, value in zip(columns, values, strict=True)]).subquery(name)
    parts = [cast(listed.op("->>")(literal_column(str(at))), kind) for at, kind in enumerate(columns.values())]
    return select(*[part.label(column) for column, part in zip(columns, parts, strict=True)]).subquery(name)


def given_texts(engine: str, name: str) -> Select[Any]:
    """The texts that the parameter brings, for `in_` and `not_in`."""
    listed = _listed(engine, name)
    return select(listed if engine == "sqlite" else listed.op("#>>")(literal_column("'{}'")))


def as_rows(rows: Iterable[Sequence[Any] | str]) -> str:
    return json.dumps(list(rows), ensure_ascii=False)


def _listed(engine: str, name: str) -> Any:
    if engine == "sqlite":
        return func.json_each(bindparam(name, type_=String())).table_valued("value", name=f"{name}_listed").c.value
    # Imported here: on SQLite nobody waits for what speaks PostgreSQL.
    from sqlalchemy.dialects.postgresql import JSONB

    values = func.jsonb_array_elements(cast(bindparam(name, type_=String()), JSONB))
    return values.table_valued("value", name=f"{name}_listed").render_derived().c.value

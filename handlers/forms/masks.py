"""Answers as staff see them before they ask for more: enough to recognise, not enough to use."""

from __future__ import annotations

from handlers.forms.form import Step, Value

_HIDDEN = "****"
_ENDS = {"mobile": (3, 4), "phone": (0, 4), "identity": (3, 2), "uscc": (4, 4)}
"""How much of the beginning and the end is shown."""
_NAMES = frozenset({"name"})
_WHOLE = frozenset({"address"})


def masked(value: Value, step: Step) -> Value:
    """Names of people, ways to reach them, and numbers that stand for them; all else is shown."""
    if isinstance(value, list) and step.columns:
        return [_row(each, step) for each in value]
    if not isinstance(value, str):
        return value
    if step.kind in _NAMES:
        return value[:1] + "*" * max(1, len(value) - 1)
    if step.kind == "email":
        name, at, domain = value.partition("@")
        return f"{name[:1]}{_HIDDEN}{at}{domain}"
    if step.kind in _WHOLE or step.sensitive:
        return value[:3] + _HIDDEN
    if step.kind in _ENDS:
        first, last = _ENDS[step.kind]
        return f"{value[:first]}{_HIDDEN}{value[-last:]}"
    return value


def _row(row: Value, step: Step) -> Value:
    columns = {column.key: column for column in step.columns}
    return {key: masked(cell, columns[key]) if key in columns else cell for key, cell in row.items()} if isinstance(row, dict) else row
